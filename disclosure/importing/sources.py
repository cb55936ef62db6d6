"""sources.yaml: in which workbook, sheet and cell each approved figure stands.

It is written by import alone and read by every build, so that `trace` can name the cell. An entry
holds as long as the typed amount is the one read; a later change by hand needs no care here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from disclosure.edit.yaml_words import inline
from disclosure.importing.reading import Reading
from disclosure.schema.approved import SourcesFile
from disclosure.schema.typed import WAN_PLACES, YUAN_PER_WAN

HEAD = """\
# 批复的公开表上每个数在哪个工作簿、哪张表、哪一格。由 build.py import 写入，不用手工修改。
# 只供查对：build.py trace 印出一个数时，连同这里的出处。内容文件里的数以后改得与这里不同，就不再算取自这一格。
"""

Cells = dict[str, dict[str, dict[str, tuple[Decimal, str]]]]


def sources_yaml(
    earlier: SourcesFile | None, readings: Mapping[str, Reading], workbook: str
) -> bytes:
    """The file's text: figures read now, and those of earlier workbooks that were not read again."""
    cells: Cells = {}
    for book, sheets in (earlier.cells if earlier else {}).items():
        for sheet, figures in sheets.items():
            for name, cell in figures.items():
                if name not in readings:
                    entry = (cell.amount.amount, cell.cell)
                    cells.setdefault(book, {}).setdefault(sheet, {})[name] = entry
    for name, reading in readings.items():
        if reading.amount is not None:
            entry = (reading.amount, reading.cell)
            cells.setdefault(workbook, {}).setdefault(reading.sheet, {})[name] = entry
    return _written(cells).encode()


def _written(cells: Cells) -> str:
    amounts = [
        amount for sheets in cells.values() for figures in sheets.values()
        for amount, _ in figures.values()
    ]  # fmt: skip
    in_yuan = any(
        -int(amount.as_tuple().exponent) > WAN_PLACES for amount in map(_trimmed, amounts)
    )
    lines = [HEAD]
    if in_yuan:
        lines.append("金额单位: 元")
    lines.append("取自:")
    for book, sheets in cells.items():
        lines.append(f"  {inline({book: None})[1:-1].rstrip()}")
        for sheet, figures in sheets.items():
            lines.append(f"    {inline({sheet: None})[1:-1].rstrip()}")
            for name, (amount, cell) in figures.items():
                typed = amount * YUAN_PER_WAN if in_yuan else amount
                lines.append(f"      {inline({name: {'数': typed, '格': cell}})[1:-1]}")
    return "\n".join(lines) + "\n"


def _trimmed(amount: Decimal) -> Decimal:
    return amount.normalize()
