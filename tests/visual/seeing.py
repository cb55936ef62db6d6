"""What can be seen on a page: where there is ink, where its lines stand, which glyphs it needs."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from fontTools.ttLib import TTCollection, TTFont
from layout_reading import W, part
from pypdfium2 import raw as pdfium

from disclosure.layout import fonts

DOTS_PER_INCH = 40  # a character of the smallest table is five dots high: seen, not read
POINTS_PER_INCH, TWIPS_PER_POINT = 72, 20
DARK = 160  # of 255; a hair line between white dots is still darker than this


@dataclass(frozen=True)
class Frame:
    """The edges of the paper's text area and the foot's lower end, in points from the nearest edge."""

    top: float
    right: float
    bottom: float
    left: float
    foot: float


@dataclass(frozen=True)
class Picture:
    """A page as an image. `ink` is True where it is dark."""

    name: str
    ink: Any
    frame: Frame
    baselines: tuple[float, ...]  # of the text, from the top of the page down, in points
    is_text_only: bool  # no table, no chart

    def band(self, frame: Frame) -> Any:
        """What is dark outside a frame, but for the page number in its own place."""
        rows, columns = self.ink.shape
        outside = self.ink.copy()
        top, left = dots(frame.top), dots(frame.left)
        below, right = rows - dots(frame.bottom), columns - dots(frame.right)
        outside[top:below, left:right] = False
        outside[below : rows - dots(frame.foot), left:right] = False
        return outside


def dots(points: float) -> int:
    return int(points * DOTS_PER_INCH / POINTS_PER_INCH)


def ink_of(page: Any) -> Any:
    image = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH, grayscale=True)
    return np.asarray(image.to_numpy()).reshape(image.height, image.width) < DARK


def pictures(docx: bytes, pdf: bytes) -> Iterator[Picture]:
    """The pages of a document's PDF; the text area is as its .docx says, by the paper's shape."""
    frames = _frames(docx)
    with pypdfium2.PdfDocument(pdf) as document:
        title = document.get_metadata_value("Title")
        for number, page in enumerate(document, 1):
            width, height = page.get_size()
            kinds = {one.type for one in page.get_objects()}
            yield Picture(
                f"{title} 第 {number} 页",
                ink_of(page),
                frames[width > height],
                tuple(_baselines(page, height)),
                not kinds & {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE},
            )


def _frames(docx: bytes) -> dict[bool, Frame]:
    """By whether the paper lies."""
    found = {}
    for section in part(docx, "document").iter(W + "sectPr"):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        edges = {
            name: int(margins.get(W + name)) / TWIPS_PER_POINT
            for name in ("top", "right", "bottom", "left", "footer")
        }
        lies = int(size.get(W + "w")) > int(size.get(W + "h"))
        found[lies] = Frame(*edges.values())
    return found


def _baselines(page: Any, height: float) -> list[float]:
    found = set()
    matrix = pdfium.FS_MATRIX()
    for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        pdfium.FPDFPageObj_GetMatrix(text, matrix)
        found.add(round(height - matrix.f, 1))
    return sorted(found)


# ---------------------------------------------------------------- glyphs


def characters_of(font: str, cache_folder: Path) -> frozenset[int]:
    """The characters that an installed font can draw, by the name a PDF has for it."""
    files = _installed(cache_folder)
    near = [name for name in files if font == name or font.startswith(f"{name}-")]
    if not near:
        return frozenset()
    path, index = files[max(near, key=len)]
    opened = TTCollection(path).fonts[index] if path.endswith("c") else TTFont(path)
    return frozenset(opened.getBestCmap())


@cache
def _installed(folder: Path) -> dict[str, tuple[str, int]]:
    """File and place in it of every font that LibreOffice is offered, by PostScript name."""
    configuration = folder / "fonts.conf"
    configuration.write_text(fonts.configuration(folder), "utf-8")
    told = subprocess.run(
        ["fc-list", "--format", "%{postscriptname}\t%{file}\t%{index}\n"],
        env=os.environ | {"FONTCONFIG_FILE": str(configuration)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = (line.split("\t") for line in told.splitlines())
    return {name: (file, int(index) & 0xFFFF) for name, file, index in listed}


def subset_free(font: str) -> str:
    """NotoSerifSC-Regular of ABCDEF+NotoSerifSC-Regular."""
    return re.sub(r"^[A-Z]{6}\+", "", font)
