"""Open XML and JSON documents as sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import messages
from kouan.formats.files import size_of, take_in
from kouan.formats.opened import FileSource, chosen
from kouan.formats.source import SHAPE
from kouan.formats.tree.document import Document
from kouan.formats.tree.occurrences import occurrences_of
from kouan.formats.tree.table import table_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.options import ReadOptions


@dataclass(frozen=True)
class TreeEntity:
    """The records of one kind in one document (see `Entity`)."""

    document: Document
    name: str
    schema: pa.Schema
    rows: int

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the records from the first, in document order."""
        names = chosen(self.schema, columns)
        loaded = self.document.load()
        table = loaded.table(self.name)
        if table is None or len(table.anchors) != self.rows:
            raise messages.CHANGED.at(str(self.document.path))
        fields = pa.schema([self.schema.field(name) for name in names])
        for start in range(0, self.rows, self.document.options.batch_rows):
            stop = min(start + self.document.options.batch_rows, self.rows)
            arrays = table_arrays(loaded.nodes, loaded.array, table, names, start=start, stop=stop)
            yield pa.RecordBatch.from_arrays(arrays, schema=fields) if names else _empty(stop - start)

    def occurrences(self, at: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Read one row for each element at a path inside a record (see `occurrences_of`)."""
        loaded = self.document.load()
        table = loaded.table(self.name)
        if table is None or len(table.anchors) != self.rows:
            raise messages.CHANGED.at(str(self.document.path))
        yield occurrences_of(loaded.nodes, loaded.array, table, at=at, names=columns)


def _empty(rows: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_struct_array(pa.array([{}] * rows, pa.struct([])))


def open_xml(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open an XML document. Raises KouanError K-FMT-001 to 003, 070 to 074."""
    return _open(path, "xml", name=name, options=options)


def open_json(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a JSON document or JSON lines. Raises KouanError K-FMT-001 to 003, 070 to 074."""
    return _open(path, "json", name=name, options=options)


def _open(path: Path, language: str, *, name: str, options: ReadOptions) -> FileSource:
    size = size_of(path)
    if size > options.limits.tree_bytes:
        raise messages.TREE_TOO_LARGE.at(str(path), size=size, limit=options.limits.tree_bytes)
    pieces: list[bytes] = []
    file = take_in(path, pieces.append)
    document = Document(path, language, file.sha256, options)
    loaded = document.load(b"".join(pieces))
    marks = {SHAPE: loaded.shape.id} if loaded.shape else None
    entities = tuple(
        TreeEntity(document, table.name, table.schema.with_metadata(marks), len(table.anchors))
        for table in loaded.tables
        if table.columns
    )
    detail = ", ".join(part for part in (loaded.codec, loaded.shape.id if loaded.shape else "") if part)
    return FileSource(name, file, language, detail, entities, document)
