"""What came of the changes of one kind, and how it is told."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from disclosure.check.finding import Finding
from disclosure.check.rules import Checked
from disclosure.model.place import Level

Said = frozenset[tuple[str, str, str, tuple[str, ...]]]


def said(checked: Checked) -> Said:
    """All that a clerk is shown: 尾差 and what was acknowledged apart."""
    shown = (one for finding in checked.findings for one in _every(finding))
    return frozenset(
        (one.rule, one.about, one.message, one.figures)
        for one in shown
        if one.level is not Level.ROUNDING
    )


def _every(finding: Finding) -> Iterator[Finding]:
    yield finding
    for consequence in finding.consequences:
        yield from _every(consequence)


@dataclass(frozen=True)
class Silent:
    """A change that nobody reported: what was changed, and why nothing could know."""

    what: str
    why: str = ""
    contradicts: str = ""  # the rules that should have spoken


@dataclass
class Tally:
    """How many changes of one kind were made and reported; `silent` are those nobody noticed."""

    made: int = 0
    reported: int = 0
    silent: list[Silent] = field(default_factory=list)

    def note(self, what: str, *, reported: bool, why: str = "", contradicts: str = "") -> None:
        self.made += 1
        self.reported += reported
        if not reported:
            self.silent.append(Silent(what, why, contradicts))


Tallies = dict[str, Tally]
Item = TypeVar("Item")


def some(found: Sequence[Item], sample: int | None, seed: int) -> Sequence[Item]:
    """All, or `sample` of them, always the same ones."""
    if sample is None or len(found) <= sample:
        return found
    return random.Random(seed).sample(found, sample)


def contradictions(tallies: Tallies) -> int:
    """How many unreported changes contradict a figure of another origin: there should be none."""
    return sum(bool(one.contradicts) for tally in tallies.values() for one in tally.silent)


def told(title: str, tallies: Tallies, *, list_silent: bool = True) -> str:
    """One line for each kind, then what nobody noticed, each with its reason."""
    lines = [title]
    for kind, tally in tallies.items():
        share = 100 * tally.reported / tally.made
        lines.append(
            f"  {kind:<6} 改 {tally.made:4d} 处，报出 {tally.reported:4d} 处，{share:5.1f} %"
        )
    silent: dict[Silent, list[str]] = defaultdict(list)
    for kind, tally in tallies.items():
        for one in tally.silent:
            silent[one].append(kind)
    if silent and list_silent:
        count, wrong = sum(map(len, silent.values())), contradictions(tallies)
        lines.append(f"  没有报出的 {count} 处，其中与另一来源的数矛盾的 {wrong} 处；逐处说明：")
        for one, kinds in silent.items():
            should = f"（应由 {one.contradicts} 报出）" if one.contradicts else ""
            lines.append(f"    {one.what}：{'、'.join(kinds)}。{one.why}{should}")
    return "\n".join(lines)
