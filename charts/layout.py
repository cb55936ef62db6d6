"""Where things go: text widths, wrapping, the steps of an axis, labels that keep apart. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from unicodedata import east_asian_width

from charts import style
from disclosure.model.figure import rounded

FIGURE_ROOM = 5.0  # mm beyond the longest bar, for its figure

# What a line is not broken within: the field's everyday words, a Latin word or figure, and a
# mark with the word it belongs to (避头尾).
_UNBROKEN = re.compile(
    "[（《“]*(?:财政|拨款|预算|决算|收入|支出|结转|结余|经营|国有|资本|公共|基金|补助|上缴|单位"
    "|服务|保障|社会|事业|项目|教育|卫生|健康|住房|农林|科学|技术|文化|交通|运输|[A-Za-z0-9.]+|.)"
    "[，。、；：！？）》”…%]*"
)


def ems(text: str) -> float:
    """How wide the text is, in ems of its font: near enough to keep things apart."""
    return sum(1.0 if east_asian_width(c) in "WFA" else style.LATIN_EM for c in text)


def width(text: str, size: float) -> float:
    """How wide the longest line is, in mm, set at `size` points."""
    return max(map(ems, text.split("\n"))) * size * style.MM_PER_POINT


def height(text: str, size: float) -> float:
    """How much room the lines take, in mm, set at `size` points."""
    return (text.count("\n") + 1) * size * style.LINE_PITCH * style.MM_PER_POINT


def wrapped(text: str, room: float, size: float) -> str:
    """The text in lines of about equal length, none wider than `room` mm."""
    text = " ".join(text.split())
    most = max(room / (size * style.MM_PER_POINT), 2.0)
    whole = ems(text)
    if whole <= most:
        return text
    even = whole / math.ceil(whole / most)
    lines = [""]
    for word in _UNBROKEN.findall(text):
        for piece in [word] if ems(word) <= most else word:
            before, after = ems(lines[-1]), ems(lines[-1] + piece)
            # Break where the line comes nearest to its even share of the text.
            if before and (after > most or after - even > even - before):
                lines.append("")
            lines[-1] += piece
    if len(lines) > style.MOST_LINES:
        lines = [*lines[: style.MOST_LINES - 1], lines[style.MOST_LINES - 1][:-1] + "…"]
    return "\n".join(lines)


def ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round steps (1, 2 or 5) from at or below `low` to at or above `high`, at most seven."""
    whole = high - low
    if not whole:
        return (low,)
    power = Decimal(1).scaleb(whole.adjusted() - 1)
    step = next(power * n for n in (1, 2, 5, 10, 20) if whole <= power * n * 5)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(step * n for n in range(first, last + 1))


def plain(number: Decimal) -> str:
    """The number without exponent and without zeros at its end: 500, 0.5."""
    return f"{number.normalize() if number else Decimal(0):f}"


def share(amount: Decimal, total: Decimal) -> str:
    """占比 of a slice, one decimal, trimmed: 68.9%. Never 0% of something."""
    percent = rounded(amount * 100 / total, 1)
    return f"{plain(percent)}%" if percent else "不足0.1%"


def bar_pitch(slot: float, count: int) -> float:
    """From one bar of a group to the next, in mm, for `count` bars in a group's room of `slot`."""
    return min(style.WIDEST_BAR + style.BAR_GAP, slot * style.GROUP_FILL / count)


def figure_size(words: list[str], room: float) -> tuple[float, bool, float]:
    """Size for all figures on the bars, whether they stand upright, and the room above a bar."""
    size = style.TEXT_SIZE
    while size > style.LEAST_SIZE and max(width(word, size) for word in words) > room:
        size -= 0.5
    longest = max(width(word, size) for word in words)
    return (size, True, longest + 2) if longest > room else (size, False, FIGURE_ROOM)


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Middles for labels, given from the top down: as wanted, but none over another."""
    placed: list[float] = []
    ceiling = high
    for middle, tall in zip(wanted, heights, strict=True):
        placed.append(min(middle, ceiling - tall / 2))
        ceiling = placed[-1] - tall / 2
    floor = low
    for index in reversed(range(len(placed))):
        placed[index] = max(placed[index], floor + heights[index] / 2)
        floor = placed[index] + heights[index] / 2
    return placed
