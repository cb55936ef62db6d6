"""What a chart shows, before anybody draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from disclosure.model.figure import Figure


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One chart: two years side by side (`kind` "column") or a structure (`kind` "pie").

    `groups` are the labels on the axis (收入, 支出) or of the slices; `series` the name of each
    set of bars (2022年度, 2023年度) with one figure per group; a pie has one series. `labels` are
    the figures as the pack prints them, in the same order. `unit` stands on the axis (万元).
    `description` is the alternative text, with the figures in words.
    """

    number: int
    title: str
    kind: Literal["column", "pie"]
    groups: tuple[str, ...]
    series: tuple[tuple[str, tuple[Figure, ...]], ...]
    labels: tuple[tuple[str, ...], ...]
    unit: str
    description: str

    @property
    def caption(self) -> str:
        """图1：收、支决算总计变动情况"""
        return f"图{self.number}：{self.title}"
