"""Values as the YAML text a clerk would have typed: for new lines in a content file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import yaml

WIDE = 1 << 30  # a sentence is one line, however long
COMMENT_GAP = 2


@dataclass(frozen=True)
class Quoted:
    """A code: it looks like a number and is a name, so it stands in double quotes."""

    text: str


@dataclass(frozen=True)
class Noted:
    """A value with a comment at the end of its line."""

    value: Content
    note: str


@dataclass(frozen=True)
class OneLine:
    """A list or mapping in brackets on its key's own line."""

    value: Content


Content: TypeAlias = (
    "str | int | Decimal | date | Quoted | Noted | OneLine"
    " | Sequence[Content] | Mapping[str, Content] | None"
)


def bare(value: Content) -> Content:
    """The value without its comment."""
    return value.value if isinstance(value, Noted) else value


def is_scalar(value: Content) -> bool:
    """Whether the value stands on its key's own line."""
    value = bare(value)
    if isinstance(value, str):
        return "\n" not in value
    return isinstance(value, int | Decimal | date | Quoted | OneLine) or not value


def inline(value: Content, *, within: bool = False) -> str:
    """The value on one line: a scalar, or a list or mapping in brackets.

    `within`: it will itself stand between brackets, where a comma ends a text.
    """
    value = bare(value)
    if isinstance(value, OneLine):
        value = value.value
    if isinstance(value, Mapping):
        pairs = (f"{_key(key, True)}: {inline(v, within=True)}" for key, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(inline(item, within=True) for item in value)}]"
    return _scalar(value, within=within)


def entry_lines(key: str, value: Content, indent: int) -> list[str]:
    """`key: value` as lines, a mapping or list one level deeper."""
    head = f"{' ' * indent}{_key(key, False)}:"
    return _below(head, value, indent)


def item_lines(value: Content, indent: int) -> list[str]:
    """`- value` as lines; a mapping has its first key beside the dash."""
    plain = bare(value)
    if isinstance(plain, Mapping) and plain:
        lines = [
            line for key, inner in plain.items() for line in entry_lines(key, inner, indent + 2)
        ]
        lines[0] = f"{' ' * indent}- {lines[0].lstrip()}"
        return lines
    return _below(f"{' ' * indent}-", value, indent)


def _below(head: str, value: Content, indent: int) -> list[str]:
    note = f"{' ' * COMMENT_GAP}# {value.note}" if isinstance(value, Noted) else ""
    value = bare(value)
    if isinstance(value, str) and "\n" in value:
        lines = value.rstrip("\n").split("\n")
        if not any(line != line.rstrip() or line.startswith(" ") for line in lines):
            padded = [f"{' ' * (indent + 2)}{line}" if line else "" for line in lines]
            return [f"{head} |{note}", *padded]
    if is_scalar(value):
        return [f"{head} {inline(value)}".rstrip(" ") + note]
    inner: list[str] = []
    if isinstance(value, Mapping):
        for key, below in value.items():
            inner += entry_lines(key, below, indent + 2)
    elif isinstance(value, Sequence):
        for item in value:
            inner += item_lines(item, indent + 2)
    return [head + note, *inner]


def _scalar(value: Content, *, within: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Quoted):
        return f'"{value.text}"'
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, str):
        return _plain(value, within)
    return str(value)


def _key(key: str, within: bool) -> str:
    return f'"{key}"' if key.isdigit() else _plain(key, within)


def _plain(text: str, within: bool) -> str:
    """Without quotes where YAML reads the same characters back, else in quotes.

    `within` brackets, commas and brackets need quotes too.
    """
    if "\n" in text:
        return json.dumps(text, ensure_ascii=False)  # the reader takes no text over several lines
    shaped: object = [text] if within else text
    written: str = yaml.safe_dump(
        shaped, allow_unicode=True, width=WIDE, default_flow_style=True if within else None
    )
    written = written.removesuffix("\n").removesuffix("\n...")
    return written[1:-1] if within else written
