"""The 绩效自评表 of each attachment as plain cells, labels merged only where rows agree."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.derive.evaluation import Evaluation, Indicator
from disclosure.model.figure import Figure
from disclosure.model.table import Cell
from disclosure.model.text import Text
from disclosure.narrate.evaluations import project_name, within_project
from disclosure.narrate.voice import Voice
from disclosure.schema.evaluation import OverallFile, ProjectFile

START, GOES_ON = "始", "续"


def titles(voice: Voice, evaluation: Evaluation) -> dict[str, object]:
    """附件标签, 附件标题, 自评表标题, 盖章单位, 填报日期 of one attachment."""
    filled = evaluation.file.filled_on
    date = (
        voice.say("填报日期", "已填", 年=filled.year, 月=filled.month, 日=filled.day)
        if filled
        else voice.say("填报日期", "未填")
    )
    if isinstance(evaluation.file, OverallFile):
        result, table = voice.say("整体结果标题"), voice.say("整体自评表标题")
    else:
        name = project_name(evaluation.key)
        result = voice.say("项目结果标题", 项目全称=name)
        table = voice.say("项目自评表标题", 项目全称=name)
    return {
        "附件标签": voice.say("附件标签", 附件号=evaluation.number),
        "附件标题": result,
        "自评表标题": table,
        "盖章单位": voice.say("盖章单位"),
        "填报日期": date,
    }


def score_table(voice: Voice, evaluation: Evaluation) -> dict[str, object]:
    """Every cell of the table by its tag; 指标 is the list of indicator rows."""
    file = evaluation.file
    voice = within_project(voice, evaluation)
    key = f"附件/{evaluation.key}"
    rule = voice.layout.scoring
    points = rule.execution_points.amount
    cells: dict[str, object] = {
        "预算执行标签": voice.say("预算执行标签", 分值=points),
        "执行得分标签": voice.say("执行得分标签", 分值=points),
        "预算数": cell(voice, evaluation.budget),
        "执行数": cell(voice, evaluation.final_account),
        "执行率": cell(voice, evaluation.rate),
        "执行得分": cell(voice, evaluation.execution_score),
        "目标行": voice.say("目标行", key=f"{key}/目标行", 指标分值=rule.indicator_points.amount),
        "空白目标行": voice.say("空白目标行", key=f"{key}/空白目标行"),
        "指标": indicator_rows(voice, evaluation),
        "总分": cell(voice, evaluation.total),
        "偏差原因": voice.words(file.gap_reason),
        "改进措施": voice.words(file.measures),
    }
    if evaluation.unmet and file.gap_reason is None:
        cells["偏差原因"] = voice.missing("偏差大或目标未完成原因分析", key)
    return cells | (
        _overall_cells(voice, file)
        if isinstance(file, OverallFile)
        else _project_cells(voice, file)
    )


def cell(voice: Voice, figure: Figure) -> Cell:
    """A printed figure; blank where it is not known."""
    return Cell("", figure) if figure.amount is None else Cell(voice.speaker.show(figure), figure)


def _overall_cells(voice: Voice, file: OverallFile) -> dict[str, object]:
    return {
        "单位名称": voice.report.unit.short_name,
        "基本支出总额": cell(voice, voice.figure("支出/合计/基本支出")),
        "项目支出总额": cell(voice, voice.figure("支出/合计/项目支出")),
        "年度目标完成情况": voice.words(file.achievements),
    }


def _project_cells(voice: Voice, file: object) -> dict[str, object]:
    assert isinstance(file, ProjectFile)
    unit = voice.report.unit
    return {
        "项目名称": file.name.words,
        "主管部门": unit.supervisor,
        "项目实施单位": unit.executor,
        **{name: _ticked(voice, file, name) for name in voice.layout.project_choices},
    }


def _ticked(voice: Voice, file: ProjectFile, name: str) -> Text:
    """A row of boxes with the chosen one ticked."""
    chosen = file.chosen(name)
    if chosen is None and not file.leaves_choice_open(name):
        voice.missing(name, f"附件/{file.name.words}", file.name.source)
    return voice.say(name, 选定=chosen.words if chosen else "")


def indicator_rows(voice: Voice, evaluation: Evaluation) -> list[dict[str, object]]:
    """Indicator rows in table order; a 一级指标 without indicators keeps an empty row.

    A label is merged with the row above only when that row has the same label in the same
    一级指标, so that no row that differs is ever swallowed.
    """
    rows: list[dict[str, object]] = []
    above: tuple[str, str] | None = None
    for indicator in _with_empty_levels(voice, evaluation):
        level, second = (
            (indicator, "")
            if isinstance(indicator, str)
            else (indicator.first_level, indicator.second_level)
        )
        same_first = above is not None and above[0] == level
        same_second = same_first and above is not None and above[1] == second and bool(second)
        row: dict[str, object] = {
            "一级": "" if same_first else level,
            "二级": "" if same_second else second,
            "一级合并": GOES_ON if same_first else START,
            "二级合并": GOES_ON if same_second else START,
        }
        if isinstance(indicator, str):
            row |= {"名称": "", "目标": "", "实际": "", "权重": "", "得分": ""}
        else:
            row |= {
                "名称": indicator.name,
                "目标": indicator.target,
                "实际": indicator.actual,
                "权重": cell(voice, indicator.weight),
                "得分": cell(voice, indicator.score),
            }
        rows.append(row)
        above = (level, second)
    return rows


def _with_empty_levels(voice: Voice, evaluation: Evaluation) -> Sequence[Indicator | str]:
    """The indicators, and the name of every 一级指标 that has none in its place."""
    listed: list[Indicator | str] = []
    for level in voice.layout.scoring.first_levels:
        listed += evaluation.of(level) or [str(level)]
    return listed
