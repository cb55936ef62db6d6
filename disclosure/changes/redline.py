"""The Word redline (修订): the new document, with all that changed against an old one tracked.

Accepting every change gives the new document's text, rejecting every change the old one's. It
shows words, tables and pictures; a change of looks alone (a restyled template) is no change.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from disclosure.changes.inline import BOOKMARKS, Pen, State, items_of
from disclosure.changes.matching import block_key, matched, row_keys
from disclosure.changes.parts import BODY, Carrier, Parts, R, W, packed
from disclosure.changes.settle import is_tracked, settle

_FIRST_REVISION = 900_001  # ids of revisions and bookmarks must differ; a report has a thousand
_SETTINGS = "word/settings.xml"
_BEFORE_TRACKING = ("writeProtection", "view", "zoom", "removePersonalInformation",
    "removeDateAndTime", "doNotDisplayPageBoundaries", "displayBackgroundShape",
    "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts",
    "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
    "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
    "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView")  # fmt: skip

_BEFORE_MERGE = ("cnfStyle", "tcW", "gridSpan", "hMerge")  # what stands before w:vMerge


@dataclass(frozen=True)
class Reviser:
    """Who the changes are put down to, and when (as in OOXML, YYYY-MM-DDThh:mm:ssZ)."""

    name: str
    date: str


def redline(old: bytes, new: bytes, reviser: Reviser, old_name: str = "") -> bytes:
    """The new .docx with every change against `old` tracked.

    Changes that either document still tracks count as accepted. Raises DisclosureError when
    `old` (called `old_name` in messages) is no Word document.
    """
    before, after = Parts(old, old_name), Parts(new)
    merger = _Merger(before, after, reviser)
    for part in (BODY, *_other_parts(after)):
        if part != BODY and before.data.get(part) in (None, after.data[part]):
            continue
        merger.merge_part(part)
    _switch_tracking_on(after)
    return packed(after)


def _other_parts(parts: Parts) -> list[str]:
    """Headers and footers."""
    return sorted(
        name
        for name in parts.data
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    )


class _Merger:
    """Merges an old part into a new one, block by block."""

    def __init__(self, old: Parts, new: Parts, reviser: Reviser) -> None:
        self.old, self.new = old, new
        self.carrier = Carrier(old, new)
        self.part = BODY
        self._numbers = itertools.count(_FIRST_REVISION)
        self._reviser = reviser
        self.pen = Pen(self.revision, self.carrier.carried)

    def revision(self, kind: str) -> Any:
        """A new w:ins or w:del."""
        return etree.Element(
            f"{W}{kind}",
            {
                f"{W}id": str(next(self._numbers)),
                f"{W}author": self._reviser.name,
                f"{W}date": self._reviser.date,
            },
        )

    def merge_part(self, part: str) -> None:
        self.part = part
        self.carrier.within(part)
        old, new = self.old.tree(part), self.new.tree(part)
        for root in (old, new):
            if is_tracked(root):
                settle(root, accept=True)
        if part == BODY:
            old, new = old.find(f"{W}body"), new.find(f"{W}body")
        names = {one.get(f"{W}name") for one in new.iter(f"{W}bookmarkStart")}
        merged = self._blocks(list(old), list(new))
        for child in list(new):
            new.remove(child)
        new.extend(merged)
        _number_bookmarks(new, names)

    # -------------------------------------------------------------- blocks

    def _blocks(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        out: list[Any] = []
        for before, after in matched(_content(old), _content(new), block_key):
            if before is None:
                out += self._whole(after, "ins")
            elif after is None:
                out += self._whole(before, "del")
            else:
                out += self._changed(before, after)
        out += [copy.deepcopy(one) for one in new if one.tag == f"{W}sectPr"]
        return out

    def _changed(self, old: Any, new: Any) -> list[Any]:
        if _is_same(old, new):
            return [copy.deepcopy(new)]
        if new.tag == f"{W}p":
            return [self._paragraph(old, new)]
        if new.tag == f"{W}tbl":
            return self._table(old, new)
        if new.tag == f"{W}sdt":
            return [self._control(old, new)]
        return [copy.deepcopy(new)]

    def _paragraph(self, old: Any, new: Any) -> Any:
        out = etree.Element(f"{W}p", dict(new.attrib))
        properties = new.find(f"{W}pPr")
        if properties is not None:
            out.append(copy.deepcopy(properties))
        out.extend(self.pen.changed(self._items(self.old, old), self._items(self.new, new)))
        return out

    def _control(self, old: Any, new: Any) -> Any:
        """A content control around blocks: the contents page."""
        out = etree.Element(new.tag, dict(new.attrib))
        was = old.find(f"{W}sdtContent")
        for child in new:
            if child.tag == f"{W}sdtContent":
                inside = etree.SubElement(out, child.tag, dict(child.attrib))
                inside.extend(self._blocks([] if was is None else list(was), list(child)))
            else:
                out.append(copy.deepcopy(child))
        return out

    def _whole(self, block: Any, kind: str) -> list[Any]:
        """A block inserted or deleted as a whole."""
        if block.tag == f"{W}p":
            return [self._whole_paragraph(block, kind)]
        if block.tag == f"{W}tbl":
            table = etree.Element(block.tag, dict(block.attrib))
            for child in block:
                is_row = child.tag == f"{W}tr"
                table.append(self._whole_row(child, kind) if is_row else copy.deepcopy(child))
            return [table]
        if block.tag == f"{W}sdt":
            inside = block.find(f"{W}sdtContent")
            return [] if inside is None else [w for one in inside for w in self._whole(one, kind)]
        return [copy.deepcopy(block)] if kind == "ins" else []

    def _whole_paragraph(self, paragraph: Any, kind: str) -> Any:
        out = etree.Element(f"{W}p", dict(paragraph.attrib))
        properties = paragraph.find(f"{W}pPr")
        properties = etree.Element(f"{W}pPr") if properties is None else copy.deepcopy(properties)
        looks = properties.find(f"{W}rPr")
        if looks is None:
            looks = etree.Element(f"{W}rPr")
            last = properties.find(f"{W}sectPr")
            if last is None:
                properties.append(looks)
            else:
                last.addprevious(looks)
        looks.insert(0, self.revision(kind))
        if kind == "del":
            for one in properties.iter():
                for name in [n for n in one.attrib if n.startswith(R)]:
                    one.set(name, self.carrier.carried(one.get(name)))
        out.append(properties)
        source = self.old if kind == "del" else self.new
        state: State = "old" if kind == "del" else "new"
        out.extend(self.pen.whole(self._items(source, paragraph), state))
        return out

    def _items(self, source: Parts, paragraph: Any) -> Any:
        digest: Callable[[str], str] = lambda identity: source.digest(self.part, identity)  # noqa: E731
        return items_of(paragraph, digest)

    # -------------------------------------------------------------- tables

    def _table(self, old: Any, new: Any) -> list[Any]:
        """Rows by 科目 code or labels; with other columns than before it is another table."""
        if _columns(old) != _columns(new):
            return [*self._whole(old, "del"), *self._whole(new, "ins")]
        out = etree.Element(new.tag, dict(new.attrib))
        out.extend(copy.deepcopy(child) for child in new if child.tag != f"{W}tr")
        keys = row_keys(old) | row_keys(new)
        rows = old.findall(f"{W}tr"), new.findall(f"{W}tr")
        for before, after in matched(*rows, keys.__getitem__):
            if before is None:
                out.append(self._whole_row(after, "ins"))
            elif after is None:
                out.append(self._whole_row(before, "del"))
            elif _shape(before) != _shape(after):
                # A cell that goes on from the row above would hang in the air after one of both.
                out.append(self._whole_row(before, "del"))
                out.append(self._whole_row(after, "ins"))
            else:
                out.append(self._row(before, after))
        return [out]

    def _row(self, old: Any, new: Any) -> Any:
        out = etree.Element(new.tag, dict(new.attrib))
        out.extend(copy.deepcopy(child) for child in new if child.tag != f"{W}tc")
        for before, after in zip(old.findall(f"{W}tc"), new.findall(f"{W}tc"), strict=True):
            cell = etree.SubElement(out, f"{W}tc", dict(after.attrib))
            cell.extend(_cell_properties(before, after))
            cell.extend(self._cell(_content(before), _content(after)))
        return out

    def _cell(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        """The last paragraphs belong together: a cell's end cannot be inserted or deleted."""
        if old and new and old[-1].tag == new[-1].tag == f"{W}p":
            return [*self._blocks(old[:-1], new[:-1]), *self._changed(old[-1], new[-1])]
        return self._blocks(old, new)

    def _whole_row(self, row: Any, kind: str) -> Any:
        out = etree.Element(row.tag, dict(row.attrib))
        out.extend(copy.deepcopy(c) for c in row if c.tag == f"{W}tblPrEx")
        properties = row.find(f"{W}trPr")
        properties = etree.Element(f"{W}trPr") if properties is None else copy.deepcopy(properties)
        properties.append(self.revision(kind))
        out.append(properties)
        for cell in row.findall(f"{W}tc"):
            copied = etree.SubElement(out, f"{W}tc", dict(cell.attrib))
            copied.extend(copy.deepcopy(c) for c in cell if c.tag == f"{W}tcPr")
            for block in _content(cell):
                copied.extend(self._whole(block, kind))
        return out


def _is_same(old: Any, new: Any) -> bool:
    """Whether nothing differs; a picture may show something else under the same name."""
    same = etree.tostring(old, with_tail=False) == etree.tostring(new, with_tail=False)
    return bool(same) and old.find(f".//{W}drawing") is None


def _content(blocks: Sequence[Any]) -> list[Any]:
    """Paragraphs, tables and content controls."""
    return [one for one in blocks if one.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")]


def _columns(table: Any) -> int:
    """The most cells in a row. The grid itself is no measure: other programs cut it anew."""
    return max((len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")), default=0)


def _shape(row: Any) -> list[bool]:
    """For each cell, whether it goes on from the row above."""
    return [_merged_down(cell) == "continue" for cell in row.findall(f"{W}tc")]


def _merged_down(cell: Any) -> str:
    """restart, continue, or "" for a cell by itself."""
    down = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if down is None else str(down.get(f"{W}val", "continue"))


def _cell_properties(old: Any, new: Any) -> list[Any]:
    """Those of the new cell. Where the old one began a merge, so does this: the rows that go on
    from it are there until the changes are accepted, and a merge of one cell does no harm."""
    found = [copy.deepcopy(child) for child in new if child.tag == f"{W}tcPr"]
    if found and _merged_down(old) == "restart" and not _merged_down(new):
        begins = etree.Element(f"{W}vMerge", {f"{W}val": "restart"})
        before = [one for one in found[0] if etree.QName(one).localname in _BEFORE_MERGE]
        found[0].insert(len(before), begins)
    return found


def _number_bookmarks(root: Any, new_names: set[str | None]) -> None:
    """Each bookmark a number of its own; of the old document's only those that the new lacks."""
    numbers: dict[tuple[bool, str], str] = {}
    taken: set[str | None] = set()
    count = itertools.count(1)
    for mark in list(root.iter(*BOOKMARKS)):
        identity = (_is_deleted(mark), mark.get(f"{W}id"))
        if mark.tag == BOOKMARKS[0]:
            name = mark.get(f"{W}name")
            if name in taken or (identity[0] and name in new_names):
                mark.getparent().remove(mark)
                continue
            taken.add(name)
            numbers[identity] = str(next(count))
        number = numbers.get(identity) or numbers.get((not identity[0], identity[1]))
        if number is None:
            mark.getparent().remove(mark)
        else:
            mark.set(f"{W}id", number)


def _is_deleted(mark: Any) -> bool:
    """Whether the bookmark stands in a paragraph that is deleted as a whole."""
    paragraph = mark.getparent()
    while paragraph is not None and paragraph.tag != f"{W}p":
        paragraph = paragraph.getparent()
    return paragraph is not None and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _switch_tracking_on(parts: Parts) -> None:
    """What somebody types into the redline is tracked under a name of its own."""
    if _SETTINGS not in parts.data:
        return
    settings = parts.tree(_SETTINGS)
    if settings.find(f"{W}trackRevisions") is None:
        before = [one for one in settings if etree.QName(one).localname in _BEFORE_TRACKING]
        settings.insert(len(before), etree.Element(f"{W}trackRevisions"))
