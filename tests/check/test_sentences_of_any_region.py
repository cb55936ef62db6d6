"""Sentences against tables, in the wordings of several regions: what is wrong is told, nothing else."""

from __future__ import annotations

import pytest
from told_cases import judged

from disclosure.check.document_rules_amounts import Kind, amounts_of, pairs
from disclosure.check.document_rules_topics import topic_of
from disclosure.check.rules import TOLD_RULES

LEVELS = {rule.id: rule.level.value for rule in TOLD_RULES}

TOTALS = "一、收入支出决算总体情况说明"
REVENUE = "（二）关于收入决算情况"
EXPENDITURE = "三、支出情况"
FISCAL = "四、财政拨款收支总体情况"
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
CLASSES = f"{GENERAL}/（二）财政拨款支出决算结构情况"
ITEMS = f"{GENERAL}/（三）各项支出与年初预算比较"
BASIC = "六、一般公共预算财政拨款基本支出决算情况说明"
FUND = "八、政府性基金预算收支情况"
CAPITAL = "九、国有资本经营预算财政拨款支出决算情况说明"
THREE = "七、“三公”经费支出决算情况说明"
AGENCY = "十、其他重要事项/（一）机关运行经费支出情况"
PROCUREMENT = "十、其他重要事项/（二）政府采购支出情况"
ASSETS = "十、其他重要事项/（三）国有资产占用情况"
EVALUATING = "十一、预算绩效管理/（一）绩效自评开展情况"
RESULTS = "十一、预算绩效管理/（二）项目自评结果"
STAFF = "第一部分 概况/二、人员构成"

SPEAKS = [
    # rule, section, right wordings, what is wrong in the first of them
    ("P1", TOTALS, ("2040年度收入总计、支出总计均为800万元。", "本单位2040年收、支总计800.00万元。",
                    "2040年度收入总计800万元，支出总计800万元。", "2040年收支总计800万元。"), ("800", "808")),
    ("P2", REVENUE, ("2040年收入731.5万元，其中财政拨款收入700万元（95.69%）；其他收入31.5万元（4.31%）。",
                     "本年收入合计731.50万元，其中：财政拨款收入700万元，占95.69%。",
                     "2040年度总收入731.5万元。", "2040年度收入总计800万元。"), ("700", "707")),
    ("P3", EXPENDITURE, ("本年支出合计780万元，其中：基本支出510万元，占65.38%；项目支出270万元，占34.62%。",
                         "2040年支出780万元。", "2040年度支出决算780万元。"), ("270", "207")),
    ("P4", FISCAL, ("2040年度财政拨款收入总计、支出总计均为745万元。", "2040年财政拨款收支总计745万元。",
                    "按资金分，一般公共预算财政拨款收入650万元。"), ("745", "754")),
    ("P5a", GENERAL, ("2040年度一般公共预算财政拨款支出690万元，占本年支出的88.46%。",
                      "一般公共预算支出690万元。"), ("690", "680")),
    ("P5b", CLASSES, ("1.一般公共服务（类）支出600万元，占87%。2.社会保障和就业（类）支出90万元，占13%。",
                      "主要用于：一般公共服务支出600万元；社会保障和就业支出90万元。",
                      "1、一般公共服务600万元，占86.96%，包括行政运行420万元；社会保障和就业90万元。"),
     ("600", "690")),
    ("P5c.5", ITEMS, ("1.政府办公厅（室）及相关机构事务—行政运行：年初预算400万元，决算420万元；"
                      "2.财政事务—行政运行：年初预算200万元，决算180万元；"
                      "3.机关事业单位基本养老保险缴费支出：年初预算和决算均为90万元。",), ("180", "108")),
    ("P6.1", BASIC, ("一般公共预算财政拨款基本支出500万元，其中：人员经费400万元，日常公用经费100万元。",),
     ("400", "440")),
    ("P6.2", BASIC, ("人员经费400万元，包括基本工资；公用经费100万元，主要用于办公费和维修（护）费。",
                     "人员经费400万元，主要包括：基本工资等。"), ("包括基本工资", "包括基本工资、津贴补贴")),
    ("P7.1", FUND, ("2040年初结转15万元，收入50万元，支出60万元，年末结转5万元。",
                    "政府性基金预算财政拨款年初结转和结余15万元，本年收入50万元，本年支出60万元。"), ("50", "55")),
    ("P7.2", FUND, ("（1）城乡社区支出—国有土地使用权出让收入安排的支出—其他国有土地使用权出让收入安排的支出"
                    "支出60万元（基本0万元、项目60万元）。",
                    "城乡社区支出（类）国有土地使用权出让收入安排的支出（款）"
                    "其他国有土地使用权出让收入安排的支出（项）。支出决算为60万元，其中：项目支出60万元。"),
     ("60", "66")),
    ("P8.1", CAPITAL, ("本单位2040年度没有国有资本经营预算财政拨款支出。",),
     ("没有国有资本经营预算财政拨款支出", "国有资本经营预算财政拨款支出8万元")),
    ("P9.4", THREE, ("2040年“三公”经费财政拨款支出预算为12万元，支出决算为10万元，完成预算的83.33%。",
                     "公务用车购置及运行维护费支出决算为8万元，完成预算的88.89%。",
                     "其中：公务用车运行费支出8万元；公务接待费支出2万元。",
                     "1、公务接待费预算3万元，决算2万元，比上年减少1万元。"), ("10", "1")),
    ("P9.5", THREE, ("国内公务接待支出2万元，外宾接待支出0万元。",), ("0", "1")),
    ("P10.2", AGENCY, ("2040年度机关运行经费支出95万元。",), ("95", "105")),
    ("P11.2", PROCUREMENT, ("2040年度政府采购支出总额30万元，其中：政府采购货物支出10万元、政府采购工程支出20万元、"
                            "政府采购服务支出0万元。授予中小企业合同金额24万元，其中：授予小微企业合同金额12万元。",
                            "2040年政府采购30万元。货物10万元，工程20万元，服务0万元。"), ("10", "11")),
    ("P11.3", PROCUREMENT, ("政府采购支出总额30万元。授予中小企业合同金额24万元，占政府采购支出总额的80%，其中："
                            "授予小微企业合同金额12万元，占政府采购支出总额的40%。",
                            "政府采购30万元。授予中小企业24万元（80%），其中小微企业12万元（50%）。"), ("80", "88")),
    ("P12.2", ASSETS, ("截至2040年12月31日，共有车辆3辆，其中：机要通信用车1辆、执法执勤用车2辆。",
                       "年末有车辆3辆：机要通信用车1辆、其他用车2辆，其他用车主要是2辆巡查车。"), ("3辆", "4辆")),
    ("P13.1", EVALUATING, ("2040年对2个项目、一般公共预算47万元开展绩效自评。",
                           "组织开展绩效自评，共涉及项目2个，资金47万元。", "涉及项目2个，资金50万元。"), ("2个", "3个")),
    ("P13.2", RESULTS, ("1.街区巡查项目：预算30万元，执行27万元（90%）。",
                        "（1）街区巡查项目绩效自评综述：全年预算数为30万元，执行数为27万元，完成预算的90%。"),
     ("27", "17")),
    ("P15.3", STAFF, ("在编在岗20人，临时聘用人员5人（公益性岗位2人），退休3人，现实有工作人员25名。",
                      "年末在岗20人，另有劳务派遣5人，退休3人，合计在岗25人。",
                      "在职人员20人，离退休3人，实有人数23人。"), ("25", "26")),
    ("S2.4", ITEMS, ("预算5万元，决算4万元。低于预算是因为略。", "年初预算为5万元，支出决算为4万元，决算数比预算数少。",
                     "预算5万元，决算4万元，决算数小于年初预算数的主要原因是略。",
                     "年初预算5万元，实际支出5万元，与年初预算持平。"), ("低于", "高于")),
    ("S2.5", REVENUE, ("收入731.5万元，较2039年多31.5万元，增幅4.50%。", "收入731.5万元，同比增加31.5万元，增长4.5%。",
                       "收入731.5万元，比上年700万元上升31.5万元，上升了4.5%。"), ("增幅", "降幅")),
    ("U4.1", ITEMS, ("年初预算5万元，决算4万元（80%）。", "年初预算5万元，决算4万元，为年初预算的80%。",
                     "支出决算为4万元，完成年初预算5万元的80%。", "预算5万元，执行4万元，执行率80%。",
                     "年初预算4万元，调整预算5万元，支出决算4万元，完成调整预算的80%。",
                     "年初预算数5万元，实际支出4万元，预算完成率80%。"), ("80", "88")),
    ("U4.2", REVENUE, ("其中财政拨款收入700万元（95.69%）；其他收入31.5万元（4.31%）。",
                       "财政拨款收入700万元，占本年收入合计的95.69%。", "财政拨款收入700万元，占总收入的95.69%。",
                       "财政拨款收入700万元，占比95.69%。"), ("95.69", "96.95")),
    ("U1.2", RESULTS, ("预算数为5万元，执行数为4万元。", "预算5万元，执行4万元。"), ("5万元", "5元")),
    ("Y3.2", REVENUE, ("2040年收入731.5万元，较2039年收入多31.5万元。", "收入合计731.5万元，比上年增长4.5%。",
                       "收入合计731.5万元，同比上升31.5万元。", "其他收入31.5万元，与上年持平。"), ("多31.5", "少31.5")),
    ("Y3.2", REVENUE, ("2040年收入731.5万元，较2039年收入多31.5万元。",), ("2039", "2038")),
    ("Y3.2", TOTALS, ("收入总计800万元，支出总计800万元。与上年相比，收入总计、支出总计各增加50万元。",),
     ("50万", "56万")),
    ("Y4.4", EXPENDITURE, ("2040年支出780万元。", "2040年度支出合计780万元。"), ("2040", "2039")),
    ("Y4.4", RESULTS, ("《街区巡查项目2040年绩效自评》见附件2。",), ("2040", "2039")),
    ("S5.2", RESULTS, ("《街区巡查项目绩效自评》见附件2。", "《2040年度街区巡查项目自评表》详见附件2。"),
     ("巡查", "巡视")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "section", "right"),
    [(rule, section, one) for rule, section, right, _ in SPEAKS for one in right],
)
def test_a_right_sentence_passes_however_it_is_worded(rule: str, section: str, right: str) -> None:
    assert judged(rule, section, right) == "通过"


@pytest.mark.parametrize(("rule", "section", "right", "change"), SPEAKS)
def test_a_wrong_one_is_told(
    rule: str, section: str, right: tuple[str, ...], change: tuple[str, str]
) -> None:
    wrong = right[0].replace(*change, 1)

    assert wrong != right[0]
    assert judged(rule, section, wrong) == LEVELS[rule]


def test_every_rule_on_sentences_has_one_that_is_wrong() -> None:
    """The others are in test_document_rules: they need a self-evaluation, charts, 科目."""
    elsewhere = {"E4.2", "E5.2", "P16", "X17.2"}

    assert {rule for rule, *_ in SPEAKS} | elsewhere == set(LEVELS)


@pytest.mark.parametrize(
    ("rule", "section", "words"),
    [
        # another year's amount, a part, another kind of the same ending
        ("P2", REVENUE, "2039年度收入合计700万元。"),
        ("P2", REVENUE, "与上年度收入合计700万元相比。"),
        ("P2", REVENUE, "非同级财政拨款收入3万元。"),
        ("P2", REVENUE, "房屋租金的收入3万元。"),
        ("P3", EXPENDITURE, "减少的主要原因：2040年项目支出3万元未执行。"),
        ("P1", TOTALS, "主要原因是调整2040年收入总计3万元。"),
        ("P4", FISCAL, "财政拨款收入总计较上年增加3万元。"),
        ("P10.2", AGENCY, "某中心是事业单位，没有机关运行经费。"),
        ("P9.4", THREE, "减少的原因：压减公务接待费3万元。"),
        ("P9.4", THREE, "公务接待费较上年减少3万元。"),
        ("P13.1", EVALUATING, "其中对1个重点项目开展评价。"),
        ("P12.2", ASSETS, "单位价值100万元以上专用设备2台（套）。"),
        ("P15.3", STAFF, "核定行政编制20名，局长1名。"),
        ("U4.1", ITEMS, "年初预算5万元，追加2万元，支出决算7万元，完成绩效目标的100%。"),
        ("U4.2", REVENUE, "其他收入31.5万元，占全市同类单位的3%。"),
        ("U4.2", THREE, "公务接待费支出2万元，接待率（3%）。"),
        ("S2.4", ITEMS, "年初预算5万元，决算4万元。"),
        ("S2.5", REVENUE, "交易额增长较快。"),
        ("Y3.2", REVENUE, "收入合计731.5万元，比年初预算增加3万元。"),
        ("Y4.4", REVENUE, "2039年度无可比数据。"),
        ("Y4.4", REVENUE, "与2039年度相比，收入合计持平。"),
        ("P6.2", BASIC, "人员经费400万元，主要用于保障在职人员待遇。"),
        ("P7.2", FUND, "用于老码头街区修缮60万元。"),
    ],
)
def test_what_is_no_such_statement_is_left_alone(rule: str, section: str, words: str) -> None:
    assert judged(rule, section, words) == "不适用"


# ------------------------------------------------------------------ edges


def test_zero_is_an_amount_and_a_blank_cell_is_zero() -> None:
    assert judged("P8.1", CAPITAL, "国有资本经营预算财政拨款支出0万元。") == "通过"


def test_nothing_is_said_of_an_empty_fund_and_of_a_full_one_it_must_not() -> None:
    words = "本单位2040年度没有政府性基金预算财政拨款收入，也没有支出。"

    assert judged("P7.1", FUND, words, fund=False) == "通过"
    assert judged("P7.1", FUND, words) == "错误"


def test_of_two_items_with_one_name_the_one_told_of_counts() -> None:
    first = "政府办公厅（室）及相关机构事务—行政运行：决算420万元。"
    second = "财政事务—行政运行：决算180万元。"
    third = "机关事业单位基本养老保险缴费支出：决算90万元。"

    assert judged("P5c.5", ITEMS, first, second, third) == "通过"
    assert judged("P5c.5", ITEMS, first, second.replace("180", "420"), third) == "错误"


def test_an_item_without_a_budget_leaves_the_sum_of_budgets_alone() -> None:
    whole = "年初预算490万元，决算690万元。"
    items = (
        "政府办公厅（室）及相关机构事务—行政运行：年初预算400万元，决算420万元。",
        "财政事务—行政运行：年初没有预算，决算180万元。高于预算是因为追加。",
        "机关事业单位基本养老保险缴费支出：年初预算90万元，决算90万元。",
    )

    assert judged("P5c.5", ITEMS, whole, *items) == "通过"
    assert judged("P5c.5", ITEMS, whole.replace("490", "480"), *items) == "错误"
    assert judged("S2.4", ITEMS, items[1].replace("高于", "低于")) == "错误"


def test_an_item_that_is_left_out_is_missed() -> None:
    assert judged("P5c.5", ITEMS, "财政事务—行政运行：决算180万元。") == "错误"


def test_a_change_of_another_figure_is_not_taken_for_this_ones() -> None:
    words = "收入总计800万元，支出总计800万元，收入总计比上年增加50万元，支出总计比上年增加50万元。"

    assert judged("Y3.2", TOTALS, words) == "通过"
    assert judged("Y3.2", TOTALS, words.replace("年增加", "年减少")) == "错误"


def test_another_year_is_told_where_last_year_is_not_known() -> None:
    words = "2040年收入731.5万元，较2038年多31.5万元。"

    assert judged("Y3.2", REVENUE, words, known=False) == "错误"
    assert judged("Y3.2", REVENUE, words.replace("2038", "2039"), known=False) == "无法核对"


def test_an_increase_cannot_be_more_than_what_there_is() -> None:
    assert judged("S2.5", THREE, "决算2万元，较上年增加3万元，增长50%。") == "错误"


def test_slightly_above_the_budget_may_print_alike() -> None:
    assert judged("S2.4", ITEMS, "预算5万元，决算5万元，决算数略大于年初预算数。") == "通过"
    assert judged("S2.4", ITEMS, "预算5万元，决算5万元，决算数大于年初预算数。") == "错误"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("街区巡查项目自评96分。", "通过"),
        ("经评价，综合得分为96分，执行率得分9分。", "通过"),
        ("自评得分：69分。", "错误"),
        ("满分100分，预算执行20分。", "不适用"),
    ],
)
def test_the_score_of_a_summary_is_that_of_its_table(words: str, verdict: str) -> None:
    assert judged("E4.2", RESULTS, words, project="附件2") == verdict


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("共3个指标，完成3个。", "通过"),
        ("共3个指标，完成4个。", "错误"),
        ("共设置4个绩效指标。", "错误"),
        ("产出指标2个：数量指标“甲”、质量指标“乙”均完成。", "通过"),
        ("产出指标2个目标值，其中：数量指标1个，质量指标1个；效益指标共1个。", "通过"),
        ("产出指标3个（完成2个）：略。", "错误"),
        ("效益指标1个（完成2个）：略。", "错误"),
        ("社会效益1个。", "不适用"),
        ("效益指标1个目标值，社会效益1个。", "通过"),
        ("走访2个村。", "不适用"),
    ],
)
def test_indicators_are_counted_as_in_the_table(words: str, verdict: str) -> None:
    assert judged("E5.2", RESULTS, words, project="附件2") == verdict


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("年初预算5万元，决算4万元", [Kind.BUDGET, Kind.FINAL]),
        ("一般公共预算5万元", [Kind.VALUE]),
        ("超出年初预算5万元", [Kind.MORE]),
        ("年初预算和决算均为5万元", [Kind.BOTH]),
        ("较上年略多5万元，增幅0.5%", [Kind.MORE, Kind.MORE]),
        ("降幅超过99%", [Kind.OTHER]),
        ("约5万元，100万元以上", [Kind.OTHER, Kind.OTHER]),
        ("占年初预算的80%，占本年支出的80％", [Kind.COMPLETION, Kind.SHARE]),
        ("-5万元", [Kind.OTHER]),
    ],
)
def test_the_words_before_a_number_tell_what_it_is(words: str, kinds: list[Kind]) -> None:
    assert [amount.kind for amount in amounts_of(words)] == kinds


def test_two_budgets_before_a_final_account_are_both_its_budgets() -> None:
    (pair,) = pairs(amounts_of("年初预算4万元，调整预算5万元，支出决算4万元，完成调整预算的80%"))

    assert [budget.number for budget in pair.budgets] == ["4", "5"]
    assert pair.rate


@pytest.mark.parametrize(
    ("section", "topic"),
    [
        (f"第三部分 说明/{TOTALS}", "收支总体"),
        (f"第三部分 说明/{FISCAL}", "财政拨款总体"),
        (f"第三部分 说明/{ITEMS}", "一般公共预算具体"),
        (f"第三部分 说明/{THREE}/（一）总体情况", "三公总体"),
        (f"第三部分 说明/{BASIC}", "基本支出"),
        ("第三部分 说明/十四、专项支出、转移支付支出情况说明", "其他"),
        ("第二部分 决算表/二、收入决算表", ""),
        ("第四部分 名词解释/三、2040年度使用的支出功能分类科目", ""),
        (STAFF, "人员情况"),
    ],
)
def test_a_heading_tells_what_its_section_is_about(section: str, topic: str) -> None:
    assert topic_of(section) == topic
