"""The product beside the plain docxtpl + pyplot script, in one interleaved run: ratios, not seconds.

usage: python -m bench.run [-n ROUNDS] [--json]

Measured: the whole product set (report, attachments, workbook, charts) against the script's report
alone; a new process with its caches filled, a new process with empty caches, and one process that
builds again and again with a figure corrected each time. The script's case is made from the
product's own report, light as the product's template is and wordy as a word processor saves it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from bench.interleave import Command, Measured, interleave

ROOT = Path(__file__).resolve().parents[1]
CASES = ("light", "wordy")
WARM_ROUNDS = 12


def main() -> int:
    """Measure, print a table (or JSON), and end with 0."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-n", type=int, default=9, help="rounds (default 9)")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = measure(Path(folder), given.n)
    print(json.dumps(results, ensure_ascii=False, indent=1) if given.json else told(results))
    return 0


def measure(work: Path, rounds: int) -> dict[str, object]:
    """All figures of one run; ratios are peer time / product time (3 means three times faster)."""
    report = first_report(work)
    for case in CASES:
        make_case(report, work / case, wordy=case == "wordy")
    cold = interleave(commands(work), rounds)
    by_label = {measured.label: measured for measured in cold}
    warm = warm_product(work)
    return {
        "cold": {m.label: figures(m) for m in cold},
        "cold ratios": {
            f"{case} / {product}": 1 / by_label[product].wall_ratio_to(by_label[case])
            for case in CASES
            for product in ("product", "product, empty caches")
        },
        "warm product, seconds": statistics.median(warm.rounds),
        "warm ratios": {
            f"{case}{note}": statistics.median(peer_rounds(work, case, extra)[1:])
            / statistics.median(warm.rounds)
            for case in CASES
            for note, extra in (("", ()), (", charts drawn once", ("--charts-once",)))
        },
        "stages, seconds": warm.stages,
    }


def first_report(work: Path) -> Path:
    """The product's report, built once: the document both sides write."""
    subprocess.run(product(work, work / "cache"), check=True, capture_output=True)
    return max((work / "out").glob("*.docx"), key=lambda path: path.stat().st_size)


def product(work: Path, cache: Path) -> list[str]:
    """The command a user runs, into a folder of ours, without the page layout of LibreOffice."""
    build = [sys.executable, str(ROOT / "build.py"), "--no-layout"]
    return [*build, "--out", str(work / "out"), "--cache", str(cache)]


def make_case(report: Path, folder: Path, *, wordy: bool) -> None:
    make = [sys.executable, "-m", "bench.peer.make_case", str(folder), "--from-docx", str(report)]
    flags = ["--figures-only", *(["--wordy"] if wordy else [])]
    subprocess.run([*make, *flags], check=True, capture_output=True, cwd=ROOT)


def peer(work: Path, case: str, *extra: str) -> list[str]:
    script = [sys.executable, str(ROOT / "bench" / "peer" / "naive.py"), str(work / case)]
    return [*script, str(work / f"{case}.docx"), "--font", str(chart_font()), *extra]


def chart_font() -> Path:
    found = find_spec("pylopdf_fonts_zh_cn")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "NotoSansSC-Regular.otf"


def commands(work: Path) -> list[Command]:
    """What is run in turn; the last starts with empty caches every time."""
    emptied = work / "emptied"
    forget = "import shutil, sys, subprocess; shutil.rmtree(sys.argv[1], ignore_errors=True); "
    again = "raise SystemExit(subprocess.call(sys.argv[2:]))"
    fresh = [sys.executable, "-c", forget + again, str(emptied), *product(work, emptied)]
    return [
        *(Command(case, tuple(peer(work, case))) for case in CASES),
        Command("product", tuple(product(work, work / "cache"))),
        Command("product, empty caches", tuple(fresh)),
    ]


def figures(measured: Measured) -> dict[str, float | None]:
    return {
        "wall, seconds": measured.wall,
        "cpu, seconds": measured.cpu,
        "peak memory, MiB": measured.peak_rss,
    }


def peer_rounds(work: Path, case: str, extra: tuple[str, ...]) -> list[float]:
    """Seconds of each round of the script in one process, imports left out."""
    command = peer(work, case, "--repeat", str(WARM_ROUNDS), *extra)
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rounds: list[float] = json.loads(output.splitlines()[-1])["rounds"]
    return rounds


@dataclass(frozen=True)
class Warm:
    """Rounds of one process, in seconds, the first left out; the median of each stage."""

    rounds: list[float]
    stages: dict[str, float]


def warm_product(work: Path) -> Warm:
    """Rounds in one process; before each, one typed figure of the content is corrected."""
    from disclosure.pipeline import build, newest_year

    unit = work / "content"
    shutil.copytree(ROOT / "content", unit)
    year = newest_year(unit)
    file = unit / str(year) / "expenditure.yaml"
    original = file.read_text(encoding="utf-8")
    typed = re.search(r"基本支出: (\d+\.\d\d)", original)
    assert typed is not None
    rounds: list[float] = []
    stages: dict[str, list[float]] = {}
    for number in range(WARM_ROUNDS):
        corrected = Decimal(typed[1]) + Decimal(number) / 100
        file.write_text(original.replace(typed[0], f"基本支出: {corrected}", 1), encoding="utf-8")
        marks: list[tuple[str, float]] = []
        begun = time.perf_counter()
        build(
            unit,
            year,
            ROOT / "templates",
            cache=work / "cache",
            progress=lambda stage, marks=marks: marks.append((stage, time.perf_counter())),  # type: ignore[misc]
        )
        ended = time.perf_counter()
        rounds.append(ended - begun)
        for (stage, start), (_, end) in zip(marks, [*marks[1:], ("", ended)], strict=True):
            stages.setdefault(stage, []).append(end - start)
    medians = {stage: statistics.median(times[1:]) for stage, times in stages.items()}
    return Warm(rounds[1:], medians)


def told(results: dict[str, object]) -> str:
    """The figures as a table for a person."""
    lines = ["Whole processes, run in turn (medians):"]
    cold = results["cold"]
    assert isinstance(cold, dict)
    for label, values in cold.items():
        wall, cpu, memory = (values[key] for key in values)
        peak = f"{memory:5.0f} MiB" if memory else "    -"
        lines.append(f"  {label:24} {wall * 1000:8.0f} ms  cpu {cpu * 1000:8.0f} ms  {peak}")
    lines.append("Faster than the script, new process (its report alone / our whole set):")
    for key, title in (("cold ratios", ""), ("warm ratios", "")):
        ratios = results[key]
        assert isinstance(ratios, dict)
        if key == "warm ratios":
            lines.append("Faster than the script, one process, a figure corrected each round:")
        lines += [f"  {label:36} {ratio:6.1f} x{title}" for label, ratio in ratios.items()]
    lines.append("Stages of a warm build:")
    stages = results["stages, seconds"]
    assert isinstance(stages, dict)
    lines += [f"  {stage:8} {seconds * 1000:7.1f} ms" for stage, seconds in stages.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
