"""A clerk who fills a drafted year: the approved tables by import, all else by hand, three times
last year's amounts, so that no figure of this year is one of last year's."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cases.changing import changed_copy
from importing.books import tables_of

from disclosure.check.explained import explained
from disclosure.drafting.carrying import names_a_year
from disclosure.edit.yaml_text import YamlText
from disclosure.load.yaml_source import KeyPath
from disclosure.model.text import UNCONFIRMED
from disclosure.pipeline import write_words
from disclosure.schema.typed import Amount, number

ROOT = Path(__file__).resolve().parents[2]
TIMES, MORE = 3, 20
NEW_WORDS = "重新写的文字"
IN_VIEW = re.compile(r"#.*?上年 (?:人数 )?(\S+?)(?:；.*)?$")
# Three times 尾差 is more than 尾差: the first two make the rows add up to their totals. Three times
# the last is another figure of last year.
APART = (
    ("revenue.yaml", ("一般公共预算财政拨款收入",), "1623.15"),
    ("basic_expenditure.yaml", ("决算数", "30101"), "138.21"),
    ("three_public.yaml", ("公务接待费", "全年预算数"), "2.47"),
)
BY_HAND: dict[str, Any] = {
    "填报日期": "2025-03-10",
    "项目属性": "持续性项目",
    "本年变动": [{"月份": 6, "人员": "正式在编在岗人员", "增减": "增加", "人数": 3}],
}
COUNTED = {"staff.yaml", "state_assets.yaml"}
COUNTS = {"团组数", "人次数", "批次数", "购置辆数", "保有量"}


def approved_tables(folder: Path) -> bytes:
    """The nine tables of 2024 as a workbook: those of 2023, every amount three times as much."""

    def more(typed: str, _: str) -> str:
        return f"{number(typed) * TIMES:f}"

    unit = changed_copy(ROOT / "content", folder, {Amount: more}, year_shift=1)
    shutil.rmtree(unit / "2023")
    (unit / "2024/approved_totals.yaml").write_text("批复数: {}\n", "utf-8")
    for file, old, new in APART:
        path = unit / "2024" / file
        text = YamlText(path.read_bytes(), file)
        assert text.get(old) is not None
        text.set(old, Decimal(new))
        path.write_bytes(text.data)
    return tables_of(unit, 2024, ROOT / "templates")


def fill(unit: Path, year: int) -> None:
    """Fill every place that is still open after the import, and confirm what still holds."""
    for path in _files(unit, year):
        text = YamlText(path.read_bytes(), path.name)
        for place in [*_open(text)]:
            _fill_place(text, place)
        path.write_bytes(text.data)
    _state_directions(unit, year)


def _files(unit: Path, year: int) -> list[Path]:
    return sorted((unit / str(year)).glob("**/*.yaml"))


def _open(text: YamlText) -> Iterator[KeyPath]:
    for path in text.lines:
        value = text.get(path)
        if path and (value is None or (isinstance(value, str) and value.startswith(UNCONFIRMED))):
            yield path


def _fill_place(text: YamlText, path: KeyPath) -> None:
    key, value = path[-1], text.get(path)
    if isinstance(value, str):
        words = value.removeprefix(UNCONFIRMED)
        text.set(path, f"{NEW_WORDS}{text.lines[path]}" if names_a_year(words) else words)
    elif key == "说明方向":
        text.remove(path)
    elif key == "实际":
        target = text.get((*path[:-1], "目标"))
        text.set(path, target.lstrip("≥≤="))
    elif key in BY_HAND:
        text.set(path, BY_HAND[key])
    else:
        text.set(path, _more_than_last_year(text, path))


def _more_than_last_year(text: YamlText, path: KeyPath) -> Any:
    line = text.text.splitlines()[text.lines[path] - 1]
    found = IN_VIEW.search(line)
    assert found, (text.shown, path, line)
    if found[1] == "没有":
        return []
    last = Decimal(found[1])
    if last and (text.shown in COUNTED or path[-1] in COUNTS):
        return last + MORE
    return last * TIMES + 2 * (path[-1] == "预算数")  # so that no rate or score is last year's


def _state_directions(unit: Path, year: int) -> None:
    """Say beside each reason which way the figure went."""
    written = write_words(unit, year, ROOT / "templates", with_templates=False)
    ways = {one.path: one.direction for one in explained(written.report, written.pack.layout)}
    for path in _files(unit, year):
        text = YamlText(path.read_bytes(), path.name)
        for place in [*text.lines]:
            reason = text.get(place)
            if isinstance(reason, dict) and "文字" in reason and "改写" not in place:
                way = ways.get(_named(text, place))
                text.set((*place, "说明方向"), way or "持平")
        path.write_bytes(text.data)


def _named(text: YamlText, place: KeyPath) -> str:
    """The reason's name as tags have it."""
    if text.shown == "expenditure.yaml":
        return f"支出/{text.get((*place[:-1], '科目'))}"
    if text.shown == "three_public.yaml":
        return f"三公/{place[-2]}/{place[-1]}"
    return str(place[-1])


def office(folder: Path) -> Path:
    """A program folder with the real content up to 2023."""
    for name in ("content", "templates"):
        ignore = shutil.ignore_patterns(".history")
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    return folder


def run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The command line: its exit code and all that it said."""
    from disclosure.cli import main

    code = main(root, list(arguments))
    said = capsys.readouterr()
    return code, said.out + said.err
