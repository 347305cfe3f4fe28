"""Losses that add up over cells: a cost for every value at every level, and one for a suppressed cell.

A cell's cost never falls with its level, and no cell costs more than a suppressed one. So without suppression the loss
is monotonic: it rises with every level, and what it is at a node is known from the attributes' histograms alone. With
suppression it is not (a coarser node may suppress less), and this bound is used: if at least `lost` rows of each class
of node N are suppressed at every node below N, then a node M below N costs at least what its levels cost, and the
difference between a suppressed cell and a cell of N for each of these rows, since cells at M cost no more than at N.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kouan.risk.privacy.counts import sums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.axis import Axis
    from kouan.deidentify.lattice.groups import Classes
    from kouan.deidentify.lattice.table import Table

    Costs = Callable[[Table, int, int], npt.NDArray[np.float64]]

_SMALL = 1 << 14
"""Costs of so many values at most are kept for each pair of an axis and its levels."""


class Measured(Protocol):
    """A loss over one table, as ranks: the smaller the better, in the order of the score.

    A bound is a number for each level of each attribute, all in one row; those at a node's levels add up to it.
    """

    start: npt.NDArray[np.float64]
    """float64 [levels of all attributes], bound of every node."""

    def rank(self, classes: Classes, fails: npt.NDArray[np.bool_]) -> float:
        """Return the rank of a node whose failing classes are suppressed."""

    def below(self, classes: Classes, lost: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return a bound of the node and all below it, where at least `lost` rows of its classes are suppressed."""

    def above(self, classes: Classes) -> npt.NDArray[np.float64] | None:
        """Return a bound of the node and all above it, if the loss has one beside `start`."""

    def score(self, rank: float) -> float:
        """Return the loss as users read it."""


class Losing(Protocol):
    """A loss as it is chosen."""

    @property
    def name(self) -> str:
        """Its name in plans and results."""

    def over(self, table: Table, least: int) -> Measured:
        """Prepare it for a table whose kept classes have at least `least` rows."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Loss metric of Iyengar (2002): (leaves covered - 1)/(leaves - 1) of each cell, 1 if suppressed.

    Averaged over the rows of each attribute, then over attributes by the geometric mean of 1 + loss, less 1 (as ARX
    does by default), or by the arithmetic mean. From 0, nothing generalised, to 1, nothing left.
    """

    mean: str = "geometric"

    @property
    def name(self) -> str:
        """Its name."""
        return "loss" if self.mean == "geometric" else "loss-mean"

    def over(self, table: Table, least: int) -> Measured:  # noqa: ARG002 (classes do not matter)
        """Prepare it; see Losing."""

        def costs(place: int, level: int) -> npt.NDArray[np.float64]:
            return table.attributes[place].covered[level].astype(np.float64) - 1

        worst = [one.leaves - 1.0 for one in table.attributes]
        return Cells(table, costs, worst, geometric=self.mean == "geometric")


@dataclass(frozen=True, slots=True)
class Precision:
    """Level over height of each cell, 1 if suppressed (Sweeney's Prec, 2002, less from 1); mean of the attributes."""

    name: str = "precision"

    def over(self, table: Table, least: int) -> Measured:  # noqa: ARG002 (classes do not matter)
        """Prepare it; see Losing."""

        def costs(place: int, level: int) -> npt.NDArray[np.float64]:
            return np.full(table.attributes[place].sizes[level], float(level))

        return Cells(table, costs, [one.levels - 1.0 for one in table.attributes])


@dataclass(frozen=True, slots=True)
class Height:
    """Sum of the levels (Samarati 2001): monotonic; suppressed rows cost nothing more."""

    name: str = "height"

    def over(self, table: Table, least: int) -> Measured:  # noqa: ARG002 (classes do not matter)
        """Prepare it; see Losing."""
        return Levels(table)


@dataclass(frozen=True, slots=True)
class NonUniformEntropy:
    """-log2(count(leaf)/count(generalised)) of each cell (Gionis, Tassa 2009), over that of the table all suppressed.

    Counts are of the input table, so that suppression elsewhere does not change a cell's cost; a suppressed cell has
    count(generalised) = n. From 0 to 1.
    """

    name: str = "entropy"

    def over(self, table: Table, least: int) -> Measured:  # noqa: ARG002 (classes do not matter)
        """Prepare it; see Losing."""

        def costs(place: int, level: int) -> npt.NDArray[np.float64]:
            counts = np.bincount(table.attributes[place].up[level], weights=table.leaves[place])
            return np.log2(np.maximum(counts, 1))

        whole = np.log2(table.rows)
        return Cells(table, costs, [whole] * len(table.attributes), spread=True)


class Cells:
    """A loss of cells over one table."""

    def __init__(
        self,
        table: Table,
        costs: Callable[[int, int], npt.NDArray[np.float64]],
        worst: Sequence[float],
        *,
        geometric: bool = False,
        spread: bool = False,
    ) -> None:
        """Lay out all levels.

        Args:
            table: to be searched.
            costs: of the values of an attribute at a level: float64 [values].
            worst: by attribute, cost of a suppressed cell.
            geometric: average over attributes by the geometric mean of 1 + loss.
            spread: costs count from that of the row's own leaf, and attributes weigh by what they can lose.
        """
        sizes = [one.levels for one in table.attributes]
        self._offsets = np.cumsum([0, *sizes[:-1]])
        self._place = np.repeat(np.arange(len(sizes)), sizes)
        self._count = len(sizes)
        self._geometric = geometric
        floors: list[float] = []
        self._extra: list[list[npt.NDArray[np.float64]]] = []
        for place, (one, leaves) in enumerate(zip(table.attributes, table.leaves, strict=True)):
            levels = [costs(place, level) for level in range(one.levels)]
            own = float(levels[0] @ leaves) if spread else 0.0
            floors += [float(level[one.up[number]] @ leaves) - own for number, level in enumerate(levels)]
            self._extra.append([worst[place] - level for level in levels])
        full = np.array([table.rows * cost for cost in worst])
        if spread:
            lowest = [
                float(costs(place, 0)[one.up[0]] @ leaves)
                for place, (one, leaves) in enumerate(zip(table.attributes, table.leaves, strict=True))
            ]
            full = np.full(self._count, (full - lowest).sum() / self._count)
        self._known: dict[tuple[int, tuple[int, ...]], npt.NDArray[np.float64]] = {}
        self._floors = np.array(floors)
        self._scale = np.divide(1.0, full, out=np.zeros(self._count), where=full > 0)[self._place]
        self.start = self._laid(np.zeros(self._count))

    def rank(self, classes: Classes, fails: npt.NDArray[np.bool_]) -> float:
        """Return the rank; see Measured."""
        bound = self._laid(self._added(classes, np.where(fails, classes.rows, 0.0)))
        return float(bound[self._offsets + classes.levels].sum())

    def ranks(self, levels: npt.NDArray[np.int64], added: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the ranks of several nodes.

        Args:
            levels: int64 [nodes, attributes].
            added: float64 [nodes, attributes], what suppressed rows add.
        """
        place = self._offsets + levels
        means = (self._floors[place] + added) * self._scale[place]
        if self._geometric:
            np.log1p(means, out=means)
        found: npt.NDArray[np.float64] = means.sum(axis=1)
        return found

    def surplus(self, place: int, level: int) -> npt.NDArray[np.float64]:
        """Return what suppressing a row adds: float64 [values of an attribute at a level]."""
        return self._extra[place][level]

    def surpluses(self, classes: Classes) -> npt.NDArray[np.float64]:
        """Return what suppressing a row of each class adds: float64 [attributes, classes]."""
        return np.concatenate(
            [
                self._of_axis(number, axis, classes.levels[axis.place])[:, codes]
                for number, (axis, codes) in enumerate(zip(classes.axes, classes.codes(), strict=True))
            ]
        )

    def below(self, classes: Classes, lost: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the bound proved at the head of this module."""
        return self._laid(self._added(classes, lost))

    def above(self, classes: Classes) -> None:
        """Return None: without suppression the cost of every node is known from the start."""

    def score(self, rank: float) -> float:
        """Return the mean over attributes."""
        mean = rank / self._count
        return float(np.expm1(mean)) if self._geometric else mean

    def _added(self, classes: Classes, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return what suppressing these rows of each class adds, by attribute."""
        added = np.zeros(self._count)
        if rows.any():
            for number, (axis, codes) in enumerate(zip(classes.axes, classes.codes(), strict=True)):
                extra = self._of_axis(number, axis, classes.levels[axis.place])
                # Added up by value first. A product by BLAS would wake threads for little.
                added[axis.place] = np.einsum("ij,j->i", extra, sums(codes, rows, extra.shape[1]))
        return added

    def _of_axis(self, number: int, axis: Axis, levels: tuple[int, ...]) -> npt.NDArray[np.float64]:
        """Return what suppressing a row adds: float64 [attributes of the axis, its values at these levels]."""
        found = self._known.get((number, levels))
        if found is None:
            found = np.stack(
                [self._extra[axis.place.start + at][level][axis.codes(levels, at)] for at, level in enumerate(levels)]
            )
            if found.size < _SMALL:
                self._known[number, levels] = found
        return found

    def _laid(self, added: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        means = (self._floors + added[self._place]) * self._scale
        laid: npt.NDArray[np.float64] = np.log1p(means) if self._geometric else means
        return laid


class Levels:
    """The height of a node."""

    def __init__(self, table: Table) -> None:
        """Lay out all levels."""
        self.start = np.concatenate([np.arange(one.levels, dtype=np.float64) for one in table.attributes])

    def rank(self, classes: Classes, fails: npt.NDArray[np.bool_]) -> float:  # noqa: ARG002 (levels only)
        """Return the sum of levels."""
        return float(sum(classes.levels))

    def below(self, classes: Classes, lost: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:  # noqa: ARG002
        """Return the same bound as from the start."""
        return self.start

    def above(self, classes: Classes) -> None:
        """Return None."""

    def score(self, rank: float) -> float:
        """Return the sum of levels."""
        return rank
