"""附件 1…n: the summary that goes with each self-evaluation table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.derive.evaluation import Evaluation, Indicator
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.evaluations import project_name, within_project
from disclosure.narrate.voice import NOTHING, Voice, numeral
from disclosure.schema.evaluation import OverallFile
from disclosure.schema.pack import Heading
from disclosure.schema.part import Unfilled

# The heading keys of 附件结构 under which an attachment has something to say.
SUMMARY_KEYS = (
    "自评得分", "目标完成", "执行率情况", "完成的绩效目标", "未完成的绩效目标",
    "上年度绩效评价结果应用情况", "本年度绩效存在的问题和原因", "下一步改进", "与预算结合",
)  # fmt: skip


def attachments(voice: Voice) -> list[Paragraph]:
    """Under the heading of the attachments: nothing, or that there are none."""
    report = voice.report
    return [] if report.overall or report.projects else [voice.paragraph("附件", "无附件")]


@dataclass(frozen=True)
class Group:
    """Indicators of one 二级指标 as the wording sees them: met ones are listed by name."""

    名称: str
    个数: str
    个数值: int
    完成个数: str
    全部完成: bool
    多个: bool
    清单: Text
    完成语: Text


def summary(voice: Voice, evaluation: Evaluation) -> dict[str, list[Paragraph]]:
    """The text of one attachment, per heading key of the pack's 附件结构."""
    file = evaluation.file
    voice = within_project(voice, evaluation)
    key = f"附件/{evaluation.key}"
    overall = isinstance(file, OverallFile)
    common = {
        "上年度绩效评价结果应用情况": [Paragraph(f"{key}/上年度", voice.words(file.prior_results))],
        **_what_went_wrong(voice, key, evaluation),
        "备注": _remarks(voice, key, overall),
    }
    own = _overall(voice, key, evaluation) if overall else _project_summary(voice, key, evaluation)
    return {**common, **own}


def _what_went_wrong(voice: Voice, key: str, evaluation: Evaluation) -> dict[str, list[Paragraph]]:
    """Problems, remedies and their bearing on the budget, in the unit's words.

    A missed target asks for its reason, a problem for its remedy; else there was no problem.
    Only what the pack has a heading for is asked.
    """
    file, attachments = evaluation.file, voice.layout.attachments
    overall = isinstance(file, OverallFile)
    headings = _keys(attachments.overall if overall else attachments.project)
    troubled = bool(evaluation.unmet or file.problems)

    def without(what: str, own: list[Snippet]) -> Text:
        if isinstance(own, Unfilled) or evaluation.waiting:
            return voice.awaited(what)
        return voice.missing(what, key) if troubled else voice.say("无问题段")

    return {
        heading: voice.all_own(f"{key}/{short}", own)
        or [Paragraph(f"{key}/{short}/1", without(what, own))]
        for heading, short, what, own in (
            ("本年度绩效存在的问题和原因", "问题", "未完成绩效目标的原因", file.problems),
            ("下一步改进", "改进", "下一步改进措施", file.improvements),
            ("与预算结合", "预算", "拟与预算安排相结合的情况", file.budgeting),
        )
        if heading in headings
    }


def _keys(headings: Iterable[Heading]) -> set[str]:
    found: set[str] = set()
    for heading in headings:
        found |= {heading.key, *_keys([*heading.items, *heading.subitems])}
    return found


def _overall(voice: Voice, key: str, evaluation: Evaluation) -> dict[str, list[Paragraph]]:
    goals: list[Paragraph] = []
    levels = [level for level in voice.layout.scoring.first_levels if evaluation.of(level)]
    for number, level in enumerate(levels, 1):
        values = _level_values(voice, evaluation, level)
        title = voice.say("整体一级指标标题", level, 序号=number, 一级=level)
        goals.append(Paragraph(f"{key}/标题/{level}", title))
        if _waiting(evaluation.of(level)):
            goals.append(voice.postponed(f"{key}/指标/{level}", f"{level}完成情况"))
            continue
        case = level if values["清单"] else "均未完成"
        goals.append(voice.paragraph(f"{key}/指标/{level}", "整体一级指标", case, **values))
    return {
        "自评得分": [voice.paragraph(f"{key}/综合评价", "整体综合评价", 总分=evaluation.total)],
        "目标完成": goals,
    }


def _waiting(indicators: Iterable[Indicator]) -> bool:
    return any(indicator.waiting for indicator in indicators)


def _level_values(voice: Voice, evaluation: Evaluation, level: str) -> dict[str, Any]:
    indicators = evaluation.of(level)
    met = [i for i in indicators if i.met]
    groups = [_group(voice, name, members) for name, members in _by_second(evaluation, indicators)]
    all_met = len(met) == len(indicators)
    return {
        "一级": level,
        "个数": str(len(indicators)),
        "个数值": len(indicators),
        "完成个数": str(len(met)),
        "全部完成": all_met,
        "完成句": NOTHING
        if all_met
        else voice.say("完成句", _completed(indicators), 完成个数=str(len(met))),
        "二级": groups,
        "清单": _names(voice, met),
    }


def _completed(indicators: Sequence[Indicator]) -> str:
    """Which words tell how many of these were met."""
    met, several = sum(indicator.met for indicator in indicators), len(indicators) > 1
    if met == len(indicators):
        return "多个" if several else "一个"
    return "未全" if met else "均未完成" if several else "一个未完成"


def _by_second(
    evaluation: Evaluation, indicators: Iterable[Indicator]
) -> list[tuple[str, list[Indicator]]]:
    """Indicators by 二级指标: in the order the unit asks for, else of first appearance."""
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        second = indicator.second_level or indicator.first_level
        found.setdefault(second, []).append(indicator)
    wanted = [str(name) for name in evaluation.file.second_levels]
    order = sorted(found, key=lambda name: wanted.index(name) if name in wanted else len(wanted))
    return [(name, sorted(found[name], key=lambda i: i.place_in_summary)) for name in order]


def _group(voice: Voice, name: str, members: list[Indicator]) -> Group:
    met = [i for i in members if i.met]
    return Group(
        name,
        str(len(members)),
        len(members),
        str(len(met)),
        len(met) == len(members),
        len(met) > 1,
        _names(voice, met),
        voice.say("完成语", _completed(members), 完成个数=str(len(met))),
    )


def _names(voice: Voice, indicators: Sequence[Indicator]) -> Text:
    """“甲”、“乙”; set apart by ， when a name itself holds a 、."""
    separator = "，" if any("、" in i.name_in_summary for i in indicators) else "、"
    return voice.listed([voice.say("引名", 名称=i.name_in_summary) for i in indicators], separator)


def _project_summary(voice: Voice, key: str, evaluation: Evaluation) -> dict[str, list[Paragraph]]:
    name = project_name(evaluation.key)
    rate = voice.figure(f"绩效/{evaluation.key}/执行率（正文）")
    met = [i for i in evaluation.indicators if i.met]
    number = voice.paragraph(
        f"{key}/指标个数",
        "指标个数",
        项目全称=name,
        个数=str(len(evaluation.indicators)),
        完成个数=str(len(met)),
    )
    if not evaluation.indicators:
        number = Paragraph(number.key, voice.missing("绩效指标", key))
    elif _waiting(evaluation.indicators):
        number = voice.postponed(number.key, "绩效指标完成情况")
    done = [number]
    for level in voice.layout.scoring.first_levels:
        if evaluation.of(level):
            done.append(_project_level(voice, key, evaluation, level))
    return {
        "自评得分": [
            voice.paragraph(f"{key}/综合评价", "项目综合评价", 项目全称=name, 总分=evaluation.total)
        ],
        "执行率情况": [
            voice.paragraph(
                f"{key}/执行率情况",
                "执行率情况",
                "无执行率" if rate.amount is None else "有执行率",
                项目全称=name,
                预算数=evaluation.budget,
                执行数=evaluation.final_account,
                资金执行率=rate,
            )
        ],
        "完成的绩效目标": done,
        "未完成的绩效目标": _unmet(voice, key, evaluation, name),
    }


def _project_level(voice: Voice, key: str, evaluation: Evaluation, level: str) -> Paragraph:
    if _waiting(evaluation.of(level)):
        return voice.postponed(f"{key}/指标/{level}", f"{level}完成情况")
    values = _level_values(voice, evaluation, level)
    told = [
        voice.say("二级分述", 二级=second, 个数=str(len(met)), 清单=_names(voice, met))
        for second, members in _by_second(evaluation, evaluation.of(level))
        if (met := [i for i in members if i.met])
    ]
    case = "全未完成" if not told else "多类" if len(told) > 1 else "一类"
    values["分述"] = voice.listed(told, "；")
    return voice.paragraph(f"{key}/指标/{level}", "项目一级指标", case, **values)


def _unmet(voice: Voice, key: str, evaluation: Evaluation, name: str) -> list[Paragraph]:
    if _waiting(evaluation.indicators):
        return [voice.postponed(f"{key}/未完成", "未完成的绩效目标")]
    if not evaluation.unmet:
        return [voice.paragraph(f"{key}/未完成", "无未完成", 项目全称=name)]
    paragraphs = []
    for level in voice.layout.scoring.first_levels:
        members = [i for i in evaluation.unmet if i.first_level == level]
        told = [
            voice.say("二级分述", 二级=second, 个数=str(len(group)), 清单=_names(voice, group))
            for second, group in _by_second(evaluation, members)
        ]
        if told:
            paragraphs.append(
                voice.paragraph(
                    f"{key}/未完成/{level}", "未完成", 一级=level, 分述=voice.listed(told, "；")
                )
            )
    return paragraphs


def _remarks(voice: Voice, key: str, overall: bool) -> list[Paragraph]:
    """备注 under the table: the scoring rule as the pack prints it, its ranges out of the pack."""
    headings, rule = voice.layout.attachments, voice.layout.scoring
    ranges = [
        voice.say(
            "档次区间",
            "有下限" if tier.lowest.amount else "到零",
            最高=tier.highest.amount,
            最低=tier.lowest.amount,
        )
        for tier in rule.tiers
    ]
    values: dict[str, Any] = {
        "预算执行分值": rule.execution_points.amount,
        "指标分值": rule.indicator_points.amount,
        "档次清单": "、".join(tier.name for tier in rule.tiers),
        "档数": numeral(len(rule.tiers)),
        "区间清单": voice.listed(ranges),
    }
    return [
        voice.paragraph(f"{key}/备注/{number}", sentence, **values)
        for number, sentence in enumerate(
            headings.overall_remarks if overall else headings.project_remarks, 1
        )
    ]
