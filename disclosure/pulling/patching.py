"""All changes of a pull as one patch of the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.document import ADDED
from disclosure.pulling.edits import Change, Edits
from disclosure.pulling.hunks import applied
from disclosure.pulling.placing import Placed, in_order
from disclosure.pulling.sentence import escaped, is_readable
from disclosure.pulling.standing import Standing
from disclosure.pulling.writing import EXTRAS, REWRITES, Patch, extras_of


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A generated sentence that was reworded: its key, as it was and as it is now, with tags."""

    key: str
    place: str
    old: str
    new: str
    words: str
    file: str
    name: str  # the key in its file


def patch_of(standing: Standing, edits: Edits) -> Patch:
    """All changes as one patch; two that do not go together are told."""
    extras = standing.now.report.content.extras
    typed = {k: [s.words for s in v] for k, v in (extras.paragraphs if extras else {}).items()}
    patch = Patch()
    paragraphs = extras_of(typed)
    before: dict[str, int] = {}
    for one in list(edits.changes):
        if one.added:
            _insert(paragraphs, one, before, standing.extra_places)
        elif one.placed and not _enter(standing, one.placed, one, patch):
            edits.give_up(one, "同一段文字印在几处，几处改得不一样")
    patch.extras = {k: v for k, v in paragraphs.items() if v != typed.get(k)}
    # An added paragraph that was itself reworded is changed in the list, not twice.
    for source in [s for s in patch.snippets if s.file.endswith(EXTRAS)]:
        key, _, number = source.path.removeprefix("添加段落 › ").rpartition(" › 第")
        if key in patch.extras and number:
            at = typed[key][int(number.removesuffix("条")) - 1]
            place = paragraphs[key].index(at)
            paragraphs[key][place] = applied(at, patch.snippets.pop(source))
    return patch


def _enter(standing: Standing, placed: Placed, one: Change, patch: Patch) -> bool:
    after = {source: list(patch.snippets.get(source, [])) for source, _ in placed.snippets}
    for source, change in placed.snippets:
        if change not in after[source]:
            after[source].append(change)
    for source, changes in after.items():
        words = applied(_words_at(standing, source), changes)
        if not in_order(changes) or not is_readable(words):
            return False
    if placed.rewrite is not None:
        if not is_readable(placed.rewrite):
            return False
        told = rewritten(standing, one)
        patch.rewrites[told.file, told.name] = told.words, ""
    patch.snippets |= after
    return True


def _words_at(standing: Standing, source: object) -> str:
    return next(s.words for at, s in standing.now.phrasebook.spoken.items() if at == source)


def rewritten(standing: Standing, one: Change) -> Rewritten:
    """A sentence of an attachment is rewritten in the file of its project."""
    assert one.placed and one.placed.rewrite is not None
    key = one.placed.sentence
    file, name = f"{standing.year}/{REWRITES}", key
    for evaluation in (standing.now.report.overall, *standing.now.report.projects):
        start = f"附件/{evaluation.key}/" if evaluation else ""
        if evaluation and key.startswith(start):
            source = evaluation.file.prior_results.source
            file = source.file.removeprefix(f"{standing.unit_dir.name}/")
            name = key.removeprefix(start)
    return Rewritten(key, one.place, one.old, one.expected, one.placed.rewrite, file, name)


def _insert(
    paragraphs: dict[str, list[str]],
    one: Change,
    before: dict[str, int],
    places: Mapping[str, int],
) -> None:
    """Put an added paragraph into the list of those behind the same one, in order."""
    assert one.added
    anchor = one.added.after.partition(f"/{ADDED}/")[0]
    here = paragraphs.setdefault(anchor, [])
    at = places.get(one.added.after, 0) + before.get(anchor, 0)
    here.insert(at, escaped(one.added.words))
    before[anchor] = before.get(anchor, 0) + 1
