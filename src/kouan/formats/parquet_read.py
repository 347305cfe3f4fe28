"""Parquet. Dictionary and large string columns are read as plain strings; the writer restores their types."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kouan.formats import messages, notes
from kouan.formats.files import head_of, tail_of, take_in
from kouan.formats.opened import FileSource, chosen, cut, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.model.errors import Message
    from kouan.model.text import Text

MAGIC = b"PAR1"
ENCRYPTED = b"PARE"
_BUFFER = 1 << 20
_DERIVED_KEYS = {b"ARROW:schema"}


@dataclass(frozen=True, slots=True)
class ParquetLayout:
    """How a Parquet file was written.

    Attributes:
        schema: Arrow schema as stored, dictionary columns and all.
        compression: codec by column name.
        group_rows: rows of its largest row group.
    """

    schema: pa.Schema
    compression: dict[str, str]
    group_rows: int


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """The one table of a Parquet file."""

    name: str
    schema: pa.Schema
    file: OpenedFile
    metadata: pq.FileMetaData
    options: ReadOptions

    @property
    def rows(self) -> int | None:
        """Rows as the footer counts them."""
        return int(self.metadata.num_rows)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-017, 018, 025."""
        names = chosen(self.schema, columns)
        schema = pa.schema([self.schema.field(name) for name in names])
        try:
            with pq.ParquetFile(
                str(self.file.path), metadata=self.metadata, buffer_size=_BUFFER, pre_buffer=False
            ) as reader:
                for batch in reader.iter_batches(self.options.batch_rows, columns=names):
                    yield from cut(_plain(batch, schema), self.options.batch_rows)
        except (pa.ArrowException, OSError, ValueError) as error:
            self.file.check_unchanged()
            raise _damage(error).at(str(self.file.path)) from None
        self.file.check_unchanged()


def open_parquet(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a Parquet file. Raises KouanError: K-FMT-015, 017…020, 025."""
    if head_of(path, 4) == ENCRYPTED or tail_of(path, 4) == ENCRYPTED:
        raise messages.PARQUET_ENCRYPTED.at(str(path))
    file = take_in(path)
    try:
        with pq.ParquetFile(str(path)) as reader:
            metadata, stored = reader.metadata, reader.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damage(error).at(str(path)) from None
    _check_columns(path, stored, options=options)
    schema = pa.schema([pa.field(field.name, plain_type(field.type), field.nullable) for field in stored])
    table = ParquetTable(title_of(path, options), schema, file, metadata, options)
    layout = ParquetLayout(stored, _compression(metadata), _largest_group(metadata))
    detail = ", ".join(sorted({codec.lower() for codec in layout.compression.values()})) or "no rows"
    return FileSource(name, file, "parquet", detail, (table,), layout, tuple(_notes(table, metadata)))


def plain_type(kind: pa.DataType) -> pa.DataType:
    """Return the type that a column is read as: one kind of string and of binary, no dictionaries."""
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if isinstance(kind, pa.BaseExtensionType):
        return plain_type(kind.storage_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind):
        return pa.binary()
    return kind


def _plain(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    if batch.schema.equals(schema):
        return batch
    columns = []
    for field in schema:
        column = batch.column(field.name)
        column = column.storage if isinstance(column, pa.ExtensionArray) else column
        columns.append(column if column.type == field.type else column.cast(field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema) if columns else batch.select([])


def _check_columns(path: Path, schema: pa.Schema, *, options: ReadOptions) -> None:
    if len(schema) > options.limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(str(path), columns=len(schema), limit=options.limits.columns)
    nested = [field.name for field in schema if pa.types.is_nested(plain_type(field.type))]
    if nested:
        raise messages.NESTED.at(str(path), columns=notes.listed(nested))
    repeated = [name for name, count in Counter(schema.names).items() if count > 1]
    if repeated:
        raise messages.SAME_NAMES.at(str(path), columns=notes.listed(repeated))


def _compression(metadata: pq.FileMetaData) -> dict[str, str]:
    if not metadata.num_row_groups:
        return {}
    group = metadata.row_group(0)
    columns = (group.column(index) for index in range(group.num_columns))
    return {column.path_in_schema: column.compression for column in columns}


def _largest_group(metadata: pq.FileMetaData) -> int:
    return max((metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)), default=0)


def _notes(table: ParquetTable, metadata: pq.FileMetaData) -> Iterator[Text]:
    if not table.rows:
        yield notes.NO_ROWS.fill(table=table.name)
    keys = [key.decode("utf-8", "replace") for key in metadata.metadata or {} if key not in _DERIVED_KEYS]
    if keys:
        yield notes.PARQUET_METADATA.fill(keys=notes.listed(sorted(keys)))


def _damage(error: Exception) -> Message:
    return messages.PARQUET_ENCRYPTED if "ncrypt" in str(error) else messages.PARQUET_DAMAGED
