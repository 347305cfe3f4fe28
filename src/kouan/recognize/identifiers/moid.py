"""澳门居民身份证: 1, 5 or 7, six more digits, and a check digit in brackets whose rule is not published."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import DIGITS, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("澳门居民身份证", "澳门身份证", "澳門居民身份證", "澳門身份證", "macao id", "macau id")
_NEAR = packed(*_WORDS)
_BODY = 7


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade seven digits with a bracketed one behind them, or eight; in a text only beside its words."""
    if data[at] != 49 and data[at] != 53 and data[at] != 55:
        return 0
    stop = end
    if end - at == _BODY:
        if end + 3 > hi or data[end] != 40 or data[end + 2] != 41 or data[end + 1] < 48 or data[end + 1] > 57:
            return 0
        stop = end + 3
    if not is_whole(lo, hi, at, stop) and not beside(data, lo, hi, at, stop, _NEAR):
        return 0
    return hit(SUSPECTED, at, stop)


IDENTIFIER = Identifier(
    id="moid",
    label=Text(zh="澳门居民身份证号码", en="Macao identity card number"),
    lengths=(7, 8),
    kinds=DIGITS,
    find=find,
    source="public descriptions of the Macao resident identity card (P)",
    context=_WORDS,
    asked=True,
    spoken=True,
)
