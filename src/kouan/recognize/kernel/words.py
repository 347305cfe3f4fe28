"""Seven bytes looked at together as one number; seven and not eight, so that sums never leave 63 bits."""

from __future__ import annotations

from typing import Any

ROOM = 8
"""Bytes that must be left at a place before seven are read together."""
STEP = 7
HIGHS = 0x80808080808080
"""The bit of each byte that ASCII leaves unset."""
_ONES, _LOW_BITS = 0x01010101010101, 0xFEFEFEFEFEFEFE
_ZEROS, _OVER_NINE = 0x30303030303030, 0x46464646464646
_C2, _E2, _EF = 0xC2C2C2C2C2C2C2, 0xE2E2E2E2E2E2E2, 0xEFEFEFEFEFEFEF


def seven(data: Any, at: int) -> int:
    """Return `data[at:at + 7]` as one number, the first byte lowest; `at + 8` must not lie behind the end."""
    return int.from_bytes(data[at : at + STEP], "little")


def all_high(word: int) -> bool:
    """Tell whether all seven bytes are above 127."""
    return word & HIGHS == HIGHS


def of_digits(word: int) -> bool:
    """Tell whether all seven bytes are ASCII digits."""
    return (word | (word + _OVER_NINE) | (word - _ZEROS)) & HIGHS == 0


def any_foreign(word: int) -> bool:
    """Tell whether C2, E2, E3 or EF is among seven bytes: the first bytes of characters with a plain form."""
    one, two, three = word ^ _C2, (word & _LOW_BITS) ^ _E2, word ^ _EF
    zeros = ((one - _ONES) & ~one) | ((two - _ONES) & ~two) | ((three - _ONES) & ~three)
    return zeros & HIGHS != 0
