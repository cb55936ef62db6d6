"""Copies of a unit that somebody corrected: figures at random, and things that come and go."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from cases.changing import changed_copy, outside_tags
from conftest import ROOT

from disclosure.pipeline import Build, build
from disclosure.schema.typed import Amount, Said

REAL = ROOT / "content"
SOMETIMES = 0.15
Correction = Callable[[Path], None]


def with_other_figures(unit: Path, to: Path, seed: int) -> Path:
    """A copy in which some amounts and some of the unit's own words are others."""
    chance = random.Random(seed)

    def amount(typed: str, key: str) -> str:
        if key == "权重" or chance.random() > SOMETIMES or not re.fullmatch(r"\d+(\.\d+)?", typed):
            return typed
        return str(round(Decimal(typed) * Decimal(chance.randint(50, 150)) / 100, 2))

    def words(typed: str, key: str) -> str:
        if chance.random() > SOMETIMES:
            return typed
        return outside_tags(typed, lambda said: said.replace("的", "之").replace("和", " & "))

    return changed_copy(unit, to, {Amount: amount, Said: words})


def edited(unit: Path, file: str, old: str, new: str) -> None:
    """Replace `old` in a content file by `new`."""
    path = unit / file
    text = path.read_text("utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def copied(unit: Path, to: Path) -> Path:
    shutil.copytree(unit, to / unit.name)
    return to / unit.name


def without_item(code: str) -> Correction:
    """No spending on this 项 any more."""

    def correct(unit: Path) -> None:
        path = unit / "2023/expenditure.yaml"
        text = path.read_text("utf-8")
        start = text.index(f'  - 科目: "{code}"')
        end = text.index("  - 科目: ", start + 1)
        path.write_text(text[:start] + text[end:], "utf-8")

    return correct


def with_one_more_project(like: str, name: str, new: str) -> Correction:
    """A project like the one of that file and name, under another name."""

    def correct(unit: Path) -> None:
        folder = unit / "2023/performance"
        text = (folder / like).read_text("utf-8")
        assert name in text
        (folder / "99_more.yaml").write_text(text.replace(name, new), "utf-8")

    return correct


def with_text(file: str, old: str, new: str) -> Correction:
    return lambda unit: edited(unit, file, old, new)


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


def built(unit: Path, cache: Path | None, year: int = 2023, packs: Path = ROOT / "templates",
          *, native_charts: bool | None = None) -> Build:  # fmt: skip
    return build(unit, year, packs, cache=cache, native_charts=native_charts)
