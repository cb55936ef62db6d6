"""What a chart shows, before anybody draws it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from disclosure.model.figure import Figure


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One chart: two years side by side (`kind` "column") or a structure (`kind` "pie").

    `groups` are the labels on the axis (收入, 支出) or of the slices; `series` the name of each
    set of bars (<年度>年度) with one figure per group; a pie has one series. `labels` are the
    figures as the pack prints them, in the same order. `unit` stands on the axis (万元).
    `description` is the alternative text, with the figures in words; `caption` stands over the
    picture (图1：收、支决算总计变动情况), in the pack's words.
    """

    number: int
    title: str
    kind: Literal["column", "pie"]
    groups: tuple[str, ...]
    series: tuple[tuple[str, tuple[Figure, ...]], ...]
    labels: tuple[tuple[str, ...], ...]
    unit: str
    description: str
    caption: str = ""

    @property
    def label(self) -> str:
        """图1: how the text refers to the chart; "" where the caption has no such number."""
        return label_of(self.caption, self.number)


def label_of(caption: str, number: int) -> str:
    """The caption up to and with its number: 图1."""
    found = re.search(rf"(?<!\d){number}(?!\d)", caption)
    return caption[: found.end()] if found else ""
