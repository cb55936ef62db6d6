"""Import as a value: what a workbook would change in a year's content, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from disclosure.check.finding import Finding
from disclosure.check.rules import Checked
from disclosure.derive.ledger import Ledger
from disclosure.derive.report import tables_ledger
from disclosure.edit.yaml_text import YamlText
from disclosure.importing.approved import enter_approved
from disclosure.importing.checking import check_tables
from disclosure.importing.draft import APPROVED, SOURCES, Change, Draft
from disclosure.importing.labels import plain
from disclosure.importing.opening import A_FEW, OpenedTables, open_tables
from disclosure.importing.placing import Placing
from disclosure.importing.reading import Reading, TablesRead, Unplaced, names_unknown
from disclosure.importing.recognise import Recognised
from disclosure.importing.sources import sources_yaml
from disclosure.importing.unit import UNIT
from disclosure.importing.workbook import Workbook
from disclosure.load.unit import FIELDS, report_years, years_of
from disclosure.load.validate import validated
from disclosure.load.yaml_source import read_yaml
from disclosure.model.place import DisclosureError, Level, Location, Problem
from disclosure.schema.approved import SourcesFile
from disclosure.schema.classification import Classification
from disclosure.schema.pack import PackLayout
from disclosure.schema.typed import TypedAmount

EXTRA_CLASSES = "补充科目"


@dataclass(frozen=True)
class ImportPlan:
    """What one workbook would do to one year. `files` are new bytes by name below the unit.

    `contradictions` are figures the workbook states otherwise than its other cells add up to,
    `doubts` what was written and wants a look, `gone` 科目 no longer in the tables, `notes` what is
    good to know, `checked` what the rules on tables say of the workbook itself.
    """

    workbook: str
    year: int
    tables: tuple[str, ...]
    changes: tuple[Change, ...]
    unplaced: tuple[Unplaced, ...]
    contradictions: tuple[str, ...]
    doubts: tuple[str, ...]
    gone: tuple[str, ...]
    notes: tuple[str, ...]
    files: Mapping[str, bytes]
    checked: Checked

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules on tables say of the workbook itself, 尾差 apart."""
        return tuple(one for one in self.checked.findings if one.level is not Level.ROUNDING)

    @property
    def is_clean(self) -> bool:
        """Everything found its place and nothing contradicts."""
        wrong = any(finding.level is Level.ERROR for finding in self.findings)
        return not (self.unplaced or self.contradictions or self.doubts or wrong)


def plan_import(
    unit_dir: Path,
    workbook: Path,
    packs_dir: Path,
    pack_name: str | None = None,
    year: int | None = None,
    *,
    anyway: bool = False,
) -> ImportPlan:
    """Read the workbook and work out every change; nothing is written.

    `anyway` takes a workbook of another unit's name or year. Raises DisclosureError with every
    problem when the workbook or the content cannot be read.
    """
    tables = open_tables(unit_dir, workbook, packs_dir, pack_name)
    newest = max(report_years(unit_dir) or years_of(unit_dir), default=0)
    year = year or tables.stated_year or newest
    _check_owner(tables, year, anyway=anyway)
    _check_year_folder(unit_dir, year)
    return _planned(unit_dir, year, tables)


def _planned(unit_dir: Path, year: int, tables: OpenedTables) -> ImportPlan:
    book, found, layout, known = tables.book, tables.found, tables.layout, tables.known
    read = tables.read()
    extra = names_unknown(read.names, known)
    classification = known.with_extra(extra)
    draft = Draft(unit_dir, year)

    def derive(approved: Mapping[str, Reading] | None = None) -> Ledger:
        return _ledger(draft, layout, classification, approved or {})

    placing = Placing(draft, read.figures, layout, classification, derive)
    placing.place()
    approved = enter_approved(draft, read.figures, derive)
    changes = draft.located_changes()
    files = {f"{year}/{name}": data for name, data in draft.files().items()}
    used = {code: name for code, name in extra.items() if _is_used(code, draft)}
    if used:
        files[UNIT] = _with_classes(unit_dir, used)
        changes += [_new_class(unit_dir, code, name) for code, name in used.items()]
    if changes or not book.ours:
        readings = {**read.figures, **placing.computed}
        sources = sources_yaml(_sources(unit_dir, year), readings, book.name)
        if sources != _bytes(unit_dir / str(year) / SOURCES):
            files[f"{year}/{SOURCES}"] = sources
    twice = [
        f"{one.name}：{one.place} 是 {one.value}，{other.place} 是 {other.value}，按前一处导入"
        for one, other in read.twice
    ]
    return ImportPlan(
        workbook=book.name,
        year=year,
        tables=tuple(f"{t.layout.code} ← {t.sheet.name}（{t.money_unit}）" for t in found.tables),
        changes=tuple(changes),
        unplaced=tuple(read.unplaced),
        contradictions=(*twice, *approved.contradictions),
        doubts=(*placing.doubts, *approved.doubts),
        gone=tuple(placing.gone),
        notes=tuple(_notes(book, found, read, known)),
        files=files,
        checked=check_tables(read, layout, book.name),
    )


# ------------------------------------------------------------------ the workbook


def _check_owner(tables: OpenedTables, year: int, *, anyway: bool) -> None:
    """The workbook is this unit's and this year's, as far as it says so."""
    if anyway:
        return
    problems, unit = [], tables.unit
    names = [plain(unit.full_name.words), plain(unit.short_name)]
    for table in tables.found.tables:
        where = Location(f"{tables.book.name} › {table.sheet.name}")
        stated = table.department
        if stated and not any(name in stated or stated in name for name in names):
            advice = "核对文件；确是本单位的，改表上的名称，或加 --anyway"
            message = f"表上的单位是“{stated}”，这里的单位是“{unit.full_name.words}”。"
            problems.append(Problem(message, where, advice))
        if table.year and table.year != year:
            advice = f"核对文件或年度；确是{year}年度的，改表上的年度，或加 --anyway"
            message = f"表上写的是{table.year}年度，要导入的是{year}年度。"
            problems.append(Problem(message, where, advice))
    if problems:
        raise DisclosureError(*problems)


def _notes(book: Workbook, found: Recognised, read: TablesRead, known: Classification) -> list[str]:
    """What a person should know beside the changes."""
    notes = list(found.notes)
    if found.missing:
        notes.append(f"工作簿里没有：{'、'.join(found.missing)}；有关的内容没有动。")
    for table in found.tables:
        if table.header.missing:
            columns = "、".join(table.header.missing)
            notes.append(f"“{table.sheet.name}”缺少栏目：{columns}；有关的内容没有动。")
    if found.other_sheets:
        notes.append(f"不是公开表，没有读：{'、'.join(found.other_sheets)}。")
    if book.hidden:
        notes.append(f"隐藏的工作表没有读：{'、'.join(book.hidden)}。")
    finer = [reading.place for reading in read.figures.values() if reading.finer]
    if finer:
        shown = "、".join(finer[:A_FEW]) + ("等" if len(finer) > A_FEW else "")
        notes.append(
            f"有 {len(finer)} 格的数不止两位小数，按两位四舍五入导入：{shown}。要精确到分的，导入以元为单位的表。"
        )
    for code, name in read.names.items():
        official = known.functional.get(code)
        if official and plain(official) != plain(name):
            notes.append(f"科目 {code} 在工作簿里叫“{name}”，科目表里叫“{official}”，请核对。")
    return notes


# ------------------------------------------------------------------ the unit


def _check_year_folder(unit_dir: Path, year: int) -> None:
    if not (unit_dir / str(year)).is_dir():
        have = "、".join(map(str, years_of(unit_dir))) or "没有"
        raise DisclosureError(
            Problem(
                f"没有{year or ''}年度的内容。",
                Location(f"{unit_dir.name}/{year or ''}"),
                f"先运行 build.py new {year or '年度'} 起草这一年，再导入；现有年度：{have}",
                stops=True,
            )
        )


def _sources(unit_dir: Path, year: int) -> SourcesFile | None:
    path = unit_dir / str(year) / SOURCES
    if not path.is_file():
        return None
    source, problems = read_yaml(path, f"{unit_dir.name}/{year}/{SOURCES}")
    if source is not None:
        value, problems = validated(source, SourcesFile)
        if value is not None:
            return value
    raise DisclosureError(*problems)


def _ledger(
    draft: Draft,
    layout: PackLayout,
    classification: Classification,
    more: Mapping[str, Reading],
) -> Ledger:
    """The year as it would be derived from the draft, with more 批复数."""
    content = draft.content()
    nowhere = Location(APPROVED)
    totals = {
        **content.approved.totals,
        **{name: TypedAmount(reading.value, nowhere) for name, reading in more.items()},
    }
    approved = content.approved.model_copy(update={"totals": totals})
    places = {field: f"{draft.shown}/{name}" for name, field in FIELDS.items()}
    content = replace(content, approved=approved)
    return tables_ledger(content, layout, classification, places, Decimal(0))[0]


def _is_used(code: str, draft: Draft) -> bool:
    return any(item.startswith(code) for item in draft.codes())


def _with_classes(unit_dir: Path, names: Mapping[str, str]) -> bytes:
    """unit.yaml with codes the program does not know, as the workbook names them."""
    text = YamlText((unit_dir / UNIT).read_bytes(), f"{unit_dir.name}/{UNIT}")
    for code, name in names.items():
        text.set((EXTRA_CLASSES, code), name)
    return text.data


def _new_class(unit_dir: Path, code: str, name: str) -> Change:
    where = Location(f"{unit_dir.name}/{UNIT}")
    return Change(where, f"{EXTRA_CLASSES} › {code} {name}", None, None, "", "程序的科目表里没有")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
