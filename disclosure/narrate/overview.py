"""第一部分 概况: 职责, 机构设置, 预算单位构成, 人员情况."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.voice import NOTHING, Voice
from disclosure.schema.staff import Post, StaffFile


def duties(voice: Voice) -> list[Paragraph]:
    """一、部门主要职责."""
    duties = voice.report.unit.duties
    introduction = Paragraph("主要职责/引言", voice.words(duties.introduction))
    return [introduction, *numbered(voice, "主要职责", duties.items)]


def offices(voice: Voice) -> list[Paragraph]:
    """（一）机构设置, with what changed during the year."""
    paragraphs = numbered(voice, "机构设置", voice.report.unit.offices)
    staff = voice.report.content.staff
    if staff and staff.offices_remark:
        paragraphs.append(Paragraph("机构设置/变动", voice.words(staff.offices_remark)))
    return paragraphs


def numbered(voice: Voice, key: str, snippets: Iterable[Snippet]) -> list[Paragraph]:
    return [
        Paragraph(f"{key}/{number}", voice.say("编号条", 序号=number, 内容=voice.words(snippet)))
        for number, snippet in enumerate(snippets, 1)
    ]


def units(voice: Voice) -> list[Paragraph]:
    """（二）部门预算单位构成."""
    below = voice.report.unit.subordinate_units
    unit = voice.report.unit
    if not below:
        return [voice.paragraph("预算单位构成", case="无下属单位", 单位类别=unit.kind)]
    members = [unit.full_name.words, *below]
    return [
        voice.paragraph(
            "预算单位构成", case="有下属单位", 个数=len(members), 清单="、".join(members)
        )
    ]


def staff(voice: Voice) -> list[Paragraph]:
    """（三）人员情况: 编制, posts, people on duty and what changed."""
    people = voice.report.content.staff
    if people is None:
        return [Paragraph("人员情况", voice.missing("人员情况", "人员情况"))]
    hired = [
        voice.say("人数", 类别=kind, 人数=voice.figure(f"人员/临时聘用/{kind}"))
        for kind in people.hired
    ]
    authorised = [
        voice.say("职数", 职务=kind, 人数=voice.figure(f"人员/编制/{kind}"))
        for kind in people.authorised
    ]
    leaders, middle = (posts(voice, held) for held in (people.leaders, people.middle_posts))
    held = NOTHING
    if leaders and middle:
        held = voice.say("领导和中层职数", 领导清单=leaders, 职数清单=middle)
    elif leaders or middle:
        held = voice.say("领导职数", 领导清单=leaders or middle)
    return [
        voice.paragraph(
            "人员情况",
            case="有聘用" if voice.figure("人员/临时聘用") else "无聘用",
            编制清单=voice.listed(authorised) or voice.missing("编制", "人员情况"),
            职数=held,
            领导清单=leaders,
            职数清单=middle,
            在编在岗=voice.figure("人员/在编在岗"),
            临时聘用=voice.figure("人员/临时聘用"),
            聘用清单=voice.listed(hired),
            退休=voice.figure("人员/退休"),
            现有=voice.figure("人员/现有"),
            变动=voice.say("人员变动句", 人员变动=staff_changes(voice, people))
            if people.changes or people.is_open("changes")
            else NOTHING,
        )
    ]


def posts(voice: Voice, held: Iterable[Post]) -> Text:
    return voice.listed(
        [voice.say("职数", 职务=p.title, 人数=voice.figure(f"人员/职数/{p.title}")) for p in held],
        "，",
    )


def staff_changes(voice: Voice, people: StaffFile) -> Text:
    """<年度>年5月正式在编在岗人员增加1人; also a tag for the unit's reasons."""
    if people.is_open("changes"):
        return voice.awaited("人员变动")
    return voice.listed(
        [
            voice.say(
                "人员变动",
                月份=voice.figure(f"人员/变动/{number}/月份"),
                人员=change.who,
                增减=change.direction,
                人数=voice.figure(f"人员/变动/{number}/人数"),
            )
            for number, change in enumerate(people.changes, 1)
        ],
        "，",
    )
