"""Where something was typed, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place a clerk can go to: a file with its line, and the key path inside it.

    `file` is relative to the folder the clerk works in and always written with "/".
    """

    file: str
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        line = f" 第{self.line}行" if self.line else ""
        path = f"（{self.path}）" if self.path else ""
        return f"{self.file}{line}{path}"


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
    """A place that still waits for the unit's own words or figures (printed as 【…待填】)."""

    what: str
    where: str
    location: Location | None = None

    def __str__(self) -> str:
        at = f"（写在 {self.location}）" if self.location else ""
        return f"{self.where}：{self.what}{at}"


class DisclosureError(Exception):
    """The build cannot go on; carries the problems to print, raised at the edge that noticed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
