"""Tables that come in a stream, kept as Parquet on disk where no name leads to them, and read from there.

A server is asked once, in one snapshot; every later pass reads the same bytes, whatever happens to the table.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kouan.formats import notes
from kouan.formats.collection.member_names import tame
from kouan.formats.collection.members import TableMember
from kouan.formats.collection.spool import Spool
from kouan.formats.names import named_header
from kouan.formats.remote.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.text import Text

_GROUP_BYTES = 16 << 20
_GROUP_ROWS = 1 << 17


class SpoolFile(io.RawIOBase):
    """What a writer of files takes a spool for."""

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self._spool = spool

    def writable(self) -> bool:
        """It is only written."""
        return True

    def tell(self) -> int:
        """Return the bytes so far."""
        return self._spool.size

    def write(self, data: Any) -> int:
        """Append bytes. Raises KouanError: K-FMT-027, 028."""
        return self._spool.append(memoryview(data).cast("B"))[1]


@dataclass(frozen=True, slots=True)
class Spooled:
    """A table that was read.

    Attributes:
        member: holds its bytes; its name is the table's, made fit for a file.
        notes: what its values or names lost.
    """

    member: TableMember
    notes: tuple[Text, ...]


def spool_table(
    table: str, columns: Sequence[str], kinds: Sequence[pa.DataType], batches: Iterable[pa.RecordBatch]
) -> Spooled:
    """Keep a table as Parquet.

    Args:
        table: its name.
        columns: names as the server says them.
        kinds: type that each column is kept as.
        batches: its rows; columns by place.

    Raises:
        KouanError: K-FMT-027, 028, and what the batches raise.
    """
    header = named_header(columns, table)
    schema = pa.schema(list(zip(header.names, kinds, strict=True)))
    spool, plain = Spool(), Plain(schema)
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    with pq.ParquetWriter(SpoolFile(spool), schema, compression="zstd") as writer:
        for batch in batches:
            if not batch.num_rows:
                continue
            waiting.append(plain.batch(batch))
            rows, size = rows + batch.num_rows, size + waiting[-1].nbytes
            if rows >= _GROUP_ROWS or size >= _GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(waiting, schema), row_group_size=rows)
                waiting, rows, size = [], 0, 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema), row_group_size=rows)
    said = [notes.OF_TABLE.fill(table=table, note=note) for note in plain.notes]
    return Spooled(TableMember(f"{tame(table)}.parquet", spool), (*header.notes, *said))
