"""The parts of a template's package that go into every document made from it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.render.printing import bookmark_number

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, RELATIONS, STYLES = "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"
CONTENT_TYPES, ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
CORE, APP = "docProps/core.xml", "docProps/app.xml"

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_DEFAULTS = {"png": "image/png", "svg": "image/svg+xml"}
_EFFECTS = "stylesWithEffects"  # a copy of the styles for Word 2007, rejected by validators
# What Word documents use beyond the template at hand, and may skip when it is unknown.
_IGNORABLE = ("w14", "w15", "wp14")
_NAMESPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
_ROOT_RELATIONS_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{DOCUMENT}"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    f' Target="{CORE}"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="{APP}"/>'
    "</Relationships>"
)
_APP_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>disclosure</Application></Properties>'
)

Element = Any  # lxml has no types of its own


def parsed(xml: bytes) -> Element:
    """The XML of one part as a tree, without comments and without looking outside the file."""
    return etree.fromstring(xml, etree.XMLParser(remove_comments=True, resolve_entities=False))


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    name: str = etree.QName(element).localname
    return name


def kept_parts(data: bytes, file: str) -> dict[str, bytes]:
    """All parts by name, without the template's own properties, preview and clock."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
        types, relations = parsed(parts[CONTENT_TYPES]), parsed(parts[RELATIONS])
        if DOCUMENT not in parts:
            raise KeyError(DOCUMENT)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        advice = "用 Word 或 WPS 打开，另存为 .docx 文件。"
        problem = Problem("不是完好的 Word 文档（.docx）。", Location(file), advice)
        raise DisclosureError(problem) from error
    parts = {
        name: part
        for name, part in parts.items()
        if not name.startswith("docProps/") and _EFFECTS not in name
    }
    relations.text = relations.text or ""  # so that one without entries keeps its end tag
    for relation in list(relations):
        if relation.get("Type").endswith(_EFFECTS):
            relations.remove(relation)
    parts[RELATIONS] = _serialised(relations)
    parts[ROOT_RELATIONS] = _ROOT_RELATIONS_XML.encode()
    parts[APP] = _APP_XML.encode()
    parts[CONTENT_TYPES] = _content_types(types, {*parts, CORE})
    return parts


def _content_types(types: Element, names: set[str]) -> bytes:
    for override in types.findall(_TYPES + "Override"):
        if override.get("PartName")[1:] not in names or override.get("PartName")[1:] in (CORE, APP):
            types.remove(override)
    extensions = {default.get("Extension").lower() for default in types.iter(_TYPES + "Default")}
    for extension, media_type in _DEFAULTS.items():
        if extension not in extensions:
            default = etree.Element(_TYPES + "Default", Extension=extension, ContentType=media_type)
            types.insert(0, default)
    for name, media_type in ((CORE, _CORE_TYPE), (APP, _APP_TYPE)):
        etree.SubElement(types, _TYPES + "Override", PartName="/" + name, ContentType=media_type)
    return _serialised(types)


def _serialised(root: Element) -> bytes:
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def heading_styles(styles: bytes) -> frozenset[str]:
    """The ids of the paragraph styles with an outline level, their own or inherited."""
    if not styles:
        return frozenset()
    levels: dict[str, str | None] = {}
    based_on: dict[str, str] = {}
    for style in parsed(styles).iter(W + "style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        parent = style.find(W + "basedOn")
        name = style.get(W + "styleId")
        levels[name] = None if level is None else level.get(W + "val")
        if parent is not None:
            based_on[name] = parent.get(W + "val")

    def level_of(name: str, seen: tuple[str, ...] = ()) -> str | None:
        if levels.get(name) or name not in based_on or name in seen:
            return levels.get(name)
        return level_of(based_on[name], (*seen, name))

    body_text = "9"
    return frozenset(name for name in levels if level_of(name) not in (None, body_text))


def style_ids(styles: bytes) -> dict[str, str]:
    """The id of each style by its name, in lower case: programs disagree on that of built-ins."""
    if not styles:
        return {}
    named = ((style.find(W + "name"), style) for style in parsed(styles).iter(W + "style"))
    return {
        name.get(W + "val").lower(): style.get(W + "styleId")
        for name, style in named
        if name is not None
    }


def taken_section(document: Element) -> str:
    """The XML of the document's last section, which leaves the tree; "" when there is none."""
    body = document.find(W + "body")
    body.text = body.text or ""  # so that an empty body keeps its end tag
    section = body.find(W + "sectPr")
    if section is None:
        return ""
    body.remove(section)
    tidy(section)
    xml: str = etree.tostring(section, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)


def head_and_body(source: str) -> tuple[str, str]:
    """document.xml up to and with `<w:body>`, and what stands in it.

    The head names every prefix that Word uses, so that bodies of other templates fit in.
    """
    head, start, rest = source.partition("<w:body>")
    for prefix, uri in _NAMESPACES.items():
        if f" xmlns:{prefix}=" not in head:
            head = head.replace("<w:document", f'<w:document xmlns:{prefix}="{uri}"', 1)
    written = re.search(' mc:Ignorable="([^"]*)"', head)
    ignorable = {*_IGNORABLE, *(written[1].split() if written else ())}
    head = head.replace(written[0], "") if written else head
    head = head.replace(
        "<w:document", f'<w:document mc:Ignorable="{" ".join(sorted(ignorable))}"', 1
    )
    return head + start, rest.removesuffix("</w:body></w:document>")


def tidy(root: Element) -> None:
    """Removes editing traces, ids that repeated rows would repeat, and bookmarks nobody uses."""
    etree.strip_elements(root, W + "proofErr", W + "lastRenderedPageBreak", with_tail=False)
    used = " ".join(code.text or "" for code in root.iter(W + "instrText"))
    used += " ".join(link.get(W + "anchor") or "" for link in root.iter(W + "hyperlink"))
    used += " ".join(field.get(W + "instr") or "" for field in root.iter(W + "fldSimple"))
    names = {mark.get(W + "id"): mark.get(W + "name") for mark in root.iter(W + "bookmarkStart")}
    for mark in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        name = names.get(mark.get(W + "id"), "")
        if not name or name not in used:
            mark.getparent().remove(mark)
            continue
        mark.attrib.clear()
        mark.set(W + "id", str(bookmark_number(name)))
        if mark.tag == W + "bookmarkStart":
            mark.set(W + "name", name)
    for element in root.iter(etree.Element):
        for attribute in list(element.attrib):
            if attribute.startswith(W + "rsid") or attribute in (_W14 + "paraId", _W14 + "textId"):
                del element.attrib[attribute]
