"""The report year: the year that sentences name, and the figures that charts show for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.cells import EXPENDITURE, FISCAL, REVENUE, TOTALS
from disclosure.check.document_rules_told import AMOUNT, Line, Told, as_printed, term
from disclosure.check.rule import Comparison, Looked, Remark, Said, Term, Unknown, rule

YEAR_OF = re.compile(
    r"(?:(?<=^)|(?<=[。；，：\n])|(?<=部门)|(?<=单位)|(?<=中心))((?:19|20)\d\d)年度"
    r"(?=共接待|收、?支|收入合计|支出合计|财政拨款|一般公共预算|“三公”|政府采购|无)"
)


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
        if "年度" not in line.words or line.project:
            continue
        for match in YEAR_OF.finditer(line.words):
            if int(match[1]) == told.year:
                yield Looked(1)
            else:
                message = f"{line.where}“{line.words[match.start() : match.end() + 8]}…”应是 {told.year} 年度"
                yield Remark(message, f"{line.where} {match[1]}", (match[1],), line.place)


CHART_YEAR = re.compile(r"(\d{4})年度：([^；。]*)")
CHART_ITEM = re.compile(rf"([一-鿿]+?){AMOUNT}万元")


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
            for label, amount in CHART_ITEM.findall(items):
                cell = _chart_cell(told, name, label)
                if cell is not None:
                    line = Line(words, name)
                    found = term(line, f"{label}{amount}万元", Decimal(amount))
                    yield Comparison(found, (as_printed(cell),), about=f"{name} {label}")


def _chart_cell(told: Told, name: str, label: str) -> Term | None:
    if label in ("收入", "支出"):
        role, cell = (
            (FISCAL, f"财政拨款/{label}总计") if "财政拨款" in name else (TOTALS, f"{label}/总计")
        )
    elif (table := told.cells.get(REVENUE)) and label in table.measures:
        role, cell = REVENUE, f"合计/{label}"
    else:
        role, cell = EXPENDITURE, f"合计/{label}"
    found = told.cells.get(role)
    if found is None or (role == EXPENDITURE and label not in found.measures):
        return None
    return found.term(cell)
