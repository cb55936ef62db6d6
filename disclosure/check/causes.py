"""Findings of one cause shown as one: the likely slip, and the contradictions that follow from it.

One wrong cell makes every sum over it wrong by the same amount, so findings are gathered by their
gap; what is common to them is where the slip is looked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from disclosure.check.finding import Finding, Stated, plain
from disclosure.check.slips import ADDED, LOST, ONE_DIGIT, SIGN, SWAPPED, TIMES, slip
from disclosure.model.figure import WAN
from disclosure.model.place import Level

NOTHING = Decimal(0)
NEIGHBOUR = "抄了别的行的数"
# Which slip to believe where several figures could each be put right by one of them.
RANK = {
    **dict.fromkeys((SIGN, *TIMES.values()), 0),
    SWAPPED: 1,
    NEIGHBOUR: 2,
    LOST: 3,
    ADDED: 3,
    ONE_DIGIT: 4,
}
SHIFTED = 2  # rows in a run that hold their neighbour's amount before it is called a shift


class Slip(NamedTuple):
    """A figure that one slip would put right: which slip, and what it should be."""

    side: Stated
    kind: str
    right: Decimal


def grouped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """One finding for each cause, in the order of the first of them."""
    position = {id(finding): at for at, finding in enumerate(findings)}
    groups = [(group, _as_kin(group)) for group in _of_one_kin(findings)]
    apart = [finding for finding in findings if not finding.kin]
    for cause, rows in _shifts(apart):
        groups.append((rows, replace(rows[0], cause=cause, consequences=tuple(rows[1:]))))
    gone = {id(finding) for group, _ in groups for finding in group}
    for level in Level:
        left = [f for f in apart if f.level is level and id(f) not in gone]
        amounts = [finding for finding in left if _is_money(finding)]
        groups += [(group, _as_one(group)) for group in _of_one_gap(amounts)]
        groups += [([finding], finding) for finding in left if not _is_money(finding)]
    groups.sort(key=lambda each: min(position[id(finding)] for finding in each[0]))
    return tuple(told for _, told in groups)


def _is_money(finding: Finding) -> bool:
    """Whether it comes of comparing two amounts, and not of a rule's own reckoning."""
    compared = finding.margin is not None and bool(finding.gap)
    return compared and finding.found is not None and finding.found.unit == WAN


def _of_one_kin(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    kin: dict[tuple[str, Level, str], list[Finding]] = {}
    for finding in findings:
        if finding.kin:
            kin.setdefault((finding.rule, finding.level, finding.kin), []).append(finding)
    yield from kin.values()


def _of_one_gap(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that are apart by the same amount, give or take what rounding moves."""
    groups: list[list[Finding]] = []
    for finding in sorted(findings, key=lambda f: f.gap or NOTHING):
        last = groups[-1][-1] if groups else None
        if last is not None and _as_far_apart(last, finding):
            groups[-1].append(finding)
        else:
            groups.append([finding])
    return groups


def _as_far_apart(one: Finding, other: Finding) -> bool:
    moved = (one.margin or NOTHING) + (other.margin or NOTHING)
    return abs((one.gap or NOTHING) - (other.gap or NOTHING)) <= moved


def _as_kin(group: list[Finding]) -> Finding:
    """The first finding, the others as its consequences."""
    return replace(group[0], consequences=tuple(group[1:])) if len(group) > 1 else group[0]


def _as_one(group: list[Finding]) -> Finding:
    """The finding that says most about the cause, the others as its consequences."""
    if group[0].level is Level.ROUNDING:
        return _as_kin(group)
    cause, places = likely_cause(group)
    head = next((f for f in group if _touches(f, places)), group[0]) if cause else group[0]
    others = tuple(finding for finding in group if finding is not head)
    return replace(head, cause=cause, consequences=others)


def _touches(finding: Finding, places: frozenset[str]) -> bool:
    return any(_key(side) in places for side in _sides(finding))


def _sides(finding: Finding) -> Iterator[Stated]:
    if finding.found is not None:
        yield finding.found
    if finding.parts:
        yield from finding.parts
    elif finding.expected is not None:
        yield finding.expected


def _key(side: Stated) -> str:
    """What makes two mentions of a figure one: the typed line, else its name."""
    return str(side.place) if side.place else side.where


def likely_cause(group: Sequence[Finding]) -> tuple[str, frozenset[str]]:
    """The likely slip behind findings of one gap, in words, and the lines it may be on."""
    seen: Counter[str] = Counter()
    for finding in group:
        seen.update({_key(side) for side in _sides(finding)})
    told: dict[str, Slip] = {}
    for finding in group:
        for slip_found in _slips_in(finding):
            told.setdefault(_key(slip_found.side), slip_found)
    if not told:
        return "", frozenset()
    often = max(seen[key] for key in told)
    likely = {key: each for key, each in told.items() if seen[key] == often}
    first = min(RANK[each.kind] for each in likely.values())
    named = {key: each for key, each in likely.items() if RANK[each.kind] == first}
    return _named(list(named.values())), frozenset(named)


def _named(slips: list[Slip]) -> str:
    """The slip in words when it can only be on one line, or on one of two that say the same."""
    one, *others = slips
    if not others:
        return f"{one.side}像是{one.kind}，应为 {plain(one.right)}"
    if one.kind == NEIGHBOUR and len({each.side.amount for each in slips}) == 1:
        where = "、".join(each.side.where for each in slips)
        return f"{where}都是 {one.side.shown}，像是有一处{NEIGHBOUR}，应为 {plain(one.right)}"
    return ""


def _slips_in(finding: Finding) -> Iterator[Slip]:
    """Every figure of a finding that one slip would put right, with what it should be."""
    if finding.found is None or finding.expected is None:
        return
    if finding.found.amount is None or finding.expected.amount is None:
        return
    gap = finding.found.amount - finding.expected.amount
    margin = finding.margin or NOTHING
    for side in _sides(finding):
        amount = side.amount
        if not amount:
            continue
        # What is on the left has `gap` too much, what is on the right as much too little.
        near = amount - gap if side is finding.found else amount + gap
        put_right = _put_right(amount, near, margin)
        found = [Slip(side, *put_right)] if put_right else []
        if near and _neighbour(finding, side, near, margin):
            found.append(Slip(side, NEIGHBOUR, near))
        yield from sorted(found, key=lambda each: RANK[each.kind])[:1]


def _put_right(amount: Decimal, near: Decimal, margin: Decimal) -> tuple[str, Decimal] | None:
    """The slip that makes `amount` of a number within the margin of `near`, and that number."""
    step = Decimal(1).scaleb(-2)
    reach = int(margin / step)
    for steps in sorted(range(-reach, reach + 1), key=abs):
        right = near + steps * step
        kind = slip(amount, right)
        if kind:
            return kind, right
    return None


def _neighbour(finding: Finding, side: Stated, near: Decimal, margin: Decimal) -> bool:
    """Whether the figure holds the amount of another row of the same sum."""
    others = [part for part in finding.parts if part is not side and part.amount]
    return any(part.amount == side.amount for part in others) and abs(near) > margin


def _shifts(findings: Iterable[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    """错行: rows of one column that each hold what the row before or after them should hold."""
    columns: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.level is Level.ROUNDING:
            continue
        if finding.found is not None and finding.found.spot and not finding.parts:
            table, _, column = finding.found.spot
            columns.setdefault((finding.rule, table, column), []).append(finding)
    for (_, table, column), rows in columns.items():
        for step, words in ((1, "下移"), (-1, "上移")):
            moved = [at for at in range(len(rows)) if _holds(rows, at, at - step)]
            if len(moved) >= SHIFTED:
                yield f"{table} {column}栏的数像是整体{words}了一行", rows
                break


def _holds(rows: Sequence[Finding], at: int, other: int) -> bool:
    """Whether a row holds what another row should hold."""
    if not 0 <= other < len(rows):
        return False
    found, expected = rows[at].found, rows[other].expected
    return found is not None and expected is not None and found.amount == expected.amount
