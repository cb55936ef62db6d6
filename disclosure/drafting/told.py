"""A new draft as a person reads it, and as one object for a program."""

from __future__ import annotations

import json
from pathlib import Path

from disclosure.drafting.draft import YearDraft
from disclosure.drafting.todo_list import TODO_LIST
from disclosure.load.open_places import CONFIRM


def draft_text(draft: YearDraft, unit_dir: Path) -> str:
    """What was drafted, what is to do, and with which command to go on."""
    year, folder = draft.year, f"{unit_dir.name}/{draft.year}"
    confirm = sum(todo.what == CONFIRM for todo in draft.todos)
    return "\n".join(
        [
            f"已照 {year - 1} 年度起草 {year} 年度：{folder}，{len(draft.files) - 1} 个文件。",
            f"待填 {len(draft.todos) - confirm} 处，待核对 {confirm} 处，见 {folder}/{TODO_LIST}。",
            f"{year - 1} 年度的数就是上年数，不用抄；数还没有填的地方印成【待填】。",
            f"接下来：build.py import 公开表.xlsx {year} 导入批复的表，build.py {year} 生成草稿；"
            "要取消起草，运行 build.py undo。",
        ]
    )


def draft_object(draft: YearDraft) -> str:
    """A draft as one JSON object."""
    todos = [
        {"what": todo.what, "where": todo.where, "location": str(todo.location)}
        for todo in draft.todos
    ]
    value = {
        "command": "new",
        "year": draft.year,
        "files": sorted(draft.files),
        "todos": todos,
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)
