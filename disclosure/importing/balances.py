"""What must add up in the empty workbook: the checks' sums, told by figure names.

The same sums that the rules prove after a build stand as live formulas beside the tables, so a slip
shows while the table is typed. A pack whose tables lack a figure simply has no line for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from disclosure.derive.money import (
    EXPENDITURE_KINDS,
    FISCAL_SOURCES,
    FUNDS,
    REVENUE_BY_CLASS,
    REVENUE_SOURCES,
    TOTAL,
)
from disclosure.derive.other_figures import OPERATING, PERSONNEL
from disclosure.schema.pack import PackLayout

OPENING, CLOSING = "年初结转和结余", "年末结转和结余"
SPENT_ALL = f"支出/{TOTAL}/本年支出合计"


@dataclass(frozen=True)
class Balance:
    """`whole` equals the sum of `parts`, less those in `less`; all are figure names."""

    words: str
    whole: str
    parts: tuple[str, ...]
    less: tuple[str, ...] = ()


def balances(layout: PackLayout, economic: Iterable[str]) -> Iterator[Balance]:
    """Every sum within and between the tables, in the order of the tables."""
    yield from _all_money(layout)
    yield from _fiscal(layout)
    yield from _by_class()
    yield from _economic(layout, tuple(economic))
    yield from _three_public()


def _all_money(layout: PackLayout) -> Iterator[Balance]:
    revenue, spending = "收入/本年收入合计", SPENT_ALL
    yield Balance("本年收入合计 = 各项收入之和", revenue, _each("收入/{}", REVENUE_SOURCES))
    parts = ("使用非财政拨款结余和专用结余", OPENING)
    yield Balance(
        "收入总计 = 本年收入合计 + 使用结余 + 年初结转和结余",
        "收入/总计",
        (revenue, *_each("收入/{}", parts)),
    )
    classes = _each("支出/{}/本年支出合计", layout.top_classes)
    yield Balance("本年支出合计 = 各类支出之和", spending, classes)
    ends = _each("支出/{}", ("结余分配", CLOSING))
    yield Balance(
        "支出总计 = 本年支出合计 + 结余分配 + 年末结转和结余", "支出/总计", (spending, *ends)
    )
    yield Balance("收入总计 = 支出总计", "收入/总计", ("支出/总计",))


def _fiscal(layout: PackLayout) -> Iterator[Balance]:
    revenue, total = "收入/财政拨款收入", "财政拨款/收入总计"
    yield Balance("财政拨款收入合计 = 三项之和", revenue, _each("收入/{}", FISCAL_SOURCES))
    yield Balance(
        "年初结转和结余 = 三项之和", f"财政拨款/{OPENING}", _each(f"{{}}/{OPENING}", FUNDS)
    )
    yield Balance(
        "收入总计 = 本年收入合计 + 年初结转和结余", total, (revenue, f"财政拨款/{OPENING}")
    )
    for key in (f"{TOTAL}/本年支出", CLOSING):
        name = key.rpartition("/")[2]
        yield Balance(f"{name}合计 = 三项之和", f"财政拨款/{key}", _each(f"{{}}/{key}", FUNDS))
    for fund, source in zip(FUNDS, FISCAL_SOURCES, strict=True):
        spent = f"{fund}/{TOTAL}/本年支出"
        classes = _each(f"{fund}/{{}}/本年支出", layout.top_classes)
        yield Balance(f"{fund}支出合计 = 各类支出之和", spent, classes)
        yield Balance(f"{fund}总计 = 支出合计 + 年末", f"{fund}/总计", (spent, f"{fund}/{CLOSING}"))
        came = (f"收入/{source}", f"{fund}/{OPENING}")
        yield Balance(f"{fund}：年初 + 收入 = 支出 + 年末", f"{fund}/总计", came)
    yield Balance("收入总计 = 支出总计", total, ("财政拨款/支出总计",))


def _by_class() -> Iterator[Balance]:
    """合计 of the tables by 科目, against each other and against the tables in two halves."""
    of = f"收入科目/{TOTAL}/{{}}".format
    yield Balance("本年收入合计 = 收入总表", of("本年收入合计"), ("收入/本年收入合计",))
    yield Balance(
        "财政拨款收入 = 三项财政拨款收入", of("财政拨款收入"), _each("收入/{}", FISCAL_SOURCES)
    )
    for kind in tuple(REVENUE_BY_CLASS)[1:]:
        yield Balance(f"{kind} = 收入总表", of(kind), (f"收入/{kind}",))
    for fund, source in zip(FUNDS, FISCAL_SOURCES, strict=True):
        yield Balance("本年收入 = 财政拨款总表", f"{fund}/{TOTAL}/本年收入", (f"收入/{source}",))
        for words in (OPENING, CLOSING):
            yield Balance(
                f"{words} = 财政拨款总表", f"{fund}/{TOTAL}/{words}", (f"{fund}/{words}",)
            )
    general = f"一般公共预算/{TOTAL}/基本支出"
    yield Balance("基本支出 = 人员经费 + 公用经费", general, (PERSONNEL, OPERATING))


def _economic(layout: PackLayout, codes: Sequence[str]) -> Iterator[Balance]:
    of = "经济分类/{}/决算数".format
    for table in layout.tables:
        tops = [str(top) for group in table.groups for top in group]
        for top in tops:
            below = [code for code in codes if len(code) == 5 and code.startswith(top)]
            yield Balance(f"{top} = 各款之和", of(top), _each(of("{}"), below))
        if tops:
            yield Balance("人员经费合计 = 各类之和", PERSONNEL, _each(of("{}"), table.personnel))
            yield Balance("公用经费合计 = 各类之和", OPERATING, _each(of("{}"), table.operating))


def _three_public() -> Iterator[Balance]:
    vehicles = "公务用车购置及运行维护费"
    for side in ("预算数", "决算数"):
        of = f"三公/{side}/{{}}"
        kinds = ("因公出国（境）费", vehicles, "公务接待费")
        yield Balance(f"{side}合计 = 三项之和", of.format(TOTAL), _each(of, kinds))
        parts = ("公务用车购置费", "公务用车运行维护费")
        yield Balance(f"{side}公务用车 = 购置 + 运行", of.format(vehicles), _each(of, parts))


def row_sums(measures: Sequence[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Of one line by 科目: the measure that is a sum of others (and less which); None for none."""
    kinds = {
        "本年收入合计": tuple(REVENUE_BY_CLASS),
        "本年支出合计": EXPENDITURE_KINDS,
        "本年支出": ("基本支出", "项目支出"),
    }
    for whole, parts in kinds.items():
        if whole in measures:
            return whole, tuple(part for part in parts if part in measures), ()
    return None


def carried_forward(measures: Sequence[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """年末 = 年初 + 本年收入 − 本年支出, where a line by 科目 shows all four."""
    needed = (CLOSING, OPENING, "本年收入", "本年支出")
    if all(measure in measures for measure in needed):
        return CLOSING, needed[1:3], needed[3:]
    return None


def _each(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(pattern.format(name) for name in names)
