"""Whose the rows are: how many different persons a class has, at every node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.classes import distinct_in, distinct_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.deidentify.lattice.keys import Keys

    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Persons:
    """Persons by group.

    Somebody whose rows agree in every quasi-identifier is one more in exactly one class of every coarser table, so
    such persons add up; only those whose rows differ must be told apart again at each node.

    Attributes:
        still: float64 [groups], persons whose rows all agree, each counted at one group.
        group, who: int64 [pairs], groups of the others, and their numbers.
        most: an upper end of these numbers.
    """

    still: npt.NDArray[np.float64]
    group: Ints
    who: Ints
    most: int

    @property
    def cells(self) -> int:
        """Numbers held."""
        return len(self.still) + 2 * len(self.who)

    def total(self, keys: Keys) -> npt.NDArray[np.float64]:
        """Return how many different persons the groups of each number have: float64 [numbers]."""
        found = keys.total(self.still)
        if len(self.who):
            found += distinct_in(keys.of[self.group], len(found), self.who, self.most)
        return found

    def lifted(self, keys: Keys) -> Persons:
        """Return the persons of a coarser table."""
        still = keys.total(self.still)
        if not len(self.who):
            return Persons(still, self.group, self.who, self.most)
        group, who = np.divmod(distinct_of(keys.of[self.group] * self.most + self.who), self.most)
        return _sorted_out(still, group, who, self.most)


def whose(persons: Ints, groups: Ints, count: int) -> Persons:
    """Sort out who has rows that differ.

    Args:
        persons: int64 [rows], whose each row is, from 0.
        groups: int64 [rows], group of each row.
        count: number of groups.
    """
    most = int(persons.max()) + 1
    group, who = np.divmod(distinct_of(groups * most + persons), most)
    return _sorted_out(np.zeros(count), group, who, most)


def _sorted_out(still: npt.NDArray[np.float64], group: Ints, who: Ints, most: int) -> Persons:
    """Take persons who have one class left out of the pairs."""
    _, place, times = np.unique(who, return_inverse=True, return_counts=True)
    once = times[place.reshape(-1)] == 1
    still = still + np.bincount(group[once], minlength=len(still))
    return Persons(still, group[~once], who[~once], most)
