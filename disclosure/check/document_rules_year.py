"""The report year: the year that sentences name, and the figures that charts show for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.check.cells import EXPENDITURE, FISCAL, REVENUE, TOTALS
from disclosure.check.document_rules_amounts import amounts_of
from disclosure.check.document_rules_told import Line, Told, held, topic_of_line
from disclosure.check.document_rules_topics import APPLIED, EVALUATED
from disclosure.check.rule import Looked, Remark, Said, Term, Unknown, rule

# A year before what a sentence tells of the report year.
YEAR_OF = re.compile(
    r"((?:19|20)\d\d)年[度末底]?"
    r"(?=收|支出|财政拨款|一般公共|“?三公|政府|国有|机关运行|共接待|初结转|有车辆|共有|对\d|开展"
    r"|无(?!可比)|没有(?!可比)|本年|12月31日)"
)
_STOPS, _OWNERS = tuple("。；\n"), ("部门", "单位", "中心", "对")
_INSIDE = re.compile(r"[\d，。；：]")
TITLE_LENGTH = 120  # characters; a longer paragraph is no title
# Where a unit tells what it did, other years may be told of.
NO_STATEMENT = ("", EVALUATED, APPLIED)


@rule(
    "Y4.4",
    "说本年度情况的句子应写报告年度",
    compares=("句子开头的年度", "报告年度"),
    source="年度标识应前后一致",
    advice="改成报告年度，用标签 {{ 年度 }}",
)
def sentences_tell_of_the_year(told: Told) -> Iterator[Said]:
    if told.year is None:
        yield Unknown("看不出报告年度")
        return
    for line in told.lines:
        yield from _titles(told, line)
        if line.project or not (_states(line) or line.section.endswith("表")):
            continue
        for match in YEAR_OF.finditer(line.words):
            if not _begins(line.words[: match.start()]):
                continue
            if int(match[1]) == told.year:
                yield Looked(1)
            else:
                quoted = line.words[match.start(1) : match.end() + 8]
                message = f"{line.where}“{quoted}…”应是 {told.year} 年度"
                yield Remark(message, f"{line.where} {match[1]}", (match[1],), line.place)


def _states(line: Line) -> bool:
    """Whether the section states what happened in the report year."""
    return topic_of_line(line) not in NO_STATEMENT


TITLES = re.compile(r"第.{1,3}部分|《[^》]*自评[^》]*》.*附件|[^。：]*自评(?:结果|表)?$")
A_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def _titles(told: Told, line: Line) -> Iterator[Said]:
    """The year in the heading of a part, in an attachment's title and where that is cited."""
    words = line.words
    if len(words) < TITLE_LENGTH and ("自评" in words or "部分" in words) and TITLES.match(words):
        for year in A_YEAR.findall(words):
            if int(year) == told.year:
                yield Looked(1)
            else:
                message = f"{line.where}“{words}”的年度应是 {told.year} 年度"
                yield Remark(message, f"{line.where} {year}", (year,), line.place)


def _begins(before: str) -> bool:
    """Whether a sentence begins here, or with the unit's name that stands before."""
    return before.endswith((*_STOPS, *_OWNERS)) or not _INSIDE.search(before)


CHART_YEAR = re.compile(r"(\d{4})年度?：([^；。]*)")
OF_TABLE = {
    "本年收入": (REVENUE, "本年收入合计"), "收入合计": (REVENUE, "本年收入合计"),
    "本年支出": (EXPENDITURE, "本年支出合计"), "支出合计": (EXPENDITURE, "本年支出合计"),
}  # fmt: skip


@rule(
    "P16",
    "图里的数应与表一致",
    compares=("图的替代文字", "收支总表、收入决算表、支出决算表、财政拨款总表"),
    source="图与表一致",
    advice="重新生成报告，图随数据重画",
)
def charts_as_in_tables(told: Told) -> Iterator[Said]:
    for name, words in told.charts.items():
        for year, items in CHART_YEAR.findall(words):
            if told.year is None or int(year) != told.year:
                continue
            for amount in amounts_of(items):
                label = amount.lead.rpartition("，")[2]
                cell = _chart_cell(told, f"{name}{words}", label)
                if cell is not None:
                    line = Line(words, name)
                    yield held(line, amount, cell, name, label)


def _chart_cell(told: Told, title: str, label: str) -> Term | None:
    """The cell that holds what a chart shows under this label; None where none does."""
    if label in ("收入", "支出"):
        is_fiscal = "财政拨款" in title
        role = FISCAL if is_fiscal else TOTALS
        cell = f"财政拨款/{label}总计" if is_fiscal else f"{label}/总计"
    else:
        role, measure = OF_TABLE.get(label, ("", label))
        role = role or next((one for one in (REVENUE, EXPENDITURE) if _has(told, one, label)), "")
        cell = f"合计/{measure}"
    found = told.cells.get(role)
    return found.term(cell) if found is not None else None


def _has(told: Told, role: str, measure: str) -> bool:
    table = told.cells.get(role)
    return table is not None and measure in table.measures
