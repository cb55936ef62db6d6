"""Changes, rates and shares: exact, with no rate where the base is zero or not known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import (
    HOUSING,
    RUNNING,
    YEAR,
    a_report,
    a_scant_year,
    a_year,
    an_item,
    cases,
    last_year,
)

from disclosure.derive.comparison import Completion, Movement, completion, movement
from disclosure.derive.report import Report
from disclosure.model.figure import Formula

GENERAL = "一般公共预算财政拨款"
REVENUE = f"{GENERAL}收入"


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def amount(report: Report, name: str) -> Decimal | None:
    return report.figures[name].amount


# ------------------------------------------------------------------ 与上年


@cases("""
    情形     | 本年 | 上年 | 增减   | 增减率
    增加     | 120  | 100  | 20     | 20
    减少     | 80   | 100  | -20    | -20
    持平     | 100  | 100  | 0      | 0
    本年为零 | 0    | 80   | -80    | -100
    上年为零 | 80   | 0    | 80     |
    两年为零 | 0    | 0    | 0      |
    上年不知 | 80   |      |        |
""")
def test_change_and_its_rate(本年: str, 上年: str, 增减: str, 增减率: str) -> None:
    before = last_year(revenue={REVENUE: 上年 or None})

    report = a_report(a_year(revenue={REVENUE: 本年}), before)

    assert amount(report, f"收入/{REVENUE}/较上年增减") == number(增减)
    assert amount(report, f"收入/{REVENUE}/较上年增减率") == number(增减率)


def test_a_rate_is_of_the_exact_amounts() -> None:
    report = a_report(a_year(revenue={REVENUE: "541.04"}), last_year(revenue={REVENUE: "1309.21"}))

    rate = report.figures[f"收入/{REVENUE}/较上年增减率"]

    assert rate.amount == Decimal("-768.17") / Decimal("1309.21") * 100
    assert isinstance(rate.source, Formula)
    assert [operand.id for operand in rate.source.operands] == [
        f"{YEAR}/收入/{REVENUE}/较上年增减",
        f"{YEAR - 1}/收入/{REVENUE}",
    ]


def test_without_last_year_nothing_is_compared() -> None:
    assert not [name for name, _ in a_report(a_year()).figures.items() if "较上年" in name]


def test_operating_expenses_of_agencies_are_compared_too() -> None:
    report = a_report(
        a_year(basic_expenditure={"决算数": {"30201": 24}}),
        last_year(basic_expenditure={"决算数": {"30201": 20}}),
    )

    assert amount(report, "机关运行经费/支出/较上年增减率") == 20


@cases("""
    情形         | 本年   | 上年   | 差额  | 幅度 | 说法
    增加         | 120    | 100    | 20    | 20   | 增加
    减少         | 80     | 100    | -20   | -20  | 减少
    持平         | 100    | 100    | 0     | 0    | 持平
    两年为零     | 0      | 0      | 0     |      | 两年为零
    上年为零     | 5      | 0      | 5     |      | 上年为零
    本年为零     | 0      | 5      | -5    | -100 | 本年为零
    微增         | 100.1  | 100    | 0.1   | 0    | 微增
    微减         | 99.9   | 100    | -0.1  | 0    | 微减
    骤减         | 0.1    | 100    | -99.9 | -100 | 骤减
    印得不同     | 100.01 | 100    | 0     | 0    | 基本持平
    差一分       | 100    | 100    | 0.01  | 0    | 微增
    本年未填     |        | 100    |       |      | 本年未填
    上年未填     | 100    |        |       |      | 无上年数
""")
def test_which_words_tell_a_change(本年: str, 上年: str, 差额: str, 幅度: str, 说法: str) -> None:
    found = movement(number(本年), number(上年), number(差额), number(幅度))

    assert found == Movement(说法)


@pytest.mark.parametrize("case", [*Movement, *Completion])
def test_a_case_that_belongs_to_another_goes_the_same_way(case: Movement | Completion) -> None:
    if case.broader:
        assert type(case)(case.broader).direction == case.direction
        assert not type(case)(case.broader).broader


# ------------------------------------------------------------------ 与预算


@cases("""
    情形           | 决算 | 预算 | 完成率 | 说法
    大于           | 120  | 100  | 120    | 大于
    小于           | 80   | 100  | 80     | 小于
    持平           | 100  | 100  | 100    | 持平
    均为零         | 0    | 0    |        | 均为零
    无预算         | 5    | 0    |        | 无预算
    未支出         | 0    | 5    | 0      | 未支出
    大于而印成100% | 301  | 300  | 100    | 略大于
    小于而印成100% | 299  | 300  | 100    | 略小于
    小于而印成0%   | 1    | 300  | 0      | 极少
    预算未填       | 5    |      |        | 预算未填
    决算未填       |      | 5    |        | 决算未填
""")
def test_which_words_tell_a_completion(决算: str, 预算: str, 完成率: str, 说法: str) -> None:
    assert completion(number(决算), number(预算), number(完成率)) == Completion(说法)


def test_completion_of_an_item_of_all_items_and_of_the_three_public_expenses() -> None:
    year = a_year(
        expenditure={
            GENERAL: [
                an_item(RUNNING, 年初预算数=50, 基本支出=60),
                an_item(HOUSING, 年初预算数=0, 基本支出=15),
            ]
        },
        three_public={"公务接待费": {"全年预算数": 4, "国内公务接待": {"决算数": 1}}},
    )

    report = a_report(year)

    assert amount(report, f"一般公共预算/{RUNNING}/完成率") == 120
    assert amount(report, f"一般公共预算/{HOUSING}/完成率") is None
    assert amount(report, "一般公共预算/合计/完成率") == 150
    assert amount(report, "三公/公务接待费/完成率") == 25
    assert amount(report, "三公/因公出国（境）费/完成率") is None


# ------------------------------------------------------------------ 占比


def test_shares_of_revenue_spending_classes_and_procurement() -> None:
    year = a_year(
        revenue={REVENUE: 60, "事业收入": 40},
        expenditure={
            GENERAL: [an_item(RUNNING, 基本支出=45), an_item(HOUSING, 项目支出=15)],
            "其他资金": [{"科目": RUNNING, "经营支出": 20}],
        },
        procurement={"货物": {"支出": 8, "授予中小企业": 4, "其中小微企业": 1}},
    )

    report = a_report(year)

    expected = {
        "收入/财政拨款收入/占比": 60,
        "收入/事业收入/占比": 40,
        "支出/合计/经营支出/占比": 25,
        "一般公共预算/合计/占比": 75,
        "一般公共预算/201/占比": 75,
        "一般公共预算/221/占比": 25,
        "采购/货物/授予中小企业/占比": 50,
        "采购/合计/其中小微企业/占比": 25,
        "采购/工程/授予中小企业/占比": None,
    }
    assert {name: amount(report, name) for name in expected} == expected


def test_a_share_of_nothing_is_not_known() -> None:
    report = a_report(a_year(revenue={REVENUE: 0}))

    assert amount(report, "收入/财政拨款收入/占比") is None


def test_a_scant_year_is_compared_where_it_is_known_and_nowhere_else() -> None:
    report = a_report(a_year(), a_scant_year(revenue={REVENUE: 80}))

    assert amount(report, f"收入/{REVENUE}/较上年增减") == 20
    assert amount(report, "收入/政府性基金预算财政拨款收入/较上年增减") is None
    assert amount(report, "三公/决算数/合计/较上年增减") is None
