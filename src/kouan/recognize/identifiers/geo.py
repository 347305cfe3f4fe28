"""A pair of coordinates in one cell, "116.39748,39.90882": four decimals at the least, so that it is a place."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, Identifier, hit

_FEWEST = 4
_SEPARATORS = b",; /|"
_IS_SEPARATOR = bytes(byte in _SEPARATORS for byte in range(256))
_DIGIT = bytes(48 <= byte <= 57 for byte in range(256))


def _separator(data: Any, at: int, hi: int) -> int:
    """Return the bytes of a separator at a place, 0 for anything else; the plain form keeps the comma of full width."""
    if at < hi and _IS_SEPARATOR[data[at]]:
        return 1
    return 3 if at + 2 < hi and data[at] == 0xEF and data[at + 1] == 0xBC and data[at + 2] == 0x8C else 0


def _decimal(data: Any, at: int, hi: int) -> int:
    """Return the end of a number with four decimals at the least, else -1."""
    place = at + 1 if at < hi and data[at] == 45 else at
    first = place
    while place < hi and _DIGIT[data[place]]:
        place += 1
    if place == first or place - first > 3 or place >= hi or data[place] != 46:
        return -1
    point = place
    place += 1
    while place < hi and _DIGIT[data[place]]:
        place += 1
    return place if _FEWEST < place - point <= 18 else -1


def _degrees(data: Any, at: int) -> int:
    """Return the whole degrees of a number, without its sign."""
    place = at + 1 if data[at] == 45 else at
    value = 0
    while _DIGIT[data[place]]:
        value = value * 10 + (data[place] - 48)
        place += 1
    return value


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find a pair that begins at a run: within China it is confirmed, elsewhere suspected; three numbers are none."""
    start = at - 1 if at > lo and data[at - 1] == 45 else at
    if start > lo and (_DIGIT[data[start - 1]] or data[start - 1] == 46 or data[start - 1] == 45):
        return 0
    if _follows(data, lo, start):
        return 0
    middle = _decimal(data, start, hi)
    apart = _separator(data, middle, hi) if middle >= 0 else 0
    if apart == 0:
        return 0
    mark = data[middle]
    second = middle + apart
    if second < hi and data[second] == 32:
        second += 1
    stop = _decimal(data, second, hi)
    if stop < 0 or _goes_on(data, stop, hi, mark):
        return 0
    one, two = _degrees(data, start), _degrees(data, second)
    south = data[start] == 45 or data[second] == 45
    if not south and ((73 <= one <= 135 and 3 <= two <= 53) or (73 <= two <= 135 and 3 <= one <= 53)):
        return hit(CONFIRMED, start, stop)
    fits = (one < 180 and two < 90) or (one < 90 and two < 180)
    return hit(SUSPECTED, start, stop) if fits and (one > 1 or two > 1) else 0


def _follows(data: Any, lo: int, at: int) -> bool:
    """Tell whether a number and a comma stand before a place: then it is one of a longer list."""
    place = at - 1
    while place > lo and data[place] == 32:
        place -= 1
    return place > lo and data[place] == 44 and _DIGIT[data[place - 1]] != 0


def _goes_on(data: Any, at: int, hi: int, mark: int) -> bool:
    """Tell whether the list goes on with the same mark and another number."""
    if at < hi and data[at] == 46:
        return at + 1 < hi and _DIGIT[data[at + 1]] != 0
    if at >= hi or data[at] != mark:
        return False
    place = at + max(_separator(data, at, hi), 1)
    while place < hi and data[place] == 32:
        place += 1
    return place < hi and (_DIGIT[data[place]] != 0 or data[place] == 45)


IDENTIFIER = Identifier(
    id="geo",
    label=Text(zh="经纬度", en="pair of coordinates"),
    lengths=(2, 3),
    kinds=DIGITS,
    find=find,
    source="decimal degrees, ISO 6709 annex H (P)",
    after=b".",
    context=("经纬度", "坐标", "位置", "定位", "轨迹", "coordinates", "location", "gps", "lnglat", "latlng"),
    alone=False,
)
