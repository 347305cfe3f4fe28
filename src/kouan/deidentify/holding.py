"""What decides which rows stay here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Holder(Protocol):
    """Says which rows stay here, such as those of persons without consent."""

    def columns(self, source: str, entity: str) -> tuple[str, ...]:
        """Return the columns that it looks at; none when every row of the table may leave."""

    def keep(self, source: str, entity: str, batch: pa.RecordBatch) -> pa.BooleanArray | None:
        """Return which rows leave, none of them null; None for all.

        Args:
            source: name of the source.
            entity: table.
            batch: raw values of the columns asked for, in that order; called from several threads, in any order.
        """
