"""Shapes, options and a small walk for tests of documents: read, change values, write, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.model.shape import RecordShape, TreeShape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARKED = TreeShape(
    id="marked",
    elements=("cases",),
    records=(RecordShape(name="case", at="case"), RecordShape(name="reporter", at="case/reporter")),
    keyed={"item": "code/@code", "id": "@root"},
    structural={"classCode": "[A-Z]{3}"},
    withheld=("nullFlavor", "MSK"),
)
NAMED = TreeShape(
    id="named",
    elements=("Bundle", "Patient"),
    members=("resourceType",),
    records=(
        RecordShape(at="", name_by="resourceType"),
        RecordShape(at="entry/resource", name_by="resourceType"),
        RecordShape(at="entry/resource/*"),
    ),
    keyed={"telecom": "system"},
    value_attribute="value",
)
SHAPED = ReadOptions(shapes=(MARKED, NAMED))


def tables(path: Path, options: ReadOptions = SHAPED) -> dict[str, dict[str, list[object]]]:
    """Return all values of a document by table and path."""
    source = open_source(path, name=path.name, options=options)
    found: dict[str, dict[str, list[object]]] = {}
    for entity in source.entities:
        table = pa.Table.from_batches(entity.batches(), entity.schema)
        found[entity.name] = {name: table.column(name).to_pylist() for name in table.schema.names}
    return found


def rewrite(
    path: Path,
    out: Path,
    *,
    change: Callable[[str, str, str], str | None] = lambda _table, _path, value: value,
    drop: Callable[[str, str], bool] = lambda _table, _path: False,
    keep: Callable[[str, int], bool] = lambda _table, _row: True,
    options: ReadOptions = SHAPED,
) -> None:
    """Write a document with every value passed through `change`, some paths dropped, some records left out."""
    source = open_source(path, name=path.name, options=options)
    kept = {
        entity.name: [name for name in entity.schema.names if not drop(entity.name, name)] for entity in source.entities
    }
    schemas = {e.name: pa.schema([e.schema.field(name) for name in kept[e.name]]) for e in source.entities}
    with open_sink(out, source, schemas={name: schema for name, schema in schemas.items() if len(schema)}) as sink:
        for entity in source.entities:
            at = 0
            for batch in entity.batches(kept[entity.name]):
                arrays = [
                    pa.array([_mapped(value, entity.name, name, change) for value in column.to_pylist()], column.type)
                    for name, column in zip(batch.schema.names, batch.columns, strict=True)
                ]
                stays = pa.array([keep(entity.name, at + row) for row in range(batch.num_rows)], pa.bool_())
                at += batch.num_rows
                if arrays:
                    sink.write(entity.name, pa.RecordBatch.from_arrays(arrays, schema=batch.schema), stays)


def _mapped(value: object, table: str, name: str, change: Callable[[str, str, str], str | None]) -> object:
    if isinstance(value, list):
        return [None if one is None else change(table, name, one) for one in value]
    return None if value is None else change(table, name, str(value))
