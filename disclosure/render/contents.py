"""The contents page: the entries of a TOC field, with or without page numbers.

They are what Word itself would leave as the result of the field, so that nobody is asked to
update it, and whoever does it gets the same entries. Page numbers are known only when the whole
document has been laid out; whoever does that gives them.
"""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.document import Attachment, Document
from disclosure.model.text import Paragraph, Text
from disclosure.narrate.headings import NumberedHeading
from disclosure.render.printing import RawXml, heading_anchor, run_text

# Bookmark of a heading → the number printed on its page. {}: not known yet; None: no numbers.
PageNumbers = Mapping[str, int] | None

LEVELS = 2  # 部分 and 节, and the attachments, which are like a 节
ATTACHMENTS_PART = "附件"  # the key of the 部分 in which the attachments stand
UNKNOWN_NUMBER = "00"  # takes the room of a page number that is not known yet

_RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_TEXT_RUN = f'{_RUN}<w:t xml:space="preserve">'
_TAB = f"{_RUN}<w:tab/></w:r>"
_FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def attachment_title(attachment: Attachment) -> Paragraph:
    """附件标题 as a heading that the contents page can find."""
    title = attachment.titles["附件标题"]
    return Paragraph(f"附件/{attachment.key}/附件标题", Text(str(title)))


def _listed(document: Document) -> list[NumberedHeading]:
    """What the contents page lists, in the order of the document."""
    attachments = [
        NumberedHeading(
            attachment.key,
            LEVELS,
            Paragraph(title.key, Text(f"{attachment.titles['附件标签']}　{title.plain}")),
        )
        for attachment in document.attachments
        for title in [attachment_title(attachment)]
    ]
    listed: list[NumberedHeading] = []
    part = ""
    for heading in document.headings:
        if heading.level == 1:
            if part == ATTACHMENTS_PART:
                listed += attachments
                attachments = []
            part = heading.key
        if heading.level <= LEVELS:
            listed.append(heading)
    return listed + attachments


def contents(document: Document, page_numbers: PageNumbers = None) -> list[dict[str, object]]:
    """The entries: 级, and 链接 to the heading with the number of its page."""
    listed = _listed(document)
    links = [_link(heading.paragraph, page_numbers) for heading in listed]
    if links:
        without_numbers = r"\n " if page_numbers is None else ""
        code = rf'TOC \o "1-{LEVELS}" {without_numbers}\h \z \u'
        links[0] = _field_begin(code) + links[0]
        links[-1] += _FIELD_END
    return [
        {"级": heading.level, "链接": RawXml(f"</w:t></w:r>{link}{_TEXT_RUN}")}
        for heading, link in zip(listed, links, strict=True)
    ]


def _link(heading: Paragraph, page_numbers: PageNumbers) -> str:
    anchor = heading_anchor(heading.key)
    shown = f"{_TEXT_RUN}{run_text(heading.plain)}</w:t></w:r>"
    if page_numbers is not None:
        number = page_numbers.get(anchor, UNKNOWN_NUMBER)
        field = _field_begin(rf"PAGEREF {anchor} \h")
        shown += f"{_TAB}{field}{_RUN}<w:t>{number}</w:t></w:r>{_FIELD_END}"
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{shown}</w:hyperlink>'


def _field_begin(code: str) -> str:
    """A field up to its result; not marked w:dirty, for which Word would ask its reader."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
