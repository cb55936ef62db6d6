"""Small Word templates, made of just the XML that a test is about."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Protocol

import docx

from disclosure.render.engine import WordTemplate

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = f'xmlns:r="{OFFICE}"'
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
HEADED = '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>'
STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="PartTitle"><w:name w:val="部分标题"/>'
    '<w:basedOn w:val="2"/></w:style></w:styles>'
)

ROOTS = {"settings": "settings", "fontTable": "fonts"}
with zipfile.ZipFile(Path(docx.__file__).with_name("templates") / "default.docx") as default:
    THEME = default.read("word/theme/theme1.xml").decode().partition("?>")[2]


class Make(Protocol):
    """The fixture `make`: a template of this body, loaded."""

    def __call__(
        self, body: str, header: str = "", section: str = "", name: str = "a.docx"
    ) -> WordTemplate: ...


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of these rows; a row of one cell that holds {%tr %} stands for itself."""
    width = max(map(len, rows))
    grid = '<w:gridCol w:w="2000"/>' * width
    cells = [
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(cell)}</w:tc>"
            for cell in row
        )
        for row in rows
    ]
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def write_docx(path: Path, body: str, header: str = "", section: str = "") -> Path:
    """A complete, small .docx with this body, and with a header when one is given."""
    relations = [f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>']
    overrides = [("document", "document.main"), ("styles", "styles")]
    parts = {"word/styles.xml": STYLES}
    for kind in ("settings", "fontTable"):
        relations.append(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>')
        overrides.append((kind, kind))
        parts[f"word/{kind}.xml"] = f"<w:{ROOTS[kind]} {W}/>"
    relations.append(f'<Relationship Id="theme" Type="{OFFICE}/theme" Target="theme.xml"/>')
    parts["word/theme.xml"] = THEME
    if header:
        relations.append(f'<Relationship Id="rId2" Type="{OFFICE}/header" Target="header1.xml"/>')
        overrides.append(("header1", "header"))
        parts["word/header1.xml"] = f"<w:hdr {W} {R}>{header}</w:hdr>"
    section = section or (HEADED if header else SECTION)
    parts["word/document.xml"] = (
        f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>"
    )
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relations)}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    named = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in overrides
    )
    named += (
        '<Override PartName="/word/theme.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.theme+xml"/>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"'
        ' ContentType="application/xml"/><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{named}</Types>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + part)
    return path
