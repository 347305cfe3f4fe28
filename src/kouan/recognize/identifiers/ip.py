"""IPv4 addresses; version and section numbers (1.2.3.4) have the same form and smaller numbers."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, NEVER, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import near, packed

_ALNUM = bytes(chr(byte).isalnum() and byte < 128 for byte in range(256))
_WORDS = packed("ip", "地址", "addr", "host", "client", "来源", "登录", "proxy")
_VERSIONS = packed("version", "版本", "ver", "v.")
_PLAIN, _SMALL = 64, 32
"""Numbers of versions and sections are smaller: two from 64 on make an address, one from 32 on a possible one."""


def _read(data: Any, at: int, hi: int) -> tuple[int, int, int, int]:
    """Return the end of four numbers between points (0: none), how many are large, the first, and the greatest."""
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


def _is_of_somebody(data: Any, lo: int, at: int, place: int, first: int) -> bool:
    """Tell whether it is no version, and neither this host, loopback, multicast nor reserved."""
    if place == 0 or first in (0, 127) or first > 223 or (at > lo and data[at - 1] in (45, 46, 95)):
        return False
    return not near(data, lo, at, _VERSIONS)


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find an address whose first number is a run: two large numbers or a word near it confirm."""
    place, large, first, most = _read(data, at, hi)
    if not _is_of_somebody(data, lo, at, place, first):
        return 0
    if large >= 2 or near(data, lo, at, _WORDS):
        return hit(CONFIRMED, at, place)
    return hit(SUSPECTED, at, place) if most >= _SMALL else 0


def find_named(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find an address where the names speak of such: its numbers may be small."""
    place, _, first, _ = _read(data, at, hi)
    return hit(CONFIRMED, at, place) if _is_of_somebody(data, lo, at, place, first) else 0


def find_private(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find addresses of private and shared ranges: of a network of its own."""
    place, _, first, _ = _read(data, at, hi)
    if not _is_of_somebody(data, lo, at, place, first):
        return 0
    second, point = 0, at
    while data[point] != 46:
        point += 1
    point += 1
    while data[point] != 46:
        second = second * 10 + (data[point] - 48)
        point += 1
    inner = first == 10 or (first == 172 and 16 <= second <= 31) or (first == 192 and second == 168)
    inner = inner or (first == 100 and 64 <= second <= 127) or (first == 169 and second == 254)
    return hit(SUSPECTED, at, place) if inner else 0


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
    alone=False,
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
    asked=True,
)
NAMED = Identifier(
    id="ip.named",
    label=Text(zh="IP 地址（名称所指）", en="IP address, by the name"),
    lengths=(1, 2, 3),
    kinds=DIGITS,
    find=find_named,
    source="RFC 791 (S)",
    after=b".",
    context=_CONTEXT,
    asked=True,
)
