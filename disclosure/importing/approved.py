"""批复数: the totals as approved, where they are not the sum of what was placed.

Which totals those are is asked of the ledger itself, so nothing here repeats how a sum is made:
derive the year, compare every figure the workbook states, and enter those that differ, the lowest
first, until nothing changes any more. A stated figure that is no total cannot be entered; it is a
contradiction inside the workbook and told as one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.derive.ledger import SUM_SUFFIX, Ledger
from disclosure.importing.draft import APPROVED, Draft
from disclosure.importing.reading import Reading
from disclosure.model.figure import WAN, Figure, Formula, rounding_residual

KEY = "批复数"
MOST_ROUNDS = 24  # levels between a 款 and 总计, with room: a round enters one level

Derive = Callable[[Mapping[str, Reading]], Ledger]


@dataclass
class Approved:
    """What became of the totals: contradictions that were not written, and written ones to check."""

    contradictions: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def enter_approved(draft: Draft, readings: Mapping[str, Reading], derive: Derive) -> Approved:
    """Write into approved_totals.yaml what differs; `derive` gives the ledger with more 批复数."""
    _refresh(draft, readings, derive)
    entered, added = _to_enter(readings, derive)
    ledger, result = derive(entered), Approved()
    for name, reading in entered.items():
        comment = f"各行相加 {_shown(added[name].amount)}"
        draft.set(APPROVED, (KEY, name), reading, name, comment=comment)
    for name in readings:
        summed = added.get(name) or ledger.get(f"{name}{SUM_SUFFIX}")
        if summed is not None and _beyond_rounding(readings[name], summed):
            result.doubts.append(
                f"{readings[name].place}（{name}）是 {_shown(readings[name].amount)}，各行相加是 "
                f"{_shown(summed.amount)}，相差超过尾差；已照表写入，请核对工作簿。"
            )
    for name in _wrong(ledger, readings, ()):
        known = ledger.get(name)
        result.contradictions.append(
            f"{readings[name].place}（{name}）是 {_shown(readings[name].amount)}，"
            f"由其他各格得出的是 {_shown(known.amount if known else None)}"
        )
    return result


def _refresh(draft: Draft, readings: Mapping[str, Reading], derive: Derive) -> None:
    """Entries typed before: brought to the workbook's amount; out when no total answers to them,
    or when a changed one is now what the parts add up to."""
    typed = draft.get(APPROVED, (KEY,))
    names = list(typed) if isinstance(typed, dict) else []
    changed = []
    for name in names:
        reading = readings.get(name)
        if reading is not None and not reading.agrees(draft.amount(APPROVED, (KEY, name))):
            draft.set(APPROVED, (KEY, name), reading, name)
            changed.append(name)
    ledger = derive({})
    for name in names:
        summed = ledger.get(f"{name}{SUM_SUFFIX}")
        if name not in ledger.used:
            draft.remove(APPROVED, (KEY, name), name, "没有这个合计了")
        elif name in changed and summed and readings[name].agrees(summed.amount):
            draft.remove(APPROVED, (KEY, name), name, "与各行之和相等，不必再写")


def _to_enter(
    readings: Mapping[str, Reading], derive: Derive
) -> tuple[dict[str, Reading], dict[str, Figure]]:
    """The 批复数 to enter, and what each would be as the sum of its parts."""
    entered: dict[str, Reading] = {}
    added: dict[str, Figure] = {}
    refused: set[str] = set()
    for _ in range(MOST_ROUNDS):
        ledger = derive(entered)
        wrong = _wrong(ledger, readings, refused)
        if not wrong:
            break
        for group in _lowest(ledger, wrong):
            name = _answering(group, wrong, entered, readings, derive)
            figure = ledger.get(name) if name else None
            if name and figure is not None:
                entered[name], added[name] = readings[name], figure
            else:
                refused |= set(group)
    return entered, added


def _wrong(ledger: Ledger, readings: Mapping[str, Reading], refused: Collection[str]) -> list[str]:
    """Names of figures that come out otherwise than the workbook states them."""
    found = []
    for name, reading in readings.items():
        figure = ledger.get(name)
        if name not in refused and not reading.agrees(figure.amount if figure else None):
            found.append(name)
    return found


def _lowest(ledger: Ledger, names: Iterable[str]) -> list[list[str]]:
    """The wrong figures that are not made of other wrong ones, each with all its names.

    One figure may stand under several names: 支出/201/基本支出 is 一般公共预算/201/基本支出.
    """
    groups: dict[str, list[str]] = {}
    figures: dict[str, Figure] = {}
    for name in names:
        figure = ledger.get(name)
        key = figure.id if figure is not None else name
        groups.setdefault(key, []).append(name)
        if figure is not None:
            figures[key] = figure
    return [
        group
        for key, group in groups.items()
        if key not in figures or not _made_of(figures[key]) & (groups.keys() - {key})
    ]


def _made_of(figure: Figure) -> set[str]:
    """The ids of everything a figure was computed from."""
    if not isinstance(figure.source, Formula):
        return set()
    found: set[str] = set()
    for operand in figure.source.operands:
        found |= {operand.id} | _made_of(operand)
    return found


def _answering(
    group: Collection[str],
    wrong: Iterable[str],
    entered: Mapping[str, Reading],
    readings: Mapping[str, Reading],
    derive: Derive,
) -> str | None:
    """The name under which one 批复数 sets the figure right, and most others with it.

    The same amount may be stated for the whole (支出/合计/基本支出) and for the one fund it came
    from; of names that do as much, the first in the tables. None when none of them is a total.
    """
    best, most = None, 0
    amounts = {readings[name].value for name in group}
    candidates = [name for name in wrong if readings[name].value in amounts]
    for name in candidates:
        trial = derive({**entered, name: readings[name]})
        right = {n for n in candidates if (f := trial.get(n)) and readings[n].agrees(f.amount)}
        if name in trial.used and right & set(group) and len(right) > most:
            best, most = name, len(right)
    return best


def _beyond_rounding(reading: Reading, summed: Figure) -> bool:
    parts = len(summed.source.operands) if isinstance(summed.source, Formula) else 1
    margin = Decimal(0) if reading.in_yuan else rounding_residual(parts)
    return abs(reading.value - summed.value) > margin


def _shown(amount: Decimal | None) -> str:
    return "空" if amount is None else f"{amount.normalize():f}{WAN}"
