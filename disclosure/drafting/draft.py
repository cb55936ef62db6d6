"""Next year's folder as a value: every file that the draft consists of, before any is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.drafting.carrying import carried
from disclosure.drafting.todo_list import TODO_LIST, todo_list
from disclosure.load.open_places import open_places
from disclosure.load.unit import load_unit, report_years
from disclosure.load.validate import validated
from disclosure.load.yaml_source import parse_yaml
from disclosure.model.place import DisclosureError, Location, Problem, ToDo
from disclosure.schema.content import YEAR_FILES
from disclosure.schema.evaluation import ProjectFile

# What belongs to the figures of one year alone.
LEFT_BEHIND = {"sources.yaml", "acknowledged.yaml"}


@dataclass(frozen=True)
class YearDraft:
    """The draft of `year`: new bytes by name below the unit, and what they leave to be done."""

    year: int
    files: dict[str, bytes]
    todos: tuple[ToDo, ...]


def draft_year(unit_dir: Path, year: int) -> YearDraft:
    """Draft `year` from the year before; nothing is written.

    Raises DisclosureError when the year is there already, or the year before cannot be read.
    """
    _refuse(unit_dir, year)
    loaded = load_unit(unit_dir, year - 1)
    shown = f"{unit_dir.name}/{year - 1}/"
    names = sorted(name.removeprefix(shown) for name in loaded.inputs if name.startswith(shown))
    files: dict[str, bytes] = {}
    todos: list[ToDo] = []
    for name in names:
        if name not in LEFT_BEHIND:
            data = (unit_dir / str(year - 1) / name).read_bytes()
            files[f"{year}/{name}"], found = _carried(data, unit_dir.name, name, year)
            todos += found
    files[f"{year}/{TODO_LIST}"] = todo_list(year, todos, files, unit_dir.name)
    return YearDraft(year, files, tuple(todos))


def _carried(data: bytes, unit: str, name: str, year: int) -> tuple[bytes, list[ToDo]]:
    model = YEAR_FILES.get(name, ProjectFile)
    source, problems = parse_yaml(data, f"{unit}/{year - 1}/{name}")
    file, faults = validated(source, model) if source else (None, problems)
    if file is None:
        raise DisclosureError(*faults)
    made = carried(data, f"{unit}/{year - 1}/{name}", file, year)
    source, problems = parse_yaml(made, f"{unit}/{year}/{name}")
    file, faults = validated(source, model) if source else (None, problems)
    if source is None or file is None:
        raise DisclosureError(*faults)
    return made, open_places(source, file)


def _refuse(unit_dir: Path, year: int) -> None:
    years = report_years(unit_dir)
    folder = unit_dir / str(year)
    if folder.exists() and any(folder.iterdir()):
        where = Location(f"{unit_dir.name}/{year}")
        advice = f"接着填写，运行 build.py {year}；要重新起草，先把这个文件夹移到别处"
        raise DisclosureError(
            Problem(f"{year} 年度已经有内容，没有动。", where, advice, stops=True)
        )
    if year - 1 not in years:
        have = "、".join(map(str, years)) or "没有"
        raise DisclosureError(
            Problem(
                f"起草 {year} 年度要用 {year - 1} 年度的内容，这里没有。",
                Location(f"{unit_dir.name}/{year - 1}"),
                f"可以照着起草的年度：{have}；要起草的是它的下一年",
                stops=True,
            )
        )
