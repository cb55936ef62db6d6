"""Writes the finished .docx: the rendered text, the template's other parts, the pictures.

The same inputs give the same bytes, on any day and in any process.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.render.archive import package_order, packed, zip_packed, zip_parts
from disclosure.render.engine import RawXml, Rendered, WordTemplate
from disclosure.render.printing import attribute_text

__all__ = ["DocumentProperties", "PictureFile", "assemble", "picture_markup", "zip_parts"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMU_PER_MM = 36_000
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_BOOKMARK = re.compile(rb'<w:bookmark(Start|End) w:id="([^"]*)"(?: w:name="([^"]*)")?/>')
_DRAWING = b"<wp:docPr "
_ID = re.compile(rb'\bid="[^"]*"')
_LONGEST_NAME = 40  # of a bookmark in Word


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture to stand in the document. `svg` is the same in lines, for readers that know it.

    `description` is the alternative text. The paragraph it stands in needs a style without
    exact line spacing, or only one line of it shows.
    """

    name: str
    png: bytes
    svg: bytes | None
    width_mm: float
    height_mm: float
    description: str


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """What Word shows under 属性. `date` is the data's own (2024-09-10), never today's."""

    title: str
    creator: str
    date: str


def picture_markup(picture: PictureFile, number: int) -> RawXml:
    """The picture for a tag inside a run. `number` is its place among the pictures, from 1."""
    width, height = (round(side * _EMU_PER_MM) for side in (picture.width_mm, picture.height_mm))
    name = attribute_text(picture.name)
    identity = f'id="{number}" name="{name}" descr="{attribute_text(picture.description)}"'
    svg = (
        f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG}"'
        f' r:embed="rIdPic{number}Svg"/></a:ext></a:extLst>'
        if picture.svg is not None
        else ""
    )
    return RawXml(
        f'</w:t><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr {identity}/><wp:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks xmlns:a="{_DRAWINGML}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_DRAWINGML}/main">'
        f'<a:graphicData uri="{_DRAWINGML}/picture"><pic:pic xmlns:pic="{_DRAWINGML}/picture">'
        f"<pic:nvPicPr><pic:cNvPr {identity}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="rIdPic{number}">{svg}</a:blip>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        f'</a:graphic></wp:inline></w:drawing><w:t xml:space="preserve">'
    )


def assemble(
    template: WordTemplate,
    rendered: Rendered,
    pictures: Sequence[PictureFile],
    properties: DocumentProperties,
) -> bytes:
    """The .docx. `pictures` are those that `picture_markup` numbered 1, 2, … in this document."""
    prepared = template.prepared
    start, end = _DECLARATION + prepared.head, rendered.section + "</w:body></w:document>"
    fresh = {
        "word/document.xml": b"".join(
            [start.encode(), *_numbered(rendered.body.encode()), end.encode()]
        ),
        "docProps/core.xml": _core_properties(properties),
        **rendered.others,
    }
    links = []
    for number, picture in enumerate(pictures, 1):
        target = f"media/picture{number}"
        fresh[f"word/{target}.png"] = picture.png
        links.append(_relation(f"rIdPic{number}", f"{target}.png"))
        if picture.svg is not None:
            fresh[f"word/{target}.svg"] = picture.svg
            links.append(_relation(f"rIdPic{number}Svg", f"{target}.svg"))
    if links:
        relations, end, _ = prepared.relations.partition("</Relationships>")
        fresh["word/_rels/document.xml.rels"] = (relations + "".join(links) + end).encode()
    parts = prepared.constants | {name: packed(name, part) for name, part in fresh.items()}
    return zip_packed((name, parts[name]) for name in sorted(parts, key=package_order))


def _relation(identity: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{_IMAGE}" Target="{target}"/>'


def _numbered(body: bytes) -> Iterator[bytes]:
    """The body in pieces, bookmarks and drawings numbered from 1, and no bookmark name twice.

    A body is spliced from several templates, each rendered for itself, so only the whole shows
    what is double. The second paragraph of a key is `d_…_2`. In bytes, because on a body of
    some megabytes that takes a third of the time.
    """
    numbers: dict[bytes, int] = {}
    names: dict[bytes, int] = {}
    count = itertools.count(1)

    def bookmark(found: re.Match[bytes]) -> bytes:
        kind, old, name = found.groups()
        if kind == b"End":
            return b'<w:bookmarkEnd w:id="%d"/>' % numbers[old] if old in numbers else b""
        numbers[old] = next(count)
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:
            suffix = f"_{names[name]}"
            name = (name.decode()[: _LONGEST_NAME - len(suffix)] + suffix).encode()
        return b'<w:bookmarkStart w:id="%d" w:name="%s"/>' % (numbers[old], name)

    # Split, not another pattern over the whole body: that takes as long as all the rendering.
    first, *drawings = _BOOKMARK.sub(bookmark, body).split(_DRAWING)
    yield first
    for number, rest in enumerate(drawings, 1):
        yield _DRAWING
        yield _ID.sub(b'id="%d"' % number, rest, count=1)


def _core_properties(properties: DocumentProperties) -> bytes:
    moment = properties.date if "T" in properties.date else f"{properties.date}T00:00:00Z"
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{attribute_text(moment)}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{package}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{attribute_text(properties.title)}</dc:title>"
        f"<dc:creator>{attribute_text(properties.creator)}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{dated}</cp:coreProperties>"
    ).encode()
