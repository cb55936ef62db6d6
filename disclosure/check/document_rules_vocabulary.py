"""How sentences of any region say it: directions, budgets, final accounts, shares, rates.

Every rule on sentences recognises its words here, so that a wording one region prefers is added in
one place. Words are told by how they end, since that is where the number follows.
"""

from __future__ import annotations

import re
from typing import Final

# ------------------------------------------------------------------ directions

UPWARD: Final = (
    "增加", "增长", "上升", "提高", "大于", "高于", "超过", "增幅", "盈余",
    "多于", "超出", "上涨", "升幅",
)  # fmt: skip
DOWNWARD: Final = (
    "减少", "下降", "降低", "压减", "小于", "低于", "不足", "降幅", "亏损",
    "少于", "下跌", "跌幅",
)  # fmt: skip
SAME: Final = ("持平", "等于", "无变化", "不变", "相同", "一致", "相等")
# One character says a direction only right before a number: 多12.11万元, but 多个项目.
MORE, LESS = "多", "少"

# What stands before an amount by which something changed.
MORE_BY: Final = (
    "增加", "增长", "上升", "提高", "上涨", "增收", "增支", "净增", "增加额", "增长额",
    "多", "多支出", "多收入", "增加支出", "增加收入", "高出", "超出", "超支",
)  # fmt: skip
LESS_BY: Final = (
    "减少", "下降", "降低", "压减", "下跌", "减收", "减支", "净减", "减少额", "下降额",
    "少", "少支出", "少收入", "减少支出", "减少收入", "压缩", "低",
)  # fmt: skip
# What stands before a rate of change.
RATE_UP: Final = (*MORE_BY, "增幅", "升幅", "涨幅", "增长率", "增长幅度", "上升幅度", "增加幅度")
RATE_DOWN: Final = (*LESS_BY, "降幅", "跌幅", "减幅", "下降率", "下降幅度", "减少幅度", "降低幅度")
# Against which something is more or less, as the words before 预算 say it.
ABOVE: Final = ("超出", "超", "超过", "高于", "多于", "大于")
BELOW: Final = ("低于", "少于", "小于", "节约")

# ------------------------------------------------------------------ what a number is

# Between a figure's name and its amount: 均为, 共计, 达到.
FILLING = "均各为是了达到共分别 \u3000：:"
NEARLY: Final = ("约", "近", "不足", "超过", "逾", "不低于", "不超过", "不少于", "大于", "小于")
ABOUT: Final = ("以上", "以下", "左右", "以内", "余")
# 预算 as the second half of a fund's name is no budget: 一般公共预算, 政府性基金预算.
FUNDS: Final = ("公共", "基金", "经营", "保险")
WHEN: Final = ("年初", "全年", "调整后", "调整", "当年", "本年", "部门", "批复", "年度", "的", "后")
OF_BUDGET: Final = frozenset(
    ("", "数", "金额", "额", "安排", "安排数", "资金", "总额", "支出", "批复数", "财政拨款")
)
OF_BOTH: Final = frozenset(
    ("和决算", "数和决算数", "、决算", "数、决算数", "与决算", "数与决算数", "及决算", "数和支出决算",
     "和支出决算", "数和支出决算数", "数、支出决算数", "、支出决算")
)  # fmt: skip
FINAL: Final = (
    "决算", "决算数", "决算支出", "决算金额", "支出决算总额", "执行", "执行数", "执行金额",
    "实际执行", "实际支出", "实际支出数", "实际执行数", "支出执行数", "支付数",
)  # fmt: skip
SPENT: Final = ("支出", "支出数", "支付", "使用", "实际使用", "实际支付")
COMPLETED: Final = (
    "完成", "执行率", "完成率", "支出率", "进度", "预算的", "预算数的", "决算率", "使用率",
)  # fmt: skip
NO_BUDGET: Final = ("没有预算", "无预算", "未安排预算", "无年初预算", "没有年初预算", "未编制预算")
SHARE = "占"

# ------------------------------------------------------------------ which year, and why

LAST_YEAR: Final = ("上年", "去年", "上一年", "前一年", "上年度", "同期", "同比")
REASONS: Final = ("原因", "因为", "由于")
_STOPS = re.compile("[，。；：,;:\\n]")
PUNCTUATION: Final = tuple("，。；：、（( \n")
NUMBERING: Final = re.compile(r"^[\s（(]*[\d一二三四五六七八九十]+[）).．、]+\s*")
# May stand right before a figure's name: a year, a numbering, a unit of whatever kind.
BEFORE_A_NAME = "年度中其是）)（(．.位门心局委院校会室厅处所队站馆部本全级司团0123456789"


def settled(words: str) -> str:
    """The words before a number without what only leads to it."""
    core = words.rstrip(FILLING)
    return core[:-2].rstrip(FILLING) if core.endswith(("共计", "分计")) else core


def last_clause(words: str) -> str:
    """The words after the last stop."""
    return _STOPS.split(words)[-1]


def tells_last_year(words: str, year: int | None) -> bool:
    """Whether the words compare with the year before."""
    return any(one in words for one in LAST_YEAR) or (year is not None and f"{year - 1}年" in words)


def tells_budget(words: str) -> bool:
    """Whether the words compare with a budget; 一般公共预算 is none."""
    parts = words.split("预算")[:-1]
    return any(not part.endswith(FUNDS) for part in parts)
