"""The public tables: title lines, header, looped rows, notes, from the pack's table layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosure.scaffold import labels
from disclosure.scaffold.grid import (
    Column,
    Kind,
    column_headings,
    column_widths,
    columns_of,
    fits,
    header_rows,
)
from disclosure.scaffold.markup import item, looped, paragraph, points, value
from disclosure.scaffold.pages import LANDSCAPE, PORTRAIT, Page
from disclosure.scaffold.rows import Cell, looped_rows, row, statement_row, table
from disclosure.scaffold.styles import SMALL_TABLE_SIZE, TABLE_SIZE, cell_style
from disclosure.schema.pack import PackLayout, Side, TableLayout

_STYLES: dict[Kind, tuple[str, str]] = {  # in a plain row, in a 合计 row
    "code": ("TableText", "TotalText"),
    "line": ("TableCentered", "TableCentered"),
    "label": ("TableText", "TotalText"),
    "function name": ("TableText", "TotalText"),
    "economic name": ("TableText", "TotalText"),
    "amount": ("TableAmount", "TotalAmount"),
}

# Row heights in points. A table of known length is made to fill its page, within these bounds.
_LEAST_ROW, _USUAL_ROW, _LARGEST_ROW = 12.5, 17.0, 17.0
_CROWDED_ROW = 10.4  # 六号: the 30 rows by economic class stand on one landscape page
_SINGLE_ROW = 24.0
_BORDER = 0.6  # a row's border adds this
_HEADING_LINES = 28 + 26 + 13 + 13  # 节标题, 表标题, 表号, 部门
_PART_HEADING = 36 + 14
_NOTE_LINE = 13


@dataclass(frozen=True)
class _Sheet:
    """What all rows of one table share."""

    name: str
    columns: list[Column]
    widths: list[int]
    size: float
    height: float

    def style(self, name: str) -> str:
        return cell_style(name, self.size)

    def values(self, name: str) -> str:
        """表['收入决算表'].行"""
        return f"{item('表', self.name)}.{name}"

    def body_cell(self, column: Column, mapping: str, *, total: bool = False) -> Cell:
        style = _STYLES[column.kind][total]
        amount = column.kind == "amount"
        return Cell(value(item(mapping, column.tag)), self.style(style), keeps_line=amount)

    def row(self, cells: Sequence[Cell]) -> str:
        return row(cells, self.widths, self.height)


def page_of(table: TableLayout) -> Page:
    return LANDSCAPE if table.landscape else PORTRAIT


def public_table(layout: PackLayout, table: TableLayout, *, under_part: bool) -> list[str]:
    """All blocks of one public table below its heading.

    `under_part` says that the heading of the part stands on the same page.
    Raises DisclosureError when header and columns do not agree.
    """
    page = page_of(table)
    columns = columns_of(table)
    crowded = not fits(columns, TABLE_SIZE, page.text_width)
    size = SMALL_TABLE_SIZE if crowded else TABLE_SIZE
    widths = column_widths(columns, column_headings(table), size, page.text_width)
    height = _row_height(layout, table, under_part=under_part, crowded=crowded)
    sheet = _Sheet(table.name, columns, widths, size, height)
    wide = "Wide" if page.is_landscape else ""
    info = "\t".join(value(sheet.values(part)) for part in ("部门", "年度", "单位"))
    return [
        paragraph("TableTitle", value(sheet.values("标题"))),
        paragraph("TableCode", value(sheet.values("编号"))),
        paragraph(f"TableInfo{wide}", info),
        _grid(table, sheet),
        looped("TableNote", "注", sheet.values("注")),
        looped("TableNote", "说明", sheet.values("说明")),
    ]


def _row_height(
    layout: PackLayout, table: TableLayout, *, under_part: bool, crowded: bool
) -> float:
    if table.layout == "单行":
        return _SINGLE_ROW
    if crowded:
        return _CROWDED_ROW
    lines = _known_lines(layout, table)
    if not lines:
        return _USUAL_ROW
    notes = len(table.notes) + (1 if table.empty_subject else 0)
    room = (
        page_of(table).text_height / points(1)
        - _HEADING_LINES
        - (_PART_HEADING if under_part else 0)
        - notes * _NOTE_LINE
    )
    height = room / (lines + len(table.header)) - _BORDER
    return min(height, _LARGEST_ROW) if height >= _LEAST_ROW else _USUAL_ROW


def _known_lines(layout: PackLayout, table: TableLayout) -> int:
    """The rows of a two-sided table; 0 when only the data know."""
    sides = [side for side in (table.left, table.right) if side]

    def numbered(side: Side) -> int:
        return len(layout.top_classes if side.numbered == "类级科目" else side.numbered)

    if not sides:
        return 0
    return max(map(numbered, sides)) + max(len(side.closing) for side in sides)


def _grid(layout: TableLayout, sheet: _Sheet) -> str:
    header = [
        row(
            [Cell(cell.text, sheet.style("TableHeader"), cell.span, cell.merge) for cell in cells],
            sheet.widths,
            sheet.height,
            repeats=True,
        )
        for cells in header_rows(layout)
    ]
    body = {
        "左右对照": _two_sided,
        "科目": _by_function,
        "经济分类": _by_economic_class,
        "单行": _plain,
    }[layout.layout](sheet)
    headings = dict.fromkeys(
        cell.text for cells in header_rows(layout) for cell in cells if not cell.text.isdecimal()
    )
    description = f"{layout.code} {layout.name}。{labels.COLUMNS_ARE}：" + "、".join(
        heading for heading in headings if heading
    )
    return table([*header, *body], sheet.widths, layout.name, description)


def _plain(sheet: _Sheet) -> list[str]:
    cells = [sheet.body_cell(column, "行") for column in sheet.columns]
    return [looped_rows(sheet.row(cells), "行", sheet.values("行"), sheet.widths)]


def _two_sided(sheet: _Sheet) -> list[str]:
    plain = sheet.row([sheet.body_cell(column, "行") for column in sheet.columns])
    total = sheet.row([sheet.body_cell(column, "行", total=True) for column in sheet.columns])
    chosen = (
        statement_row("if 行['是合计']", sheet.widths)
        + total
        + statement_row("else", sheet.widths)
        + plain
        + statement_row("endif", sheet.widths)
    )
    return [looped_rows(chosen, "行", sheet.values("行"), sheet.widths)]


def _by_function(sheet: _Sheet) -> list[str]:
    """First the 合计 row, its label across code and name; then a row for each 科目."""
    amounts = [
        sheet.body_cell(column, sheet.values("合计"), total=True)
        for column in sheet.columns
        if column.kind == "amount"
    ]
    label = Cell(labels.TOTAL, sheet.style("TotalText"), len(sheet.columns) - len(amounts))
    return [sheet.row([label, *amounts]), *_plain(sheet)]


def _by_economic_class(sheet: _Sheet) -> list[str]:
    """The rows, then 人员经费合计 under the first group and 公用经费合计 under the others."""
    first, others = 3, len(sheet.columns) - 3

    def closing(label: str, span: int) -> list[Cell]:
        amount = Cell(value(item(sheet.values("合计"), label)), sheet.style("TotalAmount"))
        return [
            Cell(label, sheet.style("TotalText"), span),
            replace(amount, keeps_line=True),
        ]

    if others:
        one = closing(labels.PERSONNEL_TOTAL, first - 1)
        rows = [sheet.row([*one, *closing(labels.OPERATING_TOTAL, others - 1)])]
    else:
        rows = [
            sheet.row(closing(label, first - 1))
            for label in (labels.PERSONNEL_TOTAL, labels.OPERATING_TOTAL)
        ]
    return [*_plain(sheet), *rows]
