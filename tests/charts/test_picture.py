"""What a drawn chart shows, and that it is the same bytes on any day."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib import rc_context
from matplotlib.text import Text
from PIL import Image

import charts.engine
from charts import Picture, draw, style
from charts.columns import draw_columns
from charts.layout import share, ticks, wrapped
from charts.pie import draw_pie, height_of_pie
from charts.sheet import Sheet, blank_sheet
from disclosure.model.chart import ChartSeries
from disclosure.model.figure import WAN, Figure
from disclosure.model.place import DisclosureError, Location

ROOT = Path(__file__).parents[2]


def a_figure(amount: str | None) -> Figure:
    exact = None if amount is None else Decimal(amount)
    return Figure("2023/支出/合计", exact, WAN, "金额", Location("expenditure.yaml", 3))


def a_column_chart(
    this_year: Iterable[str | None] = ("541.04", "530.12"),
    last_year: Iterable[str | None] = ("1309.21", "1309.21"),
    groups: Iterable[str] = ("收入", "支出"),
) -> ChartSeries:
    years = {"2022年度": tuple(last_year), "2023年度": tuple(this_year)}
    return ChartSeries(
        number=1,
        title="收、支决算总计变动情况",
        kind="column",
        groups=tuple(groups),
        series=tuple((year, tuple(map(a_figure, row))) for year, row in years.items()),
        labels=tuple(tuple(amount or "" for amount in row) for row in years.values()),
        unit=WAN,
        description="",
    )


def a_pie(**parts: str | None) -> ChartSeries:
    return ChartSeries(
        number=2,
        title="收入决算结构",
        kind="pie",
        groups=tuple(parts),
        series=(("2023年度", tuple(map(a_figure, parts.values()))),),
        labels=(tuple(amount or "" for amount in parts.values()),),
        unit=WAN,
        description="",
    )


SIX_SOURCES = a_pie(
    财政拨款收入="372.92",
    上级补助收入="20",
    事业收入="168.12",
    经营收入="50.5",
    附属单位上缴收入="25",
    其他收入="31.5",
)
EIGHT_WITH_TINY_ONES = a_pie(
    一般公共预算财政拨款收入="5000",
    政府性基金预算财政拨款收入="120",
    国有资本经营预算财政拨款收入="0.5",
    上级补助收入="3",
    事业收入="168.12",
    经营收入="1.8",
    附属单位上缴收入="0.9",
    其他收入="31.5",
)
LONG_NAME = "一般公共预算财政拨款收入总计（含上年结转和结余、使用非财政拨款结余和专用结余）"
CASES = {
    "two years": a_column_chart(),
    "a fall of 90 %": a_column_chart(this_year=("130.92", "130.92")),
    "no prior year": a_column_chart(last_year=(None, None)),
    "negative amounts": a_column_chart(("-220.33", "441.04"), ("-120.33", "-0.5")),
    "all zero": a_column_chart(("0", "0"), ("0", "0")),
    "amounts in 元": a_column_chart(("5410400000.33", "5410400000.44"), ("13092100000.12", "1")),
    "eight groups": a_column_chart(["123456.78"] * 8, ["1309.21"] * 8, [LONG_NAME] * 8),
    "long name": a_column_chart(groups=(LONG_NAME, "支出")),
    "two slices": a_pie(财政拨款收入="372.92", 事业收入="168.12"),
    "six slices": SIX_SOURCES,
    "one slice": a_pie(财政拨款收入="541.04"),
    "eight slices": EIGHT_WITH_TINY_ONES,
    "many equal slices": a_pie(**{f"第{n}类支出": "10" for n in range(26)}),
    "empty pie": a_pie(财政拨款收入="0", 事业收入=None),
    "pie with a negative amount": a_pie(财政拨款收入="372.92", 事业收入="-18.12"),
}
every_case = pytest.mark.parametrize("case", CASES)


@cache
def drawn(case: str) -> Picture:
    return draw(CASES[case])


def pixels(picture: Picture, tone: str) -> int:
    """How many pixels of the PNG have exactly this tone."""
    image = Image.open(BytesIO(picture.png)).convert("RGB")
    colours = {colour: count for count, colour in image.getcolors(256) or ()}
    return colours.get(tuple(bytes.fromhex(tone[1:])), 0)


def texts(sheet: Sheet) -> list[Text]:
    return [text for text in sheet._figure.findobj(Text) if isinstance(text, Text)]


def words(series: ChartSeries) -> list[str]:
    """What is written on the chart."""
    with blank_sheet(style.WIDTH, style.HEIGHT) as sheet:
        (draw_pie if series.kind == "pie" else draw_columns)(sheet, series)
        return [text.get_text() for text in texts(sheet)]


@every_case
def test_a_picture_has_its_size_on_paper_at_200_dots_an_inch(case: str) -> None:
    picture = drawn(case)

    image = Image.open(BytesIO(picture.png))
    assert image.format == "PNG"
    assert image.width == int(picture.width_mm / 25.4 * 200)
    assert image.height == int(picture.height_mm / 25.4 * 200)
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.01)
    assert ElementTree.fromstring(picture.svg).tag == "{http://www.w3.org/2000/svg}svg"


@every_case
def test_the_paper_is_white_and_something_is_printed_on_it(case: str) -> None:
    picture = drawn(case)

    assert Image.open(BytesIO(picture.png)).convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert pixels(picture, style.INK) + pixels(picture, style.FAINT) > 100


@every_case
def test_no_text_lies_over_another_or_leaves_the_sheet(case: str) -> None:
    series = CASES[case]
    height = height_of_pie(series) if series.kind == "pie" else style.HEIGHT
    negative = any(figure.value < 0 for figure in series.series[0][1])
    with blank_sheet(style.WIDTH, height) as sheet:
        if series.kind == "column" or negative:
            draw_columns(sheet, series)
        else:
            draw_pie(sheet, series)
        wide, high = sheet._canvas.get_width_height()
        boxes = [text.get_window_extent() for text in texts(sheet)]

    assert boxes
    for nth, box in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high
        for other in boxes[:nth]:
            apart = min(box.x1, other.x1) <= max(box.x0, other.x0) + 1
            assert apart or min(box.y1, other.y1) <= max(box.y0, other.y0) + 1


@every_case
def test_drawn_twice_the_bytes_are_equal(case: str) -> None:
    assert draw(CASES[case]) == drawn(case)


def test_bytes_do_not_depend_on_the_hash_seed_of_the_process() -> None:
    program = (
        "from hashlib import sha256; from test_picture import CASES, draw\n"
        "for series in CASES.values():\n"
        "    picture = draw(series)\n"
        "    print(sha256(picture.png + picture.svg).hexdigest())\n"
    )
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    )

    assert len(first) == len(CASES)
    assert first == second


def test_settings_of_the_user_do_not_show_in_the_picture() -> None:
    with rc_context({"font.size": 30.0, "savefig.dpi": 50.0, "patch.linewidth": 9.0}):
        assert draw(CASES["two years"]) == drawn("two years")


def test_bars_are_as_long_as_their_amounts() -> None:
    picture = draw(a_column_chart(this_year=("100", "100"), last_year=("1000", "1000")))

    this_year = pixels(picture, style.THIS_YEAR)
    last_year = pixels(picture, style.EARLIER_YEARS[0])
    assert this_year / last_year == pytest.approx(0.1, abs=0.02)


def test_figures_stand_on_the_bars_as_the_pack_prints_them() -> None:
    assert {"1309.21", "541.04", "530.12", "单位：万元"} < set(words(a_column_chart()))


def test_the_title_is_left_to_the_caption() -> None:
    assert not any("变动情况" in word for word in words(a_column_chart()))


def test_a_year_not_reported_has_no_bar_but_says_so() -> None:
    assert words(CASES["no prior year"]).count("无数据") == 2
    key = pixels(drawn("no prior year"), style.EARLIER_YEARS[0])
    assert 0 < key < 1000  # only the little square beside 2022年度


def test_zero_is_printed_as_a_figure_and_has_no_bar() -> None:
    series = a_column_chart(this_year=("0", "0"))

    assert words(series).count("无数据") == 0
    assert pixels(draw(series), style.THIS_YEAR) < 1000


def test_negative_bars_hang_below_the_zero_line() -> None:
    up = draw(a_column_chart(("500",), ("500",), ("结余",)))
    down = draw(a_column_chart(("-500",), ("-500",), ("结余",)))

    assert pixels(down, style.THIS_YEAR) == pytest.approx(pixels(up, style.THIS_YEAR), rel=0.2)
    assert "-500" in words(a_column_chart(("-500",), ("-500",), ("结余",)))


def test_a_pie_says_name_amount_and_share_of_each_slice() -> None:
    found = words(a_pie(财政拨款收入="372.92", 事业收入="168.12"))

    assert "财政拨款收入\n372.92，占68.9%" in found
    assert "事业收入\n168.12，占31.1%" in found


def test_slices_of_zero_are_left_out() -> None:
    found = words(a_pie(财政拨款收入="541.04", 事业收入="0", 经营收入=None))

    assert "财政拨款收入\n541.04，占100%" in found
    assert not any("事业" in word or "经营" in word for word in found)


def test_a_whole_pie_shows_no_seam() -> None:
    picture = drawn("one slice")

    image = Image.open(BytesIO(picture.png)).convert("L")
    column = [image.getpixel((image.width // 2, y)) for y in range(image.height // 4, 300)]
    assert len(set(column)) == 1


def test_small_slices_are_named_in_a_list_with_amounts() -> None:
    found = words(EIGHT_WITH_TINY_ONES)

    assert "③ 国有资本经营预算\n\u3000 财政拨款收入" in found
    assert {"0.5", "不足0.1%", "① 93.9%", "⑤ 3.2%"} < set(found)
    assert not any(word.startswith("②") and "%" in word for word in found)  # 2.3 %


def test_a_long_list_makes_the_sheet_higher() -> None:
    assert drawn("many equal slices").height_mm > style.HEIGHT


def test_nothing_to_show_is_an_empty_frame() -> None:
    assert draw(a_pie(财政拨款收入="0")) == draw(a_column_chart((None, None), (None, None)))


def test_what_the_font_lacks_is_printed_as_a_geta_mark() -> None:
    assert "财政〓拨款" in words(a_column_chart(groups=("财政😀拨款", "支出")))


def test_a_dollar_sign_is_not_a_formula() -> None:
    assert draw(a_column_chart(groups=(r"$\frac$", "支出")))  # as a formula it has no meaning


def test_a_missing_glyph_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "_printable", lambda _, text: text)

    with pytest.raises(UserWarning, match="missing"):
        draw(a_column_chart(groups=("财政😀拨款", "支出")))


def test_without_the_font_the_clerk_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts.engine, "find_spec", lambda _: None)

    with pytest.raises(DisclosureError, match="pip install pylopdf-fonts-zh-cn"):
        draw(a_column_chart())


def test_lines_break_between_words_and_not_before_a_mark() -> None:
    assert wrapped("国有资本经营预算财政拨款收入", 22, 7.5).split("\n") == [
        "国有资本经营预算",
        "财政拨款收入",
    ]
    assert not any(line[0] in "，。）" for line in wrapped(LONG_NAME, 20, 8.5).split("\n"))


def test_the_axis_has_round_steps_around_all_amounts() -> None:
    assert ticks(Decimal(0), Decimal("1309.21")) == tuple(map(Decimal, (0, 500, 1000, 1500)))
    assert ticks(Decimal("-0.02"), Decimal("0.07"))[0] == Decimal("-0.02")


@pytest.mark.parametrize(
    ("amount", "shown"), [("372.92", "68.9%"), ("541.04", "100%"), ("0.01", "不足0.1%")]
)
def test_a_share_has_one_decimal_and_is_never_nothing(amount: str, shown: str) -> None:
    assert share(Decimal(amount), Decimal("541.04")) == shown
