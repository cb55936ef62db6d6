"""build.py diff and build.py mark, as a clerk runs them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document as read_docx
from office import Office, snapshot
from openpyxl import load_workbook

from changes.tracked import W, accepted, body, lines, rejected

SENT = "送审稿"
FIGURES = "content/2023/expenditure.yaml"


def report(office: Office) -> Path:
    return next(office.products.glob("*部门决算公开.docx"))


def made(office: Office, ending: str, name: str = "上一次") -> Path:
    (path,) = (office.products / "修订").glob(f"*与{name}比*{ending}")
    return path


def test_diff_without_a_change_says_so_and_writes_nothing(office: Office) -> None:
    before = snapshot(office.products)

    done = office.run("diff")

    assert done.exit == 0 and "没有改动" in done.out
    assert snapshot(office.products) == before


def test_a_correction_gives_a_redline_a_workbook_and_a_page(office: Office) -> None:
    old = report(office).read_bytes()
    office.type(FIGURES, "309.78", "285.5")

    done = office.run("diff")

    assert done.exit == 0
    assert "309.78万元 → 285.5万元  ← content/2023/expenditure.yaml 第15行" in done.out
    assert "原因过时" in done.out and "[方向]" in done.out
    marked = made(office, ".docx").read_bytes()
    assert rejected(marked) == lines(old)
    office.run()
    assert accepted(marked) == lines(report(office).read_bytes())
    page = made(office, ".html").read_text("utf-8")
    assert "<del>309.78</del><ins>285.5</ins>" in page and "http" not in page
    sheets = load_workbook(made(office, ".xlsx"))
    assert sheets.sheetnames[:3] == ["数", "过时的原因", "句子"]
    assert sheets["数"]["B2"].value == "309.78万元"


def test_after_a_rebuild_last_is_the_build_before(office: Office) -> None:
    old = report(office).read_bytes()
    office.type(FIGURES, "309.78", "285.5")
    office.run()

    assert office.run("diff").exit == 0
    assert rejected(made(office, ".docx").read_bytes()) == lines(old)


def test_against_what_was_sent_however_often_it_was_built_since(office: Office) -> None:
    old = report(office).read_bytes()
    assert office.run("mark", SENT).exit == 0
    for figure in ("285.5", "286.5"):
        office.type(FIGURES, "285.5" if figure == "286.5" else "309.78", figure)
        office.run()

    assert office.run("diff", "--against", SENT).exit == 0
    assert rejected(made(office, ".docx", SENT).read_bytes()) == lines(old)


def test_against_any_file_of_ours(office: Office, tmp_path: Path) -> None:
    old = tmp_path / "局里的.docx"
    old.write_bytes(report(office).read_bytes())
    office.type(FIGURES, "309.78", "285.5")

    done = office.run("diff", "--against", str(old))

    assert done.exit == 0 and "公开05表" in done.out
    assert rejected(made(office, ".docx", "局里的").read_bytes()) == lines(old.read_bytes())


def test_what_was_changed_by_hand_before_it_was_sent_is_compared_with(office: Office) -> None:
    document = read_docx(str(report(office)))
    changed = next(one for one in document.paragraphs if "完成年初预算的" in one.text)
    changed.runs[0].text = "局里改过的一句。"
    document.save(str(report(office)))
    sent = report(office).read_bytes()

    assert "有人改过" in office.run("mark", SENT).out
    assert "局里改过的一句。" in office.run("diff", "--against", SENT).out
    assert rejected(made(office, ".docx", SENT).read_bytes()) == lines(sent)


def test_lists_against_several_versions_stand_side_by_side(office: Office) -> None:
    office.run("mark", SENT)
    office.type(FIGURES, "309.78", "285.5")
    office.run("diff")
    office.run("diff", "--against", SENT)

    assert made(office, ".docx").exists() and made(office, ".docx", SENT).exists()


def test_a_redline_that_somebody_changed_is_kept(office: Office) -> None:
    office.type(FIGURES, "309.78", "285.5")
    office.run("diff")
    made(office, ".docx").write_bytes(b"by hand")

    done = office.run("diff")

    assert "留了副本" in done.out
    copies = (office.products / "修订").rglob("修订稿*（改于*.docx")
    assert [path.read_bytes() for path in copies] == [b"by hand"]


def test_author_and_date_come_from_the_unit_or_the_options(office: Office) -> None:
    def stamped() -> set[tuple[str, str]]:
        marks = body(made(office, ".docx").read_bytes()).iter(W + "ins", W + "del")
        return {(one.get(W + "author"), one.get(W + "date")[:10]) for one in marks}

    office.type(FIGURES, "309.78", "285.5")
    office.run("diff")
    assert stamped() == {("恩施州公共资源交易中心", "2023-12-31")}
    office.type("content/unit.yaml", "口径:", "修订人: 李四\n口径:")
    office.run("diff")
    assert stamped() == {("李四", "2023-12-31")}
    office.run("diff", "--author", "王五", "--date", "2024-08-01")
    assert stamped() == {("王五", "2024-08-01")}


def test_the_same_correction_gives_the_same_files(office: Office) -> None:
    office.type(FIGURES, "309.78", "285.5")
    office.run("diff")
    first = snapshot(office.products / "修订")
    for path in (office.products / "修订").iterdir():
        path.unlink()
    office.run("diff")

    assert snapshot(office.products / "修订") == first


def test_json_has_the_changes_and_the_files(office: Office) -> None:
    office.type(FIGURES, "309.78", "285.5")

    told = office.run("diff", "--json").json

    assert told["changes"]["figures"][0]["new"] == "285.5万元"
    assert all(Path(one).is_file() for one in told["products"])


def test_what_cannot_be_compared_is_told_in_a_line(office: Office, tmp_path: Path) -> None:
    other = tmp_path / "别的.docx"
    other.write_bytes(b"no document")
    with zipfile.ZipFile(tmp_path / "空的.docx", "w"):
        pass

    for against, words in (
        ("终稿", "没有标为“终稿”的版本"),
        (str(other), "不是 Word 文档"),
        (str(tmp_path / "空的.docx"), "不是 Word 文档"),
        (str(tmp_path / "没有.docx"), "不存在"),
    ):
        done = office.run("diff", "--against", against)
        assert done.exit == 2 and words in done.err


def test_a_partial_build_is_not_kept(office: Office) -> None:
    office.type(FIGURES, "309.78", "285.5")
    before = snapshot(office.root / "output/.history")

    office.run("attachments", "2023", "3")

    assert snapshot(office.root / "output/.history") == before != {}
