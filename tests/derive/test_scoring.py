"""Scores: the rule printed under the self-evaluation tables, indicator by indicator and in total."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from builders import (
    a_project,
    a_report,
    a_year,
    an_indicator,
    an_item,
    an_overall,
    cases,
    derived,
    filled,
    hubei,
    only,
)

from disclosure.derive.evaluation import Evaluation
from disclosure.derive.scoring import attainment, execution_score, score

RULE = hubei().layout.scoring
TOP, MIDDLE, LOW = (tier.name for tier in RULE.tiers)


def evaluated(*indicators: dict[str, Any], **changes: Any) -> Evaluation:
    """The evaluation of one project."""
    return only(a_report(a_year(projects=[a_project("甲项目", *indicators, **changes)])).projects)


def problems_of(*indicators: dict[str, Any]) -> list[str]:
    _, problems = derived(a_year(projects=[a_project("甲项目", *indicators)]))
    return [str(problem) for problem in problems]


# ------------------------------------------------------------------ one indicator


@cases("""
    情形             | 目标      | 实际    | 权重 | 得分  | 完成
    正向正好         | ≥60次     | 60次    | 10   | 10    | 是
    正向超过不加分   | ≥60次     | 90次    | 10   | 10    | 是
    正向不足         | ≥60次     | 43次    | 10   | 7.2   | 否
    正向为零         | ≥60次     | 0次     | 10   | 0     | 否
    正向目标为零     | ≥0次      | 0次     | 10   | 10    | 是
    反向正好         | ≤5万元    | 5万元   | 10   | 10    | 是
    反向更少不加分   | ≤5万元    | 4万元   | 10   | 10    | 是
    反向超过         | ≤5万元    | 8万元   | 10   | 6.3   | 否
    反向实际为零     | ≤5万元    | 0万元   | 10   | 10    | 是
    反向目标为零     | ≤0次      | 3次     | 10   | 0     | 否
    反向都为零       | ≤0次      | 0次     | 10   | 10    | 是
    等于             | =100%     | 100%    | 10   | 10    | 是
    没有符号是等于   | 3个       | 3个     | 10   | 10    | 是
    百分数带小数     | ≥98%      | 100.00% | 10   | 10    | 是
    千分位           | ≥15,000元 | 7500元  | 10   | 5     | 否
    全角符号         | ＞＝60次  | ３０次  | 10   | 5     | 否
    实际不写单位     | ≥60次     | 45      | 10   | 7.5   | 否
    实际带符号       | ≥100%     | ≥100%   | 10   | 10    | 是
    单位里有斜线     | ≤4万元/年 | 4万元/年 | 10  | 10    | 是
    文字相同         | 正常运行  | 正常运行 | 10  | 10    | 是
    半分进一         | ≥4次      | 3次     | 0.6  | 0.5   | 否
    半分不足舍去     | ≥100次    | 74次    | 0.6  | 0.4   | 否
""")
def test_one_indicator_by_the_rule(目标: str, 实际: str, 权重: str, 得分: str, 完成: str) -> None:
    rest = an_indicator(名称="其余", 权重=80 - Decimal(权重))

    indicator, _ = evaluated(an_indicator(目标=目标, 实际=实际, 权重=权重), rest).indicators

    assert indicator.score.amount == Decimal(得分)
    assert indicator.met is (完成 == "是")


@cases("""
    情形         | 目标       | 实际
    单位不同     | ≥15000万元 | 1.5亿元
    等于而未达到 | =5个       | 4个
    文字不同     | 显著提升   | 有所提升
    数对文字     | ≥5个       | 完成
    文字对数     | 完成       | 5个
""")
def test_the_rule_cannot_say(目标: str, 实际: str) -> None:
    assert attainment(目标, 实际) is None

    message = only(problems_of(an_indicator(名称="办件数", 目标=目标, 实际=实际)))

    assert f"指标“办件数”目标是“{目标}”，实际是“{实际}”，按计分规则算不出得分。" in message


@cases("""
    情形                 | 目标     | 实际     | 权重 | 自评 | 档次 | 完成
    评价人给分           | ≥500个   | 8279个   | 80   | 0.5  |      | 是
    没有完成也由他给     | ≥60次    | 43次     | 80   | 40   |      | 否
    定性满分算完成       | 显著提升 | 提升明显 | 80   | 80   |      | 是
    定性未满分算未完成   | 显著提升 | 有所提升 | 80   | 60   |      | 否
    最高档算完成         | 显著提升 | 提升明显 | 80   | 70   | 高   | 是
    最高档的下限         | 显著提升 | 提升明显 | 80   | 64   | 高   | 是
    中间档算未完成       | 显著提升 | 有所提升 | 80   | 60   | 中   | 否
    中间档的下限         | 显著提升 | 有所提升 | 80   | 40   | 中   | 否
    最低档               | 显著提升 | 没有提升 | 80   | 0    | 低   | 否
""")
def test_the_evaluators_own_score(
    目标: str, 实际: str, 权重: str, 自评: str, 档次: str, 完成: str
) -> None:
    tier = {"高": TOP, "中": MIDDLE, "低": LOW}.get(档次, "")
    line = an_indicator(目标=目标, 实际=实际, 权重=权重, 自评得分=自评, **filled(档次=tier))

    indicator = only(evaluated(line).indicators)

    assert indicator.score.amount == Decimal(自评)
    assert indicator.met is (完成 == "是")


@cases("""
    情形             | 自评 | 档次                             | 消息
    大于权重         | 81   |                                  | 自评得分 81 大于权重 80。
    高于所属的档     | 64   | 部分达成预期指标并具有一定效果   | 得分应在 40 到 64 之间（不含 64），现为 64。
    低于所属的档     | 63.9 | 达成预期指标                     | 得分应在 64 到 80 之间，现为 63.9。
    高于最低的档     | 40   | 未达成预期指标且效果较差         | 得分应在 0 到 40 之间（不含 40），现为 40。
    没有这个档       | 60   | 基本达成                         | 没有“基本达成”这个档次。
""")
def test_an_own_score_that_cannot_be(自评: str, 档次: str, 消息: str) -> None:
    line = an_indicator(目标="好", 实际="较好", 自评得分=自评, **filled(档次=档次))

    assert 消息 in only(problems_of(line))


def test_without_the_cap_more_than_the_target_scores_more() -> None:
    free = RULE.model_copy(update={"capped": False})

    assert score(Decimal(10), Decimal("1.5"), free) == 15
    assert score(Decimal(10), Decimal("1.5"), RULE) == 10


# ------------------------------------------------------------------ execution and totals


@cases("""
    情形       | 执行率         | 得分
    全部执行   | 100            | 20
    两位小数   | 98.9483        | 19.79
    第三位进一 | 99.7794        | 19.96
    没有执行   | 0              | 0
    超过不加分 | 130            | 20
""")
def test_the_score_of_execution(执行率: str, 得分: str) -> None:
    assert execution_score(Decimal(执行率), RULE) == Decimal(得分)


def test_without_a_budget_there_is_no_rate_no_score_and_no_total() -> None:
    evaluation = evaluated(预算数=0, 执行数=5)

    assert evaluation.rate.amount is None
    assert evaluation.execution_score.amount is None
    assert evaluation.total.amount is None


def test_the_score_of_execution_is_of_the_exact_rate_and_not_of_the_printed_one() -> None:
    """541.04 of 546.79 is 98.9484…%, which scores 19.79; the whole unit spent 基本 + 项目支出."""
    item = an_item(年初预算数=500, 基本支出="372.92", 项目支出="168.12")
    year = a_year(expenditure={"一般公共预算财政拨款": [item]}, overall=an_overall(预算数="546.79"))

    overall = a_report(year).overall

    assert overall and overall.execution_score.amount == Decimal("19.79")
    assert overall.final_account.amount == Decimal("541.04")


def test_a_total_is_the_sum_of_the_scores_as_they_print() -> None:
    """13.41 of 15 万元 score 17.88; 43 of 60 of 10 points print 7.2; 70 points are met: 95.08."""
    evaluation = evaluated(
        an_indicator(名称="场次", 目标="≥60次", 实际="43次", 权重=10),
        an_indicator(名称="其余", 权重=70),
        预算数=15,
        执行数="13.41",
    )

    assert evaluation.execution_score.amount == Decimal("17.88")
    assert [indicator.score.amount for indicator in evaluation.indicators] == [Decimal("7.2"), 70]
    assert evaluation.total.amount == Decimal("95.08")


# ------------------------------------------------------------------ problems


@pytest.mark.parametrize(
    ("weights", "speaks"), [((40, 40), False), ((40, 39), True), ((81,), True)]
)
def test_weights_add_up_to_the_points_for_indicators(weights: list[int], speaks: bool) -> None:
    lines = [an_indicator(名称=f"第{n}", 权重=weight) for n, weight in enumerate(weights)]

    messages = problems_of(*lines)

    assert bool(messages) is speaks
    if speaks:
        assert f"“甲项目”各指标权重合计 {sum(weights)}，应为 80。" in only(messages)


def test_every_project_with_wrong_weights_is_named() -> None:
    wrong = an_indicator(权重=70)
    _, problems = derived(a_year(projects=[a_project("甲项目", wrong), a_project("乙项目", wrong)]))

    assert [problem.message for problem in problems] == [
        "“甲项目”各指标权重合计 70，应为 80。",
        "“乙项目”各指标权重合计 70，应为 80。",
    ]


def test_an_indicator_that_cannot_be_scored_is_not_also_a_wrong_sum() -> None:
    lines = an_indicator(目标="好", 实际="较好", 权重=40), an_indicator(权重=40)

    assert "算不出得分" in only(problems_of(*lines))


@cases("""
    情形       | 缺     | 消息
    没有实际   | 实际   | 指标缺少实际。
    没有目标   | 目标   | 指标缺少目标。
    没有名称   | 名称   | 指标缺少名称。
""")
def test_what_an_indicator_needs(缺: str, 消息: str) -> None:
    assert 消息 in only(problems_of(an_indicator(**{缺: None})))


# ------------------------------------------------------------------ 引用


def referring(reference: str, **changes: Any) -> dict[str, Any]:
    return {"一级": "产出指标", "二级": "数量指标", "引用": reference, "权重": 80, **changes}


def test_the_whole_unit_takes_an_indicator_from_a_project() -> None:
    project = a_project("甲项目", an_indicator(名称="场次", 目标="≥60次", 实际="43次"))
    year = a_year(projects=[project], overall=an_overall(referring("甲项目/场次")))

    overall = a_report(year).overall

    assert overall
    taken = only(overall.indicators)
    assert (taken.name, taken.target, taken.actual) == ("场次", "≥60次", "43次")
    assert taken.score.amount == Decimal("57.3")


def test_what_is_written_beside_a_reference_goes_before_it() -> None:
    project = a_project("甲项目", an_indicator(名称="场次", 目标="≥60次", 实际="43次"))
    line = referring("甲项目/场次", 名称="评审场次", 实际="60次")

    overall = a_report(a_year(projects=[project], overall=an_overall(line))).overall

    assert overall
    taken = only(overall.indicators)
    assert (taken.name, taken.target, taken.actual, taken.met) == (
        "评审场次",
        "≥60次",
        "60次",
        True,
    )


def test_a_reference_to_nothing_is_one_problem() -> None:
    year = a_year(projects=[a_project("甲项目")], overall=an_overall(referring("甲项目/没有的")))

    _, problems = derived(year)

    assert only(problems).message == "引用的指标“甲项目/没有的”不存在。"
    assert "现有项目：甲项目" in only(problems).advice


def test_two_indicators_of_one_name_are_two_figures() -> None:
    evaluation = evaluated(
        an_indicator(一级="成本指标", 名称="节约率", 权重=30),
        an_indicator(一级="效益指标", 名称="节约率", 权重=50),
    )

    names = [indicator.score.id for indicator in evaluation.indicators]

    assert len(set(names)) == 2
    assert [indicator.score.amount for indicator in evaluation.indicators] == [30, 50]
