"""What the tables say, as values: figures with their cells, and amounts without a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.model.figure import rounded
from disclosure.model.place import Problem
from disclosure.schema.classification import Classification
from disclosure.schema.typed import WAN_PLACES


@dataclass(frozen=True)
class Reading:
    """One figure as the workbook has it. `name` is the figure's id without its year.

    `amount` is 万元, exact, None for an empty cell; `in_yuan` tells that it is exact to 分, and
    `finer` that the cell holds more decimals than were taken.
    """

    name: str
    amount: Decimal | None
    sheet: str
    cell: str
    in_yuan: bool
    finer: bool = False

    @property
    def value(self) -> Decimal:
        """The amount, an empty cell counted as zero."""
        return self.amount or Decimal(0)

    @property
    def place(self) -> str:
        """公开03表 › C7."""
        return " › ".join(filter(None, (self.sheet, self.cell)))

    def agrees(self, amount: Decimal | None) -> bool:
        """Whether an amount is the one read: equal, or equal as printed where 元 is not known."""
        own = amount or Decimal(0)
        return own == self.value or (not self.in_yuan and rounded(own, WAN_PLACES) == self.value)


@dataclass(frozen=True)
class Unplaced:
    """Amounts of the workbook for which there is no figure."""

    where: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}，{self.why}"


@dataclass
class TableRead:
    """One table as it stands, for the rules: its cells by figure, its 科目 names by code."""

    cells: dict[str, Reading] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@dataclass
class TablesRead:
    """Everything the tables say. `tables` are they one by one, by their 名称 in the pack; `names`
    are the 科目 names beside codes, as the workbook has them first; `twice` are pairs of cells that
    state one figure differently."""

    figures: dict[str, Reading] = field(default_factory=dict)
    tables: dict[str, TableRead] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    twice: list[tuple[Reading, Reading]] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def enter(self, reading: Reading) -> None:
        """The first cell that states a figure counts; another that differs is kept beside."""
        first = self.figures.get(reading.name)
        if first is None or (
            reading.in_yuan and not first.in_yuan and reading.agrees(first.amount)
        ):
            self.figures[reading.name] = reading
        elif not first.agrees(reading.amount) and not reading.agrees(first.amount):
            self.twice.append((first, reading))


def names_unknown(names: Mapping[str, str], classification: Classification) -> dict[str, str]:
    """Codes with a name that the program does not know: a unit's 补充科目."""
    return {c: n for c, n in names.items() if c not in classification.functional}
