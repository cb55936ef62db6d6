"""绩效自评: what the evaluators typed, against the accounts, last year and each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.check.finding import Stated, typed_line
from disclosure.check.prose import TAG
from disclosure.check.rule import (
    Comparison,
    Looked,
    Relation,
    Remark,
    Said,
    of,
    rule,
)
from disclosure.check.scores import FORM
from disclosure.check.subject import Subject
from disclosure.derive.evaluation import Evaluation
from disclosure.derive.scoring import quantity
from disclosure.model.nearness import nearest
from disclosure.model.place import Level, Location
from disclosure.schema.evaluation import ProjectFile


@rule(
    "E5.1",
    "整体自评引用的指标应与项目自评归在同一级指标下",
    compares=("整体自评表里该指标的一级、二级指标", "项目自评表里该指标的一级、二级指标"),
    source=FORM,
    advice="核对两处的一级、二级指标，改成一样",
    level=Level.HINT,
)
def levels_agree(subject: Subject) -> Iterator[Said]:
    for line, indicator, (project, original) in subject.referring:
        here = f"{line.first_level}/{line.second_level}"
        there = f"{original.first_level}/{original.second_level}"
        if here == there:
            yield Looked(1)
        else:
            yield Remark(
                f"指标“{indicator.name}”在整体自评归在{here}，在{project}归在{there}",
                indicator.name,
                (here, there),
                indicator.source,
                kin="一级、二级指标不同",
            )


@rule(
    "E5.3",
    "二级指标应是该一级指标下规定的名称",
    compares=("自评表的二级指标", "单位包规定的二级指标"),
    source=FORM + "；财预〔2021〕101号",
    advice="照规定的名称改；确实另有名称的，确认一次即可",
    level=Level.HINT,
)
def second_levels_are_in_the_frame(subject: Subject) -> Iterator[Said]:
    frame = subject.layout.scoring.second_levels
    for evaluation, line, indicator in subject.indicators:
        known = frame.get(line.first_level)
        if not known or not line.second_level:
            continue
        if line.second_level in known:
            yield Looked(1)
            continue
        near = nearest(line.second_level, known)
        meant = f"，是不是“{near}”" if near else f"，规定的是{'、'.join(known)}"
        yield Remark(
            f"{evaluation.key}指标“{indicator.name}”的{line.first_level}/{line.second_level}"
            f"不是规定的名称{meant}",
            indicator.name,
            (f"{line.first_level}/{line.second_level}",),
            indicator.source,
            kin=f"{evaluation.key} {line.first_level}/{line.second_level}",
        )


@rule(
    "E5.4",
    "“摘要二级指标次序”里的名称应是自评表里有的",
    compares=("摘要二级指标次序", "自评表的二级指标"),
    source=FORM,
    advice="照自评表的二级指标写，或删去",
)
def summary_order_names_second_levels(subject: Subject) -> Iterator[Said]:
    for evaluation in subject.evaluations:
        there = {line.second_level or line.first_level for line in evaluation.file.indicators}
        for name in evaluation.file.second_levels:
            if name in there:
                yield Looked(1)
                continue
            message = f"{evaluation.key}的摘要二级指标次序里的“{name}”，自评表里没有"
            place = evaluation.indicators[0].source if evaluation.indicators else None
            where = Location(place.file, None, SUMMARY_ORDER) if place else None
            yield Remark(message, f"{evaluation.key} {SUMMARY_ORDER}", (name,), where)


SUMMARY_ORDER = "摘要二级指标次序"


@rule(
    "S7",
    "同一指标在整体自评和项目自评里的目标、完成值应一样",
    compares=("整体自评表里的目标、实际", "项目自评表里同一指标的目标、实际"),
    source="同一指标在各处应相同",
    advice="核实后改成一个数；整体自评只写“引用”，就取项目文件里的数",
    level=Level.HINT,
)
def values_agree(subject: Subject) -> Iterator[Said]:
    for line, indicator, (project, original) in subject.referring:
        differs = False
        for what, own, other in (
            ("目标", line.target, original.target),
            ("实际", line.actual, original.actual),
        ):
            if own is None or other is None or own.words == other.words:
                continue
            differs = True
            yield Remark(
                f"指标“{indicator.name}”的{what}，整体自评写 {own.words}，{project}写 {other.words}",
                f"{indicator.name} {what}",
                (own.words, other.words),
                own.source,
                found=_told(f"整体自评 {what}", own.words, own.source),
                expected=_told(f"{project} {what}", other.words, other.source),
            )
        if not differs:
            yield Looked(1)


def _told(where: str, words: str, place: Location) -> Stated:
    value = quantity(words)
    return Stated(where, value.number if value else None, value.unit if value else "", place)


@rule(
    "E8",
    "执行数不应大于预算数",
    compares=("自评的执行数", "自评的预算数（调整后）"),
    source=f"{FORM}备注1：预算数含上年结转",
    advice="核对预算数是否含追加和结转；确有超预算的，确认时写明",
    level=Level.HINT,
)
def spending_is_within_budget(subject: Subject) -> Iterator[Said]:
    for evaluation in subject.evaluations:
        yield Comparison(
            of(evaluation.final_account),
            (of(evaluation.budget),),
            Relation.AT_MOST,
            about=f"{evaluation.key} 执行数",
        )


@rule(
    "E9.1",
    "各项目执行数之和应等于项目支出",
    compares=("各项目自评的执行数之和", "一般公共预算财政拨款项目支出合计"),
    source="对一般公共预算项目支出全面开展绩效自评",
    advice="核对各项目的执行数，看有没有漏掉的项目",
)
def projects_are_all_there(subject: Subject) -> Iterator[Said]:
    if not subject.report.projects:
        return
    spent = tuple(of(project.final_account) for project in subject.report.projects)
    whole = subject.term("一般公共预算/合计/项目支出")
    if whole is not None:
        yield Comparison(whole, spent, words="各项目执行数之和", about="项目支出合计")


@rule(
    "E9.2",
    "每个项目只应自评一次",
    compares=("一个项目自评文件的项目名称", "另一个项目自评文件的项目名称"),
    source="项目支出明细表",
    advice="删去重复的文件，或改正项目名称",
)
def each_project_once(subject: Subject) -> Iterator[Said]:
    seen: dict[str, Evaluation] = {}
    for project in subject.report.projects:
        first = seen.setdefault(project.key, project)
        if first is project:
            yield Looked(1)
        else:
            place = project.file.name.source if isinstance(project.file, ProjectFile) else None
            yield Remark(f"项目“{project.key}”自评了两次", project.key, (), place)


NO_PRIOR = re.compile(r"无|没有|未(?:安排|设立|开展|实施)")
PRIOR_RESULT = re.compile(r"自评结果|评价结果|自评得分|评价为|结果为")


@rule(
    "E10",
    "新增性项目没有上年自评结果，持续性项目应有",
    compares=("项目属性", "上年度绩效评价结果应用情况"),
    source=FORM,
    advice="核对项目属性，或改写上年度绩效评价结果应用情况",
    level=Level.HINT,
)
def attribute_fits_last_year(subject: Subject) -> Iterator[Said]:
    for project in subject.report.projects:
        if not isinstance(project.file, ProjectFile):
            continue
        chosen, told = project.file.attribute, project.file.prior_results
        words = TAG.sub("", told.words)
        has_result = bool(PRIOR_RESULT.search(words))
        has_none = bool(NO_PRIOR.search(words)) and not has_result
        if chosen is None or has_result == has_none:
            continue
        is_new = chosen.words.startswith("新增")
        if is_new == has_none:
            yield Looked(1)
        else:
            said = "上年有自评结果" if has_result else "上年没有这个项目"
            yield Remark(
                f"{project.key}是{chosen.words}，却说{said}",
                project.key,
                (chosen.words, said),
                told.source,
            )


@rule(
    "E11",
    "自评表应有填报日期",
    compares=("自评表的填报日期", "自评表的样式"),
    source=FORM,
    advice="补写填报日期",
    level=Level.HINT,
)
def forms_are_dated(subject: Subject) -> Iterator[Said]:
    for evaluation in subject.evaluations:
        if evaluation.file.filled_on is not None:
            yield Looked(1)
        else:
            place = typed_line(evaluation.budget)
            file = Location(place.file) if place else None
            yield Remark(
                f"{evaluation.key}自评表没有填报日期", f"{evaluation.key} 填报日期", (), file
            )


ATTACHMENT = re.compile(r"附件(\d{1,2})(?!\d)")


@rule(
    "E12",
    "文字里提到的附件应存在",
    compares=("文字里写的“附件几”", "本报告附件的号码"),
    source="附件号前后一致",
    advice="核对附件号；能用标签的用标签",
    level=Level.HINT,
)
def attachments_exist(subject: Subject) -> Iterator[Said]:
    if "附件" not in subject.prose:
        return
    numbers = {evaluation.number for evaluation in subject.evaluations}
    for hit in subject.prose.hits(ATTACHMENT):
        number = int(hit.match.group(1))
        if number in numbers or hit.source is None:
            yield Looked(1)
        else:
            message = f"“{hit.around}”提到的附件{number}不存在"
            yield Remark(message, hit.about, (hit.words,), hit.source)


@rule(
    "S5",
    "项目在情况说明和附件里的名称应一样",
    compares=("情况说明里用的项目名称", "自评表里的项目名称"),
    source="项目名称前后一致",
    advice="删去“正文名称”，两处就用同一个名称",
    level=Level.HINT,
)
def project_names_agree(subject: Subject) -> Iterator[Said]:
    for project in subject.report.projects:
        file = project.file
        if not isinstance(file, ProjectFile):
            continue
        other = file.name_in_report
        if other is None or other == file.name.words:
            yield Looked(1)
        else:
            yield Remark(
                f"项目在情况说明里叫“{other}”，在附件里叫“{file.name.words}”",
                file.name.words,
                (other, file.name.words),
                file.name.source,
                kin="项目名称不同",
            )


PERFORMANCE = (
    levels_agree,
    second_levels_are_in_the_frame,
    summary_order_names_second_levels,
    values_agree,
    project_names_agree,
    spending_is_within_budget,
    projects_are_all_there,
    each_project_once,
    attribute_fits_last_year,
    forms_are_dated,
    attachments_exist,
)
