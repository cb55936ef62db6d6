"""A document as plain words by stable keys: what is compared, and what a kept build remembers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from disclosure.document import Attachment, Document
from disclosure.model.finished import BODY, HEADING, Finished, ReadTable
from disclosure.model.table import Cell, Table
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.headings import NumberedHeading

Rows = Mapping[str, Mapping[str, str]]  # row key → column → what is printed
OWN = "内容"  # the column of a score table's single cells
BLANK_ROW = "空白行"


@dataclass(frozen=True)
class ToldText:
    """One paragraph: where a reader finds it, and its words."""

    where: str
    words: str


@dataclass(frozen=True)
class ToldTable:
    """One table by row key and column."""

    title: str
    rows: Rows


@dataclass(frozen=True)
class Told:
    """The whole document. Texts by paragraph key, tables, charts and attachments by name."""

    texts: Mapping[str, ToldText]
    tables: Mapping[str, ToldTable]
    charts: Mapping[str, ToldText]
    attachments: Mapping[str, str]


def told_by(document: Document) -> Told:
    """The document that is about to be printed."""
    texts: dict[str, ToldText] = {}
    _add_headings(texts, document.headings, "")
    titles = {heading.key: heading.paragraph.plain for heading in document.headings}
    for key, paragraphs in document.sections.items():
        _add_texts(texts, paragraphs, titles.get(key, key))
    tables: dict[str, ToldTable] = {}
    for table in document.tables:
        title = f"{table.code} {table.title}"
        tables[table.name] = ToldTable(title, _rows_of(table))
        _add_texts(texts, document.notes[table.name], f"{title} 表下")
        if table.empty_note:
            texts[f"说明/{table.name}"] = ToldText(f"{title} 表下", table.empty_note)
    for attachment in document.attachments:
        label = str(attachment.titles["附件标签"])
        _add_headings(texts, attachment.headings, f"{label} ")
        titles = {heading.key: heading.paragraph.plain for heading in attachment.headings}
        for key, paragraphs in attachment.sections.items():
            _add_texts(texts, paragraphs, f"{label} {titles.get(key, '')}".strip())
        tables[f"自评表/{attachment.key}"] = ToldTable(f"{label} 自评表", _scores(attachment))
    charts = {
        key: ToldText(series.caption, series.description) for key, series in document.charts.items()
    }
    attachments = {one.key: _name_of(one) for one in document.attachments}
    return Told(texts, tables, charts, attachments)


def told_by_file(finished: Finished, like: Document) -> Told:
    """A finished file, ours or changed by hand; columns of 公开表 are named as in `like`."""
    texts: dict[str, ToldText] = {}
    for one in finished.of(BODY, HEADING):
        key = _free(one.marks[0] if one.marks else one.place, texts)
        if one.words.strip():
            texts[key] = ToldText(one.place, one.words)
    tables: dict[str, ToldTable] = {}
    known = {table.code: table for table in like.tables}
    for table in finished.tables:
        title = f"{table.name} {table.title}" if table.title else table.name
        tables[_free(table.name, tables)] = ToldTable(title, _read_rows(table, known))
    charts = {chart.name: ToldText(chart.name, chart.words) for chart in finished.charts}
    attachments = {table.name: table.title for table in finished.tables if "附件" in table.name}
    return Told(texts, tables, charts, attachments)


def told_json(told: Told) -> bytes:
    """document.json of a kept build."""
    value = {
        "texts": {key: [one.where, one.words] for key, one in told.texts.items()},
        "tables": {key: [one.title, one.rows] for key, one in told.tables.items()},
        "charts": {key: [one.where, one.words] for key, one in told.charts.items()},
        "attachments": told.attachments,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def told_from(data: bytes) -> Told:
    """What `told_json` wrote."""
    value = json.loads(data)
    return Told(
        {key: ToldText(*one) for key, one in value["texts"].items()},
        {key: ToldTable(*one) for key, one in value["tables"].items()},
        {key: ToldText(*one) for key, one in value["charts"].items()},
        value["attachments"],
    )


# ------------------------------------------------------------------ texts


def _add_headings(
    texts: dict[str, ToldText], headings: Iterable[NumberedHeading], before: str
) -> None:
    for heading in headings:
        paragraph = heading.paragraph
        if paragraph.text:
            where = f"{before}标题"
            texts[_free(paragraph.key or heading.key, texts)] = ToldText(where, paragraph.plain)


def _add_texts(texts: dict[str, ToldText], paragraphs: Iterable[Paragraph], where: str) -> None:
    for number, paragraph in enumerate(paragraphs, 1):
        place = f"{where} 第{number}段"
        texts[_free(paragraph.key or place, texts)] = ToldText(place, paragraph.plain)


def _free(key: str, taken: Mapping[str, object]) -> str:
    """The key, numbered when it is taken."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}#{number}"
    return free


def _name_of(attachment: Attachment) -> str:
    return f"{attachment.titles['附件标签']} {attachment.titles['附件标题']}"


# ------------------------------------------------------------------ tables


def _rows_of(table: Table) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for row in table.rows:
        key = _free(row.key or BLANK_ROW, rows)
        rows[key] = {column: cell.text for column, cell in row.cells.items()}
    return rows


def _scores(attachment: Attachment) -> dict[str, dict[str, str]]:
    """A score table: its single cells by tag, its indicators by name."""
    rows: dict[str, dict[str, str]] = {}
    for tag, value in attachment.cells.items():
        if isinstance(value, list):
            for line in value:
                key = _free(str(line["名称"] or line["一级"]) or BLANK_ROW, rows)
                rows[key] = {
                    str(column): _printed(cell)
                    for column, cell in line.items()
                    if not str(column).endswith("合并")
                }
        else:
            rows[_free(tag, rows)] = {OWN: _printed(value)}
    return rows


def _printed(value: object) -> str:
    if isinstance(value, Cell):
        return value.text
    return value.plain if isinstance(value, Text) else str(value)


def _read_rows(table: ReadTable, known: Mapping[str, Table]) -> dict[str, dict[str, str]]:
    ours = known.get(table.name)
    width = max(map(len, table.rows), default=0)
    if ours is not None and len(ours.columns) == width:
        columns = list(ours.columns)
    else:
        columns = [f"第{number}列" for number in range(1, width + 1)]
    rows: dict[str, dict[str, str]] = {}
    for row in table.rows:
        name = next((cell.words for cell in row if cell.words.strip()), BLANK_ROW)
        if not ours:  # a score table: its first columns are merged downwards
            name = next(
                (cell.words for cell in row if cell.words.strip() and not cell.continued), name
            )
        cells = zip(columns, row, strict=False)
        rows[_free(name, rows)] = {
            column: "" if cell.continued else cell.words for column, cell in cells
        }
    return rows
