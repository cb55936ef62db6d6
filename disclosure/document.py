"""The whole document as a value: headings, paragraphs, tables, charts, attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from disclosure.derive.evaluation import Evaluation
from disclosure.model.chart import ChartSeries
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem, ToDo
from disclosure.model.table import Table
from disclosure.model.text import Paragraph, Snippet
from disclosure.narrate import (
    evaluations,
    general_budget,
    other_sections,
    overview,
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
    "绩效管理": evaluations.management,
    "项目自评": evaluations.results,
    "结果应用": evaluations.application,
    "专项转移支付": other_sections.special_transfers,
    "其他说明": other_sections.other_notes,
    "附件": evaluations.attachments,
}
GLOSSARY = "名词解释"


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
        sections=sections,
        tables=public_tables(voice),
        notes={layout.name: notes(voice, layout) for layout in voice.layout.tables},
        charts=chart_series(voice),
        attachments=tuple(_attachment(voice, evaluation) for evaluation in evaluated),
        todos=tuple(voice.todos),
    )


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
    inside = [*evaluations.SUMMARY_KEYS]
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
    return Attachment(
        number=evaluation.number,
        key=evaluation.key,
        overall=overall,
        titles=titles(voice, evaluation),
        headings=tuple(attachment_headings(voice, overall=overall, where=f"附件/{evaluation.key}")),
        sections={k: _said(ps) for k, ps in evaluations.summary(voice, evaluation).items()},
        cells=score_table(voice, evaluation),
    )


def _pack_words(voice: Voice, words: str) -> str:
    return voice.speaker.speak(Snippet(words, Location("pack.yaml"))).plain
