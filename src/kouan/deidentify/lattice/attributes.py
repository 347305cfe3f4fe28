"""A quasi-identifier and its hierarchy as small integers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt


@dataclass(frozen=True)
class Attribute:
    """One quasi-identifier.

    Attributes:
        name: of the column.
        values: the leaves, level 0, in the order of their codes.
        up: by level: int64 [leaves], code of the leaf's value at that level.
        lowest, highest: levels that the search may choose.
    """

    name: str
    values: tuple[str, ...]
    up: tuple[npt.NDArray[np.int64], ...]
    lowest: int
    highest: int

    @property
    def leaves(self) -> int:
        """Number of leaves, those that no row has included."""
        return len(self.values)

    @property
    def levels(self) -> int:
        """Number of levels, level 0 included."""
        return len(self.up)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of values at each level."""
        return tuple(int(codes.max()) + 1 for codes in self.up)

    @cached_property
    def covered(self) -> tuple[npt.NDArray[np.int64], ...]:
        """By level: int64 [values], how many leaves each value covers."""
        return tuple(np.bincount(codes) for codes in self.up)

    @cached_property
    def _between(self) -> dict[tuple[int, int], npt.NDArray[np.int64]]:
        return {}

    def between(self, low: int, high: int) -> npt.NDArray[np.int64]:
        """Return int64 [values of level `low`], the code of each at level `high`."""
        if (low, high) not in self._between:
            found = np.zeros(self.sizes[low], dtype=np.int64)
            found[self.up[low]] = self.up[high]
            self._between[low, high] = found
        return self._between[low, high]


def attribute(name: str, rows: Sequence[Sequence[str]], *, lowest: int = 0, highest: int | None = None) -> Attribute:
    """Build an attribute from a hierarchy.

    Args:
        name: of the column.
        rows: one a leaf; columns are levels from 0, the value itself, to the top.
        lowest: lowest level that may be chosen, 1 for "age in 5-year bands or wider".
        highest: highest; the top when None.

    Raises:
        KouanError: K-DEI-040 rows of unequal width, no row, or a leaf twice; K-DEI-041 a value with two parents;
            K-DEI-042 levels that the hierarchy lacks.
    """
    widths = {len(row) for row in rows}
    leaves = tuple(row[0] for row in rows if row)
    if len(widths) != 1 or 0 in widths or len(set(leaves)) != len(rows):
        raise messages.HIERARCHY.at(name, column=name)
    up = tuple(_numbered([row[level] for row in rows]) for level in range(widths.pop()))
    for level, (below, above) in enumerate(pairwise(up)):
        parents = np.zeros(int(below.max()) + 1, dtype=np.int64)
        parents[below] = above
        if (parents[below] != above).any():
            raise messages.TWO_PARENTS.at(name, column=name, level=level)
    top = len(up) - 1 if highest is None else highest
    if not 0 <= lowest <= top < len(up):
        raise messages.LEVELS.at(name, column=name, lowest=lowest, highest=top, height=len(up) - 1)
    return Attribute(name, leaves, up, lowest, top)


def _numbered(values: Sequence[str]) -> npt.NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)
