"""A source in memory, so that rooms above `formats` are tested without files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model.canonical import sha256_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from kouan.model.text import Text


@dataclass(frozen=True, slots=True)
class MemoryEntity:
    """One table in memory."""

    name: str
    table: pa.Table
    batch_rows: int = 65_536

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    @property
    def rows(self) -> int | None:
        return self.table.num_rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        chosen = self.table if columns is None else self.table.select(list(columns))
        yield from chosen.to_batches(max_chunksize=self.batch_rows)


@dataclass(frozen=True, slots=True)
class MemorySource:
    """One "file" in memory: `MemorySource.of("staff.csv", {"staff": table})`."""

    name: str
    entities: tuple[MemoryEntity, ...]
    format: str = "parquet"
    detail: str = ""
    complete: bool = True
    notes: tuple[Text, ...] = ()

    @classmethod
    def of(
        cls, name: str, tables: Mapping[str, pa.Table], *, batch_rows: int = 65_536, kind: str = "parquet"
    ) -> MemorySource:
        """Make a source of format `kind` from its tables by entity name."""
        return cls(name, tuple(MemoryEntity(key, table, batch_rows) for key, table in tables.items()), kind)

    @property
    def path(self) -> Path:
        return Path("/memory") / self.name

    @property
    def size(self) -> int:
        return sum(entity.table.nbytes for entity in self.entities)

    @property
    def sha256(self) -> str:
        return sha256_bytes(repr([(entity.name, entity.table.to_pydict()) for entity in self.entities]).encode())

    def check_unchanged(self) -> None:
        """Memory does not change."""
