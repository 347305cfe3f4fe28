"""Which of many numbers are equal, without sorting them.

A number is written into a table at its own place, or where the table would be too large at a place that its hash
gives; who stands there last speaks for all that are equal to it. Those that met another number there try again with
another hash, and the few that are left after some rounds are sorted, so that no data can make it slow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

DENSE = 8
"""A place for every number is taken up to this many times the numbers at hand; beyond, hashing needs less memory."""

_ROUNDS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
"""Odd factors of multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, 6.4)."""
_ROOM = 2
"""Places of the table for each number at hand, at least."""
_FEW = 64


def spokesmen(numbers: Ints, most: int) -> Ints:
    """Return the last place of each different number: int64, ascending.

    Args:
        numbers: int64 [places], 0 to `most - 1`.
        most: an upper end of them.
    """
    return np.flatnonzero(_speaking(numbers, most) == np.arange(len(numbers)))


def renumbered(numbers: Ints, most: int) -> tuple[Ints, Ints]:
    """Return numbers without gaps that are equal where these are, and the last place of each.

    Args:
        numbers: int64 [places], 0 to `most - 1`.
        most: an upper end of them.

    Returns:
        int64 [places] and int64 [different numbers].
    """
    speaking = _speaking(numbers, most)
    one_each = np.flatnonzero(speaking == np.arange(len(numbers)))
    number = np.empty(len(numbers), np.int64)
    number[one_each] = np.arange(len(one_each))
    return number[speaking], one_each


def _speaking(numbers: Ints, most: int) -> Ints:
    """Return for each place the last one, which speaks for all with the same number."""
    size = len(numbers)
    if most <= max(DENSE * size, 1):
        return _last(numbers, most)
    speaking = left = np.zeros(0, np.int64)
    for factor in _ROUNDS:
        mine = numbers[left] if len(speaking) else numbers
        bits = max((_ROOM * len(mine) - 1).bit_length(), 1)
        slots = (mine.view(np.uint64) * np.uint64(factor)) >> np.uint64(64 - bits)
        last = _last(slots.view(np.int64), 1 << bits)
        met = np.flatnonzero(mine[last] != mine)  # these have no speaker yet, whatever is written for them now
        if len(speaking):
            speaking[left] = left[last]
            left = left[met]
        else:
            speaking, left = last, met
        if len(left) < _FEW:
            break
    values, of = np.unique(numbers[left], return_inverse=True)
    last = np.empty(len(values), np.int64)
    last[of.reshape(-1)] = left
    speaking[left] = last[of.reshape(-1)]
    return speaking


def _last(places: Ints, most: int) -> Ints:
    """Return for each entry the last one that has the same place."""
    seen: npt.NDArray[np.int64] = np.empty(most, np.int32 if len(places) <= np.iinfo(np.int32).max else np.int64)
    seen[places] = np.arange(len(places), dtype=seen.dtype)
    found: npt.NDArray[np.int64] = seen[places]
    return found
