"""What documents and mail have in common once they are read: tables whose cells know their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kouan.formats import messages as catalogue
from kouan.formats.letter import messages, notes
from kouan.formats.notes import joined
from kouan.formats.opened import FileSource, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from kouan.formats.files import OpenedFile
    from kouan.formats.letter.tables import Table
    from kouan.formats.options import ReadOptions
    from kouan.model.text import Text


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it was read.

    Attributes:
        tables: by name, in the order of the document.
        unread: kinds of parts that cannot be read -> how many.
        counts: of what a reader of the page does not see: deleted, hidden, comments.
        extra: parts that are left out when the document is written, such as the picture of its first page.
        size: bytes in memory, about.
        signed: whoever changes it breaks a signature.
    """

    tables: dict[str, Table]
    unread: dict[str, int]
    counts: dict[str, int]
    extra: tuple[str, ...]
    size: int
    signed: bool = False


class SplicedFile(Protocol):
    """A document on disk that can be read again."""

    @property
    def file(self) -> OpenedFile:
        """The file."""

    @property
    def kind(self) -> str:
        """Name of its format."""

    def load(self) -> Loaded:
        """Return what it says."""


@dataclass(frozen=True)
class SplicedTable:
    """One table of a document (see `Entity`); its rows are read again when they are asked for."""

    document: SplicedFile
    name: str
    schema: pa.Schema
    rows: int
    batch_rows: int

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-025."""
        names = chosen(self.schema, columns)
        table = self.document.load().tables.get(self.name)
        if table is None or len(table.rows) != self.rows:
            raise catalogue.CHANGED.at(str(self.document.file.path))
        yield from table.arrow().select(names).to_batches(max_chunksize=self.batch_rows)


def source_of(document: SplicedFile, *, name: str, options: ReadOptions) -> FileSource:
    """Return a document as a source. Raises KouanError K-FMT-083 for one that says nothing, and as its reader does.

    One that was read before says nothing any more once treatment has taken all of its texts out.
    """
    loaded = document.load()
    if not loaded.tables and not loaded.unread and not options.columns:
        raise messages.OFFICE_EMPTY.at(str(document.file.path), kind=document.kind)
    entities = tuple(
        SplicedTable(document, title, table.schema, len(table.rows), options.batch_rows)
        for title, table in loaded.tables.items()
    )
    detail = ", ".join(loaded.tables)
    said = tuple(_notes(loaded))
    return FileSource(name, document.file, document.kind, detail, entities, document, said, not loaded.unread)


def _notes(loaded: Loaded) -> Iterator[Text]:
    if loaded.unread:
        names = [notes.OFFICE_UNREAD_NAMES[kind].fill(count=count) for kind, count in loaded.unread.items()]
        yield notes.OFFICE_UNREAD.fill(parts=joined(names))
    seen = [notes.UNSEEN_NAMES[kind].fill(count=count) for kind, count in sorted(loaded.counts.items())]
    if seen:
        yield notes.UNSEEN.fill(parts=joined(seen))
