"""The nearest treated rows of what an attacker knows: exact, over distinct rows only, ties broken by lot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.attacks.column import ONE, Lists, Words
from kouan.risk.classes import group_in_order
from kouan.risk.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.attacks.column import Column, Ints

_CELLS = 1 << 18
"""Distances held at a time: 1 MB, which a processor's own cache holds."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns taken together: their distinct combinations, and which one each group of rows has."""

    columns: tuple[int, ...]
    of: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    groups: Lists | None = None
    """Of a column of words with nearly as many labels as there are groups: the groups of each label."""

    @property
    def count(self) -> int:
        return len(self.first)


class Neighbours:
    """Treated rows by some columns, ready to be searched.

    Equal rows are one group; distances are summed over a few parts of the columns, each computed once for its
    distinct combinations, because a treated table has far fewer of them than rows.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        rows = len(columns[0].coded.treated)
        classes = group_in_order([Codes(one.coded.treated, one.labels) for one in columns], rows)
        self._rows = np.argsort(classes.of, kind="stable")
        self._starts = np.append(0, np.cumsum(classes.rows()))
        first = self._rows[self._starts[:-1]]
        self._labels = [one.coded.treated[first] for one in columns]
        self._parts = self._divide(classes.count)

    def nearest(self, known: Sequence[Ints], count: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Return int64 [targets, count], treated rows nearest to each target; all rows when there are fewer.

        Args:
            known: int32 [targets] for each column, codes of what the attacker knows.
            count: neighbours.
            rng: breaks ties: among rows of equal distance every one has the same chance.
        """
        count = min(count, len(self._rows))
        targets = len(known[0])
        distinct = group_in_order([Codes(codes, int(codes.max(initial=0)) + 1) for codes in known], targets)
        order = np.argsort(distinct.of, kind="stable")
        times = distinct.rows()
        starts = np.append(0, np.cumsum(times))
        found = np.empty((targets, count), dtype=np.int64)
        step = max(1, _CELLS // len(self._labels[0]))
        for begin in range(0, distinct.count, step):
            end = min(begin + step, distinct.count)
            distances = self._distances([codes[order[starts[begin:end]]] for codes in known])
            of = np.repeat(np.arange(end - begin), times[begin:end])
            same = order[starts[begin] : starts[end]]
            found[same] = self._one(distances, of, rng) if count == 1 else self._some(distances, of, count, rng)
        return found

    def _one(self, distances: Ints, of: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Return int64 [targets, 1], a row at the least distance for each target, `of` the column of distances."""
        hits = np.flatnonzero(distances == distances.min(axis=0))
        groups, columns = np.divmod(hits, distances.shape[1])
        by = np.argsort(columns, kind="stable")
        groups, columns = groups[by], columns[by]
        sizes = self._starts[groups + 1] - self._starts[groups]
        ends = np.cumsum(sizes)
        last = np.searchsorted(columns, np.arange(distances.shape[1]), side="right")
        tops = ends[last - 1]
        bases = np.append(0, tops[:-1])
        lots = bases[of] + rng.integers(0, (tops - bases)[of])
        which = np.searchsorted(ends, lots, side="right")
        drawn: npt.NDArray[np.int64] = self._rows[self._starts[groups[which]] + lots - (ends - sizes)[which]]
        return drawn[:, None]

    def _some(
        self, distances: Ints, of: npt.NDArray[np.int64], count: int, rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Return int64 [targets, count], the nearest rows of each target, those at the last distance drawn by lot."""
        rows = np.ascontiguousarray(distances.T)
        limits = self._limits(rows, count)
        columns, groups = np.divmod(np.flatnonzero(rows <= limits[:, None]), rows.shape[1])
        tied = rows[columns, groups] == limits[columns]
        ends = np.searchsorted(columns, np.arange(len(rows) + 1))
        found = np.empty((len(of), count), dtype=np.int64)
        for place, one in enumerate(of):
            some, last = groups[ends[one] : ends[one + 1]], tied[ends[one] : ends[one + 1]]
            found[place] = self._draw(some[~last], some[last], count, rng)
        return found

    def _draw(
        self, sure: npt.NDArray[np.int64], tied: npt.NDArray[np.int64], count: int, rng: np.random.Generator
    ) -> npt.NDArray[np.int64]:
        """Return all rows of the sure groups, and of the tied ones as many as are missing, drawn by lot."""
        taken = self._members(sure)
        sizes = self._starts[tied + 1] - self._starts[tied]
        ends = np.cumsum(sizes)
        lots = rng.choice(ends[-1], size=count - len(taken), replace=False, shuffle=False)
        which = np.searchsorted(ends, lots, side="right")
        return np.concatenate([taken, self._rows[self._starts[tied[which]] + lots - (ends - sizes)[which]]])

    def _limits(self, rows: Ints, count: int) -> Ints:
        """Return int32 [targets], the distance within which at least `count` rows lie, and no less."""
        few = min(count, rows.shape[1])
        near = np.argpartition(rows, few - 1, axis=1)[:, :few]
        distances = np.take_along_axis(rows, near, axis=1)
        order = np.argsort(distances, axis=1)
        near = np.take_along_axis(near, order, axis=1)
        sizes = np.cumsum(self._starts[near + 1] - self._starts[near], axis=1)
        place = (sizes < count).sum(axis=1)[:, None]
        limits: Ints = np.take_along_axis(np.take_along_axis(distances, order, axis=1), place, axis=1)[:, 0]
        return limits

    def _members(self, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        sizes = self._starts[groups + 1] - self._starts[groups]
        firsts = np.repeat(self._starts[groups] - np.cumsum(sizes) + sizes, sizes)
        members: npt.NDArray[np.int64] = self._rows[firsts + np.arange(len(firsts))]
        return members

    def _distances(self, known: Sequence[Ints]) -> Ints:
        """Return int32 [groups, targets]: targets lie side by side in memory, so that rows are copied whole."""
        total: Ints | None = None
        for part in self._parts:
            if part.groups is not None:
                spread = self._sparse(part.columns[0], part.groups, known[part.columns[0]])
                total = spread if total is None else np.add(total, spread, out=total)
                continue
            some = np.zeros((part.count, len(known[0])), dtype=np.int32)
            for number in part.columns:
                column = self._columns[number]
                some += np.take(column.distances(known[number]).T, self._labels[number][part.first], axis=0)
            spread = np.take(some, part.of, axis=0)
            total = spread if total is None else np.add(total, spread, out=total)
        return total if total is not None else np.zeros((0, 0), dtype=np.int32)

    def _sparse(self, number: int, groups: Lists, known: Ints) -> Ints:
        """Return int32 [groups, targets] of one column: a mismatch nearly everywhere, so only the others are set."""
        column = self._columns[number]
        assert isinstance(column, Words)
        found = np.full((len(groups.codes), len(known)), ONE, dtype=np.int32)
        targets, labels = column.covering.pairs(known)
        which, rows = groups.pairs(labels)
        found[rows, targets[which]] = column.cost[labels[which]]
        empty = groups.of(0)
        found[empty] = np.where(known == 0, 0, ONE // 2)
        return found

    def _divide(self, groups: int) -> list[_Part]:
        """Join the columns with the fewest combinations as long as the joint ones stay far fewer than the groups."""
        parts = [self._part((number,)) for number in range(len(self._columns))]
        sparse = [self._inverted(part) for part in parts if self._is_sparse(part, groups)]
        parts = [part for part in parts if not self._is_sparse(part, groups)]
        while len(parts) > 1:
            parts.sort(key=lambda part: part.count)
            joined = self._part(parts[0].columns + parts[1].columns)
            if joined.count > groups // 3:
                break
            parts = [joined, *parts[2:]]
        return [*parts, *sparse]

    def _is_sparse(self, part: _Part, groups: int) -> bool:
        return part.count > groups // 3 and isinstance(self._columns[part.columns[0]], Words)

    def _inverted(self, part: _Part) -> _Part:
        (number,) = part.columns
        labels = Lists(np.arange(len(self._labels[number]) + 1), self._labels[number])
        return replace(part, groups=labels.turned(self._columns[number].labels))

    def _part(self, columns: tuple[int, ...]) -> _Part:
        codes = [Codes(self._labels[number], self._columns[number].labels) for number in columns]
        classes = group_in_order(codes, len(self._labels[0]))
        first = np.empty(classes.count, dtype=np.int64)
        first[classes.of] = np.arange(len(classes.of))
        return _Part(columns, classes.of, first)
