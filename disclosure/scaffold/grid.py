"""Header grids with merges, and the widths of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from disclosure.model.place import DisclosureError, Problem
from disclosure.scaffold import labels
from disclosure.scaffold.markup import points
from disclosure.scaffold.style_parts import CELL_MARGIN
from disclosure.schema.pack import Side, TableLayout

LEFT, ABOVE = "<", "^"

Kind = Literal["code", "line", "label", "function name", "economic name", "amount"]
Merge = Literal["", "restart", "continue"]

# For each kind of column: the characters it holds on one line, and its share of the width that
# is left over. 16 hold 二十六、抗疫特别国债安排的支出, 18 the longest 款 by economic class, 20 most 项 by
# function, 4.5 hold 123456.78.
_ROOM: dict[Kind, tuple[float, float]] = {
    "code": (4, 0.5),
    "line": (2, 0.2),
    "label": (16, 1.0),
    "function name": (20, 1.0),
    "economic name": (18, 1.0),
    "amount": (4.5, 1.0),
}
_WRAPPING: tuple[Kind, ...] = ("label", "function name", "economic name")
_LEAST_NAME = 6  # characters; a name may wrap, an amount may not
_SLACK = 10  # twips; text as wide as its cell to the last twip may wrap
_AMPLE_AMOUNT = 6  # characters; up to here amounts come first when width is left over


@dataclass(frozen=True)
class Column:
    """One column of a table's body: the tag of its cells in a row, and what it holds."""

    tag: str
    kind: Kind


@dataclass(frozen=True)
class HeaderCell:
    """One cell of a header row, `span` columns wide."""

    text: str
    column: int
    span: int
    merge: Merge = ""


def columns_of(table: TableLayout) -> list[Column]:
    """The columns of the table's rows, in order.

    Raises DisclosureError when there is no header, or it has another number of columns.
    """
    if table.layout == "左右对照":
        columns = [
            column for side in (table.left, table.right) if side for column in _side_columns(side)
        ]
    elif table.layout == "科目":
        columns = [Column(labels.CODE_TAG, "code"), Column(labels.NAME_TAG, "function name")]
        columns += [Column(tag, "amount") for tag in table.columns]
    elif table.layout == "经济分类":
        code, name, amount = labels.GROUP_TAGS
        columns = []
        for number in range(1, len(table.groups) + 1):
            columns += [
                Column(f"{code}{number}", "code"),
                Column(f"{name}{number}", "economic name"),
                Column(f"{amount}{number}", "amount"),
            ]
    else:
        columns = [Column(tag, "amount") for tag in table.columns]
    if not table.header:
        raise _fault(table, "没有写表头。", "在“表头”下逐行写出各栏的名称。")
    for number, row in enumerate(table.header, 1):
        if len(row) != len(columns):
            message = f"表头第{number}行有{len(row)}格，但按“列”的规定应有{len(columns)}格。"
            raise _fault(table, message, "补上或删去一格；与左边合并写 <，与上面合并写 ^。")
    return columns


def _side_columns(side: Side) -> list[Column]:
    return [
        Column(side.prefix + labels.LINE_LABEL_TAG, "label"),
        Column(side.prefix + labels.LINE_NUMBER_TAG, "line"),
        *(Column(side.prefix + tag, "amount") for tag in side.columns),
    ]


def header_rows(table: TableLayout) -> list[list[HeaderCell]]:
    """The header's cells row by row; covered positions of a row are left out, as in Word.

    Raises DisclosureError when a merge has no cell to merge with, or is not a rectangle.
    """
    grid = table.header
    owners = _owners(table)
    rows: list[list[HeaderCell]] = []
    for r, row in enumerate(owners):
        cells: list[HeaderCell] = []
        for c, owner in enumerate(row):
            if c and row[c - 1] == owner:
                continue
            span = row.count(owner)
            deep = sum(owner in other for other in owners) > 1
            begins = owner[0] == r
            merge: Merge = "" if not deep else "restart" if begins else "continue"
            cells.append(HeaderCell(grid[r][c] if begins else "", c, span, merge))
        rows.append(cells)
    return rows


def column_headings(table: TableLayout) -> list[str]:
    """For each column the words that stand over it alone; "" where its heading spans more."""
    headings = [""] * len(table.header[0])
    for cells in header_rows(table):
        for cell in cells:
            if cell.span == 1 and len(cell.text) > len(headings[cell.column]):
                headings[cell.column] = cell.text
    return headings


def _owners(table: TableLayout) -> list[list[tuple[int, int]]]:
    """For each position of the grid the row and column of the cell it belongs to."""
    grid = table.header
    owners: list[list[tuple[int, int]]] = []
    for r, row in enumerate(grid):
        owners.append([])
        for c, text in enumerate(row):
            if (text == LEFT and c == 0) or (text == ABOVE and r == 0):
                side = "左边" if text == LEFT else "上面"
                message = f"表头第{r + 1}行第{c + 1}格写了“{text}”，但它{side}没有格。"
                raise _fault(table, message, "改成这一格的文字。")
            owner = (
                owners[r][c - 1] if text == LEFT else owners[r - 1][c] if text == ABOVE else (r, c)
            )
            owners[r].append(owner)
    for owner in sorted({owner for row in owners for owner in row}):
        inside = [(r, c) for r, row in enumerate(owners) for c, it in enumerate(row) if it == owner]
        bottom, right = (max(position[axis] for position in inside) for axis in (0, 1))
        if len(inside) != (bottom - owner[0] + 1) * (right - owner[1] + 1):
            message = f"表头“{grid[owner[0]][owner[1]]}”合并的各格不成长方形。"
            raise _fault(table, message, "检查这几行里的 < 和 ^。")
    return owners


def _fault(table: TableLayout, message: str, advice: str) -> DisclosureError:
    return DisclosureError(Problem(f"单位包的公开表“{table.name}”：{message}", advice=advice))


def column_widths(
    columns: Sequence[Column], header: Sequence[str], size: float, width: int
) -> list[int]:
    """Widths in twips that add up to `width`, for text of `size` points.

    `header` has the words that stand over each column alone; they take one line where all of
    them can, else two.
    """
    shares = [_ROOM[column.kind][1] for column in columns]
    for lines in (1, 2):
        least = [
            max(need, _twips(ceil(len(heading) / lines), size))
            for need, heading in zip(_least_widths(columns, size), header, strict=True)
        ]
        if sum(least) <= width:
            wanting = [
                max(_twips(_AMPLE_AMOUNT, size) - need, 0) if column.kind == "amount" else 0
                for column, need in zip(columns, least, strict=True)
            ]
            first = min(sum(wanting), width - sum(least))
            least = _widened(least, wanting, first) if first else least
            return _widened(least, shares, width - sum(least))
    least = _least_widths(columns, size)
    if sum(least) > width:  # crowded: names wrap first
        room = [
            need - _twips(_LEAST_NAME, size) if column.kind in _WRAPPING else 0
            for column, need in zip(columns, least, strict=True)
        ]
        shares = [float(part) for part in (room if sum(room) >= sum(least) - width else least)]
    return _widened(least, shares, width - sum(least))


def fits(columns: Sequence[Column], size: float, width: int) -> bool:
    """Whether no name needs to wrap at this size."""
    return sum(_least_widths(columns, size)) <= width


def _least_widths(columns: Sequence[Column], size: float) -> list[int]:
    return [_twips(_ROOM[column.kind][0], size) for column in columns]


def _twips(characters: float, size: float) -> int:
    return points(characters * size) + 2 * CELL_MARGIN + _SLACK


def shared_out(shares: Sequence[float], amount: int) -> list[int]:
    """`amount` in whole parts that are as the shares and add up to it."""
    whole = sum(shares)
    upto = [round(amount * sum(shares[: n + 1]) / whole) for n in range(len(shares))]
    return [end - start for start, end in zip([0, *upto], upto, strict=False)]


def _widened(least: list[int], shares: Sequence[float], amount: int) -> list[int]:
    """`least` with `amount` added, or taken when it is negative, by shares."""
    more = shared_out(shares, amount)
    return [need + part for need, part in zip(least, more, strict=True)]
