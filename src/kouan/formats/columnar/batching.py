"""Batches of bounded bytes: values that stand once and are meant often take their place only piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def pieces(batch: pa.RecordBatch, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield a batch in slices that take at most `most_bytes` (or one row) when dictionaries are written out."""
    if batch.num_rows > 1 and sum(_written_out(column) for column in batch.columns) > most_bytes:
        half = batch.num_rows // 2
        yield from pieces(batch.slice(0, half), most_bytes)
        yield from pieces(batch.slice(half), most_bytes)
    elif batch.num_rows:
        yield batch


def gathered(batches: Iterable[pa.RecordBatch], most_rows: int, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield small batches put together, up to so many rows or bytes."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        if waiting and (rows + batch.num_rows > most_rows or size + batch.nbytes > most_bytes):
            yield _one(waiting)
            waiting, rows, size = [], 0, 0
        waiting.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
    if waiting:
        yield _one(waiting)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1 or not batches[0].num_columns:
        return batches[0] if len(batches) == 1 else _empty(batches)
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]


def _empty(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    rows = sum(batch.num_rows for batch in batches)
    return pa.RecordBatch.from_arrays([pa.nulls(rows)], names=["_"]).select([])


def _written_out(column: pa.Array) -> int:
    """Return the bytes of a column when every value stands where it is meant."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return _written_out(column.storage)
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):  # many views may show the same bytes
        views = np.frombuffer(column.buffers()[1], np.int32, 4 * (column.offset + len(column)))
        return int(views[4 * column.offset :: 4].clip(0).sum(dtype=np.int64)) + 4 * len(column)
    if not pa.types.is_dictionary(kind):
        return int(column.nbytes)
    inner = kind.value_type
    if pa.types.is_fixed_size_binary(inner):
        return len(column) * int(inner.byte_width)
    if not (pa.types.is_string(inner) or pa.types.is_binary(inner) or _is_large(inner)):
        return 16 * len(column)
    lengths = pc.binary_length(column.dictionary)
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0) + 4 * len(column)


def _is_large(kind: pa.DataType) -> bool:
    return bool(pa.types.is_large_string(kind) or pa.types.is_large_binary(kind))
