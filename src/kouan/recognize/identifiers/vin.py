"""车辆识别代号 (VIN, GB 16735, ISO 3779): 17 characters, check at the ninth, which European vehicles do not have."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import all_digits
from kouan.recognize.identifier import CONFIRMED, DIGITS, LETTERS, LOWER, SUSPECTED, UPPER, Identifier, hit

_BAD = 99
_TABLE = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VALUES = bytes(_TABLE.get(chr(byte).upper(), _BAD) if byte < 128 else _BAD for byte in range(256))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK = 8
_YEAR = bytes(chr(byte).upper() not in "IOQUZ0" for byte in range(256))
"""Characters of a model year, the tenth."""
_REGION = bytes(byte < 128 and chr(byte).upper() in "123459JKLMNSTVWYZ" for byte in range(256))
"""First characters of the regions in which most vehicles are made."""
_CASES = bytes(UPPER if 65 <= byte <= 90 else LOWER if 97 <= byte <= 122 else 0 for byte in range(256))
_HEX = bytes(chr(byte) in "0123456789abcdefABCDEF" for byte in range(256))


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 17 characters: alphabet and four last digits make them suspected, check and model year confirm.

    Hashes, tokens and orders: capitals and small letters do not mix, and what could be hexadecimal, has no letter
    behind a digit (AB20261122…) or one among its last five characters is never confirmed.
    """
    if not all_digits(data, at + 13, end):
        return 0
    total, kinds = 0, 0
    for place in range(17):
        byte = data[at + place]
        value = _VALUES[byte]
        if value == _BAD:
            return 0
        total += value * _WEIGHTS[place]
        kinds |= _CASES[byte]
    if kinds not in (UPPER, LOWER):
        return 0
    last = data[at + _CHECK]
    right = total % 11 == (10 if last in (88, 120) else last - 48)
    return hit(CONFIRMED if right and _is_plain(data, at, end) else SUSPECTED, at, end)


def _is_plain(data: Any, at: int, end: int) -> bool:
    """Tell whether it cannot be hexadecimal, and has a region, a model year, and a letter behind a digit."""
    if not _REGION[data[at]] or not _YEAR[data[at + 9]] or not all_digits(data, at + 12, end):
        return False
    beyond, after = not _HEX[data[at]], False
    for place in range(at + 1, end):
        beyond = beyond or not _HEX[data[place]]
        after = after or (data[place] > 57 and data[place - 1] <= 57)
    return beyond and after


IDENTIFIER = Identifier(
    id="vin",
    label=Text(zh="车辆识别代号", en="vehicle identification number"),
    lengths=(17,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    find=find,
    source="GB 16735; ISO 3779 (S for the rule)",
    chance=1 / 11,
    context=("车架号", "VIN", "VIN码", "车辆识别代号", "车辆识别码", "vin", "chassis"),
)
