"""Plain text and source code: one row per line that is not blank."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import messages
from kouan.formats.delimited.scan import TextEncoding, scan
from kouan.formats.files import opened
from kouan.formats.opened import FileSource, chosen, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions

_ENOUGH = 8 << 20
_SCHEMA = pa.schema([pa.field("text", pa.string())])
TEXT_COLUMNS = frozenset(_SCHEMA.names)


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a text was written: its encoding; every line keeps its own ending."""

    encoding: TextEncoding


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines of a text that are not blank, in their order (see `Entity`)."""

    name: str
    file: OpenedFile
    encoding: TextEncoding
    options: ReadOptions

    @property
    def schema(self) -> pa.Schema:
        """One column, `text`."""
        return _SCHEMA

    @property
    def rows(self) -> int | None:
        """Not known without reading."""
        return None

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the text from its start. Raises KouanError: K-FMT-014, 025."""
        names = chosen(self.schema, columns)
        texts: list[str] = []
        size = 0
        for line in lines_of(self.file, self.encoding, self.options.limits.row_bytes):
            text, _ = split_ending(line)
            if not text.strip():
                continue
            texts.append(text)
            size += len(text)
            if len(texts) >= self.options.batch_rows or size > _ENOUGH:
                yield _batch(texts, names)
                texts, size = [], 0
        if texts:
            yield _batch(texts, names)
        self.file.check_unchanged()


def open_text(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a text. Raises KouanError: K-FMT-004, 009…014, 025."""
    file, encoding, _ = scan(path, options.encoding)
    lines = TextLines(title_of(path, options), file, encoding, options)
    return FileSource(name, file, "text", encoding.label, (lines,), TextLayout(encoding))


def lines_of(file: OpenedFile, encoding: TextEncoding, most: int) -> Iterator[str]:
    """Yield the lines of a text with their endings: LF, CRLF or CR.

    Raises:
        KouanError: K-FMT-014 for a line of more than `most` characters, K-FMT-025.
    """
    with opened(file.path) as descriptor, io.FileIO(descriptor, closefd=False) as raw:
        raw.seek(len(encoding.mark))
        stream = io.TextIOWrapper(io.BufferedReader(raw, 1 << 20), encoding.codec, newline="")
        try:
            while line := stream.readline(most + 1):
                if len(line) > most:
                    raise messages.ROW_TOO_LONG.at(str(file.path), limit=most)
                yield line
        except UnicodeDecodeError:
            raise messages.CHANGED.at(str(file.path)) from None


def split_ending(line: str) -> tuple[str, str]:
    """Return a line without its ending, and the ending."""
    text = line.rstrip("\r\n")
    return text, line[len(text) :]


def _batch(texts: list[str], names: list[str]) -> pa.RecordBatch:
    batch = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], schema=_SCHEMA)
    return (
        batch.select(names) if names else pa.RecordBatch.from_struct_array(pa.array([{}] * len(texts), pa.struct([])))
    )
