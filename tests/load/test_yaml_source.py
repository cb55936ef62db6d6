"""YAML as typed: every value stays text, every key has its line, nothing is dropped in silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from disclosure.load.yaml_source import Source, parse_yaml, read_yaml
from disclosure.model.place import Location, Problem
from disclosure.schema.scalar import Scalar

FILE = "content/2023/甲.yaml"


def read(text: str) -> Source:
    source, problems = parse_yaml(text.encode(), FILE)
    assert source is not None, problems
    return source


def fault(text: str) -> Problem:
    source, (problem,) = parse_yaml(text.encode(), FILE)
    assert source is None
    return problem


@pytest.mark.parametrize(
    "typed",
    ["0103", "1_000", "1e999", "0x1F", "0o17", "1:30", ".inf", "NaN", "yes", "no", "on", "是",
     "null", "Null", "~", "2024-03-19", "2001-12-14t21:59:43.10-05:00", "=", "<<", "+1", "1.0"],
)  # fmt: skip
def test_a_plain_value_stays_the_text_that_was_typed(typed: str) -> None:
    value = read(f"甲: {typed}\n").value

    assert value == {"甲": typed}
    assert isinstance(value["甲"], Scalar) and not value["甲"].quoted


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"0103"', "0103"),
        ("'it''s'", "it's"),
        ('"甲\\n乙"', "甲\n乙"),
        ('" 前后 "', " 前后 "),
        ("'{{ 年度 }}年'", "{{ 年度 }}年"),
        ("|\n  第一行\n    缩进\n\n  第四行\n", "第一行\n  缩进\n\n第四行"),
        ("|\n  {{ 年度 }}年 # 不是注释\n", "{{ 年度 }}年 # 不是注释"),
    ],
)
def test_quoted_and_block_text_keeps_its_characters(typed: str, text: str) -> None:
    value = read(f"甲: {typed}\n乙: 1\n").value

    assert value == {"甲": text, "乙": "1"}
    assert value["甲"].quoted


def test_nothing_after_the_colon_is_none_and_quotation_marks_are_text() -> None:
    assert read('甲:\n乙: ""\n').value == {"甲": None, "乙": ""}


def test_an_empty_file_has_no_value() -> None:
    assert read("").value is None
    assert read("# 只有注释\n").value is None


def test_every_key_has_its_line_and_path() -> None:
    source = read("甲: 1\n\n# 注释\n乙:\n  - 丙: 2\n    丁: {戊: 3}\n  - 己\n")

    assert source.location(("甲",)) == Location(FILE, 1, "甲")
    assert source.location(("乙", 0, "丁", "戊")) == Location(FILE, 6, "乙 › 第1条 › 丁 › 戊")
    assert source.location(("乙", 1)) == Location(FILE, 7, "乙 › 第2条")
    assert source.value["乙"][1].location == Location(FILE, 7, "乙 › 第2条")


def test_a_key_that_is_not_there_has_the_line_of_its_parent() -> None:
    assert read("甲:\n  乙: 1\n").location(("甲", "丙")).line == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(end: str) -> None:
    source = read(f"# 说明{end}{end}甲: 1{end}乙: 2{end}")

    assert source.location(("乙",)).line == 4


def test_keys_that_look_the_same_are_the_same() -> None:
    assert "写了两次" in fault("e\u0301: 1\né: 2\n").message


def test_comments_are_no_text_but_text_is_no_comment() -> None:
    assert read("甲: 乙 # 注释\n丙: 1 #注释\n丁: 戊#己\n").value == {
        "甲": "乙",
        "丙": "1",
        "丁": "戊#己",
    }
    assert "当作注释" in fault("甲: 乙 #注释\n").message


def test_the_hash_is_that_of_the_bytes() -> None:
    assert read("甲: 1\n").sha256 != read("甲: 1 \n").sha256


@pytest.mark.parametrize(
    "text",
    [
        "甲: &a 1\n",
        "甲: &a {乙: 1}\n丙: *a\n",
        "甲: !!python/object:os.system ls\n",
        "甲: !!binary aGk=\n",
        "甲: !x\n  乙: 1\n",
        "甲: 乙\n  丙\n",
        "甲: '乙\n  丙'\n",
        "甲: >\n  乙\n  丙\n",
        "? [甲, 乙]\n: 1\n",
        "甲: 1\n...\n---\n乙: 2\n",
        '甲: "\\0"\n',
        '甲: "\\ufeff"\n',
    ],
)
def test_what_yaml_would_change_or_drop_is_a_problem(text: str) -> None:
    source, problems = parse_yaml(text.encode(), FILE)

    assert source is None and problems
    assert all(
        problem.location and problem.location.line and problem.advice for problem in problems
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "甲: " + "[{乙: " * 300_000,
        "- " * 300_000,
        "\n".join("  " * depth + "甲:" for depth in range(1500)),
    ],
    ids=["brackets", "braces", "dashes", "indents"],
)
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    started = time.perf_counter()

    source, problems = parse_yaml(text.encode(), FILE)

    assert source is None and "嵌套层数太多" in problems[-1].message
    assert time.perf_counter() - started < 1


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    levels = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(9))
    started = time.perf_counter()

    source, problems = parse_yaml(f"l0: &l0 [lol]\n{levels}".encode(), FILE)

    assert source is None and problems
    assert time.perf_counter() - started < 1


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_bytes(b"- a\n" * 1_250_000)

    source, (problem,) = read_yaml(path, FILE)

    assert source is None and "5.0 MB" in problem.message


def test_a_long_file_is_read_in_reasonable_time() -> None:
    started = time.perf_counter()

    source = read("甲:\n" + "  - {名称: 某指标, 目标: ≥98%, 权重: 5}\n" * 5_000)

    assert len(source.value["甲"]) == 5_000  # type: ignore[index,call-overload]
    assert time.perf_counter() - started < 10
