"""Every page as it is seen: nothing blank, nothing beyond the margins, no box for a character."""

from __future__ import annotations

import json
import shutil
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from layout_reading import drawn, page_texts

from disclosure.manifest import manifest_json
from disclosure.pipeline import Build
from visual.seeing import DOTS_PER_INCH, Frame, Picture, characters_of, dots, subset_free

TEN_MM = DOTS_PER_INCH * 10 / 25.4
# A page of nothing but the title of a part, 第六部分 附件, has three times as much.
LEAST_INK = 0.0005
CHARACTER = 16  # points, 三号: a closing comma may hang over the margin
TWO_LINES = 2 * 28  # points
ONE_DOT = 72 / DOTS_PER_INCH  # points: a table's border is drawn across the margin


def is_blank(picture: Picture) -> bool:
    """The page number alone does not fill a page."""
    rows = picture.ink.shape[0] - dots(picture.frame.bottom)
    return bool(picture.ink[:rows].mean() < LEAST_INK)


def stray_ink(picture: Picture) -> int:
    """Dark dots outside the text area, the page number and a hanging comma left aside."""
    frame = picture.frame
    wide = Frame(
        frame.top - ONE_DOT,
        frame.right - CHARACTER,
        frame.bottom - ONE_DOT,
        frame.left - ONE_DOT,
        frame.foot - ONE_DOT,
    )
    return int(picture.band(wide).sum())


def edge_ink(picture: Picture) -> int:
    """Dark dots nearer than 10 mm to the edge of the paper, where printers do not print."""
    edge = int(TEN_MM)
    inside = np.ones_like(picture.ink)
    inside[edge:-edge, edge:-edge] = False
    return int((picture.ink & inside).sum())


def empty_lines(picture: Picture) -> list[float]:
    """Where a text page leaves two lines or more between lines of text; not above its foot."""
    end = picture.ink.shape[0] * 72 / DOTS_PER_INCH - picture.frame.bottom
    lines = [line for line in picture.baselines if line < end]
    return [one for one, next_ in pairwise(lines) if next_ - one >= TWO_LINES]


def test_there_are_as_many_pages_as_the_manifest_says(laid_out: Build, seen: list[Picture]) -> None:
    products = json.loads(manifest_json(laid_out, {}))["products"]

    assert len(seen) == sum(p["pages"] for p in products if p["kind"] == "pdf")


def test_no_page_is_blank(seen: list[Picture]) -> None:
    assert [page.name for page in seen if is_blank(page)] == []


def test_nothing_stands_outside_the_margins_but_the_page_number(seen: list[Picture]) -> None:
    assert [page.name for page in seen if stray_ink(page)] == []


def test_nothing_comes_near_the_edge_of_the_paper(seen: list[Picture]) -> None:
    assert [page.name for page in seen if edge_ink(page)] == []


def test_no_empty_line_stands_between_paragraphs(seen: list[Picture]) -> None:
    _cover, *others = seen
    text_only = [page for page in others if page.is_text_only]

    assert len(text_only) > len(seen) / 2
    assert {page.name: found for page in text_only if (found := empty_lines(page))} == {}


def test_every_character_is_in_the_font_that_draws_it(
    laid_out: Build, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if sys.platform != "linux" or not shutil.which("fc-list"):
        pytest.skip("没有 fc-list，查不到装了哪些字体")
    folder = tmp_path_factory.mktemp("fonts")
    needed = defaultdict(set)
    for pdf in (p for p in laid_out.products if p.kind == "pdf"):
        for piece in drawn(pdf.data):
            needed[subset_free(piece.font)] |= {ord(sign) for sign in piece.text if sign.strip()}

    lacking = {font: signs - characters_of(font, folder) for font, signs in needed.items()}

    assert sum(map(len, needed.values())) > 500
    assert {font: "".join(map(chr, signs)) for font, signs in lacking.items() if signs} == {}


def test_no_text_was_lost_on_the_way_to_the_page(laid_out: Build) -> None:
    for pdf in (p for p in laid_out.products if p.kind == "pdf"):
        assert "\ufffd" not in "".join(page_texts(pdf.data)), pdf.path


# ---------------------------------------------------------------- the measures themselves


A4 = (842, 595)  # points
FRAME = Frame(top=105, right=74, bottom=99, left=79, foot=65)


def a_page(*marks: tuple[int, int, int, int], baselines: tuple[float, ...] = ()) -> Picture:
    """A sheet of A4 with black rectangles: top, left, height, width in points."""
    ink = np.zeros((dots(A4[0]), dots(A4[1])), dtype=bool)
    for top, left, height, width in marks:
        ink[dots(top) : dots(top + height), dots(left) : dots(left + width)] = True
    return Picture("试", ink, FRAME, baselines, True)


PAGE_NUMBER = (760, 470, 14, 40)
LINE = (300, 79, 16, 442)


def test_a_page_with_nothing_but_its_number_is_blank() -> None:
    assert is_blank(a_page(PAGE_NUMBER))
    assert not is_blank(a_page(PAGE_NUMBER, LINE))


def test_a_table_that_is_too_wide_is_seen() -> None:
    assert stray_ink(a_page((300, 79, 200, 480)))
    assert not stray_ink(a_page(PAGE_NUMBER, LINE))


def test_ink_at_the_edge_of_the_paper_is_seen() -> None:
    assert edge_ink(a_page((10, 79, 16, 300)))
    assert not edge_ink(a_page(PAGE_NUMBER, LINE))


def test_an_empty_line_between_two_lines_is_seen() -> None:
    assert empty_lines(a_page(baselines=(120.0, 148.0, 204.0, 772.0))) == [148.0]
    assert not empty_lines(a_page(baselines=(120.0, 170.0, 198.0, 772.0)))


def test_a_character_that_no_font_has_is_seen(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("fc-list"):
        pytest.skip("没有 fc-list，查不到装了哪些字体")
    known = characters_of("NotoSerifSC-Regular-VKana", tmp_path)

    assert ord("财") in known
    assert ord("\ue123") not in known
