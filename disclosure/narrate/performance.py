"""情况说明 十三: 预算绩效, with the 项目绩效自评 project by project."""

from __future__ import annotations

from disclosure.derive.evaluation import Evaluation
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.evaluations import project_name, within_project
from disclosure.narrate.voice import Voice, sentence
from disclosure.schema.evaluation import ProjectFile
from disclosure.schema.words import PerformanceNotesFile


def management(voice: Voice) -> list[Paragraph]:
    """（一）预算绩效管理工作开展情况."""
    notes = voice.report.content.performance_notes
    spent = voice.figure("一般公共预算/合计/项目支出")
    if voice.report.projects:
        first = voice.paragraph(
            "绩效管理",
            case="有项目" if spent else "无占比",
            个数=voice.figure("绩效/项目个数"),
            资金=voice.figure("绩效/自评资金"),
            占比=voice.share("绩效/自评资金"),
            评价=_said(voice, notes, "management", "项目自评总体评价"),
        )
    elif spent:
        first = Paragraph("绩效管理", voice.missing("项目绩效自评情况", "预算绩效"))
    else:
        first = voice.paragraph("绩效管理", case="无项目")
    paragraphs = [first]
    if voice.report.overall:
        paragraphs += [
            voice.paragraph("整体绩效", 评价=_said(voice, notes, "overall", "整体绩效评价")),
            voice.paragraph(
                "整体绩效附件",
                结果标题=voice.say("整体结果标题"),
                自评表标题=voice.say("整体自评表标题"),
                附件号=voice.report.overall.number,
            ),
        ]
    return paragraphs


def _said(voice: Voice, notes: PerformanceNotesFile | None, field: str, what: str) -> Text:
    snippet: Snippet | None = getattr(notes, field) if notes else None
    return sentence(voice.words(snippet)) if snippet else voice.missing(what, "预算绩效")


def results(voice: Voice) -> list[Paragraph]:
    """（二）项目绩效自评结果: project by project, then 下属单位 and 重点项目."""
    projects = voice.report.projects
    paragraphs = [voice.paragraph("项目自评引语", case="有项目" if projects else "无项目")]
    for number, project in enumerate(projects, 1):
        paragraphs += _project(voice, number, project)
    notes = voice.report.content.performance_notes
    below = bool(voice.report.unit.subordinate_units)
    told = [
        ("下属单位绩效", notes.subordinate_units if notes else None, "无下属单位", below),
        ("重点项目绩效", notes.key_projects if notes else None, "无重点项目", False),
    ]
    number = len(projects)
    for key, given, without, needed in told:
        title = voice.say(key)
        if not title:  # the pack does not ask for it
            continue
        number += 1
        paragraphs.append(Paragraph(key, voice.say("编号条", 序号=number, 内容=title)))
        if given:
            text = voice.words(given)
        else:
            text = voice.missing(key, "项目自评") if needed else voice.say(without)
        paragraphs.append(Paragraph(f"{key}/内容", text))
    return paragraphs


def _project(voice: Voice, number: int, project: Evaluation) -> list[Paragraph]:
    file = _project_file(project)
    voice = within_project(voice, project)
    name = project_name(file.name_in_report or project.key)
    rate = voice.figure(f"绩效/{project.key}/执行率（完成率）")
    hardly = project.final_account and not voice.printed(rate)
    key = f"项目/{project.key}"
    paragraphs = [
        voice.paragraph(
            f"{key}/完成情况",
            "项目完成情况",
            "无完成率" if rate.amount is None else "极少" if hardly else "有完成率",
            序号=number,
            项目全称=name,
            预算数=project.budget,
            执行数=project.final_account,
            完成率=rate,
        ),
    ]
    paragraphs += voice.all_own(f"{key}/主要产出和效益", file.outputs) or [
        Paragraph(f"{key}/主要产出和效益", voice.missing("主要产出和效益", key))
    ]
    if file.found_problems is None and project.waiting:
        paragraphs.append(voice.postponed(f"{key}/无问题", "发现的问题及原因"))
    elif file.found_problems is None and not project.unmet:
        paragraphs.append(voice.paragraph(f"{key}/无问题", "无问题"))
    else:
        for told, snippet in (
            ("发现的问题", file.found_problems),
            ("问题原因", file.found_causes),
            ("改进措施", file.found_remedies),
        ):
            content = voice.words(snippet) or voice.missing(told, key)
            paragraphs.append(voice.paragraph(f"{key}/{told}", told, 内容=content))
    paragraphs.append(
        voice.paragraph(f"{key}/附件", "项目附件", 正文项目=name, 附件号=project.number)
    )
    return paragraphs


def application(voice: Voice) -> list[Paragraph]:
    """（三）绩效评价结果应用情况."""
    notes = voice.report.content.performance_notes
    applied = notes.applied if notes else []
    to_apply = notes.to_apply if notes else []
    paragraphs = [_numbered_title(voice, 1, "已应用标题")]
    paragraphs += [
        voice.paragraph(f"已应用/{number}", "已应用", 内容=voice.words(snippet))
        for number, snippet in enumerate(applied, 1)
    ] or [Paragraph("已应用/1", voice.missing("已应用情况", "结果应用"))]
    paragraphs.append(_numbered_title(voice, 2, "拟应用标题"))
    paragraphs += voice.all_own("拟应用", to_apply) or [
        Paragraph("拟应用/1", voice.missing("拟应用情况", "结果应用"))
    ]
    return paragraphs


def _numbered_title(voice: Voice, number: int, sentence: str) -> Paragraph:
    return Paragraph(sentence, voice.say("编号条", 序号=number, 内容=voice.say(sentence)))


def _project_file(project: Evaluation) -> ProjectFile:
    assert isinstance(project.file, ProjectFile)
    return project.file
