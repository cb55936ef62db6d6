"""What every command shares: the application, its options, where it works, how it asks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from disclosure.usage import ChineseGroup

CLEAN, FOUND, STOPPED = 0, 1, 2

HELP = {"help_option_names": ["--help", "-h"]}

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
CacheDir = Annotated[
    Path | None, typer.Option("--cache", help="中间结果放在哪里，默认 output/.cache")
]
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


ROOT = Path(__file__).resolve().parents[2]


def agreed(question: str) -> bool:
    """Asks at the keyboard; nobody there means no."""
    try:
        return input(f"{question}[y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError:
        print()
        return False


def asked(question: str) -> str:
    """An answer typed at the keyboard; nobody there gives none."""
    try:
        return input(f"{question} ").strip()
    except EOFError:
        print()
        return ""


class Progress:
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
