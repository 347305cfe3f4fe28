"""公民身份号码 (GB 11643-1999): area, birth date, order, MOD 11-2 check (ISO 7064)."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import PROVINCES, all_digits, is_birth, mod_11_2, number
from kouan.recognize.identifier import CONFIRMED, DIGITS, LETTERS, SUSPECTED, Identifier, hit


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 18 characters: area and a past birth date make them suspected, the check digit confirms."""
    last = data[end - 1]
    if not all_digits(data, at, end - 1) or not (48 <= last <= 57 or last in (88, 120)):
        return 0
    if not PROVINCES[number(data, at, at + 2)] or not is_birth(number(data, at + 6, at + 14), today):
        return 0
    return hit(CONFIRMED if mod_11_2(data, at, end) else SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="cn.ric",
    label=Text(zh="公民身份号码", en="resident identity number"),
    lengths=(18,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    first=b"12345678",
    find=find,
    source="GB 11643-1999; GB/T 2260; ISO 7064 (S)",
    chance=1 / 11,
    rare=True,
    groups=((6, 8, 4),),
    # Where area and birth date fit, no number of another kind is looked for: one in ten passes Luhn.
    stops=SUSPECTED,
    context=("身份证", "身份证号", "公民身份号码", "证件号码", "居民身份证", "id card", "resident id", "id no"),
)
