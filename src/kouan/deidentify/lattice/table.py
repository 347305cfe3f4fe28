"""The table to be searched: distinct rows of leaf codes, counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.lattice import messages
from kouan.deidentify.lattice.axis import axes_of
from kouan.deidentify.lattice.groups import Groups, Pairs
from kouan.deidentify.lattice.keys import Keys
from kouan.deidentify.lattice.persons import whose
from kouan.risk.privacy.counts import histogram

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
        groups: the distinct combinations of leaves, with their sensitive values.
        leaves: by attribute: float64 [leaves], rows of each leaf.
    """

    attributes: tuple[Attribute, ...]
    rows: int
    groups: Groups
    leaves: tuple[npt.NDArray[np.float64], ...]


def table(
    attributes: Sequence[Attribute],
    codes: Sequence[npt.NDArray[np.integer[Any]]],
    *,
    sensitive: Sequence[Sensitive] = (),
    population: Sequence[npt.NDArray[np.integer[Any]]] = (),
    persons: npt.NDArray[np.int64] | None = None,
) -> Table:
    """Group rows by their leaves, once.

    Args:
        attributes: the quasi-identifiers.
        codes: by attribute: integers [rows], leaf of each row; -1 where the hierarchy lacks the value.
        sensitive: the sensitive attributes that models name.
        population: by attribute: integers [persons], leaves of the population table, of which the rows are a sample;
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
    columns = list(codes)
    weights = np.ones(rows)
    there: npt.NDArray[np.float64] | None = None
    if population:
        # Persons who are not in the sample weigh nothing as rows.
        more = len(population[0])
        columns = [np.concatenate([own, other]) for own, other in zip(columns, population, strict=True)]
        there = np.concatenate([np.zeros(rows), np.ones(more)])
        weights = np.concatenate([weights, np.zeros(more)])
    axes, combined = axes_of(attributes, columns)
    keys = Keys(combined, [len(one.leaves[0]) for one in axes])
    first = keys.first
    groups = Groups(
        axes=axes,
        levels=(0,) * len(attributes),
        codes=tuple(column[first] for column in combined),
        rows=keys.total(weights),
        population=None if there is None else keys.total(there),
        persons=None if persons is None else whose(persons, keys.of[:rows], len(first)),
        pairs=tuple(_pairs(one, keys.of[:rows], len(first)) for one in sensitive),
    )
    leaves = tuple(
        np.bincount(column, minlength=one.leaves).astype(np.float64)
        for one, column in zip(attributes, codes, strict=True)
    )
    return Table(tuple(attributes), rows, groups, leaves)


def _pairs(one: Sensitive, groups: npt.NDArray[np.int64], count: int) -> Pairs:
    whole = np.bincount(one.codes, minlength=one.size) / len(groups)
    return Pairs.of(one.name, histogram(groups, one.codes, classes=count, whole=whole))
