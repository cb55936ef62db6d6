"""What waits for a person's word, and what was confirmed: as a person reads it, as one object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from disclosure.check.finding import Finding, plain
from disclosure.confirming.plan import OpenHint, OpenHints
from disclosure.confirming.reasons import OpenReason, ReasonPlan
from disclosure.model.figure import WAN, rounded
from disclosure.schema.typed import WAN_PLACES

MEMBERS_SHOWN = 8  # 对象 of one hint on screen; --json has them all
WORDS_SHOWN = 60
COMMAND = "build.py confirm"
EXAMPLE = '--reason "为什么照旧" --by 财务科'


def list_text(hints: OpenHints, reasons: ReasonPlan, options: str) -> str:
    """Every open hint under its number, then every open reason, and what to type next."""
    lines: list[str] = []
    for hint in hints.hints:
        lines += _hint_lines(hint)
    if lines:
        lines.insert(0, f"可以确认的提示：{len(hints.hints)} 处")
        numbers = " ".join(str(hint.number) for hint in hints.hints[:2])
        lines.append("决定照旧的，写号码（可以几个）或规则编号（那条规则的提示都确认）：")
        lines.append(f"  {COMMAND} {numbers} {EXAMPLE}{options}")
    else:
        lines.append("可以确认的提示：没有。")
    if hints.useless:
        lines.append(f"多余的确认，从 acknowledged.yaml 里删去：{len(hints.useless)} 处")
        lines += [f"  · {finding.message}见 {finding.place}" for finding in hints.useless]
    if reasons.settling:
        lines.append(f"还没有确认的原因：{len(reasons.settling)} 处")
        for reason in reasons.settling:
            lines += _reason_lines(reason)
        lines.append("逐条读过、说得通的，记下现在的方向和差额（说不通的先在文件里重写）：")
        lines.append(f"  {COMMAND} --reasons{options}")
    elif not reasons.turned:
        lines.append("还没有确认的原因：没有。")
    return "\n".join([*lines, *_turned_lines(reasons)])


def _hint_lines(hint: OpenHint) -> Iterator[str]:
    finding = hint.finding
    yield f"{hint.number:>3}  [{finding.rule}] {finding.message}"
    for member in hint.members[:MEMBERS_SHOWN]:
        yield f"       {_member(member)}"
    if len(hint.members) > MEMBERS_SHOWN:
        yield f"       …… 一共 {len(hint.members)} 处，一起确认"


def _member(finding: Finding) -> str:
    """对象：某处　数或文字：5.4、0　见 某文件 第3行."""
    figures = "、".join(finding.figures) or "（没有）"
    place = f"　见 {finding.place}" if finding.place else ""
    return f"对象：{finding.about}　数或文字：{figures}{place}"


def confirmed_text(hints: Sequence[Finding], files: Iterable[str]) -> str:
    """Which hints were confirmed, and where it is written."""
    lines = [f"已确认 {len(hints)} 处提示，写入 {'、'.join(sorted(files))}："]
    lines += [f"  [{finding.rule}] {_member(finding)}" for finding in hints]
    lines.append("背后的数变了，提示会再出来。要退回，运行 build.py undo。")
    return "\n".join(lines)


def reasons_text(plan: ReasonPlan) -> str:
    """What confirming the reasons would write, each with its words."""
    if not plan.settling:
        lines = ["原因都已确认，没有要写的。" if plan.is_clean else "没有可以确认的原因。"]
        return "\n".join([*lines, *_turned_lines(plan)])
    lines = [f"确认 {len(plan.settling)} 处原因（请逐条读一遍）："]
    for reason in plan.settling:
        lines += _reason_lines(reason)
    return "\n".join([*lines, *_turned_lines(plan)])


def _reason_lines(reason: OpenReason) -> Iterator[str]:
    """The two figures, the difference confirmed and today's; then the words to be read."""
    then = "没有记" if reason.confirmed is None else _shown(reason.confirmed)
    way = "，补写说明方向" if reason.stated is None else ""
    figures = f"{_figures(reason)}，{reason.direction}"
    yield f"  · {reason.path}　{figures}　说明差额：{then} → {_shown(reason.gap)} {WAN}{way}"
    yield _said(reason)


def _turned_lines(plan: ReasonPlan) -> Iterator[str]:
    if plan.turned:
        yield f"方向变了，先重写原因：{len(plan.turned)} 处"
    for reason in plan.turned:
        ways = f"按“{reason.stated}”写的，现在是“{reason.direction}”"
        yield f"  · {reason.path}　{_figures(reason)}　{ways}"
        yield _said(reason)


def _figures(reason: OpenReason) -> str:
    return f"{_shown(reason.before)} → {_shown(reason.now)}"


def _said(reason: OpenReason) -> str:
    return f"    {_short(reason.words)}　见 {reason.location}"


def _shown(amount: Decimal) -> str:
    return plain(rounded(amount, WAN_PLACES))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_SHOWN else f"{line[:WORDS_SHOWN]}…"


def list_object(year: int, hints: OpenHints, reasons: ReasonPlan) -> str:
    """The list as one JSON object."""
    value = {
        "command": "confirm",
        "year": year,
        "exit": 0,
        "hints": [
            {
                "number": hint.number,
                "message": hint.finding.message,
                "objects": [_object(member) for member in hint.members],
            }
            for hint in hints.hints
        ],
        "useless": [_object(finding) for finding in hints.useless],
        **_reasons(reasons),
        "written": False,
        "files": [],
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def confirmed_object(year: int, hints: Sequence[Finding], files: Iterable[str]) -> str:
    """What was confirmed, as one JSON object."""
    value = {
        "command": "confirm",
        "year": year,
        "exit": 0,
        "confirmed": [_object(finding) for finding in hints],
        "written": True,
        "files": sorted(files),
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def reasons_object(year: int, plan: ReasonPlan, code: int, *, written: bool) -> str:
    """Confirming reasons, as one JSON object."""
    value = {
        "command": "confirm",
        "year": year,
        "exit": code,
        **_reasons(plan),
        "written": written,
        "files": sorted(plan.files),
        "problems": [],
    }
    return json.dumps(value, ensure_ascii=False)


def _object(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "about": finding.about,
        "figures": list(finding.figures),
        "location": str(finding.place) if finding.place else None,
    }


def _reasons(plan: ReasonPlan) -> dict[str, object]:
    return {
        "reasons": [_reason(reason) for reason in plan.settling],
        "turned": [_reason(reason) for reason in plan.turned],
    }


def _reason(reason: OpenReason) -> dict[str, object]:
    return {
        "path": reason.path,
        "words": reason.words,
        "location": str(reason.location),
        "direction": reason.direction,
        "stated": reason.stated,
        "confirmed": None if reason.confirmed is None else _shown(reason.confirmed),
        "gap": _shown(reason.gap),
        "unit": WAN,
    }
