"""Open docx and pptx: paragraphs, tables, properties, authors, and what is said elsewhere in the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kouan.formats import messages as catalogue
from kouan.formats.files import take_in
from kouan.formats.letter import messages, notes
from kouan.formats.letter.office import OfficeFile
from kouan.formats.notes import joined
from kouan.formats.opened import FileSource, chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.letter.office import Loaded
    from kouan.formats.options import ReadOptions
    from kouan.model.text import Text


@dataclass(frozen=True)
class OfficeTable:
    """One table of a document (see `Entity`); its rows are read again when they are asked for."""

    document: OfficeFile
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


def open_office(path: Path, *, name: str, options: ReadOptions, kind: str) -> FileSource:
    """Open a document; `kind` is `docx` or `pptx`. Raises KouanError: K-FMT-007, 022, 025, 081, 082, 083."""
    document = OfficeFile(take_in(path), kind, options.limits)
    loaded = document.load()
    if not loaded.tables and not loaded.unread:
        raise messages.OFFICE_EMPTY.at(str(path), kind=kind)
    entities = tuple(
        OfficeTable(document, title, table.schema, len(table.rows), options.batch_rows)
        for title, table in loaded.tables.items()
    )
    said = tuple(_notes(loaded))
    detail = ", ".join(loaded.tables)
    return FileSource(name, document.file, kind, detail, entities, document, said, complete=not loaded.unread)


open_docx = partial(open_office, kind="docx")
open_pptx = partial(open_office, kind="pptx")


def _notes(loaded: Loaded) -> Iterator[Text]:
    if loaded.unread:
        names = [notes.OFFICE_UNREAD_NAMES[kind].fill(count=count) for kind, count in loaded.unread.items()]
        yield notes.OFFICE_UNREAD.fill(parts=joined(names))
    seen = [notes.UNSEEN_NAMES[kind].fill(count=count) for kind, count in sorted(loaded.counts.items())]
    if seen:
        yield notes.UNSEEN.fill(parts=joined(seen))
