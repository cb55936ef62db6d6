"""The empty workbook of a year, to be filled in by hand: the product's tables without amounts.

Beside each table stand live formulas that show ✓ where things add up and the difference where they
do not. Import ignores them (their headings begin with 核对, and a formula outside a table is no
figure), so the filled workbook is imported as it is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure.derive.report import derive, tables_ledger
from disclosure.importing.balances import Balance, balances
from disclosure.importing.draft import Draft
from disclosure.importing.formulas import Filling, write_checks
from disclosure.importing.header import CODE, NAME
from disclosure.importing.labels import NOTE_SHEET
from disclosure.importing.recognise import recognise
from disclosure.importing.table_reader import read_tables
from disclosure.importing.unit import known_classes, read_unit
from disclosure.importing.workbook import read_workbook
from disclosure.load.pack import Pack, load_pack
from disclosure.load.phrasebook import Phrasebook
from disclosure.load.sentences import Sentences
from disclosure.load.unit import ALWAYS_PRESENT, FIELDS, years_of
from disclosure.model.place import Location
from disclosure.model.table import Cell, Row, Table
from disclosure.model.text import Snippet
from disclosure.narrate.names import simple_names
from disclosure.narrate.voice import Voice
from disclosure.render.workbook import (
    new_book,
    sheet_name,
    table_formats,
    write_table,
)
from disclosure.schema.classification import Classification
from disclosure.schema.content import YEAR_FILES, UnitContent, UnitFile, YearContent
from disclosure.schema.pack import PackLayout, TableLayout
from disclosure.tables.public_tables import public_tables

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SPARE_ROWS = 15  # empty lines for 科目 that were not there before
AMOUNT = "0.00"
NOTE_WIDTH = 110

Cells = Mapping[str, Mapping[str, str]]  # sheet → figure name → cell

NOTES = (
    "填表说明",
    "1. 照经批复的公开表填写；金额只填数字，没有数的格空着。金额单位是万元；手里是元的，把各表右上方的“单位：万元”改成“单位：元”。",
    "2. 科目表里列出的是上年用过的科目，本年没有的不用删；新的科目填在下面的空行里，代码、名称都要填，类、款、项各占一行。",
    "3. 合计、类、款各行也照批复的数填写，不要用公式凑平。",
    "4. 表右边“核对”各栏随填随算：✓ 表示相符，红字是相差多少。每个数从元分别四舍五入成万元时，合计可以与各行之和差 0.01、0.02，这是尾差，照批复的填。",
    "5. 填好保存，运行：build.py import 文件名。先列出要改什么，确认后才写入。",
)


def blank_workbook(
    unit_dir: Path, year: int, packs_dir: Path, pack_name: str | None = None
) -> tuple[str, bytes]:
    """File title and bytes of the empty workbook; 科目 are those of the newest year up to `year`.

    Raises DisclosureError when unit, pack or that year's files cannot be read.
    """
    unit = read_unit(unit_dir)
    pack = load_pack(packs_dir, pack_name or unit.pack, with_templates=False)
    classification = known_classes(unit)
    codes = _codes_in_use(unit_dir, year, pack.layout, classification)
    tables, title = _empty_tables(unit, year, pack, classification, codes)
    made = datetime(year, 12, 31)
    author = unit.full_name.words
    plain = _written(tables, title, author, made, pack.layout, {})
    cells = _cells_of(plain, pack.layout, classification)
    sums = tuple(balances(pack.layout, classification.economic))
    return title, _written(tables, title, author, made, pack.layout, cells, sums)


# ------------------------------------------------------------------ the tables


def _codes_in_use(
    unit_dir: Path, year: int, layout: PackLayout, classification: Classification
) -> dict[str, tuple[str, ...]]:
    """科目 per group, of the newest year not after `year` in which there are some."""
    for known in sorted((y for y in years_of(unit_dir) if y <= year), reverse=True):
        content = Draft(unit_dir, known).content()
        places = {field: f"{known}/{name}" for name, field in FIELDS.items()}
        _, codes = tables_ledger(content, layout, classification, places, Decimal(0))
        if codes["支出"]:
            return codes
    return {}


def _empty_tables(
    unit: UnitFile,
    year: int,
    pack: Pack,
    classification: Classification,
    codes: Mapping[str, tuple[str, ...]],
) -> tuple[list[Table], str]:
    """The pack's tables as they print for a year of which nothing is known, with lines to fill."""
    places = {field: name for name, field in FIELDS.items()}
    content = UnitContent(unit, _empty_year(year), None, places)
    report, _ = derive(content, pack.layout, classification)
    scope = simple_names(report)
    phrasebook = Phrasebook(pack.wording, pack.layout.number_styles, Sentences(), scope)
    voice = Voice(report, pack.layout, phrasebook)
    title = _title(voice, pack.layout)
    return [
        _to_fill(table, layout, codes, classification)
        for table, layout in zip(public_tables(voice), pack.layout.tables, strict=True)
    ], title


def _title(voice: Voice, layout: PackLayout) -> str:
    words = Snippet(layout.workbook_name, Location("pack.yaml"))
    return f"{voice.speaker.speak(words).plain}（空白）"


def _empty_year(year: int) -> YearContent:
    files: dict[str, Any] = {
        field: YEAR_FILES[name]() if name in ALWAYS_PRESENT else None
        for name, field in FIELDS.items()
    }
    return YearContent(year=year, projects=(), **files)


def _to_fill(
    table: Table,
    layout: TableLayout,
    codes: Mapping[str, tuple[str, ...]],
    classification: Classification,
) -> Table:
    """The table without amounts; one by 科目 with last year's 科目 and empty lines below."""
    rows = [_emptied(row, table) for row in table.rows]
    if layout.layout == "科目":
        group = next(iter(layout.columns.values())).partition("/")[0]
        nothing = dict.fromkeys(table.columns, Cell())
        rows += [
            Row(code, {**nothing, CODE: Cell(code), NAME: Cell(classification.name(code))})
            for code in codes.get(group, ())
        ]
        rows += [Row("", nothing)] * SPARE_ROWS
    return replace(table, rows=tuple(rows), empty_note="")


def _emptied(row: Row, table: Table) -> Row:
    cells = {t: Cell() if t in table.amount_columns else cell for t, cell in row.cells.items()}
    return Row(row.key, cells)


# ------------------------------------------------------------------ the workbook


def _written(
    tables: Sequence[Table],
    title: str,
    author: str,
    made: datetime,
    layout: PackLayout,
    cells: Cells,
    sums: Sequence[Balance] = (),
) -> bytes:
    """The workbook; with `cells` known (from a first writing read back) also its formulas."""
    memory = io.BytesIO()
    book = new_book(memory, title, author, made)
    formats = table_formats(book, AMOUNT)
    filling = []
    for table, of in zip(tables, layout.tables, strict=True):
        sheet = book.add_worksheet(sheet_name(table))
        write_table(sheet, table, formats)
        filling.append(Filling(table, of, sheet, cells.get(sheet.name, {})))
    if cells:
        write_checks(book, filling, sums, layout)
    _write_notes(book.add_worksheet(NOTE_SHEET), formats["note"])
    book.close()
    return memory.getvalue()


def _cells_of(data: bytes, layout: PackLayout, classification: Classification) -> Cells:
    """Sheet → figure → cell, by reading the workbook as import will."""
    found = recognise(read_workbook(data, NOTE_SHEET), layout.tables)
    return {
        table.sheet.name: {
            reading.name: reading.cell
            for reading in read_tables([table], layout, classification, "").figures.values()
        }
        for table in found.tables
    }


def _write_notes(sheet: Worksheet, style: Format) -> None:
    sheet.set_column(0, 0, NOTE_WIDTH)
    for at, line in enumerate(NOTES):
        sheet.write_string(at, 0, line, style)
