"""Each thing in the finished .docx changed, one at a time: with the content at hand, and without."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from bench.checks.sites import NAME, OPPOSITE, WAY, WAYS, YEAR, misspelt
from bench.checks.tally import Tallies, Tally, said, some
from disclosure.derive.report import Report
from disclosure.document import Document
from disclosure.pipeline import Build
from disclosure.readback.checking import Data, check_docx
from disclosure.readback.sources import table_rows
from disclosure.schema.pack import PackLayout

DOCUMENT = "word/document.xml"
TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
KINDS: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "金额": (re.compile(r"\d+\.\d+|\d+(?=万元)"), lambda words: f"{Decimal(words) + 1}"),
    YEAR: (re.compile(r"20\d\d(?=年)"), lambda words: str(int(words) - 1)),
    WAY: (WAYS, lambda words: OPPOSITE[words]),
    "个数": (re.compile(r"(?<![\d.])\d+(?=[个人名辆次分])"), lambda words: str(int(words) + 1)),
}


@dataclass(frozen=True)
class Spot:
    """Characters of the document's XML and what is put there instead."""

    kind: str
    start: int
    end: int
    new: str
    around: str


def spots(xml: str, names: Iterable[str]) -> list[Spot]:
    """Every place at which a change of some kind can be made."""
    found = []
    name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for text in TEXT.finditer(xml):
        for kind, (pattern, wrong) in (*KINDS.items(), (NAME, (name, misspelt))):
            for match in pattern.finditer(text[2]):
                if match[0]:
                    at = text.start(2)
                    around = text[2][max(0, match.start() - 8) : match.end() + 8]
                    start, end = at + match.start(), at + match.end()
                    found.append(Spot(kind, start, end, wrong(match[0]), around))
    return found


def with_document(docx: bytes, xml: str) -> bytes:
    """The package with another document.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.infolist():
            new.writestr(item, xml if item.filename == DOCUMENT else old.read(item.filename))
    return made.getvalue()


def document_xml(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(DOCUMENT).decode()


def in_document(
    made: Build, layout: PackLayout, sample: int | None, seed: int, *, alone: bool = False
) -> Tallies:
    """Change the finished report one place at a time; `alone`: the content is not at hand."""
    tallies: Tallies = defaultdict(Tally)
    docx = next(product.data for product in made.products if product.kind == "report")
    data = None if alone else Data(made.report, made.document, docx)
    known = said(check_docx(docx, "成品.docx", layout, data))
    xml = document_xml(docx)
    by_kind: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots(xml, printed_names(made.report, made.document)):
        by_kind[spot.kind].append(spot)
    for kind, found in by_kind.items():
        for spot in some(found, sample, seed):
            wrong = with_document(docx, xml[: spot.start] + spot.new + xml[spot.end :])
            reported = bool(said(check_docx(wrong, "成品.docx", layout, data)) - known)
            tallies[kind].note(f"…{spot.around}… → {spot.new}", reported=reported)
    return dict(tallies)


def printed_names(report: Report, document: Document) -> set[str]:
    """The unit, 科目, indicators and projects by the names that the tables print."""
    cells = (text for rows in table_rows(document).values() for row in rows for text, _ in row)
    words = {text for text in cells if re.fullmatch("[一-鿿“”（）]{4,}", text)}
    evaluations = [*report.projects, *([report.overall] if report.overall else [])]
    words -= {i.target for one in evaluations for i in one.indicators}  # 完成, 正常运行
    projects = {project.key for project in report.projects}
    return words | projects | {report.unit.full_name.words, report.unit.short_name}
