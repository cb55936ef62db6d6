"""acknowledged.yaml with more hints confirmed: each 对象 in one place, all else as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml

from disclosure.check.finding import Finding
from disclosure.edit.yaml_text import YamlText
from disclosure.edit.yaml_words import Content, OneLine, entry_lines, item_lines
from disclosure.load.yaml_source import parse_yaml
from disclosure.model.place import DisclosureError, Location, Problem

HINTS = "已确认提示"
RULE, ABOUT, WHY, WHO, WHEN = "规则", "对象", "理由", "确认人", "日期"
# What a new file begins with.
HEADER = """\
# 已确认提示：核对时的“提示”看过一次、决定照旧的，记在这里，以后不再提示。
# 来源：build.py check 的提示。本文件的文字不印在公开文档里。
# 怎么填：运行 build.py confirm 看有哪些提示，再用 build.py confirm 号码 --reason "…" --by … 写进来；手写也行：
#         规则 —— 提示开头方括号里的编号；对象 —— 提示说的是哪一处，后面括号里是确认时的数或文字，没有的留 []；
#         理由、确认人（写岗位）、日期照实写。一条可以管几个对象。
#         背后的数变了，提示会再出来；错误不能确认，只能改正；没有对上任何提示的条目，程序会提醒删去。

"""

Objects: TypeAlias = dict[str, tuple[str, ...]]  # 对象 to the figures it is confirmed for


@dataclass(frozen=True)
class Word:
    """理由, 确认人, 日期."""

    why: str
    who: str
    when: date

    def as_content(self) -> dict[str, Content]:
        return {WHY: self.why, WHO: self.who, WHEN: self.when}


def with_confirmed(data: bytes | None, shown: str, hints: Sequence[Finding], word: Word) -> bytes:
    """The file's bytes with `hints` confirmed; `data` is None when there is no file yet.

    What was confirmed before for the same rule and 对象 is replaced. Raises DisclosureError when
    the file cannot be read, or cannot hold a hint as it is.
    """
    unfit = [hint for hint in hints if not _fits(hint)]
    if unfit:
        raise DisclosureError(*(_unfit(hint, shown) for hint in unfit))
    file = _AcknowledgedText(f"{HEADER}{HINTS}: []\n".encode() if data is None else data, shown)
    by_rule: dict[str, Objects] = {}
    for hint in hints:
        by_rule.setdefault(hint.rule, {})[hint.about] = hint.figures
    for rule, objects in by_rule.items():
        rest = file.replaced(rule, objects, word)
        if rest:
            about: Mapping[str, Content] = {name: OneLine(each) for name, each in rest.items()}
            file.append({RULE: rule, ABOUT: about, **word.as_content()})
    return file.data


class _AcknowledgedText(YamlText):
    def replaced(self, rule: str, objects: Objects, word: Word) -> Objects:
        """Confirm anew what stands here already; gives what is still to have an entry.

        An entry all of whose 对象 are confirmed anew stays in its place; from another one they
        are taken out, for its 理由 is not theirs any more.
        """
        rest = dict(objects)
        for number, entry in enumerate(self.get((HINTS,)) or ()):
            if entry.get(RULE) != rule:
                continue
            known = [name for name in entry.get(ABOUT) or () if name in objects]
            at = (HINTS, number)
            if known and len(known) == len(entry[ABOUT]):
                for name in known:
                    self.set((*at, ABOUT, name), OneLine(objects[name]))
                    rest.pop(name, None)
                for key, value in word.as_content().items():
                    self.set((*at, key), value)
            else:
                for name in known:
                    self.remove((*at, ABOUT, name))
        return rest

    def append(self, entry: Mapping[str, Content]) -> None:
        """Put an entry at the end, apart from the one before it as the others are."""
        node = self._node((HINTS,)) if (HINTS,) in self else None
        if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
            self.insert((HINTS,), len(self.get((HINTS,)) or ()), entry)
            return
        items = node.value
        apart = len(items) == 1 or self._blank_between(items[0], items[1])
        lines = item_lines(entry, node.start_mark.column)
        self._append_lines(self._end(items[-1]), ["", *lines] if apart else lines)


def _fits(hint: Finding) -> bool:
    """Whether 对象 and figures, once typed, are read as the same: not so a blank text or a key
    with signs that the reader makes one."""
    typed = entry_lines(ABOUT, {hint.about: OneLine(hint.figures)}, 0)
    source, _ = parse_yaml("\n".join(typed).encode(), ABOUT)
    read = source.value if source else None
    return read == {ABOUT: {hint.about: [*hint.figures]}} and all(map(str.strip, hint.figures))


def _unfit(hint: Finding, shown: str) -> Problem:
    message = f"{hint.rule}“{hint.about}”写进去再读出来不一样，没有确认。"
    return Problem(message, hint.place or Location(shown), "改正这一处文字里少见的符号")
