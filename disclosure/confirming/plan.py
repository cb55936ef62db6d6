"""Which hints wait for a person's word, and what confirming some of them would write."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from disclosure.check import acknowledged
from disclosure.check.acknowledged import Acknowledged
from disclosure.check.finding import Finding
from disclosure.check.rules import DOCUMENT_RULES, RULES
from disclosure.confirming.acknowledged_file import Word, with_confirmed
from disclosure.load.text_source import RETYPE, invisible
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Level, Problem
from disclosure.schema.typed import half_width

ACKNOWLEDGED = "acknowledged.yaml"
USELESS = acknowledged.RULE  # the rule on acknowledgements that fit nothing
BETWEEN_WORDS = re.compile("[,，、]")
HOW_TO_LIST = "运行 build.py confirm 看清单；年度用 --year 写"


@dataclass(frozen=True)
class OpenHint:
    """A 提示 under its number on the list, with all that is told together with it."""

    number: int
    finding: Finding

    @property
    def members(self) -> tuple[Finding, ...]:
        """It and its consequences, each once for its 对象."""
        found = (self.finding, *self.finding.consequences)
        return tuple({_target(finding): finding for finding in found}.values())


@dataclass(frozen=True)
class OpenHints:
    """What a check left to be looked at."""

    findings: tuple[Finding, ...]
    acknowledged: tuple[Acknowledged, ...] = ()

    @cached_property
    def hints(self) -> tuple[OpenHint, ...]:
        """Those that can be confirmed, numbered in the order of the check."""
        open_here = (
            finding
            for finding in self.findings
            if finding.level is Level.HINT and finding.rule != USELESS
        )
        return tuple(OpenHint(number, finding) for number, finding in enumerate(open_here, 1))

    @property
    def useless(self) -> tuple[Finding, ...]:
        """Acknowledgements that fit nothing: they are deleted, not confirmed."""
        return tuple(finding for finding in self._all if finding.rule == USELESS)

    @cached_property
    def _all(self) -> tuple[Finding, ...]:
        return tuple(each for finding in self.findings for each in (finding, *finding.consequences))

    def chosen(self, words: Iterable[str]) -> tuple[Finding, ...]:
        """The hints meant by numbers of the list and by rules, each once.

        Raises DisclosureError with everything that cannot be confirmed.
        """
        found: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
        problems: list[Problem] = []
        for word in _each(words):
            meant, problem = self._numbered(word) if word.isdecimal() else self._of_rule(word)
            found |= {_target(finding): finding for finding in meant}
            problems += [problem] if problem else []
        problems += self._ambiguous(found.values())
        if problems:
            raise DisclosureError(*dict.fromkeys(problems))
        return tuple(found.values())

    def _numbered(self, word: str) -> tuple[Sequence[Finding], Problem | None]:
        number = int(word)
        if 0 < number <= len(self.hints):
            return self.hints[number - 1].members, None
        have = f"现有 1 到 {len(self.hints)} 号" if self.hints else "现在没有要确认的提示"
        advice = f"{have}；{HOW_TO_LIST}"
        return (), Problem(f"没有第 {word} 号提示。", None, advice, stops=True)

    def _of_rule(self, word: str) -> tuple[Sequence[Finding], Problem | None]:
        known = [each.id for each in (*RULES, *DOCUMENT_RULES)] + [USELESS]
        rule = next((each for each in known if each.casefold() == word.casefold()), None)
        if rule is None:
            near = nearest(word, known)
            advice = f"是不是“{near}”？" if near else "写清单上的号码，或方括号里的规则编号"
            return (), Problem(f"没有“{word}”这条规则。", None, advice, stops=True)
        if rule == USELESS:
            advice = "删去 acknowledged.yaml 里没有用的那一条"
            return (), Problem(f"{rule} 是多余的确认，不能再确认。", None, advice, stops=True)
        said = [finding for finding in self._all if finding.rule == rule]
        hints = [finding for finding in said if finding.level is Level.HINT]
        if hints:
            return hints, None
        if any(finding.level is Level.ERROR for finding in said):
            return (), Problem(f"{rule} 是错误，不能确认。", None, "只能改正", stops=True)
        if said:
            advice = "由四舍五入造成，不用处理"
            return (), Problem(f"{rule} 是尾差，不用确认。", None, advice, stops=True)
        return (), Problem(f"{rule} 现在没有要确认的提示。", None, HOW_TO_LIST, stops=True)

    def _ambiguous(self, chosen: Iterable[Finding]) -> list[Problem]:
        """An entry has one list of figures for a 对象: two hints with others do not fit in."""
        confirmed = [each.finding for each in self.acknowledged]
        every = {_target(finding) for finding in (*self._all, *confirmed)}
        number = Counter((rule, about) for rule, about, _ in every)
        twice = {(f.rule, f.about): f for f in chosen if number[f.rule, f.about] > 1}
        advice = "改正其中的一处，剩下的再确认"
        return [
            Problem(f"{rule}“{about}”有几个提示，数不同，不能一起确认。", finding.place, advice)
            for (rule, about), finding in twice.items()
        ]


def _target(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    """What an acknowledgement is given for."""
    return finding.rule, finding.about, finding.figures


def _each(words: Iterable[str]) -> list[str]:
    """`1,3` and `1、3` are two words, as 1 3 is."""
    parts = (part for word in words for part in BETWEEN_WORDS.split(half_width(word)))
    return [part.strip() for part in parts if part.strip()]


def given_word(words: str, what: str, option: str) -> str:
    """What a person gave as 理由 or 确认人, on one line.

    Raises DisclosureError when it is nothing, or holds characters no content file may have.
    """
    line = " ".join(words.split())
    if not line:
        raise DisclosureError(Problem(f"没有写{what}。", None, f'加 {option} "…"', stops=True))
    hidden = [sign for sign in line if not sign.isprintable()]
    if hidden:
        raise DisclosureError(Problem(invisible(hidden[0]), None, RETYPE, stops=True))
    return line


def plan_hints(unit_dir: Path, year: int, hints: Sequence[Finding], word: Word) -> dict[str, bytes]:
    """acknowledged.yaml with these hints confirmed, by its name below the unit's folder.

    Raises DisclosureError when it cannot be read, or cannot hold a hint as it is.
    """
    name = f"{year}/{ACKNOWLEDGED}"
    path = unit_dir / name
    data = path.read_bytes() if path.is_file() else None
    return {name: with_confirmed(data, f"{unit_dir.name}/{name}", hints, word)}
