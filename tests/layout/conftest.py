"""The real report laid out once per run; skipped where LibreOffice is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.layout import Office, Typesetter, find_office
from disclosure.pipeline import Build, build, newest_year

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def libreoffice() -> Office:
    found = find_office()
    if found is None:
        pytest.skip("没有 LibreOffice，排版无从检查：apt-get install libreoffice-writer")
    return found


@pytest.fixture(scope="session")
def laid_out(libreoffice: Office, cache: Path) -> Build:
    """The shipped unit with page numbers and PDFs."""
    unit, packs = ROOT / "content", ROOT / "templates"
    setter = Typesetter(libreoffice, cache)
    return build(unit, newest_year(unit), packs, cache=cache, typesetter=setter, pdf=True)
