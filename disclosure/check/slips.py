"""Slips of the pen: what makes one number out of another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

SIGN = "正负号相反"
TIMES = {4: "差一万倍，元与万元混用", 1: "小数点差一位", 2: "小数点差两位", 3: "小数点差三位"}
SWAPPED = "两位数字对调"
LOST = "漏了一位数字"
ADDED = "多了一位数字"
ONE_DIGIT = "一位数字不同"


def slip(wrong: Decimal, right: Decimal) -> str:
    """Which one slip makes `wrong` of `right`; "" when it takes more than one, or none."""
    if wrong == right or not wrong or not right:
        return ""
    if wrong == -right:
        return SIGN
    digits, other = digits_of(wrong), digits_of(right)
    if digits == other:
        return TIMES.get(abs(wrong.normalize().adjusted() - right.normalize().adjusted()), "")
    padded, beside = _aligned(wrong, right)
    if len(digits) != len(other) and abs(len(padded) - len(beside)) <= 1:
        shorter, longer = sorted((digits, other), key=len)
        if len(longer) - len(shorter) == 1 and shorter in without_one_digit(longer):
            return LOST if len(digits) < len(other) else ADDED
    if len(padded) == len(beside):
        places = [i for i, (a, b) in enumerate(zip(padded, beside, strict=True)) if a != b]
        if len(places) == 1:
            return ONE_DIGIT
        if _swapped(padded, beside, places):
            return SWAPPED
    return ""


def _swapped(one: str, other: str, places: list[int]) -> bool:
    if len(places) != 2 or places[1] - places[0] != 1:
        return False
    first, second = places
    return one[first] == other[second] and one[second] == other[first]


def without_one_digit(digits: str) -> Iterator[str]:
    """The digits with each of them left out in turn."""
    return (digits[:i] + digits[i + 1 :] for i in range(len(digits)))


def digits_of(amount: Decimal) -> str:
    """Its digits, without the point and without zeros at the ends: 0.0120 → 12."""
    return f"{abs(amount):f}".replace(".", "").strip("0")


def significant_digits(amount: Decimal) -> int:
    """How many digits an amount has, zeros at its ends apart: 0.0120 has two."""
    return len(digits_of(amount))


def _aligned(one: Decimal, other: Decimal) -> tuple[str, str]:
    """Both as digits with equally many decimals: 123.45 and 132.4 → 12345, 13240."""
    places = max(_places(one), _places(other))
    return tuple(f"{abs(a).scaleb(places):.0f}" for a in (one, other))  # type: ignore[return-value]


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
