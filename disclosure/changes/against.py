"""`build.py diff`: the present state of the content against a kept build or a file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import cast

from disclosure.changes.compare import Changes, State, compare
from disclosure.changes.history import (
    DOCUMENT,
    FINDINGS,
    LINEAGE,
    KeptBuild,
    kept_builds,
    last_before,
    marked_as,
    state_of,
)
from disclosure.changes.lists import parts_of, summary_of
from disclosure.changes.redline import Reviser, redline
from disclosure.changes.told import told_by, told_by_file, told_from
from disclosure.manifest import side_files
from disclosure.model.place import DisclosureError, Location, Problem, cause_of
from disclosure.pipeline import Build, file_name
from disclosure.readback.reader import read_docx
from disclosure.render.change_list import list_html, list_xlsx
from disclosure.store import MANIFEST, Stored, read_manifest, store

LAST = "last"
CHANGES = "修订"  # the folder of the lists and the redline, in the folder of the products
_PAGES = b"PAGEREF"  # in a report whose contents page has page numbers


@dataclass(frozen=True)
class Earlier:
    """What the present is compared with. `name` is for a person and for file names; `kept` is
    None for a bare file."""

    name: str
    report: bytes
    kept: KeptBuild | None = None
    file: str = ""

    @property
    def when(self) -> str:
        """When a kept build was made, in brackets; "" for a file."""
        return f"（{self.kept.made} 生成）" if self.kept else ""

    @property
    def has_page_numbers(self) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(self.report)) as archive:
                return _PAGES in archive.read("word/document.xml")
        except (zipfile.BadZipFile, KeyError, RuntimeError):
            return False


@dataclass(frozen=True)
class Difference:
    """The changes, and the files that show them (path below the folder 修订 → bytes)."""

    earlier: Earlier
    changes: Changes
    files: dict[str, bytes]


def find_earlier(history: Path, against: str) -> Earlier | None:
    """The marked build or the file asked for; None for `last`, which depends on the present.

    Raises DisclosureError when there is no such mark or file.
    """
    if against == LAST:
        if not kept_builds(history):
            raise DisclosureError(
                Problem("还没有生成过，没有可比的。", None, "先运行 build.py", stops=True)
            )
        return None
    path = Path(against)
    if path.suffix.lower() == ".docx" or path.is_file():
        try:
            return Earlier(path.stem, path.read_bytes(), file=path.as_posix())
        except OSError as error:
            place = Location(path.as_posix())
            raise DisclosureError(
                Problem(f"{cause_of(error)}。", place, "核对文件名和位置", stops=True)
            ) from error
    builds = kept_builds(history)
    found = marked_as(builds, against)
    if found is None:
        marks = sorted({name for one in builds for name in one.marks})
        told = f"有：{'、'.join(marks)}" if marks else "先用 build.py mark 名称 标记"
        raise DisclosureError(Problem(f"没有标为“{against}”的版本。", None, told, stops=True))
    return Earlier(against, found.report_bytes(), found)


def before_present(history: Path, present: Build) -> Earlier | None:
    """The newest kept build that says something else than the present; None without one."""
    found = last_before(kept_builds(history), state_of(present))
    return None if found is None else Earlier("上一次", found.report_bytes(), found)


def numbered_last(history: Path) -> bool:
    """Whether the newest kept report has page numbers."""
    builds = kept_builds(history)
    return bool(builds) and Earlier("", builds[-1].report_bytes()).has_page_numbers


def difference(earlier: Earlier, present: Build, author: str, date: str | None) -> Difference:
    """What changed, as a value and as files. `date` (年-月-日) stands in the redline; None is
    the day of the figures. Raises DisclosureError when the file is no document of ours."""
    report = next(one.data for one in present.products if one.kind == "report")
    changes = compare(*_states(earlier, present, report))
    if not changes and sha256(earlier.report).digest() == sha256(report).digest():
        return Difference(earlier, changes, {})
    day = date or f"{present.year}-12-31"
    revised = redline(earlier.report, report, Reviser(author, f"{day}T00:00:00Z"), earlier.file)
    title = f"{present.document.title}：与{earlier.name}比的改动"
    parts = parts_of(changes)
    made = datetime(present.year, 12, 31)
    suffix = file_name(f"（与{earlier.name}比）")
    files = {
        f"修订稿{suffix}.docx": revised,
        f"改动清单{suffix}.html": list_html(title, [summary_of(changes)], parts),
    }
    if parts:
        files[f"改动清单{suffix}.xlsx"] = list_xlsx(title, parts, author, made)
    return Difference(earlier, changes, files)


def _states(earlier: Earlier, present: Build, report: bytes) -> tuple[State, State]:
    """Both sides told the same way: a file that somebody edited is read, and then ours too."""
    side = side_files(present)
    figures, findings = json.loads(side[LINEAGE]), json.loads(side[FINDINGS])
    kept = earlier.kept
    if kept is not None and not kept.is_edited:
        old = State(
            told_from(kept.read(DOCUMENT)),
            json.loads(kept.read(LINEAGE)),
            json.loads(kept.read(FINDINGS)),
        )
        return old, State(told_by(present.document), figures, findings)
    read: Callable[[bytes, str], State] = lambda data, name: State(  # noqa: E731
        told_by_file(read_docx(data, name), present.document), {}, []
    )
    old, new = read(earlier.report, earlier.file), read(report, "")
    if kept is not None:
        old = State(old.told, json.loads(kept.read(LINEAGE)), json.loads(kept.read(FINDINGS)))
    return old, State(new.told, figures, findings)


def store_changes(products: Path, files: Mapping[str, bytes]) -> Stored:
    """Write the lists and the redline beside those against other versions.

    A manifest makes them known as ours: one that somebody changed since is kept as a copy.
    Raises DisclosureError.
    """
    folder = products / CHANGES
    ours = cast("list[dict[str, object]]", read_manifest(folder).get("products", []))
    fresh = [
        {"kind": "changes", "number": None, "path": name, "sha256": sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    listed = [*(one for one in ours if one["path"] not in files), *fresh]
    manifest = (json.dumps({"products": listed}, ensure_ascii=False, indent=1) + "\n").encode()
    return store(folder, {**files, MANIFEST: manifest}, partial=True)
