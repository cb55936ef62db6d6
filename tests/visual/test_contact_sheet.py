"""`make pages`: every page of the delivered documents, small, on a few sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from layout_reading import page_texts, product
from PIL import Image

from disclosure import contact_sheet
from disclosure.contact_sheet import ON_A_SHEET, Page
from disclosure.layout import Office
from disclosure.manifest import manifest_json
from disclosure.pipeline import Build
from disclosure.store import MANIFEST, store


@pytest.fixture
def delivered(
    laid_out: Build, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The products of a build, in their folder; they have been laid out before."""
    monkeypatch.setattr(contact_sheet, "CACHE", cache)
    files = {p.path: p.data for p in laid_out.products}
    store(tmp_path / "out", files | {MANIFEST: manifest_json(laid_out, {})})
    return tmp_path / "out"


def white_pages(laid_out: Build, number: int) -> list[Page]:
    pdf = product(laid_out, "pdf", 1)
    return [Page(f"第 {one} 页", pdf, 0) for one in range(number)]


def test_every_page_of_the_report_and_the_attachments_gets_a_place(
    laid_out: Build, delivered: Path, cache: Path
) -> None:
    documents = contact_sheet.laid_out(delivered, cache)
    pages = [p for name, pdf in documents.items() for p in contact_sheet.pages_of(name, pdf)]

    numbers = range(1, len(laid_out.document.attachments) + 1)
    assert list(documents) == ["报告", *(f"附件{number}" for number in numbers)]
    assert len(pages) == sum(p.pages or 0 for p in laid_out.products if p.kind == "pdf")
    assert pages[0].title == "报告　第 1 页"


def test_a_dozen_pages_fill_a_sheet_and_an_earlier_sheet_too_many_goes(
    laid_out: Build, tmp_path: Path
) -> None:
    (tmp_path / "sheet-03.png").write_bytes(b"of a longer document")
    (tmp_path / "mine.png").write_bytes(b"somebody's own")

    written = contact_sheet.write_sheets(tmp_path, white_pages(laid_out, ON_A_SHEET + 1))

    assert [path.name for path in written] == ["sheet-01.png", "sheet-02.png"]
    assert {path.name for path in tmp_path.iterdir()} == {*(p.name for p in written), "mine.png"}
    first, second = (Image.open(path).size for path in written)
    assert first[0] == second[0] and first[1] > 2 * second[1]


def test_a_page_is_drawn_where_its_title_says(laid_out: Build) -> None:
    pdf = product(laid_out, "pdf", 1)
    one, two = (Page("", pdf, number) for number in (0, 1))

    assert page_texts(pdf)[0] != page_texts(pdf)[1]
    assert contact_sheet.sheet([one]).tobytes() != contact_sheet.sheet([two]).tobytes()


def test_pages_of_the_report_side_by_side_make_a_small_picture(
    delivered: Path, libreoffice: Office, tmp_path: Path
) -> None:
    picture = tmp_path / "pages.png"

    code = contact_sheet.main(
        ["--out", str(delivered), "--picture", str(picture), "--of", "1", "2"]
    )

    assert code == 0
    width, height = Image.open(picture).size
    assert width > height
    assert picture.stat().st_size < 250_000


def test_without_libreoffice_it_says_how_to_get_it(
    delivered: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(contact_sheet, "find_office", lambda: None)

    code = contact_sheet.main(["--out", str(delivered)])

    assert code == 2
    assert "没有找到 LibreOffice。 处理办法：装好 LibreOffice" in capsys.readouterr().err
    assert not (delivered / contact_sheet.SHEETS).exists()


def test_before_the_first_build_it_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert contact_sheet.main(["--out", str(tmp_path)]) == 2
    assert "这里没有生成好的文档。 处理办法：先运行 build.py" in capsys.readouterr().err
