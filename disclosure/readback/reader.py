"""Reads a .docx of ours into a :class:`disclosure.model.finished.Finished`.

Works on our own bytes and on what Word, WPS or LibreOffice made of them: style ids are looked up,
bookmarks are kept by all three, tables are known by the number that stands over them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from disclosure.model.finished import (
    BODY,
    CONTENTS,
    HEADING,
    MARGIN,
    Finished,
    ReadChart,
    ReadParagraph,
    ReadTable,
)
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.readback.grid import grid
from disclosure.readback.inline import Inline, W, blocks, mark_is_deleted, read_inline

DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_TABLE = W + "tbl"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"(?:toc|目录)\s*[1-9]|contents\s*[1-9]", re.IGNORECASE)
_PAGE = re.compile(r"\t[ivxlcdm\d]*\s*$")
_ONLY_PAGE = re.compile(r"[\W_]*[ivxlcdm\d]*[\W_]*")  # — 15 —
_SHORT = re.compile(
    r"^\s*(第[一二三四五六七八九十百]+部分|[一二三四五六七八九十]+(?=、)"
    r"|（[一二三四五六七八九十]+）|\d+(?=[.．、]))"
)
_CODE = re.compile(r"公开\s*\d+\s*表")
_ATTACHMENT = re.compile(r"^\s*(附件\s*\d+)")
_SCORES = "自评表"
_LEAD = 4  # lines over a table that may name it: title, number, 部门 with 年度 and 单位
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def read_docx(data: bytes, file: str = "") -> Finished:
    """The file as a reader meets it. Raises DisclosureError when it is no .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            document = etree.fromstring(package.read(DOCUMENT), _SAFE)
            styles = _Styles(package.read(_STYLES) if _STYLES in names else b"")
            margins = [
                etree.fromstring(package.read(name), _SAFE)
                for name in sorted(names)
                if _MARGINS.fullmatch(name)
            ]
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError) as error:
        raise DisclosureError(
            Problem(
                "这个文件不是 Word 文档（.docx），或者已经损坏。",
                Location(file) if file else None,
                "在 Word 里打开，另存为 .docx 再核对",
                stops=True,
            )
        ) from error
    reading = _Reading(styles)
    reading.body(blocks(document))
    reading.margins(margins)
    return Finished(file, tuple(reading.paragraphs), tuple(reading.tables), tuple(reading.charts))


class _Styles:
    """Which paragraph styles are headings and which lines of the contents page."""

    def __init__(self, xml: bytes) -> None:
        self.levels: dict[str, int] = {}
        self.contents: set[str] = set()
        if not xml:
            return
        for style in etree.fromstring(xml, _SAFE).iter(W + "style"):
            identity = style.get(W + "styleId", "")
            name = style.find(W + "name")
            words = name.get(W + "val", "") if name is not None else ""
            found = _HEADING_STYLE.fullmatch(words) or _HEADING_STYLE.fullmatch(identity)
            if found:
                self.levels[identity] = int(found[1])
            elif _CONTENTS_STYLE.fullmatch(words) or _CONTENTS_STYLE.fullmatch(identity):
                self.contents.add(identity)


@dataclass
class _Reading:
    """What has been read so far, and under which headings."""

    styles: _Styles
    paragraphs: list[ReadParagraph] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    charts: list[ReadChart] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    attachment: str = ""
    number: int = 0
    lead: list[str] = field(default_factory=list)
    running_on: Inline | None = None

    def body(self, found: Iterable[Any]) -> None:
        for block in found:
            if block.tag == _TABLE:
                self._table(block)
            else:
                self._paragraph(block)

    def margins(self, roots: Iterable[Any]) -> None:
        """Headers and footers, where a year or a name may be left over as well."""
        for root in roots:
            for block in blocks(root):
                words = read_inline(block).plain
                if words.strip() and not _ONLY_PAGE.fullmatch(words):
                    self.paragraphs.append(ReadParagraph(words, MARGIN, kind=MARGIN))

    @property
    def place(self) -> str:
        """第三部分 九 （一）."""
        names = [_short(words) for _, words in sorted(self.headings.items())]
        return " ".join([*([self.attachment] if self.attachment else []), *names]) or "封面"

    @property
    def section(self) -> tuple[str, ...]:
        own = tuple(words for _, words in sorted(self.headings.items()))
        return (self.attachment, *own) if self.attachment else own

    def _paragraph(self, paragraph: Any) -> None:
        inline = read_inline(paragraph, self.running_on)
        self.running_on = inline if mark_is_deleted(paragraph) else None
        if self.running_on:
            return
        words = inline.plain
        style = _style_of(paragraph)
        level = self.styles.levels.get(style, 0)
        target = next((link for link in inline.links if link.startswith("_Toc")), "")
        for name, told in inline.drawings:
            self.charts.append(ReadChart(name, told, self.place))
        if words.strip() or inline.marks:
            self._said(words, inline, style, level, target)
        for box in inline.boxes:
            self.body(blocks(box))

    def _said(self, words: str, inline: Inline, style: str, level: int, target: str) -> None:
        kind = BODY
        if target or style in self.styles.contents:
            kind, words = CONTENTS, _PAGE.sub("", words)
            place = "目录"
        elif level:
            kind = HEADING
            self._entered(words, level)
            place = self.place
        else:
            label = _ATTACHMENT.match(words)
            if label and len(words) <= len(label[0]) + 1:
                self.attachment, self.number = label[1], 0
                self.headings.clear()
            self.number += 1
            place = f"{self.place} 第{self.number}段"
            self.lead.append(words)
        section = self.section
        self.paragraphs.append(
            ReadParagraph(words, place, tuple(inline.marks), kind, level, section, target)
        )

    def _entered(self, words: str, level: int) -> None:
        self.headings = {one: said for one, said in self.headings.items() if one < level}
        if level == 1:
            self.attachment = ""
        self.headings[level] = words
        self.number = 0
        self.lead = [words]

    def _table(self, table: Any) -> None:
        drawings: list[tuple[str, str]] = []
        rows = grid(table, drawings)
        self.charts += [ReadChart(name, told, self.place) for name, told in drawings]
        lead = tuple(self.lead[-_LEAD:])
        self.tables.append(
            ReadTable(self._table_name(lead, rows), _title(lead), rows, self.section, lead)
        )
        self.lead = []

    def _table_name(self, lead: tuple[str, ...], rows: Any) -> str:
        for words in reversed(lead):
            code = _CODE.search(words)
            if code:
                return "".join(code[0].split())
        inside = next((_CODE.search(cell.words) for row in rows[:3] for cell in row), None)
        if inside:
            return "".join(inside[0].split())
        if self.attachment and any(_SCORES in words for words in lead):
            return f"{self.attachment} {_SCORES}"
        return f"表{len(self.tables) + 1}"


def _title(lead: tuple[str, ...]) -> str:
    return next((words for words in lead if words.strip().endswith("表")), "")


def _short(words: str) -> str:
    """The number of a heading: 九, （二）; its first words where it has none."""
    found = _SHORT.match(words)
    return found[1] if found else words.strip()[:8]


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(style.get(W + "val", "")) if style is not None else ""
