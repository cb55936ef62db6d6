"""Writes the finished .docx: the rendered text, the template's other parts, pictures and charts.

The same inputs give the same bytes, on any day and in any process.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from disclosure.render.archive import package_order, packed, unpacked, zip_packed, zip_parts
from disclosure.render.engine import RawXml, Rendered, WordTemplate
from disclosure.render.guard import refuse_unfinished
from disclosure.render.printing import attribute_text

__all__ = [
    "ChartFile",
    "DocumentProperties",
    "PictureFile",
    "assemble",
    "chart_markup",
    "drawing_markup",
    "picture_markup",
    "zip_parts",
]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMU_PER_MM = 36_000
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IMAGE, _CHART, _WORKBOOK = (f"{_OFFICE}/{kind}" for kind in ("image", "chart", "package"))
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_BOOKMARK = re.compile(rb'<w:bookmark(Start|End) w:id="([^"]*)"(?: w:name="([^"]*)")?/>')
_DRAWING = b"<wp:docPr "
_ID = re.compile(rb'\bid="[^"]*"')
_LONGEST_NAME = 40  # of a bookmark in Word
BUILD_MARK = "b_"  # how the bookmark begins that names the build


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
class ChartFile:
    """A chart of Word's own to stand in the document: its XML, and the .xlsx it is edited by.

    The XML names its workbook by the relation `rId1`. `description` is the alternative text.
    """

    name: str
    xml: bytes
    workbook: bytes
    width_mm: float
    height_mm: float
    description: str


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """What Word shows under 属性. `date` is the data's own (<年度>-12-31), never today's."""

    title: str
    creator: str
    date: str


def drawing_markup(drawing: PictureFile | ChartFile, number: int) -> RawXml:
    """The drawing for a tag inside a run. `number` is its place among the drawings, from 1."""
    if isinstance(drawing, ChartFile):
        return chart_markup(drawing, number)
    return picture_markup(drawing, number)


def picture_markup(picture: PictureFile, number: int) -> RawXml:
    """The picture for a tag inside a run. `number` is its place among the drawings, from 1."""
    width, height = _extent(picture)
    svg = (
        f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG}"'
        f' r:embed="rIdPic{number}Svg"/></a:ext></a:extLst>'
        if picture.svg is not None
        else ""
    )
    return _inline(
        picture,
        number,
        "picture",
        f'<pic:pic xmlns:pic="{_DRAWINGML}/picture">'
        f"<pic:nvPicPr><pic:cNvPr {_identity(picture, number)}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="rIdPic{number}">{svg}</a:blip>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>',
        locks=f'<a:graphicFrameLocks xmlns:a="{_DRAWINGML}/main" noChangeAspect="1"/>',
    )


def chart_markup(chart: ChartFile, number: int) -> RawXml:
    """The chart for a tag inside a run. `number` is its place among the drawings, from 1."""
    frame = f'<c:chart xmlns:c="{_DRAWINGML}/chart" r:id="rIdPic{number}"/>'
    return _inline(chart, number, "chart", frame)


def _inline(
    drawing: PictureFile | ChartFile, number: int, kind: str, content: str, locks: str = ""
) -> RawXml:
    """A drawing that stands in its line like a letter; it closes the `w:t` of its tag."""
    width, height = _extent(drawing)
    return RawXml(
        f'</w:t><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:docPr {_identity(drawing, number)}/>"
        f"<wp:cNvGraphicFramePr>{locks}</wp:cNvGraphicFramePr>"
        f'<a:graphic xmlns:a="{_DRAWINGML}/main"><a:graphicData uri="{_DRAWINGML}/{kind}">'
        f"{content}</a:graphicData></a:graphic></wp:inline></w:drawing>"
        f'<w:t xml:space="preserve">'
    )


def _extent(drawing: PictureFile | ChartFile) -> tuple[int, int]:
    return round(drawing.width_mm * _EMU_PER_MM), round(drawing.height_mm * _EMU_PER_MM)


def _identity(drawing: PictureFile | ChartFile, number: int) -> str:
    name, description = attribute_text(drawing.name), attribute_text(drawing.description)
    return f'id="{number}" name="{name}" descr="{description}"'


def assemble(
    template: WordTemplate,
    rendered: Rendered,
    drawings: Sequence[PictureFile | ChartFile],
    properties: DocumentProperties,
    typed: Callable[[], str] = str,
) -> bytes:
    """The .docx. `drawings` are those that `drawing_markup` numbered 1, 2, … in this document.

    `typed` gives the words of the data, in which braces may stand. Raises Unfinished.
    """
    prepared = template.prepared
    start, end = _DECLARATION + prepared.head, rendered.section + "</w:body></w:document>"
    fresh = {
        "word/document.xml": b"".join(
            [start.encode(), _signed(b"".join(_numbered(rendered.body.encode()))), end.encode()]
        ),
        "docProps/core.xml": _core_properties(properties),
        **rendered.others,
    }
    refuse_unfinished(fresh, typed)
    links, types = [], []
    # A template may have charts of its own.
    free = (n for n in itertools.count(1) if f"word/charts/chart{n}.xml" not in prepared.constants)
    for number, drawing in enumerate(drawings, 1):
        if isinstance(drawing, ChartFile):
            own, target, named = _chart_parts(drawing, next(free))
            fresh |= own
            links.append(_relation(f"rIdPic{number}", _CHART, target))
            types += named
            continue
        target = f"media/picture{number}"
        fresh[f"word/{target}.png"] = drawing.png
        links.append(_relation(f"rIdPic{number}", _IMAGE, f"{target}.png"))
        if drawing.svg is not None:
            fresh[f"word/{target}.svg"] = drawing.svg
            links.append(_relation(f"rIdPic{number}Svg", _IMAGE, f"{target}.svg"))
    if links:
        relations, end, _ = prepared.relations.partition("</Relationships>")
        fresh["word/_rels/document.xml.rels"] = (relations + "".join(links) + end).encode()
    if types:
        known, end, _ = unpacked(prepared.constants[_TYPES]).decode().partition("</Types>")
        fresh[_TYPES] = (known + "".join(types) + end).encode()
    parts = prepared.constants | {name: packed(name, part) for name, part in fresh.items()}
    return zip_packed((name, parts[name]) for name in sorted(parts, key=package_order))


def _chart_parts(chart: ChartFile, number: int) -> tuple[dict[str, bytes], str, list[str]]:
    """The parts of a chart, the chart's target for a relation, and their content types."""
    target = f"charts/chart{number}.xml"
    workbook = f"embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    relations = (
        f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">'
        f"{_relation('rId1', _WORKBOOK, f'../{workbook}')}</Relationships>"
    )
    parts = {
        f"word/{target}": chart.xml,
        f"word/charts/_rels/chart{number}.xml.rels": relations.encode(),
        f"word/{workbook}": chart.workbook,
    }
    types = [
        f'<Override PartName="/word/{name}" ContentType="{kind}"/>'
        for name, kind in ((target, _CHART_TYPE), (workbook, _WORKBOOK_TYPE))
    ]
    return parts, target, types


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/>'


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


def _signed(body: bytes) -> bytes:
    """The body with the mark of this build, by which an edited file tells what it stems from.

    A bookmark, because that is what every office program keeps; it is the hash of the body.
    """
    at = body.find(b"</w:p>")
    if at < 0:
        return body
    name = f"{BUILD_MARK}{hashlib.blake2b(body, digest_size=8).hexdigest()}"
    mark = f'<w:bookmarkStart w:id="0" w:name="{name}"/><w:bookmarkEnd w:id="0"/>'
    return b"".join([body[:at], mark.encode(), body[at:]])


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
