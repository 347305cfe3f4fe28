"""Mondrian: cut the widest item of each class at its median for as long as both parts meet the models.

LeFevre, DeWitt, Ramakrishnan, ICDE 2006: strict multidimensional partitioning, so that the class of a row follows from
its values alone; the models are asked of every part (Li, Li, Venkatasubramanian, ICDE 2007, section 4). All classes of
one depth are cut together. The cut of ordered values is the one nearest the median with parts that are large enough.
A class in a hierarchy falls apart into the groups below; groups that fail by themselves stay together, if need be with
the smallest of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.local import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.deidentify.local.counting import Ints, Marks, Rows
    from kouan.deidentify.local.dimensions import Dimension

_Arg = int | tuple[int, list[list[int]]] | None

NONE = np.iinfo(np.int32).max
"""Lower end of a class whose cells are all empty."""
_FAR = np.iinfo(np.int64).max
_DENSE = 4
_TWO = 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far classes reach in each item, as codes.

    Attributes:
        low, high: int64 [classes, items], least code above 0 and largest; `low` is above `high` if all are empty.
        empty: bool [classes, items], whether cells are empty.
    """

    low: Ints
    high: Ints
    empty: Marks

    def at(self, chosen: Ints) -> Bounds:
        """Return those of some classes."""
        return Bounds(self.low[chosen], self.high[chosen], self.empty[chosen])


@dataclass(frozen=True, slots=True)
class Partition:
    """The cuts as a tree, and the classes they lead to.

    Attributes:
        item: by node: the item that is cut; -1 for a class.
        arg: by node: of ordered items the last code of the first part; of a hierarchy the groups of each part, as
            (level, [[number in `Dimension.up`]]); None for a class.
        first: by node: its first child, the others follow; of a class its number.
        of: int64 [rows], class of each row.
        bounds: of the classes.
        sizes: int64 [classes], rows.
    """

    item: list[int]
    arg: list[_Arg]
    first: list[int]
    of: Ints
    bounds: Bounds
    sizes: Ints


def partition(dimensions: Sequence[Dimension], rows: Rows, spans: Sequence[float]) -> Partition:
    """Cut a table.

    Args:
        dimensions: the quasi-identifiers.
        rows: of the table, their codes by dimension.
        spans: by dimension: the width that counts as whole, in codes of values (leaves of a hierarchy).

    Raises:
        KouanError: K-DEI-072 the whole table as one class fails a model.
    """
    every = np.arange(rows.count)
    if not rows.count or not rows.meets(np.zeros(rows.count, np.int64), 1, every)[0]:
        raise messages.UNREACHABLE.at("", rows=f"{rows.count:,}")
    search = _Search(dimensions, rows, spans)
    while search.open:
        search.step()
    return search.result()


@dataclass(frozen=True, slots=True)
class _Tried:
    """One item tried in some classes: by row the part it falls into, -1 without a cut; by class parts and `arg`."""

    branch: Ints
    parts: Ints
    args: list[_Arg]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Classes in which one item is to be cut.

    Attributes:
        rows: of the table.
        place: the item.
        chosen: int64 [n], rows.
        of: int64 [n], their classes, ascending from 0.
        sizes: of the classes.
    """

    rows: Rows
    place: int
    chosen: Ints
    of: Ints
    sizes: Ints


class _Search:
    def __init__(self, dimensions: Sequence[Dimension], rows: Rows, spans: Sequence[float]) -> None:
        self._dimensions, self._rows, self._spans = dimensions, rows, spans
        self._item: list[int] = [-1]
        self._arg: list[_Arg] = [None]
        self._first: list[int] = [0]
        self._of = np.zeros(rows.count, np.int64)
        self._closed: list[tuple[Bounds, Ints]] = []
        self._classes = 0
        # Open classes: their rows side by side, class by class.
        self._order = np.arange(rows.count)
        self._sizes = np.array([rows.count])
        self._nodes = np.zeros(1, np.int64)
        self._turn = np.zeros(1, np.int64)
        self._bounds, self._queue, self._usable = self._looked(self._order, self._sizes)
        self._close()

    @property
    def open(self) -> bool:
        """Whether a class may still be cut."""
        return len(self._nodes) > 0

    def step(self) -> None:
        """Try the next item of every open class."""
        count = len(self._nodes)
        of = np.repeat(np.arange(count), self._sizes)
        branch, parts, first = np.full(len(of), -1, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
        turn = self._queue[np.arange(count), self._turn]
        for place in np.unique(turn).tolist():
            chosen, inside = np.flatnonzero(turn == place), np.flatnonzero((turn == place)[of])
            number = np.zeros(count, np.int64)
            number[chosen] = np.arange(len(chosen))
            asked = _Asked(self._rows, place, self._order[inside], number[of[inside]], self._sizes[chosen])
            if self._dimensions[place].kind == "hierarchy":
                tried = _grouped(asked, self._dimensions[place], self._bounds.at(chosen))
            else:
                tried = _cut(asked)
            branch[inside], parts[chosen] = tried.branch, tried.parts
            first[chosen] = self._grow(self._nodes[chosen], place, tried)
        self._arrange(of, branch, parts, first)

    def result(self) -> Partition:
        """Return the tree."""
        bounds = [one for one, _ in self._closed]
        joined = Bounds(*(np.concatenate([getattr(one, name) for one in bounds]) for name in ("low", "high", "empty")))
        return Partition(
            self._item, self._arg, self._first, self._of, joined, np.concatenate([sizes for _, sizes in self._closed])
        )

    def _grow(self, nodes: Ints, place: int, tried: _Tried) -> Ints:
        """Give nodes their children; return the first of each."""
        first = len(self._item) + np.cumsum(tried.parts) - tried.parts
        for node, arg, child in zip(nodes.tolist(), tried.args, first.tolist(), strict=True):
            if arg is not None:
                self._item[node], self._arg[node], self._first[node] = place, arg, child
        added = int(tried.parts.sum())
        self._item += [-1] * added
        self._arg += [None] * added
        self._first += [0] * added
        return first

    def _arrange(self, of: Ints, branch: Ints, parts: Ints, first: Ints) -> None:
        """Lay the rows of the parts side by side."""
        slots = np.maximum(parts, 1)
        offset = np.cumsum(slots) - slots
        number = offset[of] + np.maximum(branch, 0)
        bits = max(1, len(of).bit_length())
        order = np.sort((number << bits) | np.arange(len(of))) & ((1 << bits) - 1)
        before = np.repeat(np.arange(len(parts)), slots)
        new = parts[before] > 0
        self._order, self._sizes = self._order[order], np.bincount(number, minlength=len(before))
        self._nodes = np.where(new, first[before] + np.arange(len(before)) - offset[before], self._nodes[before])
        self._turn = np.where(new, 0, self._turn[before] + 1)
        bounds, queue, usable = self._bounds.at(before), self._queue[before], self._usable[before]
        fresh = np.flatnonzero(new)
        if len(fresh):
            seen, queue[fresh], usable[fresh] = self._looked(
                self._order[np.repeat(new, self._sizes)], self._sizes[fresh]
            )
            for name in ("low", "high", "empty"):
                getattr(bounds, name)[fresh] = getattr(seen, name)
        self._bounds, self._queue, self._usable = bounds, queue, usable
        self._close()

    def _close(self) -> None:
        """Take out the classes that cannot be cut."""
        ended = (self._turn >= self._usable) | (self._sizes < 2 * self._rows.least)
        done, left = np.flatnonzero(ended), np.flatnonzero(~ended)
        if not len(done):
            return
        gone = np.repeat(ended, self._sizes)
        self._of[self._order[gone]] = self._classes + np.repeat(np.arange(len(done)), self._sizes[done])
        for number, node in enumerate(self._nodes[done].tolist()):
            self._first[node] = self._classes + number
        self._closed.append((self._bounds.at(done), self._sizes[done]))
        self._classes += len(done)
        self._order, self._sizes, self._nodes = self._order[~gone], self._sizes[left], self._nodes[left]
        self._bounds, self._queue, self._usable = self._bounds.at(left), self._queue[left], self._usable[left]
        self._turn = self._turn[left]

    def _looked(self, order: Ints, sizes: Ints) -> tuple[Bounds, Ints, Ints]:
        """Return how far classes reach, their items by falling width, and how many items can be cut."""
        starts = np.cumsum(sizes) - sizes
        low, high, empty, width = [], [], [], []
        for dimension, codes, span in zip(self._dimensions, self._rows.codes, self._spans, strict=True):
            mine = codes[order]
            least, most = np.minimum.reduceat(mine, starts), np.maximum.reduceat(mine, starts).astype(np.int64)
            some = np.minimum.reduceat(np.where(mine == 0, NONE, mine), starts).astype(np.int64)
            low.append(some)
            high.append(most)
            empty.append(least == 0)
            wide = covered(dimension, some, most, least == 0)
            if dimension.kind == "hierarchy":
                wide[dimension.level(np.where(least == 0, 0, np.minimum(some, most)), most) <= dimension.lowest] = 0
            width.append(wide / span)
        widths = np.stack(width, axis=1)
        bounds = Bounds(np.stack(low, axis=1), np.stack(high, axis=1), np.stack(empty, axis=1))
        return bounds, np.argsort(-widths, axis=1, kind="stable"), (widths > 0).sum(axis=1)


def covered(dimension: Dimension, low: Ints, high: Ints, empty: Marks) -> Ints:
    """Return how many values beyond the first a class covers: codes of ordered items, leaves of a hierarchy."""
    if dimension.kind != "hierarchy":
        return np.where(high < low, 0, high - low + empty)
    column = np.where(empty, 0, np.minimum(low, high))
    found: Ints = np.where(high < low, 0, dimension.covered[dimension.level(column, high), high] - 1)
    return found


def _cut(asked: _Asked) -> _Tried:
    """Cut classes of ordered values: the cut nearest the median whose parts are large enough, the lower of two."""
    rows, chosen, of, sizes = asked.rows, asked.chosen, asked.of, asked.sizes
    codes = rows.codes[asked.place][chosen].astype(np.int64)
    size = int(codes.max()) + 1
    pairs, counts = _pairs(of * size + codes, len(sizes) * size)
    where, value = np.divmod(pairs, size)
    ends = np.searchsorted(where, np.arange(len(sizes)), side="right")
    up_to = np.cumsum(counts)
    up_to -= (np.cumsum(sizes) - sizes)[where]
    off = np.abs(2 * up_to - sizes[where])
    off[np.minimum(up_to, sizes[where] - up_to) < rows.least] = _FAR
    best = np.minimum.reduceat(off, np.concatenate([[0], ends[:-1]]))
    hits = np.flatnonzero((off == best[where]) & (off < _FAR))[::-1]
    last = np.full(len(sizes), -1, np.int64)
    last[where[hits]] = value[hits]
    branch = (codes > last[of]).astype(np.int64)
    fine = last >= 0
    number = np.cumsum(fine) - 1
    inside = fine[of]
    if inside.any():
        part = 2 * number[of[inside]] + branch[inside]
        fine[fine] = rows.meets(part, 2 * int(fine.sum()), chosen[inside]).reshape(-1, 2).all(axis=1)
    branch[~fine[of]] = -1
    args: list[_Arg] = [cut if good else None for cut, good in zip(last.tolist(), fine.tolist(), strict=True)]
    return _Tried(branch, np.where(fine, 2, 0), args)


def _grouped(asked: _Asked, dimension: Dimension, bounds: Bounds) -> _Tried:
    """Let classes in a hierarchy fall apart into the groups below; `bounds` say how far they reach."""
    rows, chosen, of, place = asked.rows, asked.chosen, asked.of, asked.place
    low, high, empty = bounds.low[:, place], bounds.high[:, place], bounds.empty[:, place]
    level = dimension.level(np.where(empty, 0, low), high) - 1
    width = dimension.up.shape[1] + 1
    pairs, counts, inverse = _numbered(
        of * width + dimension.up[level[of], rows.codes[place][chosen]], len(level) * width
    )
    where, value = np.divmod(pairs, width)
    pooled = ~rows.meets(inverse, len(pairs), chosen)
    fails = _pool_fails(asked, pooled, where, inverse)
    if fails.any():
        # The smallest of the groups that stand by themselves joins those that do not.
        by_size = np.lexsort((value, counts, where))
        by_size = by_size[(~pooled & fails[where])[by_size]]
        _, at = np.unique(where[by_size], return_index=True)
        pooled[by_size[at]] = True
        fails = _pool_fails(asked, pooled, where, inverse)
    joined = np.bincount(where, weights=pooled, minlength=len(level)) > 0
    alone = np.bincount(where, weights=~pooled, minlength=len(level)).astype(np.int64)
    parts = np.where(fails | (alone + joined < _TWO), 0, alone + joined)
    rank = np.cumsum(~pooled) - 1
    rank -= (np.cumsum(alone) - alone)[where]
    branch = np.where(pooled, alone[where], rank)[inverse]
    branch[parts[of] == 0] = -1
    return _Tried(branch, parts, _listed(level, parts, where, value, pooled))


def _pool_fails(asked: _Asked, pooled: Marks, where: Ints, inverse: Ints) -> Marks:
    """Return in which classes the groups that stay together fail a model."""
    fails = np.zeros(len(asked.sizes), np.bool_)
    inside = pooled[inverse]
    if inside.any():
        there, of = np.unique(where[inverse[inside]], return_inverse=True)
        fails[there] = ~asked.rows.meets(of.reshape(-1), len(there), asked.chosen[inside])
    return fails


def _listed(level: Ints, parts: Ints, where: Ints, value: Ints, pooled: Marks) -> list[_Arg]:
    """Return the groups of each part, those that stay together last."""
    alone: dict[int, list[list[int]]] = {}
    together: dict[int, list[int]] = {}
    for at, group, pool in zip(where.tolist(), value.tolist(), pooled.tolist(), strict=True):
        if pool:
            together.setdefault(at, []).append(group)
        else:
            alone.setdefault(at, []).append([group])
    return [
        (one, alone.get(at, []) + ([together[at]] if at in together else [])) if count else None
        for at, (one, count) in enumerate(zip(level.tolist(), parts.tolist(), strict=True))
    ]


def _numbered(keys: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """Return the same as `_pairs`, and which of them each key is."""
    if size <= _DENSE * len(keys):
        found, counts = _pairs(keys, size)
        place = np.zeros(size, np.int64)
        place[found] = np.arange(len(found))
        return found, counts, place[keys]
    found, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return found, counts, inverse.reshape(-1)


def _pairs(keys: Ints, size: int) -> tuple[Ints, Ints]:
    """Return the different keys below `size`, ascending, and how often each occurs."""
    if size <= _DENSE * len(keys):
        counts = np.bincount(keys, minlength=size)
        found = np.flatnonzero(counts)
        return found, counts[found]
    found, counts = np.unique(keys, return_counts=True)
    return found, counts
