"""What a person does to a finished file in Word, for tests: types over, adds, deletes."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def edited(data: bytes, change: Callable[[Any], None], part: str = BODY) -> bytes:
    """The package with one XML part changed in place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, content)
    return out.getvalue()


def paragraphs(root: Any) -> list[Any]:
    return list(root.iter(f"{W}p"))


def words_of(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def paragraph_with(root: Any, words: str) -> Any:
    found = [p for p in paragraphs(root) if words in words_of(p)]
    assert found, words
    return found[0]


def type_into(paragraph: Any, new: str) -> None:
    """The paragraph says `new`, in its first run; its bookmarks stay."""
    texts = list(paragraph.iter(f"{W}t"))
    texts[0].text = new
    texts[0].set(SPACE, "preserve")
    for rest in texts[1:]:
        rest.text = ""


def typed_over(data: bytes, *changes: tuple[str, str]) -> bytes:
    """Each first paragraph that holds the old words says the new ones instead."""

    def change(root: Any) -> None:
        for old, new in changes:
            one = paragraph_with(root, old)
            type_into(one, words_of(one).replace(old, new, 1))

    return edited(data, change)


def added_after(data: bytes, words: str, new: str) -> bytes:
    """A paragraph typed below the one that holds `words`."""

    def change(root: Any) -> None:
        one = paragraph_with(root, words)
        another = copy.deepcopy(one)
        for mark in [*another.iter(f"{W}bookmarkStart"), *another.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        type_into(another, new)
        one.addnext(another)

    return edited(data, change)


def deleted(data: bytes, words: str) -> bytes:
    def change(root: Any) -> None:
        one = paragraph_with(root, words)
        one.getparent().remove(one)

    return edited(data, change)


def without_bookmarks(data: bytes) -> bytes:
    def change(root: Any) -> None:
        for mark in [*root.iter(f"{W}bookmarkStart"), *root.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)

    return edited(data, change)


def tracked(data: bytes, old: str, new: str) -> bytes:
    """`old` deleted and `new` inserted with tracked changes, in the paragraph that holds `old`."""

    def change(root: Any) -> None:
        one = paragraph_with(root, old)
        whole = words_of(one)
        before, after = whole.split(old, 1)
        first = next(one.iter(f"{W}r"))
        type_into(one, before)
        tail = []
        for kind, tag, words in (("del", "delText", old), ("ins", "t", new), ("", "t", after)):
            run = copy.deepcopy(first)
            for child in [c for c in run if c.tag != f"{W}rPr"]:
                run.remove(child)
            text = etree.SubElement(run, f"{W}{tag}")
            text.text = words
            text.set(SPACE, "preserve")
            if kind:
                mark = etree.Element(f"{W}{kind}")
                mark.set(f"{W}id", str(9000 + len(tail)))
                mark.set(f"{W}author", "主任")
                mark.append(run)
                run = mark
            tail.append(run)
        at = first
        for run in tail:
            at.addnext(run)
            at = run

    return edited(data, change)


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice writes it after opening it."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "in.docx"
    source.write_bytes(data)
    office = shutil.which("soffice")
    assert office
    profile = (folder / "profile").resolve().as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (folder / "out" / "in.docx").read_bytes()


def hanzi(text: str) -> list[int]:
    """Places of Chinese characters in the text."""
    return [found.start() for found in re.finditer("[\u4e00-\u9fff]", text)]
