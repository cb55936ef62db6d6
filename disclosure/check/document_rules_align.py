"""Which paragraph and row of a delivered file is which of the build's: by bookmark, else by words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from disclosure.model.finished import ReadCell, ReadParagraph

LIKE = 0.5  # from which share of equal characters two paragraphs are one that was edited


class Pair(NamedTuple):
    """A paragraph as built and as delivered; None on the side where it is missing."""

    built: ReadParagraph | None
    read: ReadParagraph | None
    moved: bool = False


def settled(words: str) -> str:
    """The words as compared: without what another program writes otherwise and no reader sees."""
    return words.replace("\xa0", " ").strip()


def aligned(built: Sequence[ReadParagraph], read: Sequence[ReadParagraph]) -> list[Pair]:
    """Every paragraph of both sides once, in the order built, then what was added."""
    places = _by_mark(built, read)
    places |= _by_words(built, read, places)
    places |= _by_likeness(built, read, places)
    kept = _in_order([places[at] for at in sorted(places)])
    pairs = [
        Pair(one, read[places[at]], places[at] not in kept) if at in places else Pair(one, None)
        for at, one in enumerate(built)
    ]
    taken = set(places.values())
    return pairs + [Pair(None, one) for at, one in enumerate(read) if at not in taken]


def _by_mark(built: Sequence[ReadParagraph], read: Sequence[ReadParagraph]) -> dict[int, int]:
    marked: dict[str, int] = {}
    for at, paragraph in enumerate(read):
        for mark in paragraph.marks[:1]:
            marked.setdefault(mark, at)
    found = {}
    for at, paragraph in enumerate(built):
        place = next((marked[mark] for mark in paragraph.marks if mark in marked), None)
        if place is not None:
            found[at] = place
    return found


def _left(number: int, taken: Sequence[int]) -> list[int]:
    used = set(taken)
    return [at for at in range(number) if at not in used]


def _by_words(
    built: Sequence[ReadParagraph], read: Sequence[ReadParagraph], places: dict[int, int]
) -> dict[int, int]:
    left = _left(len(built), [*places])
    open_places = _left(len(read), [*places.values()])
    matcher = SequenceMatcher(
        None,
        [settled(built[at].words) for at in left],
        [settled(read[at].words) for at in open_places],
        autojunk=False,
    )
    return {
        left[block.a + n]: open_places[block.b + n]
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
    }


def _by_likeness(
    built: Sequence[ReadParagraph], read: Sequence[ReadParagraph], places: dict[int, int]
) -> dict[int, int]:
    open_places = _left(len(read), [*places.values()])
    found: dict[int, int] = {}
    for at in _left(len(built), [*places]):
        matcher = SequenceMatcher(None, "", settled(built[at].words), autojunk=False)
        best, likeness = -1, LIKE
        for place in open_places:
            matcher.set_seq1(settled(read[place].words))
            if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
                ratio = matcher.ratio()
                if ratio > likeness:
                    best, likeness = place, ratio
        if best >= 0:
            found[at] = best
            open_places.remove(best)
    return found


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest run of places that still stand in the order built; the others were moved."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for place in places:
        at = bisect_left(ends, place)
        chain = [*(chains[at - 1] if at else []), place]
        if at == len(ends):
            ends.append(place)
            chains.append(chain)
        else:
            ends[at], chains[at] = place, chain
    return set(chains[-1]) if chains else set()


Row = tuple[ReadCell, ...]


def aligned_rows(built: Sequence[Row], read: Sequence[Row]) -> list[tuple[int | None, int | None]]:
    """Rows by place where both tables are as long, else by what stands in them."""
    if len(built) == len(read):
        return [(at, at) for at in range(len(built))]
    matcher = SequenceMatcher(None, [_name(r) for r in built], [_name(r) for r in read], False)
    found: list[tuple[int | None, int | None]] = []
    for tag, b1, b2, r1, r2 in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and b2 - b1 == r2 - r1):
            found += list(zip(range(b1, b2), range(r1, r2), strict=True))
        else:
            found += [(at, None) for at in range(b1, b2)]
            found += [(None, at) for at in range(r1, r2)]
    return found


def _name(row: Row) -> str:
    """What tells a row from others: the words of its first two cells."""
    return "/".join(settled(cell.words) for cell in row[:2])
