"""Last year's file on its way to being this year's: values taken out, words marked, all else kept.

Changes are gathered against the text as it was read and made in one go, so comments, order and
layout of the file stay as a person made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import yaml

from disclosure.drafting.todo_list import LAST_YEAR
from disclosure.edit.yaml_places import Node, YamlPlaces
from disclosure.edit.yaml_words import COMMENT_GAP
from disclosure.load.yaml_source import KeyPath
from disclosure.model.text import UNCONFIRMED

NOTHING_THERE = "没有；本年也没有的写 []"
COMMENT = re.compile(r"[ \t]*#[ \t]*(.*)")
COMMA = re.compile(r"\s*,\s*")
BLANKS = re.compile(r"\s*")
HEAD = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*")
BLOCK_STYLES = ("|", ">")
QUOTES = ("'", '"')


class CarriedText(YamlPlaces):
    """A file of last year under change; `finish` gives the new one."""

    def __init__(self, data: bytes, shown: str) -> None:
        super().__init__(data, shown)
        self._cuts: list[tuple[int, int, str]] = []
        self._notes: dict[int, list[str]] = {}

    def blank(self, path: KeyPath) -> None:
        """Take out what is typed at `path`; it stays in view as a comment."""
        key, node = self._pair(path)
        at, end, old = self._after_key(path, key), self._end(node, key), self.get(path)
        told = NOTHING_THERE if old == [] else old if isinstance(old, str) else self._slice(node)
        if self._is_inside_brackets(path):
            self._cut(at, end, " ")
            told = f"{path[-1]} {told}"
        elif isinstance(node, yaml.CollectionNode) and not node.flow_style:
            self._cut(self._line_end(at), end, "")
        else:
            self._cut(at, end, "")
        self._note(at, told)

    def hold_back(self, path: KeyPath) -> None:
        """Put 【待核对】 before the words at `path`, so that they are not printed yet."""
        _, node = self._pair(path)
        assert isinstance(node, yaml.ScalarNode)
        at = node.start_mark.index
        if node.style in BLOCK_STYLES:
            at = self._past_blanks(self._line_end(at))
        elif node.style in QUOTES:
            at += 1
        self._cut(at, at, UNCONFIRMED)

    def drop(self, path: KeyPath) -> None:
        """Take a key out with its value and the comment above it; what it said stays in view."""
        parent = self._node(path[:-1])
        assert isinstance(parent, yaml.MappingNode)
        at = next(n for n, pair in enumerate(parent.value) if self._key(pair[0]) == path[-1])
        key, node = parent.value[at]
        start, end = key.start_mark.index, self._end(node, key)
        told = f"{path[-1]} {self.get(path)}"
        if parent.flow_style:
            comma = COMMA.match(self.text, end)
            before = self._end(parent.value[at - 1][1]) if at else start
            self._cut(before, comma.end() if comma and not at else end, "")
            self._note(start, told)
        elif at == 0:  # beside a dash, or the first line of its mapping: the key stays there
            self.blank(path)
        else:
            beside_key, beside = parent.value[at - 1]
            if getattr(beside, "style", None) not in BLOCK_STYLES:
                self._note(self._end(beside, beside_key), told)
            first = self._with_comment_above(self._line_start(start), key.start_mark.column)
            self._cut(self._line_end(first - 2), self._line_end(end), "")

    def as_comments(self, path: KeyPath, value: str) -> None:
        """Put `value` in the place of what stands at `path`; that stays below as comments."""
        key, node = self._pair(path)
        at, end = self._after_key(path, key), self._end(node, key)
        if "\n" not in self.text[at:end]:
            self._note(at, self._slice(node))
            self._cut(at, end, f" {value}")
            return
        first, *lines = self.text[at : self._line_end(end)].splitlines()
        told = [f"{self.newline}# {LAST_YEAR} {line.strip()}" for line in lines if line.strip()]
        self._cut(at, self._line_end(end), f" {value}{first}{''.join(told)}")

    def leave_open(self, key: str) -> None:
        """A key that last year's file did without, at the end of the file, to be filled in."""
        ended = self.text.endswith("\n") or not self.text
        line = f"{key}:{' ' * COMMENT_GAP}# {LAST_YEAR} {NOTHING_THERE}{self.newline}"
        self._cut(len(self.text), len(self.text), line if ended else self.newline + line)

    def retitle(self, old: int, new: int) -> None:
        """The year in the comment at the head of the file."""
        head = HEAD.match(self.text)
        for found in re.finditer(rf"(?<!\d){old}(?=\s*年)", head.group() if head else ""):
            self._cut(found.start(), found.end(), str(new))

    def finish(self) -> bytes:
        """The new file. Raises DisclosureError should it no longer be readable."""
        for at, notes in self._notes.items():
            self._write_note(at, f"{LAST_YEAR} {'，'.join(notes)}")
        pieces, at = [], 0
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[:2]):
            pieces += [self.text[at:start], new]
            at = max(at, end)
        self.text = "".join([*pieces, self.text[at:]])
        return YamlPlaces(self.data, self.shown).data

    # -------------------------------------------------------------- how

    @cached_property
    def _whole(self) -> Node | None:
        return super()._root()

    def _root(self) -> Node | None:
        return self._whole

    def _cut(self, start: int, end: int, new: str) -> None:
        self._cuts.append((start, end, new))

    def _note(self, at: int, words: str) -> None:
        """Last year's value, for the comment at the end of the line of `at`."""
        self._notes.setdefault(self._line_end(at), []).append(" ".join(words.split()))

    def _write_note(self, line_end: int, told: str) -> None:
        """A comment of its own, or before the one that is there."""
        start = self._line_start(line_end)
        values = [mark for mark in self._value_ends if start <= mark <= line_end]
        comment = COMMENT.search(self.text, max(values, default=start), line_end)
        if comment is None:
            self._cut(line_end, line_end, f"{' ' * COMMENT_GAP}# {told}")
        else:
            self._cut(comment.start(1), comment.start(1), f"{told}；")

    @cached_property
    def _value_ends(self) -> list[int]:
        """Where keys and values end: a # before that is none of a comment."""
        return [*_ends(self._whole)]

    def _with_comment_above(self, first: int, column: int) -> int:
        """Where the comment right above the line at `first` begins, if it has one."""
        above = self._line_start(first - 1)
        line = self.text[above:first]
        if line[:column].strip() or line[column : column + 1] != "#":
            return first
        return self._with_comment_above(above, column)

    def _past_blanks(self, at: int) -> int:
        found = BLANKS.match(self.text, at)
        return found.end() if found else at

    def _line_end(self, at: int) -> int:
        """Where the line's characters end, before \\n or \\r\\n."""
        end = super()._line_end(at)
        return end - 1 if self.text[end - 1 : end] == "\r" and end > at else end


def _ends(node: Node | None) -> Iterator[int]:
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for part in pair:
                yield from _ends(part)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _ends(item)
    elif node is not None:
        yield node.end_mark.index
