"""Table rows and cells as XML, for public tables and score tables alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosure.scaffold.grid import Merge
from disclosure.scaffold.markup import attribute, paragraph, points
from disclosure.scaffold.style_parts import PUBLIC_TABLE


@dataclass(frozen=True)
class Cell:
    """One cell: its text (with tags), the style of its paragraph, how many columns it covers."""

    text: str
    style: str
    span: int = 1
    merge: Merge = ""
    keeps_line: bool = False  # an amount does not wrap


def row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    height: float,
    *,
    repeats: bool = False,
    may_split: bool = False,
) -> str:
    """One row at least `height` points high; `repeats` at the top of every page."""
    properties = (
        ("" if may_split else "<w:cantSplit/>")
        + f'<w:trHeight w:val="{points(height)}" w:hRule="atLeast"/>'
        + ("<w:tblHeader/>" if repeats else "")
    )
    written: list[str] = []
    column = 0
    for cell in cells:
        written.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    assert column == len(widths), f"row covers {column} of {len(widths)} columns"
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else "")
        + merge[cell.merge]
        + ("<w:noWrap/>" if cell.keeps_line else "")
        + '<w:vAlign w:val="center"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(cell.style, cell.text)}</w:tc>"


def statement_row(tag: str, widths: Sequence[int]) -> str:
    """A {%tr … %} tag in a row of its own, which is gone once the template is filled."""
    return row([Cell(f"{{%tr {tag} %}}", "TemplateTag", len(widths))], widths, 12)


def looped_rows(rows: str, variable: str, values: str, widths: Sequence[int]) -> str:
    """`rows` once for each of `values`."""
    begin = statement_row(f"for {variable} in {values}", widths)
    return begin + rows + statement_row("endfor", widths)


def table(rows: Iterable[str], widths: Sequence[int], caption: str, description: str) -> str:
    """A table of fixed column widths; caption and description are its alternative text."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblStyle w:val="{PUBLIC_TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(caption)}"/>'
        f'<w:tblDescription w:val="{attribute(description)}"/>'
    )
    return (
        f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )
