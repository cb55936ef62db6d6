"""Makes the small templates of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_templates import Make, write_docx

from disclosure.render import engine
from disclosure.render.engine import WordTemplate


@pytest.fixture(autouse=True)
def _no_template_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_prepared", {})


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a template of a body, and loads it."""

    def load(body: str, header: str = "", section: str = "", name: str = "a.docx") -> WordTemplate:
        return WordTemplate.load(write_docx(tmp_path / name, body, header, section), None)

    return load
