"""The shape of a unit's content files: what a clerk may write in each, under Chinese keys.

Every model is frozen and knows no file; :mod:`disclosure.load.unit` reads the files into them.
Amounts are 万元 after reading (a file may say `金额单位: 元`). A field without a value is None,
未填报, which is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WrapValidator
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from disclosure.model.text import UNCONFIRMED
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import (
    MANY,
    ONE,
    ONE_OR_MANY,
    Amount,
    AnyWords,
    Code,
    Count,
    Day,
    NamedWords,
    PlacedWords,
    Said,
    TypedWords,
    Weight,
    Words,
)

Direction = Literal["增加", "减少", "持平"]
Item = TypeVar("Item")


class Unfilled(list[Any]):
    """A list that is still to be written: its key stands there without a value.

    A list of which nothing is written, `[]`, says that there is nothing.
    """


def _maybe_unfilled(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    return Unfilled() if value is None else validate(value)


Listed = Annotated[list[Item], WrapValidator(_maybe_unfilled)]


def is_listed(field: FieldInfo) -> bool:
    """Whether a field is a list that can be left open."""
    return any(getattr(one, "func", None) is _maybe_unfilled for one in field.metadata)


class Part(BaseModel):
    """A frozen piece of content; an unknown key is an error, so a slip of the pen is seen."""

    # defer_build: only the model of a whole file is ever built, with its parts inside.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    def is_open(self, field: str) -> bool:
        """Whether the key of `field` stands there without a value: it is still to be filled in."""
        value = getattr(self, field)
        return field in self.model_fields_set and (value is None or isinstance(value, Unfilled))


def _reason(value: Any) -> Any:
    """A reason may be a bare sentence, a list of points, or spelt out with its direction."""
    if isinstance(value, Scalar | list):
        return {"文字": value}
    return value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, Scalar) else value


class ReasonWords(Part):
    """Why a figure changed. Several points are told apart as 一是…；二是…."""

    words: Annotated[list[Said], BeforeValidator(_listed)] = Field(alias="文字", default=[])
    direction: Direction | None = Field(alias="说明方向", default=None)
    confirmed_gap: Amount | None = Field(alias="说明差额", default=None)
    not_given: Words | None = Field(alias="不说明", default=None)

    @property
    def unconfirmed(self) -> bool:
        """Carried over from last year, and nobody has said yet that it holds for this year."""
        refused = (self.not_given or "").startswith(UNCONFIRMED)
        return refused or any(words.unconfirmed for words in self.words)


Reason = Annotated[ReasonWords, BeforeValidator(_reason)]


class RewrittenWords(Part):
    """A generated sentence said in the unit's own way, and why. A bare sentence needs no reason."""

    words: Said = Field(alias="文字")
    reason: Words | None = Field(alias="原因", default=None)


TO_BE_FILLED = "待填"
Rewrite = Annotated[RewrittenWords, BeforeValidator(_reason)]


class File(Part):
    """What every content file may begin with."""

    money_unit: Literal["万元", "元"] = Field(alias="金额单位", default="万元")


# ------------------------------------------------------------------ unit.yaml


class Duties(Part):
    introduction: Said = Field(alias="引言")
    items: list[Said] = Field(alias="职责")


class UnitFile(File):
    """unit.yaml: what stays the same from year to year."""

    full_name: NamedWords = Field(alias="单位名称")
    short_name: Words = Field(alias="单位简称")
    nature: Literal["行政单位", "参照公务员法管理的事业单位", "事业单位"] = Field(alias="单位性质")
    kind: Words = Field(alias="单位类别")
    scope: Literal["部门", "单位"] = Field(alias="口径")
    level: Words = Field(alias="财政级次")
    level_adjective: Words = Field(alias="级次简称")
    pack: PlacedWords = Field(alias="单位包")
    supervisor: Words = Field(alias="主管部门")
    executor: Words = Field(alias="项目实施单位")
    reviser: Words | None = Field(alias="修订人", default=None)
    duties: Duties = Field(alias="主要职责")
    offices: list[Said] = Field(alias="内设机构")
    subordinate_units: list[Words] = Field(alias="下属单位", default=[])
    extra_classes: dict[str, NamedWords] = Field(alias="补充科目", default={})


# ------------------------------------------------------------------ <year>/*.yaml


class CarryoverByFund(Part):
    """A balance split by where the money came from, 万元."""

    general_public_budget: Amount | None = Field(alias="一般公共预算财政拨款", default=None)
    government_fund: Amount | None = Field(alias="政府性基金预算财政拨款", default=None)
    state_capital: Amount | None = Field(alias="国有资本经营预算财政拨款", default=None)
    other: Amount | None = Field(alias="其他资金", default=None)


class RevenueByClass(Part):
    """公开02表, one 项."""

    code: Code = Field(alias="科目")
    fiscal_appropriation: Amount | None = Field(alias="财政拨款收入", default=None)
    superior_subsidy: Amount | None = Field(alias="上级补助收入", default=None)
    service_revenue: Amount | None = Field(alias="事业收入", default=None)
    business_revenue: Amount | None = Field(alias="经营收入", default=None)
    affiliated_revenue: Amount | None = Field(alias="附属单位上缴收入", default=None)
    other_revenue: Amount | None = Field(alias="其他收入", default=None)


class RevenueFile(File):
    """revenue.yaml: 本年收入 by source, and what was brought forward."""

    general_public_budget: Amount | None = Field(alias="一般公共预算财政拨款收入", default=None)
    government_fund: Amount | None = Field(alias="政府性基金预算财政拨款收入", default=None)
    state_capital: Amount | None = Field(alias="国有资本经营预算财政拨款收入", default=None)
    superior_subsidy: Amount | None = Field(alias="上级补助收入", default=None)
    service_revenue: Amount | None = Field(alias="事业收入", default=None)
    business_revenue: Amount | None = Field(alias="经营收入", default=None)
    affiliated_revenue: Amount | None = Field(alias="附属单位上缴收入", default=None)
    other_revenue: Amount | None = Field(alias="其他收入", default=None)
    use_of_balance: Amount | None = Field(alias="使用非财政拨款结余和专用结余", default=None)
    opening_carryover: CarryoverByFund = Field(
        alias="年初结转和结余", default_factory=CarryoverByFund
    )
    opening_adjustment: Reason | None = Field(alias="年初结转调整原因", default=None)
    by_class: Annotated[
        Annotated[Literal["同支出"], ONE] | Annotated[list[RevenueByClass], MANY], ONE_OR_MANY
    ] = Field(alias="分科目收入", default="同支出")


class GeneralBudgetItem(Part):
    """Spending of one 项 from 一般公共预算财政拨款."""

    code: Code = Field(alias="科目")
    name: NamedWords | None = Field(alias="名称", default=None)
    budget_at_year_start: Amount | None = Field(alias="年初预算数", default=None)
    basic: Amount | None = Field(alias="基本支出", default=None)
    project: Amount | None = Field(alias="项目支出", default=None)
    reason: Reason | None = Field(alias="原因", default=None)


class FundItem(Part):
    """One 项 of 政府性基金 or 国有资本经营预算财政拨款."""

    code: Code = Field(alias="科目")
    name: NamedWords | None = Field(alias="名称", default=None)
    opening_carryover: Amount | None = Field(alias="年初结转和结余", default=None)
    revenue: Amount | None = Field(alias="本年收入", default=None)
    basic: Amount | None = Field(alias="基本支出", default=None)
    project: Amount | None = Field(alias="项目支出", default=None)
    reason: Reason | None = Field(alias="原因", default=None)


class OtherItem(Part):
    """Spending of one 项 from money that is not 财政拨款."""

    code: Code = Field(alias="科目")
    name: NamedWords | None = Field(alias="名称", default=None)
    basic: Amount | None = Field(alias="基本支出", default=None)
    project: Amount | None = Field(alias="项目支出", default=None)
    to_superior: Amount | None = Field(alias="上缴上级支出", default=None)
    business: Amount | None = Field(alias="经营支出", default=None)
    to_affiliated: Amount | None = Field(alias="对附属单位补助支出", default=None)


class ExpenditureFile(File):
    """expenditure.yaml: 本年支出 by 科目 and source of the money."""

    general_public_budget: Listed[GeneralBudgetItem] = Field(
        alias="一般公共预算财政拨款", default=[]
    )
    government_fund: Listed[FundItem] = Field(alias="政府性基金预算财政拨款", default=[])
    state_capital: Listed[FundItem] = Field(alias="国有资本经营预算财政拨款", default=[])
    other: Listed[OtherItem] = Field(alias="其他资金", default=[])
    surplus_distribution: Amount | None = Field(alias="结余分配", default=None)
    closing_carryover: CarryoverByFund = Field(
        alias="年末结转和结余", default_factory=CarryoverByFund
    )


class BasicExpenditureFile(File):
    """basic_expenditure.yaml: 基本支出 by 经济分类 款 (公开06表)."""

    by_class: dict[str, Amount | None] = Field(alias="决算数", default={})


class OverseasTravel(Part):
    adjusted_budget: Amount | None = Field(alias="全年预算数", default=None)
    final_account: Amount | None = Field(alias="决算数", default=None)
    groups: Count | None = Field(alias="团组数", default=None)
    persons: Count | None = Field(alias="人次数", default=None)
    remark: Said | None = Field(alias="出国说明", default=None)


class VehiclePurchase(Part):
    adjusted_budget: Amount | None = Field(alias="全年预算数", default=None)
    final_account: Amount | None = Field(alias="决算数", default=None)
    bought: Count | None = Field(alias="购置辆数", default=None)
    remark: Said | None = Field(alias="购置说明", default=None)


class VehicleRunning(Part):
    adjusted_budget: Amount | None = Field(alias="全年预算数", default=None)
    final_account: Amount | None = Field(alias="决算数", default=None)
    kept: Count | None = Field(alias="保有量", default=None)
    used_for: Said | None = Field(alias="主要用于", default=None)


class Reception(Part):
    final_account: Amount | None = Field(alias="决算数", default=None)
    groups: Count | None = Field(alias="批次数", default=None)
    persons: Count | None = Field(alias="人次数", default=None)
    guests: Said | None = Field(alias="接待对象", default=None)
    remark: Said | None = Field(alias="接待说明", default=None)


class OfficialReception(Part):
    adjusted_budget: Amount | None = Field(alias="全年预算数", default=None)
    final_account: Amount | None = Field(alias="决算数", default=None)
    foreign: Reception = Field(alias="外宾接待", default_factory=Reception)
    domestic: Reception = Field(alias="国内公务接待", default_factory=Reception)


class ComparedReasons(Part):
    against_budget: Reason | None = Field(alias="与预算比", default=None)
    against_prior: Reason | None = Field(alias="与上年比", default=None)


class ThreePublicReasons(Part):
    total: ComparedReasons = Field(alias="合计", default_factory=ComparedReasons)
    overseas: ComparedReasons = Field(alias="因公出国（境）费", default_factory=ComparedReasons)
    vehicles: ComparedReasons = Field(
        alias="公务用车购置及运行维护费", default_factory=ComparedReasons
    )
    reception: ComparedReasons = Field(alias="公务接待费", default_factory=ComparedReasons)


class ThreePublicFile(File):
    """three_public.yaml: “三公”经费, 全年预算数 (not 年初预算数) and 决算数 with the counts."""

    overseas: OverseasTravel = Field(alias="因公出国（境）费", default_factory=OverseasTravel)
    purchase: VehiclePurchase = Field(alias="公务用车购置费", default_factory=VehiclePurchase)
    running: VehicleRunning = Field(alias="公务用车运行维护费", default_factory=VehicleRunning)
    reception: OfficialReception = Field(alias="公务接待费", default_factory=OfficialReception)
    reasons: ThreePublicReasons = Field(alias="原因", default_factory=ThreePublicReasons)


class Purchases(Part):
    amount: Amount | None = Field(alias="支出", default=None)
    to_small_and_medium: Amount | None = Field(alias="授予中小企业", default=None)
    to_small_and_micro: Amount | None = Field(alias="其中小微企业", default=None)


class ProcurementFile(File):
    """procurement.yaml: 政府采购支出 by 货物, 工程, 服务, and what went to 中小企业."""

    goods: Purchases = Field(alias="货物", default_factory=Purchases)
    works: Purchases = Field(alias="工程", default_factory=Purchases)
    services: Purchases = Field(alias="服务", default_factory=Purchases)


class StateAssetsFile(File):
    """state_assets.yaml: vehicles by use and large equipment at year end."""

    vehicles: dict[str, Count | None] = Field(alias="车辆")
    other_vehicles: Said | None = Field(alias="其他用车说明", default=None)
    large_equipment: Count | None = Field(alias="单位价值100万元以上专用设备")


class Post(Part):
    title: Words = Field(alias="职务")
    number: Count | None = Field(alias="人数")


class StaffChange(Part):
    month: Count = Field(alias="月份")
    who: Words = Field(alias="人员")
    direction: Literal["增加", "减少"] = Field(alias="增减")
    number: Count = Field(alias="人数")


class StaffFile(File):
    """staff.yaml: 编制, posts, people and what changed during the year."""

    authorised: dict[str, Count | None] = Field(alias="编制")
    leaders: list[Post] = Field(alias="领导职数", default=[])
    middle_posts: list[Post] = Field(alias="中层职数", default=[])
    on_duty: Count | None = Field(alias="在编在岗")
    hired: dict[str, Count | None] = Field(alias="临时聘用", default={})
    retired: Count | None = Field(alias="退休", default=None)
    changes: Listed[StaffChange] = Field(alias="本年变动", default=[])
    offices_remark: Said | None = Field(alias="机构变动说明", default=None)


class ApprovedFile(File):
    """approved_totals.yaml: totals as approved, where they are not the sum of the printed parts."""

    totals: dict[str, Amount] = Field(alias="批复数", default={})


class SourceCell(Part):
    """One figure of an approved table: its amount and the cell it stands in."""

    amount: Amount = Field(alias="数")
    cell: Words = Field(alias="格")


class SourcesFile(File):
    """sources.yaml: workbook → sheet → figure → cell, written by import, read by trace."""

    cells: dict[str, dict[str, dict[str, SourceCell]]] = Field(alias="取自", default={})

    @property
    def by_figure(self) -> dict[str, tuple[Decimal, str]]:
        """Per figure name the amount read and its place in words: 工作簿 › 表 › 格."""
        return {
            name: (cell.amount.amount, f"{book} › {sheet} › {cell.cell}")
            for book, sheets in self.cells.items()
            for sheet, figures in sheets.items()
            for name, cell in figures.items()
        }


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

    paragraphs: dict[str, Annotated[list[Said], BeforeValidator(_listed)]] = Field(
        alias="添加段落", default={}
    )


# ------------------------------------------------------------------ performance/*.yaml


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


class AcknowledgedHint(Part):
    """One 提示 that somebody has looked at. `about` maps each 对象 to the figures it was confirmed
    for; when these change, the hint comes back."""

    rule: NamedWords = Field(alias="规则")
    about: dict[str, list[Words]] = Field(alias="对象")
    why: Words = Field(alias="理由")
    who: Words = Field(alias="确认人")
    when: Day = Field(alias="日期")


class AcknowledgedFile(File):
    """acknowledged.yaml: hints of the checks that were looked at and stay as they are."""

    hints: list[AcknowledgedHint] = Field(alias="已确认提示", default=[])


YEAR_FILES: dict[str, type[File]] = {
    "revenue.yaml": RevenueFile,
    "expenditure.yaml": ExpenditureFile,
    "basic_expenditure.yaml": BasicExpenditureFile,
    "three_public.yaml": ThreePublicFile,
    "procurement.yaml": ProcurementFile,
    "state_assets.yaml": StateAssetsFile,
    "staff.yaml": StaffFile,
    "approved_totals.yaml": ApprovedFile,
    "sources.yaml": SourcesFile,
    "acknowledged.yaml": AcknowledgedFile,
    "narrative/reasons.yaml": ReasonsFile,
    "narrative/other_notes.yaml": OtherNotesFile,
    "narrative/terms.yaml": TermsFile,
    "narrative/performance.yaml": PerformanceNotesFile,
    "narrative/rewrites.yaml": RewritesFile,
    "narrative/extras.yaml": ExtrasFile,
    "performance/overall.yaml": OverallFile,
}


@dataclass(frozen=True)
class YearContent:
    """Everything typed for one year. In a comparison year a missing file is None."""

    year: int
    revenue: RevenueFile
    expenditure: ExpenditureFile
    basic_expenditure: BasicExpenditureFile | None
    three_public: ThreePublicFile | None
    procurement: ProcurementFile | None
    state_assets: StateAssetsFile | None
    staff: StaffFile | None
    approved: ApprovedFile
    reasons: ReasonsFile | None
    other_notes: OtherNotesFile | None
    terms: TermsFile | None
    performance_notes: PerformanceNotesFile | None
    rewrites: RewritesFile | None
    overall: OverallFile | None
    projects: tuple[ProjectFile, ...]
    sources: SourcesFile | None = None
    acknowledged: AcknowledgedFile | None = None
    extras: ExtrasFile | None = None


@dataclass(frozen=True)
class UnitContent:
    """The unit, the year reported, and the year before it as far as it is known.

    `places` and `prior_places` say for each kind of file where it is, or would be.
    """

    unit: UnitFile
    report_year: YearContent
    prior_year: YearContent | None
    places: dict[str, str]
    prior_places: dict[str, str] = field(default_factory=dict)
