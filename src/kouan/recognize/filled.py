"""Which rows of a column hold something: most show it by how they begin, and are not brought into their normal form."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.recognize.cells import view
from kouan.recognize.keys import code_rows

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]

_GRAPHIC = np.zeros(256, np.bool_)
_GRAPHIC[0x21:0x7F] = True
_PROPER = 0xE48080, 0xE9BFBF
_MARKS = 0xE38081, 0xE380A0
"""UTF-8, as numbers, of the first and last Chinese character proper and of 、 to 〠: these stay as they are whatever
follows, and are no blanks (see `cells`)."""
_ALONE = np.zeros(256, np.bool_)
_ALONE[:0x80] = True
_ALONE[0xE4:0xEA] = True
"""First bytes of characters that leave the one before them as it is."""


def filled_rows(column: Any, lexicon: Lexicon) -> Bools:
    """Tell which rows of a column (`pa.Array` of any type) hold something, as the index of `code_rows` does."""
    if not pa.types.is_string(column.type):
        return code_rows(column, lexicon).index >= 0
    filled = _clearly(column, lexicon.words["missing"])
    valid = np.asarray(column.is_valid(), np.bool_)
    filled &= valid
    left = valid & ~filled
    if left.any():
        filled[left] = code_rows(column.filter(pa.array(left)), lexicon).index >= 0
    return filled


def _clearly(column: Any, words: tuple[str, ...]) -> Bools:
    """Tell which rows begin with a character that stays in the normal form and that none of some words begins with."""
    data, offsets = view(column)
    length = np.diff(offsets)
    if len(data) == 0:
        return np.zeros(len(length), np.bool_)
    ascii_, others = _beginnings(words)
    one, two, three = (data[np.minimum(offsets[:-1] + place, len(data) - 1)] for place in range(3))
    begun = one.astype(np.int64) << 16 | two.astype(np.int64) << 8 | three
    stays = ((begun >= _PROPER[0]) & (begun <= _PROPER[1])) | ((begun >= _MARKS[0]) & (begun <= _MARKS[1]))
    stays &= ~np.isin(begun, others)
    clearly: Bools = (length > 0) & (stays | (ascii_[one] & ((length == 1) | _ALONE[two])))
    return clearly


@cache
def _beginnings(words: tuple[str, ...]) -> tuple[Bools, npt.NDArray[np.int64]]:
    """Return the ASCII signs that no word begins with, and the UTF-8 of others that one does, as numbers."""
    other = _GRAPHIC.copy()
    firsts = [word[0] for word in words if word]
    other[[ord(sign) for first in firsts for sign in (first.lower(), first.upper()) if sign.isascii()]] = False
    others = [int.from_bytes(first.encode(), "big") for first in firsts if not first.isascii()]
    return other, np.array(others, np.int64)
