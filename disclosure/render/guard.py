"""The last look at a document before it is zipped: no tag left over, nothing opened and not closed.

Every build pays for it, so it works on the bytes as they are written and makes no XML tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from disclosure.render.printing import RawXml, printed_words

_WITH_TEXT = re.compile(r"word/[^/]*\.xml")
_ATTRIBUTES = re.compile(rb'w:(\w+)="([^"]*)"')
_TAG = re.compile(rb"\{[{%#][^<]*?[}%#]\}")
_CODE = re.compile(rb"<w:instrText[^>]*>([^<]*)")
_REFERS = re.compile(r'\s*(?:PAGEREF|REF|NOTEREF)\s+"?([^\s"]+)')
_MARKUP = re.compile(r"<[^>]*>|^[^<]*>|<[^>]*$")
_OPENING, _CLOSING = (b"{{", b"{%", b"{#"), (b"}}", b"%}", b"#}")
_AROUND = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a finished document, and the words it stands at."""

    what: str
    around: str

    def __str__(self) -> str:
        return f"{self.what}（“{self.around}”附近）" if self.around else self.what


class Unfinished(Exception):
    """A document that must not be published; `faults` are all that was found in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = faults


def refuse_unfinished(parts: Mapping[str, bytes], typed: Callable[[], str]) -> None:
    """Raises Unfinished with every fault of the parts that were rendered.

    `typed` gives all words that the data brought in: braces in them are nobody's tag. It is asked
    only when there are braces.
    """
    faults: list[Fault] = []
    names: set[bytes] = set()
    texts = [xml for name, xml in parts.items() if _WITH_TEXT.fullmatch(name)]
    for xml in texts:
        faults += [*_left_over(xml, typed), *_fields(xml), *_bookmarks(xml, names)]
    for xml in texts:
        faults += _lost_targets(xml, names)
    if faults:
        raise Unfinished(faults)


def words_in(value: object) -> str:
    """All the words in the values of a template, to tell typed braces from a tag's."""
    if isinstance(value, Mapping):
        return "\n".join(map(words_in, value.values()))
    if isinstance(value, list | tuple):
        return "\n".join(map(words_in, value))
    if isinstance(value, RawXml):
        return unescape(_MARKUP.sub("", value.xml))
    return "" if callable(value) else printed_words(value)


def _left_over(xml: bytes, typed: Callable[[], str]) -> Iterator[Fault]:
    """Tags, or halves of tags, that no value brought in."""
    pairs = [at for at in _each(xml, b"{") if xml.startswith(_OPENING, at)]
    pairs += [at - 1 for at in _each(xml, b"}") if xml.startswith(_CLOSING, at - 1)]
    if not pairs:
        return
    words = _packed(typed())
    told_until = 0
    for at in sorted(pairs):
        tag = _TAG.match(xml, at)
        shown = tag[0] if tag else xml[at : at + 2]
        if at >= told_until and _packed(unescape(shown.decode())) not in words:
            told_until = at + len(shown)
            yield Fault(f"标签“{unescape(shown.decode())[:40]}”没有填写", _around(xml, at))


def _each(xml: bytes, mark: bytes) -> Iterator[int]:
    """The places of a mark; finding it takes a tenth of the time of a pattern."""
    at = xml.find(mark)
    while at >= 0:
        yield at
        at = xml.find(mark, at + 1)


def _attributes(xml: bytes, at: int) -> dict[bytes, bytes]:
    """The attributes of the element that begins here."""
    return dict(_ATTRIBUTES.findall(xml, at, xml.find(b">", at)))


def _fields(xml: bytes) -> Iterator[Fault]:
    """Every field begins, may separate its code from its result once, and ends."""
    open_fields: list[tuple[int, bool]] = []  # where, and whether its result has begun
    for at in _each(xml, b"<w:fldChar "):
        kind = _attributes(xml, at).get(b"fldCharType")
        if kind == b"begin":
            open_fields.append((at, False))
        elif not open_fields:
            yield Fault("域的结尾没有开头", _around(xml, at))
        elif kind == b"end":
            open_fields.pop()
        elif open_fields[-1][1]:
            yield Fault("域的结果开始了两次", _around(xml, at))
        else:
            open_fields[-1] = (open_fields[-1][0], True)
    for start, _ in open_fields:
        yield Fault("域没有结束", _around(xml, start))


def _bookmarks(xml: bytes, names: set[bytes]) -> Iterator[Fault]:
    """Bookmarks begin and end once, under numbers and names of their own; `names` gets these."""
    open_marks: dict[bytes, int] = {}
    ids: set[bytes] = set()
    for at in _each(xml, b"<w:bookmark"):
        attributes = _attributes(xml, at)
        identity, name = attributes.get(b"id", b""), attributes.get(b"name", b"")
        if xml.startswith(b"<w:bookmarkStart", at):
            if identity in ids:
                yield Fault(f"两个书签的编号都是 {identity.decode()}", _around(xml, at))
            if name in names:
                yield Fault(f"两个书签都叫 {name.decode()}", _around(xml, at))
            ids.add(identity)
            names.add(name)
            open_marks[identity] = at
        elif open_marks.pop(identity, None) is None:
            yield Fault("书签的结尾没有开头", _around(xml, at))
    for start in open_marks.values():
        yield Fault("书签没有结束", _around(xml, start))


def _lost_targets(xml: bytes, names: set[bytes]) -> Iterator[Fault]:
    for target, at in _targets(xml):
        if target not in names:
            yield Fault("链接或页码指向的标题、书签不在文档里", _around(xml, at))


def _targets(xml: bytes) -> Iterator[tuple[bytes, int]]:
    """The bookmark names that links and fields point to, each with its place."""
    for at in _each(xml, b"<w:hyperlink "):
        anchor = _attributes(xml, at).get(b"anchor")
        if anchor:
            yield anchor, at
    codes = [(at, _CODE.match(xml, at)) for at in _each(xml, b"<w:instrText")]
    written = [(at, found[1]) for at, found in codes if found]
    written += [(at, _attributes(xml, at).get(b"instr", b"")) for at in _each(xml, b"<w:fldSimple")]
    for at, code in written:
        refers = _REFERS.match(unescape(code.decode()))
        if refers:
            yield refers[1].encode(), at


def _text(xml: bytes) -> str:
    """The words of a piece of XML that may be cut anywhere."""
    return unescape(_MARKUP.sub("", xml.decode(errors="ignore")))


def _packed(text: str) -> str:
    return "".join(text.split())


def _around(xml: bytes, at: int) -> str:
    """The words of the paragraph in which something stands, to find it in Word."""
    start = max(xml.rfind(b"<w:p>", 0, at), xml.rfind(b"<w:p ", 0, at), at - _AROUND, 0)
    end = xml.find(b"</w:p>", at)
    return _packed(_text(xml[start : min(end if end >= 0 else len(xml), at + _AROUND)]))[:40]
