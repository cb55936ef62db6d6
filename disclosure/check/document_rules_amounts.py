"""What a sentence says in numbers: each amount and percentage, and what it is.

One pass over a paragraph finds every number with a unit; the words right before it tell whether it
is a budget, a final account, a change, a share. Rules look at these and need no wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from disclosure.check.document_rules_vocabulary import (
    ABOUT,
    ABOVE,
    BELOW,
    COMPLETED,
    FINAL,
    FUNDS,
    LESS_BY,
    MORE_BY,
    NEARLY,
    OF_BOTH,
    OF_BUDGET,
    RATE_DOWN,
    RATE_UP,
    REASONS,
    SHARE,
    SPENT,
    WHEN,
    last_clause,
    settled,
)

NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|亿元|元|[%％])")
MINUS = "-－−"
RATES = {"%": "%", "％": "%"}
POWERS = {"元": -4, "亿元": 4}
NEAR = 24  # characters between two amounts of one statement: ，全年一般公共预算支出决算数为


# The last characters of all words that tell a change; most leads end in none of them.
_TELLING = frozenset(words[-1] for words in (*RATE_UP, *RATE_DOWN, *NEARLY)) | {""}


class Kind(Enum):
    """What a number is, by the words before it."""

    VALUE = "数"
    BUDGET = "预算"
    FINAL = "决算"
    BOTH = "预算和决算"
    MORE = "增加"
    LESS = "减少"
    SHARE = "占比"
    COMPLETION = "完成率"
    BARE = "未说明的比率"  # （98.82%）
    OTHER = "其他"


VALUES = frozenset((Kind.VALUE, Kind.FINAL))
CHANGES = frozenset((Kind.MORE, Kind.LESS))


class Amount(NamedTuple):
    """A number with its unit. `lead` are the words since the number before it."""

    number: str
    unit: str
    lead: str
    start: int
    end: int
    kind: Kind

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"

    @property
    def printed(self) -> Decimal:
        """As printed, in its own unit."""
        return Decimal(self.number.replace(",", ""))

    @property
    def wan(self) -> Decimal:
        """In 万元."""
        power = POWERS.get(self.unit)
        return self.printed.scaleb(power) if power else self.printed


def amounts_of(words: str) -> tuple[Amount, ...]:
    """Every amount and percentage of a paragraph."""
    found, after = [], 0
    for match in NUMBER.finditer(words):
        number, unit = match.groups()
        start, end = match.span()
        lead = words[after:start]
        if words.startswith(ABOUT, end) or (lead and lead[-1] in MINUS):
            kind = Kind.OTHER
        else:
            kind = _rate(lead) if unit in RATES else _money(lead)
        found.append(Amount(number, RATES.get(unit, unit), lead, start, end, kind))
        after = end
    return tuple(found)


def _money(lead: str) -> Kind:
    core = settled(lead)
    if core[-1:] in _TELLING:
        if core.endswith(MORE_BY):
            return Kind.MORE
        if core.endswith(LESS_BY):
            return Kind.LESS
        if core.endswith(NEARLY):
            return Kind.OTHER
    at = core.rfind("预算", -12)
    if at >= 0:
        head, rest = core[:at], core[at + 2 :]
        if not head.endswith(FUNDS):
            if rest in OF_BUDGET:
                return _budget(head)
            if rest in OF_BOTH:
                return Kind.BOTH
    return Kind.FINAL if core.endswith(FINAL) else Kind.VALUE


def _budget(head: str) -> Kind:
    """A budget, or by how much it was missed: 超出年初预算3万元."""
    for when in WHEN:
        head = head.removesuffix(when)
    if head.endswith(ABOVE):
        return Kind.MORE
    return Kind.LESS if head.endswith(BELOW) else Kind.BUDGET


def _rate(lead: str) -> Kind:
    core = settled(lead)
    if core[-1:] in _TELLING:
        if core.endswith(RATE_UP):
            return Kind.MORE
        if core.endswith(RATE_DOWN):
            return Kind.LESS
        if core.endswith(NEARLY):
            return Kind.OTHER
    if core in ("（", "(", "的"):
        return Kind.BARE
    clause = last_clause(core)
    if SHARE in clause and not _of_budget(clause):
        return Kind.SHARE
    if any(one in clause for one in COMPLETED) or SHARE in clause:
        return Kind.COMPLETION
    return Kind.OTHER


def _of_budget(clause: str) -> bool:
    """占年初预算的…% is how much of it was spent."""
    return clause.removesuffix("的").removesuffix("数").endswith("预算")


class Pair(NamedTuple):
    """A budget and what was spent of it, as one sentence tells. `rate` is None where it has none.

    `budgets` are several where 年初预算 and 调整预算 are both told; the last one stands nearest.
    """

    budgets: tuple[Amount, ...]
    final: Amount
    rate: Amount | None
    end: int

    @property
    def budget(self) -> Amount:
        return self.budgets[-1]


def pairs(amounts: Sequence[Amount]) -> Iterator[Pair]:
    """Every budget with its final account, told in either order."""
    at = 0
    if not any(one.kind is Kind.BUDGET for one in amounts):
        return
    while at + 1 < len(amounts):
        one = amounts[at]
        last = at
        while last + 1 < len(amounts) and _goes_on(amounts[last + 1], Kind.BUDGET):
            last += 1
        if one.kind is Kind.BUDGET and last + 1 < len(amounts) and _is_final(amounts[last + 1]):
            yield _pair(amounts, tuple(amounts[at : last + 1]), amounts[last + 1], last + 2)
            at = last + 2
        elif one.kind is Kind.FINAL and last == at + 1:
            yield _pair(amounts, (amounts[last],), one, last + 1)
            at = last + 1
        else:
            at += 1


def _goes_on(amount: Amount, kind: Kind) -> bool:
    return amount.kind is kind and _near(amount)


def _near(amount: Amount) -> bool:
    lead = amount.lead
    return len(lead) <= NEAR and "。" not in lead and "；" not in lead


def _is_final(amount: Amount) -> bool:
    if amount.is_rate or not _near(amount):
        return False
    if amount.kind is Kind.VALUE:
        return settled(amount.lead).strip("，,、其中全年") in SPENT
    return amount.kind is Kind.FINAL


def _pair(
    amounts: Sequence[Amount], budgets: tuple[Amount, ...], final: Amount, following: int
) -> Pair:
    end = max(budgets[-1].end, final.end)
    after = amounts[following] if following < len(amounts) else None
    if after is not None and after.is_rate and len(after.lead) <= NEAR:
        is_said = after.kind is Kind.COMPLETION and "指标" not in after.lead
        # 完成年初预算493.94万元的109.54%; 决算19.85万元（98.76%）
        is_bare = after.kind is Kind.BARE and (
            after.lead != "的" or budgets[-1].start > final.start
        )
        if is_said or is_bare:
            return Pair(budgets, final, after, after.end)
    return Pair(budgets, final, None, end)


def is_explained(words: str, amount: Amount) -> bool:
    """Whether the amount stands in a reason, where it may be any other figure of that name."""
    sentence = words[words.rfind("。", 0, amount.start) + 1 : amount.start]
    return any(one in sentence for one in REASONS)
