"""Tracked changes settled over the bare XML, written apart from the code that makes them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PARTS = ("word/document.xml", "word/footer1.xml", "word/footer2.xml")
SIGNS = {W + "br": "\n", W + "tab": "\t", W + "drawing": "[图]"}


def body(docx: bytes, part: str = PARTS[0]) -> Any:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(part))


def accepted(docx: bytes) -> list[str]:
    """What is left when every change is accepted, paragraph by paragraph."""
    return _lines(body(docx), gone="del")


def rejected(docx: bytes) -> list[str]:
    """What is left when every change is rejected."""
    return _lines(body(docx), gone="ins")


def lines(docx: bytes) -> list[str]:
    """What stands in a document without tracked changes: paragraphs, with | around cells."""
    root = body(docx)
    assert not list(root.iter(W + "ins", W + "del"))
    return _lines(root, gone="nothing")


def inserted(docx: bytes) -> list[str]:
    return [_text(one) for one in body(docx).iter(W + "ins") if _text(one)]


def deleted(docx: bytes) -> list[str]:
    return [_text(one) for one in body(docx).iter(W + "del") if _text(one)]


def tracked_rows(docx: bytes, kind: str) -> list[str]:
    """The rows inserted or deleted as rows, as one text each."""
    rows = body(docx).iter(W + "tr")
    return ["".join(_text(row)) for row in rows if row.find(f"{W}trPr/{W}{kind}") is not None]


def _lines(root: Any, gone: str) -> list[str]:
    found: list[str] = []
    running_on = ""
    for paragraph in root.iter(W + "p"):
        row = next(paragraph.iterancestors(W + "tr"), None)
        if row is not None and row.find(f"{W}trPr/{W}{gone}") is not None:
            continue
        text = running_on + "".join(_pieces(paragraph, gone))
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            running_on = text
            continue
        running_on = ""
        found.append(f"|{text}|" if row is not None else text)
    assert not running_on
    return found


def _pieces(element: Any, gone: str) -> Any:
    for child in element:
        if child.tag == W + gone or child.tag == W + "pPr":
            continue
        if child.tag in (W + "t", W + "delText"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        else:
            yield from _pieces(child, gone)


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(W + "t", W + "delText"))
