"""t-closeness with the equal and the ordered ground distance (Li, Li, Venkatasubramanian 2007)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.privacy.model import SLACK, capped, fewest

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts

_CELLS = 1 << 22
"""Cells of the table of cumulative shares that is held at a time (32 MB)."""


@dataclass(frozen=True, slots=True)
class EqualCloseness:
    """(1/2) sum |p - q| <= t over all values.

    The distance is convex in p: a union of classes that meet the model meets it.
    """

    sensitive: str
    t: float

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the distance, the sum of p - q over values with p > q; those that the class lacks need no look."""
        pairs = counts.histograms[self.sensitive]
        excess = np.maximum(pairs.shares(counts.rows) - pairs.whole[pairs.value], 0.0)
        return pairs.total(excess, len(counts.rows))

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest distance."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where the distance is at most t."""
        return self.measure(counts) <= self.t + SLACK

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the rows lost under the caps q, at least one of each class that fails.

        The distance is 1 less the sum of min(p, q), so that sum is at least 1 - t in what is kept.
        """
        lost = capped(counts, self.sensitive, counts.histograms[self.sensitive].whole, meets, 1 - self.t - SLACK)
        return np.where(meets, 0.0, np.maximum(lost, 1.0))

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return how many of the most frequent values it takes to cover 1 - t: with fewer the distance exceeds t."""
        return fewest(whole, 1 - self.t)


@dataclass(frozen=True, slots=True)
class OrderedCloseness:
    """(1/(m-1)) sum over i of |sum of (p - q) up to i| <= t, for values with an order; codes follow it.

    m counts all values of the order, as many as `whole` has. The distance is convex in p.
    """

    sensitive: str
    t: float

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the distance; 0 when there is one value only."""
        pairs, classes = counts.histograms[self.sensitive], len(counts.rows)
        values = len(pairs.whole)
        if values == 1:
            return np.zeros(classes)
        found = np.empty(classes)
        step = max(1, _CELLS // values)
        expected = np.cumsum(pairs.whole)
        for start in range(0, classes, step):
            part = slice(*np.searchsorted(pairs.of, (start, start + step)))
            table = np.zeros((min(step, classes - start), values))
            table[pairs.of[part] - start, pairs.value[part]] = pairs.count[part]
            np.cumsum(table, axis=1, out=table)
            table /= counts.rows[start : start + step, None]
            table -= expected
            found[start : start + step] = np.abs(table, out=table).sum(axis=1)
        return found / (values - 1)

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest distance."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where the distance is at most t."""
        return self.measure(counts) <= self.t + SLACK

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return one row of the classes that fail."""
        return np.where(meets, 0.0, 1.0)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (one row in the middle may be close enough)
        """Return 1."""
        return 1
