"""Native pie: the structure of a whole; where labels would crowd, a legend says it all."""

from __future__ import annotations

from itertools import pairwise

from charts import style
from charts.drawingml import element, place, shape, val, words_style
from charts.grid import AMOUNT, TEXT, Grid, with_words
from charts.layout import height, wrapped
from charts.native_series import Labels, end_of_series, labels, start_of_series
from charts.shown import Slice, needs_list

# In mm.
RADIUS = 23.0
LIST_RADIUS = 22.0  # of a pie that shares the chart with a legend
LIST_CENTRE = 42.0
LIST_LEFT = 84.0
ROW_GAP = 1.6
KEY_ROOM = 6.0  # for the square before a row of the legend

# Of a turn. Word does not move labels apart, and one is about as tall as this stretch of edge.
LEAST_APART = 1 / 8


def is_listed(slices: tuple[Slice, ...]) -> bool:
    """Whether a legend stands beside the pie in place of words around it."""
    if not slices:
        return False
    middles = [part.middle for part in slices]
    around = pairwise([*middles, middles[0] + 1]) if len(slices) > 1 else ()
    return needs_list(slices) or any(after - before < LEAST_APART for before, after in around)


def height_with_legend(grid: Grid) -> float:
    """The chart's height in mm: the usual one, more for a long legend."""
    return max(style.HEIGHT, _list_height(grid) + 2 * style.MARGIN)


def pie(grid: Grid, slices: tuple[Slice, ...], unit: str, tall: float) -> tuple[str, str]:
    """`c:plotArea` and `c:legend` ("" where the words stand around the pie).

    Without slices it is the empty pie of a grid without amounts.
    """
    listed = is_listed(slices)
    radius = LIST_RADIUS if listed else RADIUS
    middle = LIST_CENTRE if listed else style.WIDTH / 2
    corner = (middle - radius, tall / 2 - radius)
    plot = element(
        "c:plotArea",
        place(corner, (2 * radius, 2 * radius), tall, inner=True),
        element(
            "c:pieChart",
            val("c:varyColors", 1),
            element(
                "c:ser",
                start_of_series(grid, 0, AMOUNT),
                *(_slice(nth, part, alone=len(slices) == 1) for nth, part in enumerate(slices)),
                labels(_formats(grid, slices, unit, listed=listed), Labels(named=not listed)),
                end_of_series(grid, AMOUNT),
            ),
            val("c:firstSliceAng", 0),
        ),
        shape(None),
    )
    return plot, _legend(grid, tall) if listed else ""


def _slice(nth: int, part: Slice, *, alone: bool) -> str:
    """Its tone; the paper's colour between slices, and no seam in a whole of one."""
    look = shape(part.tone, None if alone else style.PAPER)
    return element("c:dPt", val("c:idx", nth), val("c:bubble3D", 0), look)


def _formats(
    grid: Grid, slices: tuple[Slice, ...], unit: str, *, listed: bool
) -> dict[int, str | None]:
    """The label of each slice: its amount; beside a legend its number, if there is room for it."""
    formats: dict[int, str | None] = {}
    for nth, (part, cell) in enumerate(zip(slices, grid[AMOUNT][1:], strict=False)):
        amount = with_words(cell.shown, after=unit)
        if not listed:
            formats[nth] = amount
        elif part.size >= LEAST_APART:
            formats[nth] = with_words(amount, before=f"{part.number} ")
        else:
            formats[nth] = with_words("", before=part.number) if part.is_wide else None
    return formats


def _list_height(grid: Grid) -> float:
    """How tall the legend's rows are; a long one wraps."""
    room = style.WIDTH - style.MARGIN - LIST_LEFT - KEY_ROOM
    rows = [wrapped(str(cell.value), room, style.SMALL_SIZE) for cell in grid[TEXT][1:]]
    return sum(height(row, style.SMALL_SIZE) + ROW_GAP for row in rows)


def _legend(grid: Grid, tall: float) -> str:
    high = _list_height(grid)
    wide = style.WIDTH - style.MARGIN - LIST_LEFT
    return element(
        "c:legend",
        val("c:legendPos", "r"),
        place((LIST_LEFT, (tall - high) / 2), (wide, high), tall),
        val("c:overlay", 0),
        words_style(style.SMALL_SIZE),
    )
