"""The script a user would write: safe_load, snippets, pyplot charts as PNG, render, save.

Nothing is tuned on purpose, and nothing is made worse: the one thing beyond docxtpl's defaults is
autoescape, because without it a `&` in a value silently cuts the document short.

usage: python naive.py CASEDIR OUT.docx [--repeat N] [--charts-once] [--font FILE]
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import matplotlib
import yaml
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib import font_manager

CHINESE_FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
)


def choose_font(file: Path | None) -> None:
    """Draw with this font file, or with the first Chinese font that is installed."""
    if file:
        font_manager.fontManager.addfont(str(file))
        names = [font_manager.FontProperties(fname=str(file)).get_name()]
    else:
        installed = {font.name for font in font_manager.fontManager.ttflist}
        names = [name for name in CHINESE_FONTS if name in installed][:1]
    if names:
        plt.rcParams["font.sans-serif"] = names
    plt.rcParams["axes.unicode_minus"] = False


def load(case: Path) -> dict[str, Any]:
    """The figures, with every snippet's text under its name."""
    with (case / "data.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    data["snippets"] = {
        name: (case / "snippets" / f"{name}.txt").read_text(encoding="utf-8")
        for name in data["snippets"]
    }
    return data


def draw(chart: dict[str, Any], file: Path) -> None:
    """One chart as a PNG of 200 dpi."""
    figure, axes = plt.subplots(figsize=(7, 7 * chart["height_cm"] / chart["width_cm"]))
    labels = chart["labels"]
    if chart["kind"] == "pie":
        (values,) = list(chart["series"].values())[:1]
        axes.pie(values, labels=labels, autopct="%.1f%%")
    else:
        width = 0.8 / len(chart["series"])
        for number, (name, values) in enumerate(chart["series"].items()):
            places = [place + number * width for place in range(len(labels))]
            axes.bar_label(axes.bar(places, values, width, label=name))
        middle = (len(chart["series"]) - 1) * width / 2
        axes.set_xticks([place + middle for place in range(len(labels))], labels)
        axes.set_ylabel("金额（万元）")
        if len(chart["series"]) > 1:
            axes.legend()
    axes.set_title(chart["title"])
    figure.savefig(file, dpi=200)
    plt.close(figure)


def draw_all(charts: list[dict[str, Any]], out: Path) -> list[Path]:
    """All charts, beside the document they are for."""
    files = []
    for number, chart in enumerate(charts, 1):
        file = out.with_name(f"{out.stem}_chart{number}.png")
        draw(chart, file)
        files.append(file)
    return files


def build(case: Path, out: Path, drawn: list[Path] | None) -> None:
    """One document; with `drawn` the charts are ready pictures."""
    data = load(case)
    files = draw_all(data["charts"], out) if drawn is None else drawn
    document = DocxTemplate(case / "template.docx")
    context = dict(data)
    for number, (chart, file) in enumerate(zip(data["charts"], files, strict=True), 1):
        width = Cm(chart["width_cm"])
        context[f"chart{number}"] = InlineImage(document, str(file), width=width)
    document.render(context, autoescape=True)
    document.save(out)


def main() -> None:
    """Build once, or N times in this process with the seconds of every round on standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path, metavar="CASEDIR")
    parser.add_argument("out", type=Path, metavar="OUT.docx")
    parser.add_argument(
        "--repeat", type=int, metavar="N", help="build N times, print the seconds as JSON"
    )
    parser.add_argument(
        "--charts-once", action="store_true", help="draw before the first round only"
    )
    parser.add_argument("--font", type=Path, metavar="FILE", help="font file of the charts")
    options = parser.parse_args()
    choose_font(options.font)
    drawn = None
    if options.charts_once:
        drawn = draw_all(load(options.case)["charts"], options.out)
    seconds = []
    for _ in range(options.repeat or 1):
        start = time.perf_counter()
        build(options.case, options.out, drawn)
        seconds.append(time.perf_counter() - start)
    if options.repeat:
        json.dump({"rounds": seconds}, sys.stdout)
        print()


if __name__ == "__main__":
    main()
