"""The changes as new bytes of content files; everything else in them stays as typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from disclosure.edit.yaml_text import YamlText
from disclosure.edit.yaml_words import Content
from disclosure.load.yaml_source import KeyPath, path_in_words
from disclosure.model.place import Location
from disclosure.pulling.hunks import Hunk, applied

REWRITES, EXTRAS = "narrative/rewrites.yaml", "narrative/extras.yaml"
REWRITTEN, ADDED = "改写", "添加段落"
HEADS = {
    REWRITES: (
        "# 改写：程序生成的句子要用本单位的说法时，在这里写整句，代替单位包里的用语。\n"
        "# 左边写段落的名称，右边写整句；数一律用标签。原因写明为什么改写。\n\n"
    ),
    EXTRAS: (
        "# 添加段落：在 Word 里手工添加、由 build.py pull 并入的段落，印在所写段落的后面。\n"
        "# 左边写段落的名称（“标题/…”是标题），下面一段一条，以“- ”开头，照印；"
        "不再需要的删去那一条。\n\n"
    ),
}


@dataclass
class Patch:
    """What is to be written. `rewrites` are (words, reason) by (file below the unit, key)."""

    snippets: dict[Location, list[Hunk]] = field(default_factory=dict)
    rewrites: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    extras: dict[str, list[str]] = field(default_factory=dict)


def patched(unit_dir: Path, year: int, patch: Patch) -> dict[str, bytes]:
    """New bytes by file name below the unit's folder."""
    texts: dict[str, YamlText] = {}

    def text_of(name: str) -> YamlText:
        if name not in texts:
            path = unit_dir / name
            head = HEADS.get(name.partition("/")[2], "").encode()
            data = path.read_bytes() if path.is_file() else head
            texts[name] = YamlText(data, f"{unit_dir.name}/{name}")
        return texts[name]

    for source, changes in patch.snippets.items():
        text = text_of(source.file.removeprefix(f"{unit_dir.name}/"))
        path = key_path(text, source)
        text.set(path, applied(str(text.get(path)), changes))
    for (name, key), (words, reason) in patch.rewrites.items():
        value: Content = {"文字": words, "原因": reason} if reason else words
        text_of(name).set((REWRITTEN, key), value)
    for key, paragraphs in patch.extras.items():
        text = text_of(f"{year}/{EXTRAS}")
        here: Sequence[Content] = paragraphs
        text.set((ADDED, key), here)
    return {name: text.data for name, text in texts.items()}


def key_path(text: YamlText, source: Location) -> KeyPath:
    """The key path of a place that messages name; the value on the same line first."""
    named = [path for path in text.lines if path_in_words(path) == source.path]
    return min(named, key=lambda path: abs(text.lines[path] - (source.line or 0)))


def extras_of(paragraphs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A copy that may be added to."""
    return {key: list(words) for key, words in paragraphs.items()}


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None when there is none."""
    return path.read_bytes() if path.is_file() else None
