"""A native chart: valid, in step with its workbook, and showing what the picture shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from small_templates import paragraph, write_docx
from test_picture import CASES, LONG_NAME, a_column_chart, a_pie, every_case

from charts import NativeChart, native_chart, style
from charts.layout import share
from charts.shown import NO_FIGURES, has_shares
from disclosure.layout.office import convert, find_office
from disclosure.render.engine import WordTemplate
from disclosure.render.package import ChartFile, DocumentProperties, assemble, chart_markup

ROOT = Path(__file__).parents[2]
NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
VAL = "val"
# A number format as we write it: words in quotation marks, and one number among them.
FORMAT = re.compile(r'"((?:[^"]|"\\"")*)"|(0(?:\.0+)?)')


@cache
def made(case: str) -> NativeChart:
    return native_chart(CASES[case])


def tree(chart: NativeChart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.xml)


def values(chart: NativeChart, path: str) -> list[str | None]:
    """The `val` of every element at a path: c:barDir, c:ser/c:dPt//a:srgbClr."""
    return [found.get(VAL) for found in tree(chart).iterfind(f".//{path}", NAMES)]


def words(chart: NativeChart, path: str) -> list[str]:
    return [found.text or "" for found in tree(chart).iterfind(f".//{path}", NAMES)]


def cached(reference: ElementTree.Element) -> list[str | None]:
    """What a cache says stands in the cells it refers to, in order; None for an empty one."""
    count = int(reference.find(".//c:ptCount", NAMES).get(VAL))
    texts = {int(p.get("idx")): p.find("c:v", NAMES).text for p in reference.iter(tag("c:pt"))}
    return [texts.get(n) for n in range(count)]


def tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def cells(chart: NativeChart, place: str) -> list[object]:
    """What stands in the workbook at 数据!$A$2:$A$3."""
    name, _, area = place.partition("!")
    sheet = openpyxl.load_workbook(BytesIO(chart.workbook), data_only=True)[name]
    found = sheet[area.replace("$", "")]
    return [cell.value for (cell,) in found] if isinstance(found, tuple) else [found.value]


def amounts(chart: NativeChart) -> list[list[Decimal | None]]:
    """The amounts of each series, from the chart's caches."""
    return [
        [None if text is None else Decimal(text) for text in cached(numbers)]
        for numbers in tree(chart).iter(tag("c:numRef"))
    ]


def labels(chart: NativeChart) -> list[list[str | None]]:
    """What stands at each mark: the amount in the number format of its label."""
    return [list(_labels_of(series)) for series in tree(chart).iter(tag("c:ser"))]


def _labels_of(series: ElementTree.Element) -> Iterator[str | None]:
    (group,) = series.iterfind("c:dLbls", NAMES)
    usual = group.find("c:numFmt", NAMES)
    own = {int(one.find("c:idx", NAMES).get(VAL)): one for one in group.iterfind("c:dLbl", NAMES)}
    for nth, amount in enumerate(cached(series.find("c:val/c:numRef", NAMES))):
        shown = own[nth].find("c:numFmt", NAMES) if nth in own else usual
        yield None if amount is None or shown is None else _shown(shown.get("formatCode"), amount)


def _shown(number_format: str, amount: str) -> str:
    """The amount as Word prints it in this number format."""

    def one(found: re.Match[str]) -> str:
        literal, zeros = found.groups()
        places = len(zeros.partition(".")[2]) if zeros else 0
        return f"{Decimal(amount):.{places}f}" if zeros else literal.replace('"\\""', '"')

    return FORMAT.sub(one, number_format)


def a_document(tmp_path: Path, charts: dict[str, NativeChart]) -> bytes:
    """A .docx with a paragraph for each chart."""
    files = [
        ChartFile(name, chart.xml, chart.workbook, chart.width_mm, chart.height_mm, name)
        for name, chart in charts.items()
    ]
    drawn = {f"图{n}": chart_markup(file, n) for n, file in enumerate(files, 1)}
    body = "".join(paragraph(f"{{{{ {name} }}}}") for name in drawn)
    template = WordTemplate.load(write_docx(tmp_path / "charts.docx", body), None)
    properties = DocumentProperties("图", "某单位", "2024-09-10")
    return assemble(template, template.render(drawn), files, properties)


def test_a_validator_of_office_files_finds_nothing(tmp_path: Path) -> None:
    document = a_document(tmp_path, {case: made(case) for case in CASES})
    (tmp_path / "all.docx").write_bytes(document)

    errors = OpenXmlValidator().validate(tmp_path / "all.docx").errors

    assert [error.description for error in errors] == []


@every_case
def test_caches_say_what_the_workbook_says(case: str) -> None:
    chart = made(case)

    references = [*tree(chart).iter(tag("c:strRef")), *tree(chart).iter(tag("c:numRef"))]
    for reference in references:
        place = reference.find("c:f", NAMES).text
        held = cells(chart, place)
        if reference.tag == tag("c:numRef"):
            assert [None if t is None else float(t) for t in cached(reference)] == held
        else:
            assert cached(reference) == held
    assert len(references) == 3 * len(CASES[case].series)


@every_case
def test_amounts_are_the_figures_exactly(case: str) -> None:
    series, chart = CASES[case], made(case)
    figures = [[figure.amount for figure in row] for _, row in series.series]
    if has_shares(series) and any(map(any, figures)):
        figures = [[amount for amount in row if amount] for row in figures]

    assert amounts(chart) == figures


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case].kind == "column"])
def test_labels_on_bars_print_what_the_report_prints(case: str) -> None:
    series = CASES[case]

    assert labels(made(case)) == [
        [label if figure.amount is not None else None for figure, label in zip(*row, strict=True)]
        for row in zip((figures for _, figures in series.series), series.labels, strict=True)
    ]


def test_decimals_are_those_of_the_report() -> None:
    this_year = ("541.04", "309.8", "5")
    last_year = ("0", "0.5", "1309.20")
    chart = a_column_chart(this_year, last_year, ("甲", "乙", "丙"))

    assert labels(native_chart(chart)) == [list(last_year), list(this_year)]


def test_a_figure_is_shown_rounded_and_kept_exact() -> None:
    series = replace(a_column_chart(("309.784",), ("2",), ("甲",)), labels=(("2",), ("309.78",)))

    chart = native_chart(series)

    assert amounts(chart)[1] == [Decimal("309.784")]
    assert labels(chart)[1] == ["309.78"]


def test_words_that_are_no_number_are_printed_as_they_are() -> None:
    series = replace(a_column_chart(("7",), ("8",), ("甲",)), labels=(('约"8"',), ("7",)))

    assert labels(native_chart(series)) == [['约"8"'], ["7"]]


def test_two_years_stand_side_by_side_this_year_dark() -> None:
    chart = made("two years")

    assert values(chart, "c:barChart/c:barDir") == ["col"]
    assert values(chart, "c:barChart/c:grouping") == ["clustered"]
    fills = values(chart, "c:ser/c:spPr/a:solidFill/a:srgbClr")
    assert [f"#{tone}".lower() for tone in fills] == [style.EARLIER_YEARS[0], style.THIS_YEAR]
    assert words(chart, "c:ser/c:tx//c:v") == ["2022年度", "2023年度"]
    assert words(chart, "c:valAx/c:title//a:t") == ["单位：万元"]
    assert values(chart, "c:legend/c:legendPos") == ["t"]


@every_case
def test_only_tones_of_the_pictures_and_one_face_are_used(case: str) -> None:
    chart = made(case)

    assert {f"#{tone}".lower() for tone in values(chart, "a:srgbClr")} <= {
        style.PAPER,
        *style.TONES,
    }
    faces = [*tree(chart).iter(tag("a:latin")), *tree(chart).iter(tag("a:ea"))]
    assert {face.get("typeface") for face in faces} == {style.NATIVE_FONT}


@every_case
def test_the_title_stands_in_the_caption_alone(case: str) -> None:
    chart = made(case)
    (inside,) = tree(chart).iterfind("c:chart", NAMES)

    assert CASES[case].title not in chart.xml.decode()
    assert [t.text for t in inside.iterfind("c:title//a:t", NAMES)] in ([], [NO_FIGURES])
    assert values(chart, "c:dispBlanksAs") == ["gap"]


def test_the_axis_begins_at_zero_unless_something_lies_below() -> None:
    assert values(made("two years"), "c:valAx/c:scaling/c:min") == ["0"]
    assert values(made("negative amounts"), "c:valAx/c:scaling/c:min") == []


def test_a_year_not_reported_is_a_gap_and_says_so() -> None:
    chart = made("no prior year")

    assert amounts(chart)[0] == [None, None]
    assert words(chart, "c:ser/c:tx//c:v") == ["2022年度（无数据）", "2023年度"]


def test_one_figure_not_reported_is_named() -> None:
    chart = native_chart(a_column_chart(last_year=("1309.21", None)))

    assert amounts(chart)[0] == [Decimal("1309.21"), None]
    assert words(chart, "c:ser/c:tx//c:v")[0] == "2022年度（支出无数据）"


def test_a_few_slices_have_their_words_around_the_pie() -> None:
    chart = made("two slices")

    assert words(chart, "c:cat//c:v") == ["财政拨款收入\n占68.9%", "事业收入\n占31.1%"]
    assert labels(chart) == [["372.92万元", "168.12万元"]]
    assert values(chart, "c:ser/c:dLbls/c:showCatName") == ["1"]
    assert values(chart, "c:legend/c:legendPos") == []


def test_zero_slices_are_left_out() -> None:
    chart = native_chart(a_pie(财政拨款收入="372.92", 经营收入="0", 事业收入="168.12", 其他=None))

    assert [text.partition("\n")[0] for text in words(chart, "c:cat//c:v")] == [
        "财政拨款收入",
        "事业收入",
    ]


def test_a_whole_of_one_slice_has_no_seam() -> None:
    chart = made("one slice")

    assert words(chart, "c:cat//c:v") == ["财政拨款收入\n占100%"]
    assert tree(chart).find(".//c:dPt/c:spPr/a:ln/a:noFill", NAMES) is not None


def test_with_tiny_slices_a_legend_at_the_right_says_everything() -> None:
    series, chart = CASES["eight slices"], made("eight slices")

    ((_, figures),) = series.series
    total = sum((figure.value for figure in figures), Decimal(0))
    assert values(chart, "c:legend/c:legendPos") == ["r"]
    for text, name, figure in zip(words(chart, "c:cat//c:v"), series.groups, figures, strict=True):
        assert text[1:] == f" {name} {figure.amount}万元，占{share(figure.value, total)}"
    assert labels(chart) == [["① 5000万元", None, None, None, "⑤", None, None, None]]


def test_neighbours_too_near_for_words_are_listed() -> None:
    assert values(native_chart(a_pie(甲="90", 乙="5", 丙="5")), "c:legendPos") == ["r"]
    assert values(native_chart(a_pie(甲="60", 乙="20", 丙="20")), "c:legendPos") == []


def test_a_long_legend_makes_the_chart_taller() -> None:
    assert made("many equal slices").height_mm > made("eight slices").height_mm == style.HEIGHT


def test_a_pie_with_a_negative_amount_is_made_of_columns() -> None:
    chart = made("pie with a negative amount")

    assert values(chart, "c:barChart/c:barDir") == ["col"]
    assert amounts(chart) == [[Decimal("372.92"), Decimal("-18.12")]]


def test_a_pie_without_figures_says_so_and_keeps_its_groups() -> None:
    chart = made("empty pie")

    assert words(chart, "c:title//a:t") == [NO_FIGURES]
    assert words(chart, "c:cat//c:v") == ["财政拨款收入", "事业收入"]
    assert labels(chart) == [[None, None]]


def test_the_words_of_a_slice_are_formulas_over_its_amount() -> None:
    book = openpyxl.load_workbook(BytesIO(made("two slices").workbook))

    (first, *_) = book["数据"].iter_rows(min_row=2, values_only=True)
    text, amount, name, part = first
    assert (amount, name, part) == (372.92, "财政拨款收入", "=B2/SUM(B$2:B$3)")
    assert text.startswith("=C2&CHAR(10)") and "D2" in text


def test_any_name_stands_in_the_chart_and_in_its_workbook() -> None:
    odd = 'A&B <"收入">\n二\x07\ufffe'
    chart = native_chart(a_column_chart(groups=(odd, "=1+1")))

    assert words(chart, "c:cat//c:v") == ['A&B <"收入"> 二', "=1+1"] * 2
    assert cells(chart, "数据!$A$2:$A$3") == ['A&B <"收入"> 二', "=1+1"]


def test_long_names_leave_room_for_the_bars() -> None:
    tall = values(native_chart(a_column_chart(groups=[LONG_NAME] * 2)), "c:plotArea/c:layout//c:h")

    assert float(tall[0] or 0) > 0.3


def test_bytes_do_not_depend_on_the_day_or_the_hash_seed_of_the_process() -> None:
    program = (
        "from hashlib import sha256; from charts import native_chart; import sys\n"
        "from test_picture import CASES\n"
        "for series in CASES.values():\n"
        "    chart = native_chart(series)\n"
        "    print(sha256(chart.xml + chart.workbook).hexdigest())\n"
    )
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONPATH": paths, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    )

    assert len(first) == len(CASES)
    assert first == second


def test_matplotlib_is_not_needed() -> None:
    program = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from charts import native_chart\n"
        "from disclosure.model.chart import ChartSeries\n"
        "from disclosure.model.figure import Figure\n"
        "from decimal import Decimal\n"
        "figure = Figure('2023/收入', Decimal(1), '万元', '金额', None)\n"
        "series = ChartSeries(1, '题', 'pie', ('甲',), (('2023', (figure,)),), (('1',),), '万元', '')\n"
        "print(len(native_chart(series).xml))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)

    assert int(ran.stdout) > 1000


@pytest.mark.skipif(find_office() is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_draws_the_charts_with_their_words(tmp_path: Path) -> None:
    import pypdfium2

    office = find_office()
    assert office is not None
    drawn = {case: made(case) for case in ("two years", "two slices", "eight slices")}

    pdf = convert(office, {"charts": a_document(tmp_path, drawn)}, None)["charts"]

    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    text = re.sub(r"\s", "", "".join(pages))
    for shown in ("1309.21", "541.04", "单位：万元", "2022年度", "372.92万元", "占31.1%"):
        assert shown in text
    assert "⑧其他收入31.5万元，占0.6%" in text
    colours = {
        pixel
        for page in document
        for _, pixel in page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 20)
    }
    assert {
        tuple(bytes.fromhex(tone[1:])) for tone in (style.THIS_YEAR, *style.SLICES[:3])
    } <= colours
