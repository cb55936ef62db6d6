"""A content file as text, changed only where told: every other character stays as typed.

A file is not loaded and dumped: the parser that builds use tells where a value stands, and the
new characters take its place there. So comments, blank lines, order, quotes, indentation, line
ends and a byte-order mark of a file saved on Windows cannot get lost, whoever wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import yaml

from disclosure.edit.yaml_places import Node, YamlPlaces
from disclosure.edit.yaml_words import (
    COMMENT_GAP,
    Content,
    Noted,
    OneLine,
    Quoted,
    bare,
    entry_lines,
    inline,
    is_scalar,
    item_lines,
)
from disclosure.load.yaml_source import KeyPath, parse_yaml

COMMENT = re.compile(r"([ \t]+)#")


class YamlText(YamlPlaces):
    """One file under change: values set, added, taken out. See :class:`YamlPlaces`."""

    # -------------------------------------------------------------- changes

    def set(self, path: KeyPath, value: Content, order: Sequence[str] = ()) -> None:
        """Write `value` at `path`; missing keys are added, the last one in its place in `order`.

        A comment at the end of the line stays, in its column where there is room.
        """
        path = tuple(path)
        if path in self:
            self._replace(path, value)
        else:
            self._add(path, value, order)
        self._check(path, value)

    def insert(self, path: KeyPath, index: int, value: Content) -> None:
        """Put `value` into the list at `path` as its item number `index`."""
        path = tuple(path)
        items = self.get(path)
        if not items:
            self.set(path, [value])
            return
        node = self._node(path)
        assert isinstance(node, yaml.SequenceNode)
        if node.flow_style:
            parts = [self._slice(item) for item in node.value]
            parts.insert(index, inline(value, within=True))
            self._splice(node.start_mark.index, node.end_mark.index, f"[{', '.join(parts)}]")
        else:
            self._insert_item(node, index, value)
        self._check((*path, index), value)

    def remove(self, path: KeyPath) -> None:
        """Take a key and all below it out of its mapping, with the comment on its line."""
        parent, key = self._node(path[:-1]), path[-1]
        assert isinstance(parent, yaml.MappingNode)
        pair = next(pair for pair in parent.value if self._key(pair[0]) == key)
        if parent.flow_style:
            rest = [
                f"{self._slice(k)}: {self._slice(v)}" for k, v in parent.value if k is not pair[0]
            ]
            start, end = parent.start_mark.index, parent.end_mark.index
            self._splice(start, end, f"{{{', '.join(rest)}}}")
            return
        start, end = pair[0].start_mark.index, self._end(pair[1], pair[0])
        self._splice(self._line_start(start), min(self._line_end(end) + 1, len(self.text)), "")
        if len(parent.value) == 1 and path[:-1]:
            self._replace(path[:-1], {})

    # -------------------------------------------------------------- how

    def _replace(self, path: KeyPath, value: Content) -> None:
        key, node = self._pair(path)
        within = self._is_inside_brackets(path)
        in_place = is_scalar(value) or within
        words = inline(value, within=within)
        if isinstance(node, yaml.ScalarNode) and in_place and node.style not in ("|", ">"):
            end = node.end_mark.index
            if self._is_empty(node):
                at = self._after_key(path, key)
                self._splice(at, at, f" {words}".rstrip(" "))
            else:
                self._splice(node.start_mark.index, end, words, keep_column=True)
        elif isinstance(node, yaml.CollectionNode) and node.flow_style and in_place:
            self._splice(node.start_mark.index, node.end_mark.index, words)
        else:
            self._replace_block(path, key, node, value)

    def _replace_block(self, path: KeyPath, key: Node | None, node: Node, value: Content) -> None:
        """A value of several lines takes the place of what stood below the key (or the dash)."""
        at = self._after_key(path, key)
        indent = key.start_mark.column if key is not None else self._dash_column(path)
        lines = entry_lines("x", value, indent) if key is not None else item_lines(value, indent)
        head = lines[0].lstrip().removeprefix("x:" if key is not None else "-")
        end = self._end(node, key)
        on_one_line = "\n" not in self.text[at:end]
        if on_one_line:
            end, behind = len(self.text[: self._line_end(end)].rstrip()), self.text[end:]
            found = COMMENT.match(behind)
        else:
            found = COMMENT.search(self.text[at : self._line_end(at)])
        comment = ""
        if found:
            comment = found.string[found.start() :].partition("\n")[0].rstrip()
        below = "".join(f"{self.newline}{line}" for line in lines[1:])
        self._splice(at, end, f"{head}{comment}{below}")

    def _add(self, path: KeyPath, value: Content, order: Sequence[str]) -> None:
        parent, key = path[:-1], path[-1]
        assert isinstance(key, str)
        node = self._node(parent) if parent in self or not parent else None
        if node is None and parent and parent not in self:
            self._add(parent, {key: value}, ())
        elif isinstance(node, yaml.MappingNode) and node.value:
            if node.flow_style:
                parts = [f"{self._slice(k)}: {self._slice(v)}" for k, v in node.value]
                at = self._position(node, key, order)
                parts.insert(at, inline({key: value})[1:-1])
                start, end = node.start_mark.index, node.end_mark.index
                self._splice(start, end, f"{{{', '.join(parts)}}}")
            else:
                self._add_lines(node, key, value, order)
        elif parent:
            self._replace(parent, {key: value})
        else:
            self._append_lines(len(self.text), entry_lines(key, value, 0))

    def _add_lines(
        self, node: yaml.MappingNode, key: str, value: Content, order: Sequence[str]
    ) -> None:
        at = self._position(node, key, order)
        indent = node.value[0][0].start_mark.column
        lines = entry_lines(key, value, indent)
        neighbour = node.value[max(at - 1, 0)]
        lines[0] = self._aligned(lines[0], neighbour)
        if at == 0:
            start = node.value[0][0].start_mark.index
            before = self._line_start(start)
            if self.text[before:start].strip():  # beside a dash: the first key stays there
                self._append_lines(self._end(neighbour[1], neighbour[0]), lines)
            else:
                block = "".join(f"{line}{self.newline}" for line in lines)
                self._splice(before, before, block)
        else:
            self._append_lines(self._end(neighbour[1], neighbour[0]), lines)

    def _position(self, node: yaml.MappingNode, key: str, order: Sequence[str]) -> int:
        """Behind the last key that stands before `key` in `order`; at the end for want of one."""
        keys = [self._key(pair[0]) for pair in node.value]
        if key not in order:
            return len(keys)
        rank = {name: number for number, name in enumerate(order)}
        before = [at for at, name in enumerate(keys) if rank.get(name, len(rank)) < rank[key]]
        if before:
            return max(before, key=lambda at: rank[keys[at]]) + 1
        after = [at for at, name in enumerate(keys) if name in rank]
        return min(after, key=lambda at: rank[keys[at]]) if after else len(keys)

    def _insert_item(self, node: yaml.SequenceNode, index: int, value: Content) -> None:
        items, indent = node.value, node.start_mark.column
        beside = items[max(index - 1, 0)]
        lines = item_lines(value, indent)
        if isinstance(beside, yaml.MappingNode) and beside.flow_style:
            lines = [f"{' ' * indent}- {inline(value)}" + _note_of(value)]
        spaced = len(items) > 1 and self._blank_between(items[0], items[1])
        if index == 0:
            at = self._line_start(items[0].start_mark.index)
            block = self.newline.join([*lines, *([""] if spaced else [])])
            self._splice(at, at, block + self.newline)
        else:
            self._append_lines(self._end(beside), ["", *lines] if spaced else lines)

    def _append_lines(self, after: int, lines: Sequence[str]) -> None:
        """Whole lines below the line of position `after`."""
        at = self._line_end(after)
        if at < len(self.text):
            self._splice(at + 1, at + 1, "".join(f"{line}{self.newline}" for line in lines))
        else:
            lead = self.newline if self.text and not self.text.endswith("\n") else ""
            block = "".join(f"{line}{self.newline}" for line in lines)
            self._splice(at, at, lead + block)

    def _aligned(self, line: str, neighbour: tuple[Node, Node]) -> str:
        """The line with its comment in the column of its neighbour's."""
        words, found, note = line.partition(f"{' ' * COMMENT_GAP}# ")
        end = self._end(neighbour[1], neighbour[0])
        beside = COMMENT.match(self.text, end)
        if not found or not beside or not isinstance(neighbour[1], yaml.ScalarNode):
            return line
        column = _width(self.text[self._line_start(end) : beside.end() - 1])
        return f"{words}{' ' * max(column - _width(words), COMMENT_GAP)}# {note}"

    def _splice(self, start: int, end: int, new: str, *, keep_column: bool = False) -> None:
        rest = self.text[end:]
        comment = COMMENT.match(rest) if keep_column else None
        if comment:
            gap = len(comment[1]) + (end - start) - len(new)
            rest = " " * max(gap, COMMENT_GAP) + rest[len(comment[1]) :]
        self.text = self.text[:start] + new + rest
        source, problems = parse_yaml(self.data, self.shown)
        assert source is not None, (self.shown, problems)
        self.value, self.lines = source.value, source.lines

    def _check(self, path: KeyPath, value: Content) -> None:
        """What was written is read back: a slip here would damage a person's file."""
        read, meant = _as_text(self.get(path)), _as_text(value)
        assert read == meant, (self.shown, path, read, meant)


def _width(text: str) -> int:
    """Columns on screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _note_of(value: Content) -> str:
    """The comment of an item written on one line: its own, or that of its first value."""
    if isinstance(value, dict):
        return next((_note_of(inner) for inner in value.values() if isinstance(inner, Noted)), "")
    return f"{' ' * COMMENT_GAP}# {value.note}" if isinstance(value, Noted) else ""


def _as_text(value: Any) -> Any:
    """As the reader gives it: every scalar its characters, nothing for an empty one."""
    value = bare(value)
    if isinstance(value, OneLine):
        value = value.value
    if isinstance(value, dict):
        return {str(key).strip(): _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(inner) for inner in value]
    if value is None or value == "":
        return None
    if isinstance(value, Quoted):
        return value.text
    if isinstance(value, str):
        return value.rstrip("\n") if "\n" in value else str(value)
    return inline(value)
