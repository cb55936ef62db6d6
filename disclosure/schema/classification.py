"""政府收支分类科目: codes and names, extensible by a unit's 补充科目."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Classification:
    """Names of 支出功能分类 (类 3, 款 5, 项 7 digits) and of 部门预算支出经济分类 (类 3, 款 5)."""

    functional: Mapping[str, str]
    economic: Mapping[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The name of a 功能分类 code. Raises KeyError when it is not known."""
        return self.functional[code]

    def full_name(self, code: str) -> tuple[str, str, str]:
        """Names of the 类, 款 and 项 of a 7-digit code."""
        return self.name(code[:3]), self.name(code[:5]), self.name(code[:7])

    def with_extra(self, extra: Mapping[str, str]) -> Classification:
        """These and the unit's own additions (a unit may not rename a known code)."""
        return Classification({**extra, **self.functional}, self.economic)
