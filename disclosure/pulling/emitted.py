"""What the last builds gave out: the texts that an edited file is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from disclosure.products import Product
from disclosure.store import replace_file

MOST_KEPT = 20  # builds of one product; a report takes some hundred kB
_KINDS = ("report", "attachment")


def keep_emitted(cache: Path, unit: str, year: int, products: Iterable[Product]) -> None:
    """Keep the documents of a build; `unit` is its full name. A cache that cannot be written only costs the comparison."""
    for product in products:
        if product.kind not in _KINDS:
            continue
        folder = _folder(cache, unit, year, product)
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{product.sha256}.docx"
            if path.exists():
                path.touch()
            else:
                replace_file(path, product.data)
            for old in _newest_first(folder)[MOST_KEPT:]:
                old.unlink()


def kept_documents(cache: Path, unit: str, year: int, product: Product) -> Iterator[bytes]:
    """This product as earlier builds gave it out, the newest first."""
    for path in _newest_first(_folder(cache, unit, year, product)):
        with suppress(OSError):
            yield path.read_bytes()


def _folder(cache: Path, unit: str, year: int, product: Product) -> Path:
    short = sha256(unit.encode()).hexdigest()[:16]
    return cache / "emitted" / short / str(year) / f"{product.kind}{product.number or ''}"


def _newest_first(folder: Path) -> list[Path]:
    found = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.docx")]
    return [path for _, path in sorted(found, reverse=True)]
