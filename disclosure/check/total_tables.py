"""表内勾稽: the sums inside the two 收入支出总表, and the names of what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.adding import (
    adds_up,
)
from disclosure.check.cells import (
    FISCAL,
    TOTALS,
    Cells,
    TableCells,
)
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.derive.money import (
    REVENUE_SOURCES,
    TOTAL,
)
from disclosure.model.place import Level

WITHIN = "部门决算报表的表内关系"
PARTS_OR_TOTAL = "核对合计和各项，改正录错的一处；确由四舍五入造成的不用改"

REVENUE_OF_YEAR = "收入/本年收入合计"
USE_OF_BALANCE = "收入/使用非财政拨款结余和专用结余"
OPENING, CLOSING = "收入/年初结转和结余", "支出/年末结转和结余"
SURPLUS = "支出/结余分配"
EXPENDITURE_OF_YEAR = "支出/合计/本年支出合计"
GRAND_REVENUE, GRAND_EXPENDITURE = "收入/总计", "支出/总计"

FISCAL_REVENUE = "收入/财政拨款收入"
FISCAL_OPENING, FISCAL_CLOSING = "财政拨款/年初结转和结余", "财政拨款/年末结转和结余"
FISCAL_GRAND_REVENUE, FISCAL_GRAND_EXPENDITURE = "财政拨款/收入总计", "财政拨款/支出总计"
FISCAL_FUNDS = {
    "一般公共预算": "收入/一般公共预算财政拨款收入",
    "政府性基金": "收入/政府性基金预算财政拨款收入",
    "国有资本经营": "收入/国有资本经营预算财政拨款收入",
}
SPENT = "本年支出"


# ------------------------------------------------------------------ 收入支出决算总表


@rule(
    "I01.1",
    "收支总表的本年收入合计应等于各项收入之和",
    compares=("收入支出决算总表 本年收入合计", "同表八项收入之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(TOTALS,),
)
def revenue_adds_up(cells: Cells) -> Iterator[Said]:
    sources = [f"收入/{name}" for name in REVENUE_SOURCES]
    yield from adds_up(cells[TOTALS], REVENUE_OF_YEAR, sources, "各项收入之和")


@rule(
    "I01.2",
    "收支总表的本年支出合计应等于各类支出之和",
    compares=("收入支出决算总表 本年支出合计", "同表各类支出之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(TOTALS,),
)
def expenditure_adds_up(cells: Cells) -> Iterator[Said]:
    table = cells[TOTALS]
    classes = [f"支出/{code}/本年支出合计" for code in table.class_figures.get("支出", ())]
    yield from adds_up(table, EXPENDITURE_OF_YEAR, classes, "各类支出之和")


@rule(
    "I01.3",
    "收入总计应等于本年收入、使用结余与年初结转之和",
    compares=("收入支出决算总表 收入总计", "同表本年收入合计＋使用非财政拨款结余＋年初结转和结余"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(TOTALS,),
)
def grand_revenue_adds_up(cells: Cells) -> Iterator[Said]:
    parts = (REVENUE_OF_YEAR, USE_OF_BALANCE, OPENING)
    yield from adds_up(cells[TOTALS], GRAND_REVENUE, parts, "三项之和")


@rule(
    "I01.4",
    "支出总计应等于本年支出、结余分配与年末结转之和",
    compares=("收入支出决算总表 支出总计", "同表本年支出合计＋结余分配＋年末结转和结余"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(TOTALS,),
)
def grand_expenditure_adds_up(cells: Cells) -> Iterator[Said]:
    parts = (EXPENDITURE_OF_YEAR, SURPLUS, CLOSING)
    yield from adds_up(cells[TOTALS], GRAND_EXPENDITURE, parts, "三项之和")


@rule(
    "I01.5",
    "收入总计应等于支出总计",
    compares=("收入支出决算总表 收入总计", "同表支出总计"),
    source=WITHIN,
    advice="核对本年收入、年初结转、本年支出和年末结转",
    needs=(TOTALS,),
)
def grand_totals_balance(cells: Cells) -> Iterator[Said]:
    yield from balanced(cells[TOTALS], GRAND_REVENUE, GRAND_EXPENDITURE)


def balanced(table: TableCells, revenue: str, spent: str) -> Iterator[Said]:
    """收入 and 支出 balance; both are sums of separately rounded amounts, not one amount."""
    yield from adds_up(table, revenue, (spent,), "支出总计")


@rule(
    "I01.6",
    "年初、年末结转和结余不应是负数",
    compares=("收入支出决算总表 年初、年末结转和结余", "零"),
    source=WITHIN,
    advice="核对正负号；确为负数的，在情况说明里写明原因",
    level=Level.HINT,
    needs=(TOTALS,),
)
def balances_are_not_negative(cells: Cells) -> Iterator[Said]:
    table = cells[TOTALS]
    for name in (OPENING, CLOSING):
        amount = table.amount(name)
        if amount < 0:
            found = table.stated(name)
            yield Remark(
                f"{found.where}是负数", found.where, (str(amount),), found.place, found=found
            )
        elif amount:
            yield Looked(1)


# ------------------------------------------------------------------ 财政拨款收入支出决算总表


@rule(
    "I04.1",
    "财政拨款本年收入合计应等于三类财政拨款之和",
    compares=("财政拨款收入支出决算总表 本年收入合计", "同表三类财政拨款收入之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(FISCAL,),
)
def fiscal_revenue_adds_up(cells: Cells) -> Iterator[Said]:
    yield from adds_up(cells[FISCAL], FISCAL_REVENUE, FISCAL_FUNDS.values(), "三类财政拨款之和")


@rule(
    "I04.2",
    "年初财政拨款结转和结余应等于三类之和",
    compares=("财政拨款收入支出决算总表 年初财政拨款结转和结余", "同表三类年初结转之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(FISCAL,),
)
def fiscal_opening_adds_up(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    parts = [f"{fund}/年初结转和结余" for fund in FISCAL_FUNDS]
    if any(part in table.amounts for part in parts):  # a pack may print the total alone
        yield from adds_up(table, FISCAL_OPENING, parts, "三类年初结转之和")


@rule(
    "I04.3",
    "财政拨款收入总计应等于本年收入与年初结转之和，并等于支出总计",
    compares=("财政拨款收入支出决算总表 收入总计", "同表本年收入＋年初结转；支出总计"),
    source=WITHIN,
    advice="核对本年收入、年初结转、本年支出和年末结转",
    needs=(FISCAL,),
)
def fiscal_totals_balance(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    yield from adds_up(
        table, FISCAL_GRAND_REVENUE, (FISCAL_REVENUE, FISCAL_OPENING), "本年收入与年初结转之和"
    )
    yield from balanced(table, FISCAL_GRAND_REVENUE, FISCAL_GRAND_EXPENDITURE)


@rule(
    "I04.4",
    "财政拨款各类支出的合计应等于三类财政拨款之和",
    compares=("财政拨款收入支出决算总表 支出合计栏", "同一行三类财政拨款之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(FISCAL,),
)
def fiscal_rows_add_up(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    codes = set().union(*table.class_figures.values())
    rows = [f"财政拨款/{code}/{SPENT}" for code in (*sorted(codes), TOTAL)]
    for whole in (*rows, FISCAL_CLOSING):
        parts = [whole.replace("财政拨款", fund, 1) for fund in FISCAL_FUNDS]
        yield from adds_up(table, whole, parts, "三类财政拨款之和")
    grand = [f"{fund}/总计" for fund in FISCAL_FUNDS]
    yield from adds_up(table, FISCAL_GRAND_EXPENDITURE, grand, "三类财政拨款之和")


@rule(
    "I04.5",
    "财政拨款本年支出合计应等于各类支出之和",
    compares=("财政拨款收入支出决算总表 本年支出合计", "同一栏各类支出之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(FISCAL,),
)
def fiscal_expenditure_adds_up(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    for fund in ("财政拨款", *FISCAL_FUNDS):
        classes = [f"{fund}/{code}/{SPENT}" for code in table.class_figures.get(fund, ())]
        yield from adds_up(table, f"{fund}/合计/{SPENT}", classes, "各类支出之和")


@rule(
    "I04.6",
    "财政拨款支出总计应等于本年支出与年末结转之和",
    compares=("财政拨款收入支出决算总表 支出总计", "同一栏本年支出合计＋年末结转和结余"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(FISCAL,),
)
def fiscal_grand_expenditure_adds_up(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    for fund in ("财政拨款", *FISCAL_FUNDS):
        whole = FISCAL_GRAND_EXPENDITURE if fund == "财政拨款" else f"{fund}/总计"
        parts = (f"{fund}/合计/{SPENT}", f"{fund}/年末结转和结余")
        yield from adds_up(table, whole, parts, "本年支出与年末结转之和")


@rule(
    "I04.7",
    "每类财政拨款的收入与年初结转之和应等于该类支出总计",
    compares=("财政拨款收入支出决算总表 某类支出总计", "同类收入＋年初结转和结余"),
    source=WITHIN,
    advice="核对该类的收入、年初结转、支出和年末结转",
    needs=(FISCAL,),
)
def each_fund_balances(cells: Cells) -> Iterator[Said]:
    table = cells[FISCAL]
    openings = [f"{fund}/年初结转和结余" for fund in FISCAL_FUNDS]
    split = any(name in table.amounts for name in openings)
    if table.amount(FISCAL_OPENING) and not split:
        return  # the pack prints the opening balance as one line, not by fund
    for (fund, revenue), opening in zip(FISCAL_FUNDS.items(), openings, strict=True):
        yield from adds_up(table, f"{fund}/总计", (revenue, opening), "收入与年初结转之和")


ALL_MONEY = (
    revenue_adds_up,
    expenditure_adds_up,
    grand_revenue_adds_up,
    grand_expenditure_adds_up,
    grand_totals_balance,
    balances_are_not_negative,
)
FISCAL_MONEY = (
    fiscal_revenue_adds_up,
    fiscal_opening_adds_up,
    fiscal_totals_balance,
    fiscal_rows_add_up,
    fiscal_expenditure_adds_up,
    fiscal_grand_expenditure_adds_up,
    each_fund_balances,
)
