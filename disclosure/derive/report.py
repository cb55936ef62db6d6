"""The report of one unit and year as a value: everything typed, and every figure derived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.derive.comparison import SHARE, against_budget, compared, shares
from disclosure.derive.evaluation import Evaluation, Evaluator
from disclosure.derive.ledger import Ledger, ratio
from disclosure.derive.money import TOTAL, enter_money
from disclosure.derive.other_figures import (
    VEHICLE_USES,
    enter_agency_operating,
    enter_assets,
    enter_economic,
    enter_procurement,
    enter_staff,
    enter_three_public,
)
from disclosure.model.figure import WAN, Figure, Figures, Formula, rounding_residual
from disclosure.model.nearness import nearest
from disclosure.model.place import Problem
from disclosure.schema.classification import Classification
from disclosure.schema.content import UnitContent, UnitFile, YearContent
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.pack import PackLayout


@dataclass(frozen=True)
class Report:
    """部门决算公开 of one unit and year before it is put into words.

    `codes` are the 科目 codes per group (支出, 一般公共预算, …) with their 类 and 款, in code order.
    `figures` hold this year and, as far as known, the year before.
    """

    unit: UnitFile
    content: YearContent
    prior: YearContent | None
    classification: Classification
    codes: Mapping[str, tuple[str, ...]]
    figures: Figures
    overall: Evaluation | None
    projects: tuple[Evaluation, ...]
    places: Mapping[str, str]

    @property
    def year(self) -> int:
        return self.figures.year

    @property
    def is_department(self) -> bool:
        return self.unit.scope == "部门"


def derive(
    content: UnitContent, layout: PackLayout, classification: Classification
) -> tuple[Report, list[Problem]]:
    """The report and what cannot be derived (unknown 批复数, indicators without a score)."""
    places = content.places
    this_year = content.report_year
    single = content.unit.scope == "单位" or not content.unit.subordinate_units
    ledger, codes = _year_ledger(this_year, layout, classification, places, Decimal(0), single)
    problems = _unused_approved(ledger)
    figures = ledger.figures()
    if content.prior_year:
        prior, _ = _year_ledger(
            content.prior_year, layout, classification, content.prior_places or places, None, single
        )
        problems += _unused_approved(prior)
        figures = figures.plus((), prior.figures().items())
    figures = figures.plus(compared(figures))
    general = codes["一般公共预算"]
    figures = figures.plus(against_budget(figures, (*general, TOTAL)))
    figures = figures.plus(shares(figures, general))
    evaluator = Evaluator(this_year.year, layout.scoring)
    projects = evaluator.projects(this_year.projects, 2 if this_year.overall else 1)
    figures = figures.plus(*_project_figures(figures, projects))
    overall = None
    if this_year.overall:
        overall = evaluator.overall(this_year.overall, _overall_spending(figures))
        figures = figures.plus(overall.figures)
    for project in projects:
        figures = figures.plus(project.figures)
    problems += evaluator.problems
    problems += _unknown_choices(this_year.projects, layout.project_choices)
    problems += _unknown_vehicles(this_year)
    report = Report(
        content.unit,
        this_year,
        content.prior_year,
        classification,
        codes,
        figures,
        overall,
        projects,
        places,
    )
    return report, problems


def _year_ledger(
    content: YearContent,
    layout: PackLayout,
    classification: Classification,
    places: Mapping[str, str],
    nothing: Decimal | None,
    single: bool,
) -> tuple[Ledger, dict[str, tuple[str, ...]]]:
    ledger, codes = tables_ledger(content, layout, classification, places, nothing)
    enter_agency_operating(ledger, content.other_notes, single, places["other_notes"])
    enter_procurement(ledger, content.procurement, places["procurement"])
    enter_assets(ledger, content.state_assets, places["state_assets"])
    enter_staff(ledger, content.staff, places["staff"])
    return ledger, codes


def tables_ledger(
    content: YearContent,
    layout: PackLayout,
    classification: Classification,
    places: Mapping[str, str],
    nothing: Decimal | None,
) -> tuple[Ledger, dict[str, tuple[str, ...]]]:
    """The figures of one year that stand in the 公开表, and the 科目 codes per group.

    `nothing` is what a sum over no parts amounts to, as :class:`Ledger` has it.
    """
    cells = content.sources.by_figure if content.sources else None
    ledger = Ledger(content.year, content.approved.totals, nothing, cells)
    codes = enter_money(ledger, content, places)
    economic = next((table for table in layout.tables if table.layout == "经济分类"), None)
    known = tuple(classification.economic)
    codes["经济分类"] = enter_economic(
        ledger, content.basic_expenditure, economic, known, places["basic_expenditure"]
    )
    enter_three_public(ledger, content.three_public, places["three_public"])
    return ledger, codes


def _overall_spending(figures: Figures) -> Figure:
    parts = tuple(figures[f"支出/合计/{kind}"] for kind in ("基本支出", "项目支出"))
    formula = Formula("基本支出总额 + 项目支出总额", parts)
    return _added_up(f"{figures.year}/绩效/整体/执行数", parts, formula)


def _added_up(figure_id: str, parts: Sequence[Figure], formula: Formula) -> Figure:
    """The parts' sum in 万元; what was not reported is nothing, unless it is still to come."""
    waiting = any(part.waiting for part in parts)
    amount = None if waiting else sum((part.value for part in parts), Decimal(0))
    return Figure(figure_id, amount, WAN, "金额", formula, waiting)


def _project_figures(
    figures: Figures, projects: tuple[Evaluation, ...]
) -> tuple[list[Figure], list[tuple[str, Figure]]]:
    """How many projects, what they spent, and how much of 一般公共预算项目支出 was evaluated.

    Projects that spent no less than 一般公共预算项目支出, but for 尾差, cover all of it; they may
    have spent other money besides.
    """
    year = figures.year
    spent = tuple(project.final_account for project in projects)
    total = _added_up(f"{year}/绩效/项目执行数合计", spent, Formula("各项目执行数相加", spent))
    general = figures["一般公共预算/合计/项目支出"]
    covered = general.value - total.value <= rounding_residual(len(projects)) or general.waiting
    evaluated = general if covered else total
    number = Formula("项目自评文件个数", spent)
    made = [
        Figure(f"{year}/绩效/项目个数", Decimal(len(projects)), "个", "数量", number),
        total,
        ratio(f"{year}/绩效/自评资金{SHARE}", evaluated, general, "占比"),
    ]
    return made, [(f"{year}/绩效/自评资金", evaluated)]


def _unknown_choices(
    projects: Iterable[ProjectFile], choices: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """A box that the pack's form does not have could not be ticked."""
    return [
        Problem(
            f"“{name}”里没有“{chosen.words}”。", chosen.source, f"可选：{'、'.join(choices[name])}"
        )
        for project in projects
        for name in choices
        if (chosen := project.chosen(name)) and chosen.words not in choices[name]
    ]


def _unknown_vehicles(year: YearContent) -> list[Problem]:
    """A use of vehicles that is not one of the eight would be missing from the total."""
    if year.state_assets is None:
        return []
    problems = []
    for use, number in year.state_assets.vehicles.items():
        if use not in VEHICLE_USES:
            near = nearest(use, VEHICLE_USES)
            advice = f"是不是“{near}”？" if near else f"可选：{'、'.join(VEHICLE_USES)}"
            where = number.source if number else None
            problems.append(Problem(f"没有“{use}”这种车辆用途。", where, advice))
    return problems


def _unused_approved(ledger: Ledger) -> list[Problem]:
    """A 批复数 for a total that does not exist would silently do nothing."""
    problems = []
    for name, typed in ledger.approved.items():
        if name not in ledger.used:
            known = [n for n in ledger.names() if "合计" in n or "决算数" in n]
            near = nearest(name, known)
            advice = f"是不是“{near}”？" if near and near != name else "写合计、类、款一级的数"
            problems.append(Problem(f"批复数“{name}”没有对应的合计。", typed.source, advice))
    return problems
