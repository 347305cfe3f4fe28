"""港澳居民来往内地通行证 and 台湾居民来往大陆通行证: numbers without a check digit, looked for beside their words."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import all_digits, in_calendar, number
from kouan.recognize.identifier import DIGITS, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

# Not 港澳通行证: that is what mainland residents carry to Hong Kong.
_HKMO = ("回乡证", "回鄉證", "来往内地通行证", "港澳居民通行证", "home return permit")
_TW = ("台胞证", "臺胞證", "来往大陆通行证", "台湾居民通行证", "mainland travel permit")
_NEAR_HKMO, _NEAR_TW = packed(*_HKMO), packed(*_TW)
_H, _M = 72, 77
_SHORT = 8


def find_hkmo(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade H or M, the eight digits of a life, and on older cards two digits that count renewals."""
    if (data[at] != _H and data[at] != _M) or not all_digits(data, at + 1, end):
        return 0
    if not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR_HKMO):
        return 0
    return hit(SUSPECTED, at, end)


def find_tw(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade eight digits that are no day of these centuries, or ten digits and a letter (older cards)."""
    if end - at == _SHORT:
        day = number(data, at, end)
        if not all_digits(data, at, end) or (19_000_000 < day < 21_000_000 and in_calendar(day)):
            return 0
    elif not all_digits(data, at, end - 1) or data[end - 1] < 65:
        return 0
    if not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR_TW):
        return 0
    return hit(SUSPECTED, at, end)


HKMO = Identifier(
    id="cn.hkmo_permit",
    label=Text(zh="港澳居民来往内地通行证号码", en="home return permit number"),
    lengths=(9, 11),
    kinds=DIGITS | UPPER,
    needs=DIGITS | UPPER,
    find=find_hkmo,
    source="number rules of the Ministry of Public Security, 2010, for 11 characters; 9 since 2013 (P)",
    context=_HKMO,
    asked=True,
    spoken=True,
)
TAIWAN = Identifier(
    id="cn.tw_permit",
    label=Text(zh="台湾居民来往大陆通行证号码", en="mainland travel permit number of a Taiwan resident"),
    lengths=(8, 11),
    kinds=DIGITS | UPPER,
    needs=DIGITS,
    find=find_tw,
    source="public descriptions of the permit (P)",
    context=_TW,
    asked=True,
    spoken=True,
)
