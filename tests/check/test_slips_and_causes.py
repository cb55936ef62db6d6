"""Which slip makes one number of another, and which findings come of one slip."""

from __future__ import annotations

from decimal import Decimal

from builders import cases, only
from rule_cases import some_cells

from disclosure.check.causes import grouped
from disclosure.check.finding import Finding
from disclosure.check.rules import TABLE_RULES, run
from disclosure.check.slips import slip
from disclosure.model.place import Level


@cases(
    """
    case                     | wrong   | right  | kind
    two digits swapped      | 390.78  | 309.78 | 两位数字对调
    swapped over the point  | 307.98  | 309.78 | 两位数字对调
    swapped with one between | 809.73 | 309.78 |
    point moved              | 30.978  | 309.78 | 小数点差一位
    ten times too much      | 3097.8  | 309.78 | 小数点差一位
    in yuan                 | 3097800 | 309.78 | 差一万倍，元与万元混用
    a digit lost            | 39.78   | 309.78 | 漏了一位数字
    a digit lost at the end | 309.7   | 309.78 | 漏了一位数字
    a digit too many        | 3309.78 | 309.78 | 多了一位数字
    one digit wrong         | 369.78  | 309.78 | 一位数字不同
    sign                    | -309.78 | 309.78 | 正负号相反
    two digits wrong        | 362.78  | 309.78 |
    the same                | 309.78  | 309.78 |
    nothing                 | 0       | 309.78 |
    """
)
def test_one_slip_of_the_pen(wrong: str, right: str, kind: str) -> None:
    assert slip(Decimal(wrong), Decimal(right)) == kind


def found_in(given: str) -> tuple[Finding, ...]:
    """Every finding of the table rules, grouped by cause."""
    entries = run(TABLE_RULES, some_cells(given))
    return grouped([f for entry in entries for f in entry.findings if f.rule != "I*.1"])


SPENDING = (
    "03 合计/基本支出=100 合计/本年支出合计=100 201/基本支出={0} 201/本年支出合计=68.51 "
    "208/基本支出=31.49 208/本年支出合计=31.49"
)


def test_one_slip_that_upsets_several_sums_is_one_finding() -> None:
    finding = only(found_in(SPENDING.format("65.81")))

    assert {finding.rule, *(f.rule for f in finding.consequences)} == {"I03.1", "I03.2"}
    assert finding.cause == "公开03表 201行 基本支出 65.81 万元像是两位数字对调，应为 68.51"


def test_two_slips_are_two_findings() -> None:
    given = "05 合计/本年支出=10 201/本年支出=8 合计/基本支出=10 201/基本支出=5"

    assert len([f for f in found_in(given) if f.rule == "I05.1"]) > 1


def test_rows_shifted_by_one_are_called_so() -> None:
    """错行: every class of one table holds what the class before it should hold."""
    given = (
        "01 支出/201/本年支出合计=4 支出/205/本年支出合计=1 支出/208/本年支出合计=2 支出/210/本年支出合计=3;"
        "03 201/本年支出合计=1 205/本年支出合计=2 208/本年支出合计=3 210/本年支出合计=4"
    )
    shifted = [f for f in found_in(given) if f.rule == "X4"]

    assert any("下移了一行" in f.cause for f in shifted)


def test_a_copied_neighbour_is_named_with_both_rows() -> None:
    given = "06 经济分类/302/决算数=10 经济分类/30201/决算数=6 经济分类/30202/决算数=6 经济分类/30203/决算数=1"
    finding = only(f for f in found_in(given) if f.rule == "I06.1")

    assert "都是 6 万元" in finding.cause
    assert "抄了别的行的数，应为 3" in finding.cause


def test_rounding_is_counted_once_for_all_it_touches() -> None:
    given = (
        "01 支出/合计/本年支出合计=9.01 支出/201/本年支出合计=6 支出/208/本年支出合计=3;"
        "03 合计/本年支出合计=9.01 201/本年支出合计=6 208/本年支出合计=3"
    )
    finding = only(f for f in found_in(given) if f.level is Level.ROUNDING)

    assert finding.count == 2


def test_an_error_and_a_hint_are_not_one() -> None:
    one = Finding("T1", Level.ERROR, "甲", kin="同")
    other = Finding("T1", Level.HINT, "乙", kin="同")

    assert len(grouped([one, other])) == 2


def test_findings_keep_the_order_of_the_rules() -> None:
    findings = [Finding(f"T{n}", Level.HINT, "某事", kin=str(n % 2)) for n in range(4)]

    assert [finding.rule for finding in grouped(findings)] == ["T0", "T1", "T2", "T3"]
