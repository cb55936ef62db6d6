"""The names in a template's tags against what a build offers, tag by tag.

Each tag is read by itself, so one that is unclosed or cannot be read does not hide what is wrong
in the others, and a tag in a branch that is not taken this year is looked at like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jinja2 import nodes

from disclosure.model.nearness import nearest
from disclosure.model.place import Location, Problem
from disclosure.model.table import Cell
from disclosure.model.text import UnknownName
from disclosure.render.offered import Group, Leaf, Listing, LookUp, Shape, names_near, shape_of
from disclosure.render.reading import parsed_tag
from disclosure.render.tags import Tag

_CORRECT = "改正标签里的名称；build.py template tags 列出全部标签。"
_MERGES = ("始", "续", "")
_FEW = 8  # names that are all told when none is near

# A value in scope; None for one that is not looked into (loop, a computed value).
_Seen = Shape | None


@dataclass
class NameCheck:
    """The faults in the names of one template, and which of the offered values it prints."""

    offered: Group
    file: str
    problems: list[Problem] = field(default_factory=list)
    printed: set[int] = field(default_factory=set)  # ids of shapes, and of cells
    printed_by: dict[int, list[Tag]] = field(default_factory=dict)
    pictures: set[Tag] = field(default_factory=set)

    def read(self, tags: Iterable[Tag]) -> None:
        """Look at the tags of one part, in order."""
        scopes: list[tuple[str, dict[str, _Seen]]] = [("", {})]
        for tag in tags:
            if tag.statement in ("endfor", "endwith"):
                opened = tag.statement.removeprefix("end")
                if scopes[-1][0] == opened:
                    scopes.pop()
                continue
            tree = parsed_tag(tag)
            if tree is not None and tree.body and not tag.mended:
                _Reading(self, tag, scopes).statement(tree.body[0])

    def is_printed(self, shape: Shape) -> bool:
        """Whether some tag prints it. A cell may be offered in two places, and counts in both."""
        cell = shape.value if isinstance(shape, Leaf) and isinstance(shape.value, Cell) else shape
        return not self.printed.isdisjoint((id(shape), id(cell)))

    def tags_printing(self, shape: Shape) -> list[Tag]:
        """The tags that print just this value."""
        return self.printed_by.get(id(shape), [])


@dataclass
class _Reading:
    """One tag being read."""

    check: NameCheck
    tag: Tag
    scopes: list[tuple[str, dict[str, _Seen]]]
    quiet: bool = False

    def fault(self, message: str, advice: str) -> None:
        if not self.quiet:
            at = Location(self.check.file, path=self.tag.place)
            self.check.problems.append(Problem(message, at, advice))

    def statement(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            for printed in node.nodes:
                self.prints(self.value(printed))
        elif isinstance(node, nodes.For):
            inside: dict[str, _Seen] = {"loop": None}
            inside |= dict.fromkeys(target.name for target in node.target.find_all(nodes.Name))
            each = self.looped(self.value(node.iter))
            if isinstance(node.target, nodes.Name):
                inside[node.target.name] = each
            self.scopes.append(("for", inside))
        elif isinstance(node, nodes.If):
            tests = [node.test, *(other.test for other in node.elif_)]
            for test in tests:
                self.value(test)
                self.decides(test)
        elif isinstance(node, nodes.With):
            values = [self.value(value) for value in node.values]
            names = [target.name for target in node.targets if isinstance(target, nodes.Name)]
            self.scopes.append(("with", dict(zip(names, values, strict=False))))
        elif isinstance(node, nodes.Assign):
            value = self.value(node.node)
            if isinstance(node.target, nodes.Name):
                self.scopes[-1][1][node.target.name] = value

    def decides(self, node: nodes.Node) -> None:
        """A value that decides what is printed is no value that the template leaves out."""
        for asked in (node, *node.find_all((nodes.Name, nodes.Getattr, nodes.Getitem))):
            self.check.printed.add(id(self.quietly(asked)))

    def looped(self, shape: _Seen) -> _Seen:
        if isinstance(shape, Listing):
            self.check.printed.add(id(shape))
            return shape.each
        if shape is not None and not isinstance(shape, LookUp):
            self.fault(f"标签“{self.tag.typed}”里不是一列内容，不能循环。", _CORRECT)
        return None

    def prints(self, shape: _Seen) -> None:
        """Whether a tag that prints can print this, where it stands."""
        typed = self.tag.typed
        if isinstance(shape, Leaf):
            self.check.printed |= {id(shape), id(shape.value)}
            self.check.printed_by.setdefault(id(shape), []).append(self.tag)
            self.prints_leaf(shape)
        elif isinstance(shape, Listing):
            advice = "写成循环：{%p for 段 in … %}、{{ 段 }}、{%p endfor %} 各占一段。"
            self.fault(f"标签“{typed}”是一列内容，印不出来。", advice)
        elif isinstance(shape, Group):
            names = "、".join(list(names_near(shape))[:_FEW])
            self.fault(f"标签“{typed}”是一组内容，印不出来。", f"写明要哪一项：{names}。")
        elif isinstance(shape, LookUp):
            self.fault(f"标签“{typed}”没有写明要哪一项。", "名称后面写括号和引号：数('…')。")

    def prints_leaf(self, leaf: Leaf) -> None:
        typed = self.tag.typed
        if self.tag.role == "merge":
            if leaf.value not in _MERGES:
                self.fault(f"标签“{typed}”的内容只能是“始”“续”或空。", _CORRECT)
        elif leaf.kind == "flag":
            self.fault(f"标签“{typed}”是“是”或“否”，印不出来。", "只用在 {% if … %} 里。")
        elif leaf.kind == "nothing":
            self.fault(f"标签“{typed}”的内容是空的，没有值。", "先补上这一项内容。")
        elif leaf.kind == "block" and self.tag.role != "block":
            self.fault(f"标签“{typed}”的内容是整段的。", "独占一段，写成 {{p … }}。")
        elif self.tag.role == "block" and leaf.kind != "block":
            self.fault(f"标签“{typed}”的内容不是可以插入的段落或表格。", "写成 {{ … }}，不写 p。")
        elif leaf.kind == "inline" and self.tag.role == "attribute":
            self.fault(f"标签“{typed}”不是文字，不能写进替换文字。", _CORRECT)
        elif leaf.is_picture:
            self.check.pictures.add(self.tag)

    def value(self, node: nodes.Node) -> _Seen:
        """What an expression stands for; None when that is not looked into."""
        if isinstance(node, nodes.Name):
            return self.named(node.name)
        if isinstance(node, nodes.Getattr):
            return self.member(self.value(node.node), node.attr)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self.member(self.value(node.node), node.arg.value)
        if isinstance(node, nodes.Const):
            return Leaf("words", node.value)
        if isinstance(node, nodes.Call):
            return self.asked(node)
        if isinstance(node, nodes.Filter):
            return self.filtered(node)
        if isinstance(node, nodes.CondExpr):
            self.parts(node)
            return self.quietly(node.expr1)
        if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
            return self.quietly(node.node)
        self.parts(node)
        return None

    def parts(self, node: nodes.Node) -> None:
        """Look at the names inside a computed value."""
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.value(child)
            else:
                self.parts(child)

    def quietly(self, node: nodes.Node) -> _Seen:
        return _Reading(self.check, self.tag, self.scopes, quiet=True).value(node)

    def named(self, name: str) -> _Seen:
        for _, names in reversed(self.scopes):
            if name in names:
                return names[name]
        if name in self.check.offered.members:
            return self.check.offered.members[name]
        inside = {known for _, names in self.scopes for known in names}
        self.unknown(name, [*self.check.offered.members, *inside])
        return None

    def member(self, of: _Seen, name: object) -> _Seen:
        if isinstance(of, Group):
            if name in of.sometimes:
                self.fault(
                    f"标签“{self.tag.typed}”里的“{name}”不是每一处都有。",
                    f"写成 {{% if {name} is defined %}} 那样的条件，或改用每处都有的名称。",
                )
            if name in of.members:
                return of.members[str(name)]
            if not (isinstance(name, str) and hasattr(dict, name)):
                self.unknown(str(name), names_near(of))
        elif isinstance(of, Listing):
            if isinstance(name, int):
                return of.each
            advice = "先写循环 {%tr for 行 in … %}，再写 {{ 行.名称 }}。"
            self.fault(f"标签“{self.tag.typed}”里的“{name}”属于一列内容中的每一项。", advice)
        elif isinstance(of, Leaf):
            if isinstance(name, str) and not name.startswith("_") and hasattr(of.value, name):
                return shape_of(getattr(of.value, name))
            self.unknown(str(name), [])
        return None

    def asked(self, node: nodes.Call) -> _Seen:
        of = self.value(node.node)
        arguments = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if not isinstance(of, LookUp) or len(arguments) < len(node.args) or node.kwargs:
            return None
        try:
            return shape_of(of.ask(*arguments))
        except UnknownName as error:
            near = f"最接近的是“{error.near}”。" if error.near else ""
            self.fault(f"标签“{self.tag.typed}”里没有“{error.asked}”这一项。{near}", _CORRECT)
        except TypeError:
            self.fault(f"标签“{self.tag.typed}”括号里的写法不对。", "写成 数('…')。")
        return None

    def filtered(self, node: nodes.Filter) -> _Seen:
        if node.node is None:
            return None
        if node.name == "default":
            return self.quietly(node.node)
        of = self.value(node.node)
        if node.name in ("first", "last"):
            return of.each if isinstance(of, Listing) else None
        return None if node.name == "length" else of

    def unknown(self, name: str, known: Iterable[str]) -> None:
        listed = list(dict.fromkeys(known))
        near = nearest(name, listed)
        hint = f"最接近的是“{near}”。" if near else ""
        if not near and 0 < len(listed) <= _FEW:
            hint = f"可用的有：{'、'.join(listed)}。"
        message = f"标签“{self.tag.typed}”里的“{name}”没有对应的内容。{hint}"
        self.fault(message, _CORRECT)
