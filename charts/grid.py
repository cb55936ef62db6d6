"""The sheet behind a native chart: one grid of cells, for its workbook and for its caches alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from charts import style
from charts.layout import ems
from charts.shown import NOT_REPORTED, Slice
from disclosure.model.chart import ChartSeries
from disclosure.model.figure import Figure, rounded

SHEET = "数据"
UNIT = "单位：{}"
TEXT_HEADING = "图上文字（由右边各栏得出）"
NAME_HEADING, SHARE_HEADING = "项目", "占比"
SHARE_DIGITS = 15  # what Excel computes with

# Columns of a pie's sheet. What the chart takes stands first, as Word expects of its data.
TEXT, AMOUNT, NAME, SHARE = range(4)

# The zip format's first day: a workbook inside a document has no date of its own.
NO_DATE = datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `shown` is its number format; a `formula` comes to `value`."""

    value: str | Decimal | None
    shown: str = "General"
    formula: str = ""


Grid = tuple[tuple[Cell, ...], ...]  # columns; the first cell of each is its heading


def column_grid(series: ChartSeries) -> Grid:
    """Groups in column A, a year in each column after it."""
    names = (Cell(UNIT.format(series.unit)), *map(Cell, series.groups))
    years = [
        (Cell(_year(name, figures, series)), *map(_amount, figures, labels))
        for (name, figures), labels in zip(series.series, series.labels, strict=True)
    ]
    return (names, *years)


def pie_grid(series: ChartSeries, slices: tuple[Slice, ...], *, listed: bool) -> Grid:
    """The chart's words and the amounts, then what the words are made of.

    占比 is computed here and not by Word, which takes from the largest slice until its whole
    percentages add up to 100 (Microsoft KB 214033). As a formula it still follows an amount that
    a clerk corrects. `listed` words hold all that a slice without a label of its own has to say.
    """
    last = len(slices) + 1
    total = sum((part.figure.value for part in slices), Decimal(0))
    texts, amounts = [Cell(TEXT_HEADING)], [Cell(series.series[0][0])]
    names, shares = [Cell(NAME_HEADING)], [Cell(SHARE_HEADING)]
    for row, part in enumerate(slices, 2):
        amount = _amount(part.figure, part.label)
        of_whole = rounded(part.figure.value / total, SHARE_DIGITS)
        percent = f'IF(ROUND(D{row}*100,1)=0,"不足0.1",ROUND(D{row}*100,1))&"%"'
        if listed:
            text = f"{part.number} {part.name} {part.label}{series.unit}，占{part.share}"
            shown = _quoted(amount.shown)
            between = f"TEXT(B{row},{shown})&{_quoted(f'{series.unit}，占')}"
            formula = f'={_quoted(f"{part.number} ")}&C{row}&" "&{between}&{percent}'
        else:
            text = f"{part.name}\n占{part.share}"
            formula = f'=C{row}&CHAR(10)&"占"&{percent}'
        texts.append(Cell(text, formula=formula))
        amounts.append(amount)
        names.append(Cell(part.name))
        shares.append(Cell(of_whole, "0.0%", f"=B{row}/SUM(B$2:B${last})"))
    return tuple(texts), tuple(amounts), tuple(names), tuple(shares)


def with_words(shown: str, before: str = "", after: str = "") -> str:
    """The number format with words before and after the number."""
    return f"{_literal(before)}{shown}{_literal(after)}"


def workbook(grid: Grid) -> bytes:
    """The grid as .xlsx, the same bytes on any day."""
    import xlsxwriter

    memory = BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True})
    book.set_properties({"created": NO_DATE})
    sheet = book.add_worksheet(SHEET)
    base = {"font_name": style.NATIVE_FONT, "font_size": 10}
    formats = {
        shown: book.add_format({**base, "num_format": shown})
        for shown in dict.fromkeys(cell.shown for column in grid for cell in column)
    }
    for at, column in enumerate(grid):
        texts = [cell.value for cell in column if isinstance(cell.value, str)]
        sheet.set_column(at, at, 2 + 2 * max(ems(line) for t in texts for line in t.split("\n")))
        for row, cell in enumerate(column):
            look = formats[cell.shown]
            if cell.formula:
                sheet.write_formula(row, at, cell.formula, look, cell.value)
            elif isinstance(cell.value, Decimal):
                # XlsxWriter writes 16 digits of any number; a float here would lose nothing,
                # and win nothing.
                sheet.write_number(row, at, cell.value, look)
            elif cell.value:
                sheet.write_string(row, at, cell.value, look)
    book.close()
    return memory.getvalue()


def _year(name: str, figures: tuple[Figure, ...], series: ChartSeries) -> str:
    """The year in the legend, and which of its bars are missing because nothing was reported."""
    missing = [
        group for group, figure in zip(series.groups, figures, strict=True) if figure.amount is None
    ]
    if not missing:
        return name
    which = "" if len(missing) == len(figures) else "、".join(missing)
    return f"{name}（{which}{NOT_REPORTED}）"


def _amount(figure: Figure, label: str) -> Cell:
    """The exact amount, in the number format that prints it like the report; empty: 未填报."""
    if figure.amount is None:
        return Cell(None)
    places = len(label.partition(".")[2])
    if f"{rounded(figure.amount, places):f}" != label:
        return Cell(figure.amount, _literal(label))
    return Cell(figure.amount, f"0.{'0' * places}" if places else "0")


def _literal(words: str) -> str:
    """The words in a number format."""
    return '"' + words.replace('"', '"\\""') + '"' if words else ""


def _quoted(words: str) -> str:
    """The words in a formula."""
    return '"' + words.replace('"', '""') + '"'
