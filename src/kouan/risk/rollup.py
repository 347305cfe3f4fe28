"""Classes rolled up by fewer columns, in codes: rows are grouped once, everything coarser follows from the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.classes import DENSE, Classes, combined, densify, distinct_in, group
from kouan.risk.codes import Codes
from kouan.risk.distribution import Distribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry a class, or where persons are counted one a person and class.

    Attributes:
        columns: codes of each quasi-identifier, [entries].
        holder: int64 [entries], whose it is: the class itself, or the person.
        holders: how many there are.
        weight: int64 [entries], records it stands for; 1 where persons are counted.
        by_person: whether persons are counted.
    """

    columns: tuple[Codes, ...]
    holder: npt.NDArray[np.int64]
    holders: int
    weight: npt.NDArray[np.int64]
    by_person: bool

    def __len__(self) -> int:
        return len(self.holder)

    def rolled(self, places: Sequence[int]) -> Classes:
        """Group the entries by some of the columns."""
        return group([self.columns[place] for place in places], len(self))

    def sizes(self, places: Sequence[int]) -> Distribution:
        """Return the class sizes of the table as it would be with these columns alone."""
        classes = self.rolled(places)
        if not self.by_person:
            return Distribution.of(np.bincount(classes.of, self.weight, classes.count).astype(np.int64))
        return Distribution.of(distinct_in(classes.of, classes.count, self.holder, self.holders))

    def alone(self, places: Sequence[int], live: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return those of some entries whose values in these columns no other of them shares.

        Args:
            places: of the columns.
            live: entries to be compared.
        """
        picked = [Codes(self.columns[place].values[live], self.columns[place].count) for place in places]
        key, count = combined(picked, len(live))
        if count > DENSE * len(live):
            key, count = densify(key, count)
        holder = self.holder[live]
        last = np.zeros(count, dtype=np.int64)
        last[key] = holder
        shared = np.zeros(count, dtype=np.bool_)
        shared[key[(last[key] != holder) | (self.weight[live] > 1)]] = True
        result: npt.NDArray[np.int64] = live[~shared[key]]
        return result

    def units(self, mask: npt.NDArray[np.bool_]) -> int:
        """Return how many records or persons some entries belong to."""
        if not self.by_person:
            return int(mask.sum())
        there = np.zeros(self.holders, dtype=np.bool_)
        there[self.holder[mask]] = True
        return int(there.sum())


def entries_of(classes: Classes, columns: Sequence[Codes], key: Codes | None) -> Entries:
    """Return the entries of classes made from exactly these columns."""
    if key is None:
        first = classes.firsts()
        holder, holders, weight = np.arange(classes.count), classes.count, classes.rows()
    else:
        subjects, holders = key.subjects()
        _, first = np.unique(classes.of * holders + subjects, return_index=True)
        holder, weight = subjects[first], np.ones(len(first), dtype=np.int64)
    picked = tuple(Codes(column.values[first], column.count) for column in columns)
    return Entries(picked, holder, max(holders, 1), weight, key is not None)
