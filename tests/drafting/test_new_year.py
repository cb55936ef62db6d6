"""`build.py new`: next year's folder from this year's, from the first draft to the final version.

Nothing of last year may survive in silence: a figure, a year or a reason that stands in the new
document was typed or confirmed for the new year, or is told as last year's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases.reading import blocks
from drafting.filling import NEW_WORDS, approved_tables, fill, office, run

from disclosure.edit.history import kept_copies
from disclosure.pipeline import Build, build

ROOT = Path(__file__).resolve().parents[2]
OLD_YEAR = re.compile(r"(?<!\d)20(?:0\d|1\d|2[0-3])(?!\d)")
AMOUNT = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.%])")  # money: counts and years have no decimals


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return office(tmp_path / "office")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program folder in which 2024 was drafted, and nothing filled in."""
    from disclosure.cli import main

    folder = office(tmp_path_factory.mktemp("drafted"))
    assert main(folder, ["new", "2024"]) == 0
    return folder


@pytest.fixture(scope="module")
def draft(drafted: Path, cache: Path) -> Build:
    return build(drafted / "content", 2024, ROOT / "templates", cache=cache)


@pytest.fixture(scope="module")
def filled(drafted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after the tables were imported and all else was written."""
    from shutil import copytree

    from disclosure.cli import main

    folder = tmp_path_factory.mktemp("filled")
    copy = copytree(drafted, folder / "office")
    book = folder / "公开表.xlsx"
    book.write_bytes(approved_tables(folder / "approved"))
    assert main(copy, ["import", str(book), "2024", "--yes"]) == 0
    fill(copy / "content", 2024)
    return copy


@pytest.fixture(scope="module")
def final(filled: Path, cache: Path) -> Build:
    return build(filled / "content", 2024, ROOT / "templates", cache=cache)


# ------------------------------------------------------------------ the files


def text(folder: Path, name: str, year: int = 2024) -> str:
    return (folder / "content" / str(year) / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("expenditure.yaml", "    基本支出:  # 上年 309.78"),
        ("expenditure.yaml", "    年初预算数:  # 上年 0；年初没有安排，年中追加"),
        ("expenditure.yaml", "      文字: '【待核对】{{ 人员变动 }}，故人员经费增加'"),
        ("expenditure.yaml", "      说明方向:  # 上年 增加，说明差额 16.26"),
        ("expenditure.yaml", "政府性基金预算财政拨款:  # 上年 没有；本年也没有的写 []"),
        ("revenue.yaml", "一般公共预算财政拨款收入:  # 上年 541.04"),
        ("staff.yaml", "  - {职务: 副主任, 人数: }  # 上年 人数 2"),
        ("approved_totals.yaml", "批复数: {}"),
        ("performance/01_investment.yaml", "    目标: ≥98%"),
        ("performance/01_investment.yaml", "    实际:  # 上年 98%"),
        ("performance/overall.yaml", "    权重: 1  # 上年 自评得分 0.5"),
    ],
)
def test_last_year_stays_in_view_and_out_of_the_values(drafted: Path, file: str, line: str) -> None:
    assert line in text(drafted, file).splitlines()


def test_stable_words_stay_as_they_are(drafted: Path) -> None:
    assert "主要用于: 公务用车的燃料费、维修费" in text(drafted, "three_public.yaml")
    assert '"2010350": 反映事业单位的基本支出' in text(drafted, "narrative/terms.yaml")


def test_words_that_name_a_year_are_held_back(drafted: Path) -> None:
    assert "机构变动说明: 【待核对】其中，交易见证科" in text(drafted, "staff.yaml")
    assert '其他收入: "【待核对】（本单位本年无其他收入）"' in text(drafted, "narrative/terms.yaml")


def test_every_comment_of_the_old_files_is_still_there(drafted: Path) -> None:
    old = drafted / "content/2023"
    names = {path.relative_to(old).as_posix() for path in old.glob("**/*.yaml")}
    for name in names - {"acknowledged.yaml", "sources.yaml", "performance/overall.yaml"}:
        remarks = [c for line in text(drafted, name, 2023).splitlines() if (c := _comment(line))]
        assert [c for c in remarks if c not in text(drafted, name)] == []


def _comment(line: str) -> str:
    return line.partition("# ")[2]


def test_this_years_own_folder_is_not_touched(drafted: Path) -> None:
    for path in (ROOT / "content/2023").glob("**/*.yaml"):
        name = path.relative_to(ROOT / "content")
        assert (drafted / "content" / name).read_bytes() == path.read_bytes()


def test_a_unit_that_writes_in_brackets_is_drafted_too(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from shutil import copytree

    for name in ("mini_unit", "packs"):
        copytree(cases / name, tmp_path / name)
    unit = tmp_path / "mini_unit"
    run(ROOT, capsys, "new", "2031", "--unit", str(unit))

    assert (
        "  外宾接待: {决算数: , 批次数: , 人次数: }  # 上年 决算数 0，批次数 0，人次数 0"
        in (unit / "2031/three_public.yaml").read_text("utf-8").splitlines()
    )
    made = build(unit, 2031, tmp_path / "packs")
    cells = [
        cell.text
        for table in made.document.tables
        for row in table.rows
        for column, cell in row.cells.items()
        if column in table.amount_columns
    ]
    assert set(cells) == {""}  # not the 0.00 of a pack that prints every cell


# ------------------------------------------------------------------ the command


def test_a_year_that_is_there_is_not_overwritten(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, capsys, "new", "2024")
    (root / "content/2024/revenue.yaml").write_text("一般公共预算财政拨款收入: 1\n", "utf-8")

    code, said = run(root, capsys, "new", "2024")

    assert code == 2
    assert "2024 年度已经有内容，没有动" in said
    assert text(root, "revenue.yaml") == "一般公共预算财政拨款收入: 1\n"


def test_a_year_without_the_one_before_it_cannot_be_drafted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(root, capsys, "new", "2030")

    assert code == 2
    assert "起草 2030 年度要用 2029 年度的内容，这里没有" in said
    assert not (root / "content/2030").exists()


def test_a_draft_can_be_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, capsys, "new", "2024")
    run(root, capsys, "undo", "--yes")

    assert not (root / "content/2024").exists()
    assert not kept_copies(root / "content")


def test_a_program_is_told_what_is_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = run(root, capsys, "new", "2024", "--json")

    told = json.loads(said)
    assert "2024/todo.md" in told["files"]
    assert {todo["what"] for todo in told["todos"]} == {"待填", "待核对"}


# ------------------------------------------------------------------ the draft


def test_a_draft_builds_at_once_without_an_error(draft: Build) -> None:
    assert draft.errors == ()
    assert len(draft.products) > 10


def test_a_draft_prints_no_amount_at_all_but_last_years_in_the_charts(draft: Build) -> None:
    amounts = {amount for words in told(draft) for amount in AMOUNT.findall(words)}

    assert amounts == {"541.04"}  # 图1 and 图4 show both years


def test_a_draft_says_nothing_is_zero(draft: Build) -> None:
    zero = re.compile(r"(?<![\d.])0(?:\.0+)?(?:万元|%|个|人|辆|台)")

    assert [words for words in told(draft) if zero.search(words.replace("50-0%", ""))] == []


def test_a_draft_names_last_year_only_in_the_charts(draft: Build) -> None:
    assert set(old_years(draft)) == {"2023年度"}


def test_a_draft_says_what_nobody_has_claimed_yet(draft: Build) -> None:
    section = {key: "".join(p.plain for p in ps) for key, ps in draft.document.sections.items()}

    assert "2024年度收、支总计均为【待填】万元。【与上年比较待填】。" in section["收支总体"]
    assert section["国有资本经营"] == "【国有资本经营预算财政拨款支出待填】"
    assert section["专项转移支付"] == "【专项支出、转移支付支出待填】"
    assert "【发现的问题及原因待填】" in section["项目自评"]
    assert "发现的问题及原因：无" not in section["项目自评"]


def test_every_blank_and_every_held_back_word_is_to_do(drafted: Path, draft: Build) -> None:
    marks = sum(
        path.read_text("utf-8").count("【待核对】")
        for path in (drafted / "content/2024").glob("**/*.yaml")
    )

    assert sum(todo.what == "待核对" for todo in draft.todos) == marks > 50
    assert sum(todo.what == "待填" for todo in draft.todos) == len(draft.todos) - marks > 150


def test_the_list_shows_what_last_year_said(drafted: Path) -> None:
    listed = text(drafted, "todo.md")

    assert "基本支出：待填（上年 309.78）" in listed
    assert "文字：待核对，上年的话：{{ 人员变动 }}，故人员经费增加" in listed


def test_a_draft_is_not_published(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(drafted, capsys, "2024", "--final", "--no-layout")

    assert code == 1
    assert "定稿没有生成" in said
    assert not (drafted / "output/2024").exists()


# ------------------------------------------------------------------ half way


def test_a_sum_is_known_only_when_all_its_parts_are(
    root: Path, capsys: pytest.CaptureFixture[str], cache: Path
) -> None:
    run(root, capsys, "new", "2024")
    path = root / "content/2024/expenditure.yaml"
    path.write_text(
        path.read_text("utf-8").replace("基本支出:  # 上年 309.78", "基本支出: 320"), "utf-8"
    )

    made = build(root / "content", 2024, ROOT / "templates", cache=cache)

    figures = made.report.figures
    assert figures["一般公共预算/2010350/本年支出"].amount == 320
    assert figures["一般公共预算/合计/本年支出"].amount is None
    assert figures["一般公共预算/合计/本年支出"].waiting
    assert made.errors == ()


REASON = "'【待核对】{{ 人员变动 }}，故人员经费增加'"


@pytest.mark.parametrize(
    ("reason", "printed"),
    [
        (REASON, "支出决算数大于年初预算数的主要原因：【原因待填】。"),
        ("调整了工资标准", "支出决算数大于年初预算数的主要原因：调整了工资标准。"),
    ],
)
def test_last_years_reason_is_not_printed_until_it_is_confirmed(
    root: Path, capsys: pytest.CaptureFixture[str], cache: Path, reason: str, printed: str
) -> None:
    run(root, capsys, "new", "2024")
    path = root / "content/2024/expenditure.yaml"
    words = path.read_text("utf-8").replace(REASON, reason)
    words = words.replace("年初预算数:  # 上年 293.52", "年初预算数: 300")
    path.write_text(words.replace("基本支出:  # 上年 309.78", "基本支出: 320"), "utf-8")

    made = build(root / "content", 2024, ROOT / "templates", cache=cache)

    (sentence,) = (p.plain for p in made.document.paragraphs() if p.key == "科目决算/2010350")
    assert sentence.endswith(printed)


def test_a_rewrite_is_not_used_until_it_is_confirmed(
    root: Path, capsys: pytest.CaptureFixture[str], cache: Path
) -> None:
    old = root / "content/2023/narrative/rewrites.yaml"
    old.write_text("改写:\n  大型设备: 单位价值100万元以上专用设备7台。\n", "utf-8")
    run(root, capsys, "new", "2024")

    made = build(root / "content", 2024, ROOT / "templates", cache=cache)

    (sentence,) = (p.plain for p in made.document.paragraphs() if p.key == "大型设备")
    assert sentence == "单位价值100万元以上专用设备【待填】台（套）。"


def test_the_list_gets_shorter_as_the_files_are_filled(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, capsys, "new", "2024")
    run(root, capsys, "2024", "--no-layout")
    before = text(root, "todo.md")
    path = root / "content/2024/expenditure.yaml"
    path.write_text(
        path.read_text("utf-8").replace("基本支出:  # 上年 309.78", "基本支出: 320"), "utf-8"
    )

    run(root, capsys, "2024", "--no-layout")

    gone = set(before.splitlines()) - set(text(root, "todo.md").splitlines())
    assert [line for line in gone if line.startswith("- 第")] == [
        "- 第15行 一般公共预算财政拨款 › 第1条 › 基本支出：待填（上年 309.78）"
    ]


# ------------------------------------------------------------------ filled


def test_a_filled_year_leaves_nothing_to_do(final: Build) -> None:
    assert final.todos == ()
    assert final.errors == ()


def test_a_filled_year_is_published_and_its_list_is_gone(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = run(filled, capsys, "2024", "--final", "--no-layout")

    assert code == 0
    assert (filled / "output/2024/manifest.json").is_file()
    assert not (filled / "content/2024/todo.md").exists()


def test_no_amount_of_last_year_is_in_the_filled_report(final: Build, report_2023: Build) -> None:
    old = {amount for words in told(report_2023) for amount in AMOUNT.findall(words)}
    new = {amount for words in told(final) for amount in AMOUNT.findall(words)}

    assert min(len(old), len(new)) > 60
    assert old & new == {"541.04"}  # last year's totals, beside this year's in 图1 and 图4


def test_no_amount_of_the_year_before_last_is_in_the_filled_report(
    final: Build, report_2023: Build
) -> None:
    show = report_2023.phrasebook.show
    known = [f for f in report_2023.report.figures if f.id.startswith("2022/") and f.amount]
    old = {shown for figure in known if AMOUNT.fullmatch(shown := show(figure))}
    new = {amount for words in told(final) for amount in AMOUNT.findall(words)}

    assert len(old) > 4
    assert not old & new


def test_old_years_stand_only_where_two_years_are_compared(final: Build) -> None:
    assert set(old_years(final)) == {
        "2023年度",  # the charts' legend and alternative text
        "2023年度相比",  # 与2023年度相比
        "2023年度决算数",  # 比2023年度决算数增加
    }


def test_what_was_written_anew_is_printed(final: Build) -> None:
    assert sum(words.count(NEW_WORDS) for words in told(final)) > 30


def told(made: Build) -> Iterator[str]:
    """Every paragraph and every table cell of the report, pictures by their alternative text."""
    (report,) = (product for product in made.products if product.kind == "report")
    for block in blocks(report.data):
        if block.rows:
            yield from (cell.text for row in block.rows for cell in row)
        else:
            yield block.text


def old_years(made: Build) -> Iterator[str]:
    """Each old year that is told, with the words that say what of it."""
    for words in told(made):
        for found in re.finditer(rf"{OLD_YEAR.pattern}(?:年度)?(?:相比|决算数)?", words):
            yield found.group()
