"""A workbook opened: its sheets recognised as the pack's tables, and what they say read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.importing.reading import TablesRead
from disclosure.importing.recognise import Recognised, recognise
from disclosure.importing.table_reader import read_tables
from disclosure.importing.unit import known_classes, read_unit
from disclosure.importing.workbook import Workbook, read_workbook
from disclosure.load.pack import load_pack
from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.schema.classification import Classification
from disclosure.schema.content import UnitFile
from disclosure.schema.pack import PackLayout

A_FEW = 6


@dataclass(frozen=True)
class OpenedTables:
    """A workbook, which of its sheets is which 公开表, and what its cells are held against."""

    book: Workbook
    found: Recognised
    unit: UnitFile
    layout: PackLayout
    known: Classification

    @property
    def stated_year(self) -> int | None:
        """The year the tables name; None when they name none, or several."""
        stated = {table.year for table in self.found.tables if table.year}
        return stated.pop() if len(stated) == 1 else None

    def read(self) -> TablesRead:
        """What the tables say. Raises DisclosureError with every cell that holds no amount."""
        read = read_tables(self.found.tables, self.layout, self.known, self.book.name)
        if read.problems:
            raise DisclosureError(*read.problems)
        return read


def open_tables(
    unit_dir: Path, workbook: Path, packs_dir: Path, pack_name: str | None = None
) -> OpenedTables:
    """Raises DisclosureError when the workbook cannot be read or no table is known in it."""
    unit = read_unit(unit_dir)
    layout = load_pack(packs_dir, pack_name or unit.pack, with_templates=False).layout
    book = _opened(workbook)
    found = recognise(book, layout.tables)
    _refuse(found, book, layout)
    return OpenedTables(book, found, unit, layout, known_classes(unit))


def _opened(path: Path) -> Workbook:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise _cannot_open(path, "找不到这个文件", "核对文件名和文件夹") from error
    except (IsADirectoryError, PermissionError) as error:
        raise _cannot_open(path, "文件打不开", "关闭正在打开它的 Excel 或 WPS") from error
    return read_workbook(data, path.name)


def _cannot_open(path: Path, what: str, advice: str) -> DisclosureError:
    return DisclosureError(Problem(f"{what}。", Location(path.name), advice, stops=True))


def _refuse(found: Recognised, book: Workbook, layout: PackLayout) -> None:
    if found.problems:
        raise DisclosureError(*found.problems)
    if not found.tables:
        have = "、".join(sheet.name for sheet in book.sheets[:A_FEW]) or "没有可见的工作表"
        wanted = "、".join(table.title or table.name for table in layout.tables[:A_FEW])
        raise DisclosureError(
            Problem(
                f"没有认出一张公开表（工作表：{have}）。",
                Location(book.name),
                f"表名和栏目要与单位包的公开表一致：{wanted}……",
            )
        )
