"""The words of one paragraph in the accept-all view: insertions stand, deletions are gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

OURS = "d_"  # how the bookmarks around generated paragraphs begin
_P, _TBL, _T = W + "p", W + "tbl", W + "t"
_GONE = frozenset(W + name for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText"))
_FALLBACK, _BOX = _MC + "Fallback", W + "txbxContent"
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MARK, _LINK, _DRAWN, _SYMBOL = W + "bookmarkStart", W + "hyperlink", _WP + "docPr", W + "sym"


@dataclass
class Inline:
    """What one paragraph holds. `boxes` are the paragraphs and tables of text boxes in it."""

    words: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    drawings: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return "".join(self.words)


def read_inline(paragraph: Any, into: Inline | None = None) -> Inline:
    """The paragraph's own words, bookmarks, links, drawings."""
    found = into or Inline()
    _gather(paragraph, found)
    return found


def _gather(element: Any, found: Inline) -> None:
    for child in element:
        tag = child.tag
        if tag == _T:
            found.words.append(child.text or "")
        elif tag in _SIGNS:
            found.words.append(_SIGNS[tag])
        elif tag in _GONE or tag == _FALLBACK:
            continue
        elif tag == _MARK:
            name = child.get(W + "name", "")
            if name.startswith(OURS):
                found.marks.append(name)
        elif tag == _BOX:
            found.boxes.append(child)
        elif tag == _DRAWN:
            found.drawings.append((child.get("name", ""), child.get("descr", "")))
        elif tag == _SYMBOL:
            found.words.append(chr(int(child.get(W + "char", "3F"), 16)))
        else:
            if tag == _LINK:
                found.links.append(child.get(W + "anchor", ""))
            if len(child):
                _gather(child, found)


def mark_is_deleted(paragraph: Any) -> bool:
    """Whether the end of the paragraph is deleted, so that it runs on into the next."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    return properties is not None and properties.find(W + "del") is not None


def blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in reading order; content controls and insertions are looked into."""
    for child in element:
        tag = child.tag
        if tag in (_P, _TBL):
            yield child
        elif tag in _GONE or tag == _FALLBACK or not isinstance(tag, str):
            continue
        elif len(child):
            yield from blocks(child)
