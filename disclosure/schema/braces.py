"""Tags in typed text: whether every brace belongs to one."""

from __future__ import annotations

import re

STRINGS = r""""[^"]*"|'[^']*'"""
TAG = re.compile(
    rf"\{{\{{(?:{STRINGS}|[^{{}}\"'])*\}}\}}|\{{%(?:{STRINGS}|[^\"'%]|%(?!\}}))*%\}}", re.DOTALL
)
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|[｛{]\s*｛|｛\s*[{%％]|｝\s*[｝}]|[%％]\s*｝")
WIDE = re.compile("[“”‘’（），；：．／｛｝［］]")
HOW_TO_WRITE = "标签写成 {{ 名称 }}，前后各两个半角花括号；要印出花括号本身，写 {{ '{{' }}"
WORDS_AROUND = 12  # characters shown on each side of what is wrong


def broken_tag(text: str) -> str | None:
    """The words around a brace that belongs to no whole tag; None when there is none."""
    blanked = TAG.sub(lambda tag: "\0" * len(tag.group()), text)
    found = LEFT_OVER.search(blanked)
    if found is None:
        return None
    start = max(0, found.start() - WORDS_AROUND)
    around = text[start : found.end() + WORDS_AROUND]
    return " ".join(around.split())


def tags_in(text: str) -> list[str]:
    """The whole tags of a text, as typed."""
    return TAG.findall(text)


def wide_sign(tag: str) -> str | None:
    """A full-width sign in a tag where only a half-width one is understood (not in a string)."""
    found = WIDE.search(re.sub(STRINGS, "", tag))
    return found.group() if found else None
