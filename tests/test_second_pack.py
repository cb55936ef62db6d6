"""A region is data: an invented unit in an invented region, built by the same code."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from cases.changing import outside_tags
from cases.reading import blocks, plain_text, tables
from conftest import ROOT, write_templates
from openpyxl import load_workbook

from disclosure.model.place import DisclosureError, Level
from disclosure.pipeline import Build, build

PACK = "yunqi"


def report_of(made: Build) -> bytes:
    return next(product.data for product in made.products if product.kind == "report")


def test_the_invented_unit_reads_as_agreed(mini: Build, golden: Callable[[str, str], None]) -> None:
    golden(plain_text(report_of(mini)), "mini-2030.txt")


def test_its_figures_agree_and_nothing_is_left_to_write(mini: Build) -> None:
    assert {finding.level for finding in mini.findings} <= {Level.ROUNDING}
    assert mini.todos == ()


def test_tables_stand_in_the_order_of_the_pack(mini: Build) -> None:
    codes = [block.text for block in blocks(report_of(mini)) if block.style == "TableCode"]

    assert codes == [f"公开0{number}表" for number in range(1, 10)]
    assert [table.name for table in mini.document.tables][6:] == [
        "财政拨款“三公”经费支出决算表",
        "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款支出决算表",
    ]


def test_every_amount_has_two_decimals_and_zero_is_printed(mini: Build) -> None:
    named = tables(report_of(mini))
    amounts = [
        cell.text
        for table in mini.document.tables
        for row in named[table.name].rows
        for cell in row
        if "Amount" in cell.style and cell.text
    ]

    assert len(amounts) > 300
    assert all(re.fullmatch(r"\d+\.\d\d", amount) for amount in amounts)
    assert amounts.count("0.00") > 100


def test_a_table_by_class_has_no_blank_amount(mini: Build) -> None:
    table = tables(report_of(mini))["支出决算表"]

    assert all(cell.text for row in table.rows for cell in row if "Amount" in cell.style)


def test_there_are_five_parts(mini: Build) -> None:
    parts = [h.paragraph.plain for h in mini.document.headings if h.level == 1]

    assert parts == [
        "第一部分　单位基本情况",
        "第二部分　2030年度单位决算表",
        "第三部分　2030年度单位决算情况说明",
        "第四部分　名词解释",
        "第五部分　附件",
    ]


def test_points_are_ten_for_execution_and_ninety_for_indicators(mini: Build) -> None:
    patrol = mini.report.projects[0]

    assert patrol.execution_score.amount == Decimal("9.6")  # 10 × 248.75 ÷ 260
    assert sum(i.weight.value for i in patrol.indicators) == Decimal(90)
    assert patrol.total.amount == Decimal("99.6")


def test_indicators_are_told_by_the_packs_own_first_levels(mini: Build) -> None:
    assert mini.report.overall
    levels = [row["一级"] for row in mini.document.attachments[1].cells["指标"]]

    assert levels == ["产出指标", "效益指标", "满意度指标"]  # 效益指标 has none: an empty row


def test_amounts_typed_in_yuan_are_numbers_as_printed_in_the_workbook(mini: Build) -> None:
    (product,) = (p for p in mini.products if p.kind == "tables")
    sheet = load_workbook(io.BytesIO(product.data)).worksheets[5]
    numbers = {cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"}

    assert 90.01 in numbers  # typed as 900123.4 元


def test_no_sentence_of_another_pack_is_heard(mini: Build) -> None:
    own = "\n".join(
        path.read_text("utf-8")
        for folder in (ROOT / "tests/cases", ROOT / "disclosure/classification")
        for path in folder.rglob("*.[yc][as][mv]*")
    )
    foreign = set(sentences(ROOT / "templates/hubei/wording.yaml"))
    text = plain_text(report_of(mini))

    assert len(foreign) > 150
    assert [words for words in sorted(foreign) if words in text and words not in own] == []


def sentences(wording: Path) -> Iterator[str]:
    """What the pack says between its tags, where it is long enough to be told by."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)
        elif value:
            yield str(value)

    for sentence in texts(yaml.safe_load(wording.read_text("utf-8"))):
        pieces: list[str] = []
        outside_tags(sentence, lambda words, kept=pieces: kept.append(words) or words)
        yield from (words for words in pieces if len(words) >= 6)


# ------------------------------------------------------------------ other situations


@pytest.fixture
def variant(cases: Path, tmp_path: Path, cache: Path) -> Callable[..., Build]:
    """The invented unit with files taken away, and with words of a file replaced."""
    copy = tmp_path / "cases"
    shutil.copytree(cases, copy)

    def made(*, without: tuple[str, ...] = (), **replaced: tuple[str, str, str]) -> Build:
        for name in without:
            (copy / "mini_unit/2030" / name).unlink()
        for path, old, new in replaced.values():
            text = (copy / path).read_text("utf-8")
            assert old in text
            (copy / path).write_text(text.replace(old, new), "utf-8")
        write_templates(copy / "packs" / PACK)
        return build(copy / "mini_unit", 2030, copy / "packs", cache=cache)

    return made


PROJECTS = ("performance/01_patrol.yaml", "performance/02_survey.yaml")
OVERALL = "performance/overall.yaml"
PATROL = "mini_unit/2030/performance/01_patrol.yaml"
NOTES = "mini_unit/2030/narrative/performance.yaml"
NO_REFERENCE = (NOTES, '{{ 指标("风貌监测点") }}', "四十四个")  # to the overall evaluation


def attachment_labels(made: Build) -> list[str]:
    return [b.text for b in blocks(report_of(made)) if b.style == "AttachmentLabel"]


def test_without_an_overall_evaluation_the_projects_begin_with_attachment_one(
    variant: Callable[..., Build],
) -> None:
    made = variant(
        without=(OVERALL,),
        monitored=NO_REFERENCE,
    )

    assert attachment_labels(made) == ["附件1", "附件2"]
    assert "《城市风貌巡查项目绩效自评》见附件1。" in plain_text(report_of(made))
    assert [p.path for p in made.products if p.kind == "attachment"] == [
        "附件1 城市风貌巡查项目2030年绩效自评.docx",
        "附件2 历史街区测绘项目2030年绩效自评.docx",
    ]


def test_without_any_evaluation_the_report_says_so(variant: Callable[..., Build]) -> None:
    made = variant(
        without=(OVERALL, *PROJECTS),
        monitored=NO_REFERENCE,
    )
    text = plain_text(report_of(made))

    assert attachment_labels(made) == []
    assert "没有项目自评结果。" in text
    assert [todo.what for todo in made.todos] == ["项目绩效自评情况待填"]  # there was spending
    assert text.endswith("第五部分 附件\n2030年没有附件。\n")


def test_a_pack_without_charts_draws_none(variant: Callable[..., Build]) -> None:
    made = variant(
        charts=(f"packs/{PACK}/pack.yaml", *charts_of(ROOT / "tests/cases/packs" / PACK))
    )

    assert "[图" not in plain_text(report_of(made))
    assert not [product for product in made.products if product.kind == "chart"]


def charts_of(pack: Path) -> tuple[str, str]:
    """The list of charts in pack.yaml, and an empty one."""
    text = (pack / "pack.yaml").read_text("utf-8")
    start, end = text.index("\n图:\n"), text.index("\n评分:\n")
    return text[start:end], "\n图: []\n"


def test_a_subordinate_unit_without_words_on_its_performance_is_left_to_write(
    variant: Callable[..., Build],
) -> None:
    made = variant(unsaid=(NOTES, "下属单位整体绩效:", "# 下属单位整体绩效:"))

    assert [todo.what for todo in made.todos] == ["下属单位绩效待填"]
    assert "没有所属单位" not in plain_text(report_of(made))


def test_a_slip_in_the_key_of_a_section_is_found(variant: Callable[..., Build]) -> None:
    with pytest.raises(DisclosureError) as refused:
        variant(slip=(f"packs/{PACK}/pack.yaml", "键: 三公具体", "键: 三公具休"))

    assert "标题的键“三公具休”没有对应的内容。 处理办法：是不是“三公具体”？" in str(refused.value)


def test_an_indicator_of_a_class_the_pack_does_not_have_is_found(
    variant: Callable[..., Build],
) -> None:
    with pytest.raises(DisclosureError) as refused:
        variant(other=(PATROL, "一级: 产出指标", "一级: 产出类指标"))

    assert "01_patrol.yaml 第9行" in str(refused.value)
    assert "没有“产出类指标”这个一级指标。 处理办法：是不是“产出指标”？" in str(refused.value)


def test_a_box_the_form_does_not_have_is_found(variant: Callable[..., Build]) -> None:
    with pytest.raises(DisclosureError) as refused:
        variant(
            boxes=(f"packs/{PACK}/pack.yaml", "\n图:\n", "\n项目选项: {项目属性: [新, 旧]}\n图:\n"),
            said=(f"packs/{PACK}/wording.yaml", "引名:", '项目属性: "{{ 选定 }}"\n引名:'),
            ticked=(PATROL, "预算数:", "项目属性: 半新\n预算数:"),
        )

    assert "“项目属性”里没有“半新”。 处理办法：可选：新、旧" in str(refused.value)


# ------------------------------------------------------------------ the core knows no region


def test_no_module_of_the_core_names_a_region_a_unit_or_a_year() -> None:
    unit = yaml.safe_load((ROOT / "content/unit.yaml").read_text("utf-8"))
    names = [unit[key] for key in ("单位名称", "单位简称", "单位包", "主管部门", "项目实施单位")]
    named = re.compile(
        "|".join([*map(re.escape, names), "湖北", "恩施", r"(?<![\du])20[123]\d(?!\d)"])
    )

    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for folder in ("disclosure", "charts")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if named.search(without_namespaces(line))
    ]
    assert not found, "\n".join(found)


def without_namespaces(line: str) -> str:
    """The line without what carries a year of its own: XML namespaces, numbers of 文件."""
    return re.sub(r"(schemas\.|www\.|ns\.)\S+|〔\d{4}〕", "", line)
