"""A finished report taken apart into template and data, the way a user would do it by hand."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from bench.peer.case import Case
from bench.peer.paragraphs import EVERY_NUMBER, FIGURES, paragraphs_into_tags
from bench.peer.pictures import pictures_into_tags
from bench.peer.reading import W_P, paragraph_text
from bench.peer.tables import rows_into_loops

_DELIMITER = re.compile(r"\{[{%#]|[}%#]\}")


class NotAReport(Exception):
    """The document cannot become a template."""


def case_from(report: Path, *, figures_only: bool = False) -> Case:
    """The inputs from which docxtpl writes the report's text again.

    With `figures_only`, list numbers and years stay fixed text and only amounts and rates are tags.
    """
    document = docx.Document(str(report))
    body = document.element.body
    for paragraph in body.iter(W_P):
        text = paragraph_text(paragraph)
        if _DELIMITER.search(text):
            raise NotAReport(f"the text holds template marks already: {text[:60]}")
    _unwrap_content_controls(body)
    # In this order: a table's row must be whole when it is read, and a picture's tag holds a digit.
    tables = rows_into_loops(body)
    charts = pictures_into_tags(document)
    values, snippets = paragraphs_into_tags(body, FIGURES if figures_only else EVERY_NUMBER)
    return Case({"v": values, "tables": tables, "charts": charts}, snippets, document)


def _unwrap_content_controls(body: Element) -> None:
    """Take the controls off and leave their content: a template typed in Word has none."""
    for control in list(body.iter(qn("w:sdt"))):
        content = control.find(qn("w:sdtContent"))
        for child in [] if content is None else list(content):
            control.addprevious(child)
        control.getparent().remove(control)
