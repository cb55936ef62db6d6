"""A unit's folder into values: which years there are, and everything typed for one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from disclosure.load.classification import national
from disclosure.load.code_remarks import code_remarks
from disclosure.load.codes import code_problems, extra_class_problems
from disclosure.load.folder import FileNames
from disclosure.load.known import KnownFiles, key_of
from disclosure.load.open_places import open_places
from disclosure.load.text_source import missing_file, read_bytes
from disclosure.model.place import DisclosureError, Location, Problem, ToDo, cause_of
from disclosure.schema.classification import Classification
from disclosure.schema.content import (
    YEAR_FILES,
    CodeRemark,
    UnitContent,
    UnitFile,
    YearContent,
)
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.part import File
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import TypedWords

AnyFile = TypeVar("AnyFile", bound=File)

UNIT_FILE, NARRATIVE = "unit.yaml", "narrative"
FIELDS = {
    "revenue.yaml": "revenue",
    "expenditure.yaml": "expenditure",
    "basic_expenditure.yaml": "basic_expenditure",
    "three_public.yaml": "three_public",
    "procurement.yaml": "procurement",
    "state_assets.yaml": "state_assets",
    "staff.yaml": "staff",
    "approved_totals.yaml": "approved",
    "sources.yaml": "sources",
    "acknowledged.yaml": "acknowledged",
    "narrative/reasons.yaml": "reasons",
    "narrative/other_notes.yaml": "other_notes",
    "narrative/terms.yaml": "terms",
    "narrative/performance.yaml": "performance_notes",
    "narrative/rewrites.yaml": "rewrites",
    "narrative/extras.yaml": "extras",
    "performance/overall.yaml": "overall",
}
ALWAYS_PRESENT = {"revenue.yaml", "expenditure.yaml", "approved_totals.yaml"}
MAY_BE_MISSING = {
    "approved_totals.yaml",
    "sources.yaml",
    "acknowledged.yaml",
    "narrative/rewrites.yaml",
    "narrative/extras.yaml",
    "performance/overall.yaml",
}


@dataclass(frozen=True)
class Loaded:
    """What a unit's folder holds for one year; `inputs` maps each file read to its sha256.

    `open_places` are what the year's own files leave to be filled in or confirmed.
    """

    content: UnitContent
    classification: Classification
    inputs: dict[str, str]
    open_places: tuple[ToDo, ...] = ()


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
    return [year for year in years_of(unit_dir) if (unit_dir / str(year) / NARRATIVE).is_dir()]


def load_unit(unit_dir: Path, year: int, known: KnownFiles | None = None) -> Loaded:
    """Everything typed for `year` and what is known of the year before.

    `known` are files read before; those that did not change are not read again.
    Raises DisclosureError with every problem of every file at once.
    """
    try:
        return _loaded(unit_dir, year, known or KnownFiles())
    except OSError as error:
        where = Location(Path(error.filename or unit_dir).as_posix())
        message = f"文件夹读不出来：{cause_of(error)}。"
        problem = Problem(message, where, "核对文件夹的权限，再运行一次", stops=True)
        raise DisclosureError(problem) from error


def _loaded(unit_dir: Path, year: int, known: KnownFiles) -> Loaded:
    reader = _Reader(unit_dir, known)
    years = years_of(unit_dir)
    _refuse_other_years(reader.shown, unit_dir, year, years)
    unit = reader.unit()
    this_year = reader.year(year, required=True)
    open_here, remarks = [*reader.open_places], tuple(reader.code_remarks)
    prior_year = reader.year(year - 1, required=False) if year - 1 in years else None
    classification = national()
    if unit:
        reader.problems += extra_class_problems(unit, classification)
        extra = {code: name.words for code, name in unit.extra_classes.items()}
        classification = classification.with_extra(extra)
        for found in (this_year, prior_year or {}):
            reader.problems += code_problems(found.values(), classification)
    if unit is None or reader.problems:
        raise DisclosureError(*reader.problems)
    content = UnitContent(
        unit,
        reader.content(year, this_year, remarks),
        reader.content(year - 1, prior_year) if prior_year else None,
        reader.places(year),
        reader.places(year - 1),
    )
    return Loaded(content, classification, reader.inputs, tuple(open_here))


def named_pack(unit_dir: Path) -> Scalar | None:
    """The 单位包 named in unit.yaml, whatever else is wrong with the unit."""
    from disclosure.load.yaml_source import read_yaml

    source, _ = read_yaml(unit_dir / UNIT_FILE, f"{unit_dir.name}/{UNIT_FILE}")
    name = source.value.get("单位包") if source and isinstance(source.value, dict) else None
    return name if isinstance(name, Scalar) else None


def _refuse_other_years(shown: str, unit_dir: Path, year: int, years: list[int]) -> None:
    """A year without a folder, or one that is only compared with, cannot be reported."""
    if year in years and (unit_dir / str(year) / NARRATIVE).is_dir():
        return
    have = "、".join(str(known) for known in report_years(unit_dir)) or "没有"
    if year not in years:
        what = f"没有{year}年的内容。"
        advice = f"现有年度：{have}；换一个年度，或新建这个文件夹"
    else:
        what = f"{year}年只有对比数，没有 {NARRATIVE} 文件夹，不能生成。"
        advice = f"可以生成的年度：{have}；换一个年度，或补齐这个文件夹"
    raise DisclosureError(Problem(what, Location(f"{shown}/{year}"), advice, stops=True))


class _Reader:
    """Reads one unit's files, gathering problems and the hash of every file."""

    def __init__(self, unit_dir: Path, known: KnownFiles) -> None:
        self.unit_dir = unit_dir
        self.known = known
        self.shown = unit_dir.name
        self.problems: list[Problem] = []
        self.inputs: dict[str, str] = {}
        self.open_places: list[ToDo] = []
        self.code_remarks: list[CodeRemark] = []

    def read(self, name: str, model: type[AnyFile]) -> AnyFile | None:
        shown = f"{self.shown}/{name}"
        data, problems = read_bytes(self.unit_dir / name, shown)
        self.problems += problems
        if data is None:
            return None
        self.inputs[shown] = hashlib.sha256(data).hexdigest()
        key = key_of(shown, data, model.__name__)
        found = self.known.get(key)
        if found is None:
            found = self._parsed(data, shown, model)
            if found is None:
                return None
            self.known.put(key, found)
        value, open_here, remarks = found
        self.open_places += open_here
        self.code_remarks += remarks
        return cast(AnyFile, value)

    def _parsed(
        self, data: bytes, shown: str, model: type[AnyFile]
    ) -> tuple[AnyFile, list[ToDo], tuple[CodeRemark, ...]] | None:
        """The file's content, what it leaves open, the comments beside codes; None, and problems,
        when it has faults."""
        from disclosure.load.validate import validated
        from disclosure.load.yaml_source import parse_yaml

        source, problems = parse_yaml(data, shown)
        self.problems += problems
        if source is None:
            return None
        value, problems = validated(source, model)
        self.problems += problems
        if value is None:
            return None
        return value, open_places(source, value), code_remarks(data.decode("utf-8-sig"), shown)

    def unit(self) -> UnitFile | None:
        """unit.yaml; a file of a year that lies beside it would not be read."""
        names = FileNames(self.unit_dir, [UNIT_FILE], deep=False)
        meant = None if UNIT_FILE in names.there else names.meant_for(UNIT_FILE)
        self.problems += names.problems(self.shown, {meant or ""})
        if UNIT_FILE in names.there:
            return self.read(UNIT_FILE, UnitFile)
        self._missing(UNIT_FILE, meant)
        return None

    def year(self, year: int, *, required: bool) -> dict[str, File | None]:
        """The files of a year by field, projects by their names; None for one that is not there.

        In a comparison year (`required` False) any file may be missing.
        """
        names = FileNames(self.unit_dir / str(year), YEAR_FILES)
        found: dict[str, File | None] = {}
        told: set[str] = set()
        for name, model in YEAR_FILES.items():
            if name in names.there:
                found[FIELDS[name]] = self.read(f"{year}/{name}", model)
                continue
            found[FIELDS[name]] = model() if name in ALWAYS_PRESENT else None
            if required and name not in MAY_BE_MISSING:
                meant = names.meant_for(name)
                told.add(meant or "")
                self._missing(f"{year}/{name}", meant)
        for name in names.projects:
            found[name] = self.read(f"{year}/{name}", ProjectFile)
        self.problems += names.problems(f"{self.shown}/{year}", told)
        self._same_projects(found.values())
        return found

    def content(
        self, year: int, found: Mapping[str, File | None], remarks: tuple[CodeRemark, ...] = ()
    ) -> YearContent:
        """A year of which every file could be read."""
        files: dict[str, Any] = {field: found[field] for field in FIELDS.values()}
        projects = tuple(file for file in found.values() if isinstance(file, ProjectFile))
        return YearContent(year=year, projects=projects, code_remarks=remarks, **files)

    def places(self, year: int) -> dict[str, str]:
        """Where each kind of file is, or would be."""
        return {field: f"{self.shown}/{year}/{name}" for name, field in FIELDS.items()}

    def _missing(self, name: str, meant: str | None) -> None:
        """`meant`: a file that seems to be this one under another name."""
        shown = f"{self.shown}/{name}"
        advice = f"文件夹里有 {meant}，是不是它？改名或移过去"
        self.problems.append(missing_file(shown, advice) if meant else missing_file(shown))

    def _same_projects(self, files: Iterable[File | None]) -> None:
        first: dict[str, TypedWords] = {}
        for file in files:
            if isinstance(file, ProjectFile):
                same = first.setdefault(file.name.words, file.name)
                if same is not file.name:
                    message = f"项目名称“{same.words}”与 {same.source.file} 相同。"
                    self.problems.append(Problem(message, file.name.source, "改正其中一个"))
