"""Scores of indicators by the rule printed under the self-evaluation tables.

Source: 备注 2 and 3 of the 绩效自评表: 正向指标 ≥X scores 权重×B/A, 反向指标 ≤X scores 权重×A/B, never
above the weight; a qualitative indicator is scored within the range of its tier.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from disclosure.model.figure import rounded
from disclosure.schema.pack import Scoring, Tier

SIGNS = {
    ">=": "≥",
    "＞＝": "≥",
    ">": "≥",
    "＞": "≥",
    "<=": "≤",
    "＜＝": "≤",
    "<": "≤",
    "＜": "≤",
    "＝": "=",
}
QUANTITY = re.compile(r"(≥|≤|=)?(-?\d[\d,]*(?:\.\d+)?)(.*)")
FULL_TIER = Decimal(100)  # % of the weight: the highest tier, whose target counts as reached


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target or an actual value that is a number: ≥15000万元 → ("≥", 15000, "万元")."""

    sign: str
    number: Decimal
    unit: str


@lru_cache(maxsize=2048)
def quantity(text: str) -> Quantity | None:
    """The number in an indicator's value, or None when the value is words."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    for typed, sign in SIGNS.items():
        plain = plain.replace(unicodedata.normalize("NFKC", typed), sign)
    found = QUANTITY.fullmatch(plain)
    if not found:
        return None
    sign, number, unit = found.groups()
    return Quantity(sign or "=", Decimal(number.replace(",", "")), unit)


def same_unit(target: Quantity, actual: Quantity) -> bool:
    """Whether both values are in one unit; an actual without a unit takes the target's."""
    return not actual.unit or actual.unit == target.unit


def attainment(target: str, actual: str) -> Decimal | None:
    """How far the target is met, as a factor of the weight before the cap (1 = met).

    None when the rule cannot say: words that differ from the target, an = target that was
    missed, or two units. Zero denominators count as met.
    """
    wanted, reached = quantity(target), quantity(actual)
    if wanted is None or reached is None:
        return Decimal(1) if target.strip() == actual.strip() else None
    if not same_unit(wanted, reached):
        return None
    if wanted.sign == "≥":
        return reached.number / wanted.number if wanted.number else Decimal(1)
    if wanted.sign == "≤":
        return wanted.number / reached.number if reached.number else Decimal(1)
    return Decimal(1) if reached.number == wanted.number else None


def is_met(factor: Decimal | None, weight: Decimal, own: Decimal | None, tier: Tier | None) -> bool:
    """Whether the target was reached: by the rule where it can say, else by the evaluator.

    The evaluator says so with the highest tier, or with all the points where there is no tier.
    """
    if factor is not None:
        return factor >= 1
    if tier is not None:
        return tier.highest.amount == FULL_TIER
    return own == weight


def tier_range(weight: Decimal, tier: Tier) -> tuple[Decimal, Decimal]:
    """The points between which a tier is scored."""
    return weight * tier.lowest.amount / 100, weight * tier.highest.amount / 100


def fits_tier(points: Decimal, weight: Decimal, tier: Tier) -> bool:
    """Whether the points are within the tier; its upper bound belongs to the tier above it."""
    low, high = tier_range(weight, tier)
    top = tier.highest.amount == FULL_TIER
    return low <= points and (points <= high if top else points < high)


def score(weight: Decimal, factor: Decimal, rule: Scoring) -> Decimal:
    """The points awarded: weight × factor, capped where the rule says so, rounded once."""
    points = weight * factor
    if rule.capped:
        points = min(points, weight)
    return rounded(max(points, Decimal(0)), int(rule.indicator_places.amount))


def execution_score(rate: Decimal | None, rule: Scoring) -> Decimal | None:
    """预算执行得分: points × 执行率 (%), never above the points, rounded once; None without a rate."""
    if rate is None:
        return None
    points = rule.execution_points.amount
    return rounded(min(points * rate / 100, points), int(rule.execution_places.amount))
