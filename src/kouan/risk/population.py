"""Class sizes in the population, from a table of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.model.base import ratio
from kouan.risk import messages
from kouan.risk.classes import group
from kouan.risk.codes import Codes, read_with_values

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.formats.source import Entity
    from kouan.model.base import Ratio
    from kouan.risk.classes import Classes
    from kouan.risk.grouped import Read

PERSONS = ("persons", "人数")
"""Column of the population's table that says how many persons a row stands for."""


@dataclass(frozen=True, slots=True)
class Among:
    """Risk of records that are to be found in a population.

    Attributes:
        largest, average, marketer: max 1/F_j; max(|J|/sum F_j, (1/n) sum f_j/F_j); (1/n) sum f_j/F_j.
        persons: of the population's table.
        uncovered: classes of which the table knows fewer persons than the data; theirs are taken instead.
    """

    largest: Ratio
    average: Ratio
    marketer: Ratio
    persons: int
    uncovered: int


def among(
    population: Entity,
    classes: Classes,
    sample: Read,
    *,
    sizes: npt.NDArray[np.int64],
    threads: int,
) -> Among:
    """Measure classes against a table of the population, which is joined by the text of its values.

    Args:
        population: the table.
        classes: of the data.
        sample: the quasi-identifiers as read.
        sizes: f_j of each class.
        threads: batches read at a time.

    Raises:
        KouanError: K-RSK-007 when a quasi-identifier has no column there, K-RSK-008 when persons are no whole numbers.
    """
    names = list(sample.columns)
    lacking = [name for name in names if name not in population.schema.names]
    if lacking:
        raise messages.POPULATION_COLUMNS.at(population.name, items=", ".join(lacking))
    weight_name = next((name for name in PERSONS if name in population.schema.names and name not in names), None)
    wanted = [*names, *([weight_name] if weight_name else [])]
    read = read_with_values(population, wanted or population.schema.names[:1], threads=threads)
    rows = len(next(iter(read.values()))[0].values) if read else 0
    weights = np.ones(rows, dtype=np.int64) if weight_name is None else _weights(*read[weight_name], population.name)
    known = np.ones(rows, dtype=np.bool_)
    columns, firsts = [], classes.firsts()
    for name in names:
        codes, values = sample.columns[name]
        there = _as_sample(*read[name], values, sample)
        known &= there >= 0
        columns.append(Codes(np.concatenate([codes.values[firsts], there]).astype(np.int32), codes.count))
    kept = np.concatenate([np.ones(len(firsts), dtype=np.bool_), known])
    both = group([Codes(column.values[kept], column.count) for column in columns], int(kept.sum()))
    totals = np.bincount(both.of[len(firsts) :], weights[known], both.count).astype(np.int64)
    found = totals[both.of[: len(firsts)]]
    return _measured(sizes, np.maximum(found, sizes), int(weights.sum()), uncovered=int((found < sizes).sum()))


def _as_sample(codes: Codes, values: pa.Array, ours: pa.Array, sample: Read) -> npt.NDArray[np.int64]:
    """Return the population's codes as those of the data; -1 for values that the data do not hold."""
    at = pc.index_in(sample.spell(values), value_set=ours if sample.weight is not None else sample.spell(ours))
    place = np.append(0, at.fill_null(-2).to_numpy(zero_copy_only=False).astype(np.int64) + 1)
    result: npt.NDArray[np.int64] = place[codes.values]
    return result


def _weights(codes: Codes, values: pa.Array, where: str) -> npt.NDArray[np.int64]:
    try:
        numbers = np.append(0, values.cast(pa.int64()).to_numpy(zero_copy_only=False)).astype(np.int64)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise messages.POPULATION_PERSONS.at(where) from None
    if (numbers < 0).any() or codes.has_nulls:
        raise messages.POPULATION_PERSONS.at(where)
    result: npt.NDArray[np.int64] = numbers[codes.values]
    return result


def _measured(sizes: npt.NDArray[np.int64], there: npt.NDArray[np.int64], persons: int, *, uncovered: int) -> Among:
    if not len(sizes):
        return Among(Decimal(0), Decimal(0), Decimal(0), persons, uncovered)
    pairs, counts = np.unique(np.stack([sizes, there]), axis=1, return_counts=True)
    records = int(sizes.sum())
    found = sum(
        (Decimal(int(f) * int(count)) / Decimal(int(whole)) for (f, whole), count in zip(pairs.T, counts, strict=True)),
        Decimal(0),
    )
    marketer = (found / records).quantize(Decimal("0.000001"))
    return Among(
        largest=ratio(1, int(there.min())),
        average=max(marketer, ratio(len(sizes), int(there.sum()))),
        marketer=marketer,
        persons=persons,
        uncovered=uncovered,
    )
