"""“三公”经费 in sentences against its table: budget, final account, and 外宾 with 国内接待."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.cells import THREE_PUBLIC
from disclosure.check.document_rules_sections import CHECK_BOTH, WORDS_AND_TABLES
from disclosure.check.document_rules_spending import AT_HOME, FOREIGN
from disclosure.check.document_rules_told import Line, Told, as_printed, held, said
from disclosure.check.rule import Comparison, Said, Term, rule


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
    for line, one in told.spent:
        if one.name in (FOREIGN, AT_HOME):
            continue
        for group in one.groups:
            cell = table.term(f"三公/{group}/{one.name}")
            yield held(line, one.amount, cell, line.where, one.name, group)


@rule(
    "P9.5",
    "说明里的外宾接待与国内接待之和应等于公务接待费",
    compares=("外宾接待、国内接待的句子", "“三公”经费表的公务接待费"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(THREE_PUBLIC,),
)
def receptions_as_in_table(told: Told) -> Iterator[Said]:
    parts: dict[str, tuple[Line, Term]] = {}
    for line, one in told.spent:
        if one.name in (FOREIGN, AT_HOME) and "决算数" in one.groups:
            parts.setdefault(one.name, (line, said(line, one.amount)))
    if len(parts) == 2:
        line, _ = parts[AT_HOME]
        cell = as_printed(told.cells[THREE_PUBLIC].term("三公/决算数/公务接待费"))
        both = tuple(term for _, term in parts.values())
        yield Comparison(cell, both, words="外宾接待与国内接待之和", about=line.where)
