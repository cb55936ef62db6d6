"""表间勾稽: a part that must fit into its whole, codes and names that must be the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure.check.across_tables import ACROSS, BOTH_TABLES
from disclosure.check.adding import against, shared_keys
from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    TOTALS,
    Cells,
    TableCells,
)
from disclosure.check.finding import plain
from disclosure.check.rule import (
    NOTHING,
    Comparison,
    Looked,
    Relation,
    Remark,
    Said,
    Term,
    rule,
)
from disclosure.check.slips import significant_digits
from disclosure.check.table_shape import by_class
from disclosure.check.total_tables import (
    CLOSING,
    EXPENDITURE_OF_YEAR,
    FISCAL_CLOSING,
    FISCAL_FUNDS,
    FISCAL_OPENING,
    FISCAL_REVENUE,
    OPENING,
    REVENUE_OF_YEAR,
    SPENT,
    SURPLUS,
    USE_OF_BALANCE,
)
from disclosure.check.within_tables import economic
from disclosure.derive.money import REVENUE_BY_CLASS, TOTAL
from disclosure.model.place import Level
from disclosure.schema.typed import YUAN_PER_WAN


@rule(
    "X11",
    "支出决算表每个科目应不小于三类财政拨款支出之和；全部是财政拨款时应相等",
    compares=("支出决算表 合计、基本、项目支出", "三类财政拨款支出表同一科目之和"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(EXPENDITURE, GENERAL),
)
def expenditure_covers_fiscal(cells: Cells) -> Iterator[Said]:
    whole = cells[EXPENDITURE]
    funds = [table for role in (GENERAL, FUND, CAPITAL) if (table := cells.get(role)) is not None]
    relation = Relation.EQUAL if only_fiscal(cells) else Relation.AT_LEAST
    agreed = 0
    for code in (TOTAL, *shared_keys(whole, *funds)):
        for measure, own in (
            (SPENT, "本年支出合计"),
            ("基本支出", "基本支出"),
            ("项目支出", "项目支出"),
        ):
            parts = sum(fund.amount(f"{code}/{measure}") for fund in funds)
            amount = whole.amount(f"{code}/{own}")
            if amount == parts or (amount > parts and relation is Relation.AT_LEAST):
                agreed += bool(amount)
                continue
            terms = tuple(fund.term(f"{code}/{measure}") for fund in funds)
            found = whole.term(f"{code}/{own}")
            yield Comparison(found, terms, relation, "三类财政拨款支出之和")
    if agreed:
        yield Looked(agreed)


def only_fiscal(cells: Cells) -> bool:
    """Whether all money of the year was 财政拨款: no other revenue, no other balance."""
    table, fiscal = cells.get(TOTALS), cells.get(FISCAL)
    if table is None or fiscal is None:
        return False
    others = [f"收入/{kind}" for kind in REVENUE_BY_CLASS if kind != "财政拨款收入"]
    nothing_else = not any(table.amount(name) for name in (*others, USE_OF_BALANCE))
    return nothing_else and table.amount(OPENING) == fiscal.amount(FISCAL_OPENING)


@rule(
    "X12",
    "财政拨款的各类支出、年初结转、年末结转不应大于全部资金的同一项",
    compares=("收入支出决算总表 各类支出、年初、年末结转", "财政拨款收入支出决算总表 同一项"),
    source=ACROSS,
    advice=BOTH_TABLES,
    needs=(TOTALS, FISCAL),
)
def totals_cover_fiscal(cells: Cells) -> Iterator[Said]:
    table, fiscal = cells[TOTALS], cells[FISCAL]
    codes = {*table.class_figures.get("支出", ()), *fiscal.class_figures.get("财政拨款", ())}
    pairs = [(f"支出/{c}/本年支出合计", f"财政拨款/{c}/{SPENT}") for c in sorted(codes)]
    pairs += [(OPENING, FISCAL_OPENING), (CLOSING, FISCAL_CLOSING)]
    for whole, part in pairs:
        yield from against(table.term(whole), (fiscal.term(part),), relation=Relation.AT_LEAST)


@rule(
    "X13",
    "全部支出与财政拨款支出之差，应等于两者收入、结转之差",
    compares=("两张总表本年支出之差", "两张总表收入、使用结余、年初、年末、结余分配之差"),
    source="收入支出决算总表与财政拨款收入支出决算总表的资金平衡",
    advice="核对两张总表的收入、结转和结余",
    needs=(TOTALS, FISCAL),
)
def other_money_balances(cells: Cells) -> Iterator[Said]:
    table, fiscal = cells[TOTALS], cells[FISCAL]
    if only_fiscal(cells):
        return
    gained = [table.term(REVENUE_OF_YEAR), table.term(USE_OF_BALANCE), table.term(OPENING)]
    gained += [fiscal.term(FISCAL_CLOSING), fiscal.term(f"财政拨款/{TOTAL}/{SPENT}")]
    lost = [table.term(CLOSING), table.term(SURPLUS)]
    lost += [fiscal.term(FISCAL_REVENUE), fiscal.term(FISCAL_OPENING)]
    terms = [*gained, *(-term for term in lost)]
    found = table.term(EXPENDITURE_OF_YEAR)
    yield from against(found, terms, "财政拨款支出与其他资金收支之和")


THREE_PUBLIC_CLASSES = {
    "30212": "因公出国（境）费",
    "31013": "公务用车购置费",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
}


@rule(
    "X14",
    "基本支出里的“三公”经费不应大于“三公”经费表的决算数",
    compares=("基本支出决算明细表 30212、31013、30231、30217", "“三公”经费支出决算表 同一项决算数"),
    source=ACROSS,
    advice="核对 basic_expenditure.yaml 与 three_public.yaml",
    needs=(ECONOMIC, THREE_PUBLIC),
)
def three_public_covers_basic(cells: Cells) -> Iterator[Said]:
    table, three = cells[ECONOMIC], cells[THREE_PUBLIC]
    for code, kind in THREE_PUBLIC_CLASSES.items():
        part, whole = table.term(economic(code)), three.term(f"三公/决算数/{kind}")
        if part.amount:
            yield Comparison(part, (whole,), Relation.AT_MOST)


@rule(
    "X14.2",
    "“三公”经费的决算数多于基本支出里同一项的，多出的应是项目支出列支的",
    compares=("“三公”经费支出决算表 某项决算数", "基本支出决算明细表 同一经济分类"),
    source=ACROSS + "；“三公”经费不在基本支出里就在项目支出里，整项都在项目支出里的不提示",
    advice="核对两处录入，看是不是录错了一位；确由项目支出列支的，确认一次即可",
    level=Level.HINT,
    needs=(ECONOMIC, THREE_PUBLIC),
)
def three_public_is_basic_or_project(cells: Cells) -> Iterator[Said]:
    table, three = cells[ECONOMIC], cells[THREE_PUBLIC]
    funds = [fund for role in (GENERAL, FUND, CAPITAL) if (fund := cells.get(role)) is not None]
    projects = sum((fund.amount(f"{TOTAL}/项目支出") for fund in funds), NOTHING)
    for code, kind in THREE_PUBLIC_CLASSES.items():
        part, whole = table.stated(economic(code)), three.stated(f"三公/决算数/{kind}")
        more = (whole.amount or NOTHING) - (part.amount or NOTHING)
        if more > (NOTHING if part.amount else projects):
            message = f"{kind}的决算数比基本支出里的多 {plain(more)} 万元，应是项目支出列支的"
            figures = (whole.shown, part.shown)
            yield Remark(message, kind, figures, found=whole, expected=part)
        elif whole.amount:
            yield Looked(1)


@rule(
    "X15.1",
    "养老保险、职业年金按经济分类与按功能分类应相等",
    compares=("基本支出决算明细表 30108、30109", "一般公共预算支出表 2080505、2080506 基本支出"),
    source=ACROSS,
    advice="核对两处录入；确有一部分在其他科目列支的，确认后写明理由",
    level=Level.HINT,
    needs=(ECONOMIC, GENERAL),
)
def pensions_agree(cells: Cells) -> Iterator[Said]:
    for code, item in (("30108", "2080505"), ("30109", "2080506")):
        left, right = cells[ECONOMIC].term(economic(code)), _basic(cells[GENERAL], (item,))
        if left.amount and right:
            yield Comparison(left, right)


@rule(
    "X15.2",
    "住房公积金、医疗缴费按经济分类不应小于按功能分类",
    compares=(
        "基本支出决算明细表 30113；30110＋30111",
        "一般公共预算支出表 2210201；21011 各项 基本支出",
    ),
    source=ACROSS + "；缴费有一部分在运行科目列支，所以只查小于",
    advice="核对两处录入",
    level=Level.HINT,
    needs=(ECONOMIC, GENERAL),
)
def housing_and_medical_cover(cells: Cells) -> Iterator[Said]:
    table, general = cells[ECONOMIC], cells[GENERAL]
    medical = [code for code in general.rows if len(code) == 7 and code.startswith("21011")]
    for codes, items in ((("30113",), ("2210201",)), (("30110", "30111"), medical)):
        first, *others = (table.term(economic(code)) for code in codes)
        parts = _basic(general, items)
        if parts and (first.amount or any(term.amount for term in others)):
            below = (*parts, *(-term for term in others))
            yield Comparison(first, below, Relation.AT_LEAST, "按功能分类的缴费")


def _basic(table: TableCells, items: Iterable[str]) -> tuple[Term, ...]:
    names = (f"{item}/基本支出" for item in items)
    return tuple(table.term(name) for name in names if table.amount(name))


@rule(
    "X16.1",
    "各表的科目应互相覆盖：三类财政拨款的科目在支出决算表里，支出的科目在收入决算表里",
    compares=("一张表的科目代码", "另一张表的科目代码"),
    source=ACROSS,
    advice="补上缺少的科目，或改正录错的代码",
    needs=(EXPENDITURE,),
)
def codes_are_covered(cells: Cells) -> Iterator[Said]:
    whole = cells[EXPENDITURE]
    pairs = [(t, whole) for role in (GENERAL, FUND, CAPITAL) if (t := cells.get(role)) is not None]
    revenue, totals = cells.get(REVENUE), cells.get(TOTALS)
    brought = totals is None or totals.amount(OPENING) or totals.amount(USE_OF_BALANCE)
    if revenue is not None and not brought:
        pairs.append((whole, revenue))
    for part, cover in pairs:
        missing = [code for code in part.rows if part.rows[code] and code not in cover.rows]
        for code in missing:
            message = f"{part.code}有科目 {code}，{cover.code}没有"
            yield Remark(message, f"{part.code} {code}", (code,))
        if part.rows and not missing:
            yield Looked(len(part.rows))


@rule(
    "X16.2",
    "同一科目在各表的名称应一样",
    compares=("一张表的科目名称", "另一张表的科目名称"),
    source=ACROSS,
    advice="按政府收支分类科目的名称改成一样",
)
def names_agree(cells: Cells) -> Iterator[Said]:
    first: dict[str, tuple[str, str]] = {}
    for table in by_class(cells):
        for code, name in table.names.items():
            known, where = first.setdefault(code, (name, table.code))
            if name == known:
                continue
            message = f"科目 {code} 在{table.code}叫“{name}”，在{where}叫“{known}”"
            yield Remark(message, f"{table.code} {code}", (name, known))
        if table.names:
            yield Looked(len(table.names))


@rule(
    "X19",
    "有某类财政拨款收入的，该类支出表不应是空表",
    compares=("收入支出决算总表 三类财政拨款收入", "该类支出表有没有金额"),
    source=ACROSS,
    advice="核对收入与支出；当年没有支出的，确认后写明理由",
    level=Level.HINT,
    needs=(TOTALS,),
)
def revenue_is_spent_somewhere(cells: Cells) -> Iterator[Said]:
    for name, role in zip(FISCAL_FUNDS.values(), (GENERAL, FUND, CAPITAL), strict=True):
        table = cells.get(role)
        amount = cells[TOTALS].amount(name)
        if not amount or table is None:
            continue
        if table.has_data:
            yield Looked(1)
        else:
            found = cells[TOTALS].stated(name)
            message = f"{found.where}有数，{table.code}却是空表"
            yield Remark(message, found.where, (found.shown,), found.place, found=found)


@rule(
    "U2",
    "没有一个数是另一个数的一万倍（元与万元混用）",
    compares=("一张表的金额", "任何一张表的金额 ×10000"),
    source="金额单位为万元",
    advice="核对这个数的单位，元要换算成万元",
    level=Level.HINT,
)
def no_amount_is_in_yuan(cells: Cells) -> Iterator[Said]:
    seen: dict[Decimal, tuple[TableCells, str]] = {}
    for table in cells:
        for name, amount in _amounts(table):
            seen.setdefault(amount, (table, name))
    for amount, (table, name) in seen.items():
        other = seen.get(amount * YUAN_PER_WAN)
        if other is None or significant_digits(amount) < BY_CHANCE:
            continue
        small, large = table.stated(name), other[0].stated(other[1])
        message = f"{large.where}正好是{small.where}的一万倍"
        figures = (small.shown, large.shown)
        yield Remark(message, large.where, figures, large.place, found=large, expected=small)
    if seen:
        yield Looked(len(seen))


BY_CHANCE = 3  # amounts with fewer digits are ten thousand times another one by chance


def _amounts(table: TableCells) -> Iterator[tuple[str, Decimal]]:
    yield from table.amounts.items()
    for key, row in table.rows.items():
        for measure, amount in row.items():
            yield f"{key}/{measure}", amount


FITTING_TABLES = (
    expenditure_covers_fiscal,
    totals_cover_fiscal,
    other_money_balances,
    three_public_covers_basic,
    three_public_is_basic_or_project,
    pensions_agree,
    housing_and_medical_cover,
    codes_are_covered,
    names_agree,
    revenue_is_spent_somewhere,
    no_amount_is_in_yuan,
)
