"""IPv4 addresses; version and section numbers (1.2.3.4) have the same form and smaller numbers."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, NEVER, SUSPECTED, Identifier, grade_of, hit
from kouan.recognize.nearby import near, packed

_ALNUM = bytes(chr(byte).isalnum() and byte < 128 for byte in range(256))
_WORDS = packed("ip", "地址", "addr", "host", "client", "来源", "登录", "proxy")
_VERSIONS = packed("version", "版本", "ver", "v.")
_PLAIN, _SMALL = 64, 32
"""Numbers of versions and sections are smaller: two from 64 on make an address, one from 32 on a possible one."""


def _read(data: Any, at: int, hi: int) -> tuple[int, int, int, int]:
    """Return the end of four numbers with points between them (0: there are none), how many are large, the first, the greatest."""
    place, large, first, most = at, 0, 0, 0
    for part in range(4):
        value, digits = 0, 0
        while place < hi and 48 <= data[place] <= 57 and digits < 4:
            value = value * 10 + (data[place] - 48)
            digits += 1
            place += 1
        if digits == 0 or value > 255 or (digits > 1 and data[place - digits] == 48):
            return 0, 0, 0, 0
        large += value >= _PLAIN
        most = max(most, value)
        first = value if part == 0 else first
        if part < 3:
            if place >= hi or data[place] != 46:
                return 0, 0, 0, 0
            place += 1
    if _goes_on(data, place, hi):
        return 0, 0, 0, 0
    return place, large, first, most


def _goes_on(data: Any, at: int, hi: int) -> bool:
    """Tell whether a word or a fifth number follows."""
    if at < hi and data[at] == 46:
        at += 1
    return at < hi and _ALNUM[data[at]] != 0


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find an address whose first number is a run: two large numbers or a word near it confirm."""
    if at > lo and data[at - 1] in (45, 46, 95):
        return 0
    place, large, first, most = _read(data, at, hi)
    # This host, loopback, multicast and reserved are nobody's.
    if place == 0 or first in (0, 127) or first > 223 or near(data, lo, at, _VERSIONS):
        return 0
    if large >= 2 or near(data, lo, at, _WORDS):
        return hit(CONFIRMED, at, place)
    return hit(SUSPECTED, at, place) if most >= _SMALL else 0


def find_private(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find addresses of private and shared ranges (RFC 1918, RFC 6598): of a network of its own."""
    found = find(data, lo, hi, at, end, today)
    if found == 0:
        return 0
    first, second, place = 0, 0, at
    while data[place] != 46:
        first = first * 10 + (data[place] - 48)
        place += 1
    place += 1
    while data[place] != 46:
        second = second * 10 + (data[place] - 48)
        place += 1
    inner = first == 10 or (first == 172 and 16 <= second <= 31) or (first == 192 and second == 168)
    inner = inner or (first == 100 and 64 <= second <= 127) or (first == 169 and second == 254)
    return hit(grade_of(found), at, found >> 33) if inner else 0


_CONTEXT = ("IP", "ip", "ip address", "ip addr", "IP地址", "客户端IP", "登录IP", "client ip", "remote addr")
IDENTIFIER = Identifier(
    id="ip",
    label=Text(zh="IP 地址", en="IP address"),
    lengths=(1, 2, 3),
    kinds=DIGITS,
    find=find,
    source="RFC 791 (S)",
    after=b".",
    context=_CONTEXT,
)
PRIVATE = Identifier(
    id="ip.private",
    label=Text(zh="内网 IP 地址", en="IP address of a private network"),
    lengths=(1, 2, 3),
    kinds=DIGITS,
    find=find_private,
    source="RFC 1918; RFC 6598; RFC 3927 (S)",
    after=b".",
    stops=NEVER,
    context=_CONTEXT,
)
