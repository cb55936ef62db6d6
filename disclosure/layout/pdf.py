"""Reads a laid-out PDF: on which page a bookmark stands, which fonts it is set in."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5, sha256

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw as pdfium

_CLOCK = re.compile(rb"(/CreationDate\(D:)\d{14}(Z'\))")
_IDENTITY = re.compile(rb"(?<=[</])[0-9A-F]{32}")
_TRAILER = re.compile(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]\s*(/DocChecksum /[0-9A-F]{32})?")
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True)
class Facts:
    """What a PDF tells. `text` is the hash of its words, `places` has each bookmark's page from 0."""

    pages: int
    text: str
    fonts: tuple[str, ...]
    places: Mapping[str, int]


def read(data: bytes) -> Facts:
    """Pages, fonts and bookmarks of a PDF that LibreOffice made."""
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
        text = sha256("\f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
        return Facts(len(pdf), text, tuple(sorted(_fonts(pdf))), _places(pdf))


def _fonts(pdf: object) -> set[str]:
    found = set()
    for page in pdf:  # type: ignore[attr-defined]
        for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(text)
            length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
            name = ctypes.create_string_buffer(length)
            pdfium.FPDFFont_GetBaseFontName(font, name, length)
            found.add(_SUBSET.sub("", name.value.decode()))
        page.close()
    return found


def _places(pdf: object) -> dict[str, int]:
    places = {}
    for number in range(pdfium.FPDF_CountNamedDests(pdf)):
        length = ctypes.c_long(0)
        pdfium.FPDF_GetNamedDest(pdf, number, None, length)
        name = ctypes.create_string_buffer(length.value)
        place = pdfium.FPDF_GetNamedDest(pdf, number, name, length)
        text = name.raw[: length.value].decode("utf-16-le").rstrip("\0")
        places[_bookmark(text)] = pdfium.FPDFDest_GetDestPageIndex(pdf, place)
    return places


def _bookmark(name: str) -> str:
    """`_Toc012345678`: LibreOffice writes the line before it as 5F, its number."""
    return re.sub("^5F(?=Toc)", "_", name)


def without_clock(data: bytes, date: str) -> bytes:
    """The PDF dated `date` (20231231): the same run gives the same bytes, on any day.

    LibreOffice writes the time and a random identity; what replaces them is as long, so that no
    offset in the file moves. It also counts the fonts of a run, so a document has other bytes
    when others are laid out before it; its text and pages tell whether it has changed.
    """
    data = _CLOCK.sub(rb"\g<1>%s000000\g<2>" % date.encode(), data)
    blank = _TRAILER.sub(lambda found: _IDENTITY.sub(b"0" * 32, found[0]), data)
    identity = md5(blank, usedforsecurity=False).hexdigest().upper().encode()
    return _TRAILER.sub(lambda found: _IDENTITY.sub(identity, found[0]), data)
