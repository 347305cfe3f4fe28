"""军官证 and its like: 军字第…号. The words are the structure; papers have numbers like it, so more words decide."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import beside, packed

_WORDS = ("军官证", "士兵证", "士官证", "文职干部证", "文职人员证", "警官证", "军人证", "military id", "officer id")
_NEAR = packed(*_WORDS)
_KINDS = (0xE5869B, 0xE585B5, 0xE5A3AB, 0xE69687, 0xE8818C)  # 军 兵 士 文 职
_WORD, _ORDINAL, _NUMBER = 0xE5AD97, 0xE7ACAC, 0xE58FB7  # 字 第 号


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the number whose four to eight digits stand here: confirmed beside the name of such a card."""
    last = at - 1 if at > lo and data[at - 1] == 32 else at
    start = last - 9
    if start < lo or _char(data, start + 3) != _WORD or _char(data, start + 6) != _ORDINAL:
        return 0
    kind = _char(data, start)
    if kind != _KINDS[0] and kind != _KINDS[1] and kind != _KINDS[2] and kind != _KINDS[3] and kind != _KINDS[4]:
        return 0
    stop = end + 1 if end < hi and data[end] == 32 else end
    marked = stop + 3 <= hi and _char(data, stop) == _NUMBER
    stop = stop + 3 if marked else end
    if beside(data, lo, hi, start, stop, _NEAR):
        return hit(CONFIRMED, start, stop)
    # 京文字第…号 is a paper: another character before it, and no name of a card near.
    return hit(SUSPECTED, start, stop) if start == lo or data[start - 1] < 128 else 0


def _char(data: Any, at: int) -> int:
    code: int = data[at] << 16 | data[at + 1] << 8 | data[at + 2]
    return code


IDENTIFIER = Identifier(
    id="cn.officer",
    label=Text(zh="军官证等军人证件号码", en="military identity card number"),
    lengths=(4, 5, 6, 7, 8),
    kinds=DIGITS,
    find=find,
    source="public descriptions of the cards (P)",
    before=b"\xac ",
    context=_WORDS,
)
