"""The 公开表 as one Excel workbook: a sheet per table, amounts as numbers, ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from disclosure.model.figure import rounded
from disclosure.model.table import Cell, Row, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

OUR_MARK = "程序生成的公开表"  # in the file's properties, so that import knows its own product
LEFT, ABOVE = "<", "^"
HEADER_ROW = 3  # below title, table number and the line with 部门, 年度 and 单位
PAPER_A4 = 9
AMOUNT_WIDTH, NAME_WIDTH, CODE_WIDTH, LINE_WIDTH = 14, 34, 11, 6


def tables_xlsx(tables: Sequence[Table], title: str, author: str, made: datetime) -> bytes:
    """The workbook's bytes; `made` is the data's date, never the clock's."""
    memory = io.BytesIO()
    book = new_book(memory, title, author, made, OUR_MARK)
    formats = table_formats(book, _number_format(tables))
    for table in tables:
        write_table(book.add_worksheet(sheet_name(table)), table, formats)
    book.close()
    return memory.getvalue()


def new_book(
    memory: io.BytesIO, title: str, author: str, made: datetime, category: str = ""
) -> Workbook:
    """An empty workbook that is written into `memory` when it is closed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties(
        {
            "title": title,
            "author": author,
            "created": made,
            "language": "zh-CN",
            "category": category,
        }
    )
    return book


def table_formats(book: Workbook, number_format: str) -> dict[str, Format]:
    """The cell formats of a printed table."""
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    boxed = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "font_name": "黑体", "font_size": 16, "align": "center"}),
        "left": book.add_format(base),
        "middle": book.add_format({**base, "align": "center"}),
        "right": book.add_format({**base, "align": "right"}),
        "header": book.add_format({**boxed, "bold": True, "align": "center", "text_wrap": True}),
        "label": book.add_format({**boxed, "text_wrap": True}),
        "centred": book.add_format({**boxed, "align": "center"}),
        "amount": book.add_format({**boxed, "num_format": number_format}),
        "bold": book.add_format({**boxed, "bold": True, "align": "center"}),
        "total": book.add_format({**boxed, "bold": True, "num_format": number_format}),
        "note": book.add_format({**base, "text_wrap": True}),
    }


def sheet_name(table: Table) -> str:
    """公开01表 收入支出决算总表, without what Excel forbids and within its 31 characters."""
    name = f"{table.code} {table.title}"
    for forbidden in "[]:*?/\\'":
        name = name.replace(forbidden, "")
    return name[:31]


def _number_format(tables: Iterable[Table]) -> str:
    """As many decimals in every cell as the most that one of them shows."""
    amounts = (
        row.cells[tag] for table in tables for row in table.rows for tag in table.amount_columns
    )
    places = max(map(_places, amounts), default=0)
    return f"0.{'0' * places}" if places else "0"


def _places(cell: Cell) -> int:
    return len(cell.text.partition(".")[2])


def first_row(table: Table) -> int:
    """The sheet row of the table's first line: below title, number, unit and header."""
    return HEADER_ROW + len(table.header)


def write_table(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> None:
    """One table on its sheet, from the top left corner, ready to print."""
    last = len(table.columns) - 1
    sheet.merge_range(0, 0, 0, last, table.title, formats["title"])
    sheet.write_string(1, last, table.code, formats["right"])
    sheet.write_string(2, 0, table.department, formats["left"])
    sheet.write_string(2, max(1, last // 2), table.period, formats["middle"])
    sheet.write_string(2, last, table.unit, formats["right"])
    _write_header(sheet, table, formats["header"])
    first = first_row(table)
    for number, row in enumerate(table.rows):
        _write_row(sheet, first + number, table, row, formats)
    at = first + len(table.rows)
    for note in (*table.notes, *([table.empty_note] if table.empty_note else [])):
        sheet.merge_range(at, 0, at, last, note, formats["note"])
        sheet.set_row(at, 15 * (1 + len(note) // 60))
        at += 1
    for column, tag in enumerate(table.columns):
        sheet.set_column(column, column, _width(table, tag))
    sheet.set_row(0, 28)
    sheet.set_paper(PAPER_A4)
    if table.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, first - 1)
    sheet.freeze_panes(first, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C— &P —")
    sheet.print_area(0, 0, at - 1, last)


def _width(table: Table, tag: str) -> int:
    if tag in table.amount_columns:
        return AMOUNT_WIDTH
    if tag.endswith("行次"):
        return LINE_WIDTH
    return CODE_WIDTH if "代码" in tag else NAME_WIDTH


def _write_header(sheet: Worksheet, table: Table, style: Format) -> None:
    for top, left, bottom, right, text in merged_cells(table.header):
        at = HEADER_ROW + top
        if (top, left) == (bottom, right):
            sheet.write_string(at, left, text, style)
        else:
            sheet.merge_range(at, left, HEADER_ROW + bottom, right, text, style)


def merged_cells(
    grid: Sequence[Sequence[str]],
) -> Iterable[tuple[int, int, int, int, str]]:
    """(top, left, bottom, right, text) of every header cell, "<" and "^" resolved."""
    for top, line in enumerate(grid):
        for left, text in enumerate(line):
            if text in (LEFT, ABOVE):
                continue
            right = left
            while right + 1 < len(line) and line[right + 1] == LEFT:
                right += 1
            bottom = top
            while bottom + 1 < len(grid) and all(
                grid[bottom + 1][column] == ABOVE for column in range(left, right + 1)
            ):
                bottom += 1
            yield top, left, bottom, right, text


def _write_row(
    sheet: Worksheet, at: int, table: Table, row: Row, formats: dict[str, Format]
) -> None:
    total = row.key in table.total_keys
    for column, tag in enumerate(table.columns):
        cell = row.cells[tag]
        if tag in table.amount_columns:
            _write_amount(sheet, at, column, cell, formats["total" if total else "amount"])
        elif total:
            sheet.write_string(at, column, cell.text, formats["bold"])
        else:
            narrow = tag.endswith("行次") or "代码" in tag
            sheet.write_string(at, column, cell.text, formats["centred" if narrow else "label"])


def _write_amount(sheet: Worksheet, at: int, column: int, cell: Cell, style: Format) -> None:
    """A number as a number, exactly as shown (元 has more places); a blank stays blank."""
    if cell.text and cell.figure is not None and cell.figure.amount is not None:
        number = rounded(cell.figure.amount, _places(cell))
        sheet.write_number(at, column, float(number), style)
    else:
        sheet.write_blank(at, column, None, style)
