"""表内勾稽: the sums inside the tables by 科目 and of “三公”经费."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.adding import (
    MINUS,
    PLUS,
    adds_up,
    against,
    levels_add_up,
    rows_add_up,
)
from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FUND,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    Cells,
    TableCells,
)
from disclosure.check.rule import Said, rule
from disclosure.check.total_tables import PARTS_OR_TOTAL, SPENT, WITHIN
from disclosure.derive.money import (
    EXPENDITURE_KINDS,
    REVENUE_BY_CLASS,
)

# ------------------------------------------------------------------ tables by 科目


@rule(
    "I02.1",
    "收入决算表每行的本年收入合计应等于各类收入之和",
    compares=("收入决算表 本年收入合计", "同一行各类收入之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(REVENUE,),
)
def revenue_rows_add_up(cells: Cells) -> Iterator[Said]:
    parts = dict.fromkeys(REVENUE_BY_CLASS, PLUS)
    yield from rows_add_up(cells[REVENUE], "本年收入合计", parts, "各类收入之和")


@rule(
    "I02.2",
    "收入决算表的类、款、合计应等于下一级之和",
    compares=("收入决算表 合计、类、款", "下一级各行之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(REVENUE,),
)
def revenue_levels_add_up(cells: Cells) -> Iterator[Said]:
    yield from levels_add_up(cells[REVENUE])


@rule(
    "I03.1",
    "支出决算表每行的本年支出合计应等于各类支出之和",
    compares=(
        "支出决算表 本年支出合计",
        "同一行基本、项目、上缴上级、经营、对附属单位补助支出之和",
    ),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(EXPENDITURE,),
)
def expenditure_rows_add_up(cells: Cells) -> Iterator[Said]:
    parts = dict.fromkeys(EXPENDITURE_KINDS, PLUS)
    yield from rows_add_up(cells[EXPENDITURE], "本年支出合计", parts, "各类支出之和")


@rule(
    "I03.2",
    "支出决算表的类、款、合计应等于下一级之和",
    compares=("支出决算表 合计、类、款", "下一级各行之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(EXPENDITURE,),
)
def expenditure_levels_add_up(cells: Cells) -> Iterator[Said]:
    yield from levels_add_up(cells[EXPENDITURE])


# ------------------------------------------------------------------ 一般公共预算, 经济分类, 基金, 国资


@rule(
    "I05.1",
    "一般公共预算支出表的小计应等于基本与项目支出之和，类、款、合计应等于下一级之和",
    compares=(
        "一般公共预算财政拨款支出决算表 小计；合计、类、款",
        "基本支出＋项目支出；下一级各行之和",
    ),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(GENERAL,),
)
def general_table_adds_up(cells: Cells) -> Iterator[Said]:
    yield from spending_table_adds_up(cells[GENERAL])


def spending_table_adds_up(table: TableCells) -> Iterator[Said]:
    parts = {"基本支出": PLUS, "项目支出": PLUS}
    yield from rows_add_up(table, SPENT, parts, "基本支出与项目支出之和")
    yield from levels_add_up(table)


@rule(
    "I06.1",
    "基本支出明细表的类应等于所属各款之和",
    compares=("一般公共预算财政拨款基本支出决算明细表 类", "同表所属各款之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(ECONOMIC,),
)
def economic_classes_add_up(cells: Cells) -> Iterator[Said]:
    table = cells[ECONOMIC]
    below: dict[str, list[str]] = {}
    for name in table.amounts:
        code = name.split("/")[1]
        if code.isdigit():
            sections = below.setdefault(code[:3], [])
            if len(code) > 3:
                sections.append(name)
    for top, parts in sorted(below.items()):
        yield from adds_up(table, economic(top), parts, "所属各款之和")


def economic(code: str) -> str:
    return f"经济分类/{code}/决算数"


PERSONNEL_CLASSES = ("301", "303")
OPERATING_CLASSES = ("302", "307", "310", "399")


@rule(
    "I06.2",
    "人员经费合计应等于工资福利支出与对个人和家庭的补助之和",
    compares=("基本支出决算明细表 人员经费合计", "同表 301＋303"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(ECONOMIC,),
)
def personnel_adds_up(cells: Cells) -> Iterator[Said]:
    parts = map(economic, PERSONNEL_CLASSES)
    yield from adds_up(cells[ECONOMIC], "经济分类/人员经费合计", parts, "301 与 303 之和")


@rule(
    "I06.3",
    "公用经费合计应等于商品和服务、债务利息、资本性和其他支出之和",
    compares=("基本支出决算明细表 公用经费合计", "同表 302＋307＋310＋399"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(ECONOMIC,),
)
def operating_adds_up(cells: Cells) -> Iterator[Said]:
    parts = map(economic, OPERATING_CLASSES)
    yield from adds_up(cells[ECONOMIC], "经济分类/公用经费合计", parts, "302、307、310、399 之和")


@rule(
    "I07.1",
    "政府性基金表每行年末结转应等于年初结转加收入减支出，各级应等于下一级之和",
    compares=(
        "政府性基金表 年末结转；小计；合计、类、款",
        "年初＋收入－支出；基本＋项目；下一级各行之和",
    ),
    source=WITHIN,
    advice="核对年初结转、收入、支出和年末结转，改正录错的一处",
    needs=(FUND,),
)
def fund_table_adds_up(cells: Cells) -> Iterator[Said]:
    yield from carried_forward(cells[FUND])
    yield from spending_table_adds_up(cells[FUND])


def carried_forward(table: TableCells) -> Iterator[Said]:
    """年末 = 年初 + 收入 − 支出 in every row, where the table has these columns."""
    if "年末结转和结余" in table.measures:
        parts = {"年初结转和结余": PLUS, "本年收入": PLUS, SPENT: MINUS}
        yield from rows_add_up(table, "年末结转和结余", parts, "年初结转加收入减支出")


@rule(
    "I08.1",
    "国有资本经营表的合计栏应等于基本与项目支出之和，各级应等于下一级之和",
    compares=(
        "国有资本经营预算财政拨款支出决算表 合计栏；合计、类、款",
        "基本支出＋项目支出；下一级各行之和",
    ),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(CAPITAL,),
)
def capital_table_adds_up(cells: Cells) -> Iterator[Said]:
    yield from carried_forward(cells[CAPITAL])
    yield from spending_table_adds_up(cells[CAPITAL])


@rule(
    "I09.1",
    "“三公”经费表的合计、小计应等于各项之和",
    compares=("财政拨款“三公”经费支出决算表 合计、公务用车小计", "同表各项之和"),
    source=WITHIN,
    advice=PARTS_OR_TOTAL,
    needs=(THREE_PUBLIC,),
)
def three_public_adds_up(cells: Cells) -> Iterator[Said]:
    table = cells[THREE_PUBLIC]
    for side in ("预算数", "决算数"):
        for whole, kinds in (
            ("合计", ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")),
            ("公务用车购置及运行维护费", ("公务用车购置费", "公务用车运行维护费")),
        ):
            found = table.term(f"三公/{side}/{whole}")
            terms = [table.term(f"三公/{side}/{kind}") for kind in kinds]
            yield from against(found, terms, f"{side}各项之和")


BY_CLASS = (
    revenue_rows_add_up,
    revenue_levels_add_up,
    expenditure_rows_add_up,
    expenditure_levels_add_up,
)
BY_FUND = (
    general_table_adds_up,
    economic_classes_add_up,
    personnel_adds_up,
    operating_adds_up,
    fund_table_adds_up,
    capital_table_adds_up,
    three_public_adds_up,
)
