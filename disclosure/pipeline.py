"""Where the stages meet: load, derive, narrate, check, render. The public API is :func:`build`.

Nothing here prints or writes; the command line, tests and any other front end take the value.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from charts import Picture, PictureCache, pictures
from disclosure.check.finding import Finding
from disclosure.check.rules import run_rules
from disclosure.derive.report import Report, derive
from disclosure.document import Document, write_document
from disclosure.lineage import Lineage, lineage_json, lineage_of
from disclosure.load.pack import Pack, load_pack
from disclosure.load.phrasebook import Compiled, Phrasebook
from disclosure.load.unit import load_unit, report_years
from disclosure.model.nearness import nearest
from disclosure.model.place import DisclosureError, Level, Location, Problem, ToDo
from disclosure.model.text import Snippet
from disclosure.narrate.names import looked_up, simple_names
from disclosure.narrate.voice import Voice
from disclosure.render.package import DocumentProperties
from disclosure.render.word import WordTemplates, attachment_docx, report_docx
from disclosure.render.workbook import tables_xlsx

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Product:
    """One finished file. `kind` report, attachment, tables or chart; `path` below output/<year>."""

    kind: str
    number: int | None
    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Build:
    """Everything one run knows: the document, the findings, the files, where figures come from."""

    year: int
    report: Report
    document: Document
    findings: tuple[Finding, ...]
    todos: tuple[ToDo, ...]
    products: tuple[Product, ...]
    lineage: Lineage
    inputs: Mapping[str, str]
    phrasebook: Phrasebook

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)


@dataclass(frozen=True)
class Written:
    """The report in words, before any file is made: all that check and trace need."""

    report: Report
    document: Document
    findings: tuple[Finding, ...]
    todos: tuple[ToDo, ...]
    phrasebook: Phrasebook
    pack: Pack
    inputs: Mapping[str, str]


def newest_year(unit_dir: Path) -> int:
    """The newest year that can be reported. Raises DisclosureError when there is none."""
    years = report_years(unit_dir)
    if not years:
        raise DisclosureError(
            Problem(
                "没有可以生成的年度。",
                Location(unit_dir.as_posix()),
                "年度文件夹里要有 narrative 文件夹；用 --unit 指明单位文件夹",
                stops=True,
            )
        )
    return years[-1]


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
    loaded = load_unit(unit_dir, year)
    pack = load_pack(
        packs_dir, pack_name or loaded.content.unit.pack, with_templates=with_templates
    )
    progress("计算")
    report, problems = derive(loaded.content, pack.layout, loaded.classification)
    if problems:
        raise DisclosureError(*problems)
    progress("写文字")
    compiled = _compiled(cache)
    scope = simple_names(report)
    phrasebook = Phrasebook(
        pack.wording, pack.layout.number_styles, compiled, scope, _rewrites(report)
    )
    voice = Voice(report, pack.layout, phrasebook)
    scope.update(looked_up(voice))
    document = write_document(voice, pack.terms)
    problems = [*phrasebook.problems, *_unused_rewrites(phrasebook)]
    if problems:
        raise DisclosureError(*_each_once(problems))
    _keep_compiled(cache, compiled)
    progress("核对")
    findings = tuple(run_rules(report))
    todos = (*document.todos, *_waiting(phrasebook))
    return Written(
        report, document, findings, todos, phrasebook, pack, {**loaded.inputs, **pack.inputs}
    )


def build(
    unit_dir: Path,
    year: int,
    packs_dir: Path,
    pack_name: str | None = None,
    cache: Path | None = None,
    progress: Progress = lambda stage: None,
    attachments_only: Collection[int] | None = None,
) -> Build:
    """The whole product set of a unit and year, in memory.

    `attachments_only` makes just those attachments (an empty collection: all of them).
    Raises DisclosureError with every problem when the input cannot be read as a report.
    """
    written = write_words(unit_dir, year, packs_dir, pack_name, cache, progress)
    templates = WordTemplates.load(written.pack.templates, cache)
    if attachments_only is None:
        products = _all_products(written, templates, cache, progress)
    else:
        progress("生成附件")
        products = _attachments(written, templates, _wanted(written.document, attachments_only))
    show = written.phrasebook.show
    return Build(
        year,
        written.report,
        written.document,
        written.findings,
        written.todos,
        tuple(products),
        lineage_of(written.report, written.document, show),
        written.inputs,
        written.phrasebook,
    )


def _all_products(
    written: Written, templates: WordTemplates, cache: Path | None, progress: Progress
) -> list[Product]:
    document, unit = written.document, written.report.unit
    progress("画图")
    store = PictureCache(cache / "charts" if cache else None)
    drawn = dict(zip(document.charts, pictures(list(document.charts.values()), store), strict=True))
    progress("生成报告")
    properties = _properties(written, document.title)
    names = simple_names(written.report)
    report = report_docx(document, drawn, templates, names, properties)
    products = [Product("report", None, f"{file_name(document.title)}.docx", report)]
    progress("生成附件")
    products += _attachments(written, templates, [a.number for a in document.attachments])
    progress("生成表格")
    title = f"{unit.full_name.words}{written.report.year}年度{unit.scope}决算公开表"
    made = datetime(written.report.year, 12, 31)
    book = tables_xlsx(document.tables, title, unit.full_name.words, made)
    products.append(Product("tables", None, f"{file_name(title)}.xlsx", book))
    for key, series in document.charts.items():
        products += _chart_files(series.number, series.title, drawn[key])
    return products


def _chart_files(number: int, title: str, picture: Picture) -> list[Product]:
    name = f"charts/{file_name(f'图{number} {title}')}"
    return [
        Product("chart", number, f"{name}.png", picture.png),
        Product("chart", number, f"{name}.svg", picture.svg),
    ]


def _attachments(
    written: Written, templates: WordTemplates, numbers: Collection[int]
) -> list[Product]:
    names = simple_names(written.report)
    products = []
    for attachment in written.document.attachments:
        if attachment.number in numbers:
            title = str(attachment.titles["附件标题"])
            data = attachment_docx(attachment, templates, names, _properties(written, title))
            name = file_name(f"附件{attachment.number} {title}")
            products.append(Product("attachment", attachment.number, f"{name}.docx", data))
    return products


def _wanted(document: Document, numbers: Collection[int]) -> list[int]:
    known = [attachment.number for attachment in document.attachments]
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise DisclosureError(
            Problem(
                f"没有附件{'、'.join(map(str, unknown))}。",
                None,
                f"本年度有附件{'、'.join(map(str, known)) or '（无）'}",
            )
        )
    return list(numbers) or known


def _properties(written: Written, title: str) -> DocumentProperties:
    year = written.report.year
    return DocumentProperties(title, written.report.unit.full_name.words, f"{year}-12-31")


FORBIDDEN = str.maketrans(dict(zip('<>:"/\\|?*', "＜＞：＂／＼｜？＊", strict=True)))
LONGEST_NAME = 180  # bytes; file systems allow 255, folders and suffixes need some


def file_name(title: str) -> str:
    """The title as a file name on every system: forbidden characters widened, length bounded."""
    plain = re.sub(r"[\x00-\x1f]+", " ", title).translate(FORBIDDEN).strip(" .")
    while len(plain.encode()) > LONGEST_NAME:
        plain = plain[:-1]
    return plain or "未命名"


def _rewrites(report: Report) -> dict[str, Snippet]:
    """改写 of the report and of each self-evaluation, by paragraph key."""
    found: dict[str, Snippet] = {}
    if report.content.rewrites:
        found |= report.content.rewrites.sentences
    for evaluation in (report.overall, *report.projects):
        if evaluation:
            for key, words in evaluation.file.rewrites.items():
                found[f"附件/{evaluation.key}/{key}"] = words
    return found


def _unused_rewrites(phrasebook: Phrasebook) -> list[Problem]:
    """A 改写 that names no sentence would silently be lost."""
    problems = []
    for key in phrasebook.rewrites.keys() - phrasebook.rewritten:
        near = nearest(key, phrasebook.keys)
        advice = f"是不是“{near}”？" if near else "删去这一条"
        where = phrasebook.rewrites[key].source
        problems.append(Problem(f"改写“{key.rpartition('/')[2]}”没有对应的句子。", where, advice))
    return sorted(problems, key=str)


def _waiting(phrasebook: Phrasebook) -> list[ToDo]:
    return [
        ToDo(
            "数字待填", figure.name, figure.source if isinstance(figure.source, Location) else None
        )
        for figure in phrasebook.waiting.values()
    ]


def _each_once(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _compiled(cache: Path | None) -> Compiled:
    if cache is None:
        return Compiled()
    try:
        return Compiled((cache / "sentences.bin").read_bytes())
    except OSError:
        return Compiled()


def _keep_compiled(cache: Path | None, compiled: Compiled) -> None:
    """A cache that cannot be written only costs time."""
    from disclosure.store import replace_file

    if cache is None or not compiled.changed:
        return
    try:
        cache.mkdir(parents=True, exist_ok=True)
        replace_file(cache / "sentences.bin", compiled.stored())
    except OSError:
        return


def manifest_json(build: Build, kept: Mapping[str, object]) -> bytes:
    """manifest.json: products with their hashes, inputs, the versions that had a say.

    `kept` is the last manifest when only some products are made: the others stay in it.
    """
    products: dict[object, object] = {}
    earlier = kept.get("products", [])
    for listed in earlier if isinstance(earlier, list) else []:
        products[listed["path"]] = listed
    for p in build.products:
        products[p.path] = {"kind": p.kind, "number": p.number, "path": p.path, "sha256": p.sha256}
    value = {
        "year": build.year,
        "unit": build.report.unit.full_name.words,
        "products": list(products.values()),
        "inputs": dict(sorted(build.inputs.items())),
        "engine": _engine(),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _engine() -> dict[str, str]:
    import jinja2

    from disclosure import __version__

    return {"disclosure": __version__, "jinja2": jinja2.__version__}


def findings_json(build: Build) -> bytes:
    """findings.json: every finding as an object."""
    value = [finding.as_dict() for finding in build.findings]
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def side_files(build: Build) -> dict[str, bytes]:
    """The files beside the products: what was found, where figures come from."""
    return {
        "findings.json": findings_json(build),
        "lineage.json": lineage_json(build.lineage),
    }
