"""Sentences against the tables of the same document: amounts, lists, names, counts, years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from disclosure.check.cells import (
    CAPITAL,
    ECONOMIC,
    EXPENDITURE,
    FISCAL,
    FUND,
    GENERAL,
    REVENUE,
    THREE_PUBLIC,
    TOTALS,
)
from disclosure.check.document_rules_told import AMOUNT, BETWEEN, UNIT, Line, Sheet, Told, term
from disclosure.check.rule import Comparison, Looked, Remark, Rule, Said, Term, Unknown, rule, typed
from disclosure.model.figure import rounded
from disclosure.model.place import Level

WORDS_AND_TABLES = "文字与表一致（财预〔2016〕143号要求的情况说明）"
CHECK_BOTH = "核对这句话和表，手写的数改用标签"


class Named(NamedTuple):
    """A figure's name in sentences (a pattern), the table and cell that must hold it."""

    words: str
    role: str
    cell: str


class Section(NamedTuple):
    """A section of the 情况说明 by its heading, and what its sentences state."""

    heading: re.Pattern[str]
    named: tuple[Named, ...]


TOTAL_SECTION = Section(
    re.compile(r"^(?!.*财政拨款).*收入支出决算总体"),
    (
        Named(r"收、?支(?:决算)?总计", TOTALS, "收入/总计"),
        Named(r"收、?支(?:决算)?总计", TOTALS, "支出/总计"),
        Named(r"(?<!拨款)收入总计", TOTALS, "收入/总计"),
        Named(r"(?<!拨款)支出总计", TOTALS, "支出/总计"),
    ),
)
REVENUE_SECTION = Section(
    re.compile(r"、收入决算"),
    (
        Named(r"收入合计", REVENUE, "合计/本年收入合计"),
        *(
            Named(rf"(?<!预算){name}", REVENUE, f"合计/{name}")
            for name in (
                "财政拨款收入",
                "上级补助收入",
                "事业收入",
                "经营收入",
                "附属单位上缴收入",
                "其他收入",
            )
        ),
    ),
)
EXPENDITURE_SECTION = Section(
    re.compile(r"、支出决算"),
    (
        Named(r"支出合计", EXPENDITURE, "合计/本年支出合计"),
        *(
            Named(name, EXPENDITURE, f"合计/{name}")
            for name in ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
        ),
    ),
)
FISCAL_SECTION = Section(
    re.compile(r"财政拨款收入支出决算总体"),
    (
        Named(r"财政拨款收、?支(?:决算)?总计", FISCAL, "财政拨款/收入总计"),
        Named(r"财政拨款收、?支(?:决算)?总计", FISCAL, "财政拨款/支出总计"),
        Named(r"一般公共预算财政拨款收入", FISCAL, "收入/一般公共预算财政拨款收入"),
        Named(r"政府性基金预算财政拨款收入", FISCAL, "收入/政府性基金预算财政拨款收入"),
        Named(r"国有资本经营预算财政拨款收入", FISCAL, "收入/国有资本经营预算财政拨款收入"),
    ),
)
GENERAL_SECTION = Section(
    re.compile(r"一般公共预算财政拨款支出决算"),
    (Named(r"一般公共预算财政拨款支出", GENERAL, "合计/本年支出"),),
)
BASIC_SECTION = Section(
    re.compile(r"基本支出决算"),
    (
        Named(r"基本支出", GENERAL, "合计/基本支出"),
        Named(r"人员经费", ECONOMIC, "经济分类/人员经费合计"),
        Named(r"公用经费", ECONOMIC, "经济分类/公用经费合计"),
    ),
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(f"{words}{BETWEEN}{AMOUNT}{UNIT}")


def _amounts(told: Told, section: Section) -> Iterator[Said]:
    for line in told.under(section.heading):
        for words, role, cell in section.named:
            table = told.cells.get(role)
            if table is None:
                continue
            for match in _pattern(words).finditer(line.words):
                found = term(line, match[0], Decimal(match[1]), match[2])
                about = f"{line.where} {match[0]}"
                yield Comparison(found, (_as_printed(table.term(cell)),), about=about)


def _as_printed(one: Term) -> Term:
    """A cell as its table prints it: to two decimals."""
    return one if one.amount is None else one._replace(amount=rounded(one.amount, 2))


@rule(
    "P1",
    "总体情况说明的收、支总计应与收支总表一致",
    compares=("总体情况说明的句子", "收入支出决算总表的总计"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(TOTALS,),
)
def totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, TOTAL_SECTION)


@rule(
    "P2",
    "收入决算说明的合计和各项收入应与收入决算表一致",
    compares=("收入决算说明的句子", "收入决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(REVENUE,),
)
def revenue_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, REVENUE_SECTION)


@rule(
    "P3",
    "支出决算说明的合计和各项支出应与支出决算表一致",
    compares=("支出决算说明的句子", "支出决算表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(EXPENDITURE,),
)
def expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, EXPENDITURE_SECTION)


@rule(
    "P4",
    "财政拨款总体说明的总计和三类收入应与财政拨款总表一致",
    compares=("财政拨款总体说明的句子", "财政拨款收入支出决算总表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(FISCAL,),
)
def fiscal_totals_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, FISCAL_SECTION)


@rule(
    "P5a",
    "一般公共预算说明的支出合计应与一般公共预算支出表一致",
    compares=("一般公共预算说明的句子", "一般公共预算支出表合计行"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def general_budget_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, GENERAL_SECTION)


@rule(
    "P6.1",
    "基本支出说明的人员经费、公用经费应与基本支出表一致",
    compares=("基本支出说明的句子", "基本支出明细表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL, ECONOMIC),
)
def basic_expenditure_as_in_table(told: Told) -> Iterator[Said]:
    yield from _amounts(told, BASIC_SECTION)


# ------------------------------------------------------------------ 类, 款, 项

CLASS_LINE = re.compile(
    rf"^\d*[.．、]?\s*(.+?)（类）支出{AMOUNT}{UNIT}(?:[，,]占[^\d]*?{AMOUNT}[%％])?"
)
ITEM_NAMES = re.compile(r"([^。；\n]+?)（类）([^。；\n]+?)（款）([^。；\n]+?)（项）")
NUMBERING = re.compile(r"^[\s（(]*\d+[）).．、]\s*")
ITEM_FINAL = re.compile(rf"支出决算(?:数)?(?:为)?{AMOUNT}{UNIT}")
ITEM_BUDGET = re.compile(rf"年初预算(?:数)?(?:为)?{AMOUNT}{UNIT}")


def _same_class(one: str, other: str) -> bool:
    """类 names are told with and without 支出 at the end."""
    return one.removesuffix("支出") == other.removesuffix("支出")


@rule(
    "P5b",
    "各类支出的说明应与一般公共预算支出表的类一致，不多不少",
    compares=("支出结构的句子", "一般公共预算支出表的类"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def classes_as_in_table(told: Told) -> Iterator[Said]:
    table, told_of = told.cells[GENERAL], set[str]()
    for line in told.under(GENERAL_SECTION.heading):
        match = CLASS_LINE.match(line.words)
        if not match:
            continue
        codes = (c for c in table.classes() if _same_class(table.names.get(c, ""), match[1]))
        code = next(codes, None)
        if code is None:
            yield Remark(f"{line.where}写了{match[1]}（类），表里没有", line.where, (), line.place)
            continue
        told_of.add(code)
        found = term(line, match[0], Decimal(match[2]), match[3])
        yield Comparison(found, (_as_printed(table.term(f"{code}/本年支出")),), about=line.where)
    for code in table.classes() if told_of else ():
        if code not in told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"支出结构里没有写{table.names[code]}（类）", f"类 {code}", (code,))


@rule(
    "X17.2",
    "文字里的类、款、项名称应与表里的科目一致",
    compares=("句子里的类、款、项", "公开表的科目名称"),
    source="政府收支分类科目",
    advice="照公开表的科目名称写",
    needs=(EXPENDITURE,),
)
def item_names_as_in_table(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "（项）" not in line.words:
            continue
        for match in ITEM_NAMES.finditer(line.words):
            top, middle, item = NUMBERING.sub("", match[1]), match[2], match[3]
            if any(_same_class(top, a) and (b, c) == (middle, item) for a, b, c in _chains(told)):
                yield Looked(1)
                continue
            near = [f"{b}（款）{c}（项）" for a, b, c in _chains(told) if c == item]
            right = f"，表里是{near[0]}" if near else "，表里没有这个项"
            message = f"{line.where}写的是{middle}（款）{item}（项）{right}"
            yield Remark(message, f"{line.where} {item}", (middle, item), line.place)


def _chains(told: Told) -> Iterator[tuple[str, str, str]]:
    """Names of 类, 款 and 项 of every item that a table has."""
    for role in (EXPENDITURE, GENERAL, FUND, CAPITAL, REVENUE):
        table = told.cells.get(role)
        for code, name in table.names.items() if table else ():
            if len(code) == 7 and table:
                yield table.names.get(code[:3], ""), table.names.get(code[:5], ""), name


@rule(
    "P5c.5",
    "每项支出的说明应与一般公共预算支出表一致，年初预算之和应等于总述",
    compares=("各项的决算数、年初预算", "一般公共预算支出表；总述的年初预算"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(GENERAL,),
)
def items_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[GENERAL]
    budgets: list[Term] = []
    overall: Term | None = None
    told_of = set[str]()
    for line in told.under(GENERAL_SECTION.heading):
        budget, final = ITEM_BUDGET.search(line.words), ITEM_FINAL.search(line.words)
        names = ITEM_NAMES.search(line.words)
        if budget:
            said = term(line, budget[0], Decimal(budget[1]), budget[2])
            if names:
                budgets.append(said)
            else:
                overall = overall or said
        if not final:
            continue
        said = term(line, final[0], Decimal(final[1]), final[2])
        if names is None:
            yield Comparison(said, (_as_printed(table.term("合计/本年支出")),), about=line.where)
            continue
        code = next((c for c, n in table.names.items() if n == names[3] and len(c) == 7), "")
        if code:
            told_of.add(code)
            cell = _as_printed(table.term(f"{code}/本年支出"))
            yield Comparison(said, (cell,), about=line.where)
    if overall and budgets:
        yield Comparison(overall, tuple(budgets), words="各项年初预算之和", about="年初预算总述")
    for code, name in table.names.items() if told_of else ():
        if len(code) == 7 and code not in told_of and table.amount(f"{code}/本年支出"):
            yield Remark(f"没有写{name}（项）的决算情况", f"项 {code}", (code,))


@rule(
    "P6.2",
    "“主要包括”列的科目应正是基本支出表里有数的科目",
    compares=("人员经费、公用经费的列举", "基本支出明细表有数的款"),
    source=WORDS_AND_TABLES,
    advice="删去没有数的科目，补上有数的科目",
    needs=(ECONOMIC,),
)
def lists_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[ECONOMIC]
    for line in told.under(BASIC_SECTION.heading):
        head, mark, listed = line.words.partition("主要包括")
        if not mark or not re.search(r"人员经费|公用经费", head):
            continue
        tops = ("301", "303") if "人员经费" in head else ("302", "307", "310", "399")
        said = {one.strip() for one in re.split(r"[、，。；：:]", listed) if one.strip()}
        spent = {
            table.names[code]
            for code in table.names
            if len(code) == 5 and code[:3] in tops and table.amount(f"经济分类/{code}/决算数")
        }
        for name in sorted(said - spent):
            message = f"{line.where}列了“{name}”，表里没有它的数"
            yield Remark(message, f"{line.where} {name}", (name,), line.place)
        for name in sorted(spent - said):
            message = f"{line.where}没有列“{name}”，表里有它的数"
            yield Remark(message, f"{line.where} {name}", (name,), line.place)
        yield Looked(len(said & spent))


# ------------------------------------------------------------------ “三公”经费

THREE_PUBLIC_SECTION = re.compile("“三公”")
SPENDING = (
    (re.compile(r"因公出国（境）费"), "因公出国（境）费"),
    (re.compile(r"公务用车购置及运行(?:维护)?费"), "公务用车购置及运行维护费"),
    (re.compile(r"公务用车购置费"), "公务用车购置费"),
    (re.compile(r"公务用车运行(?:维护)?费"), "公务用车运行维护费"),
    (re.compile(r"公务接待费"), "公务接待费"),
    (re.compile(r"“三公”经费"), "合计"),
)
ITS_BUDGET = re.compile(rf"预算(?:数)?(?:为)?{AMOUNT}{UNIT}")
ITS_FINAL = re.compile(rf"(?:支出决算(?:数)?(?:为)?|费支出){AMOUNT}{UNIT}")


@rule(
    "P9.4",
    "“三公”经费说明的预算、决算应与“三公”经费表一致",
    compares=("“三公”经费说明的句子", "“三公”经费表"),
    source=WORDS_AND_TABLES,
    advice=CHECK_BOTH,
    needs=(THREE_PUBLIC,),
)
def three_public_as_in_table(told: Told) -> Iterator[Said]:
    table = told.cells[THREE_PUBLIC]
    for line in told.under(THREE_PUBLIC_SECTION):
        head = line.words[:30]
        name = next((name for pattern, name in SPENDING if pattern.search(head)), "")
        if not name:
            continue
        for pattern, group in ((ITS_BUDGET, "预算数"), (ITS_FINAL, "决算数")):
            match = pattern.search(line.words)
            if match:
                said = term(line, match[0], Decimal(match[1]), match[2])
                cell = _as_printed(table.term(f"三公/{group}/{name}"))
                yield Comparison(said, (cell,), about=f"{line.where} {group}")


# ------------------------------------------------------------------ self-evaluations

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


# ------------------------------------------------------------------ years

YEAR_OF = re.compile(
    r"(?:(?<=^)|(?<=[。；，：\n])|(?<=部门)|(?<=单位)|(?<=中心))((?:19|20)\d\d)年度"
    r"(?=共接待|收、?支|收入合计|支出合计|财政拨款|一般公共预算|“三公”|政府采购|无)"
)


@rule(
    "Y4.4",
    "说本年度情况的句子应写报告年度",
    compares=("句子开头的年度", "报告年度"),
    source="年度标识应前后一致",
    advice="改成报告年度，用标签 {{ 年度 }}",
)
def sentences_tell_of_the_year(told: Told) -> Iterator[Said]:
    if told.year is None:
        yield Unknown("看不出报告年度")
        return
    for line in told.lines:
        if "年度" not in line.words or line.project:
            continue
        for match in YEAR_OF.finditer(line.words):
            if int(match[1]) == told.year:
                yield Looked(1)
            else:
                message = f"{line.where}“{line.words[match.start() : match.end() + 8]}…”应是 {told.year} 年度"
                yield Remark(message, f"{line.where} {match[1]}", (match[1],), line.place)


CHART_YEAR = re.compile(r"(\d{4})年度：([^；。]*)")
CHART_ITEM = re.compile(rf"([一-鿿]+?){AMOUNT}万元")


@rule(
    "P16",
    "图里的数应与表一致",
    compares=("图的替代文字", "收支总表、收入决算表、支出决算表、财政拨款总表"),
    source="图与表一致",
    advice="重新生成报告，图随数据重画",
)
def charts_as_in_tables(told: Told) -> Iterator[Said]:
    for name, words in told.charts.items():
        for year, items in CHART_YEAR.findall(words):
            if told.year is None or int(year) != told.year:
                continue
            for label, amount in CHART_ITEM.findall(items):
                cell = _chart_cell(told, name, label)
                if cell is not None:
                    line = Line(words, name)
                    found = term(line, f"{label}{amount}万元", Decimal(amount))
                    yield Comparison(found, (_as_printed(cell),), about=f"{name} {label}")


def _chart_cell(told: Told, name: str, label: str) -> Term | None:
    if label in ("收入", "支出"):
        role, cell = (
            (FISCAL, f"财政拨款/{label}总计") if "财政拨款" in name else (TOTALS, f"{label}/总计")
        )
    elif (table := told.cells.get(REVENUE)) and label in table.measures:
        role, cell = REVENUE, f"合计/{label}"
    else:
        role, cell = EXPENDITURE, f"合计/{label}"
    found = told.cells.get(role)
    if found is None or (role == EXPENDITURE and label not in found.measures):
        return None
    return found.term(cell)


SENTENCE_RULES: tuple[Rule[Told], ...] = (
    totals_as_in_table,
    revenue_as_in_table,
    expenditure_as_in_table,
    fiscal_totals_as_in_table,
    general_budget_as_in_table,
    classes_as_in_table,
    items_as_in_table,
    item_names_as_in_table,
    basic_expenditure_as_in_table,
    lists_as_in_table,
    three_public_as_in_table,
    projects_as_evaluated,
    project_amounts_as_evaluated,
    score_as_in_table,
    indicator_counts_as_in_table,
    attachments_are_cited_by_title,
    sentences_tell_of_the_year,
    charts_as_in_tables,
)
