"""The content of a paragraph as items that can be compared, and written again as tracked changes.

Words are compared token by token; a picture, a line break or a tab is an item of its own; links
and fields hold items. Bookmarks take no place: the new document's stay where they are.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from lxml import etree

from disclosure.changes.parts import R, W
from disclosure.changes.tokens import Stretch, aligned, readable, tokens

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEGIN, _SEPARATE, _END = "begin", "separate", "end"
_OPEN = (f"{W}smartTag", f"{W}customXml", f"{W}sdt", f"{W}sdtContent", f"{W}bdo", f"{W}dir")
_NOTHING = (f"{W}pPr", f"{W}rPr", f"{W}proofErr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}smartTagPr",
            f"{W}customXmlPr", f"{W}lastRenderedPageBreak")  # fmt: skip

BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")

State = Literal["same", "old", "new"]


@dataclass(frozen=True, slots=True)
class Word:
    """One token of text with the looks of its run."""

    text: str
    looks: Any

    @property
    def key(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in a run beside text: a break, a tab, a picture, a chart."""

    element: Any
    looks: Any
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark's end or the like: no width, no change."""

    element: Any


@dataclass(frozen=True, slots=True)
class Group:
    """A link (`element`) or a field (its runs before and after the result), with what it holds."""

    key: tuple[str, str]
    inside: tuple[Item, ...]
    element: Any = None
    before: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()


Item: TypeAlias = Word | Thing | Mark | Group
Solid: TypeAlias = Word | Thing | Group
Digest = Callable[[str], str]  # of what a relation's identity stands for


def items_of(paragraph: Any, digest: Digest) -> tuple[Item, ...]:
    """The paragraph's items, the words of neighbouring runs cut as if they were one."""
    return tuple(_joined(_fields(list(_atoms(paragraph, digest)))))


# ------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class _FieldRun:
    """A run that opens, parts or closes a field, or holds its instruction."""

    kind: str
    run: Any
    instruction: str = ""


_Atom: TypeAlias = Item | _FieldRun


def _atoms(parent: Any, digest: Digest) -> Iterator[_Atom]:
    for child in parent:
        if child.tag == f"{W}r":
            yield from _run(child, digest)
        elif child.tag == f"{W}hyperlink":
            # Anchors are named anew by other programs; a reader sees the words of a link.
            target = "" if child.get(f"{W}anchor") else digest(child.get(f"{R}id") or "")
            inside = tuple(_joined(_fields(list(_atoms(child, digest)))))
            yield Group(("link", target), inside, element=child)
        elif child.tag == f"{W}fldSimple":
            inside = tuple(_joined(_fields(list(_atoms(child, digest)))))
            yield Group(("field", child.get(f"{W}instr", "").strip()), inside, element=child)
        elif child.tag in _OPEN:
            yield from _atoms(child, digest)
        elif child.tag not in _NOTHING and isinstance(child.tag, str):
            yield Mark(child)


def _run(run: Any, digest: Digest) -> Iterator[_Atom]:
    looks = run.find(f"{W}rPr")
    for child in run:
        if child.tag == f"{W}t":
            if child.text:
                yield Word(child.text, looks)
        elif child.tag in (f"{W}fldChar", f"{W}instrText"):
            kind = child.get(f"{W}fldCharType", "instruction")
            alone = etree.Element(f"{W}r")
            if looks is not None:
                alone.append(copy.deepcopy(looks))
            alone.append(copy.deepcopy(child))
            yield _FieldRun(kind, alone, child.text or "")
        elif child.tag not in _NOTHING and isinstance(child.tag, str):
            yield Thing(child, looks, _key_of(child, digest))


def _key_of(element: Any, digest: Digest) -> tuple[str, str]:
    """What can be seen of it: numbers given by the program do not count, bytes of a picture do."""
    shown = copy.deepcopy(element)
    for one in shown.iter():
        if not isinstance(one.tag, str):
            continue
        for name in list(one.attrib):
            if name.startswith(R):
                one.set(name, digest(one.get(name)))
        if one.tag.endswith(("}docPr", "}cNvPr")):
            one.attrib.pop("id", None)
    return element.tag, etree.tostring(shown, method="c14n").decode()


def _fields(atoms: list[_Atom]) -> Iterator[Item]:
    """Fields that open and close here become groups; one that spans paragraphs is only marked."""
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if isinstance(atom, _FieldRun):
            end = _closing(atoms, at) if atom.kind == _BEGIN else None
            if end is None:
                yield Mark(atom.run)
            else:
                yield _field(atoms[at : end + 1])
                at = end
        else:
            yield atom
        at += 1


def _closing(atoms: Sequence[_Atom], begin: int) -> int | None:
    depth = 0
    for at in range(begin, len(atoms)):
        atom = atoms[at]
        if isinstance(atom, _FieldRun):
            depth += {_BEGIN: 1, _END: -1}.get(atom.kind, 0)
            if depth == 0:
                return at
    return None


def _field(atoms: Sequence[_Atom]) -> Group:
    depth, parting = 0, len(atoms) - 1
    instruction = ""
    for at, atom in enumerate(atoms):
        if isinstance(atom, _FieldRun):
            depth += {_BEGIN: 1, _END: -1}.get(atom.kind, 0)
            if atom.kind == _SEPARATE and depth == 1:
                parting = at
                break
            if depth == 1 and atom.kind == "instruction":
                instruction += atom.instruction
    result_from = min(parting + 1, len(atoms) - 1)
    before = tuple(atom.run for atom in atoms[:result_from] if isinstance(atom, _FieldRun))
    last = atoms[-1]
    assert isinstance(last, _FieldRun)
    inside = tuple(_joined(_fields(list(atoms[result_from:-1]))))
    return Group(("field", instruction.strip()), inside, before=before, after=(last.run,))


def _joined(items: Iterable[Item]) -> Iterator[Item]:
    """Words of neighbouring runs cut anew: one number may stand in two runs."""
    waiting: list[Word] = []
    marks: list[tuple[int, Mark]] = []  # where they stand among the waiting words
    for item in items:
        if isinstance(item, Word):
            waiting.append(item)
        elif isinstance(item, Mark) and waiting:
            marks.append((sum(len(word.text) for word in waiting), item))
        else:
            yield from _cut(waiting, marks)
            waiting, marks = [], []
            yield item
    yield from _cut(waiting, marks)


def _cut(words: Sequence[Word], marks: Sequence[tuple[int, Mark]]) -> Iterator[Item]:
    text = "".join(word.text for word in words)
    looks = [(len(word.text), word.looks) for word in words]
    pending = list(marks)
    at = run = run_end = 0
    for token in tokens(text):
        while pending and pending[0][0] <= at:
            yield pending.pop(0)[1]
        while run < len(looks) and at >= run_end + looks[run][0]:
            run_end += looks[run][0]
            run += 1
        yield Word(token, looks[run][1])
        at += len(token)
    for _, mark in pending:
        yield mark


# ------------------------------------------------------------------ writing


@dataclass
class Pen:
    """Writes items as elements. `revision` gives a new w:ins or w:del, `carried` the relation in
    the new document that stands for one of the old document's."""

    revision: Callable[[str], Any]
    carried: Callable[[str], str]
    _last: tuple[Any, Any] = (None, None)  # a run and its looks, not to compare them per token

    def changed(self, old: Sequence[Item], new: Sequence[Item]) -> list[Any]:
        """Both sides in one: what stays, what is deleted, what is inserted."""
        out: list[Any] = []
        before, after = _solid(old), _solid(new)
        keys = [item.key for item in before]
        places = _places(new)
        stretches = readable(aligned(keys, [item.key for item in after]), keys)
        for one in stretches:
            if one.same:
                self._same(before[one.i1 : one.i2], new, places, one, out)
            else:
                self._written(before[one.i1 : one.i2], "old", out)
                self._written(new[places[one.j1] : places[one.j2]], "new", out)
        self._written(new[places[len(after)] :], "same", out)
        return out

    def whole(self, items: Sequence[Item], state: State) -> list[Any]:
        """All of it inserted, deleted or unchanged."""
        out: list[Any] = []
        self._written(items, state, out)
        return out

    def _same(
        self,
        before: Sequence[Solid],
        new: Sequence[Item],
        places: Sequence[int],
        one: Stretch,
        out: list[Any],
    ) -> None:
        """Equal items; what a link or a field holds may still have changed."""
        olds = iter(before)
        for item in new[places[one.j1] : places[one.j2]]:
            if isinstance(item, Mark):
                self._written([item], "same", out)
                continue
            old = next(olds)
            if isinstance(item, Group) and isinstance(old, Group):
                inside = self.changed(old.inside, item.inside)
                out += self._around(item, inside, "same")
            else:
                self._written([item], "same", out)

    def _written(self, items: Sequence[Item], state: State, out: list[Any]) -> None:
        for item in items:
            if isinstance(item, Mark):
                if state != "old" or item.element.tag in BOOKMARKS:
                    out.append(copy.deepcopy(item.element))
            elif isinstance(item, Group):
                inside: list[Any] = []
                self._written(item.inside, state, inside)
                out += self._around(item, inside, state)
            else:
                self._append(item, state, out)

    def _around(self, group: Group, inside: list[Any], state: State) -> list[Any]:
        if group.element is not None:
            shell = etree.Element(group.element.tag, dict(group.element.attrib))
            link = shell.get(f"{R}id")
            if state == "old" and link:
                shell.set(f"{R}id", self.carried(link))
            shell.extend(inside)
            return [shell]
        before = [copy.deepcopy(run) for run in group.before]
        after = [copy.deepcopy(run) for run in group.after]
        return [*self._tracked(before, state), *inside, *self._tracked(after, state)]

    def _tracked(self, runs: list[Any], state: State) -> list[Any]:
        if state == "same" or not runs:
            return runs
        if state == "old":
            for run in runs:
                for text in run.iter(f"{W}instrText"):
                    text.tag = f"{W}delInstrText"
        mark = self.revision("del" if state == "old" else "ins")
        mark.extend(runs)
        return [mark]

    def _append(self, item: Word | Thing, state: State, out: list[Any]) -> None:
        """The item behind what is there, in the same run and the same mark where it can be."""
        place = out
        if state != "same":
            tag = f"{W}del" if state == "old" else f"{W}ins"
            if not (out and out[-1].tag == tag):
                out.append(self.revision("del" if state == "old" else "ins"))
            place = out[-1]
        run = place[-1] if len(place) else None
        if run is None or not (self._last == (run, item.looks) or _looks_like(run, item.looks)):
            run = etree.Element(f"{W}r")
            if item.looks is not None:
                run.append(copy.deepcopy(item.looks))
            place.append(run)
        self._last = (run, item.looks)
        if isinstance(item, Thing):
            thing = copy.deepcopy(item.element)
            if state == "old":
                for one in thing.iter():
                    for name in [n for n in one.attrib if n.startswith(R)]:
                        one.set(name, self.carried(one.get(name)))
            run.append(thing)
            return
        tag = f"{W}delText" if state == "old" else f"{W}t"
        if not (len(run) and run[-1].tag == tag):
            etree.SubElement(run, tag).set(SPACE, "preserve")
        run[-1].text = (run[-1].text or "") + item.text


def _solid(items: Iterable[Item]) -> list[Solid]:
    return [item for item in items if not isinstance(item, Mark)]


def _places(items: Sequence[Item]) -> list[int]:
    """Where each solid item stands, marks before it counted to it; last, where the rest begins."""
    places, start = [], 0
    for at, item in enumerate(items):
        if not isinstance(item, Mark):
            places.append(start)
            start = at + 1
    return [*places, start]


def _looks_like(run: Any, looks: Any) -> bool:
    """Whether the run looks so, and is one for text or things (not of a field)."""
    if run.tag != f"{W}r" or run.find(f"{W}fldChar") is not None:
        return False
    own = run.find(f"{W}rPr")
    if own is None or looks is None:
        return own is None and looks is None
    return bool(etree.tostring(own) == etree.tostring(looks))
