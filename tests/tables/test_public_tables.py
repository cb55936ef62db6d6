"""公开01–09表 as values: line numbers, which rows there are, zero cells, when a table is empty."""

from __future__ import annotations

from typing import Any

import pytest
from builders import (
    HOUSING,
    LAND,
    RUNNING,
    SHARES,
    a_report,
    a_voice,
    a_year,
    an_item,
    cases,
    hubei,
)

from disclosure.model.table import Row, Table
from disclosure.schema.content import YearContent
from disclosure.schema.pack import PackLayout
from disclosure.tables.public_tables import cells_of, public_tables

GENERAL = "一般公共预算财政拨款"
TOTALS, FISCAL_TOTALS = "收入支出决算总表", "财政拨款收入支出决算总表"
REVENUE, SPENDING = "收入决算表", "支出决算表"
ECONOMIC = "一般公共预算财政拨款基本支出决算明细表"
FUND, CAPITAL = "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表"
THREE_PUBLIC = "财政拨款“三公”经费支出决算表"


def table(name: str, year: YearContent | None = None, layout: PackLayout | None = None) -> Table:
    tables = public_tables(a_voice(a_report(year, layout=layout), layout))
    return next(one for one in tables if one.name == name)


def changed_layout(**changes: Any) -> PackLayout:
    return hubei().layout.model_copy(update=changes)


def texts(row: Row, *columns: str) -> list[str]:
    return [row.cells[column].text for column in columns]


def row_of(whole: Table, column: str, label: str) -> Row:
    """The row with that label in that column."""
    return next(row for row in whole.rows if row.cells[column].text == label)


def codes(whole: Table) -> list[str]:
    return [row.cells["科目代码"].text for row in whole.rows]


# ------------------------------------------------------------------ two sides


@cases("""
    情形     | 边   | 项目                       | 行次
    第一行   | 收入 | 一、一般公共预算财政拨款收入 | 1
    第八行   | 收入 | 八、其他收入               | 8
    收入合计 | 收入 | 本年收入合计               | 27
    年初结转 | 收入 | 年初结转和结余             | 29
    收入总计 | 收入 | 总计                       | 31
    第一类   | 支出 | 一、一般公共服务支出       | 32
    末一类   | 支出 | 二十六、抗疫特别国债安排的支出 | 57
    支出合计 | 支出 | 本年支出合计               | 58
    支出总计 | 支出 | 总计                       | 62
""")
def test_lines_are_counted_down_the_left_side_and_on_down_the_right(
    边: str, 项目: str, 行次: str
) -> None:
    row = row_of(table(TOTALS), f"{边}项目", 项目)

    assert row.cells[f"{边}行次"].text == 行次


@cases("""
    情形     | 边   | 项目                   | 行次
    第三行   | 收入 | 三、国有资本经营预算财政拨款 | 3
    收入合计 | 收入 | 本年收入合计           | 27
    年初结转 | 收入 | 年初财政拨款结转和结余 | 28
    收入总计 | 收入 | 总计                   | 32
    第一类   | 支出 | 一、一般公共服务支出   | 33
    支出合计 | 支出 | 本年支出合计           | 59
    支出总计 | 支出 | 总计                   | 64
""")
def test_lines_of_the_fiscal_totals(边: str, 项目: str, 行次: str) -> None:
    row = row_of(table(FISCAL_TOTALS), f"{边}项目", 项目)

    assert row.cells[f"{边}行次"].text == 行次


def test_every_line_number_stands_once_and_in_order() -> None:
    for name in (TOTALS, FISCAL_TOTALS):
        rows = table(name).rows
        numbers = [int(row.cells[f"{side}行次"].text) for side in ("收入", "支出") for row in rows]
        assert numbers == list(range(1, 2 * len(rows) + 1))


def test_amounts_of_both_sides() -> None:
    year = a_year(
        revenue={f"{GENERAL}收入": 80, "其他收入": 20, "年初结转和结余": {GENERAL: 5}},
        expenditure={
            GENERAL: [an_item(RUNNING, 基本支出=60), an_item(HOUSING, 基本支出=25)],
            "其他资金": [{"科目": RUNNING, "项目支出": "20"}],
        },
    )
    whole = table(TOTALS, year)

    for side, label, amount in (
        ("收入", "本年收入合计", "100"),
        ("收入", "年初结转和结余", "5"),
        ("收入", "总计", "105"),
        ("支出", "一、一般公共服务支出", "80"),
        ("支出", "十九、住房保障支出", "25"),
        ("支出", "总计", "105"),
    ):
        assert texts(row_of(whole, f"{side}项目", label), f"{side}决算数") == [amount]


def test_each_fund_has_its_column_in_the_fiscal_totals() -> None:
    year = a_year(
        expenditure={
            GENERAL: [an_item(RUNNING, 基本支出=60)],
            "政府性基金预算财政拨款": [{"科目": LAND, "项目支出": 30}],
            "国有资本经营预算财政拨款": [{"科目": SHARES, "项目支出": 10}],
        }
    )
    row = row_of(table(FISCAL_TOTALS, year), "支出项目", "本年支出合计")

    columns = [f"支出{name}" for name in ("合计", "一般公共预算", "政府性基金", "国有资本经营")]
    assert texts(row, *columns) == ["100", "60", "30", "10"]


# ------------------------------------------------------------------ by 科目


def test_rows_are_the_total_and_the_classes_that_have_an_amount() -> None:
    items = [
        an_item(HOUSING, 基本支出=10),
        an_item(RUNNING, 基本支出=60),
        an_item("2010399", 项目支出=30),
        an_item("2080505", 年初预算数=5, 基本支出=0),
    ]
    whole = table(SPENDING, a_year(expenditure={GENERAL: items}))

    assert codes(whole) == [
        "合计", "201", "20103", "2010350", "2010399", "221", "22102", "2210201",
    ]  # fmt: skip
    assert texts(whole.rows[2], "科目名称", "本年支出合计", "基本支出", "项目支出") == [
        "政府办公厅（室）及相关机构事务", "90", "60", "30",
    ]  # fmt: skip


def test_revenue_by_class_shows_what_was_taken_in() -> None:
    whole = table(REVENUE)

    assert codes(whole) == ["合计", "201", "20103", RUNNING]
    assert texts(whole.rows[0], "本年收入合计", "财政拨款收入", "其他收入") == ["100", "100", ""]


# ------------------------------------------------------------------ cells


@cases("""
    情形             | 零值 | 未填 | 零的格 | 未填的格
    零和未填都不印   | 空白 | 空白 |        |
    零印出           | 印出 | 空白 | 0      |
    都印出           | 印出 | 按零 | 0      | 0
""")
def test_zero_and_not_reported(零值: str, 未填: str, 零的格: str, 未填的格: str) -> None:
    layout = changed_layout(zero_cells=零值, unfilled_cells=未填)
    year = a_year(revenue={"其他收入": 0, "事业收入": None})
    whole = table(TOTALS, year, layout)

    assert texts(row_of(whole, "收入项目", "八、其他收入"), "收入决算数") == [零的格]
    assert texts(row_of(whole, "收入项目", "五、事业收入"), "收入决算数") == [未填的格]


def test_a_cell_knows_its_figure() -> None:
    whole = table(TOTALS)

    shown = {figure.name for _, _, _, figure in cells_of([whole])}

    assert f"收入/{GENERAL}收入" in shown


# ------------------------------------------------------------------ 经济分类


def test_economic_classes_stand_in_three_groups_with_their_totals() -> None:
    classes = {"30101": 60, "30302": 5, "30201": 20, "31002": 15}
    whole = table(ECONOMIC, a_year(basic_expenditure={"决算数": classes}))

    first, second = whole.rows[:2]
    assert texts(first, "代码1", "名称1", "决算数1") == ["301", "工资福利支出", "60"]
    assert texts(first, "代码2", "名称2", "决算数2") == ["302", "商品和服务支出", "20"]
    assert texts(second, "代码1", "名称1", "决算数1") == ["30101", "基本工资", "60"]
    assert texts(row_of(whole, "代码1", "303"), "决算数1") == ["5"]
    assert texts(row_of(whole, "代码3", "31002"), "名称3", "决算数3") == ["办公设备购置", "15"]
    assert texts(whole.rows[-1], "代码1", "决算数1", "代码2", "决算数3") == [
        "人员经费合计", "65", "公用经费合计", "35",
    ]  # fmt: skip


def test_every_economic_class_has_a_row_with_or_without_an_amount() -> None:
    whole = table(ECONOMIC)

    listed = [row.cells[f"代码{n}"].text for n in (1, 2, 3) for row in whole.rows[:-1]]

    names = a_report().classification.economic
    tops = ("301", "302", "303", "307", "310", "399")
    assert sorted(filter(None, listed)) == [code for code in names if code[:3] in tops]


# ------------------------------------------------------------------ empty tables


LAND_SPENT = {"expenditure": {"政府性基金预算财政拨款": [{"科目": LAND, "项目支出": 5}]}}
LAND_CARRIED = {"expenditure": {"政府性基金预算财政拨款": [{"科目": LAND, "年初结转和结余": 5}]}}
CAPITAL_SPENT = {"expenditure": {"国有资本经营预算财政拨款": [{"科目": SHARES, "项目支出": 5}]}}
ONE_VEHICLE = {"three_public": {"公务用车运行维护费": {"全年预算数": 0, "决算数": 2}}}
ONLY_PLANNED = {"three_public": {"公务接待费": {"全年预算数": 1}}}


@pytest.mark.parametrize(
    ("name", "subject", "files"),
    [
        (FUND, "政府性基金预算财政拨款收入支出", LAND_SPENT),
        (FUND, "政府性基金预算财政拨款收入支出", LAND_CARRIED),
        (CAPITAL, "国有资本经营预算财政拨款支出", CAPITAL_SPENT),
        (THREE_PUBLIC, "财政拨款“三公”经费支出", ONE_VEHICLE),
        (THREE_PUBLIC, "财政拨款“三公”经费支出", ONLY_PLANNED),
    ],
)
def test_a_table_says_that_it_is_empty_exactly_where_it_is(
    name: str, subject: str, files: dict[str, Any]
) -> None:
    assert table(name).empty_note == f"说明：某州某中心本年度无{subject}，故本表无数据"
    assert table(name, a_year(**files)).empty_note == ""


def test_a_table_without_an_empty_statement_has_none() -> None:
    assert table(SPENDING, a_year(expenditure={GENERAL: []})).empty_note == ""


def test_an_empty_table_keeps_its_total_row() -> None:
    assert codes(table(FUND)) == ["合计"]


# ------------------------------------------------------------------ heads and notes


def test_the_head_of_a_table_names_unit_year_and_money() -> None:
    whole = table(TOTALS)

    assert (whole.code, whole.department, whole.period, whole.unit) == (
        "公开01表",
        "部门：某州某中心",
        "2023年度",
        "单位：万元",
    )


def test_several_notes_are_numbered_and_one_is_not() -> None:
    assert [note[:4] for note in table(TOTALS).notes] == ["注：1.", "2.本套"]
    assert [note[:4] for note in table(SPENDING).notes] == ["注：本表"]
