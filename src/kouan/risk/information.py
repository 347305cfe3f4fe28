"""Columns as values and codes, and what they tell: entropy, mutual information, distance of distributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.risk.codes import Codes

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

CELLS = 5
"""Expected rows in a cell of a pair's table, at the least: below, chance looks like knowledge."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        codes: of its rows.
        values: the different ones, an Arrow array, of which the first has code 1.
    """

    codes: Codes
    values: Any

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.codes.values)

    def empty(self) -> float:
        """Return the share of empty cells."""
        return float((self.codes.values == 0).mean()) if self.rows else 0.0

    def counts(self) -> Ints:
        """Return how often each value stands there, the empty one first."""
        return np.bincount(self.codes.values, minlength=self.codes.count).astype(np.int64)

    def thinned(self, step: int) -> Column:
        """Return every so many rows."""
        return Column(Codes(self.codes.values[::step], self.codes.count), self.values)


def entropy(counts: Ints) -> float:
    """Return Shannon's entropy in bits."""
    total = counts.sum()
    shares = counts[counts > 0] / total if total else np.zeros(0)
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def mutual(one: Column, other: Column) -> float:
    """Return mutual information in bits less what chance gives (degrees of freedom over 2n ln 2: Miller, Madow)."""
    rows, wide, high = one.rows, one.codes.count, other.codes.count
    if wide * high * CELLS > rows:
        return 0.0
    joint = np.bincount(one.codes.values.astype(np.int64) * high + other.codes.values, minlength=wide * high).reshape(
        wide, high
    )
    across, down = joint.sum(axis=1), joint.sum(axis=0)
    found = entropy(across) + entropy(down) - entropy(joint.ravel())
    freedom = (np.count_nonzero(across) - 1) * (np.count_nonzero(down) - 1)
    return max(float(found - freedom / (2 * rows * np.log(2))), 0.0)


def distance(before: Column, after: Column) -> float:
    """Return how far two distributions of comparable values are apart, 0 to 1.

    Kolmogorov's distance for numbers, else the total variation; an item whose type changed is compared as text.
    """
    numbers = [_is_number(column.values.type) for column in (before, after)]
    if all(numbers):
        (one, p), (other, q) = _ordered(before), _ordered(after)
        at = np.union1d(one, other)
        return float(np.abs(_cumulated(one, p, at) - _cumulated(other, q, at)).max(initial=0.0))
    names = [column.values.cast(pa.string()).to_pylist() for column in (before, after)]
    shares = [_shares(column.counts()) for column in (before, after)]
    first, second = (dict(zip([None, *known], part, strict=True)) for known, part in zip(names, shares, strict=True))
    return float(sum(abs(first.get(name, 0.0) - second.get(name, 0.0)) for name in first.keys() | second.keys())) / 2


def _ordered(column: Column) -> tuple[Floats, Floats]:
    values = np.asarray(column.values.cast(pa.float64(), safe=False))
    order = np.argsort(values)
    return values[order], _shares(column.counts()[1:])[order]


def _cumulated(values: Floats, shares: Floats, at: Floats) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(shares)])
    cumulated: Floats = total[np.searchsorted(values, at, side="right")]
    return cumulated


def _shares(counts: Ints) -> Floats:
    return counts / max(int(counts.sum()), 1)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
