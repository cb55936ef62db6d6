"""DrawingML as text: the few elements a native chart is made of, children in schema order."""

from __future__ import annotations

import re
from html import escape

from charts import style

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = {
    "xmlns:c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
EMU_PER_POINT = 12_700
# What no XML file may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text on one line, without what no XML file may hold."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def element(name: str, *inside: str, **attributes: object) -> str:
    """One element; `inside` is XML. Without any it closes itself."""
    start = "".join([name, *(f' {key}="{_attribute(value)}"' for key, value in attributes.items())])
    content = "".join(inside)
    return f"<{start}>{content}</{name}>" if content else f"<{start}/>"


def val(name: str, value: object) -> str:
    """An element that is one value: `<c:order val="0"/>`."""
    return element(name, val=value)


def text(name: str, words: str) -> str:
    return f"<{name}>{escape(words, quote=False)}</{name}>"


def _attribute(value: object) -> str:
    return escape(str(value)).replace("\n", "&#10;")


def fill(tone: str) -> str:
    return element("a:solidFill", val("a:srgbClr", tone.removeprefix("#").upper()))


def line(tone: str | None, points: float = 0.5) -> str:
    """An outline; None draws none."""
    if tone is None:
        return element("a:ln", "<a:noFill/>")
    return element("a:ln", fill(tone), w=round(points * EMU_PER_POINT))


def shape(tone: str | None, outline: str | None = None) -> str:
    """How a part of the chart is filled and outlined; None is see-through."""
    return element("c:spPr", fill(tone) if tone else "<a:noFill/>", line(outline))


def font(size: float, tone: str = style.INK) -> str:
    """How the words of a part are set: Latin letters and figures in the same face as 汉字."""
    faces = (element(f"a:{script}", typeface=style.NATIVE_FONT) for script in ("latin", "ea"))
    return element("a:defRPr", fill(tone), *faces, sz=round(size * 100), b=0)


def words_style(size: float, tone: str = style.INK, *, turn: int | None = None) -> str:
    """`c:txPr`; `turn` in degrees clockwise, None where Word may choose."""
    body = "<a:bodyPr/>" if turn is None else _body(turn)
    paragraph = element(
        "a:p", element("a:pPr", font(size, tone)), element("a:endParaRPr", lang="zh-CN")
    )
    return element("c:txPr", body, "<a:lstStyle/>", paragraph)


def _body(turn: int) -> str:
    return element("a:bodyPr", rot=turn * 60_000, vert="horz")


def heading(words: str, size: float, tone: str, corner: tuple[float, float], tall: float) -> str:
    """`c:title` at a place of its own: words that belong to an axis or to the whole chart."""
    run = element("a:r", element("a:rPr", lang="zh-CN"), text("a:t", words))
    paragraph = element("a:p", element("a:pPr", font(size, tone)), run)
    body = _body(0)
    rich = element("c:rich", body, "<a:lstStyle/>", paragraph)
    return element("c:title", element("c:tx", rich), place(corner, None, tall), val("c:overlay", 1))


def place(
    corner: tuple[float, float],
    size: tuple[float, float] | None,
    tall: float,
    *,
    inner: bool = False,
) -> str:
    """`c:layout`: the upper left corner, and width and height, in mm of a chart `tall` mm high.

    `inner` is a plot without the words of its axes.
    """
    sheet = (style.WIDTH, tall)
    modes = [val("c:layoutTarget", "inner")] if inner else []
    modes += [val("c:xMode", "edge"), val("c:yMode", "edge")]
    parts = zip(("c:x", "c:y", "c:w", "c:h"), (*corner, *(size or ())), sheet * 2, strict=False)
    sides = [val(name, f"{length / whole:.4f}") for name, length, whole in parts]
    return element("c:layout", element("c:manualLayout", *modes, *sides))
