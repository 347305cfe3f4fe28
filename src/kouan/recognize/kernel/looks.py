"""Which cells of a column are in their normal form already, and which hold nothing."""

from __future__ import annotations

from typing import Any

from kouan.recognize.kernel.rows import is_missing
from kouan.recognize.kernel.words import HIGHS, ROOM, STEP, seven

NOTHING, UNSURE = 1, 2
"""What a row is: blank or a word that says nothing; one that the normal form or trimming may change."""
_BLANK = 0x20
_ODD = bytes.fromhex("c2c4c5c7cacbcccdcecfd2d6d7d8d9dbdcdddfe0e1e2e3eaeff0")
_IS_ODD = bytes(byte in _ODD for byte in range(256))
"""First bytes of characters that the normal form changes, among them all blanks beyond ASCII (see `cells`)."""


def look_rows(data: Any, offsets: Any, missing: Any, looks: Any) -> int:
    """Write what each row of a string array is, or 0; return all that any is.

    Args:
        data: UTF-8 bytes of all rows.
        offsets: n + 1 bounds of the rows.
        missing: as in `count_rows`.
        looks: of each row.
    """
    seen = 0
    for row in range(len(offsets) - 1):
        lo, hi = offsets[row], offsets[row + 1]
        look = 0
        if lo < hi and (data[lo] <= _BLANK or data[hi - 1] <= _BLANK or any_odd(data, lo, hi)):
            look = UNSURE
        elif is_missing(data, lo, hi, missing):
            look = NOTHING
        looks[row] = look
        seen |= look
    return seen


def any_odd(data: Any, at: int, end: int) -> bool:
    """Tell whether a character that the normal form changes may stand between two places."""
    while at + ROOM <= end:
        if seven(data, at) & HIGHS:
            for place in range(at, at + STEP):
                if _IS_ODD[data[place]]:
                    return True
        at += STEP
    for place in range(at, end):
        if _IS_ODD[data[place]]:
            return True
    return False
