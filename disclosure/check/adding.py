"""Sums inside a table, cell by cell: agreement is counted, only a difference is told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure.check.cells import NOTHING, TableCells
from disclosure.check.rule import Comparison, Looked, Relation, Said, Term, is_exact
from disclosure.derive.money import TOTAL

PLUS, MINUS = 1, -1


def adds_up(
    table: TableCells,
    whole: str,
    parts: Iterable[str],
    words: str,
    less: Iterable[str] = (),
    relation: Relation = Relation.EQUAL,
) -> Iterator[Said]:
    """One cell against the sum of others, `less` taken off; nothing where all are blank."""
    parts, less = tuple(parts), tuple(less)
    amount = table.amount(whole)
    amounts = [table.amount(part) for part in parts] + [-table.amount(part) for part in less]
    if amount == sum(amounts, NOTHING) and not is_exact(amount):
        if amount or any(amounts):
            yield Looked(1)
        return
    terms = [*(table.term(part) for part in parts), *(-table.term(part) for part in less)]
    yield from against(table.term(whole), terms, words, relation)


def against(
    found: Term, terms: Sequence[Term], words: str = "", relation: Relation = Relation.EQUAL
) -> Iterator[Said]:
    """A comparison of cells, unless all of them are blank."""
    if found.amount or any(term.amount for term in terms):
        yield Comparison(found, tuple(terms), relation, words)


def rows_add_up(
    table: TableCells, whole: str, parts: Mapping[str, int], words: str
) -> Iterator[Said]:
    """Every row: the cell in column `whole` against the others, each with its sign."""
    agreed = 0
    for key, row in table.rows.items():
        if not row:
            continue
        summed = sum((parts[m] * amount for m, amount in row.items() if m in parts), NOTHING)
        if summed == row.get(whole, NOTHING) and not table.exact:
            agreed += 1
            continue
        yield Comparison(
            table.term(f"{key}/{whole}"),
            tuple(_signed(table, f"{key}/{part}", sign) for part, sign in parts.items()),
            words=words,
        )
    if agreed:
        yield Looked(agreed)


def levels_add_up(table: TableCells) -> Iterator[Said]:
    """类 = Σ款, 款 = Σ项, 合计 = Σ类, for every column."""
    agreed = 0
    for parent, children in table.children.items():
        own = table.rows.get(parent)
        if own is None:
            continue
        sums: dict[str, Decimal] = {}
        for child in children:
            for measure, amount in table.rows[child].items():
                sums[measure] = sums.get(measure, NOTHING) + amount
        for measure in table.measures:
            summed, amount = sums.get(measure, NOTHING), own.get(measure, NOTHING)
            if summed == amount and not table.exact:
                agreed += bool(amount)
            elif summed or amount:
                yield Comparison(
                    table.term(f"{parent}/{measure}"),
                    tuple(table.term(f"{child}/{measure}") for child in children),
                    words=f"下一级{measure}之和",
                )
    if agreed:
        yield Looked(agreed)


def shared_keys(*tables: TableCells) -> list[str]:
    """The row keys of any of the tables, 合计 apart, in code order."""
    return sorted({key for table in tables for key in table.rows if key != TOTAL})


def _signed(table: TableCells, name: str, sign: int) -> Term:
    term = table.term(name)
    return term if sign == PLUS else -term
