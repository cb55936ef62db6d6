"""What a clerk gets wrong: one message for each cause, with file, line and what to do.

Every row types one slip into the real content and runs the real command line. ▶ marks the line
that the message must name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from office import Office, snapshot

UNIT = "content/unit.yaml"
REVENUE = "content/2023/revenue.yaml"
EXPENDITURE = "content/2023/expenditure.yaml"
ECONOMIC = "content/2023/basic_expenditure.yaml"
THREE_PUBLIC = "content/2023/three_public.yaml"
ASSETS = "content/2023/state_assets.yaml"
APPROVED = "content/2023/approved_totals.yaml"
REASONS = "content/2023/narrative/reasons.yaml"
TERMS = "content/2023/narrative/terms.yaml"
SHARED = "content/2023/narrative/performance.yaml"
REWRITES = "content/2023/narrative/rewrites.yaml"
OVERALL = "content/2023/performance/overall.yaml"
PROJECT = "content/2023/performance/02_platform.yaml"
WORDING = "templates/hubei/wording.yaml"
PACK = "templates/hubei/pack.yaml"

AMOUNT = ": 541.04"
NAME = "单位简称: 恩施州公共资源交易中心"
REASON = "'{{ 人员变动 }}，故人员经费增加'"
OTHER = "\n其他收入: 0\n"

# The library's own messages are English sentences; ours name files, tags and codes at most.
ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+|Error|None|Traceback|pydantic")


@dataclass(frozen=True)
class Slip:
    """`old` → `new` in `file`, and what the one message must hold."""

    name: str
    file: str
    old: str
    new: str
    says: tuple[str, ...]
    exit: int = 1


def amount(name: str, typed: str, *says: str) -> Slip:
    return Slip(name, REVENUE, AMOUNT, f": ▶{typed}", ("一般公共预算财政拨款收入", *says))


def reason(name: str, typed: str, *says: str) -> Slip:
    return Slip(name, EXPENDITURE, REASON, f"▶{typed}", says)


def short_name(name: str, typed: str, *says: str) -> Slip:
    return Slip(name, UNIT, NAME, f"▶单位简称: {typed}", says)


YAML = [
    Slip("full-width colon", EXPENDITURE, "    年初预算数: 293.52", "▶    年初预算数：293.52",
         ("全角冒号", "改成半角冒号")),
    Slip("full-width colon in a block", REVENUE, "  一般公共预算财政拨款: 0",
         "▶  一般公共预算财政拨款：0", ("全角冒号", "改成半角冒号")),
    Slip("no space after the colon", EXPENDITURE, "年初预算数: 293.52", "▶年初预算数:293.52",
         ("冒号后面没有空格",)),
    Slip("no space after the dash", EXPENDITURE, '- 科目: "2010399"', '▶-科目: "2010399"',
         ("“-”后面没有空格",)),
    Slip("tab", EXPENDITURE, "    年初预算数: 293.52", "▶\t年初预算数: 293.52",
         ("Tab", "换成空格")),
    Slip("uneven indent", EXPENDITURE, "    基本支出: 309.78", "▶   基本支出: 309.78",
         ("没有对齐", "左边对齐")),
    Slip("full-width indent", REVENUE, OTHER, "\n▶　其他收入: 0\n", ("全角空格", "其他收入")),
    reason("quotation mark not closed", "'{{ 人员变动 }}，故人员经费增加", "引号没有配对"),
    reason("words after the quotation", "'人员增加'，故人员经费增加", "引号后面还有文字"),
    reason("tag without quotation marks", "{{ 人员变动 }}，故增加", "以 {{ 开头", "单引号"),
    reason("nothing but a bare tag", "{{ 人员变动 }}", "以 {{ 开头", "单引号"),
    reason("colon in the words", "注: 人员增加", "多了一个冒号", "引号括起来"),
    Slip("full-width comma in braces", THREE_PUBLIC, '    与上年比: {不说明: "公开的',
         '▶    与上年比: {说明方向: 减少，不说明: "公开的', ("全角的逗号", "半角")),
    Slip("line without a name", REVENUE, OTHER, "\n▶: 0\n", ("没有名称", "补上名称")),
    Slip("second document", REVENUE, OTHER, "\n其他收入: 0\n▶---\n", ("不会读", "删去")),
    short_name("begins with &", "&甲 恩施州", "以 & 开头", "引号括起来"),
    short_name("begins with & and letters", "&a 恩施州", "以 & 开头", "引号括起来"),
    short_name("begins with *", "*甲 恩施州", "以 * 开头", "引号括起来"),
    short_name("begins with !", "!重要 恩施州", "以 ! 开头", "引号括起来"),
    short_name("begins with ! and letters", "!!str 恩施州", "以 ! 开头", "引号括起来"),
    short_name("begins with %", "%恩施州", "特殊符号", "引号括起来"),
    short_name("begins with @", "@恩施州", "特殊符号", "引号括起来"),
    short_name("# glued to words", "恩施州 #2号楼", "#2号楼", "注释", "引号括起来"),
    short_name("words over two lines", "恩施州\n  公共资源", "占了几行", "写在同一行"),
    short_name("backslash in double quotes", '"C:\\资料"', "反斜杠", "单引号"),
    short_name("control character", '"恩施\\x07"', "U+0007", "重新输入"),
    short_name("line separator", "恩施\u2028州", "U+2028", "重新输入"),
    short_name("private-use character", "恩施\ue000州", "U+E000", "重新输入"),
]  # fmt: skip

KEYS = [
    Slip("duplicate key", REVENUE, OTHER, "\n其他收入: 0\n▶事业收入: 0\n",
         ("“事业收入”写了两次（第一次在第11行）", "删去")),
    Slip("unknown key", REVENUE, OTHER, "\n▶其它收入: 0\n", ("“其它收入”", "是不是“其他收入”")),
    Slip("unknown key deep inside", THREE_PUBLIC, "    人次数: 27", "▶    人次: 27",
         ("公务接待费 › 国内公务接待", "是不是“人次数”")),
    Slip("unknown key in a list", EXPENDITURE, "项目支出: 168.12", "▶项目支岀: 168.12",
         ("第2条", "是不是“项目支出”")),
    Slip("misspelt key that is needed", UNIT, "单位名称:", "▶单位名秤:", ("是不是“单位名称”",)),
    Slip("unlike any key", REVENUE, OTHER, "\n▶xyz: 0\n", ("“xyz”", "这里可以写：", "经营收入")),
    Slip("missing key", UNIT, "口径: 部门", "#: 部门", ("缺少“口径”", "补写一行“口径: …”")),
    Slip("missing key in a list", PROJECT, "    权重: 10\n", "", ("第3条", "缺少“权重”")),
    Slip("not one of the choices", UNIT, "口径: 部门", "▶口径: 部们", ("“部们”", "部门、单位")),
    Slip("choice left empty", UNIT, "口径: 部门", "▶口径:", ("还没有填", "部门、单位")),
    Slip("list for a choice", UNIT, "口径: 部门", "▶口径: [部门]", ("不是列表", "部门、单位")),
    Slip("word for a list", UNIT, "下属单位: []", "▶下属单位: 无", ("应是列表", "[]")),
    Slip("list left empty", UNIT, "下属单位: []", "▶下属单位:", ("还没有填", "[]")),
    Slip("block for a word", UNIT, NAME, "▶单位简称: {全称: 甲}", ("应填文字",)),
    Slip("name left empty", UNIT, NAME, '▶单位简称: ""', ("还没有填",)),
    Slip("word or list, and neither", REVENUE, "分科目收入: 同支出", "▶分科目收入: 同支岀",
         ("“同支岀”", "可选：同支出")),
    Slip("unknown key in a word or list", REVENUE, "分科目收入: 同支出",
         '分科目收入:\n  - 科目: "2010350"\n▶    财政拨款收人: 5', ("是不是“财政拨款收入”",)),
    Slip("unknown vehicle use", ASSETS, "  其他用车: 1", "▶  其它用车: 1", ("是不是“其他用车”",)),
    Slip("date that is none", PROJECT, "填报日期: 2024-03-15", "▶填报日期: 2024-13-45",
         ("不是日期", "年-月-日")),
    Slip("count that is none", THREE_PUBLIC, "人次数: 27", "▶人次数: 27.5", ("不是个数", "整数")),
    Slip("file that is a list", APPROVED, "批复数:\n  支出/合计/本年支出合计",
         "- 批复数:\n  支出/合计/本年支出合计", ("一行行“名称: 内容”",)),
]  # fmt: skip

AMOUNTS = [
    amount("words", "约五百万", "不是数字", "只写数字本身"),
    amount("number with its unit", "541.04万元", "不是数字", "不带单位"),
    amount("not a number", "NaN", "不是数字"),
    amount("infinity", ".inf", "不是数字"),
    amount("exponent", "1e999", "不是数字"),
    amount("underscore", "1_000", "不是数字"),
    amount("hexadecimal", "0x1F", "不是数字"),
    amount("percent", "5%", "不是数字"),
    amount("superscript", "10²", "不是数字"),
    amount("circled digit", "①", "不是数字"),
    amount("null as text", "null", "不是数字"),
    amount("date", "2023-05-01", "像是日期"),
    amount("comma for the decimal point", "1.309,21", "位置不对", "不带逗号"),
    amount("separator in the wrong place", "13,09.21", "位置不对", "不带逗号"),
    amount("two decimal points", "5.41.04", "位置不对"),
    amount("invisible character", "541.04\u200b", "看不见的字符"),
    amount("negative", "-5", "负数", "核对来源表"),
    amount("full-width minus", "－5", "负数"),
    amount("three decimals in 万元", "541.041", "超过两位小数", "万元", "金额单位: 元"),
    amount("beyond any account", "54104000000000", "大得不合理"),
    amount("list", "[541, 04]", "不是列表"),
    Slip("three decimals in 元", REVENUE, "\n一般公共预算财政拨款收入: 541.04",
         "\n金额单位: 元\n▶一般公共预算财政拨款收入: 5410400.041", ("超过两位小数", "元")),
    Slip("unknown unit of money", REVENUE, "\n一般公共预算财政拨款收入: 541.04",
         "\n▶金额单位: 千元\n一般公共预算财政拨款收入: 541.04", ("“千元”", "万元、元")),
]  # fmt: skip

CODES = [
    Slip("leading zero without quotation marks", EXPENDITURE, '"2010350"', "▶0103",
         ("0103", "以 0 开头", '写成 "0103"')),
    Slip("no code at all", EXPENDITURE, '"2010350"', "▶事业运行", ("不是科目代码",)),
    Slip("unknown 科目", EXPENDITURE, '"2010350"', '▶"2010351"',
         ("没有 2010351", "是不是 2010350 事业运行", "补充科目")),
    Slip("科目 twice", EXPENDITURE, '"2010399"', '▶"2010350"',
         ("写了两次（第一次在第13行）", "合并成一条")),
    Slip("名称 of another 科目", EXPENDITURE, '"2010350"  # 事业运行',
         '"2010350"\n▶    名称: 行政运行', ("名称是“事业运行”", "写的是“行政运行”")),
    Slip("款 for 项", EXPENDITURE, '"2010350"', '▶"20103"', ("不是项", "写到项")),
    Slip("类 for 款", ECONOMIC, '"30101": 46.05', '▶"301": 46.05', ("是类，不是款",)),
    Slip("unknown 经济分类", ECONOMIC, '"30101": 46.05', '▶"30190": 46.05',
         ("没有“30190”这个款", "是不是 30199")),
    Slip("用途 of an unknown 科目", TERMS, '"2010350": 反映', '▶"2010360": 反映', ("没有 2010360",)),
    Slip("补充科目 renames", UNIT, "补充科目: {}", '▶补充科目: {"2010350": 甲}',
         ("不能改成“甲”",)),
    Slip("补充科目 without a code", UNIT, "补充科目: {}", "▶补充科目: {事业运行: 甲}",
         ("不是科目代码",)),
]  # fmt: skip

TAGS = [
    Slip("figure that does not exist", REASONS, "'调整{{ 年度 }}年年初结转和结余{{ 年初结转调整 }}",
         "▶'调整{{ 年度 }}年年初结转和结余{{ 年初结转调正 }}",
         ("“年初结转调正”不存在", "是不是“年初结转调整”")),
    Slip("figure by a wrong name", REWRITES, '在编在岗{{ 数("人员/在编在岗")',
         '▶在编在岗{{ 数("人员/在编在刚")', ("没有“人员/在编在刚”", "是不是“人员/在编在岗”")),
    Slip("full-width quotation marks in a tag", REWRITES, '在编在岗{{ 数("人员/在编在岗")',
         "▶在编在岗{{ 数(“人员/在编在岗”)", ("写得不对", "半角")),
    reason("tag with one brace missing", "'{{ 人员变动 }，故增加'", "没有写完整", "{{ '{{' }}"),
    reason("tag that is not begun", "'人员变动 }}，故增加'", "没有写完整"),
    reason("full-width braces", "'｛｛ 人员变动 ｝｝，故增加'", "没有写完整", "半角"),
    reason("literal braces", "'记作 {{ 甲'", "没有写完整", "要印出花括号本身，写 {{ '{{' }}"),
    reason("comment of the template language", "'{# 甲 #}乙'", "没有写完整"),
    reason("statement without a condition", "'{% if %}，故增加'", "写得不对", "{% if %}"),
    reason("calculation that fails", "'{{ 1/0 }}'", "不能这样用", "{{ 1/0 }}"),
    reason("way into the program", "'{{ 人员变动.__class__.mro() }}'", "不能这样用"),
    reason("loop over much", "'{% for 甲 in range(10**9) %}乙{% endfor %}'", "“range”不存在"),
    Slip("snippet that refers to itself", SHARED, "  框架协议采购未开展: '",
         "▶  框架协议采购未开展: '{{ 片段(\"框架协议采购未开展\") }}", ("又回到这里",)),
    Slip("改写 of no sentence", REWRITES, "  三公/公务用车运行维护费:",
         "▶  三公/公务用车运行维持费:", ("没有对应的句子", "是不是“三公/公务用车运行维护费”")),
    Slip("批复数 of no total", APPROVED, "  支出/合计/基本支出:", "▶  支出/合计/基本支岀:",
         ("没有对应的合计", "是不是“支出/合计/基本支出”")),
    Slip("补注 on no term", TERMS, "  其他收入:", "▶  其它收人:", ("是不是“其他收入”",)),
]  # fmt: skip

PERFORMANCE = [
    Slip("weights that do not add up", PROJECT, "    权重: 10\n", "    权重: 9\n",
         ("权重合计 79，应为 80", "核对各指标的权重")),
    Slip("score above the weight", OVERALL, "自评得分: 0.5", "▶自评得分: 5",
         ("自评得分 5 大于权重 1",)),
    Slip("reference to no indicator", OVERALL, "/网站及软件安全等级保护", "/网站及软件安全等保",
         ("引用的指标", "不存在", "是不是“政府采购及公共资源电子交易平台运维费/网站及软件安全等级保护”")),
]  # fmt: skip

REGION = [
    Slip("unknown pack", UNIT, "单位包: hubei", "▶单位包: hubie",
         ("没有单位包“hubie”", "是不是“hubei”"), 2),
    Slip("pack without a number style", PACK, "  总分: {小数: 2}\n", "",
         ("没有规定数字格式“总分”", "补写一行")),
    Slip("pack without a sentence", WORDING, "\n机关运行经费:", "\n机关运行经费用:",
         ("“机关运行经费”", "补写一行")),
    Slip("pack without a case", WORDING, '  减少: "与{{ 上年 }}年度相比',
         '  减小: "与{{ 上年 }}年度相比', ("“与上年比”里没有“减少”", "补写“减少”这一行")),
    Slip("tag that the sentence does not know", WORDING, '人员变动句: "{{ 人员变动 }}。"',
         '▶人员变动句: "{{ 人员变动了 }}。"', ("“人员变动了”不存在", "是不是“人员变动”")),
    Slip("broken tag in the pack", WORDING, '人员变动句: "{{ 人员变动 }}。"',
         '▶人员变动句: "{{ 人员变动 }。"', ("没有写完整",)),
]  # fmt: skip


@pytest.mark.parametrize(
    "slip",
    [*YAML, *KEYS, *AMOUNTS, *CODES, *TAGS, *PERFORMANCE, *REGION],
    ids=lambda slip: slip.name.replace(" ", "-"),
)
def test_a_slip_is_told_once_with_its_line_and_what_to_do(slip: Slip, office: Office) -> None:
    before = snapshot(office.products)
    line = office.type(slip.file, slip.old, slip.new)

    done = office.run()

    assert done.exit == slip.exit, done.err
    (told,) = problems_in(done.err)
    for words in (slip.file, *slip.says, *([f"第{line}行"] if line else [])):
        assert words in told, (words, told)
    assert "处理办法：" in told
    assert not ENGLISH.search(told), told
    assert done.out == "" and snapshot(office.products) == before


def problems_in(said: str) -> list[str]:
    """The problems listed on the error stream."""
    return re.findall("^  · (.*)$", said, re.MULTILINE)
