"""The first of two passes: what whole columns hold, counted in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Encoded
from kouan.deidentify.columns import Learner, as_text
from kouan.engine.threads import map_ordered
from kouan.risk.classes import distinct_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.deidentify.cells import Column
    from kouan.deidentify.columns import Kernel

MOST_DISTINCT = 2_000_000
_PENDING = 1 << 20


class Counts:
    """Cells by value, held as distinct values only."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []
        self._pending = 0

    def add(self, counted: pa.StructArray) -> None:
        """Add what `pyarrow.compute.value_counts` gave of one batch."""
        self._parts.append(pa.table({"value": counted.field("values"), "cells": counted.field("counts")}))
        self._pending += len(counted)
        if self._pending > _PENDING:
            self._merge()

    @property
    def distinct(self) -> int:
        """Return how many distinct values were told apart so far."""
        return max((len(part) for part in self._parts), default=0)

    def all(self) -> tuple[pa.Array, pa.Array]:
        """Return the distinct values, and the cells of each."""
        if not self._parts:
            return pa.nulls(0), pa.array([], pa.int64())
        self._merge()
        (table,) = self._parts
        return table["value"].combine_chunks(), table["cells"].combine_chunks()

    def _merge(self) -> None:
        table = pa.concat_tables(self._parts).group_by("value").aggregate([("cells", "sum")])
        self._parts, self._pending = [table.rename_columns(["value", "cells"])], 0


class Persons:
    """Persons by value: eight bytes a cell, and the different values and persons once."""

    def __init__(self) -> None:
        self._values, self._persons = Encoded(), Encoded()

    def add(self, part: tuple[pa.DictionaryArray, pa.DictionaryArray]) -> None:
        """Add the cells of one batch and whose they are."""
        self._values.add(part[0])
        self._persons.add(part[1])

    @property
    def distinct(self) -> int:
        """Return how many distinct values were told apart so far."""
        return self._values.distinct

    def all(self) -> tuple[pa.Array, pa.Array]:
        """Return the distinct values, and the persons who have each."""
        codes, values = self._values.codes()
        persons = distinct_in(codes, len(values), *self._persons.subjects())
        return pa.array(values[:-1], pa.string()), pa.array(persons[:-1])


def learn(columns: Sequence[Column], batches: Iterable[pa.RecordBatch], threads: int) -> dict[str, Kernel]:
    """Return the kernels of columns that learn, by name.

    Args:
        columns: whose kernels are learners.
        batches: the table's rows that leave; they have these columns.
        threads: batches counted at a time.

    Raises:
        KouanError: K-DEI-009, K-DEI-023.
    """
    counts = [Counts() if column.by is None else Persons() for column in columns]

    def work(batch: pa.RecordBatch) -> list[Any]:
        return [
            _counted(batch.column(column.name), column)
            if column.by is None
            else _with_persons(batch.column(column.name), batch.column(column.by), column)
            for column in columns
        ]

    for found in map_ordered(batches, work, threads):
        for column, held, one in zip(columns, counts, found, strict=True):
            held.add(one)
            _check(column, held.distinct)
    kernels: dict[str, Kernel] = {}
    for column, held in zip(columns, counts, strict=True):
        assert isinstance(column.kernel, Learner)
        values, cells = held.all()
        _check(column, len(values))
        kernels[column.name] = column.kernel.learnt(values, cells)
    return kernels


def _check(column: Column, distinct: int) -> None:
    if distinct > MOST_DISTINCT:
        line = column.line
        raise messages.MANY_VALUES.at(line.item, item=line.item, most=f"{MOST_DISTINCT:,}", action=line.action)


def _with_persons(array: pa.Array, persons: pa.Array, column: Column) -> tuple[pa.DictionaryArray, pa.DictionaryArray]:
    """Return the cells that are counted, and whose each is."""
    assert isinstance(column.kernel, Learner)
    whose = as_text(one_each(persons))
    if pa.types.is_nested(array.type):
        whose, array = whose.take(pc.list_parent_indices(array)), array.flatten()
    filled = pc.is_valid(array)
    try:
        return column.kernel.counted(array.filter(filled)).dictionary_encode(), whose.filter(filled).dictionary_encode()
    except pa.ArrowException:
        raise messages.CELLS.at(column.line.item, item=column.line.item, type=array.type) from None


def _counted(array: pa.Array, column: Column) -> pa.StructArray:
    assert isinstance(column.kernel, Learner)
    values = array.flatten() if pa.types.is_nested(array.type) else array
    try:
        return pc.value_counts(column.kernel.counted(values).drop_null())
    except pa.ArrowException:
        # Arrow's messages quote cells.
        raise messages.CELLS.at(column.line.item, item=column.line.item, type=array.type) from None
