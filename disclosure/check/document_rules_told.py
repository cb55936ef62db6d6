"""What a document says of itself: sentences, tables as cells, self-evaluations, each with its place.

The same value comes out of the data and out of a finished .docx, so one set of rules holds a
sentence against a table wherever the two were written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from disclosure.check.cells import Cells
from disclosure.check.document_rules_amounts import (
    VALUES,
    Amount,
    Pair,
    amounts_of,
    is_explained,
    pairs,
)
from disclosure.check.document_rules_names import NAMES, Name, name_of
from disclosure.check.document_rules_spending import Spent, spent_of
from disclosure.check.document_rules_topics import THREE_TOPICS, TOPICS, topic_of
from disclosure.check.finding import Stated
from disclosure.check.rule import Comparison, Looked, Said, Term
from disclosure.model.figure import WAN, rounded
from disclosure.model.place import Location

QUOTED = 16  # characters before an amount that a message quotes


class Line(NamedTuple):
    """One paragraph. `where` as a clerk names it; `place` the typed line or the file's paragraph."""

    words: str
    where: str
    section: str = ""
    place: Location | None = None
    project: str = ""  # 附件3 for a paragraph of that attachment
    key: str = ""  # of its heading in the pack's tree, where that is known


class Named(NamedTuple):
    """An amount of a paragraph that tells a figure of the tables; `at` is its place among all."""

    topic: str
    line: Line
    at: int
    amount: Amount
    name: Name


class Indicator(NamedTuple):
    """One indicator as its table prints it."""

    first: str
    second: str
    name: str
    score: str


class Sheet(NamedTuple):
    """One 自评表 as printed. `label` is 附件3; texts are "" where a cell is empty."""

    label: str
    title: str
    budget: str = ""
    executed: str = ""
    total: str = ""
    indicators: tuple[Indicator, ...] = ()
    overall: bool = False
    also: tuple[str, ...] = ()  # names of the project beside that in the title


@dataclass(frozen=True)
class Told:
    """One document in words. `prior` gives a figure of the year before by name, None if unknown."""

    lines: tuple[Line, ...]
    cells: Cells
    year: int | None = None
    sheets: tuple[Sheet, ...] = ()
    charts: Mapping[str, str] = field(default_factory=dict)
    prior: Callable[[str], Term | None] = lambda name: None

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return self.cells.lacks(need)

    def about(self, *topics: str) -> Iterator[Line]:
        """Paragraphs of the 情况说明 in the sections that tell of these topics."""
        for topic in topics:
            yield from self._by_topic.get(topic, ())

    @cached_property
    def _by_topic(self) -> Mapping[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if not line.project and (topic := topic_of_line(line)):
                found.setdefault(topic, []).append(line)
        return found

    @cached_property
    def spoken(self) -> tuple[tuple[Line, tuple[Amount, ...]], ...]:
        """Every paragraph that says an amount or a percentage, with all that it says."""
        return tuple(
            (line, found)
            for line in self.lines
            if ("元" in line.words or "%" in line.words or "％" in line.words)
            and (found := amounts_of(line.words))
        )

    @cached_property
    def _amounts(self) -> Mapping[int, tuple[Amount, ...]]:
        return {id(line): amounts for line, amounts in self.spoken}

    def amounts(self, line: Line) -> tuple[Amount, ...]:
        """The amounts and percentages of a paragraph, in their order."""
        return self._amounts.get(id(line), ())

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Every amount outside a reason that names a figure of this year's tables."""
        return tuple(
            Named(topic, line, at, amount, name)
            for topic in NAMES
            for line in self.about(topic)
            for at, amount in enumerate(self.amounts(line))
            if amount.kind in VALUES
            and (name := name_of(topic, amount.lead, self.year)) is not None
            and not is_explained(line.words, amount)
        )

    @cached_property
    def spent(self) -> tuple[tuple[Line, Spent], ...]:
        """Every amount of “三公”经费 that is a budget or a final account."""
        return tuple(
            (line, one)
            for line in self.about(*THREE_TOPICS)
            for one in spent_of(line.words, self.amounts(line))
        )

    @cached_property
    def _pairs(self) -> Mapping[int, tuple[Pair, ...]]:
        return {
            id(line): found
            for line, amounts in self.spoken
            if "预算" in line.words and (found := tuple(pairs(amounts)))
        }

    def pairs_of(self, line: Line) -> tuple[Pair, ...]:
        """Every budget of a paragraph with its final account."""
        return self._pairs.get(id(line), ())

    @cached_property
    def _by_project(self) -> Mapping[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.project:
                found.setdefault(line.project, []).append(line)
        return found

    def of_sheet(self, sheet: Sheet) -> list[Line]:
        """The paragraphs of one attachment."""
        return self._by_project.get(sheet.label, [])


def topic_of_line(line: Line) -> str:
    """The topic by the heading's key, else by its words; "" when it is no topic of the tables."""
    return line.key if line.key in TOPICS else topic_of(line.section)


def stated(line: Line, words: str, amount: Decimal, unit: str = WAN) -> Stated:
    """A number as it stands in a sentence."""
    return Stated(f"{line.where}“…{words}…”", amount, unit, line.place)


def term(line: Line, words: str, amount: Decimal, unit: str = WAN) -> Term:
    """A number in a sentence as one side of a comparison, in 万元 where it is money."""
    power = {"元": -4, "亿元": 4}.get(unit, 0)
    shown = WAN if unit in ("元", "亿元", WAN) else unit
    return Term(
        amount.scaleb(power), lambda: stated(line, words, amount.scaleb(power), shown), shown
    )


def said(line: Line, amount: Amount) -> Term:
    """An amount of a sentence as one side of a comparison."""
    quoted = line.words[max(amount.start - len(amount.lead), amount.start - QUOTED, 0) : amount.end]
    return term(line, quoted.lstrip("，。；：、"), amount.printed, amount.unit)


def held(line: Line, amount: Amount, cell: Term, *about: str) -> Said:
    """An amount of a sentence against the cell that must print it alike."""
    now = amount.wan
    if cell.amount == now:
        return Looked(1)
    printed = as_printed(cell)
    if printed.amount == now:
        return Looked(1)
    return Comparison(said(line, amount), (printed,), about=" ".join(filter(None, about)))


def as_printed(one: Term) -> Term:
    """A cell as its table prints it: to two decimals."""
    return one if one.amount is None else one._replace(amount=rounded(one.amount, 2))


def printed_places(number: str) -> int:
    """How many decimals a number is printed with."""
    return len(number.partition(".")[2])
