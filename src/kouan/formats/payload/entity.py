"""A table some of whose columns are JSON: each becomes as many columns as it has paths."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats.messages import CHANGED
from kouan.formats.opened import FileSource, chosen
from kouan.formats.payload.cells import scan_cells
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.formats.options import Limits
    from kouan.formats.source import Entity

_MOST_PATHS = 500
_LOOKS = r"^\s*(\{|\[\s*\{)"
_GLANCED = 256
"""First cells, by which most columns already show that they hold something else."""


@dataclass(frozen=True, slots=True)
class PayloadEntity:
    """A table with trees in its cells (see `Entity`).

    Attributes:
        inner: the table as its file has it.
        payloads: column -> its paths -> whether one cell may hold several values of it.
    """

    inner: Entity
    payloads: Mapping[str, Mapping[str, bool]]
    limits: Limits

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.inner.name

    @property
    def rows(self) -> int | None:
        """Rows of the table."""
        return self.inner.rows

    @property
    def schema(self) -> pa.Schema:
        """Columns; those of a payload stand in its place."""
        fields = []
        for field in self.inner.schema:
            if field.name not in self.payloads:
                fields.append(field)
                continue
            for path, repeats in self.payloads[field.name].items():
                kind = pa.list_(pa.string()) if repeats else pa.string()
                fields.append(pa.field(column_name(field.name, path), kind, metadata=field.metadata))
        return pa.schema(fields, self.inner.schema.metadata)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError as its reader does, K-FMT-025."""
        schema = self.schema
        names = chosen(schema, columns)
        wanted = frozenset(names)
        paths = {one: {column_name(one, path) for path in found} for one, found in self.payloads.items()}
        own = [one for one in self.inner.schema.names if wanted & paths.get(one, {one})]
        for batch in self.inner.batches(own):
            arrays: dict[str, Any] = {}
            for name in own:
                column = batch.column(name)
                arrays |= self._expanded(name, column, wanted) if name in paths else {name: column}
            kept = pa.schema([schema.field(name) for name in names])
            if names:
                yield pa.RecordBatch.from_arrays([arrays[name] for name in names], schema=kept)
            else:
                yield batch

    def _expanded(self, name: str, column: Any, wanted: frozenset[str]) -> dict[str, Any]:
        cells = scan_cells(column, self.limits)
        known = self.payloads[name]
        if cells is None or not known.keys() >= {path for path, _, _ in cells.parts()}:
            raise CHANGED.at(self.name)
        arrays: dict[str, Any] = {
            column_name(name, path): cells.column_of(which, row, repeats=known[path])
            for path, which, row in cells.parts()
            if column_name(name, path) in wanted
        }
        for path, repeats in known.items():
            kind = pa.list_(pa.string()) if repeats else pa.string()
            arrays.setdefault(column_name(name, path), pa.nulls(len(column), kind))
        return arrays


def column_name(column: str, path: str) -> str:
    """Return what the column of a path below another is called."""
    return f"{column}/{path}" if path else column


def with_payloads(source: FileSource, limits: Limits) -> FileSource:
    """Return a source whose columns of JSON are trees; the same source where there is none.

    A column is one when every cell that is not blank holds a JSON object, or an array that begins with one.
    """
    entities = tuple(_tried(entity, limits) for entity in source.entities)
    return source if entities == source.entities else replace(source, entities=entities)


def without_payloads(source: FileSource) -> FileSource:
    """Return a source as its file has it."""
    bare = tuple(one.inner if isinstance(one, PayloadEntity) else one for one in source.entities)
    return replace(source, entities=bare)


def _tried(entity: Entity, limits: Limits) -> Entity:
    try:
        return _with_payloads(entity, limits)
    except KouanError:  # of a damaged file, which shows again to whoever reads it
        return entity


def _with_payloads(entity: Entity, limits: Limits) -> Entity:
    found = _looking(entity)
    names = frozenset(entity.schema.names)
    payloads: dict[str, dict[str, bool]] = {name: {} for name in found}
    for batch in entity.batches(found) if found else ():
        for name in list(payloads):
            cells = scan_cells(batch.column(name), limits)
            if cells is None:
                del payloads[name]
                continue
            known = payloads[name]
            for path, _, row in cells.parts():
                known[path] = known.get(path, False) or bool((row[1:] == row[:-1]).any())
            if len(known) > _MOST_PATHS or {column_name(name, path) for path in known} & (names - {name}):
                del payloads[name]
    return PayloadEntity(entity, payloads, limits) if payloads else entity


def _looking(entity: Entity) -> list[str]:
    """Return the columns of text whose first cells look like JSON."""
    texts = [field.name for field in entity.schema if pa.types.is_string(field.type)]
    for batch in entity.batches(texts) if texts else ():
        return [name for name in texts if _looks(batch.column(name))]
    return []


def _looks(column: Any) -> bool:
    return _holds(column.slice(0, _GLANCED)) is not False and _holds(column) is True


def _holds(column: Any) -> bool | None:
    """Tell whether all cells that are filled look like JSON; None where none is filled."""
    filled = column.drop_null()
    filled = filled.filter(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(filled)), 0))
    return bool(pc.all(pc.match_substring_regex(filled, _LOOKS)).as_py()) if len(filled) else None
