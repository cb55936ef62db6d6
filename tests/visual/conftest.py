"""The laid-out documents as images, drawn once per run; skipped where LibreOffice is missing."""

from __future__ import annotations

import pytest
from layout.conftest import laid_out, libreoffice
from layout_reading import product

from disclosure.pipeline import Build
from visual.seeing import Picture, pictures

__all__ = ["laid_out", "libreoffice"]


@pytest.fixture(scope="session")
def seen(laid_out: Build) -> list[Picture]:
    """Every page of the report and of the attachments' own files."""
    documents = [p for p in laid_out.products if p.kind in ("report", "attachment")]
    return [
        picture
        for document in documents
        for picture in pictures(document.data, product(laid_out, "pdf", document.number))
    ]
