"""Where a figure comes from and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure import screen
from disclosure.lineage import Lineage, found, lineage_of, steps, suggestions
from disclosure.model.figure import Formula
from disclosure.model.place import Location
from disclosure.pipeline import Written, newest_year, write_words

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def written() -> Written:
    unit = ROOT / "content"
    return write_words(unit, newest_year(unit), ROOT / "templates", with_templates=False)


@pytest.fixture(scope="module")
def lineage(written: Written) -> Lineage:
    return lineage_of(written.report, written.document, written.phrasebook.show)


def test_a_figure_is_found_by_its_name_with_or_without_the_year(
    written: Written, lineage: Lineage
) -> None:
    year, show = written.report.year, written.phrasebook.show
    name = "支出/2010350/基本支出"

    assert found(lineage, name, year, show) == found(lineage, f"{year}/{name}", year, show)


def test_a_figure_is_found_by_the_value_as_printed(written: Written, lineage: Lineage) -> None:
    year, show = written.report.year, written.phrasebook.show
    (by_name,) = found(lineage, "支出/2010350/基本支出", year, show)

    assert by_name in found(lineage, show(by_name), year, show)
    assert by_name in found(lineage, f"{show(by_name)}万元", year, show)


def test_a_percentage_is_told_step_by_step_down_to_typed_lines(
    written: Written, lineage: Lineage
) -> None:
    (rate,) = found(lineage, "收入/总计/较上年增减率", written.report.year, written.phrasebook.show)

    walked = [figure for _, figure in steps(rate)]
    leaves = [figure for figure in walked if not isinstance(figure.source, Formula)]

    assert walked[0] is rate
    assert leaves
    assert all(isinstance(leaf.source, Location) and leaf.source.line for leaf in leaves)


def test_every_cell_and_sentence_that_prints_a_figure_is_listed(
    written: Written, lineage: Lineage
) -> None:
    year, show = written.report.year, written.phrasebook.show
    figures = found(lineage, "支出/2010350/基本支出", year, show)

    told = screen.trace_text(figures, lineage, show)

    for place in ("公开03表", "公开05表", "事业运行", "expenditure.yaml 第"):
        assert place in told


def test_a_chart_is_a_place_too(written: Written, lineage: Lineage) -> None:
    (total,) = found(lineage, "收入/总计", written.report.year, written.phrasebook.show)

    assert any(place.kind == "图" for place in lineage.places[total.id])


def test_what_is_not_found_offers_what_is_near(written: Written, lineage: Lineage) -> None:
    show = written.phrasebook.show

    assert "支出/2010350/基本支出" in suggestions(lineage, "支出/2010350/基础支出", show)
