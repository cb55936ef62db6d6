"""What drawing needs from outside: a Chinese font, and matplotlib without its side effects."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from charts import style
from disclosure.model.place import DisclosureError, Problem

# The packages whose version decides how a picture looks: module, and the file that states it.
# Asking importlib.metadata takes longer than finding all pictures in the cache.
PACKAGES = {
    "matplotlib": ("matplotlib", "_version.py"),
    "pillow": ("PIL", "_version.py"),
    style.FONT_PACKAGE: (style.FONT_MODULE, "__init__.py"),
}


def versions() -> dict[str, str]:
    """The packages that draw, by version; none of them is imported."""
    files = {name: _file_of(*place) for name, place in PACKAGES.items()}
    if missing := [name for name, file in files.items() if not file]:
        raise _not_installed(*missing)
    texts = {name: file.read_text("utf-8") for name, file in files.items() if file}
    stated = re.compile(r"version\w* = .*?['\"](\d[\w.+]*)['\"]")
    return {
        name: found[1] if (found := stated.search(text)) else text for name, text in texts.items()
    }


def font_file() -> Path:
    """The Chinese font, inside its package."""
    if file := _file_of(style.FONT_MODULE, style.FONT_FILE):
        return file
    raise _not_installed(style.FONT_PACKAGE)


def _file_of(module: str, name: str) -> Path | None:
    """A file of an installed package, or None; the package is not imported."""
    spec = find_spec(module)
    folders = (spec.submodule_search_locations if spec else None) or ()
    return next((file for folder in folders if (file := Path(folder, name)).is_file()), None)


def _not_installed(*packages: str) -> DisclosureError:
    names = " ".join(packages)
    advice = f"在命令行运行 pip install {names}，再重新生成。"
    return DisclosureError(Problem(f"缺少画图用的软件包或中文字体：{names}。", advice=advice))


@contextmanager
def imported_quietly() -> Iterator[None]:
    """Import matplotlib in here: it then neither reads nor writes in the user's home.

    On its first import it looks at every font of the system, seconds on an office computer,
    unless a list in its folder says that this is done. Ours names no font of the system: the
    charts take theirs by file.
    """
    if "MPLCONFIGDIR" in os.environ or "matplotlib" in sys.modules:
        yield
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="charts-", ignore_cleanup_errors=True) as folder:
        os.environ["MPLCONFIGDIR"] = folder
        try:
            _write_font_list(Path(folder))
            yield
        finally:
            del os.environ["MPLCONFIGDIR"]


def _write_font_list(folder: Path) -> None:
    """A list with matplotlib's own font only; where its form has changed, the scan is back."""
    spec = find_spec("matplotlib.font_manager")
    source = Path(spec.origin).read_text("utf-8") if spec and spec.origin else ""
    if form := re.search(r"class FontManager.*?__version__ = '([\w.]+)'", source, re.DOTALL):
        own = {"fname": "fonts/ttf/DejaVuSans.ttf", "name": "DejaVu Sans", "size": "scalable"}
        fonts = {
            "__class__": "FontManager",
            "_version": form[1],
            "_FontManager__default_weight": "normal",
            "default_size": None,
            "defaultFamily": {"ttf": "DejaVu Sans", "afm": "Helvetica"},
            "afmlist": [],
            "ttflist": [{"__class__": "FontEntry", **own}],
        }
        (folder / f"fontlist-v{form[1]}.json").write_text(json.dumps(fonts), "utf-8")
