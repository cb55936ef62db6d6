"""Tables of the edited file against ours: every cell is a program's, so a change is a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.changes.tokens import aligned
from disclosure.document import Document
from disclosure.model.figure import Figure
from disclosure.model.finished import Finished, ReadTable
from disclosure.model.table import Cell
from disclosure.model.text import Text

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: `table` and `place` for a person; `row` holds the words of the row as we had it."""

    table: str
    place: str
    old: str
    new: str
    row: Words = ()
    column: int = 0


def cell_changes(base: Finished, theirs: Finished) -> Iterator[CellChange]:
    """Every cell that says something else, and whole rows and tables that came or went."""
    waiting = list(theirs.tables)
    for mine in base.tables:
        other = next((one for one in waiting if one.name == mine.name), None)
        if other is None:
            yield CellChange(mine.name, mine.name, "（整张表）", "")
            continue
        waiting.remove(other)
        yield from _rows(mine, other)
    for one in waiting:
        for row in one.rows:
            yield CellChange(one.name, f"{one.name}（新加的表）", "", _told(_words_of(row)))


def _rows(mine: ReadTable, other: ReadTable) -> Iterator[CellChange]:
    before = [_words_of(row) for row in mine.rows]
    after = [_words_of(row) for row in other.rows]
    for one in aligned(before, after):
        if one.same:
            continue
        old, new = before[one.i1 : one.i2], after[one.j1 : one.j2]
        if len(old) == len(new) and all(len(a) == len(b) for a, b in zip(old, new, strict=True)):
            for number, (a, b) in enumerate(zip(old, new, strict=True), one.i1):
                yield from _cells(mine, number, a, b)
            continue
        for number, row in enumerate(old, one.i1):
            yield CellChange(mine.name, f"{mine.name} 第{number + 1}行", _told(row), "")
        for number, row in enumerate(new, one.j1):
            yield CellChange(mine.name, f"{mine.name} 第{number + 1}行", "", _told(row))


def _cells(mine: ReadTable, number: int, old: Words, new: Words) -> Iterator[CellChange]:
    for column, (a, b) in enumerate(zip(old, new, strict=True)):
        if a != b and not mine.rows[number][column].continued:
            label = next((words for words in old if words.strip()), "")
            place = f"{mine.name} 第{number + 1}行（{label[:20]}）第{column + 1}列"
            yield CellChange(mine.name, place, a, b, old, column)


def _words_of(row: tuple[object, ...]) -> Words:
    return tuple(getattr(cell, "words", "").strip("\n") for cell in row)


def _told(row: Words) -> str:
    return " | ".join(dict.fromkeys(words for words in row if words.strip()))


def figure_in(document: Document, change: CellChange) -> Figure | None:
    """The figure that the changed cell prints."""
    for table in document.tables:
        if "".join(table.code.split()) != change.table:
            continue
        for row in table.rows:
            cells = [row.cells.get(column, Cell()) for column in table.columns]
            if tuple(cell.text for cell in cells) == change.row:
                return cells[change.column].figure
    for attachment in document.attachments:
        if not change.table.startswith(str(attachment.titles["附件标签"])):
            continue
        for value in attachment.cells.values():
            lines = value if isinstance(value, list) else [{"": value}]
            for line in lines:
                for cell in line.values():
                    if isinstance(cell, Cell) and cell.figure and cell.text == change.old:
                        return cell.figure
    return None


def typed_cells(document: Document) -> dict[str, Text]:
    """Texts of the unit's own in the score tables, by the key the checks know them by."""
    return {
        f"附件/{attachment.key}/{tag}": value
        for attachment in document.attachments
        for tag, value in attachment.cells.items()
        if isinstance(value, Text) and value
    }


def typed_cell(document: Document, change: CellChange) -> str:
    """The key of the text in the changed cell, "" when it is none of the unit's own."""
    for attachment in document.attachments:
        if change.table.startswith(f"{attachment.titles['附件标签']} "):
            for tag, value in attachment.cells.items():
                if isinstance(value, Text) and value.plain.strip("\n") == change.old and value:
                    return f"附件/{attachment.key}/{tag}"
    return ""
