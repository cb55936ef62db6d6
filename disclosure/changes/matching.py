"""Which block of the new document is which of the old one: by bookmark, by name, by likeness."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from disclosure.changes.parts import W
from disclosure.changes.tokens import NUMBER, aligned

OURS = "d_"  # how the bookmark of a paragraph with a key begins
ALIKE = 0.5  # of the characters two texts share when one is the other, changed
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")  # 科目编码 of a 类, 款 or 项
_AMOUNT = re.compile(rf"\s*(?:{NUMBER}%?)?\s*")

Pair = tuple[Any | None, Any | None]
Key = Callable[[Any], Hashable]


def matched(old: Sequence[Any], new: Sequence[Any], key: Key) -> Iterator[Pair]:
    """Pairs of elements in the order of both; None where one side lacks it.

    What reads the same belongs together, then what has the same key, then what is alike: a key
    may count (主要职责 3), and all that follow a new one have another.
    """
    for one in aligned([_words(e) for e in old], [_words(e) for e in new]):
        left, right = old[one.i1 : one.i2], new[one.j1 : one.j2]
        if one.same:
            yield from zip(left, right, strict=True)
        else:
            yield from _by_key(left, right, key)


def _words(element: Any) -> Hashable:
    """What it says. Style names do not count: other programs give their own."""
    ends_section = element.find(f"{W}pPr/{W}sectPr") is not None
    drawn = element.find(f".//{W}drawing") is not None
    return element.tag, caption_of(element), text_of(element), ends_section, drawn


def _by_key(old: Sequence[Any], new: Sequence[Any], key: Key) -> Iterator[Pair]:
    """Within a stretch that changed. Texts of one key that have nothing in common are two."""
    i = j = 0
    for one in aligned([key(e) for e in old], [key(e) for e in new]):
        if one.same:
            for n in range(one.i2 - one.i1):
                left, right = old[one.i1 + n], new[one.j1 + n]
                if left.tag != f"{W}p" or _ratio(text_of(left), text_of(right)) > ALIKE:
                    yield from _by_likeness(old[i : one.i1 + n], new[j : one.j1 + n])
                    yield left, right
                    i, j = one.i1 + n + 1, one.j1 + n + 1
    yield from _by_likeness(old[i:], new[j:])


def _by_likeness(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair]:
    """Each old element with the next new one that is like it."""
    alone = len(old) == len(new) == 1
    start = 0
    for one in old:
        found = next(
            (at for at in range(start, len(new)) if _alike(one, new[at], only=alone)), None
        )
        if found is None:
            yield one, None
            continue
        for other in new[start:found]:
            yield None, other
        yield one, new[found]
        start = found + 1
    for other in new[start:]:
        yield None, other


def _alike(old: Any, new: Any, *, only: bool) -> bool:
    if old.tag != new.tag:
        return False
    if old.tag == f"{W}p":
        if bool(bookmark_of(old)) != bool(bookmark_of(new)):
            return False
        if only:
            return style_of(old) == style_of(new)
    if old.tag == f"{W}tbl" and caption_of(old) and caption_of(new):
        if only:
            return True
        return _ratio(caption_of(old), caption_of(new)) > ALIKE
    if old.tag == f"{W}tr":
        if (code_of(old) or code_of(new)) and code_of(old) != code_of(new):
            return False
        before, after = cell_texts(old), cell_texts(new)
        equal = sum(a == b for a, b in zip(before, after, strict=False))
        return equal * 2 > max(len(before), len(after)) or only
    return _ratio(text_of(old), text_of(new)) > ALIKE


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() <= ALIKE or matcher.quick_ratio() <= ALIKE:
        return 0.0
    return matcher.ratio()


def block_key(block: Any) -> Hashable:
    """What names a paragraph, table or content control over builds."""
    if block.tag == f"{W}tbl":
        return ("table", caption_of(block) or " ".join(cell_texts(next(block.iter(f"{W}tr")))))
    if block.tag != f"{W}p":
        return (block.tag, "")
    if name := bookmark_of(block):
        return ("paragraph", name)
    link = block.find(f".//{W}hyperlink")
    if link is not None and link.get(f"{W}anchor"):
        return ("link", link.get(f"{W}anchor"))
    return _words(block)


def row_keys(table: Any) -> dict[Any, Hashable]:
    """A name for every row: its 科目 code, else its labels; the second of a name is numbered."""
    seen: dict[Hashable, int] = {}
    keys: dict[Any, Hashable] = {}
    for row in table.findall(f"{W}tr"):
        texts = cell_texts(row)
        name: Hashable = code_of(row) or tuple(t for t in texts if not _AMOUNT.fullmatch(t))
        seen[name] = seen.get(name, 0) + 1
        keys[row] = (name, seen[name])
    return keys


def bookmark_of(paragraph: Any) -> str:
    """The name of the bookmark around a generated paragraph, "" without one."""
    for mark in paragraph.iterfind(f"{W}bookmarkStart"):
        name = mark.get(f"{W}name") or ""
        if name.startswith(OURS):
            return str(name)
    return ""


def caption_of(table: Any) -> str:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    return "" if caption is None else str(caption.get(f"{W}val"))


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def code_of(row: Any) -> str:
    """The 科目编码 in the first cell of a row, "" without one."""
    first = row.find(f"{W}tc")
    text = "" if first is None else text_of(first)
    return text if _CODE.fullmatch(text) else ""


def cell_texts(row: Any) -> list[str]:
    return [text_of(cell) for cell in row.findall(f"{W}tc")]


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
