"""A delivered file's paragraphs against the data: all there, in order, and worded as built."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.document_rules_align import settled
from disclosure.check.document_rules_changes import REWRITTEN, Change, Kind
from disclosure.check.document_rules_delivered import (
    DATA,
    FILE,
    ONLY_IN_WORD,
    Delivered,
    in_the_data,
)
from disclosure.check.finding import Stated
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.model.finished import HEADING, ReadParagraph
from disclosure.model.place import Level

SHOWN = 30  # characters of a sentence that a message quotes


def _what(paragraph: ReadParagraph) -> str:
    words = settled(paragraph.words).replace("\n", " ")
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def _source(subject: Delivered, paragraph: ReadParagraph) -> str:
    place, _ = subject.typed(paragraph, 0, len(paragraph.words))
    return in_the_data(place)


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
            yield Remark(message, where, location=subject.at(pair.built.place))
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
            yield Remark(message, paragraph.place, location=subject.at(paragraph.place))
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
            yield Remark(message, pair.read.place, location=subject.at(pair.read.place))


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
        yield Remark(message, one.place, location=subject.at((pair.read or one).place))


def _edits(subject: Delivered, *kinds: Kind) -> Iterator[Said]:
    """One remark for every change of these kinds in the sentences."""
    for pair, found in subject.edited:
        assert pair.built and pair.read
        if pair.built.kind == HEADING:
            continue
        wanted = [change for change in found if change.kind in kinds]
        if len(wanted) >= REWRITTEN and Kind.WORDS in kinds:
            message = f"句子重写过：原为“{_what(pair.built)}”，现为“{_what(pair.read)}”"
            yield Remark(message, pair.read.place, location=subject.at(pair.read.place))
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
        place = subject.at(read.place)
        found = Stated(f"文件 {read.place}", amounts[0], change.unit, place)
        expected = Stated(f"数据 {name or '这句话'}", amounts[1], change.unit, source, name)
    data = "" if expected else in_the_data(source)
    return Remark(
        f"{where}的{change.kind}{was}{cause}{data}",
        f"{read.place} {change.was}→{change.now}",
        (change.was, change.now),
        subject.at(read.place),
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
