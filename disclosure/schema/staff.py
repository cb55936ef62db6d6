"""staff.yaml: 编制, posts and people."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from disclosure.schema.part import File, Listed, Part
from disclosure.schema.typed import Count, Month, Said, Words


class Post(Part):
    title: Words = Field(alias="职务")
    number: Count | None = Field(alias="人数")


class StaffChange(Part):
    month: Month = Field(alias="月份")
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
