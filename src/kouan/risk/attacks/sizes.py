"""Successes of singling out, carried from a control part to the size of the original.

Whether a predicate of weight w fits exactly one of n rows has the probability n w (1 - w)^(n - 1). Over predicates of
weights up to w_max that is proportional to I(n) = (1 - (n w_max + 1) (1 - w_max)^n) / (n + 1) (Anonymeter, Giomi et
al. 2023, uses the same form). w_max is fitted to the successes in parts of the control.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.attacks.predicates import Predicates, Rows

_SIZES, _TIMES = 10, 5
_LEAST = 1000
_SMALL = 1e-3


def scaled(control: Rows, predicates: Predicates, rows: int, rng: np.random.Generator) -> float:
    """Return how many predicates would fit exactly one of `rows` rows that are like the control's.

    Args:
        control: its distinct rows.
        predicates: of the attack.
        rows: distinct rows of the original.
        rng: draws parts of the control.
    """
    worked = float((control.counts(predicates) == 1).sum())
    if control.count == rows or not worked:
        return worked
    sizes, found = [], []
    for size in np.linspace(min(_LEAST, control.count // 2), control.count, _SIZES).astype(int):
        for _ in range(_TIMES if size < control.count else 1):
            among = np.zeros(control.count, dtype=np.bool_)
            among[rng.choice(control.count, size=size, replace=False)] = True
            sizes.append(size)
            found.append(float((control.counts(predicates, among) == 1).sum()))
    weight = _fitted(np.array(sizes, dtype=np.float64), np.array(found))
    return worked * float(_integral(np.float64(rows), weight) / _integral(np.float64(control.count), weight))


def _fitted(sizes: npt.NDArray[np.float64], found: npt.NDArray[np.float64]) -> np.float64:
    """Return the weight that fits best by least squares; the height of the curve follows from it."""
    weights = np.exp(np.linspace(np.log(1e-8), np.log(0.5), 600))
    shapes = _integral(sizes[:, None], weights[None, :])
    heights = (shapes * found[:, None]).sum(axis=0) / (shapes**2).sum(axis=0)
    off = ((shapes * heights - found[:, None]) ** 2).sum(axis=0)
    return np.float64(weights[np.argmin(off)])


def _integral(rows: npt.NDArray[np.float64] | np.float64, weight: npt.NDArray[np.float64] | np.float64) -> np.ndarray:
    """Return I(n) up to a factor; by its series where n w is so small that the difference would cancel."""
    small = rows * weight
    exact = (1 - (small + 1) * np.exp(rows * np.log1p(-weight))) / (rows + 1)
    series = rows * weight**2 / 2 * (1 - 2 * (rows - 1) * weight / 3)
    return np.where(small < _SMALL, series, exact)
