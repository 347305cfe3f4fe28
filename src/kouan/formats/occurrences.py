"""What repeats inside the records of a table, where its reader can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from kouan.formats.source import Entity

RECORD = "\x00record"
"""Name of the column that gives each row's record, counted from 0 in its table."""


@runtime_checkable
class Repeating(Protocol):
    """A table whose reader knows which values stand in one element."""

    def occurrences(self, at: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yield one row for each element at `at`: `columns` as text, and RECORD."""


def occurrences(entity: Entity, at: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch] | None:
    """Return the elements of a table that stand at a path, one row each; None where its reader cannot tell."""
    return entity.occurrences(at, columns) if isinstance(entity, Repeating) else None
