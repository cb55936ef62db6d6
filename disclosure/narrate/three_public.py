"""情况说明 九: “三公”经费, against 全年预算 (never 年初预算) and against last year."""

from __future__ import annotations

from typing import Any

from disclosure.derive.comparison import COMPLETION, Completion
from disclosure.model.figure import Figure
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.voice import NOTHING, Voice, clause
from disclosure.schema.money import ComparedReasons, Reception, ThreePublicFile
from disclosure.schema.part import ReasonWords


def overall(voice: Voice) -> list[Paragraph]:
    """（一）总体情况."""
    none = not voice.figure("三公/决算数/合计") and not voice.figure("三公/预算数/合计")
    values = _kind_values(voice, "合计", "全年预算", _file(voice).reasons.total)
    return [voice.paragraph("三公总体", case="无" if none else "有", **values)]


def details(voice: Voice) -> list[Paragraph]:
    """（二）具体情况: 出国, 车辆 with 购置 and 运行, 接待 with 外宾 and 国内."""
    return [*_overseas(voice), *_vehicles(voice), *_reception(voice)]


def _file(voice: Voice) -> ThreePublicFile:
    return voice.report.content.three_public or ThreePublicFile()


def _kind_values(
    voice: Voice, kind: str, budget_name: str, reasons: ComparedReasons
) -> dict[str, Any]:
    """What the sentence on one kind needs, reasons as whole clauses."""
    budget, final = voice.figure(f"三公/预算数/{kind}"), voice.figure(f"三公/决算数/{kind}")
    case = voice.completion(final, budget, voice.figure(f"三公/{kind}{COMPLETION}"))
    return {
        "预算数": budget,
        "决算数": final,
        "完成": voice.completed(f"三公/{kind}{COMPLETION}", case, budget_name),
        "变动": voice.change("较上年", f"三公/决算数/{kind}"),
        "预算原因": _budget_reason(voice, kind, case, reasons.against_budget),
        "上年原因": _prior_reason(voice, kind, reasons.against_prior),
    }


def _budget_reason(voice: Voice, kind: str, case: Completion, given: ReasonWords | None) -> Text:
    where = f"三公/{kind}/与预算比"
    words = voice.reason(given, where, needed=case.explained)
    return voice.say("三公与预算比原因", case, 原因=words) if words else NOTHING


def _prior_reason(voice: Voice, kind: str, given: ReasonWords | None) -> Text:
    case = voice.movement(f"三公/决算数/{kind}")
    words = voice.reason(given, f"三公/{kind}/与上年比", needed=case.explained)
    return voice.say("三公与上年比原因", case, 原因=words) if words else NOTHING


def _overseas(voice: Voice) -> list[Paragraph]:
    kind = "因公出国（境）费"
    file = _file(voice)
    groups = "三公/出国团组数"
    return [
        voice.paragraph(
            "三公/因公出国",
            "因公出国",
            序号=1,
            **_kind_values(voice, kind, "预算", file.reasons.overseas),
        ),
        voice.paragraph(
            "三公/出国团组",
            "出国团组",
            团组数=voice.figure(groups),
            人次数=voice.figure("三公/出国人次数"),
            说明=_after(voice, "逗号说明", file.overseas.remark),
            变动=_journeys_change(voice, groups, "三公/出国人次数"),
        ),
    ]


def _journeys_change(voice: Voice, groups: str, persons: str) -> Text:
    """较上年无变化 where neither changed, else groups and persons each by themselves."""
    movements = {voice.movement(groups), voice.movement(persons)}
    if len({movement.broader or movement for movement in movements}) == 1 and not any(
        movement.explained for movement in movements
    ):
        return _count_change(voice, groups)
    return voice.say(
        "出国变动",
        团组变动=_count_change(voice, groups),
        人次变动=_count_change(voice, persons),
    )


def _vehicles(voice: Voice) -> list[Paragraph]:
    kind = "公务用车购置及运行维护费"
    file = _file(voice)
    values = _kind_values(voice, kind, "预算", file.reasons.vehicles)
    movement = voice.movement(f"三公/决算数/{kind}")
    values["变动"] = voice.say("公务用车变动", movement, 变动=values["变动"])
    clauses = [clause for clause in (values["预算原因"], values["上年原因"]) if clause]
    values["原因"] = voice.say(
        "公务用车原因",
        句末="，" if clauses else "。",
        预算原因=values["预算原因"],
        上年原因=values["上年原因"],
    )
    purchase = voice.say(
        "公务用车购置费",
        key="三公/公务用车购置费",
        决算数=voice.figure("三公/决算数/公务用车购置费"),
        说明=_after(voice, "公务用车购置说明", file.purchase.remark),
        购置辆数=voice.figure("三公/购置辆数"),
        变动=_count_change(voice, "三公/购置辆数"),
    )
    running = voice.say(
        "公务用车运行维护费",
        key="三公/公务用车运行维护费",
        决算数=voice.figure("三公/决算数/公务用车运行维护费"),
        用途=_after(voice, "公务用车用途", file.running.used_for),
        主要用于=clause(voice.words(file.running.used_for)),
        保有量=voice.figure("三公/保有量"),
    )
    return [
        voice.paragraph("三公/公务用车", "公务用车", 序号=2, **values),
        *(
            Paragraph(f"三公/公务用车/{number}", voice.say("括号序号", 序号=number, 内容=text))
            for number, text in enumerate((purchase, running), 1)
        ),
    ]


def _reception(voice: Voice) -> list[Paragraph]:
    file = _file(voice)
    values = _kind_values(voice, "公务接待费", "全年预算", file.reasons.reception)
    return [
        voice.paragraph("三公/公务接待", "公务接待", 序号=3, **values),
        _guests(voice, "外宾接待", "外宾接待", "外宾", file.reception.foreign),
        _guests(voice, "国内接待", "国内公务接待", "国内", file.reception.domestic),
    ]


def _guests(voice: Voice, sentence: str, kind: str, short: str, told: Reception) -> Paragraph:
    about = [
        _after(voice, "接待对象", told.guests),
        _after(voice, "接待说明", told.remark),
    ]
    return voice.paragraph(
        f"三公/{sentence}",
        sentence,
        决算数=voice.figure(f"三公/决算数/{kind}"),
        对象=voice.listed(about, ""),
        批次数=voice.figure(f"三公/{short}批次数"),
        人次数=voice.figure(f"三公/{short}人次数"),
    )


def _after(voice: Voice, sentence: str, snippet: Snippet | None) -> Text:
    """The unit's remark, led in by the pack's words; nothing when there is none."""
    return voice.say(sentence, 内容=clause(voice.words(snippet))) if snippet else NOTHING


def _count_change(voice: Voice, name: str) -> Text:
    figure: Figure = voice.figure(name)
    return voice.change("数量较上年", name, 量词=figure.unit)
