"""十五位公民身份号码: the number before 1999, area and a birth date of two-digit year. Any 15 digits may look so."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import PROVINCES, in_calendar, number
from kouan.recognize.identifier import DIGITS, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("身份证", "身份证号", "公民身份号码", "证件号码", "居民身份证", "id card", "resident id", "id no")
_NEAR = packed(*_WORDS)
_CENTURY = 19_000_000


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 15 digits: area and a day of the years 1900 to 1999 make them suspected; there is no check digit."""
    if not PROVINCES[number(data, at, at + 2)] or not in_calendar(_CENTURY + number(data, at + 6, at + 12)):
        return 0
    if not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR):
        return 0
    return hit(SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="cn.ric15",
    label=Text(zh="十五位公民身份号码", en="resident identity number of 15 digits"),
    lengths=(15,),
    kinds=DIGITS,
    find=find,
    source="GB 11643-1989, replaced (W: legacy data only)",
    context=_WORDS,
    asked=True,
    spoken=True,
)
