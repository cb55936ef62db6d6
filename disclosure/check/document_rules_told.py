"""What a document says of itself: sentences, tables as cells, self-evaluations, each with its place.

The same value comes out of the data and out of a finished .docx, so one set of rules holds a
sentence against a table wherever the two were written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from disclosure.check.cells import Cells
from disclosure.check.finding import Stated
from disclosure.check.rule import Term
from disclosure.model.figure import WAN, rounded
from disclosure.model.place import Location

UNIT = r"(万元|亿元|元)"
AMOUNT = r"(\d+(?:\.\d+)?)"
# Between a figure's name and its amount: no other figure's name, no comparison, no new clause.
BETWEEN = r"(?:(?!增加|减少|增长|下降|上升|预算|比|较|占|上年|不含|除)[^，。；：、\d]){0,16}?"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `where` as a clerk names it; `place` the typed line or the file's paragraph."""

    words: str
    where: str
    section: str = ""
    place: Location | None = None
    project: str = ""  # 附件3 for a paragraph of that attachment


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as its table prints it."""

    first: str
    second: str
    name: str
    score: str


@dataclass(frozen=True)
class Sheet:
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

    def under(self, section: re.Pattern[str]) -> Iterator[Line]:
        """Paragraphs of the 情况说明 under the headings that match."""
        return (line for line in self._by_section(section))

    def _by_section(self, section: re.Pattern[str]) -> Iterable[Line]:
        wanted = {title for title in self._sections if section.search(title)}
        for title in wanted:
            yield from self._sections[title]

    @cached_property
    def _sections(self) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if not line.project:
                found.setdefault(line.section, []).append(line)
        return {title: tuple(lines) for title, lines in found.items()}

    def of_sheet(self, sheet: Sheet) -> Iterator[Line]:
        """The paragraphs of one attachment."""
        return (line for line in self.lines if line.project == sheet.label)


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


def as_printed(one: Term) -> Term:
    """A cell as its table prints it: to two decimals."""
    return one if one.amount is None else one._replace(amount=rounded(one.amount, 2))


def printed_places(number: str) -> int:
    """How many decimals a number is printed with."""
    return len(number.partition(".")[2])
