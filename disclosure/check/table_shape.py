"""表的样子: codes in order, no row without money, empty tables that say so."""

from __future__ import annotations

from collections.abc import Iterator

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
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.derive.money import TOTAL
from disclosure.model.place import Level

BY_CLASS = (REVENUE, EXPENDITURE, GENERAL, FUND, CAPITAL)
MAY_BE_EMPTY = (GENERAL, ECONOMIC, FUND, CAPITAL, THREE_PUBLIC)
CODE_LENGTHS = (3, 5, 7)
COPY = "核对导入的表或录入的科目，按支出功能分类的次序一行一个科目"


def by_class(cells: Cells) -> Iterator[TableCells]:
    """The tables by 科目 that the pack has."""
    return (table for role in BY_CLASS if (table := cells.get(role)) is not None)


@rule(
    "I*.1",
    "科目代码应是 3、5、7 位数字，上级齐全，次序从小到大，不重复，并有合计行",
    compares=("各表的科目代码", "支出功能分类的编码办法"),
    source="政府收支分类科目；公开表的样式",
    advice=COPY,
)
def codes_are_in_order(cells: Cells) -> Iterator[Said]:
    for table in by_class(cells):
        faults = list(_code_faults(table))
        if not faults:
            yield Looked(len(table.order))
        for fault, key in faults:
            yield Remark(f"{table.code} {fault}", f"{table.code} {key}", (key,))


def _code_faults(table: TableCells) -> Iterator[tuple[str, str]]:
    if TOTAL not in table.order:
        yield "没有合计行", TOTAL
    codes = [key for key in table.order if key != TOTAL]
    seen: set[str] = set()
    before = ""
    for code in codes:
        if not code.isdigit() or len(code) not in CODE_LENGTHS:
            yield f"的科目代码“{code}”不是 3、5 或 7 位数字", code
            continue
        if code in seen:
            yield f"的科目 {code} 出现两次", code
        elif code < before:
            yield f"的科目 {code} 排在 {before} 后面，次序不对", code
        missing = [code[:n] for n in CODE_LENGTHS if n < len(code) and code[:n] not in seen]
        if missing:
            yield f"的科目 {code} 缺少上级 {'、'.join(missing)} 的行", code
        seen.add(code)
        before = max(before, code)


@rule(
    "I*.2",
    "科目行不应全部没有金额",
    compares=("各表的科目行", "该行各栏的金额"),
    source="公开表的样式",
    advice="补上金额，或删去这一行",
    level=Level.HINT,
)
def no_row_is_blank(cells: Cells) -> Iterator[Said]:
    for table in by_class(cells):
        blank = [key for key in table.order if key != TOTAL and not table.rows.get(key)]
        for key in blank:
            name = table.names.get(key, "")
            yield Remark(f"{table.code} {key} {name}这一行没有金额", f"{table.code} {key}")
        if table.has_data and not blank:
            yield Looked(len(table.order))


@rule(
    "I*.3",
    "空表应有“无数据”的说明，有数的表不应有",
    compares=("可能为空的各表有没有金额", "表下的说明"),
    source="公开表的样式：没有数据的表仍要公开并说明",
    advice="空表的说明写明本单位、本表的事项；有数的表删去说明",
)
def empty_tables_say_so(cells: Cells) -> Iterator[Said]:
    for role in MAY_BE_EMPTY:
        table = cells.get(role)
        if table is None:
            continue
        fault = _note_fault(table, cells.unit)
        if fault:
            yield Remark(f"{table.code} {fault}", table.code, (table.empty_note,))
        else:
            yield Looked(1)


def _note_fault(table: TableCells, unit: str) -> str:
    note = table.empty_note
    if table.has_data:
        return f"有金额，却说明“{note}”" if note else ""
    if not note:
        return "没有金额，也没有“无数据”的说明"
    if unit and unit not in note:
        return f"的说明没有写本单位（{unit}）：“{note}”"
    subject = _subject(table.role)
    return "" if subject in note else f"的说明说的不是本表的事项（{subject}）：“{note}”"


def _subject(role: str) -> str:
    """What a table is about, as its 无数据 statement must say: its name up to the kind of money."""
    return role[: role.index("财政拨款")] if not role.startswith("财政拨款") else "“三公”经费"


@rule(
    "I*.4",
    "收支总表、财政拨款总表里有数的类，分科目的表里也应有",
    compares=("两张总表各类的金额", "支出决算表及三类财政拨款表的类"),
    source="公开表的表间关系",
    advice="核对总表的类与分科目的表，改正录错行的一处",
    needs=(EXPENDITURE,),
)
def classes_stand_in_their_table(cells: Cells) -> Iterator[Said]:
    for role, fund, own in (
        (TOTALS, "支出", EXPENDITURE),
        (FISCAL, "一般公共预算", GENERAL),
        (FISCAL, "政府性基金", FUND),
        (FISCAL, "国有资本经营", CAPITAL),
    ):
        table, listed = cells.get(role), cells.get(own)
        if table is None or listed is None:
            continue
        for code in table.class_figures.get(fund, ()):
            if code in listed.rows:
                yield Looked(1)
            else:
                measure = "本年支出合计" if fund == "支出" else "本年支出"
                found = table.stated(f"{fund}/{code}/{measure}")
                message = f"{found.where}有数，{listed.code}没有这个类"
                yield Remark(message, found.where, (found.shown,), found.place, found=found)


TABLE_SHAPE = (
    codes_are_in_order,
    no_row_is_blank,
    empty_tables_say_so,
    classes_stand_in_their_table,
)
