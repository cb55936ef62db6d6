"""Finished files read back as a reader meets them: paragraphs, table cells, pictures' words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document as read_docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

NUMBER = re.compile(r"-?\d+(\.\d+)?")
PAGE_NUMBER = re.compile(r"\t[ivxlc\d]*$")


@dataclass(frozen=True)
class Cell:
    """One cell of a table; one that goes on from the row above is empty."""

    text: str
    span: int = 1
    style: str = ""

    @property
    def is_number(self) -> bool:
        return NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Block:
    """One paragraph (`text`, `style`) or one table (`rows`, and its `name`)."""

    text: str = ""
    style: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    name: str = ""

    def __str__(self) -> str:
        if not self.rows:
            return self.text
        return "\n".join(f"| {' | '.join(cell.text for cell in row)} |" for row in self.rows)

    def grid(self) -> list[list[Cell]]:
        """The rows with one cell per column: what a wide cell covers is empty."""
        return [
            [one for cell in row for one in (cell, *([Cell("")] * (cell.span - 1)))]
            for row in self.rows
        ]


def blocks(docx: bytes) -> list[Block]:
    """Everything in the body in reading order; a picture is told by its alternative text."""
    found = [
        _table(item) if isinstance(item, Table) else _paragraph(item)
        for item in read_docx(io.BytesIO(docx)).iter_inner_content()
    ]
    return [block for block in found if block.text or block.rows]


def plain_text(docx: bytes) -> str:
    """The document as lines a person can compare: one per paragraph, one per table row."""
    return "\n".join(map(str, blocks(docx))) + "\n"


def tables(docx: bytes) -> dict[str, Block]:
    """The tables by the name that stands in their alternative text, the first of each name."""
    named: dict[str, Block] = {}
    for block in blocks(docx):
        if block.rows:
            named.setdefault(block.name, block)
    return named


def _paragraph(paragraph: Paragraph) -> Block:
    drawn = [str(picture.get("descr")) for picture in paragraph._p.iter(qn("wp:docPr"))]
    text = f"[图 {'；'.join(drawn)}]" if drawn else paragraph.text
    style = paragraph.style.style_id if paragraph.style else ""
    if style.startswith("TOC"):  # page numbers are known only where a document is laid out
        text = PAGE_NUMBER.sub("", text)
    return Block(_line(text), style)


def _table(table: Table) -> Block:
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    name = "" if caption is None else str(caption.get(qn("w:val")))
    return Block(rows=tuple(tuple(map(_cell, row.tc_lst)) for row in table._tbl.tr_lst), name=name)


def _cell(cell: Any) -> Cell:
    paragraphs = list(cell.iterchildren(qn("w:p")))
    text = "\n".join("".join(_inline(paragraph)) for paragraph in paragraphs)
    style = next((p.style for p in paragraphs if p.style), "")
    return Cell(_line(text), cell.grid_span, style)


def _inline(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        yield element.text or "" if element.tag == qn("w:t") else "\n"


def _line(text: str) -> str:
    return " ".join(text.strip().replace("\n", "⏎").split())
