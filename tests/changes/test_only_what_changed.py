"""A rebuild makes only what changed, and the same bytes as a full build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from changes.corrections import REAL, built, copied, edited, with_other_figures
from disclosure import products
from disclosure.manifest import side_files
from disclosure.pipeline import Build


def all_bytes(made: Build) -> dict[str, bytes]:
    return {one.path: one.data for one in made.products} | side_files(made)


@pytest.mark.parametrize("seed", range(3))
def test_a_rebuild_after_corrections_gives_the_bytes_of_a_full_build(
    report_2023: Build, cache: Path, tmp_path: Path, seed: int
) -> None:
    unit = with_other_figures(REAL, tmp_path, seed)

    rebuilt, afresh = all_bytes(built(unit, cache)), all_bytes(built(unit, tmp_path / "cache"))

    assert rebuilt == afresh
    assert rebuilt != all_bytes(report_2023)


@pytest.mark.usefixtures("report_2023")
def test_the_workbook_of_the_same_values_is_not_made_again(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = copied(REAL, tmp_path)
    edited(unit, "2023/performance/02_platform.yaml", "8209个", "8210个")
    monkeypatch.setattr(products, "tables_xlsx", lambda *_: pytest.fail("made again"))

    assert built(unit, cache).products


@pytest.mark.usefixtures("report_2023")
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("2023/expenditure.yaml", "309.78", "309.79"),  # an amount in a cell
        ("unit.yaml", "交易中心\n单位简称", "服务中心\n单位简称"),  # the line 部门：
    ],
)
def test_a_workbook_with_other_values_is_made_again(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str
) -> None:
    unit = copied(REAL, tmp_path)
    edited(unit, file, old, new)
    made: list[object] = []
    write = products.tables_xlsx
    monkeypatch.setattr(products, "tables_xlsx", lambda *all_: made.append(1) or write(*all_))

    built(unit, cache)

    assert made


def test_a_damaged_entry_of_the_cache_is_made_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = all_bytes(built(REAL, cache))
    for path in (cache / "tables").iterdir():
        path.write_bytes(path.read_bytes()[:-1])

    assert all_bytes(built(REAL, cache)) == first


def test_no_code_of_the_workbook_is_imported_for_the_digest() -> None:
    code = (
        "import sys; from disclosure.render.workbook_key import workbook_key;"
        "workbook_key(()); print('xlsxwriter' in sys.modules)"
    )
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REAL.parent
    )
    assert done.stdout.strip() == "False"
