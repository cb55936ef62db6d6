"""Charts of Word's own in the finished .docx, and captions that Word numbers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator
from small_templates import Make, paragraph, write_docx

from disclosure.render.engine import WordTemplate, bookmark_name
from disclosure.render.package import (
    ChartFile,
    DocumentProperties,
    PictureFile,
    assemble,
    drawing_markup,
)
from disclosure.render.printing import Caption, caption_anchor

PROPERTIES = DocumentProperties("2023年度某单位决算公开", "某单位", "2024-09-10")
CAPTION = Caption("图/收入结构", "图", 2, "：收入决算“结构”")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument"


def a_chart(name: str = "图1") -> ChartFile:
    return ChartFile(name, f"<{name}/>".encode(), b"PK " + name.encode(), 150, 80, "收入 <541.04>")


def a_picture() -> PictureFile:
    return PictureFile("图2", b"png", None, 150, 80, "支出")


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document_of(template: WordTemplate, *drawings: ChartFile | PictureFile) -> bytes:
    """A document of a template whose tags 图1, 图2, … take the drawings in turn."""
    drawn = {f"图{n}": drawing_markup(drawing, n) for n, drawing in enumerate(drawings, 1)}
    return assemble(template, template.render(drawn), drawings, PROPERTIES)


def captioned(template: WordTemplate) -> bytes:
    return assemble(template, template.render({"题": CAPTION}), [], PROPERTIES)


def body_of(package: bytes) -> str:
    return parts_of(package)["word/document.xml"].decode().partition("<w:body>")[2]


def test_a_chart_stands_in_the_package_with_its_workbook_and_its_words(make: Make) -> None:
    parts = parts_of(document_of(make(paragraph("{{ 图1 }}")), a_chart()))

    assert parts["word/charts/chart1.xml"] == a_chart().xml
    assert parts["word/embeddings/Microsoft_Excel_Sheet1.xlsx"] == a_chart().workbook
    xml = parts["word/document.xml"].decode()
    assert 'r:id="rIdPic1"' in xml
    assert 'name="图1" descr="收入 &lt;541.04&gt;"' in xml
    assert '<wp:extent cx="5400000" cy="2880000"/>' in xml
    assert (
        f'<Relationship Id="rIdPic1" Type="{OFFICE}/chart" Target="charts/chart1.xml"/>'
        in parts["word/_rels/document.xml.rels"].decode()
    )
    assert (
        f'<Relationship Id="rId1" Type="{OFFICE}/package"'
        ' Target="../embeddings/Microsoft_Excel_Sheet1.xlsx"/>'
        in parts["word/charts/_rels/chart1.xml.rels"].decode()
    )
    types = parts["[Content_Types].xml"].decode()
    assert f'"/word/charts/chart1.xml" ContentType="{TYPE}.drawingml.chart+xml"' in types
    assert f'Sheet1.xlsx" ContentType="{TYPE}.spreadsheetml.sheet"' in types


def test_charts_and_pictures_stand_side_by_side(make: Make) -> None:
    template = make("".join(paragraph(f"{{{{ 图{n} }}}}") for n in (1, 2, 3)))

    parts = parts_of(document_of(template, a_chart("图1"), a_picture(), a_chart("图3")))

    assert parts["word/charts/chart2.xml"] == a_chart("图3").xml
    assert parts["word/media/picture2.png"] == a_picture().png
    relations = parts["word/_rels/document.xml.rels"].decode()
    assert re.findall(r'Id="(rIdPic\d)"[^>]*Target="([^"]*)"', relations) == [
        ("rIdPic1", "charts/chart1.xml"),
        ("rIdPic2", "media/picture2.png"),
        ("rIdPic3", "charts/chart2.xml"),
    ]
    assert re.findall(r'<wp:docPr id="(\d)"', parts["word/document.xml"].decode()) == list("123")


def test_a_chart_of_the_template_stays(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "own.docx", paragraph("{{ 图1 }}"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/charts/chart1.xml", "<own/>")

    parts = parts_of(document_of(WordTemplate.load(path, None), a_chart()))

    assert parts["word/charts/chart1.xml"] == b"<own/>"
    assert parts["word/charts/chart2.xml"] == a_chart().xml


def test_without_charts_the_content_types_are_the_template_s(make: Make) -> None:
    parts = parts_of(document_of(make(paragraph("{{ 图1 }}")), a_picture()))

    assert b"chart" not in parts["[Content_Types].xml"]


def test_the_number_of_a_caption_is_a_field_that_word_can_refer_to(make: Make) -> None:
    body = body_of(captioned(make(paragraph("{{ 题 }}"))))

    anchor = caption_anchor(CAPTION.key)
    (number,) = re.findall(f'<w:bookmarkStart w:id="(\\d+)" w:name="{anchor}"/>', body)
    inside = body.partition(f'w:name="{anchor}"/>')[2].partition(f'End w:id="{number}"')[0]
    assert re.findall(r'fldCharType="(\w+)"|<w:t[^>]*>([^<]+)|> (SEQ [^<]+) <', inside) == [
        ("", "图", ""),
        ("begin", "", ""),
        ("", "", r"SEQ 图 \* ARABIC"),
        ("separate", "", ""),
        ("", "2", ""),
        ("end", "", ""),
    ]
    assert bookmark_name(CAPTION.key) in body


@pytest.mark.parametrize("written", ["{{ 题 }}", "见{{ 题 }}。"])
def test_a_caption_is_read_back_word_for_word(make: Make, written: str) -> None:
    package = captioned(make(paragraph(written)))

    (read,) = docx.Document(io.BytesIO(package)).paragraphs
    assert read.text == written.replace("{{ 题 }}", "图2：收入决算“结构”")


def test_a_caption_keeps_the_looks_of_its_tag(make: Make) -> None:
    look = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:b/></w:rPr>'
    template = make(f"<w:p><w:r><w:br/></w:r><w:r>{look}<w:t>{{{{ 题 }}}}</w:t></w:r></w:p>")

    body = body_of(captioned(template))

    assert body.count("<w:br/>") == 1
    assert body.count("<w:r>") == body.count(look) + 1 == 8


def test_a_document_with_captions_is_valid(make: Make, tmp_path: Path) -> None:
    template = make(paragraph("{{ 题 }}", "2") + paragraph("{{ 题 }}"))
    (tmp_path / "out.docx").write_bytes(captioned(template))

    errors = OpenXmlValidator().validate(tmp_path / "out.docx").errors

    assert [error.description for error in errors] == []
