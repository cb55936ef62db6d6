"""`build.py check --docx` and `--report`: the file, the content it should come from, the report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disclosure.check.rules import Checked
from disclosure.load.pack import load_pack
from disclosure.load.unit import named_pack
from disclosure.model.finished import Finished
from disclosure.model.place import DisclosureError, Location, Problem, ToDo, cause_of
from disclosure.pipeline import Build, build, newest_year
from disclosure.readback.checking import Data, check_docx
from disclosure.readback.reader import read_docx
from disclosure.readback.told import file_cells
from disclosure.schema.pack import PackLayout
from disclosure.store import replace_file

WORKBOOK, PAGE = ".xlsx", (".html", ".htm")


@dataclass(frozen=True)
class CheckedFile:
    """What came of checking a file. `alone` says why it was checked without its content."""

    checked: Checked
    todos: tuple[ToDo, ...]
    year: int | None
    alone: str = ""


def check_delivered(
    path: Path,
    unit_dir: Path,
    year: int | None,
    packs_dir: Path,
    pack_name: str | None,
    cache: Path | None,
) -> CheckedFile:
    """Check a finished .docx, against the content where that makes the same document.

    Raises DisclosureError when the file cannot be read.
    """
    try:
        docx = path.read_bytes()
    except OSError as error:
        raise DisclosureError(
            Problem(f"读不出文件：{cause_of(error)}。", Location(path.name), "核对路径", stops=True)
        ) from error
    read = read_docx(docx, path.name)
    try:
        made = build(unit_dir, year or newest_year(unit_dir), packs_dir, pack_name, cache)
    except DisclosureError as error:
        why = f"内容文件读不成报告（{error.problems[0]}）"
        layout = _best_layout(read, unit_dir, packs_dir, pack_name)
        return CheckedFile(check_docx(docx, path.name, layout, None), (), year, why)
    layout = _best_layout(read, unit_dir, packs_dir, pack_name)
    why = _not_its_own(read, made)
    if why:
        return CheckedFile(check_docx(docx, path.name, layout, None), (), made.year, why)
    data = Data(made.report, made.document, next(p.data for p in made.products))
    return CheckedFile(check_docx(docx, path.name, layout, data), made.todos, made.year)


def _best_layout(
    read: Finished, unit_dir: Path, packs_dir: Path, pack_name: str | None
) -> PackLayout | None:
    """The layout of the pack named, else of the pack in which most tables of the file are."""
    names = [pack_name] if pack_name else _packs(unit_dir, packs_dir)
    known = [load_pack(packs_dir, name, with_templates=False).layout for name in names]
    return max(known, key=lambda one: len(file_cells(read, one).tables), default=None)


def _packs(unit_dir: Path, packs_dir: Path) -> list[str]:
    own = named_pack(unit_dir)
    others = sorted(path.parent.name for path in packs_dir.glob("*/pack.yaml"))
    return list(dict.fromkeys([*([own] if own in others else []), *others]))


def _not_its_own(read: Finished, made: Build) -> str:
    """Why the content is not that of the file; "" when it is."""
    own, cover = made.report.unit.full_name.words, made.document.cover
    words = "\n".join(paragraph.words for paragraph in read.paragraphs)
    if own not in words:
        return f"文件里没有“{own}”，内容文件是另一个单位的"
    if cover not in words and words.count(f"{made.year}年") < words.count(f"{made.year - 1}年"):
        return f"文件不是 {made.year} 年度的"
    return ""


def write_report(path: Path, subject: str, checked: Checked) -> None:
    """The ledger and all findings as a workbook or a page, by the file's ending."""
    from disclosure.render.check_report import report_html, report_xlsx

    ending = path.suffix.lower()
    if ending == WORKBOOK:
        data = report_xlsx(subject, checked)
    elif ending in PAGE:
        data = report_html(subject, checked)
    else:
        problem = Problem(f"“{path.name}”不是 .xlsx 或 .html。", None, "改文件名的后缀", stops=True)
        raise DisclosureError(problem)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise DisclosureError(
            Problem(
                f"写不了报告：{cause_of(error)}。", Location(path.name), "换一个位置", stops=True
            )
        ) from error
