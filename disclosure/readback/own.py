"""Our own .docx, just made, against the data: in every build, so on its bytes and without a tree.

Paragraphs are found by their bookmark, table rows by the table's number, indicators by their
attachment; what is compared is the text between the marks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
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
_NAMED = b'w:name="d_'
_END = b"<w:bookmarkEnd"
_TEXT_END = b"</w:t>"
_CELL_END = b"</w:tc>"
_ONE_RUN_CELL_END = b"</w:t></w:r></w:p></w:tc>"
_WIDE = b'<w:gridSpan w:val="'
_DRAWING = b"<wp:docPr "
_CELL, _ROW = b"\x1f", b"\x1e"
_ESCAPED = re.compile('[&<>"\x00-\x1e]')  # what a file has otherwise than the data


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

    @cached_property
    def marks(self) -> dict[bytes, int]:
        """Where the text after each of our bookmarks begins."""
        found, xml = {}, self.xml
        at = xml.find(_NAMED)
        while at >= 0:
            end = xml.find(b'"/>', at)
            found[xml[at + len(_NAMED) - 2 : end]] = end + 3
            at = xml.find(_NAMED, end)
        return found

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return ""


def _bare(xml: bytes) -> bytes:
    return _MARKUP.sub(b"", xml)


def _expected(words: str) -> bytes:
    if not _ESCAPED.search(words):
        return words.encode()
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
    xml, marks, agreed = own.xml, own.marks, 0
    for mark, paragraph in marked(own.document).items():
        start = marks.get(mark.encode(), -1)
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


def _text(xml: bytes) -> bytes:
    """The text between two marks; most often it is one run, which needs no pattern."""
    before, end, after = xml.partition(_TEXT_END)
    if _TEXT_END in after:
        return _bare(xml)
    return b"" if not end else before[before.rfind(b">") + 1 :]


# ------------------------------------------------------------------ rows of tables


def _rows_below(xml: bytes, at: int) -> dict[bytes, bytes]:
    """The rows of the next table by their text, in which each cell is ended by a mark."""
    start = xml.find(b"<w:tbl>", at)
    end = xml.find(b"</w:tbl>", start)
    if at < 0 or start < 0 or end < 0:
        return {}
    return {_read_row(row): row for row in xml[start:end].split(b"</w:tr>")[:-1]}


def _read_row(row: bytes) -> bytes:
    """The text of a row's cells; most rows have one run in each, and are cut up at once."""
    *cells, _ = row.split(_ONE_RUN_CELL_END)
    if not len(cells) == row.count(_TEXT_END) == row.count(_CELL_END):
        return b"".join([_text(cell) + _CELL for cell in row.split(_CELL_END)[:-1]])
    return _CELL.join([cell[cell.rfind(b">") + 1 :] for cell in cells]) + _CELL


def _row(words: list[str]) -> bytes:
    """The cells of a row as they stand in the file, each ended by a mark."""
    joined = "\x1f".join(words)
    if _ESCAPED.search(joined):
        return b"".join(_expected(one) + _CELL for one in words)
    return joined.encode() + _CELL


def _tables(own: Own) -> Iterator[Said]:
    at = 0
    for table in own.document.tables:
        code = f">{table.code}<".encode()
        below = own.xml.find(code, at)
        below = below if below >= 0 else own.xml.find(code)
        at = max(at, below)
        yield from _table(own, table, _rows_below(own.xml, below))


def _table(own: Own, table: Table, rows: Mapping[bytes, bytes]) -> Iterator[Said]:
    agreed = 0
    for row in table.rows:
        words = [cell.text for cell in row.cells.values()]
        whole = _row(words)
        if whole in rows or _is_in_wide_cells(whole, len(words), rows):
            agreed += len(words)
        else:
            yield _remark(own, f"{table.code} {row.key}", "│".join(words), "")
    yield Looked(agreed)


def _is_in_wide_cells(whole: bytes, columns: int, rows: Mapping[bytes, bytes]) -> bool:
    """Whether the row stands there in another number of cells: a wide one for several columns."""
    filled = _filled(whole)
    return any(
        _filled(read) == filled and _stands_in_its_columns(whole.split(_CELL)[:-1], row)
        for read, row in rows.items()
        if read.count(_CELL) != columns
    )


def _filled(row: bytes) -> bytes:
    return _CELL.join(filter(None, row.split(_CELL)))


def _stands_in_its_columns(words: list[bytes], row: bytes) -> bool:
    """Whether each cell says what the columns say that it is as wide as.

    A table of another number of columns, which a template may have, says so in some order.
    """
    cells = [(_text(cell), _width(cell)) for cell in row.split(_CELL_END)[:-1]]
    if sum(width for _, width in cells) != len(words):
        return True
    column = iter(words)
    return all(text == b"".join([next(column) for _ in range(width)]) for text, width in cells)


def _width(cell: bytes) -> int:
    """How many columns a cell is wide."""
    _, wide, width = cell.partition(_WIDE)
    return int(width[: width.find(b'"')]) if wide else 1


def _attachments(own: Own) -> Iterator[Said]:
    for attachment in own.document.attachments:
        mark = bookmark_name(attachment_title(attachment).key)
        rows = _rows_below(own.xml, own.marks.get(mark.encode(), -1))
        yield from _scores(own, attachment, _ROW.join(rows))


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


# ------------------------------------------------------------------ charts


def _charts(own: Own) -> Iterator[Said]:
    drawings, seen = _drawings(own.xml), b""
    for series in own.document.charts.values():
        wanted = f'descr="{attribute_text(series.description)}"'.encode()
        while wanted not in seen and (drawing := next(drawings, b"")):
            seen += drawing
        if wanted in seen:
            yield Looked(1)
        else:
            yield _remark(own, series.caption, series.description, "")


def _drawings(xml: bytes) -> Iterator[bytes]:
    """What each drawing says of itself, looked for only as far as it is asked."""
    at = xml.find(_DRAWING)
    while at >= 0:
        end = xml.find(b">", at)
        yield xml[at:end]
        at = xml.find(_DRAWING, end)


def with_own(checked: Checked, docx: bytes, document: Document, file: str) -> Checked:
    """The same with what the finished report says when it is read back."""
    entries = tuple(examine(each, Own(docx, document, file)) for each in OWN_RULES)
    findings = tuple(finding for entry in entries for finding in entry.findings)
    found = (*checked.findings, *grouped(findings)) if findings else checked.findings
    return replace(checked, findings=found, ledger=(*checked.ledger, *entries))
