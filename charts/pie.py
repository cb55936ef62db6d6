"""Pie: the structure of a whole, with 占比; where labels would crowd, a list stands beside it."""

from __future__ import annotations

import math

from charts import style
from charts.layout import height, spread, width, wrapped
from charts.sheet import Sheet
from charts.shown import Slice, needs_list, slices_of
from disclosure.model.chart import ChartSeries

# In mm.
RADIUS = 26.0
ELBOW = 3.0  # where the line to a label bends
LEADER = 8.0  # from the edge of the pie to its labels
LABEL_WIDTH = 36.0
HEAD = 10.0  # above the pie and the list, for the unit
LIST_RADIUS = 24.0  # of a pie that shares the sheet with a list
LIST_CENTRE = 46.0
LIST_LEFT, AMOUNT_EDGE, SHARE_EDGE = 93.0, 134.0, 147.0  # AMOUNT and SHARE are right edges
KEY = 3.0
NAME_LEFT = LIST_LEFT + KEY + 1
ROW_GAP = 1.6
HEAD_ROW = 6.0

HALF = 0.5  # of a turn: labels of the first half stand on the right


def draw_pie(sheet: Sheet, series: ChartSeries) -> None:
    """The slices clockwise from twelve o'clock, each with name, amount and 占比."""
    slices = slices_of(series)
    sheet.unit(series.unit)
    middle = (sheet.height - style.MARGIN) / 2
    if needs_list(slices):
        texts = [f"{part.number} {part.share}" if part.is_wide else "" for part in slices]
        _draw_slices(sheet, (LIST_CENTRE, middle), LIST_RADIUS, slices, texts)
        _draw_list(sheet, slices, middle)
    else:
        names = [wrapped(part.name, LABEL_WIDTH, style.TEXT_SIZE) for part in slices]
        texts = [
            f"{name}\n{part.label}，占{part.share}"
            for name, part in zip(names, slices, strict=True)
        ]
        _draw_slices(sheet, (sheet.width / 2, middle), RADIUS, slices, texts)


def height_of_pie(series: ChartSeries) -> float:
    """The sheet's height in mm: the usual one, more for a long list."""
    slices = slices_of(series)
    rows = sum(map(_row_height, slices)) if needs_list(slices) else 0
    return max(style.HEIGHT, math.ceil(rows + HEAD + HEAD_ROW + style.MARGIN))


def _draw_slices(
    sheet: Sheet,
    centre: tuple[float, float],
    radius: float,
    slices: tuple[Slice, ...],
    texts: list[str],
) -> None:
    """The pie, its labels on both sides with a thin line to each; an empty text is no label."""
    for part in slices:
        sheet.wedge(centre, radius, part.span, part.tone)

    def rim(part: Slice, out: float) -> tuple[float, float]:
        """The point `out` mm outside the middle of a slice's edge."""
        angle = math.tau * part.middle
        return (
            centre[0] + (radius + out) * math.sin(angle),
            centre[1] + (radius + out) * math.cos(angle),
        )

    labels = [(part, text) for part, text in zip(slices, texts, strict=True) if text]
    right = [label for label in labels if label[0].middle <= HALF]
    left = [label for label in reversed(labels) if label[0].middle > HALF]
    for side, column in ((1, right), (-1, left)):
        heights = [height(text, style.TEXT_SIZE) + 1 for _, text in column]
        wanted = [rim(part, ELBOW)[1] for part, _ in column]
        places = spread(wanted, heights, 1, sheet.height - style.MARGIN)
        x = centre[0] + side * (radius + LEADER)
        for (part, text), y in zip(column, places, strict=True):
            sheet.line([rim(part, 0), rim(part, ELBOW), (x - side, y)], style.FAINT)
            sheet.text(x, y, text, across="left" if part.middle <= HALF else "right")


def _row_height(part: Slice) -> float:
    return height(_name_in_list(part), style.SMALL_SIZE) + ROW_GAP


def _name_in_list(part: Slice) -> str:
    """① and the name; further lines begin under the name (① is one em wide, as \\u3000)."""
    room = AMOUNT_EDGE - NAME_LEFT - width(f"{part.number} {part.label}", style.SMALL_SIZE) - 1.5
    name = wrapped(part.name, room, style.SMALL_SIZE)
    return f"{part.number} " + name.replace("\n", "\n\u3000 ")


def _draw_list(sheet: Sheet, slices: tuple[Slice, ...], middle: float) -> None:
    """Every slice with its tone, name, amount and 占比, around the `middle` of the sheet."""
    tall = HEAD_ROW + sum(map(_row_height, slices))
    top = min(sheet.height - HEAD, middle + tall / 2)

    def row(y: float, *cells: str) -> None:
        edges = (NAME_LEFT, AMOUNT_EDGE, SHARE_EDGE)
        for x, cell in zip(edges, cells, strict=True):
            across = "left" if x == NAME_LEFT else "right"
            sheet.text(x, y, cell, size=style.SMALL_SIZE, across=across)

    row(top - HEAD_ROW / 2, "\u3000 项目", "金额", "占比")
    top -= HEAD_ROW
    sheet.line([(LIST_LEFT, top), (SHARE_EDGE, top)], style.FAINT)
    for part in slices:
        y = top - _row_height(part) / 2
        sheet.box(LIST_LEFT, y - KEY / 2, KEY, KEY, part.tone, style.OUTLINE)
        row(y, _name_in_list(part), part.label, part.share)
        top -= _row_height(part)
