"""YAML read through the C parser, every value as the text that was typed, with its line.

Nothing is converted here: `1_000`, `1e999`, `0103`, `2024-03-19` and `是` all arrive as the
characters in the file, so no parser rule can turn a code into a number or a date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from disclosure.model.place import Location, Problem
from disclosure.schema.scalar import Scalar

Value: TypeAlias = "Scalar | list[Any] | dict[str, Any] | None"
KeyPath: TypeAlias = tuple[str | int, ...]

MAX_DEPTH = 40  # deeper nesting is no content file; it only exhausts the stack
PLAIN_TAGS = ("tag:yaml.org,2002:",)
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ue000-\uf8ff]")

CAUSES = (
    ("found character '\\t'", "行首或冒号后用了 Tab（制表符）", "把 Tab 换成空格"),
    ("mapping values are not allowed", "多了一个冒号，或者上一行没有写完",
     "文字里有半角冒号加空格时，把整段文字用引号括起来"),
    ("could not find expected ':'", "这一行缺少冒号", "写成“名称: 内容”，冒号后面空一格"),
    ("found unexpected end of stream", "引号没有配对", "补上缺少的引号"),
    ("while scanning a quoted scalar", "引号没有配对", "补上缺少的引号"),
    ("did not find expected key", "缩进不一致，或者以 { 开头的文字没有加引号",
     "同一层的各行左边对齐；以 {{ 开头的文字用引号括起来"),
    ("flow", "以 { 或 [ 开头的文字没有加引号，或括号没有配对", "把整段文字用引号括起来"),
    ("block collection", "“-”列表项的缩进不一致", "同一列表的“-”左边对齐"),
    ("found undefined alias", "文字以 * 开头", "把整段文字用引号括起来"),
    ("found character that cannot start any token", "文字以特殊符号（%、@、` 等）开头",
     "把整段文字用引号括起来"),
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One file read: its value, and the line of every key path in it."""

    file: str
    value: Value
    lines: dict[KeyPath, int] = field(default_factory=dict)

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

    `shown` is the file's name as messages print it. Problems cover: file missing, not UTF-8,
    syntax, tabs, duplicate keys, tags, aliases, control characters.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [missing_file(shown)]
    except OSError as error:
        return None, [
            Problem(
                f"文件读不出来（{error.strerror}）。", Location(shown), "关闭占用它的程序", True
            )
        ]
    text, problems = decoded(data, shown)
    if text is None:
        return None, problems
    problems += [
        Problem("行首用了 Tab（制表符）。", Location(shown, number), "把 Tab 换成空格")
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    if problems:
        return None, problems
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return None, [syntax_problem(error, shown)]
    reader = _Reader(shown)
    value = reader.convert(node, (), 0) if node is not None else None
    if reader.problems:
        return None, reader.problems
    return Source(shown, value, reader.lines), []


def missing_file(shown: str) -> Problem:
    return Problem("缺少这个文件。", Location(shown), "从上一年的文件夹复制一份再修改", stops=True)


def decoded(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file (with or without BOM); a problem for GBK and others."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
            kind = "文件是用 GBK（ANSI）编码保存的"
        except UnicodeDecodeError:
            kind = "文件不是 UTF-8 编码"
        return None, [Problem(f"{kind}。", Location(shown, line), "用记事本另存为 UTF-8 编码")]
    found = ILLEGAL.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        message = f"有看不见的控制字符或私用区字符（U+{ord(found.group()):04X}）。"
        return None, [Problem(message, Location(shown, line), "删去这个字符重新输入")]
    return text, []


def syntax_problem(error: yaml.YAMLError, shown: str) -> Problem:
    """One Chinese sentence for the parser's complaint, with its line."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    cause, advice = next(
        ((cause, advice) for sign, cause, advice in CAUSES if sign in words),
        ("这里不符合 YAML 的写法", "检查缩进、冒号和引号"),
    )
    return Problem(f"{cause}。", Location(shown, mark.line + 1 if mark else None), advice)


class _Reader:
    """Turns parser nodes into values, gathering lines and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def problem(self, message: str, line: int, path: KeyPath, advice: str) -> None:
        self.problems.append(
            Problem(message, Location(self.file, line, path_in_words(path)), advice)
        )

    def convert(self, node: yaml.Node, path: KeyPath, depth: int) -> Value:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if id(node) in self._seen:
            self.problem("不支持用 * 引用别处的内容。", line, path, "把内容直接写出来")
            return None
        self._seen.add(id(node))
        if not node.tag.startswith(PLAIN_TAGS):
            self.problem(f"不支持标记“{node.tag}”。", line, path, "删去以 ! 开头的标记")
            return None
        if depth > MAX_DEPTH:
            self.problem("嵌套层数太多。", line, path, "检查缩进")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.convert(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        return self._mapping(node, path, depth)

    def _scalar(self, node: yaml.ScalarNode, line: int, path: KeyPath) -> Value:
        quoted = node.style in ("'", '"', "|", ">")
        text = node.value.rstrip("\n") if node.style in ("|", ">") else node.value
        if not quoted and text in ("", "~", "null"):
            return None
        return Scalar.at(text, Location(self.file, line, path_in_words(path)), quoted)

    def _mapping(self, node: yaml.Node, path: KeyPath, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem("名称写得不对。", line, path, "以 {{ 开头的文字用引号括起来")
                continue
            key = unicodedata.normalize("NFC", key_node.value.strip())
            if key in result:
                first = self.lines[(*path, key)]
                self.problem(
                    f"“{key}”写了两次（第一次在第{first}行）。", line, path, "删去多余的一处"
                )
                continue
            self.lines[(*path, key)] = line
            result[key] = self.convert(value_node, (*path, key), depth + 1)
        return result
