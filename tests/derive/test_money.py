"""收入, 支出 and 结转 of one year: sums by 科目, approved totals, funds, other money, last year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from builders import (
    HOUSING,
    LAND,
    RUNNING,
    SHARES,
    YEAR,
    a_report,
    a_scant_year,
    a_year,
    an_item,
    cases,
    derived,
    last_year,
    only,
)

from disclosure.derive.report import Report
from disclosure.model.figure import Formula
from disclosure.model.place import Location

GENERAL = "一般公共预算财政拨款"
FUND, CAPITAL, OTHER = "政府性基金预算财政拨款", "国有资本经营预算财政拨款", "其他资金"


def amounts(report: Report, *names: str, year: int = YEAR) -> list[Decimal | None]:
    found = [report.figures.get(name, year) for name in names]
    return [None if figure is None else figure.amount for figure in found]


def spending(**by_fund: Any) -> Report:
    return a_report(a_year(expenditure=by_fund))


# ------------------------------------------------------------------ roll-up


def test_items_add_up_to_section_class_and_total() -> None:
    report = spending(
        **{
            GENERAL: [
                an_item("2010350", 基本支出="1.25"),
                an_item("2010399", 项目支出="2.5"),
                an_item("2011399", 基本支出=4),
                an_item(HOUSING, 基本支出=8),
            ]
        }
    )

    names = [f"支出/{code}/本年支出合计" for code in ("20103", "20113", "201", "221", "合计")]
    assert amounts(report, *names) == [
        Decimal("3.75"), 4, Decimal("7.75"), 8, Decimal("15.75"),
    ]  # fmt: skip
    assert amounts(report, "支出/合计/基本支出", "支出/合计/项目支出") == [
        Decimal("13.25"), Decimal("2.5"),
    ]  # fmt: skip


def test_a_sum_of_one_part_is_that_part_under_a_second_name() -> None:
    report = spending(**{GENERAL: [an_item(RUNNING, 基本支出=100)]})

    whole = report.figures["一般公共预算/合计/本年支出"]

    assert whole.id == f"{YEAR}/一般公共预算/{RUNNING}/基本支出"
    assert isinstance(whole.source, Location)


def test_an_approved_total_is_printed_and_the_sum_is_kept_beside_it() -> None:
    year = a_year(
        expenditure={GENERAL: [an_item(RUNNING, 基本支出="60.01"), an_item(HOUSING, 基本支出=40)]},
        approved={"批复数": {"支出/合计/本年支出合计": 100}},
    )

    report = a_report(year)

    summed = report.figures["一般公共预算/合计/本年支出（加总）"]
    assert amounts(report, "支出/合计/本年支出合计") == [100]
    assert summed.amount == Decimal("100.01")
    assert isinstance(summed.source, Formula) and len(summed.source.operands) == 2


def test_an_approved_number_without_a_total_is_a_problem_with_the_nearest_name() -> None:
    _, problems = derived(a_year(approved={"批复数": {"支出/合计/本年支出": 100}}))

    assert "批复数“支出/合计/本年支出”没有对应的合计。" in only(problems).message
    assert "是不是“" in only(problems).advice


# ------------------------------------------------------------------ funds


def test_the_approved_total_of_all_spending_is_that_of_the_one_fund() -> None:
    item = an_item(RUNNING, 基本支出="60.01")
    year = a_year(
        expenditure={GENERAL: [item, an_item(HOUSING, 基本支出=40)]},
        approved={"批复数": {"支出/合计/本年支出合计": 100, "支出/合计/基本支出": 100}},
    )

    assert amounts(
        a_report(year), "一般公共预算/合计/本年支出", "财政拨款/合计/本年支出", "一般公共预算/合计/基本支出"
    ) == [100, 100, 100]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "item"),
    [(FUND, {"科目": LAND, "项目支出": 30}), (OTHER, {"科目": RUNNING, "项目支出": 30})],
)
def test_with_two_kinds_of_money_the_approved_total_is_of_neither(
    other: str, item: dict[str, Any]
) -> None:
    year = a_year(
        expenditure={GENERAL: [an_item(RUNNING, 基本支出=70)], other: [item]},
        approved={"批复数": {"支出/合计/本年支出合计": "100.01"}},
    )

    assert amounts(a_report(year), "一般公共预算/合计/本年支出", "支出/合计/本年支出合计") == [
        70, Decimal("100.01"),
    ]  # fmt: skip


def test_money_of_another_kind_is_not_also_general_budget() -> None:
    """Only 政府性基金 was spent: 一般公共预算 must not take the approved total for its own."""
    year = a_year(
        expenditure={GENERAL: [], FUND: [{"科目": LAND, "项目支出": 30}]},
        approved={"批复数": {"支出/合计/本年支出合计": 30}},
    )

    assert amounts(a_report(year), "一般公共预算/合计/本年支出", "财政拨款/合计/本年支出") == [
        0,
        30,
    ]


def test_all_money_is_the_funds_and_the_other_money() -> None:
    report = spending(
        **{
            GENERAL: [an_item(RUNNING, 基本支出=10, 项目支出=1)],
            FUND: [{"科目": LAND, "项目支出": 20}],
            CAPITAL: [{"科目": SHARES, "基本支出": 30}],
            OTHER: [{"科目": RUNNING, "基本支出": 40, "上缴上级支出": 5, "对附属单位补助支出": 6}],
        }
    )

    kinds = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    assert amounts(report, *(f"支出/合计/{kind}" for kind in kinds)) == [80, 21, 5, 0, 6]
    assert amounts(report, "支出/合计/本年支出合计", "财政拨款/合计/本年支出") == [112, 61]
    assert amounts(report, f"支出/{RUNNING}/本年支出合计", f"财政拨款/{RUNNING}/本年支出") == [
        62,
        11,
    ]


@cases("""
    情形         | 年初 | 收入 | 支出 | 年末
    有余         | 5    | 20   | 22   | 3
    用完         | 5    | 20   | 25   | 0
    只有年初     | 5    | 0    | 0    | 5
    只有收入     | 0    | 20   | 20   | 0
""")
def test_a_fund_closes_with_what_it_had_less_what_it_spent(
    年初: str, 收入: str, 支出: str, 年末: str
) -> None:
    land = {"科目": LAND, "年初结转和结余": 年初, "本年收入": 收入, "项目支出": 支出}

    report = spending(**{FUND: [land]})

    names = [f"政府性基金/{code}/年末结转和结余" for code in (LAND, "212", "合计")]
    assert amounts(report, *names) == [Decimal(年末)] * 3


# ------------------------------------------------------------------ 收入 and 总计


def test_revenue_and_balances_make_the_grand_totals() -> None:
    year = a_year(
        revenue={
            f"{GENERAL}收入": 50,
            "事业收入": 20,
            "使用非财政拨款结余和专用结余": 3,
            "年初结转和结余": {GENERAL: 7, OTHER: 1},
        },
        expenditure={
            GENERAL: [an_item(RUNNING, 基本支出=55)],
            OTHER: [{"科目": RUNNING, "项目支出": 18}],
            "结余分配": 2,
            "年末结转和结余": {GENERAL: 2, OTHER: 4},
        },
    )

    report = a_report(year)

    assert amounts(report, "收入/财政拨款收入", "收入/本年收入合计", "收入/总计") == [50, 70, 81]
    assert amounts(report, "支出/总计", "财政拨款/收入总计", "财政拨款/支出总计") == [81, 57, 57]


def test_revenue_by_class_is_the_fiscal_spending_where_both_are_alike() -> None:
    report = spending(**{GENERAL: [an_item(RUNNING, 基本支出=60), an_item(HOUSING, 基本支出=40)]})

    names = [f"收入科目/{code}/财政拨款收入" for code in (RUNNING, "201", HOUSING)]
    assert amounts(report, *names) == [60, 60, 40]


def test_revenue_by_class_is_rolled_up_where_it_is_typed() -> None:
    lines = [
        {"科目": RUNNING, "财政拨款收入": 60, "事业收入": 5},
        {"科目": "2010399", "财政拨款收入": 30},
    ]

    report = a_report(a_year(revenue={f"{GENERAL}收入": 90, "事业收入": 5, "分科目收入": lines}))

    assert amounts(report, "收入科目/201/本年收入合计", "收入科目/20103/事业收入") == [95, 5]


def test_the_budget_of_all_items_is_not_known_where_that_of_one_is_not() -> None:
    items = [an_item(RUNNING, 年初预算数=60, 基本支出=60), an_item(HOUSING, 基本支出=40)]

    assert amounts(spending(**{GENERAL: items}), "一般公共预算/合计/年初预算数") == [None]


# ------------------------------------------------------------------ last year


def test_a_year_of_which_nothing_is_typed_has_no_totals() -> None:
    report = a_report(a_year(), a_scant_year())

    names = (
        "收入/本年收入合计",
        "收入/总计",
        "支出/合计/本年支出合计",
        "支出/总计",
        "三公/决算数/合计",
    )
    assert amounts(report, *names, year=YEAR - 1) == [None] * 5


def test_approved_totals_alone_are_enough_to_compare_with() -> None:
    """The shape of a first year: totals are known, the spending by 科目 is not."""
    known = a_scant_year(
        revenue={f"{GENERAL}收入": 700, "年初结转和结余": {GENERAL: 500}},
        expenditure={"年末结转和结余": {GENERAL: 500}},
        approved={"批复数": {"支出/合计/本年支出合计": 700}},
    )

    report = a_report(a_year(), known)

    assert amounts(
        report, "收入/总计", "支出/总计", "财政拨款/支出总计", "一般公共预算/合计/本年支出", year=YEAR - 1
    ) == [1200, 1200, 1200, 700]  # fmt: skip


@cases("""
    情形         | 知道什么                  | 总计
    都知道       | 收入/结转                 | 1200
    不知道结转   | 收入                      |
    不知道收入   | 结转                      |
""")
def test_a_total_of_last_year_is_known_where_its_parts_are(知道什么: str, 总计: str) -> None:
    parts = {"收入": {f"{GENERAL}收入": 700}, "结转": {"年初结转和结余": {GENERAL: 500}}}
    revenue: dict[str, Any] = {}
    for part in 知道什么.split("/"):
        revenue |= parts[part]

    report = a_report(a_year(), a_scant_year(revenue=revenue))

    assert amounts(report, "收入/总计", year=YEAR - 1) == [Decimal(总计) if 总计 else None]


def test_in_the_report_year_what_is_not_typed_is_nothing() -> None:
    year = a_year(
        revenue={"年初结转和结余": {GENERAL: None, FUND: None, CAPITAL: None, OTHER: None}}
    )

    assert amounts(a_report(year), "收入/年初结转和结余", "收入/总计") == [0, 100]


def test_the_adjustment_is_last_years_closing_less_this_years_opening() -> None:
    before = last_year(expenditure={"年末结转和结余": {GENERAL: 500}})

    assert amounts(a_report(a_year(), before), "收入/年初结转调整") == [500]
