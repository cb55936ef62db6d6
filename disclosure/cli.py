"""The command line, and the one place that prints. Every command is a few lines over the core."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
import typer.main

from disclosure import __version__
from disclosure.model.place import MACHINE_FAULTS, DisclosureError, Location, Problem, cause_of
from disclosure.usage import ChineseCommand, ChineseGroup, unknown_command, usage_problem

CLEAN, FOUND, STOPPED = 0, 1, 2
DEFAULT_COMMAND = "report"
FOR_ALL = ("--help", "-h", "--version")  # options that need no command
INTERRUPTION = Problem("按 Ctrl+C 停止了，没有写入，上一次的产品没有变。", stops=True)

HELP = {"help_option_names": ["--help", "-h"]}
INTERRUPTED = 130  # what typer makes of Ctrl-C

app = typer.Typer(
    cls=ChineseGroup,
    context_settings=HELP,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="部门决算公开：从数据生成整本文档、附件和表格，并核对数字。不写命令时生成整本报告。",
)
template_app = typer.Typer(
    cls=ChineseGroup, help="Word 模板：检查、列出标签、按单位包重新生成。", rich_markup_mode=None
)
app.add_typer(template_app, name="template")

Year = Annotated[
    int | None,
    typer.Argument(
        help="报告年度，默认最新的年度", metavar="年度", min=1000, max=9999, show_default=False
    ),
]
UnitDir = Annotated[Path | None, typer.Option("--unit", help="单位内容文件夹，默认 content")]
PackName = Annotated[
    str | None, typer.Option("--pack", help="单位包的名称或文件夹，默认按 unit.yaml")
]
CacheDir = Annotated[Path | None, typer.Option("--cache", help="中间结果放在哪里，默认 output/.cache")]
OutDir = Annotated[Path | None, typer.Option("--out", help="产品放到哪个文件夹，默认 output/年度")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象，供其他程序读取")]
Yes = Annotated[bool, typer.Option("--yes", help="不再提问，直接写入")]
Final = Annotated[bool, typer.Option("--final", help="定稿：有错误或待填时不生成")]


NativeCharts = Annotated[
    bool | None,
    typer.Option(
        "--native-charts/--picture-charts",
        help="报告里的图用 Word 自己的图表，或用图片；默认按 pack.yaml 的“图形”",
        show_default=False,
    ),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="报告和每个附件另存一份 PDF（要装 LibreOffice）")]
NoLayout = Annotated[bool, typer.Option("--no-layout", help="不排版：目录没有页码，省去几秒")]


AtYear = Annotated[
    int | None, typer.Option("--year", help="报告年度，默认最新的年度", show_default=False)
]
PackToCheck = Annotated[
    str | None,
    typer.Argument(
        help="单位包的名称或文件夹，默认按 unit.yaml", metavar="单位包", show_default=False
    ),
]


@dataclass(frozen=True)
class Place:
    """Where the command works: unit, packs, products, cache."""

    unit: Path
    packs: Path
    pack: str | None
    out: Path
    cache: Path

    @classmethod
    def of(cls, unit: Path | None, pack: str | None, out: Path | None) -> Place:
        folder = (unit or ROOT / "content").resolve()
        products = ROOT / "output"
        if unit is not None and folder != (ROOT / "content").resolve():
            products = products / folder.name
        packs, name = ROOT / "templates", pack
        if pack and (Path(pack) / "pack.yaml").is_file():
            packs, name = Path(pack).resolve().parent, Path(pack).resolve().name
        elif not pack and (folder.parent / "packs").is_dir():
            packs = folder.parent / "packs"
        return cls(folder, packs, name, out or products, ROOT / "output" / ".cache")

    def folder(self, year: int, given: Path | None) -> Path:
        return given if given is not None else self.out / str(year)

    def history(self, year: int, given: Path | None) -> Path:
        """Where earlier builds are kept: beside the years, or in the folder asked for."""
        return (given or self.out) / ".history" / ("" if given else str(year))


ROOT = Path(__file__).resolve().parents[1]


def main(root: Path, arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code (0 clean, 1 something found, 2 could not go on)."""
    global ROOT
    ROOT = root
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    commands = typer.main.get_group(app).commands
    first = given[0] if given else DEFAULT_COMMAND
    if not given or first.isdecimal() or (first.startswith("-") and first not in FOR_ALL):
        given.insert(0, DEFAULT_COMMAND)
    try:
        if given[0] not in commands and given[0] not in FOR_ALL:
            raise DisclosureError(unknown_command(given[0], commands))
        code = app(given, standalone_mode=False, prog_name="build.py")
    except typer.Exit as stopped:
        code = stopped.exit_code
    except DisclosureError as error:
        return _report_problems(error.problems, given)
    except Exception as error:
        problem = usage_problem(error, given, commands) or _machine_problem(error)
        if problem is None:
            raise
        return _report_problems([problem], given)
    if code == INTERRUPTED:
        return _report_problems([INTERRUPTION], given)
    return code if isinstance(code, int) else CLEAN  # what typer.Exit was raised with


def _version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit(CLEAN)


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", help="版本号", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


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
    with _Progress(as_json) as progress:
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


@app.command(cls=ChineseCommand, help="只核对，不生成文档。")
def check(
    year: Year = None,
    unit: UnitDir = None,
    pack: PackName = None,
    as_json: AsJson = False,
    rules: Annotated[bool, typer.Option("--rules", help="只列出全部规则，不核对")] = False,
    docx: Annotated[
        Path | None,
        typer.Option("--docx", help="核对一个成品 .docx（可以在 Word、WPS 里改过）", show_default=False),
    ] = None,
    report_file: Annotated[
        Path | None,
        typer.Option(
            "--report", help="把规则和发现写成 .xlsx 或 .html 文件", show_default=False
        ),
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
        print("\n".join(screen.finding_lines(checked, todos)))
    raise typer.Exit(code)


@app.command(
    cls=ChineseCommand,
    help="一个数从哪里来、印在哪里：build.py trace 309.78，或 build.py trace 支出/2010350/基本支出。",
)
def trace(
    asked: Annotated[
        str,
        typer.Argument(
            help="数的名称（支出/2010350/基本支出）或印出来的数（309.78）", metavar="数"
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
    wanted = bool(plan.files) and not dry_run and (yes or (not as_json and _agreed("写入吗？")))
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
    wanted = bool(plan.files) and (yes or (not as_json and _agreed("写入吗？")))
    if wanted:
        if not (reason or yes):
            given = {one.key: _asked(f"“{one.new[:40]}”为什么改写？") for one in plan.rewrites}
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
    year: Annotated[
        int, typer.Argument(help="要起草的年度", metavar="年度", min=1000, max=9999)
    ],
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
    with _Progress(as_json) as progress:
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
    agreed = yes or (not as_json and _agreed("退回吗？"))
    if agreed:
        put_back(place.unit, last)
    if as_json:
        print(undo_object(last, undone=agreed))
    elif agreed:
        left = f"还可以再退 {len(copies) - 1} 步。" if len(copies) > 1 else "没有更早的了。"
        print(f"已退回。{left}")
    else:
        print("没有退回。要退回，加 --yes，或在提问时回答 y。")


def _agreed(question: str) -> bool:
    """Asks at the keyboard; nobody there means no."""
    try:
        return input(f"{question}[y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError:
        print()
        return False


def _asked(question: str) -> str:
    """An answer typed at the keyboard; nobody there gives none."""
    try:
        return input(f"{question} ").strip()
    except EOFError:
        print()
        return ""


@template_app.command(
    "new",
    cls=ChineseCommand,
    help="按 pack.yaml 重新生成三个 Word 模板；改过的旧模板先留副本。",
)
def template_new(
    name: Annotated[str, typer.Argument(help="单位包的名称或文件夹", metavar="单位包")],
) -> None:
    from disclosure.load.pack import load_pack
    from disclosure.scaffold import word_templates
    from disclosure.store import replace_with_copy

    place = Place.of(None, name, None)
    pack = load_pack(place.packs, place.pack or name, with_templates=False)
    for file, data in word_templates(pack.layout).items():
        path = pack.templates[file]
        copy = replace_with_copy(path, data)
        print(f"已生成 {path.name}" + (f"，旧模板留在 {copy.name}" if copy else ""))


@template_app.command(
    "check",
    cls=ChineseCommand,
    help="检查单位包的三个 Word 模板，一次列出全部问题和所在位置。",
)
def template_check(
    name: PackToCheck = None,
    year: AtYear = None,
    unit: UnitDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure import screen
    from disclosure.model.place import Level
    from disclosure.templates import checked

    place = Place.of(unit, name, None)
    found = checked(place.unit, year, place.packs, place.pack)
    code = FOUND if found.of(Level.ERROR) or found.unread else CLEAN
    print(screen.template_object(found, code) if as_json else screen.template_text(found))
    raise typer.Exit(code)


@template_app.command(
    "tags",
    cls=ChineseCommand,
    help="列出模板里可以写的全部标签，和它们现在的内容。",
)
def template_tags(
    name: PackToCheck = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help="只列一组：单位和年度、标题、段落、表、图、附件自评表、数",
            show_default=False,
        ),
    ] = None,
    year: AtYear = None,
    unit: UnitDir = None,
    as_json: AsJson = False,
) -> None:
    from disclosure import screen
    from disclosure.templates import tags

    place = Place.of(unit, name, None)
    offered = tags(place.unit, year, place.packs, place.pack)
    known = dict.fromkeys(tag.group for tag in offered)
    if group and group not in known:
        raise DisclosureError(Problem(f"没有“{group}”这一组。", None, f"可选：{'、'.join(known)}"))
    wanted = [tag for tag in offered if group in (None, tag.group)]
    whole = group is not None
    print(screen.tags_object(wanted) if as_json else screen.tags_text(wanted, whole=whole))


class _Progress:
    """Says on the error stream which stage is running; nothing when the output is for a program."""

    def __init__(self, silent: bool) -> None:
        self.silent = silent
        self.on_screen = sys.stderr.isatty()

    def __enter__(self) -> Callable[[str], None]:
        return self._say

    def __exit__(self, *_: object) -> None:
        if self.on_screen and not self.silent:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _say(self, stage: str) -> None:
        if self.silent:
            return
        if self.on_screen:
            print(f"\r\x1b[K{stage}……", end="", file=sys.stderr, flush=True)
        else:
            print(f"{stage}……", file=sys.stderr)


def _machine_problem(error: Exception) -> Problem | None:
    """A disk that is full or says no, wherever it was noticed; None for anything else."""
    if not isinstance(error, OSError) or error.errno not in MACHINE_FAULTS:
        return None
    name = error.filename if isinstance(error.filename, str | Path) else None
    where = Location(Path(name).as_posix()) if name else None
    return Problem(f"{cause_of(error)}。", where, "看看磁盘和文件夹，再运行一次", stops=True)


def _report_problems(problems: Sequence[Problem], given: Sequence[str]) -> int:
    """Tell what stands in the way; gives the exit code."""
    code = STOPPED if any(problem.stops for problem in problems) else FOUND
    if "--json" in given:
        told = [
            {
                "message": problem.message,
                "location": str(problem.location) if problem.location else None,
                "advice": problem.advice,
            }
            for problem in problems
        ]
        print(json.dumps({"command": given[0], "exit": code, "problems": told}, ensure_ascii=False))
        return code
    unit = _unit_of(given)
    where = f"（单位文件夹 {unit}）" if unit else ""
    if len(problems) == 1 and problems[0].location is None:
        print(problems[0], file=sys.stderr)
    else:
        print(f"有 {len(problems)} 个问题要先改正，没有生成{where}：", file=sys.stderr)
        for problem in problems:
            print(f"  · {problem}", file=sys.stderr)
    return code


def _unit_of(given: Sequence[str]) -> str | None:
    """The folder given as --unit: the files of problems are named below it."""
    for number, word in enumerate(given):
        if word == "--unit" and number + 1 < len(given):
            return given[number + 1]
        if word.startswith("--unit="):
            return word.partition("=")[2]
    return None
