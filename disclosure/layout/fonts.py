"""Which font stands in for one that a template names and the machine does not have.

Offices in China have 仿宋_GB2312 and 方正小标宋简体; nobody else may ship them. What is installed
comes first, then a font of the same shape, then the free fonts that come with the charts, so that
there is always a Chinese glyph, and the same one on every machine without the real fonts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from html import escape
from importlib.util import find_spec
from pathlib import Path

from charts.style import FONT_MODULE

_SERIF = ("Noto Serif SC", "Source Han Serif SC", "思源宋体", "Noto Serif CJK SC")
_SANS = ("Noto Sans SC", "Source Han Sans SC", "思源黑体", "Noto Sans CJK SC")

# fmt: off
_SONG = ("宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "华文宋体", "STSong", "FandolSong")
# One entry a shape: names of the same design, the usual ones first, then what comes near it.
_SHAPES = (
    ((
        "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GB2312", "方正仿宋_GBK",
        "方正仿宋简体", "华文仿宋", "STFangsong", "FandolFang",
    ), _SERIF),
    ((
        "楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GB2312", "方正楷体_GBK",
        "方正楷体简体", "华文楷体", "STKaiti", "FandolKai", "AR PL UKai CN", "LXGW WenKai",
    ), _SERIF),
    ((
        "方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋体",
        "华文中宋", "STZhongsong",
    ), _SONG + _SERIF),
    (_SONG, _SERIF),
    ((
        "黑体", "SimHei", "方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti", "FandolHei", "微软雅黑",
        "Microsoft YaHei", "等线", "DengXian",
    ), _SANS),
)
# fmt: on
_SYSTEM_CONFIGURATION = "/etc/fonts/fonts.conf"


def configuration(cache: Path) -> str:
    """A fontconfig file: the system's fonts and ours, and who stands in for whom.

    Only LibreOffice on Linux reads it; on Windows and macOS the system brings these fonts.
    """
    stand_ins = "".join(
        _alias(name, [other for other in (*names, *instead) if other != name])
        for names, instead in _SHAPES
        for name in names
    )
    system = os.environ.get("FONTCONFIG_FILE") or _SYSTEM_CONFIGURATION
    folders = "".join(f"<dir>{escape(folder.as_posix())}</dir>" for folder in _own_folders())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><cachedir>{escape(cache.as_posix())}</cachedir>{stand_ins}"
        f'<include ignore_missing="yes">{escape(system)}</include>{folders}</fontconfig>'
    )


def _alias(name: str, others: Iterable[str]) -> str:
    """Only the name that is asked for counts: else the fonts named here would call in others."""
    families = "".join(f"<string>{escape(other)}</string>" for other in others)
    return (
        f'<match target="pattern"><test qual="first" name="family"><string>{escape(name)}</string>'
        f'</test><edit name="family" mode="append" binding="same">{families}</edit></match>'
    )


def are_stand_ins(fonts: Iterable[str]) -> bool:
    """Whether a document was set in the free fonts, for want of those it names.

    `fonts` are PostScript names, as a PDF has them.
    """
    free = tuple(name.replace(" ", "").lower() for name in (*_SERIF, *_SANS) if name.isascii())
    return any(font.lower().startswith(free) for font in fonts)


def fingerprint() -> str:
    """Changes when a font is installed or taken away: page numbers may then be others."""
    digest = blake2b(digest_size=16)
    for folder in (*_system_folders(), *_own_folders()):
        for file in sorted(_files(folder)):
            digest.update(f"{file}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for where, _, names in os.walk(folder, onerror=None):
        for name in names:
            with_path = os.path.join(where, name)
            try:
                yield f"{with_path} {os.stat(with_path).st_size}"
            except OSError:
                continue


def _own_folders() -> list[Path]:
    """The folder of the fonts that are installed by pip; the package is not imported."""
    spec = find_spec(FONT_MODULE)
    return [Path(folder) for folder in (spec and spec.submodule_search_locations) or ()]


def _system_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        local = os.environ.get("LOCALAPPDATA")
        return [windows, *([Path(local, "Microsoft/Windows/Fonts")] if local else [])]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, data / "fonts", home / ".fonts"]
