"""A document as the sentence rules see it: out of the document value, or out of a file read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from disclosure.check.cells import Cells, TableCells, table_cells
from disclosure.check.document_rules_told import Indicator, Line, Sheet, Told
from disclosure.check.document_rules_topics import key_of_section, keys_of_headings
from disclosure.check.rule import Term, of
from disclosure.derive.money import TOTAL
from disclosure.derive.report import Report
from disclosure.document import Attachment, Document
from disclosure.model.figure import WAN, Figure
from disclosure.model.finished import BODY, HEADING, Finished, ReadTable
from disclosure.model.place import Location
from disclosure.model.table import Cell, Row, Table
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.headings import NumberedHeading
from disclosure.schema.pack import PackLayout, TableLayout

_AMOUNT = re.compile(r"-?\d+(?:\.\d+)?")
_REPORT_YEAR = re.compile(r"((?:19|20)\d\d)\s*年度")
_ATTACHMENT = re.compile(r"附件\d+")
BETWEEN_HEADINGS = "/"


# ------------------------------------------------------------------ out of the document value


def told_of_document(document: Document, report: Report, cells: Cells) -> Told:
    """What the data say, before any file is made."""
    names = project_names(report)

    return Told(
        tuple(_document_lines(document)),
        cells,
        report.year,
        tuple(
            _sheet(attachment, names.get(attachment.key, ())) for attachment in document.attachments
        ),
        {series.caption: series.description for series in document.charts.values()},
        last_year(report),
    )


def last_year(report: Report) -> Callable[[str], Term | None]:
    """The figures of the year before by name; None where there is none."""

    def prior(name: str) -> Term | None:
        figure = report.figures.get(name, report.year - 1)
        return of(figure) if figure is not None else None

    return prior


def project_names(report: Report) -> dict[str, tuple[str, ...]]:
    """By a project's name all names that it goes by."""
    other = {e.key: getattr(e.file, "name_in_report", None) for e in report.projects}
    return {key: (key, *([str(name)] if name else [])) for key, name in other.items()}


def _document_lines(document: Document) -> Iterator[Line]:
    yield from _under(document.headings, document.sections)
    for attachment in document.attachments:
        label = str(attachment.titles["附件标签"])
        yield from _under(attachment.headings, attachment.sections, label)


def _under(
    headings: tuple[NumberedHeading, ...],
    sections: Mapping[str, list[Paragraph]],
    project: str = "",
) -> Iterator[Line]:
    above: dict[int, str] = {}
    for heading in headings:
        level, title = heading.level, heading.paragraph.plain
        above = {upper: words for upper, words in above.items() if upper < level}
        above[level] = title
        paragraphs = sections.get(heading.key)
        if not paragraphs:
            continue
        section, name = BETWEEN_HEADINGS.join(above.values()), project or title
        for number, paragraph in enumerate(paragraphs, 1):
            text = paragraph.text
            place = text.free[0].source if text.free else None
            yield Line(text.plain, f"{name} 第{number}段", section, place, project, heading.key)


def _sheet(attachment: Attachment, also: tuple[str, ...]) -> Sheet:
    cells = attachment.cells
    lines = cells.get("指标")
    return Sheet(
        str(attachment.titles["附件标签"]),
        str(attachment.titles["自评表标题"]),
        _text(cells.get("预算数")),
        _text(cells.get("执行数")),
        _text(cells.get("总分")),
        tuple(_indicators(lines if isinstance(lines, list) else [])),
        attachment.overall,
        also,
    )


def _indicators(lines: list[Mapping[str, object]]) -> Iterator[Indicator]:
    """The indicators; what a merged cell says stands in its first row only."""
    first = second = ""
    for line in lines:
        first = _text(line.get("一级")) or first
        second = _text(line.get("二级")) or second
        if name := _text(line.get("名称")):
            yield Indicator(first, second, name, _text(line.get("得分")))


def _text(value: object) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Cell):
        return value.text
    return value.plain if isinstance(value, Text) else str(value or "")


# ------------------------------------------------------------------ out of a file


def told_of_file(
    finished: Finished,
    layout: PackLayout | None,
    also: Mapping[str, tuple[str, ...]] | None = None,
    prior: Callable[[str], Term | None] = lambda name: None,
) -> Told:
    """What a file says. Without the pack's layout its tables are not known cell by cell.

    `also` has more names of a project by 附件 number, `prior` last year's figures, where known.
    """
    cells = file_cells(finished, layout) if layout else Cells({})
    year = next((m for p in finished.paragraphs if (m := _REPORT_YEAR.search(p.words))), None)
    keys = keys_of_headings(layout) if layout else {}
    lines = tuple(
        Line(
            paragraph.words,
            paragraph.place,
            BETWEEN_HEADINGS.join(paragraph.section),
            Location(finished.file, None, paragraph.place),
            paragraph.section[0] if _is_attachment(paragraph.section) else "",
            key_of_section(paragraph.section, keys),
        )
        for paragraph in finished.of(BODY, HEADING)
    )
    sheets = tuple(_read_sheet(t, also or {}) for t in finished.tables if _is_sheet(t))
    charts = {chart.name: chart.words for chart in finished.charts}
    return Told(lines, cells, int(year[1]) if year else None, sheets, charts, prior)


def _is_attachment(section: tuple[str, ...]) -> bool:
    return bool(section) and _ATTACHMENT.fullmatch(section[0]) is not None


def _is_sheet(table: ReadTable) -> bool:
    return table.name.startswith("附件")


def _read_sheet(table: ReadTable, also: Mapping[str, tuple[str, ...]]) -> Sheet:
    label = table.name.partition(" ")[0]
    budget = executed = total = ""
    indicators: list[Indicator] = []
    columns: list[str] | None = None
    for at, row in enumerate(table.rows):
        words = [cell.words.strip() for cell in row]
        if "预算数（A）" in words and at + 1 < len(table.rows):
            below = table.rows[at + 1]
            budget = below[words.index("预算数（A）")].words.strip()
            executed = (
                below[words.index("执行数（B）")].words.strip() if "执行数（B）" in words else ""
            )
        elif "三级指标" in words:
            columns = words
        elif "总分" in words:
            total = next((one for one in words if _AMOUNT.fullmatch(one)), "")
            columns = None
        elif columns and len(set(words)) > 2 and len(words) == len(columns):
            named = {name: word for name, word in zip(columns, words, strict=True) if name}
            if named.get("三级指标"):
                indicators.append(
                    Indicator(
                        named.get("一级指标", ""),
                        named.get("二级指标", ""),
                        named["三级指标"],
                        named.get("得分", ""),
                    )
                )
    overall = any("基本支出总额" in cell.words for row in table.rows[:3] for cell in row)
    return Sheet(
        label, table.title, budget, executed, total, tuple(indicators), overall, also.get(label, ())
    )


def file_cells(finished: Finished, layout: PackLayout) -> Cells:
    """The 公开表 of a file as amounts; a table of another shape than the pack's is left out."""
    read = {table.name: table for table in finished.tables}
    found: dict[str, TableCells] = {}
    for plan in layout.tables:
        table = read.get("".join(plan.code.split()))
        made = _table(plan, table, finished.file) if table else None
        if made and table:
            made = replace(made, empty_note=_empty_note(finished, table, plan))
        cells = _cells(plan, made, layout) if made else None
        if cells is not None:
            found[cells.role] = cells
    return Cells(found)


def _empty_note(finished: Finished, table: ReadTable, plan: TableLayout) -> str:
    """The 无数据 statement under a table, "" where there is none."""
    subject = str(plan.empty_subject or "")
    below = (p for p in finished.of(BODY) if p.section == table.section)
    return next((p.words for p in below if subject and _says_empty(p.words, subject)), "")


def _says_empty(words: str, subject: str) -> bool:
    return (
        not words.startswith("注") and re.search(f"[无没].*{re.escape(subject)}", words) is not None
    )


def _cells(plan: TableLayout, table: Table, layout: PackLayout) -> TableCells | None:
    try:
        return table_cells(plan, table, layout.top_classes)
    except ValueError:  # rows added or taken away by hand, which D3.1 tells of
        return None


def _table(plan: TableLayout, read: ReadTable, file: str) -> Table | None:
    if not _has_header(plan, read):
        return None
    columns = _columns(plan)
    rows: list[Row] = []
    for number, row in enumerate(read.rows[len(plan.header) :], len(plan.header) + 1):
        if len(row) != len(columns):
            return None
        words = [cell.words.strip() for cell in row]
        if plan.layout == "科目" and not words[0]:
            continue
        where = f"{read.name} 第{number}行“{next(filter(None, words), '')}”"
        cells = {
            column: Cell(word, _figure(word, Location(file, None, f"{where} {column}"), where))
            for column, word in zip(columns, words, strict=True)
        }
        rows.append(Row(TOTAL if words[0] == TOTAL else words[0], cells))
    if not rows or (plan.layout == "单行" and len(rows) != 1):
        return None
    return Table(
        plan.name,
        "".join(plan.code.split()),
        plan.title or plan.name,
        "",
        "",
        "",
        tuple(tuple(line) for line in plan.header),
        columns,
        frozenset(),
        tuple(rows),
        (),
    )


def _has_header(plan: TableLayout, read: ReadTable) -> bool:
    """Whether the table's head is that of the pack: another pack orders its columns otherwise."""
    wanted = [[word for word in line if word not in ("", "<", "^")] for line in plan.header]
    for line, row in zip(wanted, read.rows, strict=False):
        words = ["".join(cell.words.split()) for cell in row if not cell.continued]
        at = iter(words)
        if not all("".join(word.split()) in at for word in line):
            return False
    return len(read.rows) > len(wanted)


def _columns(plan: TableLayout) -> tuple[str, ...]:
    if plan.left is not None and plan.right is not None:
        return tuple(
            f"{side.prefix}{name}"
            for side in (plan.left, plan.right)
            for name in ("项目", "行次", *side.columns)
        )
    if plan.layout == "经济分类":
        groups = range(1, len(plan.groups) + 1)
        return tuple(f"{part}{number}" for number in groups for part in ("代码", "名称", "决算数"))
    if plan.layout == "科目":
        return ("科目代码", "科目名称", *plan.columns)
    return tuple(plan.columns)


def _figure(words: str, place: Location, where: str) -> Figure | None:
    plain = words.replace(",", "")
    if not _AMOUNT.fullmatch(plain):
        return None
    return Figure(f"文件/{where}", Decimal(plain), WAN, "金额", place)
