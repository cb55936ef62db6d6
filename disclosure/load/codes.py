"""科目 codes typed in a unit's files: each exists, stands once, and is what its name says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.model.place import Location, Problem
from disclosure.schema.classification import Classification
from disclosure.schema.content import UnitFile
from disclosure.schema.money import BasicExpenditureFile, ExpenditureFile, RevenueFile
from disclosure.schema.part import File
from disclosure.schema.scalar import Scalar
from disclosure.schema.typed import TypedWords, half_width
from disclosure.schema.words import TermsFile

ITEM, CLASS = 7, 3  # digits of a 项 of 功能分类, of a 类
CODE_LENGTHS = (3, 5, 7)
EXTRA = "补充科目"


def code_problems(files: Iterable[File | None], names: Classification) -> Iterator[Problem]:
    """What is wrong with the codes of these files of a year."""
    for file in files:
        if isinstance(file, ExpenditureFile):
            for items in (
                file.general_public_budget,
                file.government_fund,
                file.state_capital,
                file.other,
            ):
                yield from _items([(item.code, item.name) for item in items], names)
        elif isinstance(file, RevenueFile) and isinstance(file.by_class, list):
            yield from _items([(item.code, None) for item in file.by_class], names)
        elif isinstance(file, BasicExpenditureFile):
            yield from _economic(file, names)
        elif isinstance(file, TermsFile):
            for code, words in file.class_uses.items():
                yield from _known_item(code, words.source, names)


def extra_class_problems(unit: UnitFile, national: Classification) -> Iterator[Problem]:
    """补充科目 adds what the program does not know; it renames nothing."""
    for code, name in unit.extra_classes.items():
        if not code.isdigit() or len(code) not in CODE_LENGTHS:
            advice = "写 3、5 或 7 位数字（类、款、项），加引号"
            yield Problem(f"{EXTRA}“{code}”不是科目代码。", name.source, advice)
        elif national.functional.get(code, name.words) != name.words:
            message = f"科目 {code} 的名称是“{national.name(code)}”，不能改成“{name.words}”。"
            yield Problem(message, name.source, "删去这一行，或改正代码")


def _items(
    items: Iterable[tuple[Scalar, TypedWords | None]], names: Classification
) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    for code, name in items:
        if code in first:
            message = f"科目 {code} 写了两次（第一次在第{first[code].location.line}行）。"
            yield Problem(message, code.location, "合并成一条，或改正代码")
            continue
        first[code] = code
        wrong = list(_known_item(code, code.location, names))
        yield from wrong
        if not wrong and name and name.words.strip() != names.name(code):
            message = f"科目 {code} 的名称是“{names.name(code)}”，这里写的是“{name.words}”。"
            yield Problem(message, name.source, "核对代码和名称，改正其中一个")


def _known_item(code: str, where: Location, names: Classification) -> Iterator[Problem]:
    if len(code) != ITEM:
        advice = "写到项；类、款由程序汇总"
        yield Problem(f"科目 {code} 不是项（7 位数字）。", where, advice)
        return
    unknown = [part for part in (code[:3], code[:5], code) if part not in names.functional]
    if unknown:
        near = _nearest(code, names.functional)
        hint = f"是不是 {near} {names.functional[near]}？" if near else ""
        yield Problem(
            f"支出功能分类里没有 {'、'.join(unknown)}。",
            where,
            f"{hint}确有这个科目时，把代码和名称写进 unit.yaml 的“{EXTRA}”",
        )


def _economic(file: BasicExpenditureFile, names: Classification) -> Iterator[Problem]:
    for code, amount in file.by_class.items():
        where = amount.source if amount else None
        if code in names.economic and len(code) != CLASS:
            continue
        if code in names.economic:
            message = f"“{code}”是类，不是款（5 位数字）。"
            yield Problem(message, where, "写到款；类由程序汇总")
            continue
        near = _nearest(half_width(code), [c for c in names.economic if len(c) != CLASS])
        hint = f"是不是 {near} {names.economic[near]}？" if near else "核对代码"
        yield Problem(f"支出经济分类里没有“{code}”这个款。", where, hint)


def _nearest(code: str, known: Iterable[str]) -> str | None:
    """The known code of that length with the longest common beginning, then the nearest number."""
    same = [one for one in known if len(one) == len(code)]
    if not same or not code.isdigit():
        return None

    def distance(one: str) -> tuple[int, int]:
        differs = next((at for at, digit in enumerate(one) if digit != code[at]), len(code))
        return -differs, abs(int(one) - int(code))

    near = min(sorted(same), key=distance)
    return near if near[:CLASS] == code[:CLASS] else None
