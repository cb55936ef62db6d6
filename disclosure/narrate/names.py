"""The names a clerk may use in tags: figures by short name, and look-ups by full name."""

from __future__ import annotations

from collections.abc import Callable

from disclosure.derive.comparison import CHANGE
from disclosure.derive.report import Report
from disclosure.model.chart import label_of
from disclosure.model.figure import Figure
from disclosure.model.nearness import nearest
from disclosure.model.text import Text, UnknownName
from disclosure.narrate.evaluations import file_text
from disclosure.narrate.overview import staff_changes
from disclosure.narrate.voice import Voice
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.pack import ChartLayout
from disclosure.schema.part import ReasonWords

SHORT_NAMES = {
    "收支总计": "收入/总计",
    "收支总计差额": f"收入/总计{CHANGE}",
    "本年收入合计": "收入/本年收入合计",
    "本年收入差额": f"收入/本年收入合计{CHANGE}",
    "本年支出合计": "支出/合计/本年支出合计",
    "本年支出差额": f"支出/合计/本年支出合计{CHANGE}",
    "年初结转调整": "收入/年初结转调整",
    "财政拨款总计": "财政拨款/收入总计",
    "基本支出合计": "支出/合计/基本支出",
    "项目支出合计": "支出/合计/项目支出",
    "人员经费合计": "经济分类/人员经费合计",
    "公用经费合计": "经济分类/公用经费合计",
    "三公预算数": "三公/预算数/合计",
    "三公决算数": "三公/决算数/合计",
    "政府采购总额": "采购/合计/支出",
    "项目个数": "绩效/项目个数",
}


def simple_names(report: Report) -> dict[str, object]:
    """Names that need no wording: the unit, the years, every figure by its short name."""
    unit = report.unit
    names: dict[str, object] = {
        "单位名称": unit.full_name.words,
        "单位简称": unit.short_name,
        "单位类别": unit.kind,
        "口径": unit.scope,
        "财政级次": unit.level,
        "直属": unit.level_adjective,
        "年度": report.year,
        "上年": report.year - 1,
    }
    for short, name in SHORT_NAMES.items():
        figure = report.figures.get(name)
        if figure is not None:
            names[short] = figure
    return names


def looked_up(voice: Voice) -> dict[str, object]:
    """Names that look something up: 数(…), 上年数(…), 指标(…), 原因(…), 人员变动."""
    report = voice.report
    staff = report.content.staff
    names: dict[str, object] = {
        "数": _figure_of(report, report.year),
        "上年数": _figure_of(report, report.year - 1),
        "指标": _indicator_of(voice),
        "原因": _reason_of(voice),
        "项目": _project_text(voice),
        "片段": _shared_words(voice),
        "项目数": _projects_with(report),
        "图号": _chart_label(voice),
    }
    if staff and (staff.changes or staff.is_open("changes")):
        names["人员变动"] = staff_changes(voice, staff)
    return names


def _figure_of(report: Report, year: int) -> Callable[[str], Figure]:
    def figure(name: str) -> Figure:
        found = report.figures.get(name, year)
        if found is None:
            known = [f.partition("/")[2] for f, _ in report.figures.items()]
            raise UnknownName(name, nearest(name, known))
        return found

    return figure


def _indicator_of(voice: Voice) -> Callable[..., str | Text]:
    def indicator(name: str, project: str | None = None) -> str | Text:
        known: list[str] = []
        for evaluation in (voice.report.overall, *voice.report.projects):
            if evaluation is None or (project and evaluation.key != project):
                continue
            for one in evaluation.indicators:
                if one.name == name:
                    return voice.awaited() if one.waiting else one.actual
                known.append(one.name)
        raise UnknownName(name, nearest(name, known))

    return indicator


def _projects_with(report: Report) -> Callable[[str, str], int]:
    """How many projects have this choice: 项目数("项目安排频度", "常年性项目")."""

    def number(name: str, choice: str) -> int:
        files = [p.file for p in report.projects if isinstance(p.file, ProjectFile)]
        chosen = [words.words for file in files if (words := file.chosen(name))]
        if choice not in chosen:
            raise UnknownName(choice, nearest(choice, chosen))
        return chosen.count(choice)

    return number


def _chart_label(voice: Voice) -> Callable[[str], str]:
    """图1, by the chart's key in the pack: 见{{ 图号("收支总计变动") }}."""

    def label(key: str) -> str:
        for number, chart in enumerate(voice.layout.charts, 1):
            if chart.key == key:
                caption = chart_caption(voice, number, chart)
                return label_of(caption, number) or caption
        raise UnknownName(key, nearest(key, [chart.key for chart in voice.layout.charts]))

    return label


def chart_caption(voice: Voice, number: int, chart: ChartLayout) -> str:
    """图1：收、支决算总计变动情况, in the pack's words."""
    return voice.say("图题", 序号=number, 标题=chart.title).plain


def _shared_words(voice: Voice) -> Callable[[str], Text]:
    """Words typed once under 片段 and used in several places."""
    notes = voice.report.content.performance_notes
    shared = notes.shared if notes else {}

    def words(name: str) -> Text:
        if name not in shared:
            raise UnknownName(name, nearest(name, shared))
        return voice.words(shared[name])

    return words


def _project_text(voice: Voice) -> Callable[[str, str], Text]:
    """The unit's own words in a project's file, by key, for use elsewhere."""

    def text(project: str, key: str) -> Text:
        for evaluation in voice.report.projects:
            if evaluation.key == project:
                return file_text(voice, evaluation.file, key)
        raise UnknownName(project, nearest(project, [e.key for e in voice.report.projects]))

    return text


def _reason_of(voice: Voice) -> Callable[[str], Text]:
    """A reason typed elsewhere, so that the same words need not be typed twice."""

    def reason(path: str) -> Text:
        known = reasons(voice.report)
        if path not in known:
            raise UnknownName(path, nearest(path, known))
        return voice.reason(known[path], path)

    return reason


def reasons(report: Report) -> dict[str, ReasonWords]:
    """Every reason typed, by its path."""
    content = report.content
    found: dict[str, ReasonWords | None] = {
        f"支出/{item.code}": item.reason for item in content.expenditure.general_public_budget
    }
    for file in (content.reasons, content.three_public.reasons if content.three_public else None):
        if file is None:
            continue
        for name, field in type(file).model_fields.items():
            value = getattr(file, name)
            if isinstance(value, ReasonWords):
                found[str(field.alias)] = value
            elif value is not None and hasattr(value, "against_budget"):
                found[f"三公/{field.alias}/与预算比"] = value.against_budget
                found[f"三公/{field.alias}/与上年比"] = value.against_prior
    return {path: given for path, given in found.items() if given is not None}
