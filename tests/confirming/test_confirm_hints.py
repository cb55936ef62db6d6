"""`build.py confirm`: a hint that stays as it is, by its number or its rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from confirming.desk import NOTES, PATROL, WHO, WHY, Desk
from confirming.desk import desk as new_desk

FILE = "acknowledged.yaml"
UNTIL, BLANK = "U7.5", "U7.2"
FIRST, SECOND = f"{NOTES} 项目自评总体评价", f"{PATROL} 主要产出和效益 › 第1条"
OLD_FILE = """\
# 我们单位的确认记录
已确认提示:
  - 规则: U7.5   # 时点
    对象:
      {objects}
    理由: 旧的理由
    确认人: 老张
    日期: 2031-01-05
"""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return new_desk(tmp_path, capsys)


def entries(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load(desk.text(FILE))["已确认提示"]
    return found


# ------------------------------------------------------------------ the list


def test_the_list_shows_each_hint_as_it_would_be_acknowledged(desk: Desk) -> None:
    said = desk.run("confirm")

    assert said.exit == 0
    assert f"[{UNTIL}]" in said.out and f"[{BLANK}]" in said.out
    assert f"对象：{FIRST}　数或文字：截止6月30日　见 mini_unit/2030/{NOTES} 第2行" in said.out
    assert f"对象：{SECOND}　数或文字：截止12月31日" in said.out


def test_the_list_says_what_to_type_next(desk: Desk) -> None:
    out = desk.run("confirm", "--year", "2030").out

    command = f'--reason "为什么照旧" --by 财务科 --year 2030 --unit "{desk.unit}"'
    assert f"  build.py confirm 1 2 {command}" in out.splitlines()
    assert f'  build.py confirm --reasons --year 2030 --unit "{desk.unit}"' in out.splitlines()


def test_a_list_writes_nothing(desk: Desk) -> None:
    before = desk.snapshot()

    desk.run("confirm")

    assert desk.snapshot() == before
    assert not (desk.unit / ".history").exists()


def test_an_acknowledgement_that_fits_nothing_is_to_be_deleted(desk: Desk) -> None:
    desk.write(FILE, OLD_FILE.format(objects="别处: []"))

    out = desk.run("confirm").out

    assert "多余的确认，从 acknowledged.yaml 里删去：1 处" in out
    assert "U7.5“别处”这一条没有对应的提示" in out
    assert "Q1" not in desk.open_rules()


# ------------------------------------------------------------------ confirming


def test_a_number_confirms_the_hint_with_all_that_is_told_with_it(desk: Desk) -> None:
    said = desk.confirm(desk.number(UNTIL))

    (entry,) = entries(desk)
    assert said.exit == 0
    assert entry == {
        "规则": UNTIL,
        "对象": {FIRST: ["截止6月30日"], SECOND: ["截止12月31日"]},
        "理由": WHY,
        "确认人": WHO,
        "日期": date.today(),
    }


def test_a_rule_confirms_all_its_hints(desk: Desk) -> None:
    desk.confirm("u7.5")

    (entry,) = entries(desk)
    assert entry["对象"] == {FIRST: ["截止6月30日"], SECOND: ["截止12月31日"]}


def test_each_of_several_rules_gets_an_entry_of_its_own(desk: Desk) -> None:
    desk.confirm(f"{desk.number(UNTIL)},{desk.number(BLANK)}")

    assert {entry["规则"] for entry in entries(desk)} == {UNTIL, BLANK}
    assert {entry["理由"] for entry in entries(desk)} == {WHY}


def test_a_confirmed_hint_is_gone_from_the_next_check(desk: Desk) -> None:
    desk.confirm(UNTIL)

    assert UNTIL not in desk.open_rules()
    assert "已确认的提示 2 处" in desk.run("check").out


def test_it_comes_back_when_its_figure_changes(desk: Desk) -> None:
    desk.confirm(UNTIL)
    desk.type(NOTES, "截止6月30日", "截止7月31日")

    assert UNTIL in desk.open_rules()
    assert "确认时的数是 截止6月30日，现在是 截止7月31日" in desk.run("confirm").out


def test_a_new_file_says_how_it_is_filled_in(desk: Desk) -> None:
    desk.confirm(BLANK)

    head, _, rest = desk.text(FILE).partition("已确认提示:\n")
    assert all(line.startswith("#") for line in head.splitlines() if line)
    assert "build.py confirm" in head and "错误不能确认" in head
    assert rest.startswith("  - 规则: U7.2\n    对象:\n")


def test_undo_brings_back_the_very_bytes(desk: Desk) -> None:
    desk.file(FILE).write_bytes(OLD_FILE.format(objects="别处: []").replace("\n", "\r\n").encode())
    before = desk.snapshot()

    desk.confirm(UNTIL, BLANK)
    assert desk.snapshot() != before
    desk.run("undo", "--yes")

    assert desk.snapshot() == before


def test_undo_takes_a_new_file_away(desk: Desk) -> None:
    before = desk.snapshot()

    desk.confirm(UNTIL)
    desk.run("undo", "--yes")

    assert desk.snapshot() == before


# ------------------------------------------------------------------ confirmed before


def test_an_entry_for_another_figure_is_replaced_and_not_doubled(desk: Desk) -> None:
    desk.confirm(UNTIL)
    desk.type(NOTES, "截止6月30日", "截止7月31日")

    desk.run("confirm", UNTIL, "--reason", "新的理由", "--by", "财务科")

    by_reason = {str(entry["理由"]): entry["对象"] for entry in entries(desk)}
    assert by_reason == {WHY: {SECOND: ["截止12月31日"]}, "新的理由": {FIRST: ["截止7月31日"]}}


def test_an_entry_for_this_place_alone_is_brought_up_to_date(desk: Desk) -> None:
    desk.type(PATROL, "截止12月31日", "全年")
    old = OLD_FILE.format(objects=f"{FIRST}: [截止5月]  # 照旧")
    desk.write(FILE, old)

    desk.confirm(UNTIL)

    new = old.replace("[截止5月]", "[截止6月30日]").replace("旧的理由", WHY).replace("老张", WHO)
    assert desk.text(FILE) == new.replace("2031-01-05", date.today().isoformat())


# ------------------------------------------------------------------ refused


def test_all_that_is_unknown_is_told_at_once(desk: Desk) -> None:
    said = desk.confirm("99", "U7.55", "E2", UNTIL)

    assert said.exit == 2
    assert "没有第 99 号提示。" in said.err
    assert "没有“U7.55”这条规则。 处理办法：是不是“U7.5”？" in said.err
    assert "E2 现在没有要确认的提示。" in said.err
    assert not desk.file(FILE).exists()


def test_an_error_cannot_be_confirmed(desk: Desk) -> None:
    desk.type("narrative/reasons.yaml", "街区修缮进入收尾, 说明方向: 减少", "收尾, 说明方向: 增加")

    said = desk.confirm("S2.1")

    assert said.exit == 2
    assert "S2.1 是错误，不能确认。 处理办法：只能改正" in said.err


def test_rounding_needs_no_confirming(desk: Desk) -> None:
    said = desk.run("check", "--json")
    (rule,) = {f["rule"] for f in said.json["findings"] if f["level"] == "尾差"}

    assert f"{rule} 是尾差，不用确认。" in desk.confirm(rule).err


def test_a_useless_acknowledgement_cannot_be_confirmed(desk: Desk) -> None:
    desk.write(FILE, OLD_FILE.format(objects="别处: []"))

    assert "Q1 是多余的确认，不能再确认。 处理办法：删去" in desk.confirm("Q1").err


def test_two_hints_on_one_place_with_other_figures_do_not_fit_in_an_entry(desk: Desk) -> None:
    desk.type(NOTES, "截止6月30日总体较好。", "截止6月30日较好，截止7月31日更好。")

    said = desk.confirm(UNTIL)

    assert f"{UNTIL}“{FIRST}”有几个提示，数不同，不能一起确认。" in said.err
    assert not desk.file(FILE).exists()


def test_nobody_at_the_keyboard_confirms_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    said = desk.run("confirm", UNTIL)

    assert said.exit == 2
    assert "没有写理由。" in said.err and "没有写确认人。" in said.err
    assert not desk.file(FILE).exists()


def test_reason_and_name_are_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"理由（为什么照旧）： ": "口头说明", "确认人（写岗位）： ": "办公室"}
    monkeypatch.setattr("builtins.input", answers.__getitem__)

    desk.run("confirm", UNTIL)

    (entry,) = entries(desk)
    assert (entry["理由"], entry["确认人"]) == ("口头说明", "办公室")


@pytest.mark.parametrize(
    "odd", ["带：冒号 # 和井号", "“引号”'{{ 标签 }}'", "第一行\n第二行", "123"]
)
def test_any_words_can_be_a_reason(desk: Desk, odd: str) -> None:
    desk.run("confirm", UNTIL, "--reason", odd, "--by", WHO)

    assert UNTIL not in desk.open_rules()
    told = desk.run("check", "--json").json["acknowledged"][0]["acknowledged"]
    assert told["why"] == odd.replace("\n", " ")


def test_a_reason_without_a_hint_is_refused(desk: Desk) -> None:
    assert "没有说确认哪一处。" in desk.confirm().err


# ------------------------------------------------------------------ for a program


def test_a_program_is_given_the_list(desk: Desk) -> None:
    told = desk.run("confirm", "--json").json

    assert told["command"] == "confirm" and told["problems"] == [] and not told["written"]
    until = told["hints"][int(desk.number(UNTIL)) - 1]
    assert [each["about"] for each in until["objects"]] == [FIRST, SECOND]
    assert "支出/2120101" in {reason["path"] for reason in told["reasons"]}


def test_a_program_is_told_what_was_confirmed(desk: Desk) -> None:
    told = desk.confirm(BLANK, "--json").json

    assert told["written"] and told["files"] == ["2030/acknowledged.yaml"]
    assert [each["rule"] for each in told["confirmed"]] == [BLANK]


def test_a_program_is_not_asked_anything(desk: Desk) -> None:
    said = desk.run("confirm", UNTIL, "--json")

    assert said.exit == said.json["exit"] == 2
    assert [problem["message"] for problem in said.json["problems"]] == [
        "没有写理由。",
        "没有写确认人。",
    ]
