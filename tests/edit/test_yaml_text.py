"""A person's file changes where told and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from disclosure.edit.yaml_text import YamlText
from disclosure.edit.yaml_words import Noted, Quoted
from disclosure.load.yaml_source import KeyPath
from disclosure.model.place import DisclosureError


def opened(text: str) -> YamlText:
    return YamlText(dedent(text).lstrip("\n").encode(), "某文件.yaml")


def test_an_amount_changes_and_its_comment_keeps_its_column() -> None:
    text = opened("""
        决算数:
          "30101": 46.05    # 基本工资
          "30102": 17.95    # 津贴补贴
    """)

    text.set(("决算数", "30101"), Decimal("146.05"))

    assert text.text == dedent("""\
        决算数:
          "30101": 146.05   # 基本工资
          "30102": 17.95    # 津贴补贴
    """)


def test_a_number_is_written_without_idle_zeros() -> None:
    text = opened("甲: 1\n")

    text.set(("甲",), Decimal("1200.50"))

    assert text.text == "甲: 1200.5\n"


def test_a_key_without_value_gets_one() -> None:
    text = opened("甲:   # 待填\n乙:\n丙: 1\n")

    text.set(("甲",), Decimal(5))
    text.set(("乙",), Decimal(6))

    assert text.get(("甲",)) == "5"
    assert "# 待填" in text.text
    assert text.text.endswith("乙: 6\n丙: 1\n")


def test_a_new_key_stands_in_its_place_aligned_with_its_neighbour() -> None:
    text = opened("""
        决算数:
          # 301 工资福利支出
          "30101": 46.05    # 基本工资
          "30106": 4.8      # 伙食补助费
          # 302 商品和服务支出
          "30201": 2.49     # 办公费
    """)

    text.set(("决算数", "30102"), Noted(Decimal("17.95"), "津贴补贴"), ["30101", "30102", "30106"])

    assert text.text.splitlines()[3:5] == [
        '  "30102": 17.95    # 津贴补贴',
        '  "30106": 4.8      # 伙食补助费',
    ]


def test_a_new_item_keeps_the_blank_lines_between_items() -> None:
    text = opened("""
        支出:
          - 科目: "201"  # 甲
            数: 1

          # 下面这条有说明
          - 科目: "203"
            数: 3
    """)

    text.insert(("支出",), 1, {"科目": Noted(Quoted("202"), "乙"), "数": Decimal(2)})

    assert text.text == dedent("""\
        支出:
          - 科目: "201"  # 甲
            数: 1

          - 科目: "202"  # 乙
            数: 2

          # 下面这条有说明
          - 科目: "203"
            数: 3
    """)


def test_a_new_item_beside_items_in_brackets_is_in_brackets() -> None:
    text = opened('支出:\n  - {科目: "201", 数: 1}\n')

    text.insert(("支出",), 1, {"科目": Noted(Quoted("202"), "乙"), "数": Decimal(2)})

    assert text.text.splitlines()[2] == '  - {科目: "202", 数: 2}  # 乙'


def test_an_empty_list_becomes_one_with_lines_and_keeps_its_comment() -> None:
    text = opened("支出: []  # 没有\n下一项: 1\n")

    text.insert(("支出",), 0, {"科目": Quoted("201")})

    assert text.text == '支出:  # 没有\n  - 科目: "201"\n下一项: 1\n'


def test_a_missing_group_is_made() -> None:
    text = opened("# 说明\n\n甲: 1\n")

    text.set(("乙", "丙"), Decimal(2))

    assert text.text == "# 说明\n\n甲: 1\n乙:\n  丙: 2\n"


def test_a_file_of_comments_only_can_be_filled() -> None:
    text = opened("# 说明\n\n")

    text.set(("甲",), Decimal(1))

    assert text.text == "# 说明\n\n甲: 1\n"


def test_a_key_is_removed_with_its_comment_and_the_last_one_leaves_an_empty_group() -> None:
    text = opened("""
        # 说明
        批复数:
          甲: 1  # 各行相加 2
          乙: 2
    """)

    text.remove(("批复数", "甲"))
    assert text.text == "# 说明\n批复数:\n  乙: 2\n"
    text.remove(("批复数", "乙"))
    assert text.text == "# 说明\n批复数: {}\n"


def test_a_reason_in_brackets_can_become_one_of_several_lines() -> None:
    text = opened('原因: {不说明: "没有写"}  # 公开时没有\n下一项: 1\n')

    text.set(("原因",), {"文字": ["一：二", "三 # 四"], "说明方向": "增加"})

    assert text.get(("原因", "文字")) == ["一：二", "三 # 四"]
    assert text.text.startswith("原因:  # 公开时没有\n")
    assert text.text.endswith("\n下一项: 1\n")


def test_a_long_text_of_several_lines_stands_as_lines() -> None:
    text = opened("甲: 旧\n乙: 1\n")

    text.set(("甲",), "第一行：\n第二行 # 不是注释\n")

    assert text.text == "甲: |\n  第一行：\n  第二行 # 不是注释\n乙: 1\n"


def test_windows_line_ends_and_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + "甲: 1  # 一\r\n乙:\r\n  丙: 2\r\n".encode()
    text = YamlText(data, "x.yaml")

    text.set(("甲",), Decimal(3))
    text.set(("乙", "丁"), Decimal(4))

    assert text.data == b"\xef\xbb\xbf" + "甲: 3  # 一\r\n乙:\r\n  丙: 2\r\n  丁: 4\r\n".encode()


def test_a_file_without_final_line_end_gets_a_line_of_its_own() -> None:
    text = opened("甲: 1")

    text.set(("乙",), Decimal(2))

    assert text.text == "甲: 1\n乙: 2\n"


def test_a_file_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(DisclosureError):
        opened("甲: [1\n")


WORDS = st.one_of(
    st.sampled_from(
        ["是", "null", "~", "1e3", "2023-05-01", "{{ 年度 }}", "甲: 乙", "# 甲", "- 甲", ""]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12),
)
KEYS = st.sampled_from(["甲", "乙", "丙丁", "30101", "支出/合计", "因公出国（境）费"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def paths_of(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += paths_of(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            found += paths_of(inner, (*path, at))
    return found


def with_value(whole: Any, path: KeyPath, value: Any) -> Any:
    if not path:
        return value
    copy = list(whole) if isinstance(whole, list) else dict(whole)
    copy[path[0]] = with_value(copy[path[0]], path[1:], value)  # type: ignore[index]
    return copy


def read(value: Any) -> Any:
    """As the reader gives it: an empty text is nothing."""
    if isinstance(value, dict):
        return {key: read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [read(inner) for inner in value]
    return value.strip("\n") or None if isinstance(value, str) else value


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), VALUES, st.data(), st.booleans())
def test_whatever_is_written_is_read_back_and_all_else_is_as_before(
    content: dict[str, Any], value: Any, data: st.DataObject, flow: bool
) -> None:
    typed = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=flow or None, width=10**6
    )
    text = opened(typed)
    path = data.draw(st.sampled_from(paths_of(content)))

    text.set(path, value)

    assert read(YamlText(text.data, "x").value) == read(with_value(content, path, value))


def test_a_space_that_is_not_the_common_one_is_kept() -> None:
    text = opened("甲: []\n")

    text.set(("甲",), ["\xa0"])

    assert YamlText(text.data, "x").value == {"甲": ["\xa0"]}


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), KEYS)
def test_a_key_added_and_taken_out_again_leaves_the_file_as_it_was(
    content: dict[str, Any], key: str
) -> None:
    typed = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6)
    text = opened(typed)
    if key in content:
        return

    text.set((key,), Decimal("1.5"))
    text.remove((key,))

    assert text.text == typed
