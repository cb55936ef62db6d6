"""What a command says at its end: the Chinese summary for a person, one object for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.check.rule import Verdict
from disclosure.check.rules import Checked
from disclosure.lineage import Lineage, steps
from disclosure.model.figure import Figure, Formula
from disclosure.model.place import Level, Problem, ToDo
from disclosure.pipeline import Build
from disclosure.store import Stored

if TYPE_CHECKING:  # lxml comes with them, and only the template commands need it
    from disclosure.render.offered import OfferedTag
    from disclosure.templates import CheckedTemplates

MANY = 20  # lines of one kind on screen; findings.json has them all
KINDS = {"report": "报告", "attachment": "附件", "tables": "表格", "chart": "图", "pdf": "PDF"}


@dataclass(frozen=True)
class Summary:
    """One build as told at its end. `stored` is None when a final build was refused.

    `code` is what the command ends with.
    """

    build: Build
    stored: Stored | None
    folder: Path
    final: bool
    code: int


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
        lines += layout_lines(build)
        if not summary.stored.changed:
            lines.append("  内容与上一次相同，文件没有变动。")
        lines += [
            f"  您改过的 {name} 留了副本：{copy}" for name, copy in summary.stored.kept.items()
        ]
    lines += finding_lines(build.checked, build.todos)
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


def layout_lines(build: Build) -> list[str]:
    """What laid the report out, and what is missing because nothing did."""
    lines = [f"  {problem}" for problem in build.missing]
    if build.typeset_by:
        lines.append(f"  排版：LibreOffice {build.typeset_by.version}。")
        if build.typeset_by.has_stand_ins:
            lines.append(
                "  本机没有仿宋_GB2312、方正小标宋简体等公文字体，排版用思源字体代替；"
                "换一台装有这些字体的电脑打开，个别标题可能差一页，发布前请翻看目录。"
            )
    return lines


def finding_lines(checked: Checked, todos: Sequence[ToDo] | None) -> list[str]:
    """错误 and 提示 in full, 尾差 counted, the rules summed up, then what is still to be written;
    `todos` is None where nothing could be (a workbook alone)."""
    lines = []
    for level in (Level.ERROR, Level.HINT):
        told = [finding for finding in checked.findings if finding.level is level]
        lines.append(f"{level.value}：{len(told)} 处" + ("" if told else "。"))
        lines += _first(f"  · {finding}" for finding in told)
    rounding = sum(f.count for f in checked.findings if f.level is Level.ROUNDING)
    if rounding:
        lines.append(f"尾差：{rounding} 处，由四舍五入造成，不用处理。")
    lines.append(_ledger_line(checked))
    if todos:
        lines.append(f"待填：{len(todos)} 处")
        lines += _first(f"  · {todo}" for todo in todos)
    elif todos is not None:
        lines.append("待填：没有。")
    return lines


def _ledger_line(checked: Checked) -> str:
    """规则：111 条，通过 89 条……; a rule that could not compare its figures is named."""
    told = [f"{verdict.value} {n} 条" for verdict in Verdict if (n := checked.count(verdict))]
    unknown = [entry.rule.id for entry in checked.ledger if entry.verdict is Verdict.UNKNOWN]
    named = f"（{'、'.join(unknown)}，原因见 ledger.json）" if unknown else ""
    done = f"；已确认的提示 {n} 处" if (n := len(checked.acknowledged)) else ""
    return f"规则：{len(checked.ledger)} 条，{'，'.join(told)}{named}{done}。"


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
        "exit": summary.code,
        "folder": str(summary.folder),
        "written": summary.stored is not None,
        "products": [
            {"kind": p.kind, "number": p.number, "path": p.path, "sha256": p.sha256}
            for p in build.products
        ],
        "findings": [finding.as_dict() for finding in build.findings],
        "todos": [_todo(todo) for todo in build.todos],
        "missing": [str(problem) for problem in build.missing],
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def findings_object(
    command: str, year: int, checked: Checked, todos: Sequence[ToDo], code: int
) -> str:
    """A check as one JSON object, with the ledger."""
    value = {
        "command": command,
        "year": year,
        "exit": code,
        "findings": [finding.as_dict() for finding in checked.findings],
        "rules": [entry.as_dict() for entry in checked.ledger],
        "acknowledged": [hint.as_dict() for hint in checked.acknowledged],
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
    told = {"command": "trace", "exit": 0, "figures": value, "problems": []}
    return json.dumps(told, ensure_ascii=False)


def template_text(checked: CheckedTemplates) -> str:
    """What `template check` found: faults, then what is worth a look."""
    lines = [f"单位包 {checked.pack} 的三个 Word 模板："]
    if checked.unread:
        lines.append("单位内容读不出来，标签里的名称没有核对；先改正下面的问题，再检查一次：")
        lines += _first(f"  · {problem}" for problem in checked.unread)
    for level in (Level.ERROR, Level.HINT):
        told = checked.of(level)
        lines.append(f"{level.value}：{len(told)} 处" + ("" if told else "。"))
        lines += [f"  · {fault}" for fault in told]
    return "\n".join(lines)


def template_object(checked: CheckedTemplates, code: int) -> str:
    """A check of templates as one JSON object."""
    value = {
        "command": "template check",
        "pack": checked.pack,
        "exit": code,
        "faults": [{"level": f.level.value, **_problem(f.problem)} for f in checked.found],
        "names_checked": not checked.unread,
        "problems": [_problem(problem) for problem in checked.unread],
    }
    return json.dumps(value, ensure_ascii=False)


def _problem(problem: Problem) -> dict[str, str | None]:
    place = problem.location
    return {
        "message": problem.message,
        "location": str(place) if place else None,
        "file": place.file if place else None,
        "place": place.path if place else None,
        "advice": problem.advice,
    }


TAGS_SHOWN = 8  # of one table, or one template; --group and --json have them all
VALUE_SHOWN = 40


def tags_text(tags: Iterable[OfferedTag], *, whole: bool) -> str:
    """Tags by group with their present values; long lists shortened unless `whole`."""
    lines: list[str] = []
    group = ""
    for (own, template, part), block in groupby(tags, lambda t: (t.group, t.template, t.part)):
        if own != group:
            lines.append(own)
            group = own
        lines.append(f"  —— {part or template}")
        listed = list(block)
        shown = listed if whole else listed[:TAGS_SHOWN]
        lines += [f"  {tag.tag}  {_one_line(tag.value, whole)}" for tag in shown]
        if len(listed) > len(shown):
            lines.append(f"  …… 另有 {len(listed) - len(shown)} 个，用 --group {own} 看全部")
    return "\n".join(lines)


def _one_line(value: str, whole: bool) -> str:
    text = " ".join(value.split())
    return text if whole or len(text) <= VALUE_SHOWN else text[: VALUE_SHOWN - 1] + "…"


def tags_object(tags: Iterable[OfferedTag]) -> str:
    """All tags as one JSON object."""
    listed = [
        {"group": t.group, "template": t.template, "part": t.part, "tag": t.tag, "value": t.value}
        for t in tags
    ]
    told = {"command": "template tags", "exit": 0, "tags": listed, "problems": []}
    return json.dumps(told, ensure_ascii=False)
