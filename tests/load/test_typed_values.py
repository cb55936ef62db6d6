"""What typed text means: amounts, counts, codes, dates. Read right, or refused; never misread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from disclosure.model.place import Location
from disclosure.schema.braces import broken_tag
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import Amount, Code, Count, Day, Said, Words, YesNo, number

WHERE = Location("甲.yaml", 1)


def typed(kind: Any, text: str, *, quoted: bool = True, unit: str = "万元") -> Any:
    scalar = Scalar.at(text, WHERE, quoted)
    return TypeAdapter(kind).validate_python(scalar, context={"单位": unit})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("309.78", "309.78"),
        ("0", "0"),
        ("-5", "-5"),
        ("007", "7"),
        ("1,309.21", "1309.21"),
        ("1,309,210.5", "1309210.5"),
        ("１３０９．２１", "1309.21"),
        ("1，309.21", "1309.21"),
        ("１，３０９．２１", "1309.21"),
        ("−5", "-5"),
        ("　309.78 ", "309.78"),
        ("123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ],
)
def test_a_number_is_read_exactly(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "NaN", "inf", "1e999", "1E5", "0x1F", "1_000", "5%", "1.309,21", "13,09.21",
     "1,30", ",309", "309,", "1,,309", "1.2.3", "1 309", "1'309.21", "10²", "½", "①", "一千",
     "٣٠٩", "541.04\u200b", "12/5", "2023-05-01", "+5", "--5", "5-", ".5", "5.", "(5)", "￥5",
     "541.04万元", "=1+1"],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        number(text)


@pytest.mark.parametrize(
    ("text", "wan"),
    [("5410400.00", "541.04"), ("0.01", "0.000001"), ("1", "0.0001"), ("1,000,000", "100")],
)
def test_an_amount_in_yuan_is_converted_exactly(text: str, wan: str) -> None:
    assert typed(Amount, text, unit="元").amount == Decimal(wan)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Count, "２７", Decimal(27)),
        (Code, "２０１０３５０", "2010350"),
        (Day, "2024-3-9", date(2024, 3, 9)),
        (Day, "２０２４年３月９日", date(2024, 3, 9)),
        (YesNo, "是", True),
        (Words, " 甲 ", " 甲 "),
    ],
)
def test_other_values_are_read(kind: Any, text: str, value: object) -> None:
    found = typed(kind, text)

    assert getattr(found, "amount", found) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Amount, "-0.01"),
        (Amount, "0.001"),
        (Amount, "1000000001"),
        (Count, "1.5"),
        (Count, "-1"),
        (Code, "20103"[:4]),
        (Code, "201035O"),
        (Code, "①②③"),
        (Day, "2024-02-30"),
        (Day, "03-19"),
        (YesNo, "yes"),
        (Words, "　"),
        (Said, "{{ 甲 }"),
    ],
)
def test_other_values_are_refused(kind: Any, text: str) -> None:
    with pytest.raises(ValidationError):
        typed(kind, text)


def test_a_code_with_a_leading_zero_needs_quotation_marks() -> None:
    with pytest.raises(ValidationError, match="以 0 开头"):
        typed(Code, "010", quoted=False)
    assert typed(Code, "010", quoted=True) == "010"


@pytest.mark.parametrize(
    "text",
    ["没有标签", "{{ 年度 }}年", "{{ 数(\"支出/合计\") }}", "{{ '{{' }} 甲 {{ '}}' }}", "{单括号}",
     "{% if 甲 %}乙{% endif %}", "｛单｝", "50%", "{{ 甲['乙'] }}"],
)  # fmt: skip
def test_whole_tags_and_single_braces_are_no_fault(text: str) -> None:
    assert broken_tag(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲 {{ 年度 } 乙", "{{ 年度 }"),
        ("甲 { 年度 }} 乙", "}}"),
        ("{% if 甲 乙", "{% if"),
        ("甲 %} 乙", "%}"),
        ("{# 甲 #}", "{#"),
        ("｛｛年度｝｝", "｛｛"),
        ("{｛年度｝}", "｛"),
        ("{{ '}}' 年度", "{{"),
    ],
)
def test_a_brace_outside_a_whole_tag_is_shown(text: str, shown: str) -> None:
    assert shown in (broken_tag(text) or "")
