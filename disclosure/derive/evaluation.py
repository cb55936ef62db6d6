"""绩效自评: one evaluation per attachment, with rates, scores and counts derived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from disclosure.derive.ledger import ratio
from disclosure.derive.scoring import (
    FULL_TIER,
    attainment,
    execution_score,
    fits_tier,
    is_met,
    score,
    tier_range,
)
from disclosure.model.figure import WAN, Figure, Formula
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem
from disclosure.schema.evaluation import IndicatorLine, OverallFile, ProjectFile, SelfEvaluation
from disclosure.schema.pack import Scoring, Tier
from disclosure.schema.typed import TypedAmount

POINTS = "分"
OVERALL = "整体"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a self-evaluation table. `met`: the target was reached by the rule.

    Until 实际 is filled in (a draft) `actual` is "" and the score waits.
    """

    first_level: str
    second_level: str
    name: str
    target: str
    actual: str
    weight: Figure
    score: Figure
    met: bool
    name_in_summary: str
    place_in_summary: int
    source: Location

    @property
    def waiting(self) -> bool:
        """Whether it is still to be filled in what was reached."""
        return self.score.waiting


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One self-evaluation: the whole unit (the first 附件) or one project (the following).

    Money in 万元, scores in 分. `figures` are all figures made here, for the report's book.
    """

    number: int
    key: str
    file: SelfEvaluation
    budget: Figure
    final_account: Figure
    rate: Figure
    execution_score: Figure
    indicators: tuple[Indicator, ...]
    total: Figure
    figures: tuple[Figure, ...]

    @property
    def unmet(self) -> tuple[Indicator, ...]:
        """未完成的绩效目标."""
        return tuple(i for i in self.indicators if not i.met and not i.waiting)

    @property
    def waiting(self) -> bool:
        """Whether the result is not known yet: an amount or what was reached is still to come."""
        return self.total.waiting

    def of(self, first_level: str) -> tuple[Indicator, ...]:
        """Indicators of one 一级指标, in table order."""
        return tuple(i for i in self.indicators if i.first_level == first_level)


class Evaluator:
    """Scores self-evaluations of one year by the pack's rule, gathering problems."""

    def __init__(self, year: int, rule: Scoring) -> None:
        self.year = year
        self.rule = rule
        self.problems: list[Problem] = []
        self._known: dict[str, IndicatorLine] = {}
        self._ids: set[str] = set()

    def projects(self, files: Sequence[ProjectFile], first_number: int) -> tuple[Evaluation, ...]:
        """The projects' attachments in the order of their files, numbered from `first_number`."""
        for file in files:
            for line in file.indicators:
                if line.name:
                    self._known.setdefault(f"{file.name.words}/{line.name.words}", line)
        return tuple(
            self._evaluation(
                number,
                file.name.words,
                file,
                self._typed(file, file.name.words, "执行数", "final_account"),
            )
            for number, file in enumerate(files, first_number)
        )

    def overall(self, file: OverallFile, final_account: Figure) -> Evaluation:
        """The first attachment; 执行数 is 基本支出 + 项目支出 of the whole unit."""
        return self._evaluation(1, OVERALL, file, final_account)

    def _typed(self, file: SelfEvaluation, key: str, name: str, field: str) -> Figure:
        typed: TypedAmount | None = getattr(file, field)
        figure_id = f"{self.year}/绩效/{key}/{name}"
        if typed is None:
            place = Location(file.indicators[0].weight.source.file, None, name)
            return Figure(figure_id, None, WAN, "金额", place, waiting=True)
        return Figure(figure_id, typed.amount, WAN, "金额", typed.source)

    def _evaluation(
        self, number: int, key: str, file: SelfEvaluation, final_account: Figure
    ) -> Evaluation:
        budget = self._typed(file, key, "预算数", "budget")
        rate = ratio(f"{self.year}/绩效/{key}/执行率", final_account, budget, "表内执行率")
        points = Figure(
            f"{self.year}/绩效/{key}/执行得分",
            execution_score(rate.amount, self.rule),
            POINTS,
            "执行得分",
            Formula(f"{self.rule.execution_points.amount} × 执行率", (rate,)),
            rate.waiting,
        )
        indicators = tuple(
            made for line in file.indicators if (made := self._indicator(key, line)) is not None
        )
        if len(indicators) == len(file.indicators):
            self._check_weights(key, indicators)
        scores = (points, *(indicator.score for indicator in indicators))
        whole = sum((figure.value for figure in scores), Decimal(0))
        waiting = any(figure.waiting for figure in scores)
        total = Figure(
            f"{self.year}/绩效/{key}/总分",
            None if points.amount is None or waiting else whole,
            POINTS,
            "总分",
            Formula("执行得分 + 各指标得分", scores),
            waiting,
        )
        prose_rate = replace(rate, id=f"{rate.id}（正文）", style="资金执行率")
        completion = replace(rate, id=f"{rate.id}（完成率）", style="项目完成率")
        figures = (budget, final_account, rate, prose_rate, completion, *scores, total)
        return Evaluation(
            number, key, file, budget, final_account, rate, points, indicators, total, figures
        )

    def _indicator(self, key: str, typed: IndicatorLine) -> Indicator | None:
        line = self._resolved(typed)
        if line is None:
            return None
        if line.first_level not in self.rule.first_levels:
            near = nearest(line.first_level, self.rule.first_levels)
            self._problem(
                f"单位包没有“{line.first_level}”这个一级指标。",
                line.weight.source,
                f"是不是“{near}”？" if near else f"可选：{'、'.join(self.rule.first_levels)}",
            )
            return None
        waiting = line.is_open("actual")
        if line.name is None or line.target is None or (line.actual is None and not waiting):
            missing = [
                words
                for words, value in (
                    ("名称", line.name),
                    ("目标", line.target),
                    ("实际", line.actual),
                )
                if value is None
            ]
            self._problem(f"指标缺少{'、'.join(missing)}。", line.weight.source, "补写，或写“引用”")
            return None
        name, weight = line.name.words, line.weight
        actual = line.actual.words if line.actual else ""
        factor = None if waiting else attainment(line.target.words, actual)
        points = None if waiting else self._points(line, factor)
        if points is None and not waiting:
            return None
        base = self._new_id(f"{self.year}/绩效/{key}/指标/{name}", line.first_level)
        weight_figure = Figure(f"{base}/权重", weight.amount, POINTS, "指标得分", weight.source)
        source: Location | Formula = (
            line.own_score.source
            if line.own_score
            else Formula(
                f"权重 × 完成程度（目标 {line.target.words}，实际 {actual or '待填'}）",
                (weight_figure,),
            )
        )
        return Indicator(
            line.first_level,
            line.second_level,
            name,
            line.target.words,
            actual,
            weight_figure,
            Figure(f"{base}/得分", points, POINTS, "指标得分", source, waiting),
            is_met(
                factor,
                weight.amount,
                line.own_score.amount if line.own_score else None,
                self._tier(line),
            ),
            line.name_in_summary or name,
            int(line.place_in_summary.amount) if line.place_in_summary else 0,
            line.name.source,
        )

    def _new_id(self, wanted: str, first_level: str) -> str:
        """An id for an indicator; one of the same name is told apart by its 一级指标 or a number."""
        found, number = wanted, 1
        while found in self._ids:
            found = f"{wanted}（{first_level}{number if number > 1 else ''}）"
            number += 1
        self._ids.add(found)
        return found

    def _resolved(self, line: IndicatorLine) -> IndicatorLine | None:
        """The line with what it takes from the project's indicator it refers to."""
        if line.reference is None:
            return line
        found = self._known.get(line.reference.words)
        if found is None:
            projects = "、".join(sorted({name.split("/")[0] for name in self._known}))
            near = nearest(line.reference.words, self._known)
            hint = f"是不是“{near}”？" if near else ""
            self._problem(
                f"引用的指标“{line.reference.words}”不存在。",
                line.reference.source,
                f"{hint}写成“项目名称/指标名称”；现有项目：{projects}",
            )
            return None
        update = {
            field: getattr(found, field)
            for field in ("name", "target", "actual")
            if getattr(line, field) is None
        }
        return line.model_copy(update=update)

    def _points(self, line: IndicatorLine, factor: Decimal | None) -> Decimal | None:
        assert line.name and line.target and line.actual
        weight, own = line.weight.amount, line.own_score
        if own is not None:
            if own.amount > weight:
                self._problem(
                    f"指标“{line.name.words}”自评得分 {own.amount} 大于权重 {weight}。",
                    own.source,
                    "核对得分和权重",
                )
            self._check_tier(line)
            return own.amount
        if factor is None:
            self._problem(
                f"指标“{line.name.words}”目标是“{line.target.words}”，实际是“{line.actual.words}”，"
                "按计分规则算不出得分。",
                line.actual.source,
                "目标和实际用同一单位；定性指标未完全达成时填写“档次”和“自评得分”",
            )
            return None
        return score(weight, factor, self.rule)

    def _check_tier(self, line: IndicatorLine) -> None:
        """A tier's score stays within its range of the weight (备注 3)."""
        if line.tier is None or line.own_score is None:
            return
        tier = self._tier(line)
        if tier is None:
            names = "、".join(t.name for t in self.rule.tiers)
            self._problem(f"没有“{line.tier}”这个档次。", line.own_score.source, f"可选：{names}")
            return
        if not fits_tier(line.own_score.amount, line.weight.amount, tier):
            low, high = tier_range(line.weight.amount, tier)
            self._problem(
                f"档次“{tier.name}”的得分应在 {low.normalize():f} 到 {high.normalize():f} 之间"
                f"{'' if tier.highest.amount == FULL_TIER else f'（不含 {high.normalize():f}）'}，"
                f"现为 {line.own_score.amount}。",
                line.own_score.source,
                "核对档次和得分",
            )

    def _tier(self, line: IndicatorLine) -> Tier | None:
        return next((tier for tier in self.rule.tiers if tier.name == line.tier), None)

    def _check_weights(self, key: str, indicators: Iterable[Indicator]) -> None:
        listed = tuple(indicators)
        whole = sum((indicator.weight.value for indicator in listed), Decimal(0))
        if listed and whole != self.rule.indicator_points.amount:
            self._problem(
                f"“{key}”各指标权重合计 {whole}，应为 {self.rule.indicator_points.amount}。",
                listed[0].source,
                "核对各指标的权重",
            )

    def _problem(self, message: str, where: Location, advice: str) -> None:
        self.problems.append(Problem(message, where, advice))
