"""The package of a template: its parts, their types and relations, the same bytes every time."""

from __future__ import annotations

from disclosure.render.archive import zip_parts
from disclosure.scaffold.markup import DECLARATION, NAMESPACES
from disclosure.scaffold.pages import EVEN_FOOTER, ODD_FOOTER, footer
from disclosure.scaffold.style_parts import font_table_xml, settings_xml, styles_xml
from disclosure.scaffold.theme import theme_xml

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"

# Relation id, kind of relation, file in word/.
_RELATED = [
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdFonts", "fontTable", "fontTable.xml"),
    ("rIdTheme", "theme", "theme/theme1.xml"),
    (ODD_FOOTER, "footer", "footer1.xml"),
    (EVEN_FOOTER, "footer", "footer2.xml"),
]


def word_package(body: str) -> bytes:
    """The .docx whose `w:body` holds `body` (blocks and the last section)."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations(_RELATED),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": settings_xml(),
        "word/fontTable.xml": font_table_xml(),
        "word/theme/theme1.xml": theme_xml(),
        "word/footer1.xml": footer(even=False),
        "word/footer2.xml": footer(even=True),
    }
    return zip_parts([(name, xml.encode()) for name, xml in parts.items()])


def _content_types() -> str:
    types = {"document.xml": f"{_WORD}.document.main+xml"}
    for _, kind, file in _RELATED:
        types[file] = _THEME_TYPE if kind == "theme" else f"{_WORD}.{kind}+xml"
    written = "".join(
        f'<Override PartName="/word/{file}" ContentType="{media_type}"/>'
        for file, media_type in types.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{written}</Types>"
    )


def _relations(related: list[tuple[str, str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{file}"/>'
        for id_, kind, file in related
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{written}</Relationships>'
