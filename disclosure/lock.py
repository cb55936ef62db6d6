"""Who else is at a file: another build writing, or a program that has it open.

The lock is one that the system lets go of when its process ends, however it ends.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# filelock does this too; importing it takes longer than all the writing.
if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # a byte beyond the text: what is locked cannot be read by others

    def _taken(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return True
        return False

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # A disk that knows no locks (some network drives) must not stop the work.
            return error.errno in (errno.EAGAIN, errno.EACCES)
        return False


STEP = 0.05  # seconds between two tries


class Busy(Exception):
    """Another process holds the lock; `process` is its number, "" when it cannot be read."""

    def __init__(self, process: str) -> None:
        super().__init__(process)
        self.process = process


@contextmanager
def only_one(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock file `path` meanwhile; waits `patience` seconds for another holder.

    A file left behind by a process that died is no lock. Raises Busy, OSError.
    """
    descriptor = _acquired(path, time.monotonic() + patience)
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file
            path.unlink()
        os.close(descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _acquired(path: Path, until: float) -> int:
    while True:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        if not _taken(descriptor):
            if _stands_for(path, descriptor):
                return descriptor
        elif time.monotonic() > until:
            process = os.read(descriptor, 20).decode("ascii", "ignore").strip()
            os.close(descriptor)
            raise Busy(process)
        else:
            time.sleep(STEP)
        os.close(descriptor)


def is_open(path: Path) -> Path | None:
    """The file by which another program marks that it has `path` open; None when none is there.

    Word writes ~$ before a short name and over the first one or two characters of a longer one,
    Excel always before it, WPS writes .~ and LibreOffice .~lock.…#.
    """
    names = [f"~${path.name[cut:]}" for cut in range(3)]
    names += [f".~{path.name}", f".~lock.{path.name}#"]
    return next((mark for name in names if (mark := path.with_name(name)).exists()), None)


def _stands_for(path: Path, descriptor: int) -> bool:
    """Whether the file is still there: its last holder may have removed it just now."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except OSError:
        return False
