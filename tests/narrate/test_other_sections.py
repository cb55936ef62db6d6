"""情况说明 十 to 十二 and 十四, 第四部分: 机关运行经费, 政府采购, 国有资产, in every case."""

from __future__ import annotations

import pytest
from builders import (
    a_report,
    a_scant_year,
    a_unit,
    a_year,
    cases,
    derived,
    filled,
    last_year,
    only,
    said,
    stale_reasons,
)

from disclosure.narrate import other_sections
from disclosure.schema.content import YearContent

CIVIL_SERVICE, LIKE_CIVIL_SERVICE = "行政单位", "参照公务员法管理的事业单位"


def operating(amount: str) -> dict[str, dict[str, str]]:
    """公用经费 of a year, typed as 办公费."""
    return {"决算数": {"30201": amount}}


def last(amount: str) -> YearContent | None:
    return last_year(basic_expenditure=operating(amount)) if amount else None


# ------------------------------------------------------------------ 十、机关运行经费


def test_a_public_institution_states_that_it_has_no_operating_expenses_of_agencies() -> None:
    assert said(other_sections.agency_operating, unit=a_unit(单位性质="事业单位")) == [
        "某州某中心为非参公管理事业单位。"
    ]


@pytest.mark.parametrize("nature", [CIVIL_SERVICE, LIKE_CIVIL_SERVICE])
@cases("""
    情形         | 本年  | 上年 | 原因     | 句子
    增加         | 24    | 20   | 人员增加 | 某州某中心2023年度机关运行经费支出24万元，与2022年度相比，机关运行经费增加4万元，增长20%。主要原因：人员增加。
    减少         | 15    | 20   | 压减支出 | 某州某中心2023年度机关运行经费支出15万元，与2022年度相比，机关运行经费减少5万元，下降25%。主要原因：压减支出。
    持平         | 20    | 20   |          | 某州某中心2023年度机关运行经费支出20万元，与2022年度相比，机关运行经费持平。
    上年为零     | 20    | 0    | 新设单位 | 某州某中心2023年度机关运行经费支出20万元，与2022年度相比，机关运行经费增加20万元，2022年度为0万元。主要原因：新设单位。
    本年为零     | 0     | 20   | 单位撤并 | 某州某中心2023年度机关运行经费支出0万元，与2022年度相比，机关运行经费减少20万元，下降100%。主要原因：单位撤并。
    两年为零     | 0     | 0    |          | 某州某中心2023年度机关运行经费支出0万元，与2022年度相比，机关运行经费无变化。
    没有上年     | 20    |      |          | 某州某中心2023年度机关运行经费支出20万元，2022年度无可比数据。
    增幅印成0%   | 100.2 | 100  | 略有增加 | 某州某中心2023年度机关运行经费支出100.2万元，与2022年度相比，机关运行经费增加0.2万元，增幅不足1%。主要原因：略有增加。
    原因未写     | 24    | 20   |          | 某州某中心2023年度机关运行经费支出24万元，与2022年度相比，机关运行经费增加4万元，增长20%。主要原因：【原因待填】。
""")
def test_operating_expenses_of_agencies(
    nature: str, 本年: str, 上年: str, 原因: str, 句子: str
) -> None:
    this_year = a_year(basic_expenditure=operating(本年), other_notes=filled(机关运行经费变动=原因))

    sentence = only(
        said(other_sections.agency_operating, this_year, last(上年), a_unit(单位性质=nature))
    )

    assert sentence == 句子


def test_with_subordinate_units_only_the_unit_knows_its_operating_expenses() -> None:
    """公用经费 of the 事业单位 among them are none; the sum of all would be too much."""
    unit = a_unit(单位性质=CIVIL_SERVICE, 下属单位=["甲站"])
    told = a_year(other_notes={"机关运行经费": 15, "机关运行经费变动": "压减支出"})
    before = last_year(other_notes={"机关运行经费": 20})

    assert said(other_sections.agency_operating, told, before, unit) == [
        "某州某中心2023年度机关运行经费支出15万元，与2022年度相比，机关运行经费减少5万元，下降25%。主要原因：压减支出。"
    ]
    assert said(other_sections.agency_operating, a_year(), before, unit) == [
        "某州某中心2023年度机关运行经费支出【待填】万元，【与上年比较待填】。"
    ]


def test_a_comparison_year_without_basic_expenditure_is_not_compared() -> None:
    known = a_scant_year(revenue={"一般公共预算财政拨款收入": 90})

    sentence = only(
        said(other_sections.agency_operating, a_year(), known, a_unit(单位性质=CIVIL_SERVICE))
    )

    assert sentence == "某州某中心2023年度机关运行经费支出20万元，2022年度无可比数据。"


# ------------------------------------------------------------------ 十一、政府采购


def purchases(spent: str, smaller: str, micro: str) -> dict[str, str | None]:
    return {"支出": spent, "授予中小企业": smaller or None, "其中小微企业": micro or None}


def test_no_procurement() -> None:
    assert said(other_sections.procurement) == ["本部门2023年度无政府采购支出。"]
    assert said(other_sections.procurement, unit=a_unit(口径="单位")) == [
        "本单位2023年度无政府采购支出。"
    ]


@cases("""
    情形         | 货物 | 中小 | 小微 | 服务 | 服务中小 | 句子
    只有货物     | 8.75 | 8.75 | 8.75 | 0    | 0        | 政府采购货物支出8.75万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额8.75万元，占政府采购支出总额的100%，其中：授予小微企业合同金额8.75万元，占授予中小企业合同金额的100%；货物采购授予中小企业合同金额占货物支出金额的100%，工程采购授予中小企业合同金额占工程支出金额的0%，服务采购授予中小企业合同金额占服务支出金额的0%。
    各有一部分   | 60   | 30   | 15   | 40   | 10       | 政府采购货物支出60万元、政府采购工程支出0万元、政府采购服务支出40万元。授予中小企业合同金额40万元，占政府采购支出总额的40%，其中：授予小微企业合同金额15万元，占授予中小企业合同金额的38%；货物采购授予中小企业合同金额占货物支出金额的50%，工程采购授予中小企业合同金额占工程支出金额的0%，服务采购授予中小企业合同金额占服务支出金额的25%。
    不授予中小   | 60   | 0    | 0    | 0    | 0        | 政府采购货物支出60万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额0万元，占政府采购支出总额的0%，其中：授予小微企业合同金额0万元；货物采购授予中小企业合同金额占货物支出金额的0%，工程采购授予中小企业合同金额占工程支出金额的0%，服务采购授予中小企业合同金额占服务支出金额的0%。
    占比印成0%   | 600  | 2    | 2    | 0    | 0        | 政府采购货物支出600万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额2万元，占政府采购支出总额的1%以下，其中：授予小微企业合同金额2万元，占授予中小企业合同金额的100%；货物采购授予中小企业合同金额占货物支出金额的1%以下，工程采购授予中小企业合同金额占工程支出金额的0%，服务采购授予中小企业合同金额占服务支出金额的0%。
    中小未填     | 60   |      |      | 0    | 0        | 政府采购货物支出60万元、政府采购工程支出0万元、政府采购服务支出0万元。授予中小企业合同金额【待填】万元，占政府采购支出总额的【待填】，其中：授予小微企业合同金额【待填】万元；货物采购授予中小企业合同金额占货物支出金额的【待填】，工程采购授予中小企业合同金额占工程支出金额的0%，服务采购授予中小企业合同金额占服务支出金额的0%。
""")
def test_procurement(货物: str, 中小: str, 小微: str, 服务: str, 服务中小: str, 句子: str) -> None:
    bought = {"货物": purchases(货物, 中小, 小微), "服务": purchases(服务, 服务中小, "0")}

    first, details = said(other_sections.procurement, a_year(procurement=bought))

    assert first.startswith("本部门2023年度政府采购支出总额") and first.endswith("万元，其中：")
    assert details == 句子


# ------------------------------------------------------------------ 十二、国有资产


@cases("""
    情形       | 应急 | 其他 | 说明       | 句子
    没有车辆   | 0    | 0    |            | 截至2023年12月31日，部门共有车辆0辆。
    没有其他   | 2    | 0    |            | 截至2023年12月31日，部门共有车辆2辆，其中，副省级及以上领导干部用车0辆、主要负责人用车0辆、机要通信用车0辆、应急保障用车2辆、执法执勤用车0辆、特种专业技术用车0辆、离退休干部服务用车0辆、其他用车0辆。
    有其他     | 2    | 1    | 业务用车。 | 截至2023年12月31日，部门共有车辆3辆，其中，副省级及以上领导干部用车0辆、主要负责人用车0辆、机要通信用车0辆、应急保障用车2辆、执法执勤用车0辆、特种专业技术用车0辆、离退休干部服务用车0辆、其他用车1辆，其他用车主要是业务用车。
    其他未说明 | 0    | 1    |            | 截至2023年12月31日，部门共有车辆1辆，其中，副省级及以上领导干部用车0辆、主要负责人用车0辆、机要通信用车0辆、应急保障用车0辆、执法执勤用车0辆、特种专业技术用车0辆、离退休干部服务用车0辆、其他用车1辆，其他用车主要是【其他用车说明待填】。
""")
def test_vehicles(应急: str, 其他: str, 说明: str, 句子: str) -> None:
    vehicles = {"应急保障用车": 应急, "其他用车": 其他}
    this_year = a_year(state_assets={"车辆": vehicles, **filled(其他用车说明=说明)})

    assert said(other_sections.state_assets, this_year)[0] == 句子


def test_a_use_of_vehicles_that_is_none_of_the_eight_is_not_lost() -> None:
    _, problems = derived(a_year(state_assets={"车辆": {"应急用车": 2}}))

    assert "没有“应急用车”这种车辆用途。" in only(problems).message
    assert "应急保障用车" in only(problems).advice


@cases("""
    情形 | 台数 | 句子
    没有 | 0    | 单位价值100万元以上专用设备0台（套）。
    有   | 2    | 单位价值100万元以上专用设备2台（套）。
""")
def test_large_equipment(台数: str, 句子: str) -> None:
    this_year = a_year(state_assets={"单位价值100万元以上专用设备": 台数})

    assert said(other_sections.state_assets, this_year)[1] == 句子


# ------------------------------------------------------------------ 十四、第四部分


def test_nothing_to_say_is_said() -> None:
    assert said(other_sections.special_transfers) == [
        "某州某中心2023年度无专项支出、无转移支付支出。"
    ]
    assert said(other_sections.other_notes) == ["某州某中心2023年度无其他需要说明的情况。"]


def test_what_there_is_to_say_is_said_in_the_units_own_words() -> None:
    notes = {"专项支出和转移支付": ["甲。", "乙。"], "其他需要说明的情况": ["{{ 年度 }}年丙。"]}

    assert said(other_sections.special_transfers, a_year(other_notes=notes)) == ["甲。", "乙。"]
    assert said(other_sections.other_notes, a_year(other_notes=notes)) == ["2023年丙。"]


def test_a_stale_reason_for_the_operating_expenses_is_found() -> None:
    reason = {"机关运行经费变动": {"文字": "人员增加", "说明方向": "增加"}}
    this_year = a_year(basic_expenditure=operating("15"), other_notes=reason)

    report = a_report(this_year, last("20"), a_unit(单位性质=CIVIL_SERVICE))

    assert "机关运行经费变动的原因是按“增加”写的" in only(stale_reasons(report))
