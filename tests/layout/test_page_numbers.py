"""From the page of a bookmark to the number printed on it; laid out until nothing moves."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from disclosure.layout import Engine, Office, Outcome, Pdf, Typesetter, fonts, kept
from disclosure.layout.numbering import Draft
from disclosure.layout.typesetter import PASSES, PageNumbers
from disclosure.model.place import DisclosureError
from disclosure.render.archive import zip_parts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENGINE = Engine("1.0", ("FangSong",))


def a_docx(*blocks: str, last: str = "") -> bytes:
    body = "".join(blocks) + f"<w:sectPr>{last}</w:sectPr>"
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zip_parts([("word/document.xml", xml.encode())])


def an_entry(name: str, number: object = "") -> str:
    return (
        f'<w:p><w:hyperlink w:anchor="{name}"><w:r><w:t>标题{name}</w:t></w:r>'
        f"<w:r><w:instrText> PAGEREF {name} \\h </w:instrText></w:r><w:r><w:t>{number}</w:t></w:r>"
        "</w:hyperlink></w:p>"
    )


def a_heading(name: str, ends: str | None = None) -> str:
    section = "" if ends is None else f"<w:pPr><w:sectPr>{ends}</w:sectPr></w:pPr>"
    mark = f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'
    return f"<w:p>{section}{mark}<w:r><w:t>标题{name}</w:t></w:r></w:p>"


def a_section_end(numbering: str = "") -> str:
    return f"<w:p><w:pPr><w:sectPr>{numbering}</w:sectPr></w:pPr></w:p>"


START_1, START_10 = '<w:pgNumType w:start="1"/>', '<w:pgNumType w:start="10"/>'
ROMAN = '<w:pgNumType w:fmt="lowerRoman" w:start="1"/>'


@pytest.mark.parametrize(
    ("docx", "places", "numbers"),
    [
        (a_docx(an_entry("a"), a_heading("a")), {"a": 3}, {"a": 4}),
        (
            a_docx(an_entry("a"), a_section_end(ROMAN), a_heading("a"), last=START_1),
            {"LayoutSection0": 0, "LayoutSection1": 2, "a": 2},
            {"a": 1},
        ),
        (
            a_docx(an_entry("a"), a_section_end(), a_heading("a"), last=START_10),
            {"LayoutSection1": 2, "a": 4},
            {"a": 12},
        ),
        (  # a landscape page in between does not begin anew
            a_docx(
                an_entry("a"), a_section_end(), "<w:p/>", a_section_end(START_1), a_heading("a")
            ),
            {"LayoutSection1": 1, "a": 5},
            {"a": 5},
        ),
        (  # the heading is the paragraph that ends its section
            a_docx(an_entry("a"), a_heading("a", ends=""), "<w:p/>", last=START_10),
            {"LayoutSection1": 4, "a": 3},
            {"a": 4},
        ),
    ],
    ids=["no restart", "after the contents", "from ten", "runs on", "ends its section"],
)
def test_the_printed_number_counts_from_where_numbers_begin_anew(
    docx: bytes, places: dict[str, int], numbers: dict[str, int]
) -> None:
    assert Draft(docx).numbers(places) == numbers


def test_a_section_that_begins_anew_is_marked_where_it_begins() -> None:
    docx = a_docx(a_section_end(), a_heading("a"), "<w:p/>", last=START_1)

    marked = Draft(Draft(docx).marked())

    assert [section.bookmarks for section in marked._sections] == [[], ["LayoutSection1", "a"]]


@pytest.mark.parametrize(
    ("docx", "places", "told"),
    [
        (a_docx(an_entry("a"), a_heading("b")), {"b": 1}, "目录里的“标题a”在正文里找不到"),
        (a_docx(an_entry("a"), a_heading("a"), last=ROMAN), {"LayoutSection0": 0, "a": 1}, "格式"),
        (a_docx(an_entry("a"), a_heading("a"), last=START_1), {"a": 1}, "第 1 节"),
    ],
    ids=["no heading", "roman", "no mark"],
)
def test_a_number_that_cannot_be_known_is_refused(
    docx: bytes, places: dict[str, int], told: str
) -> None:
    with pytest.raises(DisclosureError, match=told):
        Draft(docx).numbers(places)


# ---------------------------------------------------------------- until nothing moves


class Setter(Typesetter):
    """Lays out without LibreOffice: `finds` gives the numbers of each pass, the last one again."""

    def __init__(self, cache: Path | None, *finds: Mapping[str, int]) -> None:
        super().__init__(Office(Path("soffice")), cache)
        self.finds = finds
        self.passes = 0

    def _lay_out(self, documents: Mapping[str, bytes]) -> dict[str, tuple[Pdf, PageNumbers]]:
        found = self.finds[min(self.passes, len(self.finds) - 1)]
        self.passes += bool(documents)
        return {name: (Pdf(docx, 1, "", ENGINE), found) for name, docx in documents.items()}


def written(
    numbers: PageNumbers | None, words: str = "", behind: str = a_section_end(), last: str = START_1
) -> bytes:
    """A contents page, what stands `behind` it, and a body of one heading."""
    entry = "" if numbers is None else an_entry("a", numbers.get("a", "00"))
    body = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    return a_docx(entry, behind, a_heading("a"), body, last=last)


def test_the_second_pass_proves_the_numbers_of_the_first() -> None:
    setter = Setter(None, {"a": 7})

    numbered = setter.numbered(written)

    assert numbered.docx == written({"a": 7})
    assert setter.passes == 2


def test_the_pdf_of_the_proof_is_the_product() -> None:
    setter = Setter(None, {"a": 7})
    docx = setter.numbered(written).docx

    made = setter.pdfs({"报告": docx})

    assert made["报告"].data == docx
    assert setter.passes == 2


def test_numbers_that_never_settle_are_left_out_and_said_so() -> None:
    setter = Setter(None, *({"a": number} for number in range(1, PASSES + 2)))
    layout = Outcome(setter)

    docx = layout.numbered(written)

    assert docx == written(None)
    assert setter.passes == PASSES
    (problem,) = layout.problems
    assert "目录没有页码：排版 3 次，标题的页码还在变动。" in str(problem)


def test_after_a_correction_that_moves_nothing_one_pass_proves_the_numbers(tmp_path: Path) -> None:
    Setter(tmp_path, {"a": 7}).numbered(written)
    setter = Setter(tmp_path, {"a": 7})

    numbered = setter.numbered(partial(written, words="corrected"))

    assert numbered.docx == written({"a": 7}, words="corrected")
    assert setter.passes == 1


def test_after_a_correction_that_moves_a_heading_its_new_number_is_proved(tmp_path: Path) -> None:
    Setter(tmp_path, {"a": 7}).numbered(written)
    setter = Setter(tmp_path, {"a": 8})

    numbered = setter.numbered(partial(written, words="a page more"))

    assert numbered.docx == written({"a": 8}, words="a page more")
    assert setter.passes == 2


@pytest.mark.parametrize(
    "layout",
    [{"behind": ""}, {"last": ""}],
    ids=["no section behind the contents", "numbers run on"],
)
def test_earlier_numbers_have_no_say_where_the_contents_page_may_move_a_heading(
    layout: dict[str, str], tmp_path: Path
) -> None:
    write = partial(written, **layout)
    Setter(tmp_path, {"a": 7}).numbered(write)
    setter = Setter(tmp_path, {"a": 7})

    setter.numbered(partial(write, words="corrected"))

    assert setter.passes == 2


@pytest.fixture
def lay_out_twice(tmp_path: Path) -> Callable[[Callable[[], None]], int]:
    """How many passes a second run takes, after what happens in between."""

    def run(between: Callable[[], None]) -> int:
        first = Setter(tmp_path, {"a": 7}).numbered(written)
        between()
        again = Setter(tmp_path, {"a": 7})
        assert again.numbered(written) == first
        return again.passes

    return run


def test_an_unchanged_document_is_not_laid_out_again(
    lay_out_twice: Callable[[Callable[[], None]], int],
) -> None:
    assert lay_out_twice(lambda: None) == 0


def test_another_font_on_the_machine_has_it_laid_out_again(
    lay_out_twice: Callable[[Callable[[], None]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lay_out_twice(lambda: monkeypatch.setattr(fonts, "fingerprint", lambda: "other")) == 1


def test_a_damaged_entry_of_the_cache_counts_as_none(
    lay_out_twice: Callable[[Callable[[], None]], int], tmp_path: Path
) -> None:
    def damage() -> None:
        for path in (tmp_path / "layout").iterdir():
            path.write_bytes(path.read_bytes()[:-1])

    assert lay_out_twice(damage) == 2


def test_the_cache_does_not_grow_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 1500)
    store = kept.Kept(tmp_path)

    for number, name in enumerate(("first", "second", "third")):
        store.keep(name, {}, b"x" * 600)
        os.utime(tmp_path / name, (number, number))
    store.keep("fourth", {}, b"x" * 600)

    assert {path.name for path in tmp_path.iterdir()} == {"third", "fourth"}
    assert kept.Kept(tmp_path).find("fourth") == ({}, b"x" * 600)
