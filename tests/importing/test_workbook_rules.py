"""A workbook held against itself: at import, and by `check --tables` without any content."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from importing import books
from importing.books import Book

from disclosure.cli import CLEAN, FOUND, STOPPED, main


def put_out(number: int, cell: str) -> books.Edit:
    """One cell of 公开0N表 a whole 万元 higher."""

    def edit(book: Book) -> None:
        page = books.sheet(book, number)
        page[cell] = float(page[cell].value or 0) + 1

    return edit


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The tables with one cell of 支出决算表 put out: 基本支出 of the first 类."""
    file = tmp_path / "批复表.xlsx"
    file.write_bytes(books.changed(put_out(3, "D8")))
    return file


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = main(books.ROOT, [str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_import_names_the_cell_that_contradicts_its_own_row(tmp_path: Path, wrong: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path / "unit"), wrong.read_bytes())

    assert not plan.is_clean
    assert {finding.rule for finding in plan.findings} & {"I03.1", "I03.2"}
    places = [str(part.place) for finding in plan.findings for part in finding.parts]
    assert any(place.endswith("公开03表 支出决算表 › D8") for place in places)


def test_tables_in_order_raise_nothing_but_rounding(tmp_path: Path) -> None:
    plan = books.imported(books.a_copy(tmp_path / "unit"), books.changed(lambda book: None))

    assert plan.findings == ()
    assert plan.is_clean


def test_two_tables_that_state_one_figure_differently_are_held_against_each_other(
    tmp_path: Path,
) -> None:
    """01 and 02 both state 本年收入合计; each is checked in its own table as well."""
    unit = books.a_copy(tmp_path / "unit")
    plan = books.imported(unit, books.changed(put_out(2, "C7")))

    told = {one.rule for f in plan.findings for one in (f, *f.consequences)}
    assert {"X1", "I02.1"} <= told


def test_a_code_called_otherwise_in_one_table_is_told(tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        books.sheet(book, 5)["B10"] = "行政运行"

    plan = books.imported(books.a_copy(tmp_path / "unit"), books.changed(edit))

    assert [finding.rule for finding in plan.findings] == ["X16.2"]


def test_check_tables_needs_no_year_of_content(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = tmp_path / "content"
    unit.mkdir()
    (unit / "unit.yaml").write_bytes((books.CONTENT / "unit.yaml").read_bytes())

    code, text = told(capsys, "check", "--tables", wrong, "--unit", unit)

    assert code == FOUND
    assert "核对 批复表.xlsx 里的 9 张公开表" in text
    assert "批复表.xlsx › 公开03表" in text
    assert "待填" not in text


def test_check_tables_of_a_right_workbook_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(books.product())

    code, text = told(capsys, "check", "--tables", file, "--json")

    assert code == CLEAN
    assert json.loads(text)["findings"] == [] or all(
        one["level"] == "尾差" for one in json.loads(text)["findings"]
    )


def test_check_tables_of_a_missing_file_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(books.ROOT, ["check", "--tables", str(tmp_path / "无.xlsx")]) == STOPPED
    assert "找不到这个文件" in capsys.readouterr().err


def test_the_invented_units_own_tables_agree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = books.a_copy(tmp_path / "unit", books.MINI, books.MINI_YEAR)
    plan = books.imported(unit, books.mini_product(), packs=books.MINI_PACKS)

    assert plan.findings == ()
