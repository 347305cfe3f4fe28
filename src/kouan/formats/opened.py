"""The source that every reader of files returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats.files import take_in
from kouan.formats.notes import UNREAD_SOURCE
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.formats.source import Entity
    from kouan.model.text import Text


@dataclass(frozen=True, slots=True)
class FileSource:
    """One opened file (see `Source`); all its notes are known once it is open.

    Attributes:
        layout: what the same format's writer needs to write the file back alike.
    """

    name: str
    file: OpenedFile
    format: str
    detail: str
    entities: tuple[Entity, ...]
    layout: object
    notes: tuple[Text, ...] = ()
    complete: bool = True

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.file.path

    @property
    def size(self) -> int:
        """Bytes."""
        return self.file.size

    @property
    def sha256(self) -> str:
        """Digest of the raw bytes as opened."""
        return self.file.sha256

    def check_unchanged(self) -> None:
        """Raise K-FMT-025 if the file on disk is no longer the one that was opened."""
        self.file.check_unchanged()


def unread(path: Path, *, name: str, error: KouanError) -> FileSource:
    """Return the source that stands for a file which cannot be read: no tables, and a note that says why.

    Raises:
        KouanError: `error` itself when the file's bytes cannot be had either.
    """
    try:
        file = take_in(path)
    except KouanError:
        raise error from None
    note = UNREAD_SOURCE.fill(code=error.code, what=error.what, fix=error.fix)
    return FileSource(name, file, "unknown", error.code, (), None, (note,), complete=False)


def title_of(path: Path, options: ReadOptions) -> str:
    """Return the name of a file's only table: as stated, else the file's stem."""
    return path.stem if options.title is None else options.title


def cut(batch: pa.RecordBatch, rows: int) -> Iterator[pa.RecordBatch]:
    """Yield a batch in slices of at most `rows` rows, without copying; nothing for an empty one."""
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows) if batch.num_rows > rows else batch


def chosen(schema: pa.Schema, columns: Sequence[str] | None) -> list[str]:
    """Return the names to read. Raises KeyError for a name that the table lacks."""
    if columns is None:
        return list(schema.names)
    known = frozenset(schema.names)
    for name in columns:
        if name not in known:
            raise KeyError(name)
    return list(columns)
