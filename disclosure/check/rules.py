"""Every rule in the order shown, and running them: findings, what was acknowledged, the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from disclosure.check.acknowledged import Acknowledged, sorted_out
from disclosure.check.across_tables import ACROSS_TABLES
from disclosure.check.causes import grouped
from disclosure.check.cells import Cells
from disclosure.check.completeness import COMPLETENESS
from disclosure.check.document_rules import DELIVERED_RULES
from disclosure.check.document_rules_rates import RATE_RULES
from disclosure.check.document_rules_sentences import SENTENCE_RULES
from disclosure.check.document_rules_told import Told
from disclosure.check.finding import Finding
from disclosure.check.fitting_tables import FITTING_TABLES
from disclosure.check.numbers import NUMBERS
from disclosure.check.parts import PARTS
from disclosure.check.performance import PERFORMANCE
from disclosure.check.reasons import REASONS
from disclosure.check.rule import Entry, Rule, Verdict, run
from disclosure.check.scores import SCORES
from disclosure.check.subject import Subject
from disclosure.check.table_shape import TABLE_SHAPE
from disclosure.check.total_tables import ALL_MONEY, FISCAL_MONEY
from disclosure.check.typed_words import TYPED_WORDS
from disclosure.check.within_tables import BY_CLASS, BY_FUND
from disclosure.check.wording import WORDING
from disclosure.check.years import YEARS
from disclosure.model.place import Level

# Rules on the tables alone: they run on any workbook whose cells have been read.
TABLE_RULES: tuple[Rule[Cells], ...] = (
    *ALL_MONEY,
    *BY_CLASS,
    *FISCAL_MONEY,
    *BY_FUND,
    *TABLE_SHAPE,
    *ACROSS_TABLES,
    *FITTING_TABLES,
)
# Rules on the whole report.
REPORT_RULES: tuple[Rule[Subject], ...] = (
    *YEARS,
    *REASONS,
    *PARTS,
    *NUMBERS,
    *TYPED_WORDS,
    *WORDING,
    *SCORES,
    *PERFORMANCE,
    *COMPLETENESS,
)
# Rules on sentences against tables: they run on the data and on any finished file.
TOLD_RULES: tuple[Rule[Told], ...] = (*SENTENCE_RULES, *RATE_RULES)
RULES: tuple[Rule[Any], ...] = (*TABLE_RULES, *REPORT_RULES)
# Rules on what a document says of itself, and on a delivered file against the data.
DOCUMENT_RULES: tuple[Rule[Any], ...] = (*TOLD_RULES, *DELIVERED_RULES)


@dataclass(frozen=True)
class Checked:
    """What came of a run. `findings` are grouped by cause and leave out what was acknowledged."""

    findings: tuple[Finding, ...]
    acknowledged: tuple[Acknowledged, ...]
    ledger: tuple[Entry, ...]

    def count(self, verdict: Verdict) -> int:
        """How many rules have this verdict."""
        return sum(entry.verdict is verdict for entry in self.ledger)


def run_rules(subject: Subject, told: Told | None = None) -> Checked:
    """Every rule on a report; `told` is the same report in sentences."""
    ledger = [*run(TABLE_RULES, subject.cells), *run(REPORT_RULES, subject)]
    ledger += run(TOLD_RULES, told) if told else ()
    found = (finding for entry in ledger for finding in entry.findings)
    left, done = sorted_out(found, subject.report.content.acknowledged)
    settled = {id(each.finding) for each in done}
    return Checked(grouped(left), tuple(done), tuple(_settled(e, settled) for e in ledger))


def _settled(entry: Entry, acknowledged: set[int]) -> Entry:
    """A rule all of whose hints were acknowledged has passed, and the ledger says by whose word."""
    hints = [f for f in entry.findings if f.level is not Level.ROUNDING]
    if not hints or any(id(f) not in acknowledged for f in hints):
        return entry
    verdict = Verdict.UNKNOWN if entry.why else Verdict.PASSED
    why = "；".join(filter(None, (entry.why, f"{len(hints)} 处提示已确认")))
    return replace(entry, verdict=verdict, why=why)


def catalogue(rules: Iterable[Rule[Any]] = (*RULES, *DOCUMENT_RULES)) -> str:
    """docs/rules.md: every rule as one row of a table."""
    lines = [
        "# 核对规则",
        "",
        "本页由 `build.py check --rules` 生成，不要手工修改。",
        "级别：错误不改正就不能定稿；提示要有人看过，可在 `acknowledged.yaml` 里确认一次，"
        "背后的数变了会再次提示；尾差由四舍五入造成，只计数。",
        "允许的尾差由参加比较的数推出：每个四舍五入成万元的数半个末位（0.005），"
        "同一个数在两处应一样，以元录入的分毫不差。",
        "",
        "| 编号 | 规则 | 比较的两处 | 级别 | 依据 | 处理办法 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {rule.id} | {rule.title} | {rule.compares[0]} ↔ {rule.compares[1]} "
        f"| {rule.level.value} | {rule.source} | {rule.advice} |".replace("*", r"\*")
        for rule in rules
    ]
    return "\n".join(lines) + "\n"
