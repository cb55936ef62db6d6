"""Numbers in running text become tags, long plain paragraphs become snippets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from bench.peer.reading import (
    W_BR,
    W_CR,
    W_P,
    W_R,
    W_T,
    W_TAB,
    own_elements,
    paragraph_text,
    text_of,
)

SNIPPET_ABOVE = 60  # characters

EVERY_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
FIGURES = re.compile(r"[0-9]+(?:,[0-9]{3})*\.[0-9]+|[0-9]+(?=%|万元)")  # no list number, no year
_DIGIT = re.compile("[0-9]")
_IS_TAG = re.compile(r"\{[{%]")
_BOUNDARY = "\N{OBJECT REPLACEMENT CHARACTER}"  # no number reaches over a tab, a break or a field
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN = {W_R, W_T, W_TAB, W_BR, W_CR} | {
    qn(tag) for tag in ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak")
}


def paragraphs_into_tags(
    body: Element, numbers: re.Pattern[str] = EVERY_NUMBER
) -> tuple[dict[str, float | str], dict[str, str]]:
    """Put the tags in place; the numbers by name and the snippets by name."""
    values: dict[str, float | str] = {}
    snippets: dict[str, str] = {}
    in_fields = _texts_in_fields(body)
    for paragraph in body.iter(W_P):
        text = paragraph_text(paragraph)
        if _DIGIT.search(text):
            _tag_numbers(paragraph, numbers, in_fields, values)
        elif len(text) > SNIPPET_ABOVE and _is_plain(paragraph):
            name = f"s{len(snippets) + 1:03d}"
            snippets[name] = text
            _tag_snippet(paragraph, name)
    return values, snippets


def _texts_in_fields(body: Element) -> set[Element]:
    """Texts that Word computes (contents, page numbers): nobody types a tag there."""
    depth = 0
    found = set()
    for element in body.iter(qn("w:fldChar"), W_T):
        if element.tag != W_T:
            kind = element.get(qn("w:fldCharType"))
            depth += {"begin": 1, "end": -1}.get(kind, 0)
        elif depth > 0 or next(element.iterancestors(qn("w:fldSimple")), None) is not None:
            found.add(element)
    return found


def _tag_numbers(
    paragraph: Element,
    pattern: re.Pattern[str],
    in_fields: set[Element],
    values: dict[str, float | str],
) -> None:
    """A tag stands where its number began; Word may have cut the number over several runs."""
    elements = list(own_elements(paragraph))
    pieces = [_typed_text(element, in_fields) for element in elements]
    numbers = []
    for match in pattern.finditer("".join(pieces)):
        name = f"n{len(values) + 1:03d}"
        values[name] = _typed(match[0])
        numbers.append((match.start(), match.end(), f"{{{{ v.{name} }}}}"))
    start = 0
    for element, piece in zip(elements, pieces, strict=True):
        end = start + len(piece)
        inside = [n for n in numbers if piece and n[0] < end and n[1] > start]
        if inside:
            _set_text(element, _replaced(piece, start, inside))
        start = end


def _typed_text(element: Element, in_fields: set[Element]) -> str:
    """What a person typed there; a boundary where the element prints something else."""
    text = text_of(element)
    typed = element.tag == W_T and element not in in_fields and not _IS_TAG.search(text)
    return text if typed or not text else _BOUNDARY


def _replaced(piece: str, start: int, numbers: Sequence[tuple[int, int, str]]) -> str:
    """The piece with the tags of the numbers that begin in it and without the rest of others."""
    new, done = "", 0
    for first, last, tag in numbers:
        new += piece[done : max(first - start, 0)]
        if first >= start:
            new += tag
        done = min(last - start, len(piece))
    return new + piece[done:]


def _typed(number: str) -> float | str:
    """As a user types it: bare where it prints the same again, else quoted (309.70, 007)."""
    for kind in (int, float):
        try:
            value = kind(number)
        except ValueError:
            continue
        if str(value) == number:
            return value
    return number


def _is_plain(paragraph: Element) -> bool:
    """Whether a snippet's text can stand for the whole paragraph."""
    return all(
        element.tag in _PLAIN
        and not (
            element.tag == W_BR and element.get(qn("w:type"), "textWrapping") != "textWrapping"
        )
        and not _IS_TAG.search(text_of(element))
        for element in own_elements(paragraph)
    )


def _tag_snippet(paragraph: Element, name: str) -> None:
    """The tag takes the shape of the paragraph's first text; the other runs go."""
    first = None
    for element in list(own_elements(paragraph)):
        if element.tag == W_T and first is None:
            first = element
        elif text_of(element):
            _remove(element)
    if first is not None:
        _set_text(first, f"{{{{ snippets.{name} }}}}")


def _set_text(element: Element, text: str) -> None:
    if not text:
        _remove(element)
        return
    element.text = text
    if text != text.strip():
        element.set(_XML_SPACE, "preserve")


def _remove(element: Element) -> None:
    """Take the element out, and its run with it when nothing else is left."""
    run = element.getparent()
    run.remove(element)
    if run.tag == W_R and all(child.tag == qn("w:rPr") for child in run):
        run.getparent().remove(run)
