"""Why nothing could know of a slip: what else in the document depends on, or states, what was typed.

A slip can be found out only where two figures of different origin meet. So of every typed number it
is asked: which figures are computed from it, which comparisons of the rules have it on one side
only, and where the same number is typed a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from bench.checks.sites import CODE, IN_WORDS, NAME, NUMBER, WAY, YEAR, Site
from disclosure.check.cells import Cells
from disclosure.check.rule import Comparison, Relation, Rule, Term
from disclosure.check.rules import REPORT_RULES, TABLE_RULES
from disclosure.check.slips import significant_digits
from disclosure.check.subject import Subject
from disclosure.lineage import Lineage, lineage_of
from disclosure.model.figure import Figure
from disclosure.model.place import Location
from disclosure.written import Written, subject_of

TELLING = 3  # digits from which two equal numbers are hardly equal by chance
NUMBERS = (NUMBER, IN_WORDS)
ALONE = {
    CODE: "代码后面没有写名称",
    IN_WORDS: "句子或指标自己的数，数据里没有这件事的数",
    NAME: "名称就在这一行起的，印出来的都从它来",
    WAY: "说的不是报告里的数，或说的是往年",
    YEAR: "说的是文号、往年或具体日子，数据里没有这件事",
}
OF_AN_INDICATOR, ONLY_ORDER = ("目标", "实际"), ("摘要次序",)
SUMMANDS = "两个数是同一个合计的加数，对调后合计不变"
Line = tuple[str, int]


@dataclass(frozen=True)
class Compared:
    """One comparison of a rule: the lines behind what was found and behind what is expected."""

    rule: str
    relation: Relation
    left: frozenset[Line]
    right: frozenset[Line]

    def differs_for(self, lines: frozenset[Line]) -> bool:
        """Whether a slip at these lines moves one side and not the other."""
        left, right = self.left - self.right, self.right - self.left
        if len(lines) > 1 and (lines <= left or lines <= right):
            return False
        return bool(lines & (left | right))


class Proof:
    """What one document knows of each line of its content."""

    def __init__(self, written: Written, unit_dir: Path, every: Iterable[Site]) -> None:
        self._written = written
        self._unit = unit_dir
        self._every = list(every)

    def why(self, touched: Sequence[Site]) -> str:
        """Why no rule could report a slip at these sites (two that changed places): what is
        computed from them, what they are compared with, where the same is typed again."""
        first, *others = touched
        if others:
            parts = [self._printed(first), SUMMANDS if self._of_one_sum(touched) else ""]
        elif first.kind == NUMBER:
            parts = [self._printed(first), self._bounds(first)]
        elif first.key in OF_AN_INDICATOR:
            parts = ["指标的目标、实际只写在这一处，得分由它算出，一起变"]
        else:
            parts = [ALONE[first.kind]]
        return "；".join(filter(None, (*parts, self._again(first))))

    def equalities(self, touched: Sequence[Site]) -> list[str]:
        """The rules that hold these numbers equal to figures of another origin; two numbers of
        one sum that change places leave it as it was."""
        lines = frozenset(map(self._line, touched))
        return [
            one.rule for one in self._compared if one.relation is EQUAL and one.differs_for(lines)
        ]

    def _of_one_sum(self, touched: Sequence[Site]) -> bool:
        lines = frozenset(map(self._line, touched))
        return any(lines <= one.left or lines <= one.right for one in self._compared)

    def again(self, site: Site) -> list[Site]:
        """Other places where the same name or the same telling number is typed."""
        others = [other for other in self._every if other is not site]
        if site.kind == NAME:
            return [one for one in others if one.kind == NAME and one.text == site.text]
        if site.kind not in NUMBERS or significant_digits(site.amount) < TELLING:
            return []
        return [one for one in others if one.kind in NUMBERS and one.amount == site.amount]

    def _printed(self, site: Site) -> str:
        mine = self._figures_of.get(self._line(site), [])
        if site.key in ONLY_ORDER:
            return "只定先后，不印出"
        if not mine:
            return "不参加计算，只印在它自己那一处"
        known = {figure.id for figure in self._all if self._leaves(figure) & {self._line(site)}}
        count = sum(len(self._lineage.places.get(name, ())) for name in known)
        return f"只在这一行写着，印出的 {count} 处都由它算出，一起变"

    def _bounds(self, site: Site) -> str:
        line = frozenset({self._line(site)})
        bounds = [
            f"{one.rule}（{one.relation}）"
            for one in self._compared
            if one.relation is not EQUAL and one.differs_for(line)
        ]
        return f"与别处只比大小，仍成立：{'、'.join(dict.fromkeys(bounds))}" if bounds else ""

    def _again(self, site: Site) -> str:
        places = [f"{one.file.name} 第{one.line}行" for one in self.again(site)]
        same = "同样的名称" if site.kind == NAME else "同一个数（不是同一件事）"
        return f"别处也写着{same}：{'、'.join(places)}" if places else ""

    # -------------------------------------------------------------- figures and their lines

    def _line(self, site: Site) -> Line:
        return site.file.relative_to(self._unit.parent).as_posix(), site.line

    @cached_property
    def _all(self) -> list[Figure]:
        return list({id(figure): figure for figure in self._written.report.figures}.values())

    @cached_property
    def _lineage(self) -> Lineage:
        written = self._written
        return lineage_of(written.report, written.document, written.phrasebook.show)

    @cached_property
    def _figures_of(self) -> dict[Line, list[Figure]]:
        found: dict[Line, list[Figure]] = defaultdict(list)
        for figure in self._all:
            if isinstance(figure.source, Location) and figure.source.line:
                found[figure.source.file, figure.source.line].append(figure)
        return found

    def _leaves(self, figure: Figure) -> frozenset[Line]:
        """The lines that a figure is computed from."""
        known = self._known_leaves.get(id(figure))
        if known is None:
            place = figure.source
            if isinstance(place, Location):
                known = frozenset({(place.file, place.line)} if place.line else ())
            else:
                known = frozenset().union(*map(self._leaves, place.operands))
            self._known_leaves[id(figure)] = known
        return known

    @cached_property
    def _known_leaves(self) -> dict[int, frozenset[Line]]:
        return {}

    # -------------------------------------------------------------- what the rules compare

    @cached_property
    def _typed_at(self) -> dict[Line, set[Decimal]]:
        found: dict[Line, set[Decimal]] = defaultdict(set)
        for site in self._every:
            if site.kind in NUMBERS:
                found[self._line(site)].add(site.amount)
        return found

    @cached_property
    def _compared(self) -> list[Compared]:
        """Every comparison of two figures that the rules on data make."""
        written = self._written
        subject = subject_of(written.report, written.pack.layout, written.document)
        by_id = dict(written.report.figures.items())
        return [
            Compared(
                rule.id,
                comparison.relation,
                self._lines([comparison.found], by_id),
                self._lines(comparison.expected, by_id),
            )
            for rule, comparison in _comparisons(subject)
        ]

    def _lines(self, terms: Iterable[Term], by_id: dict[str, Figure]) -> frozenset[Line]:
        found: set[Line] = set()
        for term in terms:
            told = term.tell()
            if told.figure in by_id:
                found |= self._leaves(by_id[told.figure])
            elif told.place and told.place.line:
                line = (told.place.file, told.place.line)
                if told.amount in self._typed_at[line]:  # else a sum, told by its first part
                    found.add(line)
        return frozenset(found)


def _all_put_out(cells: Cells) -> Cells:
    """Cells of which none agrees with another, so that a rule makes all of its comparisons: it
    makes none of figures that agree at first sight."""
    put_out = (Decimal(number).scaleb(-SMALL) for number in count(1))
    tables = {
        role: replace(
            table,
            amounts={name: amount + next(put_out) for name, amount in table.amounts.items()},
            rows={
                key: {measure: amount + next(put_out) for measure, amount in row.items()}
                for key, row in table.rows.items()
            },
        )
        for role, table in cells.tables.items()
    }
    return replace(cells, tables=tables)


SMALL = 12  # decimals by which cells are put out, far below any that is printed
EQUAL = Relation.EQUAL


def _comparisons(subject: Subject) -> Iterator[tuple[Rule[Any], Comparison]]:
    groups: tuple[tuple[Iterable[Rule[Any]], Any], ...] = (
        (TABLE_RULES, _all_put_out(subject.cells)),
        (REPORT_RULES, subject),
    )
    for rules, of in groups:
        for rule in rules:
            if any(of.lacks(need) for need in rule.needs):
                continue
            for said in rule.check(of):
                if isinstance(said, Comparison):
                    yield rule, said
