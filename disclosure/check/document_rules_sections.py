"""Each section of the 情况说明 against the table it tells of: totals, kinds, funds, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    TOTALS,
    TableCells,
)
from disclosure.check.document_rules_told import Line, Named, Told, as_printed, held
from disclosure.check.document_rules_topics import (
    BASIC_TOLD,
    CAPITAL_TOLD,
    EXPENDITURE_TOLD,
    FISCAL_TOLD,
    FUND_TOLD,
    GENERAL_TOPICS,
    REVENUE_TOLD,
    TOTALS_TOLD,
)
from disclosure.check.rule import Looked, Remark, Said, rule

WORDS_AND_TABLES = "文字与表一致（财预〔2016〕143号要求的情况说明）"
CHECK_BOTH = "核对这句话和表，手写的数改用标签"


def _as_in_table(told: Told, *topics: str) -> Iterator[Said]:
    """Every amount of these sections that names a figure, against the cells that hold it."""
    for one in told.named:
        table = told.cells.get(one.name.role)
        if one.topic not in topics or table is None:
            continue
        if _is_the_other(told, one):
            yield Looked(1)
            continue
        for cell in one.name.cells:
            what = f"{one.amount.lead[-8:]}{one.amount.number}"
            yield held(one.line, one.amount, table.term(cell), one.line.where, what)


def _is_the_other(told: Told, one: Named) -> bool:
    """Whether a name that may mean two figures means the second one here."""
    if one.name.either is None:
        return False
    role, cell = one.name.either
    other = told.cells.get(role)
    return other is not None and as_printed(other.term(cell)).amount == one.amount.wan


@rule(
    "P1",
    "总体情况说明的收、支总计应与收支总表一致",
    compares=("总体情况说明的句子", "收入支出决算总表的总计"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(TOTALS,),
)
def totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, TOTALS_TOLD)


@rule(
    "P2",
    "收入决算说明的合计和各项收入应与收入决算表一致",
    compares=("收入决算说明的句子", "收入决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(REVENUE,),
)
def revenue_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, REVENUE_TOLD)


@rule(
    "P3",
    "支出决算说明的合计和各项支出应与支出决算表一致",
    compares=("支出决算说明的句子", "支出决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(EXPENDITURE,),
)
def expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, EXPENDITURE_TOLD)


@rule(
    "P4",
    "财政拨款总体说明的总计和三类收入应与财政拨款总表一致",
    compares=("财政拨款总体说明的句子", "财政拨款收入支出决算总表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(FISCAL,),
)
def fiscal_totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, FISCAL_TOLD)


@rule(
    "P5a",
    "一般公共预算说明的支出合计应与一般公共预算支出表一致",
    compares=("一般公共预算说明的句子", "一般公共预算支出表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def general_budget_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, *GENERAL_TOPICS)


@rule(
    "P6.1",
    "基本支出说明的人员经费、公用经费应与基本支出表一致",
    compares=("基本支出说明的句子", "基本支出明细表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL, ECONOMIC),
)
def basic_expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, BASIC_TOLD)


@rule(
    "P7.1",
    "政府性基金说明的收入、支出和结转应与政府性基金表一致",
    compares=("政府性基金说明的句子", "政府性基金表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(FUND,),
)
def fund_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, FUND_TOLD)
    yield from _nothing_told(told, FUND, FUND_TOLD)


@rule(
    "P8.1",
    "国有资本经营预算说明的支出应与国有资本经营预算表一致",
    compares=("国有资本经营预算说明的句子", "国有资本经营预算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(CAPITAL,),
)
def state_capital_as_in_table(told: Told) -> Iterator[Said]:
    yield from _as_in_table(told, CAPITAL_TOLD)
    yield from _nothing_told(told, CAPITAL, CAPITAL_TOLD)


NOTHING = re.compile(r"(?:没有|未发生|未安排|无)[^，。；]*(?:收入|支出|收支|预算)")


def _nothing_told(told: Told, role: str, topic: str) -> Iterator[Said]:
    """没有政府性基金… stands exactly where the table is empty."""
    table = told.cells[role]
    for line in told.about(topic):
        if told.amounts(line) or not NOTHING.search(line.words):
            continue
        if table.has_data:
            message = f"{line.where}说没有，{table.code}里有数"
            yield Remark(message, line.where, (), line.place)
        else:
            yield Looked(1)


# ------------------------------------------------------------------ lists of 款

PERSONNEL_CLASSES = ("301", "303")
KINDS = re.compile(r"人员经费|公用经费")
LISTED = re.compile(r"(?:包括|包含|主要用于|用于|主要是|具体为)[：:]?([^。；]+)")
_PIECES = re.compile(r"[、，,]")
_LINKED = re.compile(r"以及|和|及|与")
AND_SO_ON = "等"


@rule(
    "P6.2",
    "“主要包括”列的科目应正是基本支出表里有数的科目",
    compares=("人员经费、公用经费的列举", "基本支出明细表有数的款"),
    source=WORDS_AND_TABLES,
    advice="删去没有数的科目，补上有数的科目",
    needs=(ECONOMIC,),
)
def lists_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[ECONOMIC]
    for line in told.about(BASIC_TOLD):
        starts = [match.start() for match in KINDS.finditer(line.words)]
        ends = [*starts[1:], len(line.words)] if starts else []
        for start, end in zip(starts, ends, strict=True):
            part = line.words[start:end]
            listed = LISTED.search(part)
            if listed:
                yield from _list(line, part.startswith("人员"), listed[1], table)


def _list(line: Line, personnel: bool, listed: str, table: TableCells) -> Iterator[Said]:
    named = {code: name for code, name in table.names.items() if len(code) == 5}
    every = set(named.values())
    told_of = set(_names_in(listed.strip(), every))
    if not told_of:
        return
    spent = {
        name
        for code, name in named.items()
        if (code[:3] in PERSONNEL_CLASSES) is personnel and table.amount(f"经济分类/{code}/决算数")
    }
    for name in sorted(told_of - spent):
        message = f"{line.where}列了“{name}”，表里没有它的数"
        yield Remark(message, f"{line.where} {name}", (name,), line.place)
    for name in sorted(spent - told_of) if not listed.strip().endswith(AND_SO_ON) else ():
        message = f"{line.where}没有列“{name}”，表里有它的数"
        yield Remark(message, f"{line.where} {name}", (name,), line.place)
    yield Looked(len(told_of & spent))


def _names_in(listed: str, every: set[str]) -> Iterator[str]:
    """The 科目 of a list; words that are none, such as those of a purpose, are passed over."""
    for piece in map(str.strip, _PIECES.split(listed)):
        yield from _known([piece, piece.removesuffix("支出"), piece.removesuffix("等")], every)
        for part in _LINKED.split(piece) if piece not in every else ():
            yield from _known([part, part.removesuffix("等")], every)


def _known(words: Sequence[str], every: set[str]) -> Iterator[str]:
    yield from (one for one in words if one in every)
