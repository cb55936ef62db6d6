"""Each amount of the tables' workbook changed, one at a time, as it would be imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from bench.checks.in_content import EXCHANGED, SHIFTED, WRONGS
from bench.checks.tally import Said, Tallies, Tally, said, some
from disclosure.importing.checking import check_tables
from disclosure.importing.opening import OpenedTables, open_tables
from disclosure.importing.reading import Reading
from disclosure.importing.recognise import recognise
from disclosure.model.place import DisclosureError
from disclosure.pipeline import Build

SUMMANDS = "两格是同一个合计的加数，对调后各级合计都不变，别的表没有这两个数"


@dataclass(frozen=True)
class Cell:
    """An amount of a sheet; its place as a clerk finds it."""

    sheet: int
    row: int
    column: int
    amount: Decimal
    place: str
    figure: str


@dataclass(frozen=True)
class Change:
    kind: str
    cell: Cell
    new: tuple[tuple[Cell, Decimal], ...]


def in_workbook(
    made: Build, unit_dir: Path, packs: Path, folder: Path, sample: int | None, seed: int
) -> Tallies:
    """Every slip that can be made in one cell, or between it and the amount below it."""
    tallies: Tallies = defaultdict(Tally)
    file = folder / "公开表.xlsx"
    file.write_bytes(next(p.data for p in made.products if p.kind == "tables"))
    tables = open_tables(unit_dir, file, packs)
    known = _said(tables)
    for change in some(list(_changes(_cells(tables))), sample, seed):
        try:
            reported = bool(_said(_with(tables, change)) - known)
        except DisclosureError:
            reported = True
        what = f"{change.cell.place} {change.cell.amount}"
        why, wrong = ("", "") if reported else _why(change)
        tallies[change.kind].note(what, reported=reported, why=why, contradicts=wrong)
    return dict(tallies)


def _why(change: Change) -> tuple[str, str]:
    """Why nothing could know; or, beside it, that every cell of a table is part of some sum."""
    (one, *others) = [cell.figure for cell, _ in change.new]
    parents = {name.rpartition("/")[0][:-DIGITS_BELOW] for name in (one, *others)}
    if change.kind == EXCHANGED and len(parents) == 1 and one.startswith("经济分类/"):
        return SUMMANDS, ""
    return "", "表内勾稽"


DIGITS_BELOW = 2  # of a 款's code below its 类


def _said(tables: OpenedTables) -> Said:
    read = tables.read()
    return said(check_tables(read, tables.layout, tables.book.name)) | frozenset(
        ("", str(one), "", ()) for one in (*read.unplaced, *map(_pair, read.twice))
    )


def _pair(pair: tuple[Reading, Reading]) -> str:
    return f"{pair[0].place} {pair[1].place}"


def _cells(tables: OpenedTables) -> list[Cell]:
    """Every cell that stands for a figure and holds an amount, in the order of the sheets."""
    numbers = {sheet.name: at for at, sheet in enumerate(tables.book.sheets)}
    found = []
    for table in tables.read().tables.values():
        for reading in table.cells.values():
            if reading.amount:
                row, column = _at(reading.cell)
                sheet = numbers[reading.sheet]
                found.append(Cell(sheet, row, column, reading.amount, reading.place, reading.name))
    return sorted(found, key=lambda cell: (cell.sheet, cell.column, cell.row))


def _at(name: str) -> tuple[int, int]:
    """C7 → (6, 2)."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _changes(cells: Sequence[Cell]) -> Iterator[Change]:
    for at, cell in enumerate(cells):
        for kind, wrong in WRONGS.items():
            new = wrong(cell.amount)
            if new is not None and new != cell.amount:
                yield Change(kind, cell, ((cell, new),))
        below = cells[at + 1] if at + 1 < len(cells) else None
        if below and (below.sheet, below.column) == (cell.sheet, cell.column):
            yield Change(SHIFTED, cell, ((cell, Decimal(0)), (below, cell.amount)))
            if below.amount != cell.amount:
                yield Change(EXCHANGED, cell, ((cell, below.amount), (below, cell.amount)))


def _with(tables: OpenedTables, change: Change) -> OpenedTables:
    """The workbook with this slip in it, recognised anew as an import would."""
    sheets = list(tables.book.sheets)
    for cell, amount in change.new:
        rows = [list(row) for row in sheets[cell.sheet].rows]
        rows[cell.row][cell.column] = float(amount)
        sheets[cell.sheet] = replace(sheets[cell.sheet], rows=tuple(map(tuple, rows)))
    book = replace(tables.book, sheets=tuple(sheets))
    return replace(tables, book=book, found=recognise(book, tables.layout.tables))
