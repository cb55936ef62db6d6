"""Writing content files: all or none, and always with a copy one can go back to.

`<unit>/.history/<time>-<command>/` holds the files as they were before a command wrote them, and
index.json: which files, which were new, and what the command left, so that a later change by hand
is noticed. It works with and without version control.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.store import replace_file

HISTORY = ".history"
INDEX = "index.json"
BEFORE, AFTER = "before", "after"
CLOSE_IT = "关闭正在打开它的程序，看看磁盘是不是满了，再运行一次"


@dataclass(frozen=True)
class KeptFile:
    """One file a command wrote: its hash before (None: it was not there) and after (None: gone)."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Kept:
    """What one command wrote, and the copy of what stood there before. `told` is for a person."""

    number: int
    time: str
    command: str
    told: str
    files: tuple[KeptFile, ...]
    undone: bool
    folder: Path

    def before(self, file: KeptFile) -> bytes | None:
        """The file as it was before the command; None when there was none."""
        return (self.folder / BEFORE / file.name).read_bytes() if file.before else None


def write_content(
    unit_dir: Path, files: Mapping[str, bytes | None], command: str, told: str, now: datetime
) -> Kept | None:
    """Write `files` (name below the unit's folder → new bytes, None to delete), with copies kept.

    Gives what was kept, None when nothing changed. All files are written, or none of them.
    Raises DisclosureError when the disk does not let it.
    """
    old = {name: _bytes(unit_dir / name) for name in files}
    changed = {name: data for name, data in files.items() if data != old[name]}
    if not changed:
        return None
    listed = tuple(KeptFile(n, _hash(old[n]), _hash(data)) for n, data in sorted(changed.items()))
    try:
        kept = _keep(unit_dir, listed, {n: old[n] for n in changed}, command, told, now)
    except OSError as error:
        raise _refused(unit_dir / HISTORY, error) from error
    try:
        _put_all(unit_dir, changed, old)
    except DisclosureError:
        shutil.rmtree(kept.folder, ignore_errors=True)
        raise
    return kept


def kept_copies(unit_dir: Path) -> list[Kept]:
    """What can still be undone, the newest last. A damaged entry is left out."""
    found = []
    for index in (unit_dir / HISTORY).glob(f"*/{INDEX}"):
        try:
            value = json.loads(index.read_text(encoding="utf-8"))
            files = tuple(KeptFile(**file) for file in value.pop("files"))
            found.append(Kept(**value, files=files, folder=index.parent))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return sorted((kept for kept in found if not kept.undone), key=lambda kept: kept.number)


def changed_since(unit_dir: Path, kept: Kept) -> list[str]:
    """Files that somebody changed after the command wrote them."""
    return [f.name for f in kept.files if _hash(_bytes(unit_dir / f.name)) != f.after]


def undo(unit_dir: Path, kept: Kept) -> None:
    """Put the files back as they were before the command.

    What stands there now is kept beside them (`after/`), so undoing loses nothing either.
    Raises DisclosureError when the disk does not let it.
    """
    present = {file.name: _bytes(unit_dir / file.name) for file in kept.files}
    try:
        for name, data in present.items():
            if data is not None:
                _put(kept.folder / AFTER / name, data)
        _put_all(unit_dir, {file.name: kept.before(file) for file in kept.files}, present)
        _write_index(replace(kept, undone=True))
    except OSError as error:
        raise _refused(kept.folder, error) from error


def _keep(
    unit_dir: Path,
    listed: tuple[KeptFile, ...],
    old: Mapping[str, bytes | None],
    command: str,
    told: str,
    now: datetime,
) -> Kept:
    history = unit_dir / HISTORY
    history.mkdir(exist_ok=True)
    number = 1 + max((_number(folder) for folder in history.iterdir()), default=0)
    time = now.strftime("%Y%m%d-%H%M%S")
    folder, again = history / f"{time}-{command}", 1
    while folder.exists():
        again += 1
        folder = history / f"{time}-{command}-{again}"
    kept = Kept(number, now.strftime("%Y-%m-%d %H:%M"), command, told, listed, False, folder)
    folder.mkdir()
    for name, data in old.items():
        if data is not None:
            _put(folder / BEFORE / name, data)
    _write_index(kept)
    return kept


def _number(folder: Path) -> int:
    try:
        return int(json.loads((folder / INDEX).read_text(encoding="utf-8"))["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _write_index(kept: Kept) -> None:
    value = asdict(kept)
    del value["folder"]
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    _put(kept.folder / INDEX, text.encode())


def _put_all(
    unit_dir: Path, new: Mapping[str, bytes | None], old: Mapping[str, bytes | None]
) -> None:
    done: list[str] = []
    try:
        for name, data in new.items():
            done.append(name)
            _put(unit_dir / name, data)
    except OSError as error:
        for name in done:
            _put_back(unit_dir / name, old[name])
        raise _refused(unit_dir / done[-1], error) from error


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
        _drop_empty_folders(path.parent)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data)


def _put_back(path: Path, data: bytes | None) -> None:
    """As before the failed write; a file that never got written is as before already."""
    if _bytes(path) == data:
        return
    _put(path, data)


def _drop_empty_folders(folder: Path) -> None:
    """The folders of a year that no longer has a file."""
    while folder.is_dir() and not any(folder.iterdir()) and folder.parent != folder:
        folder.rmdir()
        folder = folder.parent


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _hash(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()


def _refused(path: Path, error: OSError) -> DisclosureError:
    message = f"写不进去（{error.strerror or error}），内容没有变。"
    return DisclosureError(Problem(message, Location(os.fspath(path)), CLOSE_IT, stops=True))
