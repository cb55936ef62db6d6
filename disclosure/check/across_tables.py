"""表间勾稽: the same money in two tables."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.adding import against
from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    TOTALS,
    Cells,
    TableCells,
)
from disclosure.check.rule import Said, rule
from disclosure.check.total_tables import (
    EXPENDITURE_OF_YEAR,
    FISCAL_FUNDS,
    FISCAL_OPENING,
    FISCAL_REVENUE,
    REVENUE_OF_YEAR,
    SPENT,
)
from disclosure.derive.money import FISCAL_SOURCES, REVENUE_BY_CLASS, TOTAL

ACROSS = "公开表的表间关系"
BOTH_TABLES = "核对两张表，改正录错的一处"


def same(one: TableCells, name: str, other: TableCells, also: str | None = None) -> Iterator[Said]:
    """One figure in two tables."""
    yield from against(one.term(name), (other.term(also or name),))


@rule(
    "X1",
    "收支总表与收入决算表的本年收入合计应相等",
    compares=("收入支出决算总表 本年收入合计", "收入决算表 合计"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, REVENUE),
)
def revenue_agrees(cells: Cells) -> Iterator[Said]:
    yield from same(cells[TOTALS], REVENUE_OF_YEAR, cells[REVENUE], f"{TOTAL}/本年收入合计")


@rule(
    "X2",
    "收入决算表各栏合计应等于收支总表的各项收入",
    compares=("收入决算表 合计行各栏", "收入支出决算总表 各项收入"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, REVENUE),
)
def revenue_kinds_agree(cells: Cells) -> Iterator[Said]:
    table, by_code = cells[TOTALS], cells[REVENUE]
    for kind in REVENUE_BY_CLASS:
        names = FISCAL_SOURCES if kind == "财政拨款收入" else (kind,)
        terms = [table.term(f"收入/{name}") for name in names]
        yield from against(by_code.term(f"{TOTAL}/{kind}"), terms, "三类财政拨款收入之和")


@rule(
    "X3",
    "收支总表与支出决算表的本年支出合计应相等",
    compares=("收入支出决算总表 本年支出合计", "支出决算表 合计"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, EXPENDITURE),
)
def expenditure_agrees(cells: Cells) -> Iterator[Said]:
    yield from same(cells[TOTALS], EXPENDITURE_OF_YEAR, cells[EXPENDITURE], f"{TOTAL}/本年支出合计")


@rule(
    "X4",
    "收支总表各类支出应等于支出决算表的同一类",
    compares=("收入支出决算总表 各类支出", "支出决算表 同一类"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, EXPENDITURE),
)
def expenditure_classes_agree(cells: Cells) -> Iterator[Said]:
    yield from _same_classes(cells[TOTALS], "支出", "本年支出合计", cells[EXPENDITURE])


def _same_classes(totals: TableCells, fund: str, measure: str, table: TableCells) -> Iterator[Said]:
    for code in sorted({*totals.class_figures.get(fund, ()), *table.classes()}):
        yield from same(totals, f"{fund}/{code}/{measure}", table, f"{code}/{measure}")


@rule(
    "X5",
    "财政拨款总表与收支总表的三类财政拨款收入应相等",
    compares=("财政拨款收入支出决算总表 三类财政拨款", "收入支出决算总表 同一项"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, FISCAL),
)
def fiscal_sources_agree(cells: Cells) -> Iterator[Said]:
    for name in FISCAL_FUNDS.values():
        yield from same(cells[FISCAL], name, cells[TOTALS])


@rule(
    "X6",
    "财政拨款总表的本年收入应等于收入决算表的财政拨款收入",
    compares=("财政拨款收入支出决算总表 本年收入合计", "收入决算表 合计行财政拨款收入"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(FISCAL, REVENUE),
)
def fiscal_revenue_agrees(cells: Cells) -> Iterator[Said]:
    yield from same(cells[FISCAL], FISCAL_REVENUE, cells[REVENUE], f"{TOTAL}/财政拨款收入")


@rule(
    "X7",
    "财政拨款总表的一般公共预算支出应等于一般公共预算支出表，逐类相等",
    compares=("财政拨款收入支出决算总表 一般公共预算栏", "一般公共预算财政拨款支出决算表"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(FISCAL, GENERAL),
)
def general_spending_agrees(cells: Cells) -> Iterator[Said]:
    yield from _fund_agrees(cells[FISCAL], "一般公共预算", cells[GENERAL])


def _fund_agrees(fiscal: TableCells, fund: str, table: TableCells) -> Iterator[Said]:
    yield from same(fiscal, f"{fund}/{TOTAL}/{SPENT}", table, f"{TOTAL}/{SPENT}")
    yield from _same_classes(fiscal, fund, SPENT, table)


@rule(
    "X8",
    "财政拨款总表的政府性基金应等于政府性基金表：收入、年初、支出、年末，逐类相等",
    compares=("财政拨款收入支出决算总表 政府性基金", "政府性基金预算财政拨款收入支出决算表"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(FISCAL, FUND),
)
def fund_agrees(cells: Cells) -> Iterator[Said]:
    fiscal, table = cells[FISCAL], cells[FUND]
    yield from same(fiscal, FISCAL_FUNDS["政府性基金"], table, f"{TOTAL}/本年收入")
    if "政府性基金/年初结转和结余" in fiscal.amounts or not fiscal.amount(FISCAL_OPENING):
        opening = "政府性基金/年初结转和结余"
        yield from same(fiscal, opening, table, f"{TOTAL}/年初结转和结余")
    closing = "政府性基金/年末结转和结余"
    yield from same(fiscal, closing, table, f"{TOTAL}/年末结转和结余")
    yield from _fund_agrees(fiscal, "政府性基金", table)


@rule(
    "X9",
    "财政拨款总表的国有资本经营支出应等于国有资本经营表，逐类相等",
    compares=("财政拨款收入支出决算总表 国有资本经营栏", "国有资本经营预算财政拨款支出决算表"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(FISCAL, CAPITAL),
)
def capital_agrees(cells: Cells) -> Iterator[Said]:
    yield from _fund_agrees(cells[FISCAL], "国有资本经营", cells[CAPITAL])


@rule(
    "X10",
    "按功能分类的基本支出应等于按经济分类的人员经费与公用经费之和",
    compares=(
        "一般公共预算财政拨款支出决算表 基本支出合计",
        "基本支出决算明细表 人员经费＋公用经费",
    ),
    source=ACROSS,
    advice="核对 expenditure.yaml 的基本支出与 basic_expenditure.yaml 的各款，改正录错的一处",
    needs=(GENERAL, ECONOMIC),
)
def basic_expenditure_agrees(cells: Cells) -> Iterator[Said]:
    table = cells[ECONOMIC]
    terms = [table.term("经济分类/人员经费合计"), table.term("经济分类/公用经费合计")]
    yield from against(cells[GENERAL].term(f"{TOTAL}/基本支出"), terms, "人员经费与公用经费之和")


ACROSS_TABLES = (
    revenue_agrees,
    revenue_kinds_agree,
    expenditure_agrees,
    expenditure_classes_agree,
    fiscal_sources_agree,
    fiscal_revenue_agrees,
    general_spending_agrees,
    fund_agrees,
    capital_agrees,
    basic_expenditure_agrees,
)
