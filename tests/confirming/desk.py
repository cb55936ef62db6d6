"""A clerk with an invented unit of her own, in which the checks have something to say."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from office import Outcome

from disclosure.cli import main

CASES = Path(__file__).resolve().parents[1] / "cases"
YEAR = "2030"
NOTES = "narrative/performance.yaml"
PATROL = "performance/01_patrol.yaml"
WHY, WHO = "照上级的说法", "财务科"
# Two hints that are told as one (截止), and one of another rule (XX).
SLIPS = (
    (NOTES, "总体较好。", "截止6月30日总体较好。"),
    (PATROL, "['全年巡查", "['截止12月31日巡查"),
    (NOTES, "履职到位。", "履职到位，XX工作完成。"),
)


@dataclass(frozen=True)
class Desk:
    """The unit's folder and the command line."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def unit(self) -> Path:
        return self.root / "mini_unit"

    def run(self, command: str, *arguments: str) -> Outcome:
        self.capsys.readouterr()
        code = main(self.root, [command, *arguments, "--unit", str(self.unit)])
        said = self.capsys.readouterr()
        return Outcome(code, said.out, said.err)

    def confirm(self, *arguments: str) -> Outcome:
        """Confirm with a reason and a name."""
        return self.run("confirm", *arguments, "--reason", WHY, "--by", WHO)

    def open_rules(self) -> list[str]:
        """The rules of the hints on the list, by their numbers."""
        hints = self.run("confirm", "--json").json["hints"]
        assert [hint["number"] for hint in hints] == list(range(1, len(hints) + 1))
        return [hint["objects"][0]["rule"] for hint in hints]

    def number(self, rule: str) -> str:
        return str(self.open_rules().index(rule) + 1)

    def file(self, name: str) -> Path:
        return self.unit / YEAR / name

    def text(self, name: str) -> str:
        return self.file(name).read_text("utf-8")

    def type(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert text.count(old) == 1, (name, old)
        self.file(name).write_text(text.replace(old, new), "utf-8")

    def write(self, name: str, text: str) -> None:
        self.file(name).write_text(text, "utf-8")

    def snapshot(self) -> dict[str, bytes]:
        """Every content file, the kept copies apart."""
        return {
            path.relative_to(self.unit).as_posix(): path.read_bytes()
            for path in self.unit.rglob("*")
            if path.is_file() and ".history" not in path.parts
        }


def desk(folder: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A desk with the hints of SLIPS open."""
    for name in ("mini_unit", "packs"):
        shutil.copytree(CASES / name, folder / name)
    made = Desk(folder, capsys)
    for slip in SLIPS:
        made.type(*slip)
    return made
