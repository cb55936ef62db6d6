"""Markup as heavy as a word processor saves it; the text stays, the look roughly.

What python-docx writes is a tenth of what Word or WPS writes for the same page, and docxtpl's time
grows with the markup. Real templates come out of Word.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.text.paragraph import Paragraph

from bench.peer.reading import W_P, W_R, W_T, W_TC

# The order the schema wants; only the names around those added here matter.
_RUN_ORDER = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof
    snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd
    fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath
"""
_PARAGRAPH_ORDER = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr
    shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN
    bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
    textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_CELL_ORDER = """
    cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign
    hideMark
"""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right")
)
# A tag stays in one run; Chinese and Latin text stand in runs of their own.
_CUT = re.compile(r"(\{[^}]*\}+|[\x21-\x7e]+)")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class _Look:
    """What the style says, which a word processor repeats on every run."""

    font: str
    half_points: int


def make_wordy(document: Document) -> None:
    """Add revision ids and full properties, and cut runs where Chinese and Latin text meet."""
    body = document.element.body
    for number, paragraph in enumerate(list(body.iter(W_P))):
        _add_revision_ids(paragraph, number)
        look = _look(Paragraph(paragraph, document._body))
        _complete_paragraph(paragraph, look)
        for run in paragraph.findall(W_R):
            _cut_run(run, look)
    for cell in body.iter(W_TC):
        properties = _properties(cell, "w:tcPr")
        _complete(
            properties,
            _CELL_ORDER,
            [f"<w:tcBorders>{_BORDERS}</w:tcBorders>", "<w:noWrap/>", '<w:vAlign w:val="center"/>'],
        )


def _look(paragraph: Paragraph) -> _Look:
    font, half_points = None, None
    style = paragraph.style
    while style is not None and (font is None or half_points is None):
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if font is None and fonts is not None:
            font = fonts.get(qn("w:eastAsia"))
        if half_points is None and style.font.size is not None:
            half_points = round(style.font.size.pt * 2)
        style = style.base_style
    return _Look(font or "仿宋_GB2312", half_points or 21)


def _add_revision_ids(paragraph: Element, number: int) -> None:
    for name, factor in (("w:rsidR", 7919), ("w:rsidRDefault", 104_729), ("w:rsidP", 0)):
        if paragraph.get(qn(name)) is None:
            paragraph.set(qn(name), f"00{number * factor & 0xFFFFFF:06X}" if factor else "00A77B3E")


def _complete_paragraph(paragraph: Element, look: _Look) -> None:
    in_cell = next(paragraph.iterancestors(W_TC), None) is not None
    mark = (
        f'<w:rPr><w:rFonts w:ascii="{look.font}" w:eastAsia="{look.font}" w:hAnsi="{look.font}"/>'
        f'<w:sz w:val="{look.half_points}"/><w:szCs w:val="{look.half_points}"/></w:rPr>'
    )
    added = [
        "<w:widowControl/>",
        '<w:adjustRightInd w:val="0"/>',
        '<w:snapToGrid w:val="0"/>',
        mark,
    ]
    if paragraph.find(qn("w:pPr")) is None:
        line, align = ("280", "center") if in_cell else ("560", "both")
        added.append(f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>')
        added.append(f'<w:jc w:val="{align}"/>')
        if not in_cell:
            added.append('<w:ind w:firstLine="640" w:firstLineChars="200"/>')
    _complete(_properties(paragraph, "w:pPr"), _PARAGRAPH_ORDER, added)


def _cut_run(run: Element, look: _Look) -> None:
    content = [child for child in run if child.tag != qn("w:rPr")]
    if len(content) != 1 or content[0].tag != W_T:
        return
    pieces = [piece for piece in _CUT.split(content[0].text or "") if piece] or [""]
    for piece in pieces:
        new = copy.deepcopy(run)
        new.set(qn("w:rsidRPr"), "00C04A5D")
        text = new.find(W_T)
        text.text = piece
        if piece != piece.strip():
            text.set(_XML_SPACE, "preserve")
        hint = ' w:hint="eastAsia"' if piece and ord(piece[0]) > 0x2000 else ""
        _complete(
            _properties(new, "w:rPr"),
            _RUN_ORDER,
            [
                f'<w:rFonts w:ascii="{look.font}" w:eastAsia="{look.font}" w:hAnsi="{look.font}"'
                f' w:cs="宋体"{hint}/>',
                '<w:color w:val="000000"/>',
                '<w:kern w:val="0"/>',
                f'<w:sz w:val="{look.half_points}"/>',
                f'<w:szCs w:val="{look.half_points}"/>',
                '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>',
            ],
        )
        run.addprevious(new)
    run.getparent().remove(run)


def _properties(element: Element, tag: str) -> Element:
    """The element's properties, made as its first child where they are missing."""
    found: Element | None = element.find(qn(tag))
    if found is None:
        found = parse_xml(f"<{tag} {nsdecls('w')}/>")
        element.insert(0, found)
    return found


def _complete(properties: Element, order: str, added: Iterable[str]) -> None:
    """Put those of the added properties that are missing, each in its place of the order."""
    for xml in added:
        name = xml[len("<w:") :].split(">")[0].split(" ")[0].rstrip("/")
        if properties.find(qn(f"w:{name}")) is None:
            element = parse_xml(f"<w:{name} {nsdecls('w')}{xml[len('<w:') + len(name) :]}")
            names = order.split()
            later = (f"w:{later}" for later in names[names.index(name) + 1 :])
            properties.insert_element_before(element, *later)
