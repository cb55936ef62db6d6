"""A ChartSeries in, a chart of Word's own out: it can be selected, restyled and corrected there.

It shows what the picture shows, in the same tones and sizes. Which part stands where follows
the schema of DrawingML charts (ECMA-376, part 1, 21.2); Word refuses a file out of order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from charts import style
from charts.drawingml import (
    DECLARATION,
    NAMESPACES,
    cleaned,
    element,
    heading,
    shape,
    val,
    words_style,
)
from charts.grid import column_grid, pie_grid, workbook
from charts.layout import width
from charts.native_columns import columns
from charts.native_pie import height_with_legend, is_listed, pie
from charts.shown import NO_FIGURES, has_shares, is_empty, slices_of
from disclosure.model.chart import ChartSeries

WORKBOOK_RELATION = "rId1"  # from the chart part to its workbook


@dataclass(frozen=True, slots=True)
class NativeChart:
    """The chart part, the .xlsx behind it (relation `rId1`), and its size on paper."""

    xml: bytes
    workbook: bytes
    width_mm: float
    height_mm: float


def native_chart(series: ChartSeries) -> NativeChart:
    """The chart and its workbook, out of one grid of cells.

    Its title is not in it: the caption stands in the document. A pie with a negative amount
    has no shares, so it is made of columns.
    """
    series = _on_one_line(series)
    tall = style.HEIGHT
    if not has_shares(series):
        grid = column_grid(series)
        plot, legend = columns(series, grid)
    else:
        slices = slices_of(series)
        listed = is_listed(slices)
        grid = pie_grid(series, slices, listed=listed) if slices else column_grid(series)
        tall = height_with_legend(grid) if listed else tall
        plot, legend = pie(grid, slices, series.unit, tall)
    note = _note(NO_FIGURES, tall) if is_empty(series) else ""
    chart = element(
        "c:chart",
        note,
        # Without this Word puts the name of a single series over the chart.
        val("c:autoTitleDeleted", 0 if note else 1),
        plot,
        legend,
        val("c:plotVisOnly", 1),
        val("c:dispBlanksAs", "gap"),
    )
    space = element(
        "c:chartSpace",
        val("c:date1904", 0),
        val("c:lang", "zh-CN"),
        val("c:roundedCorners", 0),
        chart,
        shape(style.PAPER, style.RULE if note else None),
        words_style(style.TEXT_SIZE),
        element("c:externalData", val("c:autoUpdate", 0), **{"r:id": WORKBOOK_RELATION}),
        **NAMESPACES,
    )
    return NativeChart((DECLARATION + space).encode(), workbook(grid), style.WIDTH, tall)


def _note(words: str, tall: float) -> str:
    """Words in the middle of a chart without figures."""
    corner = ((style.WIDTH - width(words, style.TEXT_SIZE)) / 2, tall / 2)
    return heading(words, style.TEXT_SIZE, style.FAINT, corner, tall)


def _on_one_line(series: ChartSeries) -> ChartSeries:
    """The series with names that may stand in an XML file and in a cell."""
    return replace(
        series,
        groups=tuple(map(cleaned, series.groups)),
        series=tuple((cleaned(name), figures) for name, figures in series.series),
        unit=cleaned(series.unit),
    )
