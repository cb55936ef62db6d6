"""What a rule is, and what comes of running one: findings, and a line in the ledger.

A rule is a small pure function from a subject (the tables' cells, the report in words, later the
finished document) to what it has seen: comparisons of two figures, remarks, things it could not
tell. The framework judges the comparisons; a rule that could compare nothing is never 通过.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from disclosure.check.finding import Finding, Stated, plain, stated
from disclosure.model.figure import HALF_STEP, WAN, Figure, rounded
from disclosure.model.place import Level, Location

NOTHING = Decimal(0)
WAN_EXPONENT = -2  # an amount with more decimals was typed in 元 and is exact


class Term(NamedTuple):
    """One figure of a comparison; `tell` says where it stands, once that is asked."""

    amount: Decimal | None
    tell: Callable[[], Stated]
    unit: str = WAN
    sign: int = 1

    def __neg__(self) -> Term:
        """The same figure, to be taken off."""
        return self._replace(sign=-self.sign)


def of(figure: Figure) -> Term:
    """A figure of the report as a term."""
    return Term(figure.amount, lambda: stated(figure), figure.unit)


def typed(where: str, amount: Decimal | None, unit: str, place: Location | None = None) -> Term:
    """A number that is no figure of the report (an indicator's value) as a term."""
    return Term(amount, lambda: Stated(where, amount, unit, place), unit)


class Relation(StrEnum):
    """How `found` has to stand to what is expected."""

    EQUAL = "等于"
    AT_LEAST = "不小于"
    AT_MOST = "不大于"


class Comparison(NamedTuple):
    """`found` against the sum of `expected`, two figures of different origin."""

    found: Term
    expected: tuple[Term, ...]
    relation: Relation = Relation.EQUAL
    words: str = ""  # what the sum is, where it has more than one part
    message: str = ""  # the rule's own title says it when empty
    about: str = ""


class Remark(NamedTuple):
    """A contradiction that is not a difference between two amounts."""

    message: str
    about: str = ""
    figures: tuple[str, ...] = ()
    location: Location | None = None
    advice: str = ""
    kin: str = ""
    found: Stated | None = None
    expected: Stated | None = None


class Looked(NamedTuple):
    """`number` things were compared and agreed."""

    number: int


class Unknown(NamedTuple):
    """Something that could not be compared, and why."""

    why: str


Said = Comparison | Remark | Looked | Unknown


def told(found: Sequence[Remark], looked_at: int) -> Iterator[Said]:
    """The remarks; without any, how many things were looked at."""
    yield from found
    if not found and looked_at:
        yield Looked(looked_at)


class Subject(Protocol):
    """What rules are run on."""

    def lacks(self, need: str) -> str:
        """Why `need` (a table's name) is not there; "" when it is."""


SubjectType = TypeVar("SubjectType", bound=Subject)
Check = Callable[[SubjectType], Iterable[Said]]


@dataclass(frozen=True)
class Rule(Generic[SubjectType]):
    """One rule. `compares` are the two figures of different origin; `source` says who asks for it.

    `title` says what must hold and is the message when it does not. `needs` are the tables
    without which the rule does not apply.
    """

    id: str
    title: str
    level: Level
    compares: tuple[str, str]
    source: str
    advice: str
    needs: tuple[str, ...]
    check: Check[SubjectType]


def rule(
    number: str,
    title: str,
    *,
    compares: tuple[str, str],
    source: str,
    advice: str,
    level: Level = Level.ERROR,
    needs: tuple[str, ...] = (),
) -> Callable[[Check[SubjectType]], Rule[SubjectType]]:
    """Make a function a rule."""

    def made(check: Check[SubjectType]) -> Rule[SubjectType]:
        return Rule(number, title, level, compares, source, advice, needs, check)

    return made


class Verdict(StrEnum):
    """What the ledger says of a rule."""

    PASSED = "通过"
    FAILED = "未通过"
    NOT_APPLICABLE = "不适用"
    UNKNOWN = "无法核对"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: a rule, its verdict and why, how many comparisons it made."""

    rule: Rule[Any]
    verdict: Verdict
    why: str
    compared: int
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, object]:
        return {
            "rule": self.rule.id,
            "title": self.rule.title,
            "verdict": self.verdict.value,
            "why": self.why,
            "compared": self.compared,
            "findings": len(self.findings),
        }


def examine(rule: Rule[SubjectType], subject: SubjectType) -> Entry:
    """Run one rule."""
    lacking = [why for need in rule.needs if (why := subject.lacks(need))]
    if lacking:
        return Entry(rule, Verdict.NOT_APPLICABLE, "；".join(lacking), 0, ())
    compared = 0
    unknown: dict[str, None] = {}
    findings: list[Finding] = []
    for said in rule.check(subject):
        if type(said) is Looked:
            compared += said.number
        elif type(said) is Comparison:
            outcome = _judged(rule, said)
            if outcome is None:
                compared += 1
            elif isinstance(outcome, Unknown):
                unknown[outcome.why] = None
            else:
                compared += 1
                findings.append(outcome)
        elif type(said) is Remark:
            compared += 1
            findings.append(_remarked(rule, said))
        elif type(said) is Unknown:
            unknown[said.why] = None
    if compared and not unknown and not findings:
        return Entry(rule, Verdict.PASSED, "", compared, ())
    return _entry(rule, compared, list(unknown), tuple(findings))


def _entry(
    rule: Rule[Any], compared: int, unknown: list[str], findings: tuple[Finding, ...]
) -> Entry:
    why = "；".join(unknown)
    if any(finding.level is not Level.ROUNDING for finding in findings):
        verdict = Verdict.FAILED
    elif unknown:
        verdict = Verdict.UNKNOWN
    elif compared:
        verdict = Verdict.PASSED
    else:
        verdict, why = Verdict.NOT_APPLICABLE, "没有这项规则要核对的数据"
    return Entry(rule, verdict, why, compared, findings)


def _remarked(rule: Rule[Any], said: Remark) -> Finding:
    return Finding(
        rule.id,
        rule.level,
        f"{said.message}。",
        said.found,
        said.expected,
        location=said.location,
        advice=said.advice or rule.advice,
        about=said.about or (str(said.location) if said.location else rule.title),
        figures=said.figures,
        kin=said.kin,
    )


def _judged(rule: Rule[Any], said: Comparison) -> Finding | Unknown | None:
    """A finding beyond the margin, 尾差 within it, None when the two agree."""
    whole = NOTHING
    for term in said.expected:
        if term.amount is None:
            return _not_reported(said)
        whole += term.amount if term.sign > 0 else -term.amount
    if said.found.amount is None:
        return _not_reported(said)
    gap = said.found.amount - whole
    if not gap:
        holds = True
    elif said.relation is Relation.AT_LEAST:
        holds = gap > 0
    else:
        holds = said.relation is Relation.AT_MOST and gap < 0
    if holds and (gap or not _only_print_differs(said)):
        return None
    margin, reason = margin_of(said)
    if holds:
        reason = "按元核对相符，只是印出的万元加起来差在末位"
    level = Level.ROUNDING if abs(gap) <= margin else rule.level
    return _difference(rule, said, whole, level, margin, reason)


def _not_reported(said: Comparison) -> Unknown:
    missing = [t.tell().where for t in (said.found, *said.expected) if t.amount is None]
    return Unknown(f"没有填报 {'、'.join(missing)}")


def _difference(
    rule: Rule[Any], said: Comparison, whole: Decimal, level: Level, margin: Decimal, reason: str
) -> Finding:
    found = said.found.tell()
    parts: tuple[Stated, ...] = ()
    if len(said.expected) == 1:
        expected = said.expected[0].tell()
    else:
        expected = Stated(said.words or "各项之和", whole, said.found.unit)
        if level is not Level.ROUNDING:
            parts = tuple(t.tell() if t.sign > 0 else _taken_off(t.tell()) for t in said.expected)
    about = said.about or found.where
    return Finding(
        rule.id,
        level,
        f"{said.message or rule.title}。",
        found,
        expected,
        parts,
        margin,
        reason,
        advice="" if level is Level.ROUNDING else rule.advice,
        about=about,
        figures=(plain(said.found.amount or Decimal(0)), plain(whole)),
    )


def _taken_off(side: Stated) -> Stated:
    return replace(side, amount=-side.amount if side.amount else side.amount)


def margin_of(said: Comparison) -> tuple[Decimal, str]:
    """What rounding allows, and why: half a printed step for every rounded figure in it.

    Exact amounts (元 is known) and counts leave no room. One figure against one other is the same
    amount rounded twice, which prints alike.
    """
    terms = [t for t in (said.found, *said.expected) if t.amount]
    rounded_terms = [t for t in terms if t.unit == WAN and not is_exact(t.amount)]
    if not rounded_terms:
        return Decimal(0), "元为单位，应分毫不差" if terms and terms[0].unit == WAN else ""
    if len(terms) <= 2 and len(rounded_terms) == len(terms):
        return Decimal(0), "同一个数，印出来应一样"
    margin = HALF_STEP * len(rounded_terms)
    return margin, f"四舍五入最多差 {plain(margin)}（{len(rounded_terms)} 个数，每个半个末位）"


def is_exact(amount: Decimal | None) -> bool:
    """Whether the amount is known to the 元 (分), not as a rounded 万元."""
    exponent = amount.as_tuple().exponent if amount is not None else 0
    return isinstance(exponent, int) and exponent < WAN_EXPONENT


def _only_print_differs(said: Comparison) -> bool:
    """Two exact amounts agree, yet their printed 万元 do not add up."""
    if len(said.expected) < 2 or not is_exact(said.found.amount):
        return False
    if said.relation is not Relation.EQUAL or said.found.unit != WAN:
        return False
    printed = [rounded(t.sign * t.amount, 2) for t in said.expected if t.amount is not None]
    return rounded(said.found.amount or Decimal(0), 2) != sum(printed)


def run(rules: Iterable[Rule[SubjectType]], subject: SubjectType) -> Iterator[Entry]:
    """The ledger of these rules, in their order."""
    for each in rules:
        yield examine(each, subject)
