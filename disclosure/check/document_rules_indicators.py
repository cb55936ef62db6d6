"""How many indicators a 自评 says it has, in all and by 一级 and 二级, against its table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from disclosure.check.document_rules_sections import WORDS_AND_TABLES
from disclosure.check.document_rules_told import Line, Sheet, Told, term
from disclosure.check.document_rules_vocabulary import PUNCTUATION
from disclosure.check.rule import Comparison, Looked, Remark, Said, rule, typed

COUNTED = re.compile(r"(\d+)个")
EVERY = ("共设置", "共设", "设置", "设定", "共有", "共", "设有", "制定", "设立", "合计")
DONE = ("指标有", "已完成", "完成", "完成了")
INDICATORS = ("指标", "绩效指标", "三级指标")
LEADING = ("共设置", "共有", "设置", "设有", "共", "有", "设", "为", "：")
# What may stand before the name of a 一级 or 二级; after other words it is part of another name.
BEFORE_A_LEVEL = (
    *PUNCTUATION, "分别是", "分别为", "其中", "包括", "以及", "和", "及", "是", "为", "的", "中",
    "有", "设", "共",
)  # fmt: skip
AROUND = 8  # characters before a count that a message quotes


class Levels(NamedTuple):
    """How many indicators a sheet has in all, by 一级, and by 一级 with 二级."""

    every: int
    first: Mapping[str, int]
    second: Mapping[tuple[str, str], int]
    names: tuple[str, ...]


def _levels(sheet: Sheet) -> Levels:
    first = Counter(one.first for one in sheet.indicators)
    second = Counter((one.first, one.second) for one in sheet.indicators)
    names = {*first, *(name for _, name in second)} - {""}
    by_length = sorted(names, key=len, reverse=True)
    return Levels(len(sheet.indicators), first, second, tuple(by_length))


@rule(
    "E5.2",
    "摘要里的指标个数应与自评表一样",
    compares=("摘要写的指标个数", "自评表列的指标"),
    source=WORDS_AND_TABLES,
    advice="核对自评表的指标，摘要用标签",
)
def indicator_counts_as_in_table(told: Told) -> Iterator[Said]:
    for sheet in told.sheets:
        levels = _levels(sheet) if sheet.indicators else None
        for line in told.of_sheet(sheet) if levels else ():
            if levels and "个" in line.words:
                yield from _counts(line, sheet, levels)


def _counts(line: Line, sheet: Sheet, levels: Levels) -> Iterator[Said]:
    group, words, last = "", line.words, levels.every
    for match in COUNTED.finditer(words):
        start, end = match.span()
        before = words[max(0, start - 20) : start]
        if before.endswith(DONE):
            if int(match[1]) > last and "未" not in before:
                message = f"{line.where}写完成了 {match[1]} 个指标，自评表只有 {last} 个"
                about = f"{line.where} 完成的指标"
                yield Remark(message, about, (match[1], str(last)), line.place)
            continue
        if words.startswith(INDICATORS, end) and before.endswith(EVERY):
            yield _count(line, match, levels.every, sheet, "指标")
            continue
        name = _level_before(before, levels.names)
        known = levels.second.get((group, name)) if name else None
        if name in levels.first and (known is None or words.startswith("目标", end)):
            group, known = name, levels.first[name]
        if known is not None:
            last = known
            yield _count(line, match, known, sheet, name)


def _level_before(before: str, names: tuple[str, ...]) -> str:
    """The 一级 or 二级 right before a count; "" when there is none, or it is part of another name."""
    core = before
    if core.endswith(LEADING):
        core = core.removesuffix(next(one for one in LEADING if core.endswith(one)))
    tries = (core, core.removesuffix("指标")) if core.endswith("指标") else (core, f"{core}指标")
    for words in tries:
        if not words.endswith(names):
            continue
        name = next(one for one in names if words.endswith(one))
        rest = words[: -len(name)]
        if not rest or rest.endswith(BEFORE_A_LEVEL):
            return name
    return ""


def _count(line: Line, match: re.Match[str], known: int, sheet: Sheet, name: str) -> Said:
    if int(match[1]) == known:
        return Looked(1)
    end = match.end()
    end += next((len(one) for one in (*INDICATORS, "目标值") if line.words.startswith(one, end)), 0)
    found = term(line, line.words[max(0, match.start() - AROUND) : end], Decimal(match[1]), "个")
    there = typed(f"{sheet.label} {name}", Decimal(known), "个")
    return Comparison(found, (there,), about=f"{line.where} {name}")
