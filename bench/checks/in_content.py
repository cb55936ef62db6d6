"""Each thing typed in the content changed, one at a time; it counts when a rule then says more."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from bench.checks.in_document import printed_names
from bench.checks.proof import Proof
from bench.checks.sites import (
    CODE,
    IN_WORDS,
    NAME,
    NUMBER,
    OPPOSITE,
    WAY,
    YEAR,
    Site,
    misspelt,
    sites,
    swapped,
)
from bench.checks.tally import Tallies, Tally, said, some
from disclosure.load.unit import UNIT_FILE
from disclosure.model.place import DisclosureError
from disclosure.pipeline import newest_year
from disclosure.written import Written, write_words

NOT_PRINTED = ("acknowledged.yaml", "sources.yaml")

Wrong = Callable[[Decimal], Decimal | None]
WRONGS: dict[str, Wrong] = {
    "加一": lambda amount: amount + 1,
    "减半": lambda amount: amount - Decimal("0.5"),
    "两位对调": swapped,
    "十倍": lambda amount: amount * 10,
    "变号": lambda amount: -amount,
}
SHIFTED, EXCHANGED = "移到邻行", "与邻行对调"
IN_TEXT: dict[str, Callable[[str], str]] = {
    CODE: lambda code: str(int(code) + 1),
    IN_WORDS: lambda number: f"{Decimal(number) + 1}",
    YEAR: lambda year: str(int(year) - 1),
    WAY: lambda way: OPPOSITE[way],
    NAME: misspelt,
}


@dataclass(frozen=True)
class Change:
    """One slip: of which kind, at which site, and the new words of each site it touches."""

    kind: str
    site: Site
    new: tuple[tuple[Site, str], ...]


def changes(found: Sequence[Site]) -> Iterator[Change]:
    """Every slip that can be made at these sites of one file."""
    numbers = [site for site in found if site.kind == NUMBER]
    below = dict(pairwise(numbers))
    for site in found:
        if site.kind != NUMBER:
            yield Change(site.kind, site, ((site, IN_TEXT[site.kind](site.text)),))
            continue
        for kind, wrong in WRONGS.items():
            new = wrong(site.amount)
            if new is not None and new != site.amount:
                yield Change(kind, site, ((site, f"{new:f}"),))
        other = below.get(site)
        if other is not None and other.amount != site.amount:
            yield Change(SHIFTED, site, ((site, "0"), (other, site.text)))
            yield Change(EXCHANGED, site, ((site, other.text), (other, site.text)))


def changed(text: str, change: Change) -> str:
    """The file's text with this slip in it."""
    for site, new in sorted(change.new, key=lambda one: -one[0].start):
        text = text[: site.start] + new + text[site.end :]
    return text


def in_content(unit_dir: Path, packs: Path, sample: int | None, seed: int) -> Tallies:
    """Make every slip in the newest year's files and in unit.yaml, one at a time."""
    tallies: Tallies = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / unit_dir.name
        shutil.copytree(unit_dir, copy)
        year = newest_year(copy)

        def words() -> Written:
            return write_words(copy, year, packs, with_templates=False)

        before = words()
        known = said(before.checked)
        names = printed_names(before.report, before.document)
        found = {file: sites(file, names) for file in _files(copy, year)}
        proof = Proof(before, copy, [site for each in found.values() for site in each])
        every = [change for each in found.values() for change in changes(each)]
        for change in some(every, sample, seed):
            file = change.site.file
            kept = file.read_text("utf-8")
            file.write_text(changed(kept, change), "utf-8")
            try:
                reported = bool(said(words().checked) - known)
            except DisclosureError:
                reported = True
            finally:
                file.write_text(kept, "utf-8")
            touched = [site for site, _ in change.new]
            why = "" if reported else proof.why(touched)
            equal = "" if reported else "、".join(proof.equalities(touched))
            tallies[change.kind].note(
                str(change.site), reported=reported, why=why, contradicts=equal
            )
    return dict(tallies)


def _files(unit_dir: Path, year: int) -> list[Path]:
    year_files = sorted((unit_dir / str(year)).rglob("*.yaml"))
    return [unit_dir / UNIT_FILE, *(file for file in year_files if file.name not in NOT_PRINTED)]
