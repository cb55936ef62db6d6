"""A unit's tables and sentences about them, each figure another amount, so that none passes for another."""

from __future__ import annotations

from decimal import Decimal

from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    TOTALS,
    Cells,
    TableCells,
)
from disclosure.check.document_rules_told import Indicator, Line, Sheet, Told
from disclosure.check.rule import Entry, Term, of, run
from disclosure.check.rules import TOLD_RULES
from disclosure.model.figure import Figure
from disclosure.model.place import Location

YEAR = 2040
PLACE = Location("成品.docx", None, "某段")


def amounts(**named: str) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in named.items()}


def _named(cells: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in cells.items()}


NAMES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "20106": "财政事务",
    "2010601": "行政运行",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
}
GENERAL_ROWS = {
    "合计": amounts(本年支出="690", 基本支出="500", 项目支出="190"),
    "201": amounts(本年支出="600"),
    "20103": amounts(本年支出="420"),
    "2010301": amounts(本年支出="420"),
    "20106": amounts(本年支出="180"),
    "2010601": amounts(本年支出="180"),
    "208": amounts(本年支出="90"),
    "20805": amounts(本年支出="90"),
    "2080505": amounts(本年支出="90"),
}
FUND_NAMES = {"212": "城乡社区支出", "21208": "国有土地使用权出让收入安排的支出",
              "2120899": "其他国有土地使用权出让收入安排的支出"}  # fmt: skip
FUND_ROW = amounts(
    年初结转和结余="15",
    本年收入="50",
    本年支出="60",
    基本支出="0",
    项目支出="60",
    年末结转和结余="5",
)


def the_cells(*, fund: bool = True) -> Cells:
    rows = dict.fromkeys(("合计", *FUND_NAMES), FUND_ROW) if fund else {}
    tables = (
        TableCells(
            TOTALS,
            "公开01表",
            amounts=_named({
                "收入/总计": "800", "支出/总计": "800",
                "收入/本年收入合计": "731.5", "支出/合计/本年支出合计": "780",
            }),
        ),
        TableCells(
            REVENUE,
            "公开02表",
            rows={"合计": amounts(本年收入合计="731.5", 财政拨款收入="700", 其他收入="31.5")},
            measures=("本年收入合计", "财政拨款收入", "其他收入"),
        ),
        TableCells(
            EXPENDITURE,
            "公开03表",
            rows={"合计": amounts(本年支出合计="780", 基本支出="510", 项目支出="270")},
            names=NAMES,
            measures=("本年支出合计", "基本支出", "项目支出"),
        ),
        TableCells(
            FISCAL,
            "公开04表",
            amounts=_named({
                "财政拨款/收入总计": "745", "财政拨款/支出总计": "745",
                "收入/一般公共预算财政拨款收入": "650", "收入/政府性基金预算财政拨款收入": "50",
                "收入/财政拨款收入": "700", "财政拨款/合计/本年支出": "740",
            }),
        ),
        TableCells(
            GENERAL,
            "公开05表",
            rows=GENERAL_ROWS,
            names=NAMES,
            measures=("本年支出", "基本支出", "项目支出"),
        ),
        TableCells(
            ECONOMIC,
            "公开06表",
            amounts=_named({
                "经济分类/人员经费合计": "400", "经济分类/公用经费合计": "100",
                "经济分类/30101/决算数": "400", "经济分类/30201/决算数": "60",
                "经济分类/30213/决算数": "40",
            }),
            names={"301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴",
                   "302": "商品和服务支出", "30201": "办公费", "30213": "维修（护）费"},
        ),
        TableCells(
            FUND, "公开07表", rows=rows, names=FUND_NAMES if fund else {}, measures=tuple(FUND_ROW)
        ),
        TableCells(CAPITAL, "公开08表", measures=("本年支出", "基本支出", "项目支出")),
        TableCells(
            THREE_PUBLIC,
            "公开09表",
            amounts=_named({
                "三公/预算数/合计": "12", "三公/决算数/合计": "10",
                "三公/预算数/公务用车购置及运行维护费": "9", "三公/决算数/公务用车购置及运行维护费": "8",
                "三公/预算数/公务用车运行维护费": "9", "三公/决算数/公务用车运行维护费": "8",
                "三公/预算数/公务接待费": "3", "三公/决算数/公务接待费": "2",
            }),
        ),
    )  # fmt: skip
    return Cells({table.role: table for table in tables})


LAST_YEAR = {
    "收入/总计": "750", "支出/总计": "750", "收入/本年收入合计": "700",
    "支出/合计/本年支出合计": "800", "财政拨款/收入总计": "720", "三公/决算数/合计": "10",
    "一般公共预算/合计/本年支出": "600", "收入/其他收入": "31.5", "机关运行经费/支出": "80",
}  # fmt: skip


def last_year(name: str) -> Term | None:
    if name not in LAST_YEAR:
        return None
    return of(Figure(f"{YEAR - 1}/{name}", Decimal(LAST_YEAR[name]), "万元", "金额", PLACE))


PROJECTS = (
    Sheet(
        "附件2", "2040年度街区巡查项目绩效自评表", "30", "27", "96",
        (Indicator("产出指标", "数量指标", "甲", "50"), Indicator("产出指标", "质量指标", "乙", "20"),
         Indicator("效益指标", "社会效益指标", "丙", "26")),
    ),
    Sheet("附件3", "2040年度测绘绩效自评表", "20", "20", "100"),
)  # fmt: skip

PART = "第三部分 决算情况说明/"


def judged(
    rule: str,
    section: str,
    *sentences: str,
    project: str = "",
    fund: bool = True,
    known: bool = True,
) -> str:
    """What a rule says of these paragraphs: the levels of its findings, else its verdict."""
    heading = section if section.startswith("第") else PART + section
    lines = tuple(
        Line(words, f"第{n}段", heading, PLACE, project) for n, words in enumerate(sentences)
    )
    told = Told(
        lines, the_cells(fund=fund), YEAR, PROJECTS, {}, last_year if known else lambda name: None
    )
    entry: Entry = next(run([r for r in TOLD_RULES if r.id == rule], told))
    return "、".join(sorted({f.level.value for f in entry.findings})) or entry.verdict.value
