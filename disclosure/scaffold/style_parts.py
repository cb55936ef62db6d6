"""styles.xml, fontTable.xml and settings.xml as text."""

from __future__ import annotations

from disclosure.scaffold.markup import DECLARATION, NAMESPACES, attribute, points
from disclosure.scaffold.styles import (
    FANG,
    HEI,
    KAI,
    NORMAL,
    PARAGRAPH_STYLES,
    SONG,
    THIRD_SIZE,
    TITLE,
    Style,
)

CELL_MARGIN = 40  # twips, left and right of the text in a cell
PUBLIC_TABLE = "PublicTable"
_OUTER_LINE, _INNER_LINE = 8, 4  # eighths of a point
_GREY = "7F7F7F"

# What stands in when a font is not installed: Windows carries 仿宋 and 楷体 under their own
# names, Office brings 华文中宋, the nearest to 小标宋. After each: panose, family.
_FONTS = {
    FANG: ("仿宋,FangSong,华文仿宋", "02010609060101010101", "modern"),
    KAI: ("楷体,KaiTi,华文楷体", "02010609060101010101", "modern"),
    HEI: ("SimHei", "02010609060101010101", "modern"),
    SONG: ("SimSun,华文宋体", "02010600030101010101", "auto"),
    TITLE: ("方正小标宋_GBK,小标宋体,华文中宋,宋体", "02010601030101010101", "auto"),
}


def styles_xml() -> str:
    """All styles; Word adds its own built-in ones when they are used."""
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}{_size(THIRD_SIZE)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
    )
    paragraphs = "".join(map(_paragraph_style, PARAGRAPH_STYLES))
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{paragraphs}{_OTHER_STYLES}</w:styles>"


def font_table_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, (instead, panose, family) in _FONTS.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def settings_xml() -> str:
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        '<w:hideSpellingErrors/><w:hideGrammaticalErrors/><w:defaultTabStop w:val="420"/>'
        "<w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        # A line break in justified text must not spread the line over the whole width.
        '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _paragraph_style(style: Style) -> str:
    default = ' w:default="1"' if style is NORMAL else ""
    own = "" if style.name.isascii() else ' w:customStyle="1"'
    based_on = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style.id}">'
        f'<w:name w:val="{attribute(style.name)}"/>{based_on}{following}<w:qFormat/>'
        f"{_paragraph_properties(style)}{_run_properties(style)}</w:style>"
    )


def _paragraph_properties(style: Style) -> str:
    inside = (
        ("<w:keepNext/>" if style.keep_next else "")
        + _switch("pageBreakBefore", style.new_page)
        # On by default in Word, and off in LibreOffice.
        + ("<w:widowControl/>" if style is NORMAL else "")
        + _tabs(style)
        + ('<w:snapToGrid w:val="0"/>' if style is NORMAL else "")
        + _spacing(style)
        + _indent(style)
        + (f'<w:jc w:val="{style.align}"/>' if style.align else "")
        + (f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "")
    )
    return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def _run_properties(style: Style) -> str:
    inside = (
        (_fonts(style.font) if style.font else "")
        + _switch("b", style.bold)
        + _switch("bCs", style.bold)
        + (f'<w:color w:val="{_GREY}"/>' if style.grey else "")
        + (_size(style.size) if style.size else "")
    )
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _fonts(font: str) -> str:
    names = " ".join(f'w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts {names}/>"


def _size(size: float) -> str:
    half_points = round(size * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _switch(name: str, on: bool | None) -> str:
    if on is None:
        return ""
    return f"<w:{name}/>" if on else f'<w:{name} w:val="0"/>'


def _tabs(style: Style) -> str:
    width = style.tab_width
    stops = ""
    if style.centre_tab:
        stops += f'<w:tab w:val="center" w:pos="{round(width * style.centre_tab)}"/>'
    if style.right_tab:
        stops += f'<w:tab w:val="right" w:leader="{style.right_tab}" w:pos="{width}"/>'
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _spacing(style: Style) -> str:
    given = {
        "before": None if style.before is None else str(points(style.before)),
        "after": None if style.after is None else str(points(style.after)),
    }
    if style.line is not None:
        exact = style.line > 0
        given["line"] = str(points(style.line)) if exact else "240"
        given["lineRule"] = "exact" if exact else "auto"
    return _element("spacing", given)


def _indent(style: Style) -> str:
    given = {
        "left": None if style.left is None else str(points(style.left)),
        "right": None if style.right is None else str(points(style.right)),
    }
    if style.first_line is not None:
        # Word goes by the characters, other programs by the length.
        given["firstLineChars"] = str(style.first_line * 100)
        given["firstLine"] = str(points(style.first_line * (style.size or THIRD_SIZE)))
    return _element("ind", given)


def _element(name: str, attributes: dict[str, str | None]) -> str:
    written = "".join(f' w:{key}="{text}"' for key, text in attributes.items() if text is not None)
    return f"<w:{name}{written}/>" if written else ""


def _borders() -> str:
    sides = {"top": _OUTER_LINE, "left": _OUTER_LINE, "bottom": _OUTER_LINE, "right": _OUTER_LINE}
    sides |= {"insideH": _INNER_LINE, "insideV": _INNER_LINE}
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="auto"/>'
        for side, width in sides.items()
    )
    return f"<w:tblBorders>{lines}</w:tblBorders>"


_OTHER_STYLES = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    # Links of the contents page: printed, not clicked, so they look like the text around them.
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '</w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
    '<w:name w:val="No List"/><w:semiHidden/></w:style>'
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{PUBLIC_TABLE}">'
    '<w:name w:val="公开表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
    f"<w:tblPr>{_borders()}<w:tblCellMar>"
    f'<w:left w:w="{CELL_MARGIN}" w:type="dxa"/><w:right w:w="{CELL_MARGIN}" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
)
