"""第五部分 名词解释: the pack's terms, the 科目 in use, the unit's own words."""

from __future__ import annotations

from functools import partial
from typing import Any

from builders import HOUSING, LAND, RUNNING, a_unit, a_year, an_item, hubei, said

from disclosure.narrate.terms import glossary
from disclosure.schema.content import YearContent

told = partial(glossary, terms=hubei().terms)
FUND = "一般公共预算财政拨款"


def entries(*items: dict[str, Any], **terms: Any) -> YearContent:
    return a_year(expenditure={FUND: list(items)}, terms=terms)


def after_heading(paragraphs: list[str], heading: str) -> list[str]:
    """The paragraphs between this heading and the next numbered term."""
    at = next(n for n, words in enumerate(paragraphs) if words.endswith(heading))
    following = paragraphs[at + 1 :]
    end = next((n for n, words in enumerate(following) if words.startswith("（")), len(following))
    return following[:end]


def test_every_term_is_numbered_and_explained() -> None:
    paragraphs = said(told)

    assert paragraphs[0] == (
        "（一）一般公共预算财政拨款收入：指市（州）级财政一般公共预算当年拨付的资金。"
    )
    assert paragraphs[-2:] == ["（十九）其他专用名词。", "无。"]


def test_the_unit_may_add_a_remark_to_a_term() -> None:
    this_year = a_year(terms={"补注": {"事业收入": "（本单位本年无事业收入）"}})

    assert (
        "（五）事业收入：指事业单位开展专业业务活动及其辅助活动取得的收入。（本单位本年无事业收入）"
        in said(told, this_year)
    )


def test_items_in_use_are_listed_and_those_without_an_amount_are_not() -> None:
    this_year = entries(
        an_item(HOUSING, 年初预算数=10),
        an_item(RUNNING, 基本支出=100),
        an_item("2080505", 年初预算数=0, 基本支出=0),
        科目用途={RUNNING: "反映某用途"},
    )

    assert after_heading(said(told, this_year), "本部门使用的支出功能分类科目") == [
        "1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）事业运行（项）：反映某用途。",
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）：【科目用途待填】",
    ]


def test_items_of_the_other_funds_are_listed_too() -> None:
    land = {"科目": LAND, "项目支出": 5}
    this_year = a_year(
        expenditure={FUND: [], "政府性基金预算财政拨款": [land]},
        terms={"科目用途": {LAND: "反映土地支出。"}},
    )

    assert after_heading(said(told, this_year), "支出功能分类科目") == [
        "1.城乡社区支出（类）国有土地使用权出让收入安排的支出（款）其他国有土地使用权出让收入安排的支出（项）：反映土地支出。"
    ]


def test_no_item_at_all() -> None:
    heading = "本单位使用的支出功能分类科目"

    assert after_heading(said(told, entries(), unit=a_unit(口径="单位")), heading) == ["无。"]


def test_the_units_own_terms_take_the_place_of_none() -> None:
    own = ["交易场次：指进场交易的次数。"]

    assert said(told, a_year(terms={"其他专用名词": own}))[-1:] == own
