"""Comparisons: against last year, against the budget, shares of a whole."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from disclosure.derive.ledger import difference, ratio
from disclosure.derive.other_figures import AGENCY_OPERATING, PURCHASE_KINDS
from disclosure.model.figure import Figure, Figures
from disclosure.model.text import Case

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
    "支出/总计",
    "支出/合计/本年支出合计",
    "财政拨款/收入总计",
    "财政拨款/支出总计",
    "一般公共预算/合计/本年支出",
    AGENCY_OPERATING,
    *(f"三公/决算数/{kind}" for kind in THREE_PUBLIC_KINDS),
    "三公/出国团组数",
    "三公/出国人次数",
    "三公/购置辆数",
)
CHANGE, CHANGE_RATE, COMPLETION, SHARE = "/较上年增减", "/较上年增减率", "/完成率", "/占比"
WHOLE = Decimal(100)  # %


class Movement(Case):
    """How a figure stands to the one before it, both as they print."""

    UP = "增加"
    DOWN = "减少"
    SAME = "持平"
    BOTH_ZERO = "两年为零"
    NO_PRIOR = "无上年数"
    FROM_ZERO = "上年为零"
    TINY_UP = "微增"
    TO_ZERO = "本年为零"
    TINY_DOWN = "微减"
    NEARLY_GONE = "骤减"
    NEARLY_SAME = "基本持平"
    NOT_REPORTED = "本年未填"

    @property
    def broader(self) -> str:
        return _BROADER.get(self, "")

    @property
    def direction(self) -> str:
        """增加, 减少 or 持平, as the unit states it beside a reason; "" when it cannot be known."""
        plain = self.broader or self.value
        return {"两年为零": "持平", "无上年数": ""}.get(plain, plain)

    @property
    def explained(self) -> bool:
        """Whether the change asks for a reason."""
        return self.direction in ("增加", "减少")


class Completion(Case):
    """How a 决算数 stands to its budget, both as they print."""

    ABOVE = "大于"
    BELOW = "小于"
    EQUAL = "持平"
    BOTH_ZERO = "均为零"
    NO_BUDGET = "无预算"
    UNSPENT = "未支出"
    BUDGET_UNKNOWN = "预算未填"
    JUST_ABOVE = "略大于"
    JUST_BELOW = "略小于"
    HARDLY_SPENT = "极少"
    NOT_REPORTED = "决算未填"

    @property
    def broader(self) -> str:
        return _BROADER.get(self, "")

    @property
    def direction(self) -> str:
        """增加, 减少 or 持平 against the budget; "" when it cannot be known."""
        if self in _MORE:
            return "增加"
        if self in _LESS:
            return "减少"
        return "持平" if self in (Completion.EQUAL, Completion.BOTH_ZERO) else ""

    @property
    def explained(self) -> bool:
        """Whether the difference asks for a reason."""
        return self in _MORE or self in _LESS


_BROADER: dict[Case, str] = {
    Movement.FROM_ZERO: "增加",
    Movement.TINY_UP: "增加",
    Movement.TO_ZERO: "减少",
    Movement.TINY_DOWN: "减少",
    Movement.NEARLY_GONE: "减少",
    Movement.NEARLY_SAME: "持平",
    Movement.NOT_REPORTED: "无上年数",
    Completion.JUST_ABOVE: "大于",
    Completion.JUST_BELOW: "小于",
    Completion.HARDLY_SPENT: "小于",
    Completion.NOT_REPORTED: "预算未填",
}
_MORE = (Completion.ABOVE, Completion.JUST_ABOVE, Completion.NO_BUDGET)
_LESS = (
    Completion.BELOW,
    Completion.JUST_BELOW,
    Completion.HARDLY_SPENT,
    Completion.UNSPENT,
)


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


def movement(
    now: Decimal | None, before: Decimal | None, change: Decimal | None, rate: Decimal | None
) -> Movement:
    """Which words describe a change; the four are taken as they print, so words and digits agree.

    A change that prints as 0 is told as none, a rate that prints as 0% or 100% without a rate.
    """
    if now is None:
        return Movement.NOT_REPORTED
    if before is None or change is None:
        return Movement.NO_PRIOR
    if not change:
        if now != before:
            return Movement.NEARLY_SAME
        return Movement.SAME if now else Movement.BOTH_ZERO
    if not before:
        return Movement.FROM_ZERO
    if not now:
        return Movement.TO_ZERO
    if change > 0:
        return Movement.UP if rate else Movement.TINY_UP
    if abs(rate or 0) == WHOLE:
        return Movement.NEARLY_GONE
    return Movement.DOWN if rate else Movement.TINY_DOWN


def completion(
    final: Decimal | None, budget: Decimal | None, rate: Decimal | None = None
) -> Completion:
    """Which sentence explains 决算数 against its budget (年初预算 or 全年预算), all as they print.

    100% beside two amounts that differ is told as a little more or less.
    """
    if budget is None:
        return Completion.BUDGET_UNKNOWN
    if final is None:
        return Completion.NOT_REPORTED
    if not budget:
        return Completion.NO_BUDGET if final else Completion.BOTH_ZERO
    if not final:
        return Completion.UNSPENT
    if final == budget:
        return Completion.EQUAL
    if final > budget:
        return Completion.JUST_ABOVE if rate == WHOLE else Completion.ABOVE
    if rate == WHOLE:
        return Completion.JUST_BELOW
    return Completion.BELOW if rate is None or rate else Completion.HARDLY_SPENT
