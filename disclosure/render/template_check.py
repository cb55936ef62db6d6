"""Every fault of a pack's three Word templates at once, each with its place.

The names are checked against the values of a real unit and year, as word.py makes them. Without
such values the tags are still read, and everything that does not depend on names is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from disclosure.document import Document
from disclosure.model.place import DisclosureError, Level, Location, Problem
from disclosure.model.table import Cell, Row, Table
from disclosure.model.text import Paragraph
from disclosure.render import opc, template_looks
from disclosure.render.contents import contents
from disclosure.render.engine import RawXml, heading_anchor
from disclosure.render.offered import (
    Group,
    Leaf,
    Listing,
    Shape,
    common_shape,
    member_of,
    shape_of,
)
from disclosure.render.printing import printed_words
from disclosure.render.reading import TemplateText, template_text
from disclosure.render.tags import shortened
from disclosure.render.template_looks import SavedTemplate
from disclosure.render.template_names import NameCheck
from disclosure.render.word import TOTAL, attachment_values, report_values

REPORT, OVERALL, PROJECT = "report.docx", "attachment_overall.docx", "attachment_project.docx"
_SPLICED = RawXml("<w:p/>")  # stands for an attachment
_DRAWN = RawXml("</w:t><w:drawing/><w:t>")  # stands for a chart
_CODE, _OWN_TITLE = "科目代码", "附件标题"


@dataclass(frozen=True)
class TemplateFault:
    """One fault of a template. 提示 is no fault: something to look at."""

    level: Level
    problem: Problem

    def __str__(self) -> str:
        return str(self.problem)


@dataclass(frozen=True)
class TemplateValues:
    """What a unit and year offer to each template.

    `names` are those that are just at hand; `linked` the anchors that the contents link to;
    `facts` the words of this unit and year for which there is a tag.
    """

    by_template: Mapping[str, Group]
    names: frozenset[str]
    linked: frozenset[str]
    facts: Mapping[str, str]


def template_values(document: Document, names: Mapping[str, object]) -> TemplateValues:
    """The values of this document; `names` are those that every template may use."""
    tables = tuple(_with_a_row(table) for table in document.tables)
    report = report_values(
        replace(document, tables=tables),
        names,
        dict.fromkeys(document.charts, _DRAWN),
        [_SPLICED for _ in document.attachments],
    )
    offered = {REPORT: shape_of(report)}
    for template, overall in ((OVERALL, True), (PROJECT, False)):
        values = [attachment_values(a, names) for a in document.attachments if a.overall is overall]
        shape = common_shape(map(shape_of, values))
        if shape is not None:
            offered[template] = shape
    groups = {name: shape for name, shape in offered.items() if isinstance(shape, Group)}
    links = [value for entry in contents(document) for value in entry.values()]
    xml = "".join(link.xml for link in links if isinstance(link, RawXml))
    linked = frozenset(re.findall('w:anchor="([^"]*)"', xml))
    return TemplateValues(groups, frozenset(names), linked, _facts(names))


def _facts(names: Mapping[str, object]) -> dict[str, str]:
    facts = {
        str(names[name]): f"{{{{ {name} }}}}"
        for name in ("单位名称", "单位简称")
        if names.get(name)
    }
    years = {
        f"{names[name]}年": f"{{{{ {name} }}}}年" for name in ("年度", "上年") if name in names
    }
    return facts | years


def _with_a_row(table: Table) -> Table:
    """The table with at least one row, so that its columns are known when it is empty."""
    if _CODE not in table.columns or any(row.key != TOTAL for row in table.rows):
        return table
    blank = Row("", {column: Cell() for column in table.columns})
    return replace(table, rows=(*table.rows, blank))


def check_templates(
    paths: Mapping[str, Path], values: TemplateValues | None
) -> list[TemplateFault]:
    """Everything wrong in the templates at `paths`. Without `values` names are not checked."""
    found: list[TemplateFault] = []
    saved: dict[str, SavedTemplate] = {}
    for template in (REPORT, OVERALL, PROJECT):
        file = "/".join(paths[template].parts[-3:])
        try:
            data = paths[template].read_bytes()
            saved[template] = SavedTemplate(file, opc.kept_parts(data, file))
            text = template_text(data, file)
        except OSError:
            advice = "看看文件在不在；如果正用 Word 或 WPS 打开着，先关闭。"
            found += _errors([Problem("模板读不出来。", Location(file), advice)])
            continue
        except DisclosureError as error:
            found += _errors(error.problems)
            continue
        offered = values.by_template.get(template) if values else None
        found += _check(saved[template], text, offered, values)
    if REPORT in saved:
        for template in (OVERALL, PROJECT):
            if template in saved:
                found += _errors(_spliced(saved[REPORT], saved[template]))
    return list(dict.fromkeys(found))


def _check(
    saved: SavedTemplate, text: TemplateText, offered: Group | None, values: TemplateValues | None
) -> Iterator[TemplateFault]:
    yield from _errors(text.problems)
    pictures: set[str] = set()
    if values and not offered:
        message = "这个年度没有这样的自评，标签里的名称没有核对。"
        advice = "用 --year 选一个有自评的年度。"
        yield TemplateFault(Level.HINT, Problem(message, Location(saved.file), advice))
    if offered and values:
        names = NameCheck(offered, saved.file)
        for source in text.sources.values():
            names.read(source.tags)
        yield from _errors(names.problems)
        pictures = {tag.typed for tag in names.pictures}
        yield from _errors(template_looks.typed_headings(saved, _titles(offered)))
        yield from _errors(_broken_links(names, values.linked))
        for problem in template_looks.typed_facts(saved, values.facts):
            yield TemplateFault(Level.HINT, problem)
        for problem in _never_printed(names, values.names):
            yield TemplateFault(Level.HINT, problem)
    yield from _errors(template_looks.faults_of_looks(saved, pictures))


def _errors(problems: Iterable[Problem]) -> Iterator[TemplateFault]:
    for problem in problems:
        yield TemplateFault(Level.ERROR, problem)


def _spliced(report: SavedTemplate, attachment: SavedTemplate) -> Iterator[Problem]:
    """What keeps an attachment's template from being put into the report."""
    yield from template_looks.styles_missing_in(report, attachment)
    yield from template_looks.own_content(attachment)
    yield from template_looks.lying_end(attachment)


def _titles(offered: Group) -> dict[str, str]:
    """Each heading's tag, and what it prints."""
    return {
        f"{{{{ {member_of('标题', key)} }}}}": printed_words(leaf.value)
        for key, leaf in _headings(offered).items()
    }


def _headings(offered: Group) -> dict[str, Leaf]:
    group = offered.members.get("标题")
    members = group.members if isinstance(group, Group) else {}
    return {key: leaf for key, leaf in members.items() if isinstance(leaf, Leaf)}


def _broken_links(names: NameCheck, linked: frozenset[str]) -> Iterator[Problem]:
    """Headings that the contents link to, and that the template does not print as such."""
    offered = names.offered
    title = offered.members.get(_OWN_TITLE)
    leaves = {member_of("标题", key): leaf for key, leaf in _headings(offered).items()}
    leaves |= {_OWN_TITLE: title} if isinstance(title, Leaf) else {}
    contents_page = offered.members.get("目录")
    if contents_page and not names.is_printed(contents_page):
        return
    for expression, leaf in leaves.items():
        value, printing = leaf.value, names.tags_printing(leaf)
        if not isinstance(value, Paragraph) or heading_anchor(value.key) not in linked:
            continue
        tag = f"{{{{ {expression} }}}}"
        if not printing:
            yield Problem(
                f"目录里有“{value.plain}”，正文里没有印，目录的链接会落空。",
                Location(names.file),
                f"在正文里补上标签 {tag}，独占一段，用标题样式。",
            )
        elif all(printed.role != "heading" for printed in printing):
            yield Problem(
                f"标签“{tag}”不是标题，目录的链接会落空。",
                Location(names.file, path=printing[0].place),
                "让它独占一段，用大纲级别是 1 级至 4 级的标题样式。",
            )


def _never_printed(names: NameCheck, at_hand: frozenset[str]) -> Iterator[Problem]:
    """What the data offers and no tag prints."""
    for name, shape in names.offered.members.items():
        if name in at_hand:
            continue
        _, unprinted = _unprinted(names, shape, name)
        for expression, value in unprinted:
            now = f"（现在是“{shortened(value)}”）" if value else ""
            yield Problem(
                f"数据里有“{expression}”{now}，模板里没有印。",
                Location(names.file),
                "不需要时不用管；需要时把标签加进模板。",
            )


def _unprinted(
    names: NameCheck, shape: Shape, expression: str
) -> tuple[bool, list[tuple[str, str]]]:
    """Whether anything below is printed, and what is not; a whole group is told once."""
    if isinstance(shape, Listing) and shape.each is not None:
        return _unprinted(names, shape.each, f"{expression}[]")
    if isinstance(shape, Group):
        below = [
            _unprinted(names, inner, member_of(expression, name))
            for name, inner in shape.members.items()
            if not (expression.endswith(".合计") and _is_label(inner))
        ]
        printed = any(some for some, _ in below)
        told = [each for _, more in below for each in more]
        whole = [(expression.removesuffix("[]"), "")]
        return printed, told if printed or len(told) < 2 else whole
    if not isinstance(shape, Leaf) or shape.kind in ("flag", "nothing"):
        return False, []
    value = printed_words(shape.value) if shape.kind == "words" else ""
    says_something = value or shape.kind != "words" or "[]" in expression
    if names.is_printed(shape) or not says_something:
        return names.is_printed(shape), []
    return False, [(expression.removesuffix("[]"), value)]


def _is_label(shape: Shape) -> bool:
    """A cell of a total's row that shows no figure: the template has its words."""
    return isinstance(shape, Leaf) and isinstance(shape.value, Cell) and shape.value.figure is None
