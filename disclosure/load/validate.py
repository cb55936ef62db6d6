"""Typed data against its model: every fault at once, as Chinese problems with file and line."""

from __future__ import annotations

from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from disclosure.load.yaml_faults import unfinished_line
from disclosure.load.yaml_source import KeyPath, Source, path_in_words
from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem
from disclosure.schema.scalar import Scalar

Model = TypeVar("Model", bound=BaseModel)

BRANCHES = ("Literal", "list", "one", "many")  # steps of pydantic's own in a key path
KEY = "[key]"  # pydantic's last step when a key is at fault, not its value


def validated(source: Source, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The file as `model`, or None with one problem for every fault in it.

    A file may state `金额单位: 元`; its amounts are then converted to 万元, exactly.
    """
    value = {} if source.value is None else source.value
    unit = value.get("金额单位") if isinstance(value, dict) else None
    try:
        return model.model_validate(value, context={"单位": str(unit or "万元")}), []
    except ValidationError as error:
        if source.value is None:
            needed = "、".join(str(detail["loc"][0]) for detail in error.errors())
            message = f"文件里没有内容，至少要写：{needed}。"
            return None, [Problem(message, Location(source.file, 1), "从上一年复制一份再修改")]
        return None, _problems(error.errors(), source, model)


def _problems(details: list[ErrorDetails], source: Source, model: type[BaseModel]) -> list[Problem]:
    """One problem per slip: a misspelt key does not count as a missing one as well."""
    meant = set()
    problems = []
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        path = _typed_path(detail, source)
        if detail["type"] == "extra_forbidden":
            known = _known_keys(model, path[:-1])
            near = nearest(str(path[-1]), known)
            meant.add((*path[:-1], near))
            advice = f"是不是“{near}”？" if near else f"这里可以写：{'、'.join(known)}"
            where = source.location(path)
            problems.append(Problem(f"不认识“{path[-1]}”这个名称。", where, advice))
        elif detail["type"] != "missing" or path not in meant:
            problems.append(_problem(detail, path, source))
    return sorted(problems, key=_line)


def _line(problem: Problem) -> int:
    return (problem.location and problem.location.line) or 0


def _problem(detail: ErrorDetails, path: KeyPath, source: Source) -> Problem:
    kind, given = detail["type"], detail["input"]
    where = source.location(path)
    context = detail.get("ctx", {})
    if kind == "content":
        return Problem(str(context["message"]), where, str(context["advice"]))
    if kind == "missing":
        parent = source.location(path[:-1])
        place = Location(parent.file, parent.line, path_in_words(path[:-1]))
        return Problem(f"缺少“{path[-1]}”。", place, f"补写一行“{path[-1]}: …”")
    if kind in ("literal_error", "enum"):
        return Problem(_not_a_choice(given, key=detail["loc"][-1] == KEY), where, _choices(context))
    if kind == "too_short":
        return Problem("这里一条也没有。", where, "至少写一条，每一条以“- ”开头")
    if kind in ("list_type", "tuple_type"):
        return _wrong_shape(given, where, "列表", "每一条另起一行，以“- ”开头；没有的写 []")
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return _wrong_shape(given, where, "下一级的“名称: 内容”", "检查缩进、冒号")
    return Problem("这里的内容不合要求。", where, "对照内容文件开头的说明修改")


def _not_a_choice(given: object, *, key: bool) -> str:
    if isinstance(given, str):
        return f"不认识“{given}”这个名称。" if key else f"“{given}”不在可选的写法里。"
    if given is None:
        return "这里还没有填。"
    return "这里应填一个词，不是列表或下一级内容。"


def _wrong_shape(given: object, where: Location, expected: str, advice: str) -> Problem:
    """A block that is not one: nothing under it, or lines that are no “名称: 内容”."""
    if not where.path:
        return Problem("文件的内容应是一行行“名称: 内容”。", where, "照上一年的文件写")
    if given is None:
        return Problem(f"这里还没有填，应是{expected}。", where, advice)
    slip = unfinished_line(given) if isinstance(given, Scalar) else None
    if slip and isinstance(given, Scalar):
        at = Location(where.file, given.location.line, where.path)
        return Problem(f"{slip[0]}。", at, slip[1])
    return Problem(f"这里应是{expected}。", where, advice)


def _choices(context: dict[str, object]) -> str:
    expected = str(context.get("expected", "")).replace(" or ", "、").replace(", ", "、")
    return f"可选：{expected.replace(chr(39), '')}"


def _typed_path(detail: ErrorDetails, source: Source) -> KeyPath:
    """The key path as typed: pydantic puts the names of models and of branches into its own."""
    path = [step for step in detail["loc"] if step not in (*BRANCHES, KEY)]
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
