"""A content file's characters: UTF-8, of a sane size, with nothing invisible in them."""

from __future__ import annotations

import re
from pathlib import Path

from disclosure.model.place import Location, Problem, cause_of

LARGEST_FILE = 2_000_000  # bytes; a hundred times the longest content file in use
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Controls, line breaks that only some programs see, noncharacters, and the private use area: a
# font shows nothing for them, and the program marks figures and tags with some of them.
ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff]"
)
RETYPE = "删去这个字符重新输入"


def read_bytes(path: Path, shown: str) -> tuple[bytes | None, list[Problem]]:
    """A file's bytes, or None and why not. `shown` is its name as messages print it."""
    where = Location(shown)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            message = f"文件有 {size / 1e6:.1f} MB，内容文件不会这么大。"
            advice = "看看是不是放错了文件；只留要填的内容"
            return None, [Problem(message, where, advice)]
        return path.read_bytes(), []
    except FileNotFoundError:
        return None, [missing_file(shown)]
    except OSError as error:
        message = f"文件读不出来：{cause_of(error)}。"
        return None, [Problem(message, where, "核对文件和它的权限，再运行一次", stops=True)]


def missing_file(shown: str, advice: str = "从上一年的文件夹复制一份再修改") -> Problem:
    return Problem("缺少这个文件。", Location(shown), advice, stops=True)


def decoded(data: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file (with or without BOM); a problem for GBK and others."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [
            Problem(
                f"{_encoding(data)}，程序只读 UTF-8。",
                Location(shown, line),
                "用记事本打开，另存为时编码选 UTF-8",
            )
        ]
    problems = []
    for character in sorted(set(ILLEGAL.findall(text))):
        line = text[: text.index(character)].count("\n") + 1
        problems.append(Problem(invisible(character), Location(shown, line), RETYPE))
    return (None if problems else text), problems


def invisible(character: str) -> str:
    return f"有看不见的控制字符或私用区字符（U+{ord(character):04X}）。"


def _encoding(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return "文件是用 UTF-16（记事本里叫 Unicode）编码保存的"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "文件不是 UTF-8 编码"
    return "文件是用 GBK（ANSI）编码保存的"
