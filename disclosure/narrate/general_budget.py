"""情况说明 五 to 八: 一般公共预算 spending by 科目, 基本支出, the two other funds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure.derive.comparison import COMPLETION
from disclosure.derive.money import TOTAL
from disclosure.derive.other_figures import OPERATING, PERSONNEL
from disclosure.model.figure import Figure
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.totals import TOTALS
from disclosure.narrate.voice import NOTHING, Voice
from disclosure.schema.money import FundItem, GeneralBudgetItem
from disclosure.schema.part import ReasonWords

FUND = "一般公共预算"


def class_words(name: str) -> str:
    """类 without its final 支出: 一般公共服务支出 → 一般公共服务（类）支出."""
    return name.removesuffix("支出")


def full_name(voice: Voice, code: str) -> Text:
    """一般公共服务支出（类）…（款）…（项）."""
    top, section, item = voice.report.classification.full_name(code)
    return voice.say("科目全称", 类=top, 款=section, 项=item)


def overall(voice: Voice) -> list[Paragraph]:
    """（一）总体情况; its reason is that of 收支总计 unless it has its own."""
    reasons = voice.report.content.reasons
    name = f"{FUND}/{TOTAL}/本年支出"
    own, shared = (reasons.general_budget, reasons.totals) if reasons else (None, None)
    given = voice.shared_reason(own, shared, name, TOTALS)
    share = voice.share(f"{FUND}/{TOTAL}")
    spent = voice.figure(f"支出/{TOTAL}/本年支出合计")
    return [
        voice.paragraph(
            "一般公共预算总体",
            case="有占比" if spent else "无占比",
            金额=voice.figure(name),
            占比=share,
            变动=voice.change("与上年比", name, 主语=voice.say("一般公共预算主语")),
            原因句=voice.change_reason("变动原因", name, given, "一般公共预算总体"),
        )
    ]


def structure(voice: Voice) -> list[Paragraph]:
    """（二）结构情况: one sentence per 类 with spending, in code order."""
    whole = voice.figure(f"{FUND}/{TOTAL}/本年支出")
    if not whole:
        return [voice.paragraph("一般公共预算结构", case="无支出")]
    paragraphs = [voice.paragraph("一般公共预算结构", case="有支出", 金额=whole)]
    spent = [code for code in voice.report.codes[FUND] if voice.figure(f"{FUND}/{code}/本年支出")]
    tops = [code for code in spent if len(code) == 3]
    for number, top in enumerate(tops, 1):
        items = [
            voice.say(
                "结构项明细",
                项=voice.report.classification.name(code),
                金额=voice.figure(f"{FUND}/{code}/本年支出"),
            )
            for code in spent
            if len(code) == 7 and code.startswith(top)
        ]
        paragraphs.append(
            voice.paragraph(
                f"一般公共预算结构/{top}",
                "结构项",
                序号=number,
                类=class_words(voice.report.classification.name(top)),
                金额=voice.figure(f"{FUND}/{top}/本年支出"),
                占比=voice.share(f"{FUND}/{top}"),
                各项=voice.listed(items, "，"),
            )
        )
    return paragraphs


def items(voice: Voice) -> list[Paragraph]:
    """（三）具体情况: one sentence per 项 with spending or 年初预算, in code order."""
    totals = _against_budget(voice, TOTAL)
    case = voice.completion(totals["决算数"], totals["年初预算数"], totals["完成率"])
    paragraphs = [voice.paragraph("一般公共预算具体", case=case, **totals)]
    number = 0
    for item in sorted(
        voice.report.content.expenditure.general_public_budget, key=lambda i: str(i.code)
    ):
        values = _against_budget(voice, str(item.code))
        if not values["决算数"] and not values["年初预算数"]:
            continue
        number += 1
        text = _item_sentence(voice, item, values)
        paragraphs.append(
            Paragraph(f"科目决算/{item.code}", voice.say("编号条", 序号=number, 内容=text))
        )
    return paragraphs


def _against_budget(voice: Voice, code: str) -> dict[str, Any]:
    return {
        "年初预算数": voice.figure(f"{FUND}/{code}/年初预算数"),
        "决算数": voice.figure(f"{FUND}/{code}/本年支出"),
        "完成率": voice.figure(f"{FUND}/{code}{COMPLETION}"),
    }


def _item_sentence(voice: Voice, item: GeneralBudgetItem, values: dict[str, Any]) -> Text:
    code = str(item.code)
    case = voice.completion(values["决算数"], values["年初预算数"], values["完成率"])
    needed = case.explained
    if case.direction == "减少":
        needed = voice.layout.reason_below_budget
    where, line = f"科目决算/{code}", item.code.location
    words = voice.reason(item.reason, where, needed=needed, location=line)
    reason = voice.say("科目决算原因", case, 原因=words) if words else NOTHING
    return voice.say(
        "科目决算",
        case,
        f"科目决算/{code}",
        科目全称=full_name(voice, code),
        原因句=reason,
        **values,
    )


def basic_expenditure(voice: Voice) -> list[Paragraph]:
    """六、基本支出: 人员经费 and 公用经费 with the 款 that have an amount, in table order."""
    whole = voice.figure(f"{FUND}/{TOTAL}/基本支出")
    if not whole:
        return [voice.paragraph("基本支出", case="无支出")]
    paragraphs = [voice.paragraph("基本支出", case="有支出", 金额=whole)]
    table = next((t for t in voice.layout.tables if t.layout == "经济分类"), None)
    for key, total, tops in (
        ("人员经费", PERSONNEL, table.personnel if table else []),
        ("公用经费", OPERATING, table.operating if table else []),
    ):
        amount = voice.figure(total)
        names = [
            name
            for top in tops
            for code, name in voice.report.classification.economic.items()
            if len(code) == 5 and code.startswith(top) and voice.figure(f"经济分类/{code}/决算数")
        ]
        case = "为零" if not amount else "有数" if names else "无明细"
        listed = voice.awaited() if amount.waiting else "、".join(names)
        paragraphs.append(voice.paragraph(key, case=case, 金额=amount, 清单=listed))
    return paragraphs


def government_fund(voice: Voice) -> list[Paragraph]:
    """七、政府性基金预算财政拨款: item by item, its balances alone, or that there is none."""
    fund = "政府性基金"
    totals: dict[str, Any] = {
        "年初结转": voice.figure(f"{fund}/年初结转和结余"),
        "本年收入": voice.figure("收入/政府性基金预算财政拨款收入"),
        "本年支出": voice.figure(f"{fund}/{TOTAL}/本年支出"),
        "年末结转": voice.figure(f"{fund}/年末结转和结余"),
    }
    lines = voice.report.content.expenditure.government_fund
    told = _fund_items(voice, fund, lines, ("本年支出", "年初结转和结余", "本年收入"))
    if not told and not any(totals.values()):
        return [voice.paragraph(fund, case="无")]
    return [voice.paragraph(fund, case="有" if told else "无明细", **totals), *told]


def state_capital(voice: Voice) -> list[Paragraph]:
    """八、国有资本经营预算财政拨款支出, likewise."""
    fund = "国有资本经营"
    spent = voice.figure(f"{fund}/{TOTAL}/本年支出")
    told = _fund_items(voice, fund, voice.report.content.expenditure.state_capital, ("本年支出",))
    if not told:
        if spent.waiting:
            return [voice.postponed(fund, f"{fund}预算财政拨款支出")]
        return [voice.paragraph(fund, case="无")]
    return [voice.paragraph(fund, case="有", 本年支出=spent), *told]


def _fund_items(
    voice: Voice, fund: str, lines: list[FundItem], measures: tuple[str, ...]
) -> list[Paragraph]:
    """One sentence per 项 that has one of the `measures`, as in the fund's table."""
    with_amounts = [
        line for line in lines if any(voice.figure(f"{fund}/{line.code}/{m}") for m in measures)
    ]
    return [
        voice.paragraph(
            f"{fund}/{line.code}",
            "基金项",
            序号=number,
            科目全称=full_name(voice, str(line.code)),
            决算数=voice.figure(f"{fund}/{line.code}/本年支出"),
            基本支出=_zero_when_empty(voice, f"{fund}/{line.code}", "基本支出"),
            项目支出=_zero_when_empty(voice, f"{fund}/{line.code}", "项目支出"),
            说明=_used_for(voice, line.reason, f"{fund}/{line.code}"),
        )
        for number, line in enumerate(sorted(with_amounts, key=lambda line: str(line.code)), 1)
    ]


def _zero_when_empty(voice: Voice, item: str, kind: str) -> Figure:
    """An empty cell of a fund's table is nothing spent; in prose it is said as the pack prints 0."""
    figure = voice.figure(f"{item}/{kind}")
    if figure.amount is None and voice.figure(f"{item}/本年支出").waiting:
        return replace(figure, waiting=True)
    return replace(figure, amount=Decimal(0)) if figure.amount is None else figure


def _used_for(voice: Voice, given: ReasonWords | None, where: str) -> Text:
    words = voice.reason(given, where, needed=False)
    return voice.say("基金项说明", 原因=words) if words else NOTHING
