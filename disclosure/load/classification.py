"""The 科目 that come with the program."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from disclosure.schema.classification import Classification


@cache
def national() -> Classification:
    """The codes that come with the program: those seen in published documents."""
    return Classification(_read("functional.csv"), _read("economic.csv"))


def _read(name: str) -> dict[str, str]:
    text = files("disclosure.classification").joinpath(name).read_text(encoding="utf-8")
    return {row["代码"]: row["名称"] for row in csv.DictReader(text.splitlines())}
