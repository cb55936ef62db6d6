"""Builds that are kept to compare with: the report and, as values, what stood in it.

One folder per build, `0001`, `0002`, …. A build that says the same as the newest takes its place;
the last unmarked ones stay, marked ones always. No clock: when a build was made is its file's time.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from disclosure.changes.told import told_by, told_json
from disclosure.model.place import DisclosureError, Location, Problem, cause_of
from disclosure.pipeline import Build
from disclosure.store import replace_file

FOLDER = ".history"
BUILD, MARKS = "build.json", "marks.json"
REPORT, DOCUMENT, LINEAGE, FINDINGS = (
    "report.docx",
    "document.json",
    "lineage.json",
    "findings.json",
)
SENT = "sent.docx"  # the report as it was on disk when marked, where somebody had changed it
UNMARKED = 10  # builds that are kept without a mark


@dataclass(frozen=True)
class KeptBuild:
    """One build. `state` is a hash of all that it says, `report` of the report's bytes."""

    folder: Path
    state: str
    report: str
    path: str
    marks: tuple[str, ...]

    @property
    def made(self) -> str:
        """When, for a person."""
        return datetime.fromtimestamp((self.folder / BUILD).stat().st_mtime).strftime(
            "%Y-%m-%d %H:%M"
        )

    @property
    def is_edited(self) -> bool:
        """Whether somebody had changed the report when it was marked."""
        return (self.folder / SENT).is_file()

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def report_bytes(self) -> bytes:
        """The report as it was sent."""
        return self.read(SENT if self.is_edited else REPORT)


def state_of(build: Build) -> str:
    """A hash of what the build says: words, figures and the templates they are printed with."""
    return _state(build, told_json(told_by(build.document)))


def _state(build: Build, told: bytes) -> str:
    digest = sha256(told)
    for name, figure in sorted(build.lineage.figures.items()):
        digest.update(f"{name}={figure.amount}\n".encode())
    for name, one in sorted(build.inputs.items()):
        if name.endswith(".docx"):
            digest.update(f"{name}={one}\n".encode())
    return digest.hexdigest()


def keep_build(history: Path, build: Build, side_files: Mapping[str, bytes]) -> Problem | None:
    """Keep the build, if it says anything new. Gives why it could not be kept."""
    report = next(product for product in build.products if product.kind == "report")
    try:
        newest = next(iter(kept_builds(history)[::-1]), None)
        again = newest is not None and newest.report == report.sha256
        if newest and again and newest.read(LINEAGE) == side_files[LINEAGE]:
            return None  # the words need not be told to know that
        told = told_json(told_by(build.document))
        value = {"state": _state(build, told), "report": report.sha256, "path": report.path}
        if newest and (newest.state, newest.report) == (value["state"], value["report"]):
            return None
        files = {
            REPORT: report.data,
            DOCUMENT: told,
            LINEAGE: side_files[LINEAGE],
            FINDINGS: side_files[FINDINGS],
            BUILD: json.dumps(value, ensure_ascii=False, indent=1).encode(),
        }
        _put(history, files)
        if newest and newest.state == value["state"] and not newest.marks:
            shutil.rmtree(newest.folder, ignore_errors=True)
        _prune(kept_builds(history))
    except OSError as error:
        return Problem(
            f"这一次没有留底（{cause_of(error)}），build.py diff 不能与它比较。",
            Location(history.as_posix()),
        )
    return None


def kept_builds(history: Path) -> list[KeptBuild]:
    """The kept builds, the newest last. A damaged one is left out."""
    found = []
    for folder in history.iterdir() if history.is_dir() else ():
        try:
            value = json.loads((folder / BUILD).read_bytes())
            marks = tuple(json.loads(_bytes(folder / MARKS) or b"[]"))
            found.append(KeptBuild(folder, value["state"], value["report"], value["path"], marks))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted((one for one in found if one.folder.name.isdecimal()), key=_number)


def mark(history: Path, products: Path, name: str) -> KeptBuild:
    """Mark the newest build; what stands on disk now is what was sent, also if changed by hand.

    Raises DisclosureError when there is no build, or the mark cannot be written.
    """
    builds = kept_builds(history)
    if not builds:
        raise DisclosureError(
            Problem("还没有生成过，没有可以标记的。", None, "先运行 build.py", stops=True)
        )
    newest = builds[-1]
    on_disk = _bytes(products / newest.path)
    marks = (*(one for one in newest.marks if one != name), name)
    try:
        if on_disk is not None and sha256(on_disk).hexdigest() != newest.report:
            replace_file(newest.folder / SENT, on_disk)
        elif newest.is_edited:
            (newest.folder / SENT).unlink()
        words = json.dumps(marks, ensure_ascii=False)
        replace_file(newest.folder / MARKS, words.encode())
    except OSError as error:
        place = Location(history.as_posix())
        raise DisclosureError(
            Problem(f"{cause_of(error)}，没有标记。", place, "看看文件夹能不能写", stops=True)
        ) from error
    return next(one for one in kept_builds(history) if one.folder == newest.folder)


def last_before(builds: Iterable[KeptBuild], state: str) -> KeptBuild | None:
    """The newest build that says something else than `state`."""
    return next((one for one in reversed(list(builds)) if one.state != state), None)


def marked_as(builds: Iterable[KeptBuild], name: str) -> KeptBuild | None:
    """The newest build of that mark."""
    return next((one for one in reversed(list(builds)) if name in one.marks), None)


def _put(history: Path, files: Mapping[str, bytes]) -> None:
    """A new folder, whole or not at all."""
    history.mkdir(parents=True, exist_ok=True)
    unfinished = history / f".{os.getpid()}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir()
        for name, data in files.items():
            (unfinished / name).write_bytes(data)
        number = max((int(p.name) for p in history.iterdir() if p.name.isdecimal()), default=0)
        os.replace(unfinished, history / f"{number + 1:04d}")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _prune(builds: list[KeptBuild]) -> None:
    unmarked = [one for one in builds if not one.marks]
    for one in unmarked[:-UNMARKED]:
        shutil.rmtree(one.folder, ignore_errors=True)


def _number(kept: KeptBuild) -> int:
    return int(kept.folder.name)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
