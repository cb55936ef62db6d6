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

from pydantic import Discriminator, PlainValidator, Tag, ValidationInfo
from pydantic_core import PydanticCustomError

from disclosure.model.place import Location
from disclosure.model.text import Snippet
from disclosure.schema.braces import HOW_TO_WRITE, broken_tag
from disclosure.schema.scalar import Scalar

WAN_PLACES = 2  # 万元 is printed with two decimals in every official table
YUAN_PLACES = 2  # 元 goes to 分
YUAN_PER_WAN = Decimal(10000)
WAN_OF_YUAN = -4  # 1 元 is 10⁻⁴ 万元
LARGEST = Decimal("1e9")  # 万元; ten 万亿 元, beyond any unit's accounts

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
# Character by character: a wholesale normalisation would read 10² as 102 and ① as 1.
HALF_WIDTH = str.maketrans("０１２３４５６７８９，．－−　", "0123456789,.-- ")
JANUARY, DECEMBER = 1, 12
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


def _fault(message: str, advice: str = "") -> PydanticCustomError:
    return PydanticCustomError("content", "{message}", {"message": message, "advice": advice})


def _kind(value: Any) -> str:
    return "one" if value is None or isinstance(value, str) else "many"


# For a field that is one word or a list (Annotated[Word | Many, ONE_OR_MANY]): only the branch
# that was meant complains.
ONE_OR_MANY = Discriminator(_kind)
ONE, MANY = Tag("one"), Tag("many")


def half_width(text: str) -> str:
    """Full-width digits and signs of a number or code as half-width ones."""
    return text.translate(HALF_WIDTH).strip()


def _scalar(value: Any, expected: str) -> Scalar:
    if isinstance(value, Scalar):
        return value
    if value is None:
        raise _fault(f"这里还没有填，应填{expected}。", "在冒号后面填上；没有这一项的删去整行")
    raise _fault(f"这里应填{expected}，不是列表或下一级内容。", "写在冒号后面的同一行")


def number(text: str) -> Decimal:
    """The decimal number in `text`; full-width digits and 1,309.21 are read, nothing is guessed.

    Raises PydanticCustomError for words, NaN, exponents, dates and misplaced separators.
    """
    plain = half_width(text)
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if PLAIN.fullmatch(plain):
        return Decimal(plain)
    if DATE.fullmatch(plain):
        raise _fault(f"“{text}”像是日期，这里应填数字。", "只写数字本身，例如 123.45")
    if re.fullmatch("[-0-9.,]+", plain):
        raise _fault(f"“{text}”的逗号或小数点位置不对，看不出是多少。", "写成不带逗号的数字")
    if any(unicodedata.category(sign) == "Cf" for sign in text):
        raise _fault(f"“{text}”里有看不见的字符，不能当数字读。", "删去这个数重新输入")
    raise _fault(f"“{text}”不是数字。", "只写数字本身，例如 123.45，不带单位和文字")


def _amount(value: Any, info: ValidationInfo) -> TypedAmount:
    scalar = _scalar(value, "金额")
    amount = number(scalar)
    yuan = bool(info.context and info.context.get("单位") == "元")
    if amount < 0:
        raise _fault(f"金额 {scalar} 是负数，决算金额不填负数。", "核对来源表")
    if -int(amount.as_tuple().exponent) > (YUAN_PLACES if yuan else WAN_PLACES):
        unit = "元" if yuan else "万元"
        in_yuan = "" if yuan else "；金额是元的，在文件里写一行“金额单位: 元”"
        raise _fault(
            f"金额 {scalar} 超过两位小数，本文件的金额单位是{unit}。", f"看是否多了一位{in_yuan}"
        )
    if yuan:
        amount = amount.scaleb(WAN_OF_YUAN)  # keeps its digits, so that it shows as exact
    if amount > LARGEST:
        raise _fault(f"金额 {scalar} 大得不合理。", "核对金额单位是万元还是元")
    return TypedAmount(amount, scalar.location)


def _count(value: Any) -> TypedAmount:
    scalar = _scalar(value, "个数")
    amount = number(scalar)
    if amount < 0 or amount != amount.to_integral_value():
        raise _fault(f"“{scalar}”不是个数。", "写不小于 0 的整数")
    return TypedAmount(amount, scalar.location)


def _month(value: Any) -> TypedAmount:
    month = _count(value)
    if not JANUARY <= month.amount <= DECEMBER:
        raise _fault(f"{month.amount} 不是月份。", "写 1 到 12")
    return month


def _weight(value: Any) -> TypedAmount:
    scalar = _scalar(value, "分数")
    amount = number(scalar)
    if amount < 0:
        raise _fault(f"分数 {scalar} 是负数。", "写不小于 0 的数")
    return TypedAmount(amount, scalar.location)


def _code(value: Any) -> Scalar:
    scalar = _scalar(value, "科目代码")
    if scalar.startswith("0") and not scalar.quoted:
        raise _fault(f"科目代码 {scalar} 以 0 开头又没有加引号。", f'加引号，写成 "{scalar}"')
    plain = half_width(scalar)
    if not re.fullmatch("[0-9]{3}|[0-9]{5}|[0-9]{7}", plain):
        raise _fault(f"“{scalar}”不是科目代码。", "写 3、5 或 7 位数字（类、款、项）")
    return Scalar.at(plain, scalar.location, quoted=True)


def _filled(value: Any) -> Scalar:
    """Text as typed, spaces at its ends included; blank text is no text."""
    scalar = _scalar(value, "文字")
    if not scalar.strip():
        raise _fault("这里还没有填，应填文字。", "在引号里填上；没有这一项的删去整行")
    return scalar


def _words(value: Any) -> str:
    return str(_filled(value))


def _any_words(value: Any) -> str:
    return "" if value is None else str(_scalar(value, "文字"))


def _typed_words(value: Any) -> TypedWords:
    scalar = _filled(value)
    return TypedWords(str(scalar), scalar.location)


def _snippet(value: Any) -> Snippet:
    scalar = _filled(value)
    broken = broken_tag(scalar)
    if broken:
        raise _fault(f"标签没有写完整：“{broken}”。", HOW_TO_WRITE)
    return Snippet(str(scalar), scalar.location)


def _date(value: Any) -> date:
    scalar = _scalar(value, "日期")
    found = DATE.fullmatch(half_width(scalar))
    if found:
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
    raise _fault(f"“{scalar}”不是日期。", "按“年-月-日”写，年四位，月、日两位，中间用短横线")


def _yes(value: Any) -> bool:
    scalar = _scalar(value, "“是”或“否”")
    if scalar in ("是", "否"):
        return scalar == "是"
    raise _fault(f"“{scalar}”不合要求。", "写“是”或“否”")


Amount = Annotated[TypedAmount, PlainValidator(_amount)]
Count = Annotated[TypedAmount, PlainValidator(_count)]
Month = Annotated[TypedAmount, PlainValidator(_month)]
Weight = Annotated[TypedAmount, PlainValidator(_weight)]
Code = Annotated[Scalar, PlainValidator(_code)]
Words = Annotated[str, PlainValidator(_words)]
AnyWords = Annotated[str, PlainValidator(_any_words)]  # may be blank
PlacedWords = Annotated[Scalar, PlainValidator(_filled)]
NamedWords = Annotated[TypedWords, PlainValidator(_typed_words)]
Said = Annotated[Snippet, PlainValidator(_snippet)]
Day = Annotated[date, PlainValidator(_date)]
YesNo = Annotated[bool, PlainValidator(_yes)]
