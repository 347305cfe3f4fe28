"""t-closeness with the equal, ordered and hierarchical ground distance (Li, Li, Venkatasubramanian 2007)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kouan.risk.privacy.counts import histogram, sums
from kouan.risk.privacy.model import ROOM, SLACK, capped, fewest

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts, Histogram

_CELLS = 1 << 22
"""Cells of the table of cumulative shares that is held at a time (32 MB)."""


@dataclass(frozen=True, slots=True)
class EqualCloseness:
    """(1/2) sum |p - q| <= t over all values.

    The distance is convex in p: a union of classes that meet the model meets it.
    """

    sensitive: str
    t: float
    piecewise: ClassVar[bool] = True

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the distance, the sum of p - q over values with p > q; those that the class lacks need no look."""
        return _moved(counts.histograms[self.sensitive], counts.rows)

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest distance."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where the distance is at most t."""
        return self.measure(counts) <= self.t + SLACK

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return where the distance is above t."""
        moved = held - np.multiply.outer(whole, rows)
        np.maximum(moved, 0.0, out=moved)
        found: npt.NDArray[np.bool_] = moved.sum(axis=0) > (self.t + ROOM) * rows
        return found

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
    piecewise: ClassVar[bool] = False

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

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return where the distance is above t."""
        moved = held - np.multiply.outer(whole, rows)
        np.cumsum(moved, axis=0, out=moved)
        found: npt.NDArray[np.bool_] = np.abs(moved).sum(axis=0) > (self.t + ROOM) * (len(whole) - 1) * rows
        return found

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return one row of the classes that fail."""
        return np.where(meets, 0.0, 1.0)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (one row in the middle may be close enough)
        """Return 1."""
        return 1


@dataclass(frozen=True, slots=True)
class HierarchicalCloseness:
    """(1/2H) sum over all groups below the root of |p - q| <= t, for values that a hierarchy puts into groups.

    Two values are height/H apart, height being that of the lowest group that holds both and H that of the root; then
    this sum is the least work that makes p of q, and equals the sum of height(N)/H min(positive, negative extra) over
    the groups N with which Li and others compute it. The distance is convex in p.

    Attributes:
        groups: of levels 1, 2, … [levels][values], the group of each code; a root is put above where the last level has
            several groups. Without any level it is the equal distance. Codes that do not occur may have groups too.
    """

    sensitive: str
    t: float
    groups: tuple[tuple[int, ...], ...]
    piecewise: ClassVar[bool] = True

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the distance."""
        pairs, classes = counts.histograms[self.sensitive], len(counts.rows)
        rooted = bool(self.groups) and len(set(self.groups[-1])) == 1
        below = self.groups[:-1] if rooted else self.groups
        found = _moved(pairs, counts.rows)
        for level in below:
            group = np.asarray(level, np.int64)
            whole = sums(group[: len(pairs.whole)], pairs.whole, int(group.max()) + 1)
            found += _moved(
                histogram(pairs.of, group[pairs.value], pairs.count, classes=classes, whole=whole), counts.rows
            )
        return found / (len(below) + 1)

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest distance."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where the distance is at most t."""
        return self.measure(counts) <= self.t + SLACK

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return one row of the classes that fail."""
        return np.where(meets, 0.0, 1.0)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (a value near all others may be close enough)
        """Return 1."""
        return 1


def _moved(pairs: Histogram, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return half the sum of |p - q| of each class: the sum of p - q where p > q, which values that it has make up."""
    return pairs.total(np.maximum(pairs.shares(rows) - pairs.whole[pairs.value], 0.0), len(rows))
