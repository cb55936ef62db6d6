"""The pack's wording and the unit's snippets, spoken; the finished text knows its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping

import jinja2

from disclosure.load.sentences import TAGS, Sentences
from disclosure.model.figure import Figure, rounded
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem
from disclosure.model.text import (
    Case,
    FreeWords,
    Mention,
    Snippet,
    Spoken,
    Text,
    UnknownName,
    joined,
)
from disclosure.schema.braces import HOW_TO_WRITE, tags_in, wide_sign
from disclosure.schema.pack import NumberStyle

UNKNOWN = re.compile(
    r"'([^']*)' (?:is undefined|has no attribute '([^']*)')|no (?:attribute|element) '?([^']*)'?$"
)
WAITING = "【待填】"


class Phrasebook:
    """Speaks for one report: the pack's sentences, the unit's 改写 and the names in scope.

    Problems (an unknown tag, a missing case) are gathered in `problems` with the place of the
    wording or snippet, so that one run shows them all; figures printed as 【待填】 in `waiting`.
    `said` (by paragraph key) and `spoken` (by place) tell how each sentence and snippet was printed.
    """

    def __init__(
        self,
        wording: Mapping[str, Snippet | Mapping[str, Snippet]],
        styles: Mapping[str, NumberStyle],
        sentences: Sentences,
        scope: dict[str, object] | None = None,
        rewrites: Mapping[str, Snippet] | None = None,
    ) -> None:
        self.wording = wording
        self.styles = styles
        self.sentences = sentences
        self.scope = {} if scope is None else scope
        self.rewrites = rewrites or {}
        self.rewritten: set[str] = set()
        self.problems: list[Problem] = []
        self.waiting: dict[str, Figure] = {}
        self.keys: set[str] = set()
        self.said: dict[str, Spoken] = {}
        self.spoken: dict[Location, Spoken] = {}
        self._speaking: list[Location] = []

    def say(
        self, sentence: str, case: str | None = None, key: str | None = None, **values: object
    ) -> Text:
        """See :class:`disclosure.model.text.Speaker`."""
        if key is not None:
            self.postpone(key)
            rewrite = self.rewrites.get(key)
            if rewrite and not rewrite.unconfirmed:
                return self._spoken(rewrite.words, rewrite.source, values, True, key)
        words = self.words(sentence, case)
        return self._spoken(words.words, words.source, values, False, key)

    def speak(self, snippet: Snippet, **values: object) -> Text:
        """See :class:`disclosure.model.text.Speaker`. Unconfirmed words show as 【待填】."""
        if snippet.unconfirmed:
            return Text(WAITING)
        return self._spoken(snippet.words, snippet.source, values, True)

    def postpone(self, key: str) -> None:
        """See :class:`disclosure.model.text.Speaker`."""
        self.keys.add(key)
        if key in self.rewrites:
            self.rewritten.add(key)

    def words(self, sentence: str, case: str | None) -> Snippet:
        """The pack's words for a sentence and case; a problem and no words when it has none."""
        entry = self.wording.get(sentence)
        if isinstance(entry, Mapping):
            broader = case.broader if isinstance(case, Case) else ""
            found = entry.get(case or "") or entry.get(broader) or entry.get("其他")
        else:
            found = entry
        return found or self._unsaid(sentence, case)

    def _unsaid(self, sentence: str, case: str | None) -> Snippet:
        """The pack has no words for this; the place is that of the sentence's other cases."""
        entry = self.wording.get(sentence)
        beside = [*entry.values()] if isinstance(entry, Mapping) else []
        listed = [*beside, *(one for one in self.wording.values() if isinstance(one, Snippet))]
        where = Location(listed[0].source.file, listed[0].source.line if beside else None)
        what = f"“{sentence}”" + (f"里没有“{case}”" if beside else "")
        advice = f"补写“{case}”这一行" if beside else f"补写一行“{sentence}: …”"
        if not beside and (near := nearest(sentence, self.wording)):
            advice += f"；名称相近的有“{near}”"
        self.problems.append(Problem(f"单位包缺少说法：{what}。", where, advice))
        return Snippet("", where)

    def show(self, figure: Figure) -> str:
        """See :class:`disclosure.model.text.Speaker`. 未填报 shows as 【待填】."""
        if figure.amount is None:
            self.waiting[figure.id] = figure
            return WAITING
        if figure.style not in self.styles:
            where = Location("pack.yaml", None, "数字格式")
            self.problems.append(Problem(f"没有规定数字格式“{figure.style}”。", where, "补写一行"))
            return WAITING
        return shown(figure, self.styles)

    def _spoken(
        self,
        words: str,
        source: Location,
        values: Mapping[str, object],
        free: bool,
        key: str | None = None,
    ) -> Text:
        if not TAGS.search(words):
            text = Text(words, (), (FreeWords(0, len(words), source),) if free and words else ())
            self._note(Spoken(words, source, ((text, False),), values), free, key)
            return text
        if free and source in self._speaking:
            advice = "删去其中一处引用，直接写文字"
            self.problems.append(Problem("标签引用来引用去，又回到这里。", source, advice))
            return Text(WAITING)
        self._speaking.append(source)
        try:
            pieces = self.sentences.pieces(words, values, self.scope)
        except (
            jinja2.TemplateError,
            UnknownName,
            TypeError,
            LookupError,
            ArithmeticError,
        ) as error:
            self.problems.append(self._fault(error, words, source, values))
            return Text(WAITING)
        finally:
            self._speaking.pop()
        texts = [self._text(piece, source, free) for piece in pieces]
        apart = tuple(
            (text, type(piece) is not str) for text, piece in zip(texts, pieces, strict=True)
        )
        self._note(Spoken(words, source, apart, values), free, key)
        return joined(texts)

    def _note(self, spoken: Spoken, free: bool, key: str | None) -> None:
        if key is not None:
            self.said[key] = spoken
        if free:
            self.spoken[spoken.source] = spoken

    def _text(self, piece: str | Figure | Text, source: Location, free: bool) -> Text:
        if isinstance(piece, Figure):
            text = self.show(piece)
            return Text(text, (Mention(0, len(text), piece),))
        if isinstance(piece, str):
            return Text(piece, (), (FreeWords(0, len(piece), source),) if free else ())
        return piece

    def _fault(
        self, error: Exception, words: str, source: Location, values: Mapping[str, object]
    ) -> Problem:
        known = [*values, *self.scope]
        if isinstance(error, UnknownName):
            advice = f"是不是“{error.near}”？" if error.near else "核对名称，或先填报这个数"
            return Problem(f"没有“{error.asked}”这个数或名称。", source, advice)
        if isinstance(error, jinja2.TemplateSyntaxError):
            return self._unreadable(words, source)
        if not isinstance(error, jinja2.UndefinedError):
            tags = "、".join(tags_in(words))
            return Problem(f"标签不能这样用：“{tags}”。", source, "核对标签里的名称和括号")
        found = UNKNOWN.search(str(error))
        asked = (
            next((part for part in reversed(found.groups()) if part), str(error))
            if found
            else str(error)
        )
        near = nearest(asked, known)
        advice = f"是不是“{near}”？" if near else "核对标签里的名称"
        return Problem(f"标签里的“{asked}”不存在。", source, advice)

    def _unreadable(self, words: str, source: Location) -> Problem:
        """A tag that Jinja cannot read; the first such tag of the text is quoted."""
        tags = tags_in(words)
        tag = next((tag for tag in tags if not self.sentences.is_readable(tag)), words[:40])
        wide = wide_sign(tag)
        advice = f"把全角的“{wide}”改成半角" if wide else HOW_TO_WRITE
        return Problem(f"标签写得不对：“{tag}”。", source, advice)


def shown(figure: Figure, styles: Mapping[str, NumberStyle]) -> str:
    """The figure in its number style: 四舍五入 once, zeros trimmed or filled, sign appended."""
    assert figure.amount is not None
    style = styles[figure.style]
    amount = abs(figure.amount) if style.absolute else figure.amount
    text = f"{rounded(amount, int(style.places.amount)):f}"
    if not style.filled and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + style.sign
