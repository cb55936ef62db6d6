"""The command line, and the one place that prints. Every command is a few lines over the core."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
import typer.main

from disclosure import __version__
from disclosure.model.place import DisclosureError, Problem

CLEAN, FOUND, STOPPED = 0, 1, 2
DEFAULT_COMMAND = "report"

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="部门决算公开：从数据生成整本文档、附件和表格，并核对数字。不写命令时生成整本报告。",
)
template_app = typer.Typer(help="Word 模板：按单位包重新生成。", rich_markup_mode=None)
app.add_typer(template_app, name="template")

Year = Annotated[int | None, typer.Argument(help="报告年度，默认最新的年度", show_default=False)]
UnitDir = Annotated[Path | None, typer.Option("--unit", help="单位内容文件夹，默认 content")]
PackName = Annotated[
    str | None, typer.Option("--pack", help="单位包的名称或文件夹，默认按 unit.yaml")
]
OutDir = Annotated[Path | None, typer.Option("--out", help="产品放到哪个文件夹，默认 output/年度")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 对象，供其他程序读取")]
Final = Annotated[bool, typer.Option("--final", help="定稿：有错误或待填时不生成")]


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
    commands = set(typer.main.get_group(app).commands)
    if not given or (given[0] not in commands and given[0] not in ("--help", "--version")):
        given.insert(0, DEFAULT_COMMAND)
    try:
        app(given, standalone_mode=False, prog_name="build.py")
    except typer.Exit as stopped:
        return stopped.exit_code
    except DisclosureError as error:
        return _report_problems(error, "--json" in given)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is None:
            raise
        print(f"命令写得不对：{usage()}", file=sys.stderr)
        print("用 build.py --help 查看命令。", file=sys.stderr)
        return STOPPED
    return CLEAN


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


@app.command(help="生成整本报告、附件、表格、图和核对结果（默认命令）。")
def report(
    year: Year = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    final: Final = False,
    as_json: AsJson = False,
) -> None:
    _build(year, unit, pack, out, final, as_json, None)


@app.command(help="只生成附件：build.py attachments 2023 3 5；不写号码时生成全部附件。")
def attachments(
    year: Year = None,
    numbers: Annotated[
        list[int] | None, typer.Argument(help="附件号码", show_default=False)
    ] = None,
    unit: UnitDir = None,
    pack: PackName = None,
    out: OutDir = None,
    final: Final = False,
    as_json: AsJson = False,
) -> None:
    _build(year, unit, pack, out, final, as_json, numbers or [])


def _build(
    year: int | None,
    unit: Path | None,
    pack: str | None,
    out: Path | None,
    final: bool,
    as_json: bool,
    numbers: list[int] | None,
) -> None:
    from disclosure.pipeline import build, manifest_json, newest_year, side_files
    from disclosure.store import MANIFEST, read_manifest, store

    place = Place.of(unit, pack, out)
    year = year or newest_year(place.unit)
    with _Progress(as_json) as progress:
        made = build(place.unit, year, place.packs, place.pack, place.cache, progress, numbers)
        folder = place.folder(year, out)
        refused = final and bool(made.errors or made.todos)
        stored = None
        if not refused:
            progress("保存")
            files = {product.path: product.data for product in made.products}
            partial = numbers is not None
            if not partial:
                files |= side_files(made)
            files[MANIFEST] = manifest_json(made, read_manifest(folder) if partial else {})
            stored = store(folder, files, partial=partial)
    from disclosure import screen

    summary = screen.Summary(made, stored, folder, final)
    print(screen.as_json(summary) if as_json else screen.as_text(summary))
    raise typer.Exit(FOUND if made.errors or refused else CLEAN)


@app.command(help="只核对，不生成文档。")
def check(
    year: Year = None, unit: UnitDir = None, pack: PackName = None, as_json: AsJson = False
) -> None:
    from disclosure import screen
    from disclosure.model.place import Level
    from disclosure.pipeline import newest_year, write_words

    place = Place.of(unit, pack, None)
    year = year or newest_year(place.unit)
    written = write_words(
        place.unit, year, place.packs, place.pack, place.cache, with_templates=False
    )
    if as_json:
        print(screen.findings_object("check", year, written.findings, written.todos))
    else:
        print("\n".join(screen.finding_lines(written.findings, written.todos)))
    errors = any(finding.level is Level.ERROR for finding in written.findings)
    raise typer.Exit(FOUND if errors else CLEAN)


@app.command(
    help="一个数从哪里来、印在哪里：build.py trace 309.78，或 build.py trace 支出/2010350/基本支出。"
)
def trace(
    asked: Annotated[
        str, typer.Argument(help="数的名称（支出/2010350/基本支出）或印出来的数（309.78）")
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


@template_app.command("new", help="按 pack.yaml 重新生成三个 Word 模板；改过的旧模板先留副本。")
def template_new(
    name: Annotated[str, typer.Argument(help="单位包的名称或文件夹")],
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


def _report_problems(error: DisclosureError, as_json: bool) -> int:
    code = STOPPED if any(problem.stops for problem in error.problems) else FOUND
    if as_json:
        problems = [
            {
                "message": p.message,
                "location": str(p.location) if p.location else None,
                "advice": p.advice,
            }
            for p in error.problems
        ]
        print(json.dumps({"exit": code, "problems": problems}, ensure_ascii=False))
        return code
    print(f"有 {len(error.problems)} 个问题要先改正，没有生成：", file=sys.stderr)
    for problem in error.problems:
        print(f"  · {problem}", file=sys.stderr)
    return code
