"""Every message that the program can tell, read from its source: for docs/manual.md.

A message is what reaches the first argument of a Problem or a ToDo, followed through variables,
parameters and functions of the package; `…` stands for what is put in while running.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

SINKS = ("Problem", "ToDo", "PydanticCustomError", "NoAmount")
VARIES = "…"
HAN = re.compile("[\u4e00-\u9fff]")
MOST = 40  # ways to say one message; more of them are a list, not a message


@dataclass(frozen=True)
class Place:
    """Where an expression stands: its module, and the function around it."""

    module: str
    function: ast.FunctionDef | None


class Source:
    """The source of some packages, with what is needed to follow a value through it."""

    def __init__(self, *folders: Path) -> None:
        self.trees = {
            path.relative_to(folder.parent).as_posix(): ast.parse(path.read_text("utf-8"))
            for folder in folders
            for path in sorted(folder.rglob("*.py"))
        }
        self.functions: dict[str, list[tuple[str, ast.FunctionDef]]] = defaultdict(list)
        self.calls: dict[str, list[tuple[Place, ast.Call]]] = defaultdict(list)
        self.constants: dict[tuple[str, str], ast.expr] = {}
        for module, tree in self.trees.items():
            self._read(module, tree, None)

    def _read(self, module: str, node: ast.AST, function: ast.FunctionDef | None) -> None:
        for child in ast.iter_child_nodes(node):
            inner = function
            if isinstance(child, ast.FunctionDef):
                self.functions[child.name].append((module, child))
                inner = child
            elif isinstance(child, ast.Call):
                self.calls[_name(child.func)].append((Place(module, function), child))
            elif isinstance(child, ast.Assign) and function is None:
                self.constants |= {(module, name): value for name, value in _constants(child)}
            self._read(module, child, inner)

    # ---------------------------------------------------------------- messages

    @cached_property
    def messages(self) -> dict[str, str]:
        """Each message as written, with `…`, and a place where it is told."""
        found: dict[str, str] = {}
        for _, where, texts in self._told:
            for text in texts:
                found.setdefault(text, where)
        return {text: where for text, where in sorted(found.items()) if HAN.search(text)}

    @cached_property
    def unfollowed(self) -> dict[str, str]:
        """Where a message comes from somewhere that its source does not show."""
        return {
            shown: where
            for shown, where, texts in self._told
            if not all(HAN.search(text) for text in texts)
        }

    @cached_property
    def _told(self) -> list[tuple[str, str, set[str]]]:
        """Each call that tells: module and expression, module and line, what it can say."""
        found = []
        for sink in SINKS:
            for place, call in self.calls[sink]:
                said = _argument(call, 0, "message")
                if sink == "PydanticCustomError" and len(call.args) > 2:
                    said = _value_of(call.args[2], "message")
                if said is not None:
                    shown = f"{place.module}: {ast.unparse(said)}"
                    found.append((shown, f"{place.module}:{call.lineno}", self.texts(said, place)))
        return found

    def sentences(self, module: str) -> set[str]:
        """Every Chinese sentence written in a module as one string, with `…`."""
        nodes = [*ast.walk(self.trees[module])]
        whole = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        inside = {id(part) for node in whole for part in node.values}
        found: set[str] = set()
        for node in nodes:
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in inside:
                found |= self.texts(node, Place(module, None))
        return {line.strip() for line in found if HAN.search(line) and line.endswith("。")}

    def texts(
        self,
        node: ast.expr,
        place: Place,
        at: int | None = None,
        seen: frozenset[int] = frozenset(),
    ) -> set[str]:
        """What an expression can be; `at`: the element of it that is meant, when it is a tuple."""
        if id(node) in seen:
            return set()
        found = self._texts(node, place, at, seen | {id(node)})
        tidy = {re.sub(f"{VARIES}+", VARIES, text) for text in found}
        return tidy if len(tidy) <= MOST else {VARIES}

    def _texts(
        self, node: ast.expr, place: Place, at: int | None, seen: frozenset[int]
    ) -> set[str]:
        def again(inner: ast.expr, where: Place = place, which: int | None = at) -> set[str]:
            return self.texts(inner, where, which, seen)

        match node:
            case ast.Constant(value=str(words)):
                return {words}
            case ast.JoinedStr(values=values):
                parts = [again(value, which=None) for value in values]
                return {"".join(one) for one in product(*parts)}
            case ast.FormattedValue(value=ast.Name() as name):
                return {text if HAN.search(text) else VARIES for text in again(name, which=None)}
            case ast.IfExp(body=body, orelse=other):
                return again(body) | again(other)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return {one + other for one in again(left) for other in again(right)}
            case ast.Tuple(elts=elements) if at is not None and at < len(elements):
                return again(elements[at], which=None)
            case ast.Starred(value=value):
                return again(value)
            case ast.Name(id=name):
                return self._named(name, place, at, seen)
            case ast.Call(func=ast.Name(id="str"), args=[value]):
                return again(value)
            case ast.Call(func=ast.Name(id="next"), args=[_, default]):
                return again(default) | {VARIES}
            case ast.Call(func=function):
                return self._returned(_name(function), place, at, seen)
        return {VARIES}

    def _named(self, name: str, place: Place, at: int | None, seen: frozenset[int]) -> set[str]:
        if place.function is None:
            return self._constant(name, place, at, seen)
        found: set[str] = set()
        for value, which in _assigned(place.function, name):
            found |= self.texts(value, place, which if which is not None else at, seen)
        parameters = [*place.function.args.posonlyargs, *place.function.args.args]
        names = [parameter.arg for parameter in parameters]
        if name in names or name in (one.arg for one in place.function.args.kwonlyargs):
            found |= self._given(place, name, names, seen)
        return found or self._constant(name, place, at, seen)

    def _constant(self, name: str, place: Place, at: int | None, seen: frozenset[int]) -> set[str]:
        homes = [module for module, known in self.constants if known == name]
        home = place.module if place.module in homes else homes[0] if len(homes) == 1 else ""
        value = self.constants.get((home, name))
        return {VARIES} if value is None else self.texts(value, Place(home, None), at, seen)

    def _given(self, place: Place, name: str, names: list[str], seen: frozenset[int]) -> set[str]:
        """What the callers give for a parameter, and its default."""
        assert place.function
        position = names.index(name) - (names[:1] in (["self"], ["cls"])) if name in names else None
        found: set[str] = set()
        for where, call in self.calls[place.function.name]:
            if self._meant(place.function.name, where.module) != place.module:
                continue
            value = _argument(call, position, name)
            if value is not None:
                found |= self.texts(value, where, None, seen)
        default = _default(place.function, name)
        return found if default is None else found | self.texts(default, place, None, seen)

    def _returned(self, name: str, place: Place, at: int | None, seen: frozenset[int]) -> set[str]:
        home = self._meant(name, place.module)
        found: set[str] = set()
        for module, function in self.functions.get(name, ()):
            if module == home:
                for value in _returns(function):
                    found |= self.texts(value, Place(module, function), at, seen)
        return found or {VARIES}

    def _meant(self, name: str, caller: str) -> str:
        """The module whose function of this name is called: the caller's own, if it has one."""
        modules = [module for module, _ in self.functions.get(name, ())]
        return caller if caller in modules else modules[0] if len(set(modules)) == 1 else ""


def _constants(assigned: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """The names of an assignment with their values; A, B = 1, 2 has two."""
    for target in assigned.targets:
        match target, assigned.value:
            case ast.Name(id=name), value:
                yield name, value
            case ast.Tuple(elts=targets), ast.Tuple(elts=values):
                names = (one.id for one in targets if isinstance(one, ast.Name))
                yield from zip(names, values, strict=False)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    if position is not None and position < len(call.args):
        return call.args[position]
    return next((word.value for word in call.keywords if word.arg == name), None)


def _value_of(mapping: ast.expr, key: str) -> ast.expr | None:
    assert isinstance(mapping, ast.Dict)
    pairs = zip(mapping.keys, mapping.values, strict=True)
    return next((v for k, v in pairs if isinstance(k, ast.Constant) and k.value == key), None)


def _default(function: ast.FunctionDef, name: str) -> ast.expr | None:
    given = function.args
    pairs = [*zip(reversed(given.args), reversed(given.defaults), strict=False)]
    pairs += [
        (one, value)
        for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True)
        if value
    ]
    return next((value for one, value in pairs if one.arg == name), None)


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield from _own(child)


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """Every value that a variable gets in a function; with its place in a tuple."""
    for node in _own(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _bound(target, value, name)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _bound(target, value, name)
            case ast.NamedExpr(target=target, value=value):
                yield from _bound(target, value, name)
            case ast.For(target=target, iter=ast.Tuple(elts=elements) | ast.List(elts=elements)):
                for element in elements:
                    yield from _bound(target, element, name)


def _bound(target: ast.expr, value: ast.expr, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value, None
    elif isinstance(target, ast.Tuple):
        for position, one in enumerate(target.elts):
            if isinstance(one, ast.Name) and one.id == name:
                yield value, position


def _returns(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in _own(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
