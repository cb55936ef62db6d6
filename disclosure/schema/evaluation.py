"""The performance files: self-evaluations of the unit (附件 1) and its projects (附件 2…n)."""

from __future__ import annotations

from pydantic import Field

from disclosure.schema.part import File, Listed, Part, Rewrite
from disclosure.schema.typed import (
    Amount,
    AnyWords,
    Count,
    Day,
    NamedWords,
    Said,
    TypedWords,
    Weight,
    Words,
)


class IndicatorLine(Part):
    """One indicator of a self-evaluation. `引用` takes names and values from a project's
    indicator (项目/指标), so that 整体自评 need not repeat them."""

    first_level: Words = Field(alias="一级")
    second_level: AnyWords = Field(alias="二级", default="")
    name: NamedWords | None = Field(alias="名称", default=None)
    target: NamedWords | None = Field(alias="目标", default=None)
    actual: NamedWords | None = Field(alias="实际", default=None)
    weight: Weight = Field(alias="权重")
    own_score: Weight | None = Field(alias="自评得分", default=None)
    tier: Words | None = Field(alias="档次", default=None)
    reference: NamedWords | None = Field(alias="引用", default=None)
    name_in_summary: Words | None = Field(alias="摘要名称", default=None)
    place_in_summary: Count | None = Field(alias="摘要次序", default=None)


class SelfEvaluation(File):
    """What the overall and the project self-evaluation have in common."""

    budget: Amount | None = Field(alias="预算数")
    filled_on: Day | None = Field(alias="填报日期", default=None)
    indicators: list[IndicatorLine] = Field(alias="指标", min_length=1)
    second_levels: list[Words] = Field(alias="摘要二级指标次序", default=[])
    prior_results: Said = Field(alias="上年度绩效评价结果应用情况")
    problems: Listed[Said] = Field(alias="存在的问题和原因", default=[])
    improvements: Listed[Said] = Field(alias="下一步改进措施", default=[])
    budgeting: Listed[Said] = Field(alias="拟与预算安排相结合", default=[])
    gap_reason: Said | None = Field(alias="偏差大或目标未完成原因分析", default=None)
    measures: Said | None = Field(alias="改进措施及结果应用方案", default=None)
    rewrites: dict[str, Rewrite] = Field(alias="改写", default={})


class OverallFile(SelfEvaluation):
    """performance/overall.yaml: 部门（单位）整体绩效自评 (附件 1)."""

    achievements: Said = Field(alias="年度目标完成情况")


class ProjectFile(SelfEvaluation):
    """performance/NN_*.yaml: one project's self-evaluation (附件 2…n, in the order of file names)."""

    name: NamedWords = Field(alias="项目名称")
    name_in_report: Words | None = Field(alias="正文名称", default=None)
    kind: NamedWords | None = Field(alias="支出项目类别", default=None)
    attribute: NamedWords | None = Field(alias="项目属性", default=None)
    frequency: NamedWords | None = Field(alias="项目安排频度", default=None)
    final_account: Amount | None = Field(alias="执行数")
    outputs: Listed[Said] = Field(alias="主要产出和效益")
    found_problems: Said | None = Field(alias="发现的问题", default=None)
    found_causes: Said | None = Field(alias="问题原因", default=None)
    found_remedies: Said | None = Field(alias="改进措施", default=None)

    def chosen(self, name: str) -> TypedWords | None:
        """What was chosen in a row that the pack's form has boxes for (项目属性, …)."""
        value = getattr(self, self._field(name), None)
        return value if isinstance(value, TypedWords) else None

    def leaves_choice_open(self, name: str) -> bool:
        """Whether the row's key is there without a value."""
        field = self._field(name)
        return bool(field) and self.is_open(field)

    @staticmethod
    def _field(name: str) -> str:
        fields = ProjectFile.model_fields.items()
        return next((field for field, info in fields if info.alias == name), "")
