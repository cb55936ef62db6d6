"""Which paragraph of the edited file is which of ours: by bookmark, then by its words in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from disclosure.changes.tokens import aligned, tokens
from disclosure.model.finished import BODY, HEADING, Finished
from disclosure.pulling.hunks import Hunk, hunks

ALIKE = 0.5  # of the characters two texts share when one is the other, changed


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph outside the tables. `key` is that of the document value, "" without a bookmark.

    `others` are further keys whose bookmarks it holds: paragraphs that were joined to it.
    """

    key: str
    words: str
    place: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The paragraph `key` said `base` and now says `words`; a `joined` one lost its own line."""

    key: str
    base: str
    words: str
    place: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A paragraph typed by hand behind `after` ("" when no paragraph with a key precedes it)."""

    after: str
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Paired:
    """All that differs between our paragraphs and theirs. `moved` keep their words."""

    edited: tuple[Edited, ...]
    added: tuple[Added, ...]
    deleted: tuple[Block, ...]
    moved: tuple[Block, ...]


def blocks_of(finished: Finished, keys: Mapping[str, str]) -> list[Block]:
    """The paragraphs in order; `keys` are paragraph keys by bookmark (it is its own key without).

    A page break at a paragraph's end is a line end in some programs; it is no text.
    """
    found = []
    for one in finished.of(BODY, HEADING):
        known = list(dict.fromkeys(keys.get(mark, mark) for mark in one.marks))
        words = one.words.strip("\n")
        if known or words.strip():
            first, *others = known or [""]
            found.append(Block(first, words, one.place, tuple(others)))
    return found


def paired(base: Sequence[Block], theirs: Sequence[Block]) -> Paired:
    """Compare the paragraphs a build emitted with those of the edited file."""
    base_at = {one.key: number for number, one in enumerate(base) if one.key}
    pairs = _by_bookmark(base, theirs, base_at)
    moved = _out_of_order(pairs)
    steady = {mine: other for mine, other in pairs.items() if mine not in moved}
    joined = {base_at[key] for one in theirs for key in one.others if key in base_at}
    _fill_gaps(base, theirs, steady, {*pairs, *joined}, {*pairs.values()})
    pairs |= steady
    edited: list[Edited] = []
    deleted = [
        one for n, one in enumerate(base) if n not in pairs and n not in joined and one.words
    ]
    for mine, other in sorted(pairs.items()):
        edited += _edits(base, base_at, base[mine], theirs[other])
    gone = [one for one in edited if one.base and not one.words]
    deleted += [Block(one.key, one.base, one.place) for one in gone]
    return Paired(
        tuple(one for one in edited if one.words and (one.words != one.base or one.joined)),
        tuple(_added(theirs, pairs, base)),
        tuple(deleted),
        tuple(base[number] for number in sorted(moved)),
    )


def _by_bookmark(
    base: Sequence[Block], theirs: Sequence[Block], base_at: Mapping[str, int]
) -> dict[int, int]:
    """A copied paragraph may carry its bookmark along: the one most like ours is meant."""
    claims: dict[int, list[int]] = {}
    for number, one in enumerate(theirs):
        if one.key in base_at:
            claims.setdefault(base_at[one.key], []).append(number)
    return {
        mine: max(several, key=lambda n: _likeness(base[mine].words, theirs[n].words))
        for mine, several in claims.items()
    }


def _out_of_order(pairs: Mapping[int, int]) -> set[int]:
    """Paragraphs that stand elsewhere now: those outside the longest run that kept its order."""
    ordered = sorted(pairs.items())
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(ordered):
        at = bisect_left(ends, other)
        before.append(tails[at - 1] if at else -1)
        ends[at : at + 1] = [other]
        tails[at : at + 1] = [number]
    kept = set()
    number = tails[-1] if tails else -1
    while number >= 0:
        kept.add(ordered[number][0])
        number = before[number]
    return set(pairs) - kept


def _fill_gaps(
    base: Sequence[Block],
    theirs: Sequence[Block],
    pairs: dict[int, int],
    taken: set[int],
    taken_there: set[int],
) -> None:
    """Between paragraphs known by bookmark: equal words first, then the likest, in order."""
    fixed = [(-1, -1), *sorted(pairs.items()), (len(base), len(theirs))]
    for (i1, j1), (i2, j2) in pairwise(fixed):
        mine = [n for n in range(i1 + 1, i2) if n not in taken]
        there = [n for n in range(j1 + 1, j2) if n not in taken_there]
        if not mine or not there:
            continue
        for one in aligned([base[n].words for n in mine], [theirs[n].words for n in there]):
            left, right = mine[one.i1 : one.i2], there[one.j1 : one.j2]
            if one.same:
                pairs |= dict(zip(left, right, strict=True))
            else:
                _by_likeness(base, theirs, left, right, pairs)


def _by_likeness(
    base: Sequence[Block],
    theirs: Sequence[Block],
    mine: Sequence[int],
    there: Sequence[int],
    pairs: dict[int, int],
) -> None:
    if len(mine) == len(there) == 1:  # one went, one came: typed anew in the same place
        pairs[mine[0]] = there[0]
        return
    start = 0
    for number in mine:
        likeness = [_likeness(base[number].words, theirs[n].words) for n in there[start:]]
        best = max(likeness, default=0.0)
        if best >= ALIKE:
            at = start + likeness.index(best)
            pairs[number] = there[at]
            start = at + 1


def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _edits(
    base: Sequence[Block], base_at: Mapping[str, int], mine: Block, other: Block
) -> list[Edited]:
    """One paragraph with what it became; one that others were joined to is cut up again."""
    found = []
    parts = [mine, *(base[base_at[key]] for key in other.others if key in base_at)]
    parts.sort(key=lambda one: base_at.get(one.key, -1))
    whole = "".join(part.words for part in parts)
    changes = hunks(whole, other.words)
    start = at = 0
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        end = at + len(part.words)
        stop = len(other.words) if last else _carried_place(end, changes)
        words = other.words[start:stop]
        found.append(Edited(part.key, part.words, words, other.place, joined=bool(number)))
        start, at = stop, end
    return found


def _carried_place(at: int, changes: Sequence[Hunk]) -> int:
    """Where the place `at` of the old text is in the new one."""
    moved = 0
    for one in changes:
        if one.end <= at:
            moved += len(one.new) - (one.end - one.start)
        elif one.start < at:
            moved += max(len(one.new), 0) - (at - one.start)
    return at + moved


def _added(theirs: Sequence[Block], pairs: Mapping[int, int], base: Sequence[Block]) -> list[Added]:
    ours = {other: base[mine] for mine, other in pairs.items()}
    found = []
    after = ""
    for number, one in enumerate(theirs):
        if number in ours:
            last = one.others[-1] if one.others else ours[number].key
            after = last or after
        elif one.words.strip():
            found.append(Added(after, one.words, one.place))
    return found


def distance(base: Sequence[Block], theirs: Sequence[Block]) -> int:
    """How many tokens differ, counted over paragraphs: which build a file stems from."""
    before, after = [one.words for one in base], [one.words for one in theirs]
    count = 0
    for one in aligned(before, after):
        if not one.same:
            old = tokens("\n".join(before[one.i1 : one.i2]))
            new = tokens("\n".join(after[one.j1 : one.j2]))
            count += sum(max(s.i2 - s.i1, s.j2 - s.j1) for s in aligned(old, new) if not s.same)
    return count
