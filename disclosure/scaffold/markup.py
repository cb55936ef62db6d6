"""Small pieces of WordprocessingML as text, and the tags that stand in them."""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TWIPS_PER_POINT = 20
TWIPS_PER_MM = 1440 / 25.4

# “ ” ‘ ’ … — stand in Latin and Chinese text alike; the hint makes them Chinese.
_RUN_PROPERTIES = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def points(length: float) -> int:
    """Twentieths of a point, as Word measures."""
    return round(length * TWIPS_PER_POINT)


def millimetres(length: float) -> int:
    return round(length * TWIPS_PER_MM)


def attribute(text: str) -> str:
    """The text as it may stand between double quotes."""
    return escape(text, {'"': "&quot;"})


def run(text: str) -> str:
    """One run; "" gives none."""
    if not text:
        return ""
    return f'<w:r>{_RUN_PROPERTIES}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


TAB = f"<w:r>{_RUN_PROPERTIES}<w:tab/></w:r>"


def paragraph(style: str, text: str = "", *, extra: str = "") -> str:
    """A paragraph of a named style; a tab character in `text` becomes a tab.

    `extra` is further `w:pPr` content, for what belongs to the place and not to the style.
    """
    runs = TAB.join(run(piece) for piece in text.split("\t"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def statement(tag: str) -> str:
    """A {%p … %} tag in a paragraph of its own, which is gone once the template is filled."""
    return paragraph("TemplateTag", f"{{%p {tag} %}}")


def contents_block(inside: str) -> str:
    """The block that Word knows as a contents page and offers to update."""
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def looped(style: str, variable: str, values: str, shown: str | None = None) -> str:
    """One paragraph for each of `values`."""
    each = paragraph(style, value(shown or variable))
    return statement(f"for {variable} in {values}") + each + statement("endfor")


def value(expression: str) -> str:
    return f"{{{{ {expression} }}}}"


def item(mapping: str, key: str) -> str:
    """`标题['主要职责']`, safe for any key.

    “ and ” are written as Jinja's \\u201c and \\u201d: docxtpl makes every curly quote inside a
    tag a straight one, for clerks whose Word curls them, and then the key would not be found.
    """
    literal = key.replace("\\", "\\\\").replace("'", "\\'")
    for quote in "“”‘’":
        literal = literal.replace(quote, f"\\u{ord(quote):04x}")
    return f"{mapping}['{literal}']"
