"""The product's workbook goes back in and nothing changes; emptied content is filled from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importing import books
from importing.books import CONTENT, MINI, MINI_PACKS, MINI_YEAR, MONEY, PACKS, YEAR


def test_our_own_workbook_changes_no_byte_of_the_content(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)

    plan = books.imported(unit, books.product())

    assert plan.is_clean
    assert len(plan.tables) == 9
    assert not plan.files


def test_another_packs_workbook_with_several_funds_changes_nothing_either(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path, MINI, MINI_YEAR)

    plan = books.imported(unit, books.mini_product(), packs=MINI_PACKS)

    assert plan.is_clean
    assert not plan.files


@pytest.mark.parametrize(
    ("unit_dir", "year", "packs"), [(CONTENT, YEAR, PACKS), (MINI, MINI_YEAR, MINI_PACKS)]
)
def test_emptied_content_prints_the_same_tables_after_the_import(
    unit_dir: Path, year: int, packs: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    books.shutil.copytree(unit_dir, whole / unit_dir.name)
    unit = whole / unit_dir.name
    for name in MONEY:
        (unit / str(year) / name).unlink(missing_ok=True)
    before = books.tables_of(unit_dir, year, packs)

    books.written(unit, books.imported(unit, before, packs=packs))

    assert books.tables_of(unit, year, packs) == before


def test_amounts_taken_out_of_the_files_come_back_where_they_were(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    file = unit / "2023" / "basic_expenditure.yaml"
    typed = file.read_text(encoding="utf-8")
    emptied = typed.replace('"30101": 46.05    #', '"30101":  #')
    assert emptied != typed
    file.write_text(emptied, encoding="utf-8")

    books.written(unit, books.imported(unit, books.product()))

    assert '"30101": 46.05  # 基本工资' in file.read_text(encoding="utf-8")


def test_a_second_import_of_the_same_workbook_changes_nothing(tmp_path: Path) -> None:
    unit = books.a_copy(tmp_path)
    data = books.changed(lambda book: None)
    books.written(unit, books.imported(unit, data))

    assert not books.imported(unit, data).files


def test_files_with_every_amount_left_open_are_filled_line_by_line(tmp_path: Path) -> None:
    """As a drafted year stands: the keys are there, with nothing behind them."""
    whole = tmp_path / "whole"
    books.shutil.copytree(CONTENT, whole / "content")
    unit = whole / "content"
    before = {name: (unit / "2023" / name).read_text("utf-8") for name in MONEY}
    amount = re.compile(r"^( *(?!全年|年初预算|说明差额)\S+:) [\d.]+(?= *(?:#|$))", re.MULTILINE)
    for name, text in before.items():
        opened = amount.sub(r"\1", text) if name != "approved_totals.yaml" else "批复数: {}\n"
        assert opened != text
        (unit / "2023" / name).write_text(opened, encoding="utf-8")

    books.written(unit, books.imported(unit, books.product()))

    for name in ("revenue.yaml", "basic_expenditure.yaml"):
        filled = (unit / "2023" / name).read_text("utf-8")
        assert re.sub(" +#", " #", filled) == re.sub(" +#", " #", before[name])
    assert books.tables_of(unit, YEAR, PACKS) == books.product()
