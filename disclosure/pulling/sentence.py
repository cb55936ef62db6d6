"""A typed or worded sentence beside what it printed: where its tags stand in both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from disclosure.model.text import Spoken, Text
from disclosure.pulling.hunks import Hunk
from disclosure.schema.braces import LEFT_OVER, TAG, broken_tag

_MARK = "\ue000"  # a private-use character, which no content may hold


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `raw_start` to `raw_end` of the words printed `start` to `end` of the text.

    `printed` is the text that a tag printed when it was more than a plain word.
    """

    is_tag: bool
    raw_start: int
    raw_end: int
    start: int
    end: int
    printed: Text | None = None


def segments(spoken: Spoken) -> list[Segment] | None:
    """The words cut into literal pieces and tags, each with what it printed.

    None where tags do more than print (an if, a loop), so that places cannot be told.
    """
    texts = [(text.plain, is_value, text) for text, is_value in spoken.pieces]
    reduced = "".join(_MARK if is_value else plain for plain, is_value, _ in texts)
    at = [0, *accumulate(len(plain) for plain, _, _ in texts)]
    places: list[int] = []  # of each character of `reduced`, in the text
    values: list[Text | None] = []
    for number, (plain, is_value, text) in enumerate(texts):
        places += [at[number]] if is_value else range(at[number], at[number + 1])
        values += [text] if is_value else [None] * len(plain)
    places.append(at[-1])
    pieces = list(_cut(spoken.words))
    pattern = "".join(
        f"({_MARK}|[^{_MARK}]*?)" if is_tag else f"({re.escape(spoken.words[start:end])})"
        for is_tag, start, end in pieces
    )
    found = re.fullmatch(pattern, reduced, re.DOTALL)
    if found is None:
        return None
    result = []
    for group, (is_tag, start, end) in enumerate(pieces, 1):
        first, last = found.span(group)
        value = values[first] if last == first + 1 else None
        result.append(Segment(is_tag, start, end, places[first], places[last], value))
    return result


def _cut(words: str) -> Iterable[tuple[bool, int, int]]:
    at = 0
    for tag in TAG.finditer(words):
        yield False, at, tag.start()
        yield True, tag.start(), tag.end()
        at = tag.end()
    yield False, at, len(words)


def literal_at(cut: Iterable[Segment], start: int, end: int) -> Segment | None:
    """The literal piece that holds characters `start` to `end` of the text, a filled one first."""
    found = [s for s in cut if not s.is_tag and s.start <= start and end <= s.end]
    return max(found, key=lambda s: s.end - s.start, default=None)


def raw_place(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """Characters of a literal piece as characters of the words."""
    first = segment.raw_start + start - segment.start
    return first, first + end - start


def escaped(text: str) -> str:
    """Text that a person typed, so that no brace in it is taken for a tag."""
    return LEFT_OVER.sub(lambda sign: f"{{{{ '{sign[0]}' }}}}", text)


def is_readable(words: str) -> bool:
    """Whether every brace belongs to a tag, and there are words at all."""
    return bool(words.strip()) and broken_tag(words) is None


def within(changes: Iterable[Hunk], start: int, end: int) -> list[Hunk]:
    """The changes inside characters `start` to `end`, counted from `start`."""
    return [
        Hunk(one.start - start, one.end - start, one.new)
        for one in changes
        if start <= one.start and one.end <= end
    ]
