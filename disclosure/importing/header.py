"""Where a table stands on a sheet: its header found by labels, its columns by their path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.importing.labels import TOTALS, label
from disclosure.importing.workbook import Sheet
from disclosure.render.workbook import merged_cells
from disclosure.schema.pack import Side, TableLayout

DEEPEST_START = 40  # rows within which a header begins
CODE, NAME, ITEM, LINE = "科目代码", "科目名称", "项目", "行次"
INDEX_WORDS = ("栏次", "行次")
A_STRANGER = 0.01  # what a labelled column that the layout lacks takes from its fit
OUR_CHECKS = "核对"  # columns that export --blank puts beside a table

Path = tuple[str, ...]


@dataclass(frozen=True)
class Located:
    """A table's header on a sheet.

    `columns` maps a column tag of the layout (收入项目, 本年支出合计) to its column, `labels` each
    column of the sheet to its lowest label; `codes` are the columns that make up a 科目代码 (one, or 类, 款 and 项); `unknown` the labelled columns
    that the layout does not have, `missing` the layout's tags that the sheet does not have.
    """

    top: int
    body: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    codes: Sequence[int]
    unknown: Mapping[int, str]
    missing: Sequence[str]
    fit: float = 0.0


@dataclass
class _Header:
    """The header rows as found, before any column is matched."""

    top: int
    bottom: int
    paths: dict[int, Path] = field(default_factory=dict)


def column_tags(layout: TableLayout) -> tuple[str, ...]:
    """The tags of a layout's columns, left to right, as the printed tables have them."""
    if layout.layout == "左右对照":
        assert layout.left and layout.right
        return (*_side_tags(layout.left), *_side_tags(layout.right))
    if layout.layout == "科目":
        return (CODE, NAME, *layout.columns)
    if layout.layout == "经济分类":
        numbers = range(1, len(layout.groups) + 1)
        return tuple(f"{part}{n}" for n in numbers for part in ("代码", "名称", "决算数"))
    return tuple(layout.columns)


def _side_tags(side: Side) -> tuple[str, ...]:
    return tuple(f"{side.prefix}{part}" for part in (ITEM, LINE, *side.columns))


def expected_paths(layout: TableLayout) -> dict[str, Path]:
    """The labels above each column of the layout, from the top, 栏次 left out."""
    grid = [line for line in layout.header if not _is_index([label(text) for text in line])]
    paths: dict[int, list[str]] = {}
    for _, left, _, right, text in merged_cells(grid):
        for column in range(left, right + 1):
            paths.setdefault(column, []).append(label(text))
    return {tag: tuple(paths.get(at, ())) for at, tag in enumerate(column_tags(layout))}


def locate(sheet: Sheet, layout: TableLayout) -> Located | None:
    """The layout's header on this sheet, None when nothing like it is there."""
    expected = expected_paths(layout)
    known = {words for path in expected.values() for words in path}
    header = _header(sheet, known)
    if header is None:
        return None
    columns, agreement = _matched(header.paths, expected)
    codes = _code_columns(header.paths, columns) if layout.layout == "科目" else ()
    if codes and CODE not in columns:
        columns[CODE] = codes[0]
    used = {*columns.values(), *codes}
    unknown = {
        at: path[-1]
        for at, path in header.paths.items()
        if at not in used and not path[-1].startswith((OUR_CHECKS, LINE))
    }
    missing = [tag for tag in expected if tag not in columns and not tag.endswith(LINE)]
    fit = agreement / len(expected) - A_STRANGER * len(unknown)
    body = _body(sheet, header.bottom + 1)
    labels = {at: path[-1] for at, path in header.paths.items()}
    return Located(header.top, body, columns, labels, codes, unknown, missing, fit)


# ------------------------------------------------------------------ the header's rows


def _header(sheet: Sheet, known: set[str]) -> _Header | None:
    """The first rows in which at least two cells are labels of the table."""
    rows = range(min(len(sheet.rows), DEEPEST_START))
    top = next((row for row in rows if _hits(sheet, row, known) > 1), None)
    if top is None:
        return None
    bottom = top
    while True:
        if _hits(sheet, bottom + 1, known) > 1:
            bottom += 1
        elif _hits(sheet, bottom + 2, known) > 1 and not _has_amount(sheet, bottom + 1):
            bottom += 2
        else:
            break
    header = _Header(top, bottom)
    labels = _labels(sheet, top, bottom)
    for column in range(sheet.width):
        path = _path(labels, column)
        if path:
            header.paths[column] = path
    return header


def _hits(sheet: Sheet, row: int, known: set[str]) -> int:
    return sum(label(sheet.text(row, column)) in known for column in range(sheet.width))


def _has_amount(sheet: Sheet, row: int) -> bool:
    return any(isinstance(sheet.value(row, column), int | float) for column in range(sheet.width))


def _labels(sheet: Sheet, top: int, bottom: int) -> list[list[str]]:
    """Labels of the header rows, a merged cell's words in each of its cells.

    Where nothing is merged, an empty cell in an upper row belongs to the label on its left.
    """
    grid = [
        [label(sheet.text(row, column)) for column in range(sheet.width)]
        for row in range(top, bottom + 1)
    ]
    inside: set[tuple[int, int]] = set()
    for first, left, last, right in sheet.merged:
        for row in range(max(first, top), min(last, bottom) + 1):
            for column in range(left, min(right, sheet.width - 1) + 1):
                grid[row - top][column] = label(sheet.text(first, left))
                inside.add((row - top, column))
    for at, line in enumerate(grid[:-1]):
        for column in range(1, len(line)):
            below = any(grid[lower][column] for lower in range(at + 1, len(grid)))
            if not line[column] and below and (at, column) not in inside:
                line[column] = line[column - 1]
    return grid


def _path(labels: list[list[str]], column: int) -> Path:
    path: list[str] = []
    for line in labels:
        words = line[column]
        if (
            words
            and words not in INDEX_WORDS[:1]
            and not words.isdigit()
            and words not in path[-1:]
        ):
            path.append(words)
    return tuple(path)


def _is_index(labels: Iterable[str]) -> bool:
    """Whether a row only numbers the columns: 栏次, 1, 2, 3."""
    words = [text for text in labels if text]
    numbers = [text for text in words if text.replace(".", "").isdigit()]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return bool(numbers) and numbers == counted and (len(numbers) > 2 or "栏次" in words)


def _body(sheet: Sheet, row: int) -> int:
    """The first row below the header and its 栏次, empty rows between them left out."""
    for at in range(row, min(row + 3, len(sheet.rows))):
        words = [label(sheet.text(at, column)) for column in range(sheet.width)]
        if _is_index(words):
            return at + 1
        if any(words):
            break
    return row


# ------------------------------------------------------------------ the columns


def _matched(
    found: Mapping[int, Path], expected: Mapping[str, Path]
) -> tuple[dict[str, int], float]:
    """Column tag → sheet column: equal paths in order, then equal last labels, then totals.

    The same label over several columns (项目 on both sides, 合计 of 预算数 and of 决算数) is told
    apart by what stands above it, else by order. Gives also how well they agree, 1 for each
    column that is labelled word for word as the pack has it.
    """
    columns: dict[str, int] = {}
    agreement = 0.0
    for agree, worth in ((_same_path, 1.0), (_same_label, 0.98), (_same_total, 0.95)):
        for tag, path in expected.items():
            if tag in columns:
                continue
            low, high = _between(tag, expected, columns)
            at = next(
                (
                    column
                    for column in sorted(found)
                    if column not in columns.values()
                    and low < column < high
                    and agree(found[column], path)
                ),
                None,
            )
            if at is not None:
                columns[tag] = at
                agreement += worth
    return columns, agreement


def _between(
    tag: str, expected: Mapping[str, Path], columns: Mapping[str, int]
) -> tuple[float, float]:
    """The sheet columns between which a tag may stand, its neighbours of one label being placed."""
    tags = list(expected)
    twins = [t for t in tags if expected[t][-1:] == expected[tag][-1:]]
    at = twins.index(tag)
    low = max((columns[t] for t in twins[:at] if t in columns), default=-1)
    high = min((columns[t] for t in twins[at + 1 :] if t in columns), default=float("inf"))
    return low, high


def _same_path(found: Path, path: Path) -> bool:
    return found == path


def _same_label(found: Path, path: Path) -> bool:
    if not path or found[-1] != path[-1]:
        return False
    # 小计 under 预算数 is no 小计 under 决算数, where both words are told.
    return not (found[:-1] and path[:-1]) or bool(set(found[:-1]) & set(path[:-1]))


def _same_total(found: Path, path: Path) -> bool:
    return bool(path) and found[-1] in TOTALS and path[-1] in TOTALS


def _code_columns(found: Mapping[int, Path], columns: Mapping[str, int]) -> tuple[int, ...]:
    """The columns under 科目代码, be they one or 类, 款 and 项."""
    under = tuple(sorted(at for at, path in found.items() if CODE in path))
    split = tuple(sorted(at for at, path in found.items() if path[-1] in ("类", "款", "项")))
    return under or split or ((columns[CODE],) if CODE in columns else ())
