"""All nodes of the lattice with a lower bound of the rank of each: which may still hold the optimum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice import messages
from kouan.deidentify.lattice.axis import halfway

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.attributes import Attribute

MOST = 20_000_000
"""Nodes: 16 bytes are held for each."""
CLOSED = 1e300
_SLACK = 1e-13
"""Ranks that differ by less, relatively, are equal: sums of the same numbers in another order differ so."""


class Nodes:
    """Lower bounds, kept as a table of two halves of the attributes so that a box is raised by one outer sum.

    Nodes are numbered by their levels read as digits. Among equal ranks the smaller sum of levels wins, then the
    smaller number; so the optimum is one node, whatever the order of the search.
    """

    def __init__(self, attributes: Sequence[Attribute], start: npt.NDArray[np.float64]) -> None:
        """Bound every node by `start`, numbers by attribute and level that add up.

        Raises:
            KouanError: K-DEI-045 too many nodes.
        """
        self._lowest = [one.lowest for one in attributes]
        self._spans = [one.highest - one.lowest + 1 for one in attributes]
        self.total = math.prod(self._spans)
        if self.total > MOST:
            raise messages.TOO_MANY.at("", nodes=f"{self.total:,}", most=f"{MOST:,}")
        offsets = np.cumsum([0, *(one.levels for one in attributes[:-1])]).tolist()
        self._pieces = [
            slice(offset + one.lowest, offset + one.highest + 1)
            for offset, one in zip(offsets, attributes, strict=True)
        ]
        self._place = np.repeat(np.arange(len(attributes)), [one.levels for one in attributes])
        self._level = np.concatenate([np.arange(one.levels) for one in attributes])
        self._half = halfway(self._spans)
        everywhere = [-1] * len(self._spans)
        self._bounds = self._outer(start, everywhere, [one.levels for one in attributes])
        heights = self._outer(
            np.concatenate([np.arange(float(one.levels)) for one in attributes]),
            everywhere,
            [one.levels for one in attributes],
        )
        self._ties = heights.reshape(-1).astype(np.int64) * self.total + np.arange(self.total)
        self.checked = np.zeros(self.total, dtype=np.bool_)
        self.best = math.inf
        self._best_tie = 0

    def number(self, levels: Sequence[int]) -> int:
        """Return the number of a node."""
        found = 0
        for level, lowest, span in zip(levels, self._lowest, self._spans, strict=True):
            found = found * span + level - lowest
        return found

    def levels(self, number: int) -> tuple[int, ...]:
        """Return the levels of a node."""
        found = []
        for lowest, span in zip(reversed(self._lowest), reversed(self._spans), strict=True):
            number, digit = divmod(number, span)
            found.append(lowest + digit)
        return tuple(reversed(found))

    def beside(self, levels: Sequence[int]) -> list[int]:
        """Return the nodes that differ from one in the level of one attribute."""
        found = []
        for place, (level, lowest, span) in enumerate(zip(levels, self._lowest, self._spans, strict=True)):
            found += [
                self.number((*levels[:place], other, *levels[place + 1 :]))
                for other in range(lowest, lowest + span)
                if other != level
            ]
        return found

    def lowest_open(self) -> int | None:
        """Return the node with the lowest bound, if it can still be better than the best; else None."""
        flat = self._bounds.reshape(-1)
        number = int(flat.argmin())
        if self.open(number):
            return number
        if flat[number] > self.best + self._room or flat[number] >= CLOSED:
            return None
        tied = np.flatnonzero((flat <= self.best + self._room) & (self._ties < self._best_tie))
        return int(tied[0]) if len(tied) else None

    def open(self, number: int) -> bool:
        """Whether a node can still be better than the best."""
        bound = self._bounds.reshape(-1)[number]
        if bound >= CLOSED:
            return False
        return self.better(float(bound), number)

    def known(self, number: int) -> bool:
        """Whether a node was checked or closed."""
        return bool(self._bounds.reshape(-1)[number] >= CLOSED)

    def raised_below(self, levels: Sequence[int], bound: npt.NDArray[np.float64]) -> None:
        """Raise the bounds of a node and all below it."""
        np.maximum(
            self._bounds, self._outer(bound, [-1] * len(levels), [level + 1 for level in levels]), out=self._bounds
        )

    def raised_above(self, levels: Sequence[int], bound: npt.NDArray[np.float64]) -> None:
        """Raise the bounds of a node and all above it."""
        tops = [lowest + span for lowest, span in zip(self._lowest, self._spans, strict=True)]
        np.maximum(self._bounds, self._outer(bound, [level - 1 for level in levels], tops), out=self._bounds)

    def close_below(self, levels: Sequence[int]) -> None:
        """Close a node and all below it: none of them can be a solution."""
        closing = np.where(self._place == 0, CLOSED, 0.0)
        self.raised_below(levels, closing)

    def near(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Return which nodes may still be better than the best: bool [numbers]."""
        found: npt.NDArray[np.bool_] = self._bounds.reshape(-1)[numbers] <= min(self.best + self._room, CLOSED / 2)
        return found

    def raised(self, numbers: npt.NDArray[np.int64], bounds: npt.NDArray[np.float64]) -> None:
        """Raise the bounds of some nodes, each by itself; infinite: it is no solution."""
        flat = self._bounds.reshape(-1)
        flat[numbers] = np.maximum(flat[numbers], np.minimum(bounds, CLOSED))

    def left(self) -> int:
        """Return how many nodes may still be better than the best."""
        return int((self._bounds <= min(self.best + self._room, CLOSED / 2)).sum())

    def close(self, number: int) -> None:
        """Close one node that was checked."""
        self._bounds.reshape(-1)[number] = CLOSED
        self.checked[number] = True

    def found(self, number: int, rank: float) -> bool:
        """Take a solution; return whether it is the best so far."""
        if not self.better(rank, number):
            return False
        self.best, self._best_tie = rank, int(self._ties[number])
        return True

    def closed(self) -> int:
        """Return how many nodes were closed without being checked."""
        return int(((self._bounds.reshape(-1) >= CLOSED) & ~self.checked).sum())

    def bound(self) -> float:
        """Return a lower bound of every rank that is not known yet, infinite when there is none."""
        lowest = float(self._bounds.min())
        return math.inf if lowest >= CLOSED else lowest

    @property
    def _room(self) -> float:
        return _SLACK * (1 + abs(self.best)) if self.best < math.inf else 0.0

    def better(self, rank: float, number: int) -> bool:
        """Whether a node of this rank is better than the best."""
        if rank < self.best - self._room:
            return True
        return rank <= self.best + self._room and bool(self._ties[number] < self._best_tie)

    def _outer(
        self, bound: npt.NDArray[np.float64], after: Sequence[int], before: Sequence[int]
    ) -> npt.NDArray[np.float64]:
        """Add up a bound at every node, minus infinity where a level is not between `after` and `before`."""
        inside = (self._level > np.asarray(after)[self._place]) & (self._level < np.asarray(before)[self._place])
        masked = np.where(inside, bound, -np.inf)
        parts = [masked[piece] for piece in self._pieces]
        first, second = _added(parts[: self._half]), _added(parts[self._half :])
        return np.add.outer(first, second)


def _added(parts: Sequence[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    found = np.zeros(1)
    for part in parts:
        found = np.add.outer(found, part).reshape(-1)
    return found
