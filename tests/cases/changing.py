"""Copies of a unit's folder in which every value of one kind is another: amounts, years, words.

The content models say what is an amount, a count, the unit's own words: a field that is added to
them is changed here as well.
"""

from __future__ import annotations

import re
import shutil
import typing
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from disclosure.load.yaml_source import read_yaml
from disclosure.schema.content import YEAR_FILES, UnitFile
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.part import File
from disclosure.schema.typed import Amount, Count, Day, NamedWords, Said, Weight

KINDS = (Amount, Count, Day, NamedWords, Said, Weight)
OUTSIDE_TAGS = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)

# For a kind of value: the text typed and the key it stands under → the text in the copy.
Change = Callable[[str, str], str]
Changes = Mapping[Any, Change]


def changed_copy(unit: Path, to: Path, changes: Changes, year_shift: int = 0) -> Path:
    """A copy of the unit's folder under the folder `to`, of the same name, comments left out."""
    copy = to / unit.name
    shutil.copytree(unit, copy)
    for path, model in content_files(copy):
        source, problems = read_yaml(path, path.name)
        assert source and not problems
        write_yaml(path, _changed(source.value, model, "", changes))
    for folder in sorted(copy.glob("[0-9]*"), reverse=year_shift > 0):
        folder.rename(folder.with_name(str(int(folder.name) + year_shift)))
    return copy


def content_files(unit: Path) -> Iterator[tuple[Path, type[File]]]:
    """Every file of the unit with its model."""
    yield unit / "unit.yaml", UnitFile
    for path in sorted(unit.glob("[0-9]*/**/*.yaml")):
        yield path, YEAR_FILES.get("/".join(path.relative_to(unit).parts[1:]), ProjectFile)


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a clerk does, after a |."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def write_yaml(path: Path, value: Any) -> None:
    text = yaml.dump(_plain(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=9999)
    path.write_text(text, "utf-8")


def outside_tags(words: str, change: Callable[[str], str]) -> str:
    """`change` on what a person typed, not on the {{ tags }} in it."""
    pieces = OUTSIDE_TAGS.split(words)
    return "".join(p if number % 2 else change(p) for number, p in enumerate(pieces))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return None if value is None else str(value)


def _changed(value: Any, kind: Any, key: str, changes: Changes) -> Any:
    """`value` with the changes made in it that its model (or kind) calls for."""
    if value is None:
        return None
    if kind in KINDS:
        return changes[kind](str(value), key) if kind in changes else value
    if isinstance(value, list) and key == "指标":
        return _of_same_weight(value, [_changed(v, _of(kind), "", changes) for v in value])
    if isinstance(value, list):
        return [_changed(inner, _of(kind), key, changes) for inner in value]
    model = _model(kind)
    if isinstance(value, dict) and model:
        hints = typing.get_type_hints(model, include_extras=True)
        fields = {info.alias: hints[name] for name, info in model.model_fields.items()}
        return {k: _changed(v, fields.get(k), k, changes) for k, v in value.items()}
    if isinstance(value, dict):
        return {k: _changed(v, _of(kind), k, changes) for k, v in value.items()}
    inner = _of(kind)
    return _changed(value, inner, key, changes) if inner is not kind else value


def _of(kind: Any) -> Any:
    """What a list or mapping is made of; the kind of words that a bare sentence may stand for."""
    for part in _parts(kind):
        if part in KINDS:
            return part
        if isinstance(part, type) and issubclass(part, BaseModel):
            return Said if part.__name__ == "ReasonWords" else part
        if get_origin(part) in (list, dict):
            return get_args(part)[-1]
    return kind


def _model(kind: Any) -> type[BaseModel] | None:
    return next((p for p in _parts(kind) if isinstance(p, type) and issubclass(p, BaseModel)), None)


def _parts(kind: Any) -> Iterator[Any]:
    """The kinds that an annotation allows: through Optional, and Annotated that is no kind."""
    if kind not in KINDS and get_origin(kind) is Annotated:
        yield from _parts(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for part in get_args(kind):
            yield from _parts(part)
    else:
        yield kind


def _of_same_weight(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The last indicator gives what the others were given, so that the weights still add up."""
    others = sum((Decimal(str(line["权重"])) for line in after[:-1]), Decimal(0))
    whole = sum((Decimal(str(line["权重"])) for line in before), Decimal(0))
    return [*after[:-1], {**after[-1], "权重": whole - others}]
