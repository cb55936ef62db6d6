"""The official 绩效自评表, for a whole unit and for a project; the boxes to tick are the pack's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure.scaffold import labels
from disclosure.scaffold.grid import Merge, shared_out
from disclosure.scaffold.markup import item, value
from disclosure.scaffold.pages import PORTRAIT
from disclosure.scaffold.rows import Cell, looped_rows, row, table

# 目标, 一级, 二级, 三级指标, 目标值, 完成值, 得分. 二级 holds 生态环境成本指标 on one line.
_SHARES = (88, 101, 153, 207, 117, 117, 105)
_WIDTHS = shared_out(_SHARES, PORTRAIT.text_width)
_ALL = len(_WIDTHS)
_ROW = 15  # points; the notes below a table stay on its page as long as they can


def overall_table() -> str:
    """The table for the whole unit (整体绩效自评表)."""
    head = [
        _row([_label(labels.UNIT_NAME, 2), _text(labels.UNIT_NAME, 5)], repeats=True),
        _row(
            [
                _label(labels.BASIC_TOTAL, 2),
                _figure(labels.BASIC_TOTAL, 2),
                _label(labels.PROJECT_TOTAL, 2),
                _figure(labels.PROJECT_TOTAL),
            ]
        ),
        *_execution(3),
        _row([_text("年度目标完成情况", _ALL)], may_split=True),
    ]
    return _table([*head, *_goals()])


def project_table(choices: Iterable[str]) -> str:
    """The table for one project (项目绩效自评表), with a row of boxes for each of `choices`."""
    head = [
        _row([_label(labels.PROJECT_NAME, 2), _text(labels.PROJECT_NAME, 5)], repeats=True),
        _row(
            [
                _label(labels.DEPARTMENT, 2),
                _text(labels.DEPARTMENT, 3),
                _label(labels.PROJECT_UNIT),
                Cell(value(item("自评", labels.PROJECT_UNIT)), "TableText"),  # a narrow cell
            ]
        ),
        *(_row([_label(name, 2), _text(name, 5)]) for name in choices),
        *_execution(2),
    ]
    return _table([*head, *_goals()])


def _execution(label_span: int) -> list[str]:
    """预算执行情况: a label over two rows; for a project also the kind of money."""
    kind = ["", labels.YEARLY_FUNDS] if label_span == 2 else []
    label = value(item("自评", "预算执行标签"))
    points_label = value(item("自评", "执行得分标签"))
    return [
        _row(
            [
                _label(label, label_span, "restart"),
                *(_label(words) for words in kind[:1]),
                _label(labels.BUDGET),
                _label(labels.EXECUTED),
                _label(labels.EXECUTION_RATE),
                _label(points_label),
            ]
        ),
        _row(
            [
                _label("", label_span, "continue"),
                *(_label(words) for words in kind[1:]),
                *(_figure(name) for name in ("预算数", "执行数", "执行率", "执行得分")),
            ]
        ),
    ]


def _goals() -> list[str]:
    """The indicators under their goal, and the closing rows.

    Which cells are merged downwards is known only with the data: 始, 续 or nothing.
    """
    goal = _label("{%vmerge '始' %}" + value(item("自评", "目标行")))
    indicator = [
        _label("{%vmerge '续' %}"),
        _label("{%vmerge 行['一级合并'] %}" + value("行['一级']")),
        _label("{%vmerge 行['二级合并'] %}" + value("行['二级']")),
        Cell(value("行['名称']"), "TableText"),
        *(_label(value(item("行", name))) for name in ("目标", "实际", "得分")),
    ]
    return [
        _row([goal, *map(_label, labels.INDICATOR_HEADER)]),
        looped_rows(_row(indicator), "行", item("自评", "指标"), _WIDTHS),
        _row([_text("空白目标行", _ALL)]),
        _row([Cell(labels.AND_SO_ON, "ScoreText", _ALL)]),
        _row([Cell(labels.SCORE_TOTAL, "TotalText", _ALL - 1), _total(labels.SCORE_TOTAL)]),
        _row([_label(labels.CAUSES, 2), _text("偏差原因", 5)], may_split=True),
        _row([_label(labels.MEASURES, 2), _text("改进措施", 5)], may_split=True),
    ]


def _label(text: str, span: int = 1, merge: Merge = "") -> Cell:
    return Cell(text, "TableCentered", span, merge)


def _text(name: str, span: int = 1) -> Cell:
    return Cell(value(item("自评", name)), "ScoreText", span)


def _figure(name: str, span: int = 1) -> Cell:
    return Cell(value(item("自评", name)), "TableCentered", span, keeps_line=True)


def _total(name: str) -> Cell:
    return Cell(value(item("自评", name)), "TotalText", keeps_line=True)


def _row(cells: Sequence[Cell], *, may_split: bool = False, repeats: bool = False) -> str:
    return row(cells, _WIDTHS, _ROW, may_split=may_split, repeats=repeats)


def _table(rows: Sequence[str]) -> str:
    description = "、".join((labels.EXECUTION_RATE, *labels.INDICATOR_HEADER))
    return table(rows, _WIDTHS, value("自评表标题"), f"{labels.COLUMNS_ARE}：{description}")
