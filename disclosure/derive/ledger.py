"""The book in which one year's figures are entered: typed ones, sums, approved totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.model.figure import PERCENT, WAN, Figure, Figures, Formula, rounded
from disclosure.model.place import Location
from disclosure.schema.part import Part
from disclosure.schema.typed import WAN_PLACES, TypedAmount

SUM_SUFFIX = "（加总）"


class Ledger:
    """Figures of one year under construction.

    `approved` are totals typed as 批复数; they take the place of the sum, which is kept beside
    under `…（加总）` for trace and checks. `nothing` is what a sum over no parts amounts to: 0 in
    the report year (nothing was spent), None in a comparison year that is not fully known.
    `cells` are the workbook cells figures were imported from, with the amount read there.
    """

    def __init__(
        self,
        year: int,
        approved: Mapping[str, TypedAmount],
        nothing: Decimal | None,
        cells: Mapping[str, tuple[Decimal, str]] | None = None,
    ) -> None:
        self.year = year
        self.approved = approved
        self.cells = cells or {}
        self.used: set[str] = set()
        self.nothing = nothing
        self._by_name: dict[str, Figure] = {}

    def __getitem__(self, name: str) -> Figure:
        return self._by_name[name]

    def get(self, name: str) -> Figure | None:
        return self._by_name.get(name)

    def names(self) -> Iterable[str]:
        return self._by_name.keys()

    def typed(
        self,
        name: str,
        typed: TypedAmount | None,
        place: str,
        unit: str = WAN,
        style: str = "金额",
        *,
        waiting: bool = False,
    ) -> Figure:
        """Enter a figure as typed; `place` is the file it belongs in when it is not typed."""
        missing = Location(place, None, name.replace("/", " › "))
        source = self._located(name, typed) if typed else missing
        amount = typed.amount if typed else None
        figure = Figure(f"{self.year}/{name}", amount, unit, style, source, waiting)
        return self.enter(figure, name)

    def field(
        self,
        name: str,
        part: Part,
        field: str,
        place: str,
        unit: str = WAN,
        style: str = "金额",
    ) -> Figure:
        """Enter what is typed for a field of the content; waiting while its key has no value."""
        typed = getattr(part, field)
        return self.typed(name, typed, place, unit, style, waiting=part.is_open(field))

    def enter(self, figure: Figure, name: str) -> Figure:
        """Enter a figure under `name` (which may be a second name of it)."""
        self._by_name[name] = figure
        return figure

    def total(
        self,
        name: str,
        parts: Sequence[Figure],
        also: str | None = None,
        unit: str = WAN,
        style: str = "金额",
        needs: Iterable[Figure] = (),
        *,
        waiting: bool = False,
    ) -> Figure:
        """The sum of `parts`, or the 批复数 typed for `name` (or its equivalent `also`).

        A sum with one part that has an amount is that part under a second name; a sum that lacks
        one of the parts it `needs` is not known. A part that is waiting, or one that nobody has
        listed yet (`waiting`), keeps the sum waiting.
        """
        known = [part for part in parts if part.amount is not None]
        approved_name = next((n for n in (name, also) if n and n in self.approved), None)
        if approved_name:
            self.used.add(approved_name)
            typed = self.approved[approved_name]
            if known:
                summed = f"{name}{SUM_SUFFIX}"
                self._by_name[summed] = self._sum(summed, known, unit, style)
            place = self._located(approved_name, typed)
            whole = Figure(f"{self.year}/{name}", typed.amount, unit, style, place)
            return self.enter(whole, name)
        waiting = waiting or any(part.waiting for part in parts)
        if waiting or any(part.amount is None for part in needs):
            source = Formula(_added(parts), tuple(parts))
            unknown = Figure(f"{self.year}/{name}", None, unit, style, source, waiting)
            return self.enter(unknown, name)
        if len(known) == 1:
            return self.enter(known[0], name)
        return self.enter(self._sum(name, known, unit, style), name)

    def if_compared(self, parts: Sequence[Figure]) -> Sequence[Figure]:
        """What a total needs in a comparison year, of which little may be known; else nothing."""
        return parts if self.nothing is None else ()

    def computed(self, figure: Figure, name: str) -> Figure:
        """Enter a figure that is no sum of parts, or the 批复数 typed for it, as for a total."""
        typed = self.approved.get(name)
        if typed is None:
            return self.enter(figure, name)
        self.used.add(name)
        self._by_name[f"{name}{SUM_SUFFIX}"] = replace(figure, id=f"{figure.id}{SUM_SUFFIX}")
        place = self._located(name, typed)
        return self.enter(replace(figure, amount=typed.amount, source=place), name)

    def _located(self, name: str, typed: TypedAmount) -> Location:
        """Where it was typed, and from which cell as long as the amount is still the one read."""
        read, cell = self.cells.get(name, (None, ""))
        same = read is not None and read in (typed.amount, rounded(typed.amount, WAN_PLACES))
        return replace(typed.source, origin=cell) if same else typed.source

    def _sum(self, name: str, parts: Sequence[Figure], unit: str, style: str) -> Figure:
        amount = sum((part.value for part in parts), Decimal(0)) if parts else self.nothing
        source = Formula(_added(parts), tuple(parts))
        return Figure(f"{self.year}/{name}", amount, unit, style, source)

    def figures(self) -> Figures:
        """All that was entered."""
        return Figures(self.year).plus(
            (), ((f"{self.year}/{name}", figure) for name, figure in self._by_name.items())
        )


def _added(parts: Iterable[Figure]) -> str:
    return " + ".join(part.name for part in parts) or "没有填报的项目"


def difference(figure_id: str, now: Figure, before: Figure, style: str = "增减额") -> Figure:
    """`now` less `before`, in their unit; None when either is not known."""
    known = now.amount is not None and before.amount is not None
    amount = now.value - before.value if known else None
    words = f"{_named(now, before)} − {_named(before, now)}"
    formula = Formula(words, (now, before))
    return Figure(figure_id, amount, now.unit, style, formula, now.waiting or before.waiting)


def ratio(figure_id: str, part: Figure, whole: Figure, style: str) -> Figure:
    """`part` as percent of `whole`, exact; None when the base is zero or either is not known."""
    known = part.amount is not None and whole.amount
    amount = part.value / whole.value * 100 if known else None
    formula = Formula(f"{part.name} ÷ {whole.name} × 100%", (part, whole))
    return Figure(figure_id, amount, PERCENT, style, formula, part.waiting or whole.waiting)


def _named(figure: Figure, beside: Figure) -> str:
    """The figure's name, with its year where the other figure is of another year."""
    same_year = figure.id.partition("/")[0] == beside.id.partition("/")[0]
    return figure.name if same_year else figure.id
