"""A delivered file beside the same document as the data give it now: paragraphs and cells side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from disclosure.check.document_rules_align import Pair, aligned, aligned_rows, settled
from disclosure.check.document_rules_changes import Change, changes
from disclosure.check.finding import typed_line
from disclosure.model.figure import Figure
from disclosure.model.finished import BODY, HEADING, MARGIN, Finished, ReadParagraph, ReadTable
from disclosure.model.place import Location
from disclosure.model.text import Paragraph

ONLY_IN_WORD = "改数据后重新生成；确实要在 Word 里改的，把改动写回内容文件"
DATA, FILE = "数据生成的文档", "交付的 .docx"
Row = tuple[tuple[str, Figure | None], ...]


@dataclass(frozen=True)
class Delivered:
    """A delivered file (`read`) and the same document as the data give it now (`built`).

    `marked` maps a bookmark to its paragraph, with the figures shown in it; `rows` a table's name
    to its rows of words and figures; `names` are those that must not be misspelt.
    """

    read: Finished
    built: Finished
    marked: Mapping[str, Paragraph] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return ""

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Paragraphs and headings of both sides."""
        kinds = (BODY, HEADING, MARGIN)
        return tuple(aligned(list(self.built.of(*kinds)), list(self.read.of(*kinds))))

    @cached_property
    def edited(self) -> tuple[tuple[Pair, tuple[Change, ...]], ...]:
        """Paragraphs whose words differ, with what was changed."""
        return tuple(
            (pair, tuple(changes(settled(pair.built.words), settled(pair.read.words), self.names)))
            for pair in self.pairs
            if pair.built and pair.read and settled(pair.built.words) != settled(pair.read.words)
        )

    @cached_property
    def tables(self) -> tuple[tuple[ReadTable, ReadTable], ...]:
        """The tables that both sides have, built and read."""
        found = {table.name: table for table in self.read.tables}
        return tuple((t, found[t.name]) for t in self.built.tables if t.name in found)

    @cached_property
    def cell_edits(self) -> tuple[CellEdit, ...]:
        """Every cell that reads otherwise than built."""
        return tuple(_cell_edits(self))

    def at(self, where: str) -> Location:
        """A place in the delivered file, as a clerk names it."""
        return Location(self.read.file or FILE, None, where)

    def typed(self, paragraph: ReadParagraph, start: int, end: int) -> tuple[Location | None, str]:
        """Where the data behind these characters were typed, and the figure's id."""
        told = next((self.marked[m] for m in paragraph.marks if m in self.marked), None)
        if told is None:
            return None, ""
        shift = len(paragraph.words) - len(paragraph.words.lstrip())
        for mention in told.text.mentions:
            if mention.start < end + shift and start + shift < mention.end:
                return typed_line(mention.figure), mention.figure.id
        for free in told.text.free:
            if free.start <= start + shift < free.end:
                return free.source, ""
        return None, ""

    def figure(self, table: ReadTable, row: int, column: int) -> Figure | None:
        """The figure that the data show in a cell of the built table."""
        words = settled(table.words(row, column))
        around = {settled(cell.words) for cell in table.rows[row]}
        for known in self.rows.get(table.name, ()):
            if all(text in around for text, _ in known):
                for text, figure in known:
                    if figure is not None and text == words:
                        return figure
        return None


def in_the_data(place: Location | None) -> str:
    """Where to look in the data, added to a message; "" where nobody typed it."""
    return f"（数据在 {place}）" if place else ""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell that reads otherwise than built: its row in either table, and both texts."""

    built: ReadTable
    read: ReadTable
    row: int
    column: int
    read_row: int
    was: str
    now: str


def _cell_edits(subject: Delivered) -> Iterator[CellEdit]:
    for built, read in subject.tables:
        for one, other in aligned_rows(built.rows, read.rows):
            if one is None or other is None or len(built.rows[one]) != len(read.rows[other]):
                continue
            for column, (cell, new) in enumerate(
                zip(built.rows[one], read.rows[other], strict=True)
            ):
                if cell.words == new.words:
                    continue
                was, now = settled(cell.words), settled(new.words)
                if was != now and not (cell.continued and new.continued):
                    yield CellEdit(built, read, one, column, other, was, now)
