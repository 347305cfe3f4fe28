"""Entropy l-diversity (Machanavajjhala et al. 2007, definition 4.1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kouan.risk.privacy.model import SLACK

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class EntropyDiversity:
    """exp(H) >= l, H = -sum p ln p of the class, the plain (Shannon) estimate.

    Entropy is concave: a union of classes that meet the model meets it. So what a finer table keeps of a class meets
    it, and of a class that fails at least one row is lost.
    """

    sensitive: str
    l: float  # noqa: E741 (the field's letter)
    piecewise: ClassVar[bool] = False

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return exp(H)."""
        pairs = counts.histograms[self.sensitive]
        shares = pairs.shares(counts.rows)
        found: npt.NDArray[np.float64] = np.exp(-pairs.total(shares * np.log(shares), len(counts.rows)))
        return found

    def worst(self, counts: ClassCounts) -> float:
        """Return the smallest exp(H)."""
        return float(self.measure(counts).min())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where exp(H) >= l."""
        return self.measure(counts) >= self.l * (1 - SLACK)

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return one row of the classes that fail."""
        return np.where(meets, 0.0, 1.0)

    def least(self, whole: npt.NDArray[np.float64]) -> int:  # noqa: ARG002 (l rows at least, whatever the shares)
        """Return l rounded up: f rows have at most exp(H) = f."""
        return math.ceil(self.l * (1 - SLACK))
