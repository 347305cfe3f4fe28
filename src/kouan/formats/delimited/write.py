"""Write delimited text as the source was written, whole columns at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages, notes
from kouan.formats.delimited.read import CsvLayout
from kouan.formats.landing import Landing, writing
from kouan.formats.names import written_header
from kouan.formats.opened import FileSource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source
    from kouan.model.text import Text

_MOST_BYTES = 64 << 20


class CsvSink:
    """A delimited text being written (see `Sink`).

    Null becomes an empty cell, the empty string an empty cell in quotes; other types are written as their text.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        if len(schemas) != 1:
            raise ValueError("a delimited text holds exactly one table")
        ((self._entity, self._schema),) = schemas.items()
        layout = like.layout if isinstance(like, FileSource) else None
        self._layout = layout if isinstance(layout, CsvLayout) else CsvLayout()
        self._path = path
        self._header = written_header(self._layout.header, self._schema.names)
        self._quoted = _quoted_columns(self._layout, self._schema.names)
        self._landing: Landing | None = None
        self._size = 0

    @property
    def notes(self) -> tuple[Text, ...]:
        """What may differ from the source beyond the treated values."""
        said = [notes.QUOTES_MAY_DIFFER] if self._layout.has_quotes else []
        header = self._layout.header
        if header is not None and self._header is not None and not set(self._header) <= set(header.cells or ()):
            said.append(notes.HEADER_RENAMED)
        return tuple(said)

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        try:
            with writing(self._path):
                self._landing.stream.write(self._layout.encoding.mark)
                if self._header is not None:
                    self._put(self._row_bytes(self._header))
        except BaseException:
            self._landing.abandon()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        assert self._landing is not None
        if exc and exc[0] is not None:
            self._landing.abandon()
            return
        try:
            with writing(self._path):
                self._drop_last_ending()
            self._landing.land()
        except BaseException:
            self._landing.abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows. Raises KouanError: K-FMT-027, 028, 029."""
        if entity != self._entity or batch.schema.names != self._schema.names:
            raise ValueError("the batch does not belong to this table")
        batch = batch if keep is None else batch.filter(keep)
        if batch.nbytes > _MOST_BYTES and batch.num_rows > 1:
            half = batch.num_rows // 2
            self.write(entity, batch.slice(0, half))
            self.write(entity, batch.slice(half))
        elif batch.num_rows and batch.num_columns:
            with writing(self._path):
                self._put(self._rows_bytes(batch))

    def _put(self, text: memoryview) -> None:
        assert self._landing is not None
        codec = self._layout.encoding.codec
        try:
            data = text if codec == "utf-8" else str(text, "utf-8").encode(codec)
        except UnicodeEncodeError:
            raise messages.CANNOT_ENCODE.at(str(self._path), encoding=codec) from None
        self._landing.stream.write(data)
        self._size += len(data)

    def _drop_last_ending(self) -> None:
        assert self._landing is not None
        ending = len(self._layout.dialect.ending.encode(self._layout.encoding.codec))
        self._landing.stream.flush()
        if not self._layout.ended and self._size > ending:
            self._landing.stream.truncate(self._size + len(self._layout.encoding.mark) - ending)

    def _row_bytes(self, cells: tuple[str, ...]) -> memoryview:
        always = self._layout.dialect.quoted_header
        columns = [pa.array([cell if cell or always else None], pa.string()) for cell in cells]
        forced = [always] * len(cells)
        return self._joined(columns, forced)

    def _rows_bytes(self, batch: pa.RecordBatch) -> memoryview:
        return self._joined([_as_text(column) for column in batch.columns], self._quoted)

    def _joined(self, columns: list[pa.Array], quoted: list[bool]) -> memoryview:
        """Return rows as bytes: joined per row, then the array's own data buffer, which holds them end to end."""
        dialect = self._layout.dialect
        cells = [
            _quote(column, delimiter=dialect.delimiter, quote=dialect.quote, always=always)
            for column, always in zip(columns, quoted, strict=True)
        ]
        rows = pc.binary_join_element_wise(*cells, dialect.delimiter, null_handling="replace", null_replacement="")
        lines = pc.binary_join_element_wise(rows, "", dialect.ending)
        return _bytes_of(lines)


def _quoted_columns(layout: CsvLayout, names: list[str]) -> list[bool]:
    if layout.header is None:
        return [False] * len(names)
    own = dict(zip(layout.header.names, layout.dialect.quoted, strict=True))
    return [own.get(name, False) for name in names]


def _as_text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _quote(column: pa.Array, *, delimiter: str, quote: str, always: bool) -> pa.Array:
    """Put quotes around the cells that need them (delimiter, quote, line ending, empty string), or around all."""
    data = bytes(_bytes_of(column))
    has_special = any(mark.encode() in data for mark in (delimiter, quote, "\n", "\r"))
    bare = pc.equal(pc.binary_length(column), 0)
    if not always and not has_special and not _any(bare):
        return column
    doubled = pc.replace_substring(column, quote, quote * 2) if quote.encode() in data else column
    closed = pc.binary_join_element_wise(quote, doubled, quote, "")
    if always:
        return closed
    marks = "".join(f"\\x{{{ord(mark):x}}}" for mark in (delimiter, quote)) + "\\r\\n"
    need = pc.or_(pc.match_substring_regex(column, f"[{marks}]"), bare) if has_special else bare
    return pc.if_else(need, closed, column)


def _any(mask: pa.Array) -> bool:
    return bool(pc.any(mask).as_py())


def _bytes_of(strings: Any) -> memoryview:
    """Return the bytes of a string array end to end, without copying."""
    _, offsets, data = strings.buffers()
    if data is None or not len(strings):
        return memoryview(b"")
    ends = np.frombuffer(offsets, np.int32, len(strings) + 1, strings.offset * 4)
    return memoryview(data)[int(ends[0]) : int(ends[-1])]
