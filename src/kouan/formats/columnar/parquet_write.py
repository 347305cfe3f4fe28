"""Write Parquet with the source's compression and types; treated columns take their new types."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kouan.formats import notes
from kouan.formats.columnar.common import plain_type
from kouan.formats.columnar.parquet_read import ParquetLayout
from kouan.formats.landing import Landing, writing
from kouan.formats.opened import FileSource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source
    from kouan.model.text import Text

_MOST_ROWS = 1 << 20
_MOST_BYTES = 64 << 20
_WRITABLE = {"SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4"}


class ParquetSink:
    """A Parquet file being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        if len(schemas) != 1:
            raise ValueError("a Parquet file holds exactly one table")
        ((self._entity, self._given),) = schemas.items()
        layout = like.layout if isinstance(like, FileSource) and isinstance(like.layout, ParquetLayout) else None
        self._path = path
        self._schema = pa.schema([_stored_field(field, layout) for field in self._given])
        self._compression = {name: _codec(name, layout) for name in self._given.names}
        self._group_rows = min(layout.group_rows if layout and layout.group_rows else _MOST_ROWS, _MOST_ROWS)
        self._waiting: list[pa.RecordBatch] = []
        self._landing: Landing | None = None
        self._writer: pq.ParquetWriter | None = None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What may differ from the source beyond the treated values."""
        return (notes.PARQUET_ENCODINGS,)

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        try:
            with writing(self._path):
                self._writer = pq.ParquetWriter(self._landing.stream, self._schema, compression=self._compression)
        except BaseException:
            self._landing.abandon()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        assert self._landing is not None
        assert self._writer is not None
        try:
            if exc and exc[0] is not None:
                self._abandon()
                return
            with writing(self._path):
                self._write_group()
                self._writer.close()
            self._landing.land()
        except BaseException:
            self._abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows; they are written in row groups of the source's size. Raises KouanError: K-FMT-027, 028."""
        if entity != self._entity or batch.schema.names != self._schema.names:
            raise ValueError("the batch does not belong to this table")
        batch = batch if keep is None else batch.filter(keep)
        while batch.num_rows:
            room = self._group_rows - sum(waiting.num_rows for waiting in self._waiting)
            self._waiting.append(batch.slice(0, room))
            batch = batch.slice(room)
            if batch.num_rows or sum(waiting.nbytes for waiting in self._waiting) > _MOST_BYTES:
                with writing(self._path):
                    self._write_group()

    def _write_group(self) -> None:
        assert self._writer is not None
        if not self._waiting:
            return
        table = pa.Table.from_batches(self._waiting).combine_chunks()
        self._waiting = []
        columns = [_stored(column, field) for column, field in zip(table.columns, self._schema, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema), row_group_size=self._group_rows)

    def _abandon(self) -> None:
        assert self._landing is not None
        with suppress(pa.ArrowException, OSError, ValueError):
            if self._writer is not None:
                self._writer.close()
        self._landing.abandon()


def _stored_field(field: pa.Field, layout: ParquetLayout | None) -> pa.Field:
    """Return the field as the source stored it when it is still read as the same type."""
    index = layout.schema.get_field_index(field.name) if layout is not None else -1
    if layout is None or index < 0:
        return field
    stored = layout.schema.field(index).type
    same = plain_type(stored) == field.type and not isinstance(stored, pa.BaseExtensionType)
    return pa.field(field.name, stored if same else field.type, field.nullable)


def _stored(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    if column.type == field.type:
        return column
    if not pa.types.is_dictionary(field.type):
        return column.cast(field.type)
    encoded = column.cast(field.type.value_type).dictionary_encode().combine_chunks()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return pa.chunked_array(
        [
            pa.DictionaryArray.from_arrays(
                encoded.indices.cast(field.type.index_type), encoded.dictionary, ordered=field.type.ordered
            )
        ]
    )


def _codec(name: str, layout: ParquetLayout | None) -> str:
    codec = layout.compression.get(name, "SNAPPY") if layout is not None else "SNAPPY"
    return codec if codec in _WRITABLE else "NONE" if codec == "UNCOMPRESSED" else "SNAPPY"
