"""The content as it stands: its build, the texts it prints by key, and builds with a patch."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from disclosure.document import Document, extra_keys
from disclosure.edit.history import HISTORY
from disclosure.model.text import Text
from disclosure.narrate.names import reasons
from disclosure.pipeline import Build, build
from disclosure.pulling.cells import typed_cells
from disclosure.render.printing import bookmark_name


class Standing:
    """One year of a unit as its content says it now."""

    def __init__(
        self,
        unit_dir: Path,
        packs_dir: Path,
        pack_name: str | None,
        year: int,
        cache: Path | None,
    ) -> None:
        self.unit_dir, self.packs_dir, self.pack_name = unit_dir, packs_dir, pack_name
        self.year, self.cache = year, cache
        self.now = build(unit_dir, year, packs_dir, pack_name, cache)
        self.unit = self.now.report.unit.full_name.words
        self.texts = texts_of(self.now.document)
        typed = self.now.report.content.extras
        self.extra_places = {
            name: number
            for key, snippets in (typed.paragraphs if typed else {}).items()
            for number, name in enumerate(extra_keys(key, snippets), 1)
        }
        self.keys = {bookmark_name(key): key for key in self.texts}

    def rebuilt(self, files: Mapping[str, bytes]) -> Build:
        """A build of a copy of the unit with these files."""
        with tempfile.TemporaryDirectory(prefix="pull-") as folder:
            copy = Path(folder) / self.unit_dir.name
            shutil.copytree(self.unit_dir, copy, ignore=shutil.ignore_patterns(HISTORY))
            for name, data in files.items():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(data)
            return build(copy, self.year, self.packs_dir, self.pack_name, self.cache)

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons as printed, by their path."""
        look_up = self.now.phrasebook.scope.get("原因")
        if not callable(look_up):
            return {}
        return {path: look_up(path).plain for path in reasons(self.now.report)}


def texts_of(document: Document) -> dict[str, Text]:
    """Every printed text by the key of its paragraph, headings and typed cells included."""
    headings = [*document.headings, *(h for a in document.attachments for h in a.headings)]
    found = {one.paragraph.key: one.paragraph.text for one in headings}
    found |= typed_cells(document)
    return found | {one.key: one.text for one in document.paragraphs()}
