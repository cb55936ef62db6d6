"""A clerk's computer for tests: program folder, content to damage, products of an earlier build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from disclosure.cli import main

HERE = "▶"  # in a text to be typed: the line that the message must name


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: exit code, standard output, error output."""

    exit: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on standard output, with nothing else there."""
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)


@dataclass(frozen=True)
class Office:
    """`root` holds content/, templates/ and output/, as a checkout does."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def products(self) -> Path:
        return self.root / "output" / "2023"

    def file(self, name: str) -> Path:
        """A file by the name that messages print: content/2023/revenue.yaml."""
        return self.root / name

    def run(self, *arguments: str) -> Outcome:
        """The command line, in this process; nothing is laid out, which takes seconds."""
        self.capsys.readouterr()
        layout = ("--no-layout",) if not arguments or arguments[0] == "report" else ()
        code = main(self.root, [*(arguments or ("report",)), *layout])
        said = self.capsys.readouterr()
        return Outcome(code, said.out, said.err)

    def type(self, name: str, old: str, new: str) -> int | None:
        """Replace `old` in a file by `new`; gives the line marked ▶ in `new`, None without one."""
        path = self.file(name)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert text.count(old) >= 1 or not text, (name, old)
        text = text.replace(old, new, 1) if old else new + text
        before, mark, _ = text.partition(HERE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(HERE, "").encode("utf-8", "surrogatepass"))
        return before.count("\n") + 1 if mark else None


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


Damage = Callable[[Office], int | None]
