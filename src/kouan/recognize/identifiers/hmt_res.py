"""港澳台居民居住证: built as a resident identity number, with an area of its own for Hong Kong, Macao and Taiwan."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import number
from kouan.recognize.identifier import DIGITS, LETTERS, SUSPECTED, Identifier
from kouan.recognize.identifiers.ric import find as find_resident_id

_AREAS = (810_000, 820_000, 830_000)


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 18 characters as a resident identity number is graded, where the area is one of the three."""
    found = find_resident_id(data, lo, hi, at, end, today)
    if found == 0:
        return 0
    area = number(data, at, at + 6)
    return found if area == _AREAS[0] or area == _AREAS[1] or area == _AREAS[2] else 0


IDENTIFIER = Identifier(
    id="cn.hmt_res",
    label=Text(zh="港澳台居民居住证号码", en="residence permit number of a Hong Kong, Macao or Taiwan resident"),
    lengths=(18,),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    first=b"8",
    find=find,
    source="residence permits of Hong Kong, Macao and Taiwan residents (P); GB 11643-1999 (S)",
    chance=1 / 11,
    rare=True,
    groups=((6, 8, 4),),
    stops=SUSPECTED,
    context=("居住证", "港澳台", "residence permit"),
)
