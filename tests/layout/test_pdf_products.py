"""--pdf: the report and each attachment as PDFs a government site may publish."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from layout_reading import (
    Glyphs,
    bookmarks,
    catalog,
    close,
    drawn,
    outlined,
    page_texts,
    printed_number,
    product,
    words_of,
)

from disclosure import cli, layout
from disclosure.layout import Office, Typesetter
from disclosure.layout.pdf import without_clock
from disclosure.manifest import manifest_json
from disclosure.pipeline import Build, Product
from disclosure.store import MANIFEST, store

ROOT = Path(__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
NOT_CHINESE = ("DejaVu", "Liberation", "OpenSymbol")
DEEPEST = 9


def documents(build: Build) -> list[Product]:
    return [p for p in build.products if p.kind in ("report", "attachment")]


def pdf_of(document: Product, build: Build) -> bytes:
    return product(build, "pdf", document.number)


@pytest.fixture(scope="module")
def pieces(laid_out: Build) -> list[Glyphs]:
    """All text of all PDFs, as it is drawn."""
    return [piece for p in laid_out.products if p.kind == "pdf" for piece in drawn(p.data)]


def test_the_report_and_each_attachment_have_a_pdf_beside_them(laid_out: Build) -> None:
    paths = [p.path for p in laid_out.products if p.kind == "pdf"]

    assert paths == [p.path.removesuffix("docx") + "pdf" for p in documents(laid_out)]
    assert len(paths) == 1 + len(laid_out.document.attachments)


def test_bookmarks_are_the_headings_of_the_document(laid_out: Build) -> None:
    for document in documents(laid_out):
        titles = [close(title) for _, title in bookmarks(pdf_of(document, laid_out))]
        assert titles == [close(words) for words in outlined(document.data, DEEPEST)]


def test_attachments_are_bookmarked_under_their_part_with_their_own_headings_below(
    laid_out: Build,
) -> None:
    marks = bookmarks(product(laid_out, "pdf"))
    titles = [str(attachment.titles["附件标题"]) for attachment in laid_out.document.attachments]

    assert [level for level, title in marks if title in titles] == [1] * len(titles)
    assert max(level for level, _ in marks) > 1


def test_a_pdf_is_tagged_and_says_its_title_and_language(laid_out: Build) -> None:
    for document in documents(laid_out):
        said = catalog(pdf_of(document, laid_out))
        assert said.is_tagged
        assert said.language == "zh-CN"
        assert said.title and document.path.removesuffix(".docx").endswith(said.title)


def test_every_font_is_in_the_file(pieces: list[Glyphs]) -> None:
    assert {piece.font for piece in pieces if not piece.is_embedded} == set()


def test_no_chinese_character_is_drawn_with_a_font_that_lacks_it(pieces: list[Glyphs]) -> None:
    fonts = {piece.font for piece in pieces if HAN.search(piece.text)}

    assert fonts
    assert not [font for font in fonts if any(name in font for name in NOT_CHINESE)]


def test_every_character_of_a_document_is_in_its_pdf(laid_out: Build) -> None:
    for document in documents(laid_out):
        wanted = Counter(HAN.findall(words_of(document.data)))
        shown = Counter(HAN.findall("".join(page_texts(pdf_of(document, laid_out)))))
        assert not wanted - shown, document.path


def test_no_page_is_blank(laid_out: Build) -> None:
    for document in documents(laid_out):
        for page in page_texts(pdf_of(document, laid_out)):
            assert close(page) != f"—{printed_number(page)}—"
            assert HAN.search(page)


def test_the_manifest_names_engine_fonts_and_pages(laid_out: Build) -> None:
    manifest = json.loads(manifest_json(laid_out, {}))
    listed = {p["path"]: p for p in manifest["products"] if p["kind"] == "pdf"}

    assert re.fullmatch(r"\d+(\.\d+)+", manifest["engine"]["LibreOffice"])
    assert manifest["engine"]["fonts"]
    for pdf in (p for p in laid_out.products if p.kind == "pdf"):
        texts = page_texts(pdf.data)
        assert listed[pdf.path]["pages"] == len(texts)
        assert listed[pdf.path]["text_sha256"] == sha256("\f".join(texts).encode()).hexdigest()


def test_the_same_document_laid_out_again_says_the_same(
    laid_out: Build, libreoffice: Office
) -> None:
    shortest = min(documents(laid_out), key=lambda document: len(document.data))
    before = next(p for p in laid_out.products if (p.kind, p.number) == ("pdf", shortest.number))

    (again,) = Typesetter(libreoffice, None).pdfs({"again": shortest.data}).values()

    assert (again.text, again.pages) == (before.text, before.pages)


def test_a_pdf_is_dated_like_its_document_and_no_offset_moves() -> None:
    first, second = (
        b"<</CreationDate(D:%sZ')>> /ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n>>"
        % (clock, identity * 32, identity * 32, identity * 32)
        for clock, identity in ((b"20241124044158", b"A"), (b"20250101000001", b"0"))
    )

    made = without_clock(first, "20231231")

    assert made == without_clock(second, "20231231")
    assert b"(D:20231231000000Z')" in made and len(made) == len(first)


# ---------------------------------------------------------------- the command line


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the checkout as far as a build needs it."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setattr(layout, "find_office", lambda: None)


@pytest.mark.usefixtures("nowhere")
def test_pdf_without_libreoffice_ends_with_2_and_the_docx_are_there(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(root, ["report", "--pdf", "--out", str(root / "out")])

    assert code == cli.STOPPED
    assert len(list((root / "out").glob("*.docx"))) == 8
    assert not list((root / "out").glob("*.pdf"))
    told = capsys.readouterr().out
    assert "目录没有页码，没有 PDF：没有找到 LibreOffice。 处理办法：装好 LibreOffice" in told


@pytest.mark.usefixtures("nowhere")
def test_a_build_without_libreoffice_is_clean_and_says_what_is_missing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.main(root, ["report", "--json", "--out", str(root / "out")])

    told = json.loads(capsys.readouterr().out)
    assert code == told["exit"] == cli.CLEAN
    assert told["missing"][0].startswith("目录没有页码：没有找到 LibreOffice。")


def test_pdf_and_no_layout_contradict_each_other(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(root, ["report", "--pdf", "--no-layout"]) == cli.STOPPED
    assert "--pdf 要排版，不能和 --no-layout 一起用" in capsys.readouterr().err


def test_a_pdf_goes_when_its_document_is_made_anew(laid_out: Build, tmp_path: Path) -> None:
    attachment = next(p for p in laid_out.products if p.kind == "attachment")
    pdf = next(p for p in laid_out.products if (p.kind, p.number) == ("pdf", attachment.number))
    before = replace(laid_out, products=(attachment, pdf))
    store(
        tmp_path / "out",
        {
            attachment.path: attachment.data,
            pdf.path: pdf.data,
            MANIFEST: manifest_json(before, {}),
        },
    )
    changed = replace(attachment, data=attachment.data + b" ")
    after = replace(laid_out, products=(changed,))
    kept = json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))

    files = {changed.path: changed.data, MANIFEST: manifest_json(after, kept)}
    store(tmp_path / "out", files, partial=True)

    assert {path.name for path in (tmp_path / "out").iterdir()} == {changed.path, MANIFEST}
