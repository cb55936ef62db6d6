"""The text of one typed value, with its place."""

from __future__ import annotations

from disclosure.model.place import Location


class Scalar(str):
    """The text of one value as typed, with where it stands and whether it was quoted."""

    __slots__ = ("location", "quoted")
    location: Location
    quoted: bool

    @classmethod
    def at(cls, text: str, location: Location, quoted: bool = False) -> Scalar:
        scalar = cls(text)
        scalar.location = location
        scalar.quoted = quoted
        return scalar
