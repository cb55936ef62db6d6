"""Pictures by their content: a chart is drawn again only when something it shows has changed."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache as once
from hashlib import sha256
from pathlib import Path

from charts.engine import versions
from charts.picture import Picture, draw
from disclosure.model.chart import ChartSeries

# A batch passes through hundreds of units; its memory should not grow with them.
REMEMBERED = 64
SEAL_LENGTH = 32  # bytes of a sha256


class PictureCache:
    """Pictures by key, in memory and, with a `folder`, on disk. It costs time, never a build.

    An entry that cannot be read or is damaged counts as missing; one that cannot be written
    is not kept.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._remembered: dict[str, Picture] = {}

    def find(self, key: str) -> Picture | None:
        """The picture kept under this key, or None."""
        if (picture := self._remembered.get(key)) is None and self._folder:
            with suppress(OSError):
                picture = _unpacked((self._folder / key).read_bytes())
        if picture:
            self._remember(key, picture)
        return picture

    def keep(self, key: str, picture: Picture) -> None:
        """Have the picture found under this key from now on."""
        self._remember(key, picture)
        if self._folder:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_whole(self._folder / key, _packed(picture))

    def _remember(self, key: str, picture: Picture) -> None:
        self._remembered.pop(key, None)
        self._remembered[key] = picture
        if len(self._remembered) > REMEMBERED:
            del self._remembered[next(iter(self._remembered))]


def pictures(series: Sequence[ChartSeries], cache: PictureCache) -> tuple[Picture, ...]:
    """A picture for each chart, in order; only what the cache lacks is drawn."""
    found: list[Picture] = []
    for chart in series:
        key = key_of(chart)
        if (picture := cache.find(key)) is None:
            picture = draw(chart)
            cache.keep(key, picture)
        found.append(picture)
    return tuple(found)


def key_of(series: ChartSeries) -> str:
    """A digest of all that can be seen in the picture, and of what draws it.

    Number, title and description are not in it: they stand beside the picture.
    """
    seen = {
        "kind": series.kind,
        "groups": series.groups,
        "series": [
            (name, [None if figure.amount is None else str(figure.amount) for figure in figures])
            for name, figures in series.series
        ],
        "labels": series.labels,
        "unit": series.unit,
        "tools": _tools(),
    }
    text = json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@once
def _tools() -> dict[str, str]:
    """What draws: the packages by version, and a digest of this folder's code and style."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    code = b"".join(source.read_bytes() for source in sources)
    return versions() | {"charts": sha256(code).hexdigest()}


def _packed(picture: Picture) -> bytes:
    facts = {"width": picture.width_mm, "height": picture.height_mm, "png": len(picture.png)}
    body = json.dumps(facts).encode() + b"\n" + picture.png + zlib.compress(picture.svg)
    return sha256(body).digest() + body


def _unpacked(entry: bytes) -> Picture | None:
    """The picture of an entry, or None where the seal does not fit."""
    seal, body = entry[:SEAL_LENGTH], entry[SEAL_LENGTH:]
    if sha256(body).digest() != seal:
        return None
    head, _, images = body.partition(b"\n")
    facts = json.loads(head)
    png, svg = images[: facts["png"]], zlib.decompress(images[facts["png"] :])
    return Picture(png, svg, facts["width"], facts["height"])


def _write_whole(path: Path, content: bytes) -> None:
    """Write the file at once: another process finds all of it or nothing."""
    temporary = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
