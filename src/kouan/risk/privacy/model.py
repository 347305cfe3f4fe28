"""What every privacy model answers, and what the search may conclude from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from kouan.risk.privacy.counts import firsts

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.privacy.counts import ClassCounts

SLACK = 1e-12
"""Shares are compared with this much room, so that a class exactly at a threshold passes."""


ROOM = 1e-9
"""Shares farther than this from a threshold are on one side of it for certain, however they were computed."""
_STEPS = 6
_WHOLE = 1e-6
"""Rows: added before rounding down, more than sums of shares can be off."""
_STEEP = 1e-3
_WIDE = 1 + 1e-9
"""Least slope that is divided by, as a share, and how much is added for what sums can be off by then."""


class Model(Protocol):
    """One model with its threshold.

    A table meets a conjunction of models when every class meets every model.
    """

    @property
    def sensitive(self) -> str | None:
        """Name of the sensitive attribute; None for models of class sizes alone."""

    @property
    def piecewise(self) -> bool:
        """Whether a class that fails by some of its values' counts fails whatever counts the other values have."""

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


@runtime_checkable
class Breaking(Model, Protocol):
    """A model that tells at little cost of many classes whether they fail."""

    def breaks(
        self, held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.bool_]:
        """Return classes that fail for certain, told at little cost; of those at a threshold it may say nothing.

        Args:
            held: float64 [values, classes], rows of each class with each value.
            rows: float64 [classes], class sizes.
            whole: float64 [values], share of every value in the whole table.
        """


def over(
    held: npt.NDArray[np.float64], rows: npt.NDArray[np.float64], caps: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Return where a share is above its cap for certain: bool [classes]; see Model.breaks."""
    found: npt.NDArray[np.bool_] = np.logical_or.reduce(held > np.multiply.outer(caps + ROOM, rows), axis=0)
    return found


def fewest(amounts: npt.NDArray[np.float64], needed: float) -> int:
    """Return how many of the amounts, largest first, add up to what is needed; all of them when they do not."""
    sums = np.cumsum(np.sort(amounts)[::-1])
    return min(len(amounts), 1 + int(np.searchsorted(sums, needed - SLACK)))


def capped(
    counts: ClassCounts,
    name: str,
    caps: npt.NDArray[np.float64],
    meets: npt.NDArray[np.bool_],
    least: float = 1.0,
) -> npt.NDArray[np.float64]:
    """Return the rows lost where the kept rows of a class must be covered up to a share `least` under caps.

    The rows of a class that a finer table keeps are a union of classes that meet the model, and meet it too. Let K rows
    be kept, u_s of value s. If the model asks that sum of min(u_s/K, cap_s) >= least, then with u_s <= f_s
    g(K) = sum of min(f_s, cap_s K) - least K is not negative. g is concave and 0 at 0; so where it is negative, K is
    too large, and is at most where the tangent of g is 0 (Newton's steps, from above). With `least` 1, u_s <= cap_s K
    for every value, so u_s is at most the whole part of that: a rare value needs a large class; then K is at most the
    sum of these, which gives another bound, and so on. After a few steps what remains is given up. Of classes that meet
    the model nothing is lost.
    """
    lost = np.zeros(len(counts.rows))
    failing = np.flatnonzero(~meets)
    if not len(failing):
        return lost
    pairs = counts.histograms[name]
    inside = np.flatnonzero(~meets[pairs.of])
    of = (np.cumsum(~meets) - 1)[pairs.of[inside]]
    cap, held = caps[pairs.value[inside]], pairs.count[inside]
    starts = np.flatnonzero(firsts(of))
    kept = rows = counts.rows[failing]
    for _ in range(_STEPS):
        most = cap * kept[of]
        if least == 1:
            fewer = np.minimum(kept, np.add.reduceat(np.minimum(held, np.floor(most + _WHOLE)), starts))
        else:
            under = held <= most
            fixed = np.add.reduceat(np.where(under, held, 0.0), starts) * _WIDE
            fall = least - np.add.reduceat(np.where(under, 0.0, cap), starts)
            fewer = np.minimum(kept, np.divide(fixed, fall, out=kept.copy(), where=fall > _STEEP))
        if not (fewer < kept).any():
            break
        kept = fewer
    lost[failing] = rows - np.floor(kept + _WHOLE)
    return lost
