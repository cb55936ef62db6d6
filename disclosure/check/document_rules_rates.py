"""What a sentence says about its own amounts: rates, shares, changes, directions, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from disclosure.check.document_rules_amounts import (
    CHANGES,
    VALUES,
    Amount,
    Kind,
    Pair,
)
from disclosure.check.document_rules_told import Line, Told, printed_places, stated
from disclosure.check.document_rules_vocabulary import NO_BUDGET, tells_budget, tells_last_year
from disclosure.check.finding import Stated
from disclosure.check.rule import Looked, Remark, Rule, Said, rule
from disclosure.model.figure import HALF_STEP, rounded

ARITHMETIC = "比率由印出的两个数算出，四舍五入到印出的位数"
SAID_TWICE = "核对这句话里的数，手写的数改用标签"


def rate_fits(part: Decimal, whole: Decimal, printed: str) -> bool:
    """Whether `printed` % may be part ÷ whole, both known to half a printed step only."""
    low, high = _between(part, whole)
    places = printed_places(printed)
    return rounded(low, places) <= Decimal(printed) <= rounded(high, places)


def _between(part: Decimal, whole: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest rate that the two printed amounts allow, in %."""
    smallest = max(whole - HALF_STEP, HALF_STEP)
    return (
        max(part - HALF_STEP, Decimal(0)) / (whole + HALF_STEP) * 100,
        (part + HALF_STEP) / smallest * 100,
    )


def _right(part: Decimal, whole: Decimal, printed: str) -> Decimal:
    step = Decimal(1).scaleb(-printed_places(printed))
    return (part / whole * 100).quantize(step, ROUND_HALF_UP)


def rate_remark(line: Line, words: str, printed: str, part: Decimal, whole: Decimal) -> Remark:
    """That a printed rate is not what its two amounts give."""
    right = _right(part, whole, printed)
    return Remark(
        f"{line.where}“…{words}…”的 {printed}% 与它的两个数对不上",
        f"{line.where} {printed}%",
        (printed, f"{part}", f"{whole}"),
        line.place,
        found=stated(line, words, Decimal(printed), "%"),
        expected=Stated(f"{part} ÷ {whole}", right, "%"),
    )


def _quoted(line: Line, first: Amount, last: int) -> str:
    """The words from the lead of an amount on."""
    start = max(first.start - len(first.lead), first.start - 12, 0)
    return line.words[start:last].lstrip("，。；：、")


def told_pairs(told: Told) -> Iterator[tuple[Line, Pair]]:
    """Every budget with its final account, wherever it stands."""
    for line, _ in told.spoken:
        for pair in told.pairs_of(line):
            yield line, pair


@rule(
    "U4.1",
    "完成预算的百分比应等于决算数÷预算数",
    compares=("句子里的百分比", "同一句的决算数÷预算数"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def completion_is_computed(told: Told) -> Iterator[Said]:
    for line, pair in told_pairs(told):
        wholes = [one.wan for one in pair.budgets if one.unit == pair.final.unit and one.wan]
        if pair.rate is None or not wholes:
            continue
        final, printed = pair.final.wan, pair.rate.number
        if any(rate_fits(final, whole, printed) for whole in wholes):
            yield Looked(1)
        else:
            first = min(pair.budgets[0], pair.final, key=lambda one: one.start)
            words = _quoted(line, first, pair.rate.end)
            yield rate_remark(line, words, printed, final, wholes[-1])


@rule(
    "U1.2",
    "预算数与决算（执行）数应是同一个单位",
    compares=("句子里预算数的单位", "同一句决算数、执行数的单位"),
    source="金额单位为万元",
    advice="改成万元",
)
def amounts_of_one_unit(told: Told) -> Iterator[Said]:
    for line, pair in told_pairs(told):
        budget, final = pair.budget, pair.final
        if budget.unit == final.unit:
            yield Looked(1)
        else:
            first = min(budget, final, key=lambda one: one.start)
            words = _quoted(line, first, pair.end)
            message = f"{line.where}“…{words}…”一处用{budget.unit}、一处用{final.unit}"
            figures = (f"{budget.number}{budget.unit}", f"{final.number}{final.unit}")
            yield Remark(message, f"{line.where} 单位", figures, line.place)


_BUDGET = r"(?:年初|全年|调整后?的?|当年|部门|批复)*预算数?"
AGAINST_BUDGET = re.compile(
    rf"(略)?(?:(大于|高于|多于|超出|超过|超)|(小于|低于|少于)|(等于))了?{_BUDGET}"
    rf"|(?:比|较|与|和|同){_BUDGET}(?:相比)?[，,]?(略|基本)?(?:有所)?"
    r"(?:(大|多|高|增加|增长|上升|超出|超)|(小|少|低|减少|下降|降低|节约)"
    r"|(持平|一致|相等|相同|保持不变|无变化))"
)


@rule(
    "S2.4",
    "大于、小于预算的说法应与预算数、决算数一致",
    compares=("“大于”“小于”的措辞", "同一段的预算数与决算数"),
    source="方向与数字的增减一致",
    advice=SAID_TWICE,
)
def words_fit_budget(told: Told) -> Iterator[Said]:
    for line, amounts in told.spoken:
        found = told.pairs_of(line)
        if not found and "预算" in line.words:
            yield from _without_budget(line, amounts)
        for pair, following in zip(found, [*found[1:], None], strict=False):
            if pair.budget.unit != pair.final.unit:
                continue
            end = following.budgets[0].start if following else len(line.words)
            said = AGAINST_BUDGET.search(line.words, pair.end, end)
            if said:
                yield _against_budget(line, pair, said)


def _without_budget(line: Line, amounts: Sequence[Amount]) -> Iterator[Said]:
    """年初没有预算，决算36.5万元 is more than the budget."""
    final = next((one for one in amounts if one.kind is Kind.FINAL), None)
    if final is None or not final.printed or not any(one in final.lead for one in NO_BUDGET):
        return
    said = AGAINST_BUDGET.search(line.words, final.end)
    below = (said[3] or said[7]) if said else ""
    if said and below:
        message = f"{line.where}没有预算，却说决算数“{said[0]}”"
        yield Remark(message, f"{line.where} 大于小于", (below,), line.place)
    elif said:
        yield Looked(1)


def _against_budget(line: Line, pair: Pair, said: re.Match[str]) -> Said:
    nearly, above, below, equal, nearly2, more, less, same = said.groups()
    final, budgets = pair.final.printed, [one.printed for one in pair.budgets]
    if above or more:
        right = any(final > one or (nearly and final == one) for one in budgets)
    elif below or less:
        right = any(final < one or (nearly and final == one) for one in budgets)
    else:
        right = nearly2 == "基本" or final in budgets
    if nearly2 == "略" and final in budgets:
        right = True
    if right:
        return Looked(1)
    word = above or more or below or less or equal or same or ""
    budget = pair.budget.printed
    message = f"{line.where}说决算数“{said[0]}”，预算是 {budget}，决算是 {final}"
    return Remark(message, f"{line.where} 大于小于", (word, str(budget)), line.place)


@rule(
    "S2.5",
    "增加配增长、减少配下降，百分比应与增减额一致",
    compares=("增减额和它的方向", "同一句的百分比和方向"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def changes_are_consistent(told: Told) -> Iterator[Said]:
    for line, amounts in told.spoken:
        for at, rate in enumerate(amounts[1:], 1):
            change = amounts[at - 1]
            is_rate = rate.is_rate and rate.kind in CHANGES and len(rate.lead) <= 8
            if is_rate and not change.is_rate and change.kind in CHANGES and "。" not in rate.lead:
                yield _change(told, line, amounts[: at - 1], change, rate)


def _change(told: Told, line: Line, before: Sequence[Amount], change: Amount, rate: Amount) -> Said:
    words = line.words[change.start - len(settled_lead(change)) : rate.end]
    if change.kind is not rate.kind and rate.printed:
        message = f"{line.where}“…{words}…”前后方向相反"
        figures = (change.number, rate.number)
        return Remark(message, f"{line.where} {words}", figures, line.place)
    base = _base(told, line, before, change)
    if base is not None and base < -HALF_STEP * 2:
        message = f"{line.where}“…{words}…”增加的比本年的 {before[-1].number} 还多"
        return Remark(message, f"{line.where} {words}", (change.number,), line.place)
    if base is None or base <= 0 or rate_fits(change.printed, base, rate.number):
        return Looked(1)
    quoted = f"{before[-1].number}{before[-1].unit}…{words}"
    return rate_remark(line, quoted, rate.number, change.printed, base)


def settled_lead(change: Amount) -> str:
    """The direction words right before an amount, to be quoted."""
    return change.lead[-4:].lstrip("，。；：、")


def _base(told: Told, line: Line, before: Sequence[Amount], change: Amount) -> Decimal | None:
    """The amount from which it changed; None where the sentence does not say it."""
    if tells_budget(change.lead) and not tells_last_year(change.lead, told.year):
        return None
    last = next((one for one in reversed(before) if not one.is_rate), None)
    if (
        last is None
        or "其中" in last.lead
        or last.unit != change.unit
        or last.kind not in (*VALUES, Kind.BOTH)
    ):
        return None
    if tells_last_year(last.lead.rpartition("。")[2], told.year):
        return last.printed  # 比上年731.09万元减少190.05万元
    return last.printed + change.printed * (-1 if change.kind is Kind.MORE else 1)


RATE_RULES: tuple[Rule[Told], ...] = (
    completion_is_computed,
    amounts_of_one_unit,
    words_fit_budget,
    changes_are_consistent,
)
