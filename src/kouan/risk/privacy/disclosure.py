"""Delta-disclosure privacy (Brickell, Shmatikov 2008)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kouan.risk.privacy.model import ROOM, capped, fewest, over

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts


@dataclass(frozen=True, slots=True)
class DeltaDisclosure:
    """|ln(p/q)| < delta for the values that occur in the class; natural logarithm.

    The definition asks it of every value and is undefined where p = 0; like ARX and pyCANON, values that a class lacks
    are left out. (ARX takes the logarithm to base 2: its delta is ours divided by ln 2.) So a union of classes that
    meet the model need not meet it: only the upper side, p < q exp(delta), carries over to unions.
    """

    sensitive: str
    delta: float
    piecewise: ClassVar[bool] = True

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the largest |ln(p/q)|."""
        pairs = counts.histograms[self.sensitive]
        shares, whole = pairs.shares(counts.rows), pairs.whole[pairs.value]
        return pairs.largest(np.abs(np.log(shares / whole)))

    def worst(self, counts: ClassCounts) -> float:
        """Return the largest of the table."""
        return float(self.measure(counts).max())

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return where it is below delta."""
        return self.measure(counts) < self.delta

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return where a value is above its cap, or occurs and is below q exp(-delta)."""
        floors = math.exp(-self.delta) * (1 - ROOM) * whole
        fails = held < np.multiply.outer(floors, rows)
        fails &= held > 0
        below: npt.NDArray[np.bool_] = np.logical_or.reduce(fails, axis=0)
        return below | over(held, rows, self._caps(whole))

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the rows lost under the caps q exp(delta)."""
        return capped(counts, self.sensitive, self._caps(counts.histograms[self.sensitive].whole), meets)

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return how many caps add up to 1."""
        return fewest(self._caps(whole), 1)

    def _caps(self, whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        caps: npt.NDArray[np.float64] = np.minimum(1.0, math.exp(self.delta) * whole)
        return caps
