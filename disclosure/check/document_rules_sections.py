"""Each section of the 情况说明 against the table it tells of: totals, lists, “三公”经费."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from disclosure.check.cells import (
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    TOTALS,
)
from disclosure.check.document_rules_told import AMOUNT, BETWEEN, UNIT, Told, as_printed, term
from disclosure.check.rule import Comparison, Looked, Remark, Said, rule

WORDS_AND_TABLES = "文字与表一致（财预〔2016〕143号要求的情况说明）"
CHECK_BOTH = "核对这句话和表，手写的数改用标签"


class Named(NamedTuple):
    """A figure's name in sentences (a pattern), the table and cell that must hold it."""

    words: str
    role: str
    cell: str


class Section(NamedTuple):
    """A section of the 情况说明 by its heading, and what its sentences state."""

    heading: re.Pattern[str]
    named: tuple[Named, ...]


TOTAL_SECTION = Section(
    re.compile(r"^(?!.*财政拨款).*收入支出决算总体"),
    (
        Named(r"收、?支(?:决算)?总计", TOTALS, "收入/总计"),
        Named(r"收、?支(?:决算)?总计", TOTALS, "支出/总计"),
        Named(r"(?<!拨款)收入总计", TOTALS, "收入/总计"),
        Named(r"(?<!拨款)支出总计", TOTALS, "支出/总计"),
    ),
)
REVENUE_SECTION = Section(
    re.compile(r"、收入决算"),
    (
        Named(r"收入合计", REVENUE, "合计/本年收入合计"),
        *(
            Named(rf"(?<!预算){name}", REVENUE, f"合计/{name}")
            for name in (
                "财政拨款收入",
                "上级补助收入",
                "事业收入",
                "经营收入",
                "附属单位上缴收入",
                "其他收入",
            )
        ),
    ),
)
EXPENDITURE_SECTION = Section(
    re.compile(r"、支出决算"),
    (
        Named(r"支出合计", EXPENDITURE, "合计/本年支出合计"),
        *(
            Named(name, EXPENDITURE, f"合计/{name}")
            for name in ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
        ),
    ),
)
FISCAL_SECTION = Section(
    re.compile(r"财政拨款收入支出决算总体"),
    (
        Named(r"财政拨款收、?支(?:决算)?总计", FISCAL, "财政拨款/收入总计"),
        Named(r"财政拨款收、?支(?:决算)?总计", FISCAL, "财政拨款/支出总计"),
        Named(r"一般公共预算财政拨款收入", FISCAL, "收入/一般公共预算财政拨款收入"),
        Named(r"政府性基金预算财政拨款收入", FISCAL, "收入/政府性基金预算财政拨款收入"),
        Named(r"国有资本经营预算财政拨款收入", FISCAL, "收入/国有资本经营预算财政拨款收入"),
    ),
)
GENERAL_SECTION = Section(
    re.compile(r"一般公共预算财政拨款支出决算"),
    (Named(r"一般公共预算财政拨款支出", GENERAL, "合计/本年支出"),),
)
BASIC_SECTION = Section(
    re.compile(r"基本支出决算"),
    (
        Named(r"基本支出", GENERAL, "合计/基本支出"),
        Named(r"人员经费", ECONOMIC, "经济分类/人员经费合计"),
        Named(r"公用经费", ECONOMIC, "经济分类/公用经费合计"),
    ),
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(f"{words}{BETWEEN}{AMOUNT}{UNIT}")


def _amounts(told: Told, section: Section) -> Iterator[Said]:
    for line in told.under(section.heading):
        for words, role, cell in section.named:
            table = told.cells.get(role)
            if table is None:
                continue
            for match in _pattern(words).finditer(line.words):
                found = term(line, match[0], Decimal(match[1]), match[2])
                about = f"{line.where} {match[0]}"
                yield Comparison(found, (as_printed(table.term(cell)),), about=about)


@rule(
    "P1",
    "总体情况说明的收、支总计应与收支总表一致",
    compares=("总体情况说明的句子", "收入支出决算总表的总计"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(TOTALS,),
)
def totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, TOTAL_SECTION)


@rule(
    "P2",
    "收入决算说明的合计和各项收入应与收入决算表一致",
    compares=("收入决算说明的句子", "收入决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(REVENUE,),
)
def revenue_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, REVENUE_SECTION)


@rule(
    "P3",
    "支出决算说明的合计和各项支出应与支出决算表一致",
    compares=("支出决算说明的句子", "支出决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(EXPENDITURE,),
)
def expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, EXPENDITURE_SECTION)


@rule(
    "P4",
    "财政拨款总体说明的总计和三类收入应与财政拨款总表一致",
    compares=("财政拨款总体说明的句子", "财政拨款收入支出决算总表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(FISCAL,),
)
def fiscal_totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, FISCAL_SECTION)


@rule(
    "P5a",
    "一般公共预算说明的支出合计应与一般公共预算支出表一致",
    compares=("一般公共预算说明的句子", "一般公共预算支出表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def general_budget_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, GENERAL_SECTION)


@rule(
    "P6.1",
    "基本支出说明的人员经费、公用经费应与基本支出表一致",
    compares=("基本支出说明的句子", "基本支出明细表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL, ECONOMIC),
)
def basic_expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, BASIC_SECTION)


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
    for line in told.under(BASIC_SECTION.heading):
        head, mark, listed = line.words.partition("主要包括")
        if not mark or not re.search(r"人员经费|公用经费", head):
            continue
        tops = ("301", "303") if "人员经费" in head else ("302", "307", "310", "399")
        said = {one.strip() for one in re.split(r"[、，。；：:]", listed) if one.strip()}
        spent = {
            table.names[code]
            for code in table.names
            if len(code) == 5 and code[:3] in tops and table.amount(f"经济分类/{code}/决算数")
        }
        for name in sorted(said - spent):
            message = f"{line.where}列了“{name}”，表里没有它的数"
            yield Remark(message, f"{line.where} {name}", (name,), line.place)
        for name in sorted(spent - said):
            message = f"{line.where}没有列“{name}”，表里有它的数"
            yield Remark(message, f"{line.where} {name}", (name,), line.place)
        yield Looked(len(said & spent))


# ------------------------------------------------------------------ “三公”经费

THREE_PUBLIC_SECTION = re.compile("“三公”")
SPENDING = (
    (re.compile(r"因公出国（境）费"), "因公出国（境）费"),
    (re.compile(r"公务用车购置及运行(?:维护)?费"), "公务用车购置及运行维护费"),
    (re.compile(r"公务用车购置费"), "公务用车购置费"),
    (re.compile(r"公务用车运行(?:维护)?费"), "公务用车运行维护费"),
    (re.compile(r"公务接待费"), "公务接待费"),
    (re.compile(r"“三公”经费"), "合计"),
)
ITS_BUDGET = re.compile(rf"预算(?:数)?(?:为)?{AMOUNT}{UNIT}")
ITS_FINAL = re.compile(rf"(?:支出决算(?:数)?(?:为)?|费支出){AMOUNT}{UNIT}")


@rule(
    "P9.4",
    "“三公”经费说明的预算、决算应与“三公”经费表一致",
    compares=("“三公”经费说明的句子", "“三公”经费表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(THREE_PUBLIC,),
)
def three_public_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[THREE_PUBLIC]
    for line in told.under(THREE_PUBLIC_SECTION):
        head = line.words[:30]
        name = next((name for pattern, name in SPENDING if pattern.search(head)), "")
        if not name:
            continue
        for pattern, group in ((ITS_BUDGET, "预算数"), (ITS_FINAL, "决算数")):
            match = pattern.search(line.words)
            if match:
                said = term(line, match[0], Decimal(match[1]), match[2])
                cell = as_printed(table.term(f"三公/{group}/{name}"))
                yield Comparison(said, (cell,), about=f"{line.where} {group}")
