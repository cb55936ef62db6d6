"""Every tag that the three Word templates may use, with what it prints for a unit and year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disclosure.model.figure import Figure
from disclosure.render.offered import Group, Leaf, LookUp, OfferedTag, Shape, member_of, tags_of
from disclosure.render.printing import ShownFigure, printed_words
from disclosure.render.template_check import OVERALL, PROJECT, REPORT, TemplateValues

UNIT, HEADINGS, PARAGRAPHS, TABLES, CHARTS = "单位和年度", "标题", "段落", "表", "图"
ATTACHMENTS, FIGURES = "附件自评表", "数"
GROUPS = (UNIT, HEADINGS, PARAGRAPHS, TABLES, CHARTS, ATTACHMENTS, FIGURES)
TEMPLATES = {REPORT: "报告", OVERALL: "整体自评", PROJECT: "项目自评"}
EVERYWHERE = "三个模板"

_GROUP_OF = {"目录": HEADINGS, "附件列表": ATTACHMENTS, "封面标题": UNIT}


def offered_tags(
    values: TemplateValues, figures: Iterable[Figure], indicators: Iterable[str], year: int
) -> list[OfferedTag]:
    """The tags by group, in the order of GROUPS."""
    tags = [*_names(values), *_figures(values, figures, indicators, year)]
    for template, offered in values.by_template.items():
        for name, shape in offered.members.items():
            if name in values.names:
                continue
            group = _group_of(name) if template == REPORT else ATTACHMENTS
            if isinstance(shape, Group) and name in (TABLES, CHARTS):
                for part, inner in shape.members.items():
                    tags += _tags(inner, member_of(name, part), group, template, part)
            else:
                tags += _tags(shape, name, group, template)
    return sorted(tags, key=lambda tag: GROUPS.index(tag.group))


def _tags(
    shape: Shape, expression: str, group: str, template: str, part: str = ""
) -> Iterator[OfferedTag]:
    for tag, value in tags_of(shape, expression, expression):
        yield OfferedTag(group, TEMPLATES.get(template, template), part, tag, value)


def _group_of(name: str) -> str:
    return name if name in GROUPS else _GROUP_OF.get(name, ATTACHMENTS)


def _names(values: TemplateValues) -> Iterator[OfferedTag]:
    for name, shape in _at_hand(values):
        if isinstance(shape, Leaf):
            group = FIGURES if isinstance(shape.value, ShownFigure) else UNIT
            yield from _tags(shape, name, group, EVERYWHERE)


def _figures(
    values: TemplateValues, figures: Iterable[Figure], indicators: Iterable[str], year: int
) -> Iterator[OfferedTag]:
    """数('…') for each figure, 上年数('…') for those of last year, 指标('…') for indicators."""
    ask = {name: shape.ask for name, shape in _at_hand(values) if isinstance(shape, LookUp)}
    look_up = {str(year): "数", str(year - 1): "上年数"}
    filled = sorted(figures, key=lambda figure: figure.amount is None)
    wanted = [(look_up.get(figure.id.partition("/")[0]), figure.name) for figure in filled]
    wanted += [("指标", name) for name in indicators]
    for asked, name in dict.fromkeys(wanted):
        if asked in ask:
            value = printed_words(ask[asked](name))
            yield OfferedTag(FIGURES, EVERYWHERE, "", f"{{{{ {asked}('{name}') }}}}", value)


def _at_hand(values: TemplateValues) -> Iterator[tuple[str, Shape]]:
    for name, shape in values.by_template[REPORT].members.items():
        if name in values.names:
            yield name, shape
