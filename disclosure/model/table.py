"""Tables as values, finished before any file format is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text, and the figure behind it when it shows one."""

    text: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One body row. `key` names it over builds (a 科目 code, a 行次, 合计);
    `cells` maps the column tag of the pack (科目代码, 本年支出合计, …) to its cell."""

    key: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """One 公开表 ready to print.

    `name` is the table's name in the pack (收入支出决算总表), `header` its header grid, in which
    "<" continues the cell to the left and "^" the cell above; `columns` the column tags in
    order; `total_keys` the keys of rows printed as totals. `empty_note` is the 无数据
    statement, "" where the table has data.
    """

    name: str
    code: str
    title: str
    department: str
    period: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    amount_columns: frozenset[str]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    empty_note: str = ""
    total_keys: frozenset[str] = frozenset()
    landscape: bool = False

    @property
    def waiting(self) -> bool:
        """Whether a cell is still to be filled in."""
        cells = (cell for row in self.rows for cell in row.cells.values())
        return any(cell.figure is not None and cell.figure.waiting for cell in cells)
