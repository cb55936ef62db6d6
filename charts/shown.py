"""What of a ChartSeries is shown, however it is drawn: bars, or the slices of a whole. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from charts import style
from charts.layout import share
from disclosure.model.chart import ChartSeries
from disclosure.model.figure import Figure

NOT_REPORTED = "无数据"
NO_FIGURES = "本年无数据"

# ① to ⑳, ㉑ to ㉟, ㊱ to ㊿: three runs of the character set.
_NUMBERS = [
    chr(c) for c in (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
]


def has_shares(series: ChartSeries) -> bool:
    """Whether it is drawn as a pie. With a negative amount a whole has no shares: columns then."""
    return series.kind == "pie" and all(figure.value >= 0 for figure in _figures(series))


def is_empty(series: ChartSeries) -> bool:
    """Whether there is nothing to draw: no slice, or no figure reported for any bar."""
    figures = _figures(series)
    if has_shares(series):
        return not any(figures)
    return all(figure.amount is None for figure in figures)


def _figures(series: ChartSeries) -> list[Figure]:
    return [figure for _, figures in series.series for figure in figures]


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of the whole; `span` in parts of it, clockwise from twelve o'clock."""

    number: str  # ①, as in the list
    name: str
    figure: Figure
    label: str
    share: str
    tone: str
    span: tuple[float, float]

    @property
    def size(self) -> float:
        """占比, as a part of one."""
        return self.span[1] - self.span[0]

    @property
    def middle(self) -> float:
        """Where its label points; a whole pie has it on the right."""
        return 0.25 if self.size == 1 else sum(self.span) / 2

    @property
    def is_wide(self) -> bool:
        """Whether it is at least as wide as its own label."""
        return self.size >= style.LEAST_LABELLED_SHARE


def slices_of(series: ChartSeries) -> tuple[Slice, ...]:
    """The parts that are not zero, in the order given."""
    ((_, figures),) = series.series
    (labels,) = series.labels
    total = sum((figure.value for figure in figures), Decimal(0))
    slices: list[Slice] = []
    before = Decimal(0)
    for name, figure, label in zip(series.groups, figures, labels, strict=True):
        if figure:
            nth = len(slices)
            number = _NUMBERS[nth] if nth < len(_NUMBERS) else f"({nth + 1})"
            after = before + figure.value
            span = (float(before / total), float(after / total))
            tone = style.SLICES[nth % len(style.SLICES)]
            part = share(figure.value, total)
            slices.append(Slice(number, name, figure, label, part, tone, span))
            before = after
    return tuple(slices)


def needs_list(slices: tuple[Slice, ...]) -> bool:
    """Whether labels around the pie would crowd, or some slice is too narrow for one."""
    return len(slices) > style.MOST_LABELLED_SLICES or not all(part.is_wide for part in slices)


def tones_of(series: ChartSeries) -> list[str]:
    """A tone for each year, the last one dark."""
    earlier = style.EARLIER_YEARS * len(series.series)
    return [style.THIS_YEAR, *earlier][: len(series.series)][::-1]
