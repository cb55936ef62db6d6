"""Beside the tables: “三公” counts, 政府采购, 国有资产, 人员, names, 科目 and their glossary."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from disclosure.check.finding import stated
from disclosure.check.rule import Comparison, Looked, Relation, Remark, Said, of, rule, typed
from disclosure.check.subject import Subject
from disclosure.check.table_shape import by_class
from disclosure.derive.other_figures import PURCHASE_KINDS
from disclosure.model.figure import WAN
from disclosure.model.place import Level
from disclosure.schema.typed import YUAN_PER_WAN

DISCLOSED = "财预〔2016〕143号：公开团组、人次、车辆数"
SPENT = "三公/决算数"

# Money that was spent on something countable, and the counts that must then be there.
COUNTED = (
    (f"{SPENT}/因公出国（境）费", ("三公/出国团组数", "三公/出国人次数")),
    (f"{SPENT}/外宾接待", ("三公/外宾批次数", "三公/外宾人次数")),
    (f"{SPENT}/国内公务接待", ("三公/国内批次数", "三公/国内人次数")),
)
PURCHASED, BOUGHT = f"{SPENT}/公务用车购置费", "三公/购置辆数"
RUNNING, KEPT = f"{SPENT}/公务用车运行维护费", "三公/保有量"


@rule(
    "P9.1",
    "有因公出国、接待支出的应有团组（批次）和人次",
    compares=("“三公”经费决算数", "团组数、批次数、人次数"),
    source=DISCLOSED,
    advice="核对 three_public.yaml 的金额和次数",
)
def counts_go_with_money(subject: Subject) -> Iterator[Said]:
    for money, counts in COUNTED:
        for count in counts:
            yield from _together(subject, money, count, both_ways=False)


def _together(subject: Subject, money: str, count: str, *, both_ways: bool) -> Iterator[Said]:
    """Money without its count; a count without money, where nobody else could have paid."""
    spent, counted = subject.report.figures.get(money), subject.report.figures.get(count)
    if spent is None or counted is None or spent.amount is None or counted.amount is None:
        return  # 待填 says what is missing
    if bool(spent) == bool(counted) or (not spent and not both_ways):
        if spent or counted:
            yield Looked(1)
        return
    message = (
        f"{spent.name}有支出，{counted.name}却是 0"
        if spent
        else f"{counted.name}是 {counted.value}，{spent.name}却没有支出"
    )
    figures = (str(spent.value), str(counted.value))
    yield Remark(message, counted.name, figures, found=stated(counted), expected=stated(spent))


@rule(
    "P9.2",
    "人次数不应少于团组（批次）数",
    compares=("人次数", "团组数、批次数"),
    source=DISCLOSED,
    advice="核对 three_public.yaml，看两个数是不是写反了",
    level=Level.HINT,
)
def persons_cover_groups(subject: Subject) -> Iterator[Said]:
    for _, (groups, persons) in COUNTED:
        left, right = subject.report.figures.get(persons), subject.report.figures.get(groups)
        if left and right:
            yield Comparison(of(left), (of(right),), Relation.AT_LEAST, about=left.name)


@rule(
    "P9.3",
    "公务接待费应等于外宾接待与国内公务接待之和",
    compares=("公务接待费决算数", "外宾接待＋国内公务接待"),
    source="“三公”经费表与台账",
    advice="核对 three_public.yaml 的接待费",
)
def reception_adds_up(subject: Subject) -> Iterator[Said]:
    names = (f"{SPENT}/公务接待费", f"{SPENT}/外宾接待", f"{SPENT}/国内公务接待")
    whole, *parts = (subject.report.figures.get(name) for name in names)
    known = [part for part in parts if part is not None and part.amount is not None]
    if whole and known:
        terms = tuple(map(of, known))
        yield Comparison(of(whole), terms, words="外宾与国内接待之和", about=whole.name)


@rule(
    "X18",
    "有公务用车购置费就应有购置辆数，有运行维护费就应有保有量",
    compares=("“三公”经费表 购置费、运行维护费", "购置辆数、保有量"),
    source=DISCLOSED,
    advice="核对 three_public.yaml；租用、借用车辆的，在情况说明里写明",
    level=Level.HINT,
)
def vehicles_go_with_money(subject: Subject) -> Iterator[Said]:
    yield from _together(subject, PURCHASED, BOUGHT, both_ways=True)
    yield from _together(subject, RUNNING, KEPT, both_ways=False)


@rule(
    "P10",
    "机关运行经费的变动原因只由行政单位和参公单位写",
    compares=("other_notes.yaml 的机关运行经费变动", "unit.yaml 的单位性质"),
    source="机关运行经费的口径",
    advice="核对单位性质；事业单位删去“机关运行经费变动”",
    level=Level.HINT,
)
def agency_operating_fits_nature(subject: Subject) -> Iterator[Said]:
    notes = subject.report.content.other_notes
    given = notes.agency_operating if notes else None
    nature = subject.report.unit.nature
    if given is None:
        return
    if nature != "事业单位":
        yield Looked(1)
    else:
        place = given.words[0].source if given.words else None
        yield Remark(
            "本单位是事业单位，却写了机关运行经费的变动原因", "机关运行经费变动", (), place
        )


@rule(
    "P11",
    "授予小微企业的不应多于中小企业的，中小企业的不应多于采购支出",
    compares=("政府采购的其中数", "它的总数"),
    source="财库〔2020〕46号：公开授予中小企业的合同金额",
    advice="核对 procurement.yaml",
)
def procurement_parts_fit(subject: Subject) -> Iterator[Said]:
    for kind in PURCHASE_KINDS:
        spent, smaller, micro = (
            subject.report.figures[f"采购/{kind}/{column}"]
            for column in ("支出", "授予中小企业", "其中小微企业")
        )
        for part, whole in ((smaller, spent), (micro, smaller)):
            if part:
                yield Comparison(of(part), (of(whole),), Relation.AT_MOST, about=part.name)


@rule(
    "P12",
    "车辆总数不应少于开支财政拨款的公务用车保有量",
    compares=("国有资产占用的车辆总数", "“三公”经费的公务用车保有量"),
    source="国有资产占用情况与“三公”经费的关系",
    advice="核对 state_assets.yaml 与 three_public.yaml",
)
def vehicles_cover_kept(subject: Subject) -> Iterator[Said]:
    kept = subject.report.figures[KEPT]
    if kept:
        whole = subject.report.figures["资产/车辆/合计"]
        yield Comparison(of(whole), (of(kept),), Relation.AT_LEAST, about=whole.name)


@rule(
    "P15.1",
    "在编在岗人数不应多于编制数，领导和中层职数不应多于编制数",
    compares=("staff.yaml 的在编在岗、职数", "staff.yaml 的编制"),
    source="机构编制文件",
    advice="核对 staff.yaml；确有超编的，确认时写明",
    level=Level.HINT,
)
def people_fit_posts(subject: Subject) -> Iterator[Said]:
    staff = subject.report.content.staff
    if staff is None:
        return
    figures = subject.report.figures
    authorised = tuple(of(figures[f"人员/编制/{kind}"]) for kind in staff.authorised)
    if not authorised:
        return
    on_duty = figures["人员/在编在岗"]
    yield Comparison(of(on_duty), authorised, Relation.AT_MOST, "编制数", about=on_duty.name)
    for title in (*staff.leaders, *staff.middle_posts):
        held = figures[f"人员/职数/{title.title}"]
        yield Comparison(of(held), authorised, Relation.AT_MOST, "编制数", about=held.name)


@rule(
    "X20",
    "报告的数应与导入的公开表一致",
    compares=("报告的数", "导入时公开表该格的数（sources.yaml）"),
    source="经批复的公开表",
    advice="核对公开表和录入的数；公开表更正过的，重新导入",
    level=Level.HINT,
)
def figures_are_those_imported(subject: Subject) -> Iterator[Said]:
    sources = subject.report.content.sources
    for name, (amount, place) in (sources.by_figure if sources else {}).items():
        figure = subject.report.figures.get(name)
        if figure is not None:
            yield Comparison(of(figure), (typed(place, amount, WAN),), about=name)


# ------------------------------------------------------------------ names and 科目


@rule(
    "X17",
    "表里的科目名称应与政府收支分类科目一致",
    compares=("公开表里的科目名称", "政府收支分类科目的名称"),
    source="政府收支分类科目",
    advice="按政府收支分类科目改正；确有这个科目的，写进 unit.yaml 的“补充科目”",
)
def names_are_those_of_the_classification(subject: Subject) -> Iterator[Said]:
    known = subject.report.classification.functional
    for table in by_class(subject.cells):
        agreed = 0
        for code, name in table.names.items():
            if known.get(code) == name:
                agreed += 1
                continue
            right = f"应为“{known[code]}”" if code in known else "不在科目表里"
            message = f"{table.code} 科目 {code}“{name}”{right}"
            yield Remark(message, f"{table.code} {code}", (name,))
        if agreed:
            yield Looked(agreed)


@rule(
    "X17.3",
    "写在科目代码后面的名称应是这个代码的名称",
    compares=("录入的科目代码", "注释里写的科目名称"),
    source="政府收支分类科目",
    advice="核对代码和注释，改正其中一个；注释说的不是科目的，换一种写法",
)
def codes_are_those_named_beside_them(subject: Subject) -> Iterator[Said]:
    known = subject.report.classification
    agreed = 0
    for remark in subject.report.content.code_remarks:
        names = known.economic if len(remark.code) == ECONOMIC_DIGITS else known.functional
        own = names.get(remark.code)
        if own == remark.words:
            agreed += 1
            continue
        others = [code for code, name in names.items() if name == remark.words]
        if own is not None and others:
            message = f"{remark.code} 是“{own}”，后面写的却是“{remark.words}”（{others[0]}）"
            figures = (remark.code, remark.words)
            yield Remark(message, f"科目 {remark.code}", figures, remark.location)
    if agreed:
        yield Looked(agreed)


ECONOMIC_DIGITS = 5  # of a 款 of 经济分类; a 项 of 功能分类 has seven


@rule(
    "S4",
    "单位简称应由单位全称里的字依次组成",
    compares=("unit.yaml 的单位简称、项目实施单位", "unit.yaml 的单位名称"),
    source="单位名称前后一致",
    advice="核对简称与全称；用的是另一个规范简称的，确认一次即可",
    level=Level.HINT,
)
def short_names_come_from_the_full_name(subject: Subject) -> Iterator[Said]:
    unit = subject.report.unit
    for key, short in (("单位简称", unit.short_name), ("项目实施单位", unit.executor)):
        if is_abbreviation(short, unit.full_name.words):
            yield Looked(1)
        else:
            message = f"{key}“{short}”里有全称“{unit.full_name.words}”没有的字，或次序不同"
            yield Remark(message, key, (short, unit.full_name.words), unit.full_name.source)


def is_abbreviation(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in the same order."""
    rest = iter(full)
    return all(char in rest for char in short)


@rule(
    "S6.1",
    "名词解释里的科目应与用到的科目一致",
    compares=("terms.yaml 科目用途里的科目", "本年一般公共预算和基金用到的项"),
    source="名词解释涵盖所用科目",
    advice="删去没有用到的科目，或核对代码",
    level=Level.HINT,
)
def glossary_fits_codes(subject: Subject) -> Iterator[Said]:
    terms = subject.report.content.terms
    if terms is None:
        return
    codes = subject.report.codes
    used = {code for fund in ("一般公共预算", "政府性基金", "国有资本经营") for code in codes[fund]}
    for code, words in terms.class_uses.items():
        if code in used:
            yield Looked(1)
        else:
            message = f"科目用途里的 {code} 本年没有用到"
            yield Remark(message, f"科目用途 {code}", (code,), words.source)


@rule(
    "U2.2",
    "收、支总计与上年相比不应相差百倍（元与万元混用）",
    compares=("本年的收、支总计", "上年的收、支总计"),
    source="金额单位为万元；差一万倍的数离一万倍比离原数近",
    advice="核对两年的金额单位，元要换算成万元",
    level=Level.HINT,
)
def totals_are_of_one_unit(subject: Subject) -> Iterator[Said]:
    for name in ("收入/总计", "支出/总计"):
        now = subject.report.figures.get(name)
        last = subject.report.figures.get(name, subject.report.year - 1)
        if not now or not last or now.waiting or last.waiting:
            continue
        if is_nearer_to_ten_thousand_times(now.value, last.value):
            figures = (str(now.value), str(last.value))
            yield Remark(
                f"{name}比上年差了百倍以上，像是元与万元混用",
                name,
                figures,
                found=stated(now),
                expected=stated(last),
            )
        else:
            yield Looked(1)


def is_nearer_to_ten_thousand_times(one: Decimal, other: Decimal) -> bool:
    """Whether the larger is nearer to ten thousand times the smaller than to the smaller itself:
    more than the square root of ten thousand times as much."""
    small, large = sorted((abs(one), abs(other)))
    return large * large > small * small * YUAN_PER_WAN


PARTS = (
    counts_go_with_money,
    persons_cover_groups,
    reception_adds_up,
    vehicles_go_with_money,
    agency_operating_fits_nature,
    procurement_parts_fit,
    vehicles_cover_kept,
    people_fit_posts,
    figures_are_those_imported,
    names_are_those_of_the_classification,
    codes_are_those_named_beside_them,
    short_names_come_from_the_full_name,
    glossary_fits_codes,
    totals_are_of_one_unit,
)
