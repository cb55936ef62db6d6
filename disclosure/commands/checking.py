"""Rules and the path of a figure: check, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from disclosure.commands.setting import (
    CLEAN,
    FOUND,
    AsJson,
    PackName,
    Place,
    UnitDir,
    Year,
    app,
)
from disclosure.model.place import DisclosureError, Problem
from disclosure.usage import ChineseCommand


@app.command(cls=ChineseCommand, help="只核对，不生成文档。")
def check(
    year: Year = None,
    unit: UnitDir = None,
    pack: PackName = None,
    as_json: AsJson = False,
    rules: Annotated[bool, typer.Option("--rules", help="只列出全部规则，不核对")] = False,
    docx: Annotated[
        Path | None,
        typer.Option(
            "--docx", help="核对一个成品 .docx（可以在 Word、WPS 里改过）", show_default=False
        ),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option(
            "--tables",
            help="只核对一个公开表工作簿（.xlsx、.xls）自己的表内、表间勾稽，不看内容文件",
            show_default=False,
        ),
    ] = None,
    report_file: Annotated[
        Path | None,
        typer.Option("--report", help="把规则和发现写成 .xlsx 或 .html 文件", show_default=False),
    ] = None,
) -> None:
    if rules:
        from disclosure.check.rules import catalogue

        print(catalogue(), end="")
        return
    from disclosure import screen
    from disclosure.checking import check_delivered, write_report
    from disclosure.model.place import Level
    from disclosure.pipeline import newest_year, write_words

    place = Place.of(unit, pack, None)
    if docx is not None:
        done = check_delivered(docx, place.unit, year, place.packs, place.pack, place.cache)
        checked, todos, year, subject = done.checked, done.todos, done.year, docx.name
    elif tables is not None:
        from disclosure.importing.checking import check_workbook

        checked, year, names = check_workbook(tables, place.unit, place.packs, place.pack)
        todos, subject = (), tables.name
        if not as_json:
            print(f"核对 {tables.name} 里的 {len(names)} 张公开表：{'、'.join(names)}")
    else:
        year = year or newest_year(place.unit)
        written = write_words(
            place.unit, year, place.packs, place.pack, place.cache, with_templates=False
        )
        checked, todos = written.checked, written.todos
        subject = f"{written.report.unit.full_name.words} {year}年度"
    if report_file is not None:
        write_report(report_file, subject, checked)
    code = FOUND if any(f.level is Level.ERROR for f in checked.findings) else CLEAN
    if as_json:
        print(screen.findings_object("check", year or 0, checked, todos, code))
    else:
        if docx is not None and done.alone:
            print(f"只核对文件本身：{done.alone}")
        alone = tables is not None and docx is None
        print("\n".join(screen.finding_lines(checked, None if alone else todos)))
    raise typer.Exit(code)


@app.command(
    cls=ChineseCommand,
    help="一个数从哪里来、印在哪里：build.py trace 123.45，或 build.py trace 支出/2010350/基本支出。",
)
def trace(
    asked: Annotated[
        str,
        typer.Argument(
            help="数的名称（支出/2010350/基本支出）或印出来的数（123.45）", metavar="数"
        ),
    ],
    year: Annotated[int | None, typer.Option("--year", help="报告年度")] = None,
    unit: UnitDir = None,
    pack: PackName = None,
    as_json: AsJson = False,
) -> None:
    from disclosure import screen
    from disclosure.lineage import found, lineage_of, suggestions
    from disclosure.pipeline import newest_year, write_words

    place = Place.of(unit, pack, None)
    year = year or newest_year(place.unit)
    written = write_words(
        place.unit, year, place.packs, place.pack, place.cache, with_templates=False
    )
    show = written.phrasebook.show
    lineage = lineage_of(written.report, written.document, show)
    figures = found(lineage, asked, year, show)
    if not figures:
        near = suggestions(lineage, asked, show)
        advice = f"相近的：{'、'.join(near)}" if near else "写数的名称，或照印出来的样子写数"
        raise DisclosureError(Problem(f"没有找到“{asked}”。", None, advice))
    tell = screen.trace_object if as_json else screen.trace_text
    print(tell(figures, lineage, show))
