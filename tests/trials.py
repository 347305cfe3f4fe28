"""Tables of a clinical trial in memory, as sources of one table each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Table:
    """A table."""

    def __init__(self, name: str, columns: dict[str, list[Any]]) -> None:
        self.name, self._batch = name, pa.RecordBatch.from_pydict(columns)
        self.schema, self.rows = self._batch.schema, self._batch.num_rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield all rows."""
        yield self._batch.select(list(columns or self.schema.names))


class File:
    """A source of one table."""

    def __init__(self, name: str, columns: dict[str, list[Any]]) -> None:
        self.name, self.entities = f"{name}.xpt", (Table(name, columns),)


def trial(**tables: dict[str, list[Any]]) -> list[Any]:
    """Return one source for each table; a study's number is put before its columns."""
    return [
        File(name, {"STUDYID": ["S"] * len(next(iter(columns.values()))), **columns})
        for name, columns in tables.items()
    ]
