"""A unit's content as it is read: unit.yaml, the files of a year, and both years together.

Every model is frozen and knows no file; :mod:`disclosure.load.unit` reads the files into them,
under Chinese keys. Amounts are 万元 after reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from disclosure.model.place import Location
from disclosure.schema.acknowledged import AcknowledgedFile
from disclosure.schema.approved import ApprovedFile, SourcesFile
from disclosure.schema.evaluation import OverallFile, ProjectFile
from disclosure.schema.money import (
    BasicExpenditureFile,
    ExpenditureFile,
    ProcurementFile,
    RevenueFile,
    StateAssetsFile,
    ThreePublicFile,
)
from disclosure.schema.part import File, Part
from disclosure.schema.staff import StaffFile
from disclosure.schema.typed import NamedWords, PlacedWords, Said, Words
from disclosure.schema.words import (
    ExtrasFile,
    OtherNotesFile,
    PerformanceNotesFile,
    ReasonsFile,
    RewritesFile,
    TermsFile,
)


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


@dataclass(frozen=True, slots=True)
class CodeRemark:
    """A comment beside a 科目 code, most often its name."""

    code: str
    words: str
    location: Location


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
    code_remarks: tuple[CodeRemark, ...] = ()


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
