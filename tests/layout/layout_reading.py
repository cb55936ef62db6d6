"""Reads a contents page and a PDF back, for tests."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from lxml import etree
from pypdfium2 import raw as pdfium

from disclosure.pipeline import Build

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBER = re.compile(r"—\s*(\w+)\s*—")


@dataclass(frozen=True)
class Entry:
    """One line of a contents page; `number` is "" where it has none."""

    anchor: str
    words: str
    number: str


def product(build: Build, kind: str, number: int | None = None) -> bytes:
    return next(p.data for p in build.products if (p.kind, p.number) == (kind, number))


def part(docx: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(f"word/{name}.xml"))


def codes(docx: bytes) -> list[str]:
    """The codes of the fields, without the spaces around them."""
    return [(code.text or "").strip() for code in part(docx, "document").iter(W + "instrText")]


def entries(docx: bytes) -> list[Entry]:
    found = []
    for link in part(docx, "document").iter(W + "hyperlink"):
        words, *number = [text.text or "" for text in link.iter(W + "t")]
        found.append(Entry(link.get(W + "anchor"), words, "".join(number)))
    return found


def outlined(docx: bytes, deepest: int) -> list[str]:
    """What Word would list when it makes the contents page anew: by outline level."""
    styles = {style.get(W + "styleId"): style for style in part(docx, "styles").iter(W + "style")}

    def level(style: Any) -> int | None:
        if style is None:
            return None
        own, parent = style.find(f"{W}pPr/{W}outlineLvl"), style.find(W + "basedOn")
        if own is not None:
            return int(own.get(W + "val")) + 1
        return None if parent is None else level(styles.get(parent.get(W + "val")))

    found = []
    for paragraph in part(docx, "document").iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        at = None if style is None else level(styles.get(style.get(W + "val")))
        if at is not None and at <= deepest:
            found.append("".join(text.text or "" for text in paragraph.iter(W + "t")))
    return found


def words_of(docx: bytes) -> str:
    return "".join(text.text or "" for text in part(docx, "document").iter(W + "t"))


def close(text: str) -> str:
    """Without spaces and line ends: a PDF has its own."""
    return re.sub(r"\s", "", text)


def page_texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def printed_number(page: str) -> str:
    """The number at the foot of a page; "" when it has none."""
    found = _NUMBER.findall(page)
    return found[-1] if found else ""


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """The outline: level from 0, and title."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]


@dataclass(frozen=True)
class Catalog:
    """What a PDF says of itself."""

    title: str
    language: str
    is_tagged: bool


def catalog(pdf: bytes) -> Catalog:
    with pypdfium2.PdfDocument(pdf) as document:
        room = ctypes.create_string_buffer(64)
        text = ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR))
        length = pdfium.FPDFCatalog_GetLanguage(document, text, len(room))
        return Catalog(
            document.get_metadata_value("Title"),
            room.raw[: length - 2].decode("utf-16-le"),
            bool(pdfium.FPDFCatalog_IsTagged(document)),
        )


@dataclass(frozen=True)
class Glyphs:
    """A piece of text as it is drawn."""

    text: str
    font: str
    is_embedded: bool


def drawn(pdf: bytes) -> Iterator[Glyphs]:
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            texts = page.get_textpage()
            for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(piece)
                room = ctypes.create_string_buffer(128)
                pdfium.FPDFFont_GetBaseFontName(font, room, len(room))
                length = pdfium.FPDFTextObj_GetText(piece, texts, None, 0)
                text = (ctypes.c_ushort * (length // 2))()
                pdfium.FPDFTextObj_GetText(piece, texts, text, length)
                yield Glyphs(
                    bytes(text).decode("utf-16-le").rstrip("\0"),
                    room.value.decode(),
                    bool(pdfium.FPDFFont_GetIsEmbedded(font)),
                )
