"""What one token is, and which change of a sentence is told how."""

from __future__ import annotations

import pytest

from disclosure.changes.compare import turn_of
from disclosure.changes.tokens import pieces, tokens


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("支出541.04万元", ["支", "出", "541.04", "万", "元"]),
        ("1,234,567.8元", ["1,234,567.8", "元"]),
        ("减少-3.5%", ["减", "少", "-3.5", "%"]),
        ("2021-2023年", ["2021", "-", "2023年"]),
        ("2023年5月31日前", ["2023年5月31日", "前"]),
        ("2024-03-15", ["2024-03-15"]),
        ("Word文档 v2", ["Word", "文", "档", " ", "v", "2"]),
        ("", []),
    ],
)
def test_numbers_dates_and_latin_words_are_whole(text: str, cut: list[str]) -> None:
    assert tokens(text) == cut


def told(old: str, new: str) -> str:
    signs = {"same": "{}", "old": "[-{}-]", "new": "[+{}+]"}
    return "".join(signs[one.kind].format(one.text) for one in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("支出309.78万元。", "支出309.8万元。", "支出[-309.78-][+309.8+]万元。"),
        ("增加5万元", "减少5万元", "[-增加-][+减少+]5万元"),
        ("", "新的", "[+新的+]"),
        ("甲，乙。", "甲，乙。", "甲，乙。"),
        ("大雨停了", "小雨下了", "[-大雨停-][+小雨下+]了"),  # one character between is no help
    ],
)
def test_a_change_reads_well(old: str, new: str, change: str) -> None:
    assert told(old, new) == change


def test_a_frequent_character_is_no_noise() -> None:
    words = "的" * 300
    assert told(f"{words}甲{words}", f"{words}乙{words}") == f"{words}[-甲-][+乙+]{words}"


@pytest.mark.parametrize(
    ("old", "new", "turn"),
    [
        ("比上年增加5万元。", "比上年增加6万元。", "数字"),
        ("比上年增加5万元。", "比上年减少5万元。", "方向"),
        ("大于年初预算数", "小于年初预算数", "方向"),
        ("因人员调入增加。", "因工资调整增加。", "措辞"),
        ("2022年5月。", "2023年6月。", "数字"),
    ],
)
def test_a_sentence_turns_in_direction_in_wording_or_only_in_figures(
    old: str, new: str, turn: str
) -> None:
    assert turn_of(old, new) == turn
