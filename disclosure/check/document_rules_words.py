"""The rules on wording, run on the paragraphs of a file whose content is not at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import cast

from disclosure.check.prose import Hit, Prose
from disclosure.check.rule import Entry, run
from disclosure.check.subject import LONG_NUMBER, Subject
from disclosure.check.wording import WORDING
from disclosure.model.finished import Finished, ReadParagraph
from disclosure.model.place import Location
from disclosure.model.text import FreeWords, Paragraph, Text

ITEM_ENDS = ("；", ";")


@dataclass(frozen=True)
class Words:
    """Paragraphs, all of them somebody's own words, as far as a file can tell."""

    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def prose(self) -> Prose:
        """See :class:`disclosure.check.subject.Subject`."""
        return Prose(self.paragraphs)

    @cached_property
    def long_numbers(self) -> tuple[tuple[Hit, str], ...]:
        """See :class:`disclosure.check.subject.Subject`."""
        return tuple(
            (hit, re.sub("[ -]", "", hit.words).upper())
            for hit in self.prose.hits(LONG_NUMBER)
            if not hit.before[-1:].isdigit()
        )

    def is_typed(self, hit: Hit) -> bool:
        """A file does not say who typed it."""
        return True

    def lacks(self, need: str) -> str:
        """See :class:`disclosure.check.rule.Subject`."""
        return ""


def words_of(file: Finished, paragraphs: Iterable[ReadParagraph]) -> Words:
    """These paragraphs with their places in the file."""
    goes_on = {
        id(one)
        for one, following in pairwise(file.paragraphs)
        if one.words.endswith(ITEM_ENDS) and one.section == following.section
    }
    return Words(tuple(_paragraph(file, one, id(one) in goes_on) for one in paragraphs))


def _paragraph(file: Finished, read: ReadParagraph, goes_on: bool) -> Paragraph:
    place = Location(file.file, None, read.place)
    # An item of a list may end in ；: the sentence goes on in the next paragraph.
    words = f"{read.words[:-1]}。" if goes_on else read.words
    return Paragraph(read.place, Text(words, (), (FreeWords(0, len(words), place),)))


def check_words(words: Words) -> Iterator[Entry]:
    """The ledger of the wording rules: they need no more of a subject than :class:`Words` has."""
    return run(WORDING, cast(Subject, words))
