"""Jinja for Word: strict, escaped, sandboxed, with nothing but what a template needs.

With the defaults of docxtpl a missing value prints nothing and one "&" silently cuts the document
short; here every value is escaped and a missing one stops the build.
"""

from __future__ import annotations

from functools import cache as once
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from disclosure.render import printing

_FILTERS = ("default", "first", "last", "length")


class MissingName(UndefinedError):
    """`name` is missing; `owner` is the value asked for it, or `missing` for the template's."""

    def __init__(self, owner: object, name: str, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class _Unknown(StrictUndefined):
    """A missing value: any use of it says which name, and whose."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            self._undefined_exception: Any = partial(MissingName, obj, str(name))


class _Generator(CodeGenerator):
    """Prints what `finalize` gives as it is: escaping it once more would spoil it."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        # A constant ({%vmerge '续' %}) folded while compiling would be printed escaped.
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Environment(SandboxedEnvironment):
    """Jinja for Word: a template cannot reach code, and nothing is printed unescaped."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Unknown, finalize=printing.printed)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS} | {
            "block": printing.block,
            "attribute": printing.attribute,
            "vmerge": printing.vmerge,
            "bookmarked": printing.bookmarked,
            "heading": printing.heading,
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`行.名称`: a row is a plain dict, and its keys come before the methods of dict."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


environment = once(_Environment)
