"""Rules on whole units: the real one is quiet, and speaks of what its published text contradicts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import a_project, a_report, a_year, an_indicator, hubei, only
from rule_cases import COVERED, a_paragraph, a_subject, findings_of, some_table

from disclosure.check.cells import EXPENDITURE, GENERAL, Cells, cells_of_amounts, cells_of_tables
from disclosure.check.rule import Verdict, examine
from disclosure.check.rules import RULES, TABLE_RULES, run
from disclosure.check.subject import Subject
from disclosure.model.place import Level, Location
from disclosure.model.table import Cell
from disclosure.pipeline import Build
from disclosure.schema.content import CodeRemark
from disclosure.written import Written, write_words

ROOT = Path(__file__).parents[2]


def test_the_real_unit_and_year_is_quiet(report_2023: Build) -> None:
    """Its true contradictions are listed and explained in content/2023/acknowledged.yaml."""
    told = [str(f) for f in report_2023.findings if f.level is not Level.ROUNDING]

    assert not told
    assert report_2023.checked.acknowledged


def test_every_contradiction_of_the_published_text_was_looked_at(report_2023: Build) -> None:
    rules = {done.finding.rule for done in report_2023.checked.acknowledged}

    assert rules >= {"S7", "E10", "E2", "U7.2", "U7.5", "S5", "E11"}


def test_no_rule_of_the_real_unit_is_passed_over(report_2023: Build) -> None:
    known = {Verdict.PASSED, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN}

    assert {entry.verdict for entry in report_2023.checked.ledger} <= known
    assert all(e.why for e in report_2023.checked.ledger if e.verdict is not Verdict.PASSED)


def test_the_invented_unit_has_no_error(mini: Build) -> None:
    """Another pack, other tables, amounts in 元 beside amounts in 万元."""
    rules = {rule.id for rule in RULES}

    assert not [str(f) for f in mini.findings if f.level is Level.ERROR and f.rule in rules]


# ------------------------------------------------------------------ as it was published

PUBLISHED = {
    "收入": "2023年度收入合计541.04万元，与2022年度相比，收入合计减少768.17万元，下降59%。",
    "支出": "2023年度支出合计541.04万元，与2022年度相比，支出合计减少768.17万元，下降59%。",
    "财政拨款收入": "政府性基金预算财政拨款收入0万元，比2022年度决算数增加（减少）0万元。",
    "三公/外宾接待": "外宾接待支出0万元。2022年度共接待来访团组0个，0人次（不包括陪同人员）。",
    "项目/州直政府采购及重点项目招投标项目组织经费/完成情况":
        "项目全年预算数为17.8元，执行数为17.67万元，完成预算的99%。",
    "项目/政府采购专家评审费/完成情况": "项目全年预算数为15万元，执行数为13.41万元，完成预算90%。",
    "科目决算/2010399": "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）"
        "其他政府办公厅（室）及相关机构事务（项）。年初预算为150.6万元，支出决算为168.12万元。",
    "名词/科目/2080506": "社会保障和就业支出（类）行政事业单位基本养老保险缴费支出（款）"
        "机关事业单位職業年金缴费支出（项）：反映为退休人员补缴的職業年金。",
}  # fmt: skip
COUNTED = {
    "02_platform.yaml": "政府采购及公共资源电子交易平台运维费项目共设置10个绩效指标。",
    "05_village_team.yaml": "2023年度州直驻村工作队项目共设置5个绩效指标，完成绩效目标的指标有5个。",
}


@pytest.fixture(scope="module")
def as_published(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The real content with the contradictory sentences typed exactly as they were published."""
    unit = tmp_path_factory.mktemp("published") / "content"
    shutil.copytree(ROOT / "content", unit)
    rewrites = "".join(f"  {key}: '{words}'\n" for key, words in PUBLISHED.items())
    narrative = unit / "2023/narrative/rewrites.yaml"
    narrative.write_text(narrative.read_text(encoding="utf-8") + rewrites, encoding="utf-8")
    for name, words in COUNTED.items():
        file = unit / "2023/performance" / name
        text = re.sub(r"\n  指标个数: .*", "", file.read_text(encoding="utf-8"))
        head = "" if "\n改写:" in text else "\n改写:\n"
        file.write_text(f"{text}{head}\n  指标个数: '{words}'\n", encoding="utf-8")
    return write_words(unit, 2023, ROOT / "templates", with_templates=False)


@pytest.mark.parametrize(
    ("number", "place", "what"),
    [
        ("S1.3", "改写 › 收入", "收入合计减少768.17万元"),
        ("S1.3", "改写 › 支出", "支出合计减少768.17万元"),
        ("U7.1", "改写 › 财政拨款收入", "增加（减少）"),
        ("Y4.2", "改写 › 三公/外宾接待", "2022 年"),
        ("U1", "完成情况", "17.8元"),
        ("S1.4", "政府采购专家评审费/完成情况", "90%"),
        ("X17.2", "改写 › 科目决算/2010399", "其他政府办公厅（室）及相关机构事务"),
        ("X17.2", "改写 › 名词/科目/2080506", "行政事业单位基本养老保险缴费支出"),
        ("U7.4", "改写 › 名词/科目/2080506", "应为“职业”"),
        ("E5.2", "02_platform.yaml", "10个绩效指标"),
        ("E5.2", "05_village_team.yaml", "5个绩效指标"),
        ("S7", "指标 › 第11条 › 实际", "8279个"),
        ("U7.5", "改写 › 三公/公务用车运行维护费", "截止"),
    ],
)
def test_what_the_published_text_contradicts_is_found(
    number: str, place: str, what: str, as_published: Written
) -> None:
    entry = only(e for e in as_published.checked.ledger if e.rule.id == number)
    told = [str(f) for f in entry.findings if place in str(f.place)]

    assert [words for words in told if what in words]


# ------------------------------------------------------------------ cases that need a whole value


def covers(number: str, *kinds: str) -> Callable[[Any], Any]:
    COVERED[number].update(kinds)
    return lambda function: function


def named(**names: str) -> Cells:
    """Two tables by 科目 with one 科目 each, named."""
    tables = {
        role: some_table(role, {"201/基本支出": "1"}, names={"201": name})
        for role, name in zip((EXPENDITURE, GENERAL), names.values(), strict=False)
    }
    return Cells(tables)


@covers("X16.2", *("speaks", "silent", "edge"))
@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("一般公共服务支出", "一般公共服务", 1),
        ("一般公共服务支出", "一般公共服务支出", 0),
        ("", "一般公共服务支出", 1),
    ],
)
def test_a_class_has_one_name_in_all_tables(one: str, other: str, told: int) -> None:
    rule = only(rule for rule in TABLE_RULES if rule.id == "X16.2")

    assert len(examine(rule, named(one=one, other=other)).findings) == told


@covers("X17", "speaks")
def test_a_name_that_is_not_the_classifications_is_told() -> None:
    subject = a_subject(words=True)
    changed = tuple(
        replace(table, rows=(*table.rows[:-1], _renamed(table.rows[-1])))
        if table.name == EXPENDITURE
        else table
        for table in subject.tables
    )

    (finding,) = findings_of("X17", Subject(subject.report, subject.layout, changed))

    assert "“事业运转”应为“事业运行”" in finding.message


def _renamed(row: Any) -> Any:
    return replace(row, cells={**row.cells, "科目名称": Cell("事业运转")})


@covers("X17.3", "speaks", "silent", "edge")
@pytest.mark.parametrize(
    ("code", "beside", "told"),
    [
        ("30102", "奖金", 1),
        ("30102", "津贴补贴", 0),
        ("30102", "含上年补发", 0),
        ("2010350", "行政运行", 1),
        ("2010350", "事业运行", 0),
    ],
)
def test_a_code_is_the_one_named_beside_it(code: str, beside: str, told: int) -> None:
    remark = CodeRemark(code, beside, Location("content/2023/某文件.yaml", 7))
    year = replace(a_year(), code_remarks=(remark,))

    assert len(findings_of("X17.3", a_subject(a_report(year)))) == told


@covers("S4.3", "speaks", "silent", "edge")
@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("办结件数", "办件结数"), 1),
        (("办结件数", "受理件数"), 0),
        (("办结件数", "办结件数"), 0),
    ],
)
def test_two_names_are_not_one_with_characters_swapped(names: Any, told: int) -> None:
    projects = [
        a_project(f"第{at}个项目", an_indicator(名称=name)) for at, name in enumerate(names)
    ]

    assert len(findings_of("S4.3", a_subject(a_report(a_year(projects=projects))))) == told


@covers("C1", "speaks")
def test_an_empty_section_is_told() -> None:
    subject = a_subject(words=True)
    emptied = replace(subject, sections={**subject.sections, "政府采购": []})

    assert "“政府采购”一节没有内容" in only(findings_of("C1", emptied)).message


def sheet(**cells: str) -> Subject:
    """A self-evaluation of 12 万元 spent out of 15, with these cells retyped."""
    subject = a_subject(a_report(a_year(projects=[a_project(预算数=15, 执行数=12)])), words=True)
    changed = {tag: Cell(text) for tag, text in cells.items()}
    (key,) = subject.sheets
    return replace(subject, sheets={key: {**subject.sheets[key], **changed}})


@covers("E1", "speaks")
@pytest.mark.parametrize("cells", [{"执行率": "80.01%"}, {"执行得分": "15.9"}])
def test_a_rate_that_was_computed_wrong_is_told(cells: dict[str, str]) -> None:
    assert len(findings_of("E1", sheet(**cells))) == 1


@pytest.mark.parametrize("rate", ["80%", "80.0%", "80.00%"])
def test_a_rate_is_checked_to_the_digits_it_shows(rate: str) -> None:
    assert not findings_of("E1", sheet(执行率=rate))


@covers("E4", "speaks")
def test_a_total_that_is_not_the_sum_of_its_scores_is_told() -> None:
    (finding,) = findings_of("E4", sheet(总分="97"))

    assert finding.found
    assert finding.expected
    assert (finding.found.amount, finding.expected.amount) == (97, 96)


REWRITTEN = Location("content/2023/narrative/rewrites.yaml", 1, "改写 › 某句")


def rewritten(words: str) -> Subject:
    paragraph = a_paragraph(words)
    free = tuple(replace(part, source=REWRITTEN) for part in paragraph.text.free)
    return a_subject(paragraphs=(replace(paragraph, text=replace(paragraph.text, free=free)),))


@covers("S1.4", "speaks", "silent", "edge")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("支出决算为98万元。", 1),
        ("支出决算为100万元。", 0),
        ("支出决算为0万元，办结98件。", 0),
    ],
)
def test_a_rewritten_sentence_keeps_to_the_figures(words: str, told: int) -> None:
    assert len(findings_of("S1.4", rewritten(words))) == told


# ------------------------------------------------------------------ tables read from elsewhere


def test_amounts_read_from_a_workbook_are_checked_like_built_tables() -> None:
    layout = hubei().layout
    built = cells_of_tables(layout, a_subject(words=True).tables)
    place = Location("公开表.xlsx › 公开05表 › C7")
    read = {
        "收入支出决算总表": {
            name: (a, place) for name, a in built["收入支出决算总表"].amounts.items()
        },
        "一般公共预算财政拨款支出决算表": {
            f"一般公共预算/{key}/{measure}": (amount + (key == "合计"), place)
            for key, row in built[GENERAL].rows.items()
            for measure, amount in row.items()
        },
    }

    entries = run(TABLE_RULES, cells_of_amounts(layout, read, {name: {} for name in read}))
    found = {f.rule: f for entry in entries for f in entry.findings}

    assert found.keys() == {"I05.1"}
    assert found["I05.1"].found
    assert found["I05.1"].found.place == place
    assert found["I05.1"].found.amount == Decimal(101)


def test_every_table_of_the_pack_is_one_of_the_nine() -> None:
    cells = cells_of_tables(hubei().layout, a_subject(words=True).tables)

    assert len(cells.tables) == len(hubei().layout.tables)


def test_the_order_of_the_rules_is_that_of_the_catalogue(report_2023: Build) -> None:
    shown = [entry.rule.id for entry in report_2023.checked.ledger]

    assert shown[: len(RULES)] == [rule.id for rule in RULES]
