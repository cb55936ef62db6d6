"""Pictures and charts become tags; what the script draws in their place goes into data.yaml."""

from __future__ import annotations

import copy
import re
from typing import Any

from docx.document import Document
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.parts.document import DocumentPart

from bench.peer.reading import W_P, paragraph_text, pictures

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMU_PER_CM = 360_000
SIZE_CM = (14.0, 8.0)  # where the drawing does not tell

# A picture does not give its figures back. The cost of drawing hangs on how many there are, not on
# which: four bars or four slices, as the 2023 charts have.
BARS: dict[str, Any] = {
    "labels": ["收入", "支出"],
    "series": {"2022年度": [1309.21, 1309.21], "2023年度": [541.04, 541.04]},
}
SLICES: dict[str, Any] = {
    "labels": ["财政拨款", "事业收入", "经营收入", "其他收入"],
    "series": {"决算数": [372.92, 168.12, 31.5, 22.6]},
}


def pictures_into_tags(document: Document) -> list[dict[str, Any]]:
    """Replace every picture by {{ chartN }}; the charts to draw, in order.

    The template keeps none of the replaced files, as it would hold none had a user begun with it.
    """
    charts = []
    for number, drawing in enumerate(list(pictures(document.element.body)), 1):
        charts.append(_chart(drawing, number, document.part))
        tag = OxmlElement("w:t")
        tag.text = f"{{{{ chart{number} }}}}"
        used = {
            value for e in drawing.iter() for key, value in e.attrib.items() if key.startswith(R)
        }
        drawing.getparent().replace(drawing, tag)
        for relationship in used & set(document.part.rels):
            document.part.drop_rel(relationship)
    return charts


def _chart(drawing: Element, number: int, part: DocumentPart) -> dict[str, Any]:
    extent = next(drawing.iter(WP + "extent"), None)
    width, height = SIZE_CM
    if extent is not None:
        width = round(int(extent.get("cx")) / EMU_PER_CM, 2)
        height = round(int(extent.get("cy")) / EMU_PER_CM, 2)
    title = _title(drawing, number)
    native = next(drawing.iter(C + "chart"), None)
    figures = None
    if native is not None:
        figures = _native_figures(parse_xml(part.related_parts[native.get(R + "id")].blob))
    if figures is None:
        is_pie = re.search("结构|构成|占比|比重", title)
        figures = (
            {"kind": "pie", **copy.deepcopy(SLICES)}
            if is_pie
            else {"kind": "bar", **copy.deepcopy(BARS)}
        )
    return {"title": title, "width_cm": width, "height_cm": height, **figures}


def _title(drawing: Element, number: int) -> str:
    """The caption beside the picture, else its alternative text, else a plain one."""
    paragraph = next(drawing.iterancestors(W_P))
    for neighbour in (paragraph.getprevious(), paragraph.getnext()):
        if neighbour is not None and neighbour.tag == W_P:
            text = paragraph_text(neighbour)
            if re.match("图 ?[0-9]+", text):
                return text
    described = next(drawing.iter(WP + "docPr"), None)
    text = "" if described is None else described.get("descr") or described.get("title") or ""
    return text if 0 < len(text) <= 40 else f"图{number}"


def _native_figures(chart_space: Element) -> dict[str, Any] | None:
    """Kind, labels and values of a native chart from what it shows; `None` if it holds none."""
    is_pie = any(True for _ in chart_space.iter(C + "pieChart", C + "doughnutChart"))
    labels: list[str] = []
    series: dict[str, list[float]] = {}
    for one in chart_space.iter(C + "ser"):
        values = [float(v) for v in _points(one, "val")]
        labels = labels or _points(one, "cat") or [str(n + 1) for n in range(len(values))]
        name = "".join(_points(one, "tx")) or f"系列{len(series) + 1}"
        if values and len(values) == len(labels):
            series[name] = values
    if not series:
        return None
    return {"kind": "pie" if is_pie else "bar", "labels": labels, "series": series}


def _points(series: Element, name: str) -> list[str]:
    found = series.find(C + name)
    return [] if found is None else [v.text or "" for v in found.iter(C + "v")]
