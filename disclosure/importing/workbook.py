"""A workbook as values: each visible sheet with its cells, merges and formulas.

Cells are read by python-calamine (.xlsx and .xls). What it does not tell is looked up beside it. Of
an .xlsx the sheets' XML is scanned first: how far the sheet reaches (the reader lays out the whole
rectangle), which cells hold a formula, with or without a stored value, and which an error; of an
.xls xlrd tells the errors. Calamine gives an error (#REF!) as an empty cell, and an empty cell is 0.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from disclosure.importing.safety import OLE, SAVE_AS, checked_workbook, refused
from disclosure.render.workbook import OUR_MARK

Value: TypeAlias = "str | int | float | bool | date | time | datetime | timedelta"
At: TypeAlias = "tuple[int, int]"

# What xlrd lets through of a damaged file.
BROKEN = (ValueError, LookupError, AssertionError, struct.error, TypeError, AttributeError)
MOST_ROWS, MOST_COLUMNS = 10_000, 256  # of cells with something in them


@dataclass(frozen=True)
class Sheet:
    """One visible sheet. Rows and columns count from 0; an empty cell is "".

    `formulas` are the cells that hold a formula, `unsaved` those whose value was never stored,
    `errors` those that show #REF! and the like.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    formulas: frozenset[At]
    unsaved: frozenset[At]
    errors: frozenset[At] = frozenset()

    def value(self, row: int, column: int) -> Value:
        if 0 <= row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def text(self, row: int, column: int) -> str:
        """The cell's words; a number as its digits."""
        return as_text(self.value(row, column))

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def place(self, row: int, column: int) -> str:
        """公开03表 › C7, as a person finds it."""
        return f"{self.name} › {cell_name(row, column)}"


@dataclass(frozen=True)
class Workbook:
    """`hidden` are sheets not read; `ours`: the file is a product of this program."""

    name: str
    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    ours: bool


def as_text(value: Value) -> str:
    """A cell's words; 2010350.0 is 2010350."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def cell_name(row: int, column: int) -> str:
    """(6, 2) → C7."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_workbook(data: bytes, name: str) -> Workbook:
    """The visible sheets of an .xlsx or .xls. Raises DisclosureError for what cannot be read."""
    data = checked_workbook(data, name)
    if data.startswith(OLE):
        scans, ours = _scanned_xls(data, name), False
    else:
        scans, ours = _scanned(data, name)
    book = _opened(data, name)
    shown = [
        meta.name
        for meta in book.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == Visible.Visible
    ]
    hidden = tuple(meta.name for meta in book.sheets_metadata if meta.visible != Visible.Visible)
    sheets = tuple(_sheet(book, title, name, scans.get(title, _Scan())) for title in shown)
    return Workbook(name, sheets, hidden, ours)


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    def opened() -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))

    book: CalamineWorkbook = _or_damaged(opened, name)
    return book


def _sheet(book: CalamineWorkbook, title: str, name: str, scan: _Scan) -> Sheet:
    sheet = _or_damaged(lambda: book.get_sheet_by_name(title), name)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise _too_large(name, title)
    rows = _or_damaged(lambda: sheet.to_python(skip_empty_area=False), name)
    return Sheet(
        name=title,
        rows=tuple(tuple(row) for row in rows),
        merged=tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
        formulas=frozenset(scan.formulas),
        unsaved=frozenset(scan.unsaved),
        errors=frozenset(scan.errors),
    )


def _or_damaged(read: Callable[[], Any], name: str) -> Any:
    """What a reader gives, or a clear refusal; a damaged file makes the Rust reader panic too."""
    try:
        return read()
    except PasswordError as error:
        raise refused(name, "文件有打开密码", "在 Excel 里去掉密码，另存后再导入") from error
    except CalamineError as error:
        raise refused(name, "文件损坏，打不开", SAVE_AS) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refused(name, "文件损坏，打不开", SAVE_AS) from error


def _too_large(name: str, sheet: str) -> Exception:
    return refused(
        name,
        f"工作表“{sheet}”有 {MOST_ROWS} 行或 {MOST_COLUMNS} 列以上，不像公开表",
        "删去表以外的内容，另存后再导入",
    )


# ------------------------------------------------------------------ what the XML tells


class _Scan:
    """What one sheet's file tells beside its values."""

    def __init__(self) -> None:
        self.formulas: set[At] = set()
        self.unsaved: set[At] = set()
        self.errors: set[At] = set()


def _scanned_xls(data: bytes, name: str) -> dict[str, _Scan]:
    """The error cells of an old .xls."""
    import xlrd
    from xlrd.compdoc import CompDocError

    scans: dict[str, _Scan] = {}
    try:
        book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())
        for sheet in book.sheets():
            scan = scans[sheet.name] = _Scan()
            for row in range(min(sheet.nrows, MOST_ROWS)):
                kinds = sheet.row_types(row)
                scan.errors |= {(row, c) for c, k in enumerate(kinds) if k == xlrd.XL_CELL_ERROR}
    except (xlrd.XLRDError, CompDocError, *BROKEN) as error:
        if "encrypted" in str(error):
            raise refused(name, "文件有打开密码", "在 Excel 里去掉密码，另存后再导入") from error
        raise refused(name, "文件损坏，打不开", SAVE_AS) from error
    return scans


def _scanned(data: bytes, name: str) -> tuple[dict[str, _Scan], bool]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _sheet_parts(archive)
            scans = {title: _scan(archive, part, title, name) for title, part in parts.items()}
            return scans, _is_ours(archive)
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise refused(name, "文件损坏，打不开", SAVE_AS) from error


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(part), parser)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet title → its part, by workbook.xml and its relationships."""
    targets = {
        rel.get("Id"): posixpath.normpath(posixpath.join("/xl", rel.get("Target"))).lstrip("/")
        for rel in _parsed(archive, "xl/_rels/workbook.xml.rels")
        if rel.get("TargetMode") != "External"
    }
    found = {}
    for sheet in _parsed(archive, "xl/workbook.xml").iterfind(".//{*}sheets/{*}sheet"):
        reference = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        part = targets.get(reference)
        if part in archive.namelist() and "/worksheets/" in f"/{part}":
            found[sheet.get("name")] = part
    return found


def _scan(archive: zipfile.ZipFile, part: str, title: str, name: str) -> _Scan:
    scan, row, column = _Scan(), -1, -1
    with archive.open(part) as stream:
        walk = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=("{*}row", "{*}c"),
            resolve_entities=False,
            no_network=True,
        )
        for event, element in walk:
            is_row = element.tag.endswith("}row")
            if event == "start":
                given = element.get("r")
                if is_row:
                    row, column = (int(given) - 1 if given else row + 1), -1
                else:
                    column = _column(given) if given else column + 1
                continue
            if not is_row and len(element):
                if row >= MOST_ROWS or column >= MOST_COLUMNS:
                    raise _too_large(name, title)
                _note(element, (row, column), scan)
            if is_row:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    return scan


def _note(element: etree._Element, at: At, scan: _Scan) -> None:
    kinds = {child.tag.rpartition("}")[2]: child for child in element}
    if element.get("t") == "e":
        scan.errors.add(at)
    if "f" in kinds:
        scan.formulas.add(at)
        empty = "v" not in kinds or not kinds["v"].text
        if empty and element.get("t") != "str":  # an empty text is a stored value
            scan.unsaved.add(at)


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def _is_ours(archive: zipfile.ZipFile) -> bool:
    if "docProps/core.xml" not in archive.namelist():
        return False
    core = _parsed(archive, "docProps/core.xml")
    return any(element.text == OUR_MARK for element in core.iter("{*}category"))
