"""Word templates: what a tag prints, what is worked into the document, and what faults say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import small_templates
from lxml import etree
from small_templates import Make, paragraph, table, write_docx

from disclosure.model.place import DisclosureError
from disclosure.model.table import Cell
from disclosure.model.text import Paragraph, Text
from disclosure.render import engine
from disclosure.render.engine import RawXml, WordTemplate, bookmark_name, heading_anchor

ROWS = "{%tr for 行 in 行们 %}", "{%tr endfor %}"


def texts(xml: str) -> list[str]:
    """The words of each `w:t`, read as Word would: the XML must be well-formed."""
    root = etree.fromstring(f'<b xmlns:w="w">{xml}</b>')
    return [text.text or "" for text in root.iter("{w}t")]


def faults_of(make: Make, body: str, **values: object) -> list[str]:
    with pytest.raises(DisclosureError) as raised:
        make(body).render(values)
    return [str(problem) for problem in raised.value.problems]


def test_typed_text_arrives_as_typed(make: Make) -> None:
    typed = "A&B，5<10 且 10>5，{{ x }}、{% if %}、“引号”、\"、'、😀、 两  空格 "

    rendered = make(paragraph("{{ 名称 }}")).render({"名称": typed})

    assert texts(rendered.body) == [typed]
    assert 'xml:space="preserve"' in rendered.body


def test_a_line_break_and_a_tab_become_those_of_word(make: Make) -> None:
    rendered = make(paragraph("{{ 名称 }}")).render({"名称": "甲\r\n乙\n丙\t丁"})

    assert texts(rendered.body) == ["甲", "乙", "丙", "丁"]
    assert rendered.body.count("<w:br/>") == 2
    assert rendered.body.count("<w:tab/>") == 1


def test_characters_that_xml_cannot_hold_are_dropped(make: Make) -> None:
    typed = "甲\x00\x0b\x1f\ud800\ufffe\ufdd0乙"

    assert texts(make(paragraph("{{ 名称 }}")).render({"名称": typed}).body) == ["甲乙"]


@pytest.mark.parametrize(
    "value", ["甲<乙", Text("甲<乙"), Paragraph("键", Text("甲<乙")), Cell("甲<乙")]
)
def test_every_kind_of_words_is_printed_and_escaped(make: Make, value: object) -> None:
    assert texts(make(paragraph("前{{ x }}后")).render({"x": value}).body) == ["前甲<乙后"]


def test_a_number_prints_and_a_constant_with_a_special_sign_prints_once_escaped(make: Make) -> None:
    body = paragraph('{{ 年度 }}{{ "A&amp;B" }}')

    assert texts(make(body).render({"年度": 2023}).body) == ["2023A&B"]


@pytest.mark.parametrize(
    ("value", "said"), [(None, "没有值"), (1.5, "不是文字"), (True, "不是文字"), ([], "不是文字")]
)
def test_what_is_not_words_is_never_printed(make: Make, value: object, said: str) -> None:
    (fault,) = faults_of(make, paragraph("合计{{ 金额 }}万元"), 金额=value)

    assert said in fault
    assert "{{ 金额 }}" in fault


def test_a_tag_split_by_formatting_is_one_tag(make: Make) -> None:
    split = "{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ 名</w:t></w:r><w:r><w:t>称 }}"

    assert "".join(texts(make(paragraph(split)).render({"名称": "甲"}).body)) == "甲"


def test_rows_repeat_and_merge_downwards(make: Make) -> None:
    body = table(
        ("类别", "数"), (ROWS[0],), ("{%vmerge 行.合并 %}{{ 行.类 }}", "{{ 行['数'] }}"), (ROWS[1],)
    )
    rows = [
        {"合并": "始", "类": Cell("成本"), "数": Cell("1")},
        {"合并": "续", "类": "", "数": Cell("2")},
        {"合并": "", "类": "产出", "数": "3"},
    ]

    xml = make(body).render({"行们": rows}).body

    assert texts(xml) == ["类别", "数", "成本", "1", "", "2", "产出", "3"]
    first_cells = re.findall(r"<w:tr><w:tc><w:tcPr>(.*?)</w:tcPr>", xml)
    width, align = '<w:tcW w:w="2000" w:type="dxa"/>', '<w:vAlign w:val="center"/>'
    assert first_cells[1:] == [
        f'{width}<w:vMerge w:val="restart"/>{align}',
        f"{width}<w:vMerge/>{align}",
        f"{width}{align}",
    ]


def test_a_key_of_a_row_comes_before_a_method_of_dict(make: Make) -> None:
    assert texts(make(paragraph("x{{ 行.items }}")).render({"行": {"items": "甲"}}).body) == ["x甲"]


def test_a_span_over_columns_stands_where_the_schema_wants_it(make: Make) -> None:
    xml = make(table(("{% colspan n %}{{ 题 }}",))).render({"n": 2, "题": "合计"}).body

    assert '<w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="2"/><w:vAlign' in xml


def test_a_cell_whose_paragraphs_are_all_left_out_keeps_one(make: Make) -> None:
    between = "</w:t></w:r></w:p><w:p><w:r><w:t>"
    conditional = between.join(["{%p if 有 %}", "甲", "{%p endif %}"])

    body = table((conditional,))
    bare = re.sub("<w:tcPr>.*</w:tcPr>", "", body)

    for cell in (body, bare):
        assert "</w:tcPr><w:p/></w:tc>" in make(cell).render({"有": False}).body


def test_a_paragraph_with_a_key_is_bookmarked(make: Make) -> None:
    loop = paragraph("{%p for 段 in 段落 %}") + paragraph("{{ 段 }}") + paragraph("{%p endfor %}")
    paragraphs = [Paragraph("九/公务接待费", Text("甲")), Paragraph("", Text("无键"))]

    xml = make(loop).render({"段落": paragraphs}).body

    (name,) = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"/><w:r>', xml)
    assert name == bookmark_name("九/公务接待费")
    assert re.fullmatch(r"d_[0-9a-f]{16}", name)
    assert re.search(r'</w:r><w:bookmarkEnd w:id="\d+"/></w:p>', xml)


def test_a_tag_among_other_words_is_not_bookmarked(make: Make) -> None:
    xml = make(paragraph("一、{{ 段 }}")).render({"段": Paragraph("键", Text("甲"))}).body

    assert "bookmark" not in xml


@pytest.mark.parametrize("style", ["2", "PartTitle"])
def test_a_heading_has_an_anchor_for_the_contents_page(make: Make, style: str) -> None:
    xml = (
        make(paragraph("{{ 题 }}", style)).render({"题": Paragraph("第一部分", Text("概况"))}).body
    )

    assert re.fullmatch(r"_Toc\d{9}", heading_anchor("第一部分"))
    names = re.findall(r'w:name="(\w+)"', xml)
    assert names == [heading_anchor("第一部分"), bookmark_name("第一部分")]


def test_a_block_tag_takes_ready_paragraphs_and_nothing_else(make: Make) -> None:
    body = paragraph("{{p 附件.正文 }}")
    ready = RawXml(paragraph("A&amp;B"))

    assert make(body).render({"附件": {"正文": ready}}).body == ready.xml
    (fault,) = faults_of(make, body, 附件={"正文": "只是字"})
    assert "不是可以插入的段落" in fault


def test_a_tag_in_alternative_text_prints_words_on_one_line(make: Make) -> None:
    body = table(("甲",)).replace("</w:tblPr>", '<w:tblCaption w:val="{{ 题 }}"/></w:tblPr>')

    xml = make(body).render({"题": 'A&B\n"乙"'}).body

    assert 'w:val="A&amp;B &quot;乙&quot;"' in xml
    (fault,) = faults_of(make, body)
    assert "标签“{{ 题 }}”里的“题”没有对应的内容" in fault


def test_headers_are_rendered_too(make: Make) -> None:
    rendered = make(paragraph("甲"), header=paragraph("{{ 单位 }}")).render({"单位": "A&B"})

    assert "A&amp;B" in rendered.others["word/header1.xml"].decode()


def test_the_last_section_is_kept_apart(make: Make) -> None:
    rendered = make(paragraph("甲")).render({})

    assert rendered.section == '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    assert "sectPr" not in rendered.body


def test_a_fragment_leaves_its_headers_behind_and_refuses_its_own_pictures(make: Make) -> None:
    header = '<w:headerReference w:type="default" r:id="rId2"/>'
    broken = f'<w:p><w:pPr><w:sectPr>{header}<w:pgSz w:w="1"/></w:sectPr></w:pPr></w:p>'
    link = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>'

    assert '<w:sectPr><w:pgSz w:w="1"/></w:sectPr>' in make(broken).fragment({}).xml
    with pytest.raises(DisclosureError, match="不能拼入"):
        make(link, name="b.docx").fragment({})


def test_the_styles_of_a_fragment_take_the_ids_they_have_in_its_document(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = make("", name="b.docx")
    saved_by_another = small_templates.STYLES.replace('"2"', '"a5"').replace('"PartTitle"', '"2"')
    monkeypatch.setattr(small_templates, "STYLES", saved_by_another)
    body = make(paragraph("甲", "a5") + paragraph("乙", "2")).fragment({}, into).xml

    assert re.findall(r'<w:pStyle w:val="(\w+)"/>', body) == ["2", "PartTitle"]


def test_editing_traces_and_unused_bookmarks_of_the_template_are_left_out(make: Make) -> None:
    traced = (
        '<w:p w:rsidR="00A1"><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        '<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00B2"><w:t>甲</w:t></w:r></w:p>'
    )

    assert make(traced).render({}).body == paragraph("甲")


# What is wrong, and where


def test_an_unknown_name_in_a_table_cell_is_told_with_its_cell_and_the_nearest_name(
    make: Make,
) -> None:
    body = table(("甲",)) + table(
        ("题", "数"), (ROWS[0],), ("{{ 行.科目 }}", "{{ 行.决算书 }}"), (ROWS[1],)
    )

    (fault,) = faults_of(make, body, 行们=[{"科目": "甲", "决算数": "1"}])

    assert "a.docx（正文第2张表第3行第2格）" in fault
    assert "“{{ 行.决算书 }}”" in fault
    assert "最接近的是“决算数”" in fault


def test_an_unknown_name_in_a_paragraph_is_told_with_the_words_around_it(make: Make) -> None:
    (fault,) = faults_of(make, paragraph("本单位{{ 单位名 }}收入"), 单位名称="甲", 年度=2023)

    assert "正文“本单位{{ 单位名 }}收入”一段" in fault
    assert "最接近的是“单位名称”" in fault


def test_an_unknown_name_in_a_header_is_told_as_standing_there(make: Make) -> None:
    with pytest.raises(DisclosureError, match=r"页眉“\{\{ 单位 \}\}”一段"):
        make(paragraph("甲"), header=paragraph("{{ 单位 }}")).render({})


def test_the_second_of_two_equal_tags_is_told_with_its_own_place(make: Make) -> None:
    body = paragraph("{% if 有 %}{{ 数 }}{% endif %}") + paragraph("后面的{{ 数 }}")

    (fault,) = faults_of(make, body, 有=False)

    assert "正文“后面的{{ 数 }}”一段" in fault


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (paragraph("{%p for 段 in 段落 %}") + paragraph("甲"), "“{%p for 段 in 段落 %}”没有结束"),
        (paragraph("甲") + paragraph("{%p endif %}"), "前面没有与它配对的开始标签"),
        (paragraph("{% if 有 %}甲{% endfor %}{% endif %}"), "前面没有与它配对的开始标签"),
        (paragraph("{%p fro 段 in 段落 %}"), "最接近的是“for”"),
        (paragraph("｛｛ 单位名称 ｝｝"), "全角括号"),
        (paragraph("｛% if 有 %}甲"), "全角括号"),
        (paragraph("{{ 单位名称 }"), "没有写完整：“{{ 单位名称 }”"),
        (paragraph("{{ 单位") + paragraph("名称 }}"), "没有写完整"),
        (paragraph("甲{%p if 有 %}") + paragraph("{%p endif %}"), "还有别的内容"),
        (paragraph("{%tr for 行 in 行们 %}"), "只能写在表格里"),
        (paragraph("{%vmerge 合并 %}"), "只能写在表格的单元格里"),
        (table((ROWS[0], "题"), (ROWS[1],)), "整行都会去掉"),
        (paragraph("甲{% if 有 %}") + paragraph("{% endif %}乙"), "不在同一层"),
        (paragraph("{%p if 有 %}") + table(("{%p endif %}",)), "不在同一层"),
        (paragraph("{{ 合计（1） }}"), "把全角的“（”改成半角"),
        (paragraph("{{ 合计 + }}"), "写法不对"),
        (paragraph("{{ 合计|四舍五入 }}"), "写法不对"),
        (paragraph("{{ 甲 ~ 乙 }}"), "写法不对"),
    ],
)
def test_a_fault_of_the_template_is_told_with_its_place(make: Make, body: str, said: str) -> None:
    fault = faults_of(make, body, 有=True, 段落=[], 行们=[])[0]

    assert said in fault
    assert "a.docx（正文" in fault


def ending_a_section(tag: str) -> str:
    return f"<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{tag}</w:t></w:r></w:p>"


def test_a_section_break_at_a_tag_stays_outside_of_its_block(make: Make) -> None:
    begin, end = ending_a_section("{%p if 有 %}"), ending_a_section("{%p endif %}")

    body = make(begin + paragraph("甲") + end).render({"有": False}).body

    assert body.count("<w:sectPr/>") == 2
    assert texts(body) == []


def test_a_section_break_between_two_branches_is_refused(make: Make) -> None:
    body = paragraph("{%p if 有 %}") + ending_a_section("{%p else %}") + paragraph("{%p endif %}")

    (fault,) = faults_of(make, body)

    assert "分节符" in fault


def test_all_unreadable_tags_are_told_at_once(make: Make) -> None:
    body = paragraph("{{ 甲 乙 }}") + paragraph("{{ 丙 }}") + table(("{{ 丁. }}",))

    first, second = faults_of(make, body)

    assert "{{ 甲 乙 }}" in first
    assert "第1张表第1行第1格" in second


def test_a_template_cannot_reach_code(make: Make) -> None:
    assert "不允许" in faults_of(make, paragraph("{{ 名称.__class__ }}"), 名称="甲")[0]


@pytest.mark.parametrize("content", [b"", b"PK\3\4 not a zip"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)

    with pytest.raises(DisclosureError, match="不是完好的 Word 文档"):
        WordTemplate.load(tmp_path / "a.docx", None)


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="模板读不出来"):
        WordTemplate.load(tmp_path / "a.docx", None)


def test_a_template_written_by_python_docx_is_understood(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("{{ 题 }}", 1)
    document.add_paragraph("{{ 段 }}", style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    values = {"题": Paragraph("一", Text("概况")), "段": Paragraph("二", Text("甲"))}

    xml = WordTemplate.load(tmp_path / "a.docx", None).render(values).body

    assert texts(xml) == ["概况", "甲"]
    assert heading_anchor("一") in xml
    assert heading_anchor("二") not in xml


# The cache


def test_a_prepared_template_needs_neither_docxtpl_nor_lxml(tmp_path: Path) -> None:
    write_docx(tmp_path / "a.docx", paragraph("{{ 名称 }}"))
    program = (
        "import sys; from pathlib import Path; from disclosure.render.engine import WordTemplate\n"
        "from disclosure.render import package\n"
        "template = WordTemplate.load(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "assert '甲' in template.render({'名称': '甲'}).body\n"
        "print([name for name in ('docxtpl', 'docx', 'lxml', 'zipfile') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.docx"), str(tmp_path / "cache")]
    root = Path(engine.__file__).parents[2]

    first, second = (
        subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )

    assert "docxtpl" in first
    assert second == "[]\n"


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("{{ 名称 }}"))
    WordTemplate.load(path, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1])
    engine._prepared.clear()

    template = WordTemplate.load(path, tmp_path / "cache")

    assert texts(template.render({"名称": "甲"}).body) == ["甲"]
    assert len(kept.read_bytes()) >= len(whole) - 1
    assert engine._read(kept) is not None


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", paragraph("{{ 名称 }}"))
    (tmp_path / "file").touch()
    engine._prepared.clear()

    template = WordTemplate.load(path, tmp_path / "file" / "cache")

    assert texts(template.render({"名称": "甲"}).body) == ["甲"]


def test_a_changed_template_is_prepared_anew(make: Make) -> None:
    assert texts(make(paragraph("{{ 名称 }}")).render({"名称": "甲"}).body) == ["甲"]
    assert texts(make(paragraph("单位{{ 名称 }}")).render({"名称": "甲"}).body) == ["单位甲"]


def test_a_prepared_template_renders_a_long_table_without_a_tree(make: Make) -> None:
    columns = "甲乙丙丁戊己庚辛"
    body = table((ROWS[0],), tuple(f"{{{{ 行.{name} }}}}" for name in columns), (ROWS[1],))
    rows = [{name: Cell(f"{number}.{name}") for name in columns} for number in range(360)]

    assert len(texts(make(body).render({"行们": rows}).body)) == 360 * 8


def test_a_merge_written_out_in_the_template_is_xml_and_not_words(make: Make) -> None:
    template = make(table(("{%vmerge '续' %}甲",)))

    body = template.render({}).body

    assert "<w:vMerge/>" in body
    assert "&lt;w:vMerge" not in body
