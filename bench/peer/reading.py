"""A document's text as a reader sees it, to compare a rendered document with its source."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

W_P, W_R, W_T = qn("w:p"), qn("w:r"), qn("w:t")
W_TBL, W_TR, W_TC = qn("w:tbl"), qn("w:tr"), qn("w:tc")
W_TAB, W_BR, W_CR = qn("w:tab"), qn("w:br"), qn("w:cr")
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_TEXT_OF = {W_TAB: "\t", W_BR: "\n", W_CR: "\n", qn("w:noBreakHyphen"): "-", qn("w:sym"): "?"}
# A w:tab of the paragraph properties is a tab stop; a text moved away still holds w:t.
_NOT_READ = {qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), MC + "Fallback", W_P}
_PICTURE = {
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{urn:schemas-microsoft-com:vml}imagedata",
}


@dataclass(frozen=True)
class DocumentText:
    """The text of the body: paragraphs outside tables, cells row by row, and how many pictures."""

    paragraphs: tuple[str, ...]
    cells: tuple[str, ...]
    pictures: int


@dataclass(frozen=True)
class Agreement:
    """How much of `total` source texts the other document repeats, and where it does not."""

    total: int
    differences: tuple[tuple[str, str], ...]  # source, rendered; "" where one has nothing

    @property
    def share(self) -> float:
        """1.0 when every text agrees."""
        return 1.0 if not self.differences else 1.0 - len(self.differences) / max(self.total, 1)


def read(file: Path) -> DocumentText:
    """The text of a .docx body; headers, footers and notes are left as they are, so nobody asks."""
    body = docx.Document(str(file)).element.body
    return DocumentText(
        paragraphs=tuple(paragraph_text(p) for p in body.iter(W_P) if not _inside(p, W_TC)),
        cells=tuple("\n".join(map(paragraph_text, tc.iter(W_P))) for tc in body.iter(W_TC)),
        pictures=sum(1 for _ in pictures(body)),
    )


def own_elements(paragraph: Element) -> Iterator[Element]:
    """What the paragraph is made of, in order; a text box in it has paragraphs of its own."""
    for child in paragraph:
        if isinstance(child.tag, str) and child.tag not in _NOT_READ:
            yield child
            yield from own_elements(child)


def text_of(element: Element) -> str:
    """What one element of a run prints."""
    if element.tag == W_T:
        return element.text or ""
    return _TEXT_OF.get(element.tag, "")


def paragraph_text(paragraph: Element) -> str:
    """The text of one w:p, with a tab as a tab and a break as a new line."""
    return "".join(map(text_of, own_elements(paragraph)))


def pictures(body: Element) -> Iterator[Element]:
    """Every drawing that shows a picture or a chart, once, with the older form kept beside it."""
    for drawing in body.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")):
        if _inside(drawing, MC + "Fallback") or not any(e.tag in _PICTURE for e in drawing.iter()):
            continue
        choice = drawing.getparent()
        yield choice.getparent() if choice.tag == MC + "Choice" else drawing


def compare(source: Sequence[str], rendered: Sequence[str]) -> Agreement:
    """Text by text; where the numbers of texts differ, after the best alignment."""
    if len(source) == len(rendered):
        pairs = [(a, b) for a, b in zip(source, rendered, strict=True) if a != b]
        return Agreement(len(source), tuple(pairs))
    pairs = []
    matcher = difflib.SequenceMatcher(None, source, rendered, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            for n in range(max(i2 - i1, j2 - j1)):
                left = source[i1 + n] if i1 + n < i2 else ""
                right = rendered[j1 + n] if j1 + n < j2 else ""
                pairs.append((left, right))
    return Agreement(max(len(source), len(rendered)), tuple(pairs))


def _inside(element: Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None
