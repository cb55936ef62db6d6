"""How every chart looks: sizes in mm, type in points, tones that still differ on a grey printer."""

from __future__ import annotations

# The text column of a 公文 page (A4, margins of 28 and 26 mm) is 156 mm wide.
WIDTH = 150.0
HEIGHT = 80.0
MARGIN = 4.0
# 200 dots an inch is where a laser printer stops showing steps; more only makes the file larger.
DPI = 200
MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72

# A Chinese sans that comes by pip alone, under a free licence (OFL), complete for GB 2312.
FONT_PACKAGE = "pylopdf-fonts-zh-cn"
FONT_MODULE = "pylopdf_fonts_zh_cn"
FONT_FILE = "NotoSansSC-Regular.otf"
# 〓 is the printer's own sign for a sort that is not in the case.
MISSING_GLYPH = "〓"
# Average set width of a Latin letter or figure in this font; a Chinese character is one em.
LATIN_EM = 0.56

# A native chart is set by the reader's Word, in a font that every office has.
NATIVE_FONT = "宋体"

TEXT_SIZE = 8.5  # between 六号 and 小五
SMALL_SIZE = 7.5  # 六号: numbers of the axis, names of the years, the list
LEAST_SIZE = 6.5  # 小六; below this a printed figure is no longer read, it is guessed
LINE_SPACING = 1.25  # as matplotlib counts it, in heights of "lp"
LINE_PITCH = 1.3  # the same, in ems of the font

PAPER = "#ffffff"
INK = "#262626"
FAINT = "#7a7a7a"  # 「无数据」, leader lines: there, but not a figure
RULE = "#d9d9d9"  # grid lines
OUTLINE = "#2f4b6e"  # a light bar needs an edge on white paper

# This year is the dark one, in every chart. Luminance of the two: 28 % against 82 %.
THIS_YEAR = "#2f4b6e"
EARLIER_YEARS = ("#c9d5e3", "#8fa6bf", "#e6e6e6")
# Dark and light in turn, so that neighbours differ without colour.
SLICES = (
    "#2f4b6e",
    "#c9d5e3",
    "#6f8cac",
    "#e4e4e4",
    "#46627f",
    "#a9bace",
    "#5d5d5d",
    "#d2d2d2",
)
TONES = (INK, FAINT, RULE, OUTLINE, THIS_YEAR, *EARLIER_YEARS, *SLICES)

# Of columns, in mm.
WIDEST_BAR = 17.0  # a wider one looks like a block
BAR_GAP = 1.0
GROUP_FILL = 0.84  # the part of a group's room that its bars take

# A slice below 3 % is narrower than its own label.
LEAST_LABELLED_SHARE = 0.03
# With more slices the labels around the pie crowd; a list at the side reads better.
MOST_LABELLED_SLICES = 6
MOST_LINES = 4  # of a wrapped label; the whole name stands in the text and the alternative text
