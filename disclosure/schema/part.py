"""What every content file is made of: frozen parts, lists to be filled, reasons, rewrites.

A part knows no file; :mod:`disclosure.load.unit` reads the files into them. A field without a
value is None, 未填报, which is not zero.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WrapValidator
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from disclosure.model.text import UNCONFIRMED
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import Amount, Said, Words

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


OneOrMore = Annotated[list[Said], BeforeValidator(_listed)]


class ReasonWords(Part):
    """Why a figure changed. Several points are told apart as 一是…；二是…."""

    words: OneOrMore = Field(alias="文字", default=[])
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
