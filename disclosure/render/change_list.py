"""A list for a person to go through, as an Excel workbook and as one HTML file.

A cell is words, or pieces of which some are struck out (`old`) and some are fresh (`new`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Literal, TypeAlias

from disclosure.render.workbook import new_book

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["same", "old", "new"]
ListCell: TypeAlias = "str | tuple[tuple[Kind, str], ...]"

LONGEST = 32_767  # characters of a cell in Excel
_HEADING_WIDTHS = {"数": 34, "原为": 16, "现为": 16, "来源": 40, "印在": 60, "处": 34, "改动": 90}
_WIDTH = 18
_STYLE = """
body { font-family: "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
  margin: 2em auto; max-width: 80em; padding: 0 1em; line-height: 1.6; color: #222; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; font-size: .9em; }
th, td { border: 1px solid #bbb; padding: .3em .5em; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; white-space: pre-line; }
th { background: #f0f0f0; white-space: nowrap; }
del { color: #b00020; } ins { color: #0a6b2d; font-weight: bold; text-decoration: underline; }
@media print { body { margin: 0; } tr { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class ListPart:
    """One list under its heading: a sheet, or a table on the page."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[ListCell, ...]]


def list_html(title: str, summary: Sequence[str], parts: Sequence[ListPart]) -> bytes:
    """One page that needs nothing else: no picture, script or address."""
    body = [f"<h1>{escape(title)}</h1>", *(f"<p>{escape(line)}</p>" for line in summary)]
    for part in parts:
        body.append(f"<h2>{escape(part.name)}（{len(part.rows)}）</h2>")
        head = "".join(f"<th>{escape(column)}</th>" for column in part.columns)
        body.append(f"<table><thead><tr>{head}</tr></thead><tbody>")
        for row in part.rows:
            body.append(f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>")
        body.append("</tbody></table>")
    page = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{page}\n</body></html>\n"
    ).encode()


def _html(cell: ListCell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    tags = {"old": "del", "new": "ins"}
    return "".join(
        f"<{tags[kind]}>{escape(text)}</{tags[kind]}>" if kind in tags else escape(text)
        for kind, text in cell
    )


def list_xlsx(title: str, parts: Sequence[ListPart], author: str, made: datetime) -> bytes:
    """A sheet per list; `made` is the data's date, never the clock's."""
    memory = io.BytesIO()
    book = new_book(memory, title, author, made)
    base = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
    formats = {
        "head": book.add_format({**base, "bold": True, "bg_color": "#F0F0F0"}),
        "same": book.add_format(base),
        "old": book.add_format({"font_color": "#B00020", "font_strikeout": True}),
        "new": book.add_format({"font_color": "#0A6B2D", "bold": True, "underline": 1}),
    }
    for part in parts:
        sheet = book.add_worksheet(part.name)
        for column, name in enumerate(part.columns):
            sheet.write_string(0, column, name, formats["head"])
            sheet.set_column(column, column, _HEADING_WIDTHS.get(name, _WIDTH))
        for number, row in enumerate(part.rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, formats)
        sheet.freeze_panes(1, 0)
        if part.rows:
            sheet.autofilter(0, 0, len(part.rows), len(part.columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return memory.getvalue()


def _write(
    sheet: Worksheet, row: int, column: int, cell: ListCell, formats: dict[str, Format]
) -> None:
    """Pieces as one coloured text, where Excel can hold it: it wants two pieces or more."""
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST], formats["same"])
        return
    shown = [(kind, text) for kind, text in cell if text]
    whole = "".join(text for _, text in shown)
    if len(shown) < 2 or len(whole) > LONGEST:
        sheet.write_string(row, column, whole[:LONGEST], formats["same"])
        return
    rich: list[object] = []
    for kind, text in shown:
        rich += [text] if kind == "same" else [formats[kind], text]
    sheet.write_rich_string(row, column, *rich, formats["same"])
