"""Write trees back into the cells that they came from, and the rows on to the file's own writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan.formats.again import Again
from kouan.formats.payload.cells import scan_cells
from kouan.formats.payload.entity import PayloadEntity, column_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from kouan.formats.opened import FileSource
    from kouan.formats.source import Sink
    from kouan.model.text import Text


class PayloadSink:
    """A file being written some of whose cells are trees (see `Sink`); what is not treated keeps its bytes."""

    def __init__(
        self, like: FileSource, schemas: Mapping[str, pa.Schema], make: Callable[[dict[str, pa.Schema]], Sink]
    ) -> None:
        self._tables = {one.name: one for one in like.entities if isinstance(one, PayloadEntity)}
        self._schemas = {
            name: _inner_schema(self._tables[name], schema) if name in self._tables else schema
            for name, schema in schemas.items()
        }
        self._raw = {
            name: Again(iter(self._tables[name].inner.batches(list(self._tables[name].payloads))))
            for name in schemas
            if name in self._tables
        }
        self._sink = make(self._schemas)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What the file's own writer says."""
        return self._sink.notes

    def __enter__(self) -> Self:
        self._sink.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._sink.__exit__(*exc)

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows. Raises KouanError as the file's own writer does."""
        if entity not in self._raw:
            self._sink.write(entity, batch, keep)
            return
        table, schema = self._tables[entity], self._schemas[entity]
        raw = self._raw[entity].take(batch.num_rows)
        columns = [
            _spliced(table, field.name, raw.column(field.name), batch)
            if field.name in table.payloads
            else batch.column(field.name)
            for field in schema
        ]
        self._sink.write(entity, pa.RecordBatch.from_arrays(columns, schema=schema), keep)


def _inner_schema(table: PayloadEntity, schema: pa.Schema) -> pa.Schema:
    """Return the columns that the file gets: a payload of which a path is left, as text."""
    fields = []
    for field in table.inner.schema:
        if field.name not in table.payloads:
            fields += [schema.field(field.name)] if field.name in schema.names else []
        elif any(column_name(field.name, path) in schema.names for path in table.payloads[field.name]):
            fields.append(pa.field(field.name, pa.string()))
    return pa.schema(fields)


def _spliced(table: PayloadEntity, name: str, column: Any, batch: pa.RecordBatch) -> Any:
    cells = scan_cells(column, table.limits)
    if cells is None:
        raise ValueError("the cells are not those that were read before")
    kept = frozenset(batch.schema.names)
    new = {path: batch.column(spelt) for path in table.payloads[name] if (spelt := column_name(name, path)) in kept}
    return cells.written(new)


def _again(table: PayloadEntity) -> Again:
    """Return the payloads of a table, to be read a second time."""
    return Again(iter(table.inner.batches(list(table.payloads))))
