"""YAML read through the C parser, every value as the text that was typed, with its line.

Nothing is converted here: `1_000`, `1e999`, `0103`, a date and `是` all arrive as the
characters in the file, so no parser rule can turn a code into a number or a date. What YAML
would drop or join in silence (a comment glued to text, a line folded into another, an anchor, a
second document) is a problem with its line.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml

from disclosure.load.text_source import ILLEGAL, RETYPE, decoded, invisible, read_bytes
from disclosure.load.yaml_faults import BARE_TAG, QUOTE_IT, syntax_problem, unfinished_line
from disclosure.model.place import Location, Problem
from disclosure.schema.scalar import Scalar

Value: TypeAlias = "Scalar | list[Any] | dict[str, Any] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40  # deeper nesting is no content file; it only exhausts the stack
BLOCK_STYLES = ("|", ">")
GLUED_COMMENT = re.compile(r"\s+#\S")
NUMBER_LIKE = re.compile(r"[-\d０-９.,，．]*")
KEEP_LINES = "写在同一行；要保留换行的，冒号后面写“|”，文字另起行并缩进"


@dataclass(frozen=True)
class Source:
    """One file read: its value, the line of every key path in it, and the hash of its bytes."""

    file: str
    value: Value
    lines: dict[KeyPath, int] = field(default_factory=dict)
    sha256: str = ""

    def location(self, path: Iterable[str | int]) -> Location:
        """The place of a key path; of its nearest known parent when it is not in the file."""
        whole = tuple(path)
        known = whole
        while known and known not in self.lines:
            known = known[:-1]
        return Location(self.file, self.lines.get(known, 1), path_in_words(whole))


def path_in_words(path: KeyPath) -> str:
    """('指标', 2, '目标') as a clerk reads it: 指标 › 第3条 › 目标."""
    return " › ".join(f"第{step + 1}条" if isinstance(step, int) else str(step) for step in path)


def read_yaml(path: Path, shown: str) -> tuple[Source | None, list[Problem]]:
    """The file's content with lines, or None and what is wrong with it.

    `shown` is the file's name as messages print it. Problems cover: file missing, too large, not
    UTF-8, syntax, tabs, duplicate keys, tags, aliases, and text that YAML would not keep.
    """
    data, problems = read_bytes(path, shown)
    return (None, problems) if data is None else parse_yaml(data, shown)


def parse_yaml(data: bytes, shown: str) -> tuple[Source | None, list[Problem]]:
    """The same for the bytes of a file."""
    text, problems = decoded(data, shown)
    if text is None:
        return None, problems
    lines = text.splitlines()
    tabbed = [
        n for n, line in enumerate(lines, 1) if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if tabbed:
        more = f"，共 {len(tabbed)} 行" if len(tabbed) > 1 else ""
        where = Location(shown, tabbed[0])
        return None, [Problem(f"行首用了 Tab（制表符）{more}。", where, "把 Tab 换成空格")]
    reader = _Reader(shown, lines, yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        value = reader.document()
    except yaml.YAMLError as error:
        return None, reader.problems_with(syntax_problem(error, lines, shown))
    except _TooDeepError:
        return None, reader.problems
    if reader.problems:
        return None, reader.problems
    return Source(shown, value, reader.lines, hashlib.sha256(data).hexdigest()), []


class _TooDeepError(Exception):
    """Nesting that no content file has; reading stops at once."""


class _Reader:
    """Turns parser events into values, gathering lines and problems on the way."""

    def __init__(self, file: str, text: list[str], events: Iterator[Any]) -> None:
        self.file = file
        self.text = text
        self.events = events
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self.last_quoted: tuple[int, int] | None = None

    def problem(self, message: str, line: int, path: KeyPath, advice: str) -> None:
        self.problems.append(
            Problem(message, Location(self.file, line, path_in_words(path)), advice)
        )

    def problems_with(self, syntax: Problem) -> list[Problem]:
        """What was found before the parser gave up, and its own complaint: one per cause.

        A quoted text over several lines just before is the quotation mark that is missing.
        """
        at = syntax.location
        if (
            self.last_quoted
            and at
            and at.line in range(self.last_quoted[1], self.last_quoted[1] + 2)
        ):
            first, last = self.last_quoted
            message = f"引号没有配对，文字一直连到第{last}行。"
            syntax = Problem(message, Location(self.file, first), "补上缺少的引号")
        where = syntax.location
        lines = {where.line} if where else set()
        others = [p for p in self.problems if p.location and p.location.line not in lines]
        return [*others, syntax]

    def document(self) -> Value:
        """The one document of the file; None when there is nothing in it."""
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        value = self.value(next(self.events), (), 0)
        next(self.events)
        more = next(self.events)
        if isinstance(more, yaml.DocumentStartEvent):
            line = cast(yaml.Mark, more.start_mark).line + 1
            self.problem("“---”或“...”后面的内容不会读。", line, (), "删去这一行")
        return value

    def value(self, event: Any, path: KeyPath, depth: int) -> Value:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if depth > MAX_DEPTH:
            self.problem("嵌套层数太多。", line, (), "检查缩进和括号")
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            self.problem(f"文字以 * 开头（“*{event.anchor}”）。", line, path, QUOTE_IT)
            return None
        if event.anchor:
            self.problem(f"文字以 & 开头（“&{event.anchor}”）。", line, path, QUOTE_IT)
        if event.tag:
            sign = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(f"文字以 ! 开头（“{sign}”）。", line, path, QUOTE_IT)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return [
                self.value(item, (*path, number), depth + 1)
                for number, item in enumerate(self._until(yaml.SequenceEndEvent))
            ]
        return self._mapping(path, depth)

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _scalar(self, event: Any, line: int, path: KeyPath) -> Value:
        text: str = event.value
        block, quoted = event.style in BLOCK_STYLES, event.style != ""
        if event.style == ">" or (not block and event.end_mark.line > event.start_mark.line):
            self._folded(event, line, path)
        elif not quoted and not NUMBER_LIKE.fullmatch(text):
            rest = self.text[event.end_mark.line][event.end_mark.column :]
            if GLUED_COMMENT.match(rest):
                message = f"“{rest.strip()[:20]}”会当作注释丢掉。"
                advice = "要印出来就把整段文字用引号括起来；确实是注释就在 # 后面空一格"
                self.problem(message, line, path, advice)
        if event.style == '"' and (found := ILLEGAL.search(text)):
            self.problem(invisible(found.group()), line, path, RETYPE)
        if block:
            text = text.rstrip("\n")
        if not quoted and not text:
            return None
        return Scalar.at(text, Location(self.file, line, path_in_words(path)), quoted)

    def _folded(self, event: Any, line: int, path: KeyPath) -> None:
        """YAML joins such lines by a space, which nobody typed."""
        if event.style in ("'", '"'):
            self.last_quoted = line, event.end_mark.line + 1
        for number in range(event.start_mark.line, event.end_mark.line + 1):
            slip = unfinished_line(self.text[number]) if number < len(self.text) else None
            if slip and event.style == "":
                self.problem(f"{slip[0]}。", number + 1, path, slip[1])
                return
        self.problem("文字占了几行，会连成一行，行间多出空格。", line, path, KEEP_LINES)

    def _mapping(self, path: KeyPath, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for event in self._until(yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._key(event, line, path, depth)
            if key is None or key in result:
                self.value(next(self.events), (*path, key or ""), depth + 1)
            if key in result:
                first = self.lines[(*path, key)]
                message = f"“{key}”写了两次（第一次在第{first}行）。"
                self.problem(message, line, path, "删去多余的一处，或改正名称")
            elif key is not None:
                self.lines[(*path, key)] = line
                result[key] = self.value(next(self.events), (*path, key), depth + 1)
        return result

    def _key(self, event: Any, line: int, path: KeyPath, depth: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            self.value(event, (*path, ""), depth + 1)
            self.problem(f"{BARE_TAG[0]}。", line, path, BARE_TAG[1])
            return None
        key = unicodedata.normalize("NFC", event.value)
        if not key.strip():
            self.problem("冒号前面没有名称。", line, path, "补上名称，或删去这一行")
            return None
        if key != key.strip() or any(unicodedata.category(sign) == "Cf" for sign in key):
            message = f"“{key.strip()}”前后有全角空格或看不见的字符。"
            self.problem(message, line, path, "删去它们；缩进用半角空格")
            return None
        return key
