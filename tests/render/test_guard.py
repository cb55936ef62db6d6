"""The last look at a finished document: what must never be published, and what may."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document as open_docx
from small_templates import Make, paragraph

from disclosure.model.place import DisclosureError
from disclosure.model.table import Cell
from disclosure.model.text import Paragraph, Text
from disclosure.pipeline import Build, build
from disclosure.render import guard, printing
from disclosure.render.engine import RawXml
from disclosure.render.guard import Unfinished, refuse_unfinished, words_in
from disclosure.render.package import DocumentProperties, assemble

ROOT = Path(__file__).parents[2]
DOCUMENT = "word/document.xml"


def faults(*runs: str, typed: str = "", header: str = "") -> list[str]:
    """What is found in a document of one paragraph of these runs."""
    parts = {DOCUMENT: f"<w:body><w:p>{''.join(runs)}</w:p></w:body>".encode()}
    if header:
        parts["word/header1.xml"] = f"<w:hdr><w:p>{header}</w:p></w:hdr>".encode()
    try:
        refuse_unfinished(parts, lambda: typed)
    except Unfinished as unfinished:
        return [str(fault) for fault in unfinished.faults]
    return []


def text(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {words} </w:instrText></w:r>'


def start(number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def link(target: str) -> str:
    return f'<w:hyperlink w:anchor="{target}" w:history="1">{text("见")}</w:hyperlink>'


# ---------------------------------------------------------------- tags


@pytest.mark.parametrize("tag", ["{{ 单位名称 }}", "{%p endfor %}", "{# 甲 #}", "{{ 甲", "甲 %}"])
def test_a_tag_left_over_is_found_with_the_words_around_it(tag: str) -> None:
    (fault,) = faults(text("收入"), text(tag), text("万元"))

    assert "没有填写" in fault
    assert "收入" in fault


@pytest.mark.parametrize("typed", ["写作{{ 名称 }}的样子", "{{", "{{ A&B }}", "%} }}", "{{\n甲 }}"])
def test_braces_that_the_data_brought_in_are_nobodys_tag(typed: str) -> None:
    assert faults(text(f"前{printing.run_text(typed)}后"), typed=f"别的\n{typed}\n别的") == []


def test_a_tag_left_over_is_found_beside_typed_braces() -> None:
    (fault,) = faults(text("{{ 甲 }}"), text("{{ 乙 }}"), typed="{{ 甲 }}")

    assert "{{ 乙 }}" in fault


def test_words_are_gathered_only_where_there_are_braces() -> None:
    def never() -> str:
        raise AssertionError

    refuse_unfinished({DOCUMENT: b'<a uri="{96DA}"/>'}, never)


def test_all_words_of_the_values_are_known() -> None:
    values = {
        "段落": {"一": [Paragraph("键", Text("{{ 甲 }}"))]},
        "行": [{"格": Cell("{{ 乙 }}")}],
        "正文": RawXml("<w:p><w:r><w:t>{{ 丙&amp; }}</w:t></w:r></w:p>"),
        "数": len,
        "年度": 2023,
    }

    words = words_in(values)

    assert all(tag in words for tag in ("{{ 甲 }}", "{{ 乙 }}", "{{ 丙& }}", "2023"))


# ---------------------------------------------------------------- fields and bookmarks


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([field("begin"), code("PAGE"), field("separate"), text("1")], "域没有结束"),
        ([text("1"), field("end")], "没有开头"),
        ([text("1"), field("separate"), field("end")], "没有开头"),
        ([field("begin"), field("separate"), field("separate"), field("end")], "开始了两次"),
        ([start(1, "甲"), text("甲")], "书签没有结束"),
        ([text("甲"), end(1)], "书签的结尾没有开头"),
        ([start(1, "甲"), end(1), end(1)], "书签的结尾没有开头"),
        ([start(1, "甲"), end(1), start(1, "乙"), end(1)], "编号都是 1"),
        ([start(1, "甲"), end(1), start(2, "甲"), end(2)], "两个书签都叫 甲"),
        ([link("乙")], "不在文档里"),
        ([field("begin"), code(r"PAGEREF 乙 \h"), field("end")], "不在文档里"),
        ([field("begin"), code("REF &quot;乙&quot;"), field("end")], "不在文档里"),
        (['<w:fldSimple w:instr=" REF 乙 "/>'], "不在文档里"),
    ],
)
def test_what_is_opened_and_not_closed_is_found(runs: list[str], told: str) -> None:
    found = faults(*runs)

    assert told in found[0]


def test_fields_in_fields_and_bookmarks_across_each_other_are_in_order() -> None:
    nested = [
        *(field("begin"), code("TOC"), field("separate")),
        *(field("begin"), code("PAGEREF 甲 \\h"), field("separate"), text("3"), field("end")),
        field("end"),
    ]

    assert faults(*nested, start(1, "甲"), start(2, "乙"), end(1), end(2), link("乙")) == []


def test_a_header_may_refer_to_the_body_and_is_looked_at_too() -> None:
    referring = field("begin") + code("REF 甲") + field("end")

    assert faults(start(1, "甲"), end(1), header=referring) == []
    assert faults(text("乙"), header=referring) != []
    assert "域没有结束" in faults(text("乙"), header=field("begin"))[0]


# ---------------------------------------------------------------- in the build


def test_no_document_with_a_fault_is_put_together(make: Make) -> None:
    template = make(paragraph("{{ 正文 }}"))
    rendered = template.render({"正文": RawXml("</w:t></w:r>" + link("丢") + "<w:r><w:t>")})

    with pytest.raises(Unfinished, match="不在文档里"):
        assemble(template, rendered, [], DocumentProperties("题", "某中心", "2024-01-01"))


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path / "templates"


def test_a_heading_taken_out_of_the_template_is_told_as_its_fault(packs: Path, cache: Path) -> None:
    path = str(packs / "hubei/report.docx")
    document = open_docx(path)
    (heading,) = [p for p in document.paragraphs if p.text == "{{ 标题['政府采购'] }}"]
    heading._p.getparent().remove(heading._p)
    document.save(path)

    with pytest.raises(DisclosureError, match="政府采购支出说明”，正文里没有印"):
        build(ROOT / "content", 2023, packs, cache=cache)


def test_a_fault_of_our_own_keeps_its_traceback(
    packs: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_fields", lambda xml: iter([guard.Fault("域没有结束", "")]))

    with pytest.raises(Unfinished):
        build(ROOT / "content", 2023, packs, cache=cache, attachments_only=[1])


def test_looking_costs_less_than_five_milliseconds(report_2023: Build) -> None:
    (report,) = (p for p in report_2023.products if p.kind == "report")
    archive = zipfile.ZipFile(io.BytesIO(report.data))
    parts = {name: archive.read(name) for name in archive.namelist()}

    def seconds() -> float:
        begun = time.perf_counter()
        refuse_unfinished(parts, str)
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(20)) < 0.005
