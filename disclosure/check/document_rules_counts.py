"""人员, 机关运行经费, 政府采购 and 车辆: what one section says must add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from disclosure.check.cells import ECONOMIC
from disclosure.check.document_rules_amounts import Amount, Kind
from disclosure.check.document_rules_rates import (
    ARITHMETIC,
    SAID_TWICE,
    rate_fits,
    rate_remark,
)
from disclosure.check.document_rules_told import Line, Told, as_printed, said, term
from disclosure.check.document_rules_topics import (
    AGENCY_TOLD,
    ASSETS_TOLD,
    PROCUREMENT_TOLD,
    STAFF,
    THREE_TOPICS,
)
from disclosure.check.document_rules_vocabulary import SHARE, last_clause, settled
from disclosure.check.rule import Comparison, Looked, Relation, Rule, Said, Term, rule
from disclosure.model.place import Level


@rule(
    "P10.2",
    "机关运行经费不应多于一般公共预算的公用经费",
    compares=("机关运行经费的句子", "基本支出明细表的公用经费合计"),
    source="机关运行经费的口径：行政单位和参公单位的公用经费",
    advice="核对机关运行经费：事业单位的公用经费不计入",
    needs=(ECONOMIC,),
)
def agency_operating_within_basic(told: Told) -> Iterator[Said]:
    for one in told.named:
        if one.topic == AGENCY_TOLD:
            (cell,) = one.name.cells
            whole = as_printed(told.cells[ECONOMIC].term(cell))
            found = said(one.line, one.amount)
            yield Comparison(found, (whole,), Relation.AT_MOST, about=one.line.where)


# ------------------------------------------------------------------ 政府采购

GOODS = ("货物", "工程", "服务")
SMALL, MICRO, WHOLE = "中小企业", "小微企业", "总额"


Procured = dict[str, tuple[Line, Amount]]


def _procured(told: Told) -> Procured:
    """The amounts of 政府采购 by what they are, each where it is first told."""
    found: Procured = {}
    for line in told.about(PROCUREMENT_TOLD):
        for amount in told.amounts(line):
            if amount.kind is Kind.VALUE and (name := _of_procurement(amount.lead)):
                found.setdefault(name, (line, amount))
    return found


def _of_procurement(lead: str) -> str:
    """Which amount of 政府采购 the words before it name; "" when none."""
    clause = settled(re.split("[，。；：、（]", lead)[-1])
    if MICRO in clause or "小型微型" in clause:
        return MICRO
    if "中小" in clause:
        return "" if "预留" in clause or "面向" in clause else SMALL
    kinds = [kind for kind in GOODS if kind in clause]
    if kinds:
        return kinds[0] if len(kinds) == 1 and "授予" not in clause else ""
    return WHOLE if "政府采购" in clause and "预算" not in clause else ""


@rule(
    "P11.2",
    "政府采购支出总额应等于货物、工程、服务之和，授予中小企业的不超过总额",
    compares=("政府采购总额的句子", "货物、工程、服务和授予中小企业的句子"),
    source="财库〔2020〕46号：公开授予中小企业的合同金额",
    advice=SAID_TWICE,
)
def procurement_adds_up(told: Told) -> Iterator[Said]:
    there = _procured(told)
    terms = {name: said(line, amount) for name, (line, amount) in there.items()}
    if WHOLE in there and all(kind in there for kind in GOODS):
        parts = tuple(terms[kind] for kind in GOODS)
        about = there[WHOLE][0].where
        yield Comparison(terms[WHOLE], parts, words="货物、工程、服务之和", about=about)
    for less, more in ((SMALL, WHOLE), (MICRO, SMALL)):
        if less in there and more in there:
            about = f"{there[less][0].where} {less}"
            whole = (terms[more],)
            yield Comparison(terms[less], whole, Relation.AT_MOST, about=about)


@rule(
    "P11.3",
    "授予中小企业、小微企业的占比应由合同金额算出",
    compares=("政府采购句子里的占比", "合同金额÷总额"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def procurement_shares(told: Told) -> Iterator[Said]:
    there = _procured(told)
    for line in told.about(PROCUREMENT_TOLD):
        amounts = told.amounts(line)
        for part, share in pairwise(amounts):
            name = _of_procurement(part.lead) if part.kind is Kind.VALUE else ""
            if name and share.is_rate and share.kind in (Kind.SHARE, Kind.BARE):
                yield from _share_of(line, part, share, name, there)


def _share_of(
    line: Line,
    part: Amount,
    share: Amount,
    name: str,
    there: Procured,
) -> Iterator[Said]:
    of = share.lead.rpartition(SHARE)[2] if share.kind is Kind.SHARE else ""
    if "；" in share.lead or "。" in share.lead or any(kind in of for kind in GOODS):
        return
    if "中小" in of:
        named: tuple[str, ...] = (SMALL,)
    elif "采购" in of or "总额" in of:
        named = (WHOLE,)
    else:
        named = (SMALL, WHOLE) if name == MICRO else (WHOLE,)
    wholes = [there[one][1].wan for one in named if one in there and there[one][1].wan]
    if not wholes:
        return
    if any(rate_fits(part.wan, whole, share.number) for whole in wholes):
        yield Looked(1)
    else:
        words = f"{part.number}{part.unit}{share.lead}{share.number}%"
        yield rate_remark(line, words, share.number, part.wan, wholes[0])


# ------------------------------------------------------------------ things and people counted

_VEHICLES = re.compile(r"(\d+)(?:辆|台)")
_PEOPLE = re.compile(r"(\d+)[人名]")
_KEPT = re.compile(r"保有(?:量)?(?:为|是|共)?(\d+)[辆台]")


class Count(NamedTuple):
    """A number of things, with the words since the count before it."""

    number: str
    lead: str
    start: int
    end: int


def _counts(words: str, pattern: re.Pattern[str]) -> Iterator[Count]:
    after = 0
    for match in pattern.finditer(words):
        yield Count(match[1], words[after : match.start()], match.start(), match.end())
        after = match.end()


def _term(line: Line, count: Count, unit: str) -> Term:
    quoted = f"{count.lead[-10:]}{line.words[count.start : count.end]}".lstrip("，。；、（")
    return term(line, quoted, typed_count(count), unit)


def typed_count(count: Count) -> Decimal:
    """How many."""
    return Decimal(count.number)


@rule(
    "P12.2",
    "车辆总数应等于各类用车之和，不少于开支财政拨款的公务用车保有量",
    compares=("国有资产占用的车辆总数", "各类用车的辆数；“三公”经费说明的保有量"),
    source="国有资产占用情况与“三公”经费的关系",
    advice=SAID_TWICE,
)
def vehicles_add_up(told: Told) -> Iterator[Said]:
    whole: tuple[Line, Term] | None = None
    for line in told.about(ASSETS_TOLD):
        counts = list(_counts(line.words, _VEHICLES)) if "辆" in line.words else []
        if not counts or not _is_vehicles(counts[0].lead):
            continue
        found = _term(line, counts[0], "辆")
        whole = whole or (line, found)
        uses = {c.lead: c for c in reversed(counts[1:]) if _use_of(c.lead)}
        parts = tuple(_term(line, one, "辆") for one in counts[1:] if uses.get(one.lead) is one)
        if parts:
            yield Comparison(found, parts, words="各类用车之和", about=line.where)
    for line in told.about(*THREE_TOPICS) if whole else ():
        kept = _KEPT.search(line.words)
        if kept and whole:
            least = term(line, kept[0], Decimal(kept[1]), "辆")
            yield Comparison(
                whole[1], (least,), Relation.AT_LEAST, about=f"{whole[0].where} 保有量"
            )


def _is_vehicles(lead: str) -> bool:
    return settled(last_clause(lead)).endswith(("车辆", "公务用车", "汽车"))


def _use_of(lead: str) -> bool:
    """Whether the words are the name of a use: 机要通信用车."""
    name = settled(re.split("[，。；：、]|其中", lead)[-1])
    return name.endswith("用车") and "是" not in name


EMPLOYED = ("在编", "在编在岗", "在职", "在职人员", "年末在岗", "在编人员", "在职在编", "正式在岗")
RETIRED = ("退休", "离休", "遗属", "离退休")
PRESENT = (
    "实有",
    "现有",
    "在岗",
    "合计",
    "实有工作人员",
    "现有人员",
    "实有人数",
    "实有人员",
    "工作人员",
)


@rule(
    "P15.3",
    "实有人数应等于在编在岗与聘用人员之和",
    compares=("人员情况的实有人数", "同一段的在编在岗、聘用人员"),
    source="人员情况前后一致",
    advice="核对 staff.yaml 的人数，手写的数改用标签；口径不同的，确认时写明",
    level=Level.HINT,
)
def staff_adds_up(told: Told) -> Iterator[Said]:
    for line in told.about(STAFF):
        if "人" not in line.words:
            continue
        yield from _staff(line, list(_counts(_without_details(line.words), _PEOPLE)))


def _without_details(words: str) -> str:
    """Without what is only a part of the number before it: （…） and 其中…；"""
    return re.sub(r"（[^）]*）|，其中[^；。]*", "", words)


def _staff(line: Line, counts: list[Count]) -> Iterator[Said]:
    first = next((at for at, one in enumerate(counts) if _ends(one, EMPLOYED)), None)
    if first is None:
        return
    last = next(
        (at for at, one in enumerate(counts) if at > first and _is_present(one)),
        None,
    )
    if last is None:
        return
    working = [one for one in counts[first:last] if not any(w in one.lead for w in RETIRED)]
    everyone = counts[first:last]
    found, parts = counts[last], working
    if typed_count(found) == sum(map(typed_count, everyone)):
        parts = everyone  # a region that counts the retired as well
    terms = tuple(term(line, f"{c.lead[-8:]}{c.number}人", typed_count(c), "人") for c in parts)
    about = f"{line.where} 实有人数"
    whole = term(line, f"{found.lead[-10:]}{found.number}人", typed_count(found), "人")
    yield Comparison(whole, terms, words="在编在岗与聘用人员之和", about=about)


def _ends(count: Count, words: tuple[str, ...]) -> bool:
    return settled(last_clause(count.lead)).removesuffix("人员").endswith(words)


def _is_present(count: Count) -> bool:
    clause = settled(last_clause(count.lead))
    return clause.endswith(PRESENT) and any(w in clause for w in ("实有", "现有", "合计", "共有"))


COUNT_RULES: tuple[Rule[Told], ...] = (
    agency_operating_within_basic,
    procurement_adds_up,
    procurement_shares,
    vehicles_add_up,
    staff_adds_up,
)
