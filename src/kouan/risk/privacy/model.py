"""What every privacy model answers, and what the search may conclude from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts

SLACK = 1e-12
"""Shares are compared with this much room, so that a class exactly at a threshold passes."""


class Model(Protocol):
    """One model with its threshold.

    A table meets a conjunction of models when every class meets every model.
    """

    @property
    def sensitive(self) -> str | None:
        """Name of the sensitive attribute; None for models of class sizes alone."""

    def measure(self, counts: ClassCounts) -> npt.NDArray[np.float64]:
        """Return the value of each class: float64 [classes]."""

    def worst(self, counts: ClassCounts) -> float:
        """Return the value of the whole table, that of its worst class."""

    def meets(self, counts: ClassCounts) -> npt.NDArray[np.bool_]:
        """Return which classes meet the model."""

    def lost(self, counts: ClassCounts, meets: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return how many rows of each class are suppressed at the least in every finer table, and in this one.

        A finer table splits each class; its classes that fail are suppressed.
        """

    def least(self, whole: npt.NDArray[np.float64]) -> int:
        """Return a size that every class that meets the model has, given the shares of the sensitive values."""


def fewest(amounts: npt.NDArray[np.float64], needed: float) -> int:
    """Return how many of the amounts, largest first, add up to what is needed; all of them when they do not."""
    sums = np.cumsum(np.sort(amounts)[::-1])
    return min(len(amounts), 1 + int(np.searchsorted(sums, needed - SLACK)))


def capped(counts: ClassCounts, name: str, caps: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the rows lost where no kept class may hold more than a share `caps` [values] of each value.

    The rows of a class that a finer table keeps are a union of classes that respect the caps, so the union respects
    them. Of f rows with f_s of value s and cap h < 1, at most (f - f_s)/(1 - h) can be kept: those K have at least
    (1 - h) K rows of other values, and there are f - f_s.
    """
    pairs = counts.histograms[name]
    rows, cap = counts.rows[pairs.of], caps[pairs.value]
    over = pairs.count > cap * rows + SLACK * rows
    kept = np.where(over, np.floor((rows - pairs.count) / np.maximum(1 - cap, SLACK) + 1e-9), rows)
    lost: npt.NDArray[np.float64] = pairs.largest(rows - np.minimum(kept, rows))
    return lost
