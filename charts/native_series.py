"""What is in every `c:ser` of a native chart: its name, words and amounts, and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from charts import style
from charts.drawingml import element, shape, text, val, words_style
from charts.grid import SHEET, Grid
from charts.layout import plain

UPRIGHT = -90  # degrees, clockwise


@dataclass(frozen=True, slots=True)
class Labels:
    """How amounts stand at their marks: `size` in points, `turned` upright, `named` with the
    words of the group above the amount."""

    size: float = style.TEXT_SIZE
    turned: bool = False
    named: bool = False


def start_of_series(grid: Grid, nth: int, at: int) -> str:
    """The first elements of the `nth` series, whose amounts stand in column `at`."""
    name = element("c:tx", _words(grid, at, 0, 0))
    return val("c:idx", nth) + val("c:order", nth) + name


def end_of_series(grid: Grid, at: int) -> str:
    """The words of the groups (column A) and the amounts of a series."""
    last = len(grid[at]) - 1
    words = element("c:cat", _words(grid, 0, 1, last))
    return words + element("c:val", _amounts(grid, at, 1, last))


def labels(formats: Mapping[int, str | None], how: Labels) -> str:
    """`c:dLbls`: the number format of each point's label, None for a point without one.

    A point not mentioned has no amount; it gets a label when someone types one.
    """
    usual = next((shown for shown in formats.values() if shown is not None), None)
    if usual is None:
        return element("c:dLbls", val("c:delete", 1))
    own = [
        element("c:dLbl", val("c:idx", nth), _label(shown, how))
        for nth, shown in formats.items()
        if shown != usual
    ]
    leaders = val("c:showLeaderLines", 1) if how.named else ""
    return element("c:dLbls", *own, _label(usual, how), leaders)


def _label(shown: str | None, how: Labels) -> str:
    if shown is None:
        return val("c:delete", 1)
    flags = {
        "c:showLegendKey": 0,
        "c:showVal": 1,
        "c:showCatName": int(how.named),
        "c:showSerName": 0,
        "c:showPercent": 0,
        "c:showBubbleSize": 0,
    }
    return "".join(
        [
            element("c:numFmt", formatCode=shown, sourceLinked=0),
            shape(None),
            words_style(how.size, turn=UPRIGHT if how.turned else None),
            val("c:dLblPos", "outEnd"),
            *(val(name, flag) for name, flag in flags.items()),
            text("c:separator", "\n") if how.named else "",
        ]
    )


def _words(grid: Grid, at: int, first: int, last: int) -> str:
    cells = [str(cell.value) for cell in grid[at][first : last + 1]]
    points = [element("c:pt", text("c:v", words), idx=nth) for nth, words in enumerate(cells)]
    cache = element("c:strCache", val("c:ptCount", len(cells)), *points)
    return element("c:strRef", text("c:f", _place(at, first, last)), cache)


def _amounts(grid: Grid, at: int, first: int, last: int) -> str:
    """Amounts as they stand in the workbook; an amount not reported is a gap."""
    cells = grid[at][first : last + 1]
    usual = next((cell.shown for cell in cells if cell.value is not None), "General")
    points = []
    for nth, cell in enumerate(cells):
        if isinstance(cell.value, Decimal):
            own = {} if cell.shown == usual else {"formatCode": cell.shown}
            points.append(element("c:pt", text("c:v", plain(cell.value)), idx=nth, **own))
    count = val("c:ptCount", len(cells))
    cache = element("c:numCache", text("c:formatCode", usual), count, *points)
    return element("c:numRef", text("c:f", _place(at, first, last)), cache)


def _place(at: int, first: int, last: int) -> str:
    """数据!$B$2:$B$3"""
    column = chr(ord("A") + at)
    end = f":${column}${last + 1}" if last > first else ""
    return f"{SHEET}!${column}${first + 1}{end}"
