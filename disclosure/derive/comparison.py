"""Comparisons: against last year, against the budget, shares of a whole."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from disclosure.derive.ledger import difference, ratio
from disclosure.derive.other_figures import PURCHASE_KINDS
from disclosure.model.figure import Figure, Figures

THREE_PUBLIC_KINDS = (
    "合计",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
)
COMPARED_WITH_PRIOR = (
    "收入/总计",
    "收入/本年收入合计",
    "收入/一般公共预算财政拨款收入",
    "收入/政府性基金预算财政拨款收入",
    "收入/国有资本经营预算财政拨款收入",
    "支出/合计/本年支出合计",
    "财政拨款/收入总计",
    "一般公共预算/合计/本年支出",
    *(f"三公/决算数/{kind}" for kind in THREE_PUBLIC_KINDS),
    "三公/出国团组数",
    "三公/出国人次数",
    "三公/购置辆数",
)
CHANGE, CHANGE_RATE, COMPLETION, SHARE = "/较上年增减", "/较上年增减率", "/完成率", "/占比"


class Movement(StrEnum):
    """How a figure stands to the one before it; the pack has words for each."""

    UP = "增加"
    DOWN = "减少"
    SAME = "持平"
    FROM_ZERO = "上年为零"
    TO_ZERO = "本年为零"
    BOTH_ZERO = "两年为零"
    TINY_UP = "微增"
    TINY_DOWN = "微减"
    NO_PRIOR = "无上年数"


class Completion(StrEnum):
    """How a 决算数 stands to its budget; the pack has words for each."""

    ABOVE = "大于"
    BELOW = "小于"
    EQUAL = "持平"
    BOTH_ZERO = "均为零"
    NO_BUDGET = "无预算"
    UNSPENT = "未支出"
    BUDGET_UNKNOWN = "预算未填"


def compared(figures: Figures) -> Iterable[Figure]:
    """Change and rate of change against the year before, of every figure that is compared.

    Source: 情况说明 一 to 五 and 九; a zero base has no rate.
    """
    before_year = figures.year - 1
    for name in COMPARED_WITH_PRIOR:
        now, before = figures.get(name), figures.get(name, before_year)
        if now is not None and before is not None:
            change = difference(f"{figures.year}/{name}{CHANGE}", now, before, _change_style(now))
            yield change
            yield ratio(f"{figures.year}/{name}{CHANGE_RATE}", change, before, "增减率")
    closing = figures.get("支出/年末结转和结余", before_year)
    opening = figures.get("收入/年初结转和结余")
    if closing is not None and opening is not None:
        yield difference(f"{figures.year}/收入/年初结转调整", closing, opening)


def _change_style(figure: Figure) -> str:
    return "增减额" if figure.style == "金额" else "增减数量"


def against_budget(figures: Figures, codes: Iterable[str]) -> Iterable[Figure]:
    """完成率: 支出决算 against 年初预算数 by 科目, “三公” against 全年预算数."""
    for code in codes:
        final = figures[f"一般公共预算/{code}/本年支出"]
        budget = figures[f"一般公共预算/{code}/年初预算数"]
        yield ratio(f"{figures.year}/一般公共预算/{code}{COMPLETION}", final, budget, "完成率")
    for kind in THREE_PUBLIC_KINDS:
        final, budget = figures[f"三公/决算数/{kind}"], figures[f"三公/预算数/{kind}"]
        yield ratio(f"{figures.year}/三公/{kind}{COMPLETION}", final, budget, "完成率")


def shares(figures: Figures, classes: Iterable[str]) -> Iterable[Figure]:
    """占比 in sections 二, 三, 五, 十一 and 十三."""
    revenue = figures["收入/本年收入合计"]
    for source in (
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ):
        yield ratio(
            f"{figures.year}/收入/{source}{SHARE}", figures[f"收入/{source}"], revenue, "占比"
        )
    spent = figures["支出/合计/本年支出合计"]
    for kind in ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"):
        yield ratio(
            f"{figures.year}/支出/合计/{kind}{SHARE}", figures[f"支出/合计/{kind}"], spent, "占比"
        )
    general = figures["一般公共预算/合计/本年支出"]
    yield ratio(f"{figures.year}/一般公共预算/合计{SHARE}", general, spent, "占比")
    for code in classes:
        part = figures[f"一般公共预算/{code}/本年支出"]
        yield ratio(f"{figures.year}/一般公共预算/{code}{SHARE}", part, general, "类占比")
    smaller, micro = "授予中小企业", "其中小微企业"
    for kind in ("合计", *PURCHASE_KINDS):
        to_smaller = figures[f"采购/{kind}/{smaller}"]
        yield ratio(
            f"{figures.year}/采购/{kind}/{smaller}{SHARE}",
            to_smaller,
            figures[f"采购/{kind}/支出"],
            "占比",
        )
    yield ratio(
        f"{figures.year}/采购/合计/{micro}{SHARE}",
        figures[f"采购/合计/{micro}"],
        figures[f"采购/合计/{smaller}"],
        "占比",
    )


def movement(figures: Figures, name: str, shown_rate: str) -> Movement:
    """Which words describe the change of `name`; `shown_rate` is the rate as it would print.

    A change too small to show ("0%") is told without a rate.
    """
    now, before = figures.get(name), figures.get(name, figures.year - 1)
    if now is None or now.amount is None or before is None or before.amount is None:
        return Movement.NO_PRIOR
    if not now and not before:
        return Movement.BOTH_ZERO
    if now.amount == before.amount:
        return Movement.SAME
    if not before:
        return Movement.FROM_ZERO
    if not now:
        return Movement.TO_ZERO
    tiny = not any(digit in shown_rate for digit in "123456789")
    if now.amount > before.amount:
        return Movement.TINY_UP if tiny else Movement.UP
    return Movement.TINY_DOWN if tiny else Movement.DOWN


def completion(final: Figure, budget: Figure) -> Completion:
    """Which sentence explains 决算数 against its budget (年初预算 or 全年预算)."""
    if budget.amount is None:
        return Completion.BUDGET_UNKNOWN
    if not budget and not final:
        return Completion.BOTH_ZERO
    if not budget:
        return Completion.NO_BUDGET
    if not final:
        return Completion.UNSPENT
    if final.value == budget.value:
        return Completion.EQUAL
    return Completion.ABOVE if final.value > budget.value else Completion.BELOW
