"""t-closeness with the equal and the ordered ground distance (Li, Li, Venkatasubramanian 2007)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.privacy.model import SLACK, fewest

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
        """Return the distance; values that the class lacks count with q."""
        return self._excess(counts)[0]

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest distance."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where the distance is at most t."""
        return self.measure(counts) <= self.t + SLACK

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return f - f(B) / (1 - q(A) - t), A the values with p > q, B the others; where that is below 1, 1.

        The K rows kept of a class have at most (q(A) + t) K rows of A, so at least (1 - q(A) - t) K of B, of which
        there are f(B).
        """
        _, above, expected = self._excess(counts)
        room = 1 - expected - self.t
        others = counts.rows - above
        kept = np.floor(others / np.maximum(room, SLACK) + 1e-9)
        lost = np.where(room > SLACK, counts.rows - kept, 1.0)
        return np.where(meets, 0.0, np.maximum(lost, 1.0))

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return how many of the most frequent values it takes to cover 1 - t: with fewer the distance exceeds t."""
        return fewest(whole, 1 - self.t)

    def _excess(
        self, counts: ClassCounts
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return sum (p - q) over values with p > q, which is the distance; their rows; and their q."""
        pairs, classes = counts.histograms[self.sensitive], len(counts.rows)
        shares, whole = pairs.shares(counts.rows), pairs.whole[pairs.value]
        over = shares > whole
        distance = pairs.total(np.where(over, shares - whole, 0.0), classes)
        rows = pairs.total(np.where(over, pairs.count, 0.0), classes)
        return distance, rows, pairs.total(np.where(over, whole, 0.0), classes)


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
