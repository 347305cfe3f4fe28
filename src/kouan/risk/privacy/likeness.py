"""Basic and enhanced beta-likeness (Cao, Karras 2012): no value much more likely in a class than in the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kouan.risk.privacy.model import SLACK, capped, fewest, over

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class BasicLikeness:
    """(p - q)/q <= beta for every value; only p > q counts, so the measure is at least 0.

    p of a union is between those of its parts, so a union of classes that meet the model meets it.
    """

    sensitive: str
    beta: float
    piecewise: ClassVar[bool] = True

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the largest (p - q)/q."""
        return gain(counts, self.sensitive)

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest of the table."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where it is at most beta."""
        return self.measure(counts) <= self.beta + SLACK

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return where a value is above its cap."""
        return over(held, rows, self._caps(whole))

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the rows lost under the caps (1 + beta) q, at least one of each class that fails."""
        lost = capped(counts, self.sensitive, self._caps(counts.histograms[self.sensitive].whole), meets)
        return np.where(meets, 0.0, np.maximum(lost, 1.0))

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return how many caps add up to 1."""
        return fewest(self._caps(whole), 1)

    def _caps(self, whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.minimum(1.0, (1 + self.beta) * whole)


@dataclass(frozen=True, slots=True)
class EnhancedLikeness:
    """(p - q)/q <= min(beta, -ln q) for every value with p > q: rare values may gain more than frequent ones."""

    sensitive: str
    beta: float
    piecewise: ClassVar[bool] = True

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the smallest beta that the class meets; infinite where a value exceeds -ln q."""
        pairs = counts.histograms[self.sensitive]
        shares, whole = pairs.shares(counts.rows), pairs.whole[pairs.value]
        gains = (shares - whole) / whole
        beyond = (gains > -np.log(whole) + SLACK) & (shares > whole)
        return np.maximum(pairs.largest(np.where(beyond, np.inf, gains)), 0.0)

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest of the table."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where no value gains more than it may."""
        return self.measure(counts) <= self.beta + SLACK

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return where a value is above its cap."""
        return over(held, rows, self._caps(whole))

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the rows lost under the caps (1 + min(beta, -ln q)) q, at least one of each class that fails."""
        lost = capped(counts, self.sensitive, self._caps(counts.histograms[self.sensitive].whole), meets)
        return np.where(meets, 0.0, np.maximum(lost, 1.0))

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return how many caps add up to 1."""
        return fewest(self._caps(whole), 1)

    def _caps(self, whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        allowed = np.minimum(self.beta, -np.log(np.where(whole > 0, whole, 1.0)))
        return np.minimum(1.0, (1 + allowed) * whole)


def gain(counts: ClassCounts, name: str) -> npt.NDArray[np.float64]:
    """Return the largest (p - q)/q of each class, at least 0."""
    pairs = counts.histograms[name]
    whole = pairs.whole[pairs.value]
    return np.maximum(pairs.largest((pairs.shares(counts.rows) - whole) / whole), 0.0)
