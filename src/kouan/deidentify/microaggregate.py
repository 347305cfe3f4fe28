"""Microaggregation of one column of numbers: groups of fixed size by rank, each replaced by its mean.

Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14(1), 2002 (univariate, individual ranking); GB/T 37964-2019 annex A,
randomisation (microaggregation). One column alone: other columns may still tell persons apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import Kernel, Learner, over_distinct
from kouan.deidentify.numbers import as_number, number_words
from kouan.deidentify.params import only, whole

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine

_LARGEST = 100_000
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Microaggregate(Learner):
    """Replaces numbers by the mean of at least `k` neighbours in rank.

    Equal numbers stay together, so a group may hold more than `k` cells. What is no number becomes null, and so does
    a column that has fewer than `k` numbers.

    Attributes:
        k: cells of a group at least.
        decimals: digits after the point of the mean.
    """

    k: int
    decimals: int = 0

    def counted(self, column: pa.Array) -> pa.Array:
        """Return the numbers."""
        return as_number(column)

    def learnt(self, values: pa.Array, counts: pa.Array) -> Kernel:
        """Return the kernel that gives each number the mean of its group."""
        values = pc.cast(values, pa.float64())
        order = pc.array_sort_indices(values)
        numbers, cells = values.take(order).to_numpy(), counts.take(order).to_numpy()
        groups = _groups(cells, self.k)
        size = np.bincount(groups, weights=cells)
        means = np.bincount(groups, weights=numbers * cells) / size if len(size) else size
        labels = number_words(pa.array(np.where(size >= self.k, means, np.nan), from_pandas=True), self.decimals)
        known, label = pa.array(numbers), labels.take(pa.array(groups))

        def kernel(column: pa.Array) -> pa.Array:
            return over_distinct(column, lambda part: label.take(pc.index_in(as_number(part), value_set=known)))

        return kernel


def microaggregate(line: PlanLine) -> Microaggregate:
    """Return what `{k, decimals}` means. Raises BadParamsError."""
    only(line, "k", "decimals")
    return Microaggregate(whole(line, "k", 2, _LARGEST), whole(line, "decimals", 0, _MOST_DECIMALS, default=0))


def _groups(cells: np.ndarray[tuple[int], np.dtype[np.int64]], k: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the group of each value in rank order: a group is closed at `k` cells, what is left joins the last."""
    groups = np.zeros(len(cells), np.int64)
    group = held = 0
    for at, count in enumerate(cells.tolist()):
        if held >= k:
            group, held = group + 1, 0
        groups[at] = group
        held += count
    if held < k and group:
        groups[groups == group] = group - 1
    return groups
