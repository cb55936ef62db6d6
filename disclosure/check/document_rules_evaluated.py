"""The 自评 in sentences against the 自评表: projects, amounts, scores, indicators, titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.document_rules_sections import CHECK_BOTH, WORDS_AND_TABLES
from disclosure.check.document_rules_told import AMOUNT, UNIT, Line, Sheet, Told, term
from disclosure.check.rule import Comparison, Looked, Remark, Said, Unknown, rule, typed
from disclosure.model.place import Level

RESULT_LINE = re.compile(r"^\d+[.．、]?(.+?)绩效完成情况")
ITS_AMOUNTS = re.compile(rf"预算(?:数|金额)(?:为)?{AMOUNT}{UNIT}[，,]执行数(?:为)?{AMOUNT}{UNIT}")
PROJECTS = re.compile(rf"涉及项目(\d+)个[，,]资金{AMOUNT}{UNIT}(?:[，,]占[^\d]*?{AMOUNT}[%％])?")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _number(words: str) -> Decimal | None:
    return Decimal(words) if NUMBER.fullmatch(words) else None


@rule(
    "P13.1",
    "项目个数和资金应与各项目自评表一致",
    compares=("绩效管理说明的句子", "项目自评表的个数、执行数之和"),
    source=WORDS_AND_TABLES,
    advice="核对项目清单和执行数",
)
def projects_as_evaluated(told: Told) -> Iterator[Said]:
    sheets = [sheet for sheet in told.sheets if not sheet.overall]
    for line in told.under(re.compile("绩效")) if sheets else ():
        match = PROJECTS.search(line.words)
        if not match:
            continue
        count = Decimal(len(sheets))
        said = term(line, match[0], Decimal(match[1]), "个")
        yield Comparison(said, (typed("项目自评表", count, "个"),), about=f"{line.where} 个数")
        parts = tuple(
            typed(f"{s.label} 执行数", _number(s.executed), "万元") for s in sheets if s.executed
        )
        said = term(line, match[0], Decimal(match[2]), match[3])
        yield Comparison(said, parts, words="各项目执行数之和", about=f"{line.where} 资金")


@rule(
    "P13.2",
    "项目的预算数、执行数在正文、摘要和自评表应一样",
    compares=("正文、摘要的句子", "自评表的预算数、执行数"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
)
def project_amounts_as_evaluated(told: Told) -> Iterator[Said]:
    sheets = [sheet for sheet in told.sheets if not sheet.overall]
    results = [line for line in told.under(re.compile("绩效")) if RESULT_LINE.match(line.words)]
    pairs = list(zip(results, sheets, strict=False)) if len(results) == len(sheets) else []
    pairs += [(line, sheet) for sheet in told.sheets for line in told.of_sheet(sheet)]
    if results and len(results) != len(sheets):
        yield Unknown(f"正文有 {len(results)} 个项目，附件有 {len(sheets)} 个")
    for line, sheet in pairs:
        match = ITS_AMOUNTS.search(line.words)
        if not match:
            continue
        for amount, unit, shown, name in (
            (match[1], match[2], sheet.budget, "预算数"),
            (match[3], match[4], sheet.executed, "执行数"),
        ):
            known = _number(shown)
            if known is not None:
                said = term(line, match[0], Decimal(amount), unit)
                cell = typed(f"{sheet.label} 自评表 {name}", known, "万元")
                yield Comparison(said, (cell,), about=f"{line.where} {sheet.label} {name}")


SCORE = re.compile(rf"综合评分为?{AMOUNT}分")
ALL_INDICATORS = re.compile(r"共设置(\d+)个绩效指标")
DONE_INDICATORS = re.compile(r"完成绩效目标的指标有(\d+)个")
OF_LEVEL = re.compile(r"([一-鿿]{2,6}指标)(?:共有|共)?(\d+)个(目标值)?")


@rule(
    "E4.2",
    "摘要里的综合评分应与自评表的总分一样",
    compares=("摘要的综合评分", "自评表的总分"),
    source=WORDS_AND_TABLES,
    advice="核对自评表，摘要用标签",
)
def score_as_in_table(told: Told) -> Iterator[Said]:
    for sheet in told.sheets:
        total = _number(sheet.total)
        for line in told.of_sheet(sheet) if total is not None else ():
            match = SCORE.search(line.words)
            if match:
                said = term(line, match[0], Decimal(match[1]), "分")
                yield Comparison(
                    said, (typed(f"{sheet.label} 总分", total, "分"),), about=line.where
                )


@rule(
    "E5.2",
    "摘要里的指标个数应与自评表一样",
    compares=("摘要写的指标个数", "自评表列的指标"),
    source=WORDS_AND_TABLES,
    advice="核对自评表的指标，摘要用标签",
)
def indicator_counts_as_in_table(told: Told) -> Iterator[Said]:
    for sheet in told.sheets:
        if not sheet.indicators:
            continue
        for line in told.of_sheet(sheet):
            yield from _counts(line, sheet)


def _counts(line: Line, sheet: Sheet) -> Iterator[Said]:
    every = len(sheet.indicators)
    for pattern in (ALL_INDICATORS, DONE_INDICATORS):
        match = pattern.search(line.words)
        if not match:
            continue
        said = term(line, match[0], Decimal(match[1]), "个")
        about = f"{line.where} {pattern.pattern[:4]}"
        if pattern is ALL_INDICATORS:
            yield Comparison(
                said, (typed(f"{sheet.label} 指标", Decimal(every), "个"),), about=about
            )
        elif int(match[1]) > every:
            message = f"{line.where}写完成了 {match[1]} 个指标，自评表只有 {every} 个"
            yield Remark(message, about, (match[1], str(every)), line.place)
    first = Counter(one.first for one in sheet.indicators)
    second = Counter((one.first, one.second) for one in sheet.indicators)
    group = ""
    for match in OF_LEVEL.finditer(line.words):
        name, count = match[1], Decimal(match[2])
        group = name if match[3] and name in first else group
        known = first.get(name) if match[3] else second.get((group, name))
        if known is not None:
            said = term(line, match[0], count, "个")
            where = f"{sheet.label} {name}"
            yield Comparison(
                said, (typed(where, Decimal(known), "个"),), about=f"{line.where} {name}"
            )


CITED = re.compile(r"《(\d{4}年度)?([^》]+?)自评结果》.*?(附件\s*\d+)")


@rule(
    "S5.2",
    "正文引用的附件名称应与附件的标题一样",
    compares=("正文里《》的附件名称", "附件的标题"),
    source="名称前后一致",
    advice="照附件的标题写",
    level=Level.HINT,
)
def attachments_are_cited_by_title(told: Told) -> Iterator[Said]:
    sheets = {sheet.label: sheet for sheet in told.sheets}
    for line in told.lines:
        if "自评结果》" not in line.words:
            continue
        for match in CITED.finditer(line.words):
            sheet = sheets.get("".join(match[3].split()))
            if sheet is None or not sheet.title:
                continue
            name = match[2]
            if name in sheet.title or any(name in (a, f"{a}项目", f"{a}绩效") for a in sheet.also):
                yield Looked(1)
            else:
                message = f"{line.where}写的是“{name}”，{sheet.label}的标题是“{sheet.title}”"
                yield Remark(message, f"{line.where} {name}", (name,), line.place)
