"""已确认提示: a hint is told once, until the figures behind it change."""

from __future__ import annotations

from typing import Any

from builders import a_report, a_year, only
from rule_cases import a_paragraph, a_subject

from disclosure.check.acknowledged import sorted_out
from disclosure.check.finding import Finding
from disclosure.check.rule import Verdict
from disclosure.check.rules import Checked, run_rules
from disclosure.model.place import Level
from disclosure.schema.acknowledged import AcknowledgedFile

UNTIL = Finding("U7.5", Level.HINT, "“截止”应为“截至”。", about="某处", figures=("截止6月",))


def confirmed(rule: str = "U7.5", **about: list[str]) -> dict[str, Any]:
    """acknowledged.yaml with one entry."""
    entry = {
        "规则": rule,
        "对象": about or {"某处": ["截止6月"]},
        "理由": "照公开文本",
        "确认人": "财务科",
        "日期": "2024-08-20",
    }
    return {"已确认提示": [entry]}


def file(**about: list[str]) -> AcknowledgedFile | None:
    return a_year(acknowledged=confirmed(**about)).acknowledged


def test_a_hint_is_quiet_once_it_was_acknowledged() -> None:
    left, done = sorted_out([UNTIL], file())

    assert not left
    assert only(done).hint.why == "照公开文本"


def test_it_comes_back_when_its_figures_change() -> None:
    left, done = sorted_out([UNTIL], file(某处=["截止5月"]))

    assert not done
    assert "确认时的数是 截止5月，现在是 截止6月" in only(left).message


def test_it_stays_when_it_was_acknowledged_for_another_place() -> None:
    left, _ = sorted_out([UNTIL], file(别处=["截止6月"]))

    assert [finding.rule for finding in left] == ["U7.5", "Q1"]


def test_an_acknowledgement_without_its_hint_is_told() -> None:
    left, _ = sorted_out([], file())

    assert "没有对应的提示，可以删去" in only(left).message


def test_an_error_cannot_be_acknowledged() -> None:
    error = Finding("U7.5", Level.ERROR, "某事。", about="某处", figures=("截止6月",))
    left, done = sorted_out([error], file())

    assert not done
    assert [finding.level for finding in left] == [Level.ERROR, Level.HINT]
    assert "不能确认，只能改正" in left[1].message


def test_one_entry_covers_several_places() -> None:
    other = Finding("U7.5", Level.HINT, "某事。", about="别处", figures=("截止7月",))
    left, done = sorted_out([UNTIL, other], file(某处=["截止6月"], 别处=["截止7月"]))

    assert not left
    assert len(done) == 2


def test_no_file_acknowledges_nothing() -> None:
    assert sorted_out([UNTIL], None) == ([UNTIL], [])


def checked(about: str) -> Checked:
    report = a_report(a_year(acknowledged=confirmed(**{about: ["截止6月30日"]})))
    return run_rules(a_subject(report, paragraphs=(a_paragraph("截止6月30日，办结8件。"),)))


def test_the_ledger_says_that_a_hint_was_acknowledged() -> None:
    """A clerk copies 对象 and 数 out of findings.json."""
    entry = only(e for e in checked("某文件.yaml 某段").ledger if e.rule.id == "U7.5")

    assert (entry.verdict, entry.why) == (Verdict.PASSED, "1 处提示已确认")


def test_the_ledger_fails_a_rule_whose_hint_nobody_acknowledged() -> None:
    entry = only(e for e in checked("别处").ledger if e.rule.id == "U7.5")

    assert entry.verdict is Verdict.FAILED
