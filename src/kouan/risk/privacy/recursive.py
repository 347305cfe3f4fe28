"""Recursive (c, l)-diversity (Machanavajjhala et al. 2007, definition 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class RecursiveDiversity:
    """r1 < c (r_l + ... + r_m), with r the counts of the class's values, largest first.

    The most frequent value of a union is at most the sum of the parts' most frequent, and what remains beside the
    union's l - 1 most frequent is at least what remains in the parts; so a union of classes that meet the model meets
    it, and of a class that fails at least one row is lost in every finer table.
    """

    sensitive: str
    c: float
    l: int  # noqa: E741 (the field's letter)
    piecewise: ClassVar[bool] = False

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return r1 / (r_l + ... + r_m), the c that the class exceeds; infinite with fewer than l values."""
        first, tail = self._parts(counts)
        with np.errstate(divide="ignore"):
            return first / tail

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest of them: the table meets the model for every larger c."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where r1 < c (r_l + ... + r_m)."""
        first, tail = self._parts(counts)
        return first < self.c * tail

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return one row of the classes that fail."""
        return np.where(meets, 0.0, 1.0)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (l rows at least, whatever the shares)
        """Return l."""
        return self.l

    def _parts(self, counts: ClassCounts) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        pairs = counts.histograms[self.sensitive]
        order = np.lexsort((-pairs.count, pairs.of))
        sizes = np.bincount(pairs.of, minlength=len(counts.rows))
        starts = np.cumsum(sizes) - sizes
        sorted_counts = pairs.count[order]
        rank = np.arange(len(order)) - np.repeat(starts, sizes)
        tail = np.where(rank >= self.l - 1, sorted_counts, 0.0)
        return sorted_counts[starts], pairs.total(tail, len(counts.rows))
