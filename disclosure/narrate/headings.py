"""Headings with their numbers: counted, never typed; how a number looks is the pack's wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosure.model.place import Location
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.voice import Voice, numeral
from disclosure.schema.pack import Heading

LEVELS = ("部分", "节", "目", "小目")


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """A heading ready to print. `level` 1 部分, 2 节, 3 目, 4 小目."""

    key: str
    level: int
    paragraph: Paragraph


def report_headings(voice: Voice) -> list[NumberedHeading]:
    """Headings of the report in document order; the tables' part has one 节 per 公开表."""
    found: list[NumberedHeading] = []
    for number, part in enumerate(voice.layout.parts, 1):
        found.append(_heading(voice, part, 1, number))
        if part.sections == "公开表":
            sections: Sequence[Heading] = [
                Heading.model_construct(
                    key=t.name, title=t.title or t.name, sections=[], items=[], subitems=[]
                )
                for t in voice.layout.tables
            ]
        else:
            sections = list(part.sections)
        found += _below(voice, sections, 2)
    return found


def attachment_headings(voice: Voice, *, overall: bool, where: str) -> list[NumberedHeading]:
    """Headings inside the attachment `where`, in document order."""
    layout = voice.layout.attachments
    return list(_below(voice, layout.overall if overall else layout.project, 2, f"{where}/"))


def _below(
    voice: Voice, headings: Iterable[Heading], level: int, where: str = ""
) -> Iterable[NumberedHeading]:
    for number, heading in enumerate(headings, 1):
        yield _heading(voice, heading, level, number, where)
        below = heading.items if level == 2 else heading.subitems
        yield from _below(voice, below, level + 1, where)


def _heading(
    voice: Voice, heading: Heading, level: int, number: int, where: str = ""
) -> NumberedHeading:
    title = voice.speaker.speak(Snippet(heading.title, Location("pack.yaml")))
    key = str(heading.key)
    text = voice.say(
        "标题",
        LEVELS[level - 1],
        序号=numeral(number),
        数字=number,
        # The pack's words are no words of the unit: drop the mark that snippets carry.
        名称=Text(title.plain, title.mentions),
    )
    return NumberedHeading(key, level, Paragraph(f"{where}标题/{key}", text))
