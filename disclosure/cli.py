"""The command line: which command, and what is said when it cannot go on."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
import typer.main

from disclosure import __version__
from disclosure.commands import (
    building,
    changes,
    checking,
    confirming,
    content,
    setting,
    templates,
)
from disclosure.commands.setting import CLEAN, FOUND, STOPPED, app
from disclosure.model.place import MACHINE_FAULTS, DisclosureError, Location, Problem, cause_of
from disclosure.usage import unknown_command, usage_problem

__all__ = [
    "CLEAN",
    "FOUND",
    "STOPPED",
    "app",
    "building",
    "changes",
    "checking",
    "confirming",
    "content",
    "main",
    "templates",
]

DEFAULT_COMMAND = "report"
FOR_ALL = ("--help", "-h", "--version")  # options that need no command
INTERRUPTION = Problem("按 Ctrl+C 停止了，没有写入，上一次的产品没有变。", stops=True)
INTERRUPTED = 130  # what typer makes of Ctrl-C


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code (0 clean, 1 something found, 2 could not go on)."""
    setting.ROOT = root
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = typer.main.get_group(app).commands
    first = given[0] if given else DEFAULT_COMMAND
    if not given or first.isdecimal() or (first.startswith("-") and first not in FOR_ALL):
        given.insert(0, DEFAULT_COMMAND)
    try:
        if given[0] not in commands and given[0] not in FOR_ALL:
            raise DisclosureError(unknown_command(given[0], commands))
        code = app(given, standalone_mode=False, prog_name="build.py")
    except typer.Exit as stopped:
        code = stopped.exit_code
    except DisclosureError as error:
        return _report_problems(error.problems, given)
    except Exception as error:
        problem = usage_problem(error, given, commands) or _machine_problem(error)
        if problem is None:
            raise
        return _report_problems([problem], given)
    if code == INTERRUPTED:
        return _report_problems([INTERRUPTION], given)
    return code if isinstance(code, int) else CLEAN  # what typer.Exit was raised with


def _version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit(CLEAN)


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="版本号", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _machine_problem(error: Exception) -> Problem | None:
    """A disk that is full or says no, wherever it was noticed; None for anything else."""
    if not isinstance(error, OSError) or error.errno not in MACHINE_FAULTS:
        return None
    name = error.filename if isinstance(error.filename, str | Path) else None
    where = Location(Path(name).as_posix()) if name else None
    return Problem(f"{cause_of(error)}。", where, "看看磁盘和文件夹，再运行一次", stops=True)


def _report_problems(problems: Sequence[Problem], given: Sequence[str]) -> int:
    """Tell what stands in the way; gives the exit code."""
    code = STOPPED if any(problem.stops for problem in problems) else FOUND
    if "--json" in given:
        told = [
            {
                "message": problem.message,
                "location": str(problem.location) if problem.location else None,
                "advice": problem.advice,
            }
            for problem in problems
        ]
        print(json.dumps({"command": given[0], "exit": code, "problems": told}, ensure_ascii=False))
        return code
    unit = _unit_of(given)
    where = f"（单位文件夹 {unit}）" if unit else ""
    if len(problems) == 1 and problems[0].location is None:
        print(problems[0], file=sys.stderr)
    else:
        print(f"有 {len(problems)} 个问题要先改正，没有生成{where}：", file=sys.stderr)
        for problem in problems:
            print(f"  · {problem}", file=sys.stderr)
    return code


def _unit_of(given: Sequence[str]) -> str | None:
    """The folder given as --unit: the files of problems are named below it."""
    for number, word in enumerate(given):
        if word == "--unit" and number + 1 < len(given):
            return given[number + 1]
        if word.startswith("--unit="):
            return word.partition("=")[2]
    return None
