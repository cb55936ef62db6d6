"""Our own .docx, just made, against the data: in every build, so on its bytes and without a tree.

Paragraphs are found by their bookmark, table rows by the table's number, indicators by their
attachment; what is compared is the text between the marks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from disclosure.check.causes import grouped
from disclosure.check.rule import Looked, Remark, Rule, Said, examine, rule
from disclosure.check.rules import Checked
from disclosure.document import Attachment, Document
from disclosure.model.place import Location
from disclosure.model.table import Table
from disclosure.readback.sources import marked
from disclosure.render.contents import attachment_title
from disclosure.render.printing import attribute_text, bookmark_name, printed_words, run_text

DOCUMENT = "word/document.xml"
_MARKUP = re.compile(rb"<[^>]*>")
_END = b"<w:bookmarkEnd"
_TEXT_END = b"</w:t>"
_CELL = b"\x1f"
_MEANS_SOMETHING = re.compile('[&<>"\\s]')


@dataclass(frozen=True)
class Own:
    """A report that was just made: its bytes and the value it was made of."""

    docx: bytes
    document: Document
    file: str = ""

    @cached_property
    def xml(self) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.docx)) as package:
            return package.read(DOCUMENT)

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return ""


def _bare(xml: bytes) -> bytes:
    return _MARKUP.sub(b"", xml)


def _expected(words: str) -> bytes:
    text = run_text(words).encode()
    return _bare(text) if b"<" in text else text


@rule(
    "D6",
    "刚生成的 .docx 应与数据一致：每段、每个表格行、每个指标、每张图",
    compares=("生成的 .docx 读回的内容", "数据里的文字和表"),
    source="模板漏了标签、换了栏次时，成品与数据不符",
    advice="运行 build.py template check，核对模板里的标签",
)
def own_file_is_as_told(own: Own) -> Iterator[Said]:
    yield from _paragraphs(own)
    yield from _tables(own)
    yield from _attachments(own)
    yield from _charts(own)


OWN_RULES: tuple[Rule[Own], ...] = (own_file_is_as_told,)


def _remark(own: Own, where: str, built: str, read: str) -> Remark:
    message = f"{where}：数据是“{built}”，文件里" + (f"是“{read}”" if read else "没有")
    return Remark(message, where, (), Location(own.file or DOCUMENT, None, where))


def _paragraphs(own: Own) -> Iterator[Said]:
    xml, agreed = own.xml, 0
    places = _marks(xml)
    for mark, paragraph in marked(own.document).items():
        start = places.get(mark.encode(), -1)
        if start < 0:
            if paragraph.plain:
                yield _remark(own, paragraph.key, paragraph.plain, "")
            continue
        read = _text(xml[start : xml.find(_END, start)])
        if read == _expected(paragraph.plain):
            agreed += 1
        else:
            yield _remark(own, paragraph.key, paragraph.plain, read.decode())
    yield Looked(agreed)


_NAMED = b'w:name="d_'


def _marks(xml: bytes) -> dict[bytes, int]:
    """Where the text after each of our bookmarks begins."""
    found = {}
    at = xml.find(_NAMED)
    while at >= 0:
        end = xml.find(b'"/>', at)
        found[xml[at + len(_NAMED) - 2 : end]] = end + 3
        at = xml.find(_NAMED, end)
    return found


def _text(xml: bytes) -> bytes:
    """The text between two marks; most often it is one run, which needs no pattern."""
    before, end, after = xml.partition(_TEXT_END)
    if _TEXT_END in after:
        return _bare(xml)
    return b"" if not end else before[before.rfind(b">") + 1 :]


def _rows_below(xml: bytes, at: int) -> set[bytes]:
    """The rows of the next table as text, each cell ended by a mark."""
    start = xml.find(b"<w:tbl>", at)
    end = xml.find(b"</w:tbl>", start)
    if start < 0 or end < 0:
        return set()
    rows = xml[start:end].split(b"</w:tr>")[:-1]
    return {b"".join([_text(cell) + _CELL for cell in row.split(b"</w:tc>")[:-1]]) for row in rows}


def _row(words: list[str]) -> bytes:
    """The cells of a row as they stand in the file, each ended by a mark."""
    joined = "\x1f".join(words)
    if _MEANS_SOMETHING.search(joined):
        return b"".join(_expected(one) + _CELL for one in words)
    return joined.encode() + _CELL


def _tables(own: Own) -> Iterator[Said]:
    for table in own.document.tables:
        at = own.xml.find(f">{table.code}<".encode())
        rows = _rows_below(own.xml, at) if at >= 0 else set()
        yield from _table(own, table, rows)


def _table(own: Own, table: Table, rows: set[bytes]) -> Iterator[Said]:
    agreed = 0
    filled: set[bytes] | None = None
    for row in table.rows:
        words = [cell.text for cell in row.cells.values()]
        whole = _row(words)
        if whole in rows:
            agreed += len(words)
            continue
        if filled is None:  # a wide cell stands for several columns
            filled = {_filled(one) for one in rows}
        if _filled(whole) in filled:
            agreed += len(words)
        else:
            yield _remark(own, f"{table.code} {row.key}", "│".join(words), "")
    yield Looked(agreed)


def _filled(row: bytes) -> bytes:
    return _CELL.join(filter(None, row.split(_CELL)))


def _attachments(own: Own) -> Iterator[Said]:
    for attachment in own.document.attachments:
        mark = bookmark_name(attachment_title(attachment).key)
        at = own.xml.find(f'w:name="{mark}"'.encode())
        rows = _rows_below(own.xml, at) if at >= 0 else set()
        yield from _scores(own, attachment, b"".join(rows))


SHOWN = ("名称", "目标", "实际", "得分")


def _scores(own: Own, attachment: Attachment, text: bytes) -> Iterator[Said]:
    lines = attachment.cells.get("指标")
    agreed = 0
    for line in lines if isinstance(lines, list) else ():
        words = [printed_words(line.get(tag, "")) for tag in SHOWN]
        if _row(words) in text:
            agreed += len(words)
        else:
            yield _remark(own, f"{attachment.titles['附件标签']} {words[0]}", "│".join(words), "")
    yield Looked(agreed)


_DRAWING = re.compile(rb"<wp:docPr [^>]*>")


def _charts(own: Own) -> Iterator[Said]:
    drawings = b"".join(_DRAWING.findall(own.xml))
    for series in own.document.charts.values():
        if f'descr="{attribute_text(series.description)}"'.encode() in drawings:
            yield Looked(1)
        else:
            yield _remark(own, series.caption, series.description, "")


def with_own(checked: Checked, docx: bytes, document: Document, file: str) -> Checked:
    """The same with what the finished report says when it is read back."""
    entries = tuple(examine(each, Own(docx, document, file)) for each in OWN_RULES)
    findings = tuple(finding for entry in entries for finding in entry.findings)
    found = (*checked.findings, *grouped(findings)) if findings else checked.findings
    return replace(checked, findings=found, ledger=(*checked.ledger, *entries))
