"""Classes rolled up by fewer columns, in codes: rows are grouped once, everything coarser follows from the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.classes import Classes, group
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
        found = np.unique(classes.of * self.holders + self.holder) // self.holders
        return Distribution.of(np.bincount(found, minlength=classes.count))

    def alone(self, places: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Tell for each entry whether its values in these columns are one record's or one person's only."""
        classes = self.rolled(places)
        last = np.zeros(classes.count, dtype=np.int64)
        last[classes.of] = self.holder
        shared = np.zeros(classes.count, dtype=np.bool_)
        shared[classes.of[(last[classes.of] != self.holder) | (self.weight > 1)]] = True
        result: npt.NDArray[np.bool_] = ~shared[classes.of]
        return result

    def units(self, mask: npt.NDArray[np.bool_]) -> int:
        """Return how many records or persons some entries belong to."""
        return len(np.unique(self.holder[mask])) if self.by_person else int(mask.sum())


def entries_of(classes: Classes, columns: Sequence[Codes], key: Codes | None) -> Entries:
    """Return the entries of classes made from exactly these columns."""
    if key is None:
        first = classes.firsts()
        holder, holders, weight = np.arange(classes.count), classes.count, classes.rows()
    else:
        subjects, holders = classes.subjects(key)
        _, first = np.unique(classes.of * holders + subjects, return_index=True)
        holder, weight = subjects[first], np.ones(len(first), dtype=np.int64)
    picked = tuple(Codes(column.values[first], column.count) for column in columns)
    return Entries(picked, holder, max(holders, 1), weight, key is not None)
