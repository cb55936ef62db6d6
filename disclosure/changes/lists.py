"""The changes as lists for the screen, the workbook and the page, and as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from disclosure.changes.compare import Changes, FigureChange, SentenceChange
from disclosure.changes.tokens import pieces
from disclosure.render.change_list import ListCell, ListPart

MANY = 20  # lines of one kind on screen; the workbook has them all
SHOWN = 60  # characters of a sentence on screen
ADDED = {True: "新增", False: "删去"}


def parts_of(changes: Changes) -> list[ListPart]:
    """Every list that has a line, figures first."""
    lists = [
        ListPart(
            "数",
            ("数", "原为", "现为", "来源", "随何而变", "印在"),
            [_figure_row(one) for one in changes.figures],
        ),
        ListPart("过时的原因", ("原因",), [(one,) for one in changes.stale]),
        ListPart(
            "句子",
            ("变化", "处", "改动"),
            [_sentence_row(one) for one in _by_weight(changes.sentences)],
        ),
        ListPart(
            "新增和删去",
            ("变化", "类", "处", "内容"),
            [(ADDED[one.added], one.kind, one.where, one.words) for one in changes.presence],
        ),
        ListPart(
            "表格",
            ("表", "行", "栏", "原为", "现为"),
            [(one.table, one.row, one.column, one.old, one.new) for one in changes.cells],
        ),
        ListPart(
            "图", ("处", "改动"), [(one.where, _marked(one.old, one.new)) for one in changes.charts]
        ),
    ]
    return [one for one in lists if one.rows]


def summary_of(changes: Changes) -> str:
    """How much of each kind there is."""
    typed = sum(one.is_typed for one in changes.figures)
    counted = [
        (typed, "个填报的数"),
        (len(changes.figures) - typed, "个随之变动的数"),
        (len(changes.sentences), f"句话（其中 {len(changes.turned)} 句方向或措辞变了）"),
        (len(changes.stale), "个原因过时"),
        (len(changes.presence), "处新增或删去"),
        (len(changes.cells), "个表格单元格"),
        (len(changes.charts), "张图"),
    ]
    told = "，".join(f"{number} {words}" for number, words in counted if number)
    return f"改动：{told}。" if told else "没有改动。"


def screen_of(changes: Changes) -> str:
    """What a person needs first: corrected figures, stale reasons, sentences that turned."""
    lines = [summary_of(changes)]
    lines += _block(
        "数：", (f"{one.name}：{one.old} → {one.new}  {_why(one)}" for one in changes.figures)
    )
    lines += _block("原因过时，要重写：", changes.stale)
    turned = (f"[{one.turn}] {one.where}：{_cut(one)}" for one in _by_weight(changes.turned))
    lines += _block("方向或措辞变了的句子：", turned)
    lines += _block(
        "新增和删去：", (f"{ADDED[one.added]}{one.kind} {one.where}" for one in changes.presence)
    )
    if not changes.figures:
        cells = (f"{o.table} {o.row} {o.column}：{o.old} → {o.new}" for o in changes.cells)
        lines += _block("表格：", cells)
    return "\n".join(lines)


def object_of(changes: Changes) -> dict[str, object]:
    """For --json."""
    return asdict(changes)


def _block(title: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    if not listed:
        return []
    more = len(listed) - MANY
    rest = [f"  …… 另有 {more} 处，见改动清单"] if more > 0 else []
    return [title, *(f"  · {line}" for line in listed[:MANY]), *rest]


def _why(one: FigureChange) -> str:
    """The line it was typed on and how far it reached; what moved a derived figure."""
    reached = f"，印在 {len(one.places)} 处" if one.places else "，没有印出"
    if one.is_typed:
        return f"← {one.source}{reached}"
    more = f"等 {len(one.because)} 个数" if len(one.because) > 1 else ""
    return f"随 {one.because[0]}{more}{reached}"


def _figure_row(one: FigureChange) -> tuple[ListCell, ...]:
    return one.name, one.old, one.new, one.source, "\n".join(one.because), "\n".join(one.places)


def _sentence_row(one: SentenceChange) -> tuple[ListCell, ...]:
    return one.turn, one.where, _marked(one.old, one.new)


def _by_weight(sentences: Iterable[SentenceChange]) -> list[SentenceChange]:
    """Turned directions first, then wordings, then mere figures."""
    return sorted(sentences, key=lambda one: ("方向", "措辞", "数字").index(one.turn))


def _marked(old: str, new: str) -> ListCell:
    return tuple((one.kind, one.text) for one in pieces(old, new))


def _cut(one: SentenceChange) -> str:
    """What was there and what is there now, in brackets, with a few words around."""
    told = []
    for piece in pieces(one.old, one.new):
        if piece.kind == "same":
            half = SHOWN // 4
            long = len(piece.text) > 2 * half
            told.append(f"{piece.text[:half]}…{piece.text[-half:]}" if long else piece.text)
        else:
            sign = "－" if piece.kind == "old" else "＋"
            words = piece.text if len(piece.text) <= SHOWN else f"{piece.text[:SHOWN]}…"
            told.append(f"[{sign}{words}]")
    return "".join(told).replace("\n", " ")
