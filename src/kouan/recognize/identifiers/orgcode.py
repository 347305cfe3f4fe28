"""组织机构代码 (GB 11714): eight characters and a MOD 11 check. It names an organisation."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, LETTERS, SUSPECTED, Identifier, hit

_BAD = 99
_VALUES = bytes(
    int(chr(byte), 36) if chr(byte).isalnum() and byte < 128 and not chr(byte).islower() else _BAD
    for byte in range(256)
)
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_JOINS = bytes((chr(byte).isalnum() and byte < 128) or byte == 45 for byte in range(256))


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade nine characters, or eight, a hyphen and one: the check character confirms."""
    last = end - 1
    if end - at == 8:
        last = end + 1
        if last >= hi or (last + 1 < hi and _JOINS[data[last + 1]]) or (at > lo and _JOINS[data[at - 1]]):
            return 0
    check = 10 if data[last] == 88 else data[last] - 48
    if not 0 <= check <= 10 or (check == 10 and data[last] != 88):
        return 0
    total = 0
    for place in range(8):
        value = _VALUES[data[at + place]]
        if value == _BAD:
            return 0
        total += value * _WEIGHTS[place]
    return hit(CONFIRMED if (11 - total % 11) % 11 == check else SUSPECTED, at, last + 1)


_CONTEXT = ("组织机构代码", "机构代码", "组织机构代码证", "org code", "organization code", "organisation code")
IDENTIFIER = Identifier(
    id="cn.orgcode",
    label=Text(zh="组织机构代码", en="organisation code"),
    lengths=(8, 9),
    kinds=DIGITS | LETTERS,
    needs=DIGITS,
    find=find,
    source="GB 11714 (P)",
    chance=1 / 11,
    context=_CONTEXT,
    asked=True,
)
