"""Jinja for sentences: strict, sandboxed, each sentence compiled once; values come out apart.

A printed figure or text leaves a mark in the rendered words; the caller puts the value in its
place and so knows where each figure stands.
"""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER
from types import CodeType

import jinja2
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from disclosure.model.figure import Figure
from disclosure.model.text import Text

OPEN, CLOSE = "\ue000", "\ue001"  # private-use characters, which the reader refuses in content
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
TAGS = re.compile(r"\{\{|\{%|\{#")
DIGEST_SIZE = 16
# marshal refuses neither damaged code nor that of another Python; running it ends the process.
_SEAL = b"|".join([MAGIC_NUMBER, jinja2.__version__.encode(), b""])


class Sentences:
    """Every sentence seen, compiled; `stored` is what an earlier run gave out by `kept`."""

    def __init__(self, stored: bytes | None = None) -> None:
        self.changed = False
        self._code = _code(stored)
        self._templates: dict[str, jinja2.Template] = {}
        self._printed: list[list[Figure | Text]] = []
        self._environment = SandboxedEnvironment(
            undefined=jinja2.StrictUndefined, finalize=self._marked, keep_trailing_newline=True
        )

    def pieces(
        self, words: str, values: Mapping[str, object], scope: dict[str, object]
    ) -> list[str | Figure | Text]:
        """The sentence in pieces: words, and the figures and texts printed between them.

        `scope` are the names of every sentence, `values` those of this one, which come first.
        Raises jinja2.TemplateError for a tag that cannot be read or filled.
        """
        printed: list[Figure | Text] = []
        self._printed.append(printed)
        try:
            # What Template.render does, without copying the scope for every sentence.
            context = Context(self._environment, scope, None, {})
            context.vars.update(values)
            rendered = "".join(self._template(words).root_render_func(context))
        finally:
            self._printed.pop()
        split = MARK.split(rendered)
        return [
            printed[int(piece)] if number % 2 else piece
            for number, piece in enumerate(split)
            if piece
        ]

    def is_readable(self, tag: str) -> bool:
        """Whether one tag by itself can be read."""
        try:
            self._environment.parse(tag)
        except jinja2.TemplateSyntaxError:
            return False
        return True

    def kept(self) -> bytes:
        """The compiled sentences, for `stored` of a later run with the same Python and Jinja."""
        code = marshal.dumps(self._code)
        return _SEAL + _digest(code) + code

    def _template(self, words: str) -> jinja2.Template:
        found = self._templates.get(words)
        if found is None:
            code = self._code.get(words)
            if code is None:
                source = self._environment.compile(words, raw=True)
                code = self._code[words] = compile(source, "<sentence>", "exec")
                self.changed = True
            found = jinja2.Template.from_code(self._environment, code, {})
            self._templates[words] = found
        return found

    def _marked(self, value: object) -> object:
        if not isinstance(value, Figure | Text):
            return value
        printed = self._printed[-1]
        printed.append(value)
        return f"{OPEN}{len(printed) - 1}{CLOSE}"


def _code(stored: bytes | None) -> dict[str, CodeType]:
    """The code in `stored`; nothing when it is damaged or of another version."""
    if not stored or not stored.startswith(_SEAL):
        return {}
    digest, code = stored[len(_SEAL) :][:DIGEST_SIZE], stored[len(_SEAL) + DIGEST_SIZE :]
    if _digest(code) != digest:
        return {}
    kept: dict[str, CodeType] = marshal.loads(code)
    return kept


def _digest(code: bytes) -> bytes:
    return hashlib.blake2b(code, digest_size=DIGEST_SIZE).digest()
