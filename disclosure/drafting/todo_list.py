"""todo.md of a drafted year: every place still to be written, rewritten by each build.

It stands in the year's folder from `build.py new` on, gets shorter as the files are filled, and
goes when nothing is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from disclosure.load.open_places import CONFIRM, FILL_IN
from disclosure.model.place import ToDo
from disclosure.store import replace_file

TODO_LIST = "todo.md"
LAST_YEAR = "上年"  # leads in last year's value or words in a comment of a draft
IN_VIEW = re.compile(rf"#\s*({LAST_YEAR} .*)")
HEAD = """\
# {year} 年度还要写的内容：{count} 处

由程序生成，每次运行 build.py {year} 都重写，写好一处少一处，全部写好后这个文件自己消失；不要在这里写字。

- “待填”：冒号后面空着，填上本年的数；后面注着上年的数。确实没有这一项的，删去整行；列表没有的写 `[]`。
- “待核对”：文字是上年的，还不会印出来。改成本年的（仍然适用的照旧），再删去开头的【待核对】。
"""

Lines = Callable[[str], list[str]]


def todo_list(year: int, todos: Iterable[ToDo], files: Mapping[str, bytes], unit: str) -> bytes:
    """The list, with what last year said out of the drafted `files`."""

    def lines(file: str) -> list[str]:
        return files.get(file.removeprefix(f"{unit}/"), b"").decode("utf-8-sig").splitlines()

    return _written(year, todos, lines)


def update_todo_list(unit_dir: Path, year: int, todos: Iterable[ToDo]) -> None:
    """Bring the list of a drafted year up to date; a year that was not drafted has none.

    A list that cannot be written is as it was: the build says what is to do anyway.
    """
    path = unit_dir / str(year) / TODO_LIST
    if not path.is_file():
        return

    def lines(file: str) -> list[str]:
        with suppress(OSError, UnicodeDecodeError):
            return (unit_dir.parent / file).read_text("utf-8-sig").splitlines()
        return []

    left = list(todos)
    with suppress(OSError):
        if not left:
            path.unlink()
        elif (data := _written(year, left, lines)) != path.read_bytes():
            replace_file(path, data)


def _written(year: int, todos: Iterable[ToDo], lines: Lines) -> bytes:
    listed = sorted(dict.fromkeys(todos), key=_place)
    text = [HEAD.format(year=year, count=len(listed))]
    for file, group in groupby(listed, key=_file):
        told = [*_entries(group, lines(file) if file else [])]
        text.append(f"## {file or '报告里还缺的'}（{len(told)} 处）\n\n" + "\n".join(told) + "\n")
    return "\n".join(text).encode()


def _file(todo: ToDo) -> str:
    return todo.location.file if todo.location else ""


def _place(todo: ToDo) -> tuple[bool, str, int]:
    line = todo.location.line if todo.location else None
    return not _file(todo), _file(todo), line or 0


def _entries(todos: Iterable[ToDo], lines: list[str]) -> Iterator[str]:
    for todo in todos:
        place = todo.location
        if place is None or place.line is None or todo.what not in (FILL_IN, CONFIRM):
            yield f"- {todo.where}：{todo.what}"
            continue
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        found = IN_VIEW.search(line)
        before = f"（{found[1]}）" if found and todo.what == FILL_IN else ""
        words = f"，{LAST_YEAR}的话：{todo.last_year}" if todo.last_year else ""
        yield f"- 第{place.line}行 {place.path}：{todo.what}{before}{words}"
