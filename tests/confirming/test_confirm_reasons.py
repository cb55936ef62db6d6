"""`build.py confirm --reasons`: a reason remembers the difference that it was confirmed for."""

from __future__ import annotations

from pathlib import Path

import pytest
from confirming.desk import Desk
from confirming.desk import desk as new_desk

from disclosure.confirming.reason_text import DIRECTION, GAP, ReasonText
from disclosure.confirming.reasons import plan_reasons
from disclosure.pipeline import write_words

ROOT = Path(__file__).resolve().parents[2]
CONTENT, PACKS = ROOT / "content", ROOT / "templates"
REASONS, EXPENDITURE = "narrative/reasons.yaml", "expenditure.yaml"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return new_desk(tmp_path, capsys)


def confirm(desk: Desk, *names: str) -> str:
    return desk.run("confirm", "--reasons", *names, "--yes").out


# ------------------------------------------------------------------ every place


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (EXPENDITURE, "    原因: {文字: 年中追加历史街区测绘经费, 说明方向: 增加, 说明差额: 36.5}"),
        ("three_public.yaml", "    与预算比: {文字: 从严控制, 说明方向: 减少, 说明差额: 1.02}"),
        (
            "narrative/other_notes.yaml",
            "机关运行经费变动: {文字: 物业移交后自行支付, 说明方向: 增加, 说明差额: 91.35}",
        ),
        (REASONS, "政府性基金收入变动: {文字: 街区修缮进入收尾, 说明方向: 减少, 说明差额: 30}"),
    ],
)
def test_the_difference_stands_beside_the_reason(desk: Desk, file: str, line: str) -> None:
    confirm(desk)

    assert line in desk.text(file).splitlines()


def test_an_adjusted_opening_has_a_reason_of_its_own(desk: Desk) -> None:
    desk.type("revenue.yaml", "  其他资金: 3\n", "  其他资金: 13\n")
    desk.write("revenue.yaml", desk.text("revenue.yaml") + "年初结转调整原因: 审计调整\n")

    confirm(desk, "年初结转调整")

    assert desk.text("revenue.yaml").endswith(
        "年初结转调整原因:\n  文字: 审计调整\n  说明方向: 增加\n  说明差额: 10\n"
    )


# ------------------------------------------------------------------ every way to write one


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (
            "原因: 人员增加  # 注\n",
            "原因:\n  文字: 人员增加  # 注\n  说明方向: 增加\n  说明差额: 1.5\n",
        ),
        (
            "原因: '{{ 人员变动 }}，故增加'\n",
            "原因:\n  文字: '{{ 人员变动 }}，故增加'\n  说明方向: 增加\n  说明差额: 1.5\n",
        ),
        (
            "原因:  # 注\n  人员增加\n",
            "原因:  # 注\n  文字: 人员增加\n  说明方向: 增加\n  说明差额: 1.5\n",
        ),
        (
            "原因: |\n  第一行\n\n  第二行\n别的: 1\n",
            "原因:\n  文字: |\n    第一行\n\n    第二行\n  说明方向: 增加\n  说明差额: 1.5\n别的: 1\n",
        ),
        (
            "原因: [甲, 乙]\n",
            "原因:\n  文字: [甲, 乙]\n  说明方向: 增加\n  说明差额: 1.5\n",
        ),
        (
            "原因:  # 两条\n- 甲  # 注\n# 又注\n- '乙'\n别的: 1\n",
            "原因:  # 两条\n  文字:\n    - 甲  # 注\n    # 又注\n    - '乙'\n"
            "  说明方向: 增加\n  说明差额: 1.5\n别的: 1\n",
        ),
        (
            "原因:\n  文字: 甲\n  说明方向:   # 上年 减少\n",
            "原因:\n  文字: 甲\n  说明方向: 增加   # 上年 减少\n  说明差额: 1.5\n",
        ),
        (
            '原因: {不说明: "略低, 不说"}  # 注\n',
            '原因: {不说明: "略低, 不说", 说明方向: 增加, 说明差额: 1.5}  # 注\n',
        ),
        (
            "原因: {文字: 甲,   # 注\n  说明方向: 增加}\n",
            "原因: {文字: 甲,   # 注\n  说明方向: 增加, 说明差额: 1.5}\n",
        ),
        (
            "原因: {文字: 甲, 说明差额: 9.00, 说明方向: 增加}\n",
            "原因: {文字: 甲, 说明差额: 1.5, 说明方向: 增加}\n",
        ),
    ],
)
def test_a_reason_keeps_the_form_it_was_typed_in(typed: str, written: str) -> None:
    for end in ("\n", "\r\n"):
        text = ReasonText(typed.replace("\n", end).encode(), "某文件.yaml")

        text.state(("原因",), DIRECTION, "增加")
        text.state(("原因",), GAP, "1.5")

        assert text.data.decode().replace("'1.5'", "1.5") == written.replace("\n", end)


def test_a_bare_sentence_in_brackets_becomes_a_mapping(desk: Desk) -> None:
    desk.type(
        EXPENDITURE,
        '  - {科目: "2120201", 年初预算数: 260, 项目支出: 248.75}',
        '  - {科目: "2120201", 年初预算数: 260, 项目支出: 248.75, 原因: 招标节约}',
    )

    confirm(desk)

    assert "原因: {文字: 招标节约, 说明方向: 减少, 说明差额: 11.25}}" in desk.text(EXPENDITURE)


def test_a_reason_not_given_is_confirmed_too(desk: Desk) -> None:
    desk.type(
        EXPENDITURE,
        '  - {科目: "2101101", 年初预算数: 20.1, 基本支出: 19.85}',
        '  - 科目: "2101101"\n    年初预算数: 20.1\n    基本支出: 19.85\n'
        '    原因: {不说明: "略低"}',
    )

    confirm(desk)

    assert '    原因: {不说明: "略低", 说明方向: 减少, 说明差额: 0.25}\n' in desk.text(EXPENDITURE)


def test_no_difference_is_a_difference_of_zero(desk: Desk) -> None:
    desk.write(REASONS, desk.text(REASONS) + "国有资本经营收入变动: 两年都没有\n")

    confirm(desk)

    assert desk.text(REASONS).endswith(
        "国有资本经营收入变动:\n  文字: 两年都没有\n  说明方向: 持平\n  说明差额: 0\n"
    )


def test_a_file_in_yuan_gets_the_difference_in_yuan(desk: Desk) -> None:
    text = desk.text("three_public.yaml")
    for wan, yuan in (("6", "60000"), ("5.4", "54000.5"), ("18", "180000"), ("17.8", "178000")):
        for key in ("全年预算数", "决算数"):
            text = text.replace(f"{key}: {wan},", f"{key}: {yuan},")
    for wan, yuan in (("4.5", "45000"), ("0.98", "9800"), ("1.2", "12000")):
        text = text.replace(f"数: {wan},", f"数: {yuan},").replace(f"数: {wan}\n", f"数: {yuan}\n")
    desk.write("three_public.yaml", f"金额单位: 元\n{text}")

    confirm(desk, "三公/因公出国（境）费/与预算比")

    line = "    与预算比: {文字: 缩短行程, 说明方向: 减少, 说明差额: 5999.5}"
    assert line in desk.text("three_public.yaml").splitlines()
    assert "因公出国（境）费/与预算比" not in desk.run("confirm").out


# ------------------------------------------------------------------ when figures change


def test_a_confirmed_reason_is_told_when_its_difference_changes(desk: Desk) -> None:
    confirm(desk)
    assert "S2.2" not in desk.open_rules()

    desk.type(EXPENDITURE, "年初预算数: 480", "年初预算数: 470")

    assert "S2.2" in desk.open_rules()
    out = desk.run("confirm").out
    assert "支出/2120101　470 → 512.36，增加　说明差额：32.36 → 42.36 万元" in out


def test_confirming_it_again_settles_it(desk: Desk) -> None:
    confirm(desk)
    desk.type(EXPENDITURE, "年初预算数: 480", "年初预算数: 470")

    confirm(desk, "支出/2120101")

    assert "说明差额: 42.36}" in desk.text(EXPENDITURE)
    assert "S2.2" not in desk.open_rules()


def test_a_reason_for_the_other_direction_is_to_be_written_anew_first(desk: Desk) -> None:
    desk.type(REASONS, "街区修缮进入收尾, 说明方向: 减少", "街区修缮展开, 说明方向: 增加")

    said = desk.run("confirm", "--reasons", "--yes")

    assert said.exit == 1
    assert "方向变了，先重写原因：1 处" in said.out
    assert "政府性基金收入变动　150 → 120　按“增加”写的，现在是“减少”" in said.out
    assert "政府性基金收入变动: {文字: 街区修缮展开, 说明方向: 增加}\n" in desk.text(REASONS)
    assert "方向变了，先重写原因：1 处" in desk.run("confirm").out


def test_last_years_words_are_not_confirmed(desk: Desk) -> None:
    desk.type(REASONS, "文字: 街区", "文字: 【待核对】街区")

    confirm(desk)

    assert "【待核对】街区修缮进入收尾, 说明方向: 减少}\n" in desk.text(REASONS)


def test_a_reason_whose_figures_are_not_known_is_left_alone(desk: Desk) -> None:
    (desk.unit / "2029/three_public.yaml").unlink()

    confirm(desk)

    assert "与上年比: {文字: 批次减少, 说明方向: 减少}\n" in desk.text("three_public.yaml")


def test_every_reason_of_the_shipped_unit_is_confirmed(cache: Path) -> None:
    written = write_words(CONTENT, 2023, PACKS, cache=cache, with_templates=False)

    plan = plan_reasons(CONTENT, written.report, written.pack.layout)

    assert (plan.settling, plan.turned) == ((), ())


# ------------------------------------------------------------------ the command


def test_a_second_run_writes_nothing(desk: Desk) -> None:
    confirm(desk)
    before = desk.snapshot()

    out = confirm(desk)

    assert out == "原因都已确认，没有要写的。\n"
    assert desk.snapshot() == before
    assert len(list((desk.unit / ".history").iterdir())) == 1


def test_confirming_leaves_no_new_finding(desk: Desk) -> None:
    before = desk.run("check", "--json").json["findings"]

    confirm(desk)

    assert desk.run("check", "--json").json["findings"] == before


def test_undo_brings_back_the_very_bytes(desk: Desk) -> None:
    before = desk.snapshot()

    confirm(desk)
    assert desk.snapshot() != before
    desk.run("undo", "--yes")

    assert desk.snapshot() == before


def test_only_the_reasons_named_are_confirmed(desk: Desk) -> None:
    before = desk.text("three_public.yaml")

    confirm(desk, "支出/2120102")

    assert desk.text(EXPENDITURE).count(GAP) == 1
    assert desk.text("three_public.yaml") == before


def test_a_name_that_is_no_reason_is_told(desk: Desk) -> None:
    said = desk.run("confirm", "--reasons", "支出/2120103", "无", "--yes")

    assert said.exit == 2
    assert "没有“支出/2120103”这个原因可以确认。 处理办法：是不是“支出/212010" in said.err
    assert "没有“无”这个原因可以确认。" in said.err


def test_it_is_shown_first_and_written_after_a_yes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.snapshot()
    for answer, written in (("n", False), ("y", True)):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)

        out = desk.run("confirm", "--reasons").out

        assert "支出/2120102　0 → 36.5，增加　说明差额：没有记 → 36.5 万元" in out
        assert "年中追加历史街区测绘经费　见 mini_unit/2030/expenditure.yaml 第12行" in out
        assert (desk.snapshot() != before) == written


def test_a_program_is_told_and_not_asked(desk: Desk) -> None:
    before = desk.snapshot()
    told = desk.run("confirm", "--reasons", "--json").json

    assert not told["written"] and told["problems"] == [] and desk.snapshot() == before
    (one,) = (each for each in told["reasons"] if each["path"] == "支出/2120102")
    assert (one["direction"], one["confirmed"], one["gap"]) == ("增加", None, "36.5")
    assert desk.run("confirm", "--reasons", "--yes", "--json").json["written"]


def test_reasons_are_not_mixed_with_hints(desk: Desk) -> None:
    said = desk.run("confirm", "--reasons", "--reason", "照旧")

    assert said.exit == 2
    assert "--reasons 不能和 --reason、--by 一起用。" in said.err
