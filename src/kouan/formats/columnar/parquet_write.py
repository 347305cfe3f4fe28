"""Write Parquet with the source's compression and types; treated columns take their new types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kouan.formats import notes
from kouan.formats.columnar.common import OneTableSink, plain_type
from kouan.formats.columnar.parquet_read import ParquetLayout
from kouan.formats.landing import writing
from kouan.formats.opened import FileSource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.formats.columnar.common import TableWriter
    from kouan.formats.source import Source
    from kouan.model.text import Text

_MOST_ROWS = 1 << 20
_MOST_BYTES = 64 << 20
_WRITABLE = {"SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4"}


class ParquetSink(OneTableSink):
    """A Parquet file being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        if len(schemas) != 1:
            raise ValueError("a Parquet file holds exactly one table")
        ((entity, given),) = schemas.items()
        layout = like.layout if isinstance(like, FileSource) and isinstance(like.layout, ParquetLayout) else None
        super().__init__(path, pa.schema([_stored_field(field, layout) for field in given]), entity)
        self._compression = {name: _codec(name, layout) for name in given.names}
        self._group_rows = min(layout.group_rows if layout and layout.group_rows else _MOST_ROWS, _MOST_ROWS)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What may differ from the source beyond the treated values."""
        return (notes.PARQUET_ENCODINGS,)

    def make_writer(self, stream: object) -> TableWriter:
        """Return a writer of whole row groups."""
        writer: TableWriter = pq.ParquetWriter(stream, self._schema, compression=self._compression)
        return writer

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
                    self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        table = pa.Table.from_batches(self._waiting).combine_chunks()
        self._waiting = []
        columns = [_stored(column, field) for column, field in zip(table.columns, self._schema, strict=True)]
        # As many rows as wait: they are one row group.
        self._writer.write(pa.Table.from_arrays(columns, schema=self._schema))


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
