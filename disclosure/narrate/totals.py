"""情况说明 一 to 四: 收支总体, 收入, 支出, 财政拨款总体."""

from __future__ import annotations

from disclosure.model.figure import Figure
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.voice import NOTHING, Voice
from disclosure.schema.part import ReasonWords

REVENUE_KINDS = (
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
EXPENDITURE_KINDS = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
TOTALS = "收入/总计"


def grand_totals(voice: Voice) -> list[Paragraph]:
    """一、收入支出决算总体情况说明."""
    reasons = voice.report.content.reasons
    spent = "支出/总计"
    reason = _points(voice, TOTALS, spent, reasons.totals if reasons else None)
    return [_both_sides(voice, "收支总体", TOTALS, spent, reason)]


def fiscal_totals(voice: Voice) -> list[Paragraph]:
    """四、财政拨款收入支出决算总体情况说明; its reason is that of 收支总计 unless it has its own."""
    reasons = voice.report.content.reasons
    name = "财政拨款/收入总计"
    own, shared = (reasons.fiscal_totals, reasons.totals) if reasons else (None, None)
    given = voice.shared_reason(own, shared, name, TOTALS)
    reason = voice.change_reason("变动原因", name, given, "财政拨款总体")
    totals = _both_sides(voice, "财政拨款总体", name, "财政拨款/支出总计", reason)
    kinds = {
        "一般公共预算财政拨款收入": reasons.general_budget_revenue if reasons else None,
        "政府性基金预算财政拨款收入": reasons.government_fund_revenue if reasons else None,
        "国有资本经营预算财政拨款收入": reasons.state_capital_revenue if reasons else None,
    }
    parts = [
        voice.say(
            "财政拨款收入项",
            名称=kind,
            金额=voice.figure(f"收入/{kind}"),
            变动=voice.change("比上年决算数", f"收入/{kind}"),
            原因句=voice.change_reason(
                "财政拨款收入原因", f"收入/{kind}", given, f"财政拨款收入/{kind}"
            ),
        )
        for kind, given in kinds.items()
    ]
    return [totals, voice.paragraph("财政拨款收入", 各项=voice.listed(parts, ""))]


def _both_sides(voice: Voice, key: str, revenue: str, spent: str, reason: Text) -> Paragraph:
    """The sentence on 收、支总计. Totals or changes that differ are told apart, never as one."""
    in_total, out_total = voice.figure(revenue), voice.figure(spent)
    change = _one_change(voice, key, revenue, spent)
    if voice.printed(in_total) == voice.printed(out_total):
        return voice.paragraph(key, 总计=in_total, 变动=change, 原因句=reason)
    return voice.paragraph(
        key, f"{key}不等", 收入总计=in_total, 支出总计=out_total, 变动=change, 原因句=reason
    )


def _one_change(voice: Voice, key: str, revenue: str, spent: str) -> Text:
    """收、支总计各增加…, or each by itself where one of the two years does not balance."""
    if _balanced(voice, revenue, spent):
        unchanged = voice.movement(revenue).direction == "持平"
        subject = voice.say(f"{key}{'持平' if unchanged else ''}主语")
        return voice.change("与上年比", revenue, 主语=subject)
    if not voice.movement(revenue).direction and not voice.movement(spent).direction:
        return voice.change("与上年比", revenue, 主语=NOTHING)
    return voice.say(
        "总计分述",
        收入变动=voice.change("总计较上年", revenue),
        支出变动=voice.change("总计较上年", spent),
    )


def _balanced(voice: Voice, revenue: str, spent: str) -> bool:
    """Whether both sides print alike, this year and, where both are known, last year."""
    figures = voice.report.figures
    now = [voice.printed(figures[name]) for name in (revenue, spent)]
    before = [voice.printed(figures.get(name, figures.year - 1)) for name in (revenue, spent)]
    return now[0] == now[1] and (None in before or before[0] == before[1])


def _points(voice: Voice, revenue: str, spent: str, given: ReasonWords | None) -> Text:
    """The reason of 收支总计: 下降的主要原因一是…；二是…, or 下降的主要原因是：…."""
    points = "多条" if given and len(given.words) > 1 else "一条"
    movement = voice.movement(revenue)
    words = voice.reason(given, "收支总体", needed=movement.explained)
    if not words:
        return NOTHING
    one_way = movement.direction == voice.movement(spent).direction or _balanced(
        voice, revenue, spent
    )
    case = movement if one_way else "变动"
    return voice.say("收支总体原因", case, 原因=voice.say("原因引语", points, 原因=words))


def revenue(voice: Voice) -> list[Paragraph]:
    """二、收入决算情况说明; compared with last year's 本年收入, not with 总计."""
    name = "收入/本年收入合计"
    reasons = voice.report.content.reasons
    parts = []
    for kind in REVENUE_KINDS:
        share = voice.share(f"收入/{kind}")
        case = "有占比" if _known(share) else "无占比"
        parts.append(
            voice.say("收入项", case, 名称=kind, 金额=voice.figure(f"收入/{kind}"), 占比=share)
        )
    return [
        voice.paragraph(
            "收入",
            合计=voice.figure(name),
            变动=voice.change("与上年比", name, 主语=voice.say("收入主语")),
            原因句=_given_reason(voice, name, reasons.revenue if reasons else None),
            各项=voice.listed(parts, "；"),
        )
    ]


def _known(share: Figure | Text) -> bool:
    return isinstance(share, Text) or share.amount is not None


def _given_reason(voice: Voice, name: str, given: ReasonWords | None) -> Text:
    """A reason where the unit gives one; sections 二 and 三 do not ask for it."""
    words = voice.reason(given, name, needed=False)
    return voice.say("收支变动原因", voice.movement(name), 原因=words) if words else NOTHING


def expenditure(voice: Voice) -> list[Paragraph]:
    """三、支出决算情况说明; compared with last year's 本年支出."""
    name = "支出/合计/本年支出合计"
    reasons = voice.report.content.reasons
    parts = []
    for kind in EXPENDITURE_KINDS:
        amount = voice.figure(f"支出/合计/{kind}")
        share = voice.share(f"支出/合计/{kind}")
        case = ("有数" if amount else "为零") if _known(share) else "无占比"
        parts.append(voice.say("支出项", case, 名称=kind, 金额=amount, 占比=share))
    return [
        voice.paragraph(
            "支出",
            合计=voice.figure(name),
            变动=voice.change("与上年比", name, 主语=voice.say("支出主语")),
            原因句=_given_reason(voice, name, reasons.expenditure if reasons else None),
            各项=voice.listed(parts, "；"),
        )
    ]
