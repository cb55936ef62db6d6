"""The delivered file against the data: every paragraph, figure, year, direction, name, cell, entry.

What stands in the .docx somebody is about to publish has another origin than what the data say now:
it may have been edited in Word, saved by another program, or made before a correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.check.document_rules_align import settled
from disclosure.check.document_rules_changes import changes
from disclosure.check.document_rules_delivered import Delivered
from disclosure.check.document_rules_paragraphs import (
    directions_are_as_built,
    figures_are_as_built,
    headings_are_as_built,
    names_are_as_built,
    no_paragraph_is_added,
    no_paragraph_is_missing,
    no_paragraph_is_moved,
    words_are_as_built,
    years_are_as_built,
)
from disclosure.check.document_rules_tables import (
    amounts_are_as_built,
    scores_are_as_built,
    tables_are_complete,
    words_in_tables_are_as_built,
)
from disclosure.check.rule import Looked, Remark, Rule, Said, rule
from disclosure.model.finished import CONTENTS

__all__ = ["DELIVERED_RULES", "Delivered"]


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
    place = subject.at("目录")
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
        place = subject.at(f"{chart.place} {chart.name}")
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
