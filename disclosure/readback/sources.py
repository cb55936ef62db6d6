"""Which data stand behind what is read back: paragraphs by bookmark, table rows by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from disclosure.document import Attachment, Document
from disclosure.model.figure import Figure
from disclosure.model.table import Cell, Table
from disclosure.model.text import Paragraph, Text
from disclosure.render.contents import attachment_title
from disclosure.render.printing import bookmark_name, printed_words

Row = tuple[tuple[str, Figure | None], ...]


def marked(document: Document) -> dict[str, Paragraph]:
    """Every generated paragraph and heading, in reading order, by the bookmark around it."""
    return {bookmark_name(p.key): p for p in _paragraphs(document) if p.key}


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for heading in document.headings:
        yield heading.paragraph
        yield from document.sections.get(heading.key, ())
    for notes in document.notes.values():
        yield from notes
    for attachment in document.attachments:
        yield attachment_title(attachment)
        for heading in attachment.headings:
            yield heading.paragraph
        for paragraphs in attachment.sections.values():
            yield from paragraphs


def table_rows(document: Document) -> dict[str, list[Row]]:
    """Rows of words and figures of every 公开表 and 自评表."""
    found = {table.code: [*_rows(table)] for table in document.tables}
    for attachment in document.attachments:
        found[f"{attachment.titles['附件标签']} 自评表"] = [*_scores(attachment)]
    return found


def _rows(table: Table) -> Iterator[Row]:
    for row in table.rows:
        yield tuple((cell.text, cell.figure) for cell in row.cells.values())


def _scores(attachment: Attachment) -> Iterator[Row]:
    single: list[tuple[str, Figure | None]] = []
    for value in attachment.cells.values():
        if isinstance(value, list):
            yield from (tuple(_words(v) for v in _printed(line)) for line in value)
        elif isinstance(value, Cell):
            single.append((value.text, value.figure))
    yield from ((one,) for one in single)


def _printed(line: Mapping[str, object]) -> Iterable[object]:
    """What an indicator's row shows: how its cells are merged and its weight are not printed."""
    return (v for tag, v in line.items() if "合并" not in tag and tag != "权重")


def _words(value: object) -> tuple[str, Figure | None]:
    return printed_words(value), value.figure if isinstance(value, Cell) else None


def names(document: Document, unit: Iterable[str], codes: Iterable[str]) -> tuple[str, ...]:
    """Names that must be spelt right: the unit's, of 科目 and tables, of projects."""
    found = dict.fromkeys([*unit, *codes])
    for table in document.tables:
        found[table.title] = None
    for attachment in document.attachments:
        found[attachment.key] = None
        for value in attachment.titles.values():
            found[value.plain if isinstance(value, Text) else str(value)] = None
        for line in attachment.cells.get("指标", ()) or ():  # type: ignore[attr-defined]
            found[str(line.get("名称", ""))] = None
    return tuple(name for name in found if len(name) > 1)
