"""What readers of databases share: tables by name, one after another, each kept whole or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.formats import messages as catalogue
from kouan.formats import notes
from kouan.formats.collection.members import RefusedMember
from kouan.formats.notes import listed
from kouan.formats.remote import messages
from kouan.formats.remote.spooling import spool_table
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from kouan.formats.collection.members import Member, TableMember
    from kouan.formats.options import Limits
    from kouan.formats.remote.address import Address
    from kouan.formats.remote.spooling import Spooled
    from kouan.model.text import Text

MINUTES = 60
"""How long one table may keep a server busy."""

_OF_ONE_TABLE = {
    messages.NO_RIGHT.code,
    messages.CELL_TOO_LARGE.code,
    messages.QUERY_FAILED.code,
    catalogue.TOO_MANY_COLUMNS.code,
}
"""Errors that leave the other tables of a schema readable."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        asked: expression of the server's SQL that gives its values, names quoted.
        kind: type that they are kept as.
    """

    name: str
    asked: str
    kind: pa.DataType


@dataclass(frozen=True, slots=True)
class Table:
    """A table to read.

    Attributes:
        place: its schema and its name.
    """

    place: tuple[str, str]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Attributes:
        detail: what it was read from.
        members: the tables' bytes; one that cannot be read is there with the reason.
    """

    detail: str
    members: tuple[Member, ...]
    notes: tuple[Text, ...]


def read_tables(
    address: Address, tables: Sequence[Table], batches: Callable[[Table], Iterator[pa.RecordBatch]], limits: Limits
) -> Read:
    """Keep tables one after another; where there are several, one that cannot be read stands beside the others.

    Raises:
        KouanError: of the only table, or of the connection.
    """
    members: list[Member] = []
    said: list[Text] = []
    bare = [table.place[1] for table in tables if not table.columns]
    for table in (table for table in tables if table.columns):
        try:
            spooled = _read(address, table, batches, limits)
        except KouanError as error:
            if error.code not in _OF_ONE_TABLE or len(tables) == 1:
                raise
            error.__context__ = None  # what it was raised from may hold rows
            members.append(RefusedMember(table.place[1], error.with_traceback(None)))
            continue
        members.append(_apart(spooled.member, members))
        said += spooled.notes
    if bare:
        said.append(notes.NO_COLUMNS.fill(tables=listed(bare)))
    return Read("", tuple(members), tuple(said))


def _read(
    address: Address, table: Table, batches: Callable[[Table], Iterator[pa.RecordBatch]], limits: Limits
) -> Spooled:
    if len(table.columns) > limits.columns:
        said = {"columns": len(table.columns), "limit": limits.columns}
        raise catalogue.TOO_MANY_COLUMNS.at(str(address), **said)
    names = [column.name for column in table.columns]
    return spool_table(table.place[1], names, [column.kind for column in table.columns], batches(table))


def _apart(member: TableMember, others: Sequence[Member]) -> TableMember:
    """Return a member under a name that no other has: two long names may begin alike."""
    taken = {other.name for other in others}
    name, number = member.name, 2
    while name in taken:
        name, number = f"{member.name.removesuffix('.parquet')}~{number}.parquet", number + 1
    return replace(member, name=name)
