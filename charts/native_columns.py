"""Native columns: last year light, this year dark, side by side for each group."""

from __future__ import annotations

from decimal import Decimal

from charts import style
from charts.drawingml import element, heading, line, place, shape, val, words_style
from charts.grid import UNIT, Grid
from charts.layout import FIGURE_ROOM, bar_pitch, figure_size, height, plain, ticks, width, wrapped
from charts.native_series import Labels, end_of_series, labels, start_of_series
from charts.shown import tones_of
from disclosure.model.chart import ChartSeries

# In mm.
TOP = 12.0  # above the plot, for the unit and the names of the years
LEAST_LEFT, RIGHT = 17.0, 4.0  # beside the plot; the numbers of the axis stand on the left
KEY_ROOM = 9.0  # for the square before the name of a year, and the space after it
KEY_HEIGHT = 6.0

_GROUP_AXIS, _AMOUNT_AXIS = 111_111_111, 222_222_222  # any two numbers; not negative


def columns(series: ChartSeries, grid: Grid) -> tuple[str, str]:
    """`c:plotArea` and `c:legend` ("" for one series)."""
    amounts = [figure.value for _, figures in series.series for figure in figures]
    marks = ticks(min(Decimal(0), *amounts), max(Decimal(0), *amounts))
    left = max(LEAST_LEFT, 6 + max(width(plain(mark), style.SMALL_SIZE) for mark in marks))
    slot = (style.WIDTH - left - RIGHT) / len(series.groups)
    names = [wrapped(group, slot - 2, style.TEXT_SIZE) for group in series.groups]
    foot = style.MARGIN + max(height(name, style.TEXT_SIZE) for name in names)
    size, turned, room = figure_size(
        [label for row in series.labels for label in row], bar_pitch(slot, len(series.series))
    )
    top = TOP + room - FIGURE_ROOM
    wide, tall = style.WIDTH - left - RIGHT, style.HEIGHT - top - foot
    plot = element(
        "c:plotArea",
        place((left, top), (wide, tall), style.HEIGHT, inner=True),
        _bars(series, grid, slot, Labels(size, turned)),
        _group_axis(),
        _amount_axis(series.unit, marks),
        shape(None),
    )
    return plot, _legend(grid) if len(series.series) > 1 else ""


def _bars(series: ChartSeries, grid: Grid, slot: float, how: Labels) -> str:
    count = len(series.series)
    pitch = bar_pitch(slot, count)
    bar = pitch - style.BAR_GAP
    bars = []
    for nth, tone in enumerate(tones_of(series)):
        cells = grid[nth + 1][1:]
        formats = {at: cell.shown for at, cell in enumerate(cells) if cell.value is not None}
        bars.append(
            element(
                "c:ser",
                start_of_series(grid, nth, nth + 1),
                shape(tone, style.OUTLINE),
                val("c:invertIfNegative", 0),
                labels(formats, how),
                end_of_series(grid, nth + 1),
            )
        )
    return element(
        "c:barChart",
        val("c:barDir", "col"),
        val("c:grouping", "clustered"),
        val("c:varyColors", 0),
        *bars,
        val("c:gapWidth", min(500, round((slot - pitch * count) / bar * 100))),
        val("c:overlap", -round(style.BAR_GAP / bar * 100)),
        val("c:axId", _GROUP_AXIS),
        val("c:axId", _AMOUNT_AXIS),
    )


def _group_axis() -> str:
    return element(
        "c:catAx",
        val("c:axId", _GROUP_AXIS),
        element("c:scaling", val("c:orientation", "minMax")),
        val("c:delete", 0),
        val("c:axPos", "b"),
        element("c:numFmt", formatCode="General", sourceLinked=0),
        val("c:majorTickMark", "none"),
        val("c:minorTickMark", "none"),
        val("c:tickLblPos", "low"),  # under the plot even where bars hang below zero
        element("c:spPr", line(style.INK)),
        words_style(style.TEXT_SIZE, turn=0),
        val("c:crossAx", _AMOUNT_AXIS),
        val("c:crosses", "autoZero"),
        val("c:auto", 0),
        val("c:lblAlgn", "ctr"),
        val("c:lblOffset", 100),
        val("c:noMultiLvlLbl", 1),
    )


def _amount_axis(unit: str, marks: tuple[Decimal, ...]) -> str:
    """From zero: Word would begin two years of nearly the same amount somewhere above it."""
    lowest = val("c:min", 0) if marks[0] >= 0 else ""
    whole = len(marks) > 1 and all(mark == mark.to_integral_value() for mark in marks)
    return element(
        "c:valAx",
        val("c:axId", _AMOUNT_AXIS),
        element("c:scaling", val("c:orientation", "minMax"), lowest),
        val("c:delete", 0),
        val("c:axPos", "l"),
        element("c:majorGridlines", element("c:spPr", line(style.RULE))),
        heading(UNIT.format(unit), style.SMALL_SIZE, style.INK, (style.MARGIN, 2), style.HEIGHT),
        element("c:numFmt", formatCode="0" if whole else "General", sourceLinked=0),
        val("c:majorTickMark", "none"),
        val("c:minorTickMark", "none"),
        val("c:tickLblPos", "low"),
        element("c:spPr", line(style.INK)),
        words_style(style.SMALL_SIZE),
        val("c:crossAx", _GROUP_AXIS),
        val("c:crosses", "autoZero"),
        val("c:crossBetween", "between"),
    )


def _legend(grid: Grid) -> str:
    """The names of the years at the upper right."""
    names = [str(year[0].value) for year in grid[1:]]
    wide = sum(width(name, style.SMALL_SIZE) + KEY_ROOM for name in names)
    corner = (style.WIDTH - RIGHT - wide, 1.0)
    return element(
        "c:legend",
        val("c:legendPos", "t"),
        place(corner, (wide, KEY_HEIGHT), style.HEIGHT),
        val("c:overlay", 0),
        words_style(style.SMALL_SIZE),
    )
