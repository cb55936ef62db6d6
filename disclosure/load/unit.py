"""A unit's folder into values: which years there are, and everything typed for one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from disclosure.load.classification import national
from disclosure.load.validate import validated
from disclosure.load.yaml_source import read_yaml
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.schema.classification import Classification
from disclosure.schema.content import (
    YEAR_FILES,
    File,
    ProjectFile,
    UnitContent,
    UnitFile,
    YearContent,
)
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import TypedWords

AnyFile = TypeVar("AnyFile", bound=File)

FIELDS = {
    "revenue.yaml": "revenue",
    "expenditure.yaml": "expenditure",
    "basic_expenditure.yaml": "basic_expenditure",
    "three_public.yaml": "three_public",
    "procurement.yaml": "procurement",
    "state_assets.yaml": "state_assets",
    "staff.yaml": "staff",
    "approved_totals.yaml": "approved",
    "narrative/reasons.yaml": "reasons",
    "narrative/other_notes.yaml": "other_notes",
    "narrative/terms.yaml": "terms",
    "narrative/performance.yaml": "performance_notes",
    "narrative/rewrites.yaml": "rewrites",
    "performance/overall.yaml": "overall",
}
ALWAYS_PRESENT = {"revenue.yaml", "expenditure.yaml", "approved_totals.yaml"}
MAY_BE_MISSING = {"approved_totals.yaml", "narrative/rewrites.yaml", "performance/overall.yaml"}


@dataclass(frozen=True)
class Loaded:
    """What a unit's folder holds for one year; `inputs` maps each file read to its sha256."""

    content: UnitContent
    classification: Classification
    inputs: dict[str, str]


def years_of(unit_dir: Path) -> list[int]:
    """The years that have a folder, oldest first. Raises DisclosureError when there is no unit."""
    if not unit_dir.is_dir():
        raise DisclosureError(
            Problem(
                "找不到单位内容文件夹。",
                Location(unit_dir.as_posix()),
                "用 --unit 指明文件夹",
                stops=True,
            )
        )
    return sorted(
        int(folder.name)
        for folder in unit_dir.iterdir()
        if folder.is_dir() and folder.name.isdigit() and len(folder.name) == 4
    )


def report_years(unit_dir: Path) -> list[int]:
    """The years that can be reported: those with a narrative, not those kept for comparison."""
    return [year for year in years_of(unit_dir) if (unit_dir / str(year) / "narrative").is_dir()]


def load_unit(unit_dir: Path, year: int) -> Loaded:
    """Everything typed for `year` and what is known of the year before.

    Raises DisclosureError with every problem of every file at once.
    """
    reader = _Reader(unit_dir)
    if year not in years_of(unit_dir):
        have = "、".join(str(known) for known in report_years(unit_dir)) or "没有"
        raise DisclosureError(
            Problem(
                f"没有{year}年的内容。",
                Location(f"{reader.shown}/{year}"),
                f"现有年度：{have}；换一个年度，或新建这个文件夹",
                stops=True,
            )
        )
    unit = reader.read("unit.yaml", UnitFile)
    this_year = reader.year(year, required=True)
    prior_year = reader.year(year - 1, required=False) if year - 1 in years_of(unit_dir) else None
    if unit and not reader.problems:
        classification = national().with_extra(unit.extra_classes)
        reader.check_codes([this_year, prior_year], classification)
    if reader.problems:
        raise DisclosureError(*reader.problems)
    assert unit and this_year
    content = UnitContent(
        unit=unit, report_year=this_year, prior_year=prior_year, places=reader.places
    )
    return Loaded(content, classification, reader.inputs)


class _Reader:
    """Reads one unit's files, gathering problems and the hash of every file."""

    def __init__(self, unit_dir: Path) -> None:
        self.unit_dir = unit_dir
        self.shown = unit_dir.name
        self.problems: list[Problem] = []
        self.inputs: dict[str, str] = {}
        self.places: dict[str, str] = {}

    def read(self, name: str, model: type[AnyFile]) -> AnyFile | None:
        path = self.unit_dir / name
        shown = f"{self.shown}/{name}"
        source, problems = read_yaml(path, shown)
        self.problems += problems
        if source is None:
            return None
        self.inputs[shown] = hashlib.sha256(path.read_bytes()).hexdigest()
        value, problems = validated(source, model)
        self.problems += problems
        return value

    def year(self, year: int, required: bool) -> YearContent | None:
        found: dict[str, Any] = {}
        for name, model in YEAR_FILES.items():
            there = (self.unit_dir / str(year) / name).is_file()
            if there or (required and name not in MAY_BE_MISSING):
                found[FIELDS[name]] = self.read(f"{year}/{name}", model)
            else:
                found[FIELDS[name]] = model() if name in ALWAYS_PRESENT else None
            self.places[FIELDS[name]] = f"{self.shown}/{year}/{name}"
        folder = self.unit_dir / str(year)
        self._unknown_files(folder)
        projects = [
            self.read(f"{year}/performance/{path.name}", ProjectFile)
            for path in sorted((folder / "performance").glob("*.yaml"))
            if path.name != "overall.yaml"
        ]
        if self.problems:
            return None
        return YearContent(year=year, projects=tuple(filter(None, projects)), **found)

    def _unknown_files(self, folder: Path) -> None:
        """A misspelt file name would silently leave a whole table empty."""
        for path in sorted(folder.rglob("*.y*ml")):
            name = path.relative_to(folder).as_posix()
            if name in YEAR_FILES or name.startswith("performance/"):
                continue
            near = nearest(name, YEAR_FILES)
            self.problems.append(
                Problem(
                    "不认识这个文件，程序不会读它。",
                    Location(f"{self.shown}/{folder.name}/{name}"),
                    f"是不是应叫 {near}？" if near else "移到别处",
                )
            )

    def check_codes(
        self, years: Iterable[YearContent | None], classification: Classification
    ) -> None:
        """科目 codes exist, stand once per list, and a name typed beside one is its name."""
        for year in years:
            if year is None:
                continue
            spent = year.expenditure
            for items in (
                spent.general_public_budget,
                spent.government_fund,
                spent.state_capital,
                spent.other,
            ):
                self._codes([(item.code, item.name) for item in items], classification)
            if isinstance(year.revenue.by_class, list):
                self._codes([(item.code, None) for item in year.revenue.by_class], classification)
            if year.basic_expenditure:
                for code, amount in year.basic_expenditure.by_class.items():
                    if code not in classification.economic or len(code) == 3:
                        near = nearest(code, [c for c in classification.economic if len(c) == 5])
                        self.problems.append(
                            Problem(
                                f"支出经济分类里没有“{code}”这个款。",
                                amount.source,
                                f"是不是 {near} {classification.economic[near]}？"
                                if near
                                else "核对代码",
                            )
                        )

    def _codes(
        self,
        items: list[tuple[Scalar, TypedWords | None]],
        classification: Classification,
    ) -> None:
        seen: set[str] = set()
        for code, name in items:
            where = code.location
            if len(code) != 7:
                self.problems.append(
                    Problem(f"科目 {code} 应写到项（7 位）。", where, "类、款由程序汇总")
                )
            elif code in seen:
                self.problems.append(Problem(f"科目 {code} 写了两次。", where, "合并成一条"))
            else:
                unknown = [
                    part
                    for part in (code[:3], code[:5], code)
                    if part not in classification.functional
                ]
                if unknown:
                    near = nearest(code, [c for c in classification.functional if len(c) == 7])
                    hint = f"是不是 {near} {classification.functional[near]}？" if near else ""
                    self.problems.append(
                        Problem(
                            f"支出功能分类里没有 {'、'.join(unknown)}。",
                            where,
                            f"{hint}确有这个科目时，把代码和名称写进 unit.yaml 的“补充科目”",
                        )
                    )
                elif name and name.words != classification.name(code):
                    self.problems.append(
                        Problem(
                            f"科目 {code} 的名称是“{classification.name(code)}”，这里写的是“{name.words}”。",
                            where,
                            "核对代码和名称，改正其中一个",
                        )
                    )
            seen.add(code)
