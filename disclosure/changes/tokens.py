"""Text cut so that a change shows whole: numbers, dates and Latin words each in one piece."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A sign belongs to the number unless it joins two (one year-another); a unit (万元, %) stands apart.
NUMBER = r"(?:(?<![\dA-Za-z.])[-+−－])?\d+(?:[,，]\d{3})*(?:\.\d+)?"
DATE = r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}月\d{1,2}日"
LATIN = r"[A-Za-z]+(?:['’\-][A-Za-z]+)*"
_TOKEN = re.compile(rf"{DATE}|{NUMBER}|{LATIN}|\s+|.", re.DOTALL)
_DATE_OR_NUMBER = re.compile(rf"{DATE}|{NUMBER}")
_ONE_WORD = re.compile(r"\w", re.ASCII)

Kind = Literal["same", "old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays, is only in the old text, or only in the new one."""

    kind: Kind
    text: str


def tokens(text: str) -> list[str]:
    """The text in pieces; a Chinese character or a punctuation mark is one."""
    return _TOKEN.findall(text)


def without_numbers(text: str) -> str:
    """The wording alone: every number and date is #."""
    return _DATE_OR_NUMBER.sub("#", text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`old[i1:i2]` became `new[j1:j2]`; `same` when they are equal."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """How one sequence becomes the other, in order. Equal ends are taken off first: cheap."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    most -= head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    end, last = len(old) - tail, len(new) - tail
    # autojunk would take characters that are frequent in a long paragraph for noise
    matcher = SequenceMatcher(None, old[head:end], new[head:last], autojunk=False)
    found = [Stretch(True, 0, head, 0, head)]
    found += [
        Stretch(kind == "equal", i1 + head, i2 + head, j1 + head, j2 + head)
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    found.append(Stretch(True, end, len(old), last, len(new)))
    return [one for one in found if one.i2 > one.i1 or one.j2 > one.j1]


def readable(stretches: Sequence[Stretch], old: Sequence[Hashable]) -> list[Stretch]:
    """A single Chinese character that stays between two changes only makes them hard to read."""
    kept: list[Stretch] = []
    for at, one in enumerate(stretches):
        between = 0 < at < len(stretches) - 1 and one.same and one.i2 - one.i1 == 1
        lone = between and _is_character(old[one.i1])
        if kept and not kept[-1].same and (lone or not one.same):
            last = kept.pop()
            kept.append(Stretch(False, last.i1, one.i2, last.j1, one.j2))
        else:
            kept.append(one)
    return kept


def _is_character(token: Hashable) -> bool:
    return isinstance(token, str) and len(token) == 1 and _ONE_WORD.match(token) is None


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The change of a text for a person to read."""
    return tuple(_pieces(tokens(old), tokens(new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for one in readable(aligned(old, new), old):
        if one.same:
            yield Piece("same", "".join(new[one.j1 : one.j2]))
            continue
        if one.i2 > one.i1:
            yield Piece("old", "".join(old[one.i1 : one.i2]))
        if one.j2 > one.j1:
            yield Piece("new", "".join(new[one.j1 : one.j2]))
