"""The whole document as a value: headings, paragraphs, tables, charts, attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.derive.evaluation import Evaluation
from disclosure.derive.report import Report
from disclosure.model.chart import ChartSeries
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem, ToDo
from disclosure.model.table import Table
from disclosure.model.text import Paragraph, Snippet
from disclosure.narrate import (
    attachments,
    general_budget,
    other_sections,
    overview,
    performance,
    three_public,
    totals,
)
from disclosure.narrate.headings import NumberedHeading, attachment_headings, report_headings
from disclosure.narrate.score_tables import score_table, titles
from disclosure.narrate.terms import glossary
from disclosure.narrate.voice import Voice
from disclosure.schema.pack import Heading, PackLayout, Term
from disclosure.tables.chart_series import chart_series
from disclosure.tables.public_tables import notes, public_tables

# Which function speaks in which section of the pack's tree. A new section is one line here.
SECTIONS: dict[str, Callable[[Voice], list[Paragraph]]] = {
    "主要职责": overview.duties,
    "机构设置": overview.offices,
    "预算单位构成": overview.units,
    "人员情况": overview.staff,
    "收支总体": totals.grand_totals,
    "收入": totals.revenue,
    "支出": totals.expenditure,
    "财政拨款总体": totals.fiscal_totals,
    "一般公共预算总体": general_budget.overall,
    "一般公共预算结构": general_budget.structure,
    "一般公共预算具体": general_budget.items,
    "基本支出": general_budget.basic_expenditure,
    "政府性基金": general_budget.government_fund,
    "国有资本经营": general_budget.state_capital,
    "三公总体": three_public.overall,
    "三公具体": three_public.details,
    "机关运行经费": other_sections.agency_operating,
    "政府采购": other_sections.procurement,
    "国有资产": other_sections.state_assets,
    "绩效管理": performance.management,
    "项目自评": performance.results,
    "结果应用": performance.application,
    "专项转移支付": other_sections.special_transfers,
    "其他说明": other_sections.other_notes,
    "附件": attachments.attachments,
}
GLOSSARY = "名词解释"
ADDED = "添加"


NOTES = "备注"  # under the table, without a heading of its own


@dataclass(frozen=True)
class Attachment:
    """One self-evaluation: titles, text per heading key, and the cells of its score table."""

    number: int
    key: str
    overall: bool
    titles: dict[str, object]
    headings: tuple[NumberedHeading, ...]
    sections: dict[str, list[Paragraph]]
    cells: dict[str, object]


@dataclass(frozen=True)
class Document:
    """部门决算公开 as a value, before any file format.

    `sections` maps a heading key of the pack to its paragraphs; `notes` a table's name to the
    paragraphs under it.
    """

    title: str
    cover: str
    workbook: str
    headings: tuple[NumberedHeading, ...]
    sections: dict[str, list[Paragraph]]
    tables: tuple[Table, ...]
    notes: dict[str, list[Paragraph]]
    charts: dict[str, ChartSeries]
    attachments: tuple[Attachment, ...]
    todos: tuple[ToDo, ...]

    def paragraphs(self) -> Iterable[Paragraph]:
        """Every paragraph of the report and its attachments, headings apart."""
        for paragraphs in (*self.sections.values(), *self.notes.values()):
            yield from paragraphs
        for attachment in self.attachments:
            for paragraphs in attachment.sections.values():
                yield from paragraphs


def write_document(voice: Voice, terms: Sequence[Term]) -> Document:
    """Put the whole report into words, tables and charts."""
    headings = tuple(report_headings(voice))
    sections = {heading.key: _section(voice, heading.key, terms) for heading in headings}
    evaluated = [e for e in (voice.report.overall, *voice.report.projects) if e is not None]
    return Document(
        title=_pack_words(voice, voice.layout.report_name),
        cover=_pack_words(voice, voice.layout.cover_title),
        workbook=_pack_words(voice, voice.layout.workbook_name),
        headings=headings,
        sections=_with_extras(voice, sections),
        tables=public_tables(voice),
        notes=_with_extras(
            voice, {layout.name: notes(voice, layout) for layout in voice.layout.tables}
        ),
        charts=chart_series(voice),
        attachments=tuple(_attachment(voice, evaluation) for evaluation in evaluated),
        todos=tuple(voice.todos),
    )


def _with_extras(
    voice: Voice, sections: Mapping[str, list[Paragraph]], where: str = ""
) -> dict[str, list[Paragraph]]:
    """With the unit's own 添加段落 behind the paragraphs, or below the headings, they belong to."""
    extras = voice.report.content.extras

    def added(key: str) -> Iterable[Paragraph]:
        snippets = extras.paragraphs.get(key, []) if extras else []
        for name, snippet in zip(extra_keys(key, snippets), snippets, strict=True):
            yield Paragraph(name, voice.words(snippet))

    return {
        key: [
            *added(f"{where}标题/{key}"),
            *(one for own in paragraphs for one in (own, *added(own.key))),
        ]
        for key, paragraphs in sections.items()
    }


def extra_keys(key: str, snippets: Iterable[Snippet]) -> list[str]:
    """The keys of 添加段落 behind `key`: by their words, so that one more does not rename them."""
    found: list[str] = []
    for snippet in snippets:
        digest = hashlib.blake2b(snippet.words.encode(), digest_size=6).hexdigest()
        name = f"{key}/{ADDED}/{digest}"
        found.append(f"{name}-{len(found)}" if name in found else name)
    return found


def unused_extras(report: Report, document: Document) -> list[Problem]:
    """An 添加段落 behind a paragraph that is not there would silently be lost."""
    extras = report.content.extras.paragraphs if report.content.extras else {}
    printed = [paragraph.key for paragraph in document.paragraphs()]
    problems = []
    for key, snippets in extras.items():
        if snippets and extra_keys(key, snippets)[0] not in printed:
            near = nearest(key, printed)
            advice = f"是不是“{near}”？" if near else "换成另一段的名称，或删去这一条"
            problem = Problem(f"添加段落的位置“{key}”不在文档里。", snippets[0].source, advice)
            problems.append(problem)
    return problems


def _section(voice: Voice, key: str, terms: Sequence[Term]) -> list[Paragraph]:
    """What stands under a heading. A sentence for which the pack has empty words is not there."""
    if key == GLOSSARY:
        return _said(glossary(voice, terms))
    speak = SECTIONS.get(key)
    return _said(speak(voice)) if speak else []


def _said(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if paragraph.text]


def unknown_sections(layout: PackLayout) -> list[Problem]:
    """Headings of the pack under which nothing can stand: a slip in a 键 would lose a section."""
    known = [*SECTIONS, GLOSSARY]
    inside = [*attachments.SUMMARY_KEYS]
    return [
        *_unfilled(layout.parts, known),
        *_unfilled([*layout.attachments.overall, *layout.attachments.project], inside),
    ]


def _unfilled(headings: Iterable[Heading], known: Sequence[str]) -> Iterable[Problem]:
    for heading in headings:
        below = [*([] if isinstance(heading.sections, str) else heading.sections)]
        below += [*heading.items, *heading.subitems]
        if below or heading.sections == "公开表" or heading.key in known:
            yield from _unfilled(below, known)
        else:
            near = nearest(heading.key, known)
            yield Problem(
                f"标题的键“{heading.key}”没有对应的内容。",
                Location("pack.yaml", None, f"{heading.key}"),
                f"是不是“{near}”？" if near else f"可选：{'、'.join(known)}",
            )


def _attachment(voice: Voice, evaluation: Evaluation) -> Attachment:
    overall = evaluation is voice.report.overall
    where = f"附件/{evaluation.key}"
    headings = tuple(attachment_headings(voice, overall=overall, where=where))
    below: dict[str, list[Paragraph]] = {heading.key: [] for heading in headings}
    said = {
        key: _said(paragraphs)
        for key, paragraphs in attachments.summary(voice, evaluation).items()
        if key in below or key == NOTES  # a pack without a heading does not print what it heads
    }
    return Attachment(
        number=evaluation.number,
        key=evaluation.key,
        overall=overall,
        titles=titles(voice, evaluation),
        headings=headings,
        sections=_with_extras(voice, below | said, f"{where}/"),
        cells=score_table(voice, evaluation),
    )


def _pack_words(voice: Voice, words: str) -> str:
    return voice.speaker.speak(Snippet(words, Location("pack.yaml"))).plain
