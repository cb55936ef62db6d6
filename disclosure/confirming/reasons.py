"""原因 that wait for a person's word: no 说明方向, no 说明差额, or a difference that is another now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from disclosure.check.explained import Explained, explained
from disclosure.confirming.reason_text import DIRECTION, GAP, ReasonText
from disclosure.derive.report import Report
from disclosure.load.yaml_source import KeyPath
from disclosure.model.figure import rounded
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.schema.pack import PackLayout
from disclosure.schema.part import ReasonWords
from disclosure.schema.typed import WAN_OF_YUAN, WAN_PLACES, YUAN_PLACES

Place = tuple[str, KeyPath]  # file and key path
MONEY_UNIT, YUAN = "金额单位", "元"
ITEM, THREE_PUBLIC = "支出", "三公"
# Reasons that stand beside the figures; those of the totals have a file of their own.
BESIDE_FIGURES: dict[str, Place] = {
    "年初结转调整": ("revenue.yaml", ("年初结转调整原因",)),
    "机关运行经费变动": ("narrative/other_notes.yaml", ("机关运行经费变动",)),
}
OF_TOTALS = "narrative/reasons.yaml"


@dataclass(frozen=True)
class OpenReason:
    """A reason with the difference it explains today, 万元.

    `stated` and `confirmed` are its 说明方向 and 说明差额, None where nothing is typed.
    """

    path: str
    words: str
    direction: str
    gap: Decimal
    now: Decimal
    before: Decimal
    stated: str | None
    confirmed: Decimal | None
    file: str
    place: KeyPath
    location: Location

    @property
    def turned(self) -> bool:
        """Whether it was written for the other direction: it has to be written anew."""
        return self.stated is not None and self.stated != self.direction

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be confirmed."""
        same = self.confirmed is not None and _printed(self.confirmed) == _printed(self.gap)
        return self.stated == self.direction and same


@dataclass(frozen=True)
class ReasonPlan:
    """Reasons to be confirmed, those to be written anew first, and the files once it is done."""

    settling: tuple[OpenReason, ...]
    turned: tuple[OpenReason, ...]
    files: dict[str, bytes]

    @property
    def is_clean(self) -> bool:
        return not self.turned


def plan_reasons(
    unit_dir: Path, report: Report, layout: PackLayout, only: Sequence[str] = ()
) -> ReasonPlan:
    """Confirm every reason that is open, or those of `only` (支出/2010350); nothing is written.

    Raises DisclosureError with every name of `only` that is no reason.
    """
    files = _Files(unit_dir, report.year)
    known = [*_given(report, layout, files)]
    _refuse_unknown(only, [reason.path for reason in known])
    left = [one for one in known if not one.settled and (not only or one.path in only)]
    settling = tuple(reason for reason in left if not reason.turned)
    for reason in settling:
        text = files.text(reason.file)
        if reason.stated is None:
            text.state(reason.place, DIRECTION, reason.direction)
        text.state(reason.place, GAP, _typed(reason.gap, in_yuan=files.in_yuan(reason.file)))
    turned = tuple(reason for reason in left if reason.turned)
    return ReasonPlan(settling, turned, files.changed())


def _given(report: Report, layout: PackLayout, files: _Files) -> Iterator[OpenReason]:
    """Every reason given whose two figures are known, in the order of the document's rules."""
    for one in explained(report, layout):
        words = _words(one.given)
        if one.given is None or not words or not one.is_known:
            continue
        file, place = _place(one.path, report)
        confirmed = one.given.confirmed_gap
        yield OpenReason(
            one.path,
            words,
            one.direction,
            _gap(one),
            one.now.value,
            one.before.value,
            one.given.direction,
            confirmed.amount if confirmed else None,
            file,
            place,
            files.text(file).location(place),
        )


def _words(given: ReasonWords | None) -> str:
    if given is None:
        return ""
    said = "；".join(snippet.words for snippet in given.words)
    return said or (f"不说明：{given.not_given}" if given.not_given else "")


def _gap(one: Explained) -> Decimal:
    return abs(one.now.value - one.before.value)


def _printed(amount: Decimal) -> Decimal:
    return rounded(amount, WAN_PLACES)


def _typed(gap: Decimal, *, in_yuan: bool) -> Decimal:
    """The difference as a clerk would type it into a file of that 金额单位."""
    return rounded(gap.scaleb(-WAN_OF_YUAN), YUAN_PLACES) if in_yuan else _printed(gap)


def _place(path: str, report: Report) -> Place:
    """Where the reason of this name is typed."""
    first, *rest = path.split("/")
    if first == ITEM:
        items = report.content.expenditure.general_public_budget
        index = next(at for at, item in enumerate(items) if item.code == rest[0])
        return "expenditure.yaml", ("一般公共预算财政拨款", index, "原因")
    if first == THREE_PUBLIC:
        return "three_public.yaml", ("原因", *rest)
    return BESIDE_FIGURES.get(path, (OF_TOTALS, (path,)))


def _refuse_unknown(names: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise DisclosureError(*(_no_such_reason(name, known) for name in unknown))


def _no_such_reason(name: str, known: Sequence[str]) -> Problem:
    near = nearest(name, known)
    advice = f"是不是“{near}”？" if near else "运行 build.py confirm 看清单"
    return Problem(f"没有“{name}”这个原因可以确认。", None, advice, stops=True)


class _Files:
    """The year's files that reasons stand in, each read once."""

    def __init__(self, unit_dir: Path, year: int) -> None:
        self._unit_dir, self._year = unit_dir, year
        self._texts: dict[str, ReasonText] = {}
        self._old: dict[str, bytes] = {}

    def text(self, file: str) -> ReasonText:
        if file not in self._texts:
            name = f"{self._year}/{file}"
            self._old[file] = (self._unit_dir / name).read_bytes()
            self._texts[file] = ReasonText(self._old[file], f"{self._unit_dir.name}/{name}")
        return self._texts[file]

    def in_yuan(self, file: str) -> bool:
        return bool(self.text(file).get((MONEY_UNIT,)) == YUAN)

    def changed(self) -> dict[str, bytes]:
        """New bytes by name below the unit's folder."""
        return {
            f"{self._year}/{file}": text.data
            for file, text in self._texts.items()
            if text.data != self._old[file]
        }
