"""Whatever the amounts are, no paragraph of the document is broken Chinese or contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from builders import (
    HOUSING,
    LAND,
    RUNNING,
    SHARES,
    YEAR,
    a_project,
    a_report,
    a_unit,
    a_year,
    an_indicator,
    an_item,
    an_overall,
    written,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure.derive.report import Report
from disclosure.document import Document
from disclosure.model.figure import rounded
from disclosure.schema.content import YearContent

NATURES = ("行政单位", "参照公务员法管理的事业单位", "事业单位")
GIVEN = {"文字": "某原因"}
BOTH_WAYS = {"与预算比": GIVEN, "与上年比": GIVEN}

BROKEN = (
    "--", "。。", "，，", "；；", "，。", "；。", "：。", "、。", "、，", "，；", "。，", "。；",
    "None", "（）", "【", "{{", "增加（减少）", "增长（下降）", "nan", "Infinity",
)  # fmt: skip
NEGATIVE = re.compile(r"(?<!\d)[-−]\d")
NO_CHANGE = re.compile(r"(增加|减少)0(万元|个|辆|人次)|(增长|下降)0%")
PERCENT = re.compile(r"\d+(\.\d+)?%")
OF_WHAT = re.compile(r"(占|增长|下降|完成|率|幅)[^，；。]*$")

# Often 0 or 100, so that equal, zero and unchanged amounts meet; else anything with two decimals.
AMOUNT = st.one_of(
    st.sampled_from(["0", "100", "0.01", "100.3"]),
    st.integers(0, 10**8).map(lambda fen: str(Decimal(fen) / 100)),
)
COUNT = st.one_of(st.just("0"), st.integers(0, 300).map(str))
AMOUNTS = st.lists(AMOUNT, min_size=75, max_size=75)
COUNTS = st.lists(COUNT, min_size=25, max_size=25)


def filled_year(year: int, amounts: list[str], counts: list[str]) -> YearContent:
    """A year with these amounts and counts in every place, and a reason for everything."""
    amount, count = iter(amounts), iter(counts)
    balances = (
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
        "其他资金",
    )
    return a_year(
        year,
        revenue={
            **{name: next(amount) for name in REVENUE},
            "年初结转和结余": {fund: next(amount) for fund in balances},
        },
        expenditure={
            "一般公共预算财政拨款": [
                an_item(
                    code,
                    年初预算数=next(amount),
                    基本支出=next(amount),
                    项目支出=next(amount),
                    原因=GIVEN,
                )
                for code in (RUNNING, HOUSING, "2080505")
            ],
            "政府性基金预算财政拨款": [_fund_item(LAND, amount)],
            "国有资本经营预算财政拨款": [_fund_item(SHARES, amount)],
            "其他资金": [{"科目": RUNNING, "项目支出": next(amount), "经营支出": next(amount)}],
            "结余分配": next(amount),
            "年末结转和结余": {fund: next(amount) for fund in balances},
        },
        basic_expenditure={"决算数": {code: next(amount) for code in ("30101", "30201", "31002")}},
        three_public=_three_public(amount, count),
        procurement={
            kind: {"支出": next(amount), "授予中小企业": next(amount), "其中小微企业": next(amount)}
            for kind in ("货物", "工程", "服务")
        },
        state_assets={
            "车辆": {"应急保障用车": next(count), "其他用车": next(count)},
            "其他用车说明": "业务用车",
        },
        reasons=dict.fromkeys(REASONS, GIVEN),
        other_notes={"机关运行经费变动": GIVEN},
        terms={"科目用途": dict.fromkeys((RUNNING, HOUSING, "2080505", LAND, SHARES), "某用途。")},
        performance_notes={"已应用情况": ["已应用。"], "拟应用情况": ["将应用。"]},
        projects=[_evaluated(a_project, "甲项目", amount, count)],
        overall=_evaluated(an_overall, "", amount, count),
    )


REVENUE = (
    "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入",
    "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
    "使用非财政拨款结余和专用结余",
)  # fmt: skip
REASONS = (
    "收支总计变动", "本年收入变动", "本年支出变动", "财政拨款总计变动", "一般公共预算收入变动",
    "政府性基金收入变动", "国有资本经营收入变动", "一般公共预算支出变动",
)  # fmt: skip


def _fund_item(code: str, amount: Iterator[str]) -> dict[str, Any]:
    measures = ("年初结转和结余", "本年收入", "基本支出", "项目支出")
    return {"科目": code, **{measure: next(amount) for measure in measures}, "原因": GIVEN}


def _three_public(amount: Iterator[str], count: Iterator[str]) -> dict[str, Any]:
    guests = [
        {"决算数": next(amount), "批次数": next(count), "人次数": next(count)} for _ in range(2)
    ]
    return {
        "因公出国（境）费": {
            "全年预算数": next(amount),
            "决算数": next(amount),
            "团组数": next(count),
            "人次数": next(count),
        },
        "公务用车购置费": {
            "全年预算数": next(amount),
            "决算数": next(amount),
            "购置辆数": next(count),
        },
        "公务用车运行维护费": {
            "全年预算数": next(amount),
            "决算数": next(amount),
            "保有量": next(count),
        },
        "公务接待费": {
            "全年预算数": next(amount),
            "外宾接待": guests[0],
            "国内公务接待": guests[1],
        },
        "原因": dict.fromkeys(
            ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), BOTH_WAYS
        ),
    }


def _evaluated(make: Any, name: str, amount: Iterator[str], count: Iterator[str]) -> Any:
    """A self-evaluation with a budget of its own and random actual values."""
    levels = [("成本指标", "甲"), ("产出指标", "乙"), ("产出指标", "丙"), ("效益指标", "丁")]
    indicators = [
        an_indicator(
            一级=level, 二级=f"{title}指标", 名称=f"{title}值", 实际=f"{next(count)}件", 权重=20
        )
        for level, title in levels
    ]
    named = [name] if name else []
    more = {"执行数": next(amount), "发现的问题": "甲。", "问题原因": "乙。", "改进措施": "丙。"}
    return make(
        *named,
        *indicators,
        预算数=Decimal(next(amount)) + 1,
        存在的问题和原因=["某问题。"],
        下一步改进措施=["某措施。"],
        拟与预算安排相结合=["某安排。"],
        偏差大或目标未完成原因分析="某原因。",
        **(more if name else {}),
    )


def paragraphs_of(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Where, words, and whether it is the last under its heading."""
    listed: Iterable[tuple[str, list[Any]]] = document.sections.items()
    summaries = [item for a in document.attachments for item in a.sections.items()]
    for key, paragraphs in [*listed, *summaries]:
        for number, paragraph in enumerate(paragraphs, 1):
            yield key, paragraph.plain, number == len(paragraphs)


def checked(document: Document) -> None:
    for where, words, last in paragraphs_of(document):
        assert not [piece for piece in BROKEN if piece in words], (where, words)
        assert not NEGATIVE.search(words), (where, words)
        assert not NO_CHANGE.search(words), (where, words)
        assert words[-1] not in "，、；", (where, words)
        assert not (last and words.endswith("：")), (where, words)
        if where != "备注":
            for found in PERCENT.finditer(words):
                assert OF_WHAT.search(words[: found.start()]), (where, words, found.group())


def told_changes_are_true(report: Report, document: Document) -> None:
    """The direction word and the amount are those of the two years."""
    for section, subject, name in (
        ("收入", "收入合计", "收入/本年收入合计"),
        ("支出", "支出合计", "支出/合计/本年支出合计"),
        ("一般公共预算总体", "一般公共预算财政拨款支出", "一般公共预算/合计/本年支出"),
        ("三公总体", "较上年", "三公/决算数/合计"),
        ("机关运行经费", "机关运行经费", "机关运行经费/支出"),
    ):
        words = document.sections[section][0].plain
        found = re.search(rf"{subject}(增加|减少)([\d.]+)万元", words)
        now, before = report.figures[name], report.figures.get(name, YEAR - 1)
        change = now.value - before.value if before else Decimal(0)
        if found:
            assert (found[1] == "增加") == (change > 0), words
            assert Decimal(found[2]) == rounded(abs(change), 2), words
        elif section != "机关运行经费" or "机关运行经费支出" in words:
            assert before is None or not change, words


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    now=st.tuples(AMOUNTS, COUNTS),
    then=st.one_of(st.none(), st.tuples(AMOUNTS, COUNTS)),
    nature=st.sampled_from(NATURES),
)
def test_no_paragraph_is_broken(
    now: tuple[list[str], list[str]], then: tuple[list[str], list[str]] | None, nature: str
) -> None:
    before = filled_year(YEAR - 1, *then) if then else None
    report = a_report(filled_year(YEAR, *now), before, a_unit(单位性质=nature))
    document = written(report)

    checked(document)
    told_changes_are_true(report, document)


def test_the_checks_of_this_file_find_what_they_are_for() -> None:
    document = written(a_report())
    section = document.sections["收入"]
    for bad in (
        "收入0万元，。",
        "增长-3%。",
        "增加0万元。",
        "其中：",
        "人数5%。",
        "合计None万元。",
    ):
        section[:] = [type(section[0])("收入", type(section[0].text)(bad))]
        try:
            checked(document)
        except AssertionError:
            continue
        raise AssertionError(f"nothing found in {bad}")
