"""What a tag prints: any value as text that is safe inside a Word run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Undefined
from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

from disclosure.model.figure import Figure
from disclosure.model.table import Cell
from disclosure.model.text import Paragraph, Text

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_RUN_PROPERTIES = re.compile("<w:rPr>.*?</w:rPr>")
_SEQUENCE = "图"  # what Word's own 题注 of a figure counts
_MERGES = {"始": '<w:vMerge w:val="restart"/>', "续": "<w:vMerge/>", "": ""}
# What means something in XML, and after it what no XML file may hold.
_SPECIAL = re.compile(
    '[&<>"\t\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]'
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": _BREAK, "\t": _TAB}


@dataclass(frozen=True, slots=True)
class RawXml:
    """XML that a tag prints as it is: a picture, or the body of another template."""

    xml: str


@dataclass(frozen=True, slots=True)
class Caption:
    """图1：收、支决算总计变动情况, with a number that Word counts and can refer to.

    `key` names its bookmarks; `before` and `after` are the words around the number.
    """

    key: str
    before: str
    number: int
    after: str

    @property
    def plain(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure for a tag in a template's own sentence, put into words only when it is printed."""

    figure: Figure
    show: Callable[[Figure], str]

    @property
    def plain(self) -> str:
        return self.show(self.figure)


class CannotPrint(TemplateRuntimeError):
    """A value that is not words; the message goes on after “标签…的内容” in Chinese."""


class _Printed(str):
    """Text that is escaped already."""

    __slots__ = ()


def run_text(text: str) -> str:
    """The text as it stands in a `w:t` that keeps spaces; line breaks and tabs as Word's own."""
    if _SPECIAL.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], ""), text)


def attribute_text(text: str) -> str:
    """The text as it stands in an XML attribute, on one line."""
    return run_text(" ".join(text.split()))


@lru_cache(maxsize=4096)
def bookmark_name(key: str) -> str:
    """The bookmark around the paragraph of this key, the same in every build."""
    return "d_" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=4096)
def heading_anchor(key: str) -> str:
    """The bookmark a contents page links to, named as Word names its own (hidden, nine digits)."""
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"heading").digest()
    return f"_Toc{int.from_bytes(digest) % 10**9:09d}"


@lru_cache(maxsize=4096)
def caption_anchor(key: str) -> str:
    """The bookmark around 图1, named as Word names what its 交叉引用 refers to."""
    digest = hashlib.blake2b(key.encode(), digest_size=8, person=b"caption").digest()
    return f"_Ref{int.from_bytes(digest) % 10**9:09d}"


def bookmark_number(name: str) -> int:
    """An id of 31 bits for the bookmark of this name; assemble() numbers the document anew."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest()) >> 1


def printed(value: object) -> str:
    """What a tag prints for a value. Called for every cell of every table, hence its shape."""
    if type(value) is Cell:
        text = value.text
    elif type(value) is str:
        text = value
    elif type(value) is _Printed:
        return value
    else:
        return _printed_otherwise(value)
    return text if _SPECIAL.search(text) is None else run_text(text)


def _printed_otherwise(value: object) -> str:
    if isinstance(value, Paragraph | Text | Caption | ShownFigure):
        return run_text(value.plain)
    if isinstance(value, RawXml):
        return value.xml
    if isinstance(value, Markup):  # a constant in a tag, which Jinja has escaped
        return run_text(value.unescape())
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return run_text(str(value))
    raise _refusal(value, "不是文字，印不出来")


def printed_words(value: object) -> str:
    """What a tag prints for a value that is words, as one reads it."""
    if isinstance(value, Cell):
        return value.text
    if isinstance(value, Paragraph | Text | Caption | ShownFigure):
        return value.plain
    return str(value)


def block(value: object) -> str:
    """For a tag that stands where paragraphs stand: only XML may be printed there."""
    if isinstance(value, RawXml):
        return _Printed(value.xml)
    raise _refusal(value, "不是可以插入的段落或表格")


def attribute(value: object) -> str:
    """For a tag in the alternative text of a picture or table: words on one line."""
    if isinstance(value, RawXml):
        raise _refusal(value, "不是文字，印不出来")
    printed(value)  # raises for what is no words
    return _Printed(attribute_text(printed_words(value)))


def vmerge(value: object) -> str:
    """How a cell is merged with those above and below: 始, 续, or "" for not at all."""
    if isinstance(value, str) and value in _MERGES:
        return _Printed(_MERGES[value])
    raise _refusal(value, "只能是“始”“续”或空")


def bookmarked(value: object, before: str, after: str) -> str:
    """A paragraph's runs around the printed value, in a bookmark when the value has a key."""
    if type(value) is Caption:
        return _Printed(_between_marks(bookmark_name(value.key), _caption(value, before, after)))
    inside = before + printed(value) + after
    if type(value) is Paragraph and value.key:
        inside = _between_marks(bookmark_name(value.key), inside)
    return _Printed(inside)


def heading(value: object, before: str, after: str) -> str:
    """As `bookmarked`, and with the anchor that a contents page links to."""
    inside = bookmarked(value, before, after)
    if type(value) is Paragraph and value.key:
        inside = _between_marks(heading_anchor(value.key), inside)
    return _Printed(inside)


def _caption(caption: Caption, before: str, after: str) -> str:
    """The caption's runs, set like the run of its tag: the number is the result of a SEQ field.

    The field stands in runs of its own, as Word writes it, so that whoever reads only the words
    of a paragraph finds the number among them.
    """
    at = max(before.rfind("<w:r>"), before.rfind("<w:r "))
    found = _RUN_PROPERTIES.search(before, at)
    look = found[0] if found else ""
    end = "</w:t></w:r>"

    def run(content: str) -> str:
        return f"<w:r>{look}{content}</w:r>"

    field = [
        run('<w:fldChar w:fldCharType="begin"/>'),
        run(f'<w:instrText xml:space="preserve"> SEQ {_SEQUENCE} \\* ARABIC </w:instrText>'),
        run('<w:fldChar w:fldCharType="separate"/>'),
        run(f"<w:t>{caption.number}</w:t>"),
        run('<w:fldChar w:fldCharType="end"/>'),
    ]
    numbered = before[at:] + run_text(caption.before) + end + "".join(field)
    label = _between_marks(caption_anchor(caption.key), numbered)
    start = f'<w:r>{look}<w:t xml:space="preserve">'
    return before[:at] + label + start + run_text(caption.after) + after


def _between_marks(name: str, inside: str) -> str:
    number = bookmark_number(name)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'


def _refusal(value: object, reason: str) -> CannotPrint:
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is missing
    return CannotPrint("是空的，没有值" if value is None else reason)
