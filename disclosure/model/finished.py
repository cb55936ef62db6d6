"""A finished .docx as it was read back: what a reader meets, each thing with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

BODY, HEADING, CONTENTS, MARGIN = "正文", "标题", "目录", "页眉页脚"


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """One paragraph outside the tables.

    `place` names it as a clerk would (第三部分 九 第2段). `marks` are the bookmarks that a build of
    ours puts around a generated paragraph; Word, WPS and LibreOffice keep them. `section` are the
    headings above it. `target` is the heading that an entry of the contents page links to.
    """

    words: str
    place: str
    marks: tuple[str, ...] = ()
    kind: str = BODY
    level: int = 0
    section: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One place of a table's grid. `continued`: it belongs to a merged cell that began before."""

    words: str
    continued: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as a grid in which every row has a cell for every column.

    `name` is 公开03表, 附件3 自评表, or 表5 where nothing tells; `title` what stands over it.
    """

    name: str
    title: str
    rows: tuple[tuple[ReadCell, ...], ...]
    section: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()  # the lines right above it: title, number, 部门, 年度, 单位

    def words(self, row: int, column: int) -> str:
        """What stands there, "" outside the grid."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column].words
        return ""


@dataclass(frozen=True, slots=True)
class ReadChart:
    """A picture or chart by its alternative text."""

    name: str
    words: str
    place: str


@dataclass(frozen=True)
class Finished:
    """The whole file. `paragraphs` are in reading order, those of tables apart."""

    file: str
    paragraphs: tuple[ReadParagraph, ...]
    tables: tuple[ReadTable, ...]
    charts: tuple[ReadChart, ...]

    def of(self, *kinds: str) -> Iterator[ReadParagraph]:
        """The paragraphs of these kinds."""
        return (paragraph for paragraph in self.paragraphs if paragraph.kind in kinds)
