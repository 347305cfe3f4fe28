"""Distinct rows of columns of codes, by one number each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.risk.privacy.counts import sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

_LARGEST = 2**62
_DENSE = 4
_CACHED = 1 << 17
_FEW = 256
"""Keys are counted in a direct table of up to `_DENSE` times the rows, or `_CACHED`; beyond, they are sorted."""


class Keys:
    """Rows of codes, numbered in ascending order of the codes.

    The columns are read as digits of one number; where it would not fit 62 bits it is renumbered on the way.
    """

    def __init__(self, columns: Sequence[npt.NDArray[np.integer[Any]]], sizes: Sequence[int]) -> None:
        """Take codes [rows] and how many values each column has."""
        key: npt.NDArray[np.int64] = columns[0].astype(np.int64, copy=False)
        count = sizes[0]
        most = max(_DENSE * len(key), _CACHED)
        for place, (column, size) in enumerate(zip(columns[1:], sizes[1:], strict=True)):
            if count * size > most >= count > _FEW or count * size > _LARGEST:
                # What occurs of the columns so far is often little: with new numbers the rest may fit a direct table.
                small = Keys([key], [count])
                key, count = small.of, len(small.first)
            if place:
                key *= size
            else:
                key = key * size
            key += column
            count *= size
        self._key, self._size = key, count
        self._direct = count <= most
        if self._direct:
            present = np.zeros(count, dtype=np.bool_)
            present[key] = True
            self._present = np.flatnonzero(present)
        else:
            self._sort()

    def total(self, amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Add up amounts [rows] by number."""
        if self._direct:
            return sums(self._key, amounts, self._size)[self._present]
        found: npt.NDArray[np.float64] = np.add.reduceat(amounts[self._order], self._starts)
        return found

    @property
    def values(self) -> npt.NDArray[np.int64]:
        """int64 [numbers], the key of each, ascending."""
        return self._present

    @cached_property
    def first(self) -> npt.NDArray[np.int64]:
        """int64 [numbers], a row that has each number."""
        if self._direct:
            place = np.empty(self._size, dtype=np.int64)
            place[self._key] = np.arange(len(self._key))
            return place[self._present]
        found: npt.NDArray[np.int64] = self._order[self._starts]
        return found

    @cached_property
    def of(self) -> npt.NDArray[np.int64]:
        """int64 [rows], the number of each row."""
        if self._direct:
            number = np.empty(self._size, dtype=np.int64)
            number[self._present] = np.arange(len(self._present))
            return number[self._key]
        found = np.empty(len(self._key), dtype=np.int64)
        lengths = np.diff(self._starts, append=len(self._key))
        found[self._order] = np.repeat(np.arange(len(self._starts)), lengths)
        return found

    def placed(self, chosen: npt.NDArray[np.int64], rows: npt.NDArray[np.int64] | slice) -> npt.NDArray[np.int64]:
        """Return for some rows the place of their number among those chosen, -1 where it is not: int64 [rows]."""
        if self._direct:
            places = np.full(self._size, -1, dtype=np.int64)
            places[self._present[chosen]] = np.arange(len(chosen))
            found: npt.NDArray[np.int64] = places[self._key[rows]]
            return found
        places = np.full(len(self._present), -1, dtype=np.int64)
        places[chosen] = np.arange(len(chosen))
        return places[self.of[rows]]

    def _sort(self) -> None:
        """Sort keys and row numbers as one number where both fit: several times as fast as sorting places."""
        bits = max(1, (len(self._key) - 1).bit_length())
        if self._size << bits < _LARGEST:
            packed = self._key << bits
            packed |= np.arange(len(self._key))
            packed.sort()
            self._order = packed & ((1 << bits) - 1)
            packed >>= bits
            keys = packed
        else:
            self._order = np.argsort(self._key, kind="stable")
            keys = self._key[self._order]
        self._starts = np.concatenate([[0], 1 + np.flatnonzero(keys[1:] != keys[:-1])])
        self._present = keys[self._starts]
