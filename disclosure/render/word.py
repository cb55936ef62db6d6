"""The report and its attachments as .docx, out of the document value and the Word templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from charts import Picture
from disclosure.document import Attachment, Document
from disclosure.model.chart import ChartSeries
from disclosure.model.table import Cell, Table
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.headings import NumberedHeading
from disclosure.render.engine import RawXml, WordTemplate, heading_anchor
from disclosure.render.package import DocumentProperties, PictureFile, assemble, picture_markup
from disclosure.render.printing import run_text

TOTAL = "合计"
CONTENTS_LEVELS = 2  # the contents page lists 部分 and 节


@dataclass(frozen=True)
class WordTemplates:
    """The pack's three Word templates, prepared."""

    report: WordTemplate
    overall: WordTemplate
    project: WordTemplate

    @classmethod
    def load(cls, paths: Mapping[str, Path], cache: Path | None) -> WordTemplates:
        """Raises DisclosureError with the faults of a template."""
        return cls(
            *(
                WordTemplate.load(paths[f"{name}.docx"], cache)
                for name in ("report", "attachment_overall", "attachment_project")
            )
        )


def report_docx(
    document: Document,
    pictures: Mapping[str, Picture],
    templates: WordTemplates,
    names: Mapping[str, object],
    properties: DocumentProperties,
) -> bytes:
    """The whole report, attachments spliced in from their own templates."""
    files = [picture_file(series, pictures[key]) for key, series in document.charts.items()]
    values = {
        **names,
        "封面标题": document.cover,
        "标题": _titles(document.headings),
        "段落": document.sections,
        "表": {
            table.name: table_values(table, document.notes[table.name]) for table in document.tables
        },
        "图": {
            key: {
                "标题": Paragraph(f"图/{key}", _caption(series)),
                "图形": picture_markup(file, number),
            }
            for number, ((key, series), file) in enumerate(
                zip(document.charts.items(), files, strict=True), 1
            )
        },
        "目录": contents(document.headings),
        "附件列表": [
            {
                "正文": _template(attachment, templates).fragment(
                    attachment_values(attachment, names)
                )
            }
            for attachment in document.attachments
        ],
    }
    rendered = templates.report.render(values)
    return assemble(templates.report, rendered, files, properties)


def attachment_docx(
    attachment: Attachment,
    templates: WordTemplates,
    names: Mapping[str, object],
    properties: DocumentProperties,
) -> bytes:
    """One attachment as a file of its own; the same body as in the report."""
    template = _template(attachment, templates)
    return assemble(template, template.render(attachment_values(attachment, names)), [], properties)


def _template(attachment: Attachment, templates: WordTemplates) -> WordTemplate:
    return templates.overall if attachment.overall else templates.project


def attachment_values(attachment: Attachment, names: Mapping[str, object]) -> dict[str, object]:
    """What the tags of an attachment's template may name."""
    sections = {
        heading.key: attachment.sections.get(heading.key, []) for heading in attachment.headings
    }
    return {
        **names,
        **attachment.titles,
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


def _caption(series: ChartSeries) -> Text:
    return Text(series.caption)


def _titles(headings: Iterable[NumberedHeading]) -> dict[str, Paragraph]:
    return {heading.key: heading.paragraph for heading in headings}


def contents(headings: Iterable[NumberedHeading]) -> list[dict[str, object]]:
    """Entries of the contents page: level and a link to the heading."""
    return [
        {"级": heading.level, "链接": _link(heading.paragraph)}
        for heading in headings
        if heading.level <= CONTENTS_LEVELS
    ]


def _link(heading: Paragraph) -> RawXml:
    anchor = heading_anchor(heading.key)
    text = run_text(heading.plain)
    return RawXml(
        f'</w:t></w:r><w:hyperlink w:anchor="{anchor}" w:history="1"><w:r>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve">'
    )


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
