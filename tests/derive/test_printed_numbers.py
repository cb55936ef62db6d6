"""四舍五入 once, and the number styles of a pack: decimals, trimmed or filled, sign, no minus."""

from __future__ import annotations

from decimal import Decimal

from builders import cases, typed
from hypothesis import given
from hypothesis import strategies as st

from disclosure.load.phrasebook import shown
from disclosure.model.figure import Figure, rounded
from disclosure.model.place import Location
from disclosure.schema.pack import NumberStyle

STYLES = {
    name: NumberStyle.model_validate(typed(style))
    for name, style in {
        "去零": {"小数": 2},
        "补零": {"小数": 2, "补零": "是"},
        "整数": {"小数": 0},
        "百分数": {"小数": 0, "符号": "%"},
        "两位百分数": {"小数": 2, "补零": "是", "符号": "%"},
        "无负号": {"小数": 2, "绝对值": "是"},
    }.items()
}


@cases("""
    情形         | 数       | 位 | 印成
    舍去         | 7.1449   | 2  | 7.14
    五进一       | 7.145    | 2  | 7.15
    得分         | 7.1667   | 1  | 7.2
    执行得分     | 19.7897  | 2  | 19.79
    五不取双     | 0.125    | 2  | 0.13
    负数五进一   | -0.125   | 2  | -0.13
    到整数       | 58.674   | 0  | 59
    没有负零     | -0.004   | 2  | 0.00
    进位成整     | 99.999   | 2  | 100.00
""")
def test_rounding_half_up(数: str, 位: str, 印成: str) -> None:
    assert str(rounded(Decimal(数), int(位))) == 印成


@cases("""
    情形           | 格式       | 数        | 印成
    去掉末位的零   | 去零       | 477.90    | 477.9
    去掉小数点     | 去零       | 8.00      | 8
    整百的零不去   | 去零       | 100       | 100
    零             | 去零       | 0         | 0
    最多两位       | 去零       | 0.005     | 0.01
    补足两位       | 补零       | 477.9     | 477.90
    零补足两位     | 补零       | 0         | 0.00
    整数           | 整数       | 12.5      | 13
    十的零不去     | 整数       | 10        | 10
    百分号         | 百分数     | 58.674    | 59%
    百分数补零     | 两位百分数 | 89.4      | 89.40%
    方向由字说     | 无负号     | -768.17   | 768.17
    没有负零       | 去零       | -0.001    | 0
    不写成科学计数 | 去零       | 100000000 | 100000000
""")
def test_number_styles(格式: str, 数: str, 印成: str) -> None:
    figure = Figure("某年/某数", Decimal(数), "万元", 格式, Location("某文件"))

    assert shown(figure, STYLES) == 印成


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_rounding_moves_by_half_a_step_at_most_and_a_second_time_not_at_all(
    amount: Decimal, places: int
) -> None:
    result = rounded(amount, places)

    assert abs(result - amount) <= Decimal(5).scaleb(-places - 1)
    assert rounded(result, places) == result
    assert not (result == 0 and result.is_signed())
