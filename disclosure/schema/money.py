"""The files with a year's figures: 收入, 支出, “三公”, 政府采购, 国有资产.

Amounts are 万元 after reading (a file may say `金额单位: 元`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from disclosure.schema.part import File, Listed, Part, Reason
from disclosure.schema.typed import MANY, ONE, ONE_OR_MANY, Amount, Code, Count, NamedWords, Said


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
