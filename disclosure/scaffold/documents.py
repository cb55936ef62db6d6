"""The three Word templates of a pack, put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosure.model.place import DisclosureError, Problem
from disclosure.scaffold import labels
from disclosure.scaffold.markup import (
    contents_block,
    item,
    looped,
    paragraph,
    statement,
    value,
)
from disclosure.scaffold.pages import COVER, PORTRAIT, Flow, section_end
from disclosure.scaffold.parts import word_package
from disclosure.scaffold.score import overall_table, project_table
from disclosure.scaffold.tables import page_of, public_table
from disclosure.schema.pack import ChartLayout, Heading, PackLayout

_NEW_PAGE = "<w:pageBreakBefore/>"
_SAME_PAGE = '<w:pageBreakBefore w:val="0"/>'  # the section has begun one already


def word_templates(layout: PackLayout) -> dict[str, bytes]:
    """The templates by file name: report.docx, attachment_overall.docx, attachment_project.docx.

    The same layout gives the same bytes. Raises DisclosureError when a table's header does not
    fit its columns, or a chart belongs to a section that the pack does not have.
    """
    _refuse_charts_without_section(layout)
    attachments = layout.attachments
    return {
        "report.docx": word_package(_report(layout)),
        "attachment_overall.docx": word_package(_attachment(attachments.overall, overall_table())),
        "attachment_project.docx": word_package(
            _attachment(attachments.project, project_table(layout.project_choices))
        ),
    }


# ---------------------------------------------------------------- the report


def _report(layout: PackLayout) -> str:
    flow = Flow(first_number=1)
    for part in layout.parts:
        _part(layout, part, flow)
    if all(part.key != labels.ATTACHMENTS_PART for part in layout.parts):
        flow.turn(PORTRAIT)
        flow.add(_attachments())
    return _cover() + _contents() + flow.finished()


def _cover() -> str:
    return (
        paragraph("CoverTitle", value("封面标题"))
        + paragraph("CoverUnit", value("单位名称"))
        + section_end(COVER)
    )


def _contents() -> str:
    """The contents pages; an entry's link brings its text, dots and page number."""
    entry = value("条.链接")
    return contents_block(
        paragraph("ContentsTitle", labels.CONTENTS)
        + statement("for 条 in 目录")
        + statement("if 条.级 == 1")
        + paragraph("TOC1", entry)
        + statement("elif 条.级 == 2")
        + paragraph("TOC2", entry)
        + statement("else")
        + paragraph("TOC3", entry)
        + statement("endif")
        + statement("endfor")
    ) + section_end(PORTRAIT, 'w:fmt="lowerRoman" w:start="1"')


def _part(layout: PackLayout, part: Heading, flow: Flow) -> None:
    with_tables = part.sections == "公开表"
    flow.turn(page_of(layout.tables[0]) if with_tables and layout.tables else PORTRAIT)
    with_attachments = part.key == labels.ATTACHMENTS_PART
    style = "DividerHeading" if with_attachments else "Heading1"
    flow.add(
        paragraph(style, _title(part), extra=_SAME_PAGE if flow.is_at_top else ""),
        *_under(part, layout.charts),
    )
    if with_tables:
        _tables(layout, flow)
    flow.add(*_below(part, layout.charts))
    if with_attachments:
        flow.add(_attachments())


def _tables(layout: PackLayout, flow: Flow) -> None:
    for number, table in enumerate(layout.tables):
        flow.turn(page_of(table))
        under_part = number == 0
        stays = under_part or flow.is_at_top
        title = value(item("标题", table.name))
        flow.add(
            paragraph("Heading2", title, extra="" if stays else _NEW_PAGE),
            *public_table(layout, table, under_part=under_part),
        )


def _below(
    heading: Heading, charts: Sequence[ChartLayout], family: str = "Heading"
) -> Iterator[str]:
    """The 节, 目 and 小目 of a heading, each with what stands under it."""
    sections = [] if isinstance(heading.sections, str) else heading.sections
    for level, headings in ((2, sections), (3, heading.items), (4, heading.subitems)):
        for each in headings:
            yield from _headed(each, level, charts, family)


def _headed(
    heading: Heading, level: int, charts: Sequence[ChartLayout], family: str = "Heading"
) -> Iterator[str]:
    yield paragraph(f"{family}{level}", _title(heading))
    yield from _under(heading, charts)
    yield from _below(heading, charts, family)


def _title(heading: Heading) -> str:
    return value(item("标题", heading.key))


def _under(heading: Heading, charts: Sequence[ChartLayout]) -> Iterator[str]:
    """The paragraphs under a heading, then its charts."""
    yield looped("BodyParagraph", "段", item("段落", heading.key))
    for chart in charts:
        if chart.section == heading.key:
            drawn = item("图", chart.key)
            yield paragraph("ChartCaption", value(f"{drawn}.标题"))
            yield paragraph("ChartPicture", value(f"{drawn}.图形"))


def _refuse_charts_without_section(layout: PackLayout) -> None:
    known = set(_keys(layout.parts))
    problems = [
        Problem(
            f"单位包的图“{chart.key}”要放在“{chart.section}”一节后面，但部分里没有这个键。",
            advice="把“节”改成部分、节、目中的一个键。",
        )
        for chart in layout.charts
        if chart.section not in known
    ]
    if problems:
        raise DisclosureError(*problems)


def _keys(headings: Iterable[Heading]) -> Iterator[str]:
    for heading in headings:
        yield heading.key
        yield from _keys([] if isinstance(heading.sections, str) else heading.sections)
        yield from _keys([*heading.items, *heading.subitems])


def _attachments() -> str:
    return (
        statement("for 附件 in 附件列表")
        + paragraph("BodyParagraph", "{{p 附件.正文 }}")
        + statement("endfor")
    )


# ---------------------------------------------------------------- an attachment


def _attachment(headings: Iterable[Heading], table: str) -> str:
    flow = Flow(first_number=1)
    flow.add(
        paragraph("AttachmentLabel", value("附件标签")),
        paragraph("AttachmentTitle", value("附件标题")),
        *(block for heading in headings for block in _headed(heading, 2, (), "AttachmentHeading")),
        paragraph("ScoreTitle", value("自评表标题")),
        paragraph("ScoreInfo", f"{value('盖章单位')}\t{value('填报日期')}"),
        table,
        looped("ScoreNote", "注", item("段落", labels.REMARKS)),
    )
    return flow.finished()
