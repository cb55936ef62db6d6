"""An import and an undo as a person reads them, and as one object for a program."""

from __future__ import annotations

import difflib
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from disclosure.edit.history import Kept, changed_since
from disclosure.importing.draft import SOURCES, Change
from disclosure.importing.plan import ImportPlan
from disclosure.model.figure import WAN

NARROWEST, WIDEST = 80, 150
MANY = 30  # lines of one kind on screen


def plan_text(plan: ImportPlan, width: int = WIDEST) -> str:
    """What an import would change, where it comes from, and what found no place."""
    lines = [f"从 {plan.workbook} 导入 {plan.year} 年度：认出 {len(plan.tables)} 张公开表。"]
    if plan.changes:
        lines.append(_changes(plan.changes, width))
    else:
        lines.append("各表的数与内容文件一致，没有要改的。")
    if f"{plan.year}/{SOURCES}" in plan.files:
        lines.append(f"每个数在工作簿的哪一格，会记进 {plan.year}/{SOURCES}。")
    lines += _listed("没有放进去的数", plan.unplaced)
    lines += _listed("工作簿自己的勾稽不对", plan.findings)
    lines += _listed("工作簿里前后不一致，没有写入", plan.contradictions)
    lines += _listed("已写入，请核对", plan.doubts)
    lines += _listed("表里没有了的科目", plan.gone)
    lines += _listed("说明", plan.notes)
    return "\n".join(lines)


def _changes(changes: Sequence[Change], width: int) -> str:
    zeros = [change for change in changes if change.old is None and change.new == 0]
    told = [change for change in changes if change not in zeros]
    grid = Grid(title=f"要改 {len(changes)} 处（金额单位：{WAN}）", title_justify="left")
    grid.add_column("文件", overflow="fold")
    grid.add_column("项", overflow="fold")
    grid.add_column("原来", justify="right", no_wrap=True)
    grid.add_column("改为", justify="right", no_wrap=True)
    grid.add_column("取自", overflow="fold")
    for change in told:
        line = f" 第{change.location.line}行" if change.path else ""
        file = change.location.file.partition("/")[2] + line
        origin = "，".join(filter(None, (change.origin, change.note)))
        new = "（删去）" if change.new is None and change.old is not None else _shown(change.new)
        grid.add_row(file, change.what, _shown(change.old), new, origin)
    text = _drawn(grid, width) if told else ""
    if zeros:
        text += f"另有 {len(zeros)} 处没有填，表里是空格，补为 0。\n"
    return text.rstrip("\n")


def _drawn(grid: Grid, width: int) -> str:
    page = io.StringIO()
    fitting = min(max(width, NARROWEST), WIDEST)
    Console(file=page, width=fitting, no_color=True, highlight=False, markup=False).print(grid)
    return page.getvalue()


def _shown(amount: Decimal | None) -> str:
    if amount is None:
        return "—"
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _listed(title: str, entries: Iterable[object]) -> list[str]:
    told = [str(entry) for entry in entries]
    if not told:
        return []
    more = [f"  …… 另有 {len(told) - MANY} 处"] if len(told) > MANY else []
    return [f"{title}：{len(told)} 处", *(f"  · {line}" for line in told[:MANY]), *more]


def plan_object(plan: ImportPlan, *, written: bool) -> str:
    """An import as one JSON object."""
    value = {
        "command": "import",
        "year": plan.year,
        "workbook": plan.workbook,
        "tables": list(plan.tables),
        "written": written,
        "files": sorted(plan.files),
        "changes": [
            {
                "location": str(change.location),
                "what": change.what,
                "old": None if change.old is None else _shown(change.old),
                "new": None if change.new is None else _shown(change.new),
                "source": change.origin,
                "note": change.note,
            }
            for change in plan.changes
        ],
        "unplaced": [str(entry) for entry in plan.unplaced],
        "findings": [finding.as_dict() for finding in plan.findings],
        "contradictions": list(plan.contradictions),
        "doubts": list(plan.doubts),
        "gone": list(plan.gone),
        "notes": list(plan.notes),
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def undo_text(unit_dir: Path, kept: Kept) -> str:
    """What undoing would put back: the command, its files, and the lines that change."""
    lines = [f"退回：{kept.time} 的 {kept.command}（{kept.told}）"]
    since = set(changed_since(unit_dir, kept))
    for file in kept.files:
        what = "恢复原样" if file.before else "删去（是那次新建的）"
        also = "；那次以后又改过，改动会一起退回（留在副本里）" if file.name in since else ""
        lines.append(f"  {unit_dir.name}/{file.name}：{what}{also}")
        lines += _lines_back(unit_dir / file.name, kept.before(file))
    return "\n".join(lines)


def _lines_back(path: Path, before: bytes | None) -> list[str]:
    """The lines that go and those that come back, the first few."""
    if before is None or not path.is_file():
        return []
    now = path.read_bytes().decode("utf-8", "replace").splitlines()
    then = before.decode("utf-8", "replace").splitlines()
    changed = [
        f"    {line}"
        for line in difflib.unified_diff(now, then, n=0, lineterm="")
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
    ]
    return [
        *changed[:MANY],
        *([f"    …… 另有 {len(changed) - MANY} 行"] if len(changed) > MANY else []),
    ]


def undo_object(kept: Kept, *, undone: bool) -> str:
    """An undo as one JSON object."""
    value = {
        "command": "undo",
        "undone": undone,
        "of": kept.command,
        "time": kept.time,
        "files": [file.name for file in kept.files],
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)
