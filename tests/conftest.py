"""Fixtures over whole builds, made once per run, and the golden texts."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from office import Office, copied

from disclosure.cli import main
from disclosure.load.pack import load_pack
from disclosure.pipeline import Build, build
from disclosure.scaffold import word_templates

ROOT = Path(__file__).parents[1]

# The same examples in every run; `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("steady")

CASES, GOLDEN = ROOT / "tests/cases", ROOT / "tests/golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden; read the diff after"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with tests/golden/NAME, which `pytest --update-golden` rewrites."""

    def compare(text: str, name: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        agreed = path.read_text(encoding="utf-8")
        changes = difflib.unified_diff(
            agreed.splitlines(), text.splitlines(), "agreed", "built", lineterm="", n=0
        )
        assert text == agreed, "\n".join([name, *changes])

    return compare


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all builds of a run, so that a chart is drawn once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def report_2023(cache: Path) -> Build:
    """The real unit and year, built in memory."""
    return build(ROOT / "content", 2023, ROOT / "templates", cache=cache)


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of tests/cases whose packs have Word templates, written from their pack.yaml."""
    copy = tmp_path_factory.mktemp("copy") / "cases"
    shutil.copytree(CASES, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for pack in (copy / "packs").iterdir():
        write_templates(pack)
    return copy


def write_templates(pack: Path) -> None:
    """The Word templates of a pack's folder, as its pack.yaml lays them out."""
    layout = load_pack(pack.parent, pack.name, with_templates=False).layout
    for name, data in word_templates(layout).items():
        (pack / name).write_bytes(data)


@pytest.fixture(scope="session")
def mini(cases: Path, cache: Path) -> Build:
    """The invented unit in its own region's pack."""
    return build(cases / "mini_unit", 2030, cases / "packs", cache=cache)


@pytest.fixture(scope="session")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program folder with the real content, its products, and everything cached."""
    root = tmp_path_factory.mktemp("office")
    for name in ("content", "templates"):
        copied(ROOT / name, root / name)
    assert main(root, ["report", "--no-layout", "--json"]) < 2
    return root


@pytest.fixture
def office(built_office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """A computer of one's own, to type in and to damage."""
    return Office(copied(built_office, tmp_path / "office"), capsys)
