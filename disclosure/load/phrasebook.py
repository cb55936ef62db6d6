"""The pack's wording and the unit's snippets, spoken: the only stage that knows Jinja beside Word.

Every printed value leaves a mark, so the finished text knows which figure stands where.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Mapping
from types import CodeType

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from disclosure.model.figure import Figure, rounded
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.model.text import FreeWords, Mention, Snippet, Text, UnknownName, joined
from disclosure.schema.pack import NumberStyle

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
UNKNOWN = re.compile(
    r"'([^']*)' (?:is undefined|has no attribute '([^']*)')|no (?:attribute|element) '?([^']*)'?$"
)
TAGS = re.compile(r"\{\{|\{%|\{#")
WAITING = "【待填】"


class Compiled:
    """Jinja code of every sentence seen, by its source; kept between runs by the caller."""

    def __init__(self, stored: bytes | None = None) -> None:
        self.changed = False
        self._code: dict[str, CodeType] = {}
        if stored:
            try:
                self._code = marshal.loads(stored)
            except (EOFError, ValueError, TypeError):
                self._code = {}

    def code(self, environment: jinja2.Environment, source: str) -> CodeType:
        found = self._code.get(source)
        if found is None:
            found = compile(environment.compile(source, raw=True), "<sentence>", "exec")
            self._code[source] = found
            self.changed = True
        return found

    def stored(self) -> bytes:
        return marshal.dumps(self._code)


class Phrasebook:
    """Speaks for one report: the pack's sentences, the unit's 改写 and the names in scope.

    Problems (an unknown tag, a missing case) are gathered in `problems` with the place of the
    wording or snippet, so that one run shows them all; figures printed as 【待填】 in `waiting`.
    """

    def __init__(
        self,
        wording: Mapping[str, Snippet | Mapping[str, Snippet]],
        styles: Mapping[str, NumberStyle],
        compiled: Compiled,
        scope: Mapping[str, object] | None = None,
        rewrites: Mapping[str, Snippet] | None = None,
    ) -> None:
        self.wording = wording
        self.styles = styles
        self.compiled = compiled
        self.scope = scope or {}
        self.rewrites = rewrites or {}
        self.rewritten: set[str] = set()
        self.problems: list[Problem] = []
        self.waiting: dict[str, Figure] = {}
        self.keys: set[str] = set()
        self._values: list[list[Text]] = []
        self._templates: dict[str, jinja2.Template] = {}
        self._environment = SandboxedEnvironment(
            undefined=jinja2.StrictUndefined, finalize=self._marked, keep_trailing_newline=True
        )

    def for_report(
        self, scope: Mapping[str, object], rewrites: Mapping[str, Snippet]
    ) -> Phrasebook:
        """The same wording with a report's names and rewritten sentences."""
        return Phrasebook(self.wording, self.styles, self.compiled, scope, rewrites)

    def say(
        self, sentence: str, case: str | None = None, key: str | None = None, **values: object
    ) -> Text:
        """See :class:`disclosure.model.text.Speaker`."""
        if key is not None:
            self.keys.add(key)
            if key in self.rewrites:
                self.rewritten.add(key)
                rewrite = self.rewrites[key]
                return self._spoken(rewrite.words, rewrite.source, values, free=False)
        words = self.words(sentence, case)
        return self._spoken(words.words, words.source, values, free=False)

    def speak(self, snippet: Snippet, **values: object) -> Text:
        """See :class:`disclosure.model.text.Speaker`."""
        return self._spoken(snippet.words, snippet.source, values, free=True)

    def words(self, sentence: str, case: str | None) -> Snippet:
        """The pack's words for a sentence and case. Raises DisclosureError when it has none."""
        entry = self.wording.get(sentence)
        found = entry if isinstance(entry, Snippet) else (entry or {}).get(case or "")
        if found is None and isinstance(entry, Mapping):
            found = entry.get("其他")
        if found is None:
            what = f"“{sentence}”" + (f"的“{case}”" if case else "")
            raise DisclosureError(
                Problem(f"单位包的 wording.yaml 里没有{what}的说法。", None, "补写这一句")
            )
        return found

    def show(self, figure: Figure) -> str:
        """See :class:`disclosure.model.text.Speaker`. 未填报 shows as 【待填】."""
        if figure.amount is None:
            self.waiting[figure.id] = figure
            return WAITING
        return shown(figure, self.styles)

    def _spoken(
        self, words: str, source: Location, values: Mapping[str, object], free: bool
    ) -> Text:
        if not TAGS.search(words):
            return Text(words, (), (FreeWords(0, len(words), source),) if free and words else ())
        self._values.append([])
        try:
            template = self._template(words)
            rendered = template.render({**self.scope, **values})
        except (jinja2.TemplateError, UnknownName, TypeError, KeyError) as error:
            self.problems.append(self._fault(error, words, source, values))
            return Text(WAITING)
        finally:
            printed = self._values.pop()
        pieces: list[Text] = []
        for number, piece in enumerate(MARK.split(rendered)):
            if number % 2:
                pieces.append(printed[int(piece)])
            elif piece:
                marks = (FreeWords(0, len(piece), source),) if free else ()
                pieces.append(Text(piece, (), marks))
        return joined(pieces)

    def _template(self, words: str) -> jinja2.Template:
        found = self._templates.get(words)
        if found is None:
            code = self.compiled.code(self._environment, words)
            found = jinja2.Template.from_code(self._environment, code, {})
            self._templates[words] = found
        return found

    def _marked(self, value: object) -> object:
        if isinstance(value, Figure):
            text = self.show(value)
            value = Text(text, (Mention(0, len(text), value),))
        if not isinstance(value, Text):
            return value
        printed = self._values[-1]
        printed.append(value)
        return f"{OPEN}{len(printed) - 1}{CLOSE}"

    def _fault(
        self, error: Exception, words: str, source: Location, values: Mapping[str, object]
    ) -> Problem:
        known = [*values, *self.scope]
        if isinstance(error, UnknownName):
            advice = f"是不是“{error.near}”？" if error.near else "核对名称，或先填报这个数"
            return Problem(f"没有“{error.asked}”这个数或名称。", source, advice)
        if isinstance(error, jinja2.TemplateSyntaxError):
            return Problem(
                f"标签写得不对：{words[:40]}…", source, "标签写成 {{ 名称 }}，前后各两个半角花括号"
            )
        found = UNKNOWN.search(str(error))
        asked = (
            next((part for part in reversed(found.groups()) if part), str(error))
            if found
            else str(error)
        )
        near = nearest(asked, known)
        advice = f"是不是“{near}”？" if near else "核对标签里的名称"
        return Problem(f"标签里的“{asked}”不存在。", source, advice)


def shown(figure: Figure, styles: Mapping[str, NumberStyle]) -> str:
    """The figure in its number style: 四舍五入 once, zeros trimmed or filled, sign appended."""
    assert figure.amount is not None
    style = styles[figure.style]
    amount = abs(figure.amount) if style.absolute else figure.amount
    text = f"{rounded(amount, int(style.places.amount)):f}"
    if not style.filled and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + style.sign


def unknown_style(figure: Figure, styles: Mapping[str, NumberStyle]) -> DisclosureError | None:
    """The error to raise when a pack lacks a number style, None when it has it."""
    if figure.style in styles:
        return None
    return DisclosureError(
        Problem(f"单位包没有规定数字格式“{figure.style}”。", None, "写进 pack.yaml")
    )
