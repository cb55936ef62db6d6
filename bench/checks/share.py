"""Which share of a build the checks take: all rules on the data, and the finished file read back.

Measured on the command that a user runs, by when it says on its error stream which stage begins.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.run import product, warm_product

CHECKS = ("核对", "读回核对")
RUNNING = "……"


@dataclass(frozen=True)
class Share:
    """Medians in seconds: what the checks took, and the whole build with them."""

    checks: float
    whole: float

    @property
    def percent(self) -> float:
        return 100 * self.checks / self.whole

    def __str__(self) -> str:
        return f"{1000 * self.checks:.1f} ms / {1000 * self.whole:.0f} ms，{self.percent:.1f} %"


def in_new_processes(rounds: int) -> Share:
    """`build.py --no-layout`, its caches filled, as often as that; one run more comes first."""
    with tempfile.TemporaryDirectory() as folder:
        command = product(Path(folder), Path(folder) / "cache")
        every = [_one(command) for _ in range(rounds + 1)][1:]
    return Share(
        statistics.median(share.checks for share in every),
        statistics.median(share.whole for share in every),
    )


def _one(command: list[str]) -> Share:
    begun = time.perf_counter()
    marks: list[tuple[str, float]] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.rstrip().endswith(RUNNING):
                marks.append((line.rstrip().removesuffix(RUNNING), time.perf_counter()))
    ended = time.perf_counter()
    if running.returncode:
        raise RuntimeError(f"build.py ended with {running.returncode}")
    ends = [at for _, at in marks[1:]] + [ended]
    checks = sum(end - at for (stage, at), end in zip(marks, ends, strict=True) if stage in CHECKS)
    return Share(checks, ended - begun)


def in_one_process() -> Share:
    """The same in one process that builds again and again, a figure corrected each time."""
    with tempfile.TemporaryDirectory() as folder:
        warm = warm_product(Path(folder))
    return Share(sum(warm.stages[stage] for stage in CHECKS), statistics.median(warm.rounds))
