"""A pull as a value: what an edited .docx would change in content/, before anything is written."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path

from disclosure.document import ADDED, Document, extra_keys
from disclosure.edit.history import HISTORY
from disclosure.load.unit import report_years
from disclosure.model.figure import Figure
from disclosure.model.finished import MARGIN, Finished
from disclosure.model.place import DisclosureError
from disclosure.model.text import Text
from disclosure.narrate.names import reasons
from disclosure.pipeline import Build, build, newest_year
from disclosure.products import Product
from disclosure.pulling.cells import (
    CellChange,
    cell_changes,
    figure_in,
    typed_cell,
    typed_cells,
)
from disclosure.pulling.emitted import kept_documents
from disclosure.pulling.hunks import applied, carried, hunks
from disclosure.pulling.opening import Opened, build_of, open_edited, refused
from disclosure.pulling.pairing import Added, Block, Edited, Paired, blocks_of, distance, paired
from disclosure.pulling.placing import Conflict, Placed, Placer, Unplaced, in_order, typed_lines
from disclosure.pulling.sentence import escaped, is_readable
from disclosure.pulling.writing import EXTRAS, REWRITES, Patch, extras_of, patched
from disclosure.readback.reader import read_docx
from disclosure.render.printing import bookmark_name
from disclosure.schema.content import TO_BE_FILLED

YEAR = re.compile(r"(?<!\d)(\d{4})\s*年")
LEAST_ALIKE = 0.2  # of our paragraphs a file of ours still has, whatever was done to it
COVER = 6  # paragraphs that may name unit and year
MANY_FIGURES = 10  # typed over in one file: more likely those of a build that was not kept
PAGE_NUMBER = " —-–0123456789"


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


@dataclass
class _Change:
    """One edited paragraph or added one, with what it comes to."""

    key: str
    place: str
    old: str
    new: str
    expected: str
    placed: Placed | None = None
    added: Added | None = None
    cell: bool = False


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
    year = _year(opened, unit_dir, year)
    pull = _Pull(unit_dir, packs_dir, pack_name, year, cache, opened)
    return pull.plan()


def _year(opened: Opened, unit_dir: Path, asked: int | None) -> int:
    """The year the file says it is of; it must be the one asked for, and one of the unit's."""
    name = opened.finished.file
    first = [one.words for one in opened.finished.paragraphs[:COVER]]
    said = next(filter(None, map(YEAR.search, [opened.title, *first])), None)
    known = report_years(unit_dir)
    if said is None:
        return asked or newest_year(unit_dir)
    found = int(said[1])
    if asked is not None and found != asked:
        advice = f"要并入{found}年度的，运行 build.py pull 文件 {found}"
        raise refused(name, f"这份文件是{found}年度的，不是{asked}年度的", advice)
    if found not in known:
        have = "、".join(map(str, known)) or "（无）"
        advice = f"内容文件夹里可以并入的年度：{have}；核对是不是拿错了文件"
        raise refused(name, f"这份文件是{found}年度的，内容文件夹里没有这个年度的报告", advice)
    return found


class _Pull:
    """One run: the file, the build of the content as it is, and what comes of the two."""

    def __init__(
        self,
        unit_dir: Path,
        packs_dir: Path,
        pack_name: str | None,
        year: int,
        cache: Path | None,
        opened: Opened,
    ) -> None:
        self.unit_dir, self.packs_dir, self.pack_name = unit_dir, packs_dir, pack_name
        self.year, self.cache, self.opened = year, cache, opened
        self.now = build(unit_dir, year, packs_dir, pack_name, cache)
        self.unit = self.now.report.unit.full_name.words
        self.texts = _texts(self.now.document)
        typed = self.now.report.content.extras
        self.extra_places = {
            name: number
            for key, snippets in (typed.paragraphs if typed else {}).items()
            for number, name in enumerate(extra_keys(key, snippets), 1)
        }
        self.keys = {bookmark_name(key): key for key in self.texts}
        self.theirs = blocks_of(opened.finished, self.keys)
        self.notes: list[str] = []
        self.product = self._product()
        self.placer = Placer(
            self.now.phrasebook,
            dict(self.now.report.figures.items()),
            year,
            unit_dir.name,
            self._reasons(),
        )
        self.conflicts: list[Conflict] = []
        self.unplaced: list[Unplaced] = []
        self.changes: list[_Change] = []

    def plan(self) -> PullPlan:
        base = self._base()
        mine = blocks_of(base, self.keys)
        pairs = paired(mine, self.theirs)
        for one in pairs.edited:
            self._edited(one)
        for row in cell_changes(base, self.opened.finished):
            self._cell(row)
        for added in pairs.added:
            self._added(added)
        self._around(base, pairs)
        patch, files = self._proved()
        shared = self._also_changed(files)
        done = [c for c in self.changes if c.placed or c.added]
        rewrites = tuple(self._rewritten(c) for c in done if c.placed and c.placed.rewrite)
        plan = PullPlan(
            self.opened.finished.file,
            self.year,
            files,
            sum(1 for c in done if c.placed and c.placed.snippets),
            rewrites,
            tuple(c.added for c in done if c.added),
            tuple(self.conflicts),
            tuple(self.unplaced),
            pairs.deleted,
            (*self.notes, *shared),
            diff_of(self.unit_dir, files),
            patch,
            self.unit_dir,
        )
        return plan.with_reasons({}) if rewrites else plan

    # ---------------------------------------------------------------- which file this is

    def _product(self) -> Product:
        """Which of our products the file is. Refused when it is none of them."""
        documents = [p for p in self.now.products if p.kind in ("report", "attachment")]
        name = self.opened.finished.file
        marks = {mark for one in self.opened.finished.paragraphs for mark in one.marks}
        words = {one.words for one in self.theirs}
        best, alike = documents[0], 0.0
        for product in documents:
            ours = blocks_of(read_docx(product.data), self.keys)
            own = {bookmark_name(one.key) for one in ours if one.key} | {o.words for o in ours}
            there = marks | words
            likeness = len(own & there) / max(len(own), len(there), 1)
            if likeness > alike:
                best, alike = product, likeness
        unit = self.unit
        if alike < LEAST_ALIKE / 2:
            advice = "要并入的是 build.py 生成、在 Word 里改过的报告或附件"
            raise refused(
                name, "这份文件不是由本程序生成的（没有我们的书签，文字也对不上）", advice
            )
        said = self.opened.title + self.opened.creator
        first = "".join(one.words for one in self.opened.finished.paragraphs[:COVER])
        if self.opened.creator and self.opened.creator != unit and unit not in said + first:
            who = self.opened.creator
            advice = f"这里是{unit}的内容；用 --unit 指明那个单位的文件夹"
            raise refused(name, f"这份文件是“{who}”的，不是这个单位的", advice)
        if not self.opened.creator and best.kind == "report" and unit not in said + first:
            advice = f"这里是{unit}的内容；核对是不是拿错了文件"
            raise refused(name, "这份文件的封面上不是这个单位的名称", advice)
        if not marks:
            self.notes.append(
                "文件里没有书签（别的程序保存时丢掉了），各段按文字的先后和相似来认，请细看。"
            )
        return best

    def _base(self) -> Finished:
        """The text the file was made from: the build it has least differences with."""
        now = read_docx(self.product.data)
        mark = self.opened.build
        if mark and mark == build_of(self.product.data):
            return now
        best, least = now, distance(blocks_of(now, self.keys), self.theirs)
        kept = (
            kept_documents(self.cache, self.unit, self.year, self.product)
            if self.cache
            else iter(())
        )
        for data in kept:
            then = read_docx(data)
            if mark and build_of(data) == mark:
                best, mark = then, ""
                break
            far = distance(blocks_of(then, self.keys), self.theirs)
            if far < least:
                best, least = then, far
        if mark and least:
            self.notes.append(
                "这份文件出自更早的一次生成，那一次的文字没有留存；按最相近的一次找改动，请细看。"
            )
        elif best is not now:
            self.notes.append(
                "这份文件是更早一次生成的；以那一次的文字为准找出改动，再并到现在的内容里。"
            )
        return best

    # ---------------------------------------------------------------- what was changed

    def _edited(self, one: Edited) -> None:
        text = self.texts.get(one.key)
        if one.joined and one.words:
            self.notes.append(f"{one.place}：和上一段合成了一段；程序仍分成两段。")
        if one.words == one.base:
            return
        if text is None:
            why = "这是 Word 模板里固定的文字，到模板里改"
            if one.key:
                why = "这一段现在没有了"
            self.unplaced.append(Unplaced(one.place, one.base, one.words, why))
            return
        self._place(one.key, text, one.base, one.words, one.place, cell=False)

    def _place(
        self, key: str, text: Text, base: str, words: str, place: str, *, cell: bool
    ) -> None:
        fit, collided = carried(base, hunks(base, words), text.plain)
        if collided:  # half of what somebody meant would be no sentence
            why = f"生成这份文件以后，这一段在内容里也改过，现在是“{text.plain}”"
            self.unplaced.append(Unplaced(place, base, words, why))
            return
        if not fit:
            return
        placed = self.placer.place(key, text, fit, place)
        self.conflicts += [replace(one, whole=words) for one in placed.conflicts]
        self.unplaced += [replace(one, whole=words) for one in placed.unplaced]
        if placed.kept:
            expected = applied(text.plain, placed.kept)
            change = _Change(key, place, text.plain, words, expected, placed, cell=cell)
            self.changes.append(change)

    def _cell(self, row: CellChange) -> None:
        key = typed_cell(self.now.document, row)
        if key and row.row:
            self._place(key, self.texts[key], row.old, row.new, row.place, cell=True)
            return
        figure = figure_in(self.now.document, row) if row.row else None
        if isinstance(figure, Figure):
            sources = tuple(typed_lines(figure))
            self.conflicts.append(Conflict(row.place, row.old, row.new, figure.name, sources))
        elif row.new and not row.old:
            self.unplaced.append(Unplaced(row.place, "（没有）", row.new, "表由程序按数据填写"))
        else:
            self.conflicts.append(Conflict(row.place, row.old, row.new, "", ()))

    def _added(self, one: Added) -> None:
        anchor = one.after.partition(f"/{ADDED}/")[0]
        if one.after not in self.texts:
            anchor = ""
        if anchor not in self.texts:
            why = "前面没有可以跟在后面的段落"
            self.unplaced.append(Unplaced(one.place, "（新加的一段）", one.words, why))
            return
        change = _Change(one.after, one.place, "", one.words, one.words, None, one)
        self.changes.append(change)

    def _around(self, base: Finished, pairs: Paired) -> None:
        """Headers, comments, moved paragraphs."""
        ours = {one.words for one in base.of(MARGIN)}
        for margin in self.opened.finished.of(MARGIN):
            if margin.words not in ours and margin.words.strip(PAGE_NUMBER):
                why = "页眉页脚在 Word 模板里，到模板里改"
                self.unplaced.append(Unplaced(MARGIN, "", margin.words, why))
        for kind, words in self.opened.aside:
            self.unplaced.append(Unplaced(kind, "", words, f"{kind[:2]}要人看过再改"))
        for moved in pairs.moved:
            why = "这一段移到了别处；程序按固定的次序排，位置没有改"
            self.unplaced.append(Unplaced(moved.place, "（移动）", moved.words, why))
        if len(self.conflicts) >= MANY_FIGURES:
            self.notes.append(
                f"有 {len(self.conflicts)} 个数和现在的不同：如果不是在 Word 里改的，"
                "这份文件多半出自更早的、没有留存的一次生成；先重新生成，再在新文件上改。"
            )

    # ---------------------------------------------------------------- the patch, and its proof

    def _proved(self) -> tuple[Patch, dict[str, bytes]]:
        """The patch after which a build says what was typed; what fails that is given up, told."""
        while True:
            patch = self._patch()
            files = patched(self.unit_dir, self.year, patch)
            files = {n: d for n, d in files.items() if d != _bytes(self.unit_dir / n)}
            if not files:
                return patch, {}
            failing = self._failing(files)
            if not failing:
                return patch, files
            for one in failing:
                self._give_up(one, "并入以后重新生成，得不到改后的文字")

    def _failing(self, files: Mapping[str, bytes]) -> list[_Change]:
        try:
            fresh = self._rebuilt(files)
        except DisclosureError:
            if len(self.changes) == 1:
                return list(self.changes)
            return [one for one in self.changes if not self._builds_alone(one)] or self.changes
        texts = _texts(fresh.document)
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
        for one in self.changes:
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

    def _builds_alone(self, one: _Change) -> bool:
        every, self.changes = self.changes, [one]
        try:
            self._rebuilt(patched(self.unit_dir, self.year, self._patch()))
        except DisclosureError:
            return False
        finally:
            self.changes = every
        return True

    def _rebuilt(self, files: Mapping[str, bytes]) -> Build:
        """A build of a copy of the unit with these files."""
        with tempfile.TemporaryDirectory(prefix="pull-") as folder:
            copy = Path(folder) / self.unit_dir.name
            shutil.copytree(self.unit_dir, copy, ignore=shutil.ignore_patterns(HISTORY))
            for name, data in files.items():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).write_bytes(data)
            return build(copy, self.year, self.packs_dir, self.pack_name, self.cache)

    def _patch(self) -> Patch:
        """All changes as one patch; two that do not go together are told."""
        extras = self.now.report.content.extras
        typed = {k: [s.words for s in v] for k, v in (extras.paragraphs if extras else {}).items()}
        patch = Patch()
        paragraphs = extras_of(typed)
        before: dict[str, int] = {}
        for one in list(self.changes):
            if one.added:
                _insert(paragraphs, one, before, self.extra_places)
            elif one.placed and not self._enter(one.placed, one, patch):
                self._give_up(one, "同一段文字印在几处，几处改得不一样")
        patch.extras = {k: v for k, v in paragraphs.items() if v != typed.get(k)}
        # An added paragraph that was itself reworded is changed in the list, not twice.
        for source in [s for s in patch.snippets if s.file.endswith(EXTRAS)]:
            key, _, number = source.path.removeprefix("添加段落 › ").rpartition(" › 第")
            if key in patch.extras and number:
                at = typed[key][int(number.removesuffix("条")) - 1]
                place = paragraphs[key].index(at)
                paragraphs[key][place] = applied(at, patch.snippets.pop(source))
        return patch

    def _enter(self, placed: Placed, one: _Change, patch: Patch) -> bool:
        after = {source: list(patch.snippets.get(source, [])) for source, _ in placed.snippets}
        for source, change in placed.snippets:
            if change not in after[source]:
                after[source].append(change)
        for source, changes in after.items():
            words = applied(self._words_at(source), changes)
            if not in_order(changes) or not is_readable(words):
                return False
        if placed.rewrite is not None:
            if not is_readable(placed.rewrite):
                return False
            told = self._rewritten(one)
            patch.rewrites[told.file, told.name] = told.words, ""
        patch.snippets |= after
        return True

    def _words_at(self, source: object) -> str:
        return next(s.words for at, s in self.now.phrasebook.spoken.items() if at == source)

    def _give_up(self, one: _Change, why: str) -> None:
        self.changes.remove(one)
        old = one.old if not one.added else "（新加的一段）"
        self.unplaced.append(Unplaced(one.place, old, one.new, why))

    def _rewritten(self, one: _Change) -> Rewritten:
        """A sentence of an attachment is rewritten in the file of its project."""
        assert one.placed and one.placed.rewrite is not None
        key = one.placed.sentence
        file, name = f"{self.year}/{REWRITES}", key
        for evaluation in (self.now.report.overall, *self.now.report.projects):
            start = f"附件/{evaluation.key}/" if evaluation else ""
            if evaluation and key.startswith(start):
                source = evaluation.file.prior_results.source
                file = source.file.removeprefix(f"{self.unit_dir.name}/")
                name = key.removeprefix(start)
        return Rewritten(key, one.place, one.old, one.expected, one.placed.rewrite, file, name)

    def _also_changed(self, files: Mapping[str, bytes]) -> list[str]:
        """Places that were not edited and print the same words."""
        if not files:
            return []
        fresh = _texts(self._rebuilt(files).document)
        edited = {one.key for one in self.changes}
        also = [
            key
            for key, text in self.texts.items()
            if key in fresh and fresh[key].plain != text.plain and key not in edited
        ]
        return [f"同样的文字还印在“{key}”，会跟着变。" for key in also]

    def _reasons(self) -> dict[str, str]:
        look_up = self.now.phrasebook.scope.get("原因")
        if not callable(look_up):
            return {}
        return {path: look_up(path).plain for path in reasons(self.now.report)}


def _insert(
    paragraphs: dict[str, list[str]],
    one: _Change,
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


def _texts(document: Document) -> dict[str, Text]:
    """Every printed text by the key of its paragraph, headings and typed cells included."""
    headings = [*document.headings, *(h for a in document.attachments for h in a.headings)]
    found = {one.paragraph.key: one.paragraph.text for one in headings}
    found |= typed_cells(document)
    return found | {one.key: one.text for one in document.paragraphs()}


def diff_of(unit_dir: Path, files: Mapping[str, bytes]) -> str:
    """The patch as a unified diff with the names that messages use."""
    lines: list[str] = []
    for name, data in sorted(files.items()):
        old = (_bytes(unit_dir / name) or b"").decode("utf-8-sig").splitlines()
        new = data.decode("utf-8-sig").splitlines()
        shown = f"{unit_dir.name}/{name}"
        lines += unified_diff(old, new, shown, shown, n=1, lineterm="")
    return "\n".join(lines)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
