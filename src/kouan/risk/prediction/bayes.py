"""Naive Bayes over levels, with Laplace's smoothing: small, exact to repeat, and it reads items that are missing.

Hastie, Tibshirani, Friedman, The Elements of Statistical Learning (2nd ed.), 6.6.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.information import entropy

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

MISSING = -1
MOST_FEATURES = 12
"""Of the items that tell most about the target; naive Bayes counts what many alike say many times."""


@dataclass(frozen=True, slots=True)
class Bayes:
    """A model.

    Attributes:
        prior: float64 [classes], log probability.
        given: for each feature used, float64 [levels, classes], log probability.
        used: which features, by place.
    """

    prior: Floats
    given: tuple[Floats, ...]
    used: tuple[int, ...]

    def predict(self, features: Sequence[Ints]) -> Ints:
        """Return the likeliest class of each row, the first of several; levels that were not learnt tell nothing."""
        odds = np.repeat(self.prior[None, :], len(features[0]) if features else 0, axis=0)
        for at, table in zip(self.used, self.given, strict=True):
            levels = features[at]
            known = (levels >= 0) & (levels < len(table))
            odds[known] += table[levels[known]]
        likeliest: Ints = np.argmax(np.round(odds, 9), axis=1)
        return likeliest


def learn(features: Sequence[Ints], target: Ints, classes: int) -> Bayes:
    """Learn from rows.

    Args:
        features: int64 [rows] each, levels from 0, MISSING where there is none.
        target: int64 [rows], classes from 0.
        classes: how many.
    """
    prior = np.bincount(target, minlength=classes) + 1.0
    told = [_told(levels, target, classes) for levels in features]
    used = sorted(range(len(told)), key=lambda at: (-told[at], at))[:MOST_FEATURES]
    used = [at for at in used if told[at] > 0]
    return Bayes(np.log(prior / prior.sum()), tuple(_given(features[at], target, classes) for at in used), tuple(used))


def joint(levels: Ints, target: Ints, classes: int) -> Ints:
    """Return how often each level stands with each class, int64 [levels, classes]; missing levels are left out."""
    known = levels >= 0
    wide = int(levels.max(initial=-1)) + 1
    return np.bincount(levels[known] * classes + target[known], minlength=wide * classes).reshape(wide, classes)


def _given(levels: Ints, target: Ints, classes: int) -> Floats:
    counts = joint(levels, target, classes)
    found: Floats = np.log((counts + 1.0) / (counts.sum(axis=0) + len(counts)))
    return found


def _told(levels: Ints, target: Ints, classes: int) -> float:
    """Return mutual information in bits less what chance gives."""
    counts = joint(levels, target, classes)
    rows = int(counts.sum())
    if rows == 0:
        return 0.0
    across, down = counts.sum(axis=1), counts.sum(axis=0)
    freedom = (np.count_nonzero(across) - 1) * (np.count_nonzero(down) - 1)
    return float(entropy(across) + entropy(down) - entropy(counts.ravel()) - freedom / (2 * rows * np.log(2)))
