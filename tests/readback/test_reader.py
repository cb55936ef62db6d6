"""Reading a finished .docx back: edited with tracked changes, saved by another program, damaged."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from bench.checks.in_document import document_xml, with_document
from disclosure.check.rule import Verdict, examine
from disclosure.layout import find_office
from disclosure.model.finished import CONTENTS, HEADING, Finished
from disclosure.model.place import DisclosureError
from disclosure.pipeline import Build
from disclosure.readback.own import Own, own_file_is_as_told
from disclosure.readback.reader import read_docx
from disclosure.readback.sources import marked

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = find_office()


def a_document(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return made.getvalue()


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def words_of(body: str) -> list[str]:
    return [paragraph.words for paragraph in read_docx(a_document(body)).paragraphs]


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


@pytest.fixture(scope="module")
def finished(report_2023: Build) -> Finished:
    return read_docx(report_of(report_2023), "报告.docx")


# ------------------------------------------------------------------ the accept-all view


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"<w:p>{run('支出')}<w:del>{run('减少')}</w:del><w:ins>{run('增加')}</w:ins></w:p>", "支出增加"),
        (f"<w:p>{run('甲')}<w:moveFrom>{run('乙')}</w:moveFrom></w:p>", "甲"),
        (f"<w:sdt><w:sdtContent><w:p>{run('在控件里')}</w:p></w:sdtContent></w:sdt>", "在控件里"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "链接"),
        (f"<w:p><w:fldSimple w:instr='PAGE'>{run('3')}</w:fldSimple></w:p>", "3"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>", "3"),
        ("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>", "上\n下"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_if_every_change_were_accepted(body: str, words: str) -> None:
    assert words_of(body) == [words]


def test_a_paragraph_whose_end_is_deleted_runs_on_into_the_next() -> None:
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"

    assert words_of(f"<w:p>{deleted}{run('前')}</w:p><w:p>{run('后')}</w:p>") == ["前后"]


def test_merged_cells_are_resolved_and_deleted_rows_are_gone() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(words)}</w:p></w:tc>"

    wide, begins, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        f"<w:tbl><w:tr>{cell('项目', wide)}{cell('合计', begins)}</w:tr>"
        f"<w:tr>{cell('代码')}{cell('名称')}{cell('', goes_on)}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧')}{cell('旧')}{cell('旧')}</w:tr></w:tbl>"
    )

    (table,) = read_docx(a_document(body)).tables

    assert [[c.words for c in row] for row in table.rows] == [
        ["项目", "项目", "合计"],
        ["代码", "名称", "合计"],
    ]


@pytest.mark.parametrize("data", [b"", b"no zip", a_document("")[:40]])
def test_what_is_no_word_file_is_told_so(data: bytes) -> None:
    with pytest.raises(DisclosureError, match="不是 Word 文档"):
        read_docx(data, "坏的.docx")


# ------------------------------------------------------------------ the whole report


def test_every_generated_paragraph_is_found_by_its_bookmark(
    report_2023: Build, finished: Finished
) -> None:
    read = {mark: p.words for p in finished.paragraphs for mark in p.marks}
    told = {mark: p.plain for mark, p in marked(report_2023.document).items() if p.plain}

    assert {mark: read.get(mark) for mark in told} == told


def test_tables_headings_contents_and_charts_are_recognised(
    report_2023: Build, finished: Finished
) -> None:
    names = {table.name for table in finished.tables}
    charts = [series.description for series in report_2023.document.charts.values()]
    headings = {p.words for p in finished.of(HEADING)}

    assert {table.code for table in report_2023.document.tables} <= names
    assert [chart.words for chart in finished.charts] == charts
    assert {entry.words for entry in finished.of(CONTENTS)} & headings
    assert {f"附件{a.number} 自评表" for a in report_2023.document.attachments} <= names


def test_a_place_is_named_as_a_clerk_would(finished: Finished) -> None:
    (place,) = (p.place for p in finished.paragraphs if p.words.startswith("外宾接待支出"))

    assert place == "第三部分 九 （二） 第7段"


def test_the_report_just_made_is_as_the_data_say(report_2023: Build) -> None:
    entry = examine(own_file_is_as_told, Own(report_of(report_2023), report_2023.document))

    assert entry.verdict is Verdict.PASSED
    assert entry.compared > sum(len(rows.rows) for rows in report_2023.document.tables)
    assert entry.rule.id in {one.rule.id for one in report_2023.checked.ledger}


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("收入合计541.04万元", "收入合计万元", "收入"),
        (">309.78<", ">168.12<", "公开02表"),
        ("descr=\"收、支决算总计变动情况。", "descr=\"收、支决算。", "图1"),
        (">8209个<", ">8279个<", "附件3"),
    ],
)  # fmt: skip
def test_what_a_template_lost_or_swapped_is_found_in_the_build(
    report_2023: Build, old: str, new: str, where: str
) -> None:
    docx = report_of(report_2023)
    xml = document_xml(docx)
    assert old in xml

    wrong = Own(with_document(docx, xml.replace(old, new, 1)), report_2023.document)
    (finding, *_) = examine(own_file_is_as_told, wrong).findings

    assert where in str(finding)


def changed_table(made: Build, code: str, pattern: str, new: str) -> Own:
    """The report with the first match below a table's number changed."""
    docx = report_of(made)
    above, number, below = document_xml(docx).partition(f">{code}<")
    below, changes = re.subn(pattern, new, below, count=1)
    assert changes
    return Own(with_document(docx, above + number + below), made.document)


TO_NEXT_CELL = r"(</w:t></w:r></w:p></w:tc><w:tc>(?:(?!</w:tc>).)*<w:t[^>]*>)"


def test_an_amount_in_the_blank_cell_beside_its_own_is_found_in_the_build(
    report_2023: Build,
) -> None:
    amount_then_blank = rf">(\d+\.\d+){TO_NEXT_CELL}</w:t>"
    wrong = changed_table(report_2023, "公开03表", amount_then_blank, r">\2\1</w:t>")

    (finding,) = examine(own_file_is_as_told, wrong).findings

    assert "公开03表" in str(finding)


def test_an_amount_in_a_second_run_of_the_cell_beside_is_found_in_the_build(
    report_2023: Build,
) -> None:
    both = rf">(\d+\.\d+){TO_NEXT_CELL}(\d+\.\d+)</w:t>"
    run_of_its_own = r">\1</w:t></w:r><w:r><w:t>\3\2</w:t>"
    wrong = changed_table(report_2023, "公开03表", both, run_of_its_own)

    (finding,) = examine(own_file_is_as_told, wrong).findings

    assert "公开03表" in str(finding)


def test_a_row_reads_the_same_however_its_cells_are_made_of_runs(report_2023: Build) -> None:
    in_two_runs = r">\1</w:t></w:r><w:r><w:t>\2</w:t>"
    same = changed_table(report_2023, "公开03表", r">(\d+)(\.\d+)</w:t>", in_two_runs)
    without_run = changed_table(
        report_2023, "公开03表", r"<w:r>(?:(?!<w:r>).)*<w:t[^>]*></w:t></w:r>", ""
    )

    assert not examine(own_file_is_as_told, same).findings
    assert not examine(own_file_is_as_told, without_run).findings


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_file_saved_by_libreoffice_reads_the_same(
    report_2023: Build, finished: Finished, tmp_path: Path
) -> None:
    source = tmp_path / "report.docx"
    source.write_bytes(report_of(report_2023))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    saved = read_docx((tmp_path / "saved" / source.name).read_bytes(), "报告.docx")

    def seen(file: Finished) -> list[tuple[str, tuple[str, ...]]]:
        return [(p.words.strip(), p.marks) for p in file.of(HEADING, CONTENTS, "正文")]

    def grids(file: Finished) -> list[list[list[str]]]:
        return [[[cell.words for cell in row] for row in table.rows] for table in file.tables]

    assert seen(saved) == seen(finished)
    assert grids(saved) == grids(finished)
    assert [chart.words for chart in saved.charts] == [chart.words for chart in finished.charts]
