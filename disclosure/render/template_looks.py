"""What else can go wrong when a template is edited in Word or WPS: styles, sections, leftovers.

Each rule takes the parts of one template as XML trees, as they were saved, and yields Problems.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from disclosure.model.place import Location, Problem
from disclosure.render.opc import DOCUMENT, STYLES, Element, W, local_name, parsed, style_ids
from disclosure.render.tags import TAG, place_of, shortened, words

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STYLE_KINDS = (W + "pStyle", W + "rStyle", W + "tblStyle")
_REVISIONS = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
_NUMBER = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])\s*"
)
_OWN_CONTENT = {  # what an attachment cannot take along into the report
    "numId": "自动编号",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "commentReference": "批注",
}
_TEXT_TAG = re.compile("标题|段落|附件列表")
# Twips by which Word itself lets a table stand out: the inner margins of its outermost cells.
_OUTSTANDING = 2 * 115


@dataclass(frozen=True)
class SavedTemplate:
    """A template as it was saved: its file name for messages, its parts as they are."""

    file: str
    parts: Mapping[str, bytes]

    @cached_property
    def document(self) -> Element:
        return parsed(self.parts[DOCUMENT])

    @cached_property
    def texts(self) -> list[Element]:
        """The body, then headers, footers and notes."""
        others = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
        found = [parsed(xml) for name, xml in self.parts.items() if others.fullmatch(name)]
        return [self.document, *found]

    @cached_property
    def styles(self) -> Element:
        return parsed(self.parts.get(STYLES) or b"<styles/>")

    @cached_property
    def style_names(self) -> dict[str, str]:
        """The names of its styles, in lower case, by their id."""
        named = style_ids(self.parts.get(STYLES, b""))
        return {identity: name for name, identity in named.items()}

    def at(self, element: Element) -> Location:
        """The place of a paragraph, or of the paragraph around or after an element."""
        paragraph = element
        if element.tag != W + "p":
            inside = next(element.iter(W + "p"), None)
            paragraph = next(element.iterancestors(W + "p"), inside)
        return Location(self.file, path="正文" if paragraph is None else place_of(paragraph))


def faults_of_looks(template: SavedTemplate, pictures: Container[str]) -> Iterator[Problem]:
    """Every rule that needs no other template. `pictures` are the tags that print a picture."""
    yield from missing_styles(template)
    yield from clipped_pictures(template, pictures)
    yield from faults_of_sections(template)
    yield from open_fields(template)
    yield from revisions(template)


def missing_styles(template: SavedTemplate) -> Iterator[Problem]:
    """Styles that the text names and the file does not have: Word shows such text as 正文."""
    for identity, element in _styles_used(template.texts).items():
        if identity not in template.style_names:
            message = f"用到的样式“{identity}”在这个模板里没有。"
            yield Problem(message, template.at(element), "在 Word 里重新选一个样式。")


def styles_missing_in(report: SavedTemplate, attachment: SavedTemplate) -> Iterator[Problem]:
    """Styles of an attachment that the report lacks: the attachment is spliced into it."""
    there = set(report.style_names.values())
    for identity, element in _styles_used([attachment.document]).items():
        name = attachment.style_names.get(identity)
        if name is not None and name not in there:
            yield Problem(
                f"样式“{name}”在报告的模板（report.docx）里没有，附件放进报告后会失去格式。",
                attachment.at(element),
                "在报告的模板里也建一个同名的样式，或改用两边都有的样式。",
            )


def _styles_used(texts: Iterable[Element]) -> dict[str, Element]:
    """The ids of the styles used, each with the first element that does."""
    used: dict[str, Element] = {}
    for text in texts:
        for element in text.iter(*_STYLE_KINDS):
            used.setdefault(element.get(W + "val"), element)
    return used


def own_content(attachment: SavedTemplate) -> Iterator[Problem]:
    """What belongs to the attachment's own file and is lost or wrong inside the report."""
    advice = "删去它，或把文字直接打出来。"
    told: set[str] = set()
    for element in attachment.document.iter(*(W + name for name in _OWN_CONTENT)):
        what = _OWN_CONTENT[local_name(element)]
        if element.get(W + "val") != "0" and what not in told:
            told.add(what)
            message = f"附件的模板里用了{what}，放进报告后会出错。"
            yield Problem(message, attachment.at(element), advice)
    for element in attachment.document.iter():
        own = any(name.startswith(_RELATION) for name in element.attrib)
        if own and local_name(element) not in ("headerReference", "footerReference"):
            message = "附件的模板里有自己的图片、超链接或图表，不能放进报告。"
            yield Problem(message, attachment.at(element), "删去它们，或把图片改成标签。")
            return


def clipped_pictures(template: SavedTemplate, pictures: Container[str]) -> Iterator[Problem]:
    """Pictures in a paragraph with exact line spacing: only one line of them shows."""
    for paragraph in template.document.iter(W + "p"):
        drawn = paragraph.find(f".//{W}drawing") is not None
        drawn = drawn or any(tag in pictures for tag in TAG.findall(words(paragraph)))
        if drawn and _line_rule(template.styles, paragraph) == "exact":
            message = f"“{shortened(words(paragraph)) or '图片'}”的行距是固定值，图会被裁成一行高。"
            yield Problem(message, template.at(paragraph), "把这一段的行距改成“单倍行距”。")


def _line_rule(styles: Element, paragraph: Element) -> str | None:
    """How the height of the paragraph's lines is set: its own word, or that of its styles."""
    by_id = {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
    default = next(
        (
            s
            for s in by_id.values()
            if s.get(W + "default") == "1" and s.get(W + "type") == "paragraph"
        ),
        None,
    )
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    holder = paragraph
    style = default if named is None else by_id.get(named.get(W + "val"))
    seen: list[Element] = []
    while True:
        spacing = holder.find(f"{W}pPr/{W}spacing")
        rule = None if spacing is None else spacing.get(W + "lineRule")
        if rule or style is None or style in seen:
            return rule
        holder = style
        seen.append(style)
        parent = style.find(W + "basedOn")
        style = None if parent is None else by_id.get(parent.get(W + "val"))


@dataclass(frozen=True)
class _Section:
    """A run of pages: its `w:sectPr`, and the paragraphs and tables on them."""

    properties: Element
    blocks: tuple[Element, ...]

    @property
    def is_landscape(self) -> bool:
        return self._measure("pgSz", "w") > self._measure("pgSz", "h") > 0

    @property
    def text_width(self) -> int:
        margins = self._measure("pgMar", "left") + self._measure("pgMar", "right")
        return self._measure("pgSz", "w") - margins

    def _measure(self, element: str, attribute: str) -> int:
        found = self.properties.find(W + element)
        value = None if found is None else found.get(W + attribute)
        return int(float(value)) if value else 0


def _sections(document: Element) -> Iterator[_Section]:
    blocks: list[Element] = []
    for block in document.find(W + "body"):
        ends = block if block.tag == W + "sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if block is not ends:
            blocks.append(block)
        if ends is not None:
            yield _Section(ends, tuple(blocks))
            blocks = []


def faults_of_sections(template: SavedTemplate) -> Iterator[Problem]:
    """Landscape pages that do not end behind their tables, and tables wider than their page."""
    for section in _sections(template.document):
        if section.is_landscape:
            yield from _landscape_text(template, section)
        for table in section.blocks:
            if table.tag == W + "tbl" and 0 < section.text_width < _width(table) - _OUTSTANDING:
                yield Problem(
                    "表格比页面的版心宽，会伸出页边。",
                    template.at(table),
                    "在表格前后插入分节符，把这一节设为横向；或把列调窄。",
                )


def _landscape_text(template: SavedTemplate, section: _Section) -> Iterator[Problem]:
    tables = [at for at, block in enumerate(section.blocks) if block.tag == W + "tbl"]
    behind = section.blocks[tables[-1] + 1 :] if tables else section.blocks
    for block in behind:
        tags = [tag for p in block.iter(W + "p") for tag in TAG.findall(words(p))]
        if any(_TEXT_TAG.search(tag) for tag in tags):
            yield Problem(
                "横向的页面没有在表格后面结束，这里的文字也会横过来。",
                template.at(block),
                "在表格后面插入“分节符（下一页）”，把后面一节的纸张方向设为纵向。",
            )
            return


def lying_end(attachment: SavedTemplate) -> Iterator[Problem]:
    """An attachment that ends on a landscape page: in the report that page would stand upright."""
    last = next(reversed(list(_sections(attachment.document))), None)
    if last and last.is_landscape:
        yield Problem(
            "附件的最后一节是横向的，放进报告后会变成纵向。",
            attachment.at(last.blocks[0]) if last.blocks else Location(attachment.file),
            "在末尾插入“分节符（下一页）”，把最后一节的纸张方向设为纵向。",
        )


def _width(table: Element) -> int:
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    return sum(int(float(column.get(W + "w") or 0)) for column in columns)


def open_fields(template: SavedTemplate) -> Iterator[Problem]:
    """Fields (页码, 交叉引用) of which an edit has removed the beginning or the end."""
    advice = "删去这个域，用“插入”重新插入。"
    for text in template.texts:
        begun: list[Element] = []
        for mark in text.iter(W + "fldChar"):
            kind = mark.get(W + "fldCharType")
            if kind == "begin":
                begun.append(mark)
            elif kind == "end" and begun:
                begun.pop()
            elif not begun:
                yield Problem("这里的域只有结尾，没有开头。", template.at(mark), advice)
        for mark in begun:
            yield Problem("这里的域没有结尾。", template.at(mark), advice)


def revisions(template: SavedTemplate) -> Iterator[Problem]:
    """Tracked changes: what was struck out would be filled and stand in the document."""
    found = [element for text in template.texts for element in text.iter(*_REVISIONS)]
    if found:
        yield Problem(
            f"模板里有 {len(found)} 处没有接受的修订。",
            template.at(found[0]),
            "在“审阅”里接受全部修订，关闭修订，再保存。",
        )


def typed_headings(template: SavedTemplate, titles: Mapping[str, str]) -> Iterator[Problem]:
    """Headings typed as words where a tag is offered. `titles` maps tags to what they print."""
    tags = {_bare(title): tag for tag, title in titles.items() if _bare(title)}
    for paragraph in template.document.iter(W + "p"):
        text = words(paragraph)
        tag = None if _in_table(paragraph) else tags.get(_bare(text))
        if tag:
            yield Problem(
                f"标题“{shortened(text)}”是打上去的字，编号和名称不会跟着变。",
                template.at(paragraph),
                f"换成标签 {tag}，独占一段。",
            )


def typed_facts(template: SavedTemplate, facts: Mapping[str, str]) -> Iterator[Problem]:
    """The unit's name or the year typed as words. `facts` maps the words to the tag to use."""
    for text in template.texts:
        for paragraph in text.iter(W + "p"):
            typed = TAG.sub("", words(paragraph))
            for fact, tag in facts.items():
                if fact in typed:
                    yield Problem(
                        f"“{fact}”是打上去的字，换了单位或年度不会跟着变。",
                        template.at(paragraph),
                        f"换成标签 {tag}。",
                    )


def _bare(title: str) -> str:
    """A heading without its number, spaces and full stop."""
    return "".join(_NUMBER.sub("", title, count=1).split()).rstrip("。")


def _in_table(paragraph: Element) -> bool:
    return next(paragraph.iterancestors(W + "tc"), None) is not None
