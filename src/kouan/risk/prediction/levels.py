"""Items as levels that a model can count: categories as they are, numbers in groups of about as many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.prediction.bayes import MISSING

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.risk.prediction.rows import Cut

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]

GROUPS = 16
FEW = 20
"""Different numbers up to which each is a category."""
MOST_LEVELS = 200
"""Different words beyond which an item of words is left out."""


def usable(column: Cut) -> bool:
    """Tell whether a column can be levels: two or more of them, and not nearly as many as rows."""
    return len(column.words) > 1 and (column.numbers is not None or len(column.words) <= MOST_LEVELS)


def edges_of(column: Cut, rows: Bools) -> Floats | None:
    """Return where groups of numbers begin, told from some rows; None where each value is a level."""
    if column.numbers is None or len(column.words) <= FEW:
        return None
    codes = column.codes[rows]
    values = column.numbers[codes[codes >= 0]]
    if not len(values):
        return None
    return np.unique(np.quantile(values, np.arange(1, GROUPS) / GROUPS))


def levels_of(column: Cut, edges: Floats | None) -> Ints:
    """Return the level of each row."""
    if edges is None or column.numbers is None:
        return column.codes
    table = np.append(np.searchsorted(edges, column.numbers, side="right"), MISSING)
    return table[column.codes]


def recoded(raw: Cut, treated: Cut, *, learnt: Ints, tried: Bools, edges: Floats | None) -> Ints:
    """Return the levels that raw rows have once they are recoded as treated ones are.

    Numbers that stayed numbers need no recoding. Otherwise a raw value takes the treated value that stands most often
    in its place among the rows learnt from; a number that was not among them that of the next lower one, another value
    none.

    Args:
        raw: the column, all rows.
        treated: of the rows that left.
        learnt: raw row of each of them, -1 for those that are not learnt from.
        tried: raw rows to recode.
        edges: of the treated column's groups of numbers.
    """
    if treated.numbers is not None and raw.numbers is not None and edges is not None:
        return levels_of(raw.only(tried), edges)
    pairs = learnt >= 0
    before, after = raw.codes[learnt[pairs]], treated.codes[pairs]
    both = (before >= 0) & (after >= 0)
    wide = max(len(treated.words), 1)
    kinds, counts = np.unique(before[both] * wide + after[both], return_counts=True)
    table = np.full(len(raw.words) + 1, MISSING, np.int64)  # the last is for empty cells
    for at in np.lexsort((-kinds, counts)).tolist():  # the most frequent is written last
        table[kinds[at] // wide] = kinds[at] % wide
    if raw.numbers is not None and len(kinds):
        order = np.argsort(raw.numbers, kind="stable")
        seen = np.flatnonzero(table[order] >= 0)
        nearest = seen[np.maximum(np.searchsorted(seen, np.arange(len(order)), side="right") - 1, 0)]
        table[order] = table[order[nearest]]
    levels = table[raw.codes[tried]]
    if edges is None or treated.numbers is None:
        return levels
    groups = np.append(np.searchsorted(edges, treated.numbers, side="right"), MISSING)
    return groups[levels]
