"""Builds are kept to compare with: the last ones, and those that were marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.changes import history as keeping
from disclosure.changes.history import (
    keep_build,
    kept_builds,
    last_before,
    mark,
    marked_as,
    state_of,
)
from disclosure.manifest import side_files
from disclosure.model.place import DisclosureError
from disclosure.pipeline import Build

SENT = "送审稿"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / ".history"


def saying(made: Build, title: str, report: bytes | None = None) -> Build:
    """The build with another chart's words, and another report when given."""
    key, series = next(iter(made.document.charts.items()))
    charts = {**made.document.charts, key: replace(series, caption=title)}
    products = tuple(
        replace(one, data=report or title.encode()) if one.kind == "report" else one
        for one in made.products
    )
    return replace(made, document=replace(made.document, charts=charts), products=products)


def keep(history: Path, made: Build) -> None:
    assert keep_build(history, made, side_files(made)) is None


def test_a_build_that_says_something_new_is_kept(history: Path, mini: Build) -> None:
    keep(history, saying(mini, "甲"))
    keep(history, saying(mini, "乙"))

    assert [one.report_bytes().decode() for one in kept_builds(history)] == ["甲", "乙"]


def test_the_same_build_again_writes_nothing(history: Path, mini: Build) -> None:
    keep(history, mini)
    before = [path.stat().st_mtime_ns for path in sorted(history.rglob("*"))]
    keep(history, mini)

    assert [path.stat().st_mtime_ns for path in sorted(history.rglob("*"))] == before


def test_other_bytes_that_say_the_same_take_its_place(history: Path, mini: Build) -> None:
    keep(history, saying(mini, "甲", b"without page numbers"))
    keep(history, saying(mini, "甲", b"with page numbers"))

    (kept,) = kept_builds(history)
    assert kept.report_bytes() == b"with page numbers"


def test_what_was_sent_is_not_replaced(history: Path, mini: Build, tmp_path: Path) -> None:
    keep(history, saying(mini, "甲", b"sent"))
    mark(history, tmp_path, SENT)
    keep(history, saying(mini, "甲", b"with page numbers"))

    sent = marked_as(kept_builds(history), SENT)
    assert sent and sent.report_bytes() == b"sent"


def test_unmarked_builds_are_pruned_and_marked_ones_stay(
    history: Path, mini: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "UNMARKED", 2)
    keep(history, saying(mini, "sent"))
    mark(history, tmp_path, SENT)
    for title in "甲乙丙":
        keep(history, saying(mini, title))

    assert [one.report_bytes().decode() for one in kept_builds(history)] == ["sent", "乙", "丙"]


def test_the_last_before_the_present_says_something_else(history: Path, mini: Build) -> None:
    first, second = saying(mini, "甲"), saying(mini, "乙")
    keep(history, first)
    keep(history, second)

    found = [last_before(kept_builds(history), state_of(one)) for one in (first, second)]
    assert [one and one.report_bytes().decode() for one in found] == ["乙", "甲"]


def test_a_mark_may_be_given_again(history: Path, mini: Build, tmp_path: Path) -> None:
    for title in "甲乙":
        keep(history, saying(mini, title))
        mark(history, tmp_path, SENT)

    found = marked_as(kept_builds(history), SENT)
    assert found and found.report_bytes().decode() == "乙"


def test_a_report_changed_by_hand_is_what_was_sent(
    history: Path, mini: Build, tmp_path: Path
) -> None:
    made = saying(mini, "甲")
    keep(history, made)
    (path,) = (tmp_path / one.path for one in made.products if one.kind == "report")
    path.write_bytes(b"by hand")

    kept = mark(history, tmp_path, SENT)

    assert kept.is_edited and kept.report_bytes() == b"by hand"


def test_nothing_to_mark_is_said(history: Path, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="还没有生成过"):
        mark(history, tmp_path, SENT)


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff"])
def test_a_damaged_entry_is_left_out(history: Path, mini: Build, damage: bytes) -> None:
    keep(history, saying(mini, "甲"))
    keep(history, saying(mini, "乙"))
    (history / "0001/build.json").write_bytes(damage)

    assert [one.report_bytes().decode() for one in kept_builds(history)] == ["乙"]


def test_a_disk_that_refuses_costs_the_copy_not_the_build(history: Path, mini: Build) -> None:
    history.write_bytes(b"a file in the way")

    problem = keep_build(history, mini, side_files(mini))

    assert problem and "没有留底" in problem.message
