"""What a sentence says about its own amounts: rates, shares, changes, directions, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from disclosure.check.cells import EXPENDITURE, GENERAL, REVENUE, TableCells
from disclosure.check.document_rules_changes import UPWARD
from disclosure.check.document_rules_told import AMOUNT, UNIT, Line, Told, printed_places, stated
from disclosure.check.finding import Stated
from disclosure.check.rule import Looked, Remark, Rule, Said, Unknown, rule
from disclosure.model.figure import HALF_STEP, WAN, rounded

ARITHMETIC = "比率由印出的两个数算出，四舍五入到印出的位数"
SAID_TWICE = "核对这句话里的数，手写的数改用标签"

COMPLETED = re.compile(
    rf"预算(?:数|金额)?(?:为)?{AMOUNT}{UNIT}[，,](?:支出决算|决算|执行)(?:数)?(?:为)?{AMOUNT}{UNIT}"
    rf"(?:[，,](?:资金执行率|完成(?:年初|全年|调整)?预算(?:数)?的?)(?:为)?{AMOUNT}[%％])?"
)
AGAINST_BUDGET = re.compile(
    r"决算数?(大于|高于|小于|低于|等于|与|较)(?:年初|全年|调整)?预算数?(持平|保持不变|的主要)?"
)
CHANGE = re.compile(
    rf"(增加|减少|增长|下降){AMOUNT}{UNIT}[，,](增长|下降|增幅|降幅|上升)(?:达|为)?{AMOUNT}[%％]"
)
PLAIN_CHANGE = re.compile(rf"(增加|减少|增长|下降){AMOUNT}{UNIT}")
MONEY = re.compile(rf"{AMOUNT}{UNIT}")
SHARE = re.compile(rf"{AMOUNT}{UNIT}[，,]占([^，。；\d]*?)的?{AMOUNT}[%％]")


def _in_wan(amount: str, unit: str) -> Decimal:
    return Decimal(amount).scaleb({"元": -4, "亿元": 4}.get(unit, 0))


def rate_fits(part: Decimal, whole: Decimal, printed: str) -> bool:
    """Whether `printed` % may be part ÷ whole, both known to half a printed step only."""
    low, high = _between(part, whole)
    places = printed_places(printed)
    return rounded(low, places) <= Decimal(printed) <= rounded(high, places)


def _between(part: Decimal, whole: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest rate that the two printed amounts allow, in %."""
    smallest = max(whole - HALF_STEP, HALF_STEP)
    return (
        max(part - HALF_STEP, Decimal(0)) / (whole + HALF_STEP) * 100,
        (part + HALF_STEP) / smallest * 100,
    )


def _right(part: Decimal, whole: Decimal, printed: str) -> Decimal:
    step = Decimal(1).scaleb(-printed_places(printed))
    return (part / whole * 100).quantize(step, ROUND_HALF_UP)


def _rate_remark(line: Line, words: str, printed: str, part: Decimal, whole: Decimal) -> Remark:
    right = _right(part, whole, printed)
    return Remark(
        f"{line.where}“…{words}…”的 {printed}% 与它的两个数对不上",
        f"{line.where} {printed}%",
        (printed, f"{part}", f"{whole}"),
        line.place,
        found=stated(line, words, Decimal(printed), "%"),
        expected=Stated(f"{part} ÷ {whole}", right, "%"),
    )


@rule(
    "U4.1",
    "完成预算的百分比应等于决算数÷预算数",
    compares=("句子里的百分比", "同一句的决算数÷预算数"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def completion_is_computed(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "预算" not in line.words:
            continue
        for match in COMPLETED.finditer(line.words):
            budget, final = _in_wan(match[1], match[2]), _in_wan(match[3], match[4])
            printed = match[5]
            if not printed or not budget or match[2] != match[4]:
                continue
            if rate_fits(final, budget, printed):
                yield Looked(1)
            else:
                yield _rate_remark(line, match[0], printed, final, budget)


@rule(
    "U1.2",
    "预算数与决算（执行）数应是同一个单位",
    compares=("句子里预算数的单位", "同一句决算数、执行数的单位"),
    source="金额单位为万元",
    advice="改成万元",
)
def amounts_of_one_unit(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "预算" not in line.words:
            continue
        for match in COMPLETED.finditer(line.words):
            if match[2] == match[4]:
                yield Looked(1)
            else:
                message = f"{line.where}“…{match[0]}…”一处用{match[2]}、一处用{match[4]}"
                figures = (f"{match[1]}{match[2]}", f"{match[3]}{match[4]}")
                yield Remark(message, f"{line.where} 单位", figures, line.place)


@rule(
    "S2.4",
    "大于、小于预算的说法应与预算数、决算数一致",
    compares=("“大于”“小于”的措辞", "同一段的预算数与决算数"),
    source="方向与数字的增减一致",
    advice=SAID_TWICE,
)
def words_fit_budget(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "预算" not in line.words:
            continue
        amounts, said = COMPLETED.search(line.words), AGAINST_BUDGET.search(line.words)
        if not amounts or not said or amounts[2] != amounts[4]:
            continue
        budget, final = Decimal(amounts[1]), Decimal(amounts[3])
        word = said[2] if said[1] in ("与", "较") else said[1]
        right = {
            "大于": final > budget,
            "高于": final > budget,
            "小于": final < budget,
            "低于": final < budget,
            "等于": final == budget,
            "持平": final == budget,
            "保持不变": final == budget,
        }.get(word or "")
        if right is None:
            continue
        if right:
            yield Looked(1)
        else:
            message = f"{line.where}说决算数“{said[0]}”，预算是 {budget}，决算是 {final}"
            yield Remark(message, f"{line.where} 大于小于", (word, str(budget)), line.place)


@rule(
    "S2.5",
    "增加配增长、减少配下降，百分比应与增减额一致",
    compares=("增减额和它的方向", "同一句的百分比和方向"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def changes_are_consistent(told: Told) -> Iterator[Said]:
    for line in told.lines:
        if "万元，" not in line.words and "亿元，" not in line.words:
            continue
        for match in CHANGE.finditer(line.words):
            yield _change(line, match)


def _change(line: Line, match: re.Match[str]) -> Said:
    up, rate_up = match[1] in UPWARD, match[4] in UPWARD
    if up != rate_up and Decimal(match[5]):
        message = f"{line.where}“…{match[0]}…”前后方向相反"
        return Remark(message, f"{line.where} {match[0]}", (match[1], match[4]), line.place)
    before = [m for m in MONEY.finditer(line.words, 0, match.start()) if m[2] == match[3]]
    if not before:
        return Looked(1)
    now, change = Decimal(before[-1][1]), Decimal(match[2])
    base = now - change if up else now + change
    if base <= 0 or rate_fits(change, base, match[5]):
        return Looked(1)
    return _rate_remark(line, f"{before[-1][0]}…{match[0]}", match[5], change, base)


SHARES = (
    (re.compile(r"、收入决算"), REVENUE, "合计/本年收入合计"),
    (re.compile(r"、支出决算"), EXPENDITURE, "合计/本年支出合计"),
    (re.compile(r"支出决算总体情况"), EXPENDITURE, "合计/本年支出合计"),
    (re.compile(r"支出决算结构"), GENERAL, "合计/本年支出"),
)


@rule(
    "U4.2",
    "占比应等于这一项÷合计",
    compares=("句子里的占比", "这一项的数÷表里的合计"),
    source=ARITHMETIC,
    advice=SAID_TWICE,
)
def shares_are_computed(told: Told) -> Iterator[Said]:
    for heading, role, cell in SHARES:
        table = told.cells.get(role)
        for line in told.under(heading) if table else ():
            assert table is not None
            yield from _shares(line, table, cell)


def _shares(line: Line, table: TableCells, cell: str) -> Iterator[Said]:
    whole = table.amount(cell)
    if not whole:
        return
    for match in SHARE.finditer(line.words):
        if "三公" in line.section or match[2] != WAN:
            continue
        if rate_fits(Decimal(match[1]), rounded(whole, 2), match[4]):
            yield Looked(1)
        else:
            yield _rate_remark(line, match[0], match[4], Decimal(match[1]), rounded(whole, 2))


# ------------------------------------------------------------------ against last year

CHANGES = (
    (re.compile(r"(?<!拨款)(?<!拨款决算)收、?支(?:决算)?总计"), "收入/总计"),
    (re.compile(r"财政拨款收、?支(?:决算)?总计"), "财政拨款/收入总计"),
    (re.compile(r"(?:年度|、)收入合计"), "收入/本年收入合计"),
    (re.compile(r"(?:年度|、)支出合计"), "支出/合计/本年支出合计"),
    (re.compile(r"一般公共预算财政拨款支出"), "一般公共预算/合计/本年支出"),
    (re.compile(r"(?<![性营])一般公共预算财政拨款收入"), "收入/一般公共预算财政拨款收入"),
    (re.compile(r"“三公”经费财政拨款支出"), "三公/决算数/合计"),
    (re.compile(r"^\d*[.．]?公务用车购置及运行"), "三公/决算数/公务用车购置及运行维护费"),
    (re.compile(r"^\d*[.．]?公务接待费"), "三公/决算数/公务接待费"),
)
TOTAL = "收入/总计"


@rule(
    "Y3.2",
    "比上年增减的数应等于本年与上年同一个数之差",
    compares=("句子里的增减额", "本年数与上年数之差"),
    source="同口径比较：总计含结转和结余，本年收入、本年支出不含",
    advice="按同一口径算出增减；上年的数取自上年的表",
)
def changes_against_last_year(told: Told) -> Iterator[Said]:
    for line in told.under(re.compile("决算")):
        for pattern, name in CHANGES:
            if "较" in line.words or "比" in line.words:
                yield from _against_last_year(told, line, pattern, name)


def _against_last_year(
    told: Told, line: Line, pattern: re.Pattern[str], name: str
) -> Iterator[Said]:
    named = pattern.search(line.words)
    if named is None:
        return
    change = PLAIN_CHANGE.search(line.words, named.end())
    if change is None:
        return
    before = list(MONEY.finditer(line.words, named.end(), change.start()))
    if not before:
        return
    amount = before[-1]
    if line.words.count("。", amount.end(), change.start()) > 1:
        return
    last = told.prior(name)
    if last is None or last.amount is None:
        yield Unknown(f"没有上年的{name}")
        return
    now = _in_wan(amount[1], amount[2])
    said = _in_wan(change[2], change[3]) * (1 if change[1] in UPWARD else -1)
    right = now - rounded(last.amount, 2)
    if abs(said - right) <= HALF_STEP * 2:
        yield Looked(1)
        return
    yield Remark(
        f"{line.where}“…{change[0]}…”不是本年与上年之差{_total_change(told, name, said)}",
        f"{line.where} {name}",
        (str(said), str(right)),
        line.place,
        found=stated(line, change[0], said),
        expected=Stated(f"{now} － 上年 {last.tell()}", right, WAN),
    )


def _total_change(told: Told, name: str, said: Decimal) -> str:
    """Whether it is the change of 总计 that was taken for that of this year's own amounts."""
    total, last = told.cells.get("收入支出决算总表"), told.prior(TOTAL)
    if name == TOTAL or total is None or last is None or last.amount is None:
        return ""
    change = rounded(total.amount(TOTAL), 2) - rounded(last.amount, 2)
    return "，像是用了收、支总计的增减（含结转和结余）" if change == said else ""


RATE_RULES: tuple[Rule[Told], ...] = (
    completion_is_computed,
    amounts_of_one_unit,
    words_fit_budget,
    changes_are_consistent,
    shares_are_computed,
    changes_against_last_year,
)
