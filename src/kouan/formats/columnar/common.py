"""What the columnar formats share: plain types, checks of columns, and a sink around a writer of batches."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from kouan.formats import messages, notes
from kouan.formats.columnar.messages import TOO_MANY_CELLS
from kouan.formats.landing import Landing, writing

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import Limits, ReadOptions

_MOST_BYTES = 64 << 20


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


def plain_schema(path: Path, stored: pa.Schema, *, options: ReadOptions) -> pa.Schema:
    """Return the schema that a file's columns are read as.

    Raises:
        KouanError: K-FMT-015 for too many columns, 019 for nested ones, 020 for repeated names.
    """
    if len(stored) > options.limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(str(path), columns=len(stored), limit=options.limits.columns)
    nested = [field.name for field in stored if _is_nested(field.type)]
    if nested:
        raise messages.NESTED.at(str(path), columns=notes.listed(nested))
    repeated = [name for name, count in Counter(stored.names).items() if count > 1]
    if repeated:
        raise messages.SAME_NAMES.at(str(path), columns=notes.listed(repeated))
    return pa.schema([pa.field(field.name, plain_type(field.type), field.nullable, field.metadata) for field in stored])


def check_cells(file: OpenedFile, *, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a file whose cells would take for ever to read, because run lengths cost no bytes. Raises K-FMT-077."""
    if rows * max(1, columns) > max(limits.cells, limits.cells_per_byte * file.size):
        said = {"bytes": f"{file.size:,}", "rows": f"{rows:,}", "columns": f"{columns:,}"}
        raise TOO_MANY_CELLS.at(str(file.path), **said)


def plain_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Return a batch in the columns and plain types of a schema."""
    if batch.schema.equals(schema) or not len(schema):
        return batch if len(schema) else batch.select([])
    columns = []
    for field in schema:
        column = batch.column(field.name)
        column = column.storage if isinstance(column, pa.ExtensionArray) else column
        columns.append(column if column.type == field.type else column.cast(field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _is_nested(kind: pa.DataType) -> bool:
    if isinstance(kind, pa.BaseExtensionType):
        return _is_nested(kind.storage_type)
    if pa.types.is_dictionary(kind):  # a dictionary of long values is measured before it is written out
        inner = kind.value_type
        return bool(pa.types.is_dictionary(inner) or _is_view(inner) or _is_nested(inner))
    return bool(pa.types.is_nested(kind) or pa.types.is_run_end_encoded(kind))


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind) or pa.types.is_binary_view(kind))


class TableWriter(Protocol):
    """Writes tables one after another into a stream."""

    def write(self, table: pa.Table) -> None:
        """Append rows."""

    def close(self) -> None:
        """Finish the file."""


class OneTableSink(ABC):
    """A file of one table being written (see `Sink`); a format says how its writer is made."""

    def __init__(self, path: Path, schema: pa.Schema, entity: str) -> None:
        self._path = path
        self._schema = schema
        self._entity = entity
        self._waiting: list[pa.RecordBatch] = []

    @abstractmethod
    def make_writer(self, stream: object) -> TableWriter:
        """Return the writer of this format. Raises OSError, ArrowException."""

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        try:
            with writing(self._path):
                self._writer = self.make_writer(self._landing.stream)
        except BaseException:
            self._landing.abandon()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        try:
            if not (exc and exc[0] is not None):
                with writing(self._path):
                    self._flush()
                    self._writer.close()
                self._landing.land()
                return
        except BaseException:
            self._abandon()
            raise
        self._abandon()

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows; they are written in batches of 64 MiB. Raises KouanError: K-FMT-027, 028."""
        if entity != self._entity or batch.schema.names != self._schema.names:
            raise ValueError("the batch does not belong to this table")
        batch = batch if keep is None else batch.filter(keep)
        if batch.num_rows:
            self._waiting.append(batch)
        if sum(waiting.nbytes for waiting in self._waiting) > _MOST_BYTES:
            with writing(self._path):
                self._flush()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting).combine_chunks().cast(self._schema)
            self._waiting = []
            self._writer.write(table)

    def _abandon(self) -> None:
        with suppress(pa.ArrowException, OSError, ValueError):
            self._writer.close()
        self._landing.abandon()
