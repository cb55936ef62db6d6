"""A zip writer for Office packages: the same parts give the same bytes, on any day.

Parts that never change are deflated once and written as they are (`Packed`), which is most of
the cost of a package. Pictures are compressed already and stored.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

# A part ready to be written: crc32, size, zip method (0 stored, 8 deflated), bytes. A plain
# tuple, because prepared templates are kept on disk with marshal.
Packed = tuple[int, int, int, bytes]

COMPRESS_LEVEL = 6  # 9 takes twice the time for 5 % of the size
_STORED, _DEFLATED = 0, 8
_STORED_ENDINGS = (".png", ".jpg", ".jpeg", ".gif")
_JANUARY_1980 = 1 << 5 | 1  # the earliest date a zip can hold: no clock in a package
_TIME_OF_DAY = 0
_VERSION = 20
_UTF8_NAMES = 0x800
_CENTRAL_ENTRY = "<4s6H3I5H2I"
_CONTENT_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"


def packed(name: str, data: bytes) -> Packed:
    """The part ready to be written, deflated unless it is a picture."""
    if name.endswith(_STORED_ENDINGS):
        return zlib.crc32(data), len(data), _STORED, data
    deflate = zlib.compressobj(COMPRESS_LEVEL, zlib.DEFLATED, -15)
    return zlib.crc32(data), len(data), _DEFLATED, deflate.compress(data) + deflate.flush()


def unpacked(part: Packed) -> bytes:
    """The bytes of a part that `packed` made."""
    return zlib.decompress(part[3], -15) if part[2] == _DEFLATED else part[3]


def package_order(name: str) -> tuple[int, str]:
    """Sorting key: what a reader needs first stands first, the rest by name."""
    return (
        (_CONTENT_TYPES, _RELATIONS).index(name) if name in (_CONTENT_TYPES, _RELATIONS) else 2
    ), name


def zip_packed(parts: Iterable[tuple[str, Packed]]) -> bytes:
    """The zip file of these parts, in this order."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part_name, (crc, size, method, data) in parts:
        name = part_name.encode()
        common = (
            _UTF8_NAMES,
            method,
            _TIME_OF_DAY,
            _JANUARY_1980,
            crc,
            len(data),
            size,
            len(name),
            0,
        )
        header = struct.pack("<4s5H3I2H", b"PK\3\4", _VERSION, *common)
        central = struct.pack(
            _CENTRAL_ENTRY, b"PK\1\2", _VERSION, _VERSION, *common, 0, 0, 0, 0, offset
        )
        pieces += (header, name, data)
        directory.append(central + name)
        offset += len(header) + len(name) + len(data)
    entries = b"".join(directory)
    count = len(directory)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(entries), offset, 0)
    return b"".join([*pieces, entries, end])


def zip_parts(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The zip file of these parts, content types first, then by name."""
    ordered = sorted(parts, key=lambda part: package_order(part[0]))
    return zip_packed((name, packed(name, data)) for name, data in ordered)
