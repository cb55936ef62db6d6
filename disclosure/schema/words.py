"""The narrative files: reasons, notes, terms and sentences in the unit's own words."""

from __future__ import annotations

from pydantic import Field

from disclosure.schema.part import File, Listed, OneOrMore, Reason, Rewrite
from disclosure.schema.typed import Amount, Said


class ReasonsFile(File):
    """narrative/reasons.yaml: why the totals changed against last year."""

    totals: Reason | None = Field(alias="收支总计变动", default=None)
    revenue: Reason | None = Field(alias="本年收入变动", default=None)
    expenditure: Reason | None = Field(alias="本年支出变动", default=None)
    fiscal_totals: Reason | None = Field(alias="财政拨款总计变动", default=None)
    general_budget_revenue: Reason | None = Field(alias="一般公共预算收入变动", default=None)
    government_fund_revenue: Reason | None = Field(alias="政府性基金收入变动", default=None)
    state_capital_revenue: Reason | None = Field(alias="国有资本经营收入变动", default=None)
    general_budget: Reason | None = Field(alias="一般公共预算支出变动", default=None)


class OtherNotesFile(File):
    """narrative/other_notes.yaml: sections that are mostly the unit's own words."""

    special_transfers: Listed[Said] = Field(alias="专项支出和转移支付", default=[])
    other_notes: Listed[Said] = Field(alias="其他需要说明的情况", default=[])
    agency_operating_amount: Amount | None = Field(alias="机关运行经费", default=None)
    agency_operating: Reason | None = Field(alias="机关运行经费变动", default=None)


class TermsFile(File):
    """narrative/terms.yaml: the unit's own parts of 名词解释."""

    class_uses: dict[str, Said] = Field(alias="科目用途", default={})
    remarks: dict[str, Said] = Field(alias="补注", default={})
    other_terms: list[Said] = Field(alias="其他专用名词", default=[])


class PerformanceNotesFile(File):
    """narrative/performance.yaml: 十三、预算绩效, what the unit says beside the figures."""

    management: Said | None = Field(alias="项目自评总体评价", default=None)
    overall: Said | None = Field(alias="整体绩效评价", default=None)
    subordinate_units: Said | None = Field(alias="下属单位整体绩效", default=None)
    key_projects: Said | None = Field(alias="重点项目绩效评价", default=None)
    applied: Listed[Said] = Field(alias="已应用情况", default=[])
    to_apply: Listed[Said] = Field(alias="拟应用情况", default=[])
    shared: dict[str, Said] = Field(alias="片段", default={})


class RewritesFile(File):
    """narrative/rewrites.yaml: 改写, generated sentences said in the unit's own way."""

    sentences: dict[str, Rewrite] = Field(alias="改写", default={})


class ExtrasFile(File):
    """narrative/extras.yaml: 添加段落, paragraphs of the unit's own by the one they stand behind."""

    paragraphs: dict[str, OneOrMore] = Field(alias="添加段落", default={})
