"""类, 款 and 项 as sentences tell of them, against the table of 一般公共预算财政拨款支出."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.cells import CAPITAL, EXPENDITURE, FUND, GENERAL, REVENUE
from disclosure.check.document_rules_sections import (
    CHECK_BOTH,
    GENERAL_SECTION,
    WORDS_AND_TABLES,
)
from disclosure.check.document_rules_told import AMOUNT, UNIT, Told, as_printed, term
from disclosure.check.rule import Comparison, Looked, Remark, Said, Term, rule

CLASS_LINE = re.compile(
    rf"^\d*[.．、]?\s*(.+?)（类）支出{AMOUNT}{UNIT}(?:[，,]占[^\d]*?{AMOUNT}[%％])?"
)
ITEM_NAMES = re.compile(r"([^。；\n]+?)（类）([^。；\n]+?)（款）([^。；\n]+?)（项）")
NUMBERING = re.compile(r"^[\s（(]*\d+[）).．、]\s*")
ITEM_FINAL = re.compile(rf"支出决算(?:数)?(?:为)?{AMOUNT}{UNIT}")
ITEM_BUDGET = re.compile(rf"年初预算(?:数)?(?:为)?{AMOUNT}{UNIT}")


def _same_class(one: str, other: str) -> bool:
    """类 names are told with and without 支出 at the end."""
    return one.removesuffix("支出") == other.removesuffix("支出")


@rule(
    "P5b",
    "各类支出的说明应与一般公共预算支出表的类一致，不多不少",
    compares=("支出结构的句子", "一般公共预算支出表的类"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def classes_as_in_table(told: Told) -> Iterator[Said]:
    table, told_of = told.cells[GENERAL], set[str]()
    for line in told.under(GENERAL_SECTION.heading):
        match = CLASS_LINE.match(line.words)
        if not match:
            continue
        codes = (c for c in table.classes() if _same_class(table.names.get(c, ""), match[1]))
        code = next(codes, None)
        if code is None:
            yield Remark(f"{line.where}写了{match[1]}（类），表里没有", line.where, (), line.place)
            continue
        told_of.add(code)
        found = term(line, match[0], Decimal(match[2]), match[3])
        yield Comparison(found, (as_printed(table.term(f"{code}/本年支出")),), about=line.where)
    for code in table.classes() if told_of else ():
        if code not in told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"支出结构里没有写{table.names[code]}（类）", f"类 {code}", (code,))


@rule(
    "X17.2",
    "文字里的类、款、项名称应与表里的科目一致",
    compares=("句子里的类、款、项", "公开表的科目名称"),
    source="政府收支分类科目",
    advice="照公开表的科目名称写",
    needs=(EXPENDITURE,),
)
def item_names_as_in_table(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "（项）" not in line.words:
            continue
        for match in ITEM_NAMES.finditer(line.words):
            top, middle, item = NUMBERING.sub("", match[1]), match[2], match[3]
            if any(_same_class(top, a) and (b, c) == (middle, item) for a, b, c in _chains(told)):
                yield Looked(1)
                continue
            near = [f"{b}（款）{c}（项）" for a, b, c in _chains(told) if c == item]
            right = f"，表里是{near[0]}" if near else "，表里没有这个项"
            message = f"{line.where}写的是{middle}（款）{item}（项）{right}"
            yield Remark(message, f"{line.where} {item}", (middle, item), line.place)


def _chains(told: Told) -> Iterator[tuple[str, str, str]]:
    """Names of 类, 款 and 项 of every item that a table has."""
    for role in (EXPENDITURE, GENERAL, FUND, CAPITAL, REVENUE):
        table = told.cells.get(role)
        for code, name in table.names.items() if table else ():
            if len(code) == 7 and table:
                yield table.names.get(code[:3], ""), table.names.get(code[:5], ""), name


@rule(
    "P5c.5",
    "每项支出的说明应与一般公共预算支出表一致，年初预算之和应等于总述",
    compares=("各项的决算数、年初预算", "一般公共预算支出表；总述的年初预算"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def items_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[GENERAL]
    budgets: list[Term] = []
    overall: Term | None = None
    told_of = set[str]()
    for line in told.under(GENERAL_SECTION.heading):
        budget, final = ITEM_BUDGET.search(line.words), ITEM_FINAL.search(line.words)
        names = ITEM_NAMES.search(line.words)
        if budget:
            said = term(line, budget[0], Decimal(budget[1]), budget[2])
            if names:
                budgets.append(said)
            else:
                overall = overall or said
        if not final:
            continue
        said = term(line, final[0], Decimal(final[1]), final[2])
        if names is None:
            yield Comparison(said, (as_printed(table.term("合计/本年支出")),), about=line.where)
            continue
        code = next((c for c, n in table.names.items() if n == names[3] and len(c) == 7), "")
        if code:
            told_of.add(code)
            cell = as_printed(table.term(f"{code}/本年支出"))
            yield Comparison(said, (cell,), about=line.where)
    if overall and budgets:
        yield Comparison(overall, tuple(budgets), words="各项年初预算之和", about="年初预算总述")
    for code, name in table.names.items() if told_of else ():
        if len(code) == 7 and code not in told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"没有写{name}（项）的决算情况", f"项 {code}", (code,))
