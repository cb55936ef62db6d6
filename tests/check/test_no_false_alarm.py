"""Random accounts kept in 分, each cell rounded to 万元 by itself, as approved tables are.

However the roundings fall, nothing in them is an error; and any one cell put out by 1 万元 is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import some_table

from disclosure.check.cells import Cells
from disclosure.check.rules import TABLE_RULES, run
from disclosure.model.place import Level

FEN_PER_WAN = 1_000_000
GENERAL, FUND, OTHER = "一般公共预算", "政府性基金", "其他资金"
CODES = {
    GENERAL: ("2010350", "2010399", "2080505", "2101102", "2210201"),
    FUND: ("2120801", "2120803"),
    OTHER: ("2010350", "2120801"),
}
ECONOMIC = ("30101", "30102", "30199", "30302", "30201", "30299", "31002")
# From 1 to 10 万元, so that cents decide every last digit and no cell rounds to nothing: a blank
# cell is taken for no money at all.
CENTS = st.integers(1_000_000, 9_999_999)


@dataclass(frozen=True)
class Accounts:
    """What was spent on each 项 by each fund (基本, 项目), how basic spending splits, balances."""

    spent: dict[str, dict[str, tuple[int, int]]]
    shares: tuple[int, ...]
    opening: dict[str, int]
    extra: dict[str, int]  # revenue beyond what was spent


def amounts(codes: Iterable[str]) -> st.SearchStrategy[dict[str, tuple[int, int]]]:
    return st.fixed_dictionaries({code: st.tuples(CENTS, CENTS) for code in codes})


accounts = st.builds(
    Accounts,
    spent=st.fixed_dictionaries({fund: amounts(codes) for fund, codes in CODES.items()}),
    shares=st.tuples(*[st.integers(10, 99)] * len(ECONOMIC)),
    opening=st.fixed_dictionaries(dict.fromkeys(CODES, CENTS)),
    extra=st.fixed_dictionaries(dict.fromkeys(CODES, CENTS)),
)


def wan(cents: int) -> Decimal:
    """As printed: 四舍五入 to two decimals of 万元, once."""
    return (Decimal(cents) / FEN_PER_WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)


def prefixes(code: str) -> tuple[str, ...]:
    return "合计", code[:3], code[:5], code


class Sheet:
    """One table under construction, exact until it is printed."""

    def __init__(self) -> None:
        self.cells: dict[str, int] = {}

    def add(self, name: str, cents: int) -> None:
        self.cells[name] = self.cells.get(name, 0) + cents

    def printed(self) -> dict[str, str]:
        names = sorted(self.cells, key=lambda name: (not name.startswith("合计"), name))
        return {name: f"{wan(self.cells[name])}" for name in names}


def tables_of(books: Accounts) -> dict[str, dict[str, str]]:
    """公开01 to 07表 of these accounts; a fund's revenue is what it spent and a bit more."""
    t1, t2, t3, t4, t5, t6, t7 = (Sheet() for _ in range(7))
    sources = {
        GENERAL: "一般公共预算财政拨款收入",
        FUND: "政府性基金预算财政拨款收入",
        OTHER: "其他收入",
    }
    for fund, items in books.spent.items():
        whole = sum(map(sum, items.values()))
        revenue, opening = whole + books.extra[fund], books.opening[fund]
        closing = opening + revenue - whole
        for name, cents in (
            (f"收入/{sources[fund]}", revenue),
            ("收入/本年收入合计", revenue),
            ("收入/年初结转和结余", opening),
            ("收入/总计", revenue + opening),
            ("支出/年末结转和结余", closing),
            ("支出/合计/本年支出合计", whole),
            ("支出/总计", whole + closing),
        ):
            t1.add(name, cents)
        if fund != OTHER:
            for name, cents in (
                (f"收入/{sources[fund]}", revenue),
                ("收入/财政拨款收入", revenue),
                (f"{fund}/年初结转和结余", opening),
                ("财政拨款/年初结转和结余", opening),
                ("财政拨款/收入总计", revenue + opening),
                (f"{fund}/合计/本年支出", whole),
                ("财政拨款/合计/本年支出", whole),
                (f"{fund}/年末结转和结余", closing),
                ("财政拨款/年末结转和结余", closing),
                (f"{fund}/总计", whole + closing),
                ("财政拨款/支出总计", whole + closing),
            ):
                t4.add(name, cents)
        kind = "其他收入" if fund == OTHER else "财政拨款收入"
        for number, (code, (basic, project)) in enumerate(items.items()):
            earned = basic + project + (0 if number else books.extra[fund])
            for key in prefixes(code):
                t2.add(f"{key}/{kind}", earned)
                t2.add(f"{key}/本年收入合计", earned)
                t3.add(f"{key}/基本支出", basic)
                t3.add(f"{key}/项目支出", project)
                t3.add(f"{key}/本年支出合计", basic + project)
                if fund == FUND:
                    brought = 0 if number else opening
                    t7.add(f"{key}/年初结转和结余", brought)
                    t7.add(f"{key}/本年收入", earned)
                    t7.add(f"{key}/年末结转和结余", brought + earned - basic - project)
                if fund != OTHER:
                    table = t5 if fund == GENERAL else t7
                    table.add(f"{key}/基本支出", basic)
                    table.add(f"{key}/项目支出", project)
                    table.add(f"{key}/本年支出", basic + project)
            t1.add(f"支出/{code[:3]}/本年支出合计", basic + project)
            if fund != OTHER:
                t4.add(f"{fund}/{code[:3]}/本年支出", basic + project)
                t4.add(f"财政拨款/{code[:3]}/本年支出", basic + project)
    for code, cents in zip(ECONOMIC, split(basic_of(books), books.shares), strict=True):
        t6.add(f"经济分类/{code}/决算数", cents)
        t6.add(f"经济分类/{code[:3]}/决算数", cents)
        t6.add(f"经济分类/{'人员' if code[:3] in ('301', '303') else '公用'}经费合计", cents)
    roles = ("收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表")
    roles += ("一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算明细表")
    roles += ("政府性基金预算财政拨款收入支出决算表",)
    sheets = (t1, t2, t3, t4, t5, t6, t7)
    return {role: sheet.printed() for role, sheet in zip(roles, sheets, strict=True)}


def basic_of(books: Accounts) -> int:
    return sum(basic for basic, _ in books.spent[GENERAL].values())


def split(whole: int, shares: tuple[int, ...]) -> list[int]:
    parts = [whole * share // sum(shares) for share in shares]
    parts[-1] += whole - sum(parts)
    return parts


def errors(tables: dict[str, dict[str, str]]) -> list[str]:
    cells = Cells({role: some_table(role, named) for role, named in tables.items()})
    findings = (f for entry in run(TABLE_RULES, cells) for f in entry.findings)
    # By chance one of the hints on shares (住房公积金 by both classifications) may speak.
    return [str(f) for f in findings if f.level is Level.ERROR]


@settings(max_examples=60, deadline=None)
@given(accounts)
def test_rounding_alone_is_never_an_error(books: Accounts) -> None:
    assert not errors(tables_of(books))


@settings(max_examples=60, deadline=None)
@given(accounts, st.data())
def test_any_one_cell_put_out_by_a_wan_is_an_error(books: Accounts, data: st.DataObject) -> None:
    tables = tables_of(books)
    role = data.draw(st.sampled_from(sorted(tables)))
    name = data.draw(st.sampled_from(sorted(tables[role])))
    wrong = f"{Decimal(tables[role][name]) + 1}"

    assert errors({**tables, role: {**tables[role], name: wrong}})
