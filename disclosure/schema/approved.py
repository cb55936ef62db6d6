"""What the approved tables say: their totals, and the cell each figure was read from."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from disclosure.schema.part import File, Part
from disclosure.schema.typed import Amount, Words


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
