"""A cell's number becomes an exact amount, or says why it is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.importing.amounts import NoAmount, cell_amount


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (309.78, "309.78"),
        (0.1 + 0.2, "0.3"),
        (541, "541"),
        (0, "0"),
        ("309.78", "309.78"),
        (" 1,309.21 ", "1309.21"),
        ("３０９．７８", "309.78"),
        ("1 309.21", "1309.21"),
    ],
)
def test_a_number_is_read_to_its_last_digit(value: str | float, amount: str) -> None:
    read = cell_amount(value, "万元")

    assert read.amount == Decimal(amount)
    assert not read.finer


@pytest.mark.parametrize("value", ["", " ", "-", "—", "——", "－", "/", "无", " - "])
def test_a_blank_or_a_dash_is_no_amount_given(value: str) -> None:
    assert cell_amount(value, "万元").amount is None


def test_yuan_become_wan_exactly() -> None:
    assert cell_amount(5410412.34, "元").amount == Decimal("541.041234")


def test_more_decimals_than_a_table_shows_are_rounded_half_up_and_marked() -> None:
    read = cell_amount(309.785, "万元")

    assert read.amount == Decimal("309.79")
    assert read.finer


@pytest.mark.parametrize(
    "value", ["甲", "1,2,3", "1e5", "541.04万元", True, date(2023, 5, 1), -0.01]
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(NoAmount):
        cell_amount(value, "万元")  # type: ignore[arg-type]


def test_a_negative_below_half_a_cent_is_zero() -> None:
    assert cell_amount(-1e-9, "万元").amount == 0


@given(st.integers(0, 10**15), st.sampled_from(["元", "万元"]))
def test_every_amount_to_the_cent_survives_the_float(cents: int, unit: str) -> None:
    exact = Decimal(cents) / 100 / (1 if unit == "万元" else 10000)
    if exact > 10**9:
        return

    read = cell_amount(float(cents / 100), unit)

    assert read.amount == exact
    assert not read.finer
