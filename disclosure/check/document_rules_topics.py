"""What a section of the 情况说明 tells of: by the key of its heading, else by the heading's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from disclosure.schema.pack import NamedHeading, PackLayout

STAFF = "人员情况"
TOTALS_TOLD = "收支总体"
REVENUE_TOLD = "收入"
EXPENDITURE_TOLD = "支出"
FISCAL_TOLD = "财政拨款总体"
GENERAL_WHOLE = "一般公共预算总体"
GENERAL_CLASSES = "一般公共预算结构"
GENERAL_ITEMS = "一般公共预算具体"
GENERAL_TOLD = "一般公共预算支出"
BASIC_TOLD = "基本支出"
FUND_TOLD = "政府性基金"
CAPITAL_TOLD = "国有资本经营"
THREE_WHOLE, THREE_DETAILS, THREE_TOLD = "三公总体", "三公具体", "三公"
AGENCY_TOLD = "机关运行经费"
PROCUREMENT_TOLD = "政府采购"
ASSETS_TOLD = "国有资产"
ELSE = "其他"
EVALUATING, EVALUATED, APPLIED, PERFORMANCE_TOLD = "绩效管理", "项目自评", "结果应用", "预算绩效"

GENERAL_TOPICS = (GENERAL_TOLD, GENERAL_WHOLE, GENERAL_CLASSES, GENERAL_ITEMS)
THREE_TOPICS = (THREE_TOLD, THREE_WHOLE, THREE_DETAILS)
PERFORMANCE_TOPICS = (PERFORMANCE_TOLD, EVALUATING, EVALUATED, APPLIED)
TOPICS = frozenset(
    (STAFF, TOTALS_TOLD, REVENUE_TOLD, EXPENDITURE_TOLD, FISCAL_TOLD, BASIC_TOLD, FUND_TOLD,
     CAPITAL_TOLD, AGENCY_TOLD, PROCUREMENT_TOLD, ASSETS_TOLD,
     *GENERAL_TOPICS, *THREE_TOPICS, *PERFORMANCE_TOPICS)
)  # fmt: skip
BETWEEN_HEADINGS = "/"
NUMBERED = r"(?:第.{1,3}部分\s*|[（(]?[一二三四五六七八九十百\d]+[）)]?[、.．]?\s*)?"

# Which words of a heading tell its topic, the first that has all of them; the innermost heading
# that has one counts. 人员 before the rest: 机构设置及人员情况 stands in the first part.
OF_HEADING: tuple[tuple[tuple[str, ...], str], ...] = (
    (("专项",), ELSE),
    (("转移支付",), ELSE),
    (("三公", "总体"), THREE_WHOLE),
    (("三公", "具体"), THREE_DETAILS),
    (("三公",), THREE_TOLD),
    (("机关运行经费",), AGENCY_TOLD),
    (("政府采购",), PROCUREMENT_TOLD),
    (("国有资产",), ASSETS_TOLD),
    (("绩效", "应用"), APPLIED),
    (("项目", "自评", "结果"), EVALUATED),
    (("绩效", "开展"), EVALUATING),
    (("绩效", "管理工作"), EVALUATING),
    (("绩效",), PERFORMANCE_TOLD),
    (("政府性基金",), FUND_TOLD),
    (("国有资本经营",), CAPITAL_TOLD),
    (("基本支出",), BASIC_TOLD),
    (("一般公共预算", "总体"), GENERAL_WHOLE),
    (("一般公共预算", "结构"), GENERAL_CLASSES),
    (("一般公共预算", "具体"), GENERAL_ITEMS),
    (("一般公共预算",), GENERAL_TOLD),
    (("财政拨款", "收", "支"), FISCAL_TOLD),
    (("收入", "支出"), TOTALS_TOLD),
    (("收支",), TOTALS_TOLD),
    (("收入",), REVENUE_TOLD),
    (("支出",), EXPENDITURE_TOLD),
    (("人员",), STAFF),
)
# Below a heading that has a topic, what its own words add: 五 一般公共预算…, （二）支出结构.
WITHIN = {
    GENERAL_TOLD: (
        ("总体", GENERAL_WHOLE), ("结构", GENERAL_CLASSES),
        ("具体", GENERAL_ITEMS), ("年初预算", GENERAL_ITEMS), ("比较", GENERAL_ITEMS),
    ),
    THREE_TOLD: (("总体", THREE_WHOLE), ("具体", THREE_DETAILS), ("分项", THREE_DETAILS)),
    PERFORMANCE_TOLD: (("应用", APPLIED), ("自评结果", EVALUATED), ("开展", EVALUATING)),
}  # fmt: skip


@cache
def topic_of(section: str) -> str:
    """The topic of a section by its headings, outermost first; "" when they tell of none."""
    topic = ""
    for heading in section.split(BETWEEN_HEADINGS):
        if heading.rstrip("。").endswith("表") or "名词解释" in heading:
            return ""
        if heading.startswith("第") and "部分" in heading:  # 第三部分 …年度部门决算情况说明
            topic = ""
            continue
        inner = WITHIN.get(topic)
        own = _within(heading, inner) if inner else ""
        topic = own or (topic if inner else "") or _of_heading(heading) or topic
    return topic


def _within(heading: str, inner: Iterable[tuple[str, str]]) -> str:
    return next((topic for words, topic in inner if words in heading), "")


def _of_heading(heading: str) -> str:
    return next((t for words, t in OF_HEADING if all(one in heading for one in words)), "")


# ------------------------------------------------------------------ headings of a file


def keys_of_headings(layout: PackLayout) -> dict[tuple[str, ...], str]:
    """Which key of the pack's tree has these titles, outermost first, as patterns."""
    found: dict[tuple[str, ...], str] = {}
    for part in layout.parts:
        if not isinstance(part.sections, str):
            for path, key in _paths(part, ()):
                found[path] = key
    return found


def _paths(heading: NamedHeading, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    path = (*above, _title_pattern(str(heading.title)))
    yield path, str(heading.key)
    for name in ("sections", "items", "subitems"):
        below = getattr(heading, name)
        for one in below if not isinstance(below, str) else ():
            yield from _paths(one, path)


def _title_pattern(title: str) -> str:
    """The title with any words for what is filled in."""
    parts = re.split(r"\{\{.*?\}\}", title)
    return NUMBERED + ".*".join(map(re.escape, parts))


def key_of_section(section: Sequence[str], keys: dict[tuple[str, ...], str]) -> str:
    """The key of the heading that a paragraph of a file stands under; "" when it is another."""
    for path, key in keys.items():
        if len(path) == len(section) and all(map(re.fullmatch, path, section)):
            return key
    return ""
