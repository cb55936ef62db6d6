"""Word templates: prepared and compiled once, then rendered to text per document.

No XML tree of the result is made, which is about twenty times faster than docxtpl.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache as once
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.utils import missing

from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.model.text import UnknownName
from disclosure.render.archive import Packed, packed
from disclosure.render.environment import MissingName, environment
from disclosure.render.printing import CannotPrint, RawXml, bookmark_name, heading_anchor

if TYPE_CHECKING:
    from disclosure.render.tags import Tag

__all__ = ["RawXml", "Rendered", "WordTemplate", "bookmark_name", "heading_anchor"]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SECTION_PARTS = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")
_FOREIGN_RELATION = re.compile(r' r:(?:id|embed|link|pict|dm)="(?!rIdPic)')
_STYLE_USED = re.compile(r'(?<=Style w:val=")[^"]*(?="/>)')


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document as text: what stands in `w:body`, its last section, its other parts."""

    body: str
    section: str
    others: dict[str, bytes]


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
    styles: dict[str, str]  # name in Word → id in the file


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

    def fragment(self, values: Mapping[str, object], into: WordTemplate | None = None) -> RawXml:
        """The rendered body of these values, as `spliced` gives it."""
        return self.spliced(self.render(values), into)

    def spliced(self, rendered: Rendered, into: WordTemplate | None = None) -> RawXml:
        """A rendered body, to be printed by a tag `{{p … }}` of the template `into`.

        Its sections take the headers and footers of the document they come into, its styles the
        ids that those of the same name have there: Word and WPS number styles anew when saving.
        """
        body = _SECTION_PARTS.sub("", rendered.body)
        if _FOREIGN_RELATION.search(body):
            message = "这个模板的正文里有自己的图片、超链接或图表，不能拼入另一个文档。"
            advice = "删去它们，或把图片改成标签。"
            raise DisclosureError(Problem(message, Location(self.file), advice))
        there = into.prepared.styles if into else {}
        renamed = {
            own: there[name]
            for name, own in self.prepared.styles.items()
            if there.get(name, own) != own
        }
        if renamed:
            body = _STYLE_USED.sub(lambda found: renamed.get(found[0], found[0]), body)
        return RawXml(body)

    def _rendered(self, part: _CompiledPart, values: Mapping[str, object]) -> str:
        _, code, places = part
        template = Template.from_code(environment(), code, {})
        try:
            text = "".join(template.root_render_func(template.new_context(dict(values))))
        except (TemplateError, TypeError, UnknownName) as error:
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
    if isinstance(error, UnknownName):
        hint = f"最接近的是“{error.near}”。" if error.near else ""
        advice = "改正标签里的名称，或补上这一项内容。"
        return Problem(f"标签“{tag}”里没有“{error.asked}”这一项。{hint}", location, advice)
    if isinstance(error, MissingName):
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
    """Raises DisclosureError with all that is wrong in the template's tags."""
    from disclosure.render import opc
    from disclosure.render.reading import template_text

    text = template_text(data, file)
    if text.problems:
        raise DisclosureError(*text.problems)
    head, body = opc.head_and_body(text.sources[opc.DOCUMENT].text)
    compiled = tuple(
        _compiled(name, body if name == opc.DOCUMENT else source.text, source.tags)
        for name, source in text.sources.items()
    )
    relations = text.others[opc.RELATIONS].decode()
    constants = {name: packed(name, part) for name, part in text.others.items()}
    styles = opc.style_ids(text.others.get(opc.STYLES, b""))
    return Prepared(head, text.section, relations, compiled, constants, styles)


def _compiled(name: str, text: str, tags: Sequence[Tag]) -> _CompiledPart:
    jinja = environment()
    code = jinja.compile(jinja.parse(text), filename=f"template:{name}")
    return name, code, tuple((tag.typed, tag.place) for tag in tags)


@once
def _engine_version() -> bytes:
    """Changes with everything that has a say in what a prepared template looks like."""
    here = Path(__file__)
    names = ("archive", "engine", "environment", "opc", "prepare", "printing", "reading", "tags")
    sources = [here.with_name(f"{name}.py") for name in names]
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
