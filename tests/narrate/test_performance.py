"""情况说明 十三: 预算绩效, in every case."""

from __future__ import annotations

from typing import Any

from builders import (
    RUNNING,
    a_project,
    a_unit,
    a_year,
    an_indicator,
    an_item,
    an_overall,
    cases,
    filled,
    said,
)

from disclosure.narrate import performance
from disclosure.schema.content import YearContent
from disclosure.schema.evaluation import ProjectFile

FUND = "一般公共预算财政拨款"


def a_project_year(spent: str, *projects: ProjectFile, **files: Any) -> YearContent:
    """A year with that much 项目支出 of 一般公共预算."""
    item = an_item(RUNNING, 年初预算数=100, 基本支出=50, 项目支出=spent)
    return a_year(expenditure={FUND: [item]}, projects=projects, **files)


def projects_of(amounts: str) -> list[ProjectFile]:
    """Projects that spent these amounts."""
    spent = amounts.split("/") if amounts else []
    return [a_project(f"{name}项目", 执行数=a) for name, a in zip("甲乙丙丁", spent, strict=False)]


# ------------------------------------------------------------------ （一）


@cases("""
    情形             | 项目支出 | 各项目     | 句子
    全部自评         | 30       | 10/20      | 根据预算绩效管理要求，本部门组织对2023年度一般公共预算项目支出全面开展绩效自评，共涉及项目2个，资金30万元，占一般公共预算项目支出总额的100%。从评价情况来看，执行较好。
    差一分尾差       | 30.01    | 10/20      | 根据预算绩效管理要求，本部门组织对2023年度一般公共预算项目支出全面开展绩效自评，共涉及项目2个，资金30.01万元，占一般公共预算项目支出总额的100%。从评价情况来看，执行较好。
    还有别的资金     | 30       | 10/25      | 根据预算绩效管理要求，本部门组织对2023年度一般公共预算项目支出全面开展绩效自评，共涉及项目2个，资金30万元，占一般公共预算项目支出总额的100%。从评价情况来看，执行较好。
    部分自评         | 40       | 10/20      | 根据预算绩效管理要求，本部门组织对2023年度一般公共预算项目支出全面开展绩效自评，共涉及项目2个，资金30万元，占一般公共预算项目支出总额的75%。从评价情况来看，执行较好。
    没有一般公共预算 | 0        | 10         | 根据预算绩效管理要求，本部门组织对2023年度项目支出全面开展绩效自评，共涉及项目1个。从评价情况来看，执行较好。
    没有项目支出     | 0        |            | 本部门2023年度无项目支出，未开展项目绩效自评。
    没有自评资料     | 30       |            | 【项目绩效自评情况待填】
""")
def test_management(项目支出: str, 各项目: str, 句子: str) -> None:
    this_year = a_project_year(项目支出, *projects_of(各项目))

    assert said(performance.management, this_year) == [句子]


def test_the_overall_evaluation_is_told_with_its_attachment() -> None:
    assert said(performance.management, a_year(overall=an_overall()))[1:] == [
        "组织开展部门整体支出绩效评价，从评价情况来看，完成较好。",
        "《2023年度某中心整体绩效自评结果》摘要版以及《2023年度某中心整体绩效自评表》详见附件1。",
    ]


def test_words_of_the_unit_end_with_a_stop_and_missing_ones_show() -> None:
    notes = {"项目自评总体评价": "执行较好", "整体绩效评价": "完成较好"}

    with_notes = a_project_year("10", *projects_of("10"), performance_notes=notes)
    without = a_project_year("10", *projects_of("10"), performance_notes=None)

    assert said(performance.management, with_notes)[0].endswith("从评价情况来看，执行较好。")
    assert said(performance.management, without)[0].endswith(
        "从评价情况来看，【项目自评总体评价待填】"
    )


# ------------------------------------------------------------------ （二）


@cases("""
    情形         | 预算 | 执行  | 句子
    全部执行     | 10   | 10    | 1.甲项目绩效完成情况：项目全年预算数为10万元，执行数为10万元，完成预算100%。主要产出和效益：
    部分执行     | 15   | 13.41 | 1.甲项目绩效完成情况：项目全年预算数为15万元，执行数为13.41万元，完成预算89%。主要产出和效益：
    没有执行     | 15   | 0     | 1.甲项目绩效完成情况：项目全年预算数为15万元，执行数为0万元，完成预算0%。主要产出和效益：
    执行率印成0% | 500  | 1     | 1.甲项目绩效完成情况：项目全年预算数为500万元，执行数为1万元，完成预算不足1%。主要产出和效益：
    没有预算     | 0    | 5     | 1.甲项目绩效完成情况：项目全年预算数为0万元，执行数为5万元。主要产出和效益：
""")
def test_what_a_project_did(预算: str, 执行: str, 句子: str) -> None:
    project = a_project(预算数=预算, 执行数=执行)

    assert said(performance.results, a_project_year(执行, project))[1] == 句子


@cases("""
    情形               | 正文名称 | 句子
    名称已含项目       | 甲项目   | 1.甲项目绩效完成情况
    名称不含项目       | 甲经费   | 1.甲经费项目绩效完成情况
""")
def test_a_project_is_called_a_project_once(正文名称: str, 句子: str) -> None:
    project = a_project("甲", 正文名称=正文名称)

    assert said(performance.results, a_project_year("10", project))[1].startswith(句子 + "：")


MISSED = an_indicator(目标="≥10件", 实际="4件")


@cases("""
    情形             | 问题 | 原因 | 措施 | 段落
    没有问题         |      |      |      | 发现的问题及原因：无
    都写了           | 甲。 | 乙。 | 丙。 | 发现的问题：甲。/原因：乙。/改进措施：丙。
    原因和措施未写   | 甲。 |      |      | 发现的问题：甲。/原因：【问题原因待填】/改进措施：【改进措施待填】
""")
def test_problems_of_a_project(问题: str, 原因: str, 措施: str, 段落: str) -> None:
    project = a_project(**filled(发现的问题=问题, 问题原因=原因, 改进措施=措施))

    paragraphs = said(performance.results, a_project_year("10", project))

    assert paragraphs[3:-5] == 段落.split("/")


def test_a_project_that_missed_a_target_is_not_told_to_have_no_problem() -> None:
    paragraphs = said(performance.results, a_project_year("10", a_project("甲项目", MISSED)))

    assert "发现的问题：【发现的问题待填】" in paragraphs
    assert "发现的问题及原因：无" not in paragraphs


def test_a_project_without_output_asks_for_it() -> None:
    project = a_project(主要产出和效益=[])

    assert said(performance.results, a_project_year("10", project))[2] == "【主要产出和效益待填】"


def test_projects_are_numbered_with_their_attachments() -> None:
    this_year = a_project_year("30", *projects_of("10/20"), overall=an_overall())

    paragraphs = said(performance.results, this_year)

    assert [words for words in paragraphs if "详见附件" in words] == [
        "《2023年度甲项目自评结果》摘要版以及《2023年度甲项目自评表》详见附件2。",
        "《2023年度乙项目自评结果》摘要版以及《2023年度乙项目自评表》详见附件3。",
    ]
    assert paragraphs[-4:] == [
        "3.概述下属单位整体支出绩效目标实现情况。",
        "本部门无下属单位。",
        "4.概述以部门为主体开展的重点项目绩效评价情况。",
        "本部门无以部门为主体开展的重点项目。",
    ]


def test_no_projects() -> None:
    assert said(performance.results, a_project_year("0")) == [
        "本部门今年无项目绩效自评结果。",
        "1.概述下属单位整体支出绩效目标实现情况。",
        "本部门无下属单位。",
        "2.概述以部门为主体开展的重点项目绩效评价情况。",
        "本部门无以部门为主体开展的重点项目。",
    ]


def test_a_unit_with_subordinates_is_not_told_to_have_none() -> None:
    paragraphs = said(performance.results, a_year(), unit=a_unit(下属单位=["甲站"]))

    assert "本部门无下属单位。" not in paragraphs
    assert "【下属单位绩效待填】" in paragraphs


# ------------------------------------------------------------------ （三）


def test_what_was_and_will_be_applied() -> None:
    notes = {"已应用情况": ["甲。"], "拟应用情况": ["乙。", "丙。"]}

    assert said(performance.application, a_year(performance_notes=notes)) == [
        "1.部门绩效评价结果应用情况",
        "至部门决算公开时已应用情况：甲。",
        "2.部门绩效评价结果拟应用情况",
        "乙。",
        "丙。",
    ]
    assert said(performance.application, a_year(performance_notes=None)) == [
        "1.部门绩效评价结果应用情况",
        "【已应用情况待填】",
        "2.部门绩效评价结果拟应用情况",
        "【拟应用情况待填】",
    ]
