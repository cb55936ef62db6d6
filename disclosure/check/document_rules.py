"""The delivered file against the data: every paragraph, figure, year, direction, name, cell, entry.

What stands in the .docx somebody is about to publish has another origin than what the data say now:
it may have been edited in Word, saved by another program, or made before a correction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from disclosure.check.document_rules_align import Pair, aligned, aligned_rows, settled
from disclosure.check.document_rules_changes import (
    REWRITTEN,
    Change,
    Kind,
    changes,
    number,
)
from disclosure.check.finding import Stated, typed_line
from disclosure.check.rule import Looked, Remark, Rule, Said, rule
from disclosure.check.slips import slip
from disclosure.model.figure import WAN, Figure
from disclosure.model.finished import (
    BODY,
    CONTENTS,
    HEADING,
    MARGIN,
    Finished,
    ReadParagraph,
    ReadTable,
)
from disclosure.model.place import Level, Location
from disclosure.model.text import Paragraph

Row = tuple[tuple[str, Figure | None], ...]
SHOWN = 30  # characters of a sentence that a message quotes


@dataclass(frozen=True)
class Delivered:
    """A delivered file (`read`) and the same document as the data give it now (`built`).

    `marked` maps a bookmark to its paragraph, with the figures shown in it; `rows` a table's name
    to its rows of words and figures; `names` are those that must not be misspelt.
    """

    read: Finished
    built: Finished
    marked: Mapping[str, Paragraph] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return ""

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Paragraphs and headings of both sides."""
        kinds = (BODY, HEADING, MARGIN)
        return tuple(aligned(list(self.built.of(*kinds)), list(self.read.of(*kinds))))

    @cached_property
    def edited(self) -> tuple[tuple[Pair, tuple[Change, ...]], ...]:
        """Paragraphs whose words differ, with what was changed."""
        return tuple(
            (pair, tuple(changes(settled(pair.built.words), settled(pair.read.words), self.names)))
            for pair in self.pairs
            if pair.built and pair.read and settled(pair.built.words) != settled(pair.read.words)
        )

    @cached_property
    def tables(self) -> tuple[tuple[ReadTable, ReadTable], ...]:
        """The tables that both sides have, built and read."""
        found = {table.name: table for table in self.read.tables}
        return tuple((t, found[t.name]) for t in self.built.tables if t.name in found)

    @cached_property
    def cell_edits(self) -> tuple[_CellEdit, ...]:
        """Every cell that reads otherwise than built."""
        return tuple(_cell_edits(self))

    def typed(self, paragraph: ReadParagraph, start: int, end: int) -> tuple[Location | None, str]:
        """Where the data behind these characters were typed, and the figure's id."""
        told = next((self.marked[m] for m in paragraph.marks if m in self.marked), None)
        if told is None:
            return None, ""
        shift = len(paragraph.words) - len(paragraph.words.lstrip())
        for mention in told.text.mentions:
            if mention.start < end + shift and start + shift < mention.end:
                return typed_line(mention.figure), mention.figure.id
        for free in told.text.free:
            if free.start <= start + shift < free.end:
                return free.source, ""
        return None, ""

    def figure(self, table: ReadTable, row: int, column: int) -> Figure | None:
        """The figure that the data show in a cell of the built table."""
        words = settled(table.words(row, column))
        around = {settled(cell.words) for cell in table.rows[row]}
        for known in self.rows.get(table.name, ()):
            if all(text in around for text, _ in known):
                for text, figure in known:
                    if figure is not None and text == words:
                        return figure
        return None


ONLY_IN_WORD = "改数据后重新生成；确实要在 Word 里改的，把改动写回内容文件"
DATA, FILE = "数据生成的文档", "交付的 .docx"


def _what(paragraph: ReadParagraph) -> str:
    words = settled(paragraph.words).replace("\n", " ")
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def _place(subject: Delivered, paragraph: ReadParagraph) -> Location:
    return Location(subject.read.file or FILE, None, paragraph.place)


def _source(subject: Delivered, paragraph: ReadParagraph) -> str:
    place, _ = subject.typed(paragraph, 0, len(paragraph.words))
    return f"（数据在 {place}）" if place else ""


@rule(
    "D1.1",
    "交付的文件里各段应齐全",
    compares=(FILE, DATA),
    source="公开的内容应与数据一致",
    advice=ONLY_IN_WORD,
)
def no_paragraph_is_missing(subject: Delivered) -> Iterator[Said]:
    for pair in subject.pairs:
        if pair.built is None or pair.built.kind == HEADING:
            continue
        if pair.read is None:
            where = pair.built.place
            message = f"少了一段：{where}“{_what(pair.built)}”{_source(subject, pair.built)}"
            yield Remark(message, where, location=_place(subject, pair.built))
        else:
            yield Looked(1)


@rule(
    "D1.2",
    "交付的文件里不应多出数据没有的段落",
    compares=(FILE, DATA),
    source="公开的内容应与数据一致",
    advice=ONLY_IN_WORD,
    level=Level.HINT,
)
def no_paragraph_is_added(subject: Delivered) -> Iterator[Said]:
    added = [pair.read for pair in subject.pairs if pair.built is None and pair.read]
    for paragraph in added:
        if paragraph.kind != HEADING:
            message = f"多了一段：{paragraph.place}“{_what(paragraph)}”"
            yield Remark(message, paragraph.place, location=_place(subject, paragraph))
    if not added:
        yield Looked(len(subject.pairs))


@rule(
    "D1.3",
    "交付的文件里各段的次序应与数据一致",
    compares=(FILE, DATA),
    source="公开的内容应与数据一致",
    advice=ONLY_IN_WORD,
    level=Level.HINT,
)
def no_paragraph_is_moved(subject: Delivered) -> Iterator[Said]:
    for pair in subject.pairs:
        if pair.built and pair.read:
            if not pair.moved:
                yield Looked(1)
                continue
            message = f"“{_what(pair.read)}”从 {pair.built.place} 移到了 {pair.read.place}"
            yield Remark(message, pair.read.place, location=_place(subject, pair.read))


@rule(
    "D1.4",
    "交付的文件里的标题应与数据一致",
    compares=(FILE, DATA),
    source="公开的内容应与数据一致",
    advice=ONLY_IN_WORD,
)
def headings_are_as_built(subject: Delivered) -> Iterator[Said]:
    for pair in subject.pairs:
        one = pair.built or pair.read
        if one is None or one.kind != HEADING:
            continue
        if pair.built is None:
            message = f"多了一个标题“{_what(one)}”"
        elif pair.read is None:
            message = f"少了标题“{_what(one)}”"
        elif pair.read.kind != HEADING:
            message = f"标题“{_what(one)}”变成了正文"
        elif settled(pair.built.words) != settled(pair.read.words):
            message = f"标题“{_what(pair.built)}”改成了“{_what(pair.read)}”"
        else:
            yield Looked(1)
            continue
        yield Remark(message, one.place, location=_place(subject, pair.read or one))


def _edits(subject: Delivered, *kinds: Kind) -> Iterator[Said]:
    """One remark for every change of these kinds in the sentences."""
    for pair, found in subject.edited:
        assert pair.built and pair.read
        if pair.built.kind == HEADING:
            continue
        wanted = [change for change in found if change.kind in kinds]
        if len(wanted) >= REWRITTEN and Kind.WORDS in kinds:
            message = f"句子重写过：原为“{_what(pair.built)}”，现为“{_what(pair.read)}”"
            yield Remark(message, pair.read.place, location=_place(subject, pair.read))
            continue
        for change in wanted:
            yield _edit(subject, pair.built, pair.read, change)
    yield Looked(sum(1 for pair in subject.pairs if pair.built and pair.read))


def _edit(subject: Delivered, built: ReadParagraph, read: ReadParagraph, change: Change) -> Remark:
    source, name = subject.typed(built, change.start, change.end)
    where = f"{read.place}“…{change.around}…”"
    cause = f"，{change.cause}" if change.cause else ""
    now = f"改成了“{change.now}”" if change.now else "删掉了"
    was = f"“{change.was}”{now}" if change.was else f"添了“{change.now}”"
    amounts = change.amounts
    found = expected = None
    if amounts and change.kind in (Kind.FIGURE, Kind.YEAR):
        place = _place(subject, read)
        found = Stated(f"文件 {read.place}", amounts[0], change.unit, place)
        expected = Stated(f"数据 {name or '这句话'}", amounts[1], change.unit, source, name)
    data = f"（数据在 {source}）" if source and not expected else ""
    return Remark(
        f"{where}的{change.kind}{was}{cause}{data}",
        f"{read.place} {change.was}→{change.now}",
        (change.was, change.now),
        _place(subject, read),
        found=found,
        expected=expected,
    )


@rule(
    "D2.1",
    "交付的文件里句子中的数应与数据一致",
    compares=(FILE, DATA),
    source="文字与表、数据一致",
    advice=ONLY_IN_WORD,
)
def figures_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _edits(subject, Kind.FIGURE)


@rule(
    "D2.2",
    "交付的文件里的年度应与数据一致",
    compares=(FILE, DATA),
    source="年度标识应前后一致",
    advice=ONLY_IN_WORD,
)
def years_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _edits(subject, Kind.YEAR)


@rule(
    "D2.3",
    "交付的文件里增加、减少等方向应与数据一致",
    compares=(FILE, DATA),
    source="方向与数字的增减一致",
    advice=ONLY_IN_WORD,
)
def directions_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _edits(subject, Kind.DIRECTION)


@rule(
    "D2.4",
    "交付的文件里单位、科目、项目的名称应与数据一致",
    compares=(FILE, DATA),
    source="名称前后一致",
    advice=ONLY_IN_WORD,
)
def names_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _edits(subject, Kind.NAME)


@rule(
    "D2.5",
    "交付的文件里的句子应与内容文件一致",
    compares=(FILE, DATA),
    source="手改的文字下次生成时会丢失",
    advice=ONLY_IN_WORD,
    level=Level.HINT,
)
def words_are_as_built(subject: Delivered) -> Iterator[Said]:
    yield from _edits(subject, Kind.WORDS)


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
            place = Location(subject.read.file or FILE, None, table.name)
            yield Remark(f"少了 {table.name} {table.title}".rstrip(), table.name, location=place)
    for table in subject.read.tables:
        if table.name not in built:
            place = Location(subject.read.file or FILE, None, table.name)
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
    return Location(subject.read.file or FILE, None, f"{table.name}{at}")


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


@dataclass(frozen=True, slots=True)
class _CellEdit:
    built: ReadTable
    read: ReadTable
    row: int
    column: int
    read_row: int
    was: str
    now: str


def _cell_edits(subject: Delivered) -> Iterator[_CellEdit]:
    for built, read in subject.tables:
        for one, other in aligned_rows(built.rows, read.rows):
            if one is None or other is None or len(built.rows[one]) != len(read.rows[other]):
                continue
            for column, (cell, new) in enumerate(
                zip(built.rows[one], read.rows[other], strict=True)
            ):
                if cell.words == new.words:
                    continue
                was, now = settled(cell.words), settled(new.words)
                if was != now and not (cell.continued and new.continued):
                    yield _CellEdit(built, read, one, column, other, was, now)


def _cell_remark(subject: Delivered, edit: _CellEdit) -> Remark:
    row, column = _row_name(edit.built, edit.row), _column_name(edit.built, edit.row, edit.column)
    where = f"{edit.read.name} 第{edit.read_row + 1}行“{row}” {column}"
    figure = subject.figure(edit.built, edit.row, edit.column)
    source = typed_line(figure)
    was, now = number(edit.was), number(edit.now)
    cause = slip(now, was) if was is not None and now is not None else ""
    neighbours = (edit.built.words(edit.row + step, edit.column) for step in (-1, 1) if edit.row)
    if edit.now and edit.now in map(settled, neighbours):
        cause = "像是错行：这是相邻一行的数"
    place = Location(subject.read.file or FILE, None, where)
    found = expected = None
    if was is not None or now is not None:
        unit = figure.unit if figure else WAN if edit.read.name.startswith("公开") else ""
        spot = (edit.read.name, row, column)
        found = Stated(f"文件 {where}", now, unit, place, spot=spot)
        told = figure.id if figure else "这一格"
        expected = Stated(f"数据 {told}", was, unit, source, figure.id if figure else "")
    data = f"（数据在 {source}）" if source and not expected else ""
    message = f"{where}：数据是“{edit.was or '空白'}”，文件里是“{edit.now or '空白'}”"
    message += (f"，{cause}" if cause else "") + data
    return Remark(message, where, (edit.was, edit.now), place, found=found, expected=expected)


def _cells(subject: Delivered, wanted: Callable[[_CellEdit], bool]) -> Iterator[Said]:
    edits = subject.cell_edits
    for edit in edits:
        if wanted(edit):
            yield _cell_remark(subject, edit)
    compared = sum(len(row) for table, _ in subject.tables for row in table.rows) - len(edits)
    if compared:
        yield Looked(compared)


def _is_number(edit: _CellEdit) -> bool:
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


@rule(
    "D4",
    "目录的各条应与正文的标题一致",
    compares=("目录", "正文的标题、附件标题"),
    source="目录与正文一致",
    advice="在 Word 里更新目录，或重新生成",
)
def contents_match_headings(subject: Delivered) -> Iterator[Said]:
    built = [settled(entry.words) for entry in subject.built.of(CONTENTS)]
    read = [settled(entry.words) for entry in subject.read.of(CONTENTS)]
    place = Location(subject.read.file or FILE, None, "目录")
    for entry in built:
        if entry in read:
            yield Looked(1)
        else:
            yield Remark(f"目录里没有“{entry}”", f"目录 {entry}", (), place)
    for entry in read:
        if entry not in built:
            yield Remark(f"目录里的“{entry}”不是正文的标题", f"目录 {entry}", (), place)


@rule(
    "D5",
    "图的替代文字应与数据一致",
    compares=("图的替代文字", "图所依据的数"),
    source="图与表一致",
    advice="重新生成报告，图随数据重画",
)
def charts_are_as_built(subject: Delivered) -> Iterator[Said]:
    read = {chart.name: chart for chart in subject.read.charts}
    by_words = {settled(chart.words) for chart in subject.read.charts}
    for chart in subject.built.charts:
        place = Location(subject.read.file or FILE, None, f"{chart.place} {chart.name}")
        if settled(chart.words) in by_words:
            yield Looked(1)
        elif chart.name in read:
            found = changes(settled(chart.words), settled(read[chart.name].words))
            told = "，".join(f"“{one.was}”改成了“{one.now}”" for one in found)
            yield Remark(f"{chart.name}的替代文字{told}", chart.name, (), place)
        else:
            yield Remark(f"少了{chart.name}，或它的替代文字", chart.name, (), place)


DELIVERED_RULES: tuple[Rule[Delivered], ...] = (
    no_paragraph_is_missing,
    no_paragraph_is_added,
    no_paragraph_is_moved,
    headings_are_as_built,
    figures_are_as_built,
    years_are_as_built,
    directions_are_as_built,
    names_are_as_built,
    words_are_as_built,
    tables_are_complete,
    amounts_are_as_built,
    scores_are_as_built,
    words_in_tables_are_as_built,
    contents_match_headings,
    charts_are_as_built,
)
