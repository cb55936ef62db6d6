"""Charts: a ChartSeries in; a picture, or a chart of Word's own, out.

Nothing here imports matplotlib before it draws.
"""

from charts.cache import PictureCache, key_of, pictures
from charts.native import NativeChart, native_chart
from charts.picture import Picture, draw

__all__ = [
    "NativeChart",
    "Picture",
    "PictureCache",
    "draw",
    "key_of",
    "native_chart",
    "pictures",
]
