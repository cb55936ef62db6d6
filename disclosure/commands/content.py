"""Commands that write content, and the way back: import, pull, new, export, undo."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from disclosure.commands.setting import (
    CLEAN,
    FOUND,
    AsJson,
    OutDir,
    PackName,
    Place,
    UnitDir,
    Year,
    Yes,
    agreed,
    app,
    asked,
)
from disclosure.model.place import DisclosureError, Problem
from disclosure.usage import ChineseCommand


@app.command(
    "import",
    cls=ChineseCommand,
    help="把批复的公开表（.xlsx、.xls）导入内容文件：build.py import 文件 年度。先列出要改什么，确认后才写入。",
)
def import_tables(
    file: Annotated[Path, typer.Argument(help="批复的公开表工作簿", metavar="文件")],
    year: Annotated[
        int | None,
        typer.Argument(
            help="年度，默认按表上写的", metavar="年度", min=1000, max=9999, show_default=False
        ),
    ] = None,
    unit: UnitDir = None,
    pack: PackName = None,
    yes: Yes = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出要改什么，不写入")] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="表上的单位或年度与这里不同时也导入")
    ] = False,
    as_json: AsJson = False,
) -> None:
    from disclosure.edit.history import write_content
    from disclosure.importing.plan import plan_import
    from disclosure.importing.told import plan_object, plan_text

    place = Place.of(unit, pack, None)
    plan = plan_import(place.unit, file, place.packs, place.pack, year, anyway=anyway)
    if not as_json:
        print(plan_text(plan, shutil.get_terminal_size((118, 40)).columns))
    wanted = bool(plan.files) and not dry_run and (yes or (not as_json and agreed("写入吗？")))
    if wanted:
        told = f"{plan.workbook} → {plan.year} 年度，改 {len(plan.changes)} 处"
        write_content(place.unit, plan.files, "import", told, datetime.now())
    if as_json:
        print(plan_object(plan, written=wanted))
    elif wanted:
        print(f"已写入 {len(plan.files)} 个文件；要退回，运行 build.py undo。")
    elif plan.files:
        print("没有写入。" + ("" if dry_run else "要写入，加 --yes，或在提问时回答 y。"))
    raise typer.Exit(CLEAN if plan.is_clean else FOUND)


@app.command(
    cls=ChineseCommand,
    help="把在 Word 里改过的报告或附件并入内容文件：build.py pull 文件。先列出要改什么，确认后才写入。",
)
def pull(
    file: Annotated[Path, typer.Argument(help="改过的 .docx", metavar="文件")],
    year: Year = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    yes: Yes = False,
    reject_changes: Annotated[
        bool,
        typer.Option("--reject-changes", help="修订（审阅记录）按拒绝处理；默认按接受处理"),
    ] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", help="改写的原因，用于这次的每一句", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    from disclosure.edit.history import write_content
    from disclosure.pulling.plan import plan_pull
    from disclosure.pulling.told import keep_lost, plan_object, plan_text

    place = Place.of(unit, pack, out)
    plan = plan_pull(
        place.unit, file, place.packs, place.pack, year, place.cache, reject=reject_changes
    )
    if reason:
        plan = plan.with_reasons({one.key: reason for one in plan.rewrites})
    lost = keep_lost(place.folder(plan.year, out), plan)
    if not as_json:
        print(plan_text(plan, lost))
    wanted = bool(plan.files) and (yes or (not as_json and agreed("写入吗？")))
    if wanted:
        if not (reason or yes):
            given = {one.key: asked(f"“{one.new[:40]}”为什么改写？") for one in plan.rewrites}
            plan = plan.with_reasons(given)
        told = f"{plan.file} → {plan.year} 年度"
        write_content(place.unit, plan.files, "pull", told, datetime.now())
    if as_json:
        print(plan_object(plan, written=wanted, lost_file=lost))
    elif wanted:
        print(f"已写入 {len(plan.files)} 个文件；要退回，运行 build.py undo。")
        if plan.rewrites and not reason:
            print("改写的原因没有写的，补在该条的“原因”里。")
    elif plan.files:
        print("没有写入。要写入，加 --yes，或在提问时回答 y。")
    raise typer.Exit(CLEAN if plan.is_clean else FOUND)


@app.command(
    cls=ChineseCommand,
    help="起草下一年：build.py new 年度。上年的数成为对比数，稳定的文字沿用，要填、要核对的列成清单。",
)
def new(
    year: Annotated[int, typer.Argument(help="要起草的年度", metavar="年度", min=1000, max=9999)],
    unit: UnitDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure.drafting.draft import draft_year
    from disclosure.drafting.told import draft_object, draft_text
    from disclosure.edit.history import write_content

    place = Place.of(unit, None, None)
    draft = draft_year(place.unit, year)
    told = f"照 {year - 1} 年度起草 {year} 年度，{len(draft.files)} 个文件"
    write_content(place.unit, draft.files, "new", told, datetime.now())
    print(draft_object(draft) if as_json else draft_text(draft, place.unit))


@app.command(
    cls=ChineseCommand,
    help="导出：build.py export --blank 年度 生成一份空白的公开表工作簿，填好后用 import 导入。",
)
def export(
    year: Year = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="空白的公开表，旁边有随填随算的核对公式")
    ] = False,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure.importing.blank import blank_workbook
    from disclosure.pipeline import file_name, newest_year
    from disclosure.store import replace_with_copy

    if not blank:
        advice = "空白的表：build.py export --blank 年度；有数的表在 output 里，由 build.py 生成"
        raise DisclosureError(Problem("没有说导出什么。", None, advice, stops=True))
    place = Place.of(unit, pack, out)
    year = year or newest_year(place.unit)
    title, data = blank_workbook(place.unit, year, place.packs, place.pack)
    path = place.folder(year, out) / f"{file_name(title)}.xlsx"
    copy = replace_with_copy(path, data)
    if as_json:
        print(json.dumps({"command": "export", "year": year, "path": str(path), "problems": []}))
    else:
        print(f"已生成 {path}" + (f"；原有的同名文件留在 {copy.name}" if copy else ""))
        print("填好后运行：build.py import 文件名")


@app.command(
    cls=ChineseCommand, help="退回上一次写入内容文件的命令（import 等）；再运行一次，再退一步。"
)
def undo(unit: UnitDir = None, yes: Yes = False, as_json: AsJson = False) -> None:
    from disclosure.edit.history import kept_copies
    from disclosure.edit.history import undo as put_back
    from disclosure.importing.told import undo_object, undo_text

    place = Place.of(unit, None, None)
    copies = kept_copies(place.unit)
    if not copies:
        advice = "只有 import 等命令写入的内容可以退回；自己改的，用编辑器撤销"
        raise DisclosureError(Problem("没有可以退回的写入。", None, advice, stops=True))
    last = copies[-1]
    if not as_json:
        print(undo_text(place.unit, last))
    wanted = yes or (not as_json and agreed("退回吗？"))
    if wanted:
        put_back(place.unit, last)
    if as_json:
        print(undo_object(last, undone=wanted))
    elif wanted:
        left = f"还可以再退 {len(copies) - 1} 步。" if len(copies) > 1 else "没有更早的了。"
        print(f"已退回。{left}")
    else:
        print("没有退回。要退回，加 --yes，或在提问时回答 y。")
