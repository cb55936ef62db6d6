"""What a command says at its end: the Chinese summary for a person, one object for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from disclosure.check.finding import Finding
from disclosure.lineage import Lineage, steps
from disclosure.model.figure import Figure, Formula
from disclosure.model.place import Level, ToDo
from disclosure.pipeline import Build
from disclosure.store import Stored

MANY = 20  # lines of one kind on screen; findings.json has them all
KINDS = {"report": "报告", "attachment": "附件", "tables": "表格", "chart": "图", "pdf": "PDF"}


@dataclass(frozen=True)
class Summary:
    """One build as told at its end. `stored` is None when a final build was refused."""

    build: Build
    stored: Stored | None
    folder: Path
    final: bool


def as_text(summary: Summary) -> str:
    """产品, 发现, 待填: what was made, what contradicts, what is still to be written."""
    build = summary.build
    lines: list[str] = []
    if summary.stored is None:
        lines.append("定稿没有生成：还有错误或待填的内容，上一次的产品没有变。")
    else:
        lines.append(
            f"{build.report.unit.full_name.words} {build.year}年度 已生成，放在 {summary.folder}"
        )
        lines += product_lines(build)
        if not summary.stored.changed:
            lines.append("  内容与上一次相同，文件没有变动。")
        lines += [
            f"  您改过的 {name} 留了副本，在“手工修改过的旧文件”里。"
            for name in summary.stored.kept
        ]
    lines += finding_lines(build.findings, build.todos)
    return "\n".join(lines)


def product_lines(build: Build) -> list[str]:
    """One line for each kind of product."""
    lines = []
    for kind, words in KINDS.items():
        paths = [p.path for p in build.products if p.kind == kind and not p.path.endswith(".svg")]
        if len(paths) == 1:
            lines.append(f"  {words}：{paths[0]}")
        elif paths:
            lines.append(f"  {words}：{len(paths)} 个，{paths[0]} 等")
    return lines


def finding_lines(findings: Sequence[Finding], todos: Sequence[ToDo]) -> list[str]:
    """错误 and 提示 in full, 尾差 counted, then what is still to be written."""
    lines = []
    for level in (Level.ERROR, Level.HINT):
        told = [finding for finding in findings if finding.level is level]
        lines.append(f"{level.value}：{len(told)} 处" + ("" if told else "。"))
        lines += _first(f"  · {finding}" for finding in told)
    rounding = sum(finding.level is Level.ROUNDING for finding in findings)
    if rounding:
        lines.append(f"尾差：{rounding} 处，由四舍五入造成，不用处理。")
    if todos:
        lines.append(f"待填：{len(todos)} 处")
        lines += _first(f"  · {todo}" for todo in todos)
    else:
        lines.append("待填：没有。")
    return lines


def _first(lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    if len(listed) <= MANY:
        return listed
    return [*listed[:MANY], f"  …… 另有 {len(listed) - MANY} 处，见 findings.json"]


def as_json(summary: Summary) -> str:
    """The build as one JSON object."""
    build = summary.build
    value = {
        "command": "report",
        "year": build.year,
        "exit": 1 if build.errors or summary.stored is None else 0,
        "folder": str(summary.folder),
        "written": summary.stored is not None,
        "products": [
            {"kind": p.kind, "number": p.number, "path": p.path, "sha256": p.sha256}
            for p in build.products
        ],
        "findings": [finding.as_dict() for finding in build.findings],
        "todos": [_todo(todo) for todo in build.todos],
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def findings_object(
    command: str, year: int, findings: Sequence[Finding], todos: Sequence[ToDo]
) -> str:
    """A check as one JSON object."""
    value = {
        "command": command,
        "year": year,
        "findings": [finding.as_dict() for finding in findings],
        "todos": [_todo(todo) for todo in todos],
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def _todo(todo: ToDo) -> dict[str, str | None]:
    return {
        "what": todo.what,
        "where": todo.where,
        "location": str(todo.location) if todo.location else None,
    }


def trace_text(figures: Sequence[Figure], lineage: Lineage, show: Callable[[Figure], str]) -> str:
    """For each figure: how it came about, step by step to typed lines, and where it stands."""
    return "\n\n".join("\n".join(_traced(figure, lineage, show)) for figure in figures)


def _traced(figure: Figure, lineage: Lineage, show: Callable[[Figure], str]) -> Iterable[str]:
    others = [name for name, f in lineage.figures.items() if f is figure and name != figure.id]
    also = f"（又名 {'、'.join(others)}）" if others else ""
    yield f"{figure.id}{also}"
    for depth, step in steps(figure):
        yield f"  {'  ' * depth}{_step(step, show, named=depth > 0)}"
    places = lineage.places.get(figure.id, [])
    yield f"  印在 {len(places)} 处" + ("：" if places else "。")
    for place in places:
        yield f"    {place.kind} {place.where}"


def _step(figure: Figure, show: Callable[[Figure], str], *, named: bool) -> str:
    name = f"{figure.id} " if named else ""
    amount = "未填报" if figure.amount is None else show(figure)
    unit = "" if amount.endswith("%") or figure.amount is None else f" {figure.unit}"
    exact = (
        ""
        if figure.amount is None or len(str(figure.amount)) < 9
        else f"（精确值 {figure.amount:.6f}）"
    )
    if isinstance(figure.source, Formula):
        return f"{name}= {figure.source.words} = {amount}{unit}{exact}"
    return f"{name}{amount}{unit} ← {figure.source}"


def trace_object(figures: Sequence[Figure], lineage: Lineage, show: Callable[[Figure], str]) -> str:
    """A trace as one JSON object."""
    value = [
        {
            "id": figure.id,
            "amount": None if figure.amount is None else str(figure.amount),
            "unit": figure.unit,
            "steps": [
                {"depth": depth, "id": step.id, "told": _step(step, show, named=False)}
                for depth, step in steps(figure)
            ],
            "places": [
                {"kind": p.kind, "where": p.where} for p in lineage.places.get(figure.id, [])
            ],
        }
        for figure in figures
    ]
    return json.dumps({"command": "trace", "figures": value}, ensure_ascii=False)
