"""The report in words: load, derive, narrate, check. No file is made here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from disclosure.check.finding import Finding
from disclosure.check.rules import Checked, run_rules
from disclosure.check.subject import Subject
from disclosure.derive.report import Report, derive
from disclosure.document import Document, unknown_sections, unused_extras, write_document
from disclosure.load.known import KnownFiles
from disclosure.load.pack import Pack, load_pack
from disclosure.load.phrasebook import Phrasebook
from disclosure.load.sentences import Sentences
from disclosure.load.unit import Loaded, load_unit, named_pack
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Gathered, Location, Problem, ToDo
from disclosure.model.text import Paragraph, Snippet, Text
from disclosure.narrate.names import looked_up, simple_names
from disclosure.narrate.voice import Voice
from disclosure.readback.told import told_of_document
from disclosure.render.offered import names_at_hand
from disclosure.render.word import WordTemplates
from disclosure.schema.pack import PackLayout, Term
from disclosure.schema.part import TO_BE_FILLED
from disclosure.store import replace_file

SENTENCES, KNOWN = "sentences.bin", "files.bin"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Written:
    """The report in words, before any file is made: all that check and trace need."""

    report: Report
    document: Document
    checked: Checked
    todos: tuple[ToDo, ...]
    phrasebook: Phrasebook
    pack: Pack
    inputs: Mapping[str, str]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings

    @property
    def names(self) -> dict[str, object]:
        """What the templates may name beside the document itself."""
        return names_at_hand(self.phrasebook.scope, self.phrasebook.show)


def write_words(
    unit_dir: Path,
    year: int,
    packs_dir: Path,
    pack_name: str | None = None,
    cache: Path | None = None,
    progress: Progress = lambda stage: None,
    *,
    with_templates: bool = True,
) -> Written:
    """Load, derive, check and narrate. Raises DisclosureError with every problem of the run."""
    progress("读取内容")
    loaded, pack = _read(unit_dir, year, packs_dir, pack_name, with_templates, cache)
    progress("计算")
    report, problems = derive(loaded.content, pack.layout, loaded.classification)
    if problems and not _has_every_indicator(report):
        raise DisclosureError(*problems)  # tags that name a missing one would complain as well
    progress("写文字")
    sentences = _sentences(cache)
    scope = simple_names(report)
    phrasebook = Phrasebook(
        pack.wording, pack.layout.number_styles, sentences, scope, _rewrites(report)
    )
    voice = Voice(report, pack.layout, phrasebook)
    scope.update(looked_up(voice))
    document = write_document(voice, pack.terms)
    problems += [
        *unknown_sections(pack.layout),
        *phrasebook.problems,
        *_unused_rewrites(phrasebook),
        *_unused_remarks(report, pack.terms),
        *unused_extras(report, document),
    ]
    if problems:
        raise DisclosureError(*_each_once(problems))
    _keep(cache, SENTENCES, sentences)
    progress("核对")
    subject = subject_of(report, pack.layout, document)
    checked = run_rules(subject, told_of_document(document, report, subject.cells))
    todos = (
        *loaded.open_places,
        *document.todos,
        *waiting(phrasebook),
        *_unexplained(report),
    )
    return Written(
        report, document, checked, todos, phrasebook, pack, {**loaded.inputs, **pack.inputs}
    )


def subject_of(report: Report, layout: PackLayout, document: Document) -> Subject:
    """What the rules look at: the document, with the texts in its tables as paragraphs."""
    in_tables = (
        Paragraph(f"附件/{attachment.key}/{tag}", value)
        for attachment in document.attachments
        for tag, value in attachment.cells.items()
        if isinstance(value, Text) and value
    )
    return Subject(
        report,
        layout,
        document.tables,
        (*document.paragraphs(), *in_tables),
        document.sections,
        document.charts,
        {attachment.key: attachment.cells for attachment in document.attachments},
        document.todos,
    )


def _read(
    unit_dir: Path,
    year: int,
    packs_dir: Path,
    pack_name: str | None,
    with_templates: bool,
    cache: Path | None,
) -> tuple[Loaded, Pack]:
    """Unit, pack and templates do not need each other to be read: their faults are told at once."""
    known = _known_files(cache)
    gathered = Gathered()
    loaded = pack = None
    with gathered:
        loaded = load_unit(unit_dir, year, known)
    name = pack_name or (loaded.content.unit.pack if loaded else named_pack(unit_dir))
    if name:
        with gathered:
            pack = load_pack(packs_dir, name, with_templates=with_templates, known=known)
    if pack and with_templates:
        with gathered, stopped_by_templates(pack):
            WordTemplates.load(pack.templates, cache)
    gathered.stop_if_any()
    _keep(cache, KNOWN, known)
    assert loaded
    assert pack
    return loaded, pack


@contextmanager
def stopped_by_templates(pack: Pack) -> Iterator[None]:
    """A template at fault stops the build, whatever the content; it is named as a clerk knows it."""
    shown = {path.as_posix(): name for name, path in pack.shown_templates.items()}
    try:
        yield
    except DisclosureError as error:
        raise DisclosureError(*(_stopping(one, shown) for one in error.problems)) from error


def _stopping(problem: Problem, shown: Mapping[str, str]) -> Problem:
    place = problem.location
    if place:
        place = replace(place, file=shown.get(place.file, place.file))
    return replace(problem, location=place, stops=True)


def _rewrites(report: Report) -> dict[str, Snippet]:
    """改写 of the report and of each self-evaluation, by paragraph key."""
    found: dict[str, Snippet] = {}
    if report.content.rewrites:
        found |= {key: one.words for key, one in report.content.rewrites.sentences.items()}
    for evaluation in (report.overall, *report.projects):
        if evaluation:
            for key, one in evaluation.file.rewrites.items():
                found[f"附件/{evaluation.key}/{key}"] = one.words
    return found


def _unexplained(report: Report) -> list[ToDo]:
    """Every 改写 whose 原因 is still 待填."""
    files = [e.file for e in (report.overall, *report.projects) if e]
    found = [*(report.content.rewrites.sentences.items() if report.content.rewrites else ())]
    found += [entry for file in files for entry in file.rewrites.items()]
    return [
        ToDo("改写的原因待填", key, one.words.source)
        for key, one in found
        if one.reason == TO_BE_FILLED
    ]


def _unused_rewrites(phrasebook: Phrasebook) -> list[Problem]:
    """A 改写 that names no sentence would silently be lost."""
    problems = []
    for key in phrasebook.rewrites.keys() - phrasebook.rewritten:
        near = nearest(key, phrasebook.keys)
        advice = f"是不是“{near}”？" if near else "删去这一条"
        where = phrasebook.rewrites[key].source
        problems.append(Problem(f"改写“{key.rpartition('/')[2]}”没有对应的句子。", where, advice))
    return sorted(problems, key=str)


def _unused_remarks(report: Report, terms: Sequence[Term]) -> list[Problem]:
    """A 补注 on a 名词 that the pack does not explain would silently be lost."""
    remarks = report.content.terms.remarks if report.content.terms else {}
    explained = [term.name for term in terms if term.meaning]
    problems = []
    for name, words in remarks.items():
        if name not in explained:
            near = nearest(name, explained)
            advice = f"是不是“{near}”？" if near else f"可以补注的名词：{'、'.join(explained)}"
            problems.append(Problem(f"补注的名词“{name}”不在名词解释里。", words.source, advice))
    return problems


def _has_every_indicator(report: Report) -> bool:
    """Whether each indicator typed could be scored."""
    evaluated = (one for one in (report.overall, *report.projects) if one is not None)
    return all(len(one.indicators) == len(one.file.indicators) for one in evaluated)


def waiting(phrasebook: Phrasebook) -> list[ToDo]:
    """Figures printed as 【待填】, but for those that only wait for an open place of a file."""
    return [
        ToDo(
            "数字待填", figure.name, figure.source if isinstance(figure.source, Location) else None
        )
        for figure in phrasebook.waiting.values()
        if not figure.waiting
    ]


def _each_once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


@lru_cache(maxsize=4)
def _sentences(cache: Path | None) -> Sentences:
    """The compiled sentences of earlier runs and builds; they change only with Jinja."""
    return Sentences(_stored(cache, SENTENCES))


@lru_cache(maxsize=4)
def _known_files(cache: Path | None) -> KnownFiles:
    """The files that earlier runs and builds have read and found in order."""
    return KnownFiles(_stored(cache, KNOWN))


def _stored(cache: Path | None, name: str) -> bytes | None:
    try:
        return (cache / name).read_bytes() if cache else None
    except OSError:
        return None


def _keep(cache: Path | None, name: str, known: Sentences | KnownFiles) -> None:
    """For the next run; a cache that cannot be written only costs time."""
    if cache is None or not known.changed:
        return
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        replace_file(cache / name, known.kept())
        known.changed = False
