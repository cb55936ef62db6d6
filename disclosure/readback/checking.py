"""Checking a file somebody is about to publish: against the data, and in itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from disclosure.check.causes import grouped
from disclosure.check.document_rules import DELIVERED_RULES, Delivered
from disclosure.check.document_rules_align import settled
from disclosure.check.document_rules_words import check_words, words_of
from disclosure.check.rule import Entry, Rule, Verdict, run
from disclosure.check.rules import TABLE_RULES, TOLD_RULES, Checked
from disclosure.derive.report import Report
from disclosure.document import Document
from disclosure.model.finished import BODY, HEADING, Finished, ReadParagraph
from disclosure.model.place import Level
from disclosure.model.table import Row
from disclosure.readback.reader import read_docx
from disclosure.readback.sources import marked, names, table_rows
from disclosure.readback.told import last_year, project_names, told_of_file
from disclosure.schema.pack import PackLayout


@dataclass(frozen=True)
class Data:
    """The data of the report that a file should be: its value, and the .docx they make now."""

    report: Report
    document: Document
    docx: bytes

    @cached_property
    def built(self) -> Finished:
        """The .docx of the data, read back."""
        return read_docx(self.docx, "数据")


NO_DATA = "没有与这个文件对应的内容文件"


def check_docx(docx: bytes, file: str, layout: PackLayout | None, data: Data | None) -> Checked:
    """Every rule that a file can be held against. Without `data` it is checked in itself.

    Raises DisclosureError when the file is no .docx.
    """
    read = read_docx(docx, file)
    entries: list[Entry] = []
    own: Iterable[ReadParagraph] = read.of(BODY, HEADING)
    if data is None:
        entries += (_could_not_run(each) for each in DELIVERED_RULES)
    else:
        delivered = _delivered(read, data)
        entries += run(DELIVERED_RULES, delivered)
        # What stands in the file as built was checked with the data; what was typed in it is new.
        own = [
            pair.read
            for pair in delivered.pairs
            if pair.read
            and (not pair.built or settled(pair.built.words) != settled(pair.read.words))
        ]
    if data is None:
        told = told_of_file(read, layout)
    else:
        told = told_of_file(read, layout, _also(data), last_year(data.report))
    entries += run(TABLE_RULES, told.cells)
    entries += run(TOLD_RULES, told)
    entries += check_words(words_of(read, own))
    found = [finding for entry in entries for finding in entry.findings]
    if data is not None:
        found = [f for f in found if f.level is not Level.ROUNDING]
    return Checked(grouped(found), (), tuple(entries))


def _could_not_run(rule: Rule[Delivered]) -> Entry:
    return Entry(rule, Verdict.UNKNOWN, NO_DATA, 0, ())


def _delivered(read: Finished, data: Data) -> Delivered:
    report = data.report
    unit = (report.unit.full_name.words, report.unit.short_name)
    known = (name for table in data.document.tables for name in _named(table.rows))
    return Delivered(
        read,
        data.built,
        marked(data.document),
        table_rows(data.document),
        names(data.document, unit, known),
    )


def _named(rows: Iterable[Row]) -> Iterator[str]:
    """Names of 科目 as the tables print them."""
    for row in rows:
        for tag, cell in row.cells.items():
            if "名称" in tag and cell.text:
                yield cell.text


def _also(data: Data) -> dict[str, tuple[str, ...]]:
    """By 附件 number, every name that its project goes by."""
    known = project_names(data.report)
    attachments = data.document.attachments
    return {str(one.titles["附件标签"]): known.get(one.key, ()) for one in attachments}
