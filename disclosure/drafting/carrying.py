"""What of a year's file still holds next year: the file as next year's draft.

The content models say what each value is, so a figure that is added to them is left blank as well:
amounts, counts and dates are blank with last year's value in view; reasons and the year's own words
are marked 【待核对】 and not printed until confirmed; what is stable (names, targets, weights, uses)
stays. The few fields that differ from their kind are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from disclosure.drafting.carried_text import CarriedText
from disclosure.load.yaml_source import KeyPath
from disclosure.model.text import Snippet
from disclosure.schema.approved import ApprovedFile
from disclosure.schema.evaluation import IndicatorLine, ProjectFile
from disclosure.schema.money import ExpenditureFile, Reception, StateAssetsFile, VehicleRunning
from disclosure.schema.part import File, Part, ReasonWords, RewrittenWords, is_listed
from disclosure.schema.staff import StaffFile
from disclosure.schema.typed import TypedAmount
from disclosure.schema.words import OtherNotesFile, PerformanceNotesFile, TermsFile

FieldName: TypeAlias = tuple[type[Part], str]

# Numbers that are no figure of the year.
KEPT: set[FieldName] = {(IndicatorLine, "weight"), (IndicatorLine, "place_in_summary")}
# Words and lists that are results of the year, though their kind is not.
BLANKED: set[FieldName] = {
    (IndicatorLine, "actual"),
    (ProjectFile, "attribute"),  # 新增 or 持续 depends on the year before
    (ReasonWords, "direction"),
    (StaffFile, "changes"),
}
# Optional results: without the line the rule decides, or the project's own value.
DROPPED: set[FieldName] = {
    (IndicatorLine, "own_score"),
    (IndicatorLine, "tier"),
    (ReasonWords, "confirmed_gap"),
}
# The unit's words that hold from year to year, unless they name a year, a date or a figure.
STABLE: set[FieldName] = {
    (VehicleRunning, "used_for"),
    (Reception, "guests"),
    (StateAssetsFile, "other_vehicles"),
    (TermsFile, "class_uses"),
    (TermsFile, "remarks"),
    (TermsFile, "other_terms"),
    (PerformanceNotesFile, "subordinate_units"),
    (RewrittenWords, "words"),
}
# Without a list these files say that there was nothing: of next year nobody knows.
SAYS_NONE = (ExpenditureFile, OtherNotesFile)
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
YEAR_END = re.compile("12月31日")
OF_A_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d+月|\d+日|\d[\d.,]*\s*(?:[万亿]?元|%|％|个|人|名|次|辆|台|份|场|笔|家)"
    r"|本年|今年|当年|去年|上年"
)


def carried(data: bytes, shown: str, file: File, year: int) -> bytes:
    """The file's bytes as a draft of the next `year`. `file` is what `data` was read into."""
    text = CarriedText(data, shown)
    text.retitle(year - 1, year)
    if isinstance(file, ApprovedFile):
        if file.totals:
            text.as_comments((alias_of(ApprovedFile, "totals"),), "{}")
    else:
        _carry_part(text, file, ())
    if isinstance(file, SAYS_NONE):
        for name, field in type(file).model_fields.items():
            if name not in file.model_fields_set and is_listed(field):
                text.leave_open(str(field.alias))
    return text.finish()


def alias_of(part: type[Part], field: str) -> str:
    """The Chinese key of a field."""
    return str(part.model_fields[field].alias)


def names_a_year(words: str) -> bool:
    """Whether words outside tags name a year, a date or a figure, or say “this year”."""
    return bool(OF_A_YEAR.search(YEAR_END.sub("", TAG.sub("", words))))


def _carry_part(text: CarriedText, part: Part, path: KeyPath) -> None:
    for name, field in type(part).model_fields.items():
        below = (*path, str(field.alias))
        if name not in part.model_fields_set or part.is_open(name):
            continue
        if below not in text:  # a bare sentence in the place of a mapping
            below = path
        what = (_owner(type(part), name), name)
        if what in DROPPED or _is_taken_from_project(part, name):
            text.drop(below)
        elif what in BLANKED or (getattr(part, name) == [] and _is_of_the_year(what, part)):
            text.blank(below)
        elif what not in KEPT:
            _carry_value(text, getattr(part, name), below, what)


def _carry_value(text: CarriedText, value: object, path: KeyPath, what: FieldName) -> None:
    if isinstance(value, Part):
        _carry_part(text, value, path)
    elif isinstance(value, TypedAmount | date):
        text.blank(path)
    elif isinstance(value, Snippet):
        if not value.unconfirmed and (what not in STABLE or names_a_year(value.words)):
            text.hold_back(path)
    elif isinstance(value, str) and what == (ReasonWords, "not_given"):
        text.hold_back(path)
    elif isinstance(value, list | dict):
        for step, inner in _steps(value):
            at = (*path, step)
            _carry_value(text, inner, at if at in text else path, what)


def _steps(value: list[object] | dict[str, object]) -> Iterator[tuple[str | int, object]]:
    return iter(value.items() if isinstance(value, dict) else enumerate(value))


def _owner(part: type[Part], field: str) -> type[Part]:
    """The model that a field was declared in."""
    models = (one for one in reversed(part.__mro__) if issubclass(one, Part))
    return next(one for one in models if field in one.model_fields)


def _is_of_the_year(what: FieldName, part: Part) -> bool:
    """Whether an empty list says that there was nothing that year."""
    return what not in STABLE and is_listed(type(part).model_fields[what[1]])


def _is_taken_from_project(part: Part, name: str) -> bool:
    """An own 实际 beside 引用: this year the project's value holds."""
    return isinstance(part, IndicatorLine) and name == "actual" and part.reference is not None
