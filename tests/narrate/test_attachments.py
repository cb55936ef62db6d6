"""附件 1…n: the summaries beside the self-evaluation tables, with every mixture of met and missed."""

from __future__ import annotations

from collections.abc import Mapping
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

from disclosure.narrate.attachments import summary
from disclosure.schema.evaluation import OverallFile, ProjectFile

SECOND = {"数": "数量指标", "质": "质量指标", "时": "时效指标", "经": "经济指标", "生": "生态指标"}


def indicators(first_level: str, written: str) -> list[dict[str, Any]]:
    """数√ 数× 质√: indicators of these 二级指标, met or missed, weighing 80 together."""
    marks = written.split()
    weights = [80 // len(marks)] * len(marks)
    weights[-1] += 80 - sum(weights)
    return [
        an_indicator(
            一级=first_level,
            二级=SECOND[mark[0]],
            名称=f"{name}值",
            目标="≥10件",
            实际="10件" if mark[1] == "√" else "5件",
            权重=weight,
        )
        for name, mark, weight in zip("甲乙丙丁戊己", marks, weights, strict=False)
    ]


def told(file: OverallFile | ProjectFile) -> Mapping[str, list[str]]:
    """The summary of a self-evaluation, by heading."""
    is_overall = isinstance(file, OverallFile)
    year = a_year(overall=file) if is_overall else a_year(projects=[file])
    voice = a_voice(a_report(year))
    evaluation = voice.report.overall if is_overall else only(voice.report.projects)
    assert evaluation
    found = {
        key: [paragraph.plain for paragraph in paragraphs]
        for key, paragraphs in summary(voice, evaluation).items()
    }
    faultless(voice)
    return found


# ------------------------------------------------------------------ 整体


@cases("""
    情形           | 一级       | 指标        | 标题                        | 句子
    成本全部完成   | 成本指标   | 经√ 经√ 生√ | 1.成本指标                  | 成本指标共有3个目标值，其中经济指标2个，生态指标1个。经济指标分别是“甲值”、“乙值”，均完成目标值；生态指标是“丙值”，完成目标值。
    成本部分完成   | 成本指标   | 经√ 经× 生√ | 1.成本指标                  | 成本指标共有3个目标值，完成目标值的有2个，其中经济指标2个，生态指标1个。经济指标完成目标值的有1个，是“甲值”；生态指标是“丙值”，完成目标值。
    成本一类未完成 | 成本指标   | 经√ 生×     | 1.成本指标                  | 成本指标共有2个目标值，完成目标值的有1个，其中经济指标1个，生态指标1个。经济指标是“甲值”，完成目标值；生态指标未完成目标值。
    成本均未完成   | 成本指标   | 经× 经× 生× | 1.成本指标                  | 成本指标共有3个目标值，均未完成目标值，其中经济指标2个，生态指标1个。
    产出全部完成   | 产出指标   | 数√ 数√ 质√ | 1.产出指标（履职效能）      | 产出指标共有3个目标值。其中数量指标2个，分别是“甲值”、“乙值”，均完成目标值；质量指标1个，是“丙值”，完成目标值。
    产出部分完成   | 产出指标   | 数√ 数× 质√ | 1.产出指标（履职效能）      | 产出指标共有3个目标值，完成目标值的有2个。其中数量指标2个，完成年初目标值的有1个，为“甲值”；质量指标1个，是“丙值”，完成目标值。
    产出各类都有   | 产出指标   | 数√ 数√ 数× 质× 质× 时× | 1.产出指标（履职效能） | 产出指标共有6个目标值，完成目标值的有2个。其中数量指标3个，完成年初目标值的有2个，分别为“甲值”、“乙值”；质量指标2个，均未完成目标值；时效指标1个，未完成目标值。
    产出均未完成   | 产出指标   | 数× 数×     | 1.产出指标（履职效能）      | 产出指标共有2个目标值，均未完成目标值。
    产出一个未完成 | 产出指标   | 数×         | 1.产出指标（履职效能）      | 产出指标共有1个目标值，未完成目标值。
    效益全部完成   | 效益指标   | 经√ 经√ 生√ | 1.效益指标（社会效应）      | 效益指标共有3个目标值，其中经济指标有2个，分别为“甲值”、“乙值”；生态指标有1个，为“丙值”。以上均完成目标值。
    效益一个完成   | 效益指标   | 经√         | 1.效益指标（社会效应）      | 效益指标共有1个目标值，其中经济指标有1个，为“甲值”。以上完成目标值。
    效益部分完成   | 效益指标   | 经√ 经× 生× | 1.效益指标（社会效应）      | 效益指标共有3个目标值，完成目标值的有1个，其中经济指标有2个，完成目标值的有1个，为“甲值”；生态指标有1个，未完成目标值。
    满意度全部完成 | 满意度指标 | 数√ 数√     | 1.满意度指标                | 满意度指标共有2个目标值，为“甲值”、“乙值”，均完成目标值。
    满意度一个完成 | 满意度指标 | 数√         | 1.满意度指标                | 满意度指标共有1个目标值，为“甲值”，完成目标值。
    满意度部分完成 | 满意度指标 | 数√ 数×     | 1.满意度指标                | 满意度指标共有2个目标值，完成目标值的有1个，为“甲值”。
    满意度均未完成 | 满意度指标 | 数× 数×     | 1.满意度指标                | 满意度指标共有2个目标值，均未完成目标值。
""")
def test_one_kind_of_indicators_of_the_whole_unit(
    一级: str, 指标: str, 标题: str, 句子: str
) -> None:
    file = an_overall(*indicators(一级, 指标))

    assert told(file)["目标完成"] == [标题, 句子]


def test_kinds_without_an_indicator_are_skipped_and_the_others_numbered() -> None:
    file = an_overall(
        an_indicator(一级="成本指标", 二级="经济成本指标", 名称="甲值", 权重=40),
        an_indicator(一级="满意度指标", 二级="服务对象满意度", 名称="乙值", 权重=40),
    )

    assert told(file)["目标完成"] == [
        "1.成本指标",
        "成本指标共有1个目标值，其中经济成本指标1个。经济成本指标是“甲值”，完成目标值。",
        "2.满意度指标",
        "满意度指标共有1个目标值，为“乙值”，完成目标值。",
    ]


def test_names_that_hold_a_list_are_set_apart_by_commas() -> None:
    file = an_overall(
        an_indicator(一级="满意度指标", 名称="甲、乙建设", 权重=40),
        an_indicator(一级="满意度指标", 名称="丙值", 权重=40),
    )

    assert told(file)["目标完成"][1] == (
        "满意度指标共有2个目标值，为“甲、乙建设”，“丙值”，均完成目标值。"
    )


@cases("""
    情形         | 预算 | 得分 | 句子
    全部得分     | 100  | 10件 | 经综合评价，2023年度部门整体支出综合评分为100分。
    执行不足     | 160  | 10件 | 经综合评价，2023年度部门整体支出综合评分为92.5分。
    指标未完成   | 100  | 5件  | 经综合评价，2023年度部门整体支出综合评分为60分。
    预算为零     | 0    | 10件 | 经综合评价，2023年度部门整体支出综合评分为【待填】分。
""")
def test_the_score_of_the_whole_unit(预算: str, 得分: str, 句子: str) -> None:
    file = an_overall(an_indicator(实际=得分), 预算数=预算, 存在的问题和原因=["甲。"])

    assert told(file)["自评得分"] == [句子]


# ------------------------------------------------------------------ 项目


@cases("""
    情形         | 指标              | 个数                                                        | 完成
    全部一类     | 数√ 数√           | 2023年度甲项目共设置2个绩效指标，完成绩效目标的指标有2个。 | 产出指标2个目标值，数量指标2个，为“甲值”、“乙值”。
    全部几类     | 数√ 质√ 时√       | 2023年度甲项目共设置3个绩效指标，完成绩效目标的指标有3个。 | 产出指标3个目标值，分别是数量指标1个，为“甲值”；质量指标1个，为“乙值”；时效指标1个，为“丙值”。
    部分一类     | 数√ 数×           | 2023年度甲项目共设置2个绩效指标，完成绩效目标的指标有1个。 | 产出指标2个目标值，完成目标值的有1个，数量指标1个，为“甲值”。
    部分几类     | 数√ 质× 时√       | 2023年度甲项目共设置3个绩效指标，完成绩效目标的指标有2个。 | 产出指标3个目标值，完成目标值的有2个，分别是数量指标1个，为“甲值”；时效指标1个，为“丙值”。
    都没有完成   | 数× 质×           | 2023年度甲项目共设置2个绩效指标，完成绩效目标的指标有0个。 | 产出指标2个目标值，均未完成目标值。
    一个没有完成 | 数×               | 2023年度甲项目共设置1个绩效指标，完成绩效目标的指标有0个。 | 产出指标1个目标值，未完成目标值。
""")
def test_targets_a_project_met(指标: str, 个数: str, 完成: str) -> None:
    file = a_project("甲项目", *indicators("产出指标", 指标))

    assert told(file)["完成的绩效目标"] == [个数, 完成]


@cases("""
    情形     | 指标              | 句子
    没有     | 数√ 质√           | 甲项目本年度无未完成的绩效目标。
    一个     | 数√ 质×           | 产出指标目标值中质量指标1个，为“乙值”。
    一类几个 | 数× 数× 质√       | 产出指标目标值中数量指标2个，为“甲值”、“乙值”。
    几类     | 数× 质√ 时× 时×   | 产出指标目标值中数量指标1个，为“甲值”；时效指标2个，为“丙值”、“丁值”。
""")
def test_targets_a_project_missed(指标: str, 句子: str) -> None:
    file = a_project("甲项目", *indicators("产出指标", 指标))

    assert told(file)["未完成的绩效目标"] == [句子]


def test_missed_targets_of_several_kinds_have_a_paragraph_each() -> None:
    file = a_project(
        "甲项目",
        an_indicator(一级="成本指标", 二级="经济成本指标", 名称="甲值", 实际="5件", 权重=40),
        an_indicator(一级="效益指标", 二级="", 名称="乙值", 实际="5件", 权重=40),
    )

    assert told(file)["未完成的绩效目标"] == [
        "成本指标目标值中经济成本指标1个，为“甲值”。",
        "效益指标目标值中效益指标1个，为“乙值”。",
    ]


def test_a_missed_target_asks_for_its_reason_and_a_met_one_has_no_problem() -> None:
    missed = a_project("甲项目", *indicators("产出指标", "数×"))
    explained = a_project("甲项目", *indicators("产出指标", "数×"), 存在的问题和原因=["件数减少。"])

    headings = ("本年度绩效存在的问题和原因", "下一步改进", "与预算结合")

    def what_went_wrong(file: ProjectFile) -> list[str]:
        return [only(told(file)[heading]) for heading in headings]

    remedies = ["【下一步改进措施待填】", "【拟与预算安排相结合的情况待填】"]
    assert what_went_wrong(missed) == ["【未完成绩效目标的原因待填】", *remedies]
    assert what_went_wrong(explained) == ["件数减少。", *remedies]
    assert what_went_wrong(a_project()) == ["本次评价未发现绩效方面存在问题。"] * 3


def test_a_project_without_indicators_asks_for_them() -> None:
    file = a_project().model_copy(update={"indicators": []})

    assert told(file)["完成的绩效目标"] == ["【绩效指标待填】"]


@cases("""
    情形       | 预算  | 执行   | 句子
    全部执行   | 5     | 5      | 2023年度甲项目年初预算金额5万元，执行数5万元，资金执行率100%。
    两位小数   | 108.8 | 108.56 | 2023年度甲项目年初预算金额108.8万元，执行数108.56万元，资金执行率99.78%。
    末位是零   | 15    | 13.41  | 2023年度甲项目年初预算金额15万元，执行数13.41万元，资金执行率89.4%。
    没有执行   | 15    | 0      | 2023年度甲项目年初预算金额15万元，执行数0万元，资金执行率0%。
    没有预算   | 0     | 3      | 2023年度甲项目年初预算金额0万元，执行数3万元。
""")
def test_execution_of_a_project(预算: str, 执行: str, 句子: str) -> None:
    assert told(a_project("甲项目", 预算数=预算, 执行数=执行))["执行率情况"] == [句子]


def test_the_score_of_a_project_and_its_name() -> None:
    assert told(a_project("甲经费"))["自评得分"] == [
        "经综合评价，2023年度甲经费项目综合评分为100分。"
    ]


def test_the_remarks_print_the_scoring_rule_of_the_pack() -> None:
    assert told(a_project())["备注"][3].startswith(
        "3.定性指标计分原则：达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，"
        "分别按照该指标对应分值区间100-80%（含80%）、80-50%（含50%）、50-0%合理确定分值。"
    )
