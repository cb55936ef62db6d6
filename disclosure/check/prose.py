"""All the report's words as one string, so that a search runs over them once, in C.

Paragraphs that say the same in the same typed words (the remarks under every attachment) stand in
it once. The words that the unit typed stand in a second string of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from disclosure.model.place import Location
from disclosure.model.text import Paragraph

BETWEEN = "\n"  # stands between two paragraphs; no pattern reaches over it
TAG = re.compile(r"\{[{%].*?[%}]\}")  # {{ … }} and {% … %} of a snippet
DIGITS = re.compile(r"\d[\d,.]*")
HALF_WIDTH = ",;:?!()"
FULL_WIDTH = "".join(
    chr(code)
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0xFF05, 0xFF05))
    for code in range(first, last + 1)
)
BLANKS = "XＸ×xｘ*＊○_"
CHOICE = "（(／/"  # between two words of which one was to be chosen
SIGNS = re.compile(f"[{re.escape(HALF_WIDTH + FULL_WIDTH + BLANKS + CHOICE)}{{}}｛｝]")
AROUND = 12  # characters shown on both sides of what was found


def typed_at(paragraph: Paragraph, place: int) -> Location | None:
    """Where the words at a place of a paragraph were typed; None where the pack's wording stands."""
    for free in paragraph.text.free:
        if free.start <= place < free.end:
            return free.source
    return None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: characters `start` to `end` of a paragraph."""

    paragraph: Paragraph
    start: int
    end: int
    match: re.Match[str]

    @property
    def words(self) -> str:
        return self.match.group()

    @property
    def source(self) -> Location | None:
        """Where these words were typed; None where the pack's wording says them."""
        return typed_at(self.paragraph, self.start)

    @property
    def about(self) -> str:
        """The place as an acknowledgement names it: file and key, or the paragraph's key."""
        source = self.source
        return about(source) if source else self.paragraph.key

    @property
    def before(self) -> str:
        """The words of the same paragraph that lead up to it."""
        return self.paragraph.text.plain[: self.start]

    @property
    def after(self) -> str:
        return self.paragraph.text.plain[self.end :]

    def left(self, count: int) -> str:
        """The last characters before it."""
        return self.paragraph.text.plain[max(0, self.start - count) : self.start]

    def right(self, count: int) -> str:
        """The next characters after it."""
        return self.paragraph.text.plain[self.end : self.end + count]

    @property
    def around(self) -> str:
        """What was found with a few characters on both sides, on one line."""
        cut = self.paragraph.text.plain[max(0, self.start - AROUND) : self.end + AROUND]
        return cut.replace("\n", " ").strip()


def about(source: Location) -> str:
    """A typed place without unit, year and line: performance/02_x.yaml 改进措施."""
    file = "/".join(part for part in source.file.split("/")[1:] if not part.isdigit())
    return f"{file} {source.path}".strip()


class Joined:
    """Pieces of paragraphs, one after another in one string."""

    def __init__(self, pieces: Iterable[tuple[Paragraph, int, str]]) -> None:
        self._pieces = tuple(pieces)
        self.text = BETWEEN.join(words for _, _, words in self._pieces)
        ends = (len(words) + len(BETWEEN) for _, _, words in self._pieces)
        self._starts = list(accumulate(ends, initial=0))

    def hits(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every place that matches, in order."""
        return map(self.hit, pattern.finditer(self.text))

    def hit(self, match: re.Match[str]) -> Hit:
        """The paragraph and place of a match."""
        paragraph, start, _ = self.at(match.start())
        return Hit(paragraph, start, start + match.end() - match.start(), match)

    def at(self, place: int) -> tuple[Paragraph, int, Location | None]:
        """The paragraph at a place of the whole, the place in it, and where that was typed."""
        number = bisect_right(self._starts, place) - 1
        paragraph, offset, _ = self._pieces[number]
        start = place - self._starts[number] + offset
        return paragraph, start, typed_at(paragraph, start)


class Prose:
    """The words of some paragraphs; `in` and the searches look at all of them at once."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        unique: dict[tuple[str, int], Paragraph] = {}
        for paragraph in paragraphs:
            text = paragraph.text
            unique.setdefault((text.plain, id(text.free[0].source) if text.free else 0), paragraph)
        self.paragraphs = tuple(unique.values())
        self._all = Joined((paragraph, 0, paragraph.text.plain) for paragraph in self.paragraphs)

    def __contains__(self, words: str) -> bool:
        return words in self._all.text

    def __len__(self) -> int:
        return len(self.paragraphs)

    @cached_property
    def typed(self) -> Joined:
        """The unit's own words alone, in which a number was typed or came out of a tag as words."""
        return Joined(
            (paragraph, free.start, paragraph.text.plain[free.start : free.end])
            for paragraph in self.paragraphs
            for free in paragraph.text.free
        )

    @cached_property
    def numbers(self) -> tuple[tuple[int, int], ...]:
        """Start and end of every run of digits in the typed words."""
        return tuple(match.span() for match in DIGITS.finditer(self.typed.text))

    def typed_numbers(self, pattern: re.Pattern[str], shortest: int = 1) -> Iterator[re.Match[str]]:
        """Matches at runs of digits in the typed words; `typed.hit` tells where one stands."""
        text, reached = self.typed.text, 0
        for start, end in self.numbers:
            if end - start >= shortest and start >= reached:
                match = pattern.match(text, start)
                if match:
                    reached = match.end()
                    yield match

    @cached_property
    def _signs(self) -> dict[str, list[int]]:
        """Where each of the signs stands that clean text has few of."""
        found: dict[str, list[int]] = {}
        for match in SIGNS.finditer(self._all.text):
            found.setdefault(match.group(), []).append(match.start())
        return found

    def hits_at(self, pattern: re.Pattern[str], signs: str) -> Iterator[Hit]:
        """Places that match a pattern which begins with one of `signs` (a part of SIGNS)."""
        reached = 0
        for start in sorted(at for sign in signs for at in self._signs.get(sign, ())):
            match = pattern.match(self._all.text, start) if start >= reached else None
            if match:
                reached = match.end()
                yield self._all.hit(match)

    def hits(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every place that matches, in order."""
        return self._all.hits(pattern)
