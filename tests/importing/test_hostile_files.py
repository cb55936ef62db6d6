"""Files that are no plain workbook are refused with a message, before anything is read."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from importing import books
from importing.books import Book

from disclosure.importing.workbook import MOST_ROWS, read_workbook
from disclosure.model.place import DisclosureError


def with_part(name: str, data: bytes) -> bytes:
    """The product's workbook with one more part in the zip."""
    memory = io.BytesIO(books.product())
    with zipfile.ZipFile(memory, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return memory.getvalue()


def with_changed_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(books.product())) as old,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return memory.getvalue()


def macro_enabled(types: bytes) -> bytes:
    return types.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")


def with_doctype(sheet: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return sheet.replace(b"<worksheet", bomb + b"<worksheet", 1)


def lying_about_its_size() -> bytes:
    """A part whose directory entry says that it is small."""
    data = bytearray(with_part("xl/media/image1.bin", b"0" * (80 << 20)))
    true_size = (80 << 20).to_bytes(4, "little")
    while (at := data.find(true_size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def far_away_cell() -> bytes:
    def edit(book: Book) -> None:
        books.sheet(book, 3).cell(1 << 20, 16384).value = 1

    return books.changed(edit)


def a_million_rows() -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n)
        for n in range(100, 100 + 2 * MOST_ROWS)
    )
    return with_changed_part(
        "xl/worksheets/sheet3.xml",
        lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"),
    )


def word_document() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return memory.getvalue()


def old_workbook_with_macros() -> bytes:
    return books.as_xls(books.product()) + "_VBA_PROJECT".encode("utf-16-le")


def damaged_xls() -> bytes:
    data = books.as_xls(books.product())
    return data[:3000] + b"\xff" * 4000 + data[7000:]


def behind_a_password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 20


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: with_part("xl/media/image1.bin", b"0" * (80 << 20)), "压缩炸弹"),
    "zip bomb in a sheet": (lambda: with_part("xl/worksheets/x.xml", b" " * (2 << 20)), "压缩炸弹"),
    "zip bomb behind a small size": (lying_about_its_size, "损坏"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "宏"),
    "macro sheet": (lambda: with_part("xl/macrosheets/sheet1.xml", b"<x/>"), "宏"),
    ".xlsm": (lambda: with_changed_part("[Content_Types].xml", macro_enabled), "宏"),
    "macros in an .xls": (old_workbook_with_macros, "宏"),
    "external links": (lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "链接"),
    "a database": (lambda: with_part("xl/connections.xml", b"<x/>"), "链接"),
    "entities": (lambda: with_changed_part("xl/worksheets/sheet1.xml", with_doctype), "DOCTYPE"),
    "too many rows": (a_million_rows, "不像公开表"),
    "a cell far away": (far_away_cell, "不像公开表"),
    "a Word document": (word_document, "Word 文档"),
    "text": ("科目,金额\n".encode, "不是 Excel 文件"),
    "a web page": (lambda: b"<html><table></table></html>", "网页"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "PDF"),
    "nothing": (lambda: b"", "空的"),
    "a password": (behind_a_password, "密码"),
    "cut off": (lambda: books.product()[:5000], "损坏"),
    "a damaged part": (
        lambda: with_changed_part("xl/worksheets/sheet2.xml", lambda data: data[: len(data) // 2]),
        "损坏",
    ),
    "an .xls cut off": (lambda: books.as_xls(books.product())[:9000], "损坏"),
    "a damaged .xls": (damaged_xls, "损坏"),
    "not a zip after all": (lambda: b"PK\x03\x04" + b"x" * 100, "损坏"),
}


@pytest.mark.parametrize(("make", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_or_foreign_file_is_refused(make: Callable[[], bytes], told: str) -> None:
    with pytest.raises(DisclosureError, match=re.escape(told)) as refused:
        read_workbook(make(), "表.xlsx")

    (problem,) = refused.value.problems
    assert problem.location is not None
    assert problem.location.file == "表.xlsx"
    assert problem.advice
    assert problem.stops


def test_a_formula_without_stored_value_is_refused_where_an_amount_belongs(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        books.sheet(book, 5)["C10"] = "=D10+E10"

    with pytest.raises(DisclosureError, match="公式没有存下结果") as refused:
        books.imported(books.a_copy(tmp_path), books.changed(edit))

    (problem,) = refused.value.problems
    assert str(problem.location).endswith("› C10")


def test_a_formula_with_stored_value_is_read(tmp_path: Path) -> None:
    data = with_changed_part(
        "xl/worksheets/sheet5.xml",
        lambda sheet: sheet.replace(b"<v>309.78</v>", b"<f>D10+E10</f><v>309.78</v>"),
    )

    plan = books.imported(books.a_copy(tmp_path), data)

    assert plan.is_clean
    assert not plan.changes


def test_an_error_in_an_old_xls_is_no_zero(tmp_path: Path) -> None:
    old = xlwt.Workbook(encoding="utf-8")
    for page in openpyxl.load_workbook(io.BytesIO(books.product())).worksheets:
        copy = old.add_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                if page.title.startswith("公开05") and cell.coordinate == "D10":
                    copy.row(cell.row - 1).set_cell_error(cell.column - 1, 0x17)
                elif cell.value is not None:
                    copy.write(cell.row - 1, cell.column - 1, cell.value)
    memory = io.BytesIO()
    old.save(memory)

    with pytest.raises(DisclosureError, match="错误值"):
        books.imported(books.a_copy(tmp_path), memory.getvalue())


def test_an_ordinary_hyperlink_does_no_harm(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        books.sheet(book, 1)["A1"].hyperlink = "https://example.org/"

    assert not books.imported(books.a_copy(tmp_path), books.changed(edit)).changes


@pytest.mark.parametrize("make", [lambda f: f / "没有.xlsx", lambda f: f])
def test_a_file_that_cannot_be_opened_is_one_clear_line(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    unit = books.a_copy(tmp_path)

    with pytest.raises(DisclosureError) as refused:
        books.plan_import(unit, make(tmp_path), books.PACKS)

    assert len(refused.value.problems) == 1


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("make", [books.product, lambda: books.as_xls(books.product())])
def test_a_file_with_scrambled_bytes_is_read_or_refused(
    make: Callable[[], bytes], seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(make())
    for _ in range(chance.choice([1, 3, 20, 200])):
        data[chance.randrange(len(data))] = chance.randrange(256)

    try:
        found = len(read_workbook(bytes(data), "表.xlsx").sheets)
    except DisclosureError as refused:
        found = len(refused.problems)

    assert found in (1, 9)
