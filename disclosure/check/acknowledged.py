"""已确认提示: a hint that somebody has looked at once, until the figures behind it change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from disclosure.check.finding import Finding
from disclosure.model.place import Level
from disclosure.schema.acknowledged import AcknowledgedFile, AcknowledgedHint

RULE = "Q1"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A hint with what was said about it."""

    finding: Finding
    hint: AcknowledgedHint

    def as_dict(self) -> dict[str, object]:
        return {
            **self.finding.as_dict(),
            "acknowledged": {
                "why": self.hint.why,
                "who": self.hint.who,
                "when": self.hint.when.isoformat(),
            },
        }


def sorted_out(
    findings: Iterable[Finding], file: AcknowledgedFile | None
) -> tuple[list[Finding], list[Acknowledged]]:
    """Findings still to be looked at, and those that were acknowledged for the same figures.

    An acknowledgement that fits nothing is itself a finding, so that none outlives its hint.
    """
    hints = file.hints if file else []
    given = {(h.rule.words, about): (h, tuple(f)) for h in hints for about, f in h.about.items()}
    used: set[tuple[str, str]] = set()
    left: list[Finding] = []
    done: list[Acknowledged] = []
    for finding in findings:
        key = (finding.rule, finding.about)
        hint, figures = given.get(key, (None, ()))
        if hint is None:
            left.append(finding)
        elif finding.level is not Level.HINT:
            used.add(key)
            left.append(finding)
            if finding.level is Level.ERROR:
                left.append(_useless(hint, finding.about, "是错误，不能确认，只能改正"))
        elif figures == finding.figures:
            used.add(key)
            done.append(Acknowledged(finding, hint))
        else:
            used.add(key)
            then = "、".join(figures) or "（没有写数）"
            left.append(_again(finding, then))
    left += [
        _useless(hint, key[1], "没有对应的提示，可以删去")
        for key, (hint, _) in given.items()
        if key not in used
    ]
    return left, done


def _again(finding: Finding, then: str) -> Finding:
    now = "、".join(finding.figures) or "（没有数）"
    message = f"{finding.message}（确认过，但确认时的数是 {then}，现在是 {now}）"
    return replace(finding, message=message, advice="重新核对；仍照旧的运行 build.py confirm")


def _useless(hint: AcknowledgedHint, about: str, why: str) -> Finding:
    return Finding(
        RULE,
        Level.HINT,
        f"已确认提示里 {hint.rule.words}“{about}”这一条{why}。",
        location=hint.rule.source,
        about=about,
    )
