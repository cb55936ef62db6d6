"""Workbooks for tests: the product's tables, and the same tables as other offices would have them."""

from __future__ import annotations

import copy
import io
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.derive.report import derive
from disclosure.importing.plan import ImportPlan, plan_import
from disclosure.load.pack import load_pack
from disclosure.load.phrasebook import Phrasebook
from disclosure.load.sentences import Sentences
from disclosure.load.unit import load_unit
from disclosure.narrate.names import simple_names
from disclosure.narrate.voice import Voice
from disclosure.render.workbook import tables_xlsx
from disclosure.tables.public_tables import public_tables

ROOT = Path(__file__).resolve().parents[2]
CONTENT, YEAR, PACKS = ROOT / "content", 2023, ROOT / "templates"
MINI, MINI_YEAR = ROOT / "tests" / "cases" / "mini_unit", 2030
MINI_PACKS = ROOT / "tests" / "cases" / "packs"
MONEY = (
    "revenue.yaml",
    "expenditure.yaml",
    "basic_expenditure.yaml",
    "three_public.yaml",
    "approved_totals.yaml",
)

Book = openpyxl.Workbook
Edit = Callable[[Book], None]


def tables_of(unit_dir: Path, year: int, packs: Path) -> bytes:
    """The product's workbook of a unit and year."""
    loaded = load_unit(unit_dir, year)
    pack = load_pack(packs, loaded.content.unit.pack, with_templates=False)
    report, _ = derive(loaded.content, pack.layout, loaded.classification)
    scope = simple_names(report)
    phrasebook = Phrasebook(pack.wording, pack.layout.number_styles, Sentences(), scope)
    tables = public_tables(Voice(report, pack.layout, phrasebook))
    return tables_xlsx(tables, "公开表", "单位", datetime(year, 12, 31))


@cache
def product() -> bytes:
    """The workbook of content/2023, as the build makes it."""
    return tables_of(CONTENT, YEAR, PACKS)


@cache
def mini_product() -> bytes:
    """The workbook of the invented unit, in another pack's tables."""
    return tables_of(MINI, MINI_YEAR, MINI_PACKS)


def changed(edit: Edit, data: bytes | None = None) -> bytes:
    """The product's workbook after somebody worked in it; no longer known as ours."""
    book = copy.deepcopy(_loaded(data or product()))
    edit(book)
    return saved(book)


@cache
def _loaded(data: bytes) -> Book:
    """Cells and merges of the workbook, without fonts and borders (they only take time)."""
    plain = openpyxl.Workbook()
    plain.remove(plain.worksheets[0])
    for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        copied = plain.create_sheet(page.title)
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    copied.cell(cell.row, cell.column, cell.value)
        for area in page.merged_cells.ranges:
            copied.merge_cells(str(area))
    return plain


def saved(book: Book) -> bytes:
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def sheet(book: Book, number: int) -> Worksheet:
    """The sheet of 公开0N表, by its place."""
    found = book.worksheets[number - 1]
    assert isinstance(found, Worksheet)
    return found


def as_xls(data: bytes) -> bytes:
    """The same cells, merges included, as an old .xls."""
    old = xlwt.Workbook(encoding="utf-8")
    for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        copy = old.add_sheet(page.title)
        merged = {str(area).split(":")[0]: area for area in page.merged_cells.ranges}
        for row in page.iter_rows():
            for cell in row:
                area = merged.get(cell.coordinate)
                if area is not None:
                    top, left = area.min_row - 1, area.min_col - 1
                    copy.write_merge(top, area.max_row - 1, left, area.max_col - 1, cell.value)
                elif cell.value is not None and type(cell).__name__ == "Cell":
                    copy.write(cell.row - 1, cell.column - 1, cell.value)
    memory = io.BytesIO()
    old.save(memory)
    return memory.getvalue()


def each_amount(page: Worksheet, change: Callable[[float], Any]) -> None:
    """Every number below the header through `change`; codes and 行次 are text and stay."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                cell.value = change(cell.value)


def a_copy(folder: Path, unit: Path = CONTENT, year: int = YEAR) -> Path:
    """The unit's own folder below `folder`, with the files import may touch."""
    copy = folder / unit.name
    (copy / str(year)).mkdir(parents=True)
    shutil.copy(unit / "unit.yaml", copy)
    for name in MONEY:
        if (unit / str(year) / name).is_file():
            shutil.copy(unit / str(year) / name, copy / str(year))
    return copy


def imported(unit: Path, data: bytes, name: str = "表.xlsx", **options: Any) -> ImportPlan:
    """What importing a workbook with these bytes into the unit would do."""
    file = unit.parent / name
    file.write_bytes(data)
    packs = options.pop("packs", PACKS)
    return plan_import(unit, file, packs, **options)


def figures_read(plan: ImportPlan) -> dict[str, str]:
    """Every amount but zero that was read, by the name of its figure, as sources.yaml has it."""
    (data,) = (data for name, data in plan.files.items() if name.endswith("sources.yaml"))
    found = re.findall(r"^ +(\S+): \{数: ([\d.]+), 格: .*\}$", data.decode(), re.MULTILINE)
    return {name: amount for name, amount in found if float(amount)}


def written(unit: Path, plan: ImportPlan) -> None:
    """The plan's files put in place."""
    for name, data in plan.files.items():
        (unit / name).write_bytes(data)


def changes(plan: ImportPlan) -> dict[str, str]:
    """What changes, as words → 'old → new'."""
    return {change.what: f"{_shown(change.old)} → {_shown(change.new)}" for change in plan.changes}


def _shown(amount: Any) -> str:
    return "—" if amount is None else f"{amount.normalize():f}"
