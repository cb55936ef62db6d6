"""The small steps of a pull: changes of a text, carried over, and the tags of a sentence."""

from __future__ import annotations

import pytest

from disclosure.model.place import Location
from disclosure.model.text import Spoken, Text
from disclosure.pulling.hunks import Hunk, applied, carried, hunks
from disclosure.pulling.pairing import Block, paired
from disclosure.pulling.sentence import escaped, segments

HERE = Location("content/2030/narrative/reasons.yaml", 3, "收支总计变动")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("收入541.04万元", "收入541.05万元", [Hunk(2, 8, "541.05")]),
        ("甲乙丙", "甲丙", [Hunk(1, 2, "")]),
        ("甲丙", "甲乙丙", [Hunk(1, 1, "乙")]),
        ("不变", "不变", []),
    ],
)
def test_a_number_changes_as_a_whole(old, new, changes):
    assert hunks(old, new) == changes
    assert applied(old, changes) == new


def test_a_change_is_carried_over_a_change_before_it():
    fit, collided = carried("甲乙丙丁", hunks("甲乙丙丁", "甲乙丙戊"), "子丑甲乙丙丁")

    assert applied("子丑甲乙丙丁", fit) == "子丑甲乙丙戊" and not collided


def test_two_changes_of_the_same_words_collide():
    fit, collided = carried("甲乙丙", hunks("甲乙丙", "甲子丙"), "甲丑丙")

    assert not fit and collided == [Hunk(1, 2, "子")]


def test_the_same_change_on_both_sides_is_no_change():
    assert carried("甲乙丙", hunks("甲乙丙", "甲子丙"), "甲子丙") == ([], [])


def test_each_tag_is_found_with_what_it_printed():
    words = "{{ 年度 }}年较{{ 上年 }}年减少{{ 差额 }}万元"
    shown = Text("190.05")
    spoken = Spoken(
        words, HERE, ((Text("2030年较2029年减少"), False), (shown, True), (Text("万元"), False)), {}
    )

    cut = segments(spoken)

    assert cut is not None
    printed = {words[s.raw_start : s.raw_end]: spoken.plain[s.start : s.end] for s in cut}
    assert printed["{{ 年度 }}"] == "2030" and printed["{{ 上年 }}"] == "2029"
    assert printed["{{ 差额 }}"] == "190.05" and printed["年减少"] == "年减少"
    assert [s.printed for s in cut if s.printed] == [shown]


def test_a_sentence_with_a_loop_cannot_be_cut():
    spoken = Spoken("{% if 有 %}甲{% endif %}", HERE, ((Text("乙"), False),), {})

    assert segments(spoken) is None


def test_braces_that_a_person_typed_are_no_tag():
    assert escaped("见{{ 年度 }}") == "见{{ '{{' }} 年度 {{ '}}' }}"


def a_block(key: str, words: str) -> Block:
    return Block(key, words, "第三部分 第1段")


def test_a_paragraph_typed_anew_without_its_bookmark_is_the_one_in_its_place():
    base = [a_block("甲", "甲甲。"), a_block("乙", "乙乙。"), a_block("丙", "丙丙。")]
    theirs = [a_block("甲", "甲甲。"), a_block("", "全新的话。"), a_block("丙", "丙丙。")]

    (one,) = paired(base, theirs).edited

    assert (one.key, one.words) == ("乙", "全新的话。")


def test_two_paragraphs_joined_in_word_are_cut_up_again():
    base = [a_block("甲", "甲甲。"), a_block("乙", "乙乙。")]
    theirs = [Block("甲", "甲子甲。乙乙。", "", ("乙",))]

    found = paired(base, theirs)

    assert [(one.key, one.words) for one in found.edited] == [("甲", "甲子甲。"), ("乙", "乙乙。")]
    assert not found.deleted


def test_a_paragraph_moved_elsewhere_is_told_and_neither_deleted_nor_added():
    base = [a_block(name, f"{name}段。") for name in "甲乙丙丁"]
    theirs = [base[3], *base[:3]]

    found = paired(base, theirs)

    assert [one.key for one in found.moved] == ["丁"]
    assert not (found.added or found.deleted or found.edited)
