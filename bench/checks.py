"""What the checks find: no false alarm, and how many single mistakes some rule reports.

    python -m bench.checks [--sample N] [--seed N]

Every amount of the newest year is changed one at a time, in the content and then in the finished
.docx, where years, directions, counts and names are changed as well. A change counts as reported
when a rule says something that it does not say of the unchanged document.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure.check.document_rules_changes import DOWNWARD, UPWARD
from disclosure.check.finding import Finding
from disclosure.check.rules import Checked
from disclosure.load.pack import load_pack
from disclosure.model.figure import Figure
from disclosure.model.place import DisclosureError, Level, Location
from disclosure.pipeline import Build, build, newest_year
from disclosure.readback.checking import Data, check_docx
from disclosure.readback.sources import table_rows
from disclosure.schema.pack import PackLayout
from disclosure.written import Written, write_words

ROOT = Path(__file__).resolve().parents[1]
CONTENT, PACKS = ROOT / "content", ROOT / "templates"
DOCUMENT = "word/document.xml"

Said = frozenset[tuple[str, str, str, tuple[str, ...]]]


def said(checked: Checked) -> Said:
    """Everything the rules say, 尾差 apart, whether or not it was acknowledged."""
    found = (finding for entry in checked.ledger for finding in entry.findings)
    return frozenset(_key(one) for one in found if one.level is not Level.ROUNDING)


def _key(finding: Finding) -> tuple[str, str, str, tuple[str, ...]]:
    return finding.rule, finding.about, finding.message, finding.figures


@dataclass
class Tally:
    """How many changes of one kind were made and reported; `silent` are those nobody noticed."""

    made: int = 0
    reported: int = 0
    silent: list[str] = field(default_factory=list)

    def note(self, what: str, *, reported: bool) -> None:
        self.made += 1
        self.reported += reported
        if not reported:
            self.silent.append(what)


Tallies = dict[str, Tally]

# ------------------------------------------------------------------ in the content

Wrong = Callable[[Decimal], Decimal | None]


def _swapped(amount: Decimal) -> Decimal | None:
    """Two neighbouring digits that differ change places."""
    text = f"{amount:f}"
    for at in range(len(text) - 1):
        one, other = text[at], text[at + 1]
        if one.isdigit() and other.isdigit() and one != other:
            return Decimal(text[:at] + other + one + text[at + 2 :])
    return None


WRONGS: dict[str, Wrong] = {
    "加一": lambda amount: amount + 1,
    "减半": lambda amount: amount - Decimal("0.5"),
    "两位对调": _swapped,
    "十倍": lambda amount: amount * 10,
    "变号": lambda amount: -amount,
}
TO_NEIGHBOUR = "移到邻行"


@dataclass(frozen=True)
class Typed:
    """A number typed in the content: its file and line, its text there, what it is."""

    file: Path
    line: int
    text: str
    name: str

    @property
    def amount(self) -> Decimal:
        return Decimal(self.text)


def typed_amounts(written: Written, unit_dir: Path) -> list[Typed]:
    """Every amount and count of the report's own year that is typed and is not zero."""
    found: dict[tuple[Path, int, str], Typed] = {}
    for figure in written.report.figures:
        place = figure.source
        if isinstance(place, Location) and figure.amount and figure.id.startswith(_year(written)):
            one = _typed(figure, place, unit_dir)
            if one:
                found.setdefault((one.file, one.line, one.text), one)
    return sorted(found.values(), key=lambda one: (one.file, one.line))


def _year(written: Written) -> str:
    return f"{written.report.year}/"


def _typed(figure: Figure, place: Location, unit_dir: Path) -> Typed | None:
    file = unit_dir.parent / place.file
    if place.line is None or not file.is_file():
        return None
    line = file.read_text("utf-8").splitlines()[place.line - 1]
    for match in re.finditer(r"(?<![\d.\w])-?\d+(?:\.\d+)?(?![\d.\w%])", line):
        if Decimal(match[0]) in (figure.amount, abs(figure.amount or 0)):
            return Typed(file, place.line, match[0], figure.name)
    return None


def changed_line(text: str, one: Typed, new: str) -> str:
    """The file's text with this number changed."""
    lines = text.split("\n")
    pattern = rf"(?<![\d.\w]){re.escape(one.text)}(?![\d.\w%])"
    lines[one.line - 1] = re.sub(pattern, new, lines[one.line - 1], count=1)
    return "\n".join(lines)


def content_changes(amounts: Sequence[Typed]) -> Iterator[tuple[str, Typed, dict[int, str]]]:
    """Kind, the number, and for each line of its file the new number there."""
    for at, one in enumerate(amounts):
        for kind, wrong in WRONGS.items():
            new = wrong(one.amount)
            if new is not None and new != one.amount:
                yield kind, one, {at: f"{new:f}"}
        other = amounts[at + 1] if at + 1 < len(amounts) else one
        if other.file == one.file and other.amount != one.amount:
            yield TO_NEIGHBOUR, one, {at: other.text, at + 1: one.text}


def in_content(sample: int | None, seed: int, unit_dir: Path = CONTENT) -> Tallies:
    """Change the amounts of the content one at a time."""
    tallies: Tallies = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / unit_dir.name
        shutil.copytree(unit_dir, copy)
        year = newest_year(copy)

        def words() -> Written:
            return write_words(copy, year, PACKS, with_templates=False)

        before = words()
        known = said(before.checked)
        amounts = typed_amounts(before, copy)
        for kind, one, new in _some(list(content_changes(amounts)), sample, seed):
            kept = text = one.file.read_text("utf-8")
            for at, number in new.items():
                text = changed_line(text, amounts[at], number)
            one.file.write_text(text, "utf-8")
            try:
                reported = bool(said(words().checked) - known)
            except DisclosureError:
                reported = True
            finally:
                one.file.write_text(kept, "utf-8")
            tallies[kind].note(f"{one.name} {one.text}", reported=reported)
    return dict(tallies)


# ------------------------------------------------------------------ in the finished file

TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
OPPOSITE = {
    **dict(zip(("增加", "增长", "大于", "高于"), ("减少", "下降", "小于", "低于"), strict=True)),
    **dict(zip(("减少", "下降", "小于", "低于"), ("增加", "增长", "大于", "高于"), strict=True)),
}
assert OPPOSITE.keys() <= {*UPWARD, *DOWNWARD}
KINDS: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "金额": (re.compile(r"\d+\.\d+|\d+(?=万元)"), lambda words: f"{Decimal(words) + 1}"),
    "年度": (re.compile(r"20\d\d(?=年)"), lambda words: str(int(words) - 1)),
    "增减方向": (re.compile("|".join(OPPOSITE)), lambda words: OPPOSITE[words]),
    "个数": (re.compile(r"(?<![\d.])\d+(?=[个人名辆次分])"), lambda words: str(int(words) + 1)),
}


@dataclass(frozen=True)
class Spot:
    """Characters of the document's XML and what is put there instead."""

    kind: str
    start: int
    end: int
    new: str
    around: str


def spots(xml: str, names: Iterable[str]) -> list[Spot]:
    """Every place at which a change of some kind can be made."""
    found = []
    name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for text in TEXT.finditer(xml):
        for kind, (pattern, wrong) in (*KINDS.items(), ("名称", (name, _misspelt))):
            for match in pattern.finditer(text[2]):
                if match[0]:
                    at = text.start(2)
                    around = text[2][max(0, match.start() - 8) : match.end() + 8]
                    start, end = at + match.start(), at + match.end()
                    found.append(Spot(kind, start, end, wrong(match[0]), around))
    return found


def _misspelt(name: str) -> str:
    """The first two characters that differ change places."""
    for at in range(len(name) - 1):
        if name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name + name[-1:]


def with_document(docx: bytes, xml: str) -> bytes:
    """The package with another document.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w") as new:
        for item in old.infolist():
            new.writestr(item, xml if item.filename == DOCUMENT else old.read(item.filename))
    return made.getvalue()


def document_xml(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(DOCUMENT).decode()


def in_document(
    made: Build, layout: PackLayout, sample: int | None, seed: int, *, alone: bool = False
) -> Tallies:
    """Change the finished report one place at a time; `alone`: the content is not at hand."""
    tallies: Tallies = defaultdict(Tally)
    docx = next(product.data for product in made.products if product.kind == "report")
    data = None if alone else Data(made.report, made.document, docx)
    known = said(check_docx(docx, "成品.docx", layout, data))
    xml = document_xml(docx)
    by_kind: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots(xml, _names(made)):
        by_kind[spot.kind].append(spot)
    for kind, found in by_kind.items():
        for spot in _some(found, sample, seed):
            wrong = with_document(docx, xml[: spot.start] + spot.new + xml[spot.end :])
            reported = bool(said(check_docx(wrong, "成品.docx", layout, data)) - known)
            tallies[kind].note(f"…{spot.around}… → {spot.new}", reported=reported)
    return dict(tallies)


def _names(made: Build) -> set[str]:
    """The unit, 科目 and projects by the names that the tables print."""
    cells = (text for rows in table_rows(made.document).values() for row in rows for text, _ in row)
    words = {text for text in cells if re.fullmatch("[一-鿿“”（）]{4,}", text)}
    return words | {made.report.unit.full_name.words}


def _some(found: Sequence[Any], sample: int | None, seed: int) -> Sequence[Any]:
    if sample is None or len(found) <= sample:
        return found
    return random.Random(seed).sample(found, sample)


# ------------------------------------------------------------------ telling


def told(title: str, tallies: Tallies, *, list_silent: bool = True) -> str:
    """One line for each kind, then what nobody noticed."""
    lines = [title]
    for kind, tally in tallies.items():
        share = 100 * tally.reported / tally.made
        lines.append(
            f"  {kind:<6} 改 {tally.made:4d} 处，报出 {tally.reported:4d} 处，{share:5.1f} %"
        )
    silent = defaultdict(list)
    for kind, tally in tallies.items():
        for what in tally.silent:
            silent[what].append(kind)
    if silent and list_silent:
        lines.append("  没有报出的，和为什么没有一条规则能知道：")
        lines += [
            f"    {what}：{'、'.join(kinds)}（{_why(kinds)}）" for what, kinds in silent.items()
        ]
    return "\n".join(lines)


def _why(kinds: Sequence[str]) -> str:
    """Why no rule can know of it."""
    if kinds == [TO_NEIGHBOUR]:
        return "同一个合计里的两个数对调，合计不变，各自没有第二处"
    return "没有第二处写着它；用到它的数都由它算出，一起变"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=150, help="每类在成品里改几处")
    parser.add_argument("--content-sample", type=int, default=None, help="内容里改几处，默认全部")
    parser.add_argument("--seed", type=int, default=2023)
    given = parser.parse_args(arguments)
    made = build(CONTENT, newest_year(CONTENT), PACKS)
    layout = load_pack(PACKS, str(made.report.unit.pack), with_templates=False).layout
    print(f"误报：内容不改时，错误 {len(made.errors)} 处")
    docx = next(p.data for p in made.products if p.kind == "report")
    clean = check_docx(docx, "成品.docx", layout, Data(made.report, made.document, docx))
    print(f"误报：成品不改时，发现 {len(clean.findings)} 处")
    print(told("内容里的数，一次改一处", in_content(given.content_sample, given.seed)))
    with_content = in_document(made, layout, given.sample, given.seed)
    print(told("成品 .docx，一次改一处，有内容文件", with_content))
    alone = in_document(made, layout, given.sample, given.seed, alone=True)
    print(told("成品 .docx，一次改一处，没有内容文件", alone, list_silent=False))
    missed = sum(len(tally.silent) for tally in with_content.values())
    return 1 if made.errors or clean.findings or missed else 0


if __name__ == "__main__":
    sys.exit(main())
