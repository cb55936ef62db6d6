"""Opening a .docx that somebody sends back: refused in plain words, or read with its changes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from disclosure.changes.parts import BODY, Parts, W, packed
from disclosure.changes.settle import is_tracked, settle
from disclosure.model.finished import Finished
from disclosure.model.place import DisclosureError, Location, Problem, cause_of
from disclosure.readback.reader import read_docx
from disclosure.render.package import BUILD_MARK

OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
LARGEST_FILE = 64 << 20  # bytes; a report with pictures has less than one million
LARGEST_WHOLE = 256 << 20
MOST_PARTS = 5000
ENCRYPTED, OLD_WORD = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
SAVE_AS = "用 Word 或 WPS 打开，另存为 .docx，再运行一次"
_BUILD = re.compile(rb'w:name="(%b[0-9a-f]{16})"' % BUILD_MARK.encode())
_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_AUTHOR = f"{W}author"
_ASIDE = {"word/comments.xml": "批注", "word/footnotes.xml": "脚注", "word/endnotes.xml": "尾注"}


@dataclass(frozen=True)
class Opened:
    """The file as a reader meets it. `aside` is what was typed in comments and notes."""

    finished: Finished
    title: str
    creator: str
    tracked: bool
    build: str  # the mark of the build it stems from, "" when it is lost
    aside: tuple[tuple[str, str], ...]


def open_edited(path: Path, *, reject: bool = False) -> Opened:
    """The words of the file, tracked changes accepted (`reject`: as they were before them).

    Raises DisclosureError for what is no readable .docx.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refused(path.name, f"打不开：{cause_of(error)}", "核对文件名和路径") from error
    return opened(data, path.name, reject=reject)


def opened(data: bytes, name: str, *, reject: bool = False) -> Opened:
    """The same for the bytes of a file."""
    _refuse_other_kinds(data, name)
    try:
        parts = Parts(data, name)
        tracked = is_tracked(parts.tree(BODY))
        if tracked:
            settle(parts.tree(BODY), accept=not reject)
            data = packed(parts)
        title, creator = _properties(parts)
        return Opened(
            read_docx(data, name), title, creator, tracked, build_of(data), tuple(_aside(parts))
        )
    except (DisclosureError, etree.XMLSyntaxError, zlib.error, ValueError, OSError) as error:
        raise refused(name, "文件损坏，或者不是 Word 文档，读不出来", SAVE_AS) from error


def refused(name: str, what: str, advice: str) -> DisclosureError:
    """The error that refuses a file; nothing has been touched."""
    message = f"{what}。内容没有改动。"
    return DisclosureError(Problem(message, Location(name), advice, stops=True))


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if not data:
        raise refused(name, "文件是空的", "找回有内容的那一份")
    if len(data) > LARGEST_FILE:
        raise refused(name, "文件太大，不像决算公开文档", SAVE_AS)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise refused(
                name, "文件有打开密码", "在 Word 里去掉密码（文件—信息—保护文档），另存后再运行"
            )
        if OLD_WORD in data:
            raise refused(name, "这是旧格式的 Word 文档（.doc）", SAVE_AS)
        raise refused(name, "这不是 Word 文档（是别的 Office 文件）", SAVE_AS)
    if not data.startswith(ZIP):
        kind = "（是 PDF）" if data.startswith(b"%PDF") else ""
        raise refused(name, f"这不是 Word 文档{kind}", "要从 Word 或 WPS 保存的 .docx 并入")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise refused(name, "文件损坏，读不出来", SAVE_AS) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise refused(name, "文件解开后大得不合理", SAVE_AS)
    if any(part.flag_bits & 1 for part in parts):
        raise refused(name, "文件有打开密码", "去掉密码，另存后再运行")
    if BODY not in {part.filename for part in parts}:
        raise refused(name, "这不是 Word 文档（是别的文件改了扩展名）", SAVE_AS)


def build_of(data: bytes) -> str:
    """The mark of the build that a file stems from."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found = _BUILD.search(package.read(BODY))
    return found[1].decode() if found else ""


def _properties(parts: Parts) -> tuple[str, str]:
    """Title and author, which a build writes and the office programs keep."""
    if _CORE not in parts.data:
        return "", ""
    core = parts.tree(_CORE)
    found = [core.find(f"{_DC}{name}") for name in ("title", "creator")]
    title, creator = ("" if one is None else str(one.text or "") for one in found)
    return title, creator


def _aside(parts: Parts) -> Iterator[tuple[str, str]]:
    """What a person typed beside the text: no build of ours writes any of it."""
    for name, kind in _ASIDE.items():
        if name not in parts.data:
            continue
        for one in parts.tree(name):
            words = "\n".join(filter(None, map(_words, one.iter(f"{W}p"))))
            if words.strip():
                author = one.get(_AUTHOR)
                yield f"{kind}（{author}）" if author else kind, words


def _words(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
