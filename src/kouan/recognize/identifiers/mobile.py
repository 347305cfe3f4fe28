"""手机号码: 1[3-9] and nine digits, with +86, 86 or 0086 before it. There is no check digit."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import DIGITS, SUSPECTED, Identifier, hit


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade runs of 11, 13 or 15 digits; without a check digit nothing is confirmed here."""
    body = end - 11
    if data[body] != 49 or data[body + 1] < 51:  # 10, 11 and 12 are no mobile segments
        return 0
    if body > at and not (data[body - 2] == 56 and data[body - 1] == 54):
        return 0
    if end - at == 15 and not (data[at] == 48 and data[at + 1] == 48):
        return 0
    return hit(SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="cn.mobile",
    label=Text(zh="手机号码", en="mobile number"),
    lengths=(11, 13, 15),
    kinds=DIGITS,
    first=b"018",
    find=find,
    source="numbering plan of telecommunication networks, MIIT (S for the format)",
    groups=((3, 4, 4),),
    context=("手机", "电话", "联系方式", "联系电话", "mobile", "phone", "tel"),
)
