"""What every reader gives and every writer takes: Arrow record batches, in bounded memory (DESIGN 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.options import ReadOptions
    from kouan.model.text import Text


class Entity(Protocol):
    """One table of a source: a file's only table, one sheet, or tables of many files that are read as one."""

    @property
    def name(self) -> str:
        """Table name: the file's stem, or the sheet's title."""

    @property
    def schema(self) -> pa.Schema:
        """Columns and Arrow types; column names are unique.

        A column of lists holds the values that repeat inside one record of a document. A field's metadata may hold
        `label`: what the file itself, or its define.xml, calls the column.
        """

    @property
    def rows(self) -> int | None:
        """Number of rows when the file says so without being read, else None."""

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start, in order; may be called again.

        Args:
            columns: names to read, in this order; None for all.

        Raises:
            KouanError: K-FMT-…, without any cell's content.
        """


class Source(Protocol):
    """One opened file, or one folder or archive of files."""

    @property
    def name(self) -> str:
        """Path as the declaration writes it; first part of item ids."""

    @property
    def path(self) -> Path:
        """Where the file lies."""

    @property
    def format(self) -> str:
        """Name of a known format, such as `csv`, `folder`, `zip`."""

    @property
    def detail(self) -> str:
        """What was sniffed, such as `gb18030, ;` or the sheet names."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def sha256(self) -> str:
        """Digest of the raw bytes as opened, `sha256:<hex>`."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Tables, in file order."""

    @property
    def complete(self) -> bool:
        """False when a part was not read; the notes say which."""

    @property
    def notes(self) -> tuple[Text, ...]:
        """Damage and losses seen so far; complete once every batch has been read."""

    def check_unchanged(self) -> None:
        """Raise KouanError if the file on disk is no longer the one that was opened."""


class Sink(Protocol):
    """A file being written in the format of a source; it takes its final name only when closed without error."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows to a table.

        Args:
            entity: the table.
            batch: the rows that the reader gave, treated, in its order and batches (a document's values are put back
                where they stood).
            keep: rows that stay; the others are left out, of a document with the whole record.
        """

    @property
    def notes(self) -> tuple[Text, ...]:
        """What this format's writer cannot keep (styles, formulas), for the report."""


class Reader(Protocol):
    """Opens files of one format."""

    def __call__(self, path: Path, *, name: str, options: ReadOptions) -> Source:
        """Open the file at `path`; `name` is how the declaration writes it."""


class Writer(Protocol):
    """Makes sinks of one format."""

    def __call__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> Sink:
        """Prepare to write `path` in the manner of `like`."""
