"""Typed data against its model: every fault at once, as Chinese problems with file and line."""

from __future__ import annotations

from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from disclosure.load.yaml_source import KeyPath, Source, path_in_words
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem

Model = TypeVar("Model", bound=BaseModel)


def validated(source: Source, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The file as `model`, or None with one problem for every fault in it.

    A file may state `金额单位: 元`; its amounts are then converted to 万元, exactly.
    """
    value = {} if source.value is None else source.value
    unit = value.get("金额单位") if isinstance(value, dict) else None
    try:
        return model.model_validate(value, context={"单位": str(unit or "万元")}), []
    except ValidationError as error:
        return None, [_problem(detail, source, model) for detail in error.errors()]


def _problem(detail: ErrorDetails, source: Source, model: type[BaseModel]) -> Problem:
    path: KeyPath = tuple(step for step in detail["loc"] if step not in ("Literal", "list"))
    path = _without_branches(path, source)
    kind = detail["type"]
    where = source.location(path)
    context = detail.get("ctx", {})
    if kind == "content":
        return Problem(str(context["message"]), where)
    if kind == "missing":
        parent = source.location(path[:-1])
        place = Location(parent.file, parent.line, path_in_words(path[:-1]))
        return Problem(f"缺少“{path[-1]}”。", place, f"补写一行“{path[-1]}: …”")
    if kind == "extra_forbidden":
        known = _known_keys(model, path[:-1])
        near = nearest(str(path[-1]), known)
        advice = f"是不是“{near}”？" if near else f"这里可以写：{'、'.join(known)}"
        return Problem(f"不认识“{path[-1]}”这个名称。", where, advice)
    if kind in ("literal_error", "enum"):
        return Problem(f"“{detail['input']}”不在可选的写法里。", where, _choices(context))
    if kind in ("list_type", "tuple_type"):
        return Problem("这里应是列表。", where, "每一条另起一行，以“- ”开头")
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return Problem("这里应是下一级的“名称: 内容”。", where, "检查缩进")
    return Problem("这里的内容不合要求。", where, "对照内容文件开头的说明修改")


def _choices(context: dict[str, object]) -> str:
    expected = str(context.get("expected", "")).replace(" or ", "、").replace(", ", "、")
    return f"可选：{expected.replace(chr(39), '')}"


def _without_branches(path: KeyPath, source: Source) -> KeyPath:
    """Union branches put model names into pydantic's path; keep only steps that are typed keys."""
    kept: list[str | int] = []
    for number, step in enumerate(path):
        last = number == len(path) - 1
        if last or isinstance(step, int) or (*kept, step) in source.lines:
            kept.append(step)
    return tuple(kept)


def _known_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that may stand at `path` of a model."""
    here: type[BaseModel] | None = model
    for step in path:
        if here is None or isinstance(step, int):
            continue
        found = next((f for f in here.model_fields.values() if f.alias == step), None)
        here = _model_in(found.annotation) if found else None
    return [f.alias for f in here.model_fields.values() if f.alias] if here else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found:
            return found
    return None
