"""What a rule may conclude: passed, failed, not applicable, could not tell; margins derived."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from builders import cases
from rule_cases import some_cells

from disclosure.check.cells import Cells
from disclosure.check.rule import (
    Comparison,
    Looked,
    Relation,
    Remark,
    Rule,
    Said,
    Term,
    Unknown,
    Verdict,
    examine,
    margin_of,
    rule,
    typed,
)
from disclosure.model.place import Level, Location

FILE = Location("content/2023/某文件.yaml", 3)


def a_rule(*said: Said, level: Level = Level.ERROR, needs: tuple[str, ...] = ()) -> Rule[Cells]:
    """A rule that has seen these things."""

    @rule(
        "T1",
        "两个数应相等",
        compares=("甲", "乙"),
        source="测试",
        advice="核对",
        level=level,
        needs=needs,
    )
    def check(cells: Cells) -> Iterator[Said]:
        yield from said

    return check


def wan(text: str, where: str = "甲") -> Term:
    return typed(where, Decimal(text) if text else None, "万元", FILE)


def compared(found: str, *parts: str, relation: Relation = Relation.EQUAL) -> Comparison:
    return Comparison(wan(found), tuple(wan(part) for part in parts), relation)


def verdict(*said: Said) -> Verdict:
    return examine(a_rule(*said), some_cells("")).verdict


def test_a_rule_that_compared_something_and_found_nothing_has_passed() -> None:
    assert verdict(compared("1", "1")) is Verdict.PASSED


def test_a_rule_that_compared_nothing_has_not_passed() -> None:
    assert verdict() is Verdict.NOT_APPLICABLE


def test_a_rule_that_could_not_tell_has_not_passed() -> None:
    assert verdict(Unknown("没有上年数")) is Verdict.UNKNOWN


def test_a_rule_that_could_tell_only_in_part_has_not_passed() -> None:
    assert verdict(Looked(5), Unknown("没有上年数")) is Verdict.UNKNOWN


def test_a_figure_that_was_not_reported_cannot_be_compared() -> None:
    entry = examine(a_rule(compared("1", "")), some_cells(""))

    assert entry.verdict is Verdict.UNKNOWN
    assert "没有填报 甲" in entry.why


def test_a_contradiction_fails_whatever_else_could_not_be_told() -> None:
    assert verdict(Unknown("没有上年数"), compared("1", "2")) is Verdict.FAILED


def test_a_difference_by_rounding_alone_does_not_fail() -> None:
    entry = examine(a_rule(compared("10.01", "4", "6")), some_cells(""))

    assert entry.verdict is Verdict.PASSED
    assert [finding.level for finding in entry.findings] == [Level.ROUNDING]


def test_a_rule_without_its_table_does_not_apply_and_says_why() -> None:
    entry = examine(a_rule(Looked(1), needs=("收入决算表",)), some_cells(""))

    assert (entry.verdict, entry.why) == (Verdict.NOT_APPLICABLE, "没有收入决算表")


def test_a_finding_names_both_figures_their_places_the_gap_and_why_it_is_no_rounding() -> None:
    (finding,) = examine(a_rule(compared("10.02", "4", "6")), some_cells("")).findings

    assert str(finding) == (
        "[T1] 错误：两个数应相等。甲 10.02 万元（content/2023/某文件.yaml 第3行）；各项之和 10 万元；"
        "相差 0.02 万元，四舍五入最多差 0.015（3 个数，每个半个末位）。处理办法：核对。"
    )
    assert finding.as_dict()["margin"] == "0.015"


def test_a_remark_carries_what_an_acknowledgement_needs() -> None:
    remark = Remark("写着占位符", "某处", ("XX",), FILE)
    (finding,) = examine(a_rule(remark, level=Level.HINT), some_cells("")).findings

    assert (finding.level, finding.about, finding.figures) == (Level.HINT, "某处", ("XX",))
    assert str(finding).startswith("[T1] 提示：写着占位符。见 content/2023/某文件.yaml 第3行。")


@cases(
    """
    case                            | found    | parts             | margin
    three rounded figures           | 10       | 4 6               | 0.015
    two rounded figures are one     | 10       | 10                | 0
    blank parts do not count        | 10       | 10 0 0            | 0
    known to the yuan               | 10.0000  | 4.0000 6.0000     | 0
    one of them in yuan             | 10       | 10.0012           | 0.005
    a sum in yuan, its total in wan | 10       | 4.0012 5.9988     | 0.005
    a sum in wan, its total in yuan | 10.0000  | 4 6               | 0.01
    """
)
def test_the_margin_is_half_a_step_for_every_rounded_figure(
    found: str, parts: str, margin: str
) -> None:
    assert margin_of(compared(found, *parts.split()))[0] == Decimal(margin)


@cases(
    """
    case                       | found | relation | part  | level
    more than allowed          | 3.01  | 不大于   | 3     | 错误
    as much as allowed         | 3     | 不大于   | 3     |
    less than allowed          | 2     | 不大于   | 3     |
    less than needed           | 2.99  | 不小于   | 3     | 错误
    as much as needed          | 3     | 不小于   | 3     |
    negative                   | -1    | 不小于   | -2    |
    """
)
def test_a_part_fits_into_its_whole(found: str, relation: str, part: str, level: str) -> None:
    said = compared(found, part, relation=Relation(relation))
    findings = examine(a_rule(said), some_cells("")).findings

    assert "".join(finding.level for finding in findings) == level


def test_counts_leave_no_margin() -> None:
    people = Comparison(typed("甲", Decimal(3), "人"), (typed("乙", Decimal(2), "人"),))

    assert margin_of(people) == (0, "")


def test_what_is_taken_off_is_taken_off() -> None:
    said = Comparison(wan("2"), (wan("5"), -wan("3")))

    assert verdict(said) is Verdict.PASSED


def test_a_rule_does_not_swallow_its_own_faults() -> None:
    def broken(cells: Cells) -> Iterator[Said]:
        raise ZeroDivisionError
        yield Looked(1)

    faulty = Rule("T2", "某规则", Level.ERROR, ("甲", "乙"), "测试", "核对", (), broken)
    with pytest.raises(ZeroDivisionError):
        examine(faulty, some_cells(""))
