"""A content file in which reasons get what they were confirmed for, every other character kept."""

from __future__ import annotations

import yaml

from disclosure.edit.yaml_text import YamlText
from disclosure.edit.yaml_words import Content, inline
from disclosure.load.yaml_source import KeyPath

WORDS, NOT_GIVEN, DIRECTION, GAP = "文字", "不说明", "说明方向", "说明差额"
ORDER = (WORDS, NOT_GIVEN, DIRECTION, GAP)
DEEPER = "  "  # one level of a content file


class ReasonText(YamlText):
    """See :class:`disclosure.edit.yaml_text.YamlText`."""

    def state(self, reason: KeyPath, key: str, value: Content) -> None:
        """Write `key` into the reason, which may still be a bare sentence or a list of them."""
        if not isinstance(self.get(reason), dict):
            self._spell_out(reason)
        node = self._node(reason)
        if not isinstance(node, yaml.MappingNode) or not node.flow_style or (*reason, key) in self:
            self.set((*reason, key), value, ORDER)
            return
        beside_key, beside = node.value[max(self._position(node, key, ORDER) - 1, 0)]
        at = self._end(beside, beside_key)
        self._splice(at, at, f", {key}: {inline(value, within=True)}")
        self._check((*reason, key), value)

    def _spell_out(self, reason: KeyPath) -> None:
        """Make what is said the 文字 of a mapping; its own characters stay."""
        said = self.get(reason)
        key, node = self._pair(reason)
        assert key is not None
        start, end = node.start_mark.index, self._end(node, key)
        indent = " " * key.start_mark.column + DEEPER
        if self._is_inside_brackets(reason):
            self._splice(start, end, f"{{{WORDS}: {self.text[start:end]}}}")
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
            below = " " * max(len(indent + DEEPER) - node.start_mark.column, 0)
            start = self._line_start(start)
            lines = _moved(below + self.text[start:end], below)
            self._splice(start, end, f"{indent}{WORDS}:{self.newline}{lines}")
        else:
            colon = self._after_key(reason, key)
            between = self.text[colon:start].strip()
            remark = f"{DEEPER}{between}" if between else ""
            words = _moved(self.text[start:end], DEEPER)
            self._splice(colon, end, f"{remark}{self.newline}{indent}{WORDS}: {words}")
        self._check((*reason, WORDS), said)


def _moved(text: str, right: str) -> str:
    """The lines below the first one moved to the right."""
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{right}{line}" if line.strip() else line for line in others)])
