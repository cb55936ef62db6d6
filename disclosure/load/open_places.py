"""What a year's files leave open: keys without a value, last year's words nobody has confirmed.

A draft consists of such places; each is something to do, with its file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from disclosure.model.place import Location, ToDo
from disclosure.model.text import UNCONFIRMED, Snippet
from disclosure.schema.part import File, Part, ReasonWords

if TYPE_CHECKING:
    from disclosure.load.yaml_source import KeyPath, Source

FILL_IN, CONFIRM = "待填", "待核对"


def open_places(source: Source, file: File) -> list[ToDo]:
    """Every open place of a file that was read, in the order of its lines."""
    found = [*_in_part(source, file, ())]
    return sorted(found, key=lambda todo: (todo.location and todo.location.line) or 0)


def _in_part(source: Source, part: Part, path: KeyPath) -> Iterator[ToDo]:
    if isinstance(part, ReasonWords) and part.not_given and part.unconfirmed:
        yield _to_confirm(source.location((*path, "不说明")), part.not_given)
    for name, field in type(part).model_fields.items():
        below = (*path, str(field.alias))
        if part.is_open(name):
            yield _to_fill(source, below)
        else:
            yield from _in_value(source, getattr(part, name), below)


def _in_value(source: Source, value: object, path: KeyPath) -> Iterator[ToDo]:
    if isinstance(value, Part):
        yield from _in_part(source, value, path)
    elif isinstance(value, Snippet) and value.unconfirmed:
        yield _to_confirm(value.source, value.words)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _in_value(source, item, (*path, at))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if inner is None:
                yield _to_fill(source, (*path, key))
            else:
                yield from _in_value(source, inner, (*path, key))


def _to_fill(source: Source, path: KeyPath) -> ToDo:
    return ToDo(FILL_IN, str(path[-1]), source.location(path))


def _to_confirm(place: Location, words: str) -> ToDo:
    where = place.path.rpartition(" › ")[2] or place.file
    last_year = " ".join(words.removeprefix(UNCONFIRMED).split())
    return ToDo(CONFIRM, where, place, last_year)
