"""How one text became another, character by character, and the same change upon a third text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from disclosure.changes.tokens import aligned, tokens


@dataclass(frozen=True, slots=True, order=True)
class Hunk:
    """Characters `start` to `end` of a text became `new`."""

    start: int
    end: int
    new: str


def hunks(old: str, new: str) -> list[Hunk]:
    """The changes in order. Numbers, dates and Latin words change as a whole."""
    before, after = tokens(old), tokens(new)
    at = [0, *accumulate(map(len, before))]
    return [
        Hunk(at[one.i1], at[one.i2], "".join(after[one.j1 : one.j2]))
        for one in aligned(before, after)
        if not one.same
    ]


def applied(text: str, changes: Iterable[Hunk]) -> str:
    """The text with the changes made."""
    for one in sorted(changes, reverse=True):
        text = text[: one.start] + one.new + text[one.end :]
    return text


def carried(base: str, changes: Sequence[Hunk], now: str) -> tuple[list[Hunk], list[Hunk]]:
    """Changes of `base` as changes of `now`, which came from `base` by changes of its own.

    Gives those that fit, and those that collide with what changed there (in places of `base`).
    What both did alike is left out.
    """
    if base == now:
        return list(changes), []
    own = hunks(base, now)
    fit: list[Hunk] = []
    collided: list[Hunk] = []
    for one in changes:
        if one in own:
            continue
        if any(_meet(one, other) for other in own):
            collided.append(one)
            continue
        moved = sum(len(o.new) - (o.end - o.start) for o in own if o.end <= one.start)
        fit.append(Hunk(one.start + moved, one.end + moved, one.new))
    return fit, collided


def _meet(one: Hunk, other: Hunk) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def shown(text: str, one: Hunk, around: int = 12) -> Iterator[str]:
    """The place before and after, with a few characters around it, for a person to find it."""
    left = text[max(0, one.start - around) : one.start]
    right = text[one.end : one.end + around]
    yield f"{left}{text[one.start : one.end]}{right}"
    yield f"{left}{one.new}{right}"
