"""Groups of rows that agree, and rolling them up to a coarser node."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.keys import Keys
from kouan.risk.privacy.counts import ClassCounts, Histogram, firsts, histogram

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.axis import Axis
    from kouan.deidentify.lattice.persons import Persons

    Ints = npt.NDArray[np.int64]

_RARE = 0.2
"""Share of the rows that the rarest values of a sensitive attribute make up, which are looked at before all others."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often the values of one sensitive attribute occur in each group, those of the rarest values first.

    Attributes:
        name: of the attribute.
        group: int64 [pairs].
        value: int64 [pairs].
        rows: float64 [pairs], rows of that group with that value (whole numbers).
        rare: how many pairs are of the rarest values.
        whole: float64 [values], share of every value in the whole table.
    """

    name: str
    group: Ints
    value: Ints
    rows: npt.NDArray[np.float64]
    rare: int
    whole: npt.NDArray[np.float64]

    @classmethod
    def of(cls, name: str, found: Histogram) -> Pairs:
        """Lay a histogram out by rarity."""
        order = np.argsort(found.whole, kind="stable")
        common = np.ones(len(order), dtype=np.bool_)
        common[order[np.cumsum(found.whole[order]) <= _RARE]] = False
        last = common[found.value]
        laid = np.concatenate([np.flatnonzero(~last), np.flatnonzero(last)])
        rare = len(laid) - int(last.sum())
        return cls(name, found.of[laid], found.value[laid], found.count[laid], rare, found.whole)


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that agree in every quasi-identifier at some levels.

    Attributes:
        axes: the quasi-identifiers.
        levels: by attribute, the levels that the codes are of.
        codes: by axis: int64 [groups].
        rows: float64 [groups], rows of each (whole numbers).
        population: float64 [groups], persons of the population, where it is given.
        persons: whose rows they are, where that is known.
        pairs: by sensitive attribute.
    """

    axes: tuple[Axis, ...]
    levels: tuple[int, ...]
    codes: tuple[Ints, ...]
    rows: npt.NDArray[np.float64]
    population: npt.NDArray[np.float64] | None
    persons: Persons | None
    pairs: tuple[Pairs, ...]

    @property
    def cells(self) -> int:
        """Numbers held."""
        whose = 0 if self.persons is None else self.persons.cells
        return len(self.rows) * (len(self.codes) + 1) + 3 * sum(len(one.group) for one in self.pairs) + whose

    def values(self, attribute: int) -> Ints:
        """Return int64 [groups], the code of one attribute."""
        return _values(self.axes, self.levels, self.codes, attribute)

    def without(self, attribute: int) -> Groups:
        """Return the same, of leaves, where one attribute has a single value, at level 0; groups may then agree."""
        axes, codes = list(self.axes), list(self.codes)
        for at, one in enumerate(self.axes):
            if one.place.start <= attribute < one.place.stop:
                axes[at] = one.without(attribute - one.place.start)
                codes[at] = axes[at].at(self.levels[one.place]).of[codes[at]]
        return replace(self, axes=tuple(axes), codes=tuple(codes))


class Classes:
    """The equivalence classes of one node, made from the groups of a node below or equal.

    Attributes:
        axes: the quasi-identifiers.
        levels: of the node.
        rows: float64 [classes], sizes.
        population: float64 [classes], sizes in the population, where it is given.
        persons: float64 [classes], different persons, where it is known whose the rows are.
    """

    def __init__(self, groups: Groups, levels: tuple[int, ...]) -> None:
        """Group by the quasi-identifiers at these levels."""
        self.axes, self.levels = groups.axes, levels
        self._groups = groups
        key, self._sizes = self._joined()
        self._keys = Keys([key], [prod(self._sizes)])
        self._codes: list[Ints] | None = None
        self.rows: npt.NDArray[np.float64] = self._keys.total(groups.rows)
        self.population: npt.NDArray[np.float64] | None = None
        self.persons = None if groups.persons is None else groups.persons.total(self._keys)
        self._kept: Ints | None = None
        if groups.population is not None:
            # Classes in which the population has persons but the table has no row are left out.
            self._kept = np.flatnonzero(self.rows > 0)
            self.population = self._keys.total(groups.population)[self._kept]
            self.rows = self.rows[self._kept]
            self.persons = None if self.persons is None else self.persons[self._kept]

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.rows)

    def codes(self) -> list[Ints]:
        """Return by axis: int64 [classes], its value at this node's levels."""
        if self._codes is None:
            self._codes = self._parted(self._keys.values if self._kept is None else self._keys.values[self._kept])
        return self._codes

    def values(self, attribute: int) -> Ints:
        """Return int64 [classes], the code of one attribute."""
        return _values(self.axes, self.levels, self.codes(), attribute)

    @property
    def of(self) -> Ints:
        """int64 [groups], the class of each, -1 where it has no row."""
        return self._keys.of if self._kept is None else self._keys.placed(self._kept, slice(None))

    def counts(self, names: Sequence[str], chosen: Ints | None = None, *, rare: bool = False) -> ClassCounts:
        """Return what models read, with the histograms of some sensitive attributes.

        Args:
            names: of the sensitive attributes.
            chosen: int64, the classes wanted, ascending; all when None.
            rare: count the rarest values only; a class that has none of them then has no pair.
        """
        kept = self._kept if chosen is None else chosen if self._kept is None else self._kept[chosen]
        rows, population, persons = (
            one if one is None or chosen is None else one[chosen] for one in (self.rows, self.population, self.persons)
        )
        assert rows is not None
        found = {}
        for pairs in self._groups.pairs:
            if pairs.name in names:
                part = slice(pairs.rare if rare else None)
                groups, values, weights = pairs.group[part], pairs.value[part], pairs.rows[part]
                where = self._keys.of[groups] if kept is None else self._keys.placed(kept, groups)
                inside = np.flatnonzero(where >= 0)
                if len(inside) < len(where):
                    where, values, weights = where[inside], values[inside], weights[inside]
                found[pairs.name] = histogram(where, values, weights, classes=len(rows), whole=pairs.whole)
        return ClassCounts(rows, found, population, persons)

    def rarest(self, name: str, chosen: Ints) -> tuple[ClassCounts, Ints]:
        """Return the same of the rarest values of one attribute, of those chosen classes that have any, and which."""
        counts = self.counts([name], chosen, rare=True)
        pairs = counts.histograms[name]
        starts = firsts(pairs.of)
        there = pairs.of[starts]
        some = Histogram(np.cumsum(starts) - 1, pairs.value, pairs.count, pairs.whole)
        return ClassCounts(counts.rows[there], {name: some}), there

    def groups(self) -> Groups:
        """Return these classes as groups to roll up from, the population's included."""
        groups, keys = self._groups, self._keys
        counted = [
            histogram(keys.of[one.group], one.value, one.rows, classes=len(keys.values), whole=one.whole)
            for one in groups.pairs
        ]
        return Groups(
            axes=self.axes,
            levels=self.levels,
            codes=tuple(self._parted(keys.values)),
            rows=self.rows if self._kept is None else keys.total(groups.rows),
            population=None if groups.population is None else keys.total(groups.population),
            persons=None if groups.persons is None else groups.persons.lifted(keys),
            pairs=tuple(Pairs.of(one.name, found) for one, found in zip(groups.pairs, counted, strict=True)),
        )

    def _joined(self) -> tuple[Ints, list[int]]:
        """Return one number a group for its class, and how many values each axis has."""
        key: Ints | None = None
        sizes = []
        for axis, codes in zip(self.axes, self._groups.codes, strict=True):
            low, high = self._groups.levels[axis.place], self.levels[axis.place]
            lifted = codes if low == high else axis.between(low, high)[codes]
            sizes.append(len(axis.at(high).first))
            key = lifted if key is None else key * sizes[-1] + lifted
        assert key is not None
        return key, sizes

    def _parted(self, key: Ints) -> list[Ints]:
        if len(self._sizes) == 1:
            return [key]
        first, second = np.divmod(key, self._sizes[1])
        return [first, second]


def _values(axes: Sequence[Axis], levels: tuple[int, ...], codes: Sequence[Ints], attribute: int) -> Ints:
    at, axis = next((at, one) for at, one in enumerate(axes) if one.place.start <= attribute < one.place.stop)
    return axis.codes(levels[axis.place], attribute - axis.place.start)[codes[at]]
