"""Charts: a ChartSeries in, picture bytes out. Nothing here imports matplotlib before it draws."""

from charts.cache import PictureCache, key_of, pictures
from charts.picture import Picture, draw

__all__ = ["Picture", "PictureCache", "draw", "key_of", "pictures"]
