"""A pull as a person reads it, as one object for a program, and what could not be taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from disclosure.pulling.placing import Conflict
from disclosure.pulling.plan import PullPlan

LOST_FILE = "未能并入的修改.txt"
MANY = 40  # lines of one kind on screen; the file has all of them
SHORT = 60


def plan_text(plan: PullPlan, lost_file: Path | None) -> str:
    """What a pull would change, as a patch, and what it leaves alone."""
    lines = [f"从 {plan.file} 并入 {plan.year} 年度："]
    counts = (
        (plan.edits, "处改了本单位自己的文字"),
        (len(plan.rewrites), "句程序写的话改了说法（改写）"),
        (len(plan.extras), "段是新加的（添加段落）"),
    )
    told = [f"{number} {what}" for number, what in counts if number]
    lines.append("；".join(told) + "。" if told else "没有要并入内容文件的修改。")
    if plan.diff:
        lines += ["", plan.diff, ""]
    lines += _listed(
        "数被改了，没有并入（数要在内容文件里改，再重新生成）", map(_conflict, plan.conflicts)
    )
    lines += _listed(
        "没有并入",
        (f"{u.place}：{_short(u.old)} → {_short(u.new)}（{u.why}）" for u in plan.unplaced),
    )
    lines += _listed(
        "Word 里删去的段落，没有并入（仍会印出）",
        (f"{b.place}：{_short(b.words)}" for b in plan.deleted),
    )
    lines += _listed("说明", plan.notes)
    if lost_file:
        lines.append(f"没有并入的修改全部记在 {lost_file}。")
    return "\n".join(lines)


def _listed(title: str, entries: Iterable[str]) -> list[str]:
    told = list(entries)
    if not told:
        return []
    more = [f"  …… 另有 {len(told) - MANY} 处"] if len(told) > MANY else []
    return [f"{title}：{len(told)} 处", *(f"  · {line}" for line in told[:MANY]), *more]


def _conflict(one: Conflict) -> str:
    name = f"，{one.name}" if one.name else ""
    sources = "；".join(map(str, one.sources[:3])) + ("等" if len(one.sources) > 3 else "")
    where = f"；来自 {sources}" if sources else "；由程序算出"
    return f"{one.place}{name}：{_short(one.old)} → {_short(one.new) or '（删去）'}{where}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def lost_text(plan: PullPlan) -> str:
    """Everything that was typed and not taken over, in full; "" when there is nothing."""
    blocks = [
        *(_block(o.place, o.old, o.new, _conflict(o), o.whole) for o in plan.conflicts),
        *(_block(o.place, o.old, o.new, o.why, o.whole) for o in plan.unplaced),
        *(_block(o.place, o.words, "（删去）", "仍会印出", "") for o in plan.deleted),
    ]
    if not blocks:
        return ""
    head = f"==== {plan.file}（{plan.year} 年度）里没有并入的修改：{len(blocks)} 处 ====\n\n"
    return head + "\n".join(blocks)


def _block(place: str, old: str, new: str, why: str, whole: str) -> str:
    told = f"  改后整段：{whole}\n" if whole and whole != new else ""
    return f"【{place}】\n  原来：{old}\n  改为：{new}\n{told}  说明：{why}\n"


def keep_lost(folder: Path, plan: PullPlan) -> Path | None:
    """Add what was not taken over to the file beside the products; gives its path.

    What an earlier pull left there stays.
    """
    told = lost_text(plan)
    if not told:
        return None
    path = folder / LOST_FILE
    folder.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if told not in before:
        path.write_text(f"{before}\n{told}" if before else told, encoding="utf-8")
    return path


def plan_object(plan: PullPlan, *, written: bool, lost_file: Path | None) -> str:
    """A pull as one JSON object."""
    value = {
        "command": "pull",
        "year": plan.year,
        "file": plan.file,
        "written": written,
        "files": sorted(plan.files),
        "diff": plan.diff,
        "edits": plan.edits,
        "rewrites": [
            {"key": r.key, "place": r.place, "old": r.old, "new": r.new, "words": r.words}
            for r in plan.rewrites
        ],
        "added": [{"after": a.after, "place": a.place, "words": a.words} for a in plan.extras],
        "conflicts": list(_conflicts(plan)),
        "unplaced": [
            {"place": u.place, "old": u.old, "new": u.new, "why": u.why} for u in plan.unplaced
        ],
        "deleted": [{"place": b.place, "words": b.words} for b in plan.deleted],
        "lost_file": str(lost_file) if lost_file else None,
        "notes": list(plan.notes),
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def _conflicts(plan: PullPlan) -> Iterator[dict[str, object]]:
    for one in plan.conflicts:
        yield {
            "place": one.place,
            "figure": one.name,
            "old": one.old,
            "new": one.new,
            "sources": [str(source) for source in one.sources],
        }
