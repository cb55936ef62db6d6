"""评分: rates, scores, targets and what was reached, against the scoring rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.finding import plain, stated, typed_line
from disclosure.check.rule import (
    Comparison,
    Looked,
    Remark,
    Said,
    of,
    rule,
    typed,
)
from disclosure.check.subject import Subject
from disclosure.derive.evaluation import Evaluation, Indicator
from disclosure.derive.scoring import attainment, quantity, same_unit, score
from disclosure.model.figure import PERCENT, rounded
from disclosure.model.place import Level
from disclosure.model.table import Cell

FORM = "绩效自评表及其备注"
POINTS = "分"


def called(evaluation: Evaluation, indicator: Indicator) -> str:
    """An indicator as messages and acknowledgements name it."""
    return f"{evaluation.key} {indicator.name}"


def printed(cell: object) -> Decimal | None:
    """The number that a cell shows; None when it is blank or shows words."""
    if not isinstance(cell, Cell):
        return None
    try:
        return Decimal(cell.text.rstrip(PERCENT))
    except ArithmeticError:
        return None


def exact(cell: object) -> Decimal | None:
    """The unrounded amount behind a cell; what it shows where no more is known."""
    if isinstance(cell, Cell) and cell.figure is not None and cell.figure.amount is not None:
        return cell.figure.amount
    return printed(cell)


@rule(
    "E1",
    "自评表的执行率应等于执行数÷预算数，执行得分应等于分值×执行率",
    compares=("自评表印出的执行率、执行得分", "由预算数、执行数重新计算"),
    source=FORM,
    advice="核对预算数、执行数和执行得分",
)
def execution_is_computed_right(subject: Subject) -> Iterator[Said]:
    rules = subject.layout.scoring
    for key, cells in subject.sheets.items():
        budget, spent = exact(cells.get("预算数")), exact(cells.get("执行数"))
        rate, points = printed(cells.get("执行率")), printed(cells.get("执行得分"))
        if not budget or spent is None or rate is None or points is None:
            continue
        percent = spent / budget * 100
        expected = rounded(percent, _places(cells["执行率"]))
        most = rules.execution_points.amount
        awarded = rounded(min(most * percent / 100, most), int(rules.execution_places.amount))
        yield Comparison(
            typed(f"{key}自评表 执行率", rate, PERCENT),
            (typed("执行数÷预算数", expected, PERCENT),),
        )
        yield Comparison(
            typed(f"{key}自评表 执行得分", points, POINTS),
            (typed(f"{most}×执行率", awarded, POINTS),),
        )


def _places(cell: object) -> int:
    """How many decimals a cell shows."""
    text = cell.text if isinstance(cell, Cell) else ""
    return len(text.rstrip(PERCENT).partition(".")[2])


@rule(
    "E2",
    "评价人给的分应与计分规则算出的一样",
    compares=("评价人填的“自评得分”", "权重×完成程度，不超过权重"),
    source=f"{FORM}备注2",
    advice="核对得分；确有理由的，确认时写明",
    level=Level.HINT,
)
def own_scores_follow_the_rule(subject: Subject) -> Iterator[Said]:
    for evaluation, line, indicator in subject.indicators:
        if line.own_score is None:
            continue
        factor = attainment(indicator.target, indicator.actual)
        if factor is None:
            continue  # a qualitative indicator: E3
        by_rule = score(line.weight.amount, factor, subject.layout.scoring)
        yield Comparison(
            of(indicator.score),
            (typed("按计分规则", by_rule, POINTS),),
            message=f"{called(evaluation, indicator)}评价人给的分与计分规则算出的不一样",
            about=called(evaluation, indicator),
        )


@rule(
    "E3",
    "定性指标未完全达成的，应写明所属档次",
    compares=("评价人填的“自评得分”", "所属档次的分值区间"),
    source=f"{FORM}备注3",
    advice="写明“档次”，得分在该档次的区间内",
    level=Level.HINT,
)
def qualitative_scores_have_a_tier(subject: Subject) -> Iterator[Said]:
    for evaluation, line, indicator in subject.indicators:
        if line.own_score is None or _is_counted(indicator):
            continue
        if line.tier is not None:
            yield Looked(1)
        else:
            name = called(evaluation, indicator)
            yield Remark(
                f"{name}由评价人给了 {plain(line.own_score.amount)} 分，没有写档次",
                name,
                (plain(line.own_score.amount),),
                line.own_score.source,
            )


def _is_counted(indicator: Indicator) -> bool:
    """Whether the scoring rule can tell how far the target is met."""
    return attainment(indicator.target, indicator.actual) is not None


@rule(
    "E4",
    "自评表的总分应等于各项得分之和，各指标权重之和应等于规定的分值",
    compares=("自评表印出的总分；权重之和", "印出的各项得分之和；规定的指标分值"),
    source=FORM,
    advice="核对各项得分和权重",
)
def scores_add_up(subject: Subject) -> Iterator[Said]:
    for key, cells in subject.sheets.items():
        total, execution = printed(cells.get("总分")), printed(cells.get("执行得分"))
        rows = cells.get("指标")
        if total is None or execution is None or not isinstance(rows, list):
            continue
        scores = [value for row in rows if (value := printed(row.get("得分"))) is not None]
        found = typed(f"{key}自评表 总分", total, POINTS)
        summed = sum(scores, execution)
        yield Comparison(found, (typed("执行得分与各指标得分之和", summed, POINTS),))
    whole = subject.layout.scoring.indicator_points
    for evaluation in subject.evaluations:
        weights = sum((i.weight.value for i in evaluation.indicators), Decimal(0))
        if evaluation.indicators:
            found = typed(
                f"{evaluation.key} 权重之和",
                weights,
                POINTS,
                typed_line(evaluation.indicators[0].weight),
            )
            yield Comparison(found, (typed("规定的指标分值", whole.amount, POINTS),))


@rule(
    "E6.1",
    "有未完成的指标就应写明原因",
    compares=("没有达到目标的指标", "偏差大或目标未完成原因分析"),
    source=FORM,
    advice="在自评文件里写“偏差大或目标未完成原因分析”",
    level=Level.HINT,
)
def unmet_targets_have_a_reason(subject: Subject) -> Iterator[Said]:
    for evaluation in subject.evaluations:
        names = "、".join(indicator.name for indicator in evaluation.unmet)
        if not names:
            continue
        if evaluation.file.gap_reason is not None:
            yield Looked(1)
        else:
            message = f"{evaluation.key}有未完成的指标（{names}），没有写原因"
            place = evaluation.unmet[0].source
            yield Remark(message, f"{evaluation.key} 未完成原因", (names,), place)


@rule(
    "E6.2",
    "完成值与目标、执行数与预算数相差很大的应写明原因",
    compares=("完成值÷目标值、执行数÷预算数", "单位包规定的偏差界限"),
    source=f"{FORM}：偏差大须分析原因；界限由单位包的“偏差须说明”规定",
    advice="在自评文件里写“偏差大或目标未完成原因分析”，或核对目标是否订得合理",
    level=Level.HINT,
)
def large_deviations_have_a_reason(subject: Subject) -> Iterator[Said]:
    bounds = subject.layout.scoring.explained
    if bounds is None:
        return
    seen = 0
    for evaluation, what, wanted, reached, percent in _attained(subject):
        seen += 1
        within = bounds.below.amount <= percent <= bounds.above.amount
        if within or evaluation.file.gap_reason is not None:
            continue
        yield Remark(
            f"{evaluation.key} {what}目标 {wanted}，实际 {reached}，偏差大却没有写原因",
            f"{evaluation.key} {what}",
            (wanted, reached),
            typed_line(evaluation.budget),
            kin=f"{evaluation.key}偏差大",
        )
    if seen:
        yield Looked(seen)


def _attained(subject: Subject) -> Iterator[tuple[Evaluation, str, str, str, Decimal]]:
    """Each target with what was reached, in words and as a percentage of it."""
    for evaluation in subject.evaluations:
        budget, spent = evaluation.budget, evaluation.final_account
        if budget.amount and spent.amount is not None:
            told = (stated(budget).shown, stated(spent).shown)
            yield evaluation, "预算执行", *told, spent.value / budget.value * 100
    for evaluation, _, indicator in subject.indicators:
        wanted, reached = quantity(indicator.target), quantity(indicator.actual)
        if wanted and reached and wanted.number and same_unit(wanted, reached):
            percent = reached.number / wanted.number * 100
            yield evaluation, indicator.name, indicator.target, indicator.actual, percent


SIGNS = "≥≤><＞＜=＝"


@rule(
    "E7",
    "指标的完成值应是一个数，与目标同单位，不带比较符号",
    compares=("指标的实际完成值", "指标的目标值"),
    source=FORM,
    advice="完成值只写值本身，单位与目标一样",
    level=Level.HINT,
)
def values_are_comparable(subject: Subject) -> Iterator[Said]:
    for evaluation, _, indicator in subject.indicators:
        fault = _value_fault(indicator)
        if fault:
            name = called(evaluation, indicator)
            figures = (indicator.target, indicator.actual)
            yield Remark(f"{name}：{fault}", name, figures, indicator.source)
    if subject.indicators:
        yield Looked(len(subject.indicators))


def _value_fault(indicator: Indicator) -> str:
    if indicator.actual[:1] in SIGNS:
        return f"完成值“{indicator.actual}”带着比较符号"
    wanted, reached = quantity(indicator.target), quantity(indicator.actual)
    if wanted is None and reached is None:
        return ""
    if wanted is None or reached is None:
        return f"目标“{indicator.target}”与完成值“{indicator.actual}”一个是数，一个是文字"
    if not same_unit(wanted, reached):
        return f"目标“{indicator.target}”与完成值“{indicator.actual}”单位不同"
    return ""


SCORES = (
    execution_is_computed_right,
    own_scores_follow_the_rule,
    qualitative_scores_have_a_tier,
    scores_add_up,
    unmet_targets_have_a_reason,
    large_deviations_have_a_reason,
    values_are_comparable,
)
