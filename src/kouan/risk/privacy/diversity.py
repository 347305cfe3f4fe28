"""Distinct l-diversity (Machanavajjhala et al. 2007, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class DistinctDiversity:
    """Every class has at least l different sensitive values.

    A part of a class has no more of them, so rows of a class that fails fail in every finer table.
    """

    sensitive: str
    l: int  # noqa: E741 (the field's letter)
    piecewise: ClassVar[bool] = False

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the number of different values."""
        return np.bincount(counts.histograms[self.sensitive].of, minlength=len(counts.rows)).astype(np.float64)

    def worst(self, counts: ClassCounts) -> float:
        """Return the smallest number."""
        return float(self.measure(counts).min())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where it is at least l."""
        return self.measure(counts) >= self.l

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return all rows of the classes that fail."""
        return np.where(meets, 0.0, counts.rows)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (l rows at least, whatever the shares)
        """Return l."""
        return self.l
