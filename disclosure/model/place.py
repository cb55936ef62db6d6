"""Where something was typed, and what can be wrong with it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place a clerk can go to: a file with its line, and the key path inside it.

    `file` is relative to the folder the clerk works in and always written with "/". `origin` is
    the workbook, sheet and cell an imported amount was read from.
    """

    file: str
    line: int | None = None
    path: str = ""
    origin: str = ""

    def __str__(self) -> str:
        line = f" 第{self.line}行" if self.line else ""
        path = f"（{self.path}）" if self.path else ""
        origin = f"，取自 {self.origin}" if self.origin else ""
        return f"{self.file}{line}{path}{origin}"


class Level(StrEnum):
    """How grave a finding is: 错误 stops a final build, 提示 wants a look, 尾差 is rounding."""

    ERROR = "错误"
    HINT = "提示"
    ROUNDING = "尾差"


@dataclass(frozen=True, slots=True)
class Problem:
    """The input cannot be read as a report: what is wrong, where, and what to do (Chinese).

    `stops`: the build could not go on for want of a file or of room (exit code 2), other than
    content that is to be corrected (exit code 1).
    """

    message: str
    location: Location | None = None
    advice: str = ""
    stops: bool = False

    def __str__(self) -> str:
        where = f"{self.location}：" if self.location else ""
        advice = f" 处理办法：{self.advice}" if self.advice else ""
        return f"{where}{self.message}{advice}"


@dataclass(frozen=True, slots=True)
class ToDo:
    """A place that still waits for the unit's own words or figures (printed as 【…待填】).

    `last_year`: what was said there the year before, to be confirmed.
    """

    what: str
    where: str
    location: Location | None = None
    last_year: str = ""

    def __str__(self) -> str:
        at = f"（写在 {self.location}）" if self.location else ""
        return f"{self.where}：{self.what}{at}"


MACHINE_FAULTS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘或文件夹是只读的",
    errno.EACCES: "没有权限，或正被别的程序打开",
    errno.EPERM: "没有权限，或正被别的程序打开",
    errno.EBUSY: "正被别的程序占用",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EIO: "磁盘读写出错",
}
CAUSES = MACHINE_FAULTS | {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
}


def cause_of(error: OSError) -> str:
    """What the operating system complains of, in Chinese on every system."""
    return CAUSES.get(error.errno or 0, f"系统错误 {error.errno}")


class DisclosureError(Exception):
    """The build cannot go on; carries the problems to print, raised at the edge that noticed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Gathered:
    """Runs steps that do not need each other and keeps what each complains of.

    `with gathered: …` swallows a DisclosureError; `stop_if_any` raises all of them as one.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, DisclosureError):
            self.problems += error.problems
            return True
        return False

    def stop_if_any(self) -> None:
        """Raises DisclosureError with every problem so far, each once."""
        if self.problems:
            raise DisclosureError(*dict.fromkeys(self.problems))
