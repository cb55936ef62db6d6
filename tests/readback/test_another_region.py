"""A finished report of an invented region: read back, held against its content, and alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from office import Office

from bench.checks.in_document import document_xml, with_document
from disclosure.check.rule import Verdict
from disclosure.check.rules import Checked
from disclosure.load.pack import load_pack
from disclosure.model.place import Level
from disclosure.pipeline import Build
from disclosure.readback.checking import Data, check_docx
from disclosure.schema.pack import PackLayout

SENTENCE_RULES = (
    "P1", "P2", "P3", "P4", "P5a", "P5b", "P5c.5", "X17.2", "P6.1", "P6.2", "P7.1", "P7.2", "P8.1",
    "P9.4", "P9.5", "P10.2", "P11.2", "P11.3", "P12.2", "P13.1", "P13.2", "E4.2", "E5.2", "S5.2",
    "Y4.4", "P16", "U4.1", "U4.2", "U1.2", "S2.4", "S2.5",
)  # fmt: skip


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


@pytest.fixture(scope="module")
def layout(cases: Path) -> PackLayout:
    return load_pack(cases / "packs", "yunqi", with_templates=False).layout


@pytest.fixture(scope="module")
def data(mini: Build) -> Data:
    return Data(mini.report, mini.document, report_of(mini))


def edited(made: Build, old: str, new: str) -> bytes:
    docx = report_of(made)
    xml = document_xml(docx)
    assert old in xml
    return with_document(docx, xml.replace(old, new, 1))


def rules_that_speak(checked: Checked) -> set[str]:
    found = [f for entry in checked.ledger for f in entry.findings]
    return {finding.rule for finding in found if finding.level is not Level.ROUNDING}


def test_the_unchanged_report_has_no_findings_with_or_without_content(
    mini: Build, layout: PackLayout, data: Data
) -> None:
    for known in (data, None):
        assert not rules_that_speak(check_docx(report_of(mini), "报告.docx", layout, known))


@pytest.mark.parametrize("with_content", [True, False])
def test_every_rule_on_sentences_has_compared_something(
    mini: Build, layout: PackLayout, data: Data, *, with_content: bool
) -> None:
    checked = check_docx(report_of(mini), "报告.docx", layout, data if with_content else None)

    passed = {entry.rule.id for entry in checked.ledger if entry.verdict is Verdict.PASSED}
    assert {*SENTENCE_RULES} - passed == set()
    assert ("Y3.2" in passed) is with_content


CHANGES = [
    # what is typed in Word, the rule that knows the content, the rule that does not
    ("支出总计均为1050.66万元", "支出总计均为1060.56万元", "D2.1", "P1"),
    ("财政拨款收入1000.66万元（98.82%）", "财政拨款收入1000.66万元（89.82%）", "D2.1", "U4.2"),
    ("其他收入12.00万元", "其他收入21.00万元", "D2.1", "P2"),
    ("项目支出423.40万元（", "项目支出432.40万元（", "D2.1", "P3"),
    ("财政拨款支出900.66万元，占本", "财政拨款支出906.06万元，占本", "D2.1", "P5a"),
    ("城乡社区797.61万元", "城乡社区779.61万元", "D2.1", "P5b"),
    ("年初预算480.00万元，决算512.36", "年初预算480.00万元，决算521.36", "D2.1", "P5c.5"),
    ("年初预算843.30万元", "年初预算834.30万元", "D2.1", "P5c.5"),
    ("（106.74%）", "（107.64%）", "D2.1", "U4.1"),
    ("城乡社区管理事务—行政运行：", "城乡社区管理—行政运行：", "D2.4", "X17.2"),
    ("办公费、差旅费、", "办公费、", "D2.5", "P6.2"),
    ("年末结转6.60万元", "年末结转0.66万元", "D2.1", "P7.1"),
    ("项目128.40万元", "项目124.80万元", "D2.1", "P7.2"),
    ("公务接待费预算1.20万元", "公务接待费预算2.10万元", "D2.1", "P9.4"),
    ("运行维护4.50万元", "运行维护5.40万元", "D2.1", "P9.4"),
    ("机关运行经费151.35万元，", "机关运行经费153.15万元，", "D2.1", "P10.2"),
    ("货物25.60万元", "货物26.50万元", "D2.1", "P11.2"),
    ("（96.43%）", "（94.63%）", "D2.1", "P11.3"),
    ("执法执勤用车2辆", "执法执勤用车3辆", "D2.1", "P12.2"),
    ("对2个项目", "对3个项目", "D2.1", "P13.1"),
    ("执行248.75万元（", "执行284.75万元（", "D2.1", "P13.2"),
    ("测绘项目自评79.10分", "测绘项目自评97.10分", "D2.1", "E4.2"),
    ("共2个指标，完成0个", "共3个指标，完成0个", "D2.1", "E5.2"),
    ("《城市风貌巡查项目绩效自评》", "《城市风貌巡视项目绩效自评》", "D2.4", "S5.2"),
    ("总计多12.11万元，增幅", "总计少12.11万元，增幅", "D2.3", "S2.5"),
    ("降幅10.91%", "增幅10.91%", "D2.3", "S2.5"),
    ("高于预算是因为（1）", "低于预算是因为（1）", "D2.3", "S2.4"),
    ("2030年支出1038.81万元", "2029年支出1038.81万元", "D2.2", "Y4.4"),
    ("较2029年支出多38.26", "较2028年支出多38.26", "D2.2", "Y3.2"),
    ("2030年没有国有资本", "2029年没有国有资本", "D2.2", "Y4.4"),
    ("预算40.00万元", "预算40.00元", "D2.5", "U1.2"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "known", "alone"), CHANGES)
def test_what_is_changed_in_word_is_reported(
    mini: Build, layout: PackLayout, data: Data, old: str, new: str, known: str, alone: str
) -> None:
    wrong = edited(mini, old, new)

    assert {known, alone} <= rules_that_speak(check_docx(wrong, "报告.docx", layout, data))
    assert alone in rules_that_speak(check_docx(wrong, "报告.docx", layout, None))


def test_a_wrong_change_against_last_year_needs_the_content(
    mini: Build, layout: PackLayout, data: Data
) -> None:
    wrong = edited(mini, "比2029年多38.51万元", "比2029年少38.51万元")

    assert "Y3.2" in rules_that_speak(check_docx(wrong, "报告.docx", layout, data))
    assert not rules_that_speak(check_docx(wrong, "报告.docx", layout, None))


@pytest.mark.parametrize("with_content", [True, False])
def test_the_command_finds_the_pack_and_names_both_figures(
    mini: Build,
    cases: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    with_content: bool,
) -> None:
    shutil.copytree(cases / "packs", tmp_path / "templates")
    if with_content:
        shutil.copytree(cases / "mini_unit", tmp_path / "content")
    file = tmp_path / "报告.docx"
    file.write_bytes(edited(mini, "其他收入12.00万元", "其他收入21.00万元"))

    outcome = Office(tmp_path, capsys).run("check", "--docx", str(file))

    assert outcome.exit == 1
    assert "[D2.1]" in outcome.out if with_content else "[P2]" in outcome.out
    assert "21" in outcome.out and "12" in outcome.out
