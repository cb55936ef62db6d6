"""Revenue, expenditure and balances of one year, entered by fund and rolled up by 科目."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from disclosure.derive.ledger import Ledger
from disclosure.model.figure import WAN, Figure, Formula
from disclosure.schema.content import YearContent
from disclosure.schema.money import CarryoverByFund, ExpenditureFile, RevenueByClass
from disclosure.schema.part import Part, Unfilled

TOTAL, BUDGET = "合计", "年初预算数"

REVENUE_SOURCES = {
    "一般公共预算财政拨款收入": "general_public_budget",
    "政府性基金预算财政拨款收入": "government_fund",
    "国有资本经营预算财政拨款收入": "state_capital",
    "上级补助收入": "superior_subsidy",
    "事业收入": "service_revenue",
    "经营收入": "business_revenue",
    "附属单位上缴收入": "affiliated_revenue",
    "其他收入": "other_revenue",
}
FISCAL_SOURCES = tuple(REVENUE_SOURCES)[:3]
REVENUE_BY_CLASS = {
    "财政拨款收入": "fiscal_appropriation",
    "上级补助收入": "superior_subsidy",
    "事业收入": "service_revenue",
    "经营收入": "business_revenue",
    "附属单位上缴收入": "affiliated_revenue",
    "其他收入": "other_revenue",
}
FUNDS = {
    "一般公共预算": "general_public_budget",
    "政府性基金": "government_fund",
    "国有资本经营": "state_capital",
}
FUND_BALANCES = {**FUNDS, "其他资金": "other"}
FUND_FIELDS = {
    BUDGET: "budget_at_year_start",
    "年初结转和结余": "opening_carryover",
    "本年收入": "revenue",
    "基本支出": "basic",
    "项目支出": "project",
}
OTHER_FIELDS = {
    "基本支出": "basic",
    "项目支出": "project",
    "上缴上级支出": "to_superior",
    "经营支出": "business",
    "对附属单位补助支出": "to_affiliated",
}
EXPENDITURE_KINDS = tuple(OTHER_FIELDS)


class Item(NamedTuple):
    """One 项 of a list: its code, the line as typed, and the line's field for each measure."""

    code: str
    line: Part
    fields: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        """Whether a measure is still to be filled in (年初预算数 says nothing of the others)."""
        measures = (m for m in self.fields if m != BUDGET and self.has(m))
        return any(self.line.is_open(self.fields[m]) for m in measures)

    def has(self, measure: str) -> bool:
        """Whether this kind of line has the measure."""
        return self.fields.get(measure) in type(self.line).model_fields

    def enter(self, ledger: Ledger, group: str, place: str) -> None:
        """Every measure; one that this kind of line does not have is not known."""
        for measure, field in self.fields.items():
            name = f"{group}/{self.code}/{measure}"
            if self.has(measure):
                ledger.field(name, self.line, field, place)
            else:
                ledger.typed(name, None, place)


def parents(code: str) -> tuple[str, ...]:
    """类 and 款 above a code: 2010350 → 201, 20103."""
    return tuple(code[:length] for length in (3, 5) if length < len(code))


def enter_money(
    ledger: Ledger, content: YearContent, places: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Enter 收入, 支出 and 结转 of the year; gives the 科目 codes used, per group, in code order.

    Source: 部门决算报表, 收入支出决算总表 and the 明细表 by 科目.
    """
    spent = content.expenditure
    by_fund = {fund: _items(getattr(spent, field), FUND_FIELDS) for fund, field in FUNDS.items()}
    other = _items(spent.other, OTHER_FIELDS)
    # With nothing by 科目 (a year of which little is known) the one fund is taken to be 一般公共预算.
    spending = [name for name, items in {**by_fund, "其他资金": other}.items() if items]
    alone = spending or ["一般公共预算"]
    place = places["expenditure"]
    codes = {
        fund: _enter_fund(ledger, fund, items, place, alone == [fund], _unlisted(spent, field))
        for (fund, field), items in zip(FUNDS.items(), by_fund.values(), strict=True)
    }
    codes["其他资金"] = _enter_other(ledger, other, place, _unlisted(spent, "other"))
    codes["支出"] = tuple(sorted(set().union(*codes.values())))
    _enter_expenditure(ledger, codes)
    _enter_balances(ledger, content, places)
    _enter_revenue(ledger, content, places)
    codes["收入科目"] = _enter_revenue_by_class(ledger, content, codes, places)
    _enter_grand_totals(ledger)
    return codes


def _items(lines: Iterable[Part], fields: Mapping[str, str]) -> list[Item]:
    items = (
        Item(str(getattr(line, "code")), line, fields)  # noqa: B009  every line type has one
        for line in lines
    )
    return sorted(items, key=lambda item: item.code)


def _unlisted(spent: ExpenditureFile, field: str) -> bool:
    """Whether the list of 科目 is still to be written."""
    return isinstance(getattr(spent, field), Unfilled)


def _with_parents(codes: Iterable[str]) -> tuple[str, ...]:
    whole = set(codes)
    return tuple(sorted(whole.union(*(parents(code) for code in whole))))


def _roll_up(
    ledger: Ledger,
    group: str,
    items: list[Item],
    measures: Iterable[str],
    also: str | None = None,
    *,
    waiting: bool = False,
) -> None:
    """Sums over 款, 类 and 合计 for every measure of a group; `waiting` for its 科目.

    While something of the group is to be filled in, a measure nobody has typed is not known either.
    """
    codes = [item.code for item in items]
    for measure in measures:
        typed = [ledger[f"{group}/{code}/{measure}"] for code in codes]
        untyped = any(item.has(measure) for item in items) and all(f.amount is None for f in typed)
        unknown = waiting or (untyped and any(item.is_open for item in items))
        for length, name in ((5, None), (3, None), (0, TOTAL)):
            for parent in sorted({code[:length] for code in codes}) or ([""] if name else []):
                child_length = {5: 7, 3: 5, 0: 3}[length]
                children = sorted(
                    {code[:child_length] for code in codes if code.startswith(parent)}
                )
                parts = [ledger[f"{group}/{child}/{measure}"] for child in children]
                key = name or parent
                equal = f"{also}/{key}/{_as_expenditure(measure)}" if also else None
                needs = parts if measure == BUDGET else ()
                ledger.total(f"{group}/{key}/{measure}", parts, equal, needs=needs, waiting=unknown)


def _as_expenditure(measure: str) -> str:
    return "本年支出合计" if measure == "本年支出" else measure


def _enter_fund(
    ledger: Ledger, fund: str, items: list[Item], place: str, alone: bool, waiting: bool
) -> tuple[str, ...]:
    """`alone`: no other fund spent anything, so the fund's totals are those of 支出决算表."""
    for item in items:
        item.enter(ledger, fund, place)
        spent = [ledger[f"{fund}/{item.code}/{kind}"] for kind in ("基本支出", "项目支出")]
        ledger.total(f"{fund}/{item.code}/本年支出", spent)
        _enter_item_closing(ledger, fund, item.code)
    measures = (*FUND_FIELDS, "本年支出", "年末结转和结余")
    also = "支出" if alone else None
    _roll_up(ledger, fund, items, measures, also, waiting=waiting)
    return _with_parents(item.code for item in items)


def _enter_item_closing(ledger: Ledger, fund: str, code: str) -> None:
    """年末结转和结余 of one 项 of a fund whose table shows income: 年初 + 收入 − 支出."""
    opening, revenue, spent = (
        ledger[f"{fund}/{code}/{measure}"] for measure in ("年初结转和结余", "本年收入", "本年支出")
    )
    amount = None
    known = opening.amount is not None or revenue.amount is not None
    waiting = opening.waiting or revenue.waiting or (known and spent.waiting)
    if known and not waiting:
        amount = opening.value + revenue.value - spent.value
    name = f"{fund}/{code}/年末结转和结余"
    words = f"{opening.name} + {revenue.name} − {spent.name}"
    formula = Formula(words, (opening, revenue, spent))
    figure = Figure(f"{ledger.year}/{name}", amount, WAN, "金额", formula, waiting)
    ledger.computed(figure, name)


def _enter_other(ledger: Ledger, items: list[Item], place: str, waiting: bool) -> tuple[str, ...]:
    for item in items:
        item.enter(ledger, "其他资金", place)
    _roll_up(ledger, "其他资金", items, OTHER_FIELDS, waiting=waiting)
    return _with_parents(item.code for item in items)


def _enter_expenditure(ledger: Ledger, codes: Mapping[str, tuple[str, ...]]) -> None:
    """公开03表 (all money) and the 财政拨款 columns of 公开04表, over the funds."""
    for code in (*codes["支出"], TOTAL):
        kinds = []
        for kind in EXPENDITURE_KINDS:
            parts = [
                figure
                for fund in FUND_BALANCES
                if (figure := ledger.get(f"{fund}/{code}/{kind}")) is not None
            ]
            kinds.append(ledger.total(f"支出/{code}/{kind}", parts))
        whole = f"支出/{code}/本年支出合计"
        by_fund = [f for fund in FUNDS if (f := ledger.get(f"{fund}/{code}/本年支出")) is not None]
        fiscal = ledger.total(f"财政拨款/{code}/本年支出", by_fund)
        other = any(ledger.get(f"其他资金/{code}/{kind}") for kind in EXPENDITURE_KINDS)
        if whole not in ledger.approved and not other:
            ledger.enter(fiscal, whole)
        else:
            ledger.total(whole, kinds)


def _enter_balances(ledger: Ledger, content: YearContent, places: Mapping[str, str]) -> None:
    """年初 and 年末结转和结余 by fund; a fund's own table gives it where it has items."""
    for words, balance, place in (
        ("年初结转和结余", content.revenue.opening_carryover, places["revenue"]),
        ("年末结转和结余", content.expenditure.closing_carryover, places["expenditure"]),
    ):
        parts = [_fund_balance(ledger, fund, words, balance, place) for fund in FUND_BALANCES]
        ledger.total(f"财政拨款/{words}", parts[:3])
        side = "收入" if words.startswith("年初") else "支出"
        ledger.total(f"{side}/{words}", parts)
    place = places["expenditure"]
    ledger.field("支出/结余分配", content.expenditure, "surplus_distribution", place)


def _fund_balance(
    ledger: Ledger, fund: str, words: str, balance: CarryoverByFund, place: str
) -> Figure:
    field = FUND_BALANCES[fund]
    from_items = ledger.get(f"{fund}/{TOTAL}/{words}")
    missing = getattr(balance, field) is None and not balance.is_open(field)
    if missing and from_items is not None and from_items.amount is not None:
        return ledger.enter(from_items, f"{fund}/{words}")
    return ledger.field(f"{fund}/{words}", balance, field, place)


def _enter_revenue(ledger: Ledger, content: YearContent, places: Mapping[str, str]) -> None:
    place = places["revenue"]
    sources = [
        ledger.field(f"收入/{name}", content.revenue, field, place)
        for name, field in REVENUE_SOURCES.items()
    ]
    ledger.total("收入/财政拨款收入", sources[:3])
    ledger.total("收入/本年收入合计", sources)
    ledger.field("收入/使用非财政拨款结余和专用结余", content.revenue, "use_of_balance", place)
    ledger.enter(ledger["收入/财政拨款收入"], "财政拨款/本年收入合计")


def _enter_revenue_by_class(
    ledger: Ledger,
    content: YearContent,
    codes: Mapping[str, tuple[str, ...]],
    places: Mapping[str, str],
) -> tuple[str, ...]:
    """公开02表. `同支出`: each 科目 took in what it spent, all of it 财政拨款."""
    lines = content.revenue.by_class
    group = "收入科目"
    if not isinstance(lines, list):
        fiscal = tuple(code for code in codes["支出"] if ledger[f"财政拨款/{code}/本年支出"])
        for code in fiscal:
            figure = ledger[f"财政拨款/{code}/本年支出"]
            ledger.enter(figure, f"{group}/{code}/财政拨款收入")
            ledger.enter(figure, f"{group}/{code}/本年收入合计")
        used = fiscal
    else:
        used = _enter_typed_revenue(ledger, lines, places["revenue"])
    ledger.enter(ledger["收入/本年收入合计"], f"{group}/{TOTAL}/本年收入合计")
    for measure in REVENUE_BY_CLASS:
        ledger.enter(ledger[f"收入/{measure}"], f"{group}/{TOTAL}/{measure}")
    return used


def _enter_typed_revenue(
    ledger: Ledger, lines: list[RevenueByClass], place: str
) -> tuple[str, ...]:
    items = _items(lines, REVENUE_BY_CLASS)
    for item in items:
        item.enter(ledger, "收入科目", place)
        kinds = [ledger[f"收入科目/{item.code}/{measure}"] for measure in REVENUE_BY_CLASS]
        ledger.total(f"收入科目/{item.code}/本年收入合计", kinds)
    _roll_up(ledger, "收入科目", items, (*REVENUE_BY_CLASS, "本年收入合计"))
    return _with_parents(item.code for item in items)


def _enter_grand_totals(ledger: Ledger) -> None:
    """总计 of 收入支出决算总表 and 财政拨款收入支出决算总表, both sides, and of each fund.

    The year's own amount and the balance are needed; the part between them is a rare one.
    """
    for name, own, between, balance in (
        (
            "收入/总计",
            "收入/本年收入合计",
            "收入/使用非财政拨款结余和专用结余",
            "收入/年初结转和结余",
        ),
        ("支出/总计", "支出/合计/本年支出合计", "支出/结余分配", "支出/年末结转和结余"),
        ("财政拨款/收入总计", "收入/财政拨款收入", None, "财政拨款/年初结转和结余"),
        ("财政拨款/支出总计", "财政拨款/合计/本年支出", None, "财政拨款/年末结转和结余"),
    ):
        needs = ledger.if_compared([ledger[own], ledger[balance]])
        parts = [ledger[part] for part in (own, between, balance) if part]
        ledger.total(name, parts, needs=needs)
    for fund in FUNDS:
        ledger.total(
            f"{fund}/总计", [ledger[f"{fund}/{TOTAL}/本年支出"], ledger[f"{fund}/年末结转和结余"]]
        )
