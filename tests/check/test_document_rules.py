"""A delivered file against the data, and a document's sentences against its own tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.check.cells import (
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    TOTALS,
    Cells,
    TableCells,
)
from disclosure.check.document_rules import DELIVERED_RULES, Delivered
from disclosure.check.document_rules_align import aligned
from disclosure.check.document_rules_changes import Kind, changes
from disclosure.check.document_rules_rates import rate_fits
from disclosure.check.document_rules_told import Indicator, Line, Sheet, Told
from disclosure.check.rule import Entry, Term, Verdict, examine, of, run
from disclosure.check.rules import DOCUMENT_RULES, RULES, TOLD_RULES
from disclosure.model.figure import Figure
from disclosure.model.finished import (
    CONTENTS,
    HEADING,
    Finished,
    ReadCell,
    ReadChart,
    ReadParagraph,
    ReadTable,
)
from disclosure.model.place import Location
from disclosure.model.text import Mention, Paragraph, Text

SENTENCE = "2023年度收入合计541.04万元，比上年减少190.05万元，下降26%。"
TYPED = Location("content/2023/revenue.yaml", 7)


def a_file(*words: str, **more: object) -> Finished:
    """A file of these paragraphs, each in a bookmark of its own unless told otherwise."""
    paragraphs = tuple(
        ReadParagraph(one, f"第三部分 二 第{at}段", (f"d_{at}",)) for at, one in enumerate(words, 1)
    )
    return replace(Finished("成品.docx", paragraphs, (), ()), **more)  # type: ignore[arg-type]


def a_table(*rows: tuple[str, ...], name: str = "公开03表") -> Finished:
    grid = tuple(tuple(ReadCell(words) for words in row) for row in rows)
    return a_file(tables=(ReadTable(name, "支出决算表", grid),))


def found(built: Finished, read: Finished, **more: object) -> dict[str, list[str]]:
    """The findings of every rule that has some."""
    subject = Delivered(read, built, **more)  # type: ignore[arg-type]
    entries = run(DELIVERED_RULES, subject)
    return {e.rule.id: [str(f) for f in e.findings] for e in entries if e.findings}


# ------------------------------------------------------------------ sentences of a delivered file


@pytest.mark.parametrize(
    ("now", "rule", "cause"),
    [
        ("2023年度收入合计514.04万元，比上年减少190.05万元，下降26%。", "D2.1", "两位数字对调"),
        ("2023年度收入合计54.04万元，比上年减少190.05万元，下降26%。", "D2.1", "漏了一位数字"),
        ("2023年度收入合计5410.4万元，比上年减少190.05万元，下降26%。", "D2.1", "小数点差一位"),
        ("2022年度收入合计541.04万元，比上年减少190.05万元，下降26%。", "D2.2", "上年留下的年度"),
        ("2023年度收入合计541.04万元，比上年增加190.05万元，下降26%。", "D2.3", "方向说反了"),
        (
            "2023年度收入总和541.04万元，比上年减少190.05万元，下降26%。",
            "D2.5",
            "“合计”改成了“总和”",
        ),
    ],
)
def test_a_change_in_a_sentence_is_named_with_its_cause(now: str, rule: str, cause: str) -> None:
    said = found(a_file(SENTENCE), a_file(now))

    assert list(said) == [rule]
    assert cause in said[rule][0]
    assert "第三部分 二 第1段" in said[rule][0]


def test_a_changed_figure_is_told_with_both_figures_and_the_typed_line() -> None:
    figure = Figure("2023/收入/本年收入合计", Decimal("541.04"), "万元", "金额", TYPED)
    told = Paragraph("收入", Text(SENTENCE, (Mention(10, 16, figure),)))

    said = found(
        a_file(SENTENCE), a_file(SENTENCE.replace("541.04", "514.04")), marked={"d_1": told}
    )

    assert "514.04 万元" in said["D2.1"][0]
    assert (
        "2023/收入/本年收入合计 541.04 万元（content/2023/revenue.yaml 第7行）" in said["D2.1"][0]
    )


def test_a_misspelt_name_is_an_error_and_not_a_matter_of_style() -> None:
    said = found(a_file("事业运行支出。"), a_file("事业运作支出。"), names=("事业运行",))

    assert list(said) == ["D2.4"]


def test_a_missing_an_added_and_a_moved_paragraph_are_told_apart() -> None:
    first, second, third = a_file("甲段。", "乙段。", "丙段。").paragraphs
    added = ReadParagraph("手写的一段话。", "第三部分 二 第4段")

    missing = found(a_file("甲段。", "乙段。"), a_file("甲段。"))
    more = found(a_file("甲段。"), a_file(paragraphs=(first, added)))
    moved = found(
        a_file(paragraphs=(first, second, third)), a_file(paragraphs=(third, first, second))
    )

    assert list(missing) == ["D1.1"]
    assert list(more) == ["D1.2"]
    assert list(moved) == ["D1.3"]


def test_a_paragraph_without_its_bookmark_is_still_recognised() -> None:
    (built,) = a_file(SENTENCE).paragraphs
    read = replace(built, marks=(), words=SENTENCE.replace("26%", "62%"))

    (pair,) = aligned([built], [read])

    assert pair.read is read


def test_an_unchanged_file_has_no_findings_and_every_comparison_is_counted() -> None:
    file = a_file(SENTENCE)
    entry = examine(DELIVERED_RULES[0], Delivered(file, file))

    assert not found(file, file)
    assert (entry.verdict, entry.compared) == (Verdict.PASSED, 1)


def test_spaces_that_another_program_writes_are_no_change() -> None:
    assert not found(a_file(SENTENCE), a_file(f" {SENTENCE}\xa0"))


def test_a_changed_heading_and_contents_entry_are_found() -> None:
    def with_titles(heading: str, entry: str) -> Finished:
        return a_file(
            paragraphs=(
                ReadParagraph(entry, "目录", (), CONTENTS),
                ReadParagraph(heading, "第三部分 二", ("d_h",), HEADING, 2),
            )
        )

    built = with_titles("二、收入决算情况说明", "二、收入决算情况说明")

    assert list(found(built, with_titles("二、收入情况说明", "二、收入决算情况说明"))) == ["D1.4"]
    assert list(found(built, with_titles("二、收入决算情况说明", "二、收入情况"))) == ["D4"]


def test_a_changed_figure_in_the_alternative_text_of_a_chart_is_found() -> None:
    built = a_file(charts=(ReadChart("图1", "收入541.04万元", "第三部分 一"),))
    read = a_file(charts=(ReadChart("图1", "收入514.04万元", "第三部分 一"),))

    assert "“541.04”改成了“514.04”" in found(built, read)["D5"][0]


# ------------------------------------------------------------------ tables of a delivered file

HEAD = ("科目代码", "科目名称", "本年支出合计", "基本支出")
ROWS = (HEAD, ("201", "一般公共服务支出", "477.9", "309.78"), ("208", "社会保障", "31.49", "20.97"))


def test_a_changed_cell_is_named_by_row_and_column() -> None:
    wrong = (*ROWS[:1], ("201", "一般公共服务支出", "477.9", "390.78"), ROWS[2])

    (said,) = found(a_table(*ROWS), a_table(*wrong))["D3.2"]

    assert "公开03表 第2行“一般公共服务支出” 基本支出" in said
    assert "390.78 万元" in said
    assert "309.78 万元" in said


def test_the_amount_of_the_neighbouring_row_is_called_a_shift() -> None:
    wrong = (*ROWS[:2], ("208", "社会保障", "31.49", "309.78"))

    (said,) = found(a_table(*ROWS), a_table(*wrong))["D3.2"]

    assert "错行" in said


def test_an_emptied_cell_a_lost_row_and_a_lost_table_are_found() -> None:
    emptied = (*ROWS[:2], ("208", "社会保障", "31.49", ""))

    assert list(found(a_table(*ROWS), a_table(*emptied))) == ["D3.2"]
    assert "少了第3行" in found(a_table(*ROWS), a_table(*ROWS[:2]))["D3.1"][0]
    assert "少了 公开03表" in found(a_table(*ROWS), a_file())["D3.1"][0]


def test_a_changed_score_is_found_in_its_attachment() -> None:
    sheet = (("三级指标", "目标值", "实际值", "得分"), ("签约个数", "≥1个", "1个", "20"))
    wrong = (sheet[0], ("签约个数", "≥1个", "1个", "2"))
    name = "附件2 自评表"

    assert list(found(a_table(*sheet, name=name), a_table(*wrong, name=name))) == ["D3.3"]


def test_a_changed_name_in_a_table_is_found() -> None:
    wrong = (*ROWS[:2], ("208", "社会保险", "31.49", "20.97"))

    assert list(found(a_table(*ROWS), a_table(*wrong))) == ["D3.4"]


# ------------------------------------------------------------------ kinds of changes


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("共6个项目", "共7个项目", Kind.FIGURE),
        ("占100%", "占10%", Kind.FIGURE),
        ("2023年", "2022年", Kind.YEAR),
        ("2023个", "2022个", Kind.FIGURE),
        ("较上年无变化", "较上年增加", Kind.DIRECTION),
        ("3.5万元", "-3.5万元", Kind.FIGURE),
    ],
)
def test_what_a_change_is_about(was: str, now: str, kind: Kind) -> None:
    assert {change.kind for change in changes(was, now)} == {kind}


@pytest.mark.parametrize(
    ("part", "whole", "printed", "fits"),
    [
        ("13.41", "15", "89", True),
        ("13.41", "15", "90", False),
        ("108.56", "108.8", "99.78", True),
        ("0.37", "0.82", "45", True),
        ("0.37", "0.82", "46", True),  # 0.374 ÷ 0.816: the 元 are not printed
        ("0.37", "0.82", "47", False),
    ],
)
def test_a_printed_rate_is_right_to_its_last_digit(
    part: str, whole: str, printed: str, *, fits: bool
) -> None:
    assert rate_fits(Decimal(part), Decimal(whole), printed) is fits


# ------------------------------------------------------------------ sentences against tables

WHOLE = Decimal("541.04")
CLASSES = {"201": "一般公共服务支出", "20103": "政府办公厅", "2010350": "事业运行"}


def the_cells() -> Cells:
    amounts = {"本年支出": WHOLE, "基本支出": WHOLE}
    spending = {"本年支出合计": WHOLE, "基本支出": WHOLE}
    tables = [
        TableCells(TOTALS, "公开01表", amounts={"收入/总计": WHOLE, "支出/总计": WHOLE}),
        TableCells(
            REVENUE,
            "公开02表",
            rows={"合计": {"本年收入合计": WHOLE, "财政拨款收入": WHOLE}},
            measures=("本年收入合计", "财政拨款收入"),
        ),
        TableCells(
            EXPENDITURE,
            "公开03表",
            rows={"合计": spending, **dict.fromkeys(CLASSES, spending)},
            names=CLASSES,
            measures=("本年支出合计", "基本支出", "项目支出"),
        ),
        TableCells(
            FISCAL, "公开04表", amounts={"财政拨款/收入总计": WHOLE, "财政拨款/支出总计": WHOLE}
        ),
        TableCells(
            GENERAL,
            "公开05表",
            rows={"合计": amounts, **dict.fromkeys(CLASSES, amounts)},
            names=CLASSES,
            measures=("本年支出", "基本支出", "项目支出"),
        ),
        TableCells(
            ECONOMIC,
            "公开06表",
            amounts={"经济分类/人员经费合计": WHOLE, "经济分类/30101/决算数": WHOLE},
            names={"301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴"},
        ),
        TableCells(
            THREE_PUBLIC,
            "公开09表",
            amounts={
                "三公/预算数/公务接待费": Decimal("0.82"),
                "三公/决算数/公务接待费": Decimal("0.37"),
            },
        ),
    ]
    return Cells({table.role: table for table in tables})


PART = "第三部分 情况说明/"
TOTAL = f"{PART}一、收入支出决算总体情况说明"
REVENUES = f"{PART}二、收入决算情况说明"
SPENDING = f"{PART}三、支出决算情况说明"
FISCAL_TOTAL = f"{PART}四、财政拨款收入支出决算总体情况说明"
GENERAL_BUDGET = f"{PART}五、一般公共预算财政拨款支出决算情况说明"
BASIC = f"{PART}六、一般公共预算财政拨款基本支出决算情况说明"
PUBLIC = f"{PART}九、财政拨款“三公”经费支出决算情况说明"
RESULTS = f"{PART}十三、预算绩效情况说明"
PROJECT = Sheet(
    "附件2", "2023年度招商引资项目绩效自评表", "5", "4", "100",
    (Indicator("产出指标", "数量指标", "甲", "50"), Indicator("产出指标", "质量指标", "乙", "50")),
)  # fmt: skip


def judged(rule: str, words: str, section: str = TOTAL, project: str = "") -> str:
    """What a rule says of one sentence: the levels of its findings, else its verdict."""

    def last_year(name: str) -> Term | None:
        amounts = {"收入/本年收入合计": "731.09", "收入/总计": "1309.21"}
        if name not in amounts:
            return None
        return of(Figure(f"2022/{name}", Decimal(amounts[name]), "万元", "金额", TYPED))

    told = Told(
        (Line(words, "某段", section, TYPED, project),),
        the_cells(),
        2023,
        (PROJECT,),
        {"图1": words},
        last_year,
    )
    entry: Entry = next(run([r for r in TOLD_RULES if r.id == rule], told))
    return "、".join(sorted({f.level.value for f in entry.findings})) or entry.verdict.value


@pytest.mark.parametrize(
    ("rule", "section", "right", "wrong"),
    [
        ("P1", TOTAL, "收、支总计均为541.04万元。", "收、支总计均为514.04万元。"),
        ("P2", REVENUES, "财政拨款收入541.04万元。", "财政拨款收入541.4万元。"),
        ("P3", SPENDING, "支出合计541.04万元。", "支出合计5410.4万元。"),
        ("P4", FISCAL_TOTAL, "财政拨款收、支总计均为541.04万元。", "财政拨款收、支总计均为541万元。"),
        ("P5a", GENERAL_BUDGET, "财政拨款支出。一般公共预算财政拨款支出541.04万元。",
         "一般公共预算财政拨款支出541.05万元。"),
        ("P5b", GENERAL_BUDGET, "1.一般公共服务（类）支出541.04万元，占100%。",
         "1.一般公共服务（类）支出541.4万元，占100%。"),
        ("P5c.5", GENERAL_BUDGET,
         "1.一般公共服务支出（类）政府办公厅（款）事业运行（项）。年初预算为5万元，支出决算为541.04万元。",
         "1.一般公共服务支出（类）政府办公厅（款）事业运行（项）。年初预算为5万元，支出决算为514.04万元。"),
        ("X17.2", GENERAL_BUDGET, "一般公共服务（类）政府办公厅（款）事业运行（项）。",
         "一般公共服务（类）政府办公室（款）事业运行（项）。"),
        ("P6.1", BASIC, "人员经费541.04万元。", "人员经费541.4万元。"),
        ("P6.2", BASIC, "人员经费541.04万元，主要包括：基本工资。",
         "人员经费541.04万元，主要包括：基本工资、津贴补贴。"),
        ("P9.4", PUBLIC, "3.公务接待费全年预算0.82万元，支出决算为0.37万元。",
         "3.公务接待费全年预算0.82万元，支出决算为0.73万元。"),
        ("P13.1", RESULTS, "共涉及项目1个，资金4万元。", "共涉及项目2个，资金4万元。"),
        ("P13.2", RESULTS, "1.招商引资项目绩效完成情况：预算数为5万元，执行数为4万元。",
         "1.招商引资项目绩效完成情况：预算数为5万元，执行数为5万元。"),
        ("S2.4", GENERAL_BUDGET, "预算为5万元，支出决算为4万元。支出决算数小于年初预算数的主要原因：略。",
         "预算为5万元，支出决算为4万元。支出决算数大于年初预算数的主要原因：略。"),
        ("S2.5", TOTAL, "541.04万元，比上年减少190.05万元，下降26%。",
         "541.04万元，比上年减少190.05万元，增长26%。"),
        ("U4.1", RESULTS, "预算数为15万元，执行数为13.41万元，完成预算89%。",
         "预算数为15万元，执行数为13.41万元，完成预算90%。"),
        ("U4.2", SPENDING, "基本支出372.92万元，占本年支出的69%。", "基本支出372.92万元，占本年支出的68%。"),
        ("U1.2", RESULTS, "预算数为17.8万元，执行数为17.67万元。", "预算数为17.8元，执行数为17.67万元。"),
        ("Y3.2", REVENUES, "2023年度收入合计541.04万元，比上年减少190.05万元。",
         "2023年度收入合计541.04万元，比上年减少768.17万元。"),
        ("Y4.4", PUBLIC, "2023年度共接待来访团组0个。", "2022年度共接待来访团组0个。"),
        ("P16", TOTAL, "2023年度：收入541.04万元。", "2023年度：收入541.4万元。"),
    ],
)  # fmt: skip
def test_a_sentence_is_held_against_the_tables(
    rule: str, section: str, right: str, wrong: str
) -> None:
    assert judged(rule, right, section) == "通过"
    assert judged(rule, wrong, section) == "错误"


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [
        ("E4.2", "综合评分为100分。", "综合评分为98分。"),
        ("E5.2", "共设置2个绩效指标。", "共设置10个绩效指标。"),
        ("E5.2", "产出指标2个目标值，分别是数量指标1个，质量指标1个。", "产出指标1个目标值。"),
    ],
)
def test_a_summary_is_held_against_its_own_table(rule: str, right: str, wrong: str) -> None:
    assert judged(rule, right, "附件2", "附件2") == "通过"
    assert judged(rule, wrong, "附件2", "附件2") == "错误"


def test_an_attachment_cited_by_another_name_is_a_hint() -> None:
    right = "《2023年度招商引资项目自评结果》详见附件2。"

    assert judged("S5.2", right, RESULTS) == "通过"
    assert judged("S5.2", right.replace("招商", "招工"), RESULTS) == "提示"


def test_a_comparison_with_an_unknown_last_year_is_not_passed() -> None:
    words = "支出合计541.04万元，比上年减少1万元。"

    assert judged("Y3.2", f"、{words}", SPENDING) == "无法核对"


@pytest.mark.parametrize("rule", TOLD_RULES, ids=lambda rule: rule.id)
def test_a_rule_without_its_sentence_does_not_pass(rule: object) -> None:
    entry = examine(rule, Told((), the_cells(), 2023))  # type: ignore[arg-type]

    assert entry.verdict in (Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [rule.id for rule in (*RULES, *DOCUMENT_RULES)]

    assert len(ids) == len(set(ids))
