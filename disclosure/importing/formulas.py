"""The live sums beside the tables of the empty workbook: ✓ where things add up, else by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from disclosure.importing.balances import Balance, carried_forward, row_sums
from disclosure.importing.header import OUR_CHECKS
from disclosure.importing.workbook import cell_name
from disclosure.model.table import Table
from disclosure.render.workbook import HEADER_ROW, first_row
from disclosure.schema.pack import PackLayout, TableLayout

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

AGREES = '[Red]0.00;[Red]-0.00;[Color10]"✓"'
CHECK_WIDTH, WORDS_WIDTH = 13, 40
GREY = "#EEEEEE"
CLASS_LINE = re.compile(r"/\d{3,7}/")  # lines by 科目 have a column of their own

Formulas = list[tuple[int, str]]  # row and formula


@dataclass(frozen=True)
class Filling:
    """One table on its sheet, with the cells its figures stand in once it is filled."""

    table: Table
    layout: TableLayout
    sheet: Worksheet
    figures: Mapping[str, str]

    @property
    def first(self) -> int:
        return first_row(self.table)

    @property
    def last(self) -> int:
        return self.first + len(self.table.rows) - 1

    def column(self, tag: str) -> int:
        return self.table.columns.index(tag)

    def span(self, column: int, *, below_total: bool = False) -> str:
        """$C$7:$C$30, the column's lines, with or without 合计 above them."""
        letter = cell_name(0, column)[:-1]
        return f"${letter}${self.first + 1 + below_total}:${letter}${self.last + 1}"


def write_checks(
    book: Workbook, filling: Sequence[Filling], sums: Sequence[Balance], layout: PackLayout
) -> None:
    head = book.add_format(
        {"font_size": 9, "text_wrap": True, "valign": "vcenter", "bg_color": GREY}
    )
    words = book.add_format({"font_size": 9, "valign": "vcenter"})
    result = book.add_format({"font_size": 9, "num_format": AGREES})
    for one in filling:
        columns = [*_line_checks(one), *_class_checks(one, filling, layout)]
        at = len(one.table.columns) + 1
        for heading, formulas in columns:
            one.sheet.set_column(at, at, CHECK_WIDTH)
            one.sheet.write_string(HEADER_ROW, at, f"{OUR_CHECKS} {heading}", head)
            for row, formula in formulas:
                one.sheet.write_formula(row, at, formula, result, "")
            at += 1
        lines = list(_sum_checks(one, filling, sums))
        if lines:
            one.sheet.set_column(at, at, WORDS_WIDTH)
            one.sheet.set_column(at + 1, at + 1, CHECK_WIDTH)
            one.sheet.write_string(HEADER_ROW, at, f"{OUR_CHECKS}事项", head)
            one.sheet.write_string(HEADER_ROW, at + 1, f"{OUR_CHECKS} 差额", head)
        for row, (told, formula) in enumerate(lines, one.first):
            one.sheet.write_string(row, at, told, words)
            one.sheet.write_formula(row, at + 1, formula, result, "")


def _line_checks(one: Filling) -> Iterator[tuple[str, Formulas]]:
    """By 科目: every line adds up across, and every column from 项 to 款 to 类 to 合计."""
    if one.layout.layout != "科目":
        return
    tags = {pattern.rpartition("/")[2]: tag for tag, pattern in one.layout.columns.items()}
    for rule in (row_sums(tuple(tags)), carried_forward(tuple(tags))):
        if rule:
            whole, parts, less = rule
            yield (
                f"{tags[whole]}（横向）",
                _across(one, tags[whole], [tags[p] for p in parts], [tags[p] for p in less]),
            )
    for tag in one.layout.columns:
        yield f"{tag}（各级）", _down(one, one.column(tag))


def _across(one: Filling, whole: str, parts: Sequence[str], less: Sequence[str]) -> Formulas:
    def cells(tags: Sequence[str], row: int) -> str:
        return ",".join(cell_name(row, one.column(tag)) for tag in tags)

    formulas = []
    for row in range(one.first, one.last + 1):
        minus = f"+SUM({cells(less, row)})" if less else ""
        sums = f"SUM({cells([whole], row)})-SUM({cells(parts, row)}){minus}"
        formulas.append((row, f'=IF($A{row + 1}="","",ROUND({sums},2))'))
    return formulas


def _down(one: Filling, column: int) -> Formulas:
    codes, amounts = one.span(0, below_total=True), one.span(column, below_total=True)
    formulas = []
    for row in range(one.first, one.last + 1):
        code, amount = f"$A{row + 1}", cell_name(row, column)
        if row == one.first:
            below = f"SUMPRODUCT(--(LEN({codes})=3),{amounts})"
            formulas.append((row, f"=ROUND(SUM({amount})-{below},2)"))
        else:
            deeper = f'(LEN({codes})=LEN({code})+2)*(LEFT({codes},LEN({code}))={code}&"")'
            below = f"SUMPRODUCT({deeper},{amounts})"
            is_parent = f"OR(LEN({code})=3,LEN({code})=5)"
            formulas.append((row, f'=IF({is_parent},ROUND(SUM({amount})-{below},2),"")'))
    return formulas


def _class_checks(
    one: Filling, filling: Sequence[Filling], layout: PackLayout
) -> Iterator[tuple[str, Formulas]]:
    """Every 类 of a table in two halves against the same 类 in the table by 科目."""
    sides = (one.layout.left, one.layout.right)
    patterns = [p for side in sides if side for p in side.columns.values()]
    for pattern in patterns:
        for other in filling:
            tag = _tag_of(other.layout, pattern.replace("{键}", "{代码}"))
            if tag is None:
                continue
            sheet = f"'{other.sheet.name}'!"
            codes, amounts = other.span(0), other.span(other.column(tag))
            formulas = []
            for code in layout.top_classes:
                cell = one.figures.get(pattern.replace("{键}", code))
                if cell:
                    stated = f'SUMIF({sheet}{codes},"{code}",{sheet}{amounts})'
                    formulas.append((_row_of(cell), f"=ROUND(SUM({cell})-{stated},2)"))
            if formulas:
                yield f"与{other.table.code}{tag}", formulas


def _tag_of(layout: TableLayout, pattern: str) -> str | None:
    if layout.layout != "科目":
        return None
    return next((tag for tag, p in layout.columns.items() if p == pattern), None)


def _row_of(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell))) - 1


def _sum_checks(
    one: Filling, filling: Sequence[Filling], sums: Sequence[Balance]
) -> Iterator[tuple[str, str]]:
    """The sums whose whole stands in this table first, and figures stated here once more."""
    for balance in sums:
        owner = next((f for f in filling if balance.whole in f.figures), None)
        names = (*balance.parts, *balance.less)
        if owner is one and all(_anywhere(name, filling) for name in names):
            yield balance.words, _difference(one, filling, balance)
    at = filling.index(one)
    for earlier in filling[:at]:
        for name in one.figures:
            if name in earlier.figures and not CLASS_LINE.search(name):
                words = f"{name.rpartition('/')[2]} = {earlier.table.code}"
                there = f"'{earlier.sheet.name}'!{earlier.figures[name]}"
                yield words, f"=ROUND(SUM({one.figures[name]})-SUM({there}),2)"


def _anywhere(name: str, filling: Sequence[Filling]) -> bool:
    return any(name in one.figures for one in filling)


def _difference(one: Filling, filling: Sequence[Filling], balance: Balance) -> str:
    def sum_of(names: Sequence[str]) -> str:
        return f"SUM({','.join(_reference(name, one, filling) for name in names)})"

    less = f"+{sum_of(balance.less)}" if balance.less else ""
    return f"=ROUND({sum_of([balance.whole])}-{sum_of(balance.parts)}{less},2)"


def _reference(name: str, one: Filling, filling: Sequence[Filling]) -> str:
    """The figure's cell, on this sheet where it has one."""
    if name in one.figures:
        return one.figures[name]
    other = next(f for f in filling if name in f.figures)
    return f"'{other.sheet.name}'!{other.figures[name]}"
