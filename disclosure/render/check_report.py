"""The result of a check as a workbook or one HTML page: every rule, and every finding."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

import xlsxwriter

from disclosure.check.finding import Finding, Stated, plain
from disclosure.check.rule import Entry, Verdict
from disclosure.check.rules import Checked
from disclosure.model.place import Level

RULES, FINDINGS, ACKNOWLEDGED = "规则", "发现", "已确认"
RULE_HEADS = ("编号", "规则", "级别", "结果", "为什么", "核对次数", "发现数", "比较的两处", "依据")
FINDING_HEADS = (
    "规则", "级别", "说明", "位置", "查到的", "查到的数", "应为", "应为的数", "相差", "允许的尾差",
    "可能的原因", "处理办法",
)  # fmt: skip
WIDTHS = {
    RULES: (9, 46, 7, 10, 40, 9, 8, 46, 34),
    FINDINGS: (9, 7, 60, 40, 46, 12, 46, 12, 10, 24, 30, 40),
}
COLOURS = {
    Verdict.PASSED: "#e6f4ea",
    Verdict.FAILED: "#fce8e6",
    Verdict.NOT_APPLICABLE: "#f1f3f4",
    Verdict.UNKNOWN: "#fef7e0",
}
LEVEL_COLOURS = {Level.ERROR: "#fce8e6", Level.HINT: "#fef7e0", Level.ROUNDING: "#f1f3f4"}
MADE = datetime(2000, 1, 1)  # no clock: the same check gives the same bytes


def _rule_row(entry: Entry) -> tuple[object, ...]:
    rule = entry.rule
    return (
        rule.id,
        rule.title,
        rule.level.value,
        entry.verdict.value,
        entry.why,
        entry.compared,
        len(entry.findings),
        f"{rule.compares[0]} ↔ {rule.compares[1]}",
        rule.source,
    )


def _told(findings: Sequence[Finding]) -> Iterator[tuple[Finding, bool]]:
    """Every finding, each followed by those with the same cause."""
    for finding in findings:
        yield finding, False
        for consequence in finding.consequences:
            yield consequence, True


def _side(side: Stated | None) -> tuple[str, str]:
    if side is None:
        return "", ""
    at = f"（{side.place}）" if side.place else ""
    return f"{side.where}{at}", side.shown


def _finding_row(finding: Finding, follows: bool) -> tuple[object, ...]:
    found, expected = _side(finding.found), _side(finding.expected)
    return (
        finding.rule,
        finding.level.value,
        f"└ 同一原因：{finding.message}" if follows else finding.message,
        str(finding.place or ""),
        *found,
        *expected,
        "" if finding.gap is None else plain(finding.gap),
        finding.margin_reason,
        finding.cause,
        finding.advice,
    )


def summary(checked: Checked) -> str:
    """规则 128 条：通过 96，未通过 8……"""
    counts = "，".join(f"{verdict.value} {checked.count(verdict)}" for verdict in Verdict)
    return f"规则 {len(checked.ledger)} 条：{counts}"


def report_xlsx(subject: str, checked: Checked) -> bytes:
    """A sheet of rules, one of findings, one of what was acknowledged; filters on, head frozen."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(
        data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"核对报告 {subject}", "created": MADE})
    base = {"text_wrap": True, "valign": "top"}
    head = book.add_format({**base, "bold": True, "bottom": 1})
    usual = book.add_format(base)
    looks = {
        key.value: book.add_format({**base, "bg_color": colour})
        for key, colour in (*COLOURS.items(), *LEVEL_COLOURS.items())
    }

    def sheet(
        name: str, heads: Sequence[str], rows: Sequence[tuple[object, ...]], mark: int
    ) -> None:
        page = book.add_worksheet(name)
        page.write(0, 0, f"核对报告 {subject}")
        page.write(1, 0, summary(checked))
        page.write_row(2, 0, heads, head)
        for at, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                look = looks.get(str(value), usual) if column == mark else usual
                page.write(at, column, value, look)
        for column, width in enumerate(WIDTHS[name]):
            page.set_column(column, column, width)
        page.freeze_panes(3, 1)
        page.autofilter(2, 0, 2 + len(rows), len(heads) - 1)

    sheet(RULES, RULE_HEADS, [_rule_row(entry) for entry in checked.ledger], 3)
    told = [_finding_row(*one) for one in _told(checked.findings)]
    sheet(FINDINGS, FINDING_HEADS, told, 1)
    if checked.acknowledged:
        page = book.add_worksheet(ACKNOWLEDGED)
        page.write_row(0, 0, ("规则", "说明", "理由", "确认人", "日期"), head)
        for at, done in enumerate(checked.acknowledged, 1):
            finding, hint = done.finding, done.hint
            when = hint.when.isoformat()
            page.write_row(at, 0, (finding.rule, finding.message, hint.why, hint.who, when), usual)
    book.close()
    return data.getvalue()


STYLE = """
body{font:15px/1.6 system-ui,"Microsoft YaHei",sans-serif;margin:2rem auto;max-width:76rem;
padding:0 1rem;color:#202124}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}
th,td{border:1px solid #dadce0;padding:.35rem .5rem;text-align:left;vertical-align:top}
th{background:#f8f9fa;position:sticky;top:0}
.follows td:nth-child(3){padding-left:1.5rem}
@media print{th{position:static}}
"""


def report_html(subject: str, checked: Checked) -> bytes:
    """One page that needs nothing else: no script, no font, no network."""
    colours = {one.value: colour for one, colour in (*COLOURS.items(), *LEVEL_COLOURS.items())}
    findings = _table(
        FINDING_HEADS,
        [(_finding_row(one, follows), follows) for one, follows in _told(checked.findings)],
        1,
        colours,
    )
    rules = _table(RULE_HEADS, [(_rule_row(entry), False) for entry in checked.ledger], 3, colours)
    title = f"核对报告 {escape(subject)}"
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head>
<body><h1>{title}</h1><p>{escape(summary(checked))}</p>
<h2>发现（{len(checked.findings)}）</h2>{findings if checked.findings else "<p>没有。</p>"}
<h2>规则（{len(checked.ledger)}）</h2>{rules}</body></html>
"""
    return page.encode()


def _table(
    heads: Sequence[str],
    rows: Sequence[tuple[tuple[object, ...], bool]],
    mark: int,
    colours: dict[str, str],
) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = []
    for row, follows in rows:
        cells = []
        for column, value in enumerate(row):
            colour = colours.get(str(value), "") if column == mark else ""
            style = f' style="background:{colour}"' if colour else ""
            cells.append(f"<td{style}>{escape(str(value))}</td>")
        look = ' class="follows"' if follows else ""
        body.append(f"<tr{look}>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
