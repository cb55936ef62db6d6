"""Rules on what the unit typed: one sentence a case, on a plain unit and year (收、支总计 100 万元)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_project, a_report, a_year, an_indicator, an_item, hubei
from rule_cases import a_paragraph, a_subject, lines, outcome, rule_called, saying

from disclosure.check.privacy import masked
from disclosure.check.rule import examine
from disclosure.check.subject import Subject
from disclosure.check.typed_words import misspelt

WORDING = """
U5   | speaks               | 全年办件量增长28.5，群众满意。              | 提示
U5   | silent               | 全年办件量增长28.5%，比上年下降3个百分点。  | 通过
U5   | edge a count         | 全年办件量增长28件，下降为5人次。           | 通过
U7.1 | speaks               | 比上年增加（减少）3件。                     | 错误
U7.1 | speaks half-open     | 决算数小于(或等于预算数。                   | 错误
U7.1 | speaks a brace       | 完成{{数}}件。                              | 错误
U7.1 | silent               | 收入增加，支出减少。                        | 通过
U7.1 | edge brackets say more | 比上年减少（主要是办公费减少）。          | 通过
U7.2 | speaks               | 本年XX项目完成。                            | 提示
U7.2 | silent               | 本年甲项目完成，X光机一台。                 | 通过
U7.2 | edge a model number  | 购置XX5型设备。                             | 通过
U7.3 | speaks               | 已经完成。。                                | 提示
U7.3 | speaks not closed    | 已经完成（含上年结转。                      | 提示
U7.3 | speaks not ended     | 一是加强管理；                              | 提示
U7.3 | silent               | “甲”（含《乙》）已经完成……再接再厉！        | 通过
U7.3 | edge list numbers    | 1）登记；2）受理；a）归档。                 | 通过
U7.4 | speaks               | 追加職業年金。                              | 提示
U7.4 | silent               | 追加职业年金。                              | 通过
U7.4 | edge both scripts    | 后勤里程、云计算、征收面积。                | 通过
U7.5 | speaks               | 截止2023年12月31日，办结8件。               | 提示
U7.5 | silent               | 截至2023年12月31日，办结8件。               | 通过
U7.5 | edge it ends         | 报名截止时间为6月，截止后不再受理。         | 通过
U8.1 | speaks               | 办结8件,满意率高。                          | 提示
U8.1 | speaks full width    | 办结８件。                                  | 提示
U8.1 | silent               | 办结8件，满意率高，用时1:30。               | 通过
U8.1 | edge in English      | 采用AI(beta) 2.0系统。                      | 通过
U8.2 | speaks               | 拨付1,309.21万元。                          | 提示
U8.2 | speaks a sign        | 比上年增加-3万元。                          | 提示
U8.2 | silent               | 拨付1309.21万元，比上年减少3万元。          | 通过
U8.2 | edge two numbers     | 分别为1,30件。                              | 通过
G1   | speaks               | 联系人身份证11010519491231002X。            | 错误
G1   | silent               | 联系人身份证110105194912310021。            | 通过
G1   | edge no such day     | 编号110105194913310023。                    | 通过
G2   | speaks               | 联系电话13800138000。                       | 提示
G2   | speaks with spaces   | 联系电话138 0013 8000。                     | 提示
G2   | silent               | 联系电话0718-8222222。                      | 通过
G2   | edge a longer number | 项目编号138001380001234。                   | 通过
G3   | speaks               | 账号6222020000000000000。                   | 提示
G3   | silent               | 账号6222020000000000001。                   | 通过
G3   | edge too short       | 编号622202000000008。                       | 通过
E12  | speaks               | 详见附件9。                                 | 提示
E12  | silent               | 详见附表9。                                 | 不适用
E12  | edge two digits      | 详见附件19。                                | 提示
"""

SAID_TWICE = "由中心对公共资源电子交易平台进行框架升级改造及完善"
TYPED = f"""
S1.5 | speaks             | 2021年、2022年{SAID_TWICE}；2021年、2023年{SAID_TWICE}。 | 提示
S1.5 | speaks led up to   | {SAID_TWICE}，2024年重启；{SAID_TWICE}，2025年重启。      | 提示
S1.5 | silent             | 2021年、2022年{SAID_TWICE}；2021年、2022年{SAID_TWICE}。 | 通过
S1.5 | edge too short     | 签订合同8份；签订合同9份。                                | 不适用
S2.7 | speaks             | 拨付收入增加，较上年减少3万元。                           | 提示
S2.7 | silent             | 拨付收入减少，较上年减少3万元。                           | 通过
S2.7 | edge two sentences | 收入增加；支出较上年减少3万元。                           | 不适用
S4.2 | speaks swapped     | 本年住房积公金按时缴存。                                  | 提示
S4.2 | speaks in the middle | 做好机关事业单位基养本老保险缴费支出工作。                | 提示
S4.2 | speaks one wrong   | 做好机关事业单位基本养老保险交费支出工作。                | 提示
S4.2 | speaks one lost    | 做好机关事业单位基本养老险缴费支出工作。                  | 提示
S4.2 | speaks one more    | 做好机关事业单位基本的养老保险缴费支出工作。              | 提示
S4.2 | silent             | 做好机关事业单位基本养老保险缴费支出、住房公积金工作。    | 通过
S4.2 | edge a figure in it | 本年住房公积3金按时缴存。                                 | 通过
S4.2 | edge another name  | 做好机关事业单位的基本养老保险待遇支出工作。              | 通过
"""

YEARS = """
Y4.2 | speaks                  | 截至2022年12月31日，共有车辆1辆。           | 提示
Y4.2 | speaks counts           | 2022年度共接待来访团组2个。                 | 提示
Y4.2 | speaks this year        | 2022年本年办结8件。                         | 提示
Y4.2 | silent                  | 2021年、2022年由我中心进行升级改造。        | 通过
Y4.2 | silent compared         | 与2022年度相比，收入增加；较2021年年初增加。| 通过
Y4.2 | silent history          | 2022年12月经审计并出具报告（财〔2022〕5号）。 | 通过
Y4.2 | edge the year itself    | 截至2023年12月31日，共有车辆1辆。           | 通过
Y4.2 | edge the year to come   | 2024年度全年将重新启动。                    | 通过
"""

NUMBERS = """
S1.1 | speaks               | 项目支出123.45万元。                        | 提示
S1.1 | speaks in yuan      | 项目支出1234500元。                          | 提示
S1.1 | speaks an indicator  | 全州进场交易8279个。                        | 提示
S1.1 | silent               | 项目支出987.65万元。                        | 通过
S1.1 | edge too few digits  | 投入10万元。                                | 不适用
S1.2 | speaks swapped       | 项目支出124.35万元。                        | 提示
S1.2 | speaks lost a digit  | 项目支出12.45万元。                         | 提示
S1.2 | speaks one digit     | 全州进场交易8209个。                        | 提示
S1.2 | silent               | 项目支出976.54万元。                        | 通过
S1.2 | edge of another kind | 修路8209米。                                | 不适用
S1.2 | edge another unit    | 培训8209人。                                | 通过
S1.3 | speaks               | 本年收入合计300万元。                       | 提示
S1.3 | speaks wrong way     | 收、支总计各减少23.45万元。                 | 提示
S1.3 | silent               | 本年支出223.45万元，收、支总计各增加23.45万元。 | 通过
S1.3 | edge of last year    | 上年本年收入300万元，2022年收入合计300万元。 | 不适用
U1   | speaks               | 预算数为178.9元，执行数为176.7万元。        | 提示
U1   | speaks as a figure   | 项目支出123.45元。                          | 提示
U1   | silent               | 每人补助256.5元，共1.8万元。                | 通过
U1   | edge no yuan         | 补助256.5万元。                             | 不适用
"""


@pytest.mark.parametrize(("number", "given", "expected"), lines(WORDING))
def test_words_are_fit_to_print(number: str, given: str, expected: str) -> None:
    assert outcome(examine(rule_called(number), saying(given))) == expected


@pytest.fixture(scope="module")
def with_pensions() -> Subject:
    """公开05表 has 住房公积金 and 机关事业单位基本养老保险缴费支出."""
    items = [an_item(code, 年初预算数=50, 基本支出=50) for code in ("2080505", "2210201")]
    return a_subject(a_report(a_year(expenditure={"一般公共预算财政拨款": items})), words=True)


@pytest.mark.parametrize(("number", "given", "expected"), lines(TYPED))
def test_what_is_said_twice_or_named_agrees(
    number: str, given: str, expected: str, with_pensions: Subject
) -> None:
    pieces = tuple(a_paragraph(piece, f"第{at}段") for at, piece in enumerate(given.split("；")))
    subject = replace(with_pensions, paragraphs=pieces)

    assert outcome(examine(rule_called(number), subject)) == expected


@pytest.mark.parametrize(("number", "given", "expected"), lines(YEARS))
def test_no_year_is_left_over(number: str, given: str, expected: str) -> None:
    assert outcome(examine(rule_called(number), saying(given))) == expected


@pytest.fixture(scope="module")
def with_figures() -> Subject:
    """项目支出 123.45 of 223.45 万元 in all, 200 last year; an indicator that reached 8279个."""
    items = [an_item(年初预算数=100, 基本支出=100), an_item("2010399", 项目支出="123.45")]
    traded = an_indicator(名称="全州进场交易项目", 目标="≥500个", 实际="8279个")
    this_year = a_year(
        expenditure={"一般公共预算财政拨款": items},
        revenue={"一般公共预算财政拨款收入": "223.45"},
        projects=[a_project("甲项目", traded, 执行数="123.45")],
    )
    before = a_year(2022, revenue={"一般公共预算财政拨款收入": 200})
    return a_subject(a_report(this_year, before))


@pytest.mark.parametrize(("number", "given", "expected"), lines(NUMBERS))
def test_typed_numbers_agree_with_the_figures(
    number: str, given: str, expected: str, with_figures: Subject
) -> None:
    subject = Subject(with_figures.report, hubei().layout, paragraphs=(a_paragraph(given),))

    assert outcome(examine(rule_called(number), subject)) == expected


def test_a_slip_is_named_with_both_numbers(with_figures: Subject) -> None:
    paragraphs = (a_paragraph("全州进场交易8209个。"),)
    subject = Subject(with_figures.report, hubei().layout, paragraphs=paragraphs)

    (finding,) = examine(rule_called("S1.2"), subject).findings

    assert finding.figures == ("8209", "8279")
    assert "一位数字不同" in finding.message


def test_a_number_out_of_a_tag_was_not_typed_again(with_figures: Subject) -> None:
    """{{ 指标(…) }} prints words, not a figure; the digits are nowhere in the snippet."""
    project = a_project(
        "甲项目",
        an_indicator(名称="全州进场交易项目", 目标="≥500个", 实际="8279个"),
        主要产出和效益=['全州进场交易{{ 指标("全州进场交易项目") }}。'],
    )
    spent = [an_item(年初预算数=90, 基本支出=90), an_item("2010399", 项目支出=10)]
    report = a_report(a_year(projects=[project], expenditure={"一般公共预算财政拨款": spent}))

    assert not examine(rule_called("S1.1"), a_subject(report, words=True)).findings


def test_a_number_that_may_be_private_is_not_repeated() -> None:
    (finding,) = examine(rule_called("G1"), saying("身份证11010519491231002X。")).findings

    assert "194912" not in str(finding)
    assert masked("11010519491231002X") == "110************02X"


LONG_NAME = "机关事业单位基本养老保险缴费支出"
INSIDE = range(1, len(LONG_NAME) - 1)


@pytest.mark.parametrize(
    "wrong",
    [
        *(LONG_NAME[:i] + LONG_NAME[i + 1] + LONG_NAME[i] + LONG_NAME[i + 2 :] for i in INSIDE),
        *(LONG_NAME[:i] + "某" + LONG_NAME[i + 1 :] for i in INSIDE),
        *(LONG_NAME[:i] + LONG_NAME[i + 1 :] for i in INSIDE),
        *(LONG_NAME[:i] + "某" + LONG_NAME[i:] for i in INSIDE),
    ],
)
def test_one_slip_anywhere_in_a_name_is_found(wrong: str) -> None:
    (found,) = misspelt(f"做好{wrong}工作，{LONG_NAME}按时缴纳。", frozenset({LONG_NAME}))

    assert (found.name, found.start, found.end - found.start) == (LONG_NAME, 2, len(wrong))
