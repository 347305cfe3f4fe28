"""外国人永久居留身份证: 18 digits beginning with 9 since December 2023, three letters and twelve digits before.

The new number is built as a resident identity number (birth date, MOD 11-2); the codes of a province and of a country
stand where the area stands. A credit code of digits alone begins with 91, 92 or 93 as well: a past birth date in
its middle is rare, and where both checks are right it is only suspected.
"""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import PROVINCES, all_digits, is_birth, mod_11_2, number
from kouan.recognize.countries import NUMERIC, is_country
from kouan.recognize.identifier import CONFIRMED, DIGITS, LETTERS, SUSPECTED, UPPER, Identifier, hit
from kouan.recognize.identifiers.uscc import find as find_credit_code
from kouan.recognize.nearby import beside, is_whole, packed

_WORDS = ("永久居留", "永居证", "永居", "五星卡", "permanent residence", "permanent resident")
_NEAR = packed(*_WORDS)


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 18 characters that begin with 9: a past birth date makes them suspected, country and check confirm."""
    last = data[end - 1]
    if data[at] != 57 or not all_digits(data, at, end - 1) or not (48 <= last <= 57 or last in (88, 120)):
        return 0
    if not PROVINCES[number(data, at + 1, at + 3)] or not is_birth(number(data, at + 6, at + 14), today):
        return 0
    code = find_credit_code(data, lo, hi, at, end, today) & 3
    if not mod_11_2(data, at, end):
        return 0 if code == CONFIRMED else hit(SUSPECTED, at, end)
    sure = code != CONFIRMED and NUMERIC[number(data, at + 3, at + 6)] != 0
    return hit(CONFIRMED if sure else SUSPECTED, at, end)


def find_old(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade three letters of a country, the code of a place, and ten more digits; in a text only beside its words."""
    if not is_country(data, at) or not all_digits(data, at + 3, end) or not PROVINCES[number(data, at + 3, at + 5)]:
        return 0
    if not is_whole(lo, hi, at, end) and not beside(data, lo, hi, at, end, _NEAR):
        return 0
    return hit(SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="cn.pr",
    label=Text(zh="外国人永久居留身份证号码", en="foreigner's permanent residence number"),
    lengths=(18,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    first=b"9",
    find=find,
    source="machine-readable rules of the 2023 edition, National Immigration Administration, second hand (P)",
    chance=1 / 11,
    rare=True,
    groups=((6, 8, 4),),
    context=_WORDS,
)
OLD = Identifier(
    id="cn.pr15",
    label=Text(zh="外国人永久居留证号码（旧版）", en="foreigner's permanent residence number (old edition)"),
    lengths=(15,),
    kinds=DIGITS | UPPER,
    needs=DIGITS | UPPER,
    find=find_old,
    source="machine-readable rules of the 2023 edition, on the number it replaces (P); ISO 3166-1 alpha-3 (S)",
    context=_WORDS,
    asked=True,
    spoken=True,
)
