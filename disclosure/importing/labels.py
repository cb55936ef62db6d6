"""The words of official tables in their many spellings, made alike.

Offices break a label over lines, spread it with spaces, number it, put the unit behind it or use
last year's word. Here each becomes the word of the packs, so that comparing is plain equality.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

NOTE_SHEET = "填表说明"  # the sheet of export --blank that is no table

SPACE = re.compile(r"[\s\u200b\ufeff]+")
QUOTES = re.compile("[“”\"'‘’「」]")
UNIT_BEHIND = re.compile(r"\((?:单位:)?(?:万元|元)\)$")
FOOTNOTE = re.compile(r"(?:\[\d+\]|\(注\d*\)|\*+)$")
ORDINAL = re.compile(
    r"^(?:其中:|减:|加:)?(?:[一二三四五六七八九十百]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?!\d))?(?:其中:)?"
)
NUMBER_PREFIX = re.compile(
    r"^(?:GK|Z|F|附件?|公开|财决|表)+[-_]?0*(\d{1,2})(?:-\d)?表?[:.、_-]?", re.I
)
BEHIND = re.compile(r"\((?:财决|公开|GK|表)[^()]*\)$", re.I)
YEAR = re.compile(r"((?:19|20)\d{2})年?度?")

# One line per meaning: the packs' word first, then what other years and places write.
ALIKE = (
    ("科目代码", "科目编码", "功能分类科目代码", "功能分类科目编码", "支出功能分类科目代码",
     "支出功能分类科目编码", "经济分类科目代码", "经济分类科目编码", "支出经济分类科目编码",
     "功能科目编码", "编码", "代码"),
    ("科目名称", "名称", "功能分类科目名称", "支出功能分类科目名称", "经济分类科目名称", "项目名称"),
    ("项目", "收入项目", "支出项目", "项目(按功能分类)", "按功能分类", "功能分类"),
    ("决算数", "本年决算数", "本年决算", "金额"),
    ("附属单位上缴收入", "附属单位缴款", "附属单位缴款收入"),
    ("上缴上级支出", "上缴上级"),
    ("对附属单位补助支出", "对附属单位补助"),
    ("财政拨款收入", "本年财政拨款收入"),
    ("使用非财政拨款结余和专用结余", "使用非财政拨款结余", "用事业基金弥补收支差额"),
    ("年初结转和结余", "年初结转结余", "上年结转和结余", "上年结转"),
    ("年末结转和结余", "年末结转结余", "结转下年"),
    ("年初财政拨款结转和结余", "年初财政拨款结转结余"),
    ("年末财政拨款结转和结余", "年末财政拨款结转结余"),
    ("一般公共预算财政拨款收入", "一般公共预算拨款收入"),
    ("政府性基金预算财政拨款收入", "政府性基金预算拨款收入", "政府性基金收入"),
    ("国有资本经营预算财政拨款收入", "国有资本经营预算拨款收入"),
    ("一般公共预算财政拨款", "一般公共预算"),
    ("政府性基金预算财政拨款", "政府性基金预算", "政府性基金"),
    ("国有资本经营预算财政拨款", "国有资本经营预算", "国有资本经营"),
    ("因公出国(境)费", "因公出国(境)费用", "因公出国(境)"),
    ("公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车购置和运行维护费"),
    ("公务用车运行维护费", "公务用车运行费"),
    ("预算数", "全年预算数", "预算"),
    ("本年支出合计", "支出合计"),
    ("本年收入合计", "收入合计"),
    ("总计", "收入总计", "支出总计"),
    ("人员经费合计", "人员经费"),
    ("公用经费合计", "公用经费"),
)  # fmt: skip
WORD = {spelling: words[0] for words in ALIKE for spelling in words}
TOTALS = frozenset({"合计", "小计", "本年支出", "本年支出合计", "本年收入合计"})


def plain(text: str) -> str:
    """Without spaces, line ends and quotes; full-width letters and brackets made half-width."""
    return QUOTES.sub("", SPACE.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1 << 12)  # a table of labels is asked for each of them many times
def label(text: str) -> str:
    """A column label as the packs write it."""
    words = plain(text)
    words = FOOTNOTE.sub("", UNIT_BEHIND.sub("", words))
    return WORD.get(words, words)


def line_label(text: str) -> str:
    """The label of a line without its numbering: 一、, (二), 3., 其中：."""
    words = plain(text)
    words = FOOTNOTE.sub("", UNIT_BEHIND.sub("", words[ORDINAL.match(words).end() :]))  # type: ignore[union-attr]
    return WORD.get(words, words)


def table_title(text: str) -> str:
    """A table's title without its number, year and brackets: Z01 收入支出决算总表(财决01表)."""
    words = YEAR.sub("", plain(text))
    words = BEHIND.sub("", NUMBER_PREFIX.sub("", words))
    return words.removeprefix("部门").removeprefix("单位").replace("部门决算", "决算")


def table_number(text: str) -> int | None:
    """The number in 公开03表, 表3, 财决03, GK03; None when there is none."""
    found = NUMBER_PREFIX.match(plain(text)) or re.fullmatch(r"0*(\d{1,2})表?", plain(text))
    return int(found[1]) if found else None


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 1 for equal."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
