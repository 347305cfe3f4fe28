"""The plain form of a cell: full-width characters, dashes, invisible marks and Chinese numerals as ASCII.

Only what can stand in an identifier is changed; every other byte stays, so that most cells are plain as they are.
"""

from __future__ import annotations

from typing import Any

from kouan.recognize.identifier import DIGITS
from kouan.recognize.kernel.tables import ALNUM, FOREIGN, KINDS
from kouan.recognize.kernel.words import ROOM, STEP, any_foreign, seven

FEWEST_NUMERALS = 7
"""Chinese numerals in a row from which they are digits of a number (一三八… is a telephone, 三百 is an amount)."""
_NUMERALS = "零一二三四五六七八九〇两幺"
_DIGIT_OF = tuple(min(value, 9) if value < 10 else {10: 0, 11: 2, 12: 1}[value] for value in range(13))
_CODES = tuple(int.from_bytes(one.encode(), "big") for one in _NUMERALS)
_IN_NUMERAL = bytes(byte in {one.encode()[2] for one in _NUMERALS} for byte in range(256))
"""Third bytes of the numerals."""
_MATTERS = bytes(byte in b" -()+." for byte in range(128))
"""ASCII signs that stand between the parts of identifiers; a comma of any width only ends them."""
_AT = 64
_DROPPED = -1
_KEPT = 0


def may_differ(data: Any, lo: int, hi: int, kinds: int) -> bool:
    """Tell whether the plain form of UTF-8 bytes may hold an identifier that they do not show.

    Args:
        data: UTF-8 bytes.
        lo, hi: the cell.
        kinds: of its bytes.
    """
    return (kinds & FOREIGN != 0 and _shows_other(data, lo, hi, kinds)) or _has_numerals(data, lo, hi)


def _shows_other(data: Any, lo: int, hi: int, kinds: int) -> bool:
    """Tell whether a character has an ASCII form that matters; without ASCII digits blanks and dashes do not."""
    at = lo
    while at < hi:
        if at + ROOM <= hi and not any_foreign(seven(data, at)):
            at += STEP
            continue
        if KINDS[data[at]] == FOREIGN:
            value = single(data, at, min(width(data[at]), hi - at))
            strong = value != _DROPPED and (KINDS[value] & ALNUM != 0 or value == _AT)
            if strong or (kinds & DIGITS and (value == _DROPPED or _MATTERS[value])):
                return True
        at += 1
    return False


def _has_numerals(data: Any, lo: int, hi: int) -> bool:
    """Tell whether seven Chinese numerals may stand in a row: then one stands at every sixth of their places."""
    at = lo + 3 * FEWEST_NUMERALS - 5
    while at < hi:
        first = at
        while first > lo and 0x80 <= data[first] < 0xC0:
            first -= 1
        if first + 2 < hi and _IN_NUMERAL[data[first + 2]] and numeral(data, first) >= 0:
            return True
        at += 3 * FEWEST_NUMERALS - 5
    return False


def width(lead: int) -> int:
    """Return the bytes of the character that begins with a lead byte."""
    return 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def numeral(data: Any, at: int) -> int:
    """Return the digit that a Chinese numeral of three bytes stands for, or -1."""
    code: int = data[at] << 16 | data[at + 1] << 8 | data[at + 2]
    for place in range(len(_CODES)):
        if _CODES[place] == code:
            return _DIGIT_OF[place]
    return -1


def single(data: Any, at: int, size: int) -> int:
    """Return the ASCII character that a character of several bytes stands for, -1 for none at all, 0 to keep it."""
    if size == 2:
        if data[at] == 0xC2:
            return 0x20 if data[at + 1] == 0xA0 else _DROPPED if data[at + 1] == 0xAD else _KEPT
        return _KEPT
    if size != 3:
        return _KEPT
    code: int = data[at] << 16 | data[at + 1] << 8 | data[at + 2]
    if 0xEFBC81 <= code <= 0xEFBCBF:  # FF01 to FF3F
        return code - 0xEFBC81 + 0x21
    if 0xEFBD80 <= code <= 0xEFBD9E:  # FF40 to FF5E
        return code - 0xEFBD80 + 0x60
    if code == 0xE38080:
        return 0x20
    if 0xE2808B <= code <= 0xE2808F or code in (0xE281A0, 0xEFBBBF):
        return _DROPPED
    if 0xE28090 <= code <= 0xE28095 or code == 0xE28892:
        return 0x2D
    return _KEPT


def make_plain(data: Any, lo: int, hi: int, out: Any, origin: Any) -> int:
    """Write the plain form of `data[lo:hi]` and where each of its bytes came from.

    Args:
        data: UTF-8 bytes.
        lo, hi: the cell.
        out: room for hi - lo bytes.
        origin: room for hi - lo + 1 numbers: offsets into `data` of the bytes of `out`, and of its end.

    Returns:
        How many bytes `out` holds now.
    """
    size = 0
    at = lo
    while at < hi:
        step = min(width(data[at]), hi - at)
        value = single(data, at, step) if step > 1 else 0
        if step == 3 and value == _KEPT and numeral(data, at) >= 0:
            count = 1
            while at + 3 * count + 2 < hi and numeral(data, at + 3 * count) >= 0:
                count += 1
            for place in range(count):
                first = at + 3 * place
                if count >= FEWEST_NUMERALS:
                    out[size] = 48 + numeral(data, first)
                    origin[size] = first
                    size += 1
                else:
                    for byte in range(3):
                        out[size] = data[first + byte]
                        origin[size] = first + byte
                        size += 1
            at += 3 * count
            continue
        if value == _KEPT:
            for byte in range(step):
                out[size] = data[at + byte]
                origin[size] = at + byte
                size += 1
        elif value != _DROPPED:
            out[size] = value
            origin[size] = at
            size += 1
        at += step
    origin[size] = hi
    return size
