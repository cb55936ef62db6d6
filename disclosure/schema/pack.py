"""The shape of a region pack's pack.yaml: parts, tables, number styles, charts, scoring."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from disclosure.schema.part import Part
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import (
    MANY,
    ONE,
    ONE_OR_MANY,
    AnyWords,
    Code,
    Count,
    Said,
    Words,
    YesNo,
)


def _named(value: Any) -> Any:
    """A bare name stands for key and title alike."""
    return {"键": value, "标题": value} if isinstance(value, Scalar) else value


class Heading(Part):
    """One heading of the tree. `children_of_tables` headings are made from the table list."""

    key: Words = Field(alias="键")
    title: Words = Field(alias="标题")
    sections: Annotated[
        Annotated[Literal["公开表"], ONE] | Annotated[list[NamedHeading], MANY], ONE_OR_MANY
    ] = Field(alias="节", default=[])
    items: list[NamedHeading] = Field(alias="目", default=[])
    subitems: list[NamedHeading] = Field(alias="小目", default=[])


NamedHeading = Annotated[Heading, BeforeValidator(_named)]


class NumberStyle(Part):
    """How a number is printed: at most `places` decimals, zero-filled or trimmed."""

    places: Count = Field(alias="小数")
    filled: YesNo = Field(alias="补零", default=False)
    sign: AnyWords = Field(alias="符号", default="")
    absolute: YesNo = Field(alias="绝对值", default=False)


def _line(value: Any) -> Any:
    if value is None or (isinstance(value, Scalar) and not value):
        return {"名称": Scalar.at("", value.location) if isinstance(value, Scalar) else ""}
    return {"名称": value} if isinstance(value, Scalar) else value


def _blank_words(value: Any) -> Any:
    return "" if value is None else str(value)


class SideLine(Part):
    """One labelled line of a two-sided table; `figures` maps a column to a figure name."""

    name: Annotated[str, BeforeValidator(_blank_words)] = Field(alias="名称")
    figures: dict[str, Words] = Field(alias="数", default={})


Line = Annotated[SideLine, BeforeValidator(_line)]


class Side(Part):
    """One half of a 收入支出总表: numbered lines from the top, closing lines at the bottom."""

    prefix: Words = Field(alias="前缀")
    columns: dict[str, Words] = Field(alias="列")
    numbered: Annotated[
        Annotated[Literal["类级科目"], ONE] | Annotated[list[Line], MANY], ONE_OR_MANY
    ] = Field(alias="编号行")
    closing: list[Line] = Field(alias="末尾行")


class TableLayout(Part):
    """One 公开表: its number, title, header grid and where each column's figures come from."""

    name: Words = Field(alias="名称")
    title: Words | None = Field(alias="标题", default=None)
    code: Words = Field(alias="编号")
    layout: Literal["左右对照", "科目", "经济分类", "单行"] = Field(alias="版式")
    landscape: YesNo = Field(alias="横向", default=False)
    header: list[list[Annotated[str, BeforeValidator(_blank_words)]]] = Field(alias="表头")
    left: Side | None = Field(alias="左", default=None)
    right: Side | None = Field(alias="右", default=None)
    columns: dict[str, Words] = Field(alias="列", default={})
    groups: list[list[Code]] = Field(alias="分组", default=[])
    personnel: list[Code] = Field(alias="人员经费", default=[])
    operating: list[Code] = Field(alias="公用经费", default=[])
    total_lines: list[Words] = Field(alias="合计行", default=["合计"])
    empty_subject: Words | None = Field(alias="空表说明", default=None)
    notes: list[Words] = Field(alias="注", default=[])


class ChartLayout(Part):
    key: Words = Field(alias="键")
    section: Words = Field(alias="节")
    title: Words = Field(alias="标题")
    kind: Literal["柱形", "饼形"] = Field(alias="形式")
    figures: dict[str, Words] = Field(alias="数")


class Tier(Part):
    """A range within which the evaluator scores a qualitative indicator, in % of its weight."""

    name: Words = Field(alias="名称")
    highest: Count = Field(alias="最高")
    lowest: Count = Field(alias="最低")


class Deviation(Part):
    """Between which percents of its target an actual value needs no reason (偏差大须分析原因)."""

    above: Count = Field(alias="高于")
    below: Count = Field(alias="低于")


class Scoring(Part):
    """The scoring rule printed under the self-evaluation tables."""

    execution_points: Count = Field(alias="预算执行分值")
    indicator_points: Count = Field(alias="指标分值")
    execution_places: Count = Field(alias="执行得分小数")
    indicator_places: Count = Field(alias="指标得分小数")
    capped: YesNo = Field(alias="得分不超过权重")
    tiers: list[Tier] = Field(alias="定性档次")
    first_levels: list[Words] = Field(alias="一级指标")
    second_levels: dict[str, list[Words]] = Field(alias="二级指标", default={})
    explained: Deviation | None = Field(alias="偏差须说明", default=None)


class AttachmentHeadings(Part):
    """Headings inside an attachment; the remarks name the sentences under its table."""

    overall: list[NamedHeading] = Field(alias="整体")
    project: list[NamedHeading] = Field(alias="项目")
    overall_remarks: list[Words] = Field(alias="整体备注", default=[])
    project_remarks: list[Words] = Field(alias="项目备注", default=[])


class PackLayout(Part):
    """pack.yaml as a value."""

    name: Words = Field(alias="名称")
    report_name: Words = Field(alias="报告名称")
    cover_title: Words = Field(alias="封面标题")
    workbook_name: Words = Field(alias="表格名称")
    parts: list[NamedHeading] = Field(alias="部分")
    attachments: AttachmentHeadings = Field(alias="附件结构")
    number_styles: dict[str, NumberStyle] = Field(alias="数字格式")
    project_choices: dict[str, list[Words]] = Field(alias="项目选项", default={})
    zero_cells: Literal["空白", "印出"] = Field(alias="表内零值")
    unfilled_cells: Literal["空白", "按零"] = Field(alias="表内未填", default="空白")
    reason_below_budget: YesNo = Field(alias="科目决算低于预算须说明原因", default=True)
    top_classes: list[Code] = Field(alias="类级科目")
    tables: list[TableLayout] = Field(alias="公开表")
    charts: list[ChartLayout] = Field(alias="图", default=[])
    charts_as: Literal["图片", "原生"] = Field(alias="图形", default="图片")
    scoring: Scoring = Field(alias="评分")


class Term(Part):
    """One entry of 名词解释; `classes` marks the entry that lists the 科目 in use."""

    name: Words = Field(alias="名称")
    meaning: Said | None = Field(alias="释义", default=None)
    classes: Words | None = Field(alias="列科目", default=None)
    others: Words | None = Field(alias="列其他名词", default=None)


class TermsList(Part):
    terms: list[Term] = Field(alias="名词解释")
