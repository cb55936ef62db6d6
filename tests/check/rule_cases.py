"""Cases of rules: what is there to see, and what the rule says of it. One line each.

Every rule has a case where it speaks, one where it is silent and one at the edge; `COVERED` notes
which, and `test_every_rule_has_its_cases` looks it up.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest
from builders import a_report, a_voice, a_year, hubei

from disclosure.check.cells import NINE, Cells, Spot, TableCells
from disclosure.check.finding import Finding
from disclosure.check.rule import Entry, Rule, examine
from disclosure.check.rules import RULES
from disclosure.check.subject import Subject
from disclosure.derive.report import Report
from disclosure.document import write_document
from disclosure.model.place import Location
from disclosure.model.text import FreeWords, Paragraph, Text
from disclosure.schema.content import UnitFile, YearContent
from disclosure.schema.pack import PackLayout
from disclosure.written import subject_of

KINDS = ("speaks", "silent", "edge")
COVERED: dict[str, set[str]] = defaultdict(set)
MEASURES = {
    "收入决算表": ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
    "支出决算表": ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    "一般公共预算财政拨款支出决算表": ("本年支出", "基本支出", "项目支出"),
    "政府性基金预算财政拨款收入支出决算表": ("年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余"),
    "国有资本经营预算财政拨款支出决算表": ("本年支出", "基本支出", "项目支出"),
}  # fmt: skip


def rule_called(number: str) -> Rule[Any]:
    return next(rule for rule in RULES if rule.id == number)


def outcome(entry: Entry) -> str:
    """The levels of what was found; the verdict where nothing was."""
    levels = sorted({finding.level.value for finding in entry.findings})
    return "、".join(levels) or entry.verdict.value


def lines(table: str) -> list[Any]:
    """The cases of a table: rule, kind, what is there, what comes of it. Notes their coverage."""
    cases = []
    for line in dedent(table).strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        number, kind, given, expected = (cell.strip() for cell in line.split("|"))
        assert kind.split()[0] in KINDS, line
        COVERED[number].add(kind.split()[0])
        cases.append(pytest.param(number, given, expected, id=f"{number} {kind}: {given[:40]}"))
    return cases


# ------------------------------------------------------------------ tables


def some_cells(given: str, unit: str = "某州某中心") -> Cells:
    """Cells out of `01 收入/总计=5 支出/总计=5; 03 合计/基本支出=2`: the table's number among the
    nine, then name=amount; a blank amount makes a row without money."""
    tables = {}
    for part in filter(None, (part.strip() for part in given.split(";"))):
        number, *named = part.split()
        role = NINE[int(number) - 1]
        tables[role] = some_table(role, dict(each.split("=") for each in named))
    return Cells(tables, unit)


def some_table(role: str, named: dict[str, str], **more: Any) -> TableCells:
    code = f"公开{NINE.index(role) + 1:02}表"
    more = {"spot": a_spot, **more}
    amounts = {name: Decimal(text) for name, text in named.items() if text}
    if role not in MEASURES:
        return TableCells(role, code, role, amounts=amounts, **more)
    rows: dict[str, dict[str, Decimal]] = {}
    for name in named:
        key, _, measure = name.partition("/")
        rows.setdefault(key, {})
        if name in amounts:
            rows[key][measure] = amounts[name]
    order = tuple(dict.fromkeys(name.partition("/")[0] for name in named))
    return TableCells(role, code, role, rows=rows, order=order, measures=MEASURES[role], **more)


def a_spot(name: str) -> Spot:
    """201/基本支出 stands in row 201, column 基本支出."""
    row, _, column = name.rpartition("/")
    return Spot(f"{row}行", column)


def on_cells(number: str, given: str) -> str:
    return outcome(examine(rule_called(number), some_cells(given)))


# ------------------------------------------------------------------ the report


def a_subject(
    report: Report | None = None,
    *,
    layout: PackLayout | None = None,
    words: bool = False,
    paragraphs: tuple[Paragraph, ...] = (),
) -> Subject:
    """A report as the rules see it: with all its words, or with these paragraphs alone."""
    report, layout = report or plain_report(), layout or hubei().layout
    if words:
        document = write_document(a_voice(report, layout), hubei().terms)
        return subject_of(report, layout, document)
    return Subject(report, layout, paragraphs=paragraphs)


_plain: list[Report] = []


def plain_report() -> Report:
    """The plain unit and year, derived once."""
    if not _plain:
        _plain.append(a_report())
    return _plain[0]


def a_paragraph(words: str, key: str = "某段") -> Paragraph:
    """A paragraph somebody typed."""
    place = Location("content/2023/某文件.yaml", 1, key)
    return Paragraph(key, Text(words, (), (FreeWords(0, len(words), place),)))


def saying(words: str) -> Subject:
    """The plain report with one more sentence, typed."""
    return a_subject(paragraphs=(a_paragraph(words),))


def case(number: str, kind: str, expected: str, **given: Any) -> Any:
    """A case of a rule on a report: changes to a plain year by file, `before`, `unit`, `words`."""
    COVERED[number].add(kind.split(maxsplit=1)[0])
    return pytest.param(number, given, expected, id=f"{number} {kind}")


def on_report(number: str, given: dict[str, Any]) -> Entry:
    given = dict(given)
    before: YearContent | None = given.pop("before", None)
    unit: UnitFile | None = given.pop("unit", None)
    layout: PackLayout | None = given.pop("layout", None)
    words: bool = given.pop("words", False)
    report = a_report(a_year(**given), before, unit, layout)
    return examine(rule_called(number), a_subject(report, layout=layout, words=words))


def findings_of(number: str, subject: Subject) -> tuple[Finding, ...]:
    return examine(rule_called(number), subject).findings
