"""A plain theme: no style refers to it, but Word and validators expect a document to have one."""

from __future__ import annotations

from disclosure.scaffold.markup import DECLARATION
from disclosure.scaffold.styles import SONG

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "262626",
    "lt2": "F2F2F2",
    "accent1": "2F4B6E",
    "accent2": "8FA6BF",
    "accent3": "C9D5E3",
    "accent4": "7A7A7A",
    "accent5": "B3B3B3",
    "accent6": "D9D9D9",
    "hlink": "2F4B6E",
    "folHlink": "7A7A7A",
}


def theme_xml() -> str:
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items()
    )
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{SONG}"/><a:ea typeface="{SONG}"/>'
        f'<a:cs typeface=""/></a:{kind}Font>'
        for kind in ("major", "minor")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="公开"><a:themeElements>'
        f'<a:clrScheme name="公开">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公开">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="公开">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    )
