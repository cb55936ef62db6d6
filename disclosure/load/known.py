"""Files that were read and found in order, so that only a changed one is read again.

A build reads some thirty files and corrects one; what stood in the others is known by their
bytes. The store belongs to the program alone and is as trusted as the program's own folder.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Hashable
from functools import cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any

import pydantic_core

DIGEST_SIZE = 16


class KnownFiles:
    """Values by the bytes they were read from; `stored` is what an earlier run gave by `kept`."""

    def __init__(self, stored: bytes | None = None) -> None:
        self.changed = False
        self._values: dict[Hashable, Any] = _values(stored)
        self._used: set[Hashable] = set()

    def get(self, key: Hashable) -> Any:
        """What was read under this key; None when it is not known."""
        found = self._values.get(key)
        if found is not None:
            self._used.add(key)
        return found

    def put(self, key: Hashable, value: Any) -> None:
        """Remember what was read without a fault."""
        self._values[key] = value
        self._used.add(key)
        self.changed = True

    def kept(self) -> bytes:
        """What was used or put in this run, for `stored` of a later one of the same program."""
        values = pickle.dumps({key: self._values[key] for key in sorted(self._used, key=str)})
        return _seal() + _digest(values) + values


def key_of(shown: str, data: bytes, kind: str) -> Hashable:
    """The key of a file's bytes, read as `kind`; messages print `shown`, so it counts as well."""
    return kind, shown, hashlib.sha256(data).hexdigest()


def _values(stored: bytes | None) -> dict[Hashable, Any]:
    """The values in `stored`; nothing when it is damaged or of another version."""
    seal = _seal()
    if not stored or not stored.startswith(seal):
        return {}
    digest, values = stored[len(seal) :][:DIGEST_SIZE], stored[len(seal) + DIGEST_SIZE :]
    if _digest(values) != digest:
        return {}
    known: dict[Hashable, Any] = pickle.loads(values)
    return known


@cache
def _seal() -> bytes:
    """Changes with everything that has a say in how a file is read."""
    digest = hashlib.blake2b(MAGIC_NUMBER + pydantic_core.__version__.encode(), digest_size=16)
    here = Path(__file__).parent
    for folder in (
        here,
        here.parent / "schema",
        here.parent / "model",
        here.parent / "classification",
    ):
        for source in sorted(folder.glob("*.[pc][ys]*")):
            digest.update(source.read_bytes())
    return digest.digest()


def _digest(values: bytes) -> bytes:
    return hashlib.blake2b(values, digest_size=DIGEST_SIZE).digest()
