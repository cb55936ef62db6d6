"""What every section needs to speak: the report, the wording, reasons, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from disclosure.derive.comparison import (
    CHANGE,
    CHANGE_RATE,
    SHARE,
    WHOLE,
    Completion,
    Movement,
    completion,
    movement,
)
from disclosure.derive.report import Report
from disclosure.model.figure import Figure, Formula, rounded, rounding_residual
from disclosure.model.place import Location, ToDo
from disclosure.model.text import FreeWords, Mention, Paragraph, Snippet, Speaker, Text, joined
from disclosure.schema.pack import PackLayout
from disclosure.schema.part import ReasonWords

NOTHING = Text("")
NUMERALS = "一二三四五六七八九十"
ENDING = "。；，、 \n"
ENDED = "。！？；：…”】"


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十 (to 99)."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def clause(text: Text) -> Text:
    """The text without a final stop, to stand inside a sentence that has its own."""
    end = len(text.plain.rstrip(ENDING))
    return Text(
        text.plain[:end],
        tuple(mention for mention in text.mentions if mention.end <= end),
        tuple(FreeWords(f.start, min(f.end, end), f.source) for f in text.free if f.start < end),
    )


def sentence(text: Text) -> Text:
    """The text with a final stop, to stand at the end of a paragraph."""
    return text if not text or text.plain[-1] in ENDED else joined([text, Text("。")])


# The file in which a clerk writes what is missing at a place of the document.
WRITTEN_IN = {
    "人员情况": "staff",
    "科目决算": "expenditure",
    "三公": "three_public",
    "收支总体": "reasons",
    "财政拨款总体": "reasons",
    "财政拨款收入": "reasons",
    "一般公共预算总体": "reasons",
    "机关运行经费": "other_notes",
    "国有资产": "state_assets",
    "预算绩效": "performance_notes",
    "结果应用": "performance_notes",
    "名词": "terms",
}


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
        file = self.report.places.get(WRITTEN_IN.get(where.partition("/")[0], ""))
        self.todos.append(
            ToDo(f"{what}待填", where, location or (Location(file) if file else None))
        )
        return self.say("待填", 事项=what)

    def awaited(self, what: str = "") -> Text:
        """【…待填】 for what a content file leaves open; the file's own place is what is to do."""
        return self.say("待填", 事项=what)

    def postponed(self, key: str, what: str) -> Paragraph:
        """A paragraph that tells a result which is not known yet."""
        self.speaker.postpone(key)
        return Paragraph(key, self.awaited(what))

    def words(self, snippet: Snippet | None) -> Text:
        return self.speaker.speak(snippet, **self.local) if snippet else NOTHING

    def reason(
        self,
        given: ReasonWords | None,
        where: str,
        *,
        needed: bool = True,
        location: Location | None = None,
    ) -> Text:
        """The unit's reason as one clause, several points told apart as 一是…；二是….

        Empty when the unit says that none is given (不说明); 【原因待填】 when one is needed, or
        when last year's is not confirmed.
        """
        if given and given.unconfirmed:
            return self.awaited("原因") if needed else NOTHING
        if given and given.words:
            points = [clause(self.words(words)) for words in given.words]
            return points[0] if len(points) == 1 else self.say("因由", 各条=points)
        if (given and given.not_given) or not needed:
            return NOTHING
        return self.missing("原因", where, location)

    def shared_reason(
        self, own: ReasonWords | None, of_another: ReasonWords | None, name: str, other: str
    ) -> ReasonWords | None:
        """The reason for the change of `name`: its own, or that of `other` where both went one way.

        The words written for a decrease do not explain an increase.
        """
        same_way = self.movement(name).direction == self.movement(other).direction
        return own or (of_another if same_way else None)

    def printed(self, figure: Figure | None) -> Decimal | None:
        """The amount with the digits that print; None where it is not known."""
        if figure is None or figure.amount is None:
            return None
        return rounded(figure.amount, int(self.layout.number_styles[figure.style].places.amount))

    def movement(self, name: str) -> Movement:
        """Which case of 增减 the figure `name` is, against the year before."""
        figures = self.report.figures
        return movement(
            self.printed(figures.get(name)),
            self.printed(figures.get(name, figures.year - 1)),
            self.printed(figures.get(name + CHANGE)),
            self.printed(figures.get(name + CHANGE_RATE)),
        )

    def completion(self, final: Figure, budget: Figure, rate: Figure) -> Completion:
        """Which case of 决算数 against its budget this is."""
        return completion(self.printed(final), self.printed(budget), self.printed(rate))

    def share(self, name: str) -> Figure | Text:
        """The share of `name`; told as 1%以下 or 99%以上 where its digits would say nothing or all.

        Not where the two amounts differ by rounding alone.
        """
        share = self.figure(name + SHARE)
        digits = self.printed(share)
        if digits not in (0, WHOLE) or share.amount == digits:
            return share
        part, whole = share.source.operands if isinstance(share.source, Formula) else (share, share)
        if not self.printed(part) or abs(whole.value - part.value) <= rounding_residual(1):
            return share
        step = Decimal(1).scaleb(-int(self.layout.number_styles[share.style].places.amount))
        told = (
            self.say("近似占比", "超过", 界=WHOLE - step)
            if digits
            else self.say("近似占比", "不足", 界=step)
        )
        return Text(told.plain, (Mention(0, len(told.plain), share),))

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
        words = self.reason(given, where, needed=case.explained)
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
