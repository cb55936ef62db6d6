"""A .docx as its parts, and how parts of an old one come along into a new one."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from lxml import etree

from disclosure.model.place import DisclosureError, Location, Problem
from disclosure.render.archive import zip_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY = "word/document.xml"
_TYPES = "[Content_Types].xml"
_IN_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_IN_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_EXTERNAL = "External"
MOST_UNPACKED = 256 * 1024 * 1024  # bytes; a report has one or two million


class Parts:
    """The parts of one .docx by name; XML parts are read when asked for."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises DisclosureError when this is no Word document; `name` is its file for that."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                    raise _no_document(name, "解开后太大")
                self.data = {one: archive.read(one) for one in archive.namelist()}
            self._trees: dict[str, Any] = {}
            self.tree(BODY)
            self.tree(_TYPES)
        except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, etree.XMLSyntaxError) as error:
            raise _no_document(name, "不是 Word 文档（.docx），或已损坏、加了密码") from error

    def tree(self, name: str) -> Any:
        """The root element of an XML part."""
        if name not in self._trees:
            # A document from elsewhere must not reach for files or the network.
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self._trees[name] = etree.fromstring(self.data[name], parser)
        return self._trees[name]

    def relation(self, part: str, identity: str) -> tuple[str, str, bool] | None:
        """Kind, target (a part's name or an address) and whether it is outside the package."""
        name = _relations_of(part)
        if name not in self.data:
            return None
        for one in self.tree(name):
            if one.get("Id") == identity:
                outside = one.get("TargetMode") == _EXTERNAL
                target = one.get("Target")
                return one.get("Type"), target if outside else _resolved(part, target), outside
        return None

    def content_type(self, part: str) -> str | None:
        for one in self.tree(_TYPES):
            if one.get("PartName") == f"/{part}":
                return str(one.get("ContentType"))
        ending = part.rpartition(".")[2].lower()
        for one in self.tree(_TYPES):
            if (one.get("Extension") or "").lower() == ending:
                return str(one.get("ContentType"))
        return None

    def digest(self, part: str, identity: str) -> str:
        """What stands behind a relation, as a hash; the identity itself when nothing does."""
        found = self.relation(part, identity)
        if found is None:
            return identity
        _, target, outside = found
        return target if outside else sha256(self.data.get(target, b"")).hexdigest()


class Carrier:
    """Takes pictures, charts and the like that deleted content shows from `old` into `new`."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self.old, self.new = old, new
        self.part = BODY
        self._names: dict[str, str] = {}
        self._identities: dict[tuple[str, str], str] = {}

    def within(self, part: str) -> None:
        """The part whose content comes next."""
        self.part = part

    def carried(self, identity: str) -> str:
        """The relation of the new part that stands for the old part's `identity`."""
        known = self._identities.get((self.part, identity))
        if known is None:
            known = self._relate(self.part, self.part, identity)
            self._identities[self.part, identity] = known
        return known

    def _relate(self, old_part: str, new_part: str, identity: str, to: str = "") -> str:
        found = self.old.relation(old_part, identity)
        if found is None:
            return identity
        kind, target, outside = found
        relations = self._relations(new_part)
        name = to or f"rIdOld{len(relations) + 1}"
        one = etree.SubElement(relations, f"{_IN_RELATIONS}Relationship", Id=name, Type=kind)
        if outside:
            one.set("TargetMode", _EXTERNAL)
        one.set("Target", target if outside else f"/{self._copied(target)}")
        return name

    def _copied(self, part: str) -> str:
        """The part under a name of its own, with all it refers to."""
        if part in self._names:
            return self._names[part]
        folder, _, file = part.rpartition("/")
        new = f"{folder}/old_{file}"
        while new in self.new.data:
            new = f"{folder}/old_{new.rpartition('/')[2]}"
        self._names[part] = new
        self.new.data[new] = self.old.data.get(part, b"")
        kind = self.old.content_type(part)
        if kind is not None and self.new.content_type(new) != kind:
            types = self.new.tree(_TYPES)
            override = {"PartName": f"/{new}", "ContentType": kind}
            etree.SubElement(types, f"{_IN_TYPES}Override", override)
        if _relations_of(part) in self.old.data:
            for one in self.old.tree(_relations_of(part)):
                self._relate(part, new, one.get("Id"), one.get("Id"))
        return new

    def _relations(self, part: str) -> Any:
        name = _relations_of(part)
        if name not in self.new.data:
            self.new.data[name] = b""
            self.new._trees[name] = etree.Element(
                f"{_IN_RELATIONS}Relationships", nsmap={None: _IN_RELATIONS[1:-1]}
            )
        return self.new.tree(name)


def packed(parts: Parts) -> bytes:
    """The .docx again; only parts that were looked at as XML are written anew."""
    fresh: Mapping[str, bytes] = {
        name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, tree in parts._trees.items()
    }
    return zip_parts([(name, fresh.get(name, data)) for name, data in parts.data.items()])


def _relations_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _no_document(name: str, why: str) -> DisclosureError:
    advice = "换一份由 build.py 生成的报告"
    return DisclosureError(
        Problem(f"{why}。", Location(name) if name else None, advice, stops=True)
    )
