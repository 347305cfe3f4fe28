"""The sink of formats that are read only: the original's bytes leave when nothing was treated, else an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats.again import Again
from kouan.formats.files import pieces_of
from kouan.formats.landing import Landing, writing
from kouan.formats.letter.messages import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    import pyarrow as pa

    from kouan.formats.source import Source
    from kouan.model.text import Text


@dataclass(slots=True)
class _Table:
    """A table that is to leave as it was read."""

    raw: Again
    kept: int = 0
    held: int = 0


class ReadOnlySink:
    """A file that leaves byte for byte or not at all (see `Sink`).

    A file of which every row is held back is not written, and that is no error. Where a column or table is left out, a
    value treated or a row among others held back, leaving the `with` block raises K-FMT-080.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        self._path, self._like = path, like
        self._changed: str | None = None
        self._tables: dict[str, _Table] = {}
        for entity in like.entities:
            schema = schemas.get(entity.name)
            if (schema is None or schema.names != entity.schema.names) and entity.rows != 0:
                self._see(entity.name)
            if schema is not None:
                self._tables[entity.name] = _Table(Again(iter(entity.batches(schema.names))))

    @property
    def notes(self) -> tuple[Text, ...]:
        """Nothing is lost."""
        return ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            return
        if any(not table.raw.is_done() for table in self._tables.values()):
            raise ValueError("not all rows of the table were written")
        kept = sum(table.kept for table in self._tables.values())
        for name, table in self._tables.items():
            if table.held:
                self._see(name)
        if any(table.held for table in self._tables.values()) and not kept:
            return
        if self._changed is not None:
            raise READ_ONLY.at(self._like.name, kind=self._like.format, table=self._changed)
        landing = Landing(self._path)
        try:
            with writing(self._path):
                for piece in pieces_of(self._like.path):
                    landing.stream.write(piece)
            self._like.check_unchanged()
            landing.land()
        except BaseException:
            landing.abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Compare rows with those that were read. Raises ValueError for rows that are not the table's."""
        table = self._tables[entity]
        if not batch.num_rows:
            return
        raw = table.raw.take(batch.num_rows)
        if not all(one.equals(other) for one, other in zip(batch.columns, raw.columns, strict=True)):
            self._see(entity)
        kept = batch.num_rows if keep is None else keep.true_count
        table.kept += kept
        table.held += batch.num_rows - kept

    def _see(self, table: str) -> None:
        """Remember the first table that is not as it was."""
        if self._changed is None:
            self._changed = table
