"""The tags of a template as a clerk typed them in Word: which, where, and what is wrong.

docxtpl joins what Word has split over several runs, and loses in silence what stands beside a
tag that removes its paragraph or row. So tags are read and checked here before docxtpl sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model.place import Location, Problem
from disclosure.render.opc import Element, W, local_name, parsed

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WIDE_BRACES = re.compile(r"[｛{][｛{%％]|[%％｝}][｝}]")
_REMOVES = {"p": ("整段", "段"), "tr": ("整行", "行"), "tc": ("整格", "格")}
_BESIDE_THE_BODY = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_PARTS = {"document": "正文", "hdr": "页眉", "ftr": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True)
class Tag:
    """One tag as typed in Word, its place there, and what docxtpl makes of it."""

    typed: str
    place: str
    text: str = ""

    @property
    def inner(self) -> str:
        """What stands between the braces, on one line, without Jinja's space-eating marks."""
        return re.sub(r"^[-+]|[-+]$", "", self.text[2:-2]).replace("\n", " ").strip()

    @property
    def prints(self) -> bool:
        return self.text.startswith("{{")

    @property
    def statement(self) -> str:
        """The first word of `{% for … %}`; "" for a tag that prints."""
        return "" if self.prints else re.sub(r"\W.*", "", self.inner)


def root_with_tags(name: str, xml: bytes) -> Element | None:
    """The tree of a header, footer or notes part in which a tag stands, else None."""
    if not _BESIDE_THE_BODY.fullmatch(name):
        return None
    root = parsed(xml)
    texts = map(words, root.iter(W + "p"))
    return root if any(TAG.search(text) or _WIDE_BRACES.search(text) for text in texts) else None


def typed_tags(root: Element, file: str) -> tuple[list[Tag], list[Problem]]:
    """The tags in the order typed, and the faults that docxtpl would swallow in silence."""
    found: list[Tag] = []
    problems: list[Problem] = []
    tables = list(root.iter(W + "tbl"))
    part = title(root)
    for paragraph in root.iter(W + "p"):
        text = words(paragraph)
        if not re.search("[｛{｝}]", text):
            continue
        place = part + _place(paragraph, text, tables)
        at = Location(file, path=place)
        rest = TAG.sub("", text)
        if any(re.search("[｛％｝]", braces) for braces in _WIDE_BRACES.findall(text)):
            message = f"标签用了全角括号：“{_shortened(text)}”。"
            problems.append(Problem(message, at, "改成半角的 {{ 名称 }}、{% 语句 %}。"))
        elif re.search(r"\{[{%]|[%}]\}", rest):
            message = f"标签没有写完整：“{_shortened(text)}”。"
            problems.append(Problem(message, at, "一个标签写在同一段里，{{ 和 }}、{% 和 %} 成对。"))
        for tag in TAG.findall(text):
            found.append(Tag(tag, place))
            problems += _lost_words(paragraph, tag, at)
    return found, problems


def _lost_words(paragraph: Element, tag: str, at: Location) -> Iterator[Problem]:
    """A {%p %}, {%tr %} or {%tc %} tag removes what it stands in: nothing else may stand there."""
    kind = re.match(r"\{[{%#](p|tr|tc)\s", tag)
    if kind is None:
        return
    whole, name = _REMOVES[kind[1]]
    holder = paragraph if kind[1] == "p" else next(paragraph.iterancestors(W + kind[1]), None)
    if holder is None:
        yield Problem(f"标签“{tag}”只能写在表格里。", at, "改用 {%p … %}。")
    elif "".join(map(words, holder.iter(W + "p"))).strip() != tag:
        message = f"标签“{tag}”所在的{whole}都会去掉，但里面还有别的内容。"
        yield Problem(message, at, f"让它独占一{name}。")
    elif holder.find(f"{W}pPr/{W}sectPr") is not None:
        yield Problem(
            f"标签“{tag}”这一段带着分节符，会一起去掉。", at, "在分节符前另起一段写标签。"
        )


def bare(tag: str) -> str:
    """What docxtpl leaves of a tag unchanged, to find it again after `patch`."""
    inner = re.sub(r"^[-+]?(p|tr|tc|r)\s|^\s*(colspan|cellbg)\s|[-+]$", "", tag[2:-2])
    return re.sub(r"[\s'\"‘’“”]", "", inner)


def words(paragraph: Element) -> str:
    """The characters of a paragraph, without those of paragraphs inside it (text boxes)."""
    texts = paragraph.iter(W + "t")
    return "".join(t.text or "" for t in texts if next(t.iterancestors(W + "p")) is paragraph)


def title(root: Element) -> str:
    """What a clerk calls the part: 正文, 页眉, 页脚."""
    return _PARTS[local_name(root)]


def _place(paragraph: Element, text: str, tables: list[Element]) -> str:
    """第3张表第2行第1格, as one counts in Word, or the words of the paragraph."""
    cell = next(paragraph.iterancestors(W + "tc"), None)
    if cell is None:
        return f"“{_shortened(text)}”一段"
    row = next(cell.iterancestors(W + "tr"))
    table = next(row.iterancestors(W + "tbl"))
    line = list(table.iter(W + "tr")).index(row) + 1
    column = list(row.iter(W + "tc")).index(cell) + 1
    return f"第{tables.index(table) + 1}张表第{line}行第{column}格"


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else text[:39] + "…"
