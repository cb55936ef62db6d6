"""手写的话: names nearly spelt as a known one, and the same clause typed twice with other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from disclosure.check.prose import Joined, Prose, about
from disclosure.check.rule import Remark, Said, rule, told
from disclosure.check.subject import Subject
from disclosure.check.total_tables import FISCAL_FUNDS
from disclosure.model.place import Level, Location

ONE_NAME = "名称前后一致"
CHECK_NAME = "照已有的名称改正；确是另一个名称的，确认一次即可"

SHORTEST = 4  # characters from which a name with two of them swapped is hardly another word
DIGIT = re.compile(r"\d")
LONG_ENOUGH = 6  # the same for a name with one character changed, left out or put in
SWAPPED, OTHER, LOST, ADDED = "两字颠倒", "错一字", "少一字", "多一字"


def slip_of(words: str, name: str) -> str:
    """The one slip of the pen that makes `words` of `name`; "" when it is none or more than one.

    A character put in, left out or changed at either end makes another name, not a slip.
    """
    ends_differ = words[:1] != name[:1] or words[-1:] != name[-1:]
    if words == name or ends_differ or len(name) < LONG_ENOUGH:
        return SWAPPED if _is_swapped(words, name) else ""
    start = next((i for i, (a, b) in enumerate(zip(words, name, strict=False)) if a != b), 0)
    if len(words) == len(name):
        if words[start + 1 :] == name[start + 1 :]:
            return OTHER
        return SWAPPED if _is_swapped(words, name) else ""
    if len(words) + 1 == len(name) and words[start:] == name[start + 1 :]:
        return LOST
    return ADDED if len(words) == len(name) + 1 and words[start + 1 :] == name[start:] else ""


def _is_swapped(words: str, name: str) -> bool:
    """Whether two neighbouring characters changed places."""
    if len(words) != len(name) or words == name:
        return False
    at = next(i for i, (a, b) in enumerate(zip(words, name, strict=True)) if a != b)
    return words[at : at + 2] == name[at : at + 2][::-1] and words[at + 2 :] == name[at + 2 :]


@dataclass(frozen=True)
class Misspelt:
    """Characters `start` to `end` of a text that are a known name but for one slip."""

    start: int
    end: int
    name: str
    slip: str


@lru_cache(maxsize=4)
def misspelt(
    text: str, names: frozenset[str], terms: frozenset[str] = frozenset()
) -> tuple[Misspelt, ...]:
    """Every place where one of `names` stands with one slip in it, or a term with two swapped.

    One half of a name is unhurt by a single slip, so only where one stands is looked closer. It is
    remembered: of a text that is built again and again most often only digits change.
    """
    found: dict[int, Misspelt] = {}
    pairs = set(map(add, text, text[1:]))
    every = (*sorted(names, key=len, reverse=True), *terms)
    for name in every:
        for one in (
            _halves(text, pairs, name) if len(name) >= LONG_ENOUGH else _swapped(text, pairs, name)
        ):
            if one.slip == SWAPPED or name not in terms:
                found.setdefault(one.start, one)
    return tuple(found[at] for at in sorted(found) if not _in_a_name(text, found[at], every))


def _swapped(
    text: str, pairs: set[str], name: str, places: Iterable[int] | None = None
) -> Iterator[Misspelt]:
    """The name with the characters at one of `places` and behind it swapped; at any of them."""
    for at in range(len(name) - 1) if places is None else places:
        if name[at + 1] + name[at] not in pairs:
            continue
        words = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        start = text.find(words) if words != name else -1
        while start >= 0:
            yield Misspelt(start, start + len(words), name, SWAPPED)
            start = text.find(words, start + 1)


def _halves(text: str, pairs: set[str], name: str) -> Iterator[Misspelt]:
    length, half = len(name), len(name) // 2
    first, second = name[:half], name[half:]
    yield from _swapped(text, pairs, name, (half - 1,))  # hurts both halves
    at = text.find(first) if pairs.issuperset(map(add, first, first[1:])) else -1
    while at >= 0:
        # Whatever the slip in the second half, its last character is still there.
        if second[-1] in text[at + half : at + length + 1] and not text.startswith(name, at):
            yield from _told(text, name, [(at, at + length + more) for more in (0, -1, 1)])
        at = text.find(first, at + 1)
    at = text.find(second) if pairs.issuperset(map(add, second, second[1:])) else -1
    while at >= 0:
        start, end = at - half, at + length - half
        if first[0] in text[max(start - 1, 0) : at] and not text.startswith(name, max(start, 0)):
            yield from _told(text, name, [(start - more, end) for more in (0, -1, 1)])
        at = text.find(second, at + 1)


def _told(text: str, name: str, spans: Iterable[tuple[int, int]]) -> Iterator[Misspelt]:
    for start, end in spans:
        slip = slip_of(text[start:end], name) if start >= 0 else ""
        if slip:
            yield Misspelt(start, end, name, slip)
            return


def _in_a_name(text: str, found: Misspelt, names: Collection[str]) -> bool:
    """Whether the place is (part of) another known name, spelt as it should be."""
    words = text[found.start : found.end]
    for other in names:
        within = other.find(words)
        if within >= 0 and text.startswith(other, found.start - within):
            return True
    return False


@rule(
    "S4.2",
    "文字里的科目、项目、指标和单位名称不应写错一个字",
    compares=("手写的名称", "表里、数据里的名称"),
    source=ONE_NAME,
    advice=CHECK_NAME,
    level=Level.HINT,
)
def names_in_words_are_spelt_right(subject: Subject) -> Iterator[Said]:
    typed, names, terms = subject.prose.typed, known_names(subject), table_terms(subject)
    text = DIGIT.sub("0", typed.text)
    found = [_misspelt_at(typed, one) for one in misspelt(text, names, terms - names)]
    yield from told(found, len(names))


def _misspelt_at(typed: Joined, one: Misspelt) -> Remark:
    paragraph, start, source = typed.at(one.start)
    words = paragraph.text.plain[start : start + one.end - one.start]
    where = about(source) if source else paragraph.key
    return Remark(
        f"“{words}”像是“{one.name}”{one.slip}", where, (words, one.name), source, kin=one.name
    )


def known_names(subject: Subject) -> frozenset[str]:
    """What tables, self-evaluations and unit.yaml call a thing, long enough to be told by."""
    unit = subject.report.unit
    names = {unit.full_name.words, unit.short_name, *unit.subordinate_units}
    for table in subject.cells:
        names |= set(table.names.values())
    names |= {project.key for project in subject.report.projects}
    for _, line, indicator in subject.indicators:
        names |= {indicator.name, line.name_in_summary or "", line.first_level, line.second_level}
    return frozenset(n for n in names if len(n) >= SHORTEST and not DIGIT.search(n))


def table_terms(subject: Subject) -> frozenset[str]:
    """The terms of the tables' rows and columns (年初结转和结余, …), which sentences shorten."""
    terms = {name.rpartition("/")[2] for name in FISCAL_FUNDS.values()}
    for table in subject.cells:
        terms |= set(table.measures)
        terms |= {part for name in table.amounts for part in name.split("/")}
    return frozenset(term for term in terms if len(term) >= SHORTEST)


@rule(
    "S4.3",
    "两个名称不应只差两个颠倒的字",
    compares=("一个项目、指标的名称", "另一个项目、指标、科目的名称"),
    source=ONE_NAME,
    advice=CHECK_NAME,
    level=Level.HINT,
)
def names_are_not_swapped(subject: Subject) -> Iterator[Said]:
    by_characters: dict[str, set[str]] = defaultdict(set)
    typed = _typed_names(subject)
    for name in (*typed, *known_names(subject)):
        by_characters["".join(sorted(name))].add(name)
    found = []
    for alike in by_characters.values():
        for name in alike & typed.keys():
            for other in alike - {name}:
                if _is_swapped(name, other) and (other not in typed or name < other):
                    message = f"“{name}”与“{other}”只差两个颠倒的字"
                    found.append(Remark(message, name, (name, other), typed[name]))
    yield from told(found, len(typed))


def _typed_names(subject: Subject) -> Mapping[str, Location | None]:
    """Names of projects, indicators and 二级指标 as typed, with their places."""
    found: dict[str, Location | None] = {}
    for project in subject.report.content.projects:
        found.setdefault(project.name.words, project.name.source)
    for evaluation, line, indicator in subject.indicators:
        for name in (indicator.name, line.name_in_summary, line.second_level):
            if name:
                found.setdefault(name, indicator.source)
        for name in evaluation.file.second_levels:
            found.setdefault(name, None)
    return found


# ------------------------------------------------------------------ one clause, two numbers

SENTENCE_ENDS = "。；：\n"
CLAUSE_END = re.compile(f"[，{SENTENCE_ENDS}]|$")
DIGITS = re.compile(r"\d+(?:\.\d+)?")
TELLING_CLAUSE = (
    24  # characters beside its numbers from which two sayings are hardly alike by chance
)


@rule(
    "S1.5",
    "同一句话写了两处，里面的数、年份应一样",
    compares=("一处手写的半句话", "另一处手写的、只有数不同的半句话"),
    source="同一件事在各处应相同",
    advice='核对是不是同一件事；是的写成“片段”，两处都写 {{ 片段("…") }}',
    level=Level.HINT,
)
def clauses_said_twice_agree(subject: Subject) -> Iterator[Said]:
    first: dict[str, tuple[str, Location | None]] = {}
    found = []
    for words, start in _clauses_with_numbers(subject.prose):
        bare = DIGITS.sub("#", words)
        if len(bare) - bare.count("#") < TELLING_CLAUSE:
            continue
        paragraph, _, source = subject.prose.typed.at(start)
        other, there = first.setdefault(bare, (words, source))
        if other != words and there != source:
            where = about(source) if source else paragraph.key
            figures = (*DIGITS.findall(words), *DIGITS.findall(other))
            found.append(Remark(f"“{words}”与“{other}”只有数不同", where, figures, source))
    yield from told(found, len(first))


def _clauses_with_numbers(prose: Prose) -> Iterator[tuple[str, int]]:
    """Each typed clause that has a number in it, with what leads up to a short one; where it
    begins."""
    text, reached = prose.typed.text, 0
    for start, end in prose.numbers:
        if start < reached:
            continue
        ended = CLAUSE_END.search(text, end)
        reached = ended.start() if ended else len(text)
        sentence = max(text.rfind(sign, 0, start) + 1 for sign in SENTENCE_ENDS)
        begins = max(text.rfind("，", sentence, start) + 1, sentence)
        while begins > sentence and reached - begins <= TELLING_CLAUSE:
            begins = max(text.rfind("，", sentence, begins - 1) + 1, sentence)
        if reached - begins >= TELLING_CLAUSE:
            yield text[begins:reached], begins


TYPED_WORDS = (
    names_in_words_are_spelt_right,
    names_are_not_swapped,
    clauses_said_twice_agree,
)
