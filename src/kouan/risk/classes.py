"""Equivalence classes from one group-by, and what is counted inside them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.risk.equal import renumbered, spokesmen

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.codes import Codes

_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Classes:
    """Rows that agree in every quasi-identifier, grouped.

    Attributes:
        of: int64 [rows], class of each row, 0 to `count - 1`, in no order.
        count: number of classes.
        weight: int64 [rows], for how many equal rows each stands; None for one each.
    """

    of: npt.NDArray[np.int64]
    count: int
    weight: npt.NDArray[np.int64] | None = None

    def rows(self) -> npt.NDArray[np.int64]:
        """Return the number of rows of each class."""
        return self._counted(self.of, self.count)

    def firsts(self) -> npt.NDArray[np.int64]:
        """Return a row of each class."""
        found = np.zeros(self.count, dtype=np.int64)
        found[self.of] = np.arange(len(self.of))
        return found

    def distinct(self, codes: Codes) -> npt.NDArray[np.int64]:
        """Return the number of distinct values (null is one) of a column in each class."""
        return distinct_in(self.of, self.count, codes.values.astype(np.int64), codes.count)

    def persons(self, key: Codes) -> npt.NDArray[np.int64]:
        """Return the number of distinct subjects in each class; every row without a key is a subject of its own."""
        return distinct_in(self.of, self.count, *key.subjects())

    def farthest(self, codes: Codes) -> Fraction:
        """Return the largest distance of a class from the table in a column: half the sum of |p - q|, the t it has.

        Only values with p > q are summed, which stand in the class: the others make up the same sum.
        """
        rows = len(self.of) if self.weight is None else int(self.weight.sum())
        if not rows:
            return Fraction(0)
        pairs, together = self._tallied(self.of * codes.count + codes.values)
        where, value = np.divmod(pairs, codes.count)
        sizes, whole = self.rows(), self._counted(codes.values, codes.count)
        over = np.maximum(together * rows - whole[value] * sizes[where], 0)
        total = np.zeros(self.count, dtype=np.int64)
        np.add.at(total, where, over)
        worst = int(np.argmax(total / sizes))
        return Fraction(int(total[worst]), int(sizes[worst]) * rows)

    def _counted(self, numbers: npt.NDArray[Any], count: int) -> npt.NDArray[np.int64]:
        """Return how many rows have each number; exact below 2^53 of them."""
        return np.bincount(numbers, self.weight, count).astype(np.int64)

    def _tallied(self, numbers: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the distinct numbers, and how many rows have each."""
        if self.weight is None:
            return np.unique(numbers, return_counts=True)
        found, at = np.unique(numbers, return_inverse=True)
        return found, self._counted(at.reshape(-1), len(found))


def group(columns: Sequence[Codes], rows: int, weight: npt.NDArray[np.int64] | None = None) -> Classes:
    """Group rows by their codes in all columns, exactly; without columns all rows are one class."""
    return Classes(*densify(*combined(columns, rows)), weight)


def group_in_order(columns: Sequence[Codes], rows: int) -> Classes:
    """Group rows as `group` does, and number the classes in the order of their codes, the first column's first."""
    classes = group(columns, rows)
    if not columns:
        return classes
    firsts = classes.firsts()
    rank = np.empty(classes.count, dtype=np.int64)
    rank[np.lexsort([one.values[firsts] for one in reversed(columns)])] = np.arange(classes.count)
    return Classes(rank[classes.of], classes.count)


def combined(columns: Sequence[Codes], rows: int) -> tuple[npt.NDArray[np.int64], int]:
    """Return one number for the codes of each row, and an upper end of it; equal numbers are equal codes.

    The columns are read as digits of one number; where it would not fit 62 bits it is renumbered on the way.
    """
    key, count = np.zeros(rows, dtype=np.int64), min(rows, 1)
    for column in columns:
        if count * column.count > _LARGEST:
            key, count = densify(key, count)
        key, count = key * column.count + column.values, count * column.count
    return key, count


def distinct_of(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the distinct values, sorted: `np.unique` looks them up by hash, twenty times slower where most differ."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: npt.NDArray[np.int64] = ordered[first]
    return found


def distinct_in(
    of: npt.NDArray[np.int64], classes: int, numbers: npt.NDArray[np.int64], most: int
) -> npt.NDArray[np.int64]:
    """Return how many different numbers each class has: int64 [classes].

    Args:
        of: int64 [rows], class of each row, 0 to `classes - 1`.
        classes: number of classes.
        numbers: int64 [rows], 0 to `most - 1`.
        most: an upper end of them.
    """
    one_each = spokesmen(of * most + numbers, classes * most)
    return np.bincount(of[one_each], minlength=classes).astype(np.int64)


def how_many(numbers: npt.NDArray[np.int64], most: int) -> int:
    """Return how many different numbers there are, each 0 to `most - 1`."""
    return len(spokesmen(numbers, most))


def densify(key: npt.NDArray[np.int64], count: int) -> tuple[npt.NDArray[np.int64], int]:
    """Renumber values of 0 to `count - 1` so that no number is left out; return them, in no order, and how many."""
    numbers, one_each = renumbered(key, count)
    return numbers, len(one_each)
