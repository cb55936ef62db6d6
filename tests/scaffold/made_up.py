"""A pack read from its file, made-up values for every tag of its templates, and files of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from disclosure.load.validate import validated
from disclosure.load.yaml_source import read_yaml
from disclosure.model.place import Location
from disclosure.render.engine import RawXml, WordTemplate
from disclosure.render.package import DocumentProperties, assemble
from disclosure.scaffold.grid import columns_of
from disclosure.schema.pack import Heading, PackLayout, TableLayout
from disclosure.schema.scalar import Scalar

PACK = Path(__file__).parents[2] / "templates/hubei/pack.yaml"
REPORT, OVERALL, PROJECT = "report.docx", "attachment_overall.docx", "attachment_project.docx"
PROPERTIES = DocumentProperties("标题", "某单位", "2024-09-10")
LINK = RawXml("</w:t></w:r><w:r><w:t>目录一行</w:t></w:r><w:r><w:t>")


def shipped_layout() -> PackLayout:
    source, problems = read_yaml(PACK, "pack.yaml")
    assert source and not problems
    layout, problems = validated(source, PackLayout)
    assert layout and not problems
    return layout


def a_table(**changes: object) -> TableLayout:
    """A small table by function; takes only what the test varies, under the pack's names."""
    plain: dict[str, object] = {
        "名称": "支出表",
        "编号": "公开01表",
        "版式": "科目",
        "表头": [["项目", "<", "支出", "<"], ["科目代码", "科目名称", "基本", "项目"]],
        "列": {"基本": "支出/{代码}/基本支出", "项目": "支出/{代码}/项目支出"},
    }
    return TableLayout.model_validate(_typed(plain | changes))


def _typed(value: Any) -> Any:
    """As the YAML reader gives it: every word with a place."""
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return Scalar.at(str(value), Location("pack.yaml", 1)) if isinstance(value, str) else value


def all_headings(headings: Iterable[Heading]) -> Iterator[Heading]:
    for heading in headings:
        yield heading
        sections = [] if isinstance(heading.sections, str) else heading.sections
        yield from all_headings([*sections, *heading.items, *heading.subitems])


def keys_of(headings: Iterable[Heading]) -> list[str]:
    return [heading.key for heading in all_headings(headings)]


def report_values(layout: PackLayout, attachments: Iterable[RawXml] = ()) -> dict[str, object]:
    """A value for each name the report may use; `<&>` in all of them."""
    keys = keys_of(layout.parts)
    tables = [table.name for table in layout.tables]
    return {
        "封面标题": "封面<&>",
        "单位名称": "某单位",
        "年度": 2023,
        "口径": "部门",
        "标题": {key: f"标题 {key}" for key in [*keys, *tables]},
        "段落": {key: [f"段落 {key}", f"又一段 {key}"] for key in keys},
        "表": {table.name: _table_values(table) for table in layout.tables},
        "图": {
            chart.key: {"标题": f"图 {chart.key}", "图形": RawXml("")} for chart in layout.charts
        },
        "目录": [{"级": level, "链接": LINK} for level in (1, 2, 3)],
        "附件列表": [{"正文": body} for body in attachments],
    }


def _table_values(table: TableLayout) -> dict[str, object]:
    columns = [column.tag for column in columns_of(table)]
    rows = [{tag: f"{tag}-{number}" for tag in columns} for number in (1, 2)]
    totals = {tag: f"合计 {tag}" for tag in [*columns, "人员经费合计", "公用经费合计"]}
    return {
        "标题": table.name,
        "编号": table.code,
        "部门": "部门：某单位",
        "年度": "2023年度",
        "单位": "单位：万元",
        "合计": totals,
        "行": [{**row, "是合计": number == 2} for number, row in enumerate(rows, 1)],
        "注": [f"注：{table.name}<&>"],
        "说明": [],
    }


SCORE_NAMES = (
    "单位名称",
    "基本支出总额",
    "项目支出总额",
    "年度目标完成情况",
    "项目名称",
    "主管部门",
    "项目实施单位",
    "支出项目类别",
    "项目属性",
    "项目安排频度",
    "预算执行标签",
    "执行得分标签",
    "预算数",
    "执行数",
    "执行率",
    "执行得分",
    "目标行",
    "空白目标行",
    "总分",
    "偏差原因",
    "改进措施",
)


def attachment_values(headings: Iterable[Heading]) -> dict[str, object]:
    keys = keys_of(headings)
    indicator = {name: f"{name}值" for name in ("一级", "二级", "名称", "目标", "实际", "得分")}
    merges = [("始", "始"), ("续", "续"), ("续", "")]
    return {
        "附件标签": "附件1",
        "附件标题": "自评结果",
        "标题": {key: f"标题 {key}" for key in keys},
        "段落": {key: [f"段落 {key}"] for key in [*keys, "备注"]},
        "自评表标题": "自评表",
        "盖章单位": "单位名称（盖章）：某单位",
        "填报日期": "填报日期：2024年3月19日",
        "自评": {
            **{name: f"{name}值" for name in SCORE_NAMES},
            "指标": [indicator | {"一级合并": a, "二级合并": b} for a, b in merges],
        },
    }


def loaded(data: bytes) -> WordTemplate:
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.docx")
        path.write_bytes(data)
        return WordTemplate.load(path, None)


def filled(templates: dict[str, bytes], layout: PackLayout, *attachments: RawXml) -> bytes:
    template = loaded(templates[REPORT])
    rendered = template.render(report_values(layout, attachments))
    return assemble(template, rendered, [], PROPERTIES)


def filled_attachment(
    templates: dict[str, bytes], name: str, layout: PackLayout, kind: str
) -> bytes:
    template = loaded(templates[name])
    rendered = template.render(attachment_values(getattr(layout.attachments, kind)))
    return assemble(template, rendered, [], PROPERTIES)
