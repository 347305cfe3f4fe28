"""The search: lowest bound first, and along a path upwards by halves."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice import messages
from kouan.deidentify.lattice.checker import Checker
from kouan.deidentify.lattice.losses import Cells, Loss
from kouan.deidentify.lattice.nodes import Nodes
from kouan.deidentify.lattice.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.groups import Classes
    from kouan.deidentify.lattice.losses import Losing
    from kouan.deidentify.lattice.table import Table
    from kouan.risk.privacy import Model

_MARGIN = 1e-9
"""Bounds of a sweep are added up in another order than ranks, and lowered by so much more than that can matter."""
_ROUND = 16
_CLOSES = 3
"""Coarser nodes are asked in rounds of so many, as long as each closes so many nodes; then the others are swept."""
_TRIALS = 32
_PAYS = 0.3
"""Coarser nodes are asked about those below as long as so large a share of them rules out what they were asked for."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """What was found.

    Attributes:
        levels: by attribute, None when no node is a solution (or none was found in time).
        score: of the loss; None without levels.
        bound: no solution has a lower score; equals `score` when `optimal`, None when there is no solution.
        optimal: whether the search came to its end.
        suppressed: rows of the classes that fail, to be suppressed.
        classes: kept classes.
        nodes: of the lattice within the permitted levels; of these
        checked: were grouped (and given up as soon as enough classes were known to fail),
        pruned_privacy: were shown to need too many rows suppressed, most by a node above them,
        pruned_loss: cannot lose less than the optimum, by their bounds (or were not reached in time).
    """

    levels: tuple[int, ...] | None
    score: float | None
    bound: float | None
    optimal: bool
    suppressed: int
    classes: int
    nodes: int
    checked: int
    pruned_privacy: int
    pruned_loss: int


def optimum(
    table: Table,
    models: Sequence[Model],
    *,
    suppression: Decimal | str = "0",
    loss: Losing | None = None,
    seconds: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Optimum:
    """Find the node that loses least among those that meet all models.

    Rows of classes that fail a model are suppressed; a node is a solution when they are at most `suppression` of all
    rows (rounded down). Equal losses: the smaller sum of levels wins, then the smaller levels, first attribute first.

    Args:
        table: the rows, grouped by leaves.
        models: all must be met by every class that is kept.
        suppression: share of rows from 0 to 1.
        loss: what is made small; `Loss()` when None.
        seconds: when they are over, the best so far is returned with a bound.
        clock: seconds, for `seconds`.

    Raises:
        KouanError: K-DEI-045 too many nodes; K-DEI-046 the share is not from 0 to 1; K-DEI-047 a model names a
            sensitive attribute that the table lacks, or k-map has no population.
    """
    share = Fraction(Decimal(suppression))
    if not 0 <= share <= 1:
        raise messages.SUPPRESSION.at("", share=str(suppression))
    _known(table, models)
    search = _Search(table, models, math.floor(share * table.rows), loss or Loss())
    search.run(None if seconds is None else clock() + seconds, clock)
    return search.result()


def _known(table: Table, models: Sequence[Model]) -> None:
    for model in models:
        if model.sensitive is not None and model.sensitive not in {one.name for one in table.groups.pairs}:
            raise messages.NOT_COUNTED.at("", model=type(model).__name__, needed=model.sensitive)
        if type(model).__name__ == "KMap" and table.groups.population is None:
            raise messages.NOT_COUNTED.at("", model=type(model).__name__, needed="population")


class _Search:
    def __init__(self, table: Table, models: Sequence[Model], limit: int, loss: Losing) -> None:
        self._table = table
        self._limit = limit
        self._checker = Checker(table, models, limit)
        self._loss = loss.over(table, self._checker.least)
        self._nodes = Nodes(table.attributes, self._loss.start)
        self._steps = _steps(table)
        self._best: tuple[tuple[int, ...], int, int] | None = None
        self._ended = False
        self._climbed = [0, 0]
        self._sweep = None
        if isinstance(self._loss, Cells) and self._checker.breaking():
            sweep = Sweep(table, self._checker, self._loss, limit)
            self._sweep = sweep if sweep.pays else None
        self._swept = np.zeros(self._nodes.total if self._sweep else 0, dtype=np.bool_)
        self._beyond = self._sweep.beyond(self._nodes) if self._sweep else np.zeros(0, dtype=np.int64)
        # Where any number of rows may be suppressed no node is ruled out by those above it.
        self._sweeps = self._sweep is not None and limit >= table.rows
        self._asked = self._left = 0
        # A search that asks for sensitive values starts from the top, whose classes are few, and downhill from there.
        self._near: list[int] = [self._nodes.total - 1] if self._checker.asking else []
        self._moved = self._started = False

    def run(self, deadline: float | None, clock: Callable[[], float]) -> None:
        """Check nodes until none is open, or time is over."""
        while (number := self._next()) is not None:
            levels = self._nodes.levels(number)
            if deadline is not None and clock() >= deadline and self._best is not None:
                return
            climbs = self._started and self._climbs()
            if self._started and self._sweep is not None and not climbs and not self._swept[number]:
                self._take(levels)
                continue
            path = self._path(levels) if climbs else [levels]
            low, high = 0, len(path) - 1
            # Look for the highest node of the path whose failing rows still rule out the lowest.
            while low <= high:
                if deadline is not None and clock() >= deadline and self._best is not None:
                    return
                middle = (low + high) // 2
                place = self._nodes.number(path[middle])
                if middle and self._nodes.known(place):
                    high = middle - 1
                    continue
                self._check(path[middle], place, brief=middle == 0 and self._checker.asking)
                opened = self._nodes.open(number)
                if middle:
                    self._climbed[not opened] += 1
                low, high = (low, middle - 1) if opened else (middle + 1, high)
        self._ended = True

    def _next(self) -> int | None:
        """Return the node to be checked: one beside the best, as a better one is often near, or the lowest bound's."""
        while True:
            while self._near:
                number = self._near.pop()
                if self._nodes.open(number):
                    return number
            if not self._moved or self._best is None:
                break
            self._near, self._moved = self._nodes.beside(self._best[0]), False
        self._started = True
        return self._nodes.lowest_open()

    def _take(self, levels: tuple[int, ...]) -> None:
        """Bound all nodes of a node's batch by what they lose."""
        assert self._sweep is not None
        low, high = self._sweep.batch(levels)
        numbers = self._nodes.number(low) + self._beyond
        self._swept[numbers] = True
        self._nodes.raised(numbers, self._sweep.ranks(low, high, self._nodes.near(numbers)) - _MARGIN)

    def _climbs(self) -> bool:
        """Whether it pays to ask coarser nodes what they say of those below."""
        if self._sweep is not None:
            return not self._sweeps and self._closes()
        no, yes = self._climbed
        return no + yes < _TRIALS or yes >= _PAYS * (no + yes)

    def _closes(self) -> bool:
        """Whether coarser nodes rule out so many nodes that it does not yet pay to sweep what is left."""
        asked = sum(self._climbed)
        if not asked or asked - self._asked >= _ROUND:
            left = self._nodes.left()
            self._sweeps = bool(asked) and self._left - left < _CLOSES * (asked - self._asked)
            self._asked, self._left = asked, left
        return not self._sweeps

    def result(self) -> Optimum:
        """Return what was found."""
        nodes, score, bound = self._nodes, None, None
        if self._best is not None:
            score = self._loss.score(nodes.best)
            bound = score if self._ended else self._loss.score(min(nodes.best, nodes.bound()))
        checked, closed = int(nodes.checked.sum()), nodes.closed()
        levels, suppressed, classes = self._best or (None, 0, 0)
        return Optimum(
            levels=levels,
            score=score,
            bound=bound,
            optimal=self._ended,
            suppressed=suppressed,
            classes=classes,
            nodes=nodes.total,
            checked=checked,
            pruned_privacy=closed,
            pruned_loss=nodes.total - checked - closed,
        )

    def _check(self, levels: tuple[int, ...], number: int, *, brief: bool) -> None:
        found = self._checker.check(levels, self._given_up if brief else None)
        nodes = self._nodes
        if found.ruled_out:
            nodes.close_below(levels)
        elif found.lost is not None:
            nodes.raised_below(levels, self._loss.below(found.classes, found.lost))
        above = self._loss.above(found.classes)
        if above is not None:
            nodes.raised_above(levels, above)
        nodes.close(number)
        if not found.whole:
            return
        suppressed = int(found.classes.rows[found.fails].sum())
        if suppressed <= self._limit and nodes.found(number, self._loss.rank(found.classes, found.fails)):
            self._best = (levels, suppressed, int((~found.fails).sum()))
            self._moved = self._checker.asking and not (self._started and (self._sweep or self._climbs()))

    def _given_up(self, classes: Classes, fails: npt.NDArray[np.bool_]) -> bool:
        """Tell whether a node cannot be better than the best if these classes fail, and perhaps others."""
        if classes.rows[fails].sum() > self._limit:
            return True
        return not self._nodes.better(self._loss.rank(classes, fails), self._nodes.number(classes.levels))

    def _path(self, levels: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Return nodes from one to the top, each time by the level that costs least."""
        path, now = [levels], list(levels)
        while True:
            choices = [
                (self._steps[place][level], place)
                for place, (level, one) in enumerate(zip(now, self._table.attributes, strict=True))
                if level < one.highest
            ]
            if not choices:
                return path
            now[min(choices)[1]] += 1
            path.append(tuple(now))


def _steps(table: Table) -> list[list[float]]:
    """Return by attribute and level what the next level costs by the loss of Iyengar."""
    found = []
    for one, leaves in zip(table.attributes, table.leaves, strict=True):
        costs = [float(one.covered[level][one.up[level]] @ leaves) / one.leaves for level in range(one.levels)]
        found.append(np.diff(costs).tolist())
    return found
