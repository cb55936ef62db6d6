"""Word templates: prepared and compiled once, then rendered to text per document.

The one module that knows docxtpl: its tag dialect, and its preparation of the XML for Jinja.
What docxtpl does afterwards is not used. With its defaults a missing value prints nothing and
one "&" silently cuts the document short; here every value is escaped, a missing one stops the
build, and no XML tree of the result is made (about twenty times faster).
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache as once
from functools import partial
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError, TemplateError, TemplateRuntimeError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.render import printing
from disclosure.render.archive import Packed, packed
from disclosure.render.printing import CannotPrint, RawXml, bookmark_name, heading_anchor

if TYPE_CHECKING:
    from disclosure.render.prepare import Source
    from disclosure.render.tags import Tag

__all__ = ["RawXml", "Rendered", "WordTemplate", "bookmark_name", "heading_anchor"]

_FILTERS = ("default", "first", "last", "length")
_HOW_TO_WRITE = "检查括号、引号和点号；标签里只写名称、循环和条件，文字直接打在 Word 里。"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SECTION_PARTS = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")
_FOREIGN_RELATION = re.compile(r' r:(?:id|embed|link|pict|dm)="(?!rIdPic)')


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document as text: what stands in `w:body`, its last section, its other parts."""

    body: str
    section: str
    others: dict[str, bytes]


class _UnknownName(UndefinedError):
    """`name` is missing; `owner` is the value asked for it, or `missing` for the template's."""

    def __init__(self, owner: object, name: str, message: str) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class _Unknown(StrictUndefined):
    """A missing value: any use of it says which name, and whose."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            self._undefined_exception: Any = partial(_UnknownName, obj, str(name))


class _Generator(CodeGenerator):
    """Prints what `finalize` gives as it is: escaping it once more would spoil it."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        # A constant ({%vmerge '续' %}) folded while compiling would be printed escaped.
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Environment(SandboxedEnvironment):
    """Jinja for Word: a template cannot reach code, and nothing is printed unescaped."""

    code_generator_class = _Generator

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Unknown, finalize=printing.printed)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS} | {
            "block": printing.block,
            "vmerge": printing.vmerge,
            "bookmarked": printing.bookmarked,
            "heading": printing.heading,
        }

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`行.名称`: a row is a plain dict, and its keys come before the methods of dict."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


_environment = once(_Environment)

# One part that holds tags, as it is cached: its name, its code, and for each line of its source
# the tag as typed and its place. Plain tuples, for marshal.
_CompiledPart = tuple[str, CodeType, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Prepared:
    """All that is known of a template before any document: the same for the same bytes."""

    head: str  # document.xml up to and with <w:body>
    section: str  # its last w:sectPr
    relations: str  # document.xml.rels
    compiled: tuple[_CompiledPart, ...]  # the document first
    constants: dict[str, Packed]


_prepared: dict[str, Prepared] = {}


@dataclass(frozen=True)
class WordTemplate:
    """A .docx with tags, ready to be rendered any number of times."""

    file: str
    prepared: Prepared

    @classmethod
    def load(cls, path: Path, cache: Path | None) -> WordTemplate:
        """The template at `path`, found prepared under `cache`, else prepared and kept there.

        Raises DisclosureError naming the faults of the template, each with its place.
        """
        file = path.as_posix()
        try:
            data = path.read_bytes()
        except OSError as error:
            advice = "看看文件在不在；如果正用 Word 或 WPS 打开着，先关闭。"
            raise DisclosureError(Problem("模板读不出来。", Location(file), advice)) from error
        key = hashlib.blake2b(data, digest_size=16, key=_engine_version()).hexdigest()
        if key not in _prepared:
            kept = cache / f"{key}.template" if cache else None
            prepared = _read(kept) if kept else None
            if prepared is None:
                prepared = _prepare(data, file)
                if kept:
                    _write(kept, prepared)
            _prepared[key] = prepared
        return cls(file, _prepared[key])

    def render(self, values: Mapping[str, object]) -> Rendered:
        """The document with these values; DisclosureError when a tag cannot be filled."""
        document, *others = self.prepared.compiled
        parts = {part[0]: (_DECLARATION + self._rendered(part, values)).encode() for part in others}
        return Rendered(self._rendered(document, values), self.prepared.section, parts)

    def fragment(self, values: Mapping[str, object]) -> RawXml:
        """The rendered body, to be printed by a tag `{{p … }}` of another template.

        Its sections take the headers and footers of the document they come into.
        """
        body = _SECTION_PARTS.sub("", self.render(values).body)
        if _FOREIGN_RELATION.search(body):
            message = "这个模板的正文里有自己的图片、超链接或图表，不能拼入另一个文档。"
            advice = "删去它们，或把图片改成标签。"
            raise DisclosureError(Problem(message, Location(self.file), advice))
        return RawXml(body)

    def _rendered(self, part: _CompiledPart, values: Mapping[str, object]) -> str:
        _, code, places = part
        template = Template.from_code(_environment(), code, {})
        try:
            text = "".join(template.root_render_func(template.new_context(dict(values))))
        except (TemplateError, TypeError) as error:
            line, step = 0, error.__traceback__
            while step:
                if step.tb_frame.f_code.co_filename == code.co_filename:
                    line = template.get_corresponding_lineno(step.tb_lineno)
                step = step.tb_next
            if line < 2:  # not in a tag: our bug
                raise
            raise DisclosureError(
                _value_fault(error, places[line - 2], self.file, values)
            ) from error
        # A cell whose every paragraph stood under a condition still needs one.
        return text.replace("</w:tcPr></w:tc>", "</w:tcPr><w:p/></w:tc>")


def _value_fault(
    error: Exception, tag_and_place: tuple[str, str], file: str, values: Mapping[str, object]
) -> Problem:
    """Why a tag could not be filled, for the person who wrote it."""
    tag, place = tag_and_place
    location = Location(file, path=place)
    if isinstance(error, _UnknownName):
        owner = values if error.owner is missing else error.owner
        known = owner if isinstance(owner, Mapping) else dir(owner)
        names = [name for name in known if isinstance(name, str) and not name.startswith("_")]
        near = get_close_matches(error.name, names, 1, 0.5)
        hint = f"最接近的是“{near[0]}”。" if near else ""
        advice = "改正标签里的名称，或补上这一项内容。"
        return Problem(f"标签“{tag}”里的“{error.name}”没有对应的内容。{hint}", location, advice)
    if isinstance(error, CannotPrint):
        return Problem(f"标签“{tag}”的内容{error.message}。", location, "检查标签里的名称。")
    if isinstance(error, SecurityError):
        return Problem(f"标签“{tag}”用了模板里不允许的写法。", location, "只写名称和循环、条件。")
    return Problem(f"标签“{tag}”的内容不能这样用。", location, "检查标签的写法和它用的内容。")


def _prepare(data: bytes, file: str) -> Prepared:
    """The one place where docxtpl and lxml are needed: neither is imported on a cache hit."""
    from docxtpl import DocxTemplate

    from disclosure.render import opc
    from disclosure.render.prepare import jinja_source
    from disclosure.render.tags import root_with_tags

    patch: Callable[[str], str] = DocxTemplate("").patch_xml
    parts = opc.kept_parts(data, file)
    headings = opc.heading_styles(parts.get(opc.STYLES, b""))
    document = opc.parsed(parts.pop(opc.DOCUMENT))
    section = opc.taken_section(document)
    source = jinja_source(document, file, headings, patch)
    head, body = opc.head_and_body(source.text)
    compiled = [_compiled(opc.DOCUMENT, body, source, file)]
    for name in sorted(parts):
        root = root_with_tags(name, parts[name])
        if root is not None:
            source = jinja_source(root, file, headings, patch)
            compiled.append(_compiled(name, source.text, source, file))
            del parts[name]
    constants = {name: packed(name, part) for name, part in parts.items()}
    return Prepared(head, section, parts[opc.RELATIONS].decode(), tuple(compiled), constants)


def _compiled(name: str, text: str, source: Source, file: str) -> _CompiledPart:
    """The text as Python code; DisclosureError naming every tag that Jinja cannot read."""
    environment = _environment()
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        unreadable = [tag for tag in source.tags if not _is_readable(tag)]
        _refuse(unreadable or [source.tags[error.lineno - 2]], file, error)
    used = [(node.name, node.lineno) for node in tree.find_all((nodes.Filter, nodes.Test))]
    wrong = [at for word, at in used if word not in environment.filters | environment.tests]
    # "a" ~ b makes strings of values that only `printed` knows how to print.
    wrong += [node.lineno for node in tree.find_all(nodes.Concat)]
    if wrong:
        _refuse([source.tags[line - 2] for line in wrong], file)
    code = environment.compile(tree, filename=f"template:{name}")
    return name, code, tuple((tag.typed, tag.place) for tag in source.tags)


def _is_readable(tag: Tag) -> bool:
    """Whether Jinja can read this tag by itself."""
    probes = {
        "": f"{{{{ {tag.inner} }}}}",
        "vmerge": f"{{{{ {tag.inner.removeprefix('vmerge')} }}}}",
        "for": f"{{% {tag.inner} %}}{{% endfor %}}",
        "if": f"{{% {tag.inner} %}}{{% endif %}}",
        "elif": f"{{% if 0 %}}{{% {tag.inner} %}}{{% endif %}}",
        "with": f"{{% {tag.inner} %}}{{% endwith %}}",
        "set": f"{{% {tag.inner} %}}",
    }
    try:
        _environment().parse(probes.get(tag.statement, ""))
    except TemplateSyntaxError:
        return False
    return True


def _refuse(tags: Sequence[Tag], file: str, cause: Exception | None = None) -> NoReturn:
    problems = []
    for tag in tags:
        wide = re.search("[（），．：；＝［］｜]", tag.typed)
        advice = f"把全角的“{wide[0]}”改成半角。" if wide else _HOW_TO_WRITE
        location = Location(file, path=tag.place)
        problems.append(Problem(f"标签“{tag.typed}”的写法不对。", location, advice))
    raise DisclosureError(*problems) from cause


@once
def _engine_version() -> bytes:
    """Changes with everything that has a say in what a prepared template looks like."""
    here = Path(__file__)
    names = ("archive.py", "engine.py", "opc.py", "prepare.py", "printing.py", "tags.py")
    sources = [here.with_name(name) for name in names]
    # importlib.metadata would tell the versions, in more time than all the rest takes.
    for package, file in (("docxtpl", "template.py"), ("jinja2", "__init__.py")):
        found = importlib.util.find_spec(package)
        if found and found.origin:
            sources += [Path(found.origin), Path(found.origin).with_name(file)]
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for source in sources:
        digest.update(source.read_bytes())
    return digest.digest()


def _read(kept: Path) -> Prepared | None:
    """What `_write` kept; None when nothing is there, or not what was written."""
    try:
        data = kept.read_bytes()
    except OSError:
        return None
    digest, content = data[:16], data[16:]
    if hashlib.blake2b(content, digest_size=16).digest() != digest:
        return None
    return Prepared(*marshal.loads(content))


def _write(kept: Path, prepared: Prepared) -> None:
    """All or nothing. A folder that cannot be written to only costs time."""
    content = marshal.dumps(tuple(vars(prepared).values()))
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(hashlib.blake2b(content, digest_size=16).digest() + content)
        unfinished.replace(kept)
