"""The shipped pack's wording as data: words for every case, none that is broken in itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from builders import a_voice, hubei, only

from disclosure.derive.comparison import Completion, Movement
from disclosure.load.phrasebook import Phrasebook
from disclosure.model.text import Snippet

AGAINST_LAST_YEAR = (
    "与上年比", "比上年决算数", "较上年", "数量较上年", "总计较上年", "收支总体原因",
    "收支变动原因", "变动原因", "财政拨款收入原因", "三公与上年比原因", "公务用车变动",
)  # fmt: skip
AGAINST_BUDGET = ("完成预算", "一般公共预算具体", "科目决算", "科目决算原因", "三公与预算比原因")
CHOICES = ("增加（减少）", "减少（增加）", "增长（下降）", "下降（增长）", "XX", "××", "如持平")
DOUBLED = re.compile(r"[，。；：、]{2}")
TAG = re.compile(r"\{[{%].*?[%}]\}")


def all_words() -> Iterator[tuple[str, Snippet]]:
    for name, entry in hubei().wording.items():
        if isinstance(entry, Snippet):
            yield name, entry
        else:
            yield from ((f"{name}/{case}", words) for case, words in entry.items())


def phrasebook() -> Phrasebook:
    speaker = a_voice().speaker
    assert isinstance(speaker, Phrasebook)
    return speaker


def lacking(sentence: str, case: str) -> list[str]:
    """What the pack lacks to say this."""
    words = phrasebook()
    words.words(sentence, case)
    return [problem.message for problem in words.problems]


@pytest.mark.parametrize("sentence", AGAINST_LAST_YEAR)
@pytest.mark.parametrize("case", Movement)
def test_every_change_has_words(sentence: str, case: Movement) -> None:
    assert not lacking(sentence, case)


@pytest.mark.parametrize("sentence", AGAINST_BUDGET)
@pytest.mark.parametrize("case", Completion)
def test_every_completion_has_words(sentence: str, case: Completion) -> None:
    assert not lacking(sentence, case)


def test_a_case_without_words_takes_those_of_the_one_it_belongs_to() -> None:
    words = phrasebook()

    assert words.words("比上年决算数", Movement.TINY_UP) == words.words("比上年决算数", Movement.UP)
    assert words.words("与上年比", Movement.TINY_UP) != words.words("与上年比", Movement.UP)


def test_a_sentence_that_the_pack_lacks_is_named() -> None:
    assert "单位包缺少说法：“没有的句子”" in only(lacking("没有的句子", Movement.UP))


def test_no_choice_is_left_open_and_no_sign_doubled() -> None:
    for name, words in all_words():
        assert not [choice for choice in CHOICES if choice in words.words], name
        assert not DOUBLED.search(TAG.sub("甲", words.words)), name


def test_a_rise_never_speaks_of_a_fall() -> None:
    for name, words in all_words():
        case = name.rpartition("/")[2]
        if case in ("增加", "微增", "上年为零", "大于", "略大于"):
            assert not re.search("减少|下降|降幅|小于", words.words), name
        if case in ("减少", "微减", "骤减", "本年为零", "小于", "略小于", "未支出", "极少"):
            assert not re.search("增加|增长|增幅|大于", words.words), name


@pytest.mark.parametrize(
    "case", ["上年为零", "两年为零", "无上年数", "无预算", "均为零", "预算未填"]
)
def test_where_there_is_no_base_there_is_no_rate(case: str) -> None:
    told = [words for name, words in all_words() if name.endswith(f"/{case}")]

    assert told
    assert not [words for words in told if "幅度" in words.words or "完成率" in words.words]
