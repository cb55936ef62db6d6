"""The finished .docx: valid, the same bytes every time, and with its pictures."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from openxml_audit import OpenXmlValidator
from small_templates import Make, paragraph, table

from disclosure.model.text import Paragraph, Text
from disclosure.render import engine
from disclosure.render.engine import WordTemplate, bookmark_name
from disclosure.render.package import (
    DocumentProperties,
    PictureFile,
    assemble,
    picture_markup,
    zip_parts,
)

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
PROPERTIES = DocumentProperties("2023年度A&B单位决算公开", "甲单位", "2024-09-10")


def a_picture(svg: bytes | None = SVG) -> PictureFile:
    return PictureFile("图1", PNG, svg, 140, 80, "收入 541.04 万元，\n支出 <541.05> 万元")


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def document_of(template: WordTemplate, *pictures: PictureFile, **values: object) -> bytes:
    return assemble(template, template.render(values), pictures, PROPERTIES)


def a_full_document(make: Make) -> bytes:
    """Every feature in one document: heading, merges, picture, header, two spliced fragments."""
    part = make(
        paragraph("{{ 题 }}", "2")
        + table(
            ("{%tr for 行 in 行们 %}",),
            ("{%vmerge 行.合并 %}{{ 行.类 }}", "{{ 行.数 }}"),
            ("{%tr endfor %}",),
        ),
        name="part.docx",
    )
    rows = [{"合并": "始", "类": "甲", "数": "1"}, {"合并": "续", "类": "", "数": "2"}]
    report = make(
        paragraph("{{ 题 }}", "PartTitle")
        + paragraph("{{ 图 }}")
        + paragraph("{%p for 附件 in 附件们 %}")
        + paragraph("{{p 附件 }}")
        + paragraph("{%p endfor %}"),
        header=paragraph("{{ 单位 }}"),
    )
    attachment = part.fragment({"题": Paragraph("附件", Text("A&B\n二")), "行们": rows})
    return document_of(
        report,
        a_picture(),
        题=Paragraph("一", Text("概况 5<10 😀")),
        图=picture_markup(a_picture(), 1),
        附件们=[attachment, attachment],
        单位="甲单位",
    )


def test_a_validator_of_office_files_finds_nothing(make: Make, tmp_path: Path) -> None:
    (tmp_path / "out.docx").write_bytes(a_full_document(make))

    result = OpenXmlValidator().validate(tmp_path / "out.docx")

    assert [error.description for error in result.errors] == []


def test_python_docx_reads_the_words_back(make: Make) -> None:
    document = docx.Document(io.BytesIO(a_full_document(make)))

    assert [part.text for part in document.paragraphs if part.text] == [
        "概况 5<10 😀",
        "A&B\n二",
        "A&B\n二",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[1].rows] == [
        ["甲", "1"],
        ["甲", "2"],
    ]
    assert document.sections[0].header.paragraphs[0].text == "甲单位"
    assert document.core_properties.title == PROPERTIES.title
    assert document.core_properties.language == "zh-CN"
    assert document.core_properties.modified is not None
    assert document.core_properties.modified.isoformat().startswith("2024-09-10T00:00:00")


def test_bookmarks_of_spliced_bodies_have_ids_and_names_of_their_own(make: Make) -> None:
    xml = parts_of(a_full_document(make))["word/document.xml"].decode()

    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"/>', xml)
    ends = re.findall(r'<w:bookmarkEnd w:id="(\d+)"/>', xml)
    ids, names = zip(*starts, strict=True)
    assert sorted(ids) == sorted(ends)
    assert len(set(ids)) == len(set(names)) == len(starts) == 7  # one of them marks the build
    assert {bookmark_name("附件"), bookmark_name("附件") + "_2"} <= set(names)
    assert max(map(len, names)) <= 40


def test_drawings_have_ids_of_their_own(make: Make) -> None:
    template = make(paragraph("{{ 图 }}") + paragraph("{{ 图 }}"))

    xml = parts_of(document_of(template, a_picture(), 图=picture_markup(a_picture(), 1)))

    assert re.findall(rb'<wp:docPr id="(\d+)"', xml["word/document.xml"]) == [b"1", b"2"]


def test_a_picture_stands_in_the_package_with_its_words(make: Make) -> None:
    template = make(paragraph("{{ 图 }}"))

    parts = parts_of(document_of(template, a_picture(), 图=picture_markup(a_picture(), 1)))

    xml = parts["word/document.xml"].decode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    assert 'descr="收入 541.04 万元， 支出 &lt;541.05&gt; 万元"' in xml
    assert '<wp:extent cx="5040000" cy="2880000"/>' in xml
    assert 'r:embed="rIdPic1"' in xml
    assert "asvg:svgBlip" in xml
    assert 'Id="rIdPic1"' in relations
    assert 'Target="media/picture1.svg"' in relations
    assert parts["word/media/picture1.png"] == PNG
    assert parts["word/media/picture1.svg"] == SVG
    for part in ("word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"):
        ElementTree.fromstring(parts[part])


def test_a_picture_without_lines_needs_no_svg(make: Make) -> None:
    picture = a_picture(svg=None)

    parts = parts_of(
        document_of(make(paragraph("{{ 图 }}")), picture, 图=picture_markup(picture, 1))
    )

    assert "svg" not in parts["word/document.xml"].decode()
    assert "word/media/picture1.svg" not in parts


def test_parts_stand_in_one_order_without_a_clock(make: Make) -> None:
    with zipfile.ZipFile(io.BytesIO(a_full_document(make))) as archive:
        names = archive.namelist()
        dates = {info.date_time for info in archive.infolist()}
        stored = [info.filename for info in archive.infolist() if info.compress_type == 0]

    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert stored == ["word/media/picture1.png"]


def test_the_preview_and_properties_of_the_template_are_left_out(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))  # has a thumbnail, dates and an author

    parts = parts_of(document_of(WordTemplate.load(tmp_path / "a.docx", None)))

    kept = "".join(parts)
    assert "thumbnail" not in kept
    assert "stylesWithEffects" not in kept
    assert b"python-docx" not in parts["docProps/core.xml"]
    assert b"thumbnail" not in parts["[Content_Types].xml"] + parts["_rels/.rels"]


PROGRAM = """
import hashlib, sys
from pathlib import Path
from disclosure.model.text import Paragraph, Text
from disclosure.render.engine import WordTemplate
from disclosure.render.package import DocumentProperties, assemble
template = WordTemplate.load(Path(sys.argv[1]), None)
values = {name: Paragraph(name, Text(name)) for name in {"甲", "乙", "丙"}}
properties = DocumentProperties("题", "甲", "2024-09-10")
document = assemble(template, template.render(values), [], properties)
print(hashlib.sha256(document).hexdigest())
"""


def test_two_processes_write_the_same_bytes(make: Make, tmp_path: Path) -> None:
    make(paragraph("{{ 甲 }}") + paragraph("{{ 乙 }}", "2") + paragraph("{{ 丙 }}"))
    root = Path(engine.__file__).parents[2]

    sums = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "a.docx")],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(sums) == 1


def test_parts_of_any_order_give_one_zip() -> None:
    parts = [("b.xml", "二".encode()), ("[Content_Types].xml", b"<a/>"), ("a/中.png", PNG)]

    package = zip_parts(parts)

    assert package == zip_parts(parts[::-1])
    assert list(parts_of(package)) == ["[Content_Types].xml", "a/中.png", "b.xml"]
    assert parts_of(package) == dict(parts)


@pytest.mark.parametrize("date", ["2024-09-10", "2024-09-10T08:30:00Z"])
def test_the_date_of_the_document_is_the_one_given(make: Make, date: str) -> None:
    template = make(paragraph("甲"))
    properties = DocumentProperties("题", "甲", date)

    core = parts_of(assemble(template, template.render({}), [], properties))["docProps/core.xml"]

    assert core.count(date.encode()) == 2
