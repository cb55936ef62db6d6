"""The rules, each a small pure function; `RULES` lists them in the order shown.

Source of the numbers (I…, X…, Y…, P…, E…): the catalogue of 勾稽 rules; the tables are named, not
their numbers, since a pack may number them otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from disclosure.check.finding import Finding, rounding_residual
from disclosure.derive.comparison import CHANGE
from disclosure.derive.ledger import SUM_SUFFIX
from disclosure.derive.report import Report
from disclosure.model.figure import Figure, Formula
from disclosure.model.place import Level
from disclosure.schema.content import ReasonWords

Rule = Callable[[Report], Iterable[Finding]]


def run_rules(report: Report) -> Iterator[Finding]:
    """Every finding of every rule, in the order of the rules."""
    for rule in RULES:
        yield from rule(report)


def _compared(
    rule: str, message: str, found: Figure, expected: Figure, terms: int, advice: str
) -> Iterator[Finding]:
    """An error beyond the margin, 尾差 within it, silence when the two are equal."""
    if found.amount is None or expected.amount is None or found.value == expected.value:
        return
    margin = rounding_residual(terms)
    rounding = abs(found.value - expected.value) <= margin
    level = Level.ROUNDING if rounding else Level.ERROR
    yield Finding(rule, level, message, found, expected, margin, advice="" if rounding else advice)


def approved_totals_agree(report: Report) -> Iterator[Finding]:
    """I: a 批复数 agrees with the sum of its parts, but for 尾差."""
    for name, summed in report.figures.items():
        if not name.endswith(SUM_SUFFIX) or not name.startswith(f"{report.year}/"):
            continue
        approved = report.figures[name.removesuffix(SUM_SUFFIX).partition("/")[2]]
        terms = len(summed.source.operands) if isinstance(summed.source, Formula) else 1
        yield from _compared(
            "I-合计",
            "批复的合计与各项相加不一致。",
            approved,
            summed,
            terms,
            "核对批复数和各项数，改正录错的一处",
        )


def grand_totals_balance(report: Report) -> Iterator[Finding]:
    """I01.5, I04.3: 收入总计 equals 支出总计, for all money and for 财政拨款."""
    for revenue, spent in (("收入/总计", "支出/总计"), ("财政拨款/收入总计", "财政拨款/支出总计")):
        yield from _compared(
            "I-总计平衡",
            "收入总计与支出总计不相等。",
            report.figures[revenue],
            report.figures[spent],
            0,
            "核对本年收入、年初结转、本年支出和年末结转",
        )


def basic_expenditure_agrees(report: Report) -> Iterator[Finding]:
    """X10: 基本支出 by 功能分类 equals 人员经费 + 公用经费 by 经济分类, typed in two files."""
    terms = len(report.codes["经济分类"])
    yield from _compared(
        "X10",
        "按功能分类与按经济分类的基本支出合计不一致。",
        report.figures["一般公共预算/合计/基本支出"],
        report.figures["经济分类/合计"],
        terms,
        "核对 expenditure.yaml 与 basic_expenditure.yaml 两处录入",
    )


def opening_is_last_closing(report: Report) -> Iterator[Finding]:
    """Y1: 年初结转和结余 equals last year's 年末结转和结余, or the unit says why it was adjusted."""
    adjustment = report.figures.get("收入/年初结转调整")
    if adjustment is None or not adjustment or report.content.revenue.opening_adjustment:
        return
    yield Finding(
        "Y1",
        Level.ERROR,
        "年初结转和结余与上年年末不一致。",
        report.figures["收入/年初结转和结余"],
        report.figures.get("支出/年末结转和结余", report.year - 1),
        advice="核对两年的数；确有调整时在 revenue.yaml 写明“年初结转调整原因”",
    )


def three_public_within_economic(report: Report) -> Iterator[Finding]:
    """X14: “三公” items of 经济分类 do not exceed the “三公” table."""
    for code, kind in (
        ("30212", "因公出国（境）费"),
        ("31013", "公务用车购置费"),
        ("30231", "公务用车运行维护费"),
        ("30217", "公务接待费"),
    ):
        part, whole = (
            report.figures.get(f"经济分类/{code}/决算数"),
            report.figures[f"三公/决算数/{kind}"],
        )
        if part is not None and part.amount is not None and part.value > whole.value:
            yield Finding(
                "X14",
                Level.ERROR,
                f"基本支出里的{kind}大于“三公”经费决算数。",
                part,
                whole,
                advice="核对 basic_expenditure.yaml 与 three_public.yaml",
            )


def insurance_agrees(report: Report) -> Iterator[Finding]:
    """X15: 养老保险 and 职业年金 typed by 经济分类 equal the same 项 by 功能分类."""
    for economic, functional in (("30108", "2080505"), ("30109", "2080506")):
        left = report.figures.get(f"经济分类/{economic}/决算数")
        right = report.figures.get(f"一般公共预算/{functional}/基本支出")
        if left is not None and right is not None:
            for finding in _compared(
                "X15", "社会保障缴费在两张表里的数不一致。", left, right, 1, "核对两处录入"
            ):
                yield Finding(
                    finding.rule,
                    Level.HINT if finding.level is Level.ERROR else finding.level,
                    finding.message,
                    left,
                    right,
                    finding.margin,
                    advice=finding.advice,
                )


def projects_are_all_there(report: Report) -> Iterator[Finding]:
    """E9: 执行数 of the projects add up to 项目支出."""
    if report.projects:
        yield from _compared(
            "E9",
            "各项目执行数相加与项目支出不一致。",
            report.figures["绩效/项目执行数合计"],
            report.figures["一般公共预算/合计/项目支出"],
            len(report.projects),
            "核对各项目的执行数，看有没有漏掉的项目",
        )


def procurement_shares_fit(report: Report) -> Iterator[Finding]:
    """P11: 授予中小企业 ≤ 支出, 其中小微企业 ≤ 授予中小企业, per kind."""
    for kind in ("货物", "工程", "服务"):
        spent, smaller, micro = (
            report.figures[f"采购/{kind}/{column}"]
            for column in ("支出", "授予中小企业", "其中小微企业")
        )
        for part, whole in ((smaller, spent), (micro, smaller)):
            if part.value > whole.value:
                yield Finding(
                    "P11",
                    Level.ERROR,
                    "政府采购的其中数大于总数。",
                    part,
                    whole,
                    advice="核对 procurement.yaml",
                )


def vehicles_cover_kept(report: Report) -> Iterator[Finding]:
    """P12: 车辆总数 is not below the number kept with 财政拨款."""
    whole, kept = report.figures["资产/车辆/合计"], report.figures["三公/保有量"]
    if kept.amount is not None and whole.value < kept.value:
        yield Finding(
            "P12",
            Level.ERROR,
            "车辆总数少于开支财政拨款的公务用车保有量。",
            whole,
            kept,
            advice="核对 state_assets.yaml 与 three_public.yaml",
        )


def reasons_match_direction(report: Report) -> Iterator[Finding]:
    """S2: a reason confirmed for an increase does not stand beside a decrease."""
    for figure_id, given, against in _directed_reasons(report):
        now, before = report.figures.get(figure_id), report.figures.get(figure_id, against)
        change = report.figures.get(figure_id + CHANGE)
        if change is None or change.amount is None or given.direction is None:
            continue
        direction = "增加" if change.amount > 0 else "减少" if change.amount < 0 else "持平"
        if direction != given.direction:
            yield Finding(
                "S2",
                Level.ERROR,
                f"原因是按“{given.direction}”写的，现在是“{direction}”，原因已经过时。",
                now,
                before,
                location=given.words[0].source if given.words else None,
                advice="重写原因，并改“说明方向”",
            )


def _directed_reasons(report: Report) -> Iterator[tuple[str, ReasonWords, int]]:
    reasons = report.content.reasons
    listed = (
        {
            "收入/总计": reasons.totals,
            "收入/一般公共预算财政拨款收入": reasons.general_budget_revenue,
            "收入/政府性基金预算财政拨款收入": reasons.government_fund_revenue,
            "收入/国有资本经营预算财政拨款收入": reasons.state_capital_revenue,
            "财政拨款/收入总计": reasons.fiscal_totals,
            "一般公共预算/合计/本年支出": reasons.general_budget,
        }
        if reasons
        else {}
    )
    three = report.content.three_public
    if three:
        for kind, compared in (
            ("合计", three.reasons.total),
            ("因公出国（境）费", three.reasons.overseas),
            ("公务用车购置及运行维护费", three.reasons.vehicles),
            ("公务接待费", three.reasons.reception),
        ):
            listed[f"三公/决算数/{kind}"] = compared.against_prior
    for name, given in listed.items():
        if given is not None:
            yield name, given, report.year - 1


def budget_reasons_match_direction(report: Report) -> Iterator[Finding]:
    """S2: likewise for a 项 against its 年初预算."""
    for item in report.content.expenditure.general_public_budget:
        given = item.reason
        final = report.figures[f"一般公共预算/{item.code}/本年支出"]
        budget = report.figures[f"一般公共预算/{item.code}/年初预算数"]
        if given is None or given.direction is None or budget.amount is None:
            continue
        gap = final.value - budget.value
        direction = "增加" if gap > 0 else "减少" if gap < 0 else "持平"
        if direction != given.direction:
            yield Finding(
                "S2",
                Level.ERROR,
                f"科目 {item.code} 的原因是按“{given.direction}”写的，现在是“{direction}”，原因已经过时。",
                final,
                budget,
                location=given.words[0].source if given.words else None,
                advice="重写原因，并改“说明方向”",
            )


RULES: tuple[Rule, ...] = (
    approved_totals_agree,
    grand_totals_balance,
    basic_expenditure_agrees,
    opening_is_last_closing,
    three_public_within_economic,
    insurance_agrees,
    projects_are_all_there,
    procurement_shares_fit,
    vehicles_cover_kept,
    reasons_match_direction,
    budget_reasons_match_direction,
)
