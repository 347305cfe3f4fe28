"""IPv6 addresses (RFC 4291): eight groups, or fewer around `::`; no times, no MAC addresses, no C++ names."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, MIXED, SUSPECTED, Identifier, hit

_HEX = bytes(chr(byte) in "0123456789abcdefABCDEF" for byte in range(256))
_LETTER = bytes(chr(byte).isalpha() and byte < 128 for byte in range(256))
_JOINS = bytes((chr(byte).isalnum() and byte < 128) or byte in b":._-" for byte in range(256))
_COLON = 58


def _read(data: Any, at: int, hi: int) -> tuple[int, int, int, int, int]:
    """Return the end of groups with `:` between them (0: they are none), how many, gaps `::`, letters, the longest."""
    groups, longest, gaps, letters, place = 0, 0, 0, 0, at
    while place < hi and groups < 9:
        size = 0
        while place < hi and _HEX[data[place]] and size < 5:
            letters += _LETTER[data[place]] != 0
            size += 1
            place += 1
        if size == 0 or size > 4:
            return 0, 0, 0, 0, 0
        groups += 1
        longest = max(longest, size)
        step = _step(data, place, hi)
        if step == 0:
            break
        gaps += step == 2
        place += step
        if place >= hi or not _HEX[data[place]]:
            break
    return place, groups, gaps, letters, longest


def _step(data: Any, at: int, hi: int) -> int:
    """Return 1 for `:` before a group, 2 for `::`, 0 for anything else."""
    if at + 1 >= hi or data[at] != _COLON:
        return 0
    return 2 if data[at + 1] == _COLON else 1 if _HEX[data[at + 1]] else 0


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the address whose first group is a run; one group of three characters at the least tells it from a time."""
    if at > lo and _JOINS[data[at - 1]]:
        return 0
    place, groups, gaps, letters, longest = _read(data, at, hi)
    if place == 0 or longest < 3 or (place < hi and _JOINS[data[place]] and data[place] != 46):
        return 0
    full = groups == 8 and gaps == 0
    if not full and (gaps != 1 or groups > 7 or groups < 2):
        return 0
    return hit(CONFIRMED if letters > 0 and (full or groups >= 3) else SUSPECTED, at, place)


IDENTIFIER = Identifier(
    id="ipv6",
    label=Text(zh="IPv6 地址", en="IPv6 address"),
    lengths=(4,),  # first groups in use are 2000 to 3fff, fc00 to ff00
    kinds=MIXED,
    find=find,
    source="RFC 4291 (S)",
    before=bytes(byte for byte in range(256) if byte not in b":._-"),
    after=b":",
    context=("IPv6", "ipv6", "IP", "ip", "ip address", "IP地址"),
)
