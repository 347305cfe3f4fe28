"""Classes rolled up by fewer columns, in codes: rows are grouped once, everything coarser follows from the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.classes import Classes, combined, densify, distinct_in, group
from kouan.risk.codes import Codes
from kouan.risk.distribution import Distribution
from kouan.risk.equal import DENSE, spokesmen

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry a class, or where persons are counted one a person and class.

    Attributes:
        columns: codes of each quasi-identifier, [entries].
        of: int64 [entries], class of each, 0 to `classes - 1`.
        classes: number of classes.
        holder: int64 [entries], whose it is: the class itself, or the person.
        holders: how many there are.
        weight: int64 [entries], records it stands for; 1 where persons are counted.
        by_person: whether persons are counted.
    """

    columns: tuple[Codes, ...]
    of: npt.NDArray[np.int64]
    classes: int
    holder: npt.NDArray[np.int64]
    holders: int
    weight: npt.NDArray[np.int64]
    by_person: bool

    def __len__(self) -> int:
        return len(self.holder)

    def finest(self) -> npt.NDArray[np.int64]:
        """Return the sizes of the classes as they are, in records or persons: int64 [classes]."""
        return np.bincount(self.of, None if self.by_person else self.weight, self.classes).astype(np.int64)

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
        number, most = combined(picked, len(live))
        if most > DENSE * len(live):
            number, most = densify(number, most)
        result: npt.NDArray[np.int64] = live[self.apart(number, most, live)]
        return result

    def apart(self, number: npt.NDArray[np.int64], most: int, live: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell for some entries whether no entry of another record or person among them has the same number.

        Args:
            number: int64 [live], 0 to `most - 1`.
            most: an upper end of them, for which there is memory.
            live: entries to be compared.
        """
        holder = self.holder[live]
        last = np.empty(most, dtype=np.int64)
        last[number] = holder
        shared = np.zeros(most, dtype=np.bool_)
        shared[number[last[number] != holder]] = True
        if not self.by_person:
            shared[number[self.weight[live] > 1]] = True
        result: npt.NDArray[np.bool_] = ~shared[number]
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
        of = holder = np.arange(classes.count)
        holders, weight = classes.count, classes.rows()
    else:
        subjects, holders = key.subjects()
        first = spokesmen(classes.of * holders + subjects, classes.count * holders)
        of, holder, weight = classes.of[first], subjects[first], np.ones(len(first), dtype=np.int64)
    picked = tuple(Codes(column.values[first], column.count) for column in columns)
    return Entries(picked, of, classes.count, holder, max(holders, 1), weight, key is not None)
