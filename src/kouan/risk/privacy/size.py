"""Models of class size: k-anonymity (Sweeney 2002) and k-map (Sweeney 2001; El Emam, Dankar 2008)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class KAnonymity:
    """Every class has at least k persons; k rows where it is not known whose they are.

    A part of a class is no larger than the class, so rows of a class that fails fail in every finer table.
    """

    k: int
    sensitive: None = None
    piecewise: ClassVar[bool] = False

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return f."""
        return counts.rows if counts.persons is None else counts.persons

    def worst(self, counts: ClassCounts) -> float:
        """Return the smallest f."""
        return float(self.measure(counts).min())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where f >= k."""
        found: npt.NDArray[np.bool_] = self.measure(counts) >= self.k
        return found

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return all rows of the classes that fail."""
        return np.where(meets, 0.0, counts.rows)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (no sensitive attribute here)
        """Return k: so many persons have as many rows."""
        return self.k


@dataclass(frozen=True, slots=True)
class KMap:
    """Every class has at least k persons in the population table, of which the table is a sample."""

    k: int
    sensitive: None = None
    piecewise: ClassVar[bool] = False

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return F.

        Raises:
            ValueError: no population was counted.
        """
        if counts.population is None:
            raise ValueError("k-map needs the population's class sizes")
        return counts.population

    def worst(self, counts: ClassCounts) -> float:
        """Return the smallest F."""
        return float(self.measure(counts).min())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where F >= k."""
        found: npt.NDArray[np.bool_] = self.measure(counts) >= self.k
        return found

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return all rows of the classes that fail: a part of a class has no more of the population."""
        return np.where(meets, 0.0, counts.rows)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (no sensitive attribute here)
        """Return 1: one row may stand for many persons."""
        return 1
