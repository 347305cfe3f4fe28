"""Batches of one file's table in the columns of the table that it is part of, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def aligned(batches: Sequence[pa.RecordBatch], names: Sequence[str], schema: pa.Schema) -> pa.RecordBatch:
    """Return batches one after another as one with the named columns of `schema`; those that a batch lacks are null."""
    if not names:
        rows = sum(batch.num_rows for batch in batches)
        return pa.RecordBatch.from_struct_array(pa.array([{}] * rows, pa.struct([])))
    fields = [schema.field(name) for name in names]
    known = [{name: place for place, name in enumerate(batch.schema.names)} for batch in batches]
    return pa.RecordBatch.from_arrays([_column(batches, known, field) for field in fields], schema=pa.schema(fields))


def _column(batches: Sequence[pa.RecordBatch], known: Sequence[Mapping[str, int]], field: pa.Field) -> pa.Array:
    """Return one column of all batches; neighbours of one type are put together before they are converted."""
    runs: list[tuple[pa.DataType | None, list[pa.Array], int]] = []
    for batch, places in zip(batches, known, strict=True):
        place = places.get(field.name)
        array = None if place is None else batch.column(place)
        kind = None if array is None else array.type
        if not runs or runs[-1][0] != kind:
            runs.append((kind, [], 0))
        _, arrays, rows = runs[-1]
        if array is not None:
            arrays.append(array)
        runs[-1] = (kind, arrays, rows + batch.num_rows)
    kind = field.type
    parts = [_converted(_joined(arrays), kind) if arrays else pa.nulls(rows, kind) for _, arrays, rows in runs]
    return _joined(parts)


def _joined(arrays: list[pa.Array]) -> pa.Array:
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays)


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
