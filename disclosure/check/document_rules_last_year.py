"""Sentences that compare with last year: the change, its direction, and the year they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from disclosure.check.cells import TOTALS
from disclosure.check.document_rules_amounts import CHANGES, Amount, Kind
from disclosure.check.document_rules_names import NAMES
from disclosure.check.document_rules_rates import rate_fits, rate_remark
from disclosure.check.document_rules_spending import AT_HOME, FOREIGN
from disclosure.check.document_rules_told import Line, Told, stated
from disclosure.check.document_rules_vocabulary import SAME, tells_budget, tells_last_year
from disclosure.check.finding import Stated
from disclosure.check.rule import Looked, Remark, Said, Unknown, rule
from disclosure.model.figure import HALF_STEP, WAN, rounded

TOTAL = "收入/总计"
AGAINST = re.compile("比|较|与|同")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_COMPARED = re.compile(r"[比较与同]((?:19|20)\d\d)年")


class Compared(NamedTuple):
    """This year's amount in a sentence, and what last year's figure is called."""

    line: Line
    at: int
    amount: Amount
    prior: str


def _compared(told: Told) -> Iterator[Compared]:
    for one in told.named:
        if one.name.prior:
            yield Compared(one.line, one.at, one.amount, one.name.prior)
    for line, spent in told.spent:
        if spent.name not in (FOREIGN, AT_HOME) and "决算数" in spent.groups:
            yield Compared(line, spent.at, spent.amount, f"三公/决算数/{spent.name}")


@rule(
    "Y3.2",
    "比上年增减的数应等于本年与上年同一个数之差",
    compares=("句子里的增减额", "本年数与上年数之差"),
    source="同口径比较：总计含结转和结余，本年收入、本年支出不含",
    advice="按同一口径算出增减；上年的数取自上年的表",
)
def changes_against_last_year(told: Told) -> Iterator[Said]:
    for one in _compared(told):
        change, between = _change_of(told, one)
        if change is None:
            yield from _unchanged(told, one, between)
        elif change.is_rate:
            yield from _rate(told, one, change) if not _other_year(told, between) else ()
        else:
            yield from _amount(told, one, change, between)


# 收入总计1200万元，支出总计1100万元，收入总计较上年增加…: a change may name its own figure.
TOTALS_NAMED = {
    name: frozenset(
        figure.prior for names in NAMES.values() for other, figure in names.items() if name in other
    )
    for name in ("收入总计", "支出总计", "收入合计", "支出合计")
}


def _names_another(prior: str, words: str) -> bool | None:
    """Whether the words before a change name another figure; None when they name none."""
    named = [figures for name, figures in TOTALS_NAMED.items() if name in words]
    return not any(prior in figures for figures in named) if named else None


def _change_of(told: Told, one: Compared) -> tuple[Amount | None, str]:
    """The change that belongs to the amount, and the words between the two.

    Behind the next figure it is only a change that names this one.
    """
    after = told.amounts(one.line)[one.at + 1 :]
    between, is_behind = "", False
    for amount in after:
        between += amount.lead
        if between.count("。") > 1:
            break
        if amount.kind not in CHANGES:
            is_behind |= not amount.is_rate and not tells_last_year(amount.lead, told.year)
            continue
        another = _names_another(one.prior, amount.lead)
        if another or (is_behind and another is None):
            is_behind = True
            continue
        is_last_year = tells_last_year(between, told.year) or bool(_YEAR.search(between))
        named = AGAINST.split(amount.lead)[-1]
        return (amount if is_last_year and not tells_budget(named) else None), between
    end = after[0].start if after else len(one.line.words)
    return None, one.line.words[one.amount.end : end]


def _now(one: Compared) -> Decimal:
    return one.amount.wan


def _amount(told: Told, one: Compared, change: Amount, between: str) -> Iterator[Said]:
    last = told.prior(one.prior)
    other = _other_year(told, between)
    quoted = f"{change.lead.rpartition('，')[2][-16:]}{change.number}{change.unit}"
    if last is None or last.amount is None:
        yield _another(told, one, quoted, other) if other else Unknown(f"没有上年的{one.prior}")
        return
    said = change.wan * (1 if change.kind is Kind.MORE else -1)
    right = _now(one) - rounded(last.amount, 2)
    if abs(said - right) <= HALF_STEP * 2:
        yield _another(told, one, quoted, other) if other else Looked(1)
        return
    if other:
        return  # compared with a year of which nothing is known
    yield Remark(
        f"{one.line.where}“…{quoted}…”不是本年与上年之差{_total_change(told, one.prior, said)}",
        f"{one.line.where} {one.prior}",
        (str(said), str(right)),
        one.line.place,
        found=stated(one.line, quoted, said),
        expected=Stated(f"{_now(one)} － 上年 {last.tell()}", right, WAN),
    )


def _other_year(told: Told, between: str) -> str:
    """The year compared with where it is not the last one; "" when it is, or none is named."""
    named = _COMPARED.search(between)
    is_other = named and told.year is not None and int(named[1]) != told.year - 1
    return str(named[1]) if named and is_other else ""


def _another(told: Told, one: Compared, quoted: str, year: str) -> Remark:
    last = (told.year or 0) - 1
    message = f"{one.line.where}“…{quoted}…”应与上年（{last} 年）比，写的是 {year} 年"
    return Remark(message, f"{one.line.where} {year}", (year,), one.line.place)


def _rate(told: Told, one: Compared, change: Amount) -> Iterator[Said]:
    """较上年增长5% without the amount."""
    last = told.prior(one.prior)
    if last is None or not last.amount or not change.printed:
        return
    base = rounded(last.amount, 2)
    gap = _now(one) - base
    if (gap >= 0) == (change.kind is Kind.MORE) and rate_fits(abs(gap), base, change.number):
        yield Looked(1)
    else:
        words = f"{one.amount.number}{one.amount.unit}…{change.lead[-12:]}{change.number}%"
        yield rate_remark(one.line, words, change.number, abs(gap), base)


def _unchanged(told: Told, one: Compared, words: str) -> Iterator[Said]:
    """与上年持平: then last year's figure is this year's."""
    sentence = re.split("[。；]", words)[0]
    clause = next((c for c in re.split("[，,]", sentence) if any(w in c for w in SAME)), "")
    if not tells_last_year(clause, told.year) or tells_budget(clause) or "基本" in clause:
        return
    last = told.prior(one.prior)
    if last is None or last.amount is None:
        return
    if abs(_now(one) - rounded(last.amount, 2)) <= HALF_STEP * 2:
        yield Looked(1)
    else:
        yield Remark(
            f"{one.line.where}“{clause}”，上年是另一个数",
            f"{one.line.where} {one.prior}",
            (str(_now(one)), str(last.amount)),
            one.line.place,
            found=stated(one.line, f"{one.amount.number}{one.amount.unit}", _now(one)),
            expected=Stated(f"上年 {last.tell()}", rounded(last.amount, 2), WAN),
        )


def _total_change(told: Told, name: str, said: Decimal) -> str:
    """Whether it is the change of 总计 that was taken for that of this year's own amounts."""
    total, last = told.cells.get(TOTALS), told.prior(TOTAL)
    if name == TOTAL or total is None or last is None or last.amount is None:
        return ""
    change = rounded(total.amount(TOTAL), 2) - rounded(last.amount, 2)
    return "，像是用了收、支总计的增减（含结转和结余）" if change == said else ""
