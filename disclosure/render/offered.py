"""What a template's tags may name: the shape of the values, and every tag with its present value.

A shape is made from the values of a real unit and year, so it knows exactly what a build will
offer; it is walked by the check of a template and listed by `template tags`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from disclosure.model.figure import Figure
from disclosure.render.engine import RawXml
from disclosure.render.printing import ShownFigure, printed_words

LOOK_UPS = ("数", "上年数", "指标")
# 段 in 段落, 行 in 表['…'].行: the name a loop's variable has in the templates as shipped.
_VARIABLES = {
    "段落": "段",
    "行": "行",
    "指标": "行",
    "注": "注",
    "说明": "说明",
    "目录": "条",
    "附件列表": "附件",
}
_BLOCKS = ("<w:p", "<w:tbl", "<w:sdt")
_ROW_LISTS = ("行", "指标")


@dataclass(frozen=True, eq=False)
class Leaf:
    """One value. `kind` says how a tag may use it: a block stands where paragraphs stand."""

    kind: Literal["words", "inline", "block", "flag", "nothing"]
    value: object

    @property
    def is_picture(self) -> bool:
        return isinstance(self.value, RawXml) and "<w:drawing" in self.value.xml


@dataclass(frozen=True, eq=False)
class Group:
    """Values by name. `sometimes` are those that only some of several such groups have."""

    members: Mapping[str, Shape]
    sometimes: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Listing:
    """`count` values of one shape, to loop over; `each` is None when there is none to look at."""

    each: Shape | None
    count: int


@dataclass(frozen=True, eq=False)
class LookUp:
    """A value that is asked for by name: 数('支出/合计/基本支出')."""

    ask: Callable[..., object]


Shape = Leaf | Group | Listing | LookUp


def names_at_hand(scope: Mapping[str, object], show: Callable[[Figure], str]) -> dict[str, object]:
    """The names that snippets may use, for the sentences that a clerk adds to a template.

    Figures are shown as the pack prints them, also those asked for by 数('…') and 指标('…').
    """

    def shown(value: object) -> object:
        return ShownFigure(value, show) if isinstance(value, Figure) else value

    def asking(ask: Callable[..., object]) -> Callable[..., object]:
        return lambda *names: shown(ask(*names))

    found = {name: shown(value) for name, value in scope.items() if not callable(value)}
    look_ups = {name: value for name, value in scope.items() if name in LOOK_UPS}
    return found | {name: asking(ask) for name, ask in look_ups.items() if callable(ask)}


def shape_of(value: object) -> Shape:
    """The shape of a value that word.py hands to a template."""
    if isinstance(value, Mapping):
        return Group({str(name): shape_of(inner) for name, inner in value.items()})
    if isinstance(value, list | tuple):
        return Listing(common_shape(map(shape_of, value)), len(value))
    if isinstance(value, RawXml):
        return Leaf("block" if value.xml.startswith(_BLOCKS) else "inline", value)
    if isinstance(value, bool):
        return Leaf("flag", value)
    if value is None:
        return Leaf("nothing", value)
    return LookUp(value) if callable(value) else Leaf("words", value)


def common_shape(shapes: Iterable[Shape]) -> Shape | None:
    """What all of these offer; None when there are none."""
    listed = list(shapes)
    if not listed:
        return None
    groups = [shape for shape in listed if isinstance(shape, Group)]
    if len(groups) == len(listed) > 1:
        names = dict.fromkeys(name for group in groups for name in group.members)
        members = {
            name: common_shape(g.members[name] for g in groups if name in g.members)
            for name in names
        }
        sometimes = {
            name
            for name in names
            if any(name not in group.members or name in group.sometimes for group in groups)
        }
        return Group(
            {name: shape for name, shape in members.items() if shape}, frozenset(sometimes)
        )
    lists = [shape for shape in listed if isinstance(shape, Listing)]
    if len(lists) == len(listed) > 1:
        each = common_shape(one.each for one in lists if one.each is not None)
        return Listing(each, max(one.count for one in lists))
    filled = (shape for shape in listed if not isinstance(shape, Leaf) or shape.kind != "nothing")
    return next(filled, listed[0])


@dataclass(frozen=True)
class OfferedTag:
    """A tag as one types it, and what it prints now; `part` is the table or chart it belongs to."""

    group: str
    template: str
    part: str
    tag: str
    value: str


def tags_of(shape: Shape, expression: str, name: str = "") -> Iterator[tuple[str, str]]:
    """Every tag below `expression` with what it prints, loops with what stands in them."""
    if isinstance(shape, Group):
        for member, inner in shape.members.items():
            yield from tags_of(inner, member_of(expression, member), member)
    elif isinstance(shape, Listing):
        variable = _VARIABLES.get(name) or _VARIABLES.get(expression.partition("[")[0], "项")
        kind = "tr" if name in _ROW_LISTS else "p"
        counted = {"行": "行", "段": "段"}.get(variable, "条")
        first = f"：{_told(shape.each)}" if isinstance(shape.each, Leaf) else ""
        loop = f"{{%{kind} for {variable} in {expression} %}}"
        yield loop, f"{shape.count}{counted}{first}" if shape.count else "（没有）"
        if isinstance(shape.each, Group):
            yield from tags_of(shape.each, variable)
    elif isinstance(shape, Leaf):
        block = "p " if shape.kind == "block" else " "
        tag = (
            f"{{% if {expression} %}}" if shape.kind == "flag" else f"{{{{{block}{expression} }}}}"
        )
        yield tag, _told(shape)


def member_of(expression: str, name: str) -> str:
    """`标题['概况']`, and `.编号` below it, as the templates write them."""
    if not expression:
        return name
    if name.isidentifier() and (expression.endswith("]") or expression in _VARIABLES.values()):
        return f"{expression}.{name}"
    quote = '"' if "'" in name else "'"
    return f"{expression}[{quote}{name}{quote}]"


def _told(leaf: Leaf) -> str:
    if leaf.kind == "words":
        return printed_words(leaf.value)
    if leaf.kind == "flag":
        return "是" if leaf.value else "否"
    if leaf.kind == "inline":
        return "（图）" if leaf.is_picture else "（链接）"
    return "（一个附件的全部内容）" if leaf.kind == "block" else "（空）"


def names_near(shape: Group) -> Sequence[str]:
    """The names of a group, those that are always there first."""
    return sorted(shape.members, key=lambda name: name in shape.sometimes)
