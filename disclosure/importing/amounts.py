"""What a cell holds as an exact amount.

Excel stores a number as a binary fraction, and calamine gives it as a float. The only way from
there to money that guesses nothing: the shortest decimal that names this float (repr) is rounded
四舍五入 to the two decimals that both 元 and 万元 are kept in. Where that moves the number by no
more than the float's own dust, it is the number that was typed; where it moves more, the cell
holds more than an approved table shows, and the amount is marked `finer` to be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from pydantic_core import PydanticCustomError

from disclosure.importing.labels import plain
from disclosure.importing.workbook import Value
from disclosure.model.figure import rounded
from disclosure.schema.typed import LARGEST, WAN_PLACES, YUAN_PER_WAN, number

NOTHING = frozenset({"", "-", "--", "---", "—", "——", "－", "–", "/", "无", "─", "―"})
DUST = Decimal("1e-6")  # far below 分, far above what a float loses on the largest amount


@dataclass(frozen=True)
class CellAmount:
    """An amount in 万元, exact; None for an empty cell. `finer`: the cell holds more decimals."""

    amount: Decimal | None
    finer: bool = False


class NoAmount(ValueError):
    """The cell holds something that is no amount; the message says what, in Chinese."""


def cell_amount(value: Value, money_unit: str) -> CellAmount:
    """The amount in a cell of a table in `money_unit`. Raises NoAmount."""
    if isinstance(value, bool):
        raise NoAmount("是逻辑值，不是金额")
    if isinstance(value, date | time | timedelta):
        raise NoAmount("是日期或时间，不是金额；把单元格格式改成数值")
    if isinstance(value, str):
        if plain(value) in NOTHING:
            return CellAmount(None)
        exact = _typed(value)
    else:
        exact = Decimal(repr(value))
    amount = rounded(exact, WAN_PLACES)
    if amount < 0:
        raise NoAmount(f"是负数 {amount}；决算金额不填负数，请核对")
    finer = abs(exact - amount) > DUST
    if money_unit == "元":
        amount = amount / YUAN_PER_WAN
    if amount > LARGEST:
        raise NoAmount("大得不合理，请核对金额单位")
    return CellAmount(amount, finer)


def _typed(text: str) -> Decimal:
    """A number kept as text, with or without separators."""
    try:
        return number("".join(text.split()))
    except PydanticCustomError as error:
        raise NoAmount(f"写的是“{text.strip()}”，不是金额") from error


def is_amount(value: Value) -> bool:
    """Whether the cell holds a number other than zero, be it kept as text."""
    try:
        return bool(cell_amount(value, "万元").amount)
    except NoAmount:
        return isinstance(value, int | float)
