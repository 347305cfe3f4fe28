"""Losses of class sizes: discernibility and average class size. Neither is monotonic once rows are suppressed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.deidentify.lattice.groups import Classes
    from kouan.deidentify.lattice.losses import Measured
    from kouan.deidentify.lattice.table import Table


@dataclass(frozen=True, slots=True)
class Discernibility:
    """DM (Bayardo, Agrawal 2005): sum of f over kept rows (f² over kept classes), n for each suppressed row.

    Bounds: at a node above M every row costs at least its f at M, kept or not, as f only grows and is at most n. At a
    node below N, where s rows of N or more are suppressed, those cost n each and the others at least the least class.
    """

    name: str = "discernibility"

    def over(self, table: Table, least: int) -> Measured:
        """Prepare it; see Losing."""
        return _Sizes(table, least, average=False)


@dataclass(frozen=True, slots=True)
class AverageClassSize:
    """AECS: n/(kept classes, and one more for all suppressed rows), as ARX counts it.

    Bounds: a node above M has no more classes than M, and where some are suppressed they count as one. At a node below
    N, where s rows or more are suppressed, at most (n - s)/least classes are kept.
    """

    name: str = "average-class-size"

    def over(self, table: Table, least: int) -> Measured:
        """Prepare it; see Losing."""
        return _Sizes(table, least, average=True)


class _Sizes:
    def __init__(self, table: Table, least: int, *, average: bool) -> None:
        self._rows, self._least, self._average = table.rows, max(1, least), average
        self._levels = sum(one.levels for one in table.attributes)
        self._first = table.attributes[0].levels
        self.start = self._flat(self._bound(0.0))

    def rank(self, classes: Classes, fails: npt.NDArray[np.bool_]) -> float:
        kept = classes.rows[~fails]
        if self._average:
            return self._rows / (len(kept) + bool(fails.any()))
        return float((kept * kept).sum() + self._rows * classes.rows[fails].sum())

    def below(self, classes: Classes, lost: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        return self._flat(self._bound(float(lost.sum())))

    def above(self, classes: Classes) -> npt.NDArray[np.float64]:
        if self._average:
            return self._flat(self._rows / classes.count)
        return self._flat(float((classes.rows * classes.rows).sum()))

    def score(self, rank: float) -> float:
        return rank

    def _bound(self, lost: float) -> float:
        kept = self._rows - lost
        if self._average:
            return self._rows / (kept // self._least + 1)
        return self._rows * lost + min(self._least, self._rows) * kept  # suppressed, a row costs n

    def _flat(self, bound: float) -> npt.NDArray[np.float64]:
        """Return a bound that is one number: it stands at every level of the first attribute."""
        found = np.zeros(self._levels)
        found[: self._first] = bound
        return found
