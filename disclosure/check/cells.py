"""The public tables as amounts, whoever filled them: this build's tables, an imported workbook.

A cell is named by what the pack's layout puts there, so a rule needs no table number, column tag
or row number: in a table by 科目 it is `2010350/基本支出` (row key / measure), in the others the
figure's name (`支出/总计`, `三公/决算数/公务接待费`). Blank and zero cells hold no amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

from disclosure.check.finding import Stated, typed_line
from disclosure.check.rule import Term, is_exact
from disclosure.derive.money import TOTAL
from disclosure.model.figure import WAN, Figure
from disclosure.model.place import Location
from disclosure.model.table import Table
from disclosure.schema.pack import PackLayout, Side, TableLayout

TOTALS = "收入支出决算总表"
REVENUE = "收入决算表"
EXPENDITURE = "支出决算表"
FISCAL = "财政拨款收入支出决算总表"
GENERAL = "一般公共预算财政拨款支出决算表"
ECONOMIC = "一般公共预算财政拨款基本支出决算明细表"
FUND = "政府性基金预算财政拨款收入支出决算表"
CAPITAL = "国有资本经营预算财政拨款支出决算表"
THREE_PUBLIC = "财政拨款“三公”经费支出决算表"
NINE = (TOTALS, REVENUE, EXPENDITURE, FISCAL, GENERAL, ECONOMIC, FUND, CAPITAL, THREE_PUBLIC)

# The group of figures that a table by 科目 shows tells which table it is, whatever a pack calls it.
ROLE_OF_GROUP = {
    "收入科目": REVENUE,
    "支出": EXPENDITURE,
    "一般公共预算": GENERAL,
    "政府性基金": FUND,
    "国有资本经营": CAPITAL,
}
NOTHING = Decimal(0)


class Spot(NamedTuple):
    """Where a cell stands: row and column as printed, the typed line or workbook cell behind it."""

    row: str
    column: str
    place: Location | None = None
    figure: str = ""


def _nowhere(name: str) -> None:
    return None


@dataclass(frozen=True)
class TableCells:
    """One public table as amounts in 万元.

    `role` is its name among the nine, `code` as printed (公开03表). `rows` holds the amounts of a
    table by 科目, row key → measure; `amounts` those of the other tables, by figure name. `order`
    lists the row keys as they stand, `names` the 科目名称 beside them. `spot` says where a cell
    stands; it is asked only for a finding.
    """

    role: str
    code: str
    title: str = ""
    rows: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    empty_note: str = ""
    spot: Callable[[str], Spot | None] = _nowhere

    def amount(self, name: str) -> Decimal:
        """The amount in a cell, 0 where it is blank."""
        if self.measures:
            key, _, measure = name.partition("/")
            return self.rows.get(key, {}).get(measure, NOTHING)
        return self.amounts.get(name, NOTHING)

    def term(self, name: str) -> Term:
        """The cell as one side of a comparison."""
        return Term(self.amount(name), partial(self.stated, name))

    def stated(self, name: str) -> Stated:
        """The cell as a message says it."""
        spot = self.spot(name)
        if spot is None:
            return Stated(f"{self.code} {name}", self.amount(name))
        where = f"{self.code} {spot.row} {spot.column}".rstrip()
        at = (self.code, spot.row, spot.column)
        return Stated(where, self.amount(name), WAN, spot.place, spot.figure, at)

    @property
    def has_data(self) -> bool:
        """Whether any cell holds an amount."""
        return any(self.amounts.values()) or any(self.rows.values())

    @cached_property
    def exact(self) -> bool:
        """Whether some amount is known to the 元."""
        return any(map(is_exact, self.amounts.values())) or any(
            is_exact(amount) for row in self.rows.values() for amount in row.values()
        )

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The rows directly below each row: 类 below 合计, 款 below 类, 项 below 款."""
        found: dict[str, list[str]] = {}
        for code in self.rows:
            if code != TOTAL:
                found.setdefault(self._above(code), []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def _above(self, code: str) -> str:
        return next((code[:n] for n in (5, 3) if n < len(code) and code[:n] in self.rows), TOTAL)

    def classes(self) -> Iterator[str]:
        """The 类 (3 digits) that have a row."""
        return (code for code in self.rows if len(code) == 3)

    @cached_property
    def class_figures(self) -> Mapping[str, tuple[str, ...]]:
        """The 类 that have an amount in a 收入支出总表, by what paid for them: 支出 → 201, ….

        The names of its cells are 支出/201/本年支出合计, 一般公共预算/201/本年支出, ….
        """
        found: dict[str, list[str]] = {}
        for name in self.amounts:
            fund, _, rest = name.partition("/")
            code = rest.partition("/")[0]
            if len(code) == 3 and code.isdigit():
                found.setdefault(fund, []).append(code)
        return {fund: tuple(codes) for fund, codes in found.items()}


@dataclass(frozen=True)
class Cells:
    """All public tables of one unit and year, by role."""

    tables: Mapping[str, TableCells]
    unit: str = ""
    waiting: frozenset[str] = frozenset()  # tables of a draft, with cells still to be filled in

    def __getitem__(self, role: str) -> TableCells:
        return self.tables[role]

    def get(self, role: str) -> TableCells | None:
        return self.tables.get(role)

    def __iter__(self) -> Iterator[TableCells]:
        return iter(self.tables.values())

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        if need in self.waiting:
            return f"{need}还有待填的数"
        return "" if need in self.tables else f"没有{need}"


def cells_of_tables(layout: PackLayout, tables: Iterable[Table], unit: str = "") -> Cells:
    """The cells of this build's tables."""
    plans = {plan.name: plan for plan in layout.tables}
    found, waiting = {}, set()
    for table in tables:
        cells = table_cells(plans[table.name], table, layout.top_classes)
        if cells is not None and table.waiting:
            waiting.add(cells.role)
        elif cells is not None:
            found[cells.role] = cells
    return Cells(found, unit, frozenset(waiting))


Read = Mapping[str, tuple[Decimal, Location]]


def cells_of_amounts(
    layout: PackLayout, read: Mapping[str, Read], names: Mapping[str, Mapping[str, str]]
) -> Cells:
    """The cells of tables that somebody read from a file: per table of the pack (its 名称) each
    figure's name with the amount in 万元 and the cell or paragraph it stands in; `names` has the
    科目名称 by code of each table."""
    plans = {plan.name: plan for plan in layout.tables}
    found = {}
    for name, amounts in read.items():
        role = role_of(plans[name])
        if role:
            found[role] = _of_amounts(role, plans[name], amounts, names[name])
    return Cells(found)


def _of_amounts(role: str, plan: TableLayout, read: Read, names: Mapping[str, str]) -> TableCells:
    def spot(name: str) -> Spot | None:
        asked = f"{group}/{name}" if measures else name
        place = read[asked][1] if asked in read else None
        key, _, measure = name.rpartition("/")
        return Spot(_row_label(key), tags.get(measure, measure), place, asked)

    tags = {pattern.rpartition("/")[2]: tag for tag, pattern in plan.columns.items()}
    measures = tuple(tags) if plan.layout == "科目" else ()
    group = next(iter(plan.columns.values()), "").partition("/")[0]
    rows: dict[str, dict[str, Decimal]] = {}
    for name, (amount, _) in read.items() if measures else ():
        _, key, measure = name.split("/")
        row = rows.setdefault(key, {})
        if amount:
            row[measure] = amount
    return TableCells(
        role,
        plan.code,
        plan.title or plan.name,
        rows,
        {} if measures else {name: amount for name, (amount, _) in read.items() if amount},
        tuple(rows),
        names if measures else {},
        measures,
        spot=spot,
    )


def role_of(plan: TableLayout) -> str:
    """Which of the nine tables a layout is; "" when it is none of them."""
    if plan.layout == "经济分类":
        return ECONOMIC
    if plan.left is not None and plan.right is not None:
        shown = next(iter(plan.right.columns.values()), "")
        return TOTALS if shown.startswith("支出/") else FISCAL
    group = next(iter(plan.columns.values()), "").partition("/")[0]
    return THREE_PUBLIC if group == "三公" else ROLE_OF_GROUP.get(group, "")


def table_cells(
    plan: TableLayout, table: Table, top_classes: Iterable[str] = ()
) -> TableCells | None:
    """One table's cells; None for a table of a pack's own that is none of the nine."""
    role = role_of(plan)
    if not role:
        return None
    if plan.layout == "科目":
        return _by_class(role, plan, table)
    named = {cell[0]: cell for cell in _named_cells(plan, table, tuple(top_classes))}
    return TableCells(
        role,
        table.code,
        table.title,
        amounts={n: f.amount for n, _, _, f in named.values() if f is not None and f.amount},
        order=tuple(row.key for row in table.rows),
        names=_economic_names(table) if plan.layout == "经济分类" else {},
        empty_note=table.empty_note,
        spot=lambda name: _spot(*named[name][1:]) if name in named else None,
    )


def _spot(row: str, column: str, figure: Figure | None) -> Spot:
    return Spot(row, column, typed_line(figure), figure.id if figure else "")


def _by_class(role: str, plan: TableLayout, table: Table) -> TableCells:
    columns = [(tag, pattern.rpartition("/")[2]) for tag, pattern in plan.columns.items()]
    rows: dict[str, dict[str, Decimal]] = {}
    for row in table.rows:
        cells = row.cells
        rows.setdefault(
            row.key,
            {
                measure: figure.amount
                for tag, measure in columns
                if (figure := cells[tag].figure) is not None and figure.amount
            },
        )

    def spot(name: str) -> Spot | None:
        key, _, asked = name.partition("/")
        row = next((row for row in table.rows if row.key == key), None)
        tag = next((tag for tag, measure in columns if measure == asked), None)
        return _spot(_row_label(key), tag, row.cells[tag].figure) if row and tag else None

    return TableCells(
        role,
        table.code,
        table.title,
        rows=rows,
        order=tuple(row.key for row in table.rows),
        names={row.key: row.cells["科目名称"].text for row in table.rows if row.key != TOTAL},
        measures=tuple(measure for _, measure in columns),
        empty_note=table.empty_note,
        spot=spot,
    )


def _row_label(key: str) -> str:
    return f"{key}行"


Named = tuple[str, str, str, Figure | None]


def _named_cells(plan: TableLayout, table: Table, top: tuple[str, ...]) -> Iterator[Named]:
    """Figure name, row, column and figure of every amount cell of a table not by 科目."""
    if plan.left is not None and plan.right is not None:
        for side in (plan.left, plan.right):
            yield from _side_cells(side, table, top)
    elif plan.layout == "经济分类":
        yield from _economic_cells(table)
    else:
        (row,) = table.rows
        for tag, name in plan.columns.items():
            yield name, "", tag, row.cells[tag].figure


def _side_cells(side: Side, table: Table, top: tuple[str, ...]) -> Iterator[Named]:
    numbered: list[tuple[str, Mapping[str, str]]] = (
        [(code, {}) for code in top]
        if isinstance(side.numbered, str)
        else [(line.name, line.figures) for line in side.numbered]
    )
    closing = [(line.name, line.figures) for line in side.closing]
    nothing: tuple[str, Mapping[str, str]] = ("", {})
    gap = [nothing] * (len(table.rows) - len(numbered) - len(closing))
    title = f"{side.prefix}项目"
    columns = [(column, f"{side.prefix}{column}", p) for column, p in side.columns.items()]
    for row, (key, figures) in zip(table.rows, [*numbered, *gap, *closing], strict=True):
        if not key:
            continue
        cells = row.cells
        label = cells[title].text
        for column, tag, pattern in columns:
            name = figures.get(column) if figures else pattern.replace("{键}", key)
            if name:
                yield name, label, column, cells[tag].figure


def _economic_cells(table: Table) -> Iterator[Named]:
    groups = [tag.removeprefix("代码") for tag in table.columns if tag.startswith("代码")]
    *body, closing = table.rows
    for row in body:
        for group in groups:
            code = row.cells[f"代码{group}"].text
            if code:
                cell = row.cells[f"决算数{group}"]
                yield f"经济分类/{code}/决算数", _row_label(code), "决算数", cell.figure
    for group in groups:
        figure = closing.cells[f"决算数{group}"].figure
        if figure is not None:
            name = "人员经费合计" if group == groups[0] else "公用经费合计"
            yield f"经济分类/{name}", name, "决算数", figure


def _economic_names(table: Table) -> dict[str, str]:
    groups = [tag.removeprefix("代码") for tag in table.columns if tag.startswith("代码")]
    return {
        row.cells[f"代码{group}"].text: row.cells[f"名称{group}"].text
        for row in table.rows[:-1]
        for group in groups
        if row.cells[f"代码{group}"].text
    }
