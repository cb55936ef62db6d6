"""What a clerk types arrives as typed: in the report, in the attachments, in the workbook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from office import Office

UNIT = "content/unit.yaml"
EXPENDITURE = "content/2023/expenditure.yaml"
STAFF = "content/2023/staff.yaml"
THREE_PUBLIC = "content/2023/three_public.yaml"
OTHER = "content/2023/narrative/other_notes.yaml"
SHARED = "content/2023/narrative/performance.yaml"
TERMS = "content/2023/narrative/terms.yaml"
PROJECT = "content/2023/performance/05_village_team.yaml"

# Characters that mean something to XML, Word, Excel, YAML, Jinja, shells or file systems.
ODD = " A&B &amp; <w:p/> ]]> 100% %s {0} #1 : - ”“ \"双\" '单' C:\\资料\\n `@` *?| 😀👨‍👩‍👧 𠮷 "
BRACES = "{{ 甲 }} {% 乙 %} {# 丙 #}"
LINES = "第一行\n\n  第三行\t制表"

# Fields without tags: braces are typed as they are. Where the text must be found: 0 for the
# report, else the number of the attachment.
NAMES = {
    "单位名称": (UNIT, "单位名称: ", (0,)),
    "单位简称": (UNIT, "单位简称: ", (0, 1)),
    "主管部门": (UNIT, "主管部门: ", (0, 6)),
    "项目实施单位": (UNIT, "项目实施单位: ", (0, 6)),
    "项目名称": (PROJECT, "项目名称: ", (0, 6)),
    "指标名称": (PROJECT, "    名称: ", (0, 6)),
    "职务": (STAFF, "{职务: 主任, 人数: 1}", (0,)),
}
# Fields in which tags are understood: a literal brace is typed as {{ '{{' }}.
WORDS = {
    "职责": (UNIT, "    - 负责进场交易项目登记。", (0,)),
    "内设机构": (UNIT, "\n内设机构:\n  - ", (0,)),
    "原因": (EXPENDITURE, "文字: 根据《恩施州财政局关于下达", (0,)),
    "机构变动说明": (STAFF, "机构变动说明: ", (0,)),
    "主要用于": (THREE_PUBLIC, "主要用于: ", (0,)),
    "接待对象": (THREE_PUBLIC, "接待对象: ", (0,)),
    "专项支出": (OTHER, "专项支出和转移支付: []", (0,)),
    "其他说明": (OTHER, "其他需要说明的情况: []", (0,)),
    "整体绩效评价": (SHARED, "整体绩效评价: ", (0,)),
    "已应用情况": (SHARED, "已应用情况:\n  - ", (0,)),
    "科目用途": (TERMS, '  "2010350": ', (0,)),
    "其他专用名词": (TERMS, "其他专用名词: []", (0,)),
    "上年度应用": (PROJECT, "上年度绩效评价结果应用情况: ", (0, 6)),
}


def quoted(text: str) -> str:
    """The text in YAML's double quotes."""
    return json.dumps(text, ensure_ascii=False)


def tagged(text: str) -> str:
    """The text as typed where tags are understood."""
    return "".join(f"{{{{ '{sign}' }}}}" if sign in "{}" else sign for sign in text)


def type_over(office: Office, file: str, label: str, text: str) -> None:
    """Put `text` in the field that `label` begins, in place of what stands on that line."""
    path = office.file(file)
    content = path.read_text(encoding="utf-8")
    start = content.index(label)
    end = content.index("\n", start + len(label))
    if label.endswith("[]"):
        new = f"{label.removesuffix(' []')}\n  - {quoted(text)}"
    elif label.startswith("{"):
        new = label.replace("主任", quoted(text))
    elif label.startswith("    - "):
        new = f"    - {quoted(text)}"
    elif label.startswith("文字"):
        new = f"文字: {quoted(text)}"
    else:
        new = label + quoted(text)
    if label.startswith("{"):
        end = start + len(label)
    path.write_text(content[:start] + new + content[end:], encoding="utf-8")


def name_project(office: Office, project: str, indicator: str | None = None) -> None:
    """Name the project, and its first indicator, here and where 整体自评 refers to them."""
    old = {"project": "州直驻村工作队", "indicator": "驻村工作人员人均支出"}
    type_over(office, PROJECT, "项目名称: ", project)
    if indicator:
        type_over(office, PROJECT, "    名称: ", indicator)
    path = office.file("content/2023/performance/overall.yaml")

    def renamed(line: re.Match[str]) -> str:
        name = indicator if indicator and line[1] == old["indicator"] else line[1]
        return f"引用: {quoted(f'{project}/{name}')}"

    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(f"引用: {old['project']}/(.*)", renamed, text), encoding="utf-8")


def text_of(path: Path) -> str:
    """All paragraphs of a document, those in table cells included."""
    body = docx.Document(str(path)).element.body
    return "\f".join(Paragraph(p, None).text for p in body.iter(qn("w:p")))  # type: ignore[arg-type]


@pytest.fixture
def built(office: Office) -> dict[str, str]:
    """Every field above typed over with odd characters, and everything built; gives the texts."""
    texts = {}
    for number, (name, (file, label, _)) in enumerate(NAMES.items()):
        texts[name] = f"【{number}{ODD}{BRACES}{number}】"
        if file != PROJECT:
            type_over(office, file, label, texts[name])
    for number, (name, (file, label, _)) in enumerate(WORDS.items(), len(NAMES)):
        texts[name] = f"【{number}{ODD}{BRACES}{LINES}{number}】"
        type_over(office, file, label, tagged(texts[name]))
    name_project(office, texts["项目名称"], texts["指标名称"])
    office.type(UNIT, "补充科目: {}", f'补充科目:\n  "2010398": {quoted("=1+1" + ODD)}')
    office.type(EXPENDITURE, '"2010399"', '"2010398"')
    office.type(TERMS, '"2010399"', '"2010398"')
    office.type("content/2023/narrative/rewrites.yaml", "名词/科目/2010399", "名词/科目/2010398")
    done = office.run()
    assert done.exit < 2 and "已生成" in done.out, done.err
    return texts


def test_odd_characters_arrive_in_report_attachments_and_workbook(
    office: Office, built: dict[str, str]
) -> None:
    manifest = json.loads((office.products / "manifest.json").read_text(encoding="utf-8"))
    paths = {(p["kind"], p["number"]): office.products / p["path"] for p in manifest["products"]}
    documents = {0: text_of(paths["report", None])}
    documents |= {n: text_of(paths["attachment", n]) for n in (1, 6)}

    for name, (_, _, places) in {**NAMES, **WORDS}.items():
        for place in places:
            assert built[name] in documents[place], (name, place)

    book = openpyxl.load_workbook(paths["tables", None])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    strings = [str(cell.value) for cell in cells if cell.data_type == "s"]
    assert any(built["单位名称"] in words for words in strings)
    assert f"=1+1{ODD}" in strings
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_very_long_names_give_legal_file_names(office: Office) -> None:
    name = "某" * 400 + "项目&<“”😀/\\:*?|"
    name_project(office, name)
    type_over(office, UNIT, "单位名称: ", "州" * 300 + "中心\n二行")

    done = office.run()

    assert done.exit < 2 and "已生成" in done.out, done.err
    products = [path.name for path in office.products.rglob("*") if path.is_file()]
    assert len([path for path in products if path.startswith("附件")]) == 7
    for path in products:
        assert len(path.encode()) <= 255 and not set(path) & set('<>:"/\\|?*\n')
    attachment = next(path for path in office.products.iterdir() if path.name.startswith("附件6"))
    assert name in text_of(attachment)
