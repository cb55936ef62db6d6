"""Every difference that may have a reason: two figures, and what the unit wrote about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from disclosure.derive.money import TOTAL
from disclosure.derive.other_figures import AGENCY_OPERATING
from disclosure.derive.report import Report
from disclosure.model.figure import Figure, rounded
from disclosure.schema.money import ComparedReasons
from disclosure.schema.pack import PackLayout
from disclosure.schema.part import ReasonWords

OPENING, CLOSING = "收入/年初结转和结余", "支出/年末结转和结余"


class Explained(NamedTuple):
    """A figure, the one it is compared with (last year's or the budget), and the reason given.

    `path` is the reason's name as tags have it. `direction` is 增加, 减少 or 持平 by the amounts as
    they print, "" when one of them is not known.
    """

    path: str
    now: Figure
    before: Figure
    given: ReasonWords | None
    direction: str

    @property
    def is_known(self) -> bool:
        return bool(self.direction)


def explained(report: Report, layout: PackLayout) -> Iterator[Explained]:
    """Totals and “三公” against last year, then “三公” and each 项 against their budget."""
    for path, now, before, given in (*_against_last_year(report), *_against_budget(report)):
        places = int(layout.number_styles[now.style].places.amount)
        # Last year's words that nobody confirmed say nothing of this year.
        said = None if given and given.unconfirmed else given
        yield Explained(path, now, before, said, _direction(now, before, places))


def _direction(now: Figure, before: Figure, places: int) -> str:
    if now.amount is None or before.amount is None:
        return ""
    left, right = rounded(now.amount, places), rounded(before.amount, places)
    return "增加" if left > right else "减少" if left < right else "持平"


Pair = tuple[str, Figure, Figure, ReasonWords | None]


def _against_last_year(report: Report) -> Iterator[Pair]:
    adjustment = report.content.revenue.opening_adjustment
    opening = report.figures.get(OPENING)
    closing = report.figures.get(CLOSING, report.year - 1)
    if adjustment and opening is not None and closing is not None:
        yield "年初结转调整", opening, closing, adjustment
    for path, name, given in _with_last_year(report):
        now, last = report.figures.get(name), report.figures.get(name, report.year - 1)
        if now is not None and last is not None:
            yield path, now, last, given


def _with_last_year(report: Report) -> Iterator[tuple[str, str, ReasonWords | None]]:
    content = report.content
    if content.reasons:
        given = content.reasons
        yield "收支总计变动", "收入/总计", given.totals
        yield "本年收入变动", "收入/本年收入合计", given.revenue
        yield "本年支出变动", f"支出/{TOTAL}/本年支出合计", given.expenditure
        yield "财政拨款总计变动", "财政拨款/收入总计", given.fiscal_totals
        yield "一般公共预算收入变动", "收入/一般公共预算财政拨款收入", given.general_budget_revenue
        yield "政府性基金收入变动", "收入/政府性基金预算财政拨款收入", given.government_fund_revenue
        yield (
            "国有资本经营收入变动",
            "收入/国有资本经营预算财政拨款收入",
            given.state_capital_revenue,
        )
        yield "一般公共预算支出变动", f"一般公共预算/{TOTAL}/本年支出", given.general_budget
    for kind, compared in _three_public(report):
        yield f"三公/{kind}/与上年比", f"三公/决算数/{kind}", compared.against_prior
    if content.other_notes:
        yield "机关运行经费变动", AGENCY_OPERATING, content.other_notes.agency_operating


def _three_public(report: Report) -> tuple[tuple[str, ComparedReasons], ...]:
    three = report.content.three_public
    if three is None:
        return ()
    return (
        ("合计", three.reasons.total),
        ("因公出国（境）费", three.reasons.overseas),
        ("公务用车购置及运行维护费", three.reasons.vehicles),
        ("公务接待费", three.reasons.reception),
    )


def _against_budget(report: Report) -> Iterator[Pair]:
    figures = report.figures
    for kind, compared in _three_public(report):
        now, budget = figures[f"三公/决算数/{kind}"], figures[f"三公/预算数/{kind}"]
        yield f"三公/{kind}/与预算比", now, budget, compared.against_budget
    for item in report.content.expenditure.general_public_budget:
        now = figures[f"一般公共预算/{item.code}/本年支出"]
        budget = figures[f"一般公共预算/{item.code}/年初预算数"]
        yield f"支出/{item.code}", now, budget, item.reason
