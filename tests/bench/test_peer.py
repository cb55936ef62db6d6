"""The peer says what the report says, and the clock compares what ran side by side."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from PIL import Image

from bench.interleave import Command, CommandFailed, Measured, Run, interleave
from bench.peer import make_case, naive
from bench.peer.from_docx import NotAReport
from bench.peer.reading import DocumentText, compare, read

LONG = (
    "单位严格执行各项财经纪律，加强预算管理，统筹安排各类资金，优先保障重点支出，压减一般性支出，"
    * 2
)
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
TO_CHART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"

pytestmark = pytest.mark.filterwarnings("ignore:Glyph")  # the charts' fonts are no matter here


def a_report(folder: Path, document: Document) -> Path:
    file = folder / "report.docx"
    document.save(str(file))
    return file


def rendered_again(report: Path, **options: bool) -> tuple[dict[str, Any], DocumentText]:
    """What stands in data.yaml, and the text of the document made from it."""
    folder = report.parent / "case"
    make_case.make_case(folder, report, **options)
    naive.build(folder, folder / "out.docx", None)
    data = yaml.safe_load((folder / "data.yaml").read_text(encoding="utf-8"))
    return data, read(folder / "out.docx")


def add_rows(document: Document, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def in_runs(document: Document, *texts: str) -> None:
    paragraph = document.add_paragraph()
    for text in texts:
        paragraph.add_run(text)


def a_small_report() -> Document:
    document = docx.Document()
    document.add_heading("第三部分 2023年度部门决算情况说明", 1)
    document.add_paragraph("2023年度收入总计541.04万元，较上年减少59.00%，A&B公司<3家。")
    document.add_paragraph(LONG)
    document.add_paragraph("图1：收、支决算总计变动情况")
    picture = io.BytesIO()
    Image.new("RGB", (40, 20)).save(picture, "PNG")
    document.add_picture(picture, width=Cm(14))
    heads = ("科目编码", "科目名称", "合计")
    items = [(f"20103{n}", f"事业运行&{n}", f"{n}.50") for n in range(5)]
    add_rows(document, [heads, *items])
    return document


@pytest.mark.parametrize("wordy", [False, True], ids=["light", "wordy"])
@pytest.mark.parametrize("figures_only", [False, True], ids=["every number", "figures"])
def test_a_report_becomes_a_case_that_renders_to_the_same_text(
    tmp_path: Path, wordy: bool, figures_only: bool
) -> None:
    report = a_report(tmp_path, a_small_report())

    data, again = rendered_again(report, wordy=wordy, figures_only=figures_only)

    assert again == read(report)
    assert data["snippets"] == ["s001"]
    assert [len(rows) for rows in data["tables"].values()] == [6]
    assert [chart["title"] for chart in data["charts"]] == ["图1：收、支决算总计变动情况"]


def test_the_command_line_verifies_with_the_whole_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = a_report(tmp_path, a_small_report())

    code = make_case.main([str(tmp_path / "case"), "--from-docx", str(report)])

    said = capsys.readouterr().out
    assert code == 0
    assert "paragraphs 100.00% of 5" in said
    assert "cells 100.00% of 18" in said
    assert "pictures 1 of 1" in said


def test_a_wrong_number_and_a_lost_row_are_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = a_report(tmp_path, a_small_report())
    make_case.make_case(tmp_path / "case", report)
    file = tmp_path / "case" / "data.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["v"]["n004"] = 514.04
    data["tables"]["t01"].pop()
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    naive.build(tmp_path / "case", tmp_path / "out.docx", None)

    agrees = make_case.verify(read(report), read(tmp_path / "out.docx"))

    said = capsys.readouterr().out
    assert not agrees
    assert "paragraphs 80.00% of 5" in said
    assert "514.04" in said
    assert "cells 83.33% of 18" in said


def test_a_number_is_typed_bare_only_where_it_prints_the_same_again(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("541.04、309.70、007、1,234.50、2023、0")

    data, _ = rendered_again(a_report(tmp_path, document))

    assert list(data["v"].values()) == [541.04, "309.70", "007", "1,234.50", 2023, 0]


def test_a_number_cut_over_runs_becomes_one_tag(tmp_path: Path) -> None:
    document = docx.Document()
    in_runs(document, "共54", "1.", "04万元和", "3", "项")
    report = a_report(tmp_path, document)

    data, again = rendered_again(report)

    assert list(data["v"].values()) == [541.04, 3]
    assert again == read(report)


def test_wordy_markup_is_several_times_as_heavy(tmp_path: Path) -> None:
    report = a_report(tmp_path, a_small_report())
    weights = []
    for wordy in (False, True):
        make_case.make_case(tmp_path / "case", report, wordy=wordy)
        weights.append(make_case.document_xml_kib(tmp_path / "case" / "template.docx"))

    assert weights[1] > 3 * weights[0]


def test_blocks_of_merged_rows_stay_apart_in_a_loop(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [(f"一级{n // 2}", f"指标{n}", f"{n}") for n in range(6)]
    add_rows(document, [*rows, ("合计", "", "15")])
    table = document.tables[0]
    for first in (0, 2, 4):
        table.cell(first + 1, 0).text = ""
        table.cell(first, 0).merge(table.cell(first + 1, 0)).text = f"一级{first // 2}"
    report = a_report(tmp_path, document)

    data, again = rendered_again(report)

    assert again == read(report)
    assert len(data["tables"]["t01"]) == 7
    assert merges(tmp_path / "case" / "out.docx") == merges(report) == ["restart", None] * 3


def merges(file: Path) -> list[str | None]:
    """restart, or None for a cell that goes on with the block above."""
    found = docx.Document(str(file)).element.body.iter(qn("w:vMerge"))
    return [None if m.get(qn("w:val")) == "continue" else m.get(qn("w:val")) for m in found]


def test_three_rows_stay_rows_and_header_rows_stay_out_of_the_loop(tmp_path: Path) -> None:
    document = docx.Document()
    add_rows(document, [("甲", "1")] * 3)
    add_rows(document, [("项目", "金额"), *[("乙", "2")] * 4])
    properties = document.tables[1].rows[0]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    report = a_report(tmp_path, document)

    data, again = rendered_again(report)

    assert again == read(report)
    assert {name: len(rows) for name, rows in data["tables"].items()} == {"t02": 4}


def test_fields_breaks_content_controls_and_uneven_cells_read_the_same(tmp_path: Path) -> None:
    document = docx.Document()
    contents = document.add_paragraph()
    for kind, text in (("begin", ""), ("separate", "第一部分\t12"), ("end", "")):
        run = contents.add_run()
        run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        contents.add_run(text)
    document.add_paragraph(f"{LONG}\n{LONG}\t结束。")
    in_runs(document, "行1\n2页", "\t3")
    controlled = document.add_paragraph()
    controlled._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val='收入'/></w:sdtPr><w:sdtContent>"
            "<w:r><w:t>收入8.15万元</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    add_rows(document, [("丙", "两行\n一段")] * 4 + [("丁", "两段")] * 4)
    document.tables[0].cell(6, 1).add_paragraph("第2段")
    report = a_report(tmp_path, document)

    data, again = rendered_again(report)

    assert again == read(report)
    assert 12 not in data["v"].values()
    assert 8.15 in data["v"].values()
    assert {name: len(rows) for name, rows in data["tables"].items()} == {"t01": 6}


def test_a_native_chart_gives_its_figures_to_the_script(tmp_path: Path) -> None:
    c = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    xml = (
        f"<c:chartSpace {c}><c:chart><c:plotArea><c:pieChart><c:ser>"
        "<c:cat><c:strRef><c:strCache><c:pt><c:v>基本支出</c:v></c:pt>"
        "<c:pt><c:v>项目支出</c:v></c:pt></c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:numCache><c:pt><c:v>372.92</c:v></c:pt><c:pt><c:v>168.12</c:v></c:pt>"
        "</c:numCache></c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>"
    )
    document = docx.Document()
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/word/charts/chart1.xml"), CHART, xml.encode(), package)
    relationship = document.part.relate_to(part, TO_CHART)
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')} {c}><wp:inline><wp:extent cx='5040000'"
            " cy='2880000'/><wp:docPr id='1' name='图' descr='支出决算结构'/><a:graphic>"
            "<a:graphicData>"
            f"<c:chart r:id='{relationship}'/></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )
    report = a_report(tmp_path, document)

    data, again = rendered_again(report)

    (chart,) = data["charts"]
    assert again.pictures == 1
    assert (chart["kind"], chart["width_cm"], chart["height_cm"]) == ("pie", 14.0, 8.0)
    assert dict(zip(chart["labels"], chart["series"]["系列1"], strict=True)) == {
        "基本支出": 372.92,
        "项目支出": 168.12,
    }


def test_a_text_with_template_marks_is_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("收入{{ 合计 }}万元")

    with pytest.raises(NotAReport, match="合计"):
        make_case.make_case(tmp_path / "case", a_report(tmp_path, document))


def test_what_differs_is_counted_and_shown() -> None:
    assert compare(["甲", "乙"], ["甲", "丙"]).differences == (("乙", "丙"),)
    assert compare(["甲", "乙"], ["甲", "乙", "丙"]).differences == (("", "丙"),)
    assert compare(["甲", "乙"], ["甲", "丙"]).share == 0.5


def test_the_made_up_report_has_the_volume_of_the_published_one(tmp_path: Path) -> None:
    make_case.make_case(tmp_path / "case", None)
    naive.build(tmp_path / "case", tmp_path / "out.docx", None)

    made = read(tmp_path / "out.docx")

    assert len(made.paragraphs) == 413
    assert len(docx.Document(str(tmp_path / "out.docx")).tables) == 16
    assert made.pictures == 4


def test_repeat_prints_the_seconds_of_every_round(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("收入541.04万元")
    make_case.make_case(tmp_path / "case", a_report(tmp_path, document))
    script = [sys.executable, str(make_case.NAIVE), str(tmp_path / "case")]

    done = subprocess.run(
        [*script, str(tmp_path / "out.docx"), "--repeat", "3"], check=True, capture_output=True
    )

    rounds = json.loads(done.stdout)["rounds"]
    assert len(rounds) == 3
    assert all(seconds > 0 for seconds in rounds)


def python(label: str, code: str) -> Command:
    return Command(label, (sys.executable, "-c", code))


def test_commands_run_in_turn_and_the_slower_one_shows_in_the_ratio(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    write = f"open({str(trace)!r}, 'a').write"

    quick, slow = interleave(
        [
            python("quick", f"{write}('a')"),
            python("slow", f"{write}('b'); import time; time.sleep(0.3)"),
        ],
        rounds=3,
    )

    assert trace.read_text() == "abababab"  # the first round warms up
    assert (quick.label, slow.label) == ("quick", "slow")
    assert len(quick.runs) == len(slow.runs) == 3
    assert slow.wall > 0.3
    assert slow.wall_ratio_to(quick) > 1 > quick.wall_ratio_to(slow)
    assert quick.wall_ratio_to(quick) == 1.0


def test_a_ratio_compares_neighbours_not_medians() -> None:
    def measured(*walls: float) -> Measured:
        return Measured("x", tuple(Run(wall, None, None) for wall in walls))

    product, peer = measured(1, 2, 30), measured(10, 10, 60)

    assert product.wall_ratio_to(peer) == 0.2
    assert product.cpu_ratio_to(peer) is None
    assert product.peak_rss is None


@pytest.mark.skipif(sys.platform == "win32", reason="wall time only")
def test_cpu_and_memory_of_the_process_are_told() -> None:
    (busy,) = interleave(
        [python("busy", "x = bytearray(1_500_000_000 // 4); sum(range(3_000_000))")], rounds=1
    )

    assert busy.cpu is not None
    assert busy.cpu > 0
    assert busy.peak_rss is not None
    assert 350 < busy.peak_rss < 600


def test_a_failing_command_stops_with_its_last_words() -> None:
    with pytest.raises(CommandFailed, match=r"broken: exit code 3\n(?s:.*)no such report"):
        interleave(
            [python("broken", "import sys; print('no such report', file=sys.stderr); sys.exit(3)")],
            rounds=1,
        )
