"""The tags of a template as a clerk typed them in Word: which, where, and what is wrong.

docxtpl joins what Word has split over several runs, and loses in silence what stands beside a
tag that removes its paragraph or row. So tags are read and checked here before docxtpl sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from disclosure.model.place import Location, Problem
from disclosure.render.opc import Element, W, local_name, parsed

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_WIDE_BRACES = re.compile(r"[｛{][｛{%％]|[%％｝}][｝}]")
_HALF_WIDTH = str.maketrans("｛｝％", "{}%")
# A statement that was begun and not ended: `{% if 有 }`, `{%p for 段 in 段落`.
_BEGUN = re.compile(r"\{%(?![^{}%]*%\})([^{}%]*)[%}]?")
_STRAY = re.compile(r"\{\{[^{}]*\}?|[%}]\}|\{%")  # what is left beside whole tags
_ENDS = re.compile(r"\{%\w+\s+end")
_QUOTES = {"'": "'‘’", '"': '"“”'}
_REMOVES = {"p": ("整段", "段"), "tr": ("整行", "行"), "tc": ("整格", "格")}
_BESIDE_THE_BODY = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_OTHER_PARTS = {
    "comments.xml": "批注",
    "charts": "图表",
    "diagrams": "SmartArt",
    "glossary": "文档部件",
}
_PARTS = {"document": "正文", "hdr": "页眉", "ftr": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True)
class Tag:
    """One tag as typed in Word, its place there, and what docxtpl makes of it.

    `role` says what the engine does with the value: "heading" and "bookmarked" for a paragraph
    that is one tag, "block" where paragraphs stand, "merge" for a cell's vertical merge,
    "attribute" for the alternative text of a picture or table.
    `mended`: it was not typed whole; it was told so, and nothing more is to be told of it.
    """

    typed: str
    place: str
    text: str = ""
    role: str = ""
    mended: bool = False

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


def unfilled_tags(parts: dict[str, bytes], file: str) -> Iterator[Problem]:
    """Tags in parts that are not filled (comments, diagrams, charts): they would stay as they are."""
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and re.search(rb"\{[{%]", part):
            text = "".join(parsed(part).itertext())
            for tag in TAG.findall(text):
                at = Location(file, path=f"{_OTHER_PARTS.get(name.split('/')[1], name)}“{tag}”")
                yield Problem(f"标签“{tag}”写在这里不会被填写。", at, "移到正文、页眉或页脚里。")


def typed_tags(root: Element, file: str) -> tuple[list[Tag], list[Problem]]:
    """The tags in the order typed, and the faults that docxtpl would swallow in silence.

    A faulty paragraph is mended in `root` as it was most likely meant, so that a fault is told
    once and those that come after it are found as well.
    """
    found: list[Tag] = []
    problems: list[Problem] = []
    tables = list(root.iter(W + "tbl"))
    part = title(root)
    # All places first: mending adds paragraphs and rows.
    tagged = [
        (paragraph, text, part + _place(paragraph, text, tables))
        for paragraph in root.iter(W + "p")
        if re.search("[｛{｝}]", text := words(paragraph))
    ]
    for paragraph, typed, place in tagged:
        text = typed
        at = Location(file, path=place)
        mended = False
        if any(re.search("[｛％｝]", braces) for braces in _WIDE_BRACES.findall(text)):
            message = f"标签用了全角括号：“{shortened(text)}”。"
            problems.append(Problem(message, at, "改成半角的 {{ 名称 }}、{% 语句 %}。"))
            text = _retyped(paragraph, text.translate(_HALF_WIDTH))
        if re.search(r"\{[{%]|[%}]\}", TAG.sub("", text)):
            message = f"标签没有写完整：“{shortened(text)}”。"
            problems.append(Problem(message, at, "一个标签写在同一段里，{{ 和 }}、{% 和 %} 成对。"))
            text = _retyped(paragraph, _completed(text))
            mended = True
        for tag in TAG.findall(text):
            found.append(Tag(tag, place, mended=mended))
            faults = [*_cut_apart(paragraph, tag, at), *_lost_words(paragraph, tag, at)]
            problems += [] if mended else faults
    return found, problems


def _completed(text: str) -> str:
    """Statements that were begun are ended; what else is no whole tag is dropped."""
    beside_and_tags = re.split(f"({TAG.pattern})", _BEGUN.sub(r"{%\1%}", text), flags=re.DOTALL)
    beside_and_tags[::2] = (_STRAY.sub("", words) for words in beside_and_tags[::2])
    return "".join(beside_and_tags)


def _retyped(paragraph: Element, text: str) -> str:
    """Puts the words of a paragraph into its first run."""
    first, *others = _texts(paragraph)
    first.text = text
    for other in others:
        other.text = ""
    return text


def _lost_words(paragraph: Element, tag: str, at: Location) -> Iterator[Problem]:
    """A {%p %}, {%tr %} or {%tc %} tag removes what it stands in: nothing else may stand there."""
    kind = re.match(r"\{[{%#](p|tr|tc)\s", tag)
    if kind is None:
        return
    whole, name = _REMOVES[kind[1]]
    holder = paragraph if kind[1] == "p" else next(paragraph.iterancestors(W + kind[1]), None)
    if holder is None:
        yield Problem(f"标签“{tag}”只能写在表格里。", at, "改用 {%p … %}。")
        _retyped(paragraph, words(paragraph).replace(tag, re.sub("(tr|tc)", "p", tag, count=1)))
    elif "".join(map(words, holder.iter(W + "p"))).strip() != tag:
        message = f"标签“{tag}”所在的{whole}都会去掉，但里面还有别的内容。"
        yield Problem(message, at, f"让它独占一{name}。")
        _set_apart(paragraph, holder, tag)
    elif holder.find(f"{W}pPr/{W}sectPr") is None:
        return
    elif re.match(r"\{%p\s+el", tag) is None:
        _keep_section_break(paragraph, tag)
    else:
        yield Problem(
            f"标签“{tag}”这一段带着分节符，会一起去掉。", at, "在分节符前另起一段写标签。"
        )


def _set_apart(paragraph: Element, holder: Element, tag: str) -> None:
    """Moves a tag into a copy of its paragraph, row or cell, before it or (an end tag) after it."""
    _retyped(paragraph, words(paragraph).replace(tag, "", 1))
    own = deepcopy(holder)
    for text in own.iter(W + "t"):
        text.text = ""
    next(own.iter(W + "t")).text = tag
    (holder.addnext if _ENDS.match(tag) else holder.addprevious)(own)


def _keep_section_break(paragraph: Element, tag: str) -> None:
    """Gives a section break a paragraph of its own beside the tag that would take it away.

    LibreOffice saves a break into the last paragraph of its section, though that was typed as
    one of its own. The paragraph is too low to be seen, or to need a page.
    """
    low = parsed(
        f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20"'
        ' w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'.encode()
    )
    low[0].append(paragraph.find(f"{W}pPr/{W}sectPr"))
    (paragraph.addnext if _ENDS.match(tag) else paragraph.addprevious)(low)


def _cut_apart(paragraph: Element, tag: str, at: Location) -> Iterator[Problem]:
    """docxtpl joins the runs of a tag, and breaks what begins or ends between them."""
    pieces = _pieces(paragraph, tag)
    if len(pieces) < 2:
        return
    runs = [next(piece.iterancestors(W + "r"), piece) for piece in pieces]
    between = [runs[0]]
    while between[-1] is not None and between[-1] is not runs[-1]:
        between.append(between[-1].getnext())
    plain = {"r", "proofErr", "bookmarkStart", "bookmarkEnd"}
    inside = {"rPr", "t", "tab", "br", "lastRenderedPageBreak", "noBreakHyphen"}
    if between[-1] is not None and all(
        local_name(each) in plain and {local_name(child) for child in each} <= inside
        for each in between
    ):
        return
    message = f"标签“{tag}”中间隔着超链接、域、批注、修订或图片，合不起来。"
    yield Problem(message, at, "删去整个标签，重新输入（粘贴时选“只保留文本”）。")
    _retyped(paragraph, words(paragraph))


def _pieces(paragraph: Element, tag: str) -> list[Element]:
    """The `w:t` in which the characters of the first such tag stand."""
    start = words(paragraph).find(tag)
    end = start + len(tag)
    pieces, at = [], 0
    for text in _texts(paragraph):
        after = at + len(text.text or "")
        if at < end and start < after:
            pieces.append(text)
        at = after
    return pieces


def with_quotes_of(typed: str, text: str) -> str:
    """`text` (a tag that docxtpl has made all quotes of straight) with the quotes as meant.

    Word curls quotes while one types, so those around a string become straight. Curly ones
    inside a string belong to a name: 表['“三公”经费支出决算表'].
    """
    meant: list[str] = []
    opened = ""
    for sign in re.findall("['‘’\"“”]", typed):
        straight = next(kind for kind, alike in _QUOTES.items() if sign in alike)
        belongs_to_name = opened not in ("", straight) and sign != straight
        meant.append(f"\\u{ord(sign):04x}" if belongs_to_name else straight)
        if opened in ("", straight):
            opened = "" if opened else straight
    signs = iter(meant)
    if len(re.findall("['\"]", text)) != len(meant):
        return text
    return re.sub("['\"]", lambda _: next(signs), text)


def bare(tag: str) -> str:
    """What docxtpl leaves of a tag unchanged, to find it again after `patch`."""
    inner = re.sub(r"^[-+]?(p|tr|tc|r)\s|^\s*(colspan|cellbg)\s|[-+]$", "", tag[2:-2])
    return re.sub(r"[\s'\"‘’“”]", "", inner)


def words(paragraph: Element) -> str:
    """The characters of a paragraph, without those of paragraphs inside it (text boxes)."""
    return "".join(text.text or "" for text in _texts(paragraph))


def _texts(paragraph: Element) -> list[Element]:
    return [t for t in paragraph.iter(W + "t") if next(t.iterancestors(W + "p")) is paragraph]


def title(root: Element) -> str:
    """What a clerk calls the part: 正文, 页眉, 页脚."""
    return _PARTS[local_name(root)]


def place_of(paragraph: Element) -> str:
    """The place of a paragraph, as one counts in Word: 正文第3张表第2行第1格, 正文“…”一段."""
    root = paragraph.getroottree().getroot()
    return title(root) + _place(paragraph, words(paragraph), list(root.iter(W + "tbl")))


def _place(paragraph: Element, text: str, tables: list[Element]) -> str:
    cell = next(paragraph.iterancestors(W + "tc"), None)
    if cell is None:
        return f"“{shortened(text)}”一段"
    row = next(cell.iterancestors(W + "tr"))
    table = next(row.iterancestors(W + "tbl"))
    line = list(table.iter(W + "tr")).index(row) + 1
    column = list(row.iter(W + "tc")).index(cell) + 1
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    name = "" if caption is None else f"“{caption.get(W + 'val')}”"
    around = f"“{shortened(text)}”" if TAG.sub("", text).strip() else ""
    return f"第{tables.index(table) + 1}张表{name}第{line}行第{column}格{around}"


def shortened(text: str) -> str:
    """The first words of a text, to find it again."""
    text = text.strip()
    return text if len(text) <= 40 else text[:39] + "…"
