"""The report and its attachments as .docx, out of the document value and the Word templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from charts import Picture, native_chart
from disclosure.document import Attachment, Document
from disclosure.model.chart import ChartSeries
from disclosure.model.place import Gathered
from disclosure.model.table import Cell, Table
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.headings import NumberedHeading
from disclosure.render.contents import PageNumbers, attachment_title, contents
from disclosure.render.engine import RawXml, Rendered, WordTemplate
from disclosure.render.guard import words_in
from disclosure.render.package import (
    ChartFile,
    DocumentProperties,
    PictureFile,
    assemble,
    drawing_markup,
)
from disclosure.render.printing import Caption

TOTAL = "合计"


@dataclass(frozen=True)
class WordTemplates:
    """The pack's three Word templates, prepared."""

    report: WordTemplate
    overall: WordTemplate
    project: WordTemplate

    @classmethod
    def load(cls, paths: Mapping[str, Path], cache: Path | None) -> WordTemplates:
        """Raises DisclosureError with the faults of a template."""
        loaded: dict[str, WordTemplate] = {}
        gathered = Gathered()
        for name in ("report", "attachment_overall", "attachment_project"):
            with gathered:
                loaded[name] = WordTemplate.load(paths[f"{name}.docx"], cache)
        gathered.stop_if_any()
        return cls(loaded["report"], loaded["attachment_overall"], loaded["attachment_project"])


@dataclass(frozen=True)
class FilledAttachment:
    """An attachment's template filled once: the report takes the body, its own file the whole."""

    template: WordTemplate
    values: Mapping[str, object]
    rendered: Rendered


def fill_attachment(
    attachment: Attachment, templates: WordTemplates, names: Mapping[str, object]
) -> FilledAttachment:
    """Raises DisclosureError when a tag of its template cannot be filled."""
    template = templates.overall if attachment.overall else templates.project
    values = attachment_values(attachment, names)
    return FilledAttachment(template, values, template.render(values))


def report_docx(
    document: Document,
    attachments: Sequence[FilledAttachment],
    pictures: Mapping[str, Picture],
    templates: WordTemplates,
    names: Mapping[str, object],
    properties: DocumentProperties,
    *,
    native_charts: bool = False,
    page_numbers: PageNumbers = None,
) -> bytes:
    """The whole report, attachments spliced in from their own templates."""
    files = [
        chart_file(series) if native_charts else picture_file(series, pictures[key])
        for key, series in document.charts.items()
    ]
    drawn = {
        key: drawing_markup(file, n)
        for n, (key, file) in enumerate(zip(document.charts, files, strict=True), 1)
    }
    bodies = [one.template.spliced(one.rendered, templates.report) for one in attachments]
    values = report_values(document, names, drawn, bodies, page_numbers)
    rendered = templates.report.render(values)
    return assemble(templates.report, rendered, files, properties, partial(words_in, values))


def report_values(
    document: Document,
    names: Mapping[str, object],
    drawn: Mapping[str, RawXml],
    bodies: Iterable[RawXml],
    page_numbers: PageNumbers = None,
) -> dict[str, object]:
    """What the tags of the report's template may name; charts and attachments come ready."""
    return {
        **names,
        "封面标题": document.cover,
        "标题": _titles(document.headings),
        "段落": document.sections,
        "表": {
            table.name: table_values(table, document.notes[table.name]) for table in document.tables
        },
        "图": {
            key: {"标题": _caption(key, series), "图形": drawn[key]}
            for key, series in document.charts.items()
        },
        "目录": contents(document, page_numbers),
        "附件列表": [{"正文": body} for body in bodies],
    }


def attachment_docx(filled: FilledAttachment, properties: DocumentProperties) -> bytes:
    """One attachment as a file of its own; the same body as in the report."""
    words = partial(words_in, filled.values)
    return assemble(filled.template, filled.rendered, [], properties, words)


def attachment_values(attachment: Attachment, names: Mapping[str, object]) -> dict[str, object]:
    """What the tags of an attachment's template may name."""
    sections = {
        heading.key: attachment.sections.get(heading.key, []) for heading in attachment.headings
    }
    return {
        **names,
        **attachment.titles,
        "附件标题": attachment_title(attachment),
        "标题": _titles(attachment.headings),
        "段落": {**sections, **attachment.sections},
        "自评": attachment.cells,
    }


def picture_file(series: ChartSeries, picture: Picture) -> PictureFile:
    return PictureFile(
        series.caption,
        picture.png,
        picture.svg,
        picture.width_mm,
        picture.height_mm,
        series.description,
    )


def chart_file(series: ChartSeries) -> ChartFile:
    chart = native_chart(series)
    return ChartFile(
        series.caption,
        chart.xml,
        chart.workbook,
        chart.width_mm,
        chart.height_mm,
        series.description,
    )


def _caption(key: str, series: ChartSeries) -> Caption | Paragraph:
    """The caption with its number as a field; as words alone where it has no such number."""
    place = f"图/{key}"
    if not series.label:
        return Paragraph(place, Text(series.caption))
    before = series.label.removesuffix(str(series.number))
    return Caption(place, before, series.number, series.caption.removeprefix(series.label))


def _titles(headings: Iterable[NumberedHeading]) -> dict[str, Paragraph]:
    return {heading.key: heading.paragraph for heading in headings}


def table_values(table: Table, notes: list[Paragraph]) -> dict[str, object]:
    """A 公开表 as the template sees it: head matter, 合计, body rows, notes."""
    rows = [
        {**row.cells, "是合计": row.key in table.total_keys}
        for row in table.rows
        if row.key != TOTAL
    ]
    total = next((row.cells for row in table.rows if row.key == TOTAL), {})
    if len(table.rows) == 1 and not rows and "科目代码" not in table.columns:
        rows = [{**total, "是合计": False}]
    return {
        "标题": table.title,
        "编号": table.code,
        "部门": table.department,
        "年度": table.period,
        "单位": table.unit,
        "合计": _named_totals(total),
        "行": rows,
        "注": notes,
        "说明": [Paragraph(f"说明/{table.name}", Text(table.empty_note))]
        if table.empty_note
        else [],
    }


def _named_totals(total: Mapping[str, Cell]) -> dict[str, Cell]:
    """公开06表 closes with two labelled amounts; a template names them by their labels."""
    named = dict(total)
    labels = [cell for tag, cell in total.items() if tag.startswith("代码") and cell.text]
    amounts = [cell for tag, cell in total.items() if tag.startswith("决算数") and cell.figure]
    if labels and len(labels) <= len(amounts):
        named |= {label.text: amount for label, amount in zip(labels, amounts, strict=False)}
    return named
