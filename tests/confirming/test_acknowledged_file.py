"""acknowledged.yaml stays a person's file: entries are added and replaced, all else is kept."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from disclosure.check.finding import Finding
from disclosure.confirming.acknowledged_file import Word, with_confirmed
from disclosure.model.place import DisclosureError, Level

WORD = Word("照旧", "财务科", date(2031, 3, 1))


def a_hint(about: str = "某处", *figures: str, rule: str = "E2") -> Finding:
    return Finding(rule, Level.HINT, "某事。", about=about, figures=figures)


def after(text: str, *hints: Finding) -> str:
    return with_confirmed(dedent(text).encode(), "acknowledged.yaml", hints, WORD).decode()


ONE = """\
    # 开头
    已确认提示:
      # 第一条
      - 规则: E2
        对象:
          某处: [甲]   # 注
          别处: ["1"]
        理由: 旧
        确认人: 老张
        日期: 2031-01-05
    """


def test_an_entry_is_added_at_the_end_apart_from_the_others() -> None:
    added = dedent("""
      - 规则: S5
        对象:
          某项目: [甲, 乙]
        理由: 照旧
        确认人: 财务科
        日期: 2031-03-01
    """)

    new = after(ONE, a_hint("某项目", "甲", "乙", rule="S5"))

    assert (
        new == dedent(ONE) + "".join(f"  {line}".rstrip() + "\n" for line in added.split("\n"))[:-1]
    )


def test_an_object_confirmed_anew_leaves_its_old_entry() -> None:
    new = after(ONE, a_hint("某处", "乙"))

    assert "某处: [甲]" not in new and '别处: ["1"]' in new and "理由: 旧" in new
    assert new.count("某处: [乙]") == 1 and new.count("规则: E2") == 2


def test_an_entry_confirmed_anew_as_a_whole_stays_in_its_place() -> None:
    new = after(ONE, a_hint("某处", "乙"), a_hint("别处", "2"))

    old = dedent(ONE).replace("[甲]   #", "[乙]   #").replace('["1"]', "['2']")
    old = old.replace("旧", "照旧").replace("老张", "财务科").replace("2031-01-05", "2031-03-01")
    assert new == old


def test_the_same_object_of_another_rule_is_left_alone() -> None:
    new = after(ONE, a_hint("某处", "乙", rule="S7"))

    assert new.startswith(dedent(ONE))


def test_a_hint_without_figures_has_an_empty_list() -> None:
    assert "    对象:\n      某处: []\n" in after("已确认提示: []\n", a_hint())


@pytest.mark.parametrize(
    "empty", ["已确认提示: []\n", "已确认提示:\n", "已确认提示:   # 还没有\n", "金额单位: 万元\n"]
)
def test_a_file_without_entries_gets_its_first(empty: str) -> None:
    new = after(empty, a_hint("某处", "甲"))

    assert "某处: [甲]" in new
    assert "还没有" not in empty or "# 还没有" in new


def test_entries_in_brackets_stay_in_brackets() -> None:
    old = "已确认提示: [{规则: E2, 对象: {某处: [甲], 别处: []}, 理由: 旧, 确认人: 张, 日期: 2031-01-05}]\n"

    new = after(old, a_hint("某处", "乙"))

    assert "对象: {别处: []}, 理由: 旧" in new
    assert "{规则: E2, 对象: {某处: [乙]}, 理由: 照旧, 确认人: 财务科, 日期: 2031-03-01}]" in new


def test_line_ends_and_the_byte_order_mark_of_windows_stay() -> None:
    old = b"\xef\xbb\xbf" + dedent(ONE).replace("\n", "\r\n").encode()

    new = with_confirmed(old, "acknowledged.yaml", [a_hint("某项目", "甲")], WORD)

    assert new.startswith(old)
    assert new.count(b"\n") == new.count(b"\r\n")


@pytest.mark.parametrize(
    "odd", ["a: b", "≥100%", "# 号", "甲, 乙", "{{ 标签 }}", "0.50", "两\n行", "是", "2031-01-01"]
)
def test_a_place_and_a_figure_are_kept_character_by_character(odd: str) -> None:
    hint = a_hint(odd.replace("\n", " "), odd)

    assert after("已确认提示: []\n", hint)  # read back as the same hint, or refused


@pytest.mark.parametrize("hint", [a_hint("某处", ""), a_hint("e\u0301", "1")])
def test_a_hint_that_would_not_be_read_back_is_refused(hint: Finding) -> None:
    with pytest.raises(DisclosureError):
        after("已确认提示: []\n", hint)
