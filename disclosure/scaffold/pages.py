"""Paper, margins, sections and page numbers, after GB/T 9704."""

from __future__ import annotations

from dataclasses import dataclass, replace

from disclosure.scaffold.markup import DECLARATION, NAMESPACES, millimetres

ODD_FOOTER = "rIdFooterOdd"
EVEN_FOOTER = "rIdFooterEven"


@dataclass(frozen=True)
class Page:
    """One kind of page, in twips. `numbered` pages carry the footers."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int  # from the lower edge of the paper to the page number
    numbered: bool = True

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom


A4_WIDTH, A4_HEIGHT = 11906, 16838
# 天头 37，订口 28；the type area of 156 × 225 mm gives the other two.
_TOP, _BOTTOM, _LEFT, _RIGHT = (millimetres(mm) for mm in (37, 35, 28, 26))
# The page number stands 7 mm under the type area and is 5 mm high.
_NUMBER_SPACE = millimetres(12)

PORTRAIT = Page(A4_WIDTH, A4_HEIGHT, _TOP, _RIGHT, _BOTTOM, _LEFT, _BOTTOM - _NUMBER_SPACE)
# The same type area turned: a table's head comes to lie at the binding edge.
LANDSCAPE = Page(A4_HEIGHT, A4_WIDTH, _LEFT, _TOP, _RIGHT, _BOTTOM, _RIGHT - _NUMBER_SPACE)
COVER = replace(PORTRAIT, numbered=False)


def section(page: Page, numbering: str = "") -> str:
    """The `w:sectPr` of pages of this kind; each section begins on a new page.

    `numbering` is the content of `w:pgNumType`, "" when the numbers run on.
    """
    footers = (
        f'<w:footerReference w:type="even" r:id="{EVEN_FOOTER}"/>'
        f'<w:footerReference w:type="default" r:id="{ODD_FOOTER}"/>'
        if page.numbered
        else ""
    )
    turned = ' w:orient="landscape"' if page.is_landscape else ""
    numbers = f"<w:pgNumType {numbering}/>" if numbering else ""
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}"'
        f' w:left="{page.left}" w:header="{millimetres(15)}" w:footer="{page.footer}"'
        f' w:gutter="0"/>{numbers}<w:cols w:space="425"/><w:docGrid w:linePitch="312"/></w:sectPr>'
    )


def section_end(page: Page, numbering: str = "") -> str:
    """The last paragraph of a section: too low to be seen, or to need a page of its own."""
    properties = f'<w:pStyle w:val="SectionEnd"/>{section(page, numbering)}'
    return f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


def footer(*, even: bool) -> str:
    """“— 1 —” at the outer edge: right on odd pages, left on even ones."""
    style = "PageNumberEven" if even else "PageNumberOdd"
    shown = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'

    def words(text: str) -> str:
        return f'<w:r>{shown}<w:t xml:space="preserve">{text}</w:t></w:r>'

    def mark(kind: str) -> str:
        return f'<w:r>{shown}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = (
        mark("begin")
        + f'<w:r>{shown}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        + mark("separate")
        + words("1")
        + mark("end")
    )
    return (
        f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{words('— ')}{field}{words(' —')}</w:p></w:ftr>"
    )


class Flow:
    """A run of pages that may lie or stand: sections end where the paper turns."""

    def __init__(self, *, first_number: int) -> None:
        self._xml: list[str] = []
        self._page = PORTRAIT
        self._numbering = f'w:start="{first_number}"'
        self.is_at_top = True  # nothing stands on the current page yet

    def turn(self, page: Page) -> None:
        """Continue on pages of this kind."""
        if page is not self._page:
            if self._xml:
                self._xml.append(section_end(self._page, self._numbering))
                self._numbering = ""
            self._page = page
            self.is_at_top = True

    def add(self, *blocks: str) -> None:
        self._xml += blocks
        self.is_at_top = False

    def finished(self) -> str:
        """All blocks, and the last section."""
        return "".join(self._xml) + section(self._page, self._numbering)
