"""Batches of one file's table in the columns of the table that it is part of, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence


def aligned(batch: pa.RecordBatch, names: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch with the named columns of `schema`; those that the file lacks are null."""
    if not names:
        return batch.select([])
    fields = [schema.field(name) for name in names]
    columns = []
    for field in fields:
        place = batch.schema.get_field_index(field.name)
        columns.append(
            pa.nulls(batch.num_rows, field.type) if place < 0 else _converted(batch.column(place), field.type)
        )
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def gathered(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """Return batches of one schema as one."""
    if len(batches) == 1:
        return batches[0]
    if not batches[0].num_columns:
        rows = sum(batch.num_rows for batch in batches)
        return pa.RecordBatch.from_struct_array(pa.array([{}] * rows, pa.struct([])))
    return pa.concat_batches(batches)


def narrowed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return the columns of `schema`, which one file has, out of a batch of the merged table.

    Args:
        batch: treated rows of that file.
        schema: where a type is no list and the batch has lists, the file's records have one value each.
    """
    columns = []
    for field in schema:
        column = batch.column(batch.schema.get_field_index(field.name))
        if pa.types.is_list(column.type) and not pa.types.is_list(field.type):
            rows, places = np.unique(np.asarray(pc.list_parent_indices(column)), return_index=True)
            first = np.full(batch.num_rows, -1, np.int64)
            first[rows] = places
            column = pc.list_flatten(column).take(pa.array(first, mask=first < 0))
        columns.append(_converted(column, field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _converted(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if column.type == kind:
        return column
    if pa.types.is_list(kind) and not pa.types.is_list(column.type):
        values = column.cast(kind.value_type)
        offsets = np.concatenate(
            [[0], np.cumsum(values.is_valid().to_numpy(zero_copy_only=False).astype(np.int64))]
        ).astype(np.int32)
        null = values.is_null() if values.null_count else None
        return pa.ListArray.from_arrays(pa.array(offsets), values.drop_null(), type=kind, mask=null)
    return column.cast(kind)
