"""What was changed in Word: each edit with the place found for it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from disclosure.document import ADDED
from disclosure.model.figure import Figure
from disclosure.model.finished import MARGIN, Finished
from disclosure.model.text import Text
from disclosure.pulling.cells import CellChange, figure_in, typed_cell
from disclosure.pulling.hunks import applied, carried, hunks
from disclosure.pulling.opening import Opened
from disclosure.pulling.pairing import Added, Edited, Paired
from disclosure.pulling.placing import Conflict, Placed, Placer, Unplaced, typed_lines
from disclosure.pulling.standing import Standing

MANY_FIGURES = 10  # typed over in one file: more likely those of a build that was not kept
PAGE_NUMBER = " —-–0123456789"


@dataclass
class Change:
    """One edited paragraph or added one, with what it comes to."""

    key: str
    place: str
    old: str
    new: str
    expected: str
    placed: Placed | None = None
    added: Added | None = None
    cell: bool = False


class Edits:
    """The changes of one file as they are found: placed, in conflict, or without a place."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.placer = Placer(
            standing.now.phrasebook,
            dict(standing.now.report.figures.items()),
            standing.year,
            standing.unit_dir.name,
            standing.reasons,
        )
        self.changes: list[Change] = []
        self.conflicts: list[Conflict] = []
        self.unplaced: list[Unplaced] = []
        self.notes: list[str] = []

    def edited(self, one: Edited) -> None:
        """A paragraph of ours that reads otherwise."""
        text = self.standing.texts.get(one.key)
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
            change = Change(key, place, text.plain, words, expected, placed, cell=cell)
            self.changes.append(change)

    def cell(self, row: CellChange) -> None:
        """A cell or row of a table that reads otherwise."""
        key = typed_cell(self.standing.now.document, row)
        if key and row.row:
            self._place(key, self.standing.texts[key], row.old, row.new, row.place, cell=True)
            return
        figure = figure_in(self.standing.now.document, row) if row.row else None
        if isinstance(figure, Figure):
            sources = tuple(typed_lines(figure))
            self.conflicts.append(Conflict(row.place, row.old, row.new, figure.name, sources))
        elif row.new and not row.old:
            self.unplaced.append(Unplaced(row.place, "（没有）", row.new, "表由程序按数据填写"))
        else:
            self.conflicts.append(Conflict(row.place, row.old, row.new, "", ()))

    def added(self, one: Added) -> None:
        """A paragraph that we did not print."""
        anchor = one.after.partition(f"/{ADDED}/")[0]
        if one.after not in self.standing.texts:
            anchor = ""
        if anchor not in self.standing.texts:
            why = "前面没有可以跟在后面的段落"
            self.unplaced.append(Unplaced(one.place, "（新加的一段）", one.words, why))
            return
        change = Change(one.after, one.place, "", one.words, one.words, None, one)
        self.changes.append(change)

    def around(self, base: Finished, opened: Opened, pairs: Paired) -> None:
        """Headers, comments, moved paragraphs."""
        ours = {one.words for one in base.of(MARGIN)}
        for margin in opened.finished.of(MARGIN):
            if margin.words not in ours and margin.words.strip(PAGE_NUMBER):
                why = "页眉页脚在 Word 模板里，到模板里改"
                self.unplaced.append(Unplaced(MARGIN, "", margin.words, why))
        for kind, words in opened.aside:
            self.unplaced.append(Unplaced(kind, "", words, f"{kind[:2]}要人看过再改"))
        for moved in pairs.moved:
            why = "这一段移到了别处；程序按固定的次序排，位置没有改"
            self.unplaced.append(Unplaced(moved.place, "（移动）", moved.words, why))
        if len(self.conflicts) >= MANY_FIGURES:
            self.notes.append(
                f"有 {len(self.conflicts)} 个数和现在的不同：如果不是在 Word 里改的，"
                "这份文件多半出自更早的、没有留存的一次生成；先重新生成，再在新文件上改。"
            )

    def give_up(self, one: Change, why: str) -> None:
        """Take a change out of the pull and tell why."""
        self.changes.remove(one)
        old = one.old if not one.added else "（新加的一段）"
        self.unplaced.append(Unplaced(one.place, old, one.new, why))
