"""The Word redline: accepting all gives the new text, rejecting all the old one."""

from __future__ import annotations

import io
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ROOT
from openxml_audit import OpenXmlValidator

from changes.corrections import (
    REAL,
    Correction,
    built,
    copied,
    edited,
    report_of,
    with_one_more_project,
    with_other_figures,
    with_text,
    without_item,
)
from changes.tracked import (
    R,
    W,
    accepted,
    body,
    deleted,
    inserted,
    lines,
    rejected,
    tracked_rows,
)
from disclosure.changes.redline import Reviser, redline
from disclosure.model.place import DisclosureError
from disclosure.pipeline import Build

SOMEBODY = Reviser("张三", "2024-05-01T00:00:00Z")
INDICATORS = "2023/performance/02_platform.yaml"
CORRECTIONS: dict[str, Correction] = {
    "a 项 is gone": without_item("2101102"),
    "a new project": with_one_more_project("01_investment.yaml", "招商引资", "招才引智"),
    "a figure": with_text("2023/expenditure.yaml", "309.78", "285.5"),
    "a word in a score table": with_text(INDICATORS, "8209个", "8210个"),
    "a new duty": with_text(
        "unit.yaml",
        "    - 承办上级交办的其他事项。",
        "    - 新的。\n    - 承办上级交办的其他事项。",
    ),
    "another name": with_text("unit.yaml", "交易中心\n单位简称", "服务中心\n单位简称"),
    "another reason": with_text("2023/expenditure.yaml", "追加州级政府采购", "增拨州级招标"),
}


@pytest.fixture(scope="session")
def before(report_2023: Build) -> bytes:
    return report_of(report_2023)


@pytest.fixture
def after(tmp_path: Path, cache: Path, request: pytest.FixtureRequest) -> bytes:
    """The report after the correction that the test names."""
    unit = copied(REAL, tmp_path)
    CORRECTIONS[request.param](unit)
    return report_of(built(unit, cache))


def corrected(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("after", names, indirect=True)


def assert_tells_both(old: bytes, new: bytes) -> bytes:
    marked = redline(old, new, SOMEBODY)
    assert accepted(marked) == lines(new)
    assert rejected(marked) == lines(old)
    return marked


# ------------------------------------------------------------------ both texts are in it


@pytest.mark.parametrize("seed", range(4))
def test_any_correction_is_told_whole(
    before: bytes, tmp_path: Path, cache: Path, seed: int
) -> None:
    new = report_of(built(with_other_figures(REAL, tmp_path, seed), cache))
    assert new != before

    assert_tells_both(before, new)
    assert_tells_both(new, before)


@pytest.mark.parametrize("seed", range(3))
def test_any_correction_of_the_invented_unit_is_told_whole(
    cases: Path, mini: Build, tmp_path: Path, cache: Path, seed: int
) -> None:
    unit = with_other_figures(cases / "mini_unit", tmp_path, seed)
    new = report_of(built(unit, cache, 2030, cases / "packs"))

    assert_tells_both(report_of(mini), new)
    assert_tells_both(new, report_of(mini))


@corrected(*CORRECTIONS)
def test_what_comes_and_goes_is_told_whole(before: bytes, after: bytes) -> None:
    assert lines(before) != lines(after)

    assert_tells_both(before, after)
    assert_tells_both(after, before)


@corrected("a 项 is gone", "a new project")
def test_a_redline_is_valid_ooxml(before: bytes, after: bytes, tmp_path: Path) -> None:
    marked = redline(before, after, SOMEBODY)

    assert tracked_rows(marked, "del") or tracked_rows(marked, "ins")
    assert faults(marked, tmp_path) == []


def test_another_units_document_is_told_whole(before: bytes, mini: Build) -> None:
    assert_tells_both(before, report_of(mini))


def test_the_same_document_has_no_change(before: bytes) -> None:
    marked = redline(before, before, SOMEBODY)

    assert not list(body(marked).iter(W + "ins", W + "del"))
    assert lines(marked) == lines(before)


def faults(docx: bytes, folder: Path) -> list[str]:
    path = folder / "redline.docx"
    path.write_bytes(docx)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


# ------------------------------------------------------------------ what a reader sees


@corrected("a figure")
def test_a_number_is_replaced_whole_and_its_unit_stays(before: bytes, after: bytes) -> None:
    marked = redline(before, after, SOMEBODY)

    assert "309.78" in deleted(marked) and "285.5" in inserted(marked)
    assert not [text for text in deleted(marked) if "万元" in text]


@corrected("a figure")
def test_a_changed_row_is_not_a_deleted_row(before: bytes, after: bytes) -> None:
    marked = redline(before, after, SOMEBODY)

    assert tracked_rows(marked, "del") == tracked_rows(marked, "ins") == []


@corrected("a 项 is gone")
def test_rows_are_matched_by_their_code(before: bytes, after: bytes) -> None:
    marked = redline(before, after, SOMEBODY)

    assert {row[:7] for row in tracked_rows(marked, "del") if row.startswith("2101102")} == {
        "2101102"
    }
    assert all(row.startswith("210") for row in tracked_rows(marked, "del"))
    assert tracked_rows(marked, "ins") == []
    assert len(tracked_rows(redline(after, before, SOMEBODY), "ins")) == 9  # 类, 款, 项; 3 tables


@corrected("a new duty")
def test_a_new_duty_does_not_rewrite_the_paragraph(before: bytes, after: bytes) -> None:
    marked = redline(before, after, SOMEBODY)

    assert "新的" in "".join(inserted(marked))
    assert sum(map(len, deleted(marked))) < 10


@corrected("a figure")
def test_author_and_date_are_the_given_ones(before: bytes, after: bytes) -> None:
    marks = list(body(redline(before, after, SOMEBODY)).iter(W + "ins", W + "del"))

    assert {one.get(W + "author") for one in marks} == {"张三"}
    assert {one.get(W + "date") for one in marks} == {"2024-05-01T00:00:00Z"}
    assert len({one.get(W + "id") for one in marks}) == len(marks)


@corrected("a new project")
def test_the_same_two_documents_give_the_same_bytes(before: bytes, after: bytes) -> None:
    assert redline(before, after, SOMEBODY) == redline(before, after, SOMEBODY)


# ------------------------------------------------------------------ what must survive


@corrected("a figure", "another name", "a new project")
def test_bookmarks_links_and_fields_of_the_new_document_survive(
    before: bytes, after: bytes
) -> None:
    marked, new = body(redline(before, after, SOMEBODY)), body(after)

    def names(root: object) -> set[str]:
        return {one.get(W + "name") for one in root.iter(W + "bookmarkStart")}  # type: ignore[attr-defined]

    def links(root: object) -> set[str]:
        return {one.get(W + "anchor") for one in root.iter(W + "hyperlink")}  # type: ignore[attr-defined]

    assert names(marked) >= names(new) and links(marked) >= links(new)
    starts = [one.get(W + "name") for one in marked.iter(W + "bookmarkStart")]
    ids = [one.get(W + "id") for one in marked.iter(W + "bookmarkStart")]
    assert len(set(starts)) == len(starts) and len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(one.get(W + "id") for one in marked.iter(W + "bookmarkEnd"))
    kinds = [one.get(W + "fldCharType") for one in marked.iter(W + "fldChar")]
    assert kinds.count("begin") == kinds.count("end") > 0


def pictures_behind(docx: bytes, mark: str) -> set[str]:
    """The bytes of the pictures and charts in inserted or deleted content, as hashes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        relations = body(docx, "word/_rels/document.xml.rels")
        targets = {one.get("Id"): one.get("Target") for one in relations}
        shown = [
            value
            for place in body(docx).iter(W + mark)
            for one in place.iter()
            for name, value in one.attrib.items()
            if name.startswith(R)
        ]
        names = [targets[identity] for identity in shown]
        return {
            sha256(archive.read(n[1:] if n.startswith("/") else f"word/{n}")).hexdigest()
            for n in names
        }


@pytest.mark.parametrize("native", [False, True], ids=["pictures", "native charts"])
def test_a_changed_chart_is_deleted_and_the_new_one_inserted(
    tmp_path: Path, cache: Path, native: bool
) -> None:
    unit = copied(REAL, tmp_path)
    old = report_of(built(unit, cache, native_charts=native))
    edited(unit, "2023/expenditure.yaml", "168.12", "268.12")
    new = report_of(built(unit, cache, native_charts=native))

    marked = assert_tells_both(old, new)

    gone, come = pictures_behind(marked, "del"), pictures_behind(marked, "ins")
    assert gone and come and not gone & come
    assert gone <= hashes(old) and come <= hashes(new)
    assert faults(marked, tmp_path) == []


def hashes(docx: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


# ------------------------------------------------------------------ files from elsewhere


@corrected("a figure")
def test_a_redline_counts_as_accepted_when_compared_again(before: bytes, after: bytes) -> None:
    marked = redline(before, after, SOMEBODY)

    again = redline(marked, after, SOMEBODY)

    assert not list(body(again).iter(W + "ins", W + "del"))


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_document_is_refused(before: bytes, data: bytes) -> None:
    with pytest.raises(DisclosureError, match=r"旧稿\.docx.*不是 Word 文档"):
        redline(data, before, SOMEBODY, "旧稿.docx")


def test_a_document_that_is_not_ours_is_compared_all_the_same(before: bytes) -> None:
    template = (ROOT / "templates/hubei/attachment_project.docx").read_bytes()

    assert_tells_both(template, before)


def as_saved_elsewhere(docx: bytes) -> bytes:
    """Other names of styles and anchors, no names of tables, another grid, lone merges gone."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    text = parts["word/document.xml"]
    text = re.sub(r'<w:pStyle w:val="', '<w:pStyle w:val="X', text)
    text = re.sub(r'w:anchor="', 'w:anchor="X', text)
    text = re.sub(r"<w:tblCaption [^>]*/>", "", text)
    text = text.replace("</w:tblGrid>", '<w:gridCol w:w="9"/></w:tblGrid>')
    parts["word/document.xml"] = text.replace('<w:vMerge w:val="restart"/>', "")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.encode("latin-1"))
    return target.getvalue()


def test_what_another_program_names_anew_is_no_change(before: bytes) -> None:
    marked = redline(as_saved_elsewhere(before), before, SOMEBODY)

    assert inserted(marked) == deleted(marked) == []


@corrected("a 项 is gone")
def test_a_correction_shows_as_well_against_a_file_saved_elsewhere(
    before: bytes, after: bytes
) -> None:
    elsewhere = as_saved_elsewhere(before)

    marked = assert_tells_both(elsewhere, after)

    assert deleted(marked) == deleted(redline(before, after, SOMEBODY))
