"""The rules as a list: each has its cases, its words and its row in docs/rules.md."""

from __future__ import annotations

from pathlib import Path

import pytest
import test_rules_on_reports
import test_rules_on_tables
import test_rules_on_units
import test_rules_on_words
from rule_cases import COVERED, KINDS

from disclosure.check.rules import DOCUMENT_RULES, RULES, catalogue
from disclosure.check.traditional import SIMPLIFIED, STANDARD, TRADITIONAL
from disclosure.cli import main

ROOT = Path(__file__).parents[2]
CASES = (test_rules_on_tables, test_rules_on_words, test_rules_on_reports, test_rules_on_units)


@pytest.mark.parametrize("number", [rule.id for rule in RULES])
def test_every_rule_has_its_cases(number: str) -> None:
    """One where it speaks, one where it is silent, one at the edge."""
    assert CASES, "the modules that note their cases are loaded"
    assert COVERED[number] == set(KINDS)


def test_no_case_is_about_a_rule_that_does_not_exist() -> None:
    assert COVERED.keys() <= {rule.id for rule in RULES}


def test_no_two_rules_share_a_number() -> None:
    numbers = [rule.id for rule in (*RULES, *DOCUMENT_RULES)]

    assert sorted(set(numbers)) == sorted(numbers)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_compares_two_different_things(rule: object) -> None:
    one, other = rule.compares  # type: ignore[attr-defined]

    assert one
    assert other
    assert one != other


def test_the_documented_rules_are_those_that_run() -> None:
    """`build.py check --rules > docs/rules.md` writes it again."""
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == catalogue()


def test_a_traditional_character_is_none_of_the_standard_ones() -> None:
    """GB 2312 holds the simplified characters, so no listed one can be meant as it stands."""
    for traditional, standard in SIMPLIFIED.items():
        standard.encode("gb2312")
        with pytest.raises(UnicodeEncodeError):
            traditional.encode("gb2312")


def test_no_traditional_character_is_listed_twice() -> None:
    assert len(SIMPLIFIED) == len(TRADITIONAL) == len(STANDARD)


def test_the_rules_are_printed_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ROOT, ["check", "--rules"]) == 0

    assert capsys.readouterr().out == catalogue()
