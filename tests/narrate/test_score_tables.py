"""The 绩效自评表 as cells: labels merged where rows agree, ticked boxes, titles."""

from __future__ import annotations

from typing import Any

from builders import (
    a_project,
    a_report,
    a_voice,
    a_year,
    an_indicator,
    an_overall,
    cases,
    faultless,
    only,
)

from disclosure.derive.evaluation import Evaluation
from disclosure.model.table import Cell
from disclosure.narrate.score_tables import GOES_ON, START, score_table, titles
from disclosure.narrate.voice import Voice
from disclosure.schema.evaluation import ProjectFile


def a_table(file: ProjectFile) -> dict[str, Any]:
    voice = a_voice(a_report(a_year(projects=[file])))
    cells = score_table(voice, only(voice.report.projects))
    faultless(voice)
    return cells


def rows(*lines: tuple[str, str, str]) -> list[dict[str, Any]]:
    """The indicator rows of a project with these 一级, 二级 and names."""
    weights = [80 // len(lines)] * len(lines)
    weights[-1] += 80 - sum(weights)
    indicators = [
        an_indicator(一级=first, 二级=second, 名称=name, 权重=weight)
        for (first, second, name), weight in zip(lines, weights, strict=True)
    ]
    found: list[dict[str, Any]] = a_table(a_project("甲项目", *indicators))["指标"]
    return found


def test_a_label_is_merged_with_the_row_above_only_where_it_is_the_same() -> None:
    found = rows(
        ("成本指标", "数量指标", "甲"),
        ("产出指标", "数量指标", "乙"),
        ("产出指标", "数量指标", "丙"),
        ("产出指标", "质量指标", "丁"),
        ("产出指标", "数量指标", "戊"),
    )

    assert [(row["一级合并"], row["二级合并"], row["名称"]) for row in found[:5]] == [
        (START, START, "甲"),
        (START, START, "乙"),
        (GOES_ON, GOES_ON, "丙"),
        (GOES_ON, START, "丁"),
        (GOES_ON, START, "戊"),
    ]


def test_a_kind_without_indicators_keeps_an_empty_row_in_its_place() -> None:
    found = rows(("产出指标", "数量指标", "甲"))

    assert [(row["一级"], row["名称"]) for row in found] == [
        ("成本指标", ""),
        ("产出指标", "甲"),
        ("效益指标", ""),
        ("满意度指标", ""),
    ]


def test_scores_rates_and_totals_are_printed_in_their_styles() -> None:
    missed = an_indicator(目标="≥60次", 实际="43次", 权重=10)
    cells = a_table(
        a_project("甲项目", missed, an_indicator(名称="其余", 权重=70), 预算数=15, 执行数="13.41")
    )

    shown = {
        name: cell.text
        for name in ("预算数", "执行数", "执行率", "执行得分", "总分")
        if isinstance(cell := cells[name], Cell)
    }
    assert shown == {
        "预算数": "15",
        "执行数": "13.41",
        "执行率": "89.40%",
        "执行得分": "17.88",
        "总分": "95.08",
    }


def test_without_a_budget_rate_score_and_total_are_blank() -> None:
    cells = a_table(a_project(预算数=0, 执行数=3))

    assert [cells[name].text for name in ("执行率", "执行得分", "总分")] == ["", "", ""]


@cases("""
    情形   | 类别           | 印成
    本级   | 本级支出项目   | 31-本级支出项目☑ 32-转移性支出项目☐
    转移性 | 转移性支出项目 | 31-本级支出项目☐ 32-转移性支出项目☑
""")
def test_exactly_one_box_is_ticked(类别: str, 印成: str) -> None:
    assert a_table(a_project(支出项目类别=类别))["支出项目类别"].plain == 印成


def test_a_missed_target_asks_for_the_reason_of_the_gap() -> None:
    missed = an_indicator(目标="≥60次", 实际="43次")

    asked = a_table(a_project("甲项目", missed))["偏差原因"]
    told = a_table(a_project("甲项目", missed, 偏差大或目标未完成原因分析="次数减少。"))["偏差原因"]

    assert asked.plain == "【偏差大或目标未完成原因分析待填】"
    assert told.plain == "次数减少。"
    assert a_table(a_project())["偏差原因"].plain == ""


def titled(voice: Voice, evaluation: Evaluation) -> dict[str, str]:
    return {name: str(words) for name, words in titles(voice, evaluation).items()}


@cases("""
    情形         | 名称   | 日期       | 标题                   | 自评表                   | 填报日期
    名称含项目   | 甲项目 | 2024-03-05 | 2023年度甲项目自评结果 | 2023年度甲项目绩效自评表 | 填报日期：2024年3月5日
    名称不含项目 | 甲经费 |            | 2023年度甲经费项目自评结果 | 2023年度甲经费项目绩效自评表 | 填报日期：
""")
def test_titles_of_a_project(名称: str, 日期: str, 标题: str, 自评表: str, 填报日期: str) -> None:
    file = a_project(名称, **({"填报日期": 日期} if 日期 else {}))
    voice = a_voice(a_report(a_year(projects=[file], overall=an_overall())))

    assert titled(voice, only(voice.report.projects)) == {
        "附件标签": "附件2",
        "附件标题": 标题,
        "自评表标题": 自评表,
        "盖章单位": "单位名称（盖章）：某中心",
        "填报日期": 填报日期,
    }
