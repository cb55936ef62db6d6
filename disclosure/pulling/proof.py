"""The proof of a patch: built again with it, the document says what was typed in Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from disclosure.document import ADDED
from disclosure.model.place import DisclosureError
from disclosure.products import Product
from disclosure.pulling.edits import Change, Edits
from disclosure.pulling.pairing import Block, blocks_of, paired
from disclosure.pulling.patching import patch_of
from disclosure.pulling.standing import Standing, texts_of
from disclosure.pulling.writing import Patch, bytes_of, patched
from disclosure.readback.reader import read_docx
from disclosure.render.printing import bookmark_name


@dataclass(frozen=True)
class Proof:
    """The edits of one product against the content as it stands; `theirs` is what it must say."""

    standing: Standing
    product: Product
    theirs: Sequence[Block]
    edits: Edits

    def proved(self) -> tuple[Patch, dict[str, bytes]]:
        """The patch after which a build says what was typed; what fails that is given up, told."""
        while True:
            patch = patch_of(self.standing, self.edits)
            files = patched(self.standing.unit_dir, self.standing.year, patch)
            files = {n: d for n, d in files.items() if d != bytes_of(self.standing.unit_dir / n)}
            if not files:
                return patch, {}
            failing = self._failing(files)
            if not failing:
                return patch, files
            for one in failing:
                self.edits.give_up(one, "并入以后重新生成，得不到改后的文字")

    def _failing(self, files: Mapping[str, bytes]) -> list[Change]:
        try:
            fresh = self.standing.rebuilt(files)
        except DisclosureError:
            if len(self.edits.changes) == 1:
                return list(self.edits.changes)
            return [one for one in self.edits.changes if not self._builds_alone(one)] or list(
                self.edits.changes
            )
        texts = texts_of(fresh.document)
        data = next(
            (
                p.data
                for p in fresh.products
                if (p.kind, p.number) == (self.product.kind, self.product.number)
            ),
            b"",
        )
        blocks = blocks_of(read_docx(data), {bookmark_name(key): key for key in texts})
        left = paired(blocks, self.theirs)
        astray = {one.words for one in left.added}
        printed = {one.key: one.words for one in blocks if one.key}
        said = {one.words for one in blocks}
        wrong = []
        for one in self.edits.changes:
            if one.added:
                ok = one.added.words not in astray
            elif f"/{ADDED}/" in one.key:  # its key follows its words
                ok = one.expected.strip("\n") in said
            elif one.cell:
                ok = one.key in texts and texts[one.key].plain == one.expected
            else:
                ok = printed.get(one.key) == one.expected.strip("\n")
            if not ok:
                wrong.append(one)
        return wrong

    def _builds_alone(self, one: Change) -> bool:
        every, self.edits.changes = self.edits.changes, [one]
        try:
            patch = patch_of(self.standing, self.edits)
            self.standing.rebuilt(patched(self.standing.unit_dir, self.standing.year, patch))
        except DisclosureError:
            return False
        finally:
            self.edits.changes = every
        return True

    def also_changed(self, files: Mapping[str, bytes]) -> list[str]:
        """Places that were not edited and print the same words."""
        if not files:
            return []
        fresh = texts_of(self.standing.rebuilt(files).document)
        edited = {one.key for one in self.edits.changes}
        also = [
            key
            for key, text in self.standing.texts.items()
            if key in fresh and fresh[key].plain != text.plain and key not in edited
        ]
        return [f"同样的文字还印在“{key}”，会跟着变。" for key in also]
