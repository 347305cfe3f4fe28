"""Many nodes at once: all that differ in a few attributes only, bounded together from the classes that matter most.

One node of a small table takes numpy as many calls as a batch of them. So the attributes of the fewest values, the
inner ones, are taken together: nodes that agree in all others, the outer ones, are one batch. The largest classes of
its coarsest node are laid out by combination of inner values and by sensitive value, one array for the whole batch, and
added up from node to node.

What a batch tells of a node is a lower bound of its rank, for only some of its classes are said to fail: those of the
coarsest node that are too small, as all that they are split into are; the parts of the largest that are too small; and
those of their parts that have enough rows to be shown to the models, and fail. All else counts as kept. Most nodes lose
so much in their large classes that this shows them to be worse than the best known; any other is checked by itself.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.lattice.groups import Classes
from kouan.risk.privacy.counts import sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.attributes import Attribute
    from kouan.deidentify.lattice.checker import Checker
    from kouan.deidentify.lattice.groups import Groups
    from kouan.deidentify.lattice.losses import Cells
    from kouan.deidentify.lattice.nodes import Nodes
    from kouan.deidentify.lattice.table import Table

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

_NODES = 24
"""Nodes in a batch, at most."""
_VALUES = 32
"""Combinations of inner values, at most."""
_LARGE = 12
"""Rows of a class that is shown to models: smaller ones are many and hold few rows."""
_MOST = 384
"""Classes of the coarsest node that are looked at, at most."""
_FEWEST = 64
"""Where there is room for fewer, because there are many sensitive values, nodes are not taken together."""
_CELLS = 1 << 21
"""Numbers in the array of a batch (16 MB), at most."""
_FINER = 16
"""Groups to add up are made anew for a batch where there are so many times as many as classes of its coarsest node."""


class Inner:
    """The attributes that a batch goes through, and all combinations of their levels, the nodes of a batch.

    The cells of a batch are a box with one side an attribute, which holds the values of its lowest level, then those of
    the next, and so on; so each cell is a combination of values of exactly one node.

    Attributes:
        places: of the attributes, ascending.
        levels: int64 [nodes, inner attributes], finest first.
        sides: of the box.
        finest: sides of the box of the finest node's cells.
        node: int64 [cells], whose each is.
        own: float64 [nodes, cells], 1 where the cell is the node's.
        extra: float64 [nodes, inner attributes, cells], what suppressing a row of one of its cells costs.
    """

    def __init__(self, table: Table, loss: Cells) -> None:
        """Choose the attributes."""
        self.places = _chosen(table)
        self._attributes = [table.attributes[place] for place in self.places]
        spans = [range(one.lowest, one.highest + 1) for one in self._attributes]
        levels = list(itertools.product(*spans))
        self.levels = np.array(levels, dtype=np.int64).reshape(len(levels), len(spans))
        widths = [[one.sizes[level] for level in span] for one, span in zip(self._attributes, spans, strict=True)]
        self._begins = [[0, *itertools.accumulate(width[:-1])] for width in widths]
        self.sides = tuple(sum(width) for width in widths)
        self.finest = tuple(width[0] for width in widths)
        node = np.zeros(1, dtype=np.int64)
        for span, width in zip(spans, widths, strict=True):
            node = np.add.outer(node * len(span), np.repeat(np.arange(len(span)), width)).reshape(-1)
        self.node = node
        box = np.indices(self.sides).reshape(len(self.sides), len(node))
        costs = [
            np.concatenate([loss.surplus(place, level) for level in span])[at]
            for place, span, at in zip(self.places, spans, box, strict=True)
        ]
        self.own = (node == np.arange(len(self.levels))[:, None]).astype(np.float64)
        self.extra = self.own[:, None] * np.array(costs).reshape(1, len(costs), len(node))
        self._parts = [self._made(one, begins) for one, begins in zip(self._attributes, self._begins, strict=True)]

    def lowest(self, groups: Groups) -> Ints:
        """Return int64 [groups], the cell of each among those of the finest node."""
        found = np.zeros(len(groups.rows), dtype=np.int64)
        for place, one, size in zip(self.places, self._attributes, self.finest, strict=True):
            found = found * size + one.between(groups.levels[place], one.lowest)[groups.values(place)]
        return found

    def spread(self, finest: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Add up amounts of the finest node's cells, [any, cells, any], for all cells."""
        found: Any = np.empty((len(finest), *self.sides, finest.shape[-1]), dtype=finest.dtype)
        inside = (slice(None), *(slice(size) for size in self.finest))
        found[inside] = finest.reshape(len(finest), *self.finest, -1)
        for at, parts in enumerate(self._parts):
            # Sides before this one are full already.
            ahead, behind = (slice(None),) * (at + 1), tuple(slice(size) for size in self.finest[at + 1 :])
            for value, (first, *others) in parts:
                into: tuple[Any, ...] = (*ahead, value, *behind)
                found[into] = found[(*ahead, first, *behind)]
                for part in others:
                    found[into] += found[(*ahead, part, *behind)]
        box: npt.NDArray[Any] = found.reshape(len(finest), -1, finest.shape[-1])
        return box

    @staticmethod
    def _made(one: Attribute, begins: list[int]) -> list[tuple[int, list[int]]]:
        """Return for each value above the lowest level where it is, and where those are that it is made of."""
        found = []
        for level in range(one.lowest, one.highest):
            below, above = begins[level - one.lowest : level - one.lowest + 2]
            up = one.between(level, level + 1)
            found += [
                (above + value, (below + np.flatnonzero(up == value)).tolist()) for value in range(one.sizes[level + 1])
            ]
        return found


def _chosen(table: Table) -> list[int]:
    """Return the attributes of the fewest values, as many as make small batches."""
    sizes = sorted((one.sizes[one.lowest], place) for place, one in enumerate(table.attributes))
    chosen, nodes, values = [], 1, 1
    for size, place in sizes:
        nodes *= table.attributes[place].highest - table.attributes[place].lowest + 1
        values *= size
        if nodes > _NODES or values > _VALUES:
            break
        chosen.append(place)
    return sorted(chosen)


class Sweep:
    """Bounds batches of the nodes of one table."""

    def __init__(self, table: Table, checker: Checker, loss: Cells, limit: int) -> None:
        """Take the models from the checker, which has some that tell; `limit` rows may be suppressed."""
        self._table, self._checker, self._loss, self._limit = table, checker, loss, limit
        self._inner = Inner(table, loss)
        self._outer = [place for place in range(len(table.attributes)) if place not in self._inner.places]
        self._models = checker.breaking()
        name = self._models[0].sensitive
        self._at = next(at for at, pairs in enumerate(table.groups.pairs) if pairs.name == name)
        self._whole = table.groups.pairs[self._at].whole
        self._most = min(_MOST, _CELLS // (len(self._inner.node) * (len(self._whole) + 1)))
        self._shown = max(checker.least, _LARGE)
        self._type = np.uint16 if table.rows < 1 << 16 else np.float64
        self._cells: dict[tuple[int, ...], Ints] = {}

    @property
    def pays(self) -> bool:
        """Whether there are so few sensitive values that enough classes can be looked at."""
        return self._most >= _FEWEST

    def batch(self, levels: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the finest and the coarsest node of the batch that a node is in."""
        low, high = list(levels), list(levels)
        for place in self._inner.places:
            low[place], high[place] = self._table.attributes[place].lowest, self._table.attributes[place].highest
        return tuple(low), tuple(high)

    def beyond(self, nodes: Nodes) -> Ints:
        """Return by how much the number of each node of a batch is above that of the finest."""
        low = np.array([one.lowest for one in self._table.attributes])
        found = np.broadcast_to(low, (len(self._inner.levels), len(low))).copy()
        found[:, self._inner.places] = self._inner.levels
        return np.array([nodes.number(one) for one in found.tolist()])

    def ranks(self, low: tuple[int, ...], high: tuple[int, ...], wanted: Flags) -> Floats:
        """Bound the nodes of a batch.

        Args:
            low: its finest node.
            high: its coarsest node.
            wanted: bool [nodes], those that models are asked about.

        Returns:
            float64 [nodes], a rank that each has at least (but for rounding), infinite where too many rows fail.
        """
        inner = self._inner
        source = self._checker.source(low)
        top = Classes(source, high)
        if len(source.rows) > _FINER * top.count and source.levels != low and self._checker.roomy:
            source = self._checker.kept(Classes(source, low))
            top = Classes(source, high)
        column, extra = self._columns(top)
        lost = self._lost(self._counted(source, column[top.of], extra.shape[1]), wanted)
        by_node = np.einsum("ic,ct->it", inner.own, lost)
        levels = np.empty((len(inner.levels), len(low)), dtype=np.int64)
        levels[:] = high
        levels[:, inner.places] = inner.levels
        added = np.empty(levels.shape)
        added[:, self._outer] = np.einsum("it,jt->ij", by_node, extra)
        added[:, inner.places] = np.einsum("ijc,c->ij", inner.extra, lost.sum(axis=1))
        return np.where(by_node.sum(axis=1) > self._limit, np.inf, self._loss.ranks(levels, added))

    def _columns(self, top: Classes) -> tuple[Ints, Floats]:
        """Return which column each class of the coarsest node has, and what suppressing a row of a column costs.

        The last column but one is of all classes that are too small, whose rows are lost at every node; the last is of
        the classes that are not looked at.
        """
        alive = np.flatnonzero(top.rows >= self._shown)
        if len(alive) > self._most:
            alive = alive[np.argpartition(top.rows[alive], -self._most)[-self._most :]]
        column = np.full(top.count + 1, len(alive) + 1, dtype=np.int64)
        small = np.flatnonzero(top.rows < self._checker.least)
        column[alive], column[small] = np.arange(len(alive)), len(alive)
        extra = np.zeros((len(self._outer), len(alive) + 2))
        costs = self._loss.surpluses(top)[self._outer]
        extra[:, :-2] = costs[:, alive]
        if len(small):
            rows = top.rows[small]
            extra[:, -2] = np.einsum("ij,j->i", costs[:, small], rows) / rows.sum()
        return column, extra

    def _counted(self, source: Groups, column: Ints, columns: int) -> npt.NDArray[Any]:
        """Return [values and one more, cells, columns]: rows with each value, and with any."""
        pairs, inner, values = source.pairs[self._at], self._inner, len(self._whole)
        finest = math.prod(inner.finest)
        if source.levels not in self._cells:
            self._cells[source.levels] = pairs.value * finest + inner.lowest(source)[pairs.group]
        place = self._cells[source.levels] * columns
        place += column[pairs.group]
        found = np.empty((values + 1, finest, columns), dtype=self._type)
        found[:-1] = sums(place, pairs.rows, values * finest * columns).reshape(values, finest, columns)
        np.sum(found[:-1], axis=0, out=found[-1])
        return inner.spread(found)

    def _lost(self, counts: npt.NDArray[Any], wanted: Flags) -> Floats:
        """Return float64 [cells, columns], the rows lost."""
        sizes = counts[-1].astype(np.float64)
        lost = np.where(sizes < self._checker.least, sizes, 0.0)
        lost[:, -2] = sizes[:, -2]
        lost[:, -1] = 0.0
        large = sizes >= self._shown
        large &= wanted[self._inner.node][:, None]
        large[:, -2:] = False
        chosen = np.flatnonzero(large)
        if len(chosen):
            held = counts.reshape(len(counts), -1).take(chosen, axis=1).astype(np.float64)
            fails = np.zeros(len(chosen), dtype=np.bool_)
            for model in self._models:
                fails |= model.breaks(held[:-1], held[-1], self._whole)
            lost.reshape(-1)[chosen] = np.where(fails, held[-1], 0.0)
        return lost
