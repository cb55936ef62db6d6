"""A Word table as a grid: wide cells and those that go on from above are resolved."""

from __future__ import annotations

from typing import Any

from disclosure.model.finished import ReadCell
from disclosure.readback.inline import W, blocks, read_inline

_ROW, _CELL, _TABLE = W + "tr", W + "tc", W + "tbl"
_NARROW = 57  # twentieths of a point, 1 mm
_PROPERTIES, _SPAN, _DOWN = W + "tcPr", W + "gridSpan", W + "vMerge"


def grid(table: Any, drawings: list[tuple[str, str]]) -> tuple[tuple[ReadCell, ...], ...]:
    """The rows, without columns in which no row begins a cell; rows deleted with tracked changes are gone. Drawings in cells are added."""
    rows: list[tuple[ReadCell, ...]] = []
    wide: list[set[int]] = []  # columns of each row that belong to the cell on their left
    for row in _inside(table, _ROW):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells: list[ReadCell] = []
        covered: set[int] = set()
        before = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells += [ReadCell("")] * before
        for cell in _inside(row, _CELL):
            properties = cell.find(_PROPERTIES)
            span, goes_on = 1, False
            if properties is not None:
                span = _number(properties.find(_SPAN), 1)
                down = properties.find(_DOWN)
                goes_on = down is not None and down.get(W + "val", "continue") == "continue"
            if goes_on and rows and len(cells) < len(rows[-1]):
                words = rows[-1][len(cells)].words
            else:
                goes_on = False
                words = _words(cell, drawings)
            cells.append(ReadCell(words, goes_on))
            covered.update(range(len(cells), len(cells) + span - 1))
            cells += [ReadCell(words, continued=True)] * (span - 1)
        rows.append(tuple(cells))
        wide.append(covered)
    idle = set.intersection(*wide) if wide else set()
    idle |= _slivers(table)
    if not idle:
        return tuple(rows)
    return tuple(tuple(c for at, c in enumerate(row) if at not in idle) for row in rows)


def _slivers(table: Any) -> set[int]:
    """Columns too narrow for a character: LibreOffice makes them where edges nearly meet."""
    widths = [_number(one, _NARROW, "w") for one in table.findall(f"{W}tblGrid/{W}gridCol")]
    return {at for at, width in enumerate(widths) if width < _NARROW}


def _inside(element: Any, wanted: str) -> list[Any]:
    """Rows of a table or cells of a row, through content controls and insertions."""
    found: list[Any] = []
    for child in element:
        if child.tag == wanted:
            found.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            found += _inside(child, wanted)
    return found


def _number(element: Any, default: int, name: str = "val") -> int:
    return default if element is None else int(element.get(W + name, default))


def _words(cell: Any, drawings: list[tuple[str, str]]) -> str:
    lines = []
    for block in blocks(cell):
        if block.tag == _TABLE:
            lines += ["\t".join(c.words for c in row) for row in grid(block, drawings)]
        else:
            inline = read_inline(block)
            drawings += inline.drawings
            lines.append(inline.plain)
    return "\n".join(lines)
