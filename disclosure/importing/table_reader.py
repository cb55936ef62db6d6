"""The recognised tables as figures: which amount stands for which figure, and in which cell.

The pack's layout names a figure for every cell, so reading a table is printing it the other way
round. An amount whose line or column nobody knows is listed with its cell, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from disclosure.derive.money import TOTAL
from disclosure.derive.other_figures import OPERATING, PERSONNEL
from disclosure.importing.amounts import NoAmount, cell_amount, is_amount
from disclosure.importing.header import CODE, LINE, NAME, OUR_CHECKS
from disclosure.importing.labels import likeness, line_label, plain
from disclosure.importing.reading import Reading, TableRead, TablesRead, Unplaced
from disclosure.importing.recognise import FoundTable
from disclosure.importing.workbook import At, cell_name
from disclosure.model.place import Location, Problem
from disclosure.schema.classification import Classification
from disclosure.schema.pack import PackLayout, Side, SideLine
from disclosure.tables.public_tables import side_lines

NOTE = re.compile(r"^(?:注|说明|备注|本表)")
CODE_DIGITS = re.compile(r"\d{3}(?:\d{2}){0,2}")
LIKE_ENOUGH = 0.8  # a 类 renamed between years; a wrong one shows when the tables are compared


def read_tables(
    tables: Iterable[FoundTable], layout: PackLayout, classification: Classification, book: str
) -> TablesRead:
    """The figures of all tables, in the pack's order."""
    read = TablesRead()
    for table in tables:
        _TableReader(table, layout, classification, book, read).read()
    return read


class _TableReader:
    """Reads one table; every cell that stands for a figure is noted as placed."""

    def __init__(
        self,
        table: FoundTable,
        layout: PackLayout,
        classification: Classification,
        book: str,
        read: TablesRead,
    ) -> None:
        self.table = table
        self.sheet = table.sheet
        self.columns = table.header.columns
        self.layout = layout
        self.classification = classification
        self.book = book
        self.into = read
        self.own = read.tables.setdefault(table.layout.name, TableRead())
        self.placed: set[At] = set()

    def read(self) -> None:
        kinds = {
            "左右对照": self._two_sided,
            "科目": self._by_class,
            "经济分类": self._economic,
            "单行": self._single_line,
        }
        kinds[self.table.layout.layout]()
        self.into.unplaced += self._left_over()

    @property
    def _rows(self) -> Iterator[int]:
        for row in range(self.table.header.body, len(self.sheet.rows)):
            if not NOTE.match(plain(self._first_words(row))):
                yield row

    def _first_words(self, row: int) -> str:
        texts = (self.sheet.text(row, column) for column in range(self.sheet.width))
        return next((text for text in texts if text.strip()), "")

    def _enter(self, row: int, column: int, name: str) -> None:
        """Take the cell as the figure of that name."""
        where = Location(f"{self.book} › {self.sheet.place(row, column)}")
        self.placed.add((row, column))
        if (row, column) in self.sheet.errors:
            advice = "改正公式，或把结果写成数字"
            self.into.problems.append(Problem("是错误值（#REF! 之类），不是金额。", where, advice))
            return
        if (row, column) in self.sheet.unsaved:
            advice = "用 Excel 打开，按 F9 重新计算，保存后再导入"
            self.into.problems.append(Problem("公式没有存下结果。", where, advice))
            return
        try:
            read = cell_amount(self.sheet.value(row, column), self.table.money_unit)
        except NoAmount as fault:
            self.into.problems.append(Problem(f"{fault}。", where))
            return
        in_yuan, cell = self.table.money_unit == "元", cell_name(row, column)
        reading = Reading(name, read.amount, self.sheet.name, cell, in_yuan, read.finer)
        self.own.cells.setdefault(name, reading)
        self.into.enter(reading)

    # -------------------------------------------------------------- 左右对照

    def _two_sided(self) -> None:
        layout = self.table.layout
        assert layout.left and layout.right
        for side in (layout.left, layout.right):
            item = self.columns.get(f"{side.prefix}项目")
            if item is not None:
                self._side(side, item)

    def _side(self, side: Side, item: int) -> None:
        lines, closing = side_lines(side, self.layout.top_classes, self.classification)
        expected = [line for line in (*lines, *closing) if line.name]
        for row in self._rows:
            words = line_label(self.sheet.text(row, item))
            line = _first_called(words, expected, lines) if words else None
            if line is None:
                continue
            expected.remove(line)
            for column in side.columns:
                at = self.columns.get(f"{side.prefix}{column}")
                if at is not None and column in line.figures:
                    self._enter(row, at, line.figures[column])

    # -------------------------------------------------------------- 科目

    def _by_class(self) -> None:
        for row in self._rows:
            code = self._code(row)
            if code is None:
                continue
            for tag, pattern in self.table.layout.columns.items():
                if tag in self.columns:
                    at = self.columns[tag]
                    self._enter(row, at, pattern.replace("{代码}", code))

    def _code(self, row: int) -> str | None:
        """The 科目 of a line, or 合计; a line without code is known by its name alone."""
        parts = [plain(self.sheet.text(row, at)) for at in self.table.header.codes]
        name_at = self.columns.get(NAME)
        name = self.sheet.text(row, name_at).strip() if name_at is not None else ""
        if TOTAL in parts or (plain(name) == TOTAL and not any(parts)):
            return TOTAL
        code = _joined(parts)
        if code is None and not any(parts) and name:
            code = self._code_called(name)
        if code is not None and name:
            self.into.names.setdefault(code, name)
            self.own.names.setdefault(code, name)
        known = {**self.classification.functional, **self.into.names}
        return code if code in known else None

    def _code_called(self, name: str) -> str | None:
        """The one 项, 款 or 类 of that name, None when there are several or none."""
        known = [c for c, n in self.classification.functional.items() if plain(n) == plain(name)]
        return known[0] if len(known) == 1 else None

    # -------------------------------------------------------------- 经济分类

    def _economic(self) -> None:
        labels = self.table.header.labels
        codes = sorted(at for at, words in labels.items() if words == CODE)
        amounts = sorted(at for at, words in labels.items() if words == "决算数")
        pairs = {}
        for number, at in enumerate(codes):
            end = codes[number + 1] if number + 1 < len(codes) else self.sheet.width
            amount = next((a for a in amounts if at < a < end), None)
            if amount is not None:
                pairs[at] = amount
        for row in self._rows:
            for at, amount in pairs.items():
                code = plain(self.sheet.text(row, at))
                if code in self.classification.economic:
                    self._enter(row, amount, f"经济分类/{code}/决算数")
            self._economic_totals(row, amounts)

    def _economic_totals(self, row: int, amounts: Sequence[int]) -> None:
        """人员经费合计 and 公用经费合计: the first amount behind the words, be it columns away."""
        called = {"人员经费合计": PERSONNEL, "公用经费合计": OPERATING, TOTAL: f"经济分类/{TOTAL}"}
        found = {
            column: called[words]
            for column in range(self.sheet.width)
            if (words := line_label(self.sheet.text(row, column))) in called
        }
        for column, name in found.items():
            end = min((c for c in found if c > column), default=self.sheet.width)
            behind = [at for at in amounts if column < at < end]
            filled = [at for at in behind if self.sheet.text(row, at).strip()]
            for at in filled[:1] or behind[-1:]:
                self._enter(row, at, name)

    # -------------------------------------------------------------- 单行

    def _single_line(self) -> None:
        rows = list(self._rows)
        filled = [r for r in rows if any(self._holds(r, at) for at in self.columns.values())]
        for row in (filled or rows)[:1]:
            for tag, name in self.table.layout.columns.items():
                if tag in self.columns:
                    self._enter(row, self.columns[tag], name)

    # -------------------------------------------------------------- what is left over

    def _holds(self, row: int, column: int) -> bool:
        return is_amount(self.sheet.value(row, column))

    def _left_over(self) -> Iterator[Unplaced]:
        """Amounts in no placed cell, told by unknown column or by line."""
        header = self.table.header
        skipped = {
            at for at, words in header.labels.items() if words.startswith((LINE, OUR_CHECKS))
        }
        skipped |= {*header.codes}
        skipped |= {at for at, words in header.labels.items() if words in (CODE, NAME, "项目")}
        strange: dict[int, list[int]] = {}
        for row in range(header.body, len(self.sheet.rows)):
            cells = [
                column
                for column in range(self.sheet.width)
                if (row, column) not in self.placed
                and column not in skipped
                and self._holds(row, column)
                and not (column not in header.labels and (row, column) in self.sheet.formulas)
            ]
            for column in cells:
                if column in header.unknown:
                    strange.setdefault(column, []).append(row)
            known = [column for column in cells if column not in header.unknown]
            if known:
                yield self._line_left_over(row, known)
        for column, rows in strange.items():
            what = "、".join(self.sheet.text(row, column) for row in rows[:3])
            more = f" 等 {len(rows)} 个数" if len(rows) > 3 else ""
            why = f"栏目“{header.unknown[column]}”不在单位包的{self.table.layout.code}里"
            yield Unplaced(self.sheet.place(rows[0], column), what + more, why)

    def _line_left_over(self, row: int, cells: Sequence[int]) -> Unplaced:
        what = "、".join(self.sheet.text(row, column) for column in cells)
        words = self._first_words(row).strip()
        why = "这一行没有科目或项目" if is_amount(words) else f"不认识“{words}”这一行"
        return Unplaced(self.sheet.place(row, cells[0]), what, why)


def _first_called(
    words: str, unused: Sequence[SideLine], numbered: Sequence[SideLine]
) -> SideLine | None:
    """The first unused line with that label; a numbered one renamed, when only one is like it."""
    for line in unused:
        if line_label(line.name) == words:
            return line
    alike = [
        line
        for line in unused
        if line in numbered and likeness(line_label(line.name), words) >= LIKE_ENOUGH
    ]
    return alike[0] if len(alike) == 1 else None


def _joined(parts: Sequence[str]) -> str | None:
    """One code out of its cells: whole in one, or 类, 款 and 项 side by side."""
    filled = [part for part in parts if part]
    if not filled or not all(part.isdigit() for part in filled):
        return None
    longest = filled[-1]
    whole = longest if all(longest.startswith(part) for part in filled) else "".join(filled)
    return whole if CODE_DIGITS.fullmatch(whole) else None
