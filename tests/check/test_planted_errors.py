"""The proof that `make bench-checks` prints, on a sample: slips in content and workbook are found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bench.checks.in_content import changed, changes, in_content
from bench.checks.in_workbook import EXCHANGED, in_workbook
from bench.checks.sites import CODE, IN_WORDS, NAME, NUMBER, WAY, YEAR, Site, sites, swapped
from bench.checks.tally import contradictions, told
from disclosure.pipeline import Build

ROOT = Path(__file__).resolve().parents[2]
CONTENT, PACKS = ROOT / "content", ROOT / "templates"
SEED = 7


@pytest.fixture
def typed(tmp_path: Path) -> list[Site]:
    """A small file with one thing of each kind."""
    file = tmp_path / "某年" / "某文件.yaml"
    file.parent.mkdir()
    file.write_text(
        """# 12 万元
支出:
  - 科目: "2010350"  # 事业运行
    基本支出: 309.5
填报日期: 2024-03-15
原因: '2022年{{ 数("支出/2010350/基本支出") }}减少3件，见甲项目'
""",
        "utf-8",
    )
    return sites(file, {"甲项目"})


def test_everything_typed_is_a_site_but_comments_and_tags(typed: list[Site]) -> None:
    assert [(site.kind, site.text) for site in typed] == [
        (CODE, "2010350"),
        (NUMBER, "309.5"),
        (YEAR, "2024"),
        (YEAR, "2022"),
        (WAY, "减少"),
        (IN_WORDS, "3"),
        (NAME, "甲项目"),
    ]


def test_a_slip_changes_its_own_characters_alone(typed: list[Site]) -> None:
    before = typed[0].file.read_text("utf-8")
    slips = {change.kind: changed(before, change) for change in changes(typed)}

    assert "基本支出: 310.5" in slips["加一"]
    assert "基本支出: 39.5" in slips["两位对调"]
    assert "“" not in slips[NAME] and "项甲目" in slips[NAME]
    assert all(text.splitlines()[0] == "# 12 万元" for text in slips.values())


@pytest.mark.parametrize(
    ("amount", "expected"), [("12.3", "21.3"), ("0.37", "0.73"), ("5", None), ("33", None)]
)
def test_the_first_two_digits_that_differ_change_places(amount: str, expected: str | None) -> None:
    assert swapped(Decimal(amount)) == (Decimal(expected) if expected else None)


def test_no_slip_in_the_content_that_contradicts_another_figure_goes_unreported() -> None:
    tallies = in_content(CONTENT, PACKS, 24, SEED)

    assert contradictions(tallies) == 0
    assert sum(tally.reported for tally in tallies.values()) >= 12
    assert all(one.why for tally in tallies.values() for one in tally.silent)


def test_no_slip_in_a_workbook_goes_unreported_but_two_summands_exchanged(
    report_2023: Build, tmp_path: Path
) -> None:
    tallies = in_workbook(report_2023, CONTENT, PACKS, tmp_path, 60, SEED)

    assert {kind for kind, tally in tallies.items() if tally.silent} <= {EXCHANGED}
    assert contradictions(tallies) == 0
    assert "报出" in told("工作簿", tallies)
