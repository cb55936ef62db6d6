"""template check: every fault of a template at once, with its place; template tags: what there is."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from docx import Document as open_docx
from small_templates import SECTION, paragraph, table, write_docx

from disclosure import cli, templates
from disclosure.model.figure import Figure
from disclosure.model.place import Level, Location
from disclosure.model.table import Cell
from disclosure.model.text import Paragraph, Text, UnknownName
from disclosure.render.engine import RawXml, heading_anchor
from disclosure.render.offered import Group, names_at_hand, shape_of
from disclosure.render.template_check import (
    OVERALL,
    PROJECT,
    REPORT,
    TemplateFault,
    TemplateValues,
    check_templates,
)

ROOT = Path(__file__).parents[2]
LANDSCAPE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
EXACT = '<w:spacing w:line="560" w:lineRule="exact"/>'
LOOP, ENDED = paragraph("{%p for 段 in 段落['职责'] %}"), paragraph("{%p endfor %}")
ROWS = "{%tr for 行 in 表['支出表'].行 %}", "{%tr endfor %}"
PICTURE = RawXml("</w:t><w:drawing/><w:t>")
HEADING = "2"  # the style of that name in small_templates

Found = Callable[..., list[str]]


def asked_for(name: str) -> Figure:
    if name != "支出/合计":
        raise UnknownName(name, "支出/合计")
    return Figure(f"2023/{name}", None, "万元", "金额", Location("a.yaml", 1))


OFFERED = {
    "标题": {"职责": Paragraph("标题/职责", Text("一、主要职责"))},
    "段落": {"职责": [Paragraph("职责/1", Text("职责甲"))]},
    "表": {
        "支出表": {
            "编号": "公开01表",
            "合计": {"基本": Cell("3")},
            "行": [{"科目": Cell("甲"), "基本": Cell("3"), "是合计": False}],
        },
        "“三公”表": {"编号": "公开09表"},
    },
    "图": {"图一": {"图形": PICTURE}},
    "目录": [{"级": 1, "链接": RawXml("</w:t></w:r><w:hyperlink/><w:r><w:t>")}],
    "附件列表": [{"正文": RawXml("<w:p/>")}],
}
NAMES = {"单位名称": "某中心", "年度": 2023, "数": asked_for}


def values(**changes: object) -> TemplateValues:
    at_hand = names_at_hand(NAMES, lambda figure: "3.5")
    shape = shape_of({**at_hand, **OFFERED, **changes})
    assert isinstance(shape, Group)
    facts = {"某中心": "{{ 单位名称 }}", "2023年": "{{ 年度 }}年"}
    linked = frozenset([heading_anchor("标题/职责")])
    return TemplateValues({REPORT: shape}, frozenset(at_hand), linked, facts)


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """What is found in a report's template of this body: all at one level, as told to a clerk."""

    def faults(
        body: str,
        *,
        level: Level = Level.ERROR,
        offered: TemplateValues | None = None,
        attachment: str = "",
        attachment_section: str = SECTION,
        **parts: str,
    ) -> list[str]:
        write_docx(tmp_path / REPORT, body, **parts)
        for name in (OVERALL, PROJECT):
            write_docx(tmp_path / name, attachment, section=attachment_section)
        paths = {name: tmp_path / name for name in (REPORT, OVERALL, PROJECT)}
        told = check_templates(paths, offered or values())
        return [str(fault) for fault in told if fault.level is level]

    return faults


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{{ 单位名 }}", "“单位名”没有对应的内容。最接近的是“单位名称”"),
        ("{{ 表['支出总表'].编号 }}", "最接近的是“支出表”"),
        ("{{ 表['支出表'].编码 }}", "最接近的是“编号”"),
        ("{{ 表['支出表'].合计['项目'] }}", "可用的有：基本"),
        ("{{ 表['支出表'].行.基本 }}", "“基本”属于一列内容中的每一项"),
        ("{{ 段落['职责'] }}", "是一列内容，印不出来"),
        ("{{ 表['支出表'] }}", "是一组内容，印不出来。 处理办法：写明要哪一项：编号、合计、行"),
        ("{{ 附件列表[0].正文 }}", "独占一段，写成 {{p … }}"),
        ("{{p 单位名称 }}", "不是可以插入的段落或表格"),
        ("{{ 数('支出/总计') }}", "没有“支出/总计”这一项。最接近的是“支出/合计”"),
        ("{{ 数 }}", "没有写明要哪一项"),
        ("{% if 单位名 %}有{% endif %}", "最接近的是“单位名称”"),
        ("{{ 单位名称 if 单位性质 else '' }}", "“单位性质”没有对应的内容"),
        ("{{ 单位名称.first_name }}", "“first_name”没有对应的内容"),
    ],
)
def test_a_name_that_is_not_offered_is_told_with_what_is_meant(
    found: Found, tag: str, told: str
) -> None:
    (fault,) = found(paragraph(f"本单位{tag}。") if "p " not in tag else paragraph(tag))

    assert told in fault
    assert "正文“" in fault


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 单位名称 }}{{ 年度 }}{{ 表['支出表'].编号 }}{{ 表['支出表'].合计.基本 }}",
        "{{ 段落['职责'][0] }}{{ 段落['职责']|first }}{{ 段落['职责']|length }}",
        "{{ 没有|default('无') }}{% if 没有 is defined %}有{% endif %}",
        "{% for 行 in 表['支出表'].行 %}{{ loop.index }}{{ 行.科目 }}{% endfor %}",
        "{% if 表['支出表'].合计.基本 and not 年度 == 2022 %}有{% endif %}",
        "{% set 甲 = 表['支出表'] %}{{ 甲.编号 }}",
        "{% with 甲 = 表['支出表'] %}{{ 甲.编号 }}{% endwith %}",
        "{{ 数('支出/合计') }}",
        "{{ 表['“三公”表'].编号 }}{{ 表[‘“三公”表’].编号 }}{{ 表[“支出表”].编号 }}",
    ],
)
def test_every_way_to_name_what_is_offered_is_understood(found: Found, tag: str) -> None:
    assert found(paragraph(f"甲{tag}")) == []


def test_a_loop_knows_what_it_loops_over_and_only_inside(found: Found) -> None:
    rows = table((ROWS[0],), ("{{ 行.科目 }}", "{{ 行.基本数 }}"), (ROWS[1],))

    inside, outside = found(rows + paragraph("又{{ 行.科目 }}"))

    assert "第1张表第2行第2格" in inside and "最接近的是“基本”" in inside
    assert "“行”没有对应的内容" in outside


def test_a_column_of_an_empty_list_is_not_guessed_at(found: Found) -> None:
    nothing = values(段落={"职责": []})

    assert found(LOOP + paragraph("{{ 段.任意 }}") + ENDED, offered=nothing) == []


def test_a_name_that_only_some_attachments_have_is_told(found: Found) -> None:
    some = values(项=[{"甲": "1", "乙": "2"}, {"甲": "1"}])
    body = paragraph("{% for 件 in 项 %}{{ 件.甲 }}{{ 件.乙 }}{% endfor %}")

    (fault,) = found(body, offered=some)

    assert "“乙”不是每一处都有" in fault


def test_a_merge_tag_takes_only_its_three_words(found: Found) -> None:
    fault, _ = found(
        table(("{%vmerge 单位名称 %}甲", "{%vmerge '始' %}乙")) + paragraph("{{ 丢 }}")
    )

    assert "只能是“始”“续”或空" in fault


# ---------------------------------------------------------------- tags


def test_all_faults_of_a_template_are_told_at_once(found: Found) -> None:
    body = (
        paragraph("{%p for 段 in 段落['职责'] %}")
        + paragraph("{{ 段 }}")
        + paragraph("｛｛ 单位名 ｝｝")
        + paragraph("收入{{ 年度 }万元")
        + paragraph("{{ 年度 + }}")
        + table(("{%tr if 年度 %}", "题"), ("{{ 年 }}",), ("{%tr endif %}",))
    )

    told = found(body, header=paragraph("{{ 封面 }}"))

    wanted = [
        "全角括号：“｛｛ 单位名 ｝｝”",
        "没有写完整：“收入{{ 年度 }万元”",
        "“{%tr if 年度 %}”所在的整行都会去掉",
        "“{%p for 段 in 段落['职责'] %}”没有结束",
        "“{{ 年度 + }}”的写法不对",
        "“单位名”没有对应的内容。最接近的是“单位名称”",
        "第1张表第2行第1格）：标签“{{ 年 }}”里的“年”没有对应的内容。最接近的是“年度”",
        "页眉“{{ 封面 }}”一段",
    ]
    assert len(told) == len(wanted)
    assert all(any(want in fault for fault in told) for want in wanted)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (paragraph("｛% if 年度 %｝甲｛% endif %｝"), "全角括号"),
        (paragraph("{%p if 年度 }") + paragraph("甲") + paragraph("{%p endif %}"), "没有写完整"),
        (paragraph("{%p if 年度 %}甲") + paragraph("{%p endif %}"), "里面还有别的内容"),
        (paragraph("{%tr if 年度 %}") + paragraph("{%p endif %}"), "只能写在表格里"),
        (paragraph("{{ 年度 }} }}"), "没有写完整"),
        (paragraph("{%p endif %}"), "没有与它配对的开始标签"),
        (paragraph("{% if 年度 %}{{ 年度 }}"), "没有结束"),
    ],
)
def test_one_slip_is_told_once(found: Found, body: str, told: str) -> None:
    (fault,) = found(body)

    assert told in fault


def test_the_words_around_a_tag_in_a_cell_are_told(found: Found) -> None:
    (fault,) = found(table(("题",), ("金额{{ 金额 }}万元",)))

    assert "第1张表第2行第1格“金额{{ 金额 }}万元”" in fault


def test_a_tag_split_by_formatting_is_accepted(found: Found) -> None:
    split = "{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ 年</w:t></w:r><w:r><w:t>度 }}"

    assert found(paragraph(split)) == []


@pytest.mark.parametrize(
    "between",
    [
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>',
        '</w:t></w:r><w:hyperlink w:anchor="a"><w:r><w:t>度</w:t></w:r></w:hyperlink><w:r><w:t>',
        '</w:t></w:r><w:ins w:id="1" w:author="甲"><w:r><w:t>度</w:t></w:r></w:ins><w:r><w:t>',
    ],
)
def test_a_tag_split_by_what_cannot_be_joined_is_told(found: Found, between: str) -> None:
    told = found(paragraph(f"{{{{ 年度{between} }}}}"))

    assert "合不起来" in told[0]
    assert "年度" in told[0]


def test_a_tag_where_nothing_is_filled_is_told(found: Found, tmp_path: Path) -> None:
    found(paragraph("甲"))
    with zipfile.ZipFile(tmp_path / REPORT, "a") as archive:
        archive.writestr("word/comments.xml", "<c><t>请看{{ 年</t><t>度 }}</t></c>")
    paths = {name: tmp_path / name for name in (REPORT, OVERALL, PROJECT)}

    (fault,) = [f for f in check_templates(paths, values()) if f.level is Level.ERROR]

    assert "批注“{{ 年度 }}”" in str(fault)
    assert "不会被填写" in str(fault)


# ---------------------------------------------------------------- looks


def test_a_style_that_is_not_there_is_told_once_with_its_first_place(found: Found) -> None:
    (fault,) = found(paragraph("甲", "9") + paragraph("乙", "9"))

    assert "正文“甲”一段" in fault
    assert "样式“9”" in fault


def test_a_style_of_an_attachment_must_be_in_the_report_under_the_same_name(
    found: Found, tmp_path: Path
) -> None:
    found("", attachment=paragraph("甲", HEADING))
    restyled(tmp_path / OVERALL, 'w:val="heading 1"', 'w:val="自评标题"')
    restyled(tmp_path / PROJECT, 'w:styleId="2"', 'w:styleId="7"', body=True)
    paths = {name: tmp_path / name for name in (REPORT, OVERALL, PROJECT)}

    (fault,) = [f for f in check_templates(paths, values()) if f.level is Level.ERROR]

    assert OVERALL in str(fault)
    assert "样式“自评标题”在报告的模板（report.docx）里没有" in str(fault)


def restyled(path: Path, old: str, new: str, *, body: bool = False) -> None:
    """The file as Word might save it: another name, or another id, for a style."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert old in parts["word/styles.xml"]
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(old, new)
    if body:
        old_id, new_id = (re.sub(r'.*="(.*)"', r"\1", text) for text in (old, new))
        used = f'Style w:val="{old_id}"'
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            used, f'Style w:val="{new_id}"'
        )
        parts["word/styles.xml"] = parts["word/styles.xml"].replace(
            f'basedOn w:val="{old_id}"', f'basedOn w:val="{new_id}"'
        )
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


@pytest.mark.parametrize(("own", "style"), [(EXACT, ""), ('<w:pStyle w:val="Tight"/>', "Tight")])
def test_a_picture_in_lines_of_exact_height_is_told(
    found: Found, tmp_path: Path, own: str, style: str
) -> None:
    body = f"<w:p><w:pPr>{own}</w:pPr><w:r><w:t>{{{{ 图['图一'].图形 }}}}</w:t></w:r></w:p>"
    found(body)
    tight = f'<w:style w:type="paragraph" w:styleId="Tight"><w:name w:val="紧"/><w:pPr>{EXACT}'
    restyled(tmp_path / REPORT, "</w:styles>", f"{tight}</w:pPr></w:style></w:styles>")
    paths = {name: tmp_path / name for name in (REPORT, OVERALL, PROJECT)}

    (fault,) = [f for f in check_templates(paths, values()) if f.level is Level.ERROR]

    assert "行距是固定值" in str(fault)
    assert "图['图一'].图形" in str(fault)


def test_words_in_lines_of_exact_height_are_fine(found: Found) -> None:
    tight = f"<w:p><w:pPr>{EXACT}</w:pPr><w:r><w:t>{{{{ 单位名称 }}}}</w:t></w:r></w:p>"

    assert found(tight) == []


@pytest.mark.parametrize("typed", ["一、主要职责", "主要职责", "（二）主要职责 "])
def test_a_heading_typed_as_words_is_told_with_its_tag(found: Found, typed: str) -> None:
    (fault,) = found(paragraph(typed, HEADING))

    assert "是打上去的字" in fault
    assert "{{ 标题['职责'] }}" in fault


def test_the_same_words_inside_a_sentence_or_a_table_are_fine(found: Found) -> None:
    assert found(paragraph("本单位的主要职责如下：") + table(("主要职责",))) == []


def a_section(properties: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


def test_text_on_a_landscape_page_behind_its_table_is_told(found: Found) -> None:
    text = LOOP + paragraph("{{ 段 }}") + ENDED
    upright = found(table(("甲",)) + a_section(LANDSCAPE) + text)
    lying = found(table(("甲",)) + text, section=LANDSCAPE)

    assert upright == []
    (fault,) = lying
    assert "横向的页面没有在表格后面结束" in fault
    assert "“{%p for 段 in 段落['职责'] %}”一段" in fault


def test_a_table_wider_than_its_page_is_told(found: Found) -> None:
    wide = table(tuple("甲乙丙丁戊己庚"))  # seven columns of 2000 on a page of 11906

    (fault,) = found(wide)

    assert "表格比页面的版心宽" in fault
    assert found(wide + a_section(LANDSCAPE)) == []


def test_an_attachment_that_ends_lying_is_told(found: Found) -> None:
    overall, project = found("", attachment=table(("甲",)), attachment_section=LANDSCAPE)

    assert OVERALL in overall and PROJECT in project
    assert "最后一节是横向的" in overall


def test_what_an_attachment_cannot_take_along_is_told(found: Found) -> None:
    numbered = '<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:p>'
    linked = '<w:p><w:hyperlink r:id="rId9"><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p>'

    told = found(numbered + linked, attachment=numbered + linked)

    assert [fault.partition("：")[0].split("/")[-1].split("（")[0] for fault in told] == [
        OVERALL,
        OVERALL,
        PROJECT,
        PROJECT,
    ]
    assert "自动编号" in told[0] and "超链接" in told[1]


def test_a_field_that_has_lost_its_end_is_told(found: Found) -> None:
    begun = '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>'

    (fault,) = found(paragraph("甲"), header=paragraph(f"第{begun}页"))

    assert "页眉“第页”一段" in fault and "没有结尾" in fault


def test_changes_that_nobody_has_accepted_are_told(found: Found) -> None:
    struck = '<w:p><w:del w:id="1"><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>'

    (fault,) = found(struck)

    assert "1 处没有接受的修订" in fault


# ---------------------------------------------------------------- contents, and what is left out

CONTENTS = (
    paragraph("{%p for 条 in 目录 %}") + paragraph("{{ 条.链接 }}") + paragraph("{%p endfor %}")
)


def test_a_heading_in_the_contents_that_is_not_printed_is_told(found: Found) -> None:
    (fault,) = found(CONTENTS)

    assert "目录里有“一、主要职责”，正文里没有印" in fault


def test_a_heading_in_the_contents_that_lost_its_style_is_told(found: Found) -> None:
    (fault,) = found(CONTENTS + paragraph("{{ 标题['职责'] }}"))

    assert "不是标题" in fault
    assert found(CONTENTS + paragraph("{{ 标题['职责'] }}", HEADING)) == []


def test_what_the_data_offers_and_no_tag_prints_is_a_hint(found: Found) -> None:
    columns = table((ROWS[0],), ("{{ 行.科目 }}",), (ROWS[1],))
    body = LOOP + paragraph("{{ 段 }}") + ENDED + paragraph("{{ 表['支出表'].编号 }}") + columns

    hints = found(body, level=Level.HINT)

    assert found(body) == []
    offered = [re.search(r"数据里有“(.*?)”(?:（|，)", hint) for hint in hints]
    assert [hint[1] for hint in offered if hint] == [
        "标题['职责']",
        "表['支出表'].行[].基本",
        "表['“三公”表'].编号",
        "图['图一'].图形",
        "目录",
        "附件列表[].正文",
    ]


def test_a_template_without_values_this_year_says_that_its_names_were_not_checked(
    found: Found,
) -> None:
    hints = found("", level=Level.HINT)

    unchecked = [hint for hint in hints if "名称没有核对" in hint]
    assert [OVERALL in unchecked[0], PROJECT in unchecked[1]] == [True, True]


def test_the_year_and_the_unit_typed_as_words_are_hints(found: Found) -> None:
    year, unit, *_ = found(
        paragraph("2023年预算") + table(("某中心",)) + paragraph("{{ 年度 }}年"), level=Level.HINT
    )

    assert "“2023年”是打上去的字" in year and "{{ 年度 }}年" in year
    assert "第1张表第1行第1格“某中心”" in unit


# ---------------------------------------------------------------- whole packs


def test_the_shipped_templates_have_no_fault() -> None:
    checked = templates.checked(ROOT / "content", None, ROOT / "templates", None)

    assert checked.unread == ()
    assert checked.of(Level.ERROR) == []


def test_the_templates_of_a_new_pack_have_no_fault(cases: Path) -> None:
    checked = templates.checked(cases / "mini_unit", None, cases / "packs", None)

    assert checked.unread == ()
    assert checked.of(Level.ERROR) == []


@pytest.fixture
def broken_pack(tmp_path: Path) -> Path:
    """The shipped pack after an edit that went wrong in two of its templates."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for name, old, new in (
        (REPORT, "{{ 单位名称 }}", "{{ 单位名 }}"),
        (PROJECT, "{{ 行['得分'] }}", "｛｛ 行['得分'] ｝｝"),
    ):
        document = open_docx(str(tmp_path / "templates/hubei" / name))
        paragraphs = [*document.element.body.iter(f"{W}t")]
        (text,) = [t for t in paragraphs if t.text == old]
        text.text = new
        document.save(str(tmp_path / "templates/hubei" / name))
    return tmp_path / "templates"


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_faults_of_several_templates_are_told_together(broken_pack: Path) -> None:
    checked = templates.checked(ROOT / "content", None, broken_pack, None)

    told = [fault.problem.location.file for fault in checked.of(Level.ERROR) if located(fault)]
    assert told == [f"templates/hubei/{REPORT}", f"templates/hubei/{PROJECT}"]


def located(fault: TemplateFault) -> bool:
    return fault.problem.location is not None


def test_with_a_unit_that_cannot_be_read_tags_are_checked_and_names_are_not(
    broken_pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "unit").mkdir()

    checked = templates.checked(tmp_path / "unit", None, broken_pack, None)

    (fault,) = checked.of(Level.ERROR)
    assert "全角括号" in str(fault)
    assert checked.unread


def test_the_command_tells_faults_and_gives_their_exit_code(
    broken_pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = ["--unit", str(ROOT / "content")]
    code = cli.main(ROOT, ["template", "check", str(broken_pack / "hubei"), *unit, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert cli.main(ROOT, ["template", "check", *unit]) == cli.CLEAN

    assert code == told["exit"] == cli.FOUND
    faults = [fault for fault in told["faults"] if fault["level"] == Level.ERROR]
    assert faults[0]["place"] == "正文“{{ 单位名 }}”一段"


def test_tags_are_listed_with_what_they_print_now() -> None:
    listed = templates.tags(ROOT / "content", 2023, ROOT / "templates", None)
    value = {(tag.template, tag.tag): tag.value for tag in listed}

    assert value["三个模板", "{{ 年度 }}"] == "2023"
    assert value["报告", "{{ 标题['名词解释'] }}"].endswith("名词解释")
    assert value["报告", "{{ 表['收入决算表'].编号 }}"] == "公开02表"
    assert (
        value["三个模板", "{{ 数('支出/合计/本年支出合计') }}"]
        == value["三个模板", "{{ 本年支出合计 }}"]
    )
    assert ("项目自评", "{{ 自评['项目名称'] }}") in value
    groups = list(dict.fromkeys(tag.group for tag in listed))
    assert groups == ["单位和年度", "标题", "段落", "表", "图", "附件自评表", "数"]


def test_every_tag_listed_for_the_report_is_one_that_it_takes(tmp_path: Path) -> None:
    listed = templates.tags(ROOT / "content", 2023, ROOT / "templates", None)
    mine = {"报告", "三个模板"}
    tags = [tag.tag for tag in listed if tag.template in mine and tag.tag.startswith("{{ ")]
    alone = [tag for tag in tags if not re.match(r"\{\{ (行|条|附件)\.", tag)]
    body = "".join(paragraph(tag.replace("&", "&amp;")) for tag in alone)

    checked = names_checked(tmp_path, body)

    assert len(alone) > 100
    assert [str(fault) for fault in checked if "没有对应" in str(fault)] == []


def names_checked(folder: Path, body: str) -> Iterable[TemplateFault]:
    pack = folder / "templates/hubei"
    shutil.copytree(ROOT / "templates/hubei", pack)
    write_docx(pack / REPORT, body)
    checked = templates.checked(ROOT / "content", 2023, folder / "templates", None)
    assert checked.unread == ()
    return checked.of(Level.ERROR)


def test_the_screen_shortens_long_lists_and_one_group_is_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cli.main(ROOT, ["template", "tags"])
    short = capsys.readouterr().out
    cli.main(ROOT, ["template", "tags", "--group", "数"])
    whole = capsys.readouterr().out

    assert "用 --group 数 看全部" in short
    assert short.count("{{ 数('") < 10 < whole.count("{{ 数('")
