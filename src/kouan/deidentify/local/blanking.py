"""Cell suppression: of rows whose class fails, the fewest cells are emptied until every class meets the models.

ISO/IEC 20889:2018, local suppression; GB/T 37964-2019 annex A, suppression. An empty cell is a value of its own, so
that rows belong together only where the same cells are empty and all others agree. Finding the fewest cells is NP-hard
(Meyerson, Williams, PODS 2004), so this is greedy: sets of items by their number, and of those the one that helps most
rows first. What is left when all cells are empty is joined by the smallest classes that are large enough together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.keys import Keys
from kouan.deidentify.local import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.deidentify.local.counting import Ints, Marks, Rows

MOST_ITEMS = 14
"""Sets of more items are too many to try."""


@dataclass(frozen=True, slots=True)
class Blanked:
    """Which cells are emptied.

    Attributes:
        of: int64 [rows], number of each row's combination of values.
        first: int64 [combinations], a row of each.
        masks: int64 [combinations], a bit for each item that is emptied, the first item the lowest.
        classes: int64 [rows], class of each row afterwards, from 0.
    """

    of: Ints
    first: Ints
    masks: Ints
    classes: Ints

    def emptied(self, items: int) -> Marks:
        """Return which cells are emptied: bool [rows, items]."""
        found: Marks = (self.masks[self.of][:, None] >> np.arange(items)) & 1 > 0
        return found


def blank(columns: Sequence[Ints], rows: Rows) -> Blanked:
    """Empty cells until every class meets the models.

    Args:
        columns: by item: int64 [rows] values from 0, as they would leave.
        rows: of the table; only its models and persons are asked.

    Raises:
        KouanError: K-DEI-072 the whole table as one class fails a model; K-DEI-075 too many items.
    """
    if len(columns) > MOST_ITEMS:
        raise messages.MANY_ITEMS.at("", count=len(columns), most=MOST_ITEMS)
    if not len(columns[0]) or not rows.meets(np.zeros(len(columns[0]), np.int64), 1, np.arange(len(columns[0])))[0]:
        raise messages.UNREACHABLE.at("", rows=f"{len(columns[0]):,}")
    return _Blanking(columns, rows).done()


class _Blanking:
    def __init__(self, columns: Sequence[Ints], rows: Rows) -> None:
        self._rows = rows
        keys = Keys(list(columns), [int(column.max()) + 1 for column in columns])
        self._of, self._first = keys.of, keys.first
        self._values = [column[keys.first] for column in columns]
        self._sizes = [int(column.max()) + 2 for column in columns]
        self._masks = np.zeros(len(keys.first), np.int64)
        self._left = ~rows.meets(keys.of, len(keys.first), np.arange(len(keys.of)))

    def done(self) -> Blanked:
        """Return what is emptied."""
        items = len(self._values)
        for count in range(1, items):
            masks = [sum(1 << place for place in chosen) for chosen in combinations(range(items), count)]
            self._rescue(masks)
        if self._left.any():
            self._masks[self._left] = (1 << items) - 1
            self._join()
        return Blanked(self._of, self._first, self._masks, self._classes()[self._of])

    def _rescue(self, masks: Sequence[int]) -> None:
        """Use the set that helps most of the rows left, time and again; what one could help at first is not redone."""
        hopes = {mask: self._helped(mask)[1] for mask in masks} if self._left.any() else {}
        while hopes:
            mask = max(hopes, key=lambda one: (hopes[one], -one))
            if not hopes[mask]:
                return
            helped, rows = self._helped(mask)
            if rows >= max((hope for one, hope in hopes.items() if one != mask), default=0):
                self._masks[helped] = mask
                self._left[helped] = False
                rows = 0
            hopes[mask] = rows

    def _helped(self, mask: int) -> tuple[Ints, int]:
        """Return the combinations left that meet the models once these items are empty, and their rows."""
        left = np.flatnonzero(self._left)
        if not len(left):
            return left, 0
        shown = [place for place in range(len(self._values)) if not mask >> place & 1]
        keys = Keys([self._values[place][left] for place in shown], [self._sizes[place] for place in shown])
        number = np.full(len(self._left), -1, np.int64)
        number[left] = keys.of
        of = number[self._of]
        rows = np.flatnonzero(of >= 0)
        fine = self._rows.meets(of[rows], len(keys.first), rows)
        return left[fine[keys.of]], int(np.bincount(of[rows], minlength=len(fine))[fine].sum())

    def _join(self) -> None:
        """Empty all cells of further classes until the rows left meet the models with them.

        Those with the most emptied cells come first, then the smallest.
        """
        whole = (1 << len(self._values)) - 1
        classes = self._classes()
        sizes = np.bincount(classes[self._of])
        empty = np.zeros(len(sizes), np.int64)
        empty[classes] = [int(mask).bit_count() for mask in self._masks.tolist()]
        rank = np.full(len(sizes), 0, np.int64)
        order = np.lexsort((np.arange(len(sizes)), sizes, -empty))
        rank[order] = np.arange(len(order))
        position = rank[classes][self._of]
        more = 1
        while True:
            rows = np.flatnonzero(position < more)
            if more >= len(order) or self._rows.meets(np.zeros(len(rows), np.int64), 1, rows)[0]:
                break
            more *= 2
        self._masks[rank[classes] < more] = whole

    def _classes(self) -> Ints:
        """Return the class of each combination as things stand: int64 [combinations]."""
        columns = [np.where(self._masks >> place & 1, 0, values + 1) for place, values in enumerate(self._values)]
        # What is emptied is told by the zeros, so that no column of masks is needed.
        return Keys(columns, self._sizes).of
