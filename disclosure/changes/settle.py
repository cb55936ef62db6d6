"""Tracked changes settled: all accepted, or all rejected, as Word does it."""

from __future__ import annotations

from typing import Any

from disclosure.changes.parts import W

_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")
_FORMER = tuple(
    f"{W}{name}"
    for name in (
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "tblGridChange",
        "tcPrChange",
        "trPrChange",
        "sectPrChange",
        "tblPrExChange",
        "numberingChange",
    )
)
_RANGES = tuple(
    f"{W}{move}Range{end}" for move in ("moveFrom", "moveTo") for end in ("Start", "End")
)


def is_tracked(root: Any) -> bool:
    """Whether there is any tracked change of text in the part."""
    return next(root.iter(*_INSERTED, *_DELETED), None) is not None


def settle(root: Any, *, accept: bool) -> None:
    """Accept all changes of this part, or reject all, in place. Former looks are let go."""
    kept, gone = (_INSERTED, _DELETED) if accept else (_DELETED, _INSERTED)
    _drop(root, gone, f"{W}tr", f"{W}trPr")
    for paragraph in list(root.iter(f"{W}p")):
        _runs(paragraph, kept, gone)
    for paragraph in list(root.iter(f"{W}p")):
        if _marked(paragraph, gone):
            _joined_to_next(paragraph)
    for properties in list(root.iter(f"{W}trPr", f"{W}rPr")):
        for mark in [one for one in properties if one.tag in (*kept, *gone)]:
            properties.remove(mark)
    for one in list(root.iter(*_FORMER, *_RANGES)):
        one.getparent().remove(one)
    for text in list(root.iter(f"{W}delText", f"{W}delInstrText")):
        text.tag = f"{W}t" if text.tag == f"{W}delText" else f"{W}instrText"
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tr") is None:
            table.getparent().remove(table)


def _drop(root: Any, gone: tuple[str, ...], tag: str, properties: str) -> None:
    for one in list(root.iter(tag)):
        found = one.find(properties)
        if found is not None and any(mark.tag in gone for mark in found):
            one.getparent().remove(one)


def _runs(paragraph: Any, kept: tuple[str, ...], gone: tuple[str, ...]) -> None:
    for mark in list(paragraph.iter(*kept, *gone)):
        parent = mark.getparent()
        if parent is None or parent.tag in (f"{W}rPr", f"{W}trPr"):
            continue
        if mark.tag in kept:
            for child in list(mark):
                mark.addprevious(child)
        parent.remove(mark)


def _marked(paragraph: Any, gone: tuple[str, ...]) -> bool:
    found = paragraph.find(f"{W}pPr/{W}rPr")
    return found is not None and any(mark.tag in gone for mark in found)


def _joined_to_next(paragraph: Any) -> None:
    """A paragraph whose mark is gone runs on into the next, which keeps its own looks."""
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}p":
        place = 1 if following.find(f"{W}pPr") is not None else 0
        for at, child in enumerate(content):
            following.insert(place + at, child)
    elif any(map(_says, content)):
        return  # nothing to run on into: the paragraph stays
    parent = paragraph.getparent()
    if parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
        return  # a cell is never without a paragraph
    parent.remove(paragraph)


def _says(element: Any) -> bool:
    return next(element.iter(f"{W}t", f"{W}drawing"), None) is not None
