"""What a rule has to say: two figures that do not agree, where each stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from disclosure.model.figure import Figure, Formula
from disclosure.model.place import Level, Location

HALF_STEP = Decimal("0.005")  # 万元: half of the last printed digit, what one rounding may move


def rounding_residual(terms: int) -> Decimal:
    """尾差: the most that `terms` rounded figures and their rounded total may differ, in 万元."""
    return (terms + 1) * HALF_STEP


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. `found` and `expected` are the two figures; `margin` what rounding allows."""

    rule: str
    level: Level
    message: str
    found: Figure | None = None
    expected: Figure | None = None
    margin: Decimal | None = None
    location: Location | None = None
    advice: str = ""

    @property
    def gap(self) -> Decimal | None:
        """How far the two figures are apart, in their unit."""
        if self.found is None or self.expected is None:
            return None
        return abs(self.found.value - self.expected.value)

    @property
    def place(self) -> Location | None:
        """Where to look first: the typed line behind what was found."""
        if self.location:
            return self.location
        return typed_line(self.found) or typed_line(self.expected)

    def as_dict(self) -> dict[str, object]:
        """For findings.json and --json."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "message": self.message,
            "location": str(self.place) if self.place else None,
            "found": _told(self.found),
            "expected": _told(self.expected),
            "gap": None if self.gap is None else f"{self.gap.normalize():f}",
            "advice": self.advice,
        }

    def __str__(self) -> str:
        parts = [f"[{self.rule}] {self.level.value}：{self.message}"]
        if self.found is not None and self.expected is not None:
            parts.append(
                f"{_words(self.found)}；{_words(self.expected)}；相差 {_plain(self.gap)} {self.found.unit}。"
            )
        elif self.place:
            parts.append(f"见 {self.place}。")
        if self.advice:
            parts.append(f"处理办法：{self.advice}")
        return "".join(parts)


def typed_line(figure: Figure | None) -> Location | None:
    """The first typed line behind a figure."""
    while figure is not None and isinstance(figure.source, Formula):
        figure = figure.source.operands[0] if figure.source.operands else None
    return figure.source if figure is not None and isinstance(figure.source, Location) else None


def _plain(amount: Decimal | None) -> str:
    return "（未填）" if amount is None else f"{amount.normalize():f}"


def _words(figure: Figure) -> str:
    line = typed_line(figure)
    return f"{figure.name} {_plain(figure.amount)} {figure.unit}" + (f"（{line}）" if line else "")


def _told(figure: Figure | None) -> dict[str, object] | None:
    if figure is None:
        return None
    line = typed_line(figure)
    return {
        "figure": figure.id,
        "amount": None if figure.amount is None else f"{figure.amount.normalize():f}",
        "unit": figure.unit,
        "location": str(line) if line else None,
    }
