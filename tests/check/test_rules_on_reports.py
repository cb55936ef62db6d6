"""Rules on a whole report: what is typed beside a plain unit and year, and what the rule says."""

from __future__ import annotations

from typing import Any

import pytest
from builders import (
    HOUSING,
    RUNNING,
    a_project,
    a_scant_year,
    a_unit,
    a_year,
    an_indicator,
    an_item,
    an_overall,
    hubei,
)
from rule_cases import case, on_report, outcome

PASSED, FAILED, HINT, ROUNDING = "通过", "错误", "提示", "尾差"
NOT_APPLICABLE, UNKNOWN = "不适用", "无法核对"

GENERAL = "一般公共预算财政拨款"


def spent(*items: Any) -> dict[str, Any]:
    return {GENERAL: list(items)}


def explained(reason: Any, budget: int = 90, final: int = 100, code: str = RUNNING) -> Any:
    """One 项 whose 决算 differs from its budget, with a reason."""
    return spent(an_item(code, 年初预算数=budget, 基本支出=final, 原因=reason))


def more(words: str, **also: str) -> dict[str, Any]:
    return {"文字": words, "说明方向": "增加", **also}


def brought(amount: Any) -> dict[str, Any]:
    return {"年初结转和结余": {GENERAL: amount}}


def left(amount: Any) -> dict[str, Any]:
    return {"年末结转和结余": {GENERAL: amount}}


def before(**files: Any) -> Any:
    return a_year(2022, **files)


def told_change(words: str, was: int = 90) -> dict[str, Any]:
    """A reason for the change of 收、支总计, from `was` to 100."""
    last = before(
        revenue={GENERAL + "收入": was}, expenditure=spent(an_item(年初预算数=was, 基本支出=was))
    )
    return {"reasons": {"收支总计变动": {"文字": words}}, "before": last}


def layout_with(**changes: Any) -> Any:
    return hubei().layout.model_copy(update=changes)


YEARS = [
    case("Y1.1", "speaks", FAILED, revenue=brought(5), before=before(expenditure=left(6))),
    case("Y1.1", "silent", PASSED, revenue=brought(6), before=before(expenditure=left(6))),
    case(
        "Y1.1",
        "silent when it is explained",
        PASSED,
        revenue={**brought(5), "年初结转调整原因": "清理"},
        before=before(expenditure=left(6)),
    ),
    case("Y1.1", "edge nothing is known", UNKNOWN, revenue=brought(5)),
    case("Y1.1", "edge nothing left over", NOT_APPLICABLE, before=before()),
    case("Y1.2", "speaks", HINT, revenue={"年初结转调整原因": "清理"}, before=before()),
    case(
        "Y1.2",
        "silent",
        PASSED,
        revenue={**brought(5), "年初结转调整原因": "清理"},
        before=before(expenditure=left(6)),
    ),
    case("Y1.2", "edge no reason", NOT_APPLICABLE, before=before()),
    case("Y2", "speaks", FAILED, before=before(expenditure=left(6))),
    case("Y2", "silent", PASSED, before=before()),
    case("Y2", "edge no folder", UNKNOWN),
    case("Y2", "edge hardly anything known", UNKNOWN, before=a_scant_year()),
    case(
        "Y3",
        "speaks",
        FAILED,
        approved={"批复数": {"收入/总计": 150}},
        before=before(revenue={"其他收入": 5}),
    ),
    case("Y3", "silent", PASSED, before=before(revenue={"其他收入": 5})),
    case("Y3", "edge not known", UNKNOWN, before=a_scant_year()),
    case("Y4.1", "speaks", FAILED, projects=[a_project(填报日期="2023-03-15")]),
    case("Y4.1", "silent", PASSED, projects=[a_project(填报日期="2024-03-15")]),
    case("Y4.1", "edge last day", FAILED, projects=[a_project(填报日期="2023-12-31")]),
    case("Y4.1", "edge not filled in", NOT_APPLICABLE, projects=[a_project()]),
    case(
        "Y4.3",
        "speaks",
        HINT,
        other_notes={"其他需要说明的情况": ["2022年办成某事。"]},
        before=before(other_notes={"其他需要说明的情况": ["2022年办成某事。"]}),
    ),
    case(
        "Y4.3",
        "silent",
        PASSED,
        other_notes={"其他需要说明的情况": ["2021年设立。", "{{ 年度 }}年办成。"]},
        before=before(other_notes={"其他需要说明的情况": ["2021年设立。", "{{ 年度 }}年办成。"]}),
    ),
    case("Y4.3", "edge no words last year", UNKNOWN, before=a_scant_year()),
]

REASONS = [
    case("P5c.1", "speaks", HINT, words=True, expenditure=explained(None)),
    case("P5c.1", "silent", PASSED, words=True, expenditure=explained(more("新增人员"))),
    case("P5c.1", "edge equal", NOT_APPLICABLE, words=True, expenditure=explained(None, 100, 100)),
    case("P5c.2", "speaks", HINT, expenditure=explained("新增人员")),
    case(
        "P5c.2",
        "speaks of a copy",
        HINT,
        expenditure=explained(more("新增人员")),
        before=before(expenditure=explained(more("新增人员"))),
    ),
    case("P5c.2", "silent", PASSED, expenditure=explained(more("新增人员"))),
    case("P5c.2", "edge not explained", NOT_APPLICABLE, expenditure=explained({"不说明": "略"})),
    case("S2.1", "speaks", FAILED, expenditure=explained(more("新增人员"), 100, 90)),
    case("S2.1", "silent", PASSED, expenditure=explained(more("新增人员"), 90, 100)),
    case("S2.1", "edge equal", FAILED, expenditure=explained(more("新增人员"), 100, 100)),
    case(
        "S2.1",
        "edge equal as printed",
        FAILED,
        expenditure={"金额单位": "元", **explained(more("新增人员"), 1000000, 1000010)},
    ),
    case(
        "S2.1",
        "edge no budget",
        UNKNOWN,
        expenditure=spent(an_item(基本支出=100, 原因=more("新增人员"))),
    ),
    case(
        "S2.1",
        "speaks of the opening balance",
        FAILED,
        revenue={**brought(5), "年初结转调整原因": more("清理往年结余")},
        before=before(expenditure=left(6)),
    ),
    case(
        "S2.1",
        "silent of the opening balance",
        PASSED,
        revenue={**brought(7), "年初结转调整原因": more("清理往年结余")},
        before=before(expenditure=left(6)),
    ),
    case("S2.2", "speaks", HINT, expenditure=explained(more("新增人员", 说明差额="9"))),
    case("S2.2", "silent", PASSED, expenditure=explained(more("新增人员", 说明差额="10"))),
    case("S2.2", "edge not stated", NOT_APPLICABLE, expenditure=explained(more("新增人员"))),
    case("S2.3", "speaks", HINT, expenditure=explained(more("压减一般性支出"))),
    case(
        "S2.3",
        "speaks of a withheld one",
        HINT,
        expenditure=explained({"不说明": "决算略低于预算"}),
    ),
    case("S2.3", "silent", PASSED, expenditure=explained(more("新增人员，压减公用经费后仍有增加"))),
    case("S2.3", "edge of last year", PASSED, expenditure=explained(more("上年因疫情减少出差"))),
    case(
        "S2.3",
        "edge no difference",
        NOT_APPLICABLE,
        expenditure=explained(more("压减"), 100, 100),
    ),
    case("S2.6", "speaks", FAILED, words=True, **told_change("较上年减少{{ 本年收入差额 }}万元")),
    case("S2.6", "silent", PASSED, words=True, **told_change("较上年增加了{{ 本年收入差额 }}万元")),
    case(
        "S2.6", "edge no way", NOT_APPLICABLE, words=True, **told_change("差{{ 本年收入差额 }}万元")
    ),
    case(
        "S2.6",
        "edge no change at all",
        NOT_APPLICABLE,
        words=True,
        **told_change("较上年减少{{ 本年收入差额 }}万元", was=100),
    ),
    case(
        "P15.2",
        "speaks",
        HINT,
        staff={"本年变动": [{"月份": 5, "人员": "在编人员", "增减": "减少", "人数": 1}]},
        expenditure=explained(more("{{ 人员变动 }}")),
    ),
    case(
        "P15.2",
        "silent",
        PASSED,
        staff={"本年变动": [{"月份": 5, "人员": "在编人员", "增减": "增加", "人数": 1}]},
        expenditure=explained(more("{{ 人员变动 }}")),
    ),
    case(
        "P15.2",
        "edge both ways",
        NOT_APPLICABLE,
        staff={
            "本年变动": [
                {"月份": 5, "人员": "在编人员", "增减": "增加", "人数": 2},
                {"月份": 6, "人员": "在编人员", "增减": "减少", "人数": 1},
            ]
        },
        expenditure=explained(more("{{ 人员变动 }}")),
    ),
    case(
        "P5c.3", "speaks", HINT, expenditure=explained(more("因支出增加，故决算数大于年初预算数"))
    ),
    case("P5c.3", "silent", PASSED, expenditure=explained(more("因新增人员支出增加"))),
    case("P5c.3", "edge a tag says it", PASSED, expenditure=explained(more("{{ 人员变动 }}"))),
    case(
        "P5c.4",
        "speaks",
        HINT,
        expenditure=spent(
            an_item(年初预算数=90, 基本支出=100, 原因=more("新增人员")),
            an_item(HOUSING, 年初预算数=1, 基本支出=2, 原因=more("新增人员")),
        ),
    ),
    case(
        "P5c.4",
        "silent",
        PASSED,
        expenditure=spent(
            an_item(年初预算数=90, 基本支出=100, 原因=more("新增人员")),
            an_item(HOUSING, 年初预算数=1, 基本支出=2, 原因=more("提高缴存比例")),
        ),
    ),
    case(
        "P5c.4",
        "edge referred to",
        PASSED,
        expenditure=spent(
            an_item(年初预算数=90, 基本支出=100, 原因=more("新增人员")),
            an_item(HOUSING, 年初预算数=1, 基本支出=2, 原因=more('{{ 原因("支出/2010350") }}')),
        ),
    ),
]


def guests(amount: Any, groups: int, persons: int, **whole: Any) -> dict[str, Any]:
    told = {"决算数": amount, "批次数": groups, "人次数": persons}
    return {"公务接待费": {"全年预算数": amount, "国内公务接待": told, **whole}}


def vehicle(amount: Any, kept: int) -> dict[str, Any]:
    return {"公务用车运行维护费": {"全年预算数": amount, "决算数": amount, "保有量": kept}}


def bought(smaller: Any, micro: Any, whole: Any = 5) -> dict[str, Any]:
    return {"货物": {"支出": whole, "授予中小企业": smaller, "其中小微企业": micro}}


def imported(amount: Any) -> dict[str, Any]:
    cell = {"数": amount, "格": "C7"}
    return {"取自": {"公开表.xlsx": {"公开03表": {"支出/合计/基本支出": cell}}}}


OPERATING = {"机关运行经费变动": {"文字": "新增办公用房", "说明方向": "增加"}}
OFFICE = a_unit(单位性质="行政单位")

PARTS = [
    case("P9.1", "speaks", FAILED, three_public=guests(1, 0, 27)),
    case("P9.1", "silent", PASSED, three_public=guests(1, 6, 27)),
    case("P9.1", "edge nobody paid for them", PASSED, three_public=guests(0, 6, 27)),
    case("P9.1", "edge nothing", NOT_APPLICABLE),
    case("P9.2", "speaks", HINT, three_public=guests(1, 27, 6)),
    case("P9.2", "silent", PASSED, three_public=guests(1, 6, 27)),
    case("P9.2", "edge one each", PASSED, three_public=guests(1, 6, 6)),
    case("P9.3", "speaks", FAILED, three_public=guests(1, 6, 27, 决算数=2)),
    case("P9.3", "silent", PASSED, three_public=guests(1, 6, 27, 决算数=1)),
    case("P9.3", "edge nothing spent", NOT_APPLICABLE),
    case("X18", "speaks", HINT, three_public=vehicle(2.5, 0)),
    case("X18", "silent", PASSED, three_public=vehicle(2.5, 1)),
    case("X18", "edge kept for nothing", PASSED, three_public=vehicle(0, 1)),
    case("P10", "speaks", HINT, other_notes=OPERATING),
    case("P10", "silent", PASSED, other_notes=OPERATING, unit=OFFICE),
    case("P10", "edge nothing written", NOT_APPLICABLE),
    case("P11", "speaks", FAILED, procurement=bought(5, 6)),
    case("P11", "silent", PASSED, procurement=bought(4, 3)),
    case("P11", "edge all of it", PASSED, procurement=bought(5, 5)),
    case("P11", "edge nothing bought", NOT_APPLICABLE),
    case("P12", "speaks", FAILED, three_public=vehicle(2.5, 1)),
    case(
        "P12",
        "silent",
        PASSED,
        three_public=vehicle(2.5, 1),
        state_assets={"车辆": {"机要通信用车": 2}},
    ),
    case(
        "P12",
        "edge as many",
        PASSED,
        three_public=vehicle(2.5, 1),
        state_assets={"车辆": {"机要通信用车": 1}},
    ),
    case("P15.1", "speaks", HINT, staff={"在编在岗": 13}),
    case("P15.1", "silent", PASSED, staff={"在编在岗": 11}),
    case("P15.1", "edge all posts taken", PASSED, staff={"在编在岗": 12}),
    case("P15.1", "speaks of people without posts", HINT, staff={"编制": {"事业编制": 0}}),
    case("P15.1", "edge nobody counted", NOT_APPLICABLE, staff=None),
    case("X20", "speaks", HINT, sources=imported(99)),
    case("X20", "silent", PASSED, sources=imported(100)),
    case("X20", "edge read to the yuan", HINT, sources=imported("100.01")),
    case("X20", "edge nothing imported", NOT_APPLICABLE),
    case("X17", "silent", PASSED, words=True),
    case("X17", "edge no tables", NOT_APPLICABLE),
    case("S4", "speaks", HINT, unit=a_unit(单位简称="某州局")),
    case("S4", "silent", PASSED, unit=a_unit(单位简称="州中心")),
    case("S4", "edge the full name", PASSED, unit=a_unit(单位简称="某州某中心")),
    case("S6.1", "speaks", HINT, terms={"科目用途": {HOUSING: "反映某用途。"}}),
    case("S6.1", "silent", PASSED),
    case("S6.1", "edge no glossary", NOT_APPLICABLE, terms=None),
    case(
        "U2.2",
        "speaks",
        HINT,
        before=before(
            revenue={GENERAL + "收入": 1000000}, expenditure=spent(an_item(基本支出=1000000))
        ),
    ),
    case("U2.2", "silent", PASSED, before=before()),
    case(
        "U2.2",
        "edge a hundred times",
        PASSED,
        before=before(
            revenue={GENERAL + "收入": 10000}, expenditure=spent(an_item(基本支出=10000))
        ),
    ),
]


def counted(target: str, actual: str, **also: Any) -> dict[str, Any]:
    return an_indicator(目标=target, 实际=actual, **also)


def referring(**also: Any) -> Any:
    """整体自评 that takes its indicator from 甲项目."""
    line = {"一级": "产出指标", "二级": "数量指标", "引用": "甲项目/办件数", "权重": 80}
    return an_overall({**line, **also})


def project(*indicators: Any, **also: Any) -> dict[str, Any]:
    return {"projects": [a_project("甲项目", *indicators, **also)]}


BOUNDS = hubei().layout.scoring
SPLIT = spent(an_item(年初预算数=90, 基本支出=90), an_item("2010399", 项目支出=10))

PERFORMANCE = [
    case("E1", "silent", PASSED, words=True, **project(预算数=12)),
    case("E1", "edge no budget", NOT_APPLICABLE, words=True, **project(预算数=0)),
    case("E2", "speaks", HINT, **project(counted("≥10件", "12件", 自评得分=40))),
    case("E2", "silent", PASSED, **project(counted("≥10件", "5件", 自评得分=40))),
    case("E2", "edge no score of one's own", NOT_APPLICABLE, **project()),
    case("E3", "speaks", HINT, **project(counted("完成", "基本完成", 自评得分=60))),
    case(
        "E3",
        "silent",
        PASSED,
        **project(counted("完成", "基本完成", 自评得分=60, 档次="部分达成预期指标并具有一定效果")),
    ),
    case("E3", "edge fully done", NOT_APPLICABLE, **project(counted("完成", "完成"))),
    case("E4", "silent", PASSED, words=True, **project()),
    case("E4", "edge no evaluation", NOT_APPLICABLE, words=True),
    case("E5.1", "speaks", HINT, overall=referring(二级="质量指标"), **project()),
    case("E5.1", "silent", PASSED, overall=referring(), **project()),
    case("E5.1", "edge its own indicator", NOT_APPLICABLE, overall=an_overall(), **project()),
    case("E5.3", "speaks", HINT, **project(an_indicator(二级="服务质量"))),
    case("E5.3", "silent", PASSED, **project(an_indicator(二级="数量指标"))),
    case(
        "E5.3",
        "edge the pack names none",
        NOT_APPLICABLE,
        layout=layout_with(scoring=BOUNDS.model_copy(update={"second_levels": {}})),
        **project(an_indicator(二级="服务质量")),
    ),
    case("E5.4", "speaks", FAILED, **project(摘要二级指标次序=["质量指标"])),
    case("E5.4", "silent", PASSED, **project(摘要二级指标次序=["数量指标"])),
    case("E5.4", "edge no order asked for", NOT_APPLICABLE, **project()),
    case("S7", "speaks", HINT, overall=referring(实际="11件"), **project()),
    case("S7", "silent", PASSED, overall=referring(), **project()),
    case("S7", "edge retyped alike", PASSED, overall=referring(实际="10件"), **project()),
    case("S5", "speaks", HINT, **project(正文名称="甲项目经费")),
    case("S5", "silent", PASSED, **project()),
    case("S5", "edge named twice alike", PASSED, **project(正文名称="甲项目")),
    case("E6.1", "speaks", HINT, **project(counted("≥10件", "9件"))),
    case(
        "E6.1",
        "silent",
        PASSED,
        **project(counted("≥10件", "9件"), 偏差大或目标未完成原因分析="停办"),
    ),
    case("E6.1", "edge just reached", NOT_APPLICABLE, **project(counted("≥10件", "10件"))),
    case("E6.2", "speaks", HINT, **project(counted("≥10件", "14件"))),
    case("E6.2", "speaks of money", HINT, **project(预算数=20)),
    case("E6.2", "silent", PASSED, **project(counted("≥10件", "12件"))),
    case(
        "E6.2",
        "silent with a reason",
        PASSED,
        **project(counted("≥10件", "14件"), 偏差大或目标未完成原因分析="新增"),
    ),
    case("E6.2", "edge on the bound", PASSED, **project(counted("≥10件", "13件"))),
    case(
        "E6.2",
        "edge the pack sets none",
        NOT_APPLICABLE,
        layout=layout_with(scoring=BOUNDS.model_copy(update={"explained": None})),
        **project(counted("≥10件", "14件")),
    ),
    case("E7", "speaks", HINT, **project(counted("≥10件", "≥10件"))),
    case("E7", "speaks of units", HINT, **project(counted("≥10件", "10次", 自评得分=80))),
    case("E7", "silent", PASSED, **project(counted("≥10件", "10件"))),
    case("E7", "edge words and words", PASSED, **project(counted("完成", "完成"))),
    case("E8", "speaks", HINT, **project(预算数=9)),
    case("E8", "silent", PASSED, **project(预算数=11)),
    case("E8", "edge all spent", PASSED, **project(预算数=10)),
    case("E9.1", "speaks", FAILED, expenditure=SPLIT, **project(执行数=9)),
    case("E9.1", "silent", PASSED, expenditure=SPLIT, **project(执行数=10)),
    case(
        "E9.1",
        "edge rounding",
        ROUNDING,
        expenditure=SPLIT,
        projects=[a_project("甲", 执行数="5"), a_project("乙", 执行数="4.99")],
    ),
    case("E9.1", "edge no projects", NOT_APPLICABLE, expenditure=SPLIT),
    case("E9.2", "speaks", FAILED, projects=[a_project("甲"), a_project("甲")]),
    case("E9.2", "silent", PASSED, projects=[a_project("甲"), a_project("乙")]),
    case("E9.2", "edge no projects", NOT_APPLICABLE),
    case(
        "E10",
        "speaks",
        HINT,
        **project(项目属性="新增性项目", 上年度绩效评价结果应用情况="2022年度自评结果为优。"),
    ),
    case("E10", "speaks of none", HINT, **project(上年度绩效评价结果应用情况="2022年度无此项目。")),
    case(
        "E10",
        "silent",
        PASSED,
        **project(项目属性="新增性项目", 上年度绩效评价结果应用情况="上年度无此项目。"),
    ),
    case("E10", "edge says neither", NOT_APPLICABLE, **project()),
    case("E11", "speaks", HINT, **project()),
    case("E11", "silent", PASSED, **project(填报日期="2024-03-15")),
    case("E11", "edge no evaluation", NOT_APPLICABLE),
]

WITHOUT_CODES = [
    table.model_copy(update={"code": ""}) if table.layout == "单行" else table
    for table in hubei().layout.tables
]

COMPLETENESS = [
    case("C1", "silent", PASSED, words=True),
    case("C1", "edge not put into words", NOT_APPLICABLE),
    case("C2.1", "speaks", HINT, words=True, layout=layout_with(tables=hubei().layout.tables[:8])),
    case("C2.1", "silent", PASSED, words=True),
    case("C2.1", "edge no tables", NOT_APPLICABLE),
    case("C2.2", "speaks", FAILED, words=True, layout=layout_with(tables=WITHOUT_CODES)),
    case("C2.2", "silent", PASSED, words=True),
    case("C2.2", "edge no tables", NOT_APPLICABLE),
    case("C3", "speaks", HINT, words=True),
    case("C3", "silent", PASSED, words=True, before=before()),
    case("C3", "edge no charts", NOT_APPLICABLE, words=True, layout=layout_with(charts=[])),
    case("C4", "speaks", HINT, expenditure=SPLIT),
    case("C4", "silent", PASSED, expenditure=SPLIT, **project()),
    case("C4", "edge no project money", NOT_APPLICABLE),
]


@pytest.mark.parametrize(("number", "given", "expected"), YEARS)
def test_this_year_fits_last_year(number: str, given: dict[str, Any], expected: str) -> None:
    assert outcome(on_report(number, given)) == expected


@pytest.mark.parametrize(("number", "given", "expected"), REASONS)
def test_a_reason_explains_what_happened(number: str, given: dict[str, Any], expected: str) -> None:
    assert outcome(on_report(number, given)) == expected


@pytest.mark.parametrize(("number", "given", "expected"), PARTS)
def test_what_is_told_beside_the_tables(number: str, given: dict[str, Any], expected: str) -> None:
    assert outcome(on_report(number, given)) == expected


@pytest.mark.parametrize(("number", "given", "expected"), PERFORMANCE)
def test_self_evaluations(number: str, given: dict[str, Any], expected: str) -> None:
    assert outcome(on_report(number, given)) == expected


@pytest.mark.parametrize(("number", "given", "expected"), COMPLETENESS)
def test_everything_is_there(number: str, given: dict[str, Any], expected: str) -> None:
    assert outcome(on_report(number, given)) == expected


def test_a_stale_reason_is_told_with_both_figures() -> None:
    (finding,) = on_report("S2.1", {"expenditure": explained(more("新增人员"), 100, 90)}).findings

    assert finding.figures == ("90", "100")
    assert "按“增加”写的，现在是“减少”" in finding.message
