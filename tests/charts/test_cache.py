"""A chart is drawn once for all that it shows, and a damaged cache is no reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import charts.cache
import charts.engine
from charts import Picture, PictureCache, draw, key_of, pictures
from charts.engine import PACKAGES, versions
from disclosure.model.chart import ChartSeries
from disclosure.model.figure import WAN, Figure
from disclosure.model.place import DisclosureError, Location

ROOT = Path(__file__).parents[2]


def a_chart(amount: str = "541.04", **different: Any) -> ChartSeries:
    figure = Figure("2023/收入/总计", Decimal(amount), WAN, "金额", Location("revenue.yaml", 3))
    series = ChartSeries(
        number=1,
        title="收、支决算总计变动情况",
        kind="column",
        groups=("收入",),
        series=(("2023年度", (figure,)),),
        labels=((amount,),),
        unit=WAN,
        description="",
    )
    return replace(series, **different)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[ChartSeries]:
    """The charts that had to be drawn, in order."""
    seen: list[ChartSeries] = []

    def count_and_draw(series: ChartSeries) -> Picture:
        seen.append(series)
        return draw(series)

    monkeypatch.setattr(charts.cache, "draw", count_and_draw)
    return seen


def test_each_chart_gets_its_picture_in_order() -> None:
    first, second = a_chart(), a_chart("1309.21")

    assert pictures([first, second], PictureCache()) == (draw(first), draw(second))


def test_the_same_content_is_drawn_once(drawn: list[ChartSeries]) -> None:
    cache = PictureCache()

    one, other = pictures([a_chart(), a_chart(number=4, title="财政拨款")], cache)
    pictures([a_chart()], cache)

    assert one is other
    assert len(drawn) == 1


def test_the_next_process_finds_it_in_the_folder(tmp_path: Path, drawn: list[ChartSeries]) -> None:
    (first,) = pictures([a_chart()], PictureCache(tmp_path / "charts"))
    (second,) = pictures([a_chart()], PictureCache(tmp_path / "charts"))

    assert first == second
    assert len(drawn) == 1


def test_a_picture_found_is_shown_without_importing_matplotlib(tmp_path: Path) -> None:
    pictures([a_chart()], PictureCache(tmp_path))

    said = run_python(
        "(picture,) = pictures([a_chart()], PictureCache(Path(sys.argv[1])))\n"
        "print(len(picture.png) > 1000, {'matplotlib', 'numpy', 'PIL'} & set(sys.modules))",
        tmp_path,
    )

    assert said == "True set()"


def test_drawing_reads_no_font_of_the_system_and_writes_nothing_at_home(tmp_path: Path) -> None:
    said = run_python(
        "pictures([a_chart()], PictureCache())\n"
        "from matplotlib.font_manager import fontManager\n"
        "print([font.name for font in fontManager.ttflist], 'MPLCONFIGDIR' in os.environ)",
        tmp_path,
    )

    assert said == "['DejaVu Sans'] False"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "different",
    [
        {"groups": ("支出",)},
        {"labels": (("541.0",),)},
        {"unit": "元"},
        {"kind": "pie"},
        {"series": (("2024年度", a_chart().series[0][1]),)},
        {"series": a_chart("541.05").series},
    ],
    ids=lambda different: next(iter(different)),
)
def test_whatever_is_seen_makes_another_picture(different: dict[str, Any]) -> None:
    assert key_of(a_chart(**different)) != key_of(a_chart())


def test_a_caption_that_changes_leaves_the_picture_as_it_is() -> None:
    assert key_of(a_chart(number=2, title="收入", description="收入")) == key_of(a_chart())


def test_another_version_of_what_draws_makes_another_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = key_of(a_chart())

    monkeypatch.setattr(charts.cache, "_tools", lambda: {"matplotlib": "4.0"})

    assert key_of(a_chart()) != before


@pytest.mark.parametrize("damage", [b"", b"not a picture", None], ids=["empty", "other", "cut"])
def test_a_damaged_entry_is_drawn_anew(
    damage: bytes | None, tmp_path: Path, drawn: list[ChartSeries]
) -> None:
    (whole,) = pictures([a_chart()], PictureCache(tmp_path))
    (entry,) = tmp_path.iterdir()
    sound = entry.read_bytes()
    entry.write_bytes(sound[:-1] if damage is None else damage)

    (again,) = pictures([a_chart()], PictureCache(tmp_path))

    assert again == whole
    assert len(drawn) == 2
    assert entry.read_bytes() == sound


def test_a_folder_that_cannot_be_made_only_costs_time(
    tmp_path: Path, drawn: list[ChartSeries]
) -> None:
    (tmp_path / "file").write_text("")
    cache = PictureCache(tmp_path / "file" / "charts")

    pictures([a_chart()], cache)
    pictures([a_chart()], cache)

    assert len(drawn) == 1  # memory still serves


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)

    assert pictures([a_chart()], PictureCache(tmp_path))
    assert not list(tmp_path.iterdir())


def test_memory_does_not_grow_with_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts.cache, "REMEMBERED", 2)
    cache = PictureCache()

    for key in "abc":
        cache.keep(key, Picture(b"", b"", 1, 1))

    assert [bool(cache.find(key)) for key in "abc"] == [False, True, True]


def test_versions_are_those_of_the_installed_packages() -> None:
    assert versions() == {name: version(name) for name in PACKAGES}


def test_without_matplotlib_the_clerk_reads_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(charts.engine, "find_spec", lambda _: None)
    charts.cache._tools.cache_clear()

    with pytest.raises(DisclosureError, match="pip install matplotlib pillow"):
        key_of(a_chart())


def run_python(program: str, home: Path) -> str:
    """What the program prints in a process of its own, with its argument as home."""
    imports = (
        "import os, sys; from pathlib import Path; from test_cache import a_chart\n"
        "from charts import PictureCache, pictures\n"
    )
    cleared = {k: v for k, v in os.environ.items() if not k.startswith(("MPL", "XDG"))}
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.run(
        [sys.executable, "-c", imports + program, str(home)],
        env=cleared | {"PYTHONPATH": paths, "HOME": str(home), "USERPROFILE": str(home)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
