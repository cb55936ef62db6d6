"""The list of changes: figures with their line and reach, sentences, reasons, what came and went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from changes.corrections import REAL, Correction, built, copied, with_text, without_item
from disclosure.changes.compare import Changes, State, compare
from disclosure.changes.told import Told, told_by, told_by_file, told_from, told_json
from disclosure.manifest import side_files
from disclosure.pipeline import Build
from disclosure.readback.reader import read_docx

RUNNING = "2023/一般公共预算/2010350/基本支出"


def state_of(made: Build) -> State:
    files = side_files(made)
    return State(
        told_by(made.document),
        json.loads(files["lineage.json"]),
        json.loads(files["findings.json"]),
    )


def after(correct: Correction, before: Build, folder: Path, cache: Path) -> tuple[Changes, Build]:
    """The changes that the correction of the real unit makes."""
    unit = copied(REAL, folder)
    correct(unit)
    made = built(unit, cache)
    return compare(state_of(before), state_of(made)), made


def test_the_same_build_has_no_changes(report_2023: Build) -> None:
    assert not compare(state_of(report_2023), state_of(report_2023))


def test_a_corrected_figure_is_told_with_its_line_and_every_place(
    report_2023: Build, tmp_path: Path, cache: Path
) -> None:
    changes, made = after(
        with_text("2023/expenditure.yaml", "309.78", "285.5"), report_2023, tmp_path, cache
    )

    typed, *derived = changes.figures
    assert (typed.name, typed.old, typed.new) == (RUNNING, "309.78万元", "285.5万元")
    assert typed.source == "content/2023/expenditure.yaml 第15行"
    assert len(typed.places) == len(made.lineage.places[RUNNING])
    assert derived and all(one.because == (RUNNING,) for one in derived)
    assert all(one.old != one.new for one in changes.figures)


def test_a_turned_direction_and_its_stale_reason_are_told(
    report_2023: Build, tmp_path: Path, cache: Path
) -> None:
    changes, _ = after(
        with_text("2023/expenditure.yaml", "309.78", "285.5"), report_2023, tmp_path, cache
    )

    assert "小于年初预算数" in next(o.new for o in changes.sentences if o.turn == "方向")
    assert any("支出/2010350的原因是按“增加”写的，现在是“减少”" in one for one in changes.stale)


def test_every_cell_that_reads_otherwise_is_told(
    report_2023: Build, tmp_path: Path, cache: Path
) -> None:
    changes, made = after(
        with_text("2023/expenditure.yaml", "309.78", "285.5"), report_2023, tmp_path, cache
    )

    printed = {
        (table.title, row.key, column)
        for before, table in zip(report_2023.document.tables, made.document.tables, strict=True)
        for was, row in zip(before.rows, table.rows, strict=True)
        for column, cell in row.cells.items()
        if was.cells[column].text != cell.text
    }
    told = {(one.table.partition(" ")[2], one.row, one.column) for one in changes.cells}
    assert {one for one in told if "自评表" not in one[0]} >= {
        one for one in printed if one[1]
    } and printed


def test_a_removed_class_goes_with_its_rows_and_paragraphs(
    report_2023: Build, tmp_path: Path, cache: Path
) -> None:
    changes, _ = after(without_item("2101102"), report_2023, tmp_path, cache)

    gone = {(one.kind, one.where) for one in changes.presence if not one.added}
    assert ("表格行", "公开05表 一般公共预算财政拨款支出决算表 2101102") in gone
    assert any(kind == "段落" for kind, _ in gone)
    assert not [one for one in changes.presence if one.added]


def test_a_new_duty_is_one_new_paragraph(report_2023: Build, tmp_path: Path, cache: Path) -> None:
    correct = with_text(
        "unit.yaml", "    - 负责进场交易项目登记。", "    - 新的。\n    - 负责进场交易项目登记。"
    )
    changes, _ = after(correct, report_2023, tmp_path, cache)

    assert [one.added for one in changes.presence] == [True]
    assert {one.turn for one in changes.sentences} <= {"数字"}


def test_a_comment_is_no_change(report_2023: Build, tmp_path: Path, cache: Path) -> None:
    changes, _ = after(
        with_text("2023/expenditure.yaml", "# 原因", "# 又一行\n# 原因"),
        report_2023,
        tmp_path,
        cache,
    )

    assert not changes


# ------------------------------------------------------------------ told and read


def test_what_is_kept_reads_back_the_same(report_2023: Build) -> None:
    told = told_by(report_2023.document)

    assert told_from(told_json(told)) == told


@pytest.mark.parametrize("figure", ["309.78", "168.12"])
def test_a_file_shows_the_same_changed_cells_as_the_values_do(
    report_2023: Build, tmp_path: Path, cache: Path, figure: str
) -> None:
    correct = with_text("2023/expenditure.yaml", figure, "999.99")
    changes, made = after(correct, report_2023, tmp_path, cache)

    read = compare(*(State(read_back(one, made), {}, []) for one in (report_2023, made)))

    def numbers(found: Changes) -> list[tuple[str, str]]:
        return sorted((one.old, one.new) for one in found.cells if "公开" in one.table)

    assert numbers(read) == numbers(changes) != []


def read_back(made: Build, like: Build) -> Told:
    report = next(one.data for one in made.products if one.kind == "report")
    return told_by_file(read_docx(report), like.document)
