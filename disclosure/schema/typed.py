"""How typed text becomes values: amounts, counts, codes, words, snippets, dates.

Each parser takes the text as typed and gives a value with its place, or says in one Chinese
sentence what is wrong. They are pydantic validators, so one run reports every fault.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from disclosure.model.place import Location
from disclosure.model.text import Snippet
from disclosure.schema.scalar import Scalar

WAN_PLACES = 2  # 万元 is printed with two decimals in every official table
YUAN_PLACES = 2  # 元 goes to 分
YUAN_PER_WAN = Decimal(10000)
LARGEST = Decimal("1e9")  # 万元; ten 万亿 元, beyond any unit's accounts

PLAIN = re.compile(r"-?\d+(\.\d+)?")
GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """An amount in 万元 (or a plain count), exact, with the place it was typed."""

    amount: Decimal
    source: Location


@dataclass(frozen=True, slots=True)
class TypedWords:
    """A word or name with the place it was typed."""

    words: str
    source: Location


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{message}", {"message": message})


def _scalar(value: Any, expected: str) -> Scalar:
    if isinstance(value, Scalar):
        return value
    if value is None:
        raise _fault(f"这里还没有填，应填{expected}。")
    raise _fault(f"这里应填{expected}，不是列表或下一级内容。")


def number(text: str) -> Decimal:
    """The decimal number in `text`; full-width digits and 1,309.21 are read, nothing is guessed.

    Raises PydanticCustomError for words, NaN, exponents, dates and misplaced separators.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("，", ",").replace("−", "-")
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if PLAIN.fullmatch(plain):
        return Decimal(plain)
    if DATE.fullmatch(plain):
        raise _fault(f"“{text}”像是日期，这里应填数字。")
    if "," in plain:
        raise _fault(f"“{text}”的千分位逗号位置不对，看不出是多少；请写成不带逗号的数字。")
    raise _fault(f"“{text}”不是数字；只写数字本身，例如 309.78，不带单位和文字。")


def _amount(value: Any, info: ValidationInfo) -> TypedAmount:
    scalar = _scalar(value, "金额")
    amount = number(scalar)
    yuan = bool(info.context and info.context.get("单位") == "元")
    if amount < 0:
        raise _fault(f"金额 {scalar} 是负数；决算金额不填负数，请核对来源表。")
    if -int(amount.as_tuple().exponent) > (YUAN_PLACES if yuan else WAN_PLACES):
        unit = "元" if yuan else "万元"
        raise _fault(
            f"金额 {scalar} 超过两位小数；本文件金额单位是{unit}，请核对是否多了一位或单位不对。"
        )
    if yuan:
        amount = amount / YUAN_PER_WAN
    if amount > LARGEST:
        raise _fault(f"金额 {scalar} 大得不合理，请核对单位。")
    return TypedAmount(amount, scalar.location)


def _count(value: Any) -> TypedAmount:
    scalar = _scalar(value, "个数")
    amount = number(scalar)
    if amount < 0 or amount != amount.to_integral_value():
        raise _fault(f"“{scalar}”应是不小于 0 的整数。")
    return TypedAmount(amount, scalar.location)


def _weight(value: Any) -> TypedAmount:
    scalar = _scalar(value, "分数")
    amount = number(scalar)
    if amount < 0:
        raise _fault(f"分数 {scalar} 是负数。")
    return TypedAmount(amount, scalar.location)


def _code(value: Any) -> Scalar:
    scalar = _scalar(value, "科目代码")
    if scalar.startswith("0") and not scalar.quoted:
        raise _fault(f'科目代码 {scalar} 以 0 开头又没有加引号，请写成 "{scalar}"。')
    plain = unicodedata.normalize("NFKC", scalar).strip()
    if not re.fullmatch(r"\d{3}|\d{5}|\d{7}", plain):
        raise _fault(f"科目代码“{scalar}”应是 3、5 或 7 位数字（类、款、项）。")
    return Scalar.at(plain, scalar.location, quoted=True)


def _words(value: Any) -> str:
    return str(_scalar(value, "文字")).strip()


def _typed_words(value: Any) -> TypedWords:
    scalar = _scalar(value, "文字")
    return TypedWords(str(scalar).strip(), scalar.location)


def _snippet(value: Any) -> Snippet:
    scalar = _scalar(value, "文字")
    return Snippet(str(scalar).strip(), scalar.location)


def _date(value: Any) -> date:
    scalar = _scalar(value, "日期")
    found = DATE.fullmatch(unicodedata.normalize("NFKC", scalar).strip())
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
    raise _fault(f"“{scalar}”不是日期，请写成 2024-03-19 的样子。")


def _yes(value: Any) -> bool:
    scalar = _scalar(value, "“是”或“否”")
    if scalar in ("是", "否"):
        return scalar == "是"
    raise _fault(f"“{scalar}”应写“是”或“否”。")


Amount = Annotated[TypedAmount, PlainValidator(_amount)]
Count = Annotated[TypedAmount, PlainValidator(_count)]
Weight = Annotated[TypedAmount, PlainValidator(_weight)]
Code = Annotated[Scalar, PlainValidator(_code)]
Words = Annotated[str, PlainValidator(_words)]
NamedWords = Annotated[TypedWords, PlainValidator(_typed_words)]
Said = Annotated[Snippet, PlainValidator(_snippet)]
Day = Annotated[date, PlainValidator(_date)]
YesNo = Annotated[bool, PlainValidator(_yes)]
