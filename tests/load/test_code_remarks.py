"""Comments beside 科目 codes, as a rule compares them with the codes."""

from __future__ import annotations

import pytest

from disclosure.load.code_remarks import code_remarks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('- 科目: "2010350"  # 事业运行', [("2010350", "事业运行")]),
        ('  "30101": 46.05    # 基本工资', [("30101", "基本工资")]),
        ("  30101: 46.05 # 基本工资", [("30101", "基本工资")]),
        ('  # 住房公积金\n  "2210201": 反映某用途。', [("2210201", "住房公积金")]),
        ('  # 津贴\n\n  "30102": 1', []),
        ('  "30102": 1', []),
        ("  年初预算数: 30102  # 不是科目", []),
        ("  说明: 见 30102  # 不是科目", []),
    ],
)
def test_a_code_goes_with_the_comment_behind_or_above_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = code_remarks(text, "某文件.yaml")

    assert [(one.code, one.words) for one in found] == expected


def test_a_remark_knows_the_line_of_its_code() -> None:
    (found,) = code_remarks('a: 1\n# 奖金\n"30103": 1', "某文件.yaml")

    assert str(found.location) == "某文件.yaml 第3行"
