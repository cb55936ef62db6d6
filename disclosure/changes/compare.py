"""What changed from one state of a report to another: figures, sentences, cells, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from disclosure.changes.tokens import aligned, without_numbers
from disclosure.changes.told import Told, ToldText
from disclosure.check.finding import plain
from disclosure.check.reasons import (
    reasons_match_direction,
    reasons_match_size,
    reasons_speak_the_same_way,
    staff_changes_explain_the_direction,
)

Turn = Literal["方向", "措辞", "数字"]
# One figure as lineage.json has it: 数, 单位, 来源 or 算式 and 由, 印在.
Entry = Mapping[str, Any]

STALE = frozenset(
    one.id
    for one in (
        reasons_match_direction,
        reasons_match_size,
        reasons_speak_the_same_way,
        staff_changes_explain_the_direction,
    )
)
DIRECTION = re.compile(
    "增加|增长|减少|下降|上升|降低|提高|持平|不变|无变化|大于|小于|等于|高于|低于|超过|节约"
)
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
_UNREPORTED, _ABSENT = "未填报", "（无）"


@dataclass(frozen=True)
class State:
    """A document with what is known beside it; figures and findings are empty for a bare file."""

    told: Told
    figures: Mapping[str, Entry]
    findings: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FigureChange:
    """A figure that is another now. `source` is the line it was typed on, or its formula;
    `because` the typed figures that moved it; `places` where it is printed."""

    name: str
    old: str
    new: str
    source: str
    because: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def is_typed(self) -> bool:
        return not self.because


@dataclass(frozen=True)
class SentenceChange:
    """A sentence that reads otherwise now. `turn`: its direction, its wording, or only figures."""

    where: str
    old: str
    new: str
    turn: Turn


@dataclass(frozen=True)
class CellChange:
    """A table cell that prints something else now."""

    table: str
    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Presence:
    """Something that came or went: 附件, 表, 行, 段落, 图."""

    kind: str
    where: str
    words: str
    added: bool


@dataclass(frozen=True)
class Changes:
    """Everything that is different."""

    figures: tuple[FigureChange, ...]
    sentences: tuple[SentenceChange, ...]
    stale: tuple[str, ...]
    presence: tuple[Presence, ...]
    cells: tuple[CellChange, ...]
    charts: tuple[SentenceChange, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.words)

    @property
    def words(self) -> int:
        """How many places of the document read otherwise."""
        return sum(map(len, (self.sentences, self.presence, self.cells, self.charts)))

    @property
    def turned(self) -> tuple[SentenceChange, ...]:
        """Sentences of which more than figures changed."""
        return tuple(one for one in self.sentences if one.turn != "数字")


def compare(old: State, new: State) -> Changes:
    """From `old` to `new`."""
    before, after = settled_keys(old.told, new.told)
    return Changes(
        tuple(_figures(old.figures, new.figures)),
        tuple(_sentences(before.texts, after.texts)),
        tuple(_stale(old.findings, new.findings)),
        tuple(_presence(before, after)),
        tuple(_cells(before, after)),
        tuple(_texts(before.charts, after.charts)),
    )


# ------------------------------------------------------------------ figures


def _figures(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[FigureChange]:
    """Typed figures first, then what follows from them; what is nowhere printed only if typed."""
    if not old or not new:
        return
    found = [
        one
        for name in [*new, *(n for n in old if n not in new)]
        if (one := _figure(name, old, new))
    ]
    yield from sorted(found, key=lambda one: not one.is_typed)


def _figure(name: str, old: Mapping[str, Entry], new: Mapping[str, Entry]) -> FigureChange | None:
    before, after = old.get(name), new.get(name)
    known = after or before
    assert known is not None
    if "即" in known or (before and after and before["数"] == after["数"]):
        return None
    here = after or {"数": None}
    was = before or {"数": None}
    if here["数"] == was["数"]:
        return None
    places = _places(after) or _places(before)
    if "算式" not in known:
        place = known["来源"]
        line = f" 第{place['行']}行" if place["行"] else ""
        return FigureChange(
            name, _shown(before), _shown(after), f"{place['文件']}{line}", (), places
        )
    if not places or _printed_as(before) == _printed_as(after) != "":
        return None
    because = tuple(_moved_by(name, old, new, set())) or ("程序",)
    return FigureChange(name, _shown(before), _shown(after), f"= {known['算式']}", because, places)


def _moved_by(
    name: str, old: Mapping[str, Entry], new: Mapping[str, Entry], seen: set[str]
) -> Iterator[str]:
    """The typed figures below a derived one that are others now."""
    if name in seen:
        return
    seen.add(name)
    before, after = old.get(name, {}), new.get(name, {})
    operands = dict.fromkeys([*after.get("由", ()), *before.get("由", ())])
    for operand in operands:
        yield from _moved_by(operand, old, new, seen)
    if not operands and before.get("数") != after.get("数"):
        yield name


def _places(entry: Entry | None) -> tuple[str, ...]:
    return tuple(f"{one['类']} {one['处']}" for one in (entry or {}).get("印在", ()))


def _printed_as(entry: Entry | None) -> str:
    return "、".join(dict.fromkeys(one["印作"] for one in (entry or {}).get("印在", ())))


def _shown(entry: Entry | None) -> str:
    """As it is printed; where it is not printed, its exact amount."""
    if entry is None:
        return _ABSENT
    if entry["数"] is None:
        return _UNREPORTED
    unit = entry["单位"]
    words = next((one["印作"] for one in entry.get("印在", ())), None)
    if words is None:
        words = plain(round(Decimal(entry["数"]), 6))
    return str(words) if words.endswith(unit) else f"{words}{unit}"


# ------------------------------------------------------------------ words


def _sentences(
    old: Mapping[str, ToldText], new: Mapping[str, ToldText]
) -> Iterator[SentenceChange]:
    for one in _texts(old, new):
        yield from _changed_sentences(one)


def settled_keys(old: Told, new: Told) -> tuple[Told, Told]:
    """Both with equal texts of a counted key (主要职责/3) under one key.

    A paragraph that is new in the middle must not make changes of all that follow.
    """
    families: dict[str, tuple[list[str], list[str]]] = {}
    for side, told in enumerate((old, new)):
        for key in told.texts:
            if key.rpartition("/")[2].isdecimal():
                families.setdefault(key.rpartition("/")[0], ([], []))[side].append(key)
    before, after = dict(old.texts), dict(new.texts)
    for name, (left, right) in families.items():
        if len(left) != len(right):
            _count_anew(name, left, before)
            _count_anew(name, right, after)
    return replace(old, texts=before), replace(new, texts=after)


def _count_anew(name: str, keys: Sequence[str], texts: dict[str, ToldText]) -> None:
    """Under its words instead of its number, numerals apart."""
    for key in keys:
        text = texts.pop(key)
        words = without_numbers(text.words)
        new, number = f"{name}/{words}", 1
        while new in texts:
            number += 1
            new = f"{name}/{words}#{number}"
        texts[new] = text


def _texts(old: Mapping[str, ToldText], new: Mapping[str, ToldText]) -> Iterator[SentenceChange]:
    """Whole texts under the same key that read otherwise."""
    for key, after in new.items():
        before = old.get(key)
        if before is not None and before.words != after.words:
            yield SentenceChange(
                after.where, before.words, after.words, turn_of(before.words, after.words)
            )


def _changed_sentences(one: SentenceChange) -> Iterator[SentenceChange]:
    before, after = _SENTENCE.findall(one.old), _SENTENCE.findall(one.new)
    for stretch in aligned(before, after):
        if not stretch.same:
            was = "".join(before[stretch.i1 : stretch.i2])
            now = "".join(after[stretch.j1 : stretch.j2])
            yield SentenceChange(one.where, was, now, turn_of(was, now))


def turn_of(old: str, new: str) -> Turn:
    """Whether a text speaks of another direction, in other words, or only of other figures."""
    if without_numbers(old) == without_numbers(new):
        return "数字"
    return "方向" if DIRECTION.findall(old) != DIRECTION.findall(new) else "措辞"


def _stale(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Reasons that do not explain the figures any more, and did before."""
    before = {(one["rule"], one["about"]) for one in _reasons(old)}
    for one in _reasons(new):
        if (one["rule"], one["about"]) not in before:
            at = f"（{one['location']}）" if one["location"] else ""
            yield f"{one['message']}{at}"


def _reasons(findings: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in findings:
        if one["rule"] in STALE:
            yield one
        yield from _reasons(one["consequences"])


# ------------------------------------------------------------------ tables and parts


def _presence(old: Told, new: Told) -> Iterator[Presence]:
    for added, here, there in ((True, new, old), (False, old, new)):
        for key, name in here.attachments.items():
            if key not in there.attachments:
                yield Presence("附件", name, "", added)
        for key, table in here.tables.items():
            other = there.tables.get(key)
            if other is None:
                yield Presence("表", table.title, "", added)
                continue
            for row, cells in table.rows.items():
                if row not in other.rows:
                    words = " ".join(filter(None, cells.values()))
                    yield Presence("表格行", f"{table.title} {row}", words, added)
        for key, chart in here.charts.items():
            if key not in there.charts:
                yield Presence("图", chart.where, chart.words, added)
        for key, text in here.texts.items():
            if key not in there.texts:
                yield Presence("段落", text.where, text.words, added)


def _cells(old: Told, new: Told) -> Iterator[CellChange]:
    for key, table in new.tables.items():
        before = old.tables[key].rows if key in old.tables else {}
        for row, cells in table.rows.items():
            was = before.get(row)
            if was is None:
                continue
            for column in [*cells, *(c for c in was if c not in cells)]:
                one, other = was.get(column, ""), cells.get(column, "")
                if one != other:
                    yield CellChange(table.title, row, column, one, other)
