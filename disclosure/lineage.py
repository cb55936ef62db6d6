"""Where every figure comes from and where it stands: the answer to `trace`, and lineage.json."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from disclosure.derive.report import Report
from disclosure.document import Attachment, Document
from disclosure.model.figure import Figure, Formula
from disclosure.model.table import Cell
from disclosure.model.text import Paragraph, Text
from disclosure.tables.public_tables import cells_of


@dataclass(frozen=True)
class Place:
    """A place where a figure is printed: a table cell, a paragraph, a chart."""

    kind: str
    where: str
    shown: str


@dataclass
class Lineage:
    """Every figure by its ids, with the places that print it. One figure may have several ids."""

    figures: dict[str, Figure] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)

    def note(self, figure: Figure, place: Place) -> None:
        self.figures.setdefault(figure.id, figure)
        listed = self.places.setdefault(figure.id, [])
        if place not in listed:
            listed.append(place)


def lineage_of(report: Report, document: Document, show: Callable[[Figure], str]) -> Lineage:
    """Walk the finished document and note where each figure stands."""
    lineage = Lineage(dict(report.figures.items()))
    for table, row, column, figure in cells_of(document.tables):
        where = f"{table.code} {table.title} {row.key} {column}"
        lineage.note(figure, Place("表格", where, row.cells[column].text))
    titles = {h.key: h.paragraph.plain for h in document.headings}
    for key, paragraphs in document.sections.items():
        _note_paragraphs(lineage, titles.get(key, key), paragraphs)
    for series in document.charts.values():
        for _, figures in series.series:
            for figure in figures:
                if figure.amount is not None:
                    lineage.note(figure, Place("图", series.caption, show(figure)))
    for attachment in document.attachments:
        _note_attachment(lineage, attachment)
    return lineage


def _note_attachment(lineage: Lineage, attachment: Attachment) -> None:
    label = str(attachment.titles["附件标签"])
    for paragraphs in attachment.sections.values():
        _note_paragraphs(lineage, label, paragraphs)
    for tag, value in attachment.cells.items():
        if isinstance(value, Cell) and value.figure is not None and value.text:
            lineage.note(value.figure, Place("表格", f"{label} 自评表 {tag}", value.text))
        elif isinstance(value, Text):
            _note_text(lineage, f"{label} 自评表 {tag}", value, "表格")
        elif isinstance(value, list):
            for row in value:
                score = row.get("得分")
                if isinstance(score, Cell) and score.figure is not None:
                    where = f"{label} 自评表 {row.get('名称')} 得分"
                    lineage.note(score.figure, Place("表格", where, score.text))


def _note_paragraphs(lineage: Lineage, title: str, paragraphs: Iterable[Paragraph]) -> None:
    for number, paragraph in enumerate(paragraphs, 1):
        _note_text(lineage, f"{title} 第{number}段", paragraph.text, "段落")


def _note_text(lineage: Lineage, where: str, text: Text, kind: str) -> None:
    for mention in text.mentions:
        around = text.plain[max(0, mention.start - 12) : mention.end + 4].replace("\n", " ")
        shown = text.plain[mention.start : mention.end]
        lineage.note(mention.figure, Place(kind, f"{where}“…{around}…”", shown))


def lineage_json(lineage: Lineage) -> bytes:
    """lineage.json: id → amount, unit, source or formula, operands, places."""
    figures = {}
    for name, figure in sorted(lineage.figures.items()):
        entry: dict[str, object] = {
            "数": None if figure.amount is None else f"{figure.amount.normalize():f}",
            "单位": figure.unit,
        }
        if figure.id != name:
            entry["即"] = figure.id
        if isinstance(figure.source, Formula):
            entry["算式"] = figure.source.words
            entry["由"] = [operand.id for operand in figure.source.operands]
        else:
            entry["来源"] = {
                "文件": figure.source.file,
                "行": figure.source.line,
                "路径": figure.source.path,
            }
        places = lineage.places.get(figure.id)
        if places:
            entry["印在"] = [{"类": p.kind, "处": p.where, "印作": p.shown} for p in places]
        figures[name] = entry
    return (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode()


def found(lineage: Lineage, asked: str, year: int, show: Callable[[Figure], str]) -> list[Figure]:
    """Figures asked for by id (with or without year), by part of an id, or by a printed value."""
    for name in (asked, f"{year}/{asked}"):
        if name in lineage.figures:
            return [lineage.figures[name]]
    unique: dict[str, Figure] = {}
    for figure in lineage.figures.values():
        if figure.amount is not None and _is_value(asked, figure, show):
            unique.setdefault(figure.id, figure)
    if unique:
        return list(unique.values())
    return list({f.id: f for name, f in lineage.figures.items() if asked in name}.values())


def _is_value(asked: str, figure: Figure, show: Callable[[Figure], str]) -> bool:
    plain = asked.strip().replace(",", "").removesuffix("万元")
    if show(figure) == plain:
        return True
    try:
        wanted = Decimal(plain.rstrip("%"))
    except ArithmeticError:
        return False
    return not plain.endswith("%") and figure.unit != "%" and wanted == figure.amount


def steps(figure: Figure, depth: int = 0) -> Iterable[tuple[int, Figure]]:
    """The figure and what it was computed from, down to typed lines, each once."""
    seen: set[str] = set()

    def walk(one: Figure, level: int) -> Iterable[tuple[int, Figure]]:
        yield level, one
        if one.id in seen or not isinstance(one.source, Formula):
            return
        seen.add(one.id)
        for operand in one.source.operands:
            yield from walk(operand, level + 1)

    yield from walk(figure, depth)


def suggestions(lineage: Lineage, asked: str, show: Callable[[Figure], str]) -> list[str]:
    """Names and printed values near what was asked for."""
    names = {name.partition("/")[2] for name in lineage.figures}
    values = {show(f) for f in lineage.figures.values() if f.amount is not None}
    return get_close_matches(asked, sorted(names), 3, 0.5) or get_close_matches(
        asked, sorted(values), 3, 0.6
    )
