"""Nothing is typed twice: other amounts, another year, another direction reach every place."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cases.changing import Changes, changed_copy, outside_tags, write_yaml
from cases.reading import Block, blocks
from conftest import ROOT
from openpyxl import load_workbook

from disclosure.load.yaml_source import read_yaml
from disclosure.manifest import manifest_json, side_files
from disclosure.pipeline import Build, build
from disclosure.schema.typed import Amount, Count, Day, NamedWords, Said, Weight

CONTENT, PACKS = ROOT / "content", ROOT / "templates"

# ------------------------------------------------------------------ (a) other amounts

AMOUNT = re.compile(r"\d+\.\d+(?![\d%])|\d+(?=万元(?!以上)|亿元)")
PERCENTAGE = re.compile(r"\d+(?:\.\d+)?%")
SCORE = re.compile(r"(?<=评分为)[\d.]+(?=分)")
PEOPLE_AND_CARS = re.compile(r"\d+(?=人次|人|名|辆)")

# What both documents say for the same good reason: all spending is 一般公共预算 in both.
SAME_BY_NATURE = {"100%"}
ZERO = re.compile(r"0(\.0+)?%?")

# Amounts that are a part of another one stay below it.
PARTS = {
    "年初预算数": Decimal("1.17"),
    "全年预算数": Decimal("1.43"),
    "预算数": Decimal("1.31"),
    "执行数": Decimal("0.83"),
    "授予中小企业": Decimal("0.83"),
    "其中小微企业": Decimal("0.57"),
}


def other_amounts() -> Changes:
    """Every number typed is another one; digits in the unit's own words become 〇."""
    lines = count()

    def amount(typed: str, key: str) -> str:
        other = Decimal(typed) * Decimal("3.13") + Decimal("133.91") - next(lines) * Decimal("0.57")
        assert other > 0
        return f"{other * PARTS.get(key, 1):.2f}"

    def number(typed: str, key: str) -> str:
        return str(int(typed) % 12 + 1 if key == "月份" else int(typed) + 60)

    def value(typed: str, key: str) -> str:
        if key not in ("目标", "实际"):
            return typed
        return re.sub(r"\d+", lambda digits: str(int(digits[0]) + 1000), typed, count=1)

    return {
        Amount: amount,
        Count: number,
        Weight: lambda typed, _: str(Decimal(typed) + Decimal("0.11")),
        NamedWords: value,
        Said: lambda typed, _: outside_tags(typed, lambda words: re.sub(r"\d", "〇", words)),
    }


def exact_percentages(packs: Path, to: Path) -> Path:
    """The packs with five decimals in every percentage: no new one is an old one by chance."""
    shutil.copytree(packs, to)
    for path in to.glob("*/pack.yaml"):
        text, times = re.subn(r'小数: \d(.*符号: "%")', r"小数: 5\1", path.read_text("utf-8"))
        assert times > 5
        path.write_text(text, "utf-8")
    return to


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Build:
    folder = tmp_path_factory.mktemp("amounts")
    unit = changed_copy(CONTENT, folder, other_amounts())
    return build(unit, 2023, exact_percentages(PACKS, folder / "templates"), cache=cache)


def test_no_old_amount_survives_when_every_typed_number_is_another(
    report_2023: Build, other: Build
) -> None:
    old, new = printed_numbers(report_2023), printed_numbers(other)

    assert len(old) > 120
    assert old & new <= SAME_BY_NATURE


def test_no_old_number_survives_in_the_workbook(report_2023: Build, other: Build) -> None:
    old, new = workbook_numbers(report_2023), workbook_numbers(other)

    assert len(old) > 30
    assert not old & new


def test_no_old_chart_survives(report_2023: Build, other: Build) -> None:
    old, new = (
        {p.data for p in made.products if p.kind == "chart"} for made in (report_2023, other)
    )

    assert not old & new


def printed_numbers(made: Build) -> set[str]:
    """Amounts, percentages, scores and counts of people and cars, wherever a reader meets them."""
    found: set[str] = set()
    for product in made.products:
        if product.path.endswith(".docx"):
            for block in blocks(product.data):
                found |= set(numbers_of(block))
    return {number for number in found if not ZERO.fullmatch(number)}


def numbers_of(block: Block) -> Iterator[str]:
    if block.style == "ScoreNote":  # the scoring rule, in the pack's own figures
        return
    for pattern in (AMOUNT, PERCENTAGE, SCORE, PEOPLE_AND_CARS):
        yield from pattern.findall(str(block))
    for row in block.rows:
        is_score_table = block.name.endswith("绩效自评表")
        for cell in row:
            if cell.is_number and (is_score_table or "Amount" in cell.style):
                yield cell.text


def workbook_numbers(made: Build) -> set[float]:
    (product,) = (p for p in made.products if p.kind == "tables")
    book = load_workbook(io.BytesIO(product.data))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return {cell.value for cell in cells if cell.data_type == "n" and cell.value}


# ------------------------------------------------------------------ (b) another year

TYPED_YEAR = re.compile(r"20\d\d(?=年|〕)")
OLD_YEAR = re.compile(r"(?<!\d)20(21|22|23|24)(?!\d)")
HASH = re.compile(r"[0-9a-f]{64}")
SHIFT = 8


def eight_years_later() -> Changes:
    """Years in the unit's own words become 〇〇〇〇, dates move on with the folders."""

    def day(typed: str, _: str) -> str:
        then = date.fromisoformat(typed)
        return then.replace(year=then.year + SHIFT).isoformat()

    return {
        Day: day,
        Said: lambda typed, _: outside_tags(typed, lambda words: TYPED_YEAR.sub("〇〇〇〇", words)),
    }


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Build:
    unit = changed_copy(CONTENT, tmp_path_factory.mktemp("year"), eight_years_later(), SHIFT)
    confirmed = unit / "2031" / "acknowledged.yaml"  # quotes the sentences that were looked at
    confirmed.write_text(confirmed.read_text("utf-8").replace("2023", "2031"), "utf-8")
    return build(unit, 2031, PACKS, cache=cache)


def test_a_shifted_year_leaves_no_old_year_behind(later: Build) -> None:
    left = [
        (path, words[max(0, at.start() - 15) : at.end() + 15])
        for path, words in all_words(later)
        for at in OLD_YEAR.finditer(words)
    ]

    assert left == []


def test_a_shifted_year_is_told_by_the_new_one(report_2023: Build, later: Build) -> None:
    def told(made: Build, year: int) -> int:
        return sum(len(re.findall(str(year), words)) for _, words in all_words(made))

    assert told(later, 2031) > 100
    assert told(later, 2030) > 20
    assert told(report_2023, 2023) >= told(later, 2031)


def all_words(made: Build) -> Iterator[tuple[str, str]]:
    """Every word that a product or a file beside it holds, with the file's path, which is one."""
    beside = {**side_files(made), "manifest.json": manifest_json(made, {})}
    for name, data in beside.items():
        yield name, HASH.sub("", data.decode())
    for product in made.products:
        yield product.path, product.path
        if zipfile.is_zipfile(io.BytesIO(product.data)):
            yield from ((product.path, words) for words in package_words(product.data))
        elif product.path.endswith(".svg"):
            yield product.path, "\n".join(ElementTree.fromstring(product.data).itertext())


def package_words(package: bytes) -> Iterator[str]:
    """The text of every part of an Office file, and the words said about its pictures."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(archive.read(name))
                yield "\n".join(root.itertext())
                for element in root.iter():
                    yield from (element.get(key, "") for key in ("descr", "title"))


# ------------------------------------------------------------------ the other direction

OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
DIRECTION = re.compile("|".join(OPPOSITE))
COMPARED = ("收支总体", "收入", "支出", "财政拨款总体", "一般公共预算总体", "三公总体", "三公具体")


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Build:
    """This year's revenue, “三公” and totals exchanged with last year's."""
    unit = changed_copy(CONTENT, tmp_path_factory.mktemp("turned"), {})
    for name in ("revenue", "three_public", "expenditure", "approved_totals"):
        this_year, last_year = (unit / year / f"{name}.yaml" for year in ("2023", "2022"))
        (one, _), (two, _) = (read_yaml(path, name) for path in (this_year, last_year))
        assert one and two
        exchange(one.value, two.value)
        write_yaml(this_year, one.value)
        write_yaml(last_year, two.value)
    return build(unit, 2023, PACKS, cache=cache)


def exchange(one: object, two: object) -> None:
    """What both hold under the same key changes places."""
    assert isinstance(one, dict) and isinstance(two, dict)
    for key in one.keys() & two.keys():
        if isinstance(one[key], dict):
            exchange(one[key], two[key])
        else:
            one[key], two[key] = two[key], one[key]


@pytest.mark.parametrize("section", COMPARED)
def test_exchanged_years_turn_every_direction_word(
    report_2023: Build, turned: Build, section: str
) -> None:
    before, after = directions(report_2023, section), directions(turned, section)

    assert before
    assert after == [OPPOSITE[word] for word in before]


def test_reasons_that_explain_the_old_direction_are_reported(
    report_2023: Build, turned: Build
) -> None:
    def stale(made: Build) -> set[str]:
        return {f.found.where for f in made.findings if f.rule.startswith("S2") and f.found}

    assert not stale(report_2023)
    assert {"收入/总计", "收入/一般公共预算财政拨款收入", "三公/决算数/合计"} <= stale(turned)


def directions(made: Build, section: str) -> list[str]:
    """The direction words of the generated text, in order; the unit's own words left out."""
    return [
        word
        for paragraph in made.document.sections[section]
        for words in without_own_words(paragraph.text.plain, paragraph.text.free)
        for word in DIRECTION.findall(words)
    ]


def without_own_words(plain: str, own: Iterable) -> Iterator[str]:
    at = 0
    for span in sorted(own, key=lambda span: span.start):
        yield plain[at : span.start]
        at = max(at, span.end)
    yield plain[at:]
