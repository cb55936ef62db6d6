"""Writing to disk: all the products of a build, or none; nobody's own file is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import cast

from disclosure.lock import Busy, is_open, only_one
from disclosure.model.place import DisclosureError, Location, Problem, cause_of

MANIFEST = "manifest.json"
KEPT = "手工修改过的旧文件"
CLOSE_IT = "关闭正在打开它的 Word、WPS 或 Excel，再运行一次"
UNCHANGED = "没有写入，上一次的产品没有变"
PATIENCE = 10.0  # seconds; writing takes a fraction of one


@dataclass(frozen=True)
class Stored:
    """Where the products went.

    `kept` maps each older file that was changed by hand to its copy, both below `folder`.
    """

    folder: Path
    changed: tuple[str, ...]
    kept: Mapping[str, str]


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

    A new folder is filled first and then takes the old one's place in one step, so a full disk,
    a kill or a file open elsewhere leaves the last good products as they were. Files that are
    not ours stay; one that would be overwritten or removed and was not written by a build, or
    was changed by hand since, is kept as a copy. `partial`: only some products are renewed, and
    the others stay if the new manifest has them. Raises DisclosureError.
    """
    with _told_why(folder):
        folder = _real(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with only_one(_beside(folder, "lock"), PATIENCE):
            recover(folder)
            return _store(folder, files, partial)


def recover(folder: Path) -> None:
    """After a kill, put the last good products back and remove what was left half done."""
    old, fresh = _beside(folder, "old"), _beside(folder, "new")
    if old.exists() and not folder.exists():
        os.replace(old, folder)
    _remove(old)
    _remove(fresh)


def _store(folder: Path, files: Mapping[str, bytes], partial: bool) -> Stored:
    changed = {name for name, data in files.items() if not _same(folder / name, data)}
    ours = _our_files(folder)
    fresh_list = _listed(files.get(MANIFEST, b"{}")) or {}
    gone = {name for name in ours if name not in files and not (partial and name in fresh_list)}
    touched = sorted(changed | gone)
    if not touched:
        return Stored(folder, (), {})
    _refuse_open_files(folder, touched)
    built_before = read_manifest(folder) != {}
    by_hand = [
        name
        for name in touched
        if (folder / name).is_file()
        and not (built_before and name in files and name not in fresh_list)  # findings.json, …
        and sha256((folder / name).read_bytes()).hexdigest() != ours.get(name)
    ]
    kept = {name: _copy_name(folder, name) for name in by_hand}
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    try:
        for name in changed:
            _write(fresh / name, files[name])
        _carry_all(folder, fresh, {*touched})
        for name, copy in kept.items():
            _carry(folder / name, fresh / copy)
        if folder.exists():
            shutil.copymode(folder, fresh)
        _swap(fresh, folder, old)
    finally:
        _remove(fresh)
    _remove(old)
    return Stored(folder, tuple(sorted(changed)), kept)


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    """`fresh` becomes `folder`; the products that stood there end up under another name."""
    if not folder.exists():
        os.replace(fresh, folder)
    elif not _exchanged(fresh, folder):
        os.replace(folder, old)
        try:
            os.replace(fresh, folder)
        except BaseException:
            os.replace(old, folder)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Two folders change names in one step, where the system can do that (Linux).

    Elsewhere a kill may come between two renames; then `recover` finishes the second.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    at_working_folder, exchange = -100, 2
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(at_working_folder, paths[0], at_working_folder, paths[1], exchange) == 0)


def _real(folder: Path) -> Path:
    """The folder itself, through any symlink, so that the link stays."""
    real = Path(os.path.realpath(folder))
    if not real.name or os.path.ismount(real):
        raise _cannot_write(folder, "这是一个盘的根目录", "用 --out 指明盘上的一个文件夹")
    there = next((path for path in (real, *real.parents) if path.exists()), real)
    if there.exists() and not there.is_dir():
        raise _cannot_write(there, "这是一个文件，不是文件夹", "用 --out 指明一个文件夹")
    return real


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}.{suffix}")


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _carry_all(folder: Path, fresh: Path, without: set[str], below: str = "") -> None:
    """Everything of the old folder that this build does not renew, foreign files included."""
    if not folder.exists():
        return
    entries = list(os.scandir(folder))
    if below and not entries:
        fresh.mkdir(parents=True, exist_ok=True)
    for entry in entries:
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            _carry_all(Path(entry.path), fresh / entry.name, without, f"{name}/")
        elif name not in without:
            _carry(Path(entry.path), fresh / entry.name)


def _carry(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        os.symlink(os.readlink(source), target)
        return
    try:
        os.link(source, target)
    except OSError:  # a disk without hard links
        shutil.copy2(source, target)


def _remove(folder: Path) -> None:
    """Remove a folder of ours; what is read-only is made writable first."""

    def once_more(function: Callable[[str], object], path: str, _: object) -> None:
        with suppress(OSError):
            os.chmod(os.path.dirname(path), stat.S_IRWXU)
            os.chmod(path, stat.S_IRWXU)
            function(path)

    if folder.exists():
        shutil.rmtree(folder, onerror=once_more)


def read_manifest(folder: Path) -> dict[str, object]:
    """The last build's manifest, of products that are still there; empty when it is damaged."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError:
        return {}
    if _listed(data) is None:
        return {}
    value: dict[str, object] = json.loads(data)
    products = cast("list[dict[str, object]]", value["products"])
    there = [product for product in products if (folder / str(product["path"])).is_file()]
    return {**value, "products": there}


def _our_files(folder: Path) -> dict[str, str]:
    """Files the last build wrote, with their hashes."""
    try:
        ours = _listed((folder / MANIFEST).read_bytes()) or {}
    except OSError:
        return {}
    return {name: digest for name, digest in ours.items() if (folder / name).is_file()}


def _listed(manifest: bytes) -> dict[str, str] | None:
    """The products of a manifest, with their hashes; None when it is damaged or not ours."""
    try:
        products = json.loads(manifest)["products"]
        return {str(p["path"]): str(p["sha256"]) for p in products}
    except (ValueError, KeyError, TypeError):
        return None


def _copy_name(folder: Path, name: str) -> str:
    """What the copy of a file changed by hand is called: its name, and when it was changed."""
    path = folder / name
    changed = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H.%M")
    copy = f"{KEPT}/{path.stem}（改于 {changed}）{path.suffix}"
    if (folder / copy).exists() and not _same(folder / copy, path.read_bytes()):
        digest = sha256(path.read_bytes()).hexdigest()[:8]
        copy = f"{KEPT}/{path.stem}（改于 {changed}，{digest}）{path.suffix}"
    return copy


def _refuse_open_files(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        if mark := is_open(folder / name):
            advice = f"{CLOSE_IT}；确实没有打开时，删去 {mark.name}"
            raise _cannot_write(folder / name, "正被别的程序打开", advice)


@contextmanager
def _told_why(folder: Path) -> Iterator[None]:
    """The system's complaints as one Chinese message."""
    try:
        yield
    except Busy as busy:
        who = f"（进程号 {busy.process}）" if busy.process else ""
        advice = "等它结束再运行；它没有反应时先结束它"
        raise _cannot_write(folder, f"另一个生成{who}正在写这个文件夹", advice) from busy
    except PermissionError as error:
        advice = f"{CLOSE_IT}；命令行窗口停在这个文件夹里的，先离开；再看看文件夹能不能写"
        raise _cannot_write(folder, "有文件正被别的程序打开，或者没有写的权限", advice) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        advice = "腾出空间，再运行一次" if full else "看看文件夹能不能写，或用 --out 换一个文件夹"
        raise _cannot_write(folder, cause_of(error), advice) from error


def _cannot_write(path: Path, what: str, advice: str, end: str = UNCHANGED) -> DisclosureError:
    return DisclosureError(
        Problem(f"{what}，{end}。", Location(path.as_posix()), advice, stops=True)
    )


def replace_with_copy(path: Path, data: bytes) -> Path | None:
    """Write `data` to `path`; what stood there before is kept beside it under another name.

    Gives the copy's path, None when there was nothing or nothing changed.
    Raises DisclosureError when the file cannot be written.
    """
    old = path.read_bytes() if path.exists() else None
    if old == data:
        return None
    if mark := is_open(path):
        advice = f"{CLOSE_IT}；确实没有打开时，删去 {mark.name}"
        raise _cannot_write(path, "正被别的程序打开", advice, "没有写入")
    copy = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if old is not None:
            copy = path.with_name(f"{path.stem}.{sha256(old).hexdigest()[:8]}{path.suffix}")
            replace_file(copy, old)
        replace_file(path, data)
    except OSError as error:
        raise _cannot_write(path, cause_of(error), CLOSE_IT, "没有写入") from error
    return copy
