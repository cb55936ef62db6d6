"""The page numbers of a contents page: which bookmarks it asks for, and what is printed there.

The number on a page is not its place in the file: cover and contents do not count, the body
begins with 1. A section that begins anew is marked in the copy that is laid out, so that a
heading's number is its distance from that mark.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from disclosure.model.place import DisclosureError, Problem
from disclosure.render.package import zip_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_DATE = re.compile(rb"<dcterms:created[^>]*>(\d{4})-(\d\d)-(\d\d)")
_MARK = "LayoutSection"  # letters and figures only: LibreOffice writes others as codes
_FIRST_MARK_ID = 1_000_000  # of bookmarks, above all that assemble() gives
_PLAIN = (None, "decimal")  # ways to write a page number that are figures


@dataclass
class _Section:
    """A run of pages: the number its first one is given, None when the numbers run on."""

    begins_with: Any  # the paragraph element, None for an empty last section
    start: int | None = None
    written: str | None = None  # 1, i, …
    bookmarks: list[str] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)  # entries of the contents page


class Draft:
    """A .docx as it is laid out: with a mark where page numbers begin anew."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._root = etree.fromstring(self._parts[_DOCUMENT])
        self._sections = list(_sections(self._root))
        self._entries = {
            name: words for section in self._sections for name, words in section.lists.items()
        }

    @property
    def date(self) -> str:
        """The document's own date, 20231231."""
        found = _DATE.search(self._parts.get(_PROPERTIES, b""))
        return b"".join(found.groups()).decode() if found else "20000101"

    @property
    def asked(self) -> list[str]:
        """The bookmarks whose page numbers the contents page shows, in its order."""
        return list(self._entries)

    @property
    def is_free_of_contents(self) -> bool:
        """Whether numbers begin anew behind the contents page: its length then moves none."""
        anew = False
        for section in self._sections:
            anew = not section.lists and (anew or section.start is not None)
            if not anew and any(name in self._entries for name in section.bookmarks):
                return False
        return True

    def marked(self) -> bytes:
        """The .docx with a bookmark at the beginning of each section that numbers anew."""
        _shut_bookmarks(self._root)
        for number, section in enumerate(self._sections):
            if section.start is not None and section.begins_with is not None:
                _mark(section.begins_with, f"{_MARK}{number}", _FIRST_MARK_ID + number)
        document = etree.tostring(
            self._root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return zip_parts(list((self._parts | {_DOCUMENT: document}).items()))

    def numbers(self, places: Mapping[str, int]) -> dict[str, int]:
        """The printed page number of each bookmark that is asked for.

        `places` has the page of each bookmark in the PDF. Raises DisclosureError when one is not
        there, or stands on pages that are not numbered with figures.
        """
        found: dict[str, int] = {}
        first_page, first_number = 0, 1
        for number, section in enumerate(self._sections):
            if section.start is not None and section.begins_with is not None:
                if f"{_MARK}{number}" not in places:
                    raise _no_numbers(
                        f"第 {number + 1} 节从哪一页开始看不出来", "检查模板里的分节符"
                    )
                first_page, first_number = places[f"{_MARK}{number}"], section.start
            for name in section.bookmarks:
                if name in self._entries and name in places:
                    if section.written not in _PLAIN:
                        raise _no_numbers("正文页码的格式不是阿拉伯数字", "在模板里改成 1, 2, 3")
                    found[name] = places[name] - first_page + first_number
        lost = [words for name, words in self._entries.items() if name not in found]
        if lost:
            raise _no_numbers(
                f"目录里的“{'”“'.join(lost)}”在正文里找不到",
                "看看模板里是不是删去了这个标题，或改掉了它的样式",
            )
        return found


def _entries(paragraph: Any) -> Iterator[tuple[str, str]]:
    """Bookmark and words of a line of the contents page that asks for a page number."""
    for link in paragraph.iter(_W + "hyperlink"):
        name = link.get(_W + "anchor")
        codes = "".join(code.text or "" for code in link.iter(_W + "instrText"))
        if name and re.search(rf"\bPAGEREF\s+{re.escape(name)}\b", codes):
            words = next((run.text for run in link.iter(_W + "t") if run.text), "")
            yield name, words


def _sections(root: Any) -> Iterator[_Section]:
    """The sections in order. A section's settings stand in its last paragraph."""
    body = root.find(_W + "body")
    section = _Section(None)
    for paragraph in body.iter(_W + "p"):
        if section.begins_with is None:
            section.begins_with = paragraph
        section.bookmarks += (
            mark.get(_W + "name") for mark in paragraph.findall(f".//{_W}bookmarkStart")
        )
        section.lists.update(_entries(paragraph))
        end = paragraph.find(f"{_W}pPr/{_W}sectPr")
        if end is not None:
            yield _closed(section, end)
            section = _Section(None)
    last = body.find(_W + "sectPr")
    yield section if last is None else _closed(section, last)


def _closed(section: _Section, settings: Any) -> _Section:
    numbering = settings.find(_W + "pgNumType")
    if numbering is not None:
        start = numbering.get(_W + "start")
        section.start = None if start is None else int(start)
        section.written = numbering.get(_W + "fmt")
    return section


def _shut_bookmarks(root: Any) -> None:
    """Has each bookmark end where it begins; only that place is asked for.

    One that ends behind a line's last punctuation has LibreOffice set an empty line below it.
    """
    ends = {end.get(_W + "id"): end for end in root.iter(_W + "bookmarkEnd")}
    for start in list(root.iter(_W + "bookmarkStart")):
        end = ends.get(start.get(_W + "id"))
        if end is not None:
            start.addnext(end)


def _mark(paragraph: Any, name: str, identity: int) -> None:
    at = 0 if paragraph.find(_W + "pPr") is None else 1
    start, end = etree.Element(_W + "bookmarkStart"), etree.Element(_W + "bookmarkEnd")
    for mark in (start, end):
        mark.set(_W + "id", str(identity))
    start.set(_W + "name", name)
    paragraph[at:at] = [start, end]


def _no_numbers(what: str, advice: str) -> DisclosureError:
    return DisclosureError(Problem(f"{what}。", None, advice, stops=True))
