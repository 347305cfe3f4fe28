"""香港身份证: one or two letters, six digits and a check in brackets, MOD 11. One random number in eleven passes."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import all_digits
from kouan.recognize.identifier import CONFIRMED, DIGITS, NEVER, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("香港身份证", "香港身份證", "香港永久性居民", "hkid", "hong kong identity card", "hong kong id")
_NEAR = packed(*_WORDS)
_BLANK = 36
"""Value of the missing first letter."""


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade letters, digits and a check, in brackets or bare; bare in a text only beside its words."""
    letters = 1 if 48 <= data[at + 1] <= 57 else 2
    body = at + letters
    last, stop = body + 6, end
    bracketed = last == end
    if bracketed:
        if end + 3 > hi or data[end] != 40 or data[end + 2] != 41:
            return 0
        last, stop = end + 1, end + 3
    elif last + 1 != end:
        return 0
    if data[at] < 65 or (letters == 2 and data[at + 1] < 65) or not all_digits(data, body, body + 6):
        return 0
    right = _checks(data, at, letters, data[last])
    if is_whole(lo, hi, at, stop):
        return hit(CONFIRMED if right else SUSPECTED, at, stop)
    return hit(CONFIRMED, at, stop) if right and (bracketed or beside(data, lo, hi, at, stop, _NEAR)) else 0


def _checks(data: Any, at: int, letters: int, check: int) -> bool:
    total = (_BLANK if letters == 1 else data[at] - 55) * 9 + (data[at + letters - 1] - 55) * 8
    for place in range(6):
        total += (data[at + letters + place] - 48) * (7 - place)
    value = check - 48 if 48 <= check <= 57 else 10
    return (total + value) % 11 == 0 and (48 <= check <= 57 or check == 65)


IDENTIFIER = Identifier(
    id="hkid",
    label=Text(zh="香港身份证号码", en="Hong Kong identity card number"),
    lengths=(7, 8, 9),
    kinds=DIGITS | UPPER,
    needs=DIGITS | UPPER,
    find=find,
    source="published check digit rule of the Hong Kong identity card (S)",
    chance=1 / 11,
    stops=NEVER,  # one bare passport number or organisation code in eleven passes: the column tells which they are
    context=_WORDS,
)
