"""MAC addresses: six groups of two hexadecimal digits with `:` or `-`, three of four with `.`, twelve in a row."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, MIXED, SUSPECTED, Identifier, hit

_HEX = bytes(chr(byte) in "0123456789abcdefABCDEF" for byte in range(256))
_LETTER = bytes(chr(byte).isalpha() and byte < 128 for byte in range(256))
_JOINS = bytes((chr(byte).isalnum() and byte < 128) or byte in b":-." for byte in range(256))
_CONTENT = 12
_BEFORE = bytes(byte for byte in range(256) if byte not in b":-.")
"""Most dates and times go on behind one of these."""


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the address whose first group is a run; digits alone may be a time, so that they are suspected only."""
    size, mark = end - at, data[end]
    if (size == 4) != (mark == 46) or size not in (2, 4):
        return 0
    stop = at + _CONTENT + _CONTENT // size - 1
    if stop > hi or (at > lo and _JOINS[data[at - 1]]) or (stop < hi and _JOINS[data[stop]] and data[stop] != 46):
        return 0
    letters, same = False, True
    for place in range(stop - at):
        byte = data[at + place]
        if place % (size + 1) == size:
            if byte != mark:
                return 0
        elif not _HEX[byte]:
            return 0
        else:
            letters = letters or _LETTER[byte] != 0
            same = same and byte == data[at]
    if same:  # 00:00:… and ff:ff:… are nobody's
        return 0
    return hit(CONFIRMED if letters else SUSPECTED, at, stop)


def find_bare(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade twelve characters in a row: all hexadecimal."""
    for place in range(at, end):
        if not _HEX[data[place]]:
            return 0
    return hit(SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="mac",
    label=Text(zh="MAC 地址", en="MAC address"),
    lengths=(2,),
    kinds=MIXED,
    find=find,
    source="IEEE 802-2014 clause 8 (S)",
    before=_BEFORE,
    after=b":-",
    context=("MAC", "mac", "mac address", "mac addr", "MAC地址", "网卡地址", "物理地址"),
)
DOTTED = Identifier(
    id="mac.dotted",
    label=Text(zh="MAC 地址（三组）", en="MAC address in three groups"),
    lengths=(4,),
    kinds=MIXED,
    find=find,
    source="IEEE 802-2014 clause 8 (S)",
    before=_BEFORE,
    after=b".",
    context=IDENTIFIER.context,
    # Every amount of four digits begins alike.
    asked=True,
)
BARE = Identifier(
    id="mac.bare",
    label=Text(zh="MAC 地址（无分隔符）", en="MAC address without separators"),
    lengths=(12,),
    kinds=MIXED,
    find=find_bare,
    source="IEEE 802-2014 clause 8 (S)",
    context=IDENTIFIER.context,
    asked=True,
)
