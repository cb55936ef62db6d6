"""A digest of all that the tables workbook shows, so that one with the same values is reused.

Making the workbook takes more than a tenth of a warm build, and importing its writer as long
again; the digest takes a hundredth of that. (An attachment is made as fast as it is looked up.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from disclosure.model.table import Table

_CODE = ("workbook.py", "workbook_key.py")


def workbook_key(tables: Sequence[Table], *shown: object) -> str:
    """Of the tables, of what else is `shown` (title, author, date), and of what writes it."""
    digest = sha256(f"{shown!r}{_tools()}".encode("utf-8", "surrogatepass"))
    for table in tables:
        for piece in _values(table):
            digest.update(piece.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _values(table: Table) -> Iterator[str]:
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name == "rows":
            yield repr(
                [
                    (
                        row.key,
                        [
                            (
                                tag,
                                cell.text,
                                None if cell.figure is None else str(cell.figure.amount),
                            )
                            for tag, cell in row.cells.items()
                        ],
                    )
                    for row in table.rows
                ]
            )
        else:
            yield repr(sorted(value) if isinstance(value, frozenset) else value)


@cache
def _tools() -> str:
    """The code that writes the workbook, and the version of its library, which is not imported."""
    spec = find_spec("xlsxwriter")
    files = [Path(__file__).with_name(name) for name in _CODE]
    files += [
        Path(place) / "__init__.py" for place in (spec and spec.submodule_search_locations) or ()
    ]
    return sha256(b"".join(file.read_bytes() for file in files if file.is_file())).hexdigest()
