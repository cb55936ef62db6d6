"""The rules on tables, run on a workbook as it is: what was approved, before anything is derived."""

from __future__ import annotations

from pathlib import Path

from disclosure.check.causes import grouped
from disclosure.check.cells import cells_of_amounts
from disclosure.check.rule import run
from disclosure.check.rules import TABLE_RULES, Checked
from disclosure.check.table_shape import empty_tables_say_so
from disclosure.importing.opening import open_tables
from disclosure.importing.reading import TablesRead
from disclosure.model.place import Location
from disclosure.schema.pack import PackLayout

# The words under an empty table are written by the program, whatever the workbook says there.
WORKBOOK_RULES = tuple(rule for rule in TABLE_RULES if rule is not empty_tables_say_so)


def check_tables(read: TablesRead, layout: PackLayout, book: str) -> Checked:
    """Every rule within and between the tables, cell by cell; places are 工作簿 › 工作表 › 格."""
    cells = cells_of_amounts(
        layout,
        {
            name: {
                figure: (reading.value, Location(f"{book} › {reading.place}"))
                for figure, reading in table.cells.items()
            }
            for name, table in read.tables.items()
        },
        {name: table.names for name, table in read.tables.items()},
    )
    ledger = tuple(run(WORKBOOK_RULES, cells))
    return Checked(grouped([f for entry in ledger for f in entry.findings]), (), ledger)


def check_workbook(
    workbook: Path, unit_dir: Path, packs_dir: Path, pack_name: str | None = None
) -> tuple[Checked, int | None, tuple[str, ...]]:
    """The same for a file, with the year its tables name and their numbers.

    Nothing is compared with the content. Raises DisclosureError when the file cannot be read as
    the pack's tables.
    """
    tables = open_tables(unit_dir, workbook, packs_dir, pack_name)
    checked = check_tables(tables.read(), tables.layout, tables.book.name)
    return checked, tables.stated_year, tuple(one.layout.code for one in tables.found.tables)
