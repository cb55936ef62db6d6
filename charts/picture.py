"""A ChartSeries in, a picture out: two years side by side, or the slices of a whole."""

from __future__ import annotations

from dataclasses import dataclass

from charts import style
from charts.engine import imported_quietly
from charts.shown import NO_FIGURES, has_shares, is_empty
from disclosure.model.chart import ChartSeries


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn chart: the same drawing as PNG and as SVG, and its size on paper."""

    png: bytes
    svg: bytes
    width_mm: float
    height_mm: float


def draw(series: ChartSeries) -> Picture:
    """The picture of a chart. Its title is not in it: the caption stands in the document.

    A pie with a negative amount has no shares, so it is drawn as columns.
    """
    # Only a chart that has to be drawn pays for matplotlib.
    with imported_quietly():
        from charts.columns import draw_columns
        from charts.pie import draw_pie, height_of_pie
        from charts.sheet import blank_sheet

    as_pie = has_shares(series)
    height = height_of_pie(series) if as_pie else style.HEIGHT
    with blank_sheet(style.WIDTH, height) as sheet:
        if is_empty(series):
            wide, high = sheet.width - 2 * style.MARGIN, sheet.height - 2 * style.MARGIN
            sheet.box(style.MARGIN, style.MARGIN, wide, high, style.PAPER, style.RULE)
            sheet.text(sheet.width / 2, sheet.height / 2, NO_FIGURES, colour=style.FAINT)
        elif as_pie:
            draw_pie(sheet, series)
        else:
            draw_columns(sheet, series)
        return Picture(sheet.png(), sheet.svg(), sheet.width, sheet.height)
