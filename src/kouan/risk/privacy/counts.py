"""What privacy models read: class sizes, and how often each sensitive value occurs in each class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

_DENSE = 8
"""Pairs are counted in a direct table of up to this many times the rows; beyond, they are sorted."""


def sums(of: npt.NDArray[np.int64], amounts: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    """Add up amounts by number: float64 [count]."""
    # numpy's stubs say integers, whatever the weights are.
    return cast("npt.NDArray[np.float64]", np.bincount(of, weights=amounts, minlength=count))


def firsts(of: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return where a number differs from the one before it: bool [n], the first included."""
    found = np.ones(len(of), dtype=np.bool_)
    np.not_equal(of[1:], of[:-1], out=found[1:])
    return found


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often the values of one sensitive attribute occur in each class; pairs that do not occur are left out.

    Attributes:
        of: int64 [pairs], class of the pair, ascending.
        value: int64 [pairs], code of the value, ascending within a class; codes follow the attribute's order.
        count: float64 [pairs], rows of that class with that value (whole numbers).
        whole: float64 [values], share q of every value in the whole table, suppressed rows included.
    """

    of: npt.NDArray[np.int64]
    value: npt.NDArray[np.int64]
    count: npt.NDArray[np.float64]
    whole: npt.NDArray[np.float64]

    def total(self, amounts: npt.NDArray[np.float64], classes: int) -> npt.NDArray[np.float64]:
        """Add up one amount a pair by class: float64 [classes]."""
        return sums(self.of, amounts, classes)

    def largest(self, amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the largest amount of each class; every class must have a pair."""
        found: npt.NDArray[np.float64] = np.maximum.reduceat(amounts, np.flatnonzero(firsts(self.of)))
        return found

    def shares(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return p of each pair, its share of its class."""
        return self.count / rows[self.of]


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """The classes of one table.

    Attributes:
        rows: float64 [classes], class sizes f (whole numbers above zero).
        histograms: by name of the sensitive attribute.
        population: float64 [classes], sizes F in the population, where a population table is given.
        persons: float64 [classes], different persons of the rows, where it is known whose they are.
    """

    rows: npt.NDArray[np.float64]
    histograms: Mapping[str, Histogram] = field(default_factory=dict)
    population: npt.NDArray[np.float64] | None = None
    persons: npt.NDArray[np.float64] | None = None


def histogram(
    of: npt.NDArray[np.int64],
    values: npt.NDArray[np.int64],
    weights: npt.NDArray[np.float64] | None = None,
    *,
    classes: int,
    whole: npt.NDArray[np.float64],
) -> Histogram:
    """Count pairs of class and value.

    Args:
        of: int64 [n], class of each row or group of rows.
        values: int64 [n], 0 to `len(whole) - 1`.
        weights: float64 [n], rows that each entry stands for; one each when None.
        classes: number of classes.
        whole: shares in the whole table.
    """
    key = of * len(whole)
    key += values
    if classes * len(whole) <= _DENSE * len(key):
        counts = np.bincount(key, weights=weights, minlength=classes * len(whole))
        found = np.flatnonzero(counts > 0)  # many times as fast for booleans as for floats
        classed = found // len(whole)
        return Histogram(classed, found - classed * len(whole), counts[found].astype(np.float64), whole)
    if weights is None:
        key.sort()
    else:
        order = np.argsort(key)
        key, weights = key[order], weights[order]
    starts = np.flatnonzero(firsts(key))
    found = key[starts]
    if weights is None or not len(key):
        counted = np.diff(starts, append=len(key)).astype(np.float64)
    else:
        counted = np.add.reduceat(weights, starts)
    return Histogram(found // len(whole), found % len(whole), counted, whole)


def count_classes(
    of: npt.NDArray[np.int64],
    classes: int,
    sensitive: Mapping[str, tuple[npt.NDArray[np.int64], int]],
    names: Sequence[str] | None = None,
) -> ClassCounts:
    """Count single rows.

    Args:
        of: int64 [rows], class of each row, every class occurs.
        classes: number of classes.
        sensitive: by name: int64 [rows] codes from 0, in the attribute's order, and how many codes there are.
        names: those to count; all when None.
    """
    return ClassCounts(
        np.bincount(of, minlength=classes).astype(np.float64),
        {
            name: histogram(of, values, classes=classes, whole=np.bincount(values, minlength=size) / len(of))
            for name, (values, size) in sensitive.items()
            if names is None or name in names
        },
    )
