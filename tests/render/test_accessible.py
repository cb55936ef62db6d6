"""What a reader who cannot see the page depends on, in every Word file of a build; and validity."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from disclosure.pipeline import Build, Product

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
DC = "{http://purl.org/dc/elements/1.1/}"
BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True)
class File:
    """A Word file of the build, read back."""

    product: Product

    def xml(self, part: str) -> Any:
        return etree.fromstring(zipfile.ZipFile(io.BytesIO(self.product.data)).read(part))

    @cached_property
    def body(self) -> Any:
        return self.xml("word/document.xml").find(f"{W}body")

    @cached_property
    def styles(self) -> dict[str, Any]:
        return {s.get(f"{W}styleId"): s for s in self.xml("word/styles.xml").iter(f"{W}style")}

    def headings(self) -> Iterator[tuple[int, str]]:
        """Level (from 1) and words of each heading, in order."""
        for paragraph in self.body.iter(f"{W}p"):
            level = self._level(paragraph)
            if level < BODY_TEXT:
                yield level + 1, "".join(t.text or "" for t in paragraph.iter(f"{W}t"))

    def _level(self, holder: Any) -> int:
        own = holder.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return int(own.get(f"{W}val"))
        style = holder.find(f"{W}pPr/{W}pStyle")
        style = holder.find(f"{W}basedOn") if style is None else style
        return BODY_TEXT if style is None else self._level(self.styles[style.get(f"{W}val")])


@pytest.fixture(scope="session")
def files(report_2023: Build) -> list[File]:
    """The report and its attachments."""
    return [File(p) for p in report_2023.products if p.kind in ("report", "attachment")]


@pytest.fixture(scope="session")
def report(files: list[File]) -> File:
    return files[0]


def test_headings_begin_at_the_top_and_skip_no_level(files: list[File]) -> None:
    for file in files:
        levels = [level for level, _ in file.headings()]

        assert levels[0] == min(levels) == (1 if file.product.kind == "report" else 2)
        for above, below in pairwise(levels):
            assert below <= above + 1, list(file.headings())


def test_every_part_section_and_attachment_is_a_heading(report: File, report_2023: Build) -> None:
    headings = list(report.headings())

    for heading in report_2023.document.headings:
        assert (heading.level, heading.paragraph.plain) in headings
    for attachment in report_2023.document.attachments:
        assert (2, str(attachment.titles["附件标题"])) in headings


def test_header_rows_are_marked_and_nothing_below_them(
    files: list[File], report_2023: Build
) -> None:
    headers = {table.name: len(table.header) for table in report_2023.document.tables}
    for file in files:
        for table in file.body.iter(f"{W}tbl"):
            marks = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
            # A score table is a form: its first row, which names the project, is its header.
            size = headers.get(table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"), 1)
            assert marks == [True] * size + [False] * (len(marks) - size)


def test_every_table_has_a_title_and_a_description(files: list[File]) -> None:
    for file in files:
        for table in file.body.iter(f"{W}tbl"):
            for kind in ("tblCaption", "tblDescription"):
                assert table.find(f"{W}tblPr/{W}{kind}").get(f"{W}val").strip()


def test_every_drawing_says_what_it_shows(report: File, report_2023: Build) -> None:
    told = [drawing.get("descr") for drawing in report.body.iter(DRAWN)]

    assert told == [chart.description for chart in report_2023.document.charts.values()]
    for chart, words in zip(report_2023.document.charts.values(), told, strict=True):
        assert all(label in words for labels in chart.labels for label in labels)


def test_title_and_language_are_set(files: list[File], report_2023: Build) -> None:
    attachments = [a.titles["附件标题"] for a in report_2023.document.attachments]
    titles = [str(title) for title in (report_2023.document.title, *attachments)]

    for file, title in zip(files, titles, strict=True):
        core = file.xml("docProps/core.xml")
        language = file.xml("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        assert core.find(f"{DC}title").text == title
        assert core.find(f"{DC}language").text == "zh-CN"
        assert language.get(f"{W}eastAsia") == "zh-CN"


def test_the_checker_has_nothing_to_say_about_any_product(
    files: list[File], tmp_path: Path
) -> None:
    for number, file in enumerate(files):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(file.product.data)

        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
