"""Writing to disk: all the products of a build, or none; nobody's own file is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from disclosure.model.place import DisclosureError, Location, Problem

MANIFEST = "manifest.json"
KEPT = "手工修改过的旧文件"
CLOSE_IT = "关闭正在打开它的 Word、WPS 或 Excel，再运行一次"


@dataclass(frozen=True)
class Stored:
    """Where the products went; `kept` are older files changed by hand, of which a copy was kept."""

    folder: Path
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def replace_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def store(folder: Path, files: Mapping[str, bytes], *, partial: bool = False) -> Stored:
    """Put `files` (path below `folder` → bytes) in place of the last build's products.

    A new folder is filled first and then takes the old one's place in one rename, so a full
    disk, a kill or a file open elsewhere leaves the last good products as they were. Files that
    are not ours stay; a product changed by hand since it was written is kept as a copy.
    `partial`: only some products are renewed, the others stay. Raises DisclosureError.
    """
    recover(folder)
    changed = tuple(sorted(name for name, data in files.items() if not _same(folder / name, data)))
    ours = _our_files(folder)
    gone = set() if partial else {name for name in ours if name not in files}
    if not changed and not gone:
        return Stored(folder, (), ())
    _refuse_open_files(folder, {*changed, *gone})
    by_hand = tuple(
        sorted(
            name
            for name in {*changed, *gone}
            if name in ours and _edited(folder / name, ours[name])
        )
    )
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        _fill(fresh, folder, files, gone, by_hand)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(fresh, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
    except PermissionError as error:
        raise _cannot_write(folder, "有文件正被别的程序打开，没有写入", CLOSE_IT) from error
    except OSError as error:
        raise _cannot_write(
            folder,
            f"写不进去（{error.strerror or error}），没有写入",
            "看看磁盘是不是满了、文件夹能不能写",
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return Stored(folder, changed, by_hand)


def recover(folder: Path) -> None:
    """After a kill between the two renames, put the last good products back."""
    old = _beside(folder, "old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(old, folder)
    shutil.rmtree(_beside(folder, "new"), ignore_errors=True)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}.{suffix}")


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def read_manifest(folder: Path) -> dict[str, object]:
    """The last build's manifest; empty when there is none or it is damaged."""
    try:
        value = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _our_files(folder: Path) -> dict[str, str]:
    """Files the last build wrote, with their hashes."""
    products = read_manifest(folder).get("products", [])
    listed = products if isinstance(products, list) else []
    ours = {str(p["path"]): str(p["sha256"]) for p in listed if isinstance(p, dict) and "path" in p}
    return {name: digest for name, digest in ours.items() if (folder / name).is_file()}


def _edited(path: Path, digest: str) -> bool:
    return sha256(path.read_bytes()).hexdigest() != digest


def _refuse_open_files(folder: Path, names: set[str]) -> None:
    """Word and LibreOffice mark an open file by an owner file beside it."""
    for name in sorted(names):
        path = folder / name
        for mark in (path.with_name(f"~${path.name[2:]}"), path.with_name(f".~lock.{path.name}#")):
            if mark.exists():
                advice = f"{CLOSE_IT}；确实没有打开时，删去 {mark.name}"
                raise _cannot_write(path, "正被别的程序打开，没有写入", advice)


def _fill(
    fresh: Path, folder: Path, files: Mapping[str, bytes], gone: set[str], by_hand: tuple[str, ...]
) -> None:
    for name, data in files.items():
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for path in folder.rglob("*") if folder.exists() else ():
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in files and name not in gone:
            _carry(path, fresh / name)
    for name in by_hand:
        digest = sha256((folder / name).read_bytes()).hexdigest()[:8]
        kept = Path(name)
        _carry(folder / name, fresh / KEPT / f"{kept.stem}.{digest}{kept.suffix}")


def _carry(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _cannot_write(path: Path, what: str, advice: str) -> DisclosureError:
    return DisclosureError(
        Problem(f"{what}，上一次的产品没有变。", Location(path.as_posix()), advice, stops=True)
    )


def replace_with_copy(path: Path, data: bytes) -> Path | None:
    """Write `data` to `path`; what stood there before is kept beside it under another name.

    Gives the copy's path, None when there was nothing or nothing changed.
    Raises DisclosureError when the file cannot be written.
    """
    old = path.read_bytes() if path.exists() else None
    if old == data:
        return None
    copy = None
    try:
        if old is not None:
            copy = path.with_name(f"{path.stem}.{sha256(old).hexdigest()[:8]}{path.suffix}")
            replace_file(copy, old)
        replace_file(path, data)
    except OSError as error:
        raise _cannot_write(path, "写不进去", CLOSE_IT) from error
    return copy
