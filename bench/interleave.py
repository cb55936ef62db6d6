"""Whole-process timing of several commands, run in turn (A B C A B C …), seen from outside.

Running in turn spreads a busy moment of the machine over all commands, and a ratio taken within one
round compares neighbours in time. So ratios hold on another machine where seconds do not.

usage: python -m bench.interleave [-n ROUNDS] LABEL=COMMAND …
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_MIB = 1024 * 1024


@dataclass(frozen=True)
class Command:
    """What to run; `label` names it in the results."""

    label: str
    argv: tuple[str, ...]
    cwd: Path | None = None


@dataclass(frozen=True)
class Run:
    """One process from start to end: seconds, seconds, MiB. `None`: the system did not tell."""

    wall: float
    cpu: float | None  # user + system, of the process and the children it waited for
    peak_rss: float | None


@dataclass(frozen=True)
class Measured:
    """All counted runs of one command, in the order of the rounds."""

    label: str
    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """Median, seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def fastest(self) -> float:
        """Least wall time, seconds."""
        return min(run.wall for run in self.runs)

    @property
    def cpu(self) -> float | None:
        """Median, seconds; `None` if any run has none."""
        return _median(run.cpu for run in self.runs)

    @property
    def peak_rss(self) -> float | None:
        """Median, MiB; `None` if any run has none."""
        return _median(run.peak_rss for run in self.runs)

    def wall_ratio_to(self, other: Measured) -> float:
        """Median over the rounds of this wall time / the other's: 0.1 means ten times faster."""
        return statistics.median(a.wall / b.wall for a, b in self._pairs(other))

    def cpu_ratio_to(self, other: Measured) -> float | None:
        """The same for cpu time; `None` if either has none."""
        ratios = [
            a.cpu / b.cpu
            for a, b in self._pairs(other)
            if a.cpu is not None and b.cpu is not None and b.cpu > 0
        ]
        return statistics.median(ratios) if len(ratios) == len(self.runs) else None

    def _pairs(self, other: Measured) -> Iterator[tuple[Run, Run]]:
        return zip(self.runs, other.runs, strict=True)


class CommandFailed(Exception):
    """A command ended with another code than 0; its time would mean nothing."""

    def __init__(self, command: Command, code: int, last_words: str) -> None:
        """`last_words` is the end of what it wrote to standard error."""
        super().__init__(f"{command.label}: exit code {code}\n{last_words}".rstrip())
        self.command = command
        self.code = code


def interleave(commands: Sequence[Command], rounds: int, *, warm_up: int = 1) -> list[Measured]:
    """Run every command once a round and measure it; `warm_up` more rounds come first, uncounted.

    The calling process should be small: see `_run_posix`.
    """
    if rounds < 1:
        raise ValueError("rounds must be at least 1")
    runs: list[list[Run]] = [[] for _ in commands]
    for turn in range(warm_up + rounds):
        for command, counted in zip(commands, runs, strict=True):
            run = run_once(command)
            if turn >= warm_up:
                counted.append(run)
    return [
        Measured(command.label, tuple(counted))
        for command, counted in zip(commands, runs, strict=True)
    ]


def run_once(command: Command) -> Run:
    """One run of one command; raises `CommandFailed`."""
    with tempfile.TemporaryFile() as errors:
        code, run = _run(command, errors)
        if code:
            errors.seek(0)
            last_words = errors.read().decode("utf-8", "replace")[-2000:]
            raise CommandFailed(command, code, last_words)
    return run


def _start(command: Command, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.argv,
        cwd=command.cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )


def _run_portable(command: Command, errors: IO[bytes]) -> tuple[int, Run]:
    """Wall time only: without wait4 the standard library tells no child's cpu and memory."""
    start = time.perf_counter()
    code = _start(command, errors).wait()
    return code, Run(time.perf_counter() - start, None, None)


_run: Callable[[Command, IO[bytes]], tuple[int, Run]]
if sys.platform == "win32":
    _run = _run_portable
else:
    import resource

    # ru_maxrss counts bytes on macOS and KiB on the other systems.
    _RSS_UNIT = 1 if sys.platform == "darwin" else 1024

    def _run_posix(command: Command, errors: IO[bytes]) -> tuple[int, Run]:
        """Wall, cpu and peak memory as the kernel accounts them.

        A child inherits the peak of the process that started it (Linux keeps the mark over exec),
        so a peak no higher than our own says nothing about the command and is `None`.
        """
        own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        process = _start(command, errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # else Popen would wait again
        inherited = usage.ru_maxrss <= own_peak
        peak = None if inherited else usage.ru_maxrss * _RSS_UNIT / _MIB
        return process.returncode, Run(wall, usage.ru_utime + usage.ru_stime, peak)

    _run = _run_posix


def _median(values: Iterator[float | None]) -> float | None:
    known: list[float] = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return statistics.median(known)


def table(measured: Sequence[Measured]) -> str:
    """The results as text; the ratio is each command's wall time / the first one's."""

    def shown(value: float | None, scale: float = 1.0, digits: int = 0) -> str:
        return "-" if value is None else f"{value * scale:.{digits}f}"

    reference = measured[0]
    lines = [
        f"{'command':<30} {'wall ms':>9} {'min':>9} {'cpu ms':>9} {'peak MiB':>9}"
        f" {'wall/first':>11} {'cpu/first':>10}"
    ]
    lines += [
        f"{m.label:<30} {shown(m.wall, 1e3, 1):>9} {shown(m.fastest, 1e3, 1):>9}"
        f" {shown(m.cpu, 1e3, 1):>9} {shown(m.peak_rss):>9}"
        f" {m.wall_ratio_to(reference):>11.3f} {shown(m.cpu_ratio_to(reference), digits=3):>10}"
        for m in measured
    ]
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the commands given on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.interleave", description=__doc__)
    parser.add_argument("-n", "--rounds", type=int, default=9)
    parser.add_argument("commands", nargs="+", metavar="LABEL=COMMAND")
    options = parser.parse_args(argv)
    commands = []
    for text in options.commands:
        label, equals, command = text.partition("=")
        if not equals or not command.strip():
            parser.error(f"LABEL=COMMAND expected, not {text!r}")
        commands.append(Command(label, tuple(shlex.split(command, posix=os.name == "posix"))))
    try:
        print(table(interleave(commands, options.rounds)))
    except CommandFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
