"""Figures: an amount that knows its name, its unit and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from disclosure.model.place import Location

WAN = "万元"
PERCENT = "%"


def rounded(amount: Decimal, places: int) -> Decimal:
    """四舍五入 to `places` decimals, once, when a figure is shown. Never negative zero."""
    step = Decimal(1).scaleb(-places)
    result = amount.quantize(step, rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


HALF_STEP = Decimal("0.005")  # 万元: half of the last printed digit, what one rounding may move


def rounding_residual(terms: int) -> Decimal:
    """尾差: the most that `terms` rounded figures and their rounded total may differ, in 万元."""
    return (terms + 1) * HALF_STEP


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """How a derived figure was computed: words with the operators, and the figures used."""

    words: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One number of the report.

    `id` is `年度/…`, for example `<年度>/支出/2010350/基本支出`. `amount` is exact (Decimal) in
    `unit`; `None` means 未填报, which is not zero. `style` names the number style of the pack
    in which it is shown. `source` is the line it was typed on or the formula over others.
    `waiting` (a draft): not known because something is still to be filled in, so that nobody may
    take it for zero.
    """

    id: str
    amount: Decimal | None
    unit: str
    style: str
    source: Location | Formula
    waiting: bool = False

    @property
    def name(self) -> str:
        """The id without its year: 支出/2010350/基本支出."""
        return self.id.partition("/")[2]

    @property
    def value(self) -> Decimal:
        """The amount, with 未填报 counted as zero (for sums and comparisons)."""
        return Decimal(0) if self.amount is None else self.amount

    def __bool__(self) -> bool:
        """Whether there is an amount other than zero, or will be for all we know."""
        return bool(self.amount) or self.waiting


class Figures:
    """All figures of one or more years, by id. Lookup by a name without year means `year`."""

    def __init__(self, year: int, figures: Iterable[Figure] = ()) -> None:
        self.year = year
        self._by_id: dict[str, Figure] = {figure.id: figure for figure in figures}

    def __getitem__(self, name: str) -> Figure:
        return self._by_id[f"{self.year}/{name}"]

    def get(self, name: str, year: int | None = None) -> Figure | None:
        """The figure of that name in `year` (default: the report's), or None."""
        return self._by_id.get(f"{year or self.year}/{name}")

    def __contains__(self, name: str) -> bool:
        return f"{self.year}/{name}" in self._by_id

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._by_id.values())

    def items(self) -> Iterable[tuple[str, Figure]]:
        """Pairs of id and figure; one figure may stand under several ids."""
        return self._by_id.items()

    def __len__(self) -> int:
        return len(self._by_id)

    def plus(
        self, figures: Iterable[Figure], aliases: Iterable[tuple[str, Figure]] = ()
    ) -> Figures:
        """These and more; a later figure of the same id takes the earlier one's place."""
        more = Figures(self.year)
        more._by_id = self._by_id | {figure.id: figure for figure in figures} | dict(aliases)
        return more
