"""A delivered file's tables against the data: rows, columns, and every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from disclosure.check.document_rules_align import aligned_rows, settled
from disclosure.check.document_rules_changes import number
from disclosure.check.document_rules_delivered import (
    DATA,
    FILE,
    ONLY_IN_WORD,
    CellEdit,
    Delivered,
    in_the_data,
)
from disclosure.check.finding import Stated, typed_line
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.check.slips import slip
from disclosure.model.figure import WAN
from disclosure.model.finished import ReadTable
from disclosure.model.place import Location


@rule(
    "D3.1",
    "交付的文件里各张表应齐全，行、栏不多不少",
    compares=(FILE, DATA),
    source="公开表应齐全",
    advice=ONLY_IN_WORD,
)
def tables_are_complete(subject: Delivered) -> Iterator[Said]:
    there = {table.name for table in subject.read.tables}
    built = {table.name for table in subject.built.tables}
    for table in subject.built.tables:
        if table.name not in there:
            place = subject.at(table.name)
            yield Remark(f"少了 {table.name} {table.title}".rstrip(), table.name, location=place)
    for table in subject.read.tables:
        if table.name not in built:
            place = subject.at(table.name)
            yield Remark(f"多了一张表 {table.name} {table.title}".rstrip(), table.name, (), place)
    for one, other in subject.tables:
        agree = True
        for said in _rows_and_columns(subject, one, other):
            agree = False
            yield said
        if agree:
            yield Looked(1)


def _rows_and_columns(subject: Delivered, built: ReadTable, read: ReadTable) -> Iterator[Remark]:
    for one, other in aligned_rows(built.rows, read.rows):
        if one is None and other is not None:
            message = f"{read.name} 第{other + 1}行“{_row_name(read, other)}”是多出来的一行"
        elif other is None and one is not None:
            message = f"{built.name} 少了第{one + 1}行“{_row_name(built, one)}”"
        elif one is not None and other is not None:
            before, now = len(built.rows[one]), len(read.rows[other])
            if before == now:
                continue
            message = f"{read.name} 第{other + 1}行有 {now} 栏，应有 {before} 栏"
        yield Remark(message, f"{read.name} {message}", location=_cell_place(subject, read, other))


def _cell_place(subject: Delivered, table: ReadTable, row: int | None) -> Location:
    at = f" 第{row + 1}行" if row is not None else ""
    return subject.at(f"{table.name}{at}")


def _row_name(table: ReadTable, row: int) -> str:
    """事业运行: the last words of the row before its figures."""
    named = [settled(c.words) for c in table.rows[row] if settled(c.words)]
    words = [one for one in named if number(one) is None]
    if len(words) > 2 and table.name.startswith("附件"):
        return words[2]
    return next(iter(words[:1] if len(named) > 1 and number(named[0]) is not None else words), "")


def _column_name(table: ReadTable, row: int, column: int) -> str:
    """What the header says over a column: the nearest row above that holds names only."""
    for above in reversed(range(min(row, len(table.rows)))):
        cells = [settled(c.words) for c in table.rows[above] if settled(c.words)]
        words = settled(table.words(above, column))
        if words and len(set(cells)) > 2 and all(number(one) is None for one in cells):
            return words.replace("\n", "")
    return f"第{column + 1}栏"


def _cell_remark(subject: Delivered, edit: CellEdit) -> Remark:
    row, column = _row_name(edit.built, edit.row), _column_name(edit.built, edit.row, edit.column)
    where = f"{edit.read.name} 第{edit.read_row + 1}行“{row}” {column}"
    figure = subject.figure(edit.built, edit.row, edit.column)
    source = typed_line(figure)
    was, now = number(edit.was), number(edit.now)
    cause = slip(now, was) if was is not None and now is not None else ""
    neighbours = (edit.built.words(edit.row + step, edit.column) for step in (-1, 1) if edit.row)
    if edit.now and edit.now in map(settled, neighbours):
        cause = "像是错行：这是相邻一行的数"
    place = subject.at(where)
    found = expected = None
    if was is not None or now is not None:
        unit = figure.unit if figure else WAN if edit.read.name.startswith("公开") else ""
        spot = (edit.read.name, row, column)
        found = Stated(f"文件 {where}", now, unit, place, spot=spot)
        told = figure.id if figure else "这一格"
        expected = Stated(f"数据 {told}", was, unit, source, figure.id if figure else "")
    data = "" if expected else in_the_data(source)
    message = f"{where}：数据是“{edit.was or '空白'}”，文件里是“{edit.now or '空白'}”"
    message += (f"，{cause}" if cause else "") + data
    return Remark(message, where, (edit.was, edit.now), place, found=found, expected=expected)


def _cells(subject: Delivered, wanted: Callable[[CellEdit], bool]) -> Iterator[Said]:
    edits = subject.cell_edits
    for edit in edits:
        if wanted(edit):
            yield _cell_remark(subject, edit)
    compared = sum(len(row) for table, _ in subject.tables for row in table.rows) - len(edits)
    if compared:
        yield Looked(compared)


def _is_number(edit: CellEdit) -> bool:
    return number(edit.was) is not None or number(edit.now) is not None


@rule(
    "D3.2",
    "交付的文件里公开表的每个数应与数据一致",
    compares=(FILE, DATA),
    source="公开表应与批复一致",
    advice=ONLY_IN_WORD,
)
def amounts_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _cells(subject, lambda e: _is_number(e) and e.built.name.startswith("公开"))


@rule(
    "D3.3",
    "交付的文件里自评表的数和分应与数据一致",
    compares=(FILE, DATA),
    source="自评表应与自评资料一致",
    advice=ONLY_IN_WORD,
)
def scores_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _cells(subject, lambda e: _is_number(e) and not e.built.name.startswith("公开"))


@rule(
    "D3.4",
    "交付的文件里表中的文字应与数据一致",
    compares=(FILE, DATA),
    source="公开表应与批复一致",
    advice=ONLY_IN_WORD,
)
def words_in_tables_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _cells(subject, lambda edit: not _is_number(edit))
