"""The named styles of all three templates: what a clerk changes in Word to change the look.

Own styles have Chinese names, as Word's style list shows them. Sizes are in points, with the
name they have in Chinese typesetting: 一号 26, 二号 22, 三号 16, 四号 14, 小四 12, 小五 9, 六号 7.5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from disclosure.scaffold.pages import LANDSCAPE, PORTRAIT

SONG, HEI = "宋体", "黑体"
FANG, KAI = "仿宋_GB2312", "楷体_GB2312"
TITLE = "方正小标宋简体"

FIRST_SIZE, SECOND_SIZE, THIRD_SIZE, FOURTH_SIZE, SMALL_FOURTH_SIZE = 26, 22, 16, 14, 12
TABLE_SIZE, SMALL_TABLE_SIZE = 9.0, 7.5  # 小五, 六号
TABLE_LINE, SMALL_TABLE_LINE = 12, 10
BODY_LINE = 28  # GB/T 9704: 22 lines on a page

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True)
class Style:
    """A paragraph style; None means as in the style it is based on. Lengths are points."""

    id: str
    name: str
    based_on: str = "Normal"
    following: str | None = None  # the style of the next paragraph typed in Word
    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    grey: bool = False
    align: Align | None = None
    line: float | None = None  # exact line pitch; 0: as high as what stands in it
    before: float | None = None
    after: float | None = None
    first_line: int | None = None  # indent in characters
    left: float | None = None
    right: float | None = None
    keep_next: bool = False
    new_page: bool | None = None
    centre_tab: float | None = None  # in parts of the width up to the right tab
    right_tab: Literal["", "dot", "none"] = ""  # its leader
    tab_width: int = PORTRAIT.text_width  # twips; the right tab stands there
    level: int | None = None  # in the outline, from 0


NORMAL = Style(
    "Normal",
    "Normal",
    "",
    font=FANG,
    size=THIRD_SIZE,
    align="both",
    line=BODY_LINE,
    before=0,
    after=0,
)

_HEADINGS = (
    Style(
        "Heading1", "heading 1", following="BodyParagraph", font=TITLE, size=SECOND_SIZE,
        align="center", line=36, after=14, keep_next=True, new_page=True, level=0,
    ),
    Style(
        "Heading2", "heading 2", following="BodyParagraph", font=HEI, first_line=2,
        keep_next=True, level=1,
    ),
    Style(
        "Heading3", "heading 3", following="BodyParagraph", font=KAI, first_line=2,
        keep_next=True, level=2,
    ),
    Style(
        "Heading4", "heading 4", following="BodyParagraph", font=FANG, first_line=2,
        keep_next=True, level=3,
    ),
    # For a page that carries nothing but the title of a part: at the height of the eye.
    Style("DividerHeading", "扉页标题", "Heading1", before=190),
)  # fmt: skip

_FRONT = (
    Style("CoverTitle", "封面标题", font=TITLE, size=FIRST_SIZE, align="center", line=48, before=150),
    Style("CoverUnit", "封面单位", font=KAI, align="center", line=32, before=260),
    Style(
        "ContentsTitle", "目录标题", font=TITLE, size=SECOND_SIZE, align="center", line=36, after=14
    ),
    Style(
        "TOC1", "toc 1", font=HEI, size=FOURTH_SIZE, align="left", line=26, right_tab="dot"
    ),
    Style("TOC2", "toc 2", "TOC1", font=FANG, left=14),
    Style("TOC3", "toc 3", "TOC1", font=KAI, left=42),
)  # fmt: skip

_BODY = (
    Style("BodyParagraph", "公开正文", first_line=2),
    Style(
        "ChartCaption", "图题", font=HEI, size=SMALL_FOURTH_SIZE, align="center", line=22, before=6,
        keep_next=True,
    ),
    # An exact line pitch would clip a picture to the height of one line.
    Style("ChartPicture", "图片", align="center", line=0, after=6),
    Style("AttachmentLabel", "附件标签", font=HEI, align="left", new_page=True, keep_next=True),
    Style(
        "AttachmentTitle", "附件标题", font=TITLE, size=SECOND_SIZE, align="center", line=36,
        before=6, after=10, keep_next=True, level=1,
    ),
    # Under the attachment's title, which the contents page lists: one level deeper in the outline.
    Style("AttachmentHeading2", "附件一级标题", "Heading2", following="BodyParagraph", level=2),
    Style("AttachmentHeading3", "附件二级标题", "Heading3", following="BodyParagraph", level=3),
    Style("AttachmentHeading4", "附件三级标题", "Heading4", following="BodyParagraph", level=4),
)  # fmt: skip

_TABLE = (
    Style("TableTitle", "表标题", font=TITLE, align="center", line=24, before=2, keep_next=True),
    Style("TableNote", "表注", font=SONG, size=TABLE_SIZE, line=13),
    Style("TableCode", "表号", "TableNote", align="right", keep_next=True),
    Style(
        "TableInfo", "表头信息", "TableNote", align="left", keep_next=True, centre_tab=0.6,
        right_tab="none",  # not in the middle: a unit's name may be 25 characters long
    ),
    Style(
        "TableInfoWide", "表头信息（横页）", "TableNote", align="left", keep_next=True,
        centre_tab=0.5, right_tab="none", tab_width=LANDSCAPE.text_width,
    ),
)  # fmt: skip

_SCORE = (
    Style(
        "ScoreTitle", "自评表标题", font=TITLE, align="center", line=26, after=4, new_page=True,
        keep_next=True,
    ),
    Style(
        "ScoreInfo", "自评表信息", "TableNote", align="left", after=2, keep_next=True, right_tab="none"
    ),
    # Left, not justified: the text may have line breaks, and they would stretch its lines.
    Style("ScoreText", "自评表文字", "TableText", left=3, right=3),
    Style("ScoreNote", "自评表备注", "TableNote", keep_next=True),  # the notes stay together
)  # fmt: skip

_CELL = (
    Style("TableHeader", "表格栏目", font=HEI, align="center"),
    Style("TableText", "表格文字", font=SONG, align="left"),
    Style("TableCentered", "表格居中", font=SONG, align="center"),
    Style("TableAmount", "表格数字", font=SONG, align="right", right=1.5),
    Style("TotalText", "表格合计文字", font=SONG, bold=True, align="center"),
    Style("TotalAmount", "表格合计数字", font=SONG, bold=True, align="right", right=1.5),
)

_OTHER = (
    Style("Footer", "footer", font=SONG, size=FOURTH_SIZE, line=16),
    Style("PageNumberOdd", "页码（单页）", "Footer", align="right", right=FOURTH_SIZE),
    Style("PageNumberEven", "页码（双页）", "Footer", align="left", left=FOURTH_SIZE),
    Style("SectionEnd", "分节", size=1, line=1),
    Style("TemplateTag", "模板标签", font=SONG, size=TABLE_SIZE, grey=True, align="left", line=12),
)

PARAGRAPH_STYLES = (
    NORMAL,
    *_HEADINGS,
    *_FRONT,
    *_BODY,
    *_TABLE,
    *(replace(style, size=TABLE_SIZE, line=TABLE_LINE) for style in _CELL),
    *(
        Style(
            f"{style.id}Small", f"{style.name}（小）", style.id, size=SMALL_TABLE_SIZE,
            line=SMALL_TABLE_LINE, right=None if style.right is None else 0,
        )
        for style in _CELL
    ),
    *_SCORE,
    *_OTHER,
)  # fmt: skip


def cell_style(style: str, size: float) -> str:
    """The id of a cell style at this size: 小五, or its 六号 variant for crowded tables."""
    return style if size == TABLE_SIZE else f"{style}Small"
