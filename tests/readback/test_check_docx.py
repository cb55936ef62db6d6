"""`build.py check --docx FILE`, `--report FILE`, and how much of what is changed they notice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import ROOT
from office import Office
from openpyxl import load_workbook

from bench.checks.in_document import document_xml, in_document, with_document
from disclosure.check.rule import Verdict
from disclosure.load.pack import load_pack
from disclosure.pipeline import Build
from disclosure.readback.checking import Data, check_docx
from disclosure.render.check_report import report_html, report_xlsx
from disclosure.schema.pack import PackLayout

SEED = 2023


@pytest.fixture(scope="module")
def layout() -> PackLayout:
    return load_pack(ROOT / "templates", "hubei", with_templates=False).layout


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


def edited(made: Build, old: str, new: str) -> bytes:
    docx = report_of(made)
    xml = document_xml(docx)
    assert old in xml
    return with_document(docx, xml.replace(old, new, 1))


def data_of(made: Build) -> Data:
    return Data(made.report, made.document, report_of(made))


def test_the_unchanged_report_has_no_findings(report_2023: Build, layout: PackLayout) -> None:
    checked = check_docx(report_of(report_2023), "报告.docx", layout, data_of(report_2023))

    assert not checked.findings


def test_the_unchanged_report_has_no_errors_without_its_content(
    report_2023: Build, layout: PackLayout
) -> None:
    checked = check_docx(report_of(report_2023), "报告.docx", layout, None)

    assert not [f for f in checked.findings if f.level.value == "错误"]
    assert checked.count(Verdict.UNKNOWN) > 0


def test_without_its_content_a_sentence_is_held_against_the_table_as_read(
    report_2023: Build, layout: PackLayout
) -> None:
    wrong = edited(report_2023, "基本支出372.92万元，占", "基本支出327.92万元，占")

    rules = {f.rule for f in check_docx(wrong, "报告.docx", layout, None).findings}

    assert "P3" in rules


def test_a_residue_typed_in_word_is_found(report_2023: Build, layout: PackLayout) -> None:
    wrong = edited(report_2023, "较上年增加0.91万元", "较上年增加（减少）0.91万元")

    rules = {f.rule for f in check_docx(wrong, "报告.docx", layout, data_of(report_2023)).findings}

    assert "U7.1" in rules


def test_every_change_in_the_finished_file_is_reported(
    report_2023: Build, layout: PackLayout
) -> None:
    tallies = in_document(report_2023, layout, 4, SEED)

    assert set(tallies) == {"金额", "年度", "增减方向", "个数", "名称"}
    assert not [silent for tally in tallies.values() for silent in tally.silent]


# ------------------------------------------------------------------ reports


def test_the_workbook_lists_every_rule_and_every_finding(
    report_2023: Build, layout: PackLayout
) -> None:
    wrong = edited(report_2023, "收入合计541.04万元", "收入合计514.04万元")
    checked = check_docx(wrong, "报告.docx", layout, data_of(report_2023))

    book = load_workbook(io.BytesIO(report_xlsx("某单位", checked)))

    listed = [row[0] for row in book["规则"].iter_rows(min_row=4, values_only=True)]
    assert listed == [entry.rule.id for entry in checked.ledger]
    told = [row[2] for row in book["发现"].iter_rows(min_row=4, values_only=True)]
    every = [m for f in checked.findings for m in (f, *f.consequences)]
    assert len(told) == len(every) > 0


def test_the_page_needs_nothing_else_and_escapes_what_it_quotes(
    report_2023: Build, layout: PackLayout
) -> None:
    wrong = edited(report_2023, "收入合计541.04万元", "收入合计&lt;b&gt;514.04万元")
    checked = check_docx(wrong, "报告.docx", layout, data_of(report_2023))

    page = report_html("某单位", checked).decode()

    assert all(f">{entry.rule.id}<" in page for entry in checked.ledger)
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "http" not in page and "<script" not in page


def test_the_same_check_gives_the_same_report(report_2023: Build) -> None:
    checked = report_2023.checked

    assert report_xlsx("某单位", checked) == report_xlsx("某单位", checked)


# ------------------------------------------------------------------ command line


def test_the_command_names_place_and_both_figures(
    office: Office, report_2023: Build, tmp_path: Path
) -> None:
    file = tmp_path / "改过.docx"
    file.write_bytes(edited(report_2023, "收入合计541.04万元", "收入合计514.04万元"))

    outcome = office.run("check", "--docx", str(file), "--report", str(tmp_path / "核对.html"))

    assert outcome.exit == 1
    assert "[D2.1]" in outcome.out and "514.04" in outcome.out and "541.04" in outcome.out
    assert (tmp_path / "核对.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_json_has_the_whole_ledger(office: Office, report_2023: Build, tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(report_of(report_2023))

    outcome = office.run("check", "--docx", str(file), "--json")

    assert outcome.exit == 0
    assert {"D1.1", "D3.2", "P1", "U7.1", "X1"} <= {one["rule"] for one in outcome.json["rules"]}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--docx", "没有.docx"), "读不出文件"),
        (("--report", "核对.doc"), "不是 .xlsx 或 .html"),
    ],
)
def test_a_file_that_cannot_be_read_or_written_stops_with_one_line(
    office: Office, arguments: tuple[str, ...], says: str
) -> None:
    outcome = office.run("check", *arguments)

    assert outcome.exit == 2
    assert says in outcome.err
