"""What laying out gives a build, and what it cannot give: the .docx are delivered either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure.model.place import DisclosureError, Problem

if TYPE_CHECKING:
    from disclosure.layout.typesetter import Engine, Pdf, Typesetter, Write

_NUMBERS, _PDF = "目录没有页码", "没有 PDF"
_NOT_WANTED = Problem("这次没有排版。", None, "要页码时，不加 --no-layout 再运行一次")


@dataclass
class Outcome:
    """One build's layout: `engine` is what did it, `lacking` why something was left out."""

    typesetter: Typesetter | None
    engine: Engine | None = None
    lacking: dict[Problem, list[str]] = field(default_factory=dict)

    def numbered(self, write: Write) -> bytes:
        """The .docx with page numbers in its contents page, or without any."""
        if self.typesetter is None:
            self.lacking[_NOT_WANTED] = [_NUMBERS]
            return write(None)
        try:
            made = self.typesetter.numbered(write)
        except DisclosureError as error:
            self._lacks(_NUMBERS, error)
            return write(None)
        self.engine = made.engine
        return made.docx

    def pdfs(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """The PDF of each .docx; of none when they cannot be made."""
        if self.typesetter is None:
            self.lacking.setdefault(_NOT_WANTED, []).append(_PDF)
            return {}
        try:
            made = self.typesetter.pdfs(documents)
        except DisclosureError as error:
            self._lacks(_PDF, error)
            return {}
        self.engine = next((pdf.engine for pdf in made.values()), self.engine)
        return made

    def _lacks(self, what: str, error: DisclosureError) -> None:
        for problem in error.problems:
            self.lacking.setdefault(problem, []).append(what)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is missing in the products, and how to get it."""
        return tuple(
            Problem(f"{'，'.join(what)}：{why.message}", None, why.advice, stops=True)
            for why, what in self.lacking.items()
        )
