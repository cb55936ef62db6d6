"""Turns the parts of a Word template into Jinja sources, once per template.

Everything that would cost time per document happens here: tags are checked where a clerk typed
them, and vertical merges, bookmarks and kept spaces are worked into the source. Each tag gets a
line of its own in the source, so that the line of a later fault names the place in Word.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from lxml import etree

from disclosure.model.place import Location, Problem
from disclosure.render.opc import Element, W, local_name, tidy
from disclosure.render.tags import TAG, Tag, bare, title, typed_tags, with_quotes_of, words

# Which statements may go on with, and the last one end, a block.
_STATEMENTS = {
    "for": ("else", "endfor"),
    "if": ("elif", "else", "endif"),
    "with": ("endwith",),
}

# In the prepared tree a tag is a number between two characters that Unicode reserves for such
# use inside a program; a region to bookmark stands between two more.
_OPEN, _CLOSE, _BOOKMARKED, _HEADING, _END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_HOLE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_EMITTED = re.compile(
    f'<w:vMerge w:val="{_OPEN}(?P<merge>\\d+){_CLOSE}"/>'
    f"|(?P<kind>[{_BOOKMARKED}{_HEADING}])(?P<before>[^{_OPEN}]*){_OPEN}(?P<whole>\\d+){_CLOSE}"
    f"(?P<after>[^{_END}]*){_END}"
    f"|{_OPEN}(?P<plain>\\d+){_CLOSE}"
)
# fmt: off
_TCPR_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel",
    "cellMerge", "tcPrChange",
)
# fmt: on
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Source:
    """The Jinja source of one part; `tags[n]` stands on line n + 2. Faulty with `problems`."""

    text: str
    tags: tuple[Tag, ...]
    problems: tuple[Problem, ...]


def jinja_source(
    root: Element, file: str, headings: frozenset[str], patch: Callable[[str], str]
) -> Source:
    """The Jinja source of a part, and every fault that shows in it, each with its place.

    `patch` is docxtpl's own preparation (XML in, XML with bare tags out), `headings` the ids of
    the heading styles.
    """
    typed, problems = typed_tags(root, file)
    tidy(root)
    waiting: dict[str, deque[Tag]] = defaultdict(deque)
    for tag in typed:
        waiting[bare(tag.typed)].append(tag)
    tags: list[Tag] = []

    def numbered(found: re.Match[str]) -> str:
        text = found[0].replace("&amp;", "&")
        if text.startswith("{#"):
            return ""
        same = waiting[bare(text)]
        # In an attribute (替换文字), or written by docxtpl itself for {% vm %}.
        near = f"{tags[-1].place}附近" if tags else title(root)
        as_typed = same.popleft() if same else Tag(text, near)
        tags.append(replace(as_typed, text=with_quotes_of(as_typed.typed, text)))
        return f"{_OPEN}{len(tags) - 1}{_CLOSE}"

    patched = TAG.sub(numbered, patch(etree.tostring(root, encoding="unicode")))
    try:
        tree = etree.fromstring(patched)
    except etree.XMLSyntaxError:
        advice = "删去最近改动的标签，重新输入后再试。"
        told = Problem(f"{title(root)}里有标签写错了位置。", Location(file), advice)
        return Source("", (), (*problems, told))
    roles = _work_in(tree, tags, headings)
    xml = etree.tostring(tree, encoding="unicode")
    problems += _structure_faults(tree, xml, tags, file)
    text, emitted = _source(xml, tags, roles)
    return Source(text, emitted, tuple(problems))


def _work_in(tree: Element, tags: list[Tag], headings: frozenset[str]) -> dict[int, str]:
    """Merges, bookmarks and kept spaces; gives the tags that print blocks or attributes."""
    roles: dict[int, str] = {}
    for element in list(tree.iter(etree.Element)):
        written = _HOLE.findall("".join(element.attrib.values()))
        roles |= {int(number): "attribute" for number in written if tags[int(number)].prints}
        if element.tag == W + "t" and element.text and _OPEN in element.text:
            for number in map(int, _HOLE.findall(element.text)):
                if tags[number].statement == "vmerge":
                    element.text = element.text.replace(f"{_OPEN}{number}{_CLOSE}", "")
                    _merge(element, number)
            element.set(_PRESERVE, "preserve")
        elif element.tag != W + "t":
            roles |= {number: "block" for number in _holes_in(element) if tags[number].prints}
            if element.tag == W + "tc" and element.find(W + "tcPr") is None:
                element.insert(0, etree.Element(W + "tcPr"))
                element[0].tail, element.text = element.text, None
    for properties in tree.iter(W + "tcPr"):  # docxtpl puts gridSpan first, the schema does not
        properties[:] = sorted(properties, key=_place_in_tcpr)
        properties.text = ""  # keeps the end tag, by which render() knows an empty cell
    for paragraph in tree.iter(W + "p"):
        _bookmark(paragraph, tags, headings)
    return roles


def _place_in_tcpr(child: Element) -> int:
    name = local_name(child)
    return _TCPR_ORDER.index(name) if name in _TCPR_ORDER else len(_TCPR_ORDER)


def _merge(text: Element, number: int) -> None:
    """Puts the tag {%vmerge … %} where its cell says how it is merged."""
    cell = next(text.iterancestors(W + "tc"), None)
    if cell is None:
        return  # reported by _structure_faults: the tag is then nowhere
    properties = cell.find(W + "tcPr")
    for old in properties.findall(W + "vMerge"):
        properties.remove(old)
    etree.SubElement(properties, W + "vMerge").set(W + "val", f"{_OPEN}{number}{_CLOSE}")


def _bookmark(paragraph: Element, tags: list[Tag], headings: frozenset[str]) -> None:
    """Marks the runs of a paragraph that is one tag, to be bookmarked when it has a key."""
    only = _HOLE.fullmatch(words(paragraph).strip())
    if only is None or not tags[int(only[1])].prints:
        return
    if len(_HOLE.findall(etree.tostring(paragraph, encoding="unicode", with_tail=False))) != 1:
        return
    properties = paragraph.find(W + "pPr")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    is_heading = style is not None and style.get(W + "val") in headings
    is_heading = is_heading or paragraph.find(f"{W}pPr/{W}outlineLvl") is not None
    mark = _HEADING if is_heading else _BOOKMARKED
    if properties is None:
        paragraph.text = mark
    else:
        properties.tail = mark
    paragraph[-1].tail = _END


def _structure_faults(tree: Element, xml: str, tags: list[Tag], file: str) -> list[Problem]:
    """Unknown statements, and blocks that do not close where they can: in the same holder."""
    holders = _holders(tree)
    problems: list[Problem] = []
    open_tags: list[int] = []

    def fault(number: int, what: str, advice: str) -> None:
        tag = tags[number]
        at = Location(file, path=tag.place)
        if not tag.mended:
            problems.append(Problem(f"标签“{tag.typed}”{what}", at, advice))

    known = [*_STATEMENTS, *(word for more in _STATEMENTS.values() for word in more)]
    known += ["set", "vmerge"]
    emitted = list(map(int, _HOLE.findall(xml)))
    for number in sorted(set(range(len(tags))) - set(emitted)):
        fault(number, "只能写在表格的单元格里。", "移到要合并的单元格里。")
    for number in emitted:
        word = tags[number].statement
        if tags[number].prints or word in ("set", "vmerge"):
            continue
        if word not in known:
            near = get_close_matches(word, known, 1)
            hint = f"最接近的是“{near[0]}”。" if near else ""
            usable = "、".join(dict.fromkeys(known))
            fault(number, f"的语句不认识。{hint}", f"可用的语句：{usable}。")
            continue
        if word in _STATEMENTS:
            open_tags.append(number)
            continue
        going_on = _STATEMENTS[tags[open_tags[-1]].statement] if open_tags else ()
        if word not in going_on:
            fault(number, "前面没有与它配对的开始标签。", "补上开始标签，或删去它。")
            continue
        start = open_tags.pop() if word == going_on[-1] else open_tags[-1]
        if holders.get(start) != holders.get(number):
            where = f"“{tags[start].typed}”（{tags[start].place}）"
            advice = (
                "让两个标签都独占一段（{%p … %}）、都独占表格一行（{%tr … %}），或写在同一段里。"
            )
            fault(number, f"和它的开始标签{where}不在同一层。", advice)
    for number in open_tags:
        end = _STATEMENTS[tags[number].statement][-1]
        fault(number, "没有结束。", f"在它管的内容后面补上 {end} 标签。")
    return problems


def _holders(tree: Element) -> dict[int, tuple[Element, tuple[str, ...]]]:
    """In what each tag stands: its paragraph with the way down to it, or the element around it.

    Two tags of one block with the same holder can repeat or drop what lies between them and
    leave well-formed XML; any others may not.
    """
    holders = {}
    for element in tree.iter(etree.Element):
        for number in _holes_in(element):
            way = [element]
            while element.tag == W + "t" and way[-1].tag != W + "p":
                way.append(way[-1].getparent())
            holders[number] = way[-1], tuple(step.tag for step in way)
    return holders


def _holes_in(element: Element) -> list[int]:
    """The tags right inside an element, not further down."""
    texts = [element.text, *(child.tail for child in element)]
    return [int(number) for number in _HOLE.findall("".join(filter(None, texts)))]


def _source(xml: str, tags: list[Tag], roles: dict[int, str]) -> tuple[str, tuple[Tag, ...]]:
    """The source text: every tag begins with a line break inside its braces."""
    emitted: list[Tag] = []

    def tag(found: re.Match[str]) -> str:
        number = int(found["merge"] or found["whole"] or found["plain"])
        inner = tags[number].inner
        role = filtered = roles.get(number, "")
        if found["merge"]:
            role, inner, filtered = "merge", inner[len("vmerge") :], "vmerge"
        elif found["whole"]:
            role = "heading" if found["kind"] == _HEADING else "bookmarked"
            filtered = f"{role}({_literal(found['before'])},{_literal(found['after'])})"
        emitted.append(replace(tags[number], role=role))
        if filtered:
            return f"{{{{\n({inner})|{filtered}}}}}"
        return f"{{{{\n{inner}}}}}" if tags[number].prints else f"{{%\n{inner}%}}"

    # Lines are counted by tags alone: a line break in the XML itself means no more than a space.
    return _EMITTED.sub(tag, re.sub(r"[\r\n]", " ", xml)), tuple(emitted)


def _literal(xml: str) -> str:
    return "'" + xml.replace("\\", "\\\\").replace("'", "\\'") + "'"
