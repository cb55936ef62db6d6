"""类, 款 and 项 as sentences tell of them, against the tables by 科目."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from disclosure.check.cells import CAPITAL, EXPENDITURE, FUND, GENERAL, REVENUE, TableCells
from disclosure.check.document_rules_amounts import VALUES, Amount, Kind, is_explained
from disclosure.check.document_rules_sections import CHECK_BOTH, WORDS_AND_TABLES
from disclosure.check.document_rules_told import Line, Told, as_printed, held, said
from disclosure.check.document_rules_topics import (
    CAPITAL_TOLD,
    FUND_TOLD,
    GENERAL_CLASSES,
    GENERAL_ITEMS,
    GENERAL_TOLD,
)
from disclosure.check.document_rules_vocabulary import NO_BUDGET, NUMBERING, last_clause, settled
from disclosure.check.rule import Comparison, Looked, Remark, Said, Term, rule

CLASS_MARK, SECTION_MARK, ITEM_MARK, DASH = "（类）", "（款）", "（项）", "—"
MARKS = re.compile("（[类款项]）")
LEADING = re.compile(r"^(?:主要)?(?:是|包括|用于|其中|为)+(?:用于)?")
ITEM = 7  # digits of the code of a 项


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
    classes = {table.names.get(code, "").removesuffix("支出"): code for code in table.classes()}
    for line in told.about(GENERAL_CLASSES, GENERAL_TOLD):
        for amount in told.amounts(line):
            if amount.kind is not Kind.VALUE or is_explained(line.words, amount):
                continue
            clause = settled(last_clause(amount.lead))
            name = NUMBERING.sub("", MARKS.sub("", clause)).removesuffix("支出")
            code = classes.get(name) or classes.get(name.removesuffix("支出"))
            if code is not None:
                told_of.add(code)
                yield held(line, amount, table.term(f"{code}/本年支出"), line.where, name)
            elif CLASS_MARK in clause and ITEM_MARK not in clause:
                message = f"{line.where}写了{name}（类），表里没有"
                yield Remark(message, f"{line.where} {name}", (), line.place)
            else:
                yield from _item_in_list(line, amount, clause, table)
    for code in table.classes() if told_of else ():
        if code not in told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"支出结构里没有写{table.names[code]}（类）", f"类 {code}", (code,))


def _item_in_list(line: Line, amount: Amount, clause: str, table: TableCells) -> Iterator[Said]:
    """主要是用于某项若干万元: an item of the class that the sentence tells of."""
    name = LEADING.sub("", clause)
    codes = [c for c, known in table.names.items() if len(c) == ITEM and known == name]
    cells = [as_printed(table.term(f"{code}/本年支出")) for code in codes]
    if cells and not any(cell.amount == amount.wan for cell in cells):
        yield Comparison(said(line, amount), (cells[0],), about=f"{line.where} {name}")
    elif cells:
        yield Looked(1)


# ------------------------------------------------------------------ names


@rule(
    "X17.2",
    "文字里的类、款、项名称应与表里的科目一致",
    compares=("句子里的类、款、项", "公开表的科目名称"),
    source="政府收支分类科目",
    advice="照公开表的科目名称写",
    needs=(EXPENDITURE,),
)
def item_names_as_in_table(told: Told) -> Iterator[Said]:
    chains = list(dict.fromkeys(_chains(told)))
    whole = {(top.removesuffix("支出"), middle, item) for top, middle, item in chains}
    known = {name for chain in chains for name in chain}
    for line in told.lines:
        if ITEM_MARK in line.words:
            for top, middle, item in _named(line.words):
                if (top.removesuffix("支出"), middle, item) in whole:
                    yield Looked(1)
                else:
                    yield _named_remark(line, middle, item, chains)
        elif DASH in line.words:
            *above, rest = NUMBERING.sub("", line.words).split(DASH)
            if 1 <= len(above) <= 2 and known.intersection(above):
                yield _joined_names(line, above, rest, chains)


def _named(words: str) -> Iterator[tuple[str, str, str]]:
    """Every 类（类）款（款）项（项） of a paragraph."""
    for before in words.split(ITEM_MARK)[:-1]:
        sentence = before[max(before.rfind(stop) for stop in "。；\n") + 1 :]
        top, _, below = sentence.partition(CLASS_MARK)
        middle, mark, item = below.partition(SECTION_MARK)
        if mark:
            yield NUMBERING.sub("", top), middle, item


def _joined_names(
    line: Line, above: list[str], rest: str, chains: list[tuple[str, str, str]]
) -> Said:
    """类—款—项 at the beginning of a paragraph."""
    for top, middle, item in chains:
        if (
            above[-1] == middle
            and rest.startswith(item)
            and _same_class(above[0], top) | (len(above) == 1)
        ):
            return Looked(1)
    item = re.split("[：:，。；（]|支出\\d", rest)[0]
    return _named_remark(line, above[-1], item, chains)


def _named_remark(line: Line, middle: str, item: str, chains: list[tuple[str, str, str]]) -> Remark:
    near = [f"{b}（款）{c}（项）" for _, b, c in chains if c == item]
    right = f"，表里是{near[0]}" if near else "，表里没有这个项"
    message = f"{line.where}写的是{middle}（款）{item}（项）{right}"
    return Remark(message, f"{line.where} {item}", (middle, item), line.place)


def _chains(told: Told) -> Iterator[tuple[str, str, str]]:
    """Names of 类, 款 and 项 of every item that a table has."""
    for role in (EXPENDITURE, GENERAL, FUND, CAPITAL, REVENUE):
        table = told.cells.get(role)
        for code, name in table.names.items() if table else ():
            if len(code) == ITEM and table:
                yield table.names.get(code[:3], ""), table.names.get(code[:5], ""), name


# ------------------------------------------------------------------ items one by one


def _items_in(table: TableCells, lead: str) -> tuple[list[str], str]:
    """The codes of the item that the words name, and the name; none where they name none.

    Two items may have one name (行政运行 of two 款): then the 款 beside it decides, else both may.
    """
    longest, codes = "", list[str]()
    for code, name in table.names.items():
        if len(code) == ITEM and len(name) >= len(longest) and name in lead:
            codes = [*codes, code] if name == longest else [code]
            longest = name
    if len(codes) > 1:
        beside = lead.replace(longest, "", 1) if lead.count(longest) > 1 else lead
        codes = [c for c in codes if table.names.get(c[:5], DASH) in beside] or codes
    return codes, longest


def _fitting(table: TableCells, codes: list[str], measure: str, amount: Amount) -> str:
    """Of items with one name that whose cell says so, else the first."""
    terms = ((code, as_printed(table.term(f"{code}/{measure}"))) for code in codes)
    return next((code for code, term in terms if term.amount == amount.wan), codes[0])


@dataclass
class _Itemised:
    """What the paragraphs on items have told so far."""

    budgets: list[Term] = field(default_factory=list)
    overall: Term | None = None
    told_of: set[str] = field(default_factory=set)
    complete: bool = True  # whether every item told of has a budget


@rule(
    "P5c.5",
    "每项支出的说明应与一般公共预算支出表一致，年初预算之和应等于总述",
    compares=("各项的决算数、年初预算", "一般公共预算支出表；总述的年初预算"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def items_as_in_table(told: Told) -> Iterator[Said]:
    table, items = told.cells[GENERAL], _Itemised()
    for line in told.about(GENERAL_ITEMS, GENERAL_TOLD):
        yield from _items_of_line(told, line, table, items)
    if items.overall and items.budgets and items.complete:
        budgets = tuple(items.budgets)
        yield Comparison(items.overall, budgets, words="各项年初预算之和", about="年初预算总述")
    for code, name in table.names.items() if items.told_of else ():
        if len(code) == ITEM and code not in items.told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"没有写{name}（项）的决算情况", f"项 {code}", (code,))


def _items_of_line(told: Told, line: Line, table: TableCells, items: _Itemised) -> Iterator[Said]:
    codes, has_budget = list[str](), True
    seen = set[tuple[str, Kind]]()
    for amount in told.amounts(line):
        if amount.is_rate or is_explained(line.words, amount):
            continue
        found, _ = _items_in(table, amount.lead)
        if found:
            items.complete &= has_budget
            codes, has_budget, seen = found, any(one in amount.lead for one in NO_BUDGET), set()
        if amount.kind not in (Kind.BUDGET, Kind.FINAL, Kind.BOTH):
            continue
        term, key = said(line, amount), (codes[0] if codes else "", amount.kind)
        if key in seen:
            continue
        seen.add(key)
        if amount.kind is not Kind.FINAL and "调整" not in amount.lead:
            has_budget = True
            if codes:
                items.budgets.append(term)
            else:
                items.overall = items.overall or term
        if amount.kind is not Kind.BUDGET:
            code = _fitting(table, codes, "本年支出", amount) if codes else ""
            items.told_of |= {code} - {""}
            yield held(line, amount, table.term(f"{code or '合计'}/本年支出"), line.where, code)
    items.complete &= has_budget


FUND_MEASURES = {
    "": "本年支出", "基本": "基本支出", "项目": "项目支出",
    "年初结转和结余": "年初结转和结余", "本年收入": "本年收入", "本年": "本年支出",
}  # fmt: skip


@rule(
    "P7.2",
    "政府性基金、国有资本经营预算各项支出的说明应与表里的科目一致",
    compares=("各项支出的句子", "政府性基金表、国有资本经营预算表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
)
def fund_items_as_in_table(told: Told) -> Iterator[Said]:
    for role, topic in ((FUND, FUND_TOLD), (CAPITAL, CAPITAL_TOLD)):
        table = told.cells.get(role)
        for line in told.about(topic) if table is not None and table.has_data else ():
            assert table is not None
            yield from _fund_items(told, line, table)


def _fund_items(told: Told, line: Line, table: TableCells) -> Iterator[Said]:
    codes = list[str]()
    for amount in told.amounts(line):
        lead = amount.lead
        found, name = _items_in(table, lead)
        if found:
            codes, lead = found, lead[lead.rfind(name) + len(name) :]
        if not codes or amount.kind not in VALUES or is_explained(line.words, amount):
            continue
        clause = settled(last_clause(MARKS.sub("", lead))).lstrip("（(、 ").replace("决算", "")
        measure = FUND_MEASURES.get(
            clause.removeprefix("其中").removesuffix("数").removesuffix("支出")
        )
        if measure is not None:
            code = _fitting(table, codes, measure, amount)
            cell = table.term(f"{code}/{measure}")
            yield held(line, amount, cell, line.where, code, measure)
