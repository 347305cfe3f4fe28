"""CSV and other delimited text. All columns are strings, so that untouched values are written back as they stood.

An empty cell is null; an empty cell in quotes is the empty string. Both are written back as they were.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv as pc

from kouan.formats import messages, notes
from kouan.formats.delimited.dialect import Cell, Dialect, first_ending, quoting, records, sniff_delimiter
from kouan.formats.delimited.scan import TextCounts, TextEncoding, scan
from kouan.formats.files import head_of, tail_of
from kouan.formats.names import Header, is_header, named_header, positional_header
from kouan.formats.opened import FileSource, chosen, cut, title_of
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions

_SAMPLE_ROWS = 100
_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """How a delimited text was written, so that it can be written alike.

    Attributes:
        skipped: blank lines above the first row.
        header: names, and the header row if the file has one.
        ended: whether the last line has an ending.
        has_quotes: whether a quote stands anywhere in the file.
    """

    encoding: TextEncoding = field(default_factory=lambda: TextEncoding("utf-8"))
    dialect: Dialect = field(default_factory=Dialect)
    header: Header | None = None
    skipped: int = 0
    ended: bool = True
    has_quotes: bool = False


@dataclass(frozen=True, slots=True)
class CsvTable:
    """The one table of a delimited text."""

    name: str
    schema: pa.Schema
    file: OpenedFile
    layout: CsvLayout
    options: ReadOptions
    empty: bool

    @property
    def rows(self) -> int | None:
        """Zero when only a header is there; a text does not say more."""
        return 0 if self.empty else None

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-013, 014, 016, 025."""
        names = chosen(self.schema, columns)
        if self.empty:
            return
        for batch in self._stream(names or self.schema.names[:1], keep_blank=len(self.schema) == 1):
            yield from cut(batch if names else batch.select([]), self.options.batch_rows)
        self.file.check_unchanged()

    def blank_lines(self) -> int:
        """Count the blank lines that are not data, by reading the table with and without them."""
        if len(self.schema) == 1 or self.empty:
            return 0
        some = self.schema.names[:1]
        counts = [sum(batch.num_rows for batch in self._stream(some, keep_blank=kept)) for kept in (True, False)]
        return int(counts[0] - counts[1])

    def is_unclosed(self) -> bool:
        """Return whether the last cell was opened by a quote that never closes: it holds what only quotes allow."""
        last = None
        for batch in self._stream(self.schema.names[-1:], keep_blank=True):
            last = batch.column(0)[-1].as_py() if batch.num_rows else last
        dialect, codec = self.layout.dialect, self.layout.encoding.codec
        end = tail_of(self.file.path, 1 << 12).decode(codec, "ignore").rstrip("\r\n")
        return any(mark in (last or "") for mark in (dialect.delimiter, "\n", "\r")) and not end.endswith(dialect.quote)

    def _stream(self, names: list[str], *, keep_blank: bool) -> Iterator[pa.RecordBatch]:
        ragged: list[tuple[int, int]] = []

        def on_ragged(row: pc.InvalidRow) -> str:
            if len(ragged) < _SAMPLE_ROWS:
                ragged.append((row.number or 0, row.actual_columns))
            return "skip"

        try:
            reader = self._open(names, keep_blank=keep_blank, on_ragged=on_ragged)
            while True:
                batch = next(reader, None)
                if ragged:
                    self.file.check_unchanged()
                    raise self._ragged(ragged)
                if batch is None:
                    return
                yield batch
        except (pa.ArrowException, OSError, UnicodeError, ValueError) as error:
            self.file.check_unchanged()
            where = str(self.file.path)
            if "straddling" in str(error):
                raise messages.ROW_TOO_LONG.at(where, limit=self.options.limits.row_bytes) from None
            raise messages.CSV_DAMAGED.at(where) from None

    def _open(self, names: list[str], *, keep_blank: bool, on_ragged: object) -> Iterator[pa.RecordBatch]:
        layout, dialect = self.layout, self.layout.dialect
        has_header = layout.header is not None and layout.header.cells is not None
        reader: Iterator[pa.RecordBatch] = pc.open_csv(
            pa.OSFile(str(self.file.path)),
            read_options=pc.ReadOptions(
                use_threads=False,  # threads win nothing here and lose the numbers of ragged rows
                block_size=self.options.limits.row_bytes,
                skip_rows=layout.skipped,
                skip_rows_after_names=int(has_header),
                column_names=self.schema.names,
                encoding=layout.encoding.codec,
            ),
            parse_options=pc.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                newlines_in_values=True,
                ignore_empty_lines=not keep_blank,
                invalid_row_handler=on_ragged,
            ),
            convert_options=pc.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=names,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        return reader

    def _ragged(self, ragged: list[tuple[int, int]]) -> Exception:
        (row, actual), others = ragged[0], [str(number) for number, _ in ragged[1:]]
        more = same("")
        if others:
            listed = notes.listed(others)
            more = Text(zh=f"；还有第 {listed.zh} 行", en=f"; so have rows {listed.en}")
        return messages.RAGGED.at(str(self.file.path), row=row, actual=actual, expected=len(self.schema), more=more)


def open_csv(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a delimited text. Raises KouanError: K-FMT-004, 008…016, 025."""
    file, encoding, counts = scan(path, options.encoding)
    text, whole = _head(file, encoding, options.limits.row_bytes)
    delimiter, quote = sniff_delimiter(text, whole=whole, stated=options.delimiter, quote=options.quote)
    sample = list(islice(records(text, delimiter=delimiter, quote=quote, whole=whole), _SAMPLE_ROWS))
    skipped = next((place for place, row in enumerate(sample) if row), len(sample))
    rows = [row for row in sample if row]
    if not rows:
        if whole or sample:
            raise messages.EMPTY_FILE.at(str(path))
        raise messages.ROW_TOO_LONG.at(str(path), limit=options.limits.row_bytes)
    width = len(rows[0])
    if width > options.limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(str(path), columns=width, limit=options.limits.columns)
    title = title_of(path, options)
    header = _header(rows, stated=options.header, table=title)
    body = rows if header.cells is None else rows[1:]
    dialect = Dialect(
        delimiter,
        quote,
        ending=first_ending(text),
        quoted=quoting(body, width),
        quoted_header=header.cells is not None and all(cell.quoted for cell in rows[0]),
    )
    has_quotes = counts.quotes > 0 or quote in text
    ended = counts.last.endswith((b"\n", b"\r"))
    layout = CsvLayout(encoding, dialect, header, skipped, ended=ended, has_quotes=has_quotes)
    schema = pa.schema([pa.field(column, pa.string()) for column in header.names])
    alone = len(sample) == skipped + 1 if width == 1 else len(rows) == 1  # in one column a blank line is a null
    empty = whole and alone and header.cells is not None
    table = CsvTable(title, schema, file, layout, options, empty=empty)
    if counts.quotes % 2 and not empty and table.is_unclosed():
        raise messages.UNCLOSED.at(str(path))
    said = (*header.notes, *_notes(table, counts, text))
    detail = f"{encoding.label}, {_shown(delimiter)}, {_ENDINGS[dialect.ending]}"
    return FileSource(name, file, "csv", detail, (table,), layout, said)


def _head(file: OpenedFile, encoding: TextEncoding, length: int) -> tuple[str, bool]:
    """Return the first characters of the file and whether they are all of it."""
    raw = head_of(file.path, length)
    whole = file.size <= length
    decoder = codecs.getincrementaldecoder(encoding.codec)("ignore")
    return decoder.decode(raw[len(encoding.mark) :], final=whole), whole


def _header(rows: list[list[Cell]], *, stated: bool | None, table: str) -> Header:
    texts = [[cell.value for cell in row] for row in rows]
    if is_header(texts[0], texts[1:]) if stated is None else stated:
        return named_header(texts[0], table)
    return positional_header(len(texts[0]), table)


def _notes(table: CsvTable, counts: TextCounts, text: str) -> Iterator[Text]:
    if table.empty:
        yield notes.NO_ROWS.fill(table=table.name)
    blank = table.layout.skipped + (table.blank_lines() if counts.blank else 0)
    if blank:
        yield notes.BLANK_LINES.fill(count=blank)
    if counts.quotes % 2:
        yield notes.ODD_QUOTES
    if '\\"' in text:
        yield notes.BACKSLASH
    ending = table.layout.dialect.ending
    lone = {"\n": counts.cr, "\r\n": counts.lines + counts.cr - 2 * counts.crlf, "\r": counts.lines}[ending]
    if lone and not table.layout.has_quotes:
        yield notes.MIXED_ENDINGS.fill(ending=_ENDINGS[ending])


def _shown(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter
