"""The same inputs give the same bytes: another clock, time zone, folder, hash seed, cold or warm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT

SITE = dedent(
    """
    import datetime, time

    AHEAD = 9 * 365 * 24 * 3600 + 7 * 3600 + 11
    real = {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime")}
    time.time = lambda: real["time"]() + AHEAD
    time.time_ns = lambda: real["time_ns"]() + AHEAD * 10**9
    time.localtime = lambda at=None: real["localtime"](time.time() if at is None else at)
    time.gmtime = lambda at=None: real["gmtime"](time.time() if at is None else at)

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        utcnow = today = now

    class LaterDay(datetime.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

    datetime.datetime, datetime.date = Later, LaterDay
    """
)
RUN = "import sys; from pathlib import Path; from disclosure.cli import main; sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))"


def a_place(folder: Path) -> Path:
    """A checkout's content and templates, under another folder."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def built(root: Path, out: Path, here: Path, **environment: str) -> dict[str, bytes]:
    """What `build.py` writes for the checkout `root`, run in the folder `here`, by path."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ"))}
    here.mkdir(parents=True, exist_ok=True)
    paths = (environment.pop("PYTHONPATH", ""), str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(root), "--no-layout", "--out", str(out)],
        cwd=here,
        env=inherited | environment | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The first build in a fresh place, with nothing in its cache."""
    folder = tmp_path_factory.mktemp("one")
    root = a_place(folder / "checkout")
    return root, built(root, folder / "out", folder, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")


def test_another_day_place_time_zone_language_and_hash_seed_give_the_same_bytes(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SITE, "utf-8")
    root = a_place(tmp_path / "在别处 another" / "deeper")

    second = built(
        root,
        tmp_path / "out",
        tmp_path / "a folder to stand in",
        PYTHONPATH=str(tmp_path),
        PYTHONHASHSEED="4242",
        TZ="Asia/Shanghai",
        LC_ALL="C",
    )

    assert differences(first[1], second) == []


def test_a_warm_cache_gives_the_same_bytes(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root, cold = first
    assert any((root / "output/.cache").rglob("*"))

    warm = built(root, tmp_path / "out", tmp_path, PYTHONHASHSEED="7", TZ="America/New_York")

    assert differences(cold, warm) == []


def test_every_kind_of_product_is_compared(first: tuple[Path, dict[str, bytes]]) -> None:
    kinds = {Path(name).suffix for name in first[1]}

    assert kinds == {".docx", ".xlsx", ".png", ".svg", ".json"}
    assert {"lineage.json", "findings.json", "manifest.json"} <= first[1].keys()


def differences(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    """Files that only one has, or that differ."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
