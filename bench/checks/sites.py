"""Everything a clerk typed that can be wrong: each number, year, direction and name, with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from disclosure.check.document_rules_changes import DOWNWARD, UPWARD

NUMBER, CODE, IN_WORDS, YEAR, WAY, NAME = "数", "科目代码", "文字里的数", "年度", "增减方向", "名称"

WHOLE_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
CODE_DIGITS = re.compile(r"\d{3}|\d{5}|\d{7}")
CODE_KEYS = ("科目",)
DATE = re.compile(r"(\d{4})-\d\d-\d\d")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
STATED_YEAR = re.compile(r"(?:19|20)\d\d(?=年)|(?<=〔)(?:19|20)\d\d(?=〕)")
SOME_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
OPPOSITE = {
    **dict(zip(("增加", "增长", "大于", "高于"), ("减少", "下降", "小于", "低于"), strict=True)),
    **dict(zip(("减少", "下降", "小于", "低于"), ("增加", "增长", "大于", "高于"), strict=True)),
}
assert OPPOSITE.keys() <= {*UPWARD, *DOWNWARD}
WAYS = re.compile("|".join(OPPOSITE))


@dataclass(frozen=True)
class Site:
    """Characters `start` to `end` of a file: what kind they are, and the key they stand under."""

    file: Path
    kind: str
    start: int
    end: int
    text: str
    line: int
    key: str

    @property
    def amount(self) -> Decimal:
        return Decimal(self.text)

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.name} 第{self.line}行 {self.key} {self.text}"


def sites(file: Path, names: Collection[str]) -> list[Site]:
    """All sites of one content file, in order."""
    text = file.read_text("utf-8")
    found = [
        Site(file, kind, start, end, text[start:end], text.count("\n", 0, start) + 1, key)
        for key, node, is_key in _scalars(yaml.compose(text, Loader=yaml.CSafeLoader), "")
        for kind, start, end in _in_scalar(
            text, node.start_mark.index, node.end_mark.index, key, names, is_key=is_key
        )
    ]
    return sorted(found, key=lambda site: site.start)


def _scalars(node: yaml.Node | None, key: str) -> Iterator[tuple[str, yaml.ScalarNode, bool]]:
    """Each scalar with the key it stands under; a mapping's own keys as well."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield key, name, True
            yield from _scalars(value, str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, key)
    elif isinstance(node, yaml.ScalarNode):
        yield key, node, False


Found = tuple[str, int, int]


def _in_scalar(
    text: str, start: int, end: int, key: str, names: Collection[str], *, is_key: bool
) -> Iterator[Found]:
    raw = text[start:end]
    bare = raw.strip("\"'")
    at = start + raw.find(bare)
    whole = at, at + len(bare)
    if is_key or key in CODE_KEYS:
        if CODE_DIGITS.fullmatch(bare):
            yield (CODE, *whole)
    elif WHOLE_NUMBER.fullmatch(bare):
        if Decimal(bare):
            yield (NUMBER, *whole)
    elif DATE.fullmatch(bare):
        yield YEAR, at, at + 4
    else:
        yield from _in_words(raw, start, names)


def _in_words(raw: str, start: int, names: Collection[str]) -> Iterator[Found]:
    taken = [match.span() for match in TAG.finditer(raw)]
    name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
    kinds: Sequence[tuple[str, re.Pattern[str]]] = (
        (YEAR, STATED_YEAR),
        (IN_WORDS, SOME_NUMBER),
        (WAY, WAYS),
        (NAME, name),
    )
    for kind, pattern in kinds:
        for match in pattern.finditer(raw):
            first, last = match.span()
            if match[0] and not any(a < last and first < b for a, b in taken):
                yield kind, start + first, start + last
                if kind is YEAR:
                    taken.append((first, last))


def misspelt(name: str) -> str:
    """The first two characters that differ change places."""
    for at in range(len(name) - 1):
        if name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name + name[-1:]


def swapped(amount: Decimal) -> Decimal | None:
    """The first two neighbouring digits that differ change places; None where there are none."""
    text = f"{amount:f}"
    for at in range(len(text) - 1):
        one, other = text[at], text[at + 1]
        if one.isdigit() and other.isdigit() and one != other:
            return Decimal(text[:at] + other + one + text[at + 2 :])
    return None
