"""How the command line speaks of itself: help and complaints about its own use, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from disclosure.model.nearness import nearest
from disclosure.model.place import Problem

# What the library writes into its help pages, line by line.
HELP_WORDS = (
    (r"^Usage: (.*)$", r"用法：\1"),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]"),
    (r"^Options:$", "选项："),
    (r"^Arguments:$", "参数："),
    (r"^Commands:$", "命令："),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"<(int|int range|list\[int\])>", "<数字>"),
    (r"\[\d+<=x<=\d+; required\]", "（必填）"),
    (r" *\[\d+<=x<=\d+\]", ""),
    (r"<path>", "<文件夹>"),
    (r"<(str|list\[str\])>", "<名称>"),
    (r"\[required\]", "（必填）"),
    (r"(\]|\w)\.\.\.", r"\1……"),
)


class ChineseCommand(TyperCommand):
    """A command whose help page is all Chinese."""

    def get_help(self, ctx: Any) -> str:
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is all Chinese."""

    def get_help(self, ctx: Any) -> str:
        return in_chinese(super().get_help(ctx))


def in_chinese(page: str) -> str:
    """A help page with the library's own words in Chinese."""
    for english, chinese in HELP_WORDS:
        page = re.sub(english, chinese, page, flags=re.MULTILINE)
    return page


def unknown_command(word: str, commands: Iterable[str]) -> Problem:
    """For a first word that is neither a command nor a year."""
    known = list(commands)
    near = nearest(word, known)
    advice = f"是不是“{near}”？" if near else f"命令有：{'、'.join(known)}"
    return Problem(f"没有“{word}”这个命令。", None, advice, stops=True)


def usage_problem(
    error: Exception, given: Sequence[str], all_commands: Collection[str]
) -> Problem | None:
    """The library's complaint about the command line, None when `error` is not one."""
    if not hasattr(error, "format_message"):
        return None
    kind, message = type(error).__name__, str(getattr(error, "message", ""))
    option = str(getattr(error, "option_name", ""))
    commands = getattr(getattr(getattr(error, "ctx", None), "command", None), "commands", {})
    if kind == "NoSuchOption":
        near = next(iter(getattr(error, "possibilities", None) or ()), None)
        advice = f"是不是“{near}”？" if near else "用 --help 查看有哪些选项"
        return Problem(f"没有“{option}”这个选项。", None, advice, stops=True)
    if kind == "BadOptionUsage":
        return Problem(f"选项“{option}”后面缺少内容。", None, "在它后面空一格写上", stops=True)
    if kind == "MissingParameter":
        return Problem(f"缺少“{_name(error)}”。", None, "用 --help 查看写法", stops=True)
    if kind == "BadParameter":
        return _bad_value(_name(error), given, all_commands)
    if commands:
        word = next((word for word in given[1:] if not word.startswith("-")), "")
        if word:
            return unknown_command(word, commands)
        advice = f"在后面写：{'、'.join(commands)}"
        return Problem("命令没有写完。", None, advice, stops=True)
    extra = re.search(r"\(([^()]*)\)$", message)
    what = f"多了“{extra[1]}”。" if extra else "命令写得不对。"
    return Problem(what, None, "删去它；用 --help 查看写法", stops=True)


def _name(error: Exception) -> str:
    """What the help page calls the argument or option."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [word for word in parameter.opts if word.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _bad_value(name: str, given: Sequence[str], all_commands: Collection[str]) -> Problem:
    command = next((word for word in given[1:] if word in all_commands), None)
    advice = "年度写四位数字，号码写数字"
    if command:
        advice = f"命令写在最前面：build.py {command} …"
    return Problem(f"“{name}”应是数字。", None, advice, stops=True)
