"""What changed since: mark, diff."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from disclosure.commands.setting import (
    AsJson,
    OutDir,
    PackName,
    Place,
    Progress,
    UnitDir,
    Year,
    app,
)
from disclosure.usage import ChineseCommand


@app.command(
    "mark",
    cls=ChineseCommand,
    help="给上一次生成的报告做标记：build.py mark 送审稿。以后用 build.py diff --against 送审稿 与它比较。",
)
def mark_build(
    name: Annotated[str, typer.Argument(help="标记的名称，如 送审稿", metavar="名称")],
    year: Year = None,
    unit: UnitDir = None,
    out: OutDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure.changes.history import mark
    from disclosure.pipeline import newest_year

    place = Place.of(unit, None, out)
    year = year or newest_year(place.unit)
    kept = mark(place.history(year, out), place.folder(year, out), name)
    if as_json:
        value = {"command": "mark", "year": year, "mark": name, "made": kept.made, "problems": []}
        print(json.dumps({**value, "edited": kept.is_edited}, ensure_ascii=False))
        return
    print(f"{kept.made} 生成的 {year} 年度报告已标为“{name}”。")
    if kept.is_edited:
        print("报告生成以后有人改过，改过的那一份一起留底，以后与它比较。")


@app.command(
    cls=ChineseCommand,
    help="改了什么：与上一次生成、做过标记的版本或一份 .docx 比较，列出清单，另存一份 Word 修订稿。",
)
def diff(
    year: Year = None,
    against: Annotated[
        str, typer.Option("--against", help="与什么比：last（上一次）、标记的名称，或一份 .docx")
    ] = "last",
    author: Annotated[
        str | None,
        typer.Option("--author", help="修订稿里的修订人，默认按 unit.yaml 的“修订人”或单位简称"),
    ] = None,
    date: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            help="修订稿里的日期，默认报告年度的最后一天",
            formats=["%Y-%m-%d"],
            metavar="年-月-日",
        ),
    ] = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure.changes import against as comparing
    from disclosure.changes.lists import object_of, screen_of
    from disclosure.layout import Typesetter, find_office
    from disclosure.pipeline import build, newest_year

    place = Place.of(unit, pack, out)
    year = year or newest_year(place.unit)
    history = place.history(year, out)
    earlier = comparing.find_earlier(history, against)
    # Page numbers only against a report that has them: else every line of the contents differs.
    numbered = earlier.has_page_numbers if earlier else comparing.numbered_last(history)
    with Progress(as_json) as progress:
        present = build(
            place.unit,
            year,
            place.packs,
            place.pack,
            place.cache,
            progress,
            typesetter=Typesetter(find_office(), place.cache) if numbered else None,
        )
        progress("比较")
        earlier = earlier or comparing.before_present(history, present)
        found = stored = None
        if earlier:
            written = present.report.unit
            name = author or (written.reviser or written.short_name)
            day = date.strftime("%Y-%m-%d") if date else None
            found = comparing.difference(earlier, present, name, day)
            if found.files:
                stored = comparing.store_changes(place.folder(year, out), found.files)
    if as_json:
        products = [str(stored.folder / n) for n in found.files] if stored and found else []
        value = {"command": "diff", "year": year, "against": against, "products": products}
        value |= {"changes": object_of(found.changes) if found else None, "problems": []}
        print(json.dumps(value, ensure_ascii=False))
        return
    if found is None or not found.files:
        print(f"与{earlier.name if earlier else '上一次生成'}的内容相同，没有改动。")
        return
    print(f"与{found.earlier.name}{found.earlier.when}比较：")
    print(screen_of(found.changes))
    assert stored
    print(f"修订稿和改动清单放在 {stored.folder}")
    for kept in stored.kept.values():
        print(f"  您改过的旧文件留了副本：{kept}")
