"""What a rule has to say: two figures that do not agree, where each stands, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from disclosure.model.figure import WAN, Figure, Formula
from disclosure.model.place import Level, Location

TOLD = 3  # consequences told in full on screen; findings.json has them all


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as it stands somewhere: a table cell, a typed line, a sentence.

    `where` names it as a clerk would (公开05表 合计行 基本支出). `amount` is in `unit`, None when
    not reported. `place` is the typed line, workbook cell or paragraph behind it. `spot` is
    table, row and column where it stands in a table.
    """

    where: str
    amount: Decimal | None
    unit: str = WAN
    place: Location | None = None
    figure: str = ""
    spot: tuple[str, str, str] | None = None

    @property
    def shown(self) -> str:
        """123.45 万元; （未填报） when there is none."""
        if self.amount is None:
            return "（未填报）"
        return f"{plain(self.amount)} {self.unit}".rstrip()

    def as_dict(self) -> dict[str, object]:
        return {
            "where": self.where,
            "figure": self.figure,
            "amount": None if self.amount is None else plain(self.amount),
            "unit": self.unit,
            "location": str(self.place) if self.place else None,
        }

    def __str__(self) -> str:
        return f"{self.where} {self.shown}" + (f"（{self.place}）" if self.place else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction.

    `found` and `expected` are the two figures; `parts` what `expected` adds up from; `margin` what
    rounding allows and `margin_reason` why. `about` (对象) and `figures` are what an
    acknowledgement is given for. Findings of one rule and one `kin` are told as one. `cause` is
    the likely slip, `consequences` the other findings that it explains.
    """

    rule: str
    level: Level
    message: str
    found: Stated | None = None
    expected: Stated | None = None
    parts: tuple[Stated, ...] = ()
    margin: Decimal | None = None
    margin_reason: str = ""
    location: Location | None = None
    advice: str = ""
    about: str = ""
    figures: tuple[str, ...] = ()
    kin: str = ""
    cause: str = ""
    consequences: tuple[Finding, ...] = ()

    @property
    def gap(self) -> Decimal | None:
        """How far the two figures are apart, in their unit."""
        if self.found is None or self.expected is None:
            return None
        if self.found.amount is None or self.expected.amount is None:
            return None
        return abs(self.found.amount - self.expected.amount)

    @property
    def count(self) -> int:
        """How many contradictions it stands for, its consequences included."""
        return 1 + len(self.consequences)

    @property
    def place(self) -> Location | None:
        """Where to look first: the typed line behind what was found."""
        if self.location:
            return self.location
        sides = (self.found, self.expected)
        return next((side.place for side in sides if side and side.place), None)

    def as_dict(self) -> dict[str, object]:
        """For findings.json and --json."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "location": str(self.place) if self.place else None,
            "found": self.found.as_dict() if self.found else None,
            "expected": self.expected.as_dict() if self.expected else None,
            "gap": None if self.gap is None else plain(self.gap),
            "margin": None if self.margin is None else plain(self.margin),
            "margin_reason": self.margin_reason,
            "cause": self.cause,
            "advice": self.advice,
            "about": self.about,
            "figures": list(self.figures),
            "consequences": [finding.as_dict() for finding in self.consequences],
        }

    def __str__(self) -> str:
        parts = [f"[{self.rule}] {self.level.value}：{self.message}"]
        if self.found is not None and self.expected is not None:
            parts.append(f"{self.found}；{self.expected}")
            if self.gap is not None:
                parts.append(f"；相差 {plain(self.gap)} {self.found.unit}".rstrip())
            parts.append(f"，{self.margin_reason}。" if self.margin_reason else "。")
        elif self.place:
            parts.append(f"见 {self.place}。")
        if self.cause:
            parts.append(f"可能的原因：{self.cause}。")
        if self.advice:
            parts.append(f"处理办法：{self.advice}。")
        return "".join(parts) + self._consequences()

    def _consequences(self) -> str:
        if not self.consequences:
            return ""
        told = list(dict.fromkeys(_short(self, finding) for finding in self.consequences))
        rest = " 等" if len(told) > TOLD else ""
        return f"同一原因还有 {len(self.consequences)} 处：{'；'.join(told[:TOLD])}{rest}。"


def _short(head: Finding, finding: Finding) -> str:
    """One consequence in a few words: its rule and place, or its own message."""
    if finding.rule == head.rule and finding.found is None:
        return str(finding.place or finding.about)
    return f"[{finding.rule}] {finding.message.rstrip('。')}"


def plain(amount: Decimal) -> str:
    """The amount without an exponent and without idle zeros: 123.45."""
    return f"{amount.normalize():f}"


def stated(figure: Figure) -> Stated:
    """A figure of the report, with the typed line behind it."""
    return Stated(figure.name, figure.amount, figure.unit, typed_line(figure), figure.id)


def typed_line(figure: Figure | None) -> Location | None:
    """The first typed line behind a figure."""
    while figure is not None and isinstance(figure.source, Formula):
        figure = figure.source.operands[0] if figure.source.operands else None
    return figure.source if figure is not None and isinstance(figure.source, Location) else None
