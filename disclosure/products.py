"""The files of a build, in memory: Word documents, the workbook, charts, PDFs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from charts import Picture, PictureCache, pictures
from disclosure.document import Document
from disclosure.layout import Outcome
from disclosure.layout.kept import Kept
from disclosure.model.place import DisclosureError, Problem
from disclosure.render.package import DocumentProperties
from disclosure.render.word import (
    FilledAttachment,
    WordTemplates,
    attachment_docx,
    fill_attachment,
    report_docx,
)
from disclosure.render.workbook import tables_xlsx
from disclosure.render.workbook_key import workbook_key
from disclosure.written import Progress, Written


@dataclass(frozen=True)
class Product:
    """One finished file. `kind` report, attachment, tables, chart or pdf.

    `path` is below output/<year>. Of a PDF `pages` and `text`, the hash of its words, are known.
    """

    kind: str
    number: int | None
    path: str
    data: bytes
    pages: int | None = None
    text: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def all_products(
    written: Written,
    templates: WordTemplates,
    layout: Outcome,
    cache: Path | None,
    progress: Progress,
    *,
    native_charts: bool,
) -> list[Product]:
    document, unit = written.document, written.report.unit
    progress("画图")
    store = PictureCache(cache / "charts" if cache else None)
    drawn = dict(zip(document.charts, pictures(list(document.charts.values()), store), strict=True))
    progress("生成报告")
    properties = _properties(written, document.title)
    filled = {
        attachment.number: fill_attachment(attachment, templates, written.names)
        for attachment in document.attachments
    }
    write = partial(
        report_docx,
        document,
        tuple(filled.values()),
        drawn,
        templates,
        written.names,
        properties,
        native_charts=native_charts,
    )
    if layout.typesetter:
        progress("排版")
    report = layout.numbered(lambda numbers: write(page_numbers=numbers))
    products = [Product("report", None, f"{file_name(document.title)}.docx", report)]
    progress("生成附件")
    products += _attachment_files(written, filled)
    progress("生成表格")
    made = datetime(written.report.year, 12, 31)
    book = _tables_book(document, unit.full_name.words, made, cache)
    products.append(Product("tables", None, f"{file_name(document.workbook)}.xlsx", book))
    for key, series in document.charts.items():
        products += _chart_files(series.number, series.title, drawn[key])
    return products


def _tables_book(document: Document, author: str, made: datetime, cache: Path | None) -> bytes:
    """The workbook; one with the same values is taken from an earlier build."""
    kept = Kept(cache / "tables" if cache else None)
    key = workbook_key(document.tables, document.workbook, author, made)
    found = kept.find(key)
    if found:
        return found[1]
    book = tables_xlsx(document.tables, document.workbook, author, made)
    kept.keep(key, {}, book)
    return book


def _chart_files(number: int, title: str, picture: Picture) -> list[Product]:
    name = f"charts/{file_name(f'图{number} {title}')}"
    return [
        Product("chart", number, f"{name}.png", picture.png),
        Product("chart", number, f"{name}.svg", picture.svg),
    ]


def attachments(
    written: Written, templates: WordTemplates, numbers: Collection[int]
) -> list[Product]:
    """The attachments of these numbers, each as a file of its own."""
    filled = {
        attachment.number: fill_attachment(attachment, templates, written.names)
        for attachment in written.document.attachments
        if attachment.number in numbers
    }
    return _attachment_files(written, filled)


def _attachment_files(written: Written, filled: Mapping[int, FilledAttachment]) -> list[Product]:
    products = []
    for attachment in written.document.attachments:
        if attachment.number in filled:
            title = str(attachment.titles["附件标题"])
            data = attachment_docx(filled[attachment.number], _properties(written, title))
            name = file_name(f"{attachment.titles['附件标签']} {title}")
            products.append(Product("attachment", attachment.number, f"{name}.docx", data))
    return products


def pdfs(products: Collection[Product], layout: Outcome) -> list[Product]:
    """A PDF beside each .docx."""
    documents = {p.path: p for p in products if p.kind in ("report", "attachment")}
    made = layout.pdfs({path: product.data for path, product in documents.items()})
    return [
        Product("pdf", documents[path].number, beside(path), p.data, p.pages, p.text)
        for path, p in made.items()
    ]


def beside(docx: object) -> str:
    """The path of a .docx's PDF."""
    return f"{str(docx).removesuffix('.docx')}.pdf"


def wanted(document: Document, numbers: Collection[int]) -> list[int]:
    known = [attachment.number for attachment in document.attachments]
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise DisclosureError(
            Problem(
                f"没有附件{'、'.join(map(str, unknown))}。",
                None,
                f"本年度有附件{'、'.join(map(str, known)) or '（无）'}",
            )
        )
    return list(numbers) or known


def _properties(written: Written, title: str) -> DocumentProperties:
    year = written.report.year
    return DocumentProperties(title, written.report.unit.full_name.words, f"{year}-12-31")


FORBIDDEN = str.maketrans(dict(zip('<>:"/\\|?*', "＜＞：＂／＼｜？＊", strict=True)))
LONGEST_NAME = 180  # bytes; file systems allow 255, folders and suffixes need some


def file_name(title: str) -> str:
    """The title as a file name on every system: forbidden characters widened, length bounded."""
    plain = re.sub(r"[\x00-\x1f]+", " ", title).translate(FORBIDDEN).strip(" .")
    while len(plain.encode()) > LONGEST_NAME:
        plain = plain[:-1]
    return plain or "未命名"
