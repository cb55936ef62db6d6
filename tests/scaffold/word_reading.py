"""Reads Word files back, for tests."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, nodes
from lxml import etree
from openxml_audit import OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def audit_of(data: bytes) -> list[str]:
    """What the validator has to say about the file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "document.docx")
        path.write_bytes(data)
        return [str(error) for error in OpenXmlValidator().validate(path).errors]


def document_bytes(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def xml_of(data: bytes, part: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(f"word/{part}.xml"))


def document_of(data: bytes) -> Any:
    return xml_of(data, "document")


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(W + "t"))


def style_of(paragraph: Any) -> str:
    return str(paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val"))


def is_heading(style: str) -> bool:
    return style.startswith("Heading") or style == "DividerHeading"


def has_new_page(paragraph: Any) -> bool:
    return bool(paragraph.find(f"{W}pPr/{W}pageBreakBefore").get(W + "val") != "0")


def span_of(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(W + "val"))


def merge_of(cell: Any) -> str:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(W + "val", "continue")


def styled(document: Any) -> Iterator[tuple[str, str]]:
    """Style and text of the paragraphs that do not stand in a table."""
    for paragraph in document.find(W + "body").iterchildren(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        yield "" if style is None else style.get(W + "val"), text_of(paragraph)


def sections(document: Any) -> Iterator[tuple[int, list[Any]]]:
    """Page width and blocks of each section."""
    blocks: list[Any] = []
    for block in document.find(W + "body"):
        ends = block if block.tag == W + "sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if ends is None:
            blocks.append(block)
        else:
            yield int(ends.find(W + "pgSz").get(W + "w")), blocks
            blocks = []


def jinja_tree(data: bytes) -> nodes.Template:
    """The document's tags as Jinja reads them after docxtpl's own preparation."""
    xml = etree.tostring(document_of(data), encoding="unicode")
    return Environment().parse(DocxTemplate(None).patch_xml(re.sub(r"\{%vmerge.*?%\}", "", xml)))


def asked(data: bytes, mapping: str) -> list[str]:
    """The keys asked of `标题`, `段落` or `表`, in order."""
    return [
        item.arg.value
        for item in jinja_tree(data).find_all(nodes.Getitem)
        if isinstance(item.node, nodes.Name)
        and item.node.name == mapping
        and isinstance(item.arg, nodes.Const)
    ]
