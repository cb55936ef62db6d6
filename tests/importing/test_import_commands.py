"""import, export --blank and undo as a clerk runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from importing import books
from importing.books import Book

from disclosure.cli import CLEAN, FOUND, STOPPED, main


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A copy of the shipped unit, whole."""
    shutil.copytree(books.CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The approved tables with more 基本工资 and less 津贴补贴: all totals stay right."""

    def edit(book: Book) -> None:
        page = books.sheet(book, 6)
        page["C6"], page["C7"] = 46.55, 17.45

    file = tmp_path / "批复表.xlsx"
    file.write_bytes(books.changed(edit))
    return file


def run(*arguments: object) -> int:
    return main(books.ROOT, [str(argument) for argument in arguments])


def snapshot(unit: Path) -> dict[str, bytes]:
    return {
        path.relative_to(unit).as_posix(): path.read_bytes()
        for path in unit.rglob("*")
        if path.is_file() and ".history" not in path.parts
    }


def test_import_shows_first_and_writes_after_a_yes(
    unit: Path, workbook: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(unit)
    asked = []

    def answer(question: str) -> str:
        asked.append(snapshot(unit) == before)
        return "y"

    monkeypatch.setattr("builtins.input", answer)
    code = run("import", workbook, "--unit", unit)

    shown = capsys.readouterr().out
    assert code == CLEAN
    assert asked == [True]
    assert "30101 基本工资" in shown
    assert "46.05" in shown and "46.55" in shown
    assert snapshot(unit) != before


@pytest.mark.parametrize("answer", ["", "n", EOFError()])
def test_import_without_a_yes_writes_nothing(
    answer: object, unit: Path, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(unit)

    def say(_: str) -> str:
        if isinstance(answer, EOFError):
            raise answer
        return str(answer)

    monkeypatch.setattr("builtins.input", say)

    assert run("import", workbook, "--unit", unit) == CLEAN
    assert snapshot(unit) == before


def test_a_dry_run_writes_nothing_whatever_else_is_said(unit: Path, workbook: Path) -> None:
    before = snapshot(unit)

    assert run("import", workbook, "--unit", unit, "--dry-run", "--yes") == CLEAN
    assert snapshot(unit) == before
    assert not (unit / ".history").exists()


def test_import_as_json_is_one_object(
    unit: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("import", workbook, 2023, "--unit", unit, "--yes", "--json")

    told = json.loads(capsys.readouterr().out)
    assert code == CLEAN
    assert told["written"]
    assert {c["what"]: (c["old"], c["new"]) for c in told["changes"]} == {
        "30101 基本工资": ("46.05", "46.55"),
        "30102 津贴补贴": ("17.95", "17.45"),
    }


def test_what_found_no_place_makes_the_exit_code_one(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(book: Book) -> None:
        books.sheet(book, 1)["A15"], books.sheet(book, 1)["C15"] = "九、某种新收入", 7

    (tmp_path / "表.xlsx").write_bytes(books.changed(edit))

    assert run("import", tmp_path / "表.xlsx", "--unit", unit, "--dry-run") == FOUND
    assert "某种新收入" in capsys.readouterr().out


def test_a_file_that_is_no_workbook_stops_with_one_line(
    unit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(unit)
    (tmp_path / "表.xlsx").write_text("科目,金额", encoding="utf-8")

    assert run("import", tmp_path / "表.xlsx", "--unit", unit, "--yes") == STOPPED
    assert "不是 Excel 文件" in capsys.readouterr().err
    assert snapshot(unit) == before


def test_undo_shows_what_it_does_and_goes_back_to_the_same_bytes(
    unit: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(unit)
    run("import", workbook, "--unit", unit, "--yes")
    capsys.readouterr()

    assert run("undo", "--unit", unit, "--yes") == CLEAN

    shown = capsys.readouterr().out
    assert "批复表.xlsx" in shown
    assert '-  "30101": 46.55' in shown
    assert '+  "30101": 46.05' in shown
    assert snapshot(unit) == before
    assert run("undo", "--unit", unit, "--yes") == STOPPED


def test_trace_names_workbook_sheet_and_cell_until_the_amount_is_changed_by_hand(
    unit: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", workbook, "--unit", unit, "--yes")
    capsys.readouterr()
    cell = "批复表.xlsx › 公开06表 一般公共预算财政拨款基本支出决算明细表 › C6"

    assert run("trace", "经济分类/30101/决算数", "--unit", unit, "--pack", "hubei") == CLEAN
    assert cell in capsys.readouterr().out

    file = unit / "2023" / "basic_expenditure.yaml"
    file.write_text(file.read_text("utf-8").replace("46.55", "46.56"), encoding="utf-8")
    assert run("trace", "经济分类/30101/决算数", "--unit", unit, "--pack", "hubei") == CLEAN
    shown = capsys.readouterr().out
    assert "46.56" in shown
    assert cell not in shown


def test_export_blank_writes_a_workbook_and_keeps_one_that_was_filled(
    unit: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("export", "--blank", 2024, "--unit", unit, "--out", out) == CLEAN
    (file,) = out.glob("*2024*.xlsx")
    file.write_bytes(b"filled in by hand")

    assert run("export", "--blank", 2024, "--unit", unit, "--out", out) == CLEAN

    assert {path.read_bytes() for path in out.glob("*.xlsx")} > {b"filled in by hand"}
    assert len(list(out.glob("*.xlsx"))) == 2
