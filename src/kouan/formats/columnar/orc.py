"""ORC, read in steps of few rows until it is known how large its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import messages, notes
from kouan.formats.columnar.batching import gathered
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
_STEP = 64
"""Rows of the first reading; the library writes dictionaries out, so a row may be large though the file is small."""


@dataclass(frozen=True, slots=True)
class OrcLayout:
    """How an ORC file was written: its compression."""

    compression: str


@dataclass(frozen=True, slots=True)
class OrcTable:
    """The one table of an ORC file.

    Attributes:
        at_once: rows that are safe to read at once.
    """

    name: str
    schema: pa.Schema
    file: OpenedFile
    rows: int
    at_once: int
    options: ReadOptions

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-025, 055."""
        names = chosen(self.schema, columns)
        schema = pa.schema([self.schema.field(name) for name in names])
        try:
            small = (plain_batch(batch, schema) for batch in _stored(self.file.path, names, self.at_once))
            for batch in gathered(small, self.options.batch_rows, self.options.limits.batch_bytes):
                yield from cut(batch, self.options.batch_rows)
        except _FAILED:
            self.file.check_unchanged()
            raise messages.COLUMNAR_DAMAGED.at(str(self.file.path), format="ORC") from None
        self.file.check_unchanged()


def open_orc(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open an ORC file and read it once. Raises KouanError: K-FMT-015, 019, 020, 025, 054, 055, 077."""
    from pyarrow import orc  # noqa: PLC0415 - only who reads ORC pays for it

    file = take_in(path)
    try:
        found = orc.ORCFile(str(path))
        stored, layout = found.schema, OrcLayout(str(found.compression).lower())
        schema = plain_schema(path, stored, options=options)
        check_cells(file, rows=int(found.nrows), columns=len(schema), limits=options.limits)
        rows = widest = 0
        for batch in _stored(path, stored.names, _STEP):
            rows += batch.num_rows
            widest = max(widest, batch.nbytes)
    except _FAILED:
        raise messages.COLUMNAR_DAMAGED.at(str(path), format="ORC") from None
    if rows != found.nrows:
        raise messages.COLUMNAR_DAMAGED.at(str(path), format="ORC")
    if widest > options.limits.page_bytes:
        raise messages.BATCH_TOO_LARGE.at(str(path), limit=options.limits.page_bytes >> 20)
    steps = max(1, options.limits.batch_bytes // max(1, widest))
    at_once = min(_STEP * steps, options.batch_rows)
    table = OrcTable(title_of(path, options), schema, file, rows, at_once, options)
    said = [notes.NO_ROWS.fill(table=table.name)] if not rows else []
    keys = sorted(key.decode("utf-8", "replace") for key in stored.metadata or {})
    said += [notes.FILE_METADATA.fill(format="ORC", keys=notes.listed(keys))] if keys else []
    return FileSource(name, file, "orc", layout.compression, (table,), layout, tuple(said))


def _stored(path: Path, names: list[str], rows: int) -> Iterator[pa.RecordBatch]:
    """Yield batches of at most `rows` rows as the library reads them, one at a time."""
    from pyarrow import dataset, fs  # noqa: PLC0415 - only who reads ORC pays for it

    fragment = dataset.OrcFileFormat().make_fragment(str(path), fs.LocalFileSystem())
    scanner = fragment.scanner(
        columns=names, batch_size=rows, use_threads=False, batch_readahead=0, fragment_readahead=0
    )
    yield from scanner.to_batches()


class OrcSink(OneTableSink):
    """An ORC file being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        ((entity, schema),) = schemas.items()
        super().__init__(path, schema, entity)
        layout = like.layout if isinstance(like, FileSource) else None
        self._compression = layout.compression if isinstance(layout, OrcLayout) else "zlib"

    @property
    def notes(self) -> tuple[Text, ...]:
        """What may differ from the source beyond the treated values."""
        return (notes.ORC_ENCODINGS,)

    def make_writer(self, stream: object) -> TableWriter:
        """Return a writer with the source's compression; an empty table still has its columns."""
        from pyarrow import orc  # noqa: PLC0415 - only who writes ORC pays for it

        writer: TableWriter = orc.ORCWriter(stream, compression=self._compression)
        writer.write(self._schema.empty_table())
        return writer
