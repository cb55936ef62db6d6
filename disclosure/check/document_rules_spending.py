"""Which amounts of a paragraph are “三公”经费, by what was spent on and as budget or final account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from disclosure.check.document_rules_amounts import Amount, Kind, is_explained
from disclosure.check.document_rules_vocabulary import NUMBERING, last_clause, settled

FOREIGN, AT_HOME = "外宾接待", "国内接待"
# The last of these before an amount says what it is of.
SPENDING = re.compile(
    "(因公出国)|(公务用车购置(?:[及和与、]|费[及和与、])运行)|(公务用车购置)|(公务用车运行)"
    "|((?:外宾|国（境）外)(?:公务)?接待)|(国内(?:公务)?接待)|(公务接待)|(三公)"
)
NAMES = (
    "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费",
    FOREIGN, AT_HOME, "公务接待费", "合计",
)  # fmt: skip
# Under the heading of 公务用车 a line may begin without repeating it.
SHORT = {"购置": NAMES[2], "运行维护": NAMES[3], "运行": NAMES[3]}
# What may stand between the name and the amount where neither 预算 nor 决算 is said.
OF_SPENDING = frozenset("费用支出维护和（境）决算经”财政拨款数总额")


class Spent(NamedTuple):
    """An amount of “三公”经费, `at` its place among all of its paragraph: whose it is, 预算数 or 决算数."""

    at: int
    amount: Amount
    name: str
    groups: tuple[str, ...]


def spent_of(words: str, amounts: Sequence[Amount]) -> Iterator[Spent]:
    """Every amount of a paragraph on “三公”经费 that is a budget or a final account."""
    name, seen = "", set[tuple[str, str]]()
    for at, amount in enumerate(amounts):
        match = next(reversed([*SPENDING.finditer(amount.lead)]), None)
        if match is not None and match.lastindex:
            name = NAMES[match.lastindex - 1]
        elif at == 0:
            name = _short_name(amount.lead)
        if not name or amount.is_rate or is_explained(words, amount):
            continue
        groups = _groups(amount, match)
        if groups and (name, groups[0]) not in seen:
            seen |= {(name, group) for group in groups}
            yield Spent(at, amount, name, groups)


def _short_name(lead: str) -> str:
    words = settled(NUMBERING.sub("", lead))
    return SHORT.get(words.removesuffix("支出").removesuffix("费"), "")


def _groups(amount: Amount, match: re.Match[str] | None) -> tuple[str, ...]:
    if amount.kind is Kind.BUDGET:
        return ("预算数",)
    if amount.kind is Kind.BOTH:
        return ("预算数", "决算数")
    if amount.kind is Kind.FINAL:
        return ("决算数",)
    if amount.kind is Kind.VALUE:
        rest = settled(amount.lead[match.end() :] if match else "")
        clause = settled(last_clause(amount.lead))
        is_its = match is not None and OF_SPENDING.issuperset(rest)
        if is_its or _short_name(amount.lead) or clause in ("支出", "实际支出"):
            return ("决算数",)
    return ()
