"""A sheet of paper to draw on, in mm from the lower left. The one module written in matplotlib.

Import it only to draw (`charts.picture` does): it brings matplotlib along.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle, Wedge
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

from charts import style
from charts.engine import font_file

SETTINGS: Any = {"svg.hashsalt": "charts", "svg.fonttype": "path", "font.enable_last_resort": False}
# Settings and warning filters belong to the process, so one drawing at a time.
_drawing = threading.Lock()


@contextmanager
def blank_sheet(width: float, height: float) -> Iterator[Sheet]:
    """A sheet to draw on, under matplotlib's shipped settings whatever the user's own are."""
    with _drawing, matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(SETTINGS)
        # A box in place of a character must never reach a printed page.
        warnings.filterwarnings("error", message="Glyph .* missing")
        yield Sheet(width, height)


class Sheet:
    """Draws text, boxes, lines and wedges, later ones on top; gives the picture as PNG and SVG."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        inches = (width / style.MM_PER_INCH, height / style.MM_PER_INCH)
        self._figure = Figure(figsize=inches, dpi=style.DPI, facecolor=style.PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        self._mm = Affine2D().scale(1 / style.MM_PER_INCH) + self._figure.dpi_scale_trans
        self._font = str(font_file())
        self._glyphs = get_font(self._font)
        self._drawn = 0

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = style.TEXT_SIZE,
        colour: str = style.INK,
        across: str = "center",
        up: str = "center",
        turned: bool = False,
    ) -> None:
        """Text at a point; `across` (left, center, right) and `up` say what of it stands there."""
        # Named by its file, the font is ours even where another of that name is installed.
        font = FontProperties(fname=self._font, size=size)
        # A "$" in a name is a character, not the start of a formula.
        artist = Text(x, y, self._printable(text), fontproperties=font, parse_math=False)
        artist.set(color=colour, ha=across, va=up, multialignment=across)
        artist.set(linespacing=style.LINE_SPACING, rotation=90 if turned else 0)
        self._add(artist)

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str) -> None:
        """A rectangle; a negative height hangs below `y`."""
        self._add(Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=0.6))

    def line(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A thin line through the points."""
        xs, ys = zip(*points, strict=True)
        self._add(Line2D(xs, ys, color=colour, linewidth=0.6))

    def wedge(
        self, centre: tuple[float, float], radius: float, span: tuple[float, float], fill: str
    ) -> None:
        """A slice of a pie; `span` in parts of the whole, clockwise from twelve o'clock."""
        start, end = (90 - 360 * part for part in span)
        # A wedge of 100 % would show its seam.
        whole = start - end == 360
        artist = Circle(centre, radius) if whole else Wedge(centre, radius, end, start)
        artist.set(facecolor=fill, edgecolor=style.PAPER, linewidth=0.8)
        self._add(artist)

    def unit(self, unit: str) -> None:
        """「单位：万元」 at the upper left, above the axis or the pie."""
        y = self.height - style.MARGIN
        self.text(style.MARGIN, y, f"单位：{unit}", size=style.SMALL_SIZE, across="left")

    def png(self) -> bytes:
        """The sheet as a PNG with a palette: a third of the bytes, and the paper is pure white."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        pixels = bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        image = Image.frombuffer("RGBA", self._canvas.get_width_height(), pixels).convert("RGB")
        palette = Image.new("P", (1, 1))
        palette.putpalette(_palette())
        file = BytesIO()
        image = image.quantize(palette=palette, dither=Image.Dither.NONE)
        image.save(file, "PNG", dpi=(style.DPI, style.DPI))
        return file.getvalue()

    def svg(self) -> bytes:
        """The sheet as SVG, without date or maker; text is outlines, so that no font is needed."""
        file = BytesIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self._figure.savefig(file, format="svg", metadata=nothing)
        return file.getvalue()

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._mm)
        artist.set_zorder(self._drawn)
        self._drawn += 1
        self._figure.add_artist(artist)

    def _printable(self, text: str) -> str:
        """The text with 〓 for what the font lacks (an emoji in a name)."""
        return "".join(
            c if c == "\n" or self._glyphs.get_char_index(ord(c)) else style.MISSING_GLYPH
            for c in text
        )


def _palette() -> list[int]:
    """Red, green, blue: greys for the text, each tone, and its edge in two steps to the paper."""
    greys = [(grey, grey, grey) for grey in range(255, 0, -28)]
    tones = [tuple(bytes.fromhex(tone[1:])) for tone in style.TONES]
    edges = [
        tuple(part + (255 - part) * step // 3 for part in tone)
        for tone in tones
        for step in range(3)
    ]
    return [part for colour in dict.fromkeys([*greys, *edges]) for part in colour]
