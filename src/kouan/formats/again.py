"""A table read a second time, as many rows as are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator


class Again:
    """The rows of a table in its order, in pieces of any length."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._rest: pa.RecordBatch | None = None

    def take(self, rows: int) -> pa.RecordBatch:
        """Return the next rows, at least one. Raises ValueError when there are fewer."""
        parts = []
        while rows:
            if self._rest is None or not self._rest.num_rows:
                self._rest = next(self._batches, None)
                if self._rest is None:
                    raise ValueError("more rows than were read")
            parts.append(self._rest.slice(0, rows))
            self._rest = self._rest.slice(parts[-1].num_rows)
            rows -= parts[-1].num_rows
        return parts[0] if len(parts) == 1 else pa.Table.from_batches(parts).combine_chunks().to_batches()[0]

    def is_done(self) -> bool:
        """Tell whether no row is left."""
        while self._rest is None or not self._rest.num_rows:
            self._rest = next(self._batches, None)
            if self._rest is None:
                return True
        return False
