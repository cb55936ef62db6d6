"""The empty workbook to fill in by hand: imported as filled, with sums that are alive beside it."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from importing import books
from importing.books import CONTENT, MINI, MINI_PACKS, MINI_YEAR, PACKS, YEAR, Book

from disclosure.importing.blank import SPARE_ROWS, blank_workbook
from disclosure.importing.labels import NOTE_SHEET

NEXT_YEAR = YEAR + 1


@cache
def blank(unit: Path = CONTENT, year: int = NEXT_YEAR, packs: Path = PACKS) -> Book:
    _, data = blank_workbook(unit, year, packs)
    return openpyxl.load_workbook(io.BytesIO(data))


def amounts(book: Book) -> list[object]:
    return [
        cell.value
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]


def formulas(book: Book) -> dict[tuple[str, str], str]:
    return {
        (page.title, cell.coordinate): cell.value
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def fill(book: Book, data: bytes) -> None:
    """Type the amounts of a printed workbook into the lines of the blank one, by their labels."""
    full = openpyxl.load_workbook(io.BytesIO(data))
    for printed, page in zip(full.worksheets, book.worksheets, strict=False):
        width = printed.max_column
        lines: dict[tuple[str, ...], int] = {}
        for row in page.iter_rows(min_row=5, max_col=width):
            lines.setdefault(_texts(row), row[0].row)
        for row in printed.iter_rows(min_row=5, max_col=width):
            for cell in row:
                if isinstance(cell.value, int | float):
                    page.cell(lines[_texts(row)], cell.column).value = cell.value


def _texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    """The texts of a line, by which it is known; none for the one line of a table without labels."""
    return tuple(cell.value for cell in row if isinstance(cell.value, str))


def test_the_blank_has_the_tables_of_its_year_and_no_amount() -> None:
    book = blank()

    assert len(book.worksheets) == 10
    assert book.worksheets[-1].title == NOTE_SHEET
    assert amounts(book) == []
    assert {page["C3"].value for page in book.worksheets[:1]} == {f"{NEXT_YEAR}年度"}


def test_the_blank_offers_last_years_classes_and_lines_to_spare() -> None:
    page = blank().worksheets[4]

    codes = [row[0].value for row in page.iter_rows(min_row=7, max_col=1)]
    ours = [code for code in codes if code and str(code).isdigit()]

    assert "2010350" in ours
    assert ours == sorted(ours)
    assert sum(not code for code in codes) == SPARE_ROWS


@pytest.mark.parametrize(
    ("unit_dir", "year", "packs"), [(CONTENT, YEAR, PACKS), (MINI, MINI_YEAR, MINI_PACKS)]
)
def test_the_filled_blank_is_imported_as_it_is(
    unit_dir: Path, year: int, packs: Path, tmp_path: Path
) -> None:
    unit = books.a_copy(tmp_path, unit_dir, year)
    printed = books.tables_of(unit_dir, year, packs)
    _, data = blank_workbook(unit_dir, year, packs)
    book = openpyxl.load_workbook(io.BytesIO(data))
    fill(book, printed)

    plan = books.imported(unit, books.saved(book), packs=packs)

    assert plan.is_clean
    assert not plan.changes
    assert books.figures_read(plan)["收入/总计"]
    assert not plan.notes


def test_every_table_has_live_sums_beside_it() -> None:
    titles = {title for title, _ in formulas(blank())}

    assert titles == {page.title for page in blank().worksheets[:-1]}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice computes the formulas")
def test_the_sums_show_nothing_but_rounding_for_the_approved_tables(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(CONTENT, YEAR, PACKS)[1]))
    fill(book, books.product())
    books.sheet(book, 9)["B8"] = 5  # a slip: 因公出国（境）费 that no sum knows of
    (tmp_path / "filled.xlsx").write_bytes(books.saved(book))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", "out", "filled.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    computed = openpyxl.load_workbook(tmp_path / "out" / "filled.xlsx", data_only=True)

    shown = {at: computed[at[0]][at[1]].value for at in formulas(book)}
    wrong = {at: value for at, value in shown.items() if value and abs(value) > 0.011}
    assert {title for title, _ in wrong} == {books.sheet(book, 9).title}
    assert list(wrong.values()) == [-5]
