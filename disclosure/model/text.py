"""Text that remembers which figures and snippets stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from disclosure.model.figure import Figure
from disclosure.model.place import Location


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` of a text show `figure`."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class FreeWords:
    """Characters `start` to `end` of a text are the unit's own words, typed at `source`."""

    start: int
    end: int
    source: Location


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters, with the figures shown and the unit's own words marked by position."""

    plain: str
    mentions: tuple[Mention, ...] = ()
    free: tuple[FreeWords, ...] = ()

    def __str__(self) -> str:
        return self.plain

    def __bool__(self) -> bool:
        return bool(self.plain)


# Stands before words carried over from last year until somebody confirms them.
UNCONFIRMED = "【待核对】"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence or clause typed by the unit; may hold tags that refer to figures."""

    words: str
    source: Location

    @property
    def unconfirmed(self) -> bool:
        """Last year's words, which nobody has confirmed for this year: they are not printed."""
        return self.words.startswith(UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one sentence or snippet came to be printed: its words with tags, and what they gave.

    `pieces` are the printed texts in order, each with whether a tag gave it (a figure, a text) or
    whether it stands in the words (with what a tag for a plain word, such as the year, printed).
    `values` are the names that held only there.
    """

    words: str
    source: Location
    pieces: tuple[tuple[Text, bool], ...]
    values: Mapping[str, object]

    @property
    def plain(self) -> str:
        return "".join(text.plain for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the document. `key` is stable over builds (九/公务接待费); it names the
    bookmark in the Word file and is the handle for 改写."""

    key: str
    text: Text

    @property
    def plain(self) -> str:
        return self.text.plain


def joined(texts: Iterable[Text], separator: str = "") -> Text:
    """One text out of several, marks kept in step."""
    plain: list[str] = []
    mentions: list[Mention] = []
    free: list[FreeWords] = []
    at = 0
    for number, text in enumerate(texts):
        if number and separator:
            plain.append(separator)
            at += len(separator)
        plain.append(text.plain)
        mentions += [Mention(m.start + at, m.end + at, m.figure) for m in text.mentions]
        free += [FreeWords(f.start + at, f.end + at, f.source) for f in text.free]
        at += len(text.plain)
    return Text("".join(plain), tuple(mentions), tuple(free))


class Case(StrEnum):
    """Which words of a sentence are meant; the pack has words for each.

    A pack without words of its own for a rare case uses those of the case it belongs to.
    """

    @property
    def broader(self) -> str:
        """The case this one belongs to, "" where it stands alone."""
        return ""


class UnknownName(Exception):
    """A snippet asks for a figure, indicator or reason that does not exist."""

    def __init__(self, asked: str, near: str | None) -> None:
        super().__init__(asked)
        self.asked = asked
        self.near = near


class Speaker(Protocol):
    """Turns the pack's wording and the unit's snippets into text.

    The stages in the middle are given one; only the edge that loads the pack knows the
    template language behind it.
    """

    def say(
        self, sentence: str, case: str | None = None, key: str | None = None, **values: object
    ) -> Text:
        """The pack's words for `sentence` in `case`; `values` are figures, texts or strings.

        `key` is the paragraph key under which a unit may have 改写 this sentence.
        Raises DisclosureError when the pack has no words for the case or lacks a value.
        """

    def postpone(self, key: str) -> None:
        """The paragraph `key` cannot be said yet, for want of figures; its 改写 is kept for then."""

    def speak(self, snippet: Snippet, **values: object) -> Text:
        """The unit's own words with their figures filled in.

        Raises DisclosureError when the snippet names a figure that does not exist.
        """

    def show(self, figure: Figure) -> str:
        """The figure as the pack prints it, without its unit."""
