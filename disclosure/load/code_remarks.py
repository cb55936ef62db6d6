"""Names that stand as comments beside 科目 codes: typed to check the code by, so a rule does."""

from __future__ import annotations

import re

from disclosure.model.place import Location
from disclosure.schema.content import CodeRemark

# - 科目: "2010350"  # 事业运行     "30101": 46.05    # 基本工资
CODE = re.compile(r"""^\s*(?:-\s*)?(?:科目\s*:\s*)?["']?(\d{5}|\d{7})["']?\s*(?=[:#\s]|$)""")
REMARK = re.compile(r"(?:^|\s)#\s*(.+?)\s*$")
ONLY_REMARK = re.compile(r"^\s*#\s*(.+?)\s*$")


def code_remarks(text: str, shown: str) -> tuple[CodeRemark, ...]:
    """Each code that begins a line, with the comment behind it or, without one, the one above."""
    found = []
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        alone = ONLY_REMARK.match(line)
        code = None if alone else CODE.match(line)
        if code:
            beside = REMARK.search(line[code.end() :])
            words = beside[1] if beside else above
            if words:
                found.append(CodeRemark(code[1], words, Location(shown, number)))
        above = alone[1] if alone else ""
    return tuple(found)
