"""What was changed in a sentence: a figure, a year, a direction, a name, other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from disclosure.check.document_rules_vocabulary import DOWNWARD, LESS, MORE, SAME, UPWARD
from disclosure.check.slips import slip

__all__ = ["DIRECTIONS", "DOWNWARD", "REWRITTEN", "UPWARD", "Change", "Kind", "changes", "number"]

DIRECTIONS = (*UPWARD, *DOWNWARD, *SAME)
TELLING = frozenset((*DIRECTIONS, MORE, LESS))
# 多 and 少 say a direction only before a number; in 多个 they are words as any other.
TOKEN = rf"[-－−]?\d+(?:\.\d+)?|{'|'.join(DIRECTIONS)}|[{MORE}{LESS}](?=\d)|[A-Za-z]+|\s+|."
_NUMBER = re.compile(r"[-－−]?\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
UNIT = r"[%％]|个百分点|亿元|万元|[一-鿿]"
AROUND = 10  # characters shown on both sides of a change
REWRITTEN = 6  # changes in one paragraph from which it is told as rewritten


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is needed: a build compares no delivered file."""
    return re.compile(pattern, re.DOTALL)


class Kind(StrEnum):
    """What a change is about, gravest first."""

    YEAR = "年度"
    FIGURE = "数"
    DIRECTION = "增减方向"
    NAME = "名称"
    WORDS = "文字"


@dataclass(frozen=True, slots=True)
class Change:
    """`was` at `start` to `end` of the built words reads `now` in the delivered file."""

    kind: Kind
    was: str
    now: str
    start: int
    end: int
    around: str
    unit: str = ""

    @property
    def amounts(self) -> tuple[Decimal, Decimal] | None:
        """Delivered and built, where both are one number."""
        now, was = number(self.now), number(self.was)
        return None if now is None or was is None else (now, was)

    @property
    def cause(self) -> str:
        """The likely slip, in words; "" when it looks like none."""
        if self.kind is Kind.YEAR and self.amounts:
            now, was = self.amounts
            return "像是上年留下的年度" if now == was - 1 else ""
        if self.kind is Kind.DIRECTION:
            ups = (*UPWARD, MORE)
            opposite = (self.was in ups) != (self.now in ups)
            return "方向说反了" if opposite and self.now in TELLING else ""
        if self.kind is Kind.FIGURE and self.amounts:
            return slip(*self.amounts)
        return ""


def number(words: str) -> Decimal | None:
    """The number that the words are, None when they are not one."""
    plain = words.strip().rstrip("%％").replace("－", "-").replace("−", "-").replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def changes(built: str, read: str, names: Iterable[str] = ()) -> list[Change]:
    """Every change in the order of the text."""
    token = _compiled(TOKEN)
    was, now = token.findall(built), token.findall(read)
    starts = [0]
    for token in was:
        starts.append(starts[-1] + len(token))
    spans = list(_name_spans(built, names))
    found: list[Change] = []
    for tag, b1, b2, r1, r2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _split(was[b1:b2], now[r1:r2], starts[b1], built, read, spans)
    return found


def _split(
    was: list[str], now: list[str], start: int, built: str, read: str, spans: list[tuple[int, int]]
) -> Iterator[Change]:
    """One change for each pair of tokens where they pair up, else one for the whole stretch."""
    pairs = (
        zip(([one] for one in was), ([one] for one in now), strict=True)
        if len(was) == len(now)
        else iter([(was, now)])
    )
    at = start
    run: tuple[list[str], list[str], int] | None = None
    for old, new in pairs:
        if _telling(old) or _telling(new) or len(was) != len(now):
            if run:
                yield _change(*run, built, spans)
                run = None
            yield _change(old, new, at, built, spans)
        elif run:
            run = (run[0] + old, run[1] + new, run[2])
        else:
            run = (list(old), list(new), at)
        at += sum(map(len, old))
    if run:
        yield _change(*run, built, spans)


def _telling(tokens: list[str]) -> bool:
    return any(_NUMBER.fullmatch(token) or token in TELLING for token in tokens)


def _change(
    old: list[str], new: list[str], start: int, built: str, spans: list[tuple[int, int]]
) -> Change:
    was, now = "".join(old), "".join(new)
    end = start + len(was)
    after = built[end:]
    both = [*old, *new]
    if any(_NUMBER.fullmatch(token) for token in both):
        years = [t for t in both if _YEAR.fullmatch(t)]
        kind = Kind.YEAR if years and after.startswith("年") else Kind.FIGURE
    elif any(token in TELLING for token in both):
        kind = Kind.DIRECTION
    elif any(first <= start and end <= last for first, last in spans):
        kind = Kind.NAME
    else:
        kind = Kind.WORDS
    unit = _compiled(UNIT).match(after)
    around = f"{built[max(0, start - AROUND) : start]}{was}{after[:AROUND]}"
    return Change(kind, was, now, start, end, around.replace("\n", " "), unit[0] if unit else "")


def _name_spans(built: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        at = built.find(name) if name else -1
        while at >= 0:
            yield at, at + len(name)
            at = built.find(name, at + 1)
