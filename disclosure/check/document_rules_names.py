"""Which figure a sentence names: by its national name, in the section that tells of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    TOTALS,
)
from disclosure.check.document_rules_topics import (
    AGENCY_TOLD,
    BASIC_TOLD,
    CAPITAL_TOLD,
    EXPENDITURE_TOLD,
    FISCAL_TOLD,
    FUND_TOLD,
    GENERAL_CLASSES,
    GENERAL_TOPICS,
    REVENUE_TOLD,
    TOTALS_TOLD,
)
from disclosure.check.document_rules_vocabulary import (
    BEFORE_A_NAME,
    LAST_YEAR,
    last_clause,
    settled,
)


class Name(NamedTuple):
    """A figure: the table and cells that must all hold it, its name in last year's figures.

    With `either` one of the cells will do: 收入总计 of the year is 合计 where a region says so.
    `bare` is a name so short that a year must stand before it: …年收入.
    """

    role: str
    cells: tuple[str, ...]
    prior: str = ""
    either: tuple[str, str] | None = None
    bare: bool = False


def _both(role: str, one: str, other: str) -> Name:
    return Name(role, (one, other), one)


def _of(role: str, cell: str, prior: str = "") -> Name:
    return Name(role, (cell,), prior)


def _all(names: Sequence[str], figure: Name) -> dict[str, Name]:
    return dict.fromkeys(names, figure)


BOTH_TOTALS = ("收支总计", "收入支出总计", "收入总计支出总计", "总收入总支出", "收支总额")
SOURCES = (
    "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip
FISCAL_KINDS = (
    "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入",
)  # fmt: skip
USES = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")

_REVENUE = Name(REVENUE, ("合计/本年收入合计",), "收入/本年收入合计")
_SPENT = Name(EXPENDITURE, ("合计/本年支出合计",), "支出/合计/本年支出合计")
_GENERAL = Name(GENERAL, ("合计/本年支出",), "一般公共预算/合计/本年支出")
_FISCAL = "财政拨款/收入总计"
_FISCAL_SPENT = "财政拨款/支出总计"


def _fund(role: str, group: str, words: str) -> dict[str, Name]:
    spent = f"{words}预算财政拨款支出"
    income = _of(role, "合计/本年收入", f"{group}/合计/本年收入")
    paid = _of(role, "合计/本年支出", f"{group}/合计/本年支出")
    found = {
        **_all((spent, f"{words}财政拨款支出", f"{words}预算支出", "本年支出", "支出合计"), paid),
        "支出": paid._replace(bare=True),
    }
    if role == FUND:
        opening = _of(role, "合计/年初结转和结余")
        closing = _of(role, "合计/年末结转和结余")
        found |= {
            **_all(
                (spent.replace("支出", "收入"), f"{words}预算收入", "本年收入", "收入合计"), income
            ),
            "收入": income._replace(bare=True),
            **_all(("年初结转结余", "年初结转", "上年结转"), opening),
            **_all(("年末结转结余", "年末结转", "结转下年"), closing),
        }
    return found


_OF_GENERAL = {
    **_all(("一般公共预算财政拨款支出", "一般公共预算支出"), _GENERAL),
    **_all(("一般公共预算财政拨款支出合计", "一般公共预算财政拨款总支出"), _GENERAL),
    "一般公共预算财政拨款基本支出": _of(GENERAL, "合计/基本支出"),
    "一般公共预算财政拨款项目支出": _of(GENERAL, "合计/项目支出"),
}
# By topic, then by the name as words say it without 决算, 、, 和.
NAMES: Mapping[str, Mapping[str, Name]] = {
    TOTALS_TOLD: {
        **_all(BOTH_TOTALS, _both(TOTALS, "收入/总计", "支出/总计")),
        **_all(("收入总计", "总收入"), _of(TOTALS, "收入/总计", "收入/总计")),
        **_all(("支出总计", "总支出"), _of(TOTALS, "支出/总计", "支出/总计")),
        "收入合计": _of(TOTALS, "收入/本年收入合计", "收入/本年收入合计"),
        "支出合计": _of(TOTALS, "支出/合计/本年支出合计", "支出/合计/本年支出合计"),
    },
    REVENUE_TOLD: {
        **_all(("收入合计", "总收入", "收入总额"), _REVENUE),
        "收入总计": _REVENUE._replace(either=(TOTALS, "收入/总计")),
        "收入": _REVENUE._replace(bare=True),
        **{name: _of(REVENUE, f"合计/{name}", f"收入/{name}") for name in SOURCES},
        **{name: _of(FISCAL, f"收入/{name}", f"收入/{name}") for name in FISCAL_KINDS},
    },
    EXPENDITURE_TOLD: {
        **_all(("支出合计", "总支出", "支出总额"), _SPENT),
        "支出总计": _SPENT._replace(either=(TOTALS, "支出/总计")),
        "支出": _SPENT._replace(bare=True),
        **{name: _of(EXPENDITURE, f"合计/{name}", f"支出/合计/{name}") for name in USES},
    },
    FISCAL_TOLD: {
        **{f"财政拨款{name}": _both(FISCAL, _FISCAL, _FISCAL_SPENT) for name in BOTH_TOTALS},
        "财政拨款收入总计财政拨款支出总计": _both(FISCAL, _FISCAL, _FISCAL_SPENT),
        "财政拨款收入总计": _of(FISCAL, _FISCAL, _FISCAL),
        "财政拨款支出总计": _of(FISCAL, _FISCAL_SPENT, _FISCAL_SPENT),
        "财政拨款收入合计": _of(FISCAL, "收入/财政拨款收入", "收入/财政拨款收入"),
        "财政拨款支出合计": _of(FISCAL, "财政拨款/合计/本年支出"),
        **{name: _of(FISCAL, f"收入/{name}", f"收入/{name}") for name in FISCAL_KINDS},
    },
    **dict.fromkeys(GENERAL_TOPICS, _OF_GENERAL),
    BASIC_TOLD: {
        "基本支出": _of(GENERAL, "合计/基本支出"),
        "一般公共预算财政拨款基本支出": _of(GENERAL, "合计/基本支出"),
        "人员经费": _of(ECONOMIC, "经济分类/人员经费合计"),
        "公用经费": _of(ECONOMIC, "经济分类/公用经费合计"),
        "日常公用经费": _of(ECONOMIC, "经济分类/公用经费合计"),
    },
    FUND_TOLD: _fund(FUND, "政府性基金", "政府性基金"),
    CAPITAL_TOLD: _fund(CAPITAL, "国有资本经营", "国有资本经营"),
    AGENCY_TOLD: {
        "机关运行经费": _of(ECONOMIC, "经济分类/公用经费合计", "机关运行经费/支出"),
        "机关运行经费支出": _of(ECONOMIC, "经济分类/公用经费合计", "机关运行经费/支出"),
    },
}
# Longest first: 一般公共预算财政拨款收入 before 财政拨款收入.
_ENDINGS = {
    topic: (tuple(names), sorted(names, key=len, reverse=True)) for topic, names in NAMES.items()
}
_LINKS = {ord(one): None for one in "、和与及"}
_A_YEAR = re.compile(r"((?:19|20)\d\d)年")


def name_of(topic: str, lead: str, year: int | None) -> Name | None:
    """The figure of this year that the words before a number name; None when they name none."""
    if not lead and topic == GENERAL_CLASSES:
        return _GENERAL  # 900.66万元按功能分为：
    clause = settled(last_clause(settled(lead)))
    core = clause.translate(_LINKS).replace("决算数", "").replace("决算", "")
    every, ordered = _ENDINGS[topic]
    if not core.endswith(every):
        return None
    name = next(one for one in ordered if core.endswith(one))
    before = core[: -len(name)]
    if before and (before[-1] not in BEFORE_A_NAME or before.endswith("同级")):
        return None
    if any(one in before for one in LAST_YEAR):
        return None
    found = _A_YEAR.search(before)
    if found and year is not None and int(found[1]) != year:
        return None
    figure = NAMES[topic][name]
    return None if figure.bare and not _is_whole(topic, before) else figure


def _is_whole(topic: str, before: str) -> bool:
    """Whether 收入 alone is the year's: …年收入. In a fund's section it is, whatever is before."""
    return before.endswith(("年", "年度")) or (topic in (FUND_TOLD, CAPITAL_TOLD) and not before)
