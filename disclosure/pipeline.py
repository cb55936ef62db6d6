"""Where the stages meet. The public API is :func:`build`.

Nothing here prints or writes; the command line, tests and any other front end take the value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from disclosure.check.finding import Finding
from disclosure.check.rules import Checked
from disclosure.derive.report import Report
from disclosure.document import Document
from disclosure.layout import Engine, Outcome, Typesetter
from disclosure.lineage import Lineage, lineage_of
from disclosure.load.phrasebook import Phrasebook
from disclosure.load.unit import report_years
from disclosure.model.place import DisclosureError, Level, Location, Problem, ToDo
from disclosure.products import Product, all_products, attachments, file_name, pdfs, wanted
from disclosure.readback.own import with_own
from disclosure.render.guard import Unfinished
from disclosure.render.word import WordTemplates
from disclosure.written import Progress, Written, stopped_by_templates, waiting, write_words

__all__ = [
    "Build",
    "Product",
    "Progress",
    "Written",
    "build",
    "file_name",
    "newest_year",
    "write_words",
]


@dataclass(frozen=True)
class Build:
    """Everything one run knows: the document, the findings, the files, where figures come from."""

    year: int
    report: Report
    document: Document
    checked: Checked
    todos: tuple[ToDo, ...]
    products: tuple[Product, ...]
    lineage: Lineage
    inputs: Mapping[str, str]
    phrasebook: Phrasebook
    missing: tuple[Problem, ...] = ()  # page numbers, PDFs: why they are left out
    typeset_by: Engine | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.checked.findings

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.ERROR)


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


def build(
    unit_dir: Path,
    year: int,
    packs_dir: Path,
    pack_name: str | None = None,
    cache: Path | None = None,
    progress: Progress = lambda stage: None,
    attachments_only: Collection[int] | None = None,
    *,
    native_charts: bool | None = None,
    typesetter: Typesetter | None = None,
    pdf: bool = False,
) -> Build:
    """The whole product set of a unit and year, in memory.

    `attachments_only` makes just those attachments (an empty collection: all of them).
    `native_charts`: charts of Word's own in the report, or pictures; None as the pack says.
    `typesetter` finds the page numbers of the contents page and makes each document's `pdf`;
    None leaves them out. What could not be made is told in `missing`, and the rest is there.
    Raises DisclosureError with every problem when the input cannot be read as a report.
    """
    written = write_words(unit_dir, year, packs_dir, pack_name, cache, progress)
    templates = WordTemplates.load(written.pack.templates, cache)
    layout = Outcome(typesetter)
    with stopped_by_templates(written.pack), _told_by_templates(written):
        if attachments_only is None:
            if native_charts is None:
                native_charts = written.pack.layout.charts_as == "原生"
            products = all_products(
                written, templates, layout, cache, progress, native_charts=native_charts
            )
        else:
            progress("生成附件")
            numbers = wanted(written.document, attachments_only)
            products = attachments(written, templates, numbers)
    checked = written.checked
    for product in products:
        if product.kind == "report":
            progress("读回核对")
            checked = with_own(checked, product.data, written.document, product.path)
    if pdf:
        progress("生成 PDF")
        products += pdfs(products, layout)
    show = written.phrasebook.show
    return Build(
        year,
        written.report,
        written.document,
        checked,
        # A template's own sentence may print a figure that is not filled in yet.
        tuple(dict.fromkeys((*written.todos, *waiting(written.phrasebook)))),
        tuple(products),
        lineage_of(written.report, written.document, show),
        written.inputs,
        written.phrasebook,
        layout.problems,
        layout.engine,
    )


@contextmanager
def _told_by_templates(written: Written) -> Iterator[None]:
    """A document that must not be published is told as the fault of a template, with its place.

    Where the templates are in order it is our bug, and keeps its traceback.
    """
    try:
        yield
    except Unfinished as error:
        from disclosure.render.template_check import check_templates, template_values

        values = template_values(written.document, written.names)
        found = check_templates(written.pack.templates, values)
        problems = [fault.problem for fault in found if fault.level is Level.ERROR]
        if problems:
            raise DisclosureError(*problems) from error
        raise
