"""Columns: last year light, this year dark, side by side for each group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from charts import style
from charts.layout import FIGURE_ROOM, bar_pitch, figure_size, height, plain, ticks, width, wrapped
from charts.sheet import Sheet
from charts.shown import NOT_REPORTED, tones_of
from disclosure.model.chart import ChartSeries

# In mm.
TOP = 11.0  # above the plot, for the unit and the names of the years
LEAST_LEFT, RIGHT = 17.0, 4.0  # beside the plot; the numbers of the axis stand on the left
KEY = 3.0  # side of the little square beside the name of a year


def draw_columns(sheet: Sheet, series: ChartSeries) -> None:
    """One bar for each figure; none, and 「无数据」, where a figure was not reported."""
    values = [figure.value for _, figures in series.series for figure in figures]
    marks = ticks(min(Decimal(0), *values), max(Decimal(0), *values))
    numbers = max(width(plain(mark), style.SMALL_SIZE) for mark in marks)
    left, right = max(LEAST_LEFT, style.MARGIN + numbers + 1.5), sheet.width - RIGHT
    slot = (right - left) / len(series.groups)
    pitch = bar_pitch(slot, len(series.series))

    tones = tones_of(series)
    bars = [
        (
            left + slot * (group + 0.5) + pitch * (nth - (len(tones) - 1) / 2),
            figure,
            NOT_REPORTED if figure.amount is None else label,
            tone,
        )
        for nth, tone in enumerate(tones)
        for group, (figure, label) in enumerate(
            zip(series.series[nth][1], series.labels[nth], strict=True)
        )
    ]
    size, turned, room = figure_size([word for _, _, word, _ in bars], pitch)
    names = [wrapped(group, slot - 2, style.TEXT_SIZE) for group in series.groups]
    foot = style.MARGIN + max(height(name, style.TEXT_SIZE) for name in names)
    top = sheet.height - TOP
    at = _scale(marks, foot + (room if marks[0] < 0 else 0), top - (room if marks[-1] else 0))
    base = at(Decimal(0))

    for mark in marks:
        sheet.line([(left, at(mark)), (right, at(mark))], style.RULE)
        sheet.text(left - 1.5, at(mark), plain(mark), size=style.SMALL_SIZE, across="right")
    for middle, figure, word, _ in bars:
        # Blank paper, so that no grid line crosses a figure; the bars then stand on it.
        wide, tall = width(word, size), FIGURE_ROOM
        if turned:
            wide, tall = height(word, size), wide + 2
        tall = -tall if figure.value < 0 else tall
        sheet.box(middle - wide / 2, at(figure.value), wide, tall, style.PAPER, style.PAPER)
    wide = pitch - style.BAR_GAP
    for middle, figure, _, tone in bars:
        if figure:
            tall = at(figure.value) - base
            sheet.box(middle - wide / 2, base, wide, tall, tone, style.OUTLINE)
    for middle, figure, word, _ in bars:
        colour = style.FAINT if figure.amount is None else style.INK
        y, up = at(figure.value), "top" if figure.value < 0 else "bottom"
        y += -1 if figure.value < 0 else 1
        sheet.text(middle, y, word, size=size, colour=colour, up=up, turned=turned)

    sheet.line([(left, base), (right, base)], style.INK)
    sheet.line([(left, at(marks[0])), (left, at(marks[-1]))], style.INK)
    for group, name in enumerate(names):
        sheet.text(left + slot * (group + 0.5), foot - 1.5, name, up="top")
    sheet.unit(series.unit)
    _draw_key(sheet, [name for name, _ in series.series], tones)


def _scale(marks: Sequence[Decimal], foot: float, top: float) -> Callable[[Decimal], float]:
    """From an amount to its height on the sheet. Only here does an amount become a float."""
    whole = marks[-1] - marks[0] or Decimal(1)
    return lambda amount: foot + (top - foot) * float((amount - marks[0]) / whole)


def _draw_key(sheet: Sheet, names: list[str], tones: list[str]) -> None:
    """The names of the years at the upper right, each with its tone."""
    x, y = sheet.width - RIGHT, sheet.height - style.MARGIN
    for name, tone in reversed(list(zip(names, tones, strict=True))):
        sheet.text(x, y, name, size=style.SMALL_SIZE, across="right")
        x -= width(name, style.SMALL_SIZE) + KEY + 2
        sheet.box(x, y - KEY / 2, KEY, KEY, tone, style.OUTLINE)
        x -= 5
