"""年度衔接: this year against last year, and no year left over from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from disclosure.check.finding import typed_line
from disclosure.check.prose import TAG, Hit, about
from disclosure.check.rule import Comparison, Looked, Remark, Said, Unknown, of, rule
from disclosure.check.subject import Subject, snippets
from disclosure.derive.money import FUNDS
from disclosure.model.place import Level

ACROSS_YEARS = "上下年度的衔接关系"
OPENING, CLOSING = "年初结转和结余", "年末结转和结余"


@rule(
    "Y1.1",
    "年初结转和结余应等于上年年末结转和结余，调整过的应写明原因",
    compares=("本年的年初结转和结余", "上一年的年末结转和结余"),
    source=ACROSS_YEARS,
    advice="核对两年的数；确有调整时在 revenue.yaml 写明“年初结转调整原因”",
)
def opening_is_last_closing(subject: Subject) -> Iterator[Said]:
    before = subject.report.year - 1
    pairs = [(f"收入/{OPENING}", f"支出/{CLOSING}")]
    pairs += [(f"{fund}/{OPENING}", f"{fund}/{CLOSING}") for fund in ("财政拨款", *FUNDS)]
    adjusted = subject.report.content.revenue.opening_adjustment is not None
    whole = subject.report.figures.get(f"支出/{CLOSING}", before)
    if whole is None or whole.amount is None:
        yield Unknown(f"{before} 年的年末结转和结余没有填报")
        return
    for opening, closing in pairs:
        now, last = subject.report.figures.get(opening), subject.report.figures.get(closing, before)
        if now is None or last is None or now.amount is None or last.amount is None:
            continue
        if adjusted:
            yield Looked(1)  # the difference is told and explained in the report
        elif now or last:
            yield Comparison(of(now), (of(last),), about=opening)


@rule(
    "Y1.2",
    "写了年初结转调整原因的，年初应与上年年末不同",
    compares=("revenue.yaml 的年初结转调整原因", "年初与上年年末之差"),
    source=ACROSS_YEARS,
    advice="删去 revenue.yaml 的“年初结转调整原因”",
    level=Level.HINT,
)
def adjustment_is_needed(subject: Subject) -> Iterator[Said]:
    given = subject.report.content.revenue.opening_adjustment
    change = subject.report.figures.get("收入/年初结转调整")
    if given is None or change is None or change.amount is None:
        return
    if change.amount:
        yield Looked(1)
    else:
        place = given.words[0].source if given.words else None
        yield Remark("年初与上年年末相等，却写了调整原因", OPENING, location=place)


@rule(
    "Y2",
    "上年的数自身应平衡：收入总计等于支出总计",
    compares=("上一年文件夹的收入总计", "上一年文件夹的支出总计"),
    source=ACROSS_YEARS,
    advice="核对上一年文件夹的 revenue.yaml、expenditure.yaml 和 approved_totals.yaml",
)
def last_year_balances(subject: Subject) -> Iterator[Said]:
    before = subject.report.year - 1
    if subject.report.prior is None:
        yield Unknown(f"没有 {before} 年的文件夹")
        return
    for revenue, spent in (("收入/总计", "支出/总计"), ("财政拨款/收入总计", "财政拨款/支出总计")):
        left, right = (subject.report.figures.get(name, before) for name in (revenue, spent))
        if left is None or right is None or left.amount is None or right.amount is None:
            yield Unknown(f"{before} 年的{revenue}或{spent}没有填全")
        else:
            yield Comparison(of(left), (of(right),), about=f"{before} {revenue}")


@rule(
    "Y3",
    "总计的增减应等于本年收入、使用结余、年初结转的增减之和",
    compares=("收、支总计较上年增减", "三个部分较上年增减之和"),
    source=ACROSS_YEARS,
    advice="核对两年的本年收入、使用结余和年初结转",
)
def change_is_that_of_its_parts(subject: Subject) -> Iterator[Said]:
    figures, before = subject.report.figures, subject.report.year - 1
    parts = ("收入/本年收入合计", f"收入/{OPENING}", "收入/使用非财政拨款结余和专用结余")
    pairs = [(figures.get(name), figures.get(name, before)) for name in ("收入/总计", *parts)]
    if any(last is None or last.amount is None for _, last in pairs[:RARE]):
        yield Unknown(f"{before} 年的收入没有填全")
        return
    (total, total_before), *changes = [(a, b) for a, b in pairs if a is not None and b is not None]
    terms = [of(total_before)]
    for now, last in changes:
        # 使用结余 that was not reported is one that was not there.
        terms += [of(now)._replace(amount=now.value), -of(last)._replace(amount=last.value)]
    if any(term.amount for term in terms):
        yield Comparison(of(total), tuple(terms), words="上年总计加各部分的增减")


RARE = 3  # the figures before this one are needed; 使用结余 is there in few units


# ------------------------------------------------------------------ years in words


@rule(
    "Y4.1",
    "填报日期应在报告年度结束以后",
    compares=("自评表的填报日期", "报告年度的 12 月 31 日"),
    source="绩效自评表",
    advice="核对填报日期的年份",
)
def forms_are_filled_after_the_year(subject: Subject) -> Iterator[Said]:
    closed = date(subject.report.year, 12, 31)
    for evaluation in subject.evaluations:
        filled = evaluation.file.filled_on
        if filled is None:
            continue
        if filled > closed:
            yield Looked(1)
        else:
            name = evaluation.key
            yield Remark(
                f"{name}自评表的填报日期 {filled} 不在 {closed} 以后",
                f"{name} 填报日期",
                (str(filled),),
                typed_line(evaluation.budget),
            )


YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
NOW_WORDS = re.compile(r"本年|今年|本年度|年内")
OF_THE_YEAR = re.compile(
    r"年度?(?:共|全年|本|我|部门|单位|决算|收、支|收入|支出|财政拨款|一般公共预算|“三公”|无|政府采购支出)"
)
AT_YEAR_END = ("截至", "截止", "截至到", "截止到")
CLAUSE_END = re.compile(r"[，。；：\n]")
COMPARED = ("与", "较", "比", "同")
LEFT_OVER = "改成报告年度；能用标签的写 {{ 年度 }}，明年就不用再改"


@rule(
    "Y4.2",
    "说本年的话里不应留着以前的年份",
    compares=("文字里手写的年份", "报告年度"),
    source="年度标识应前后一致",
    advice=LEFT_OVER,
    level=Level.HINT,
)
def no_year_is_left_over(subject: Subject) -> Iterator[Said]:
    year, seen = str(subject.report.year), 0
    for match in subject.prose.typed_numbers(YEAR, 4):
        seen += 1
        if match.group() >= year:
            continue
        hit = subject.prose.typed.hit(match)
        why = _left_over(hit, year)
        if why and subject.is_typed(hit):
            yield Remark(
                f"“{hit.around}”{why}，写的却是 {hit.words} 年",
                hit.about,
                (hit.words,),
                hit.source,
                kin=f"{hit.words} {hit.source}",
            )
    if seen:
        yield Looked(seen)


def _left_over(hit: Hit, year: str) -> str:
    """Why an earlier year seems to be meant as this one; "" for history, which is most of them."""
    before, after = hit.before, hit.after
    if before.endswith(AT_YEAR_END) and after.startswith("年12月31日"):
        return "是本年年末的情况"
    clause, rest = CLAUSE_END.split(before)[-1], CLAUSE_END.split(after, 1)[0]
    if year in clause or year in rest or clause.endswith(COMPARED):
        return ""
    if NOW_WORDS.search(clause + rest):
        return "说的是本年"
    if not clause and OF_THE_YEAR.match(after) and not _of_last_year(hit):
        return "是本年度的统计"
    return ""


LAST_YEAR_KEYS = ("上年度", "绩效评价结果应用")


def _of_last_year(hit: Hit) -> bool:
    """Whether the paragraph is one that tells of the year before."""
    return any(word in hit.about or word in hit.paragraph.key for word in LAST_YEAR_KEYS)


@rule(
    "Y4.3",
    "写到年份的话不应与上年一字不差",
    compares=("本年文件夹里的文字", "上年文件夹里同一处的文字"),
    source="年度标识应前后一致",
    advice="核对这段话说的是哪一年的事；改写，或用标签代替年份",
    level=Level.HINT,
)
def no_text_is_copied_with_its_year(subject: Subject) -> Iterator[Said]:
    before = subject.report.year - 1
    last = {about(s.source): s.words for s in snippets(subject.report.prior)}
    if not last:
        yield Unknown(f"{before} 年没有文字可比")
        return
    seen = 0
    for snippet in snippets(subject.report.content):
        name = about(snippet.source)
        if name not in last:
            continue
        seen += 1
        bare = TAG.sub("", snippet.words)
        if last[name] == snippet.words and (f"{before}年" in bare or NOW_WORDS.search(bare)):
            yield Remark(
                f"“{snippet.words[:AT_MOST]}…”与上年一字不差，里面写着年份",
                name,
                location=snippet.source,
                kin="与上年一字不差",
            )
    if seen:
        yield Looked(seen)


AT_MOST = 20  # characters of a text that a message quotes

YEARS = (
    opening_is_last_closing,
    adjustment_is_needed,
    last_year_balances,
    change_is_that_of_its_parts,
    forms_are_filled_after_the_year,
    no_year_is_left_over,
    no_text_is_copied_with_its_year,
)
