"""Plain valid values in memory for tests: a unit, its years, its report and the voice that tells it.

Each builder takes only what the test varies, under the Chinese keys of the content files. What it
makes went through the same models as a typed file, so a test cannot build what a clerk could not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from disclosure.check.reasons import reasons_match_direction
from disclosure.check.rule import examine
from disclosure.check.subject import Subject
from disclosure.derive.report import Report, derive
from disclosure.document import Document, write_document
from disclosure.load.classification import national
from disclosure.load.pack import Pack, load_pack
from disclosure.load.phrasebook import Phrasebook
from disclosure.load.sentences import Sentences
from disclosure.load.unit import FIELDS
from disclosure.model.place import Location, Problem
from disclosure.model.text import Paragraph
from disclosure.narrate.names import looked_up, simple_names
from disclosure.narrate.voice import Voice
from disclosure.schema.content import YEAR_FILES, UnitContent, UnitFile, YearContent
from disclosure.schema.evaluation import OverallFile, ProjectFile
from disclosure.schema.pack import PackLayout
from disclosure.schema.part import File
from disclosure.schema.scalar import Scalar

Fields = Mapping[str, Any]

YEAR = 2023
MODELS: dict[str, type[File]] = {FIELDS[name]: model for name, model in YEAR_FILES.items()}
FUNDS_AT_ZERO = {
    "一般公共预算财政拨款": 0,
    "政府性基金预算财政拨款": 0,
    "国有资本经营预算财政拨款": 0,
    "其他资金": 0,
}
RUNNING, HOUSING = "2010350", "2210201"  # 事业运行, 住房公积金
LAND, SHARES = "2120899", "2239999"  # a 项 of 政府性基金 and one of 国有资本经营预算

PLAIN_UNIT: Fields = {
    "单位名称": "某州某中心",
    "单位简称": "某中心",
    "单位性质": "事业单位",
    "单位类别": "公益一类事业单位",
    "口径": "部门",
    "财政级次": "市（州）",
    "级次简称": "州直",
    "单位包": "hubei",
    "主管部门": "某局",
    "项目实施单位": "某中心",
    "主要职责": {"引言": "主要职责是：", "职责": ["办理某事项。"]},
    "内设机构": ["综合科。负责日常工作。"],
    "补充科目": {
        LAND[:5]: "国有土地使用权出让收入安排的支出",
        LAND: "其他国有土地使用权出让收入安排的支出",
        SHARES[:5]: "其他国有资本经营预算支出",
        SHARES: "其他国有资本经营预算支出",
    },
}
PLAIN_YEAR: Mapping[str, Fields] = {
    "revenue": {
        "一般公共预算财政拨款收入": 100,
        "政府性基金预算财政拨款收入": 0,
        "国有资本经营预算财政拨款收入": 0,
        "上级补助收入": 0,
        "事业收入": 0,
        "经营收入": 0,
        "附属单位上缴收入": 0,
        "其他收入": 0,
        "使用非财政拨款结余和专用结余": 0,
        "年初结转和结余": FUNDS_AT_ZERO,
    },
    "expenditure": {
        "一般公共预算财政拨款": [{"科目": RUNNING, "年初预算数": 100, "基本支出": 100}],
        "结余分配": 0,
        "年末结转和结余": FUNDS_AT_ZERO,
    },
    "basic_expenditure": {"决算数": {"30101": 80, "30201": 20}},
    "three_public": {
        "因公出国（境）费": {"全年预算数": 0, "决算数": 0, "团组数": 0, "人次数": 0},
        "公务用车购置费": {"全年预算数": 0, "决算数": 0, "购置辆数": 0},
        "公务用车运行维护费": {"全年预算数": 0, "决算数": 0, "保有量": 0},
        "公务接待费": {
            "全年预算数": 0,
            "外宾接待": {"决算数": 0, "批次数": 0, "人次数": 0},
            "国内公务接待": {"决算数": 0, "批次数": 0, "人次数": 0},
        },
    },
    "procurement": {
        kind: {"支出": 0, "授予中小企业": 0, "其中小微企业": 0} for kind in ("货物", "工程", "服务")
    },
    "state_assets": {
        "车辆": {
            "副省级及以上领导干部用车": 0,
            "主要负责人用车": 0,
            "机要通信用车": 0,
            "应急保障用车": 0,
            "执法执勤用车": 0,
            "特种专业技术用车": 0,
            "离退休干部服务用车": 0,
            "其他用车": 0,
        },
        "单位价值100万元以上专用设备": 0,
    },
    "staff": {"编制": {"事业编制": 12}, "在编在岗": 10, "退休": 3},
    "approved": {},
    "reasons": {},
    "other_notes": {},
    "terms": {"科目用途": {RUNNING: "反映某用途。"}},
    "performance_notes": {"项目自评总体评价": "执行较好。", "整体绩效评价": "完成较好。"},
    "rewrites": {},
}
PLAIN_PROJECT: Fields = {
    "支出项目类别": "本级支出项目",
    "项目属性": "持续性项目",
    "项目安排频度": "常年性项目",
    "预算数": 10,
    "执行数": 10,
    "主要产出和效益": ["办成了某事。"],
    "上年度绩效评价结果应用情况": "上年度结果已应用。",
}
PLAIN_OVERALL: Fields = {
    "预算数": 100,
    "年度目标完成情况": "各项工作完成。",
    "上年度绩效评价结果应用情况": "上年度结果已应用。",
}


def typed(value: Any, path: str = "") -> Any:
    """As the YAML reader gives it: every value the text that was typed, with a made-up place."""
    if isinstance(value, Mapping):
        return {key: typed(inner, f"{path} › {key}") for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [typed(inner, path) for inner in value]
    if value is None or isinstance(value, Scalar):
        return value
    return Scalar.at(str(value), Location("content/某文件.yaml", 1, path), quoted=True)


def merged(plain: Fields, changes: Fields) -> dict[str, Any]:
    """`plain` with `changes` laid over it, level by level; a change to None takes the key away."""
    result = dict(plain)
    for key, value in changes.items():
        below = result.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            result[key] = merged(below, value)
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result


# ------------------------------------------------------------------ content


def a_unit(**changes: Any) -> UnitFile:
    """unit.yaml, changed under its Chinese keys: a_unit(单位性质="行政单位")."""
    return UnitFile.model_validate(typed(merged(PLAIN_UNIT, changes)))


def an_item(code: str = RUNNING, **fields: Any) -> dict[str, Any]:
    """One 项 of expenditure.yaml: an_item(年初预算数=100, 基本支出=120)."""
    return {"科目": code, **fields}


def a_year(year: int = YEAR, /, **files: Any) -> YearContent:
    """A year in which everything is typed; `files` are changes by file, None for a missing file.

    a_year(revenue={"其他收入": 5}, projects=[a_project()])
    """
    return _year(year, PLAIN_YEAR, files)


def last_year(**files: Any) -> YearContent:
    """The year before, likewise with everything typed."""
    return a_year(YEAR - 1, **files)


def a_scant_year(**files: Any) -> YearContent:
    """The year before as a comparison year of which only `files` are known."""
    return _year(YEAR - 1, {"revenue": {}, "expenditure": {}, "approved": {}}, files)


def _year(year: int, plain: Mapping[str, Fields], files: dict[str, Any]) -> YearContent:
    projects = tuple(files.pop("projects", ()))
    overall = files.pop("overall", None)
    unknown = files.keys() - MODELS.keys()
    assert not unknown, f"no such file: {unknown}"
    found: dict[str, Any] = dict.fromkeys(MODELS)
    for name in plain.keys() | files.keys():
        change = files.get(name, {})
        if change is not None:
            value = typed(merged(plain.get(name, {}), change), name)
            unit = str(value.get("金额单位", "万元"))
            found[name] = MODELS[name].model_validate(value, context={"单位": unit})
    return YearContent(**{"year": year, "projects": projects, **found, "overall": overall})


def an_indicator(**changes: Any) -> dict[str, Any]:
    """One indicator of 80 points that was met: an_indicator(目标="≥5个", 实际="4个")."""
    plain = {
        "一级": "产出指标",
        "二级": "数量指标",
        "名称": "办件数",
        "目标": "≥10件",
        "实际": "10件",
        "权重": 80,
    }
    return merged(plain, changes)


def a_project(name: str = "甲项目", *indicators: Fields, **changes: Any) -> ProjectFile:
    """A project with one met indicator, or with these."""
    plain = {**PLAIN_PROJECT, "项目名称": name, "指标": indicators or [an_indicator()]}
    return ProjectFile.model_validate(typed(merged(plain, changes)))


def an_overall(*indicators: Fields, **changes: Any) -> OverallFile:
    """The self-evaluation of the whole unit, with one met indicator or with these."""
    plain = {**PLAIN_OVERALL, "指标": indicators or [an_indicator()]}
    return OverallFile.model_validate(typed(merged(plain, changes)))


# ------------------------------------------------------------------ report and words


@cache
def hubei() -> Pack:
    """The shipped region pack, read once."""
    packs = Path(__file__).resolve().parents[1] / "templates"
    return load_pack(packs, "hubei", with_templates=False)


def derived(
    this_year: YearContent | None = None,
    before: YearContent | None = None,
    unit: UnitFile | None = None,
    layout: PackLayout | None = None,
) -> tuple[Report, list[Problem]]:
    """A report and what could not be derived."""
    unit = unit or a_unit()
    names = national().with_extra({code: name.words for code, name in unit.extra_classes.items()})
    places = {name: f"content/{YEAR}/{name}.yaml" for name in MODELS}
    content = UnitContent(unit, this_year or a_year(), before, places)
    return derive(content, layout or hubei().layout, names)


def a_report(
    this_year: YearContent | None = None,
    before: YearContent | None = None,
    unit: UnitFile | None = None,
    layout: PackLayout | None = None,
) -> Report:
    """The report of a unit and year, with `before` as the year it is compared with."""
    report, problems = derived(this_year, before, unit, layout)
    assert not problems, "\n".join(map(str, problems))
    return report


@cache
def _sentences() -> Sentences:
    return Sentences()


def a_voice(report: Report | None = None, layout: PackLayout | None = None) -> Voice:
    """The voice that tells a report in the shipped pack's words."""
    report = report or a_report()
    layout = layout or hubei().layout
    scope = simple_names(report)
    rewrites = report.content.rewrites.sentences if report.content.rewrites else {}
    phrasebook = Phrasebook(hubei().wording, layout.number_styles, _sentences(), scope, rewrites)
    voice = Voice(report, layout, phrasebook)
    scope.update(looked_up(voice))
    return voice


def faultless(voice: Voice) -> None:
    """No sentence asked for a value that it was not given."""
    assert isinstance(voice.speaker, Phrasebook)
    assert not voice.speaker.problems, "\n".join(map(str, voice.speaker.problems))


def said(
    section: Callable[[Voice], list[Paragraph]],
    this_year: YearContent | None = None,
    before: YearContent | None = None,
    unit: UnitFile | None = None,
) -> list[str]:
    """The paragraphs of one section as they print."""
    voice = a_voice(a_report(this_year, before, unit))
    paragraphs = [paragraph.plain for paragraph in section(voice)]
    faultless(voice)
    return paragraphs


def written(report: Report) -> Document:
    """The whole document of a report."""
    voice = a_voice(report)
    document = write_document(voice, hubei().terms)
    faultless(voice)
    return document


def stale_reasons(report: Report) -> list[str]:
    """What the rule on the direction of reasons (S2) finds."""
    subject = Subject(report, hubei().layout)
    return [finding.message for finding in examine(reasons_match_direction, subject).findings]


# ------------------------------------------------------------------ tables of cases


def cases(table: str) -> pytest.MarkDecorator:
    """One test per line of a table: the first line names the arguments, the first column the case.

    An empty cell is an empty string; what that means (not reported, mostly) is the test's to say.
    """
    header, *lines = (
        [cell.strip() for cell in line.split("|")]
        for line in dedent(table).strip().splitlines()
        if line.strip()
    )
    rows = []
    for line in lines:
        assert len(line) == len(header), f"{line[0]}: {len(line)} cells, not {len(header)}"
        rows.append(pytest.param(*line[1:], id=line[0]))
    return pytest.mark.parametrize(header[1:], rows)


def filled(**fields: Any) -> dict[str, Any]:
    """Only what was reported: empty cells of a table of cases leave their key away."""
    return {key: value for key, value in fields.items() if value != ""}


def only(values: Iterable[str]) -> str:
    """The one value there is."""
    (value,) = values
    return value
