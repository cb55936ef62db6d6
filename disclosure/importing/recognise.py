"""Which sheet is which 公开表: by the header's labels first, then title, then number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disclosure.importing.header import Located, locate
from disclosure.importing.labels import NOTE_SHEET, likeness, plain, table_number, table_title
from disclosure.importing.workbook import Sheet, Workbook
from disclosure.model.place import Location, Problem
from disclosure.schema.pack import TableLayout

LEAST_FIT = 0.6  # of the layout's columns, by label
LEAST_TITLE = 0.8  # likeness from which a title counts
NUMBER_WORTH = 0.2  # a number tells less: other forms number their tables otherwise
LEAST_SCORE = 1.0
SAME = 1e-6
A_TWIN = 0.25  # a copy of a table scores as much, but for a number in its name

MONEY_UNIT = re.compile(r"(?:金额|计量)?单位:?(?:人民币)?([亿千百十]?万?元)")
STATED_YEAR = (re.compile(r"((?:19|20)\d{2})年度"), re.compile(r"((?:19|20)\d{2})年(?!\d{1,2}月)"))
DEPARTMENT = re.compile(
    r"(?:编制|填报|公开|预算|填表)?(?:部门|单位)(?:名称|\(盖章\)|\(公章\))*:(.+?)"
    r"(?=(?:19|20)\d{2}年|金额单位|单位:|编报|$)"
)


@dataclass(frozen=True)
class FoundTable:
    """A 公开表 on its sheet, with what the lines above it say."""

    layout: TableLayout
    sheet: Sheet
    header: Located
    money_unit: str
    year: int | None
    department: str


@dataclass(frozen=True)
class Recognised:
    """The tables in the pack's order, sheets that are none of them, tables that are on no sheet."""

    tables: tuple[FoundTable, ...]
    other_sheets: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Fit:
    score: float
    sheet: Sheet
    layout: TableLayout
    header: Located


def recognise(book: Workbook, layouts: Sequence[TableLayout]) -> Recognised:
    """Every sheet to its table; a sheet or table that could be two is a problem, not a guess."""
    fits = [fit for sheet in book.sheets for layout in layouts if (fit := _fit(sheet, layout))]
    fits.sort(key=lambda fit: -fit.score)
    taken: dict[str, _Fit] = {}
    problems: list[Problem] = []
    for fit in fits:
        if fit.layout.code in taken or any(t.sheet is fit.sheet for t in taken.values()):
            continue
        problems += _doubts(fit, fits, taken, book.name)
        taken[fit.layout.code] = fit
    stated = {fit.layout.code: _stated_unit(fit) for fit in taken.values()}
    tables = []
    notes = []
    common = {unit for unit in stated.values() if unit}
    for layout in layouts:
        if layout.code not in taken:
            continue
        fit = taken[layout.code]
        unit = stated[layout.code]
        if not unit and len(common) == 1:
            (unit,) = common
            notes.append(f"“{fit.sheet.name}”没有写金额单位，按其他各表的“{unit}”。")
        problems += _unit_problems(unit, fit, book.name)
        tables.append(
            FoundTable(layout, fit.sheet, fit.header, unit or "", _year(fit), _department(fit))
        )
    used = {NOTE_SHEET, *(fit.sheet.name for fit in taken.values())}
    return Recognised(
        tuple(tables),
        tuple(sheet.name for sheet in book.sheets if sheet.name not in used and _has_text(sheet)),
        tuple(f"{lay.code} {lay.title or lay.name}" for lay in layouts if lay.code not in taken),
        tuple(problems),
        tuple(notes),
    )


def _fit(sheet: Sheet, layout: TableLayout) -> _Fit | None:
    header = locate(sheet, layout)
    if header is None or header.fit < LEAST_FIT:
        return None
    titles = {layout.name, layout.title or layout.name}
    words = [sheet.name, *_above(sheet, header)]
    like = max(likeness(table_title(w), table_title(t)) for w in words for t in titles)
    number = table_number(layout.code)
    numbered = any(table_number(w) == number for w in words) if number else False
    score = header.fit + (like if like >= LEAST_TITLE else 0) + NUMBER_WORTH * numbered
    only_by_header = score < LEAST_SCORE and header.fit < 1 - 2 * SAME
    return None if only_by_header else _Fit(score, sheet, layout, header)


def _above(sheet: Sheet, header: Located) -> list[str]:
    """The words above the header, cell by cell."""
    return [
        text
        for row in range(header.top)
        for column in range(sheet.width)
        if (text := sheet.text(row, column).strip())
    ]


def _doubts(fit: _Fit, fits: Sequence[_Fit], taken: Mapping[str, _Fit], book: str) -> list[Problem]:
    """Another sheet that is this table too, or another table that this sheet could be as well."""
    found = []
    best: dict[str, _Fit] = {}
    for other in fits:
        best.setdefault(other.sheet.name, other)
    for other in fits:
        if other is fit or other.layout.code in taken:
            continue
        twin = other.layout is fit.layout and best[other.sheet.name] is other
        if twin and other.score > fit.score - A_TWIN:
            what = f"“{fit.sheet.name}”和“{other.sheet.name}”都像{fit.layout.code}"
            found.append(Problem(f"{what}，分不清该用哪一张。", Location(book), "删去一张再导入"))
        elif other.sheet is fit.sheet and abs(other.score - fit.score) < SAME:
            what = f"分不清“{fit.sheet.name}”是{fit.layout.name}还是{other.layout.name}"
            found.append(Problem(f"{what}。", Location(book), "在表的上方写上表名再导入"))
    return found


def _stated_unit(fit: _Fit) -> str:
    """万元 or 元 as the sheet says, in the lines above the table or anywhere on it."""
    for words in (
        _above(fit.sheet, fit.header),
        [t for row in fit.sheet.rows for t in map(str, row)],
    ):
        for text in words:
            found = MONEY_UNIT.search(plain(text))
            if found:
                return found[1]
    return ""


def _unit_problems(unit: str | None, fit: _Fit, book: str) -> list[Problem]:
    where = Location(f"{book} › {fit.sheet.name}")
    if not unit:
        advice = "在表的上方写上“单位：万元”或“单位：元”再导入"
        return [Problem("没有写金额单位，看不出是元还是万元。", where, advice)]
    if unit not in ("元", "万元"):
        return [Problem(f"金额单位是{unit}，只认元和万元。", where, "换算成万元或元再导入")]
    return []


def _year(fit: _Fit) -> int | None:
    """The 年度 stated above the table or in the name of the sheet; a date is no year."""
    words = [plain(text) for text in (*_above(fit.sheet, fit.header), fit.sheet.name)]
    for pattern in STATED_YEAR:
        for text in words:
            found = pattern.search(text)
            if found:
                return int(found[1])
    return None


def _department(fit: _Fit) -> str:
    for text in _above(fit.sheet, fit.header):
        found = DEPARTMENT.match(plain(text))
        if found and not MONEY_UNIT.match(plain(text)):
            return found[1]
    return ""


def _has_text(sheet: Sheet) -> bool:
    return any(str(value).strip() for row in sheet.rows for value in row)
