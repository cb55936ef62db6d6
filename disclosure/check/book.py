"""The report's figures and indicators by what they amount to, and the numbers typed in sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from disclosure.check.finding import Stated, typed_line
from disclosure.check.prose import Hit, Prose
from disclosure.check.slips import (
    ADDED,
    LOST,
    ONE_DIGIT,
    digits_of,
    significant_digits,
    slip,
    without_one_digit,
)
from disclosure.derive.evaluation import POINTS, Evaluation, Indicator
from disclosure.derive.scoring import quantity
from disclosure.model.figure import WAN, Figure, Figures
from disclosure.schema.pack import NumberStyle

MONEY = {"万元": 0, "元": -4, "亿元": 4}  # power of ten that makes 万元 of it
NOT_A_QUANTITY = frozenset("〔-.第/")  # before digits: a document's number, a range, a date
TELLING = 3  # digits from which a number is hardly equal to a figure by chance
NEAR = 4  # digits from which a number is hardly near a figure by chance
SURELY_NEAR = 5  # the same for slips that many numbers are apart by
LOOSE = (ONE_DIGIT, LOST, ADDED)
LED_IN = 30  # characters before a number in which the figure's name may stand


@dataclass(frozen=True, slots=True)
class Written:
    """A number typed in a sentence, in `unit` (money in 万元)."""

    hit: Hit
    amount: Decimal
    unit: str
    in_yuan: bool = False  # typed with 元 behind it

    @property
    def stated(self) -> Stated:
        return Stated(f"“{self.hit.around}”里的", self.amount, self.unit, self.hit.source)


class Book:
    """What the report knows, by unit and amount as printed."""

    def __init__(
        self,
        figures: Figures,
        evaluations: Iterable[Evaluation],
        styles: Mapping[str, NumberStyle],
    ) -> None:
        self._known: dict[str, dict[Decimal, tuple[str, Figure | Indicator]]] = defaultdict(dict)
        self._indexes: dict[str, dict[str, list[Decimal]]] = {}
        steps = {name: Decimal(1).scaleb(-int(s.places.amount)) for name, s in styles.items()}
        seen: set[int] = set()
        for name, figure in figures.items():
            if figure.unit != POINTS and figure.amount and id(figure) not in seen:
                seen.add(id(figure))
                amount = abs(figure.amount).quantize(steps[figure.style], ROUND_HALF_UP)
                self._known[figure.unit].setdefault(amount, (name, figure))
        for evaluation in evaluations:
            for indicator in evaluation.indicators:
                value = quantity(indicator.actual)
                if value and value.number and value.unit:
                    where = f"{evaluation.key} 指标“{indicator.name}”"
                    self._known[value.unit].setdefault(value.number, (where, indicator))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Units other than money, longest first, to be met after a number."""
        return tuple(sorted((u for u in self._known if u not in MONEY), key=len, reverse=True))

    def equal_to(self, amount: Decimal, unit: str) -> Stated | None:
        """The figure that prints as this number."""
        found = self._known.get(unit, {}).get(amount)
        return _stated(amount, unit, *found) if found else None

    def near(self, written: Written) -> tuple[Stated, str] | None:
        """A figure that the number would be but for one slip of the pen, and which slip."""
        index = self._index(written.unit)
        own = digits_of(written.amount)
        for key in (own, *without_one_digit(own)):
            for amount in index.get(key, ()):
                kind = slip(written.amount, amount)
                name, source = self._known[written.unit][amount]
                if kind and (kind not in LOOSE or _likely(written, amount, name)):
                    return _stated(amount, written.unit, name, source), kind
        return None

    def _index(self, unit: str) -> dict[str, list[Decimal]]:
        """Amounts by their digits and by their digits with one left out: two numbers that are one
        slip apart share a key."""
        if unit not in self._indexes:
            keys = self._indexes[unit] = {}
            for amount in self._known.get(unit, ()):
                own = digits_of(amount)
                if len(own) >= NEAR:
                    for key in {own, *without_one_digit(own)}:
                        keys.setdefault(key, []).append(amount)
        return self._indexes[unit]


def _likely(written: Written, amount: Decimal, name: str) -> bool:
    """Whether two numbers a digit apart mean the same: many digits, no money, or a common name."""
    if written.unit != WAN or min(map(significant_digits, (written.amount, amount))) >= SURELY_NEAR:
        return True
    led_in = written.hit.left(LED_IN)
    return any(part in led_in for part in name.split("/") if len(part) >= TELLING)


def _stated(amount: Decimal, unit: str, name: str, source: Figure | Indicator) -> Stated:
    if isinstance(source, Figure):
        year, _, rest = name.partition("/")
        return Stated(f"{year}年 {rest}", amount, unit, typed_line(source), source.id)
    return Stated(name, amount, unit, source.source)


def written_numbers(
    prose: Prose, units: tuple[str, ...], is_typed: Callable[[Hit], bool]
) -> Iterator[Written]:
    """Every number with a unit that somebody typed and that says something, in text order."""
    pattern = re.compile(rf"(\d[\d,]*(?:\.\d+)?)({'|'.join(map(re.escape, (*MONEY, *units)))})")
    for match in prose.typed_numbers(pattern, TELLING):
        digits, unit = match.groups()
        amount = Decimal(digits.replace(",", ""))
        if significant_digits(amount) < TELLING:
            continue
        hit = prose.typed.hit(match)
        if hit.left(1) in NOT_A_QUANTITY or not is_typed(hit):
            continue
        if unit in MONEY:
            yield Written(hit, amount.scaleb(MONEY[unit]), WAN, unit == "元")
        else:
            yield Written(hit, amount, unit)
