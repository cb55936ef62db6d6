"""What the charts of the report show, out of the same figures as tables and sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from disclosure.model.chart import ChartSeries
from disclosure.model.figure import WAN, Figure, rounded
from disclosure.narrate.names import chart_caption
from disclosure.narrate.voice import Voice
from disclosure.schema.pack import ChartLayout

NO_FIGURE, TO_COME = "无数据", "待填"


def chart_series(voice: Voice) -> dict[str, ChartSeries]:
    """Every chart of the pack by its key, numbered in the pack's order."""
    return {
        str(layout.key): _series(voice, number, layout)
        for number, layout in enumerate(voice.layout.charts, 1)
    }


def _series(voice: Voice, number: int, layout: ChartLayout) -> ChartSeries:
    year = voice.report.year
    groups = tuple(layout.figures)
    names = list(layout.figures.values())
    if layout.kind == "柱形":
        series = tuple(
            (_period(voice, shown), tuple(_figure(voice, name, shown) for name in names))
            for shown in (year - 1, year)
        )
    else:
        series = ((_period(voice, year), tuple(_figure(voice, name, year) for name in names)),)
    labels = tuple(tuple(_label(voice, figure) for figure in figures) for _, figures in series)
    series = tuple((name, _drawable(figures, layout.kind)) for name, figures in series)
    return ChartSeries(
        number=number,
        title=layout.title,
        kind="column" if layout.kind == "柱形" else "pie",
        groups=groups,
        series=series,
        labels=labels,
        unit=WAN,
        description=_description(layout, groups, series, labels),
        caption=chart_caption(voice, number, layout),
    )


def _period(voice: Voice, year: int) -> str:
    return voice.say("图年度", 图中年度=year).plain


def _figure(voice: Voice, name: str, year: int) -> Figure:
    found = voice.report.figures.get(name, year)
    if found is not None:
        return found
    this_year = voice.figure(name)
    return Figure(f"{year}/{name}", None, this_year.unit, this_year.style, this_year.source)


def _drawable(figures: tuple[Figure, ...], kind: str) -> tuple[Figure, ...]:
    """The figures as a chart takes them: what is still to be filled in is not drawn.

    A slice is a share of the whole, so a pie waits for all of its slices.
    """
    waiting = any(figure.waiting for figure in figures)
    if kind != "柱形" and waiting:
        return tuple(replace(figure, amount=None, waiting=False) for figure in figures)
    return tuple(replace(f, waiting=False) if f.waiting else f for f in figures)


def _label(voice: Voice, figure: Figure) -> str:
    if figure.waiting:
        return TO_COME
    return NO_FIGURE if figure.amount is None else voice.speaker.show(figure)


def _description(
    layout: ChartLayout,
    groups: tuple[str, ...],
    series: tuple[tuple[str, tuple[Figure, ...]], ...],
    labels: tuple[tuple[str, ...], ...],
) -> str:
    """Alternative text: the chart's figures in words."""
    parts = []
    for (name, figures), shown in zip(series, labels, strict=True):
        whole = sum((f.value for f in figures), Decimal(0))
        told = [
            f"{group}{label}{WAN if label not in (NO_FIGURE, TO_COME) else ''}"
            + (f"（占{_share(figure, whole)}%）" if layout.kind == "饼形" and whole else "")
            for group, label, figure in zip(groups, shown, figures, strict=True)
        ]
        parts.append(f"{name}：{'，'.join(told)}")
    return f"{layout.title}。{'；'.join(parts)}。"


def _share(figure: Figure, whole: Decimal) -> str:
    text = f"{rounded(figure.value / whole * 100, 1):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
