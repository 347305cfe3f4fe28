"""统一社会信用代码 (GB 32100-2015): MOD 31-3 check. It names an organisation; 92… is a sole trader, a person."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import PROVINCES, all_digits, number
from kouan.recognize.identifier import CONFIRMED, DIGITS, LETTERS, NEVER, SUSPECTED, Identifier, hit

_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_BAD = 99
_VALUES = bytes(
    _ALPHABET.index(bytes([byte]).upper()) if bytes([byte]).upper() in _ALPHABET else _BAD for byte in range(256)
)
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_AUTHORITIES = b"123456789ANYany"
_IS_AUTHORITY = bytes(byte in _AUTHORITIES for byte in range(256))


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 18 characters: authority, area and alphabet make them suspected, the check character confirms."""
    if not _IS_AUTHORITY[data[at]] or not all_digits(data, at + 2, at + 8):
        return 0
    # 100000 is the area of central bodies.
    if not PROVINCES[number(data, at + 2, at + 4)] and number(data, at + 2, at + 8) != 100_000:
        return 0
    total = 0
    for place in range(17):
        value = _VALUES[data[at + place]]
        if value == _BAD:
            return 0
        total += value * _WEIGHTS[place]
    last = _VALUES[data[end - 1]]
    if last == _BAD:
        return 0
    return hit(CONFIRMED if (31 - total % 31) % 31 == last else SUSPECTED, at, end)


def find_sole(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find codes of sole traders (个体工商户, 92…) with a right check character: they lead to a person."""
    if data[at] != 57 or data[at + 1] != 50:
        return 0
    found = find(data, lo, hi, at, end, today)
    return found if found & 3 == CONFIRMED else 0


_CONTEXT = ("统一社会信用代码", "信用代码", "纳税人识别号", "税号", "营业执照", "uscc", "tax id", "credit code")
IDENTIFIER = Identifier(
    id="cn.uscc",
    label=Text(zh="统一社会信用代码", en="unified social credit code"),
    lengths=(18,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    first=_AUTHORITIES,
    find=find,
    source="GB 32100-2015 (S)",
    chance=1 / 31,
    context=_CONTEXT,
)
SOLE_TRADER = Identifier(
    id="cn.uscc.sole",
    label=Text(zh="个体工商户统一社会信用代码", en="credit code of a sole trader"),
    lengths=(18,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    first=b"9",
    find=find_sole,
    source="GB 32100-2015 (S)",
    chance=1 / 31,
    stops=NEVER,
    context=_CONTEXT,
)
