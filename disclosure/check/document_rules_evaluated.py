"""The 自评 in sentences against the 自评表: projects, amounts, scores, indicators, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from disclosure.check.document_rules_amounts import Kind
from disclosure.check.document_rules_sections import CHECK_BOTH, WORDS_AND_TABLES
from disclosure.check.document_rules_told import Line, Sheet, Told, held, said, term
from disclosure.check.document_rules_topics import (
    EVALUATED,
    EVALUATING,
    PERFORMANCE_TOLD,
)
from disclosure.check.document_rules_vocabulary import NUMBERING
from disclosure.check.rule import Comparison, Looked, Remark, Said, Unknown, rule, typed
from disclosure.model.place import Level

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
PROJECTS = re.compile(r"项目(?:支出)?(?:共计|共有|共)?(\d+)个|(\d+)个(?:预算)?项目")
ONLY_SOME = ("其中", "一级", "二级", "重点", "抽查", "选取")


def _number(words: str) -> Decimal | None:
    plain = words.replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


@rule(
    "P13.1",
    "项目个数和资金应与各项目自评表一致",
    compares=("绩效管理说明的句子", "项目自评表的个数、执行数之和"),
    source=WORDS_AND_TABLES,
    advice="核对项目清单和执行数",
)
def projects_as_evaluated(told: Told) -> Iterator[Said]:
    sheets = [sheet for sheet in told.sheets if not sheet.overall]
    for line in told.about(EVALUATING, PERFORMANCE_TOLD) if sheets else ():
        match = PROJECTS.search(line.words)
        if not match or _tells_some(line.words, match):
            continue
        count = Decimal(match[1] or match[2])
        there = typed("项目自评表", Decimal(len(sheets)), "个")
        yield Comparison(term(line, match[0], count, "个"), (there,), about=f"{line.where} 个数")
        stop = line.words.find("。", match.end())
        money = next((a for a in told.amounts(line) if a.start >= match.end()), None)
        if money is None or money.kind is not Kind.VALUE or 0 <= stop < money.start:
            continue
        about = f"{line.where} 资金"
        if money.wan == sum(filter(None, (_number(sheet.budget) for sheet in sheets))):
            yield Looked(1)  # a region that tells the budgets
            continue
        parts = tuple(
            typed(f"{s.label} 执行数", _number(s.executed), "万元") for s in sheets if s.executed
        )
        yield Comparison(said(line, money), parts, words="各项目执行数之和", about=about)


def _tells_some(words: str, match: re.Match[str]) -> bool:
    clause = re.split("[，。；]", words[: match.start()])[-1] + match[0]
    is_all = "涉及" in clause or "自评" in words
    return not is_all or any(one in clause for one in ONLY_SOME)


YEAR = re.compile(r"(?:19|20)\d\d年度?")
OF_SHEET = re.compile(
    r"(?:整体)?(?:支出)?(?:绩效)?自评(?:结果|报告|表|情况)?$|绩效评价(?:结果|报告|表)?$"
)


def _core(title: str) -> str:
    """A title without its year and without what all of them end in."""
    return OF_SHEET.sub("", YEAR.sub("", title).strip())


def _names(sheet: Sheet) -> set[str]:
    """What a sheet's project may be called."""
    names = {_core(sheet.title), *sheet.also} - {""}
    return names | {name.removesuffix("项目") for name in names}


@rule(
    "P13.2",
    "项目的预算数、执行数在正文、摘要和自评表应一样",
    compares=("正文、摘要的句子", "自评表的预算数、执行数"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
)
def project_amounts_as_evaluated(told: Told) -> Iterator[Said]:
    sheets = [sheet for sheet in told.sheets if not sheet.overall]
    results = [line for line in told.about(EVALUATED, PERFORMANCE_TOLD) if _is_result(told, line)]
    yield from _results(told, results, sheets)
    for sheet in told.sheets:
        for line in told.of_sheet(sheet):
            yield from _amounts_of_sheet(told, line, sheet)


def _is_result(told: Told, line: Line) -> bool:
    """1.招商引资项目绩效完成情况：预算数为5万元，执行数为4万元."""
    return bool(NUMBERING.match(line.words)) and bool(told.pairs_of(line))


def _results(told: Told, results: list[Line], sheets: list[Sheet]) -> Iterator[Said]:
    """Each result against its project's sheet: by name, else by place where all are there."""
    names = [(name, sheet) for sheet in sheets for name in _names(sheet)] if results else []
    names.sort(key=lambda one: -len(one[0]))
    for at, line in enumerate(results):
        head = line.words[: told.amounts(line)[0].start]
        sheet = next((sheet for name, sheet in names if name in head), None)
        if sheet is not None:
            yield from _amounts_of_sheet(told, line, sheet)
        elif len(results) == len(sheets):
            yield from _amounts_of_sheet(told, line, sheets[at])
        else:
            yield Unknown(f"正文有 {len(results)} 个项目，附件有 {len(sheets)} 个")


def _amounts_of_sheet(told: Told, line: Line, sheet: Sheet) -> Iterator[Said]:
    pair = next(iter(told.pairs_of(line)), None)
    if pair is None:
        return
    for amount, shown, name in (
        (pair.budget, sheet.budget, "预算数"),
        (pair.final, sheet.executed, "执行数"),
    ):
        known = _number(shown)
        if known is not None:
            cell = typed(f"{sheet.label} 自评表 {name}", known, "万元")
            yield held(line, amount, cell, line.where, sheet.label, name)


# ------------------------------------------------------------------ scores

SCORE = re.compile(
    r"(?:综合|自评|总体|整体|最终|评价)(?:评分|得分|总分|总得分|自评|评价|评定|结果|分数|分值|分)*"
    r"(?:为|是|达|达到|：)?(\d+(?:\.\d+)?)分(?!值|制)"
)


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
            match = SCORE.search(line.words) if "分" in line.words else None
            if match:
                there = typed(f"{sheet.label} 总分", total, "分")
                found = term(line, match[0], Decimal(match[1]), "分")
                yield Comparison(found, (there,), about=line.where)


# ------------------------------------------------------------------ attachments cited

_TITLE = re.compile(r"《([^》]+)》")
_ATTACHED = re.compile(r"附件\s*\d+")


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
        if "自评" in line.words and "》" in line.words and "附件" in line.words:
            yield from _cited(told, line, sheets)


def _cited(told: Told, line: Line, sheets: Mapping[str, Sheet]) -> Iterator[Said]:
    told_of = set[str]()
    for match in _TITLE.finditer(line.words):
        label = _ATTACHED.search(line.words, match.end())
        sheet = sheets.get("".join(label[0].split())) if label else None
        if "自评" not in match[1] or sheet is None or not sheet.title:
            continue
        name = _core(match[1])
        known = [YEAR.sub("", sheet.title), *sheet.also, *(f"{a}项目" for a in sheet.also)]
        if name in known[0] or name.removesuffix("绩效") in known or _is_told(told, name, sheet):
            yield Looked(1)
        elif name not in told_of:
            told_of.add(name)
            message = f"{line.where}写的是“{name}”，{sheet.label}的标题是“{sheet.title}”"
            yield Remark(message, f"{line.where} {name}", (name,), line.place)


def _is_told(told: Told, name: str, sheet: Sheet) -> bool:
    """Whether the body calls the project so throughout; a file does not say which names it has."""
    if sheet.also:
        return False
    lines = (line for line in told.about(EVALUATED, PERFORMANCE_TOLD) if _is_result(told, line))
    return any(name in line.words[: told.amounts(line)[0].start] for line in lines)
