"""手写的数: digits typed in a sentence, against the figures of the report.

A number that the data has belongs in a tag; one that nearly is such a figure is likely a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.book import NEAR, Written
from disclosure.check.finding import Stated, plain, stated
from disclosure.check.prose import Hit
from disclosure.check.rule import Looked, Remark, Said, rule
from disclosure.check.slips import significant_digits
from disclosure.check.subject import Subject
from disclosure.derive.comparison import CHANGE
from disclosure.derive.money import TOTAL
from disclosure.model.figure import PERCENT, WAN, Figure, rounded
from disclosure.model.place import Level
from disclosure.schema.typed import YUAN_PER_WAN

WRITE_A_TAG = '改用标签：数写 {{ 数("…") }}，指标写 {{ 指标("…") }}，更正时它会跟着变'


@rule(
    "S1.1",
    "数据里有的数不应在文字里再手写一遍",
    compares=("文字里手写的数", "报告的数、指标的完成值"),
    source="同一个数只填一遍",
    advice=WRITE_A_TAG,
    level=Level.HINT,
)
def figures_are_not_typed_again(subject: Subject) -> Iterator[Said]:
    for written, at in _matched(subject):
        if at is None:
            yield Looked(1)
        else:
            yield Remark(
                f"手写的 {plain(written.amount)} {written.unit} 就是 {at.where}",
                written.hit.about,
                (plain(written.amount),),
                written.hit.source,
                found=written.stated,
                expected=at,
                kin="手写了数据里有的数",
            )


def _matched(subject: Subject) -> Iterator[tuple[Written, Stated | None]]:
    for written in subject.written:
        yield written, subject.book.equal_to(written.amount, written.unit)


@rule(
    "S1.2",
    "文字里手写的数不应与数据只差一笔",
    compares=("文字里手写的数", "报告的数、指标的完成值"),
    source="同一个数在各处应相同",
    advice="核对这个数；确是另一个数的，确认一次即可",
    level=Level.HINT,
)
def typed_numbers_are_no_slips(subject: Subject) -> Iterator[Said]:
    for written, at in _matched(subject):
        near = None
        if at is None and significant_digits(written.amount) >= NEAR:
            near = subject.book.near(written)
        if near is None:
            yield Looked(1)
            continue
        figure, kind = near
        yield Remark(
            f"手写的数与 {figure.where} 只差一笔（{kind}）",
            written.hit.about,
            (plain(written.amount), plain(figure.amount or Decimal(0))),
            written.hit.source,
            found=written.stated,
            expected=figure,
        )


# ------------------------------------------------------------------ what a sentence says of a figure

FIGURE_OF = {
    "财政拨款收、支总计": "财政拨款/收入总计",
    "收、支总计": "收入/总计",
    "收入总计": "收入/总计",
    "支出总计": "支出/总计",
    "一般公共预算财政拨款收入": "收入/一般公共预算财政拨款收入",
    "一般公共预算财政拨款支出": f"一般公共预算/{TOTAL}/本年支出",
    "政府性基金预算财政拨款收入": "收入/政府性基金预算财政拨款收入",
    "收入合计": "收入/本年收入合计",
    "本年收入": "收入/本年收入合计",
    "支出合计": f"支出/{TOTAL}/本年支出合计",
    "本年支出": f"支出/{TOTAL}/本年支出合计",
    "年初结转和结余": "收入/年初结转和结余",
    "年末结转和结余": "支出/年末结转和结余",
    "人员经费": "经济分类/人员经费合计",
    "公用经费": "经济分类/公用经费合计",
    "政府采购支出总额": "采购/合计/支出",
}
LABELLED = re.compile(
    f"({'|'.join(sorted(FIGURE_OF, key=len, reverse=True))})"
    r"(?:各|均|共|分别)?(?:为|是|达)?(增加|减少|增长|下降)?了?$"
)
QUANTITY = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万元|[%％])")
LED_IN = 24  # characters before a number in which its figure is named
CLAUSE_END = re.compile(r"[，。；：\n]")


@rule(
    "S1.3",
    "文字里手写的合计、总计及其增减应与数据一致，总计的增减不能当作本年收入、支出的增减",
    compares=("手写的“某数为…、增加（或减少）…万元”", "报告里的这个数及其增减"),
    source="文字与数字应一致；总计含年初结转，与本年收入、支出不同口径",
    advice="改成报告的数，最好用标签",
    level=Level.HINT,
)
def claims_agree(subject: Subject) -> Iterator[Said]:
    for match in subject.prose.typed_numbers(QUANTITY):
        hit = subject.prose.typed.hit(match)
        label = LABELLED.search(hit.left(LED_IN))
        if label is None:
            continue
        digits, unit = hit.match.groups()
        figure = _claimed(subject, FIGURE_OF[label[1]], label[2], unit)
        if figure is None or figure.amount is None or _of_another_year(subject, hit):
            continue
        places = int(subject.layout.number_styles[figure.style].places.amount)
        told, known = Decimal(digits.replace(",", "")), rounded(abs(figure.amount), places)
        wrong_way = label[2] is not None and _way(figure.amount) not in (_WAY[label[2]], "")
        if told == known and not wrong_way:
            yield Looked(1)
            continue
        words = f"{label.group()}{hit.words}"
        yield Remark(
            f"手写的“{words}”与数据不一致",
            hit.about,
            (digits, plain(known)),
            hit.source,
            found=Stated(f"“{words}”", told, figure.unit, hit.source),
            expected=stated(figure),
        )


_WAY = {"增加": "增加", "增长": "增加", "减少": "减少", "下降": "减少"}


def _way(amount: Decimal) -> str:
    return "增加" if amount > 0 else "减少" if amount < 0 else ""


def _claimed(subject: Subject, name: str, verb: str | None, unit: str) -> Figure | None:
    if verb is None:
        return subject.report.figures.get(name) if unit == WAN else None
    suffix = CHANGE if unit == WAN else f"{CHANGE}率"
    return subject.report.figures.get(name + suffix)


def _of_another_year(subject: Subject, hit: Hit) -> bool:
    """Whether the clause speaks of a year other than the report's."""
    clause = CLAUSE_END.split(hit.before)[-1]
    years = re.findall(r"(?:19|20)\d\d", clause)
    return any(word in clause for word in ("上年", "去年")) or (
        bool(years) and str(subject.report.year) not in years
    )


@rule(
    "S1.4",
    "改写的句子里手写的金额、百分数应是报告里有的数",
    compares=("改写里手写的金额、百分数", "报告的数，照印出的样子"),
    source="同一个数在各处应相同",
    advice="改成这句话该用的数，最好用标签",
    level=Level.HINT,
)
def rewrites_keep_to_the_figures(subject: Subject) -> Iterator[Said]:
    for match in subject.prose.typed_numbers(QUANTITY):
        hit = subject.prose.typed.hit(match)
        if hit.source is None or REWRITE not in hit.source.path or not subject.is_typed(hit):
            continue
        digits, unit = match.groups()
        amount = Decimal(digits.replace(",", ""))
        if not amount or subject.book.equal_to(amount, WAN if unit == WAN else PERCENT):
            yield Looked(1)
            continue
        yield Remark(
            f"改写的句子“{hit.around}”里的 {hit.words} 不是报告里的数",
            hit.about,
            (hit.words,),
            hit.source,
        )


REWRITE = "改写"  # the key in the content files under which sentences are rewritten


@rule(
    "U1",
    "同类的金额不应一处用元、一处用万元",
    compares=("手写的以元为单位的金额", "同一句里以万元为单位的金额；报告的数"),
    source="金额单位为万元",
    advice="核对单位，漏写“万”的补上",
    level=Level.HINT,
)
def money_is_in_one_unit(subject: Subject) -> Iterator[Said]:
    for written in subject.written:
        if not written.in_yuan:
            continue
        hit, amount = written.hit, written.amount * YUAN_PER_WAN
        other = _beside(hit, amount) or subject.book.equal_to(amount, WAN)
        if other is None:
            yield Looked(1)
            continue
        yield Remark(
            f"“{hit.around}”的单位是元，同类的 {other.shown} 是万元",
            hit.about,
            (hit.words,),
            hit.source,
            found=Stated(f"“{hit.around}”里的", amount, "元", hit.source),
            expected=other,
        )


IN_WAN = re.compile(r"(\d[\d,]*(?:\.\d+)?)万元")
ALIKE = 2  # amounts of one kind in one sentence are within a factor of two, or one is in 元


def _beside(hit: Hit, amount: Decimal) -> Stated | None:
    """An amount in 万元 of the same sentence that is about as large in digits."""
    start = max(hit.before.rfind(end) for end in "。；\n") + 1
    sentence = hit.paragraph.text.plain[start:].split("。")[0]
    for found in IN_WAN.finditer(sentence):
        value = Decimal(found.group(1).replace(",", ""))
        if value and amount and max(value, amount) < ALIKE * min(value, amount):
            return Stated(f"同一句里的{found.group()}", value, WAN, hit.source)
    return None


NUMBERS = (
    figures_are_not_typed_again,
    typed_numbers_are_no_slips,
    claims_agree,
    rewrites_keep_to_the_figures,
    money_is_in_one_unit,
)
