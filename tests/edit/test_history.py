"""Every writing of content keeps a copy, and undo goes back step by step."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from disclosure.edit import history
from disclosure.edit.history import changed_since, kept_copies, undo, write_content
from disclosure.load.unit import years_of
from disclosure.model.place import DisclosureError

NOW = datetime(2024, 6, 1, 9, 30)


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    (tmp_path / "2023").mkdir()
    (tmp_path / "unit.yaml").write_bytes(b"a: 1\r\n")
    (tmp_path / "2023" / "revenue.yaml").write_bytes(b"b: 1\n")
    return tmp_path


def snapshot(unit: Path) -> dict[str, bytes]:
    return {
        path.relative_to(unit).as_posix(): path.read_bytes()
        for path in unit.rglob("*")
        if path.is_file() and ".history" not in path.parts
    }


def test_undo_puts_back_every_byte(unit: Path) -> None:
    before = snapshot(unit)
    write_content(
        unit,
        {"2023/revenue.yaml": b"b: 2\n", "2024/new.yaml": b"c: 1\n", "unit.yaml": None},
        "import",
        "表.xlsx",
        NOW,
    )
    assert snapshot(unit) == {"2023/revenue.yaml": b"b: 2\n", "2024/new.yaml": b"c: 1\n"}

    undo(unit, kept_copies(unit)[-1])

    assert snapshot(unit) == before
    assert not (unit / "2024").exists()


def test_undo_twice_goes_back_two_steps_even_within_one_second(unit: Path) -> None:
    states = [snapshot(unit)]
    for number in (2, 3):
        data = f"b: {number}\n".encode()
        write_content(unit, {"2023/revenue.yaml": data}, "import", "", NOW)
        states.append(snapshot(unit))

    undo(unit, kept_copies(unit)[-1])
    assert snapshot(unit) == states[1]
    undo(unit, kept_copies(unit)[-1])
    assert snapshot(unit) == states[0]
    assert kept_copies(unit) == []


def test_the_newest_comes_last_although_the_clock_went_back(unit: Path) -> None:
    write_content(unit, {"2023/revenue.yaml": b"b: 2\n"}, "import", "first", NOW)
    write_content(unit, {"2023/revenue.yaml": b"b: 3\n"}, "new", "second", NOW - timedelta(hours=1))

    assert [kept.told for kept in kept_copies(unit)] == ["first", "second"]


def test_nothing_changed_keeps_nothing(unit: Path) -> None:
    assert write_content(unit, {"2023/revenue.yaml": b"b: 1\n"}, "import", "", NOW) is None
    assert not (unit / ".history").exists()


def test_a_later_change_by_hand_is_noticed_and_not_lost_by_undo(unit: Path) -> None:
    kept = write_content(unit, {"2023/revenue.yaml": b"b: 2\n"}, "import", "", NOW)
    assert kept is not None
    (unit / "2023" / "revenue.yaml").write_bytes(b"b: 2  # by hand\n")

    assert changed_since(unit, kept) == ["2023/revenue.yaml"]
    undo(unit, kept)

    (copy,) = kept.folder.rglob("after/2023/revenue.yaml")
    assert copy.read_bytes() == b"b: 2  # by hand\n"


def test_a_disk_that_refuses_leaves_every_file_as_it_was(
    unit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(unit)
    replace, written = os.replace, []

    def full_after_one(source: str | Path, target: str | Path) -> None:
        if ".history" not in Path(target).parts:
            if written and Path(target).name not in written:
                raise OSError(28, "No space left on device")
            written.append(Path(target).name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", full_after_one)
    with pytest.raises(DisclosureError, match="写不进去"):
        write_content(
            unit, {"unit.yaml": b"a: 2\n", "2023/revenue.yaml": b"b: 2\n"}, "import", "", NOW
        )

    assert snapshot(unit) == before
    assert kept_copies(unit) == []


def test_a_damaged_entry_does_not_stand_in_the_way(unit: Path) -> None:
    write_content(unit, {"2023/revenue.yaml": b"b: 2\n"}, "import", "", NOW)
    damaged = unit / history.HISTORY / "20240101-000000-import"
    damaged.mkdir()
    (damaged / history.INDEX).write_text("{", encoding="utf-8")

    (kept,) = kept_copies(unit)

    assert kept.command == "import"


def test_the_copies_are_no_year_of_the_unit(unit: Path) -> None:
    write_content(unit, {"2023/revenue.yaml": b"b: 2\n"}, "import", "", NOW)

    assert years_of(unit) == [2023]
