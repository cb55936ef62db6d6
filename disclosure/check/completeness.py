"""完整性: every part, table, chart and attachment is there and says something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.check.cells import NINE
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.check.subject import Subject
from disclosure.model.place import Level
from disclosure.schema.pack import Heading

REQUIRED = "财预〔2016〕143号；基层政务公开标准目录"


@rule(
    "C1",
    "单位包规定的每一节都应有内容",
    compares=("单位包规定的部分、节、目", "写出的段落"),
    source=REQUIRED,
    advice="补写这一节；没有的事项写“无”",
)
def every_section_says_something(subject: Subject) -> Iterator[Said]:
    if not subject.sections:
        return
    for heading in _leaves(subject.layout.parts):
        if heading.key == "附件" or subject.sections.get(heading.key):
            yield Looked(1)
        else:
            yield Remark(f"“{heading.key}”一节没有内容", heading.key)


def _leaves(headings: Iterable[Heading]) -> Iterator[Heading]:
    """Headings under which text stands: no heading below them, no tables."""
    for heading in headings:
        below = [] if isinstance(heading.sections, str) else [*heading.sections]
        below += [*heading.items, *heading.subitems]
        if below:
            yield from _leaves(below)
        elif not isinstance(heading.sections, str):
            yield heading


@rule(
    "C2.1",
    "九张公开表应齐全",
    compares=("单位包规定的公开表", "国家规定的九张表"),
    source=REQUIRED,
    advice="在单位包的 pack.yaml 里补上这张表",
    level=Level.HINT,
)
def nine_tables_are_there(subject: Subject) -> Iterator[Said]:
    if not subject.tables:
        return
    for role in NINE:
        if subject.cells.get(role) is not None or role in subject.cells.waiting:
            yield Looked(1)
        else:
            yield Remark(f"没有{role}", role)


@rule(
    "C2.2",
    "每张公开表应有表号、表名、部门、年度、单位、表头",
    compares=("公开表的表头各项", "公开表的样式"),
    source="公开表的样式",
    advice="在单位包里补上",
)
def tables_have_their_heads(subject: Subject) -> Iterator[Said]:
    for table in subject.tables:
        missing = [
            word
            for word, value in (
                ("表号", table.code),
                ("表名", table.title),
                ("部门", table.department),
                ("年度", table.period),
                ("单位", table.unit),
                ("表头", table.header),
            )
            if not value
        ]
        if missing:
            yield Remark(f"{table.name}没有{'、'.join(missing)}", table.name, tuple(missing))
        elif str(subject.report.year) not in table.period:
            message = f"{table.name}的年度“{table.period}”不是报告年度"
            yield Remark(message, table.name, (table.period,))
        else:
            yield Looked(1)


@rule(
    "C3",
    "每张图都应有数",
    compares=("图里的各个数", "报告的数"),
    source="情况说明的附图",
    advice="补上图里没有的数；没有上年数的，图里写明无数据",
    level=Level.HINT,
)
def charts_have_figures(subject: Subject) -> Iterator[Said]:
    for key, chart in subject.charts.items():
        figures = [figure for _, listed in chart.series for figure in listed]
        missing = [figure.id for figure in figures if figure.amount is None]
        if missing:
            message = f"图{chart.number} {chart.title}里没有数：{'、'.join(missing)}"
            yield Remark(message, f"图 {key}", tuple(missing))
        elif figures:
            yield Looked(1)


@rule(
    "C4",
    "有项目支出的应有项目自评",
    compares=("一般公共预算项目支出", "项目自评的个数"),
    source="对一般公共预算项目支出全面开展绩效自评",
    advice="在 performance 文件夹里一个项目写一个文件",
    level=Level.HINT,
)
def projects_are_evaluated(subject: Subject) -> Iterator[Said]:
    spent = subject.report.figures["一般公共预算/合计/项目支出"]
    if not spent:
        return
    if subject.report.projects:
        yield Looked(1)
    else:
        yield Remark("有项目支出，没有项目自评", "项目自评", (str(spent.value),))


COMPLETENESS = (
    every_section_says_something,
    nine_tables_are_there,
    tables_have_their_heads,
    charts_have_figures,
    projects_are_evaluated,
)
