"""What the generated Word templates hold, and that the engine can fill them."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import takewhile

import pytest
from jinja2 import nodes
from lxml import etree
from made_up import (
    OVERALL,
    PROJECT,
    REPORT,
    a_table,
    attachment_values,
    filled,
    filled_attachment,
    keys_of,
    loaded,
    report_values,
    shipped_layout,
)
from word_reading import (
    W,
    asked,
    audit_of,
    document_bytes,
    document_of,
    has_new_page,
    is_heading,
    jinja_tree,
    merge_of,
    sections,
    span_of,
    style_of,
    styled,
    text_of,
    xml_of,
)

from disclosure.model.place import DisclosureError
from disclosure.render.engine import RawXml
from disclosure.scaffold import word_templates
from disclosure.scaffold.grid import HeaderCell, columns_of, header_rows
from disclosure.scaffold.pages import LANDSCAPE, PORTRAIT
from disclosure.schema.pack import PackLayout

NAMES = (REPORT, OVERALL, PROJECT)


@pytest.fixture(scope="module")
def layout() -> PackLayout:
    return shipped_layout()


@pytest.fixture(scope="module")
def templates(layout: PackLayout) -> dict[str, bytes]:
    return word_templates(layout)


# ---------------------------------------------------------------- what is in them


def test_every_heading_and_every_table_of_the_pack_has_its_place(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    keys = keys_of(layout.parts)
    tables = [table.name for table in layout.tables]

    assert sorted(asked(templates[REPORT], "标题")) == sorted([*keys, *tables])
    assert sorted(asked(templates[REPORT], "段落")) == sorted(keys)
    assert set(asked(templates[REPORT], "表")) == set(tables)


@pytest.mark.parametrize(("name", "kind"), [(OVERALL, "overall"), (PROJECT, "project")])
def test_every_heading_of_an_attachment_has_its_place(
    layout: PackLayout, templates: dict[str, bytes], name: str, kind: str
) -> None:
    keys = keys_of(getattr(layout.attachments, kind))

    assert asked(templates[name], "标题") == keys
    assert asked(templates[name], "段落") == [*keys, "备注"]


def test_headings_come_in_the_order_of_the_pack(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    wanted = [f"标题 {key}" for key in keys_of(layout.parts)]
    at = wanted.index("标题 决算表") + 1
    wanted[at:at] = [f"标题 {table.name}" for table in layout.tables]

    document = document_of(filled(templates, layout))

    assert [text for style, text in styled(document) if is_heading(style)] == wanted


def test_a_table_has_a_cell_for_each_of_its_columns(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    document = document_of(filled(templates, layout))

    for table, xml in zip(layout.tables, document.iter(W + "tbl"), strict=True):
        printed = [text_of(cell) for cell in xml.iter(W + "tc")]
        for number in (1, 2):
            row = [f"{column.tag}-{number}" for column in columns_of(table)]
            assert row == [text for text in printed if text in row], table.name


def test_a_row_that_is_a_total_is_bold(layout: PackLayout, templates: dict[str, bytes]) -> None:
    table = next(document_of(filled(templates, layout)).iter(W + "tbl"))

    plain, total = ({style_of(p) for p in row.iter(W + "p")} for row in list(table)[-2:])

    assert "TableAmount" in plain and "TotalAmount" not in plain
    assert "TotalAmount" in total and "TableAmount" not in total


def test_the_totals_of_a_table_by_economic_class_stand_at_the_foot(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    document = document_of(filled(templates, layout))
    number = [table.layout for table in layout.tables].index("经济分类")

    last = list(list(document.iter(W + "tbl"))[number])[-1]

    assert [(text_of(cell), span_of(cell)) for cell in last.iter(W + "tc")] == [
        ("人员经费合计", 2),
        ("合计 人员经费合计", 1),
        ("公用经费合计", 5),
        ("合计 公用经费合计", 1),
    ]


def test_a_chart_follows_the_words_of_its_section(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    paragraphs = list(styled(document_of(filled(templates, layout))))

    for chart in layout.charts:
        at = paragraphs.index(("ChartCaption", f"图 {chart.key}"))
        assert paragraphs[at - 1] == ("BodyParagraph", f"又一段 {chart.section}")
        assert paragraphs[at + 1][0] == "ChartPicture"


def test_a_chart_for_a_section_that_is_not_there_is_refused(layout: PackLayout) -> None:
    lost = layout.charts[0].model_copy(update={"section": "没有的节"})

    with pytest.raises(DisclosureError, match="没有的节"):
        word_templates(layout.model_copy(update={"charts": [lost]}))


# ---------------------------------------------------------------- pages


def test_a_wide_table_stands_on_a_landscape_page_and_nothing_else_does(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    for width, blocks in sections(document_of(templates[REPORT])):
        names = [
            block.find(f"{W}tblPr/{W}tblCaption") for block in blocks if block.tag == W + "tbl"
        ]
        inside = {name.get(W + "val") for name in names}
        wide = {table.name for table in layout.tables if table.landscape}
        assert inside <= wide if width == LANDSCAPE.width else not inside & wide


def test_no_section_is_empty(templates: dict[str, bytes]) -> None:
    for _, blocks in sections(document_of(templates[REPORT])):
        assert any(text_of(block).strip() for block in blocks)


def test_the_cover_has_no_page_number_and_the_body_begins_with_one(
    templates: dict[str, bytes],
) -> None:
    cover, contents, body, *rest = document_of(templates[REPORT]).iter(W + "sectPr")

    assert cover.find(W + "footerReference") is None
    assert contents.find(W + "pgNumType").get(W + "fmt") == "lowerRoman"
    assert body.find(W + "pgNumType").get(W + "start") == "1"
    assert all(section.find(W + "pgNumType") is None for section in rest)


def test_tables_on_successive_landscape_pages_share_their_section(layout: PackLayout) -> None:
    turned = [table.model_copy(update={"landscape": True}) for table in layout.tables]

    document = document_of(word_templates(layout.model_copy(update={"tables": turned}))[REPORT])

    wide = [blocks for width, blocks in sections(document) if width == LANDSCAPE.width]
    assert len(wide) == 1
    breaks = [block for block in wide[0] if block.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert [has_new_page(block) for block in breaks] == [False] + [True] * (len(turned) - 1)
    assert style_of(breaks[0]) == "Heading1"


def test_a_two_sided_table_of_known_length_fits_its_page(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    table = next(document_of(templates[REPORT]).iter(W + "tbl"))
    height = int(next(table.iter(W + "trHeight")).get(W + "val"))
    rows = 3 + len(layout.top_classes) + 5  # header, 类, closing lines
    other_lines = 20 * (50 + 80 + 26)  # headings of part and table, two notes

    assert rows * height + other_lines <= PORTRAIT.text_height
    assert height >= 20 * 12.5


# ---------------------------------------------------------------- tables as Word reads them


@pytest.mark.parametrize("name", NAMES)
def test_every_row_covers_all_columns(templates: dict[str, bytes], name: str) -> None:
    for table in document_of(templates[name]).iter(W + "tbl"):
        widths = [int(column.get(W + "w")) for column in table.iter(W + "gridCol")]
        assert sum(widths) == int(table.find(f"{W}tblPr/{W}tblW").get(W + "w"))
        for row in table.iter(W + "tr"):
            assert sum(map(span_of, row.iter(W + "tc"))) == len(widths)
            assert sum(int(w.get(W + "w")) for w in row.iter(W + "tcW")) == sum(widths)


def test_a_table_is_as_wide_as_its_page(layout: PackLayout, templates: dict[str, bytes]) -> None:
    tables = document_of(templates[REPORT]).iter(W + "tbl")
    for table, xml in zip(layout.tables, tables, strict=True):
        page = LANDSCAPE if table.landscape else PORTRAIT
        assert xml.find(f"{W}tblPr/{W}tblW").get(W + "w") == str(page.text_width)


def test_header_rows_repeat_and_rows_stay_whole(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    tables = document_of(templates[REPORT]).iter(W + "tbl")
    for table, xml in zip(layout.tables, tables, strict=True):
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in xml.iter(W + "tr")]
        assert sum(takewhile(bool, repeated)) == sum(repeated) == len(table.header)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in xml.iter(W + "tr"))


def test_a_table_says_what_it_shows(layout: PackLayout, templates: dict[str, bytes]) -> None:
    captions = [c.get(W + "val") for c in document_of(templates[REPORT]).iter(W + "tblCaption")]
    described = [
        d.get(W + "val") for d in document_of(templates[REPORT]).iter(W + "tblDescription")
    ]

    assert captions == [table.name for table in layout.tables]
    assert described[1].startswith("公开02表 收入决算表。栏目：项目、本年收入合计、财政拨款收入")


# ---------------------------------------------------------------- header grids


def test_a_cell_merges_with_the_left_and_with_the_one_above() -> None:
    header = [
        ["项目", "<", "支出", "<"],
        ["科目代码", "科目名称", "^", "<"],
        ["栏次", "<", "1", "2"],
    ]

    rows = header_rows(a_table(表头=header))

    assert rows == [
        [HeaderCell("项目", 0, 2), HeaderCell("支出", 2, 2, "restart")],
        [
            HeaderCell("科目代码", 0, 1),
            HeaderCell("科目名称", 1, 1),
            HeaderCell("", 2, 2, "continue"),
        ],
        [HeaderCell("栏次", 0, 2), HeaderCell("1", 2, 1), HeaderCell("2", 3, 1)],
    ]


def test_the_header_of_three_public_has_its_two_halves(layout: PackLayout) -> None:
    (table,) = (table for table in layout.tables if table.layout == "单行")

    first, second, third, _ = header_rows(table)

    assert [(cell.text, cell.span) for cell in first] == [("预算数", 6), ("决算数", 6)]
    assert [cell.span for cell in second] == [1, 1, 3, 1] * 2
    assert [cell.merge for cell in third] == ["continue", "continue", "", "", "", "continue"] * 2


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ([["<", "科目名称", "基本", "项目"]], "左边没有格"),
        ([["科目代码", "科目名称", "^", "项目"]], "上面没有格"),
        ([["科目代码", "科目名称", "基本"]], "应有4格"),
        ([], "没有写表头"),
        ([["项目", "<", "支出", "<"], ["科目代码", "科目名称", "^", "项目"]], "不成长方形"),
    ],
)
def test_a_header_that_cannot_be_merged_is_refused(
    layout: PackLayout, header: list[list[str]], said: str
) -> None:
    changed = layout.model_copy(update={"tables": [a_table(表头=header)]})

    with pytest.raises(DisclosureError, match=said):
        word_templates(changed)


# ---------------------------------------------------------------- other packs


def test_another_order_of_tables_is_another_order_in_the_report(layout: PackLayout) -> None:
    turned = layout.model_copy(update={"tables": layout.tables[::-1]})

    document = document_of(filled(word_templates(turned), turned))

    captions = [caption.get(W + "val") for caption in document.iter(W + "tblCaption")]
    assert captions == [table.name for table in turned.tables]
    assert audit_of(filled(word_templates(turned), turned)) == []


def test_a_table_gets_a_column(layout: PackLayout) -> None:
    table = a_table(
        表头=[["科目代码", "科目名称", "基本", "项目", "经营"]],
        列={
            "基本": "支出/{代码}/基本支出",
            "项目": "支出/{代码}/项目支出",
            "经营": "支出/{代码}/经营支出",
        },
    )
    changed = layout.model_copy(update={"tables": [table]})

    (xml,) = document_of(filled(word_templates(changed), changed)).iter(W + "tbl")

    assert "经营-1" in text_of(xml) and "合计 经营" in text_of(xml)


def test_a_table_with_too_many_columns_still_fits_the_page(layout: PackLayout) -> None:
    names = [f"第{number}项支出" for number in range(1, 15)]
    table = a_table(表头=[["代码", "名称", *names]], 列=dict.fromkeys(names, "支出/合计"))
    changed = layout.model_copy(update={"tables": [table]})

    (xml,) = document_of(word_templates(changed)[REPORT]).iter(W + "tbl")

    assert xml.find(f"{W}tblPr/{W}tblW").get(W + "w") == str(PORTRAIT.text_width)
    assert all(int(column.get(W + "w")) > 300 for column in xml.iter(W + "gridCol"))


def test_a_pack_without_a_part_for_attachments_still_prints_them(layout: PackLayout) -> None:
    changed = layout.model_copy(update={"parts": layout.parts[:3]})
    body = RawXml("<w:p><w:r><w:t>附件正文</w:t></w:r></w:p>")

    document = document_of(filled(word_templates(changed), changed, body))

    assert [text for _, text in styled(document)][-1] == "附件正文"


# ---------------------------------------------------------------- the score tables


@pytest.mark.parametrize(
    ("name", "kind", "spans"),
    [
        (OVERALL, "overall", [[2, 5], [2, 2, 2, 1], [3, 1, 1, 1, 1], [3, 1, 1, 1, 1], [7]]),
        (PROJECT, "project", [[2, 5], [2, 3, 1, 1], [2, 5], [2, 5], [2, 5], [2] + [1] * 5]),
    ],
)
def test_a_score_table_has_the_cells_of_the_official_form(
    layout: PackLayout, templates: dict[str, bytes], name: str, kind: str, spans: list[list[int]]
) -> None:
    document = document_of(filled_attachment(templates, name, layout, kind))
    (table,) = document.iter(W + "tbl")
    found = [[span_of(cell) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")]

    assert found[: len(spans)] == spans
    assert found[-5:] == [[7], [7], [6, 1], [2, 5], [2, 5]]


def test_the_data_say_which_indicators_share_a_label(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    document = document_of(filled_attachment(templates, PROJECT, layout, "project"))
    (table,) = document.iter(W + "tbl")
    indicators = [row for row in table.iter(W + "tr") if "名称值" in [*map(text_of, row)]]

    merges = [[merge_of(cell) for cell in list(row.iter(W + "tc"))[1:3]] for row in indicators]

    assert merges == [["restart", "restart"], ["continue", "continue"], ["continue", ""]]


@pytest.mark.parametrize("name", [OVERALL, PROJECT])
def test_the_goal_is_one_label_beside_all_its_indicators(
    templates: dict[str, bytes], name: str
) -> None:
    (table,) = document_of(templates[name]).iter(W + "tbl")
    first_cells = [text_of(next(row.iter(W + "tc"))) for row in table.iter(W + "tr")]
    at = first_cells.index("{%vmerge '始' %}{{ 自评['目标行'] }}")

    assert first_cells[at + 2] == "{%vmerge '续' %}"


def test_the_goal_is_merged_in_the_filled_table(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    document = document_of(filled_attachment(templates, PROJECT, layout, "project"))
    (table,) = document.iter(W + "tbl")
    rows = {text_of(row): row for row in table.iter(W + "tr")}
    goal = next(row for text, row in rows.items() if text.startswith("目标行值"))

    following = [goal.getnext(), goal.getnext().getnext()]

    assert merge_of(next(goal.iter(W + "tc"))) == "restart"
    assert [merge_of(next(row.iter(W + "tc"))) for row in following] == ["continue"] * 2


def test_an_attachment_begins_on_a_page_of_its_own(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    template = loaded(templates[OVERALL])
    body = template.fragment(attachment_values(layout.attachments.overall))

    report = filled(templates, layout, body, body)

    starts = [text for style, text in styled(document_of(report)) if style == "AttachmentLabel"]
    assert starts == ["附件1", "附件1"]
    label = next(
        s
        for s in xml_of(report, "styles").iter(W + "style")
        if s.get(W + "styleId") == "AttachmentLabel"
    )
    assert label.find(f"{W}pPr/{W}pageBreakBefore") is not None


# ---------------------------------------------------------------- the files


def test_the_same_pack_gives_the_same_bytes(
    layout: PackLayout, templates: dict[str, bytes]
) -> None:
    assert word_templates(shipped_layout()) == templates
    for data in templates.values():
        dates = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}
        assert dates == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_valid_as_it_stands(templates: dict[str, bytes], name: str) -> None:
    assert audit_of(templates[name]) == []


def test_a_filled_report_is_valid(layout: PackLayout, templates: dict[str, bytes]) -> None:
    overall = loaded(templates[OVERALL]).fragment(attachment_values(layout.attachments.overall))
    project = loaded(templates[PROJECT]).fragment(attachment_values(layout.attachments.project))

    report = filled(templates, layout, overall, project)

    assert audit_of(report) == []
    assert not re.search(rb"\{[{%]|[%}]\}", document_bytes(report))


@pytest.mark.parametrize("name", NAMES)
def test_docxtpl_can_read_every_tag(templates: dict[str, bytes], name: str) -> None:
    known = set(report_values(shipped_layout())) | set(attachment_values([]))

    tree = jinja_tree(templates[name])

    assigned = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "store"}
    used = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"}
    assert used - assigned <= known


@pytest.mark.parametrize("name", NAMES)
def test_every_style_used_is_there_and_own_styles_have_chinese_names(
    templates: dict[str, bytes], name: str
) -> None:
    styles = {s.get(W + "styleId"): s for s in xml_of(templates[name], "styles").iter(W + "style")}
    used = {
        p.get(W + "val") for p in document_of(templates[name]).iter(W + "pStyle", W + "tblStyle")
    }

    assert used <= set(styles)
    for identity, style in styles.items():
        assert identity.isascii()
        own = style.get(W + "customStyle") == "1"
        assert own != style.find(W + "name").get(W + "val").isascii()


@pytest.mark.parametrize("name", NAMES)
def test_fonts_are_named_outright(templates: dict[str, bytes], name: str) -> None:
    for part in ("styles", "document", "settings"):
        text = etree.tostring(xml_of(templates[name], part), encoding="unicode")
        assert "rsid" not in text and not re.search(r"(ascii|hAnsi|eastAsia|cs)Theme", text)
    for fonts in xml_of(templates[name], "styles").iter(W + "rFonts"):
        assert len(set(fonts.attrib.values())) == 1 and len(fonts.attrib) == 4
