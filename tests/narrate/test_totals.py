"""情况说明 一 to 四: 收支总体, 收入, 支出, 财政拨款总体, in every case they can be in."""

from __future__ import annotations

from typing import Any

from builders import (
    HOUSING,
    RUNNING,
    YEAR,
    a_scant_year,
    a_year,
    an_item,
    cases,
    last_year,
    only,
    said,
)

from disclosure.narrate import totals
from disclosure.schema.content import YearContent

GENERAL = "一般公共预算财政拨款收入"


def money(amount: str, spent: str | None = None) -> dict[str, Any]:
    """A year that took in `amount` of 一般公共预算 and spent it, or `spent`."""
    spent = amount if spent is None else spent
    items = [an_item(年初预算数=spent, 基本支出=spent)]
    return {"revenue": {GENERAL: amount}, "expenditure": {"一般公共预算财政拨款": items}}


def before(amount: str) -> YearContent | None:
    """Last year with that amount; no last year at all for an empty cell."""
    return last_year(**money(amount)) if amount else None


def because(key: str, reason: str) -> dict[str, Any]:
    """The reason of that name, its points set apart by /."""
    return {"reasons": {key: reason.split("/")} if reason else {}}


@cases("""
    情形         | 本年   | 上年 | 原因      | 句子
    增加         | 120    | 100  | 业务增加  | 2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。增长的主要原因是：业务增加。
    减少         | 80     | 100  | 压减支出  | 2023年度收、支总计均为80万元。与2022年度相比，收、支总计各减少20万元，下降20%。下降的主要原因是：压减支出。
    持平         | 100    | 100  |           | 2023年度收、支总计均为100万元。与2022年度相比，收、支总计持平。
    持平有原因   | 100    | 100  | 标准未变  | 2023年度收、支总计均为100万元。与2022年度相比，收、支总计持平。持平的主要原因是：标准未变。
    上年为零     | 120    | 0    | 新设单位  | 2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加120万元，2022年度为0万元。增加的主要原因是：新设单位。
    本年为零     | 0      | 100  | 单位撤并  | 2023年度收、支总计均为0万元。与2022年度相比，收、支总计各减少100万元，下降100%。下降的主要原因是：单位撤并。
    两年为零     | 0      | 0    |           | 2023年度收、支总计均为0万元。与2022年度相比，收、支总计无变化。
    没有上年     | 120    |      |           | 2023年度收、支总计均为120万元。2022年度无可比数据。
    增幅印成0%   | 100.49 | 100  | 略有增加  | 2023年度收、支总计均为100.49万元。与2022年度相比，收、支总计各增加0.49万元，增幅不足1%。增长的主要原因是：略有增加。
    降幅印成0%   | 99.51  | 100  | 略有减少  | 2023年度收、支总计均为99.51万元。与2022年度相比，收、支总计各减少0.49万元，降幅不足1%。下降的主要原因是：略有减少。
    降幅印成100% | 0.3    | 100  | 业务划出  | 2023年度收、支总计均为0.3万元。与2022年度相比，收、支总计各减少99.7万元，降幅超过99%。下降的主要原因是：业务划出。
    增长十倍以上 | 1500.5 | 100  | 承接工程  | 2023年度收、支总计均为1500.5万元。与2022年度相比，收、支总计各增加1400.5万元，增长1401%。增长的主要原因是：承接工程。
    几条原因     | 120    | 100  | 甲/乙/丙  | 2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。增长的主要原因一是甲；二是乙；三是丙。
    原因带句号   | 120    | 100  | 甲。/乙； | 2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。增长的主要原因一是甲；二是乙。
    原因未写     | 120    | 100  |           | 2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。增长的主要原因是：【原因待填】。
""")
def test_grand_totals(本年: str, 上年: str, 原因: str, 句子: str) -> None:
    this_year = a_year(**money(本年), **because("收支总计变动", 原因))

    assert only(said(totals.grand_totals, this_year, before(上年))) == 句子


def test_no_reason_is_asked_for_where_the_unit_says_that_it_gives_none() -> None:
    this_year = a_year(**money("120"), reasons={"收支总计变动": {"不说明": "公开文本不写"}})

    assert only(said(totals.grand_totals, this_year, before("100"))) == (
        "2023年度收、支总计均为120万元。与2022年度相比，收、支总计各增加20万元，增长20%。"
    )


@cases("""
    情形           | 收入 | 支出 | 上年收入 | 上年支出 | 句子
    两边都变       | 120  | 110  | 100      | 100      | 2023年度收入总计120万元，支出总计110万元。与2022年度相比，收入总计增加20万元，增长20%；支出总计增加10万元，增长10%。增长的主要原因是：某原因。
    一边不变       | 120  | 110  | 100      | 110      | 2023年度收入总计120万元，支出总计110万元。与2022年度相比，收入总计增加20万元，增长20%；支出总计持平。变动的主要原因是：某原因。
    方向相反       | 120  | 90   | 100      | 100      | 2023年度收入总计120万元，支出总计90万元。与2022年度相比，收入总计增加20万元，增长20%；支出总计减少10万元，下降10%。变动的主要原因是：某原因。
    只有上年不相等 | 120  | 120  | 100      | 80       | 2023年度收、支总计均为120万元。与2022年度相比，收入总计增加20万元，增长20%；支出总计增加40万元，增长50%。增长的主要原因是：某原因。
""")
def test_totals_that_do_not_balance_are_never_told_as_one(
    收入: str, 支出: str, 上年收入: str, 上年支出: str, 句子: str
) -> None:
    this_year = a_year(**money(收入, 支出), **because("收支总计变动", "某原因"))
    before = last_year(**money(上年收入, 上年支出))

    assert only(said(totals.grand_totals, this_year, before)) == 句子


def test_totals_that_do_not_balance_without_last_year() -> None:
    this_year = a_year(**money("120", "110"))

    assert only(said(totals.grand_totals, this_year)) == (
        "2023年度收入总计120万元，支出总计110万元。2022年度无可比数据。"
    )


@cases("""
    情形             | 本年元  | 上年元  | 句子
    差额不足半分     | 1000020 | 1000000 | 2023年度收入合计100万元，与2022年度相比，收入合计持平。
    两数印得不同     | 1000051 | 1000049 | 2023年度收入合计100.01万元，与2022年度相比，收入合计基本持平。
    差额印成一分     | 1000060 | 1000000 | 2023年度收入合计100.01万元，与2022年度相比，收入合计增加0.01万元，增幅不足1%。
""")
def test_a_change_of_some_yuan_is_told_as_it_prints(本年元: str, 上年元: str, 句子: str) -> None:
    in_yuan = [{"金额单位": "元", GENERAL: amount} for amount in (本年元, 上年元)]

    sentence = only(said(totals.revenue, a_year(revenue=in_yuan[0]), last_year(revenue=in_yuan[1])))

    assert sentence.startswith(句子)


def test_last_year_is_not_known_where_its_balance_is_not() -> None:
    """A total without its 年初结转 would be compared as if there had been none."""
    known = a_scant_year(revenue={GENERAL: 90})

    assert only(said(totals.grand_totals, a_year(), known)) == (
        "2023年度收、支总计均为100万元。2022年度无可比数据。"
    )


# ------------------------------------------------------------------ 二、收入


NOTHING_ELSE = "上级补助收入0万元，占本年收入0%；事业收入0万元，占本年收入0%；经营收入0万元，占本年收入0%；附属单位上缴收入0万元，占本年收入0%；其他收入0万元，占本年收入0%。"


@cases("""
    情形       | 本年 | 上年 | 原因     | 句子
    增加       | 120  | 100  |          | 2023年度收入合计120万元，与2022年度相比，收入合计增加20万元，增长20%。其中：财政拨款收入120万元，占本年收入100%；
    减少有原因 | 80   | 100  | 压减支出 | 2023年度收入合计80万元，与2022年度相比，收入合计减少20万元，下降20%，主要原因：压减支出。其中：财政拨款收入80万元，占本年收入100%；
    两条原因   | 80   | 100  | 甲/乙    | 2023年度收入合计80万元，与2022年度相比，收入合计减少20万元，下降20%，主要原因：一是甲；二是乙。其中：财政拨款收入80万元，占本年收入100%；
    持平       | 100  | 100  |          | 2023年度收入合计100万元，与2022年度相比，收入合计持平。其中：财政拨款收入100万元，占本年收入100%；
    上年为零   | 100  | 0    |          | 2023年度收入合计100万元，与2022年度相比，收入合计增加100万元，2022年度为0万元。其中：财政拨款收入100万元，占本年收入100%；
    没有上年   | 100  |      |          | 2023年度收入合计100万元，2022年度无可比数据。其中：财政拨款收入100万元，占本年收入100%；
""")
def test_revenue_from_one_source(本年: str, 上年: str, 原因: str, 句子: str) -> None:
    this_year = a_year(**money(本年), **because("本年收入变动", 原因))

    assert only(said(totals.revenue, this_year, before(上年))) == 句子 + NOTHING_ELSE


@cases("""
    情形         | 财政  | 事业 | 其他 | 各项
    三个来源     | 50    | 30   | 20   | 财政拨款收入50万元，占本年收入50%；上级补助收入0万元，占本年收入0%；事业收入30万元，占本年收入30%；经营收入0万元，占本年收入0%；附属单位上缴收入0万元，占本年收入0%；其他收入20万元，占本年收入20%。
    四舍五入     | 1     | 1    | 1    | 财政拨款收入1万元，占本年收入33%；上级补助收入0万元，占本年收入0%；事业收入1万元，占本年收入33%；经营收入0万元，占本年收入0%；附属单位上缴收入0万元，占本年收入0%；其他收入1万元，占本年收入33%。
    占比印成0%   | 99.7  | 0    | 0.3  | 财政拨款收入99.7万元，占本年收入99%以上；上级补助收入0万元，占本年收入0%；事业收入0万元，占本年收入0%；经营收入0万元，占本年收入0%；附属单位上缴收入0万元，占本年收入0%；其他收入0.3万元，占本年收入1%以下。
    没有收入     | 0     | 0    | 0    | 财政拨款收入0万元；上级补助收入0万元；事业收入0万元；经营收入0万元；附属单位上缴收入0万元；其他收入0万元。
    一个来源未填 | 100   | 0    |      | 财政拨款收入100万元，占本年收入100%；上级补助收入0万元，占本年收入0%；事业收入0万元，占本年收入0%；经营收入0万元，占本年收入0%；附属单位上缴收入0万元，占本年收入0%；其他收入【待填】万元。
""")
def test_sources_of_revenue(财政: str, 事业: str, 其他: str, 各项: str) -> None:
    sources = {GENERAL: 财政, "事业收入": 事业, "其他收入": 其他 or None}

    sentence = only(said(totals.revenue, a_year(revenue=sources), last_year()))

    assert sentence.partition("其中：")[2] == 各项


def test_revenue_is_compared_with_last_years_revenue_and_not_with_its_grand_total() -> None:
    carried = last_year(revenue={GENERAL: 100, "年初结转和结余": {"一般公共预算财政拨款": 500}})

    assert only(said(totals.revenue, a_year(**money("120")), carried)).startswith(
        "2023年度收入合计120万元，与2022年度相比，收入合计增加20万元，增长20%。"
    )


# ------------------------------------------------------------------ 三、支出


@cases("""
    情形         | 基本  | 项目 | 上年 | 句子
    两种         | 70    | 30   | 80   | 2023年度支出合计100万元，与2022年度相比，支出合计增加20万元，增长25%。其中：基本支出70万元，占本年支出的70%；项目支出30万元，占本年支出的30%；
    没有项目支出 | 100   | 0    | 100  | 2023年度支出合计100万元，与2022年度相比，支出合计持平。其中：基本支出100万元，占本年支出的100%；项目支出0万元，占本年支出0%；
    没有基本支出 | 0     | 100  | 0    | 2023年度支出合计100万元，与2022年度相比，支出合计增加100万元，2022年度为0万元。其中：基本支出0万元，占本年支出0%；项目支出100万元，占本年支出的100%；
    占比印成0%   | 99.7  | 0.3  |      | 2023年度支出合计100万元，2022年度无可比数据。其中：基本支出99.7万元，占本年支出的99%以上；项目支出0.3万元，占本年支出的1%以下；
""")
def test_expenditure(基本: str, 项目: str, 上年: str, 句子: str) -> None:
    item = an_item(年初预算数=100, 基本支出=基本, 项目支出=项目)
    this_year = a_year(expenditure={"一般公共预算财政拨款": [item]})

    assert only(said(totals.expenditure, this_year, before(上年))) == (
        句子
        + "上缴上级支出0万元，占本年支出0%；经营支出0万元，占本年支出0%；对附属单位补助支出0万元，占本年支出0%。"
    )


def test_nothing_spent_has_no_shares() -> None:
    nothing = a_year(**money("0"))

    assert only(said(totals.expenditure, nothing, before("100"))) == (
        "2023年度支出合计0万元，与2022年度相比，支出合计减少100万元，下降100%。"
        "其中：基本支出0万元；项目支出0万元；上缴上级支出0万元；经营支出0万元；对附属单位补助支出0万元。"
    )


def test_expenditure_of_several_funds_and_other_money() -> None:
    this_year = a_year(
        expenditure={
            "一般公共预算财政拨款": [an_item(年初预算数=40, 基本支出=40)],
            "政府性基金预算财政拨款": [{"科目": "2120899", "项目支出": 30}],
            "其他资金": [{"科目": RUNNING, "项目支出": 5, "上缴上级支出": 10, "经营支出": 15}],
        }
    )

    assert only(said(totals.expenditure, this_year)).partition("其中：")[2] == (
        "基本支出40万元，占本年支出的40%；项目支出35万元，占本年支出的35%；"
        "上缴上级支出10万元，占本年支出的10%；经营支出15万元，占本年支出的15%；"
        "对附属单位补助支出0万元，占本年支出0%。"
    )


def test_the_units_reason_for_its_expenditure_is_told() -> None:
    this_year = a_year(**money("80"), **because("本年支出变动", "压减支出"))

    assert only(said(totals.expenditure, this_year, before("100"))).startswith(
        "2023年度支出合计80万元，与2022年度相比，支出合计减少20万元，下降20%，主要原因：压减支出。其中："
    )


# ------------------------------------------------------------------ 四、财政拨款


@cases("""
    情形     | 本年 | 上年 | 原因     | 句子
    增加     | 120  | 100  | 业务增加 | 2023年度财政拨款收、支总计均为120万元。与2022年度相比，财政拨款收、支总计各增加20万元，增长20%。主要原因：业务增加。
    减少     | 80   | 100  | 甲/乙    | 2023年度财政拨款收、支总计均为80万元。与2022年度相比，财政拨款收、支总计各减少20万元，下降20%。主要原因：一是甲；二是乙。
    持平     | 100  | 100  |          | 2023年度财政拨款收、支总计均为100万元。与2022年度相比，财政拨款收、支总计持平。
    两年为零 | 0    | 0    |          | 2023年度财政拨款收、支总计均为0万元。与2022年度相比，财政拨款收、支总计无变化。
    没有上年 | 120  |      |          | 2023年度财政拨款收、支总计均为120万元。2022年度无可比数据。
    原因未写 | 120  | 100  |          | 2023年度财政拨款收、支总计均为120万元。与2022年度相比，财政拨款收、支总计各增加20万元，增长20%。主要原因：【原因待填】。
""")
def test_fiscal_totals(本年: str, 上年: str, 原因: str, 句子: str) -> None:
    this_year = a_year(**money(本年), **because("财政拨款总计变动", 原因))

    assert said(totals.fiscal_totals, this_year, before(上年))[0] == 句子


def test_the_reason_of_the_grand_totals_also_explains_the_fiscal_totals() -> None:
    this_year = a_year(**money("120"), **because("收支总计变动", "业务增加"))

    assert said(totals.fiscal_totals, this_year, before("100"))[0].endswith(
        "增长20%。主要原因：业务增加。"
    )


def test_the_reason_of_an_increase_does_not_explain_a_decrease() -> None:
    """All money grew, 财政拨款 fell: the words about the growth must not stand beside the fall."""
    this_year = a_year(
        revenue={GENERAL: 80, "其他收入": 60},
        expenditure={
            "一般公共预算财政拨款": [an_item(年初预算数=80, 基本支出=80)],
            "其他资金": [{"科目": HOUSING, "基本支出": 60}],
        },
        reasons={"收支总计变动": "其他收入增加"},
    )

    assert said(totals.fiscal_totals, this_year, before("100"))[0] == (
        "2023年度财政拨款收、支总计均为80万元。"
        "与2022年度相比，财政拨款收、支总计各减少20万元，下降20%。主要原因：【原因待填】。"
    )


def test_fiscal_totals_that_do_not_balance() -> None:
    this_year = a_year(**money("120", "110"), **because("财政拨款总计变动", "业务增加"))

    assert said(totals.fiscal_totals, this_year, before("100"))[0] == (
        "2023年度财政拨款收入总计120万元，支出总计110万元。与2022年度相比，"
        "收入总计增加20万元，增长20%；支出总计增加10万元，增长10%。主要原因：业务增加。"
    )


@cases("""
    情形     | 一般 | 上年一般 | 基金 | 上年基金 | 国资 | 上年国资 | 句子
    各种变动 | 120  | 100      | 10   | 0        | 0    | 5        | 一般公共预算财政拨款收入120万元，比2022年度决算数增加20万元。主要原因是某原因。政府性基金预算财政拨款收入10万元，比2022年度决算数增加10万元。主要原因是某原因。国有资本经营预算财政拨款收入0万元，比2022年度决算数减少5万元。主要原因是某原因。
    都无变化 | 100  | 100      | 0    | 0        | 8    | 8        | 一般公共预算财政拨款收入100万元，与2022年度决算数持平。决算数保持不变的原因是：某原因。政府性基金预算财政拨款收入0万元，较2022年度决算数无变化。决算数保持不变的原因是：某原因。国有资本经营预算财政拨款收入8万元，与2022年度决算数持平。决算数保持不变的原因是：某原因。
    没有上年 | 100  |          | 0    |          | 0    |          | 一般公共预算财政拨款收入100万元，2022年度无可比数据。政府性基金预算财政拨款收入0万元，2022年度无可比数据。国有资本经营预算财政拨款收入0万元，2022年度无可比数据。
    本年未填 | 100  | 100      |      | 0        | 0    | 0        | 一般公共预算财政拨款收入100万元，与2022年度决算数持平。决算数保持不变的原因是：某原因。政府性基金预算财政拨款收入【待填】万元，【与上年比较待填】。国有资本经营预算财政拨款收入0万元，较2022年度决算数无变化。决算数保持不变的原因是：某原因。
""")
def test_fiscal_revenue_by_fund(
    一般: str, 上年一般: str, 基金: str, 上年基金: str, 国资: str, 上年国资: str, 句子: str
) -> None:
    names = (GENERAL, "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入")
    now, then = (
        {name: value or None for name, value in zip(names, values, strict=True)}
        for values in ((一般, 基金, 国资), (上年一般, 上年基金, 上年国资))
    )
    reasons = dict.fromkeys(
        ("一般公共预算收入变动", "政府性基金收入变动", "国有资本经营收入变动"), "某原因"
    )

    paragraphs = said(
        totals.fiscal_totals, a_year(revenue=now, reasons=reasons), last_year(revenue=then)
    )

    assert paragraphs[1] == f"{YEAR}年度财政拨款收入中，{句子}"
