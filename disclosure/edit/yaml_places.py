"""Where the values of a YAML file stand in its text, character by character."""

from __future__ import annotations

import codecs
import unicodedata
from typing import Any, TypeAlias

import yaml

from disclosure.load.yaml_source import KeyPath, parse_yaml
from disclosure.model.place import DisclosureError, Location

Node: TypeAlias = yaml.Node


class YamlPlaces:
    """A content file as text, its values and their places. `shown` is its name in messages.

    Raises DisclosureError when the file is not YAML that a build could read.
    """

    def __init__(self, data: bytes, shown: str) -> None:
        source, problems = parse_yaml(data, shown)
        if source is None:
            raise DisclosureError(*problems)
        self.shown = shown
        self.mark = data.startswith(codecs.BOM_UTF8)
        self.text = data.decode("utf-8-sig")
        self.newline = "\r\n" if "\r\n" in self.text else "\n"
        self.value = source.value
        self.lines = source.lines

    @property
    def data(self) -> bytes:
        """The file's bytes as they are now."""
        return (codecs.BOM_UTF8 if self.mark else b"") + self.text.encode()

    def get(self, path: KeyPath) -> Any:
        """The value typed at `path`, as text, list or mapping; None when empty or not there."""
        value: Any = self.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def __contains__(self, path: KeyPath) -> bool:
        """Whether the key is there, be it without a value."""
        return tuple(path) in self.lines

    def location(self, path: KeyPath) -> Location:
        return Location(self.shown, self.lines.get(tuple(path), 1))

    def _root(self) -> Node | None:
        root: Node | None = yaml.compose(self.text, Loader=yaml.CSafeLoader)
        return root

    def _node(self, path: KeyPath) -> Node | None:
        node = self._root()
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next(v for k, v in node.value if self._key(k) == step)
            elif isinstance(node, yaml.SequenceNode):
                node = node.value[step]
        return node

    def _pair(self, path: KeyPath) -> tuple[Node | None, Node]:
        """Key and value of a mapping entry; of a list item only the value."""
        parent = self._node(path[:-1])
        if isinstance(parent, yaml.MappingNode):
            key, value = next(pair for pair in parent.value if self._key(pair[0]) == path[-1])
            return key, value
        assert isinstance(parent, yaml.SequenceNode)
        return None, parent.value[path[-1]]

    @staticmethod
    def _key(node: Node) -> str:
        return unicodedata.normalize("NFC", str(node.value).strip())

    def _is_empty(self, node: Node) -> bool:
        return node.start_mark.index == node.end_mark.index

    def _is_inside_brackets(self, path: KeyPath) -> bool:
        parents = (self._node(path[:length]) for length in range(len(path)))
        return any(isinstance(p, yaml.CollectionNode) and p.flow_style for p in parents)

    def _after_key(self, path: KeyPath, key: Node | None) -> int:
        """Just behind the colon of the key, or behind the dash of a list item."""
        if key is not None:
            return self.text.index(":", key.end_mark.index) + 1
        parent = self._node(path[:-1])
        assert isinstance(parent, yaml.SequenceNode)
        return self.text.rindex("-", 0, parent.value[path[-1]].start_mark.index) + 1

    def _dash_column(self, path: KeyPath) -> int:
        parent = self._node(path[:-1])
        assert parent is not None
        return int(parent.start_mark.column)

    def _end(self, node: Node, key: Node | None = None) -> int:
        """Where the node's last character stands, comments and blank lines behind it left out."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            if start == end and key is not None:
                return self.text.index(":", key.end_mark.index) + 1
            return start + len(self.text[start:end].rstrip())
        assert isinstance(node, yaml.CollectionNode)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1], last[0]) if isinstance(last, tuple) else self._end(last)

    def _slice(self, node: Node) -> str:
        return self.text[node.start_mark.index : self._end(node)]

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def _blank_between(self, first: Node, second: Node) -> bool:
        between = self.text[self._end(first) : second.start_mark.index]
        return any(not line.strip() for line in between.splitlines()[1:-1])
