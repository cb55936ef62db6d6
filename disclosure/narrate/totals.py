"""情况说明 一 to 四: 收支总体, 收入, 支出, 财政拨款总体."""

from __future__ import annotations

from disclosure.derive.comparison import SHARE, Movement
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.voice import NOTHING, Voice
from disclosure.schema.content import ReasonWords

REVENUE_KINDS = (
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
EXPENDITURE_KINDS = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
UNCHANGED = (Movement.SAME, Movement.BOTH_ZERO)


def grand_totals(voice: Voice) -> list[Paragraph]:
    """一、收入支出决算总体情况说明."""
    reasons = voice.report.content.reasons
    return [
        _both_sides(
            voice,
            "收支总体",
            "收入/总计",
            "支出/总计",
            _points(voice, "收支总体原因", "收入/总计", reasons.totals if reasons else None),
        )
    ]


def fiscal_totals(voice: Voice) -> list[Paragraph]:
    """四、财政拨款收入支出决算总体情况说明; its reason is that of 收支总计 unless it has its own."""
    reasons = voice.report.content.reasons
    given = (reasons.fiscal_totals or reasons.totals) if reasons else None
    reason = voice.change_reason("变动原因", "财政拨款/收入总计", given, "财政拨款总体")
    totals = _both_sides(voice, "财政拨款总体", "财政拨款/收入总计", "财政拨款/支出总计", reason)
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
    """The sentence on 收、支总计. Two totals that differ are told apart, never printed as one."""
    unchanged = voice.movement(revenue) in UNCHANGED
    subject = voice.say(f"{key}{'持平' if unchanged else ''}主语")
    change = voice.change("与上年比", revenue, 主语=subject)
    in_total, out_total = voice.figure(revenue), voice.figure(spent)
    if in_total.amount != out_total.amount:
        return voice.paragraph(
            key, f"{key}不等", 收入总计=in_total, 支出总计=out_total, 变动=change, 原因句=reason
        )
    return voice.paragraph(key, 总计=in_total, 变动=change, 原因句=reason)


def _points(voice: Voice, sentence: str, name: str, given: ReasonWords | None) -> Text:
    """The reason of 收支总计: 下降的主要原因一是…；二是…, or 下降的主要原因是：…."""
    case = "多条" if given and len(given.words) > 1 else "一条"
    movement = voice.movement(name)
    words = voice.reason(given, "收支总体", needed=movement not in (*UNCHANGED, Movement.NO_PRIOR))
    if not words:
        return NOTHING
    return voice.say(sentence, movement, 原因=voice.say("原因引语", case, 原因=words))


def revenue(voice: Voice) -> list[Paragraph]:
    """二、收入决算情况说明; compared with last year's 本年收入, not with 总计."""
    name = "收入/本年收入合计"
    parts = []
    for kind in REVENUE_KINDS:
        share = voice.figure(f"收入/{kind}{SHARE}")
        case = "无占比" if share.amount is None else "有占比"
        parts.append(
            voice.say("收入项", case, 名称=kind, 金额=voice.figure(f"收入/{kind}"), 占比=share)
        )
    return [
        voice.paragraph(
            "收入",
            合计=voice.figure(name),
            变动=voice.change("与上年比", name, 主语=voice.say("收入主语")),
            各项=voice.listed(parts, "；"),
        )
    ]


def expenditure(voice: Voice) -> list[Paragraph]:
    """三、支出决算情况说明; compared with last year's 本年支出."""
    name = "支出/合计/本年支出合计"
    parts = []
    for kind in EXPENDITURE_KINDS:
        amount = voice.figure(f"支出/合计/{kind}")
        share = voice.figure(f"支出/合计/{kind}{SHARE}")
        case = "无占比" if share.amount is None else "有数" if amount else "为零"
        parts.append(voice.say("支出项", case, 名称=kind, 金额=amount, 占比=share))
    return [
        voice.paragraph(
            "支出",
            合计=voice.figure(name),
            变动=voice.change("与上年比", name, 主语=voice.say("支出主语")),
            各项=voice.listed(parts, "；"),
        )
    ]
