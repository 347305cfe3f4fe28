"""护照号码 of the mainland, Hong Kong and Macao, and the second MRZ line of any passport (ICAO 9303-4, TD3).

A number has no check digit of its own and looks like a part number: it is suspected, alone in its cell or beside its
words. A machine-readable line has five check digits, a country, a birth date and a sex: it is confirmed.
"""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import all_digits, in_calendar, number
from kouan.recognize.countries import is_country
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("护照", "護照", "护照号", "因私护照", "passport", "passport no")
_NEAR = packed(*_WORDS)
_NUMBER, _LINE = 9, 44
_FILLER = 60
_SINGLE = bytes(byte in b"EGKH" for byte in range(256))
"""First letters before eight digits: ordinary (E, formerly G), Hong Kong (K, formerly H)."""
_SECOND = bytes(byte in b"ABCDEFGHJKLMNPQRSTUVWXYZ" for byte in range(256))
_PAIRS = (0x5045, 0x5345, 0x4445, 0x4D41)  # PE public affairs, SE service, DE diplomatic, MA Macao
_WEIGHTS = (7, 3, 1)


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade nine characters as a number, and longer runs as the beginning of a machine-readable line."""
    if end - at > _NUMBER:
        return _line(data, lo, hi, at)
    pair = data[at] << 8 | data[at + 1]
    known = _SINGLE[data[at]] != 0 and all_digits(data, at + 1, end)
    if not known and all_digits(data, at + 2, end):
        known = (data[at] == 69 and _SECOND[data[at + 1]] != 0) or _is_pair(pair)
    if not known or (not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR)):
        return 0
    return hit(SUSPECTED, at, end)


def _is_pair(pair: int) -> bool:
    for known in _PAIRS:
        if known == pair:
            return True
    return False


def _line(data: Any, lo: int, hi: int, at: int) -> int:
    """Find a TD3 line that begins here; the line before it belongs to it."""
    end = at + _LINE
    if end > hi or not is_country(data, at + 10) or not _is_sex(data[at + 20]):
        return 0
    if not _is_day(data, at + 13) or not _is_day(data, at + 21):
        return 0
    for place in range(at, end):
        if _value(data[place]) < 0:
            return 0
    if end < hi and _value(data[end]) >= 0:
        return 0
    if not (_checks(data, at, at + 9) and _checks(data, at + 13, at + 19) and _checks(data, at + 21, at + 27)):
        return 0
    if not _checks(data, at + 28, at + 42) or not _composite(data, at):
        return 0
    return hit(CONFIRMED, _upper_line(data, lo, at), end)


def _upper_line(data: Any, lo: int, at: int) -> int:
    """Return where the line above begins (P, a kind, a country, names), else the place itself."""
    last = at
    while last > lo and data[last - 1] in (10, 13, 32):
        last -= 1
    first = last - _LINE
    if first < lo or data[first] != 80:
        return at
    for place in range(first, last):
        if _value(data[place]) < 0:
            return at
    return first


def _is_sex(byte: int) -> bool:
    return byte in (70, 77, _FILLER)


def _is_day(data: Any, at: int) -> bool:
    """Tell whether YYMMDD is a day; 29 February counts in every year, as the century is not known."""
    return all_digits(data, at, at + 6) and in_calendar(20_000_000 + number(data, at + 2, at + 6))


def _value(byte: int) -> int:
    """Return the value of a character of the machine-readable zone (ICAO 9303-3, 4.9), -1 for others."""
    if 48 <= byte <= 57:
        return byte - 48
    if 65 <= byte <= 90:
        return byte - 55
    return 0 if byte == _FILLER else -1


def _sum(data: Any, at: int, end: int, start: int) -> int:
    total = 0
    for place in range(at, end):
        total += _value(data[place]) * _WEIGHTS[(start + place - at) % 3]
    return total


def _checks(data: Any, at: int, end: int) -> bool:
    """Tell whether the character behind a field is its check digit; a filler stands for 0 behind an empty field."""
    return _sum(data, at, end, 0) % 10 == _value(data[end])


def _composite(data: Any, at: int) -> bool:
    total = _sum(data, at, at + 10, 0) + _sum(data, at + 13, at + 20, 10) + _sum(data, at + 21, at + 43, 17)
    return total % 10 == _value(data[at + 43])


IDENTIFIER = Identifier(
    id="cn.passport",
    label=Text(zh="护照号码", en="passport number"),
    lengths=(9, 11, *range(28, 45)),  # 11: behind the one letter of Germany stand fillers
    kinds=DIGITS | UPPER,
    needs=DIGITS | UPPER,
    find=find,
    source="public descriptions of Chinese passports (P); ICAO 9303-3 and 9303-4 for the machine-readable zone (S)",
    context=_WORDS,
)
