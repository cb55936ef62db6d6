"""What every section needs to speak: the report, the wording, reasons, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from disclosure.derive.comparison import CHANGE, CHANGE_RATE, Completion, Movement, movement
from disclosure.derive.report import Report
from disclosure.model.figure import Figure
from disclosure.model.place import Location, ToDo
from disclosure.model.text import Paragraph, Snippet, Speaker, Text, joined
from disclosure.schema.content import ReasonWords
from disclosure.schema.pack import PackLayout

NOTHING = Text("")
NUMERALS = "一二三四五六七八九十"

EXPLAINED = frozenset(
    {
        Movement.UP,
        Movement.DOWN,
        Movement.TINY_UP,
        Movement.TINY_DOWN,
        Movement.FROM_ZERO,
        Movement.TO_ZERO,
    }
)
DIRECTION = {
    Movement.UP: "增加",
    Movement.TINY_UP: "增加",
    Movement.FROM_ZERO: "增加",
    Movement.DOWN: "减少",
    Movement.TINY_DOWN: "减少",
    Movement.TO_ZERO: "减少",
    Movement.SAME: "持平",
    Movement.BOTH_ZERO: "持平",
}


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十 (to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


@dataclass
class Voice:
    """Speaks for one report and notes what is still to be written."""

    report: Report
    layout: PackLayout
    speaker: Speaker
    todos: list[ToDo] = field(default_factory=list)
    local: Mapping[str, Any] = field(default_factory=dict)

    def within(self, **local: object) -> Voice:
        """The same voice with names that hold only here (本项目 in a project's own words)."""
        return replace(self, local={**self.local, **local})

    def say(
        self, sentence: str, case: str | None = None, key: str | None = None, **values: Any
    ) -> Text:
        return self.speaker.say(sentence, case, key, **{**self.local, **values})

    def paragraph(
        self, key: str, sentence: str | None = None, case: str | None = None, **values: object
    ) -> Paragraph:
        """A generated paragraph; the sentence is named like its key unless told otherwise."""
        return Paragraph(key, self.say(sentence or key, case, key, **values))

    def own(self, key: str, snippet: Snippet | None, what: str) -> Paragraph:
        """A paragraph in the unit's own words; missing ones show as 【…待填】."""
        if snippet is None:
            return Paragraph(key, self.missing(what, key))
        return Paragraph(key, self.speaker.speak(snippet, **self.local))

    def all_own(self, key: str, snippets: Iterable[Snippet]) -> list[Paragraph]:
        return [
            Paragraph(f"{key}/{number}", self.speaker.speak(snippet, **self.local))
            for number, snippet in enumerate(snippets, 1)
        ]

    def missing(self, what: str, where: str, location: Location | None = None) -> Text:
        self.todos.append(ToDo(f"{what}待填", where, location))
        return self.say("待填", 事项=what)

    def words(self, snippet: Snippet | None) -> Text:
        return self.speaker.speak(snippet, **self.local) if snippet else NOTHING

    def reason(self, given: ReasonWords | None, where: str, *, needed: bool = True) -> Text:
        """The unit's reason as one clause, several points told apart as 一是…；二是….

        Empty when the unit says that none is given (不说明); 【原因待填】 when one is needed.
        """
        if given and given.words:
            points = [self.speaker.speak(words, **self.local) for words in given.words]
            return points[0] if len(points) == 1 else self.say("因由", 各条=points)
        if (given and given.not_given) or not needed:
            return NOTHING
        return self.missing("原因", where)

    def movement(self, name: str) -> Movement:
        """Which case of 增减 the figure `name` is, against the year before."""
        rate = self.report.figures.get(name + CHANGE_RATE)
        shown = self.speaker.show(rate) if rate is not None and rate.amount is not None else ""
        return movement(self.report.figures, name, shown)

    def change(self, sentence: str, name: str, **values: Any) -> Text:
        """`sentence` for the change of `name` against last year."""
        return self.say(sentence, self.movement(name), **self.change_values(name), **values)

    def change_values(self, name: str) -> dict[str, Any]:
        figures = self.report.figures
        values: dict[str, Any] = {}
        for tag, suffix in (("差额", CHANGE), ("幅度", CHANGE_RATE)):
            figure = figures.get(name + suffix)
            if figure is not None:
                values[tag] = figure
        return values

    def change_reason(
        self, sentence: str, name: str, given: ReasonWords | None, where: str
    ) -> Text:
        """The reason clause for a change; nothing where nothing changed and none was given."""
        case = self.movement(name)
        words = self.reason(given, where, needed=case in EXPLAINED)
        return self.say(sentence, case, 原因=words) if words else NOTHING

    def listed(self, texts: Sequence[Text | str], separator: str = "、") -> Text:
        return joined([t if isinstance(t, Text) else Text(t) for t in texts], separator)

    def completed(self, rate_name: str, case: Completion, budget_name: str) -> Text:
        """，完成年初预算的110%: nothing where there is no rate."""
        rate = self.report.figures[rate_name]
        if rate.amount is None:
            return NOTHING
        return self.say("完成预算", case, 完成率=rate, 预算名=budget_name)

    def figure(self, name: str) -> Figure:
        return self.report.figures[name]
