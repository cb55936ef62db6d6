"""What the data rules look at: the report, its tables as cells, everything it says in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pydantic import BaseModel

from disclosure.check.book import Book, Written, written_numbers
from disclosure.check.cells import Cells, cells_of_tables
from disclosure.check.explained import Explained, explained
from disclosure.check.prose import TAG, Hit, Prose
from disclosure.check.rule import Term, of
from disclosure.derive.evaluation import Evaluation, Indicator
from disclosure.derive.report import Report
from disclosure.model.chart import ChartSeries
from disclosure.model.place import Location, ToDo
from disclosure.model.table import Table
from disclosure.model.text import Paragraph, Snippet
from disclosure.schema.content import YearContent
from disclosure.schema.evaluation import IndicatorLine
from disclosure.schema.pack import PackLayout
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import TypedAmount, TypedWords

SHORTEST_PART = 3  # digits between two spaces of a number written in parts
LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){10,18}[Xx]?(?!\d|[ -]\d)")


@dataclass(frozen=True)
class Subject:
    """One report, finished but for its file format.

    `sections` maps a heading key of the pack to its paragraphs; `paragraphs` are all of them and
    the texts in tables; `sheets` the cells of each self-evaluation's table by its key.
    """

    report: Report
    layout: PackLayout
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    sections: Mapping[str, Sequence[Paragraph]] = field(default_factory=dict)
    charts: Mapping[str, ChartSeries] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    todos: tuple[ToDo, ...] = ()

    @cached_property
    def cells(self) -> Cells:
        """The public tables, cell by cell."""
        return cells_of_tables(self.layout, self.tables, self.report.unit.full_name.words)

    @cached_property
    def prose(self) -> Prose:
        """All that the report says, each text once."""
        return Prose(self.paragraphs)

    @cached_property
    def explained(self) -> tuple[Explained, ...]:
        """Differences that may have a reason, with the reason."""
        return tuple(explained(self.report, self.layout))

    @cached_property
    def book(self) -> Book:
        """What the report knows, by amount."""
        return Book(self.report.figures, self.evaluations, self.layout.number_styles)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Numbers that somebody typed in a sentence."""
        return tuple(written_numbers(self.prose, self.book.units, self.is_typed))

    @cached_property
    def long_numbers(self) -> tuple[tuple[Hit, str], ...]:
        """Numbers of 11 to 19 digits, which may be a person's; the digits without spaces."""
        return tuple(
            (self.prose.typed.hit(match), re.sub("[ -]", "", match.group()).upper())
            for match in self.prose.typed_numbers(LONG_NUMBER, SHORTEST_PART)
        )

    def is_typed(self, hit: Hit) -> bool:
        """Whether a person typed these words; False where a tag or the pack's wording put them."""
        words = self._typed_words.get(hit.source) if hit.source else ""
        return words is None or hit.words in TAG.sub("", words)

    @cached_property
    def _typed_words(self) -> Mapping[Location, str]:
        """The unit's own words as typed, tags and all, by place."""
        typed = (*snippets(self.report.unit), *snippets(self.report.content))
        return {snippet.source: snippet.words for snippet in typed}

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return self.cells.lacks(need)

    def term(self, name: str, year: int | None = None) -> Term | None:
        """A figure as a term; None when the report has no such figure."""
        figure = self.report.figures.get(name, year)
        return of(figure) if figure is not None else None

    @cached_property
    def evaluations(self) -> tuple[Evaluation, ...]:
        """整体自评, then the projects'."""
        overall = self.report.overall
        return (*((overall,) if overall else ()), *self.report.projects)

    @cached_property
    def indicators(self) -> tuple[tuple[Evaluation, IndicatorLine, Indicator], ...]:
        """Each indicator as typed and as it prints; one still to be filled in says nothing yet."""
        return tuple(
            (evaluation, line, indicator)
            for evaluation in self.evaluations
            for line, indicator in zip(
                evaluation.file.indicators, evaluation.indicators, strict=False
            )
            if not indicator.waiting
        )

    @cached_property
    def referring(self) -> tuple[tuple[IndicatorLine, Indicator, tuple[str, IndicatorLine]], ...]:
        """Indicators of 整体自评 that refer to a project's, with the project's line."""
        known = {
            f"{project.key}/{line.name.words}": (project.key, line)
            for project in self.report.projects
            for line in project.file.indicators
            if line.name
        }
        return tuple(
            (line, indicator, original)
            for evaluation, line, indicator in self.indicators
            if evaluation is self.report.overall and line.reference
            if (original := known.get(line.reference.words)) is not None
        )


def snippets(content: YearContent | BaseModel | None) -> list[Snippet]:
    """Everything typed in words in a year's files or in one of them."""
    found: list[Snippet] = []
    if content is not None:
        _gather(vars(content).values(), found)
    return found


WITHOUT_WORDS = frozenset({str, Scalar, TypedAmount, TypedWords, IndicatorLine, date, type(None)})


def _gather(values: Iterable[object], into: list[Snippet]) -> None:
    for value in values:
        kind = type(value)
        if kind in WITHOUT_WORDS:
            continue
        if isinstance(value, Snippet):
            into.append(value)
        elif isinstance(value, list | tuple):
            _gather(value, into)
        elif isinstance(value, dict):
            _gather(value.values(), into)
        elif isinstance(value, BaseModel):
            _gather(vars(value).values(), into)
