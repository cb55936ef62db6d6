"""The real report as agreed, and its files agreeing with each other."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from cases.reading import Block, blocks, plain_text, tables
from conftest import ROOT
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.manifest import manifest_json, side_files
from disclosure.pipeline import Build
from disclosure.store import MANIFEST, store

ATTACHMENT_STYLE = "AttachmentLabel"
A4 = 9
PACK_FILES = (
    "pack.yaml", "wording.yaml", "terms.yaml",
    "report.docx", "attachment_overall.docx", "attachment_project.docx",
)  # fmt: skip


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


def test_the_report_reads_as_agreed(report_2023: Build, golden: Callable[[str, str], None]) -> None:
    golden(plain_text(report_of(report_2023)), "2023.txt")


# ------------------------------------------------------------------ attachments


def attachments_in(report: bytes) -> list[list[Block]]:
    """The attachments of the report, each from its label to the next."""
    parts: list[list[Block]] = []
    for block in blocks(report):
        if block.style == ATTACHMENT_STYLE:
            parts.append([])
        if parts:
            parts[-1].append(block)
    return parts


@pytest.mark.parametrize("number", range(1, 8))
def test_an_attachment_file_holds_what_the_report_holds(report_2023: Build, number: int) -> None:
    in_report = attachments_in(report_of(report_2023))[number - 1]
    (file,) = (p.data for p in report_2023.products if (p.kind, p.number) == ("attachment", number))

    assert blocks(file) == in_report
    assert any(block.rows for block in in_report)


def test_there_is_a_file_for_each_attachment_of_the_report(report_2023: Build) -> None:
    files = [p.number for p in report_2023.products if p.kind == "attachment"]

    assert files == list(range(1, len(attachments_in(report_of(report_2023))) + 1))


# ------------------------------------------------------------------ the workbook


@pytest.fixture(scope="module")
def workbook(report_2023: Build) -> Workbook:
    (product,) = (p for p in report_2023.products if p.kind == "tables")
    return load_workbook(io.BytesIO(product.data))


def sheets(made: Build, book: Workbook) -> list[tuple[Worksheet, Block]]:
    """Each sheet beside the same table of the report."""
    named = tables(report_of(made))
    assert len(book.worksheets) == len(made.document.tables)
    return [
        (sheet, named[table.name])
        for sheet, table in zip(book.worksheets, made.document.tables, strict=True)
    ]


def test_every_amount_of_the_workbook_is_the_number_the_report_prints(
    report_2023: Build, workbook: Workbook
) -> None:
    compared = 0
    for sheet, table in sheets(report_2023, workbook):
        for at, row in enumerate(table.grid(), first_row(sheet)):
            for column, cell in enumerate(row, 1):
                there = sheet.cell(at, column)
                if "Amount" in cell.style and cell.text:
                    compared += 1
                    assert there.data_type == "n", (sheet.title, there.coordinate)
                    assert Decimal(str(there.value)) == Decimal(cell.text)
                else:
                    assert there.data_type != "n" or there.value is None, there.coordinate
    assert compared > 150


def first_row(sheet: Worksheet) -> int:
    """The row of the sheet where the table's header begins, under title, number and unit."""
    return 4


def test_headers_are_merged_as_in_the_report(report_2023: Build, workbook: Workbook) -> None:
    for layout, (sheet, table) in zip(
        report_2023.document.tables, sheets(report_2023, workbook), strict=True
    ):
        rows = range(first_row(sheet), first_row(sheet) + len(layout.header))
        merged = {
            (area.min_row, area.min_col, area.size["columns"])
            for area in sheet.merged_cells.ranges
            if area.min_row in rows and area.size["columns"] > 1
        }

        assert merged == set(wide_cells(table, rows))


def wide_cells(table: Block, rows: range) -> Iterator[tuple[int, int, int]]:
    """Row, column and width of the header's cells that cover several columns."""
    for at, row in zip(rows, table.rows, strict=False):
        column = 1
        for cell in row:
            if cell.span > 1:
                yield at, column, cell.span
            column += cell.span


def test_sheets_are_ready_to_print(report_2023: Build, workbook: Workbook) -> None:
    for table, (sheet, block) in zip(
        report_2023.document.tables, sheets(report_2023, workbook), strict=True
    ):
        last = first_row(sheet) - 1 + len(table.header)
        assert sheet.page_setup.paperSize == A4
        assert sheet.page_setup.orientation == ("landscape" if table.landscape else "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes, one wide
        assert sheet.print_title_rows == f"$1:${last}"
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        assert sheet.cell(1, 1).value == table.title
        assert block.rows


def test_amounts_are_shown_with_the_decimals_of_the_pack(workbook: Workbook) -> None:
    formats = {
        cell.number_format
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    }

    assert formats == {"0.00"}


# ------------------------------------------------------------------ lineage, manifest


def test_lineage_has_a_place_for_every_figure_printed_in_a_table(report_2023: Build) -> None:
    lineage = json.loads(side_files(report_2023)["lineage.json"])
    places = [
        place
        for entry in lineage.values()
        if "即" not in entry
        for place in entry.get("印在", ())
        if place["类"] == "表格"
    ]
    printed = tables(report_of(report_2023))

    for table in report_2023.document.tables:
        start = f"{table.code} {table.title} "
        traced = Counter(p["印作"] for p in places if p["处"].startswith(start))
        shown = Counter(
            cell.text
            for row in printed[table.name].rows
            for cell in row
            if "Amount" in cell.style and cell.text
        )
        assert traced == shown, table.code


def test_the_manifest_lists_every_product_with_its_hash(report_2023: Build, tmp_path: Path) -> None:
    files = {product.path: product.data for product in report_2023.products}
    beside = side_files(report_2023)
    store(tmp_path / "2023", {**files, **beside, MANIFEST: manifest_json(report_2023, {})})

    manifest = json.loads((tmp_path / "2023" / MANIFEST).read_text("utf-8"))
    listed = {product["path"]: product["sha256"] for product in manifest["products"]}
    stored = {
        path.relative_to(tmp_path / "2023").as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in (tmp_path / "2023").rglob("*")
        if path.is_file()
    }
    assert {path: stored[path] for path in stored.keys() - {MANIFEST, *beside}} == listed
    assert Counter(product["kind"] for product in manifest["products"]) == {
        "report": 1,
        "attachment": 7,
        "tables": 1,
        "chart": 8,
    }


def test_the_manifest_names_what_went_in(report_2023: Build) -> None:
    inputs = json.loads(manifest_json(report_2023, {}))["inputs"]
    typed = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("content/**/*.yaml")}
    pack = {f"templates/hubei/{name}" for name in PACK_FILES}

    assert inputs.keys() == typed | pack
    assert inputs == {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in inputs}
