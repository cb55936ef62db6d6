"""What was laid out before, on disk: it costs time when it is lost, never a build."""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from disclosure.store import replace_file

MOST_KEPT = 128 * 1024 * 1024  # bytes; the oldest go first


class Kept:
    """Entries by key: facts, and a file's bytes. Without a folder only the last is remembered."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._last: tuple[str, bytes] = ("", b"")

    def find(self, key: str) -> tuple[dict[str, Any], bytes] | None:
        """The entry of this key; None when there is none, or not what was written."""
        entry = self._last[1] if self._last[0] == key else b""
        if not entry and self._folder:
            with suppress(OSError):
                entry = (self._folder / key).read_bytes()
        seal, _, rest = entry.partition(b"\n")
        if not entry or sha256(rest).hexdigest().encode() != seal:
            return None
        facts, _, data = rest.partition(b"\n")
        return json.loads(facts), data

    def keep(self, key: str, facts: dict[str, Any], data: bytes = b"") -> None:
        """Have the entry found under this key from now on."""
        rest = json.dumps(facts, ensure_ascii=False).encode() + b"\n" + data
        entry = sha256(rest).hexdigest().encode() + b"\n" + rest
        if data:
            self._last = (key, entry)
        if self._folder:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                replace_file(self._folder / key, entry)
                self._tidy()

    def _tidy(self) -> None:
        assert self._folder
        files = [(path, path.stat()) for path in self._folder.iterdir() if path.is_file()]
        room = MOST_KEPT
        for path, facts in sorted(files, key=lambda file: file[1].st_mtime_ns, reverse=True):
            room -= facts.st_size
            if room < 0:
                path.unlink(missing_ok=True)
