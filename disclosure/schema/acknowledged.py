"""acknowledged.yaml: hints of the checks that somebody has looked at."""

from __future__ import annotations

from pydantic import Field

from disclosure.schema.part import File, Part
from disclosure.schema.typed import Day, NamedWords, Words


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
