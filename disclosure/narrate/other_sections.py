"""情况说明 十 to 十二 and 十四, 第四部分: mostly one sentence, or the statement that there is none."""

from __future__ import annotations

from typing import Any

from disclosure.derive.other_figures import AGENCY_OPERATING, PURCHASE_KINDS, VEHICLE_USES
from disclosure.model.text import Paragraph
from disclosure.narrate.voice import NOTHING, Voice, clause


def agency_operating(voice: Voice) -> list[Paragraph]:
    """十、机关运行经费 of 行政 and 参公 units; a 事业单位 states that it has none."""
    nature = voice.report.unit.nature
    if nature == "事业单位":
        return [voice.paragraph("机关运行经费", case=nature)]
    notes = voice.report.content.other_notes
    given = notes.agency_operating if notes else None
    subject = voice.say("机关运行经费主语")
    return [
        voice.paragraph(
            "机关运行经费",
            case=nature,
            金额=voice.figure(AGENCY_OPERATING),
            变动=voice.change("与上年比", AGENCY_OPERATING, 主语=subject),
            原因句=voice.change_reason("变动原因", AGENCY_OPERATING, given, "机关运行经费"),
        )
    ]


def procurement(voice: Voice) -> list[Paragraph]:
    """十一、政府采购: total, kinds, and what went to 中小企业 and 小微企业."""
    whole = voice.figure("采购/合计/支出")
    if not whole:
        return [voice.paragraph("政府采购", case="无")]
    smaller = voice.figure("采购/合计/授予中小企业")
    kinds = []
    for kind in PURCHASE_KINDS:
        case = "有数" if voice.figure(f"采购/{kind}/支出") else "为零"
        share = voice.share(f"采购/{kind}/授予中小企业")
        kinds.append(voice.say("采购类占比", case, 类=kind, 占比=share))
    micro = (
        voice.say("小微占比", 占比=voice.share("采购/合计/其中小微企业")) if smaller else NOTHING
    )
    bought: dict[str, Any] = {kind: voice.figure(f"采购/{kind}/支出") for kind in PURCHASE_KINDS}
    return [
        voice.paragraph("政府采购", case="有", 总额=whole),
        voice.paragraph(
            "政府采购明细",
            中小=smaller,
            中小占比=voice.share("采购/合计/授予中小企业"),
            小微=voice.figure("采购/合计/其中小微企业"),
            小微占比句=micro,
            各类占比=voice.listed(kinds, "，"),
            **bought,
        ),
    ]


def state_assets(voice: Voice) -> list[Paragraph]:
    """十二、国有资产占用: vehicles by use, large equipment."""
    assets = voice.report.content.state_assets
    whole = voice.figure("资产/车辆/合计")
    details = NOTHING
    if whole:
        uses = [
            voice.say("国有资产类", 类=use, 辆数=voice.figure(f"资产/车辆/{use}"))
            for use in VEHICLE_USES
        ]
        remark = NOTHING
        if voice.figure("资产/车辆/其他用车"):
            given = assets.other_vehicles if assets else None
            content = clause(voice.words(given)) or voice.missing("其他用车说明", "国有资产")
            remark = voice.say("其他用车", 内容=content)
        details = voice.say("国有资产明细", 各类=voice.listed(uses), 说明=remark)
    return [
        voice.paragraph("国有资产", 合计=whole, 明细=details),
        voice.paragraph("大型设备", 台数=voice.figure("资产/单位价值100万元以上专用设备")),
    ]


def special_transfers(voice: Voice) -> list[Paragraph]:
    """十四、专项支出、转移支付."""
    notes = voice.report.content.other_notes
    if notes and notes.is_open("special_transfers"):
        return [voice.postponed("专项转移支付", "专项支出、转移支付支出")]
    if notes and notes.special_transfers:
        return voice.all_own("专项转移支付", notes.special_transfers)
    return [voice.paragraph("专项转移支付", "专项转移支付无")]


def other_notes(voice: Voice) -> list[Paragraph]:
    """第四部分 其他需要说明的情况."""
    notes = voice.report.content.other_notes
    if notes and notes.is_open("other_notes"):
        return [voice.postponed("其他说明", "其他需要说明的情况")]
    if notes and notes.other_notes:
        return voice.all_own("其他说明", notes.other_notes)
    return [voice.paragraph("其他说明", "其他说明无")]
