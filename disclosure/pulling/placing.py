"""Where a change of the printed text belongs: a snippet, a 改写, or nowhere it could be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from disclosure.changes.tokens import NUMBER
from disclosure.load.phrasebook import Phrasebook
from disclosure.model.figure import Figure, Formula
from disclosure.model.place import Location
from disclosure.model.text import FreeWords, Mention, Spoken, Text
from disclosure.pulling.hunks import Hunk
from disclosure.pulling.sentence import Segment, escaped, literal_at, raw_place, segments, within

DIGIT = re.compile(r"\d")
_NUMBER = re.compile(f"{NUMBER}%?")
_LONG = 8  # characters by which a sentence inside a paragraph is known
_WORD = re.compile(r"[\u3400-\u9fff]")
_UNITS = re.compile("[万亿]?元|[个次人辆台批名项家件平方米]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was typed over in Word: the content says something else, line by line."""

    place: str
    old: str
    new: str
    name: str
    sources: tuple[Location, ...]
    whole: str = ""  # the paragraph as it was typed


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words typed in Word for which content has no place, and why."""

    place: str
    old: str
    new: str
    why: str
    whole: str = ""


@dataclass
class Placed:
    """What one edited paragraph comes to. Raw places are characters of a snippet's words."""

    snippets: list[tuple[Location, Hunk]] = field(default_factory=list)
    rewrite: str | None = None  # the sentence with its tags
    sentence: str = ""  # its key
    conflicts: list[Conflict] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    kept: list[Hunk] = field(default_factory=list)  # changes of the printed text that found a place


@dataclass(frozen=True)
class Placer:
    """Knows how every sentence was printed. `home` is the unit's folder as messages name it."""

    phrasebook: Phrasebook
    figures: Mapping[str, Figure]
    year: int
    home: str
    reasons: Mapping[str, str]  # the text of each reason, by its path

    def place(self, key: str, text: Text, changes: Sequence[Hunk], where: str) -> Placed:
        """Find the place of each change of the paragraph `key`, which prints `text` now."""
        placed = Placed()
        generated: list[Hunk] = []
        changes = [part for one in changes for part in _figures_apart(text, one)]
        for one in changes:
            old = text.plain[one.start : one.end]
            touched = [m for m in text.mentions if m.start < one.end and one.start < m.end]
            if touched and _is_conflict(text, touched, one):
                placed.conflicts += [_conflict(m, where, old, one.new) for m in touched[:1]]
                continue
            owners = self._cut(text, one)
            for free, part in owners:
                if free is None:
                    generated.append(part)
                    continue
                raw = self._in_snippet(text, free, part)
                if raw is None:
                    told = text.plain[part.start : part.end]
                    why = f"这里是 {free.source} 的标签印出来的"
                    placed.unplaced.append(Unplaced(where, told or "（插入）", part.new, why))
                else:
                    placed.snippets.append((free.source, raw))
                    placed.kept.append(part)
        if generated:
            self._rewrite(key, text, generated, [*placed.kept, *generated], where, placed)
        return placed

    # ---------------------------------------------------------------- the unit's own words

    def _own(self, text: Text) -> list[FreeWords]:
        return [f for f in text.free if f.source.file.startswith(f"{self.home}/")]

    def _cut(self, text: Text, one: Hunk) -> list[tuple[FreeWords | None, Hunk]]:
        """The change in parts that lie in one snippet's words each, or outside all of them.

        The new words go to the first part; an insertion beside a snippet is part of it.
        """
        own = self._own(text)
        if one.start == one.end:
            beside = [f for f in own if f.start <= one.start <= f.end]
            return [(beside[0] if beside else None, one)]
        whole = next((f for f in own if f.start <= one.start and one.end <= f.end), None)
        if whole:
            return [(whole, one)]
        edges = {one.start, one.end}
        edges |= {e for f in own for e in (f.start, f.end) if one.start < e < one.end}
        ordered = sorted(edges)
        parts: list[tuple[FreeWords | None, Hunk]] = []
        for start, end in pairwise(ordered):
            free = next((f for f in own if f.start <= start and end <= f.end), None)
            parts.append((free, Hunk(start, end, "")))
        taker = next((n for n, (free, _) in enumerate(parts) if free), 0)
        free, first = parts[taker]
        parts[taker] = free, Hunk(first.start, first.end, one.new)
        return parts

    def _in_snippet(self, text: Text, free: FreeWords, part: Hunk) -> Hunk | None:
        spoken = self.phrasebook.spoken.get(free.source)
        start = self._start_of(text, free, spoken) if spoken else None
        cut = segments(spoken) if spoken else None
        if start is None or cut is None:
            return None
        literal = literal_at(cut, part.start - start, part.end - start)
        if literal is None:
            return None
        first, last = raw_place(literal, part.start - start, part.end - start)
        return Hunk(first, last, escaped(part.new))

    @staticmethod
    def _start_of(text: Text, free: FreeWords, spoken: Spoken) -> int | None:
        """Where in the paragraph the snippet's text begins, of which `free` is one piece."""
        literals: list[tuple[int, str]] = []
        at = 0
        for piece, is_value in spoken.pieces:
            if not is_value and piece.plain:
                literals.append((at, piece.plain))
            at += len(piece.plain)
        number = 0
        for one in (f for f in text.free if f.source == free.source):
            words = text.plain[one.start : one.end]
            order = [*range(number, len(literals)), *range(number)]
            fits = next((n for n in order if literals[n][1].startswith(words)), None)
            if fits is None:
                return None
            if one == free:
                return int(one.start - literals[fits][0])
            number = (fits + 1) % len(literals)
        return None

    # ---------------------------------------------------------------- generated sentences

    def _rewrite(
        self,
        key: str,
        text: Text,
        generated: Sequence[Hunk],
        changes: Sequence[Hunk],
        where: str,
        placed: Placed,
    ) -> None:
        key = self._said_in(key, text)
        said = self.phrasebook.said.get(key)
        start = text.plain.find(said.plain) if said else -1
        cut = segments(said) if said and start >= 0 else None
        if said is None or cut is None or said.source.file.startswith(f"{self.home}/"):
            why = "这句话由程序生成，不能改写"
            placed.unplaced += [_lost(text, one, where, why) for one in generated]
            return
        fits: list[Hunk] = []
        end = start + len(said.plain)
        for one in generated:
            inside = start <= one.start and one.end <= end
            if inside and self._is_open(cut, one.start - start, one.end - start):
                fits.append(one)
            else:
                why = "这里是程序编的序号、年度或名称"
                placed.unplaced.append(_lost(text, one, where, why))
        if not fits:
            return
        own = _assigned(cut, within(fits, start, end))
        every = _assigned(cut, within(changes, start, end))
        words = [
            self._segment(one, said, own.get(number, []), every.get(number, []))
            for number, one in enumerate(cut)
        ]
        placed.rewrite, placed.sentence = "".join(words), key
        placed.kept += fits

    def _said_in(self, key: str, text: Text) -> str:
        """The key of the sentence in the paragraph: its own, or that of the one it holds."""
        said = self.phrasebook.said
        if key in said:
            return key
        inside = [k for k, s in said.items() if len(s.plain) >= _LONG and s.plain in text.plain]
        return max(inside, key=lambda k: len(said[k].plain), default=key)

    @staticmethod
    def _is_open(cut: Sequence[Segment], start: int, end: int) -> bool:
        """Whether no tag for a plain word (a year, a name) is changed in its middle."""
        for one in cut:
            if one.is_tag and one.printed is None and one.start < one.end:
                touched = one.start < end and start < one.end
                whole = start <= one.start and one.end <= end
                if touched and (not whole or (start, end) == (one.start, one.end)):
                    return False
        return True

    def _segment(
        self, one: Segment, said: Spoken, own: Sequence[Hunk], every: Sequence[Hunk]
    ) -> str:
        """The words of one piece of the sentence after the change."""
        raw = said.words[one.raw_start : one.raw_end]
        if not own:
            return raw
        if not one.is_tag:
            marks = [(h.start - one.start, h.end - one.start, escaped(h.new)) for h in own]
            return _replaced(raw, marks, plain=False)
        if any(h.start == one.start and h.end == one.end for h in own) or one.printed is None:
            return "".join(escaped(h.new) for h in own)
        mine, all_here = (within(changes, one.start, one.end) for changes in (own, every))
        return self._spelt_out(one.printed, mine, all_here, said.values)

    def _spelt_out(
        self, text: Text, own: Sequence[Hunk], every: Sequence[Hunk], values: Mapping[str, object]
    ) -> str:
        """A text that a tag printed, as words with tags of its own, and changed."""
        marks: list[tuple[int, int, str]] = []
        for mention in text.mentions:
            tag = self.tag_of(mention.figure, text.plain[mention.start : mention.end], values)
            if tag:
                marks.append((mention.start, mention.end, tag))
        for year, tag in ((self.year, "年度"), (self.year - 1, "上年")):
            for found in re.finditer(rf"(?<!\d){year}(?=年)", text.plain):
                if not any(f.start <= found.start() < f.end for f in self._own(text)):
                    marks.append((*found.span(), f"{{{{ {tag} }}}}"))
        changes = list(every)
        for path, words in self.reasons.items():
            at = text.plain.find(words) if words else -1
            end = at + len(words)
            typed = any(f.start <= at < f.end for f in text.free)
            if typed and not any(_overlaps(h, at, end) for h in own):
                marks = [m for m in marks if m[1] <= at or end <= m[0]]
                marks.append((at, end, f'{{{{ 原因("{path}") }}}}'))
                # The reason itself carries what was changed in it.
                changes = [h for h in changes if h in own or h.end < at or end < h.start]
        marks += [(h.start, h.end, escaped(h.new)) for h in changes]
        return _replaced(text.plain, marks, plain=True)

    def tag_of(
        self, figure: Figure, shown: str, values: Mapping[str, object] | None = None
    ) -> str | None:
        """The tag that prints this figure as `shown`: by its name in the sentence, or 数("…")."""
        if figure.amount is None or self.phrasebook.show(figure) != shown:
            return None
        for name, value in {**self.phrasebook.scope, **(values or {})}.items():
            if value is figure and name.isidentifier():
                return f"{{{{ {name} }}}}"
        if self.figures.get(figure.id) is figure:
            year, _, name = figure.id.partition("/")
            if year in (str(self.year), str(self.year - 1)) and '"' not in name:
                look_up = "数" if year == str(self.year) else "上年数"
                return f'{{{{ {look_up}("{name}") }}}}'
        return None


def _replaced(text: str, marks: Iterable[tuple[int, int, str]], *, plain: bool) -> str:
    """The text with stretches replaced; the rest is `plain` text, or words with tags already."""
    kept = escaped if plain else str
    written: list[str] = []
    at = 0
    for start, end, instead in sorted(marks):
        if start < at:
            continue  # inside what was replaced as a whole
        written += [kept(text[at:start]), instead]
        at = end
    return "".join([*written, kept(text[at:])])


def _assigned(cut: Sequence[Segment], changes: Iterable[Hunk]) -> dict[int, list[Hunk]]:
    """The changes by the piece they lie in. One over several pieces has its new words first."""
    found: dict[int, list[Hunk]] = {}
    for one in changes:
        if one.start == one.end:
            at = one.start
            holders = [n for n, s in enumerate(cut) if not s.is_tag and s.start <= at <= s.end]
            holders += [n for n, s in enumerate(cut) if s.is_tag and s.start < at < s.end]
            found.setdefault(holders[0], []).append(one)
            continue
        new = one.new
        for number, piece in enumerate(cut):
            start, end = max(one.start, piece.start), min(one.end, piece.end)
            if start < end:
                found.setdefault(number, []).append(Hunk(start, end, new))
                new = ""
    return found


def _overlaps(change: Hunk, start: int, end: int) -> bool:
    return (change.start < end and start < change.end) or start < change.start < end


def _lost(text: Text, one: Hunk, where: str, why: str) -> Unplaced:
    return Unplaced(where, text.plain[one.start : one.end] or "（插入）", one.new, why)


def _is_conflict(text: Text, touched: Sequence[Mention], one: Hunk) -> bool:
    """A figure typed over, not a clause reworded that had one in it.

    New digits in its place, or nothing changed but the figure with its unit.
    """
    if DIGIT.search(one.new):
        return True
    rest = [
        char
        for at, char in enumerate(text.plain[one.start : one.end], one.start)
        if not any(m.start <= at < m.end for m in touched)
    ]
    return not _WORD.search(_UNITS.sub("", "".join(rest)))


def _figures_apart(text: Text, one: Hunk) -> Iterator[Hunk]:
    """A change over figures cut up, where it has as many numbers as it covers figures.

    A number that is the figure's own is no change.
    """
    covered = [m for m in text.mentions if one.start <= m.start and m.end <= one.end]
    numbers = list(_NUMBER.finditer(one.new))
    if not covered or len(covered) != len(numbers):
        yield one
        return
    at, start = one.start, 0
    for mention, number in zip(covered, numbers, strict=True):
        shown = text.plain[mention.start : mention.end]
        first, end = number.span()
        if number[0].endswith("%") and not shown.endswith("%"):
            end -= 1
        for part in (
            Hunk(at, mention.start, one.new[start:first]),
            Hunk(mention.start, mention.end, one.new[first:end]),
        ):
            if text.plain[part.start : part.end] != part.new:
                yield part
        at, start = mention.end, end
    if text.plain[at : one.end] != one.new[start:]:
        yield Hunk(at, one.end, one.new[start:])


def _conflict(mention: Mention, where: str, old: str, new: str) -> Conflict:
    figure = mention.figure
    return Conflict(where, old, new, figure.name, tuple(typed_lines(figure)))


def typed_lines(figure: Figure) -> Iterator[Location]:
    """The lines on which the figure, or what it is computed from, was typed."""
    seen: set[Location] = set()
    waiting: list[Figure] = [figure]
    done: set[str] = set()
    while waiting:
        one = waiting.pop(0)
        if one.id in done:
            continue
        done.add(one.id)
        if isinstance(one.source, Formula):
            waiting += one.source.operands
        elif one.source not in seen:
            seen.add(one.source)
            yield one.source


def in_order(changes: Iterable[Hunk]) -> bool:
    """Whether no two changes of one snippet overlap."""
    ordered = sorted(changes)
    return all(a.end <= b.start for a, b in pairwise(ordered))
