"""What a clerk did when the YAML parser complains: one Chinese sentence, the line, what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from disclosure.model.place import Location, Problem

QUOTE_IT = "把整段文字用引号括起来"

UNEVEN = (
    "这一行和上面没有对齐，或者上面的引号、括号没有配对",
    "同一层的名称左边对齐，同一列表的“-”左边对齐",
)
BARE_TAG = ("以 {{ 开头的文字没有加引号", "把整段文字用单引号括起来")

# Slips of the pen, by what the line looks like. The parser often notices one only on the next
# line, so those that leave a line unfinished are looked for there too.
UNFINISHED = (
    (r"^\s*(- +)?[^\s#\"'{\[：:]+：", r":(\s|$)", "用了全角冒号“：”", "改成半角冒号“:”，后面空一格"),
    (r"^\s*-[^\s-]", None, "“-”后面没有空格", "“-”后面空一格再写内容"),
    (r"^\s*(- +)?[^\s#\"'{\[:]+:[^\s:]", r":(\s|$)", "冒号后面没有空格", "冒号后面空一格再写内容"),
)  # fmt: skip
ON_THE_LINE = (
    (r"""(:|-) +("[^"]*"|'[^']*')\s*[^\s#,}\]]""", None, "引号后面还有文字，或引号没有配对",
     "整段文字用另一种引号括起来，例如外面用单引号、里面用双引号"),
    (r"(:|-) +\{[{%]", None, *BARE_TAG),
    (r"^\s*(- +)?:(\s|$)", None, "冒号前面没有名称", "补上名称，或删去这一行"),
    (r"[{\[].*[，：；].*[}\]]", None, "括号里用了全角的逗号或冒号", "改成半角的，后面空一格"),
)  # fmt: skip
CAUSES = (
    ("found character '\\t'", "行首或冒号后用了 Tab（制表符）", "把 Tab 换成空格"),
    ("mapping values are not allowed", "多了一个冒号，或者上一行没有写完",
     f"文字里有半角冒号加空格时，{QUOTE_IT}"),
    ("could not find expected ':'", "这一行缺少冒号", "写成“名称: 内容”，冒号后面空一格"),
    ("found unexpected end of stream", "引号没有配对", "补上缺少的引号"),
    ("escape", "双引号里的反斜杠“\\”有特殊含义", "外面改用单引号"),
    ("while scanning a quoted scalar", "引号没有配对", "补上缺少的引号"),
    ("block collection", *UNEVEN),
    ("did not find expected key", *UNEVEN),
    ("flow", "以 { 或 [ 开头的文字没有加引号，或括号没有配对", QUOTE_IT),
    ("scanning an anchor", "文字以 & 开头", QUOTE_IT),
    ("alias", "文字以 * 开头", QUOTE_IT),
    ("tag", "文字以 ! 开头", QUOTE_IT),
    ("found character that cannot start any token", "文字以特殊符号（%、@、` 等）开头", QUOTE_IT),
)  # fmt: skip
# Where these are noticed is further down than where they were typed.
BEGINS_AT_CONTEXT = ("could not find expected ':'", "found unexpected end of stream")


def syntax_problem(error: yaml.YAMLError, lines: Sequence[str], shown: str) -> Problem:
    """One Chinese sentence for the parser's complaint about a file of these lines."""
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    if any(sign in words for sign in BEGINS_AT_CONTEXT):
        marks.reverse()
    mark = next((mark for mark in marks if mark is not None), None)
    at = min(mark.line, len(lines) - 1) if mark and lines else 0
    slip = _slip(lines, at)
    if slip:
        at, cause, advice = slip
    else:
        cause, advice = next(
            ((cause, advice) for sign, cause, advice in CAUSES if sign in words),
            ("这里不符合 YAML 的写法", "检查缩进、冒号和引号"),
        )
    return Problem(f"{cause}。", Location(shown, at + 1), advice)


def _slip(lines: Sequence[str], at: int) -> tuple[int, str, str] | None:
    """A known slip on line `at`, or one left unfinished on the line of text before it."""
    if not lines:
        return None
    before = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), at)
    for number, slips in ((at, UNFINISHED + ON_THE_LINE), (before, UNFINISHED)):
        for looks, unless, cause, advice in slips:
            line = lines[number]
            if re.search(looks, line) and not (unless and re.search(unless, line)):
                return number, cause, advice
    return None


def unfinished_line(text: str) -> tuple[str, str] | None:
    """Cause and advice when text that should be “名称: 内容” shows why it is not."""
    for looks, unless, cause, advice in UNFINISHED:
        if re.search(looks, text) and not (unless and re.search(unless, text)):
            return cause, advice
    return None
