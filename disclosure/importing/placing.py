"""Figures read from the tables into the content files: leaf by leaf, where they differ.

Sums are not placed; they follow. What is placed is what a clerk would type: 收入 by source, 支出 by
项 and fund, 经济分类 by 款, “三公”经费, balances. Money that is not 财政拨款 has no table of its own:
it is what 支出决算表 holds beyond the tables of the funds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.derive.ledger import Ledger
from disclosure.derive.money import (
    FISCAL_SOURCES,
    FUND_BALANCES,
    FUND_FIELDS,
    FUNDS,
    OTHER_FIELDS,
    REVENUE_BY_CLASS,
    REVENUE_SOURCES,
    TOTAL,
)
from disclosure.importing.class_lists import ClassLists
from disclosure.importing.draft import (
    BASIC,
    EXPENDITURE,
    REVENUE,
    THREE_PUBLIC,
    Draft,
    field_names,
)
from disclosure.importing.reading import Reading
from disclosure.load.yaml_source import KeyPath
from disclosure.model.figure import Figure, rounding_residual
from disclosure.schema.classification import Classification
from disclosure.schema.money import (
    CarryoverByFund,
    ExpenditureFile,
    FundItem,
    GeneralBudgetItem,
    OtherItem,
    RevenueByClass,
    RevenueFile,
    ThreePublicFile,
)
from disclosure.schema.pack import PackLayout
from disclosure.schema.part import Part

Readings = Mapping[str, Reading]
OPENING, CLOSING = "年初结转和结余", "年末结转和结余"
OTHER_MONEY, BY_CLASS, AS_SPENT = "其他资金", "分科目收入", "同支出"
BY_FUND = {fund: str(ExpenditureFile.model_fields[f].alias) for fund, f in FUND_BALANCES.items()}
ITEM_MODELS: dict[str, type[Part]] = {
    "一般公共预算": GeneralBudgetItem,
    "政府性基金": FundItem,
    "国有资本经营": FundItem,
    OTHER_MONEY: OtherItem,
}
THREE_KINDS = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
SIDES = {"全年预算数": "预算数", "决算数": "决算数"}


@dataclass
class Placing:
    """Puts readings into a draft; `doubts` are what a person should look at."""

    draft: Draft
    readings: Readings
    layout: PackLayout
    classification: Classification
    derive: Callable[[], Ledger]
    computed: dict[str, Reading] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lists = ClassLists(self.draft, self.readings, self.classification)

    @property
    def gone(self) -> list[str]:
        """科目 that the tables no longer have."""
        return self.lists.gone

    def place(self) -> None:
        """Everything that has a leaf. Later steps see what earlier ones wrote."""
        self._revenue()
        for fund in FUNDS:
            self._fund(fund)
        self._other_money()
        self._basic_expenditure()
        self._three_public()
        self._balances()
        self._revenue_by_class()

    # -------------------------------------------------------------- single leaves

    def _scalar(
        self,
        file: str,
        path: KeyPath,
        name: str,
        known: Decimal | None,
        fresh: bool,
        order: Sequence[str],
    ) -> None:
        """One leaf: written where the figure it leads to (`known`) is not the one read.

        A key without a value, and every key of a group nobody has filled in (`fresh`), gets its
        zero where the cell is empty: an approved table leaves nothing open. A key that was left
        out beside others that were not stays out.
        """
        reading = self.readings.get(name) or self.computed.get(name)
        if reading is None:
            return
        empty = self.draft.amount(file, path) is None and (self.draft.has(file, path) or fresh)
        if not reading.agrees(known) or empty:
            self.draft.set(file, path, reading, " › ".join(map(str, path)), order)

    def _is_fresh(self, file: str, paths: Iterable[KeyPath]) -> bool:
        return all(self.draft.amount(file, path) is None for path in paths)

    def _revenue(self) -> None:
        nothing_spent = self.draft.is_empty(EXPENDITURE)
        order = field_names(RevenueFile)
        names = [*REVENUE_SOURCES, "使用非财政拨款结余和专用结余"]
        fresh = self._is_fresh(REVENUE, [(name,) for name in names])
        for name in names:
            known = self.draft.amount(REVENUE, (name,))
            self._scalar(REVENUE, (name,), f"收入/{name}", known, fresh, order)
        path = ("结余分配",)
        known, order = self.draft.amount(EXPENDITURE, path), field_names(ExpenditureFile)
        self._scalar(EXPENDITURE, path, "支出/结余分配", known, nothing_spent, order)

    def _basic_expenditure(self) -> None:
        codes = self._economic_order()
        key = "决算数"
        for code in codes:
            reading = self.readings.get(f"经济分类/{code}/{key}")
            if reading is None or len(code) == 3:
                continue
            known = self.draft.amount(BASIC, (key, code))
            name = self.classification.economic[code]
            empty = self.draft.has(BASIC, (key, code)) and known is None
            if not reading.agrees(known) or empty:
                self.draft.set(BASIC, (key, code), reading, f"{code} {name}", codes, name)

    def _economic_order(self) -> list[str]:
        """款 in the order of the table: group by group."""
        known = self.classification.economic
        tops = [
            top
            for table in self.layout.tables
            if table.layout == "经济分类"
            for group in table.groups
            for top in group
        ]
        ordered = [code for top in tops for code in known if code.startswith(top)]
        return [*ordered, *(code for code in known if code not in set(ordered))]

    def _three_public(self) -> None:
        order = field_names(ThreePublicFile)
        leaves = [(kind, key) for kind in THREE_KINDS for key in SIDES]
        fresh = self._is_fresh(THREE_PUBLIC, leaves) and self._reception() is None
        for kind, key in leaves:
            name = f"三公/{SIDES[key]}/{kind}"
            known = self.draft.amount(THREE_PUBLIC, (kind, key))
            if (kind, key) == ("公务接待费", "决算数") and known is None:
                self._reception_final(name, fresh, order)
                continue
            self._scalar(THREE_PUBLIC, (kind, key), name, known, fresh, order)

    def _reception(self) -> Decimal | None:
        """公务接待费 as its two kinds add up, None when neither is filled in."""
        parts = [
            self.draft.amount(THREE_PUBLIC, ("公务接待费", kind, "决算数"))
            for kind in ("外宾接待", "国内公务接待")
        ]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if known else None

    def _reception_final(self, name: str, fresh: bool, order: Sequence[str]) -> None:
        """The table has one figure, the file two kinds of guests: theirs is the better source."""
        reading, split = self.readings.get(name), self._reception()
        if reading is None or reading.agrees(split):
            return
        path = ("公务接待费", "决算数")
        self._scalar(THREE_PUBLIC, path, name, None, fresh, order)
        if split is not None:
            self.doubts.append(
                f"公务接待费：{reading.place} 是 {reading.value}，"
                f"外宾接待与国内公务接待相加是 {split}；请改正 three_public.yaml 里这两项的决算数，"
                "再删去导入时补的一行“决算数”。"
            )

    # -------------------------------------------------------------- 科目

    def _fund(self, fund: str) -> None:
        allowed = field_names(ITEM_MODELS[fund])
        measures = [
            m for m in FUND_FIELDS if m in allowed and f"{fund}/{TOTAL}/{m}" in self.readings
        ]
        if measures:
            wanted = self.lists.wanted(fund, measures)
            self.lists.agree(EXPENDITURE, BY_FUND[fund], wanted, ITEM_MODELS[fund])

    # -------------------------------------------------------------- 其他资金

    def _other_money(self) -> None:
        """支出决算表 less the tables of the funds, 项 by 项 and kind by kind."""
        if f"支出/{TOTAL}/基本支出" not in self.readings:
            return
        wanted: dict[str, dict[str, Reading]] = {}
        for code, kinds in self.lists.wanted("支出", tuple(OTHER_FIELDS)).items():
            for kind, whole in kinds.items():
                parts = [
                    self.readings[name]
                    for fund in FUNDS
                    if (name := f"{fund}/{code}/{kind}") in self.readings
                ]
                rest = self._remainder(f"{OTHER_MONEY}/{code}/{kind}", whole, parts)
                if rest is not None:
                    wanted.setdefault(code, {})[kind] = rest
        used = {c: ms for c, ms in wanted.items() if any(r.value for r in ms.values())}
        self.computed |= {r.name: r for ms in used.values() for r in ms.values()}
        self.lists.agree(EXPENDITURE, OTHER_MONEY, used, OtherItem)

    def _remainder(self, name: str, whole: Reading, parts: Sequence[Reading]) -> Reading | None:
        """What is left of a cell when others are taken off; 尾差 of several roundings is nothing.

        None, with a doubt noted, when more is taken off than there is.
        """
        left = whole.value - sum((part.value for part in parts), Decimal(0))
        counted = [part for part in parts if part.value]
        exact = whole.in_yuan and all(part.in_yuan for part in parts)
        if len(counted) > 1 and not exact and abs(left) <= rounding_residual(len(counted)):
            left = Decimal(0)
        if left < 0:
            taken = "、".join(f"{part.place} {part.value}" for part in counted)
            self.doubts.append(
                f"{whole.place} {whole.value} 小于各资金之和（{taken}），没有算出{name}。"
            )
            return None
        cells = " − ".join([whole.cell, *(part.place for part in counted)])
        return Reading(name, left or None, whole.sheet, cells, exact)

    # -------------------------------------------------------------- balances

    def _balances(self) -> None:
        """年初 and 年末结转和结余 by fund; a fund whose own table has them needs no second entry."""
        ledger = self.derive()
        order = field_names(CarryoverByFund)
        for file, words, side in ((REVENUE, OPENING, "收入"), (EXPENDITURE, CLOSING, "支出")):
            self._other_balance(side, words)
            if words == OPENING:
                self._openings_by_balance()
            paths = {fund: (words, BY_FUND[fund]) for fund in FUND_BALANCES}
            fresh = self._is_fresh(file, paths.values())
            for fund, path in paths.items():
                name = f"{fund}/{words}"
                figure = ledger.get(name)
                known = figure.amount if figure else None
                from_items = known is not None and self.draft.amount(file, path) is None
                self._scalar(file, path, name, known, fresh and not from_items, order)

    def _other_balance(self, side: str, words: str) -> None:
        whole, fiscal = self.readings.get(f"{side}/{words}"), self.readings.get(f"财政拨款/{words}")
        if whole is not None and fiscal is not None:
            rest = self._remainder(f"{OTHER_MONEY}/{words}", whole, [fiscal])
            if rest is not None:
                self.computed[rest.name] = rest

    def _openings_by_balance(self) -> None:
        """年初 of a fund for which the tables have no line: 本年支出 + 年末 − 本年收入."""
        for fund, source in zip(FUNDS, FISCAL_SOURCES, strict=True):
            name = f"{fund}/{OPENING}"
            parts = [f"{fund}/{TOTAL}/本年支出", f"{fund}/{CLOSING}", f"收入/{source}"]
            read = [self.readings[part] for part in parts if part in self.readings]
            if name in self.readings or len(read) < len(parts):
                continue
            spent, closing, revenue = read
            amount = spent.value + closing.value - revenue.value
            if amount >= 0:
                cells = f"{spent.cell} + {closing.place} − {revenue.place}"
                exact = all(reading.in_yuan for reading in read)
                self.computed[name] = Reading(name, amount or None, spent.sheet, cells, exact)

    # -------------------------------------------------------------- 收入 by 科目

    def _revenue_by_class(self) -> None:
        """收入决算表: `同支出` where it says what follows from 支出 anyway, else 科目 by 科目."""
        if f"收入科目/{TOTAL}/本年收入合计" not in self.readings:
            return
        wanted = self.lists.wanted("收入科目", tuple(REVENUE_BY_CLASS))
        if isinstance(self.draft.get(REVENUE, (BY_CLASS,)), list):
            self.lists.agree(REVENUE, BY_CLASS, wanted, RevenueByClass)
        elif not self._follows_from_spending(wanted):
            self.draft.replace(REVENUE, (BY_CLASS,), [])
            self.lists.agree(REVENUE, BY_CLASS, wanted, RevenueByClass)

    def _follows_from_spending(self, wanted: Mapping[str, Mapping[str, Reading]]) -> bool:
        ledger = self.derive()
        derived: dict[str, Figure] = {}
        for name in ledger.names():
            head, code, measure = (*name.split("/"), "", "")[:3]
            if head == "收入科目" and len(code) == 7 and measure in REVENUE_BY_CLASS:
                derived[name] = ledger[name]
        read = {f"收入科目/{c}/{m}": r for c, ms in wanted.items() for m, r in ms.items()}
        return all(
            (read[name].agrees(derived[name].amount if name in derived else None))
            if name in read
            else not derived[name]
            for name in derived.keys() | read.keys()
        )
