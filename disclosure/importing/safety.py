"""Is this file a plain workbook? Hostile, damaged and foreign files are refused before reading.

An .xlsx is a zip: its parts are unpacked here under a limit and packed anew, so the readers after
this see no more bytes than were counted. No link is followed and no code is run by anyone.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from disclosure.model.place import DisclosureError, Location, Problem

LARGEST_FILE = 30 << 20  # bytes on disk; nine tables take some hundred kB
LARGEST_PART = 64 << 20  # bytes of one part unpacked
LARGEST_WHOLE = 128 << 20
MOST_PARTS = 3000
STEEPEST = 300  # times a part may grow when unpacked; a sheet of numbers grows ten- to forty-fold
SMALL = 1 << 20  # below this no ratio is a danger

BROKEN = (EOFError, OSError, ValueError, NotImplementedError)  # more that zipfile lets through
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
DOCTYPE = re.compile(rb"<!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I)")
SAVE_AS = "用 Excel 或 WPS 打开，另存为 .xlsx，再导入"


def checked_workbook(data: bytes, name: str) -> bytes:
    """The bytes a reader may be given. Raises DisclosureError for anything but a plain workbook."""
    if len(data) > LARGEST_FILE:
        raise refused(name, "文件太大，不像公开表", "只留公开表，另存为 .xlsx，再导入")
    if data.startswith(ZIP):
        return _checked_zip(data, name)
    if data.startswith(OLE):
        _check_ole(data, name)
        return data
    raise refused(name, f"不是 Excel 文件{_kind(data)}", SAVE_AS)


def refused(name: str, what: str, advice: str) -> DisclosureError:
    """The error that refuses a file."""
    return DisclosureError(Problem(f"{what}，没有导入。", Location(name), advice, stops=True))


def _kind(data: bytes) -> str:
    head = data[:2000].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"\xef\xbb\xbf<html")):
        return "（是改了扩展名的网页）"
    if head.startswith(b"<?xml"):
        return "（是 XML 表格）"
    if head.startswith(b"%pdf"):
        return "（是 PDF）"
    return "（文件是空的）" if not head else "（看扩展名像，内容不是）"


def _check_ole(data: bytes, name: str) -> None:
    """An old .xls, or a workbook behind a password."""
    if _in_utf16("EncryptedPackage") in data:
        raise refused(name, "文件有打开密码", "在 Excel 里去掉密码，另存后再导入")
    if _in_utf16("_VBA_PROJECT") in data:
        raise refused(name, "文件里有宏", "另存为不带宏的 .xlsx，再导入")
    if not any(_in_utf16(stream) in data for stream in ("Workbook", "Book")):
        raise refused(name, "不是 Excel 文件（是别的 Office 文档，或已损坏）", SAVE_AS)


def _in_utf16(words: str) -> bytes:
    return words.encode("utf-16-le")


def _checked_zip(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive, name)
            _check_sizes(archive.infolist(), name)
            return _packed_anew(archive, name)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, *BROKEN) as error:
        raise refused(name, "文件损坏，打不开", SAVE_AS) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise refused(name, "文件有打开密码", "去掉密码再导入") from error


def _check_names(archive: zipfile.ZipFile, name: str) -> None:
    parts = [part.lower() for part in archive.namelist()]
    if len(parts) > MOST_PARTS:
        raise refused(name, "文件里的部件多得不合理", SAVE_AS)
    if len(set(parts)) != len(parts):
        raise refused(name, "文件里有重名的部件，像是损坏或做过手脚", SAVE_AS)
    if any(p.endswith("vbaproject.bin") or p.startswith("xl/macrosheets/") for p in parts):
        raise refused(name, "文件里有宏", "另存为不带宏的 .xlsx，再导入")
    if any(p.startswith(("xl/externallinks/", "xl/querytables/")) for p in parts) or (
        "xl/connections.xml" in parts
    ):
        raise refused(
            name,
            "文件里有指向别的文件或数据库的链接",
            "在 Excel 的“数据—编辑链接”里断开链接（或选择性粘贴为数值），另存后再导入",
        )
    if "xl/workbook.xml" not in parts:
        kind = next(
            (
                kind
                for folder, kind in (
                    ("word/", "Word 文档"),
                    ("ppt/", "演示文稿"),
                    ("xl/", "二进制的 .xlsb"),
                    ("content.xml", "OpenDocument 文件"),
                )
                if any(part.startswith(folder) for part in parts)
            ),
            "压缩包",
        )
        raise refused(name, f"不是 .xlsx 工作簿（是{kind}）", SAVE_AS)


def _check_sizes(members: Iterable[zipfile.ZipInfo], name: str) -> None:
    whole = 0
    for member in members:
        whole += member.file_size
        steep = member.file_size > STEEPEST * max(member.compress_size, 1)
        if member.file_size > LARGEST_PART or (steep and member.file_size > SMALL):
            raise _bomb(name)
    if whole > LARGEST_WHOLE:
        raise _bomb(name)


def _bomb(name: str) -> DisclosureError:
    return refused(
        name, "解压后大得不合理（压缩炸弹）", "确实是公开表的，用 Excel 打开另存后再导入"
    )


def _packed_anew(archive: zipfile.ZipFile, name: str) -> bytes:
    """The same parts in a fresh archive, none longer than its directory entry promised."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as copy:
        for part, data in _unpacked(archive):
            if part.lower().endswith((".xml", ".rels")) and DOCTYPE.search(data[:4096]):
                raise refused(name, "文件里有不该有的 XML 声明（DOCTYPE）", SAVE_AS)
            if part == "[Content_Types].xml" and b"macroEnabled" in data:
                raise refused(name, "是启用宏的工作簿（.xlsm）", "另存为不带宏的 .xlsx，再导入")
            copy.writestr(part, data)
    return memory.getvalue()


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for member in archive.infolist():
        if not member.is_dir():
            with archive.open(member) as stream:
                yield member.filename, stream.read(member.file_size + 1)
