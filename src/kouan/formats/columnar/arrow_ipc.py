"""Arrow IPC: files (Feather version 2 among them) and streams, read as streams and written back as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import messages, notes
from kouan.formats.columnar.arrow_layout import ArrowLayout, examine
from kouan.formats.columnar.batching import gathered, pieces
from kouan.formats.columnar.common import OneTableSink, TableWriter, check_cells, plain_batch, plain_schema
from kouan.formats.files import take_in
from kouan.formats.opened import FileSource, chosen, cut, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.formats.source import Source
    from kouan.model.text import Text

_FAILED = (pa.ArrowException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class ArrowTable:
    """The one table of an Arrow IPC file."""

    name: str
    schema: pa.Schema
    file: OpenedFile
    layout: ArrowLayout
    options: ReadOptions

    @property
    def rows(self) -> int | None:
        """Rows as the batches count them."""
        return self.layout.rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-025, 055."""
        names = chosen(self.schema, columns)
        schema = pa.schema([self.schema.field(name) for name in names])
        most = self.options.limits.batch_bytes
        try:
            small = (plain_batch(piece, schema) for batch in self._stored(names) for piece in pieces(batch, most))
            for batch in gathered(small, self.options.batch_rows, most):
                yield from cut(batch, self.options.batch_rows)
        except _FAILED:
            self.file.check_unchanged()
            raise messages.COLUMNAR_DAMAGED.at(str(self.file.path), format="Arrow") from None
        self.file.check_unchanged()

    def _stored(self, names: list[str]) -> Iterator[pa.RecordBatch]:
        with pa.OSFile(str(self.file.path)) as stream:
            stream.seek(self.layout.start)
            for batch in pa.ipc.open_stream(stream):
                batch.validate(full=True)  # the format lets offsets point anywhere
                yield batch.select(names)


def open_arrow(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open an Arrow IPC file or stream. Raises KouanError: K-FMT-015, 019, 020, 025, 054, 055, 077."""
    file = take_in(path)
    layout = examine(path, options.limits)
    try:
        with pa.OSFile(str(path)) as stream:
            stream.seek(layout.start)
            stored = pa.ipc.open_stream(stream).schema
        schema = plain_schema(path, stored, options=options)
    except _FAILED:
        raise messages.COLUMNAR_DAMAGED.at(str(path), format="Arrow") from None
    check_cells(file, rows=layout.rows, columns=len(schema), limits=options.limits)
    table = ArrowTable(title_of(path, options), schema, file, layout, options)
    detail = ", ".join(filter(None, ("file" if layout.file else "stream", layout.codec)))
    return FileSource(name, file, "arrow", detail, (table,), layout, tuple(_notes(table, stored)))


class ArrowSink(OneTableSink):
    """An Arrow IPC file or stream being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        ((entity, schema),) = schemas.items()
        super().__init__(path, schema, entity)
        layout = like.layout if isinstance(like, FileSource) else None
        self._layout = layout if isinstance(layout, ArrowLayout) else None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What may differ from the source beyond the treated values."""
        return (notes.ARROW_PLAIN,)

    def make_writer(self, stream: object) -> TableWriter:
        """Return a writer of files or streams with the source's compression."""
        options = pa.ipc.IpcWriteOptions(compression=self._layout.codec if self._layout is not None else None)
        make = pa.ipc.new_stream if self._layout is not None and not self._layout.file else pa.ipc.new_file
        writer: TableWriter = make(stream, self._schema, options=options)
        return writer


def _notes(table: ArrowTable, stored: pa.Schema) -> Iterator[Text]:
    if not table.rows:
        yield notes.NO_ROWS.fill(table=table.name)
    if not table.layout.ended:
        yield notes.ARROW_NO_END
    keys = [key.decode("utf-8", "replace") for key in stored.metadata or {}]
    if keys:
        yield notes.FILE_METADATA.fill(format="Arrow", keys=notes.listed(sorted(keys)))
