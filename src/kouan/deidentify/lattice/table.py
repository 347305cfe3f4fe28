"""The table to be searched: distinct rows of leaf codes, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice import messages
from kouan.deidentify.lattice.groups import Groups
from kouan.deidentify.lattice.keys import Keys
from kouan.deidentify.lattice.persons import whose

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.attributes import Attribute


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A sensitive attribute.

    Attributes:
        name: of the column.
        codes: int64 [rows], 0 to `size - 1`, in the attribute's order where it has one.
        size: number of values.
    """

    name: str
    codes: npt.NDArray[np.int64]
    size: int


@dataclass(frozen=True, slots=True)
class Table:
    """What the search reads.

    Attributes:
        attributes: the quasi-identifiers, the dimensions of the lattice.
        rows: number of rows.
        groups: the distinct combinations of leaves and sensitive values.
        leaves: by attribute: float64 [leaves], rows of each leaf.
    """

    attributes: tuple[Attribute, ...]
    rows: int
    groups: Groups
    leaves: tuple[npt.NDArray[np.float64], ...]


def table(
    attributes: Sequence[Attribute],
    codes: Sequence[npt.NDArray[np.int64]],
    *,
    sensitive: Sequence[Sensitive] = (),
    population: Sequence[npt.NDArray[np.int64]] = (),
    persons: npt.NDArray[np.int64] | None = None,
) -> Table:
    """Group rows by their leaves, once.

    Args:
        attributes: the quasi-identifiers.
        codes: by attribute: int64 [rows], leaf of each row; -1 where the hierarchy lacks the value.
        sensitive: the sensitive attributes that models name.
        population: by attribute: int64 [persons], leaves of the population table, of which the rows are a sample;
            without it k-map cannot be asked.
        persons: int64 [rows], whose each row is, from 0; classes then count persons.

    Raises:
        KouanError: K-DEI-043 values that a hierarchy lacks; K-DEI-044 no attribute or no row.
    """
    if not attributes or not len(codes[0]):
        raise messages.EMPTY.at("")
    for one, column in [*zip(attributes, codes, strict=True), *zip(attributes, population, strict=False)]:
        if missing := int((column < 0).sum()):
            raise messages.NOT_IN_HIERARCHY.at(one.name, column=one.name, count=missing)
    rows = len(codes[0])
    known = [one.codes for one in sensitive]
    sizes = [one.leaves for one in attributes] + [one.size for one in sensitive]
    columns = [np.asarray(column, dtype=np.int64) for column in (*codes, *known)]
    weights = np.ones(rows)
    there: npt.NDArray[np.float64] | None = None
    if population:
        # Persons who are not in the sample weigh nothing as rows; their sensitive values are unknown and not counted.
        others = [*population, *(np.zeros(len(population[0]), dtype=np.int64) for _ in sensitive)]
        columns = [np.concatenate([own, other]) for own, other in zip(columns, others, strict=True)]
        there = np.concatenate([np.zeros(rows), np.ones(len(population[0]))])
        weights = np.concatenate([weights, np.zeros(len(population[0]))])
    keys = Keys(columns, sizes)
    first = keys.first
    groups = Groups(
        levels=(0,) * len(attributes),
        codes=tuple(column[first] for column in columns[: len(attributes)]),
        sensitive=tuple(column[first] for column in columns[len(attributes) :]),
        rows=keys.total(weights),
        population=None if there is None else keys.total(there),
        persons=None if persons is None else whose(persons, codes, sizes, groups=keys.of[:rows], count=len(first)),
        names=tuple(one.name for one in sensitive),
        wholes=tuple(np.bincount(one.codes, minlength=one.size) / rows for one in sensitive),
    )
    leaves = tuple(
        np.bincount(column, minlength=one.leaves).astype(np.float64)
        for one, column in zip(attributes, codes, strict=True)
    )
    return Table(tuple(attributes), rows, groups, leaves)
