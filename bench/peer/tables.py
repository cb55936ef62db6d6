"""Rows of one shape become a row loop: three rows in the template, one list in data.yaml."""

from __future__ import annotations

import copy
import itertools
import string
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from bench.peer.reading import W_P, W_R, W_T, W_TBL, W_TC, W_TR, paragraph_text

LOOPED_ABOVE = 3  # rows: up to three a user types as they are

# What a tag for a cell's text would lose.
_NOT_LOOPED = [
    qn(tag)
    for tag in ("w:tbl", "w:drawing", "w:pict", "w:object", "w:fldChar", "w:fldSimple",
                "w:footnoteReference", "w:endnoteReference", "w:sym")
]  # fmt: skip


def rows_into_loops(body: Element) -> dict[str, list[dict[str, Any]]]:
    """Replace every stretch of more than three like rows by a loop; the texts by loop name."""
    loops: dict[str, list[dict[str, Any]]] = {}
    for number, table in enumerate(list(body.iter(W_TBL)), 1):
        for stretch, letter in zip(list(_stretches(table)), _letters(), strict=False):
            name = f"t{number:02d}{letter}"
            loops[name] = [_row_data(row) for row in stretch]
            _replace(stretch, name)
    return loops


def _letters() -> Iterator[str]:
    return itertools.chain([""], string.ascii_lowercase[1:])


def _stretches(table: Element) -> Iterator[list[Element]]:
    for shape, rows in itertools.groupby(table.findall(W_TR), _shape):
        stretch = list(rows)
        if shape is not None and len(stretch) > LOOPED_ABOVE:
            yield stretch


def _shape(row: Element) -> tuple[str, ...] | None:
    """The widths of the row's cells in columns; `None` for a row that a loop cannot repeat."""
    properties = row.find(qn("w:trPr"))
    if properties is not None and properties.find(qn("w:tblHeader")) is not None:
        return None
    cells = row.findall(W_TC)
    if not cells or any(len(cell.findall(W_P)) != 1 for cell in cells):
        return None
    if next(row.iter(*_NOT_LOOPED), None) is not None:
        return None
    return tuple(_cell_property(cell, "w:gridSpan", "1") or "1" for cell in cells)


def _cell_property(cell: Element, tag: str, default: str) -> str | None:
    """The w:val of a cell property, or the default; `None` where the property is missing."""
    properties = cell.find(qn("w:tcPr"))
    found = None if properties is None else properties.find(qn(tag))
    return None if found is None else found.get(qn("w:val"), default)


def _merge(cell: Element) -> str:
    """first: a vertically merged block begins here; more: it goes on; empty: not merged."""
    value = _cell_property(cell, "w:vMerge", "continue")
    return {None: "", "restart": "first"}.get(value, "more")


def _row_data(row: Element) -> dict[str, Any]:
    """c1, c2, … the texts; c1_first and c1_more only where a block begins or goes on."""
    data: dict[str, Any] = {}
    for number, cell in enumerate(row.findall(W_TC), 1):
        data[f"c{number}"] = paragraph_text(cell.find(W_P))
        if merge := _merge(cell):
            data[f"c{number}_{merge}"] = True
    return data


def _replace(stretch: list[Element], name: str) -> None:
    columns = list(zip(*(row.findall(W_TC) for row in stretch), strict=True))
    looped = copy.deepcopy(stretch[0])
    for cell in looped.findall(W_TC):
        looped.remove(cell)
    for number, cells in enumerate(columns, 1):
        looped.extend(_looped_cells(number, cells))
    for row in (
        _tag_row(f"{{%tr for r in tables.{name} %}}"), looped, _tag_row("{%tr endfor %}")
    ):  # fmt: skip
        stretch[0].addprevious(row)
    for row in stretch:
        row.getparent().remove(row)


def _looped_cells(number: int, cells: tuple[Element, ...]) -> Iterator[Element]:
    """One column of the loop: a cell, or one for each way it is merged, chosen by {%tc if %}.

    docxtpl's own {% vm %} merges a column from the first row of a loop to its last, which is not
    what a table with several blocks shows.
    """
    merges = [m for m in ("first", "more", "") if any(_merge(cell) == m for cell in cells)]
    for position, merge in enumerate(merges):
        if len(merges) > 1:
            condition = f" r.c{number}_{merge}" if position < len(merges) - 1 else ""
            word = "if" if position == 0 else "elif" if condition else "else"
            yield _tag_cell(f"{{%tc {word}{condition} %}}")
        alike = [cell for cell in cells if _merge(cell) == merge]
        sample = next((c for c in alike if next(c.iter(W_T), None) is not None), alike[0])
        yield _with_tag(sample, f"{{{{ r.c{number} }}}}")
    if len(merges) > 1:
        yield _tag_cell("{%tc endif %}")


def _with_tag(sample: Element, tag: str) -> Element:
    """A cell like the sample, with the tag in the place and shape of its first text."""
    cell = copy.deepcopy(sample)
    paragraph = cell.find(W_P)
    run = next((r for r in paragraph.iter(W_R) if r.find(W_T) is not None), None)
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    properties = mark if run is None else run.find(qn("w:rPr"))
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)
    paragraph.append(_tag_run(tag))
    if properties is not None:
        paragraph[-1].insert(0, copy.deepcopy(properties))
    return cell


def _tag_row(tag: str) -> Element:
    row = OxmlElement("w:tr")
    row.append(_tag_cell(tag))
    return row


def _tag_cell(tag: str) -> Element:
    cell, paragraph = OxmlElement("w:tc"), OxmlElement("w:p")
    paragraph.append(_tag_run(tag))
    cell.append(paragraph)
    return cell


def _tag_run(tag: str) -> Element:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = tag
    run.append(text)
    return run
