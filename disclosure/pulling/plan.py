"""A pull as a value: what an edited .docx would change in content/, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path

from disclosure.pulling.cells import cell_changes
from disclosure.pulling.edits import Edits
from disclosure.pulling.opening import open_edited
from disclosure.pulling.pairing import Added, Block, blocks_of, paired
from disclosure.pulling.patching import Rewritten, rewritten
from disclosure.pulling.placing import Conflict, Unplaced
from disclosure.pulling.proof import Proof
from disclosure.pulling.recognise import base_of, product_of, year_of
from disclosure.pulling.standing import Standing
from disclosure.pulling.writing import Patch, bytes_of, patched
from disclosure.schema.part import TO_BE_FILLED


@dataclass(frozen=True)
class PullPlan:
    """What one edited file would do to one year. `files` are new bytes by name below the unit.

    `conflicts` and `unplaced` are not taken over, `deleted` and `moved` are told; `notes` are good
    to know.
    """

    file: str
    year: int
    files: Mapping[str, bytes]
    edits: int
    rewrites: tuple[Rewritten, ...]
    extras: tuple[Added, ...]
    conflicts: tuple[Conflict, ...]
    unplaced: tuple[Unplaced, ...]
    deleted: tuple[Block, ...]
    notes: tuple[str, ...]
    diff: str
    patch: Patch = field(repr=False)
    unit_dir: Path = field(repr=False)

    @property
    def is_clean(self) -> bool:
        """Everything that was changed in Word is in the patch."""
        return not (self.conflicts or self.unplaced or self.deleted)

    def with_reasons(self, given: Mapping[str, str]) -> PullPlan:
        """The same with the reason for each 改写, by its key; without one it stays 待填."""
        told = {
            (one.file, one.name): (one.words, given.get(one.key, "").strip() or TO_BE_FILLED)
            for one in self.rewrites
        }
        patch = replace(self.patch, rewrites=told)
        files = patched(self.unit_dir, self.year, patch)
        return replace(self, patch=patch, files=files, diff=diff_of(self.unit_dir, files))


def plan_pull(
    unit_dir: Path,
    file: Path,
    packs_dir: Path,
    pack_name: str | None = None,
    year: int | None = None,
    cache: Path | None = None,
    *,
    reject: bool = False,
) -> PullPlan:
    """Compare an edited file with what was built, and find the place of every change.

    Raises DisclosureError for a file that is not of this unit and year, and when the content
    cannot be built. Nothing is written.
    """
    opened = open_edited(file, reject=reject)
    year = year_of(opened, unit_dir, year)
    standing = Standing(unit_dir, packs_dir, pack_name, year, cache)
    theirs = blocks_of(opened.finished, standing.keys)
    product, unmarked = product_of(standing, opened, theirs)
    edits = Edits(standing)
    base, older = base_of(standing, opened, theirs, product)
    edits.notes += [*unmarked, *older]
    pairs = paired(blocks_of(base, standing.keys), theirs)
    for one in pairs.edited:
        edits.edited(one)
    for row in cell_changes(base, opened.finished):
        edits.cell(row)
    for added in pairs.added:
        edits.added(added)
    edits.around(base, opened, pairs)
    proof = Proof(standing, product, theirs, edits)
    patch, files = proof.proved()
    shared = proof.also_changed(files)
    done = [c for c in edits.changes if c.placed or c.added]
    rewrites = tuple(rewritten(standing, c) for c in done if c.placed and c.placed.rewrite)
    plan = PullPlan(
        opened.finished.file,
        year,
        files,
        sum(1 for c in done if c.placed and c.placed.snippets),
        rewrites,
        tuple(c.added for c in done if c.added),
        tuple(edits.conflicts),
        tuple(edits.unplaced),
        pairs.deleted,
        (*edits.notes, *shared),
        diff_of(unit_dir, files),
        patch,
        unit_dir,
    )
    return plan.with_reasons({}) if rewrites else plan


def diff_of(unit_dir: Path, files: Mapping[str, bytes]) -> str:
    """The patch as a unified diff with the names that messages use."""
    lines: list[str] = []
    for name, data in sorted(files.items()):
        old = (bytes_of(unit_dir / name) or b"").decode("utf-8-sig").splitlines()
        new = data.decode("utf-8-sig").splitlines()
        shown = f"{unit_dir.name}/{name}"
        lines += unified_diff(old, new, shown, shown, n=1, lineterm="")
    return "\n".join(lines)
