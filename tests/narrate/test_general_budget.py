"""情况说明 五 to 八: 一般公共预算 by 科目, 基本支出, the two other funds, in every case."""

from __future__ import annotations

from typing import Any

from builders import (
    HOUSING,
    LAND,
    RUNNING,
    SHARES,
    a_report,
    a_year,
    an_item,
    cases,
    filled,
    last_year,
    only,
    said,
    stale_reasons,
)

from disclosure.narrate import general_budget
from disclosure.schema.content import YearContent

FUND = "一般公共预算财政拨款"
NAME = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）"


def spent(amount: str, **files: Any) -> dict[str, Any]:
    """A year that spent `amount` of 一般公共预算."""
    return {"expenditure": {FUND: [an_item(年初预算数=amount, 基本支出=amount)]}, **files}


def before(amount: str) -> YearContent | None:
    return last_year(**spent(amount)) if amount else None


# ------------------------------------------------------------------ 五（一）（二）


@cases("""
    情形     | 本年 | 上年 | 原因     | 句子
    增加     | 120  | 100  | 人员增加 | 2023年度一般公共预算财政拨款支出120万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出增加20万元，增长20%。主要原因：人员增加。
    减少     | 80   | 100  | 压减支出 | 2023年度一般公共预算财政拨款支出80万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出减少20万元，下降20%。主要原因：压减支出。
    持平     | 100  | 100  |          | 2023年度一般公共预算财政拨款支出100万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出持平。
    上年为零 | 100  | 0    | 新设单位 | 2023年度一般公共预算财政拨款支出100万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出增加100万元，2022年度为0万元。主要原因：新设单位。
    两年为零 | 0    | 0    |          | 2023年度一般公共预算财政拨款支出0万元。与2022年度相比，一般公共预算财政拨款支出无变化。
    没有上年 | 100  |      |          | 2023年度一般公共预算财政拨款支出100万元，占本年支出合计的100%。2022年度无可比数据。
    原因未写 | 120  | 100  |          | 2023年度一般公共预算财政拨款支出120万元，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出增加20万元，增长20%。主要原因：【原因待填】。
""")
def test_overall(本年: str, 上年: str, 原因: str, 句子: str) -> None:
    reasons = filled(一般公共预算支出变动=原因)

    assert (
        only(said(general_budget.overall, a_year(**spent(本年, reasons=reasons)), before(上年)))
        == 句子
    )


def test_share_of_general_budget_beside_other_money() -> None:
    this_year = a_year(
        expenditure={
            FUND: [an_item(年初预算数=60, 基本支出=60)],
            "其他资金": [{"科目": RUNNING, "项目支出": 40}],
        }
    )

    assert only(said(general_budget.overall, this_year)) == (
        "2023年度一般公共预算财政拨款支出60万元，占本年支出合计的60%。2022年度无可比数据。"
    )


def test_the_reason_of_the_grand_totals_is_not_used_the_other_way_round() -> None:
    """The totals fell with a balance that was cleared; the spending itself grew."""
    before = last_year(
        revenue={"年初结转和结余": {FUND: 500}},
        expenditure={"年末结转和结余": {FUND: 500}},
    )
    this_year = a_year(
        revenue={"一般公共预算财政拨款收入": 120},
        **spent("120", reasons={"收支总计变动": "清理历年结转"}),
    )

    assert only(said(general_budget.overall, this_year, before)).endswith(
        "增加20万元，增长20%。主要原因：【原因待填】。"
    )


def test_structure_by_class_in_the_order_of_codes() -> None:
    this_year = a_year(
        expenditure={
            FUND: [
                an_item(HOUSING, 年初预算数=10, 基本支出=10),
                an_item("2010399", 年初预算数=30, 项目支出=30),
                an_item(RUNNING, 年初预算数=60, 基本支出=60),
                an_item("2080505", 年初预算数=5, 基本支出=0),
            ]
        }
    )

    assert said(general_budget.structure, this_year) == [
        "2023年度一般公共预算财政拨款支出100万元，主要用于以下方面：",
        "1.一般公共服务（类）支出90万元，占90%，主要是用于事业运行60万元，其他政府办公厅（室）及相关机构事务支出30万元。",
        "2.住房保障（类）支出10万元，占10%，主要是用于住房公积金10万元。",
    ]


@cases("""
    情形           | 公务服务 | 住房 | 第一类                       | 第二类
    各占一部分     | 2        | 1    | 支出2万元，占66.7%，         | 支出1万元，占33.3%，
    占比印成0%     | 1000     | 0.3  | 支出1000万元，占99.9%以上，  | 支出0.3万元，占0.1%以下，
    占比正好可印   | 999      | 1    | 支出999万元，占99.9%，       | 支出1万元，占0.1%，
""")
def test_shares_of_classes(公务服务: str, 住房: str, 第一类: str, 第二类: str) -> None:
    items = [an_item(RUNNING, 基本支出=公务服务), an_item(HOUSING, 基本支出=住房)]

    _, first, second = said(general_budget.structure, a_year(expenditure={FUND: items}))

    assert 第一类 in first and 第二类 in second


def test_a_difference_of_rounding_alone_is_the_whole() -> None:
    """支出合计 was approved 0.01 below the sum of its parts: the one class still is 100%."""
    this_year = a_year(
        expenditure={FUND: [an_item(年初预算数=100, 基本支出="60.01", 项目支出=40)]},
        approved={"批复数": {"支出/合计/本年支出合计": 100}},
    )

    assert "占100%，" in said(general_budget.structure, this_year)[1]


def test_no_general_budget_at_all() -> None:
    nothing = a_year(expenditure={FUND: []})

    assert said(general_budget.structure, nothing) == ["2023年度无一般公共预算财政拨款支出。"]
    assert said(general_budget.items, nothing) == [
        "2023年度一般公共预算财政拨款支出年初预算为0万元，支出决算为0万元。"
    ]
    assert said(general_budget.basic_expenditure, nothing) == [
        "2023年度无一般公共预算财政拨款基本支出。"
    ]


# ------------------------------------------------------------------ 五（三）


@cases("""
    情形           | 预算   | 决算  | 句子
    大于           | 100    | 120   | 年初预算为100万元，支出决算为120万元，完成年初预算的120%。其中：
    小于           | 100    | 80.5  | 年初预算为100万元，支出决算为80.5万元，完成年初预算的81%。其中：
    持平           | 100    | 100   | 年初预算为100万元，支出决算为100万元，完成年初预算的100%。其中：
    无年初预算     | 0      | 10    | 年初预算为0万元，支出决算为10万元。其中：
    未支出         | 100    | 0     | 年初预算为100万元，支出决算为0万元。其中：
    完成率印成0%   | 100    | 0.3   | 年初预算为100万元，支出决算为0.3万元，完成年初预算不足1%。其中：
    预算未填       |        | 10    | 年初预算为【待填】万元，支出决算为10万元。其中：
""")
def test_all_items_together(预算: str, 决算: str, 句子: str) -> None:
    item = an_item(**filled(年初预算数=预算), 基本支出=决算, 原因="某原因")

    first, *_ = said(general_budget.items, a_year(expenditure={FUND: [item]}))

    assert first == "2023年度一般公共预算财政拨款支出" + 句子


@cases("""
    情形             | 预算   | 决算   | 原因     | 句子
    大于             | 100    | 120    | 人员增加 | 年初预算为100万元，支出决算为120万元，完成年初预算的120%。支出决算数大于年初预算数的主要原因：人员增加。
    小于             | 100    | 80     | 压减支出 | 年初预算为100万元，支出决算为80万元，完成年初预算的80%。支出决算数小于年初预算数的主要原因：压减支出。
    持平             | 100    | 100    |          | 年初预算为100万元，支出决算为100万元，完成年初预算的100%，支出决算数与年初预算数持平。
    持平有原因       | 100    | 100    | 标准未变 | 年初预算为100万元，支出决算为100万元，完成年初预算的100%，支出决算数与年初预算数持平。主要原因：标准未变。
    无年初预算       | 0      | 10.52  | 年中追加 | 年初预算为0万元，支出决算为10.52万元。支出决算数大于年初预算数的主要原因：年中追加。
    未支出           | 100    | 0      | 尚未实施 | 年初预算为100万元，支出决算为0万元。支出决算数小于年初预算数的主要原因：尚未实施。
    完成率印成0%     | 100    | 0.3    | 尚未实施 | 年初预算为100万元，支出决算为0.3万元，完成年初预算不足1%。支出决算数小于年初预算数的主要原因：尚未实施。
    大于而印成100%   | 100    | 100.3  | 据实结算 | 年初预算为100万元，支出决算为100.3万元，完成年初预算的100%。支出决算数略大于年初预算数的主要原因：据实结算。
    小于而印成100%   | 100    | 99.7   | 据实结算 | 年初预算为100万元，支出决算为99.7万元，完成年初预算的100%。支出决算数略小于年初预算数的主要原因：据实结算。
    十倍以上         | 2      | 30     | 年中追加 | 年初预算为2万元，支出决算为30万元，完成年初预算的1500%。支出决算数大于年初预算数的主要原因：年中追加。
    预算未填         |        | 10     |          | 年初预算为【待填】万元，支出决算为10万元。
    两条原因         | 100    | 120    | 甲/乙    | 年初预算为100万元，支出决算为120万元，完成年初预算的120%。支出决算数大于年初预算数的主要原因：一是甲；二是乙。
    原因未写         | 100    | 120    |          | 年初预算为100万元，支出决算为120万元，完成年初预算的120%。支出决算数大于年初预算数的主要原因：【原因待填】。
""")
def test_one_item_against_its_budget(预算: str, 决算: str, 原因: str, 句子: str) -> None:
    item = an_item(**filled(年初预算数=预算), 基本支出=决算)
    if 原因:
        item["原因"] = 原因.split("/")

    _, sentence = said(general_budget.items, a_year(expenditure={FUND: [item]}))

    assert sentence == f"1.{NAME}。{句子}"


def test_some_yuan_of_difference_that_do_not_print_are_none() -> None:
    in_yuan = {"金额单位": "元", FUND: [an_item(年初预算数=1000020, 基本支出=1000000)]}

    _, sentence = said(general_budget.items, a_year(expenditure=in_yuan))

    assert sentence.endswith(
        "年初预算为100万元，支出决算为100万元，完成年初预算的100%，支出决算数与年初预算数持平。"
    )


def test_the_unit_may_give_no_reason_and_then_there_is_no_empty_one() -> None:
    item = an_item(年初预算数=100, 基本支出=80, 原因={"不说明": "公开文本不写"})

    assert said(general_budget.items, a_year(expenditure={FUND: [item]}))[1].endswith(
        "完成年初预算的80%。"
    )


def test_items_are_numbered_in_the_order_of_codes_and_nothing_at_all_is_skipped() -> None:
    items = [
        an_item(HOUSING, 年初预算数=10, 基本支出=10),
        an_item("2080505", 年初预算数=0, 基本支出=0),
        an_item(RUNNING, 年初预算数=60, 基本支出=60),
    ]

    _, *sentences = said(general_budget.items, a_year(expenditure={FUND: items}))

    assert [sentence[:4] for sentence in sentences] == ["1.一般", "2.住房"]


def test_a_reason_for_more_beside_less_is_found() -> None:
    """S2: the words were confirmed for an increase, then the figures turned."""
    stale = an_item(年初预算数=100, 基本支出=80, 原因={"文字": "人员增加", "说明方向": "增加"})
    report = a_report(a_year(expenditure={FUND: [stale]}))

    assert "按“增加”写的，现在是“减少”" in only(stale_reasons(report))


# ------------------------------------------------------------------ 六、基本支出


@cases("""
    情形         | 人员 | 公用 | 人员经费                            | 公用经费
    两种都有     | 80   | 20   | 人员经费80万元，主要包括：基本工资。 | 公用经费20万元，主要包括：办公费。
    没有公用经费 | 100  | 0    | 人员经费100万元，主要包括：基本工资。 | 公用经费0万元。
    没有人员经费 | 0    | 100  | 人员经费0万元。                     | 公用经费100万元，主要包括：办公费。
""")
def test_basic_expenditure(人员: str, 公用: str, 人员经费: str, 公用经费: str) -> None:
    this_year = a_year(basic_expenditure={"决算数": {"30101": 人员, "30201": 公用}})

    assert said(general_budget.basic_expenditure, this_year) == [
        "2023年度一般公共预算财政拨款本年基本支出100万元，其中：",
        人员经费,
        公用经费,
    ]


def test_classes_of_basic_expenditure_stand_in_the_order_of_the_table() -> None:
    classes = {"30302": 1, "30107": 1, "31002": 1, "30217": 1, "30201": 1, "30101": 1}

    _, personnel, operating = said(
        general_budget.basic_expenditure, a_year(basic_expenditure={"决算数": classes})
    )

    assert personnel == "人员经费3万元，主要包括：基本工资、绩效工资、退休费。"
    assert operating == "公用经费3万元，主要包括：办公费、公务接待费、办公设备购置。"


def test_a_total_without_its_parts_has_no_empty_list() -> None:
    this_year = a_year(
        basic_expenditure={"决算数": {"30101": None, "30201": None}},
        approved={"批复数": {"经济分类/301/决算数": 100}},
    )

    assert said(general_budget.basic_expenditure, this_year)[1] == "人员经费100万元。"


# ------------------------------------------------------------------ 七、八


def test_no_other_fund() -> None:
    assert said(general_budget.government_fund) == [
        "某州某中心2023年度无政府性基金预算财政拨款收入支出。"
    ]
    assert said(general_budget.state_capital) == [
        "某州某中心2023年度无国有资本经营预算财政拨款支出。"
    ]


def fund_year(revenue: Any, carried: Any, left: Any, *items: dict[str, Any]) -> YearContent:
    name = "政府性基金预算财政拨款"
    return a_year(
        revenue={f"{name}收入": revenue, "年初结转和结余": {name: carried}},
        expenditure={name: list(items), "年末结转和结余": {name: left}},
    )


def test_government_fund_item_by_item() -> None:
    land = {"科目": LAND, "年初结转和结余": 5, "本年收入": 20, "项目支出": 22, "原因": "征地补偿。"}

    assert said(general_budget.government_fund, fund_year(20, 5, 3, land)) == [
        "2023年度政府性基金预算财政拨款年初结转和结余5万元，本年收入20万元，本年支出22万元，年末结转和结余3万元。具体支出情况为：",
        "1.城乡社区支出（类）国有土地使用权出让收入安排的支出（款）其他国有土地使用权出让收入安排的支出（项）。支出决算为22万元，其中：基本支出0万元，项目支出22万元。主要用于征地补偿。",
    ]


def test_government_fund_with_a_balance_alone_leads_in_no_list() -> None:
    assert said(general_budget.government_fund, fund_year(0, 5, 5)) == [
        "2023年度政府性基金预算财政拨款年初结转和结余5万元，本年收入0万元，本年支出0万元，年末结转和结余5万元。"
    ]


def test_a_fund_item_of_zeros_is_no_fund() -> None:
    zeros = {"科目": LAND, "年初结转和结余": 0, "本年收入": 0, "项目支出": 0}

    assert said(general_budget.government_fund, fund_year(0, 0, 0, zeros)) == [
        "某州某中心2023年度无政府性基金预算财政拨款收入支出。"
    ]


def test_state_capital_item_by_item() -> None:
    item = {"科目": SHARES, "项目支出": 8}

    paragraphs = said(
        general_budget.state_capital, a_year(expenditure={"国有资本经营预算财政拨款": [item]})
    )

    assert paragraphs[0] == ("2023年度国有资本经营预算财政拨款支出8万元。具体支出情况为：")
    assert paragraphs[1].endswith("支出决算为8万元，其中：基本支出0万元，项目支出8万元。")
