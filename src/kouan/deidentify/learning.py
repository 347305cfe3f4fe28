"""The first of two passes: what whole columns hold, counted in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Learner
from kouan.engine.threads import map_ordered

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


def learn(columns: Sequence[Column], batches: Iterable[pa.RecordBatch], threads: int) -> dict[str, Kernel]:
    """Return the kernels of columns that learn, by name.

    Args:
        columns: whose kernels are learners.
        batches: the table's rows that leave; they have these columns.
        threads: batches counted at a time.

    Raises:
        KouanError: K-DEI-009, K-DEI-023.
    """
    counts = [Counts() for _ in columns]

    def work(batch: pa.RecordBatch) -> list[pa.StructArray]:
        return [_counted(batch.column(column.name), column) for column in columns]

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


def _counted(array: pa.Array, column: Column) -> pa.StructArray:
    assert isinstance(column.kernel, Learner)
    values = array.flatten() if pa.types.is_nested(array.type) else array
    try:
        return pc.value_counts(column.kernel.counted(values).drop_null())
    except pa.ArrowException:
        # Arrow's messages quote cells.
        raise messages.CELLS.at(column.line.item, item=column.line.item, type=array.type) from None
