"""Shares against the tables: what a sentence calls the whole, or else what its section does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure.check.cells import EXPENDITURE, FISCAL, GENERAL, REVENUE, THREE_PUBLIC, TOTALS
from disclosure.check.document_rules_amounts import VALUES, Amount, Kind
from disclosure.check.document_rules_rates import (
    ARITHMETIC,
    SAID_TWICE,
    rate_fits,
    rate_remark,
)
from disclosure.check.document_rules_told import Line, Told
from disclosure.check.document_rules_topics import (
    BASIC_TOLD,
    EVALUATING,
    EXPENDITURE_TOLD,
    FISCAL_TOLD,
    GENERAL_CLASSES,
    GENERAL_TOLD,
    GENERAL_WHOLE,
    PERFORMANCE_TOLD,
    REVENUE_TOLD,
    THREE_TOPICS,
)
from disclosure.check.document_rules_vocabulary import SHARE
from disclosure.check.rule import Looked, Said, rule
from disclosure.model.figure import WAN, rounded

Cell = tuple[str, str]
REVENUE_CELL: Cell = (REVENUE, "合计/本年收入合计")
SPENT_CELL: Cell = (EXPENDITURE, "合计/本年支出合计")
GENERAL_CELL: Cell = (GENERAL, "合计/本年支出")
# The whole where a sentence does not name it: 占69%, （69%）.
WHOLE_OF: dict[str, tuple[Cell, ...]] = {
    REVENUE_TOLD: (REVENUE_CELL,),
    EXPENDITURE_TOLD: (SPENT_CELL,),
    GENERAL_WHOLE: (SPENT_CELL,),
    GENERAL_CLASSES: (GENERAL_CELL,),
    GENERAL_TOLD: (GENERAL_CELL, SPENT_CELL),
    FISCAL_TOLD: (),
    BASIC_TOLD: ((GENERAL, "合计/基本支出"),),
    EVALUATING: (),
    PERFORMANCE_TOLD: (),
    **dict.fromkeys(THREE_TOPICS, ((THREE_PUBLIC, "三公/决算数/合计"),)),
}
# By what stands after 占; the first whose words are all there. Where two figures go by one name,
# either will do.
NAMED_WHOLE: tuple[tuple[tuple[str, ...], tuple[Cell, ...]], ...] = (
    (("三公",), ((THREE_PUBLIC, "三公/决算数/合计"),)),
    (("项目支出",), ((GENERAL, "合计/项目支出"), (EXPENDITURE, "合计/项目支出"))),
    (("基本支出",), ((GENERAL, "合计/基本支出"), (EXPENDITURE, "合计/基本支出"))),
    (("一般公共预算", "支出"), (GENERAL_CELL,)),
    (("财政拨款", "收入"), ((FISCAL, "收入/财政拨款收入"), (FISCAL, "财政拨款/收入总计"))),
    (("财政拨款", "支出"), ((FISCAL, "财政拨款/合计/本年支出"), GENERAL_CELL)),
    (("收入",), (REVENUE_CELL, (TOTALS, "收入/总计"), (FISCAL, "收入/财政拨款收入"))),
    (("支出",), (SPENT_CELL, (TOTALS, "支出/总计"), GENERAL_CELL)),
)
UNNAMED = frozenset(("", "比", "比为", "比例", "比例为", "比重", "比重为"))


@rule(
    "U4.2",
    "占比应等于这一项÷合计",
    compares=("句子里的占比", "这一项的数÷表里的合计"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def shares_are_computed(told: Told) -> Iterator[Said]:
    for topic in WHOLE_OF:
        for line in told.about(topic):
            amounts = told.amounts(line)
            for part, share in pairwise(amounts):
                if _is_share_of(share, part):
                    yield from _share(told, line, part, share, topic)


def _is_share_of(share: Amount, part: Amount) -> bool:
    return (
        share.is_rate
        and share.kind in (Kind.SHARE, Kind.BARE)
        and part.kind in VALUES
        and part.unit == WAN
        and "。" not in share.lead
        and "；" not in share.lead
    )


def wholes(share: Amount, topic: str) -> Sequence[Cell]:
    """The cells that the share may be of."""
    if share.kind is Kind.BARE:
        return WHOLE_OF[topic] if share.lead != "的" and topic not in THREE_TOPICS else ()
    named = share.lead.rpartition(SHARE)[2].rstrip("的为达到是 ")
    if named in UNNAMED:
        return WHOLE_OF[topic]
    return next((cells for words, cells in NAMED_WHOLE if all(w in named for w in words)), ())


def _share(told: Told, line: Line, part: Amount, share: Amount, topic: str) -> Iterator[Said]:
    found = [
        rounded(whole, 2)
        for role, cell in wholes(share, topic)
        if (table := told.cells.get(role)) is not None and (whole := table.amount(cell))
    ]
    if not found:
        return
    if any(rate_fits(part.wan, whole, share.number) for whole in found):
        yield Looked(1)
    else:
        words = f"{part.number}{part.unit}{share.lead}{share.number}%"
        yield rate_remark(line, words, share.number, part.wan, found[0])
