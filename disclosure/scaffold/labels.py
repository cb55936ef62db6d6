"""The words that stand in the templates without coming from a pack.

Everything else a reader sees is a tag. Most of these are the printed labels of the official
绩效自评表, which are the same in every region.
"""

from __future__ import annotations

CONTENTS = "目录"
TOTAL = "合计"  # first row of a table by 科目
PERSONNEL_TOTAL = "人员经费合计"  # last row of the table by economic class
OPERATING_TOTAL = "公用经费合计"

# Tags of the looped columns that a pack does not name itself.
CODE_TAG = "科目代码"
NAME_TAG = "科目名称"
LINE_LABEL_TAG = "项目"  # after the side's prefix: 收入项目
LINE_NUMBER_TAG = "行次"  # 收入行次
GROUP_TAGS = ("代码", "名称", "决算数")  # before the group's number: 代码1

COLUMNS_ARE = "栏目"  # alternative text of a table: 公开02表 收入决算表。栏目：…

# ---------------------------------------------------------------- 绩效自评表
UNIT_NAME = "单位名称"
BASIC_TOTAL = "基本支出总额"
PROJECT_TOTAL = "项目支出总额"
PROJECT_NAME = "项目名称"
DEPARTMENT = "主管部门"
PROJECT_UNIT = "项目实施单位"
YEARLY_FUNDS = "年度财政资金总额"
BUDGET = "预算数（A）"
EXECUTED = "执行数（B）"
EXECUTION_RATE = "执行率（B/A）"
INDICATOR_HEADER = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年初目标值（A）",
    "实际完成值（B）",
    "得分",
)
AND_SO_ON = "……"
SCORE_TOTAL = "总分"
CAUSES = "偏差大或目标未完成原因分析"
MEASURES = "改进措施及结果应用方案"

# Heading keys that mean more to the scaffold than a heading.
ATTACHMENTS_PART = "附件"  # the attachments are put in at the end of this part
REMARKS = "备注"  # the paragraphs under a score table
