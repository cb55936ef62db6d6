"""A year's content files under change: amounts set where they differ, every change noted.

Nothing is written to disk here. Each file stays a text (see :mod:`disclosure.edit.yaml_text`), so
what is not changed stays as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from disclosure.edit.yaml_text import YamlText
from disclosure.edit.yaml_words import Content, Noted
from disclosure.importing.reading import Reading
from disclosure.load.unit import FIELDS
from disclosure.load.validate import validated
from disclosure.load.yaml_source import KeyPath, parse_yaml
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.schema.content import YEAR_FILES, YearContent
from disclosure.schema.part import File
from disclosure.schema.typed import YUAN_PER_WAN, Amount, number

REVENUE, EXPENDITURE = "revenue.yaml", "expenditure.yaml"
BASIC, THREE_PUBLIC = "basic_expenditure.yaml", "three_public.yaml"
APPROVED, SOURCES = "approved_totals.yaml", "sources.yaml"
MONEY_FILES = (REVENUE, EXPENDITURE, BASIC, THREE_PUBLIC, APPROVED)
MONEY_UNIT = "金额单位"

NEW_FILE = {
    REVENUE: "本年度收入。由 build.py import 从批复的收入支出总表、收入决算表导入。",
    EXPENDITURE: "本年度支出，按支出功能分类的项填写。由 build.py import 从批复的各张支出决算表导入；\n"
    "# 年初预算数和原因请自己补写。",
    BASIC: "一般公共预算财政拨款基本支出，按经济分类的款填写。由 build.py import 从批复的基本支出决算明细表导入。",
    THREE_PUBLIC: "财政拨款“三公”经费。由 build.py import 从批复的“三公”经费支出决算表导入；团组、人次、辆数和原因请自己补写。",
    APPROVED: "批复的合计数：公开表上的合计不等于各行之和时，在这里照抄公开的数。由 build.py import 写入。",
}


@dataclass(frozen=True)
class Change:
    """One amount that import would write; `old` None where nothing was filled in, `new` None where
    it is taken out."""

    location: Location
    what: str
    old: Decimal | None
    new: Decimal | None
    origin: str
    note: str = ""
    path: KeyPath = ()


class Draft:
    """The money files of one year. Raises DisclosureError when one of them cannot be read."""

    def __init__(self, unit_dir: Path, year: int) -> None:
        self.year = year
        self.shown = f"{unit_dir.name}/{year}"
        self.changes: list[Change] = []
        self._texts: dict[str, YamlText] = {}
        self._values: dict[str, tuple[str, File]] = {}
        self._old: dict[str, bytes | None] = {}
        problems: list[Problem] = []
        for name in MONEY_FILES:
            path = unit_dir / str(year) / name
            self._old[name] = path.read_bytes() if path.is_file() else None
            data = self._old[name]
            if data is None:
                data = f"# {NEW_FILE[name]}\n\n".encode()
            try:
                self._texts[name] = YamlText(data, f"{self.shown}/{name}")
            except DisclosureError as error:
                problems += error.problems
        if problems:
            raise DisclosureError(*problems)

    def files(self) -> dict[str, bytes]:
        """The files that are no longer what they were, by name."""
        now = {name: text.data for name, text in self._texts.items()}
        touched = {change.location.file for change in self.changes}
        return {
            name: data
            for name, data in now.items()
            if data != self._old[name] and f"{self.shown}/{name}" in touched
        }

    def located_changes(self) -> list[Change]:
        """The changes with the lines they stand on now that all are made."""
        texts = {text.shown: text for text in self._texts.values()}
        return [
            replace(c, location=texts[c.location.file].location(c.path)) if c.path else c
            for c in self.changes
        ]

    def content(self) -> YearContent:
        """The files as values. Raises DisclosureError with every fault in them."""
        found: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, text in self._texts.items():
            read, value = self._values.get(name, ("", None))
            if value is None or read != text.text:
                source, faults = parse_yaml(text.data, text.shown)
                if source is not None:
                    value, faults = validated(source, YEAR_FILES[name])
                problems += faults
            if value is not None:
                self._values[name] = (text.text, value)
                found[FIELDS[name]] = value
        if problems:
            raise DisclosureError(*problems)
        others = {field: None for name, field in FIELDS.items() if name not in MONEY_FILES}
        return YearContent(year=self.year, projects=(), **{**others, **found})

    # -------------------------------------------------------------- reading

    def get(self, file: str, path: KeyPath) -> Any:
        return self._texts[file].get(path)

    def has(self, file: str, path: KeyPath) -> bool:
        return path in self._texts[file]

    def amount(self, file: str, path: KeyPath) -> Decimal | None:
        """What is typed there, in 万元; None when nothing is. Raises DisclosureError."""
        typed = self.get(file, path)
        if not isinstance(typed, str) or not typed:
            return None
        try:
            exact = number(typed)
        except PydanticCustomError as error:
            where = self._texts[file].location(path)
            raise DisclosureError(Problem(error.message(), where)) from error
        return exact / YUAN_PER_WAN if self._in_yuan(file) else exact

    def is_empty(self, file: str) -> bool:
        """Whether no amount at all is filled in."""
        paths = amount_paths(YEAR_FILES[file], self._texts[file].value)
        return all(self.amount(file, path) is None for path in paths)

    def items(self, file: str, key: str) -> dict[str, int]:
        """The 科目 of a list and the place of each in it."""
        listed = self.get(file, (key,))
        if not isinstance(listed, list):
            return {}
        return {str(i.get("科目")): at for at, i in enumerate(listed) if isinstance(i, dict)}

    def codes(self) -> set[str]:
        """Every 项 in any list of 科目."""
        lists = [(EXPENDITURE, name) for name in field_names(YEAR_FILES[EXPENDITURE])]
        lists.append((REVENUE, "分科目收入"))
        return {code for file, key in lists for code in self.items(file, key)}

    # -------------------------------------------------------------- changing

    def set(
        self,
        file: str,
        path: KeyPath,
        reading: Reading,
        what: str,
        order: Sequence[str] = (),
        comment: str = "",
        note: str = "",
    ) -> None:
        """Write a figure read into the file; amounts exact to 分 turn the file into one of 元."""
        old = self.amount(file, path)
        if reading.in_yuan and reading.value:
            self._to_yuan(file)
        if len(path) > 1 and not self.has(file, path[:1]):
            self._texts[file].set(path[:1], {}, field_names(YEAR_FILES[file]))
        typed = self._typed(file, reading.value)
        value: Content = Noted(typed, comment) if comment and not self.has(file, path) else typed
        self._texts[file].set(path, value, order)
        self._note(file, path, what, old, reading.value, reading.place, note)

    def insert(
        self,
        file: str,
        key: str,
        item: Mapping[str, Content],
        amounts: Mapping[str, Reading],
        what: str,
        order: Sequence[str],
    ) -> None:
        """A new 科目 in its place in the list, which is in code order."""
        if any(reading.in_yuan for reading in amounts.values()):
            self._to_yuan(file)
        code = _code_of(item)
        at = sum(1 for known in self.items(file, key) if known < code)
        typed = {name: self._typed(file, r.value) for name, r in amounts.items()}
        text = self._texts[file]
        if not self.get(file, (key,)):
            text.set((key,), [{**item, **typed}], order)
        else:
            text.insert((key,), at, {**item, **typed})
        for name, reading in amounts.items():
            path = (key, at, name)
            note = "新增科目" if name == next(iter(amounts)) else ""
            self._note(file, path, f"{what} › {name}", None, reading.value, reading.place, note)

    def remove(self, file: str, path: KeyPath, what: str, note: str) -> None:
        """Take a 批复数 out that no total answers to, or that the parts now add up to."""
        old, location = self.amount(file, path), self._texts[file].location(path)
        self._texts[file].remove(path)
        self.changes.append(Change(location, what, old, None, "", note))

    def replace(self, file: str, path: KeyPath, value: Content) -> None:
        """Write something that is no amount, as an empty list in the place of a word."""
        self._texts[file].set(path, value)

    def _note(
        self,
        file: str,
        path: KeyPath,
        what: str,
        old: Decimal | None,
        new: Decimal,
        origin: str,
        note: str,
    ) -> None:
        location = self._texts[file].location(path)
        self.changes.append(Change(location, what, old, new, origin, note, path))

    def _typed(self, file: str, amount: Decimal) -> Decimal:
        return amount * YUAN_PER_WAN if self._in_yuan(file) else amount

    def _in_yuan(self, file: str) -> bool:
        return bool(self.get(file, (MONEY_UNIT,)) == "元")

    def _to_yuan(self, file: str) -> None:
        """Make a file of 万元 one of 元: every amount in it is converted, exactly."""
        if self._in_yuan(file):
            return
        text = self._texts[file]
        for path in list(amount_paths(YEAR_FILES[file], text.value)):
            typed = text.get(path)
            if typed and number(typed):
                text.set(path, number(typed) * YUAN_PER_WAN)
        text.set((MONEY_UNIT,), "元", field_names(YEAR_FILES[file]))


def _code_of(item: Mapping[str, Content]) -> str:
    code = item["科目"]
    code = code.value if isinstance(code, Noted) else code
    return str(getattr(code, "text", code))


def amount_paths(model: type[BaseModel], value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Where amounts of money stand in a file of that model (counts and codes are none)."""
    if not isinstance(value, dict):
        return
    for field in model.model_fields.values():
        key = str(field.alias)
        if key in value:
            yield from _in_field(field.annotation, value[key], (*path, key))


def _in_field(annotation: Any, value: Any, path: KeyPath) -> Iterator[KeyPath]:
    kinds = set(_kinds(annotation))
    if isinstance(value, str):
        if Amount in kinds:
            yield path
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _in_field(annotation, item, (*path, at))
    elif isinstance(value, dict):
        models = [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
        for inner in models:
            yield from amount_paths(inner, value, path)
        if not models:
            for key, below in value.items():
                yield from _in_field(annotation, below, (*path, key))


def _kinds(annotation: Any) -> Iterable[Any]:
    """The annotation and everything inside it."""
    yield annotation
    if annotation == Amount:
        return
    for inner in get_args(annotation):
        yield from _kinds(inner)


def field_names(model: type[BaseModel]) -> list[str]:
    """The Chinese keys of a model, in order."""
    return [str(field.alias) for field in model.model_fields.values()]


def amount_names(model: type[BaseModel]) -> list[str]:
    """The keys of a model that hold an amount of money."""
    fields = model.model_fields.values()
    return [str(field.alias) for field in fields if Amount in set(_kinds(field.annotation))]
