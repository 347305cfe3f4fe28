"""Parquet. Dictionary and large string columns are read as plain strings; the writer restores their types."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kouan.formats import messages, notes
from kouan.formats.columnar.batching import gathered, pieces
from kouan.formats.columnar.common import check_cells, plain_batch, plain_schema
from kouan.formats.columnar.parquet_footer import BadFooterError, read_footer
from kouan.formats.columnar.parquet_pages import BadPageError, chunk_facts, longest_entry
from kouan.formats.files import head_of, opened, tail_of, take_in
from kouan.formats.opened import FileSource, chosen, cut, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.columnar.parquet_footer import Chunk, Footer, Group
    from kouan.formats.columnar.parquet_pages import ChunkFacts
    from kouan.formats.files import OpenedFile
    from kouan.formats.options import Limits, ReadOptions
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
    """The one table of a Parquet file.

    Attributes:
        metadata: of the library; None where it reads them anew.
        only: row groups that are read; None for all.
    """

    name: str
    schema: pa.Schema
    file: OpenedFile
    metadata: pq.FileMetaData | None
    footer: Footer
    options: ReadOptions
    only: range | None = None
    seen: dict[Chunk, ChunkFacts] = field(default_factory=dict, repr=False, compare=False)
    longest: dict[Chunk, int] = field(default_factory=dict, repr=False, compare=False)
    """What the pages of column chunks say, and the longest texts of dictionaries, once they have been looked at."""

    @property
    def rows(self) -> int | None:
        """Rows as the footer counts them."""
        return self.footer.rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-017, 018, 025."""
        names = chosen(self.schema, columns)
        schema = pa.schema([self.schema.field(name) for name in names])
        limits = self.options.limits
        try:
            for group in self.only or range(len(self.footer.groups)):
                small = (
                    plain_batch(piece, schema)
                    for batch in self._group(group, names)
                    for piece in pieces(batch, limits.batch_bytes)
                )
                for batch in gathered(small, self.options.batch_rows, limits.batch_bytes):
                    yield from cut(batch, self.options.batch_rows)
        except (pa.ArrowException, OSError, ValueError, BadPageError) as error:
            self.file.check_unchanged()
            raise _damage(error).at(str(self.file.path)) from None
        self.file.check_unchanged()

    def _group(self, group: int, names: list[str]) -> Iterator[pa.RecordBatch]:
        """Read a row group in batches that fit; columns with dictionaries are read as such and written out later."""
        plan = self._plan(self.footer.groups[group], names)
        if not names:
            yield pa.RecordBatch.from_arrays([pa.nulls(self.footer.groups[group].rows)], ["_"]).select([])
            return
        rows = min(plan.rows, self.options.batch_rows)
        texts = [chunk for chunk in plan.dictionaries if _has_lengths(self.schema.field(chunk.column).type)]
        with self._opened(self._long(group, texts, self.options.limits.batch_bytes // rows)) as reader:
            yield from reader.iter_batches(rows, row_groups=[group], columns=names)

    def _plan(self, group: Group, names: list[str]) -> _GroupPlan:
        """Find out from the page headers how many rows of a row group are safe to read at once.

        Raises:
            KouanError: K-FMT-054 when pages or single rows are too large.
            BadPageError: for a damaged page header.
        """
        wanted = set(names)
        chunks = [chunk for chunk in group.chunks if chunk.column in wanted]
        fresh = [chunk for chunk in chunks if chunk not in self.seen]
        if fresh:
            with opened(self.file.path) as descriptor:
                self.seen.update((chunk, chunk_facts(descriptor, chunk)) for chunk in fresh)
        return _planned(self.file.path, [(chunk, self.seen[chunk]) for chunk in chunks], self.options.limits)

    def _long(self, group: int, chunks: list[Chunk], room: int) -> list[str]:
        """Return the columns of a row group that must be read as dictionaries.

        The others are read as plain texts, far faster where only some pages use the dictionary: their longest
        values together take no more than `room` bytes a row.
        """
        self._measure(group, [chunk for chunk in chunks if chunk not in self.longest])
        found = []
        for length, name in sorted((self.longest[chunk], chunk.column) for chunk in chunks):
            room -= length
            if room < 0:
                found.append(name)
        return found

    def _measure(self, group: int, chunks: list[Chunk]) -> None:
        """Find out the longest value of dictionaries; where that is not told quickly, the native library reads them."""
        if not chunks:
            return
        with opened(self.file.path) as descriptor:
            told = {chunk: longest_entry(descriptor, chunk, self.seen[chunk]) for chunk in chunks}
        self.longest.update((chunk, length) for chunk, length in told.items() if length is not None)
        left = [chunk for chunk, length in told.items() if length is None]
        if not left:
            return
        names = [chunk.column for chunk in left]
        with self._opened(names) as reader:
            first = next(reader.iter_batches(1, row_groups=[group], columns=names), None)
        for chunk in left:
            size = self.seen[chunk].entries
            self.longest[chunk] = sys.maxsize if first is None else _longest(first.column(chunk.column), size)

    def _opened(self, dictionaries: list[str]) -> pq.ParquetFile:
        return pq.ParquetFile(
            str(self.file.path),
            metadata=self.metadata,
            buffer_size=_BUFFER,
            pre_buffer=False,
            read_dictionary=dictionaries,
        )


@dataclass(frozen=True, slots=True)
class _GroupPlan:
    """How to read a row group: at most so many rows at once, and the chunks of it with dictionaries."""

    rows: int
    dictionaries: tuple[Chunk, ...]


def _planned(path: Path, chunks: list[tuple[Chunk, ChunkFacts]], limits: Limits) -> _GroupPlan:
    pages = row = 0
    dictionaries = []
    for chunk, facts in chunks:
        pages += facts.largest
        if chunk.strings and facts.delta:
            row += facts.largest
        elif chunk.strings:
            row += facts.per_value + 4
            if facts.dictionary:
                dictionaries.append(chunk)
        else:
            row += max(8, chunk.width)
    if max(pages, row) > limits.page_bytes:
        raise messages.BATCH_TOO_LARGE.at(str(path), limit=limits.page_bytes >> 20)
    return _GroupPlan(max(1, limits.batch_bytes // max(1, row)), tuple(dictionaries))


def open_parquet(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a Parquet file. Raises KouanError: K-FMT-015, 017…020, 025, 077."""
    if head_of(path, 4) == ENCRYPTED or tail_of(path, 4) == ENCRYPTED:
        raise messages.PARQUET_ENCRYPTED.at(str(path))
    file = take_in(path)
    try:
        footer = read_footer(path)
        with pq.ParquetFile(str(path)) as reader:
            metadata, stored = reader.metadata, reader.schema_arrow
        schema = plain_schema(path, stored, options=options)
    except (pa.ArrowException, OSError, ValueError, BadFooterError) as error:
        raise _damage(error).at(str(path)) from None
    check_cells(file, rows=footer.rows, columns=len(schema), limits=options.limits)
    table = ParquetTable(title_of(path, options), schema, file, metadata, footer, options)
    layout = ParquetLayout(stored, _compression(footer), max((group.rows for group in footer.groups), default=0))
    detail = ", ".join(sorted({codec.lower() for codec in layout.compression.values()})) or "no rows"
    return FileSource(name, file, "parquet", detail, (table,), layout, tuple(_notes(table, metadata)))


def _has_lengths(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_binary(kind))


def _longest(column: pa.Array, size: int) -> int:
    """Return the bytes of a dictionary's longest value, or more than there is room for where some may be missing."""
    lengths = pc.binary_length(column.dictionary)
    whole = (pc.sum(lengths).as_py() or 0) + 4 * len(lengths) == size  # four bytes of length stand before each value
    return int(pc.max(lengths).as_py() or 0) if whole else sys.maxsize


def _compression(footer: Footer) -> dict[str, str]:
    return {chunk.column: chunk.codec for group in footer.groups[:1] for chunk in group.chunks}


def _notes(table: ParquetTable, metadata: pq.FileMetaData) -> Iterator[Text]:
    if not table.rows:
        yield notes.NO_ROWS.fill(table=table.name)
    keys = [key.decode("utf-8", "replace") for key in metadata.metadata or {} if key not in _DERIVED_KEYS]
    if keys:
        yield notes.PARQUET_METADATA.fill(keys=notes.listed(sorted(keys)))


def _damage(error: Exception) -> Message:
    return messages.PARQUET_ENCRYPTED if "ncrypt" in str(error) else messages.PARQUET_DAMAGED
