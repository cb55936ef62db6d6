"""公开01–09表 out of the figures: which rows there are, and which figure stands in each cell.

The pack's layout names a figure for every column; nothing here knows a table by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from disclosure.derive.money import TOTAL
from disclosure.model.figure import WAN, Figure, Formula
from disclosure.model.place import Location
from disclosure.model.table import Cell, Row, Table
from disclosure.model.text import Paragraph, Snippet
from disclosure.narrate.voice import Voice, numeral
from disclosure.schema.classification import Classification
from disclosure.schema.pack import Side, SideLine, TableLayout

BLANK = Cell()


def public_tables(voice: Voice) -> tuple[Table, ...]:
    """Every table of the pack, in its order."""
    return tuple(_table(voice, layout) for layout in voice.layout.tables)


def _table(voice: Voice, layout: TableLayout) -> Table:
    if layout.layout == "左右对照":
        columns, amounts, rows = _two_sided(voice, layout)
    elif layout.layout == "科目":
        columns, amounts, rows = _by_class(voice, layout)
    elif layout.layout == "经济分类":
        columns, amounts, rows = _economic(voice, layout)
    else:
        columns = amounts = tuple(layout.columns)
        cells = {column: _cell(voice, name) for column, name in layout.columns.items()}
        rows = (Row(TOTAL, cells),)
    rows = _without_guesses(rows)
    subject = layout.empty_subject
    has_data = any(cell.figure for row in rows for cell in row.cells.values())
    empty = voice.say("无数据", 事项=subject).plain if subject and not has_data else ""
    return Table(
        name=layout.name,
        code=layout.code,
        title=layout.title or layout.name,
        department=voice.say("表部门").plain,
        period=voice.say("表年度").plain,
        unit=voice.say("表单位").plain,
        header=tuple(tuple(cell for cell in line) for line in layout.header),
        columns=columns,
        amount_columns=frozenset(amounts),
        rows=rows,
        notes=tuple(note.plain for note in notes(voice, layout)),
        empty_note=empty,
        total_keys=frozenset(layout.total_lines),
        landscape=layout.landscape,
    )


def notes(voice: Voice, layout: TableLayout) -> list[Paragraph]:
    """注 under a table; several are numbered, the first line leads in with 注：."""
    place = Location("pack.yaml")
    contents = [voice.speaker.speak(Snippet(note, place)) for note in layout.notes]
    if len(contents) == 1:
        return [Paragraph(f"注/{layout.name}", voice.say("表注", 内容=contents[0]))]
    return [
        Paragraph(
            f"注/{layout.name}/{number}",
            voice.say("表注首条" if number == 1 else "表注续条", 序号=number, 内容=content),
        )
        for number, content in enumerate(contents, 1)
    ]


def _cell(voice: Voice, name: str) -> Cell:
    """The figure as the pack prints it in a table: zero and 未填报 are told apart, or not."""
    figure = voice.report.figures.get(name)
    if figure is None or figure.amount is None:
        waiting = figure is not None and figure.waiting
        if waiting or voice.layout.unfilled_cells == "空白":
            return Cell("", figure)
        figure = _as_zero(voice, name, figure)
    if not figure and voice.layout.zero_cells == "空白":
        return Cell("", figure)
    return Cell(voice.speaker.show(figure), figure)


def _without_guesses(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """While a cell of a table waits to be filled in, nobody knows that the others are zero."""
    figures = [cell.figure for row in rows for cell in row.cells.values() if cell.figure]
    if not any(figure.waiting for figure in figures):
        return rows
    return tuple(
        Row(row.key, {tag: BLANK if _is_a_guess(c) else c for tag, c in row.cells.items()})
        for row in rows
    )


def _is_a_guess(cell: Cell) -> bool:
    """A zero that nobody typed and that no typed amount adds up to."""
    figure = cell.figure
    if figure is None or figure.amount != 0 or not isinstance(figure.source, Formula):
        return False
    return all(operand.amount is None for operand in figure.source.operands)


def _as_zero(voice: Voice, name: str, figure: Figure | None) -> Figure:
    """What a pack that prints every cell shows where nothing was reported."""
    operands = () if figure is None else (figure,)
    source = Formula("未填报，按零印出", operands)
    return Figure(f"{voice.report.year}/{name}（按零）", Decimal(0), WAN, "金额", source)


Laid = tuple[tuple[str, ...], tuple[str, ...], tuple[Row, ...]]


def _two_sided(voice: Voice, layout: TableLayout) -> Laid:
    """公开01表 and 公开04表: numbered lines from the top, closing lines at the bottom, 行次 counted
    down the left side and on down the right."""
    assert layout.left and layout.right
    sides = [_side_lines(voice, side) for side in (layout.left, layout.right)]
    height = max(len(numbered) + len(closing) for numbered, closing in sides)
    rows: list[dict[str, Cell]] = [{} for _ in range(height)]
    keys = [""] * height
    for offset, side, (numbered, closing) in zip(
        (0, height), (layout.left, layout.right), sides, strict=True
    ):
        gap = [SideLine.model_construct(name="", figures={})] * (
            height - len(numbered) - len(closing)
        )
        for at, line in enumerate([*numbered, *gap, *closing]):
            rows[at][f"{side.prefix}项目"] = Cell(line.name)
            rows[at][f"{side.prefix}行次"] = Cell(str(offset + at + 1))
            for column in side.columns:
                name = line.figures.get(column)
                rows[at][f"{side.prefix}{column}"] = _cell(voice, name) if name else BLANK
            keys[at] = keys[at] or line.name
    columns = tuple(rows[0])
    amounts = tuple(f"{s.prefix}{c}" for s in (layout.left, layout.right) for c in s.columns)
    return columns, amounts, tuple(Row(key, cells) for key, cells in zip(keys, rows, strict=True))


def _side_lines(voice: Voice, side: Side) -> tuple[list[SideLine], list[SideLine]]:
    lines, closing = side_lines(side, voice.layout.top_classes, voice.report.classification)
    numbered = [
        SideLine.model_construct(name=f"{numeral(number)}、{line.name}", figures=line.figures)
        for number, line in enumerate(lines, 1)
    ]
    return numbered, closing


def side_lines(
    side: Side, top_classes: Iterable[str], classification: Classification
) -> tuple[list[SideLine], list[SideLine]]:
    """The lines of one side, from the top and at the bottom, each with its figures; no 序号 yet."""
    if isinstance(side.numbered, str):
        lines = [_line(classification.name(code), side.columns, code) for code in top_classes]
    else:
        lines = [_filled(line, side.columns) for line in side.numbered]
    return lines, [_filled(line, side.columns) if line.name else line for line in side.closing]


def _filled(line: SideLine, columns: Mapping[str, str]) -> SideLine:
    """A line that names no figures takes the side's pattern with its own name."""
    return line if line.figures else _line(line.name, columns, line.name)


def _line(name: str, columns: Mapping[str, str], key: str) -> SideLine:
    figures = {column: pattern.replace("{键}", key) for column, pattern in columns.items()}
    return SideLine.model_construct(name=name, figures=figures)


def _by_class(voice: Voice, layout: TableLayout) -> Laid:
    """公开02, 03, 05, 07, 08表: 合计, then 类, 款 and 项 that have an amount, in code order."""
    columns = ("科目代码", "科目名称", *layout.columns)
    group = next(iter(layout.columns.values())).partition("/")[0]
    rows = [_class_row(voice, layout, TOTAL, TOTAL, "")]
    for code in voice.report.codes.get(group, ()):
        row = _class_row(voice, layout, code, code, voice.report.classification.name(code))
        if any(row.cells[column].figure for column in layout.columns):
            rows.append(row)
    return columns, tuple(layout.columns), tuple(rows)


def _class_row(voice: Voice, layout: TableLayout, key: str, first: str, second: str) -> Row:
    cells = {"科目代码": Cell(first), "科目名称": Cell(second)}
    for column, pattern in layout.columns.items():
        cells[column] = _cell(voice, pattern.replace("{代码}", key))
    return Row(key, cells)


def _economic(voice: Voice, layout: TableLayout) -> Laid:
    """公开06表: every 经济分类 side by side in groups, then 人员经费合计 and 公用经费合计."""
    names = voice.report.classification.economic
    groups = [
        [
            code
            for top in tops
            for code in names
            if code == top or (len(code) == 5 and code.startswith(top))
        ]
        for tops in layout.groups
    ]
    columns = tuple(
        f"{part}{number}"
        for number in range(1, len(groups) + 1)
        for part in ("代码", "名称", "决算数")
    )
    rows = []
    for at in range(max(map(len, groups), default=0)):
        cells: dict[str, Cell] = {}
        for number, codes in enumerate(groups, 1):
            code = codes[at] if at < len(codes) else ""
            cells[f"代码{number}"] = Cell(code)
            cells[f"名称{number}"] = Cell(names[code] if code else "")
            cells[f"决算数{number}"] = _cell(voice, f"经济分类/{code}/决算数") if code else BLANK
        rows.append(Row("/".join(filter(None, (c[at] for c in groups if at < len(c)))), cells))
    closing = dict.fromkeys(columns, BLANK)
    last = len(groups)
    closing |= {
        "代码1": Cell("人员经费合计"),
        "决算数1": _cell(voice, "经济分类/人员经费合计"),
        "代码2": Cell("公用经费合计"),
        f"决算数{last}": _cell(voice, "经济分类/公用经费合计"),
    }
    rows.append(Row(TOTAL, closing))
    amounts = tuple(column for column in columns if column.startswith("决算数"))
    return columns, amounts, tuple(rows)


def cells_of(tables: Iterable[Table]) -> Iterable[tuple[Table, Row, str, Figure]]:
    """Every cell that shows a figure: table, row, column tag and the figure."""
    for table in tables:
        for row in table.rows:
            for column, cell in row.cells.items():
                if cell.figure is not None and cell.text:
                    yield table, row, column, cell.figure
