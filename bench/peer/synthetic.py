"""A made-up report of the 2023 document's volume, for as long as no finished report is at hand.

Nine statement tables, about 400 paragraphs, 4 charts, 7 attachments with a score table each (283
looped rows at scale 1). All text comes from a small word list with a fixed seed: two runs write the
same.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row

from bench.peer.case import Case
from bench.peer.pictures import BARS, SIZE_CM, SLICES

SEED = 20231231
WORDS = """
    部门 单位 预算 决算 收入 支出 项目 资金 绩效 目标 指标 执行 完成 管理 采购 服务 平台 交易
    工程 监督 评审 专家 建设 运行 保障 规范 提升 推进 落实 强化 优化 统筹 协调 公开 信息 系统
    数据 档案 流程 制度 机制 责任 效益 成本 质量 数量 时效 社会 经济 生态 满意度 群众 发展 改革
    任务 工作 年度 全年 本级 财政 拨款 经费 基本 专项 结转 结余 增加 减少 主要 原因 情况 说明
    按照 要求 根据 通知 印发 组织 开展 实施
"""
SUBJECTS = """
    一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出
    文化旅游体育与传媒支出 社会保障和就业支出 卫生健康支出 节能环保支出 城乡社区支出 农林水支出
    交通运输支出 资源勘探工业信息等支出 商业服务业等支出 金融支出 援助其他地区支出
    自然资源海洋气象等支出 住房保障支出 粮油物资储备支出 国有资本经营预算支出
    灾害防治及应急管理支出 其他支出 债务还本支出 债务付息支出 抗疫特别国债安排的支出
    本年支出合计 结余分配 年末结转和结余 总计 合计
"""
FIRST_LEVEL = ("成本指标", "产出指标", "效益指标", "满意度指标")
SECOND_LEVEL = (
    "经济成本指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "社会效益指标",
    "生态效益指标",
    "服务对象满意度",
)
SCORE_HEAD = ("一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "得分")
SCORE_FIELDS = ("l1", "l2", "l3", "target", "actual", "score")
# name, body rows, columns, head rows
TABLES = (
    ("t01", 34, 6, 4), ("t02", 17, 9, 4), ("t03", 16, 8, 4), ("t04", 60, 9, 4), ("t05", 17, 5, 4),
    ("t06", 30, 9, 3), ("t07", 3, 8, 4), ("t08", 3, 5, 4), ("t09", 3, 12, 5),
)  # fmt: skip
SCORE_ROWS = (45, 4, 17, 9, 7, 10, 8)  # of the 7 attachments
FIGURES = 160
SNIPPETS = 70


def synthetic_case(scale: int = 1) -> Case:
    """`scale` multiplies the rows of every table."""
    data, snippets = _data(scale)
    return Case(data, snippets, _template())


def _sentence(r: random.Random, length: int) -> str:
    words, text = WORDS.split(), ""
    while len(text) < length:
        text += "".join(r.choice(words) for _ in range(r.randint(2, 6))) + r.choice("，，，；、，")
    return text[:-1] + "。"


def _data(scale: int) -> tuple[dict[str, Any], dict[str, str]]:
    r = random.Random(SEED)
    data: dict[str, Any] = {
        "year": 2023,
        "unit": "某某州公共资源交易服务中心",
        "date": "2024年9月6日",
        "v": {f"n{i:03d}": round(r.uniform(0, 900), 2) for i in range(FIGURES)},
        "tables": {name: _rows(r, rows * scale, columns) for name, rows, columns, _ in TABLES},
        "duties": [f"{i + 1}. {_sentence(r, 25)}" for i in range(10)],
        "org": [_sentence(r, r.choice([40, 60, 110, 160])) for _ in range(14)],
    }
    snippets = {
        f"s{i:02d}": _sentence(r, r.choice([30, 60, 90, 130, 200])) for i in range(SNIPPETS)
    }
    data["part3"] = list(snippets)
    data["terms"] = [
        f"（{i + 1}）{r.choice(SUBJECTS.split())}：指{_sentence(r, 60)}" for i in range(28)
    ]
    data["attachments"] = [
        _attachment(r, number, rows * scale) for number, rows in enumerate(SCORE_ROWS, 1)
    ]
    data["charts"] = [_chart(number) for number in range(1, 5)]
    return data, snippets


def _rows(r: random.Random, count: int, columns: int) -> list[dict[str, str]]:
    rows = []
    for k in range(count):
        row = {"c1": str(20101 + k), "c2": r.choice(SUBJECTS.split())}
        for j in range(3, columns + 1):
            row[f"c{j}"] = "" if r.random() < 0.45 else f"{r.uniform(0, 900):.2f}"
        rows.append(row)
    return rows


def _attachment(r: random.Random, number: int, count: int) -> dict[str, Any]:
    rows = [
        {
            "l1": FIRST_LEVEL[min(3, k * 4 // count)],
            "l2": SECOND_LEVEL[k % 7],
            "l3": _sentence(r, 14)[:-1],
            "target": f"≥{r.randint(80, 100)}%",
            "actual": f"{r.randint(80, 100)}%",
            "score": str(r.randint(1, 10)),
        }
        for k in range(count)
    ]
    return {
        "no": number,
        "title": f"2023年度{_sentence(r, 8)[:-1]}项目自评结果",
        "rows": rows,
        "total": f"{r.uniform(90, 100):.2f}",
        "budget": f"{r.uniform(5, 500):.2f}",
        "spent": f"{r.uniform(5, 500):.2f}",
        "paragraphs": [_sentence(r, r.choice([12, 20, 45, 120])) for _ in range(22)],
        "why": _sentence(r, 80),
        "todo": _sentence(r, 200),
    }


def _chart(number: int) -> dict[str, Any]:
    width, height = SIZE_CM
    figures = (
        {"kind": "bar", **copy.deepcopy(BARS)}
        if number in (1, 4)
        else {"kind": "pie", **copy.deepcopy(SLICES)}
    )
    title = f"图{number}：收、支决算总计变动情况"
    return {"title": title, "width_cm": width, "height_cm": height, **figures}


def _template() -> Document:
    """The template as a person types it in Word: tags are plain text."""
    document = docx.Document()
    looks = {
        "Normal": ("仿宋", 16),
        "Heading 1": ("黑体", 18),
        "Heading 2": ("楷体", 16),
        "Title": ("黑体", 26),
    }
    for name, (font, size) in looks.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    document.add_paragraph("{{ unit }}", style="Title")
    document.add_paragraph("{{ year }}年度部门决算")
    document.add_paragraph("{{ date }}")
    _contents(document)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("第一部分 {{ unit }}概况", 1)
    document.add_heading("一、部门主要职责", 2)
    _loop(document, "duties")
    document.add_heading("二、机构设置情况", 2)
    _loop(document, "org")
    document.add_heading("第二部分 {{ year }}年度部门决算表", 1)
    for number, (name, _, columns, head) in enumerate(TABLES, 1):
        document.add_heading(f"{number}、决算表{number}", 2)
        _statement(document, name, columns, head)
        document.add_paragraph("注：本表反映部门本年度的总收支和年末结转结余情况。")
    document.add_heading("第三部分 {{ year }}年度部门决算情况说明", 1)
    _explanations(document)
    document.add_heading("第四部分 其他需要说明的情况", 1)
    _loop(document, "part3", "{{ snippets[r] }}")
    document.add_heading("第五部分 名词解释", 1)
    _loop(document, "terms")
    document.add_heading("第六部分 附件", 1)
    _attachments(document)
    document.sections[0].footer.paragraphs[0].text = "{{ unit }}"
    return document


def _loop(document: Document, name: str, tag: str = "{{ r }}") -> None:
    for text in (f"{{%p for r in {name} %}}", tag, "{%p endfor %}"):
        document.add_paragraph(text)


def _contents(document: Document) -> None:
    """A table of contents that Word fills in."""
    paragraph = document.add_paragraph()
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(mark)
        if kind == "begin":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = 'TOC \\o "1-3" \\h \\z \\u'
            paragraph.add_run()._r.append(instruction)
        elif kind == "separate":
            paragraph.add_run("更新目录")


def _fill(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(text).font.size = Pt(9)


def _new_cells(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row.cells


def _add_row(table: Table, texts: Sequence[str]) -> None:
    for cell, text in zip(_new_cells(table), texts, strict=True):
        _fill(cell, text)


def _add_loop(table: Table, source: str, texts: Sequence[str]) -> None:
    rest = [""] * (len(texts) - 1)
    _add_row(table, [f"{{%tr for r in {source} %}}", *rest])
    _add_row(table, texts)
    _add_row(table, ["{%tr endfor %}", *rest])


def _statement(document: Document, name: str, columns: int, head: int) -> None:
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    cells = _new_cells(table)
    _fill(cells[0].merge(cells[-1]), "决算表")
    cells = _new_cells(table)
    half = max(1, columns // 2)
    _fill(cells[0].merge(cells[half - 1]), "部门：{{ unit }}")
    _fill(cells[half].merge(cells[-1]), "单位：万元")
    for _ in range(head - 2):
        _add_row(table, [f"栏次{j + 1}" for j in range(columns)])
    _add_loop(table, f"tables.{name}", [f"{{{{ r.c{j} }}}}" for j in range(1, columns + 1)])


def _explanations(document: Document) -> None:
    figure = 0
    for section in range(1, 15):
        document.add_heading(f"{section}、决算情况说明", 2)
        for j in range(5):
            total, less, rate = (f"{{{{ v.n{(figure + x) % FIGURES:03d} }}}}" for x in range(3))
            figure += 4
            run = document.add_paragraph().add_run(
                f"{{{{ year }}}}年度收、支总计均为{total}万元。与上年度相比，"
                f"收、支总计各减少{less}万元，下降{rate}%。"
            )
            run.bold = True if j == 0 else None
        if section <= 4:
            document.add_paragraph(f"{{{{ chart{section} }}}}")
            document.add_paragraph(f"图{section}：收、支决算总计变动情况")


def _attachments(document: Document) -> None:
    document.add_paragraph("{%p for a in attachments %}")
    document.add_paragraph("附件{{ a.no }}")
    document.add_heading("{{ a.title }}", 2)
    _loop(document, "a.paragraphs")
    table = document.add_table(rows=0, cols=6)
    table.style = "Table Grid"
    cells = _new_cells(table)
    _fill(cells[0], "项目名称")
    _fill(cells[1].merge(cells[5]), "{{ a.title }}")
    _add_row(
        table, ["预算数", "{{ a.budget }}", "执行数", "{{ a.spent }}", "得分", "{{ a.total }}"]
    )
    _add_row(table, SCORE_HEAD)
    # {% vm %} merges the whole column of the loop into one block.
    _add_loop(
        table,
        "a.rows",
        ["{% vm %}{{ r.l1 }}", *(f"{{{{ r.{field} }}}}" for field in SCORE_FIELDS[1:])],
    )
    for label, field in (("偏差原因", "why"), ("改进措施", "todo")):
        cells = _new_cells(table)
        _fill(cells[0], label)
        _fill(cells[1].merge(cells[5]), f"{{{{ a.{field} }}}}")
    document.add_paragraph("{%p endfor %}")
