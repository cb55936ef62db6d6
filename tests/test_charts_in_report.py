"""Charts in the finished report: as pictures or as charts of Word's own, by one setting."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from builders import a_voice, faultless
from openxml_audit import OpenXmlValidator

from charts import native_chart
from disclosure.load.phrasebook import Phrasebook
from disclosure.model.chart import label_of
from disclosure.model.place import Location
from disclosure.model.text import Snippet
from disclosure.pipeline import Build, build, newest_year
from disclosure.render.printing import caption_anchor

ROOT = Path(__file__).parents[1]
UNIT, PACKS = ROOT / "content", ROOT / "templates"
Make = Callable[..., Build]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Builds the unit that comes with the product; pictures are drawn once."""
    cache = tmp_path_factory.mktemp("cache")

    def make(packs: Path = PACKS, *, native_charts: bool | None = None) -> Build:
        return build(UNIT, newest_year(UNIT), packs, cache=cache, native_charts=native_charts)

    return make


def native_pack(folder: Path) -> Path:
    """The shipped pack, set to charts of Word's own."""
    shutil.copytree(PACKS, folder)
    for pack in folder.glob("*/pack.yaml"):
        text = pack.read_text("utf-8")
        pack.write_text(re.sub("(?m)^图形: 图片", "图形: 原生", text), "utf-8")
    return folder


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


def parts_of(made: Build) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(report_of(made))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawings(made: Build) -> tuple[int, int]:
    """How many charts of Word's own, and how many pictures."""
    names = list(parts_of(made))
    return (
        sum(name.startswith("word/charts/chart") for name in names),
        sum(name.endswith(".png") for name in names),
    )


def test_the_pack_decides_and_the_command_line_overrides_it(made: Make, tmp_path: Path) -> None:
    number = len(made().document.charts)
    native = native_pack(tmp_path / "packs")

    assert drawings(made()) == (0, number)
    assert drawings(made(native)) == (number, 0)
    assert drawings(made(native_charts=True)) == (number, 0)
    assert drawings(made(native, native_charts=False)) == (0, number)


def test_chart_files_are_made_either_way(made: Make) -> None:
    pictures, native = (
        {p.path: p.sha256 for p in made(native_charts=choice).products if p.kind == "chart"}
        for choice in (False, True)
    )

    assert pictures == native
    assert len(native) == 2 * len(made().document.charts)


def test_a_validator_finds_nothing_in_the_whole_report(made: Make, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(report_of(made(native_charts=True)))

    errors = OpenXmlValidator().validate(tmp_path / "report.docx").errors

    assert [error.description for error in errors] == []


def test_the_same_report_has_the_same_bytes(made: Make) -> None:
    assert report_of(made(native_charts=True)) == report_of(made(native_charts=True))


def test_each_chart_stands_under_its_caption_with_its_figures_in_words(made: Make) -> None:
    build = made(native_charts=True)
    parts = parts_of(build)

    body = parts["word/document.xml"].decode()
    for number, (key, series) in enumerate(build.document.charts.items(), 1):
        after = body.partition(f'w:name="{caption_anchor(f"图/{key}")}"/>')[2]
        frame = after.partition("<c:chart ")[0]
        assert frame.count("<w:p>") == 1
        assert f'descr="{series.description}"' in frame
        assert parts[f"word/charts/chart{number}.xml"] == native_chart(series).xml


@pytest.mark.parametrize("native_charts", [True, False])
def test_captions_read_as_words_and_count_in_the_order_of_the_document(
    made: Make, native_charts: bool
) -> None:
    build = made(native_charts=native_charts)

    paragraphs = docx.Document(io.BytesIO(report_of(build))).paragraphs
    captions = [p.text for p in paragraphs if re.match(r"图\d+：", p.text)]
    assert captions == [series.caption for series in build.document.charts.values()]
    assert [int(re.findall(r"\d+", text)[0]) for text in captions] == [
        series.number for series in build.document.charts.values()
    ]


def test_a_sentence_can_name_a_chart() -> None:
    voice = a_voice()

    said = voice.words(
        Snippet('见{{ 图号("财政拨款变动") }}。', Location("narrative/overview.yaml", 3))
    )

    faultless(voice)
    assert said.plain == "见图4。"


def test_a_chart_that_is_not_there_is_told_with_the_nearest_name() -> None:
    voice = a_voice()

    voice.words(Snippet('见{{ 图号("财政拨款变化") }}。', Location("narrative/overview.yaml", 3)))

    assert isinstance(voice.speaker, Phrasebook)
    (problem,) = voice.speaker.problems
    assert "财政拨款变化" in problem.message
    assert "财政拨款变动" in problem.advice


@pytest.mark.parametrize(
    ("caption", "number", "label"),
    [
        ("图1：收入决算结构", 1, "图1"),
        ("图11：收入决算结构", 1, ""),
        ("2023年图2 收入决算结构", 2, "2023年图2"),
        ("图一 收入决算结构", 1, ""),
    ],
)
def test_the_label_of_a_caption_ends_with_its_number(caption: str, number: int, label: str) -> None:
    assert label_of(caption, number) == label
