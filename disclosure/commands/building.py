"""The document and its attachments: report, attachments."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from disclosure.commands.setting import (
    CLEAN,
    FOUND,
    STOPPED,
    AsJson,
    CacheDir,
    Final,
    NativeCharts,
    NoLayout,
    OutDir,
    PackName,
    Pdf,
    Place,
    Progress,
    UnitDir,
    Year,
    app,
)
from disclosure.model.place import DisclosureError, Problem
from disclosure.usage import ChineseCommand


@app.command(
    cls=ChineseCommand,
    help="生成整本报告、附件、表格、图和核对结果（默认命令）。",
)
def report(
    year: Year = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    final: Final = False,
    native_charts: NativeCharts = None,
    pdf: Pdf = False,
    no_layout: NoLayout = False,
    cache: CacheDir = None,
    as_json: AsJson = False,
) -> None:
    if pdf and no_layout:
        raise DisclosureError(
            Problem("--pdf 要排版，不能和 --no-layout 一起用。", None, "去掉其中一个", stops=True)
        )
    _build(
        year,
        unit,
        pack,
        out,
        final,
        as_json,
        None,
        native_charts=native_charts,
        layout=not no_layout,
        pdf=pdf,
        cache=cache,
    )


@app.command(
    cls=ChineseCommand,
    help="只生成附件：build.py attachments 年度 3 5；不写号码时生成全部附件。",
)
def attachments(
    year: Year = None,
    numbers: Annotated[
        list[int] | None, typer.Argument(help="附件号码", metavar="号码", show_default=False)
    ] = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    final: Final = False,
    pdf: Pdf = False,
    as_json: AsJson = False,
) -> None:
    _build(year, unit, pack, out, final, as_json, numbers or [], layout=pdf, pdf=pdf)


def _build(
    year: int | None,
    unit: Path | None,
    pack: str | None,
    out: Path | None,
    final: bool,
    as_json: bool,
    numbers: list[int] | None,
    *,
    native_charts: bool | None = None,
    layout: bool,
    pdf: bool,
    cache: Path | None = None,
) -> None:
    from disclosure.changes.history import keep_build
    from disclosure.drafting.todo_list import update_todo_list
    from disclosure.layout import Typesetter, find_office
    from disclosure.manifest import manifest_json, side_files
    from disclosure.pipeline import build, newest_year
    from disclosure.pulling.emitted import keep_emitted
    from disclosure.store import MANIFEST, read_manifest, store

    place = Place.of(unit, pack, out)
    if cache:
        place = replace(place, cache=cache)
    year = year or newest_year(place.unit)
    office = find_office() if layout else None
    with Progress(as_json) as progress:
        made = build(
            place.unit,
            year,
            place.packs,
            place.pack,
            place.cache,
            progress,
            numbers,
            native_charts=native_charts,
            typesetter=Typesetter(office, place.cache) if layout else None,
            pdf=pdf,
        )
        folder = place.folder(year, out)
        update_todo_list(place.unit, year, made.todos)
        refused = final and bool(made.errors or made.todos)
        stored = None
        unkept = None
        if not refused:
            progress("保存")
            files = {product.path: product.data for product in made.products}
            partial = numbers is not None
            if not partial:
                files |= side_files(made)
            files[MANIFEST] = manifest_json(made, read_manifest(folder) if partial else {})
            stored = store(folder, files, partial=partial)
            keep_emitted(place.cache, made.report.unit.full_name.words, year, made.products)
            if not partial:
                unkept = keep_build(place.history(year, out), made, files)
    from disclosure import screen

    failed = bool(made.missing) and office is not None
    code = FOUND if made.errors or refused or failed else CLEAN
    if pdf and made.missing:
        code = STOPPED
    summary = screen.Summary(made, stored, folder, final, code)
    print(screen.as_json(summary) if as_json else screen.as_text(summary))
    if unkept:
        print(unkept, file=sys.stderr)
    raise typer.Exit(code)
