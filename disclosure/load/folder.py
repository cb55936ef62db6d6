"""The files of a unit's folder by name: which are there, which are missing, which are misspelt."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from disclosure.model.place import Location, Problem

PROJECTS = "performance"
YAML_LIKE = re.compile(r"\.(ya?ml|yalm|ymal|yam)(\.txt)?$", re.IGNORECASE)
SURE = 0.8  # difflib's ratio; “overal.yaml” is overall.yaml, “01_roads.yaml” is not


class FileNames:
    """What stands in a folder and, when `deep`, below it, against the names that are read.

    Raises OSError when a folder cannot be looked into.
    """

    def __init__(self, folder: Path, known: Iterable[str], *, deep: bool = True) -> None:
        self.folder = folder
        self.known = tuple(known)
        there = sorted(
            path.relative_to(folder).as_posix()
            for path in _files(folder, deep)
            if not path.name.startswith((".", "~$"))
        )
        self.there = frozenset(there)
        self.projects = tuple(name for name in there if self._is_project(name))
        self.strangers = tuple(
            name
            for name in there
            if name not in self.known and name not in self.projects and self._looks_like_ours(name)
        )

    def meant_for(self, name: str) -> str | None:
        """A file that seems to be `name`, misspelt or in the wrong place."""
        same_stem = [one for one in self.strangers if _stem(one) == _stem(name)]
        return next(iter(same_stem), None) or _close(name, self.strangers)

    def problems(self, shown: str, told: Iterable[str]) -> Iterator[Problem]:
        """A misspelt file name would silently leave a whole table empty; `told` are known."""
        for name in self.strangers:
            if name not in told:
                yield Problem(
                    "不认识这个文件，程序不会读它。",
                    Location(f"{shown}/{name}"),
                    self._advice(name),
                )

    def _advice(self, name: str) -> str:
        near = next((one for one in self.known if _stem(one) == _stem(name)), None)
        near = near or _close(name, self.known)
        if near and near in self.there:
            return f"已有 {near}；这一个移到别处或删去"
        if near:
            return f"应是 {near}，改名或移过去"
        if name.startswith(f"{PROJECTS}/"):
            return f"直接放在 {PROJECTS} 文件夹里，文件名以 .yaml 结尾"
        return "移到别处，或改成要用的文件名"

    def _is_project(self, name: str) -> bool:
        """performance/*.yaml, other than a misspelt overall.yaml."""
        path = PurePosixPath(name)
        if name in self.known or path.parent.as_posix() != PROJECTS or path.suffix != ".yaml":
            return False
        return not _close(name, [one for one in self.known if one.startswith(f"{PROJECTS}/")])

    def _looks_like_ours(self, name: str) -> bool:
        return bool(YAML_LIKE.search(name)) or any(_stem(one) == _stem(name) for one in self.known)


def _files(folder: Path, deep: bool) -> Iterator[Path]:
    """The files of a folder. Raises OSError when one cannot be looked into."""

    def refuse(error: OSError) -> None:
        raise error

    for top, folders, names in os.walk(folder, onerror=refuse):
        yield from (Path(top) / name for name in names)
        if not deep:
            folders.clear()


def _stem(name: str) -> str:
    return PurePosixPath(name).name.partition(".")[0].lower()


def _close(name: str, known: Iterable[str]) -> str | None:
    """The known name of the same folder that was surely meant."""
    beside = {_stem(one): one for one in known if _parent(one) == _parent(name)}
    matches = get_close_matches(_stem(name), beside, 1, SURE)
    return beside[matches[0]] if matches else None


def _parent(name: str) -> str:
    return PurePosixPath(name).parent.as_posix().lower()
