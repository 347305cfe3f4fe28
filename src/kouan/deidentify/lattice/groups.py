"""Groups of rows that agree, and rolling them up to a coarser node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.keys import Keys
from kouan.risk.privacy.counts import ClassCounts, histogram

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.attributes import Attribute
    from kouan.deidentify.lattice.persons import Persons
    from kouan.risk.privacy.counts import Histogram


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that agree in every quasi-identifier at some levels, and in every sensitive attribute.

    Attributes:
        levels: by attribute, the levels that the codes are of.
        codes: by attribute: int64 [groups].
        sensitive: by sensitive attribute: int64 [groups].
        rows: float64 [groups], rows of each (whole numbers).
        population: float64 [groups], persons of the population, where it is given.
        persons: whose rows they are, where that is known.
        names, wholes: of the sensitive attributes: name, and shares in the whole table.
    """

    levels: tuple[int, ...]
    codes: tuple[npt.NDArray[np.int64], ...]
    sensitive: tuple[npt.NDArray[np.int64], ...]
    rows: npt.NDArray[np.float64]
    population: npt.NDArray[np.float64] | None
    names: tuple[str, ...]
    wholes: tuple[npt.NDArray[np.float64], ...]
    persons: Persons | None = None

    @property
    def cells(self) -> int:
        """Numbers held."""
        whose = 0 if self.persons is None else self.persons.cells
        return len(self.rows) * (len(self.codes) + len(self.sensitive) + 1) + whose


class Classes:
    """The equivalence classes of one node, made from the groups of a node below or equal.

    Attributes:
        levels: of the node.
        rows: float64 [classes], sizes.
        population: float64 [classes], sizes in the population, where it is given.
        persons: float64 [classes], different persons, where it is known whose the rows are.
    """

    def __init__(self, groups: Groups, attributes: Sequence[Attribute], levels: tuple[int, ...]) -> None:
        """Group by the quasi-identifiers at these levels."""
        self.levels = levels
        self._groups = groups
        self._attributes = attributes
        self._keys = Keys(*self._columns())
        self._codes: list[npt.NDArray[np.int64] | None] = [None] * len(attributes)
        self._counted: Histogram | None = None
        self.rows: npt.NDArray[np.float64] = self._keys.total(groups.rows)
        self.population: npt.NDArray[np.float64] | None = None
        self.persons = None if groups.persons is None else groups.persons.total(self._keys)
        self._kept: npt.NDArray[np.int64] | None = None
        if groups.population is not None:
            # Classes in which the population has persons but the table has no row are left out.
            self._kept = np.flatnonzero(self.rows)
            self.population = self._keys.total(groups.population)[self._kept]
            self.rows = self.rows[self._kept]
            self.persons = None if self.persons is None else self.persons[self._kept]

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.rows)

    @property
    def pairs(self) -> int | None:
        """Number of groups that it makes, where that is known already."""
        return None if self._counted is None else len(self._counted.of)

    def all_codes(self, attribute: int) -> npt.NDArray[np.int64]:
        """Return the code of an attribute, at this node's level, of every class."""
        found = self._codes[attribute]
        if found is None:
            first = self._keys.first if self._kept is None else self._keys.first[self._kept]
            found = self._codes[attribute] = self._lifted(attribute, first)
        return found

    def counts(self, names: Sequence[str]) -> ClassCounts:
        """Return what models read, with the histograms of some sensitive attributes."""
        groups, found, of = self._groups, {}, self._keys.of
        weights = groups.rows
        inside: npt.NDArray[np.int64] | slice = slice(None)
        if self._kept is not None:
            number = np.full(len(self._keys.first), -1, dtype=np.int64)
            number[self._kept] = np.arange(len(self._kept))
            inside = np.flatnonzero(number[of] >= 0)
            of = number[of]
        for name in names:
            place = groups.names.index(name)
            values, whole = groups.sensitive[place][inside], groups.wholes[place]
            found[name] = histogram(of[inside], values, weights[inside], classes=self.count, whole=whole)
        if len(groups.names) == len(found) == 1 and self._kept is None and groups.persons is None:
            (self._counted,) = found.values()
        return ClassCounts(self.rows, found, self.population, self.persons)

    def groups(self) -> Groups:
        """Return these classes as groups to roll up from, the population's included."""
        groups, keys = self._groups, self._keys
        if self._counted is not None:  # the pairs of class and value are what the groups are
            pairs = self._counted
            return Groups(
                levels=self.levels,
                codes=tuple(self.all_codes(place)[pairs.of] for place in range(len(self._attributes))),
                sensitive=(pairs.value,),
                rows=pairs.count,
                population=None,
                names=groups.names,
                wholes=groups.wholes,
            )
        if groups.sensitive:
            columns, sizes = self._columns()
            keys = Keys([*columns, *groups.sensitive], [*sizes, *(len(whole) for whole in groups.wholes)])
        return Groups(
            levels=self.levels,
            codes=tuple(self._lifted(place, keys.first) for place in range(len(self._attributes))),
            sensitive=tuple(codes[keys.first] for codes in groups.sensitive),
            rows=self.rows if keys is self._keys and self._kept is None else keys.total(groups.rows),
            population=None if groups.population is None else keys.total(groups.population),
            names=groups.names,
            wholes=groups.wholes,
            persons=None if groups.persons is None else groups.persons.lifted(self._keys, keys),
        )

    def _lifted(self, place: int, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        low, high = self._groups.levels[place], self.levels[place]
        codes = self._groups.codes[place][chosen]
        return codes if low == high else self._attributes[place].between(low, high)[codes]

    def _columns(self) -> tuple[list[npt.NDArray[np.int64]], list[int]]:
        columns, sizes = [], []
        for one, low, high, codes in zip(
            self._attributes, self._groups.levels, self.levels, self._groups.codes, strict=True
        ):
            if one.sizes[high] > 1:
                columns.append(codes if low == high else one.between(low, high)[codes])
                sizes.append(one.sizes[high])
        return columns or [np.zeros(len(self._groups.rows), dtype=np.int64)], sizes or [1]
