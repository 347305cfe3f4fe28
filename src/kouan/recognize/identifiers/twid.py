"""台湾身份证: a letter, 1 or 2 (8 or 9 for residents without household registration), seven digits, weighted MOD 10."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import all_digits
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("台湾身份证", "臺灣身分證", "国民身分证", "國民身分證", "身分證", "统一编号", "統一編號", "taiwan id")
_NEAR = packed(*_WORDS)
_LETTERS = tuple("ABCDEFGHJKLMNPQRSTUVXYWZIO".index(chr(letter)) + 10 for letter in range(65, 91))
"""Values of A to Z: counties in the order in which they were numbered, I, O, W and Z late."""


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade ten characters by their check digit; in a text only beside its words."""
    if data[at] < 65 or not all_digits(data, at + 1, end):
        return 0
    if data[at + 1] not in (49, 50, 56, 57):
        return 0
    value = _LETTERS[data[at] - 65]
    total = value // 10 + value % 10 * 9 + data[end - 1] - 48
    for place in range(1, 9):
        total += (data[at + place] - 48) * (9 - place)
    right = total % 10 == 0
    if is_whole(lo, hi, at, end):
        return hit(CONFIRMED if right else SUSPECTED, at, end)
    return hit(CONFIRMED, at, end) if right and beside(data, lo, hi, at, end, _NEAR) else 0


IDENTIFIER = Identifier(
    id="twid",
    label=Text(zh="台湾身份证号码", en="Taiwan identity card number"),
    lengths=(10,),
    kinds=DIGITS | UPPER,
    needs=DIGITS | UPPER,
    find=find,
    source="published check digit rule of the Taiwan identity card (S)",
    chance=1 / 10,
    context=_WORDS,
)
