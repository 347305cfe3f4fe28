"""SAS transport files (XPORT, version 5). Numbers are doubles, or days and moments where their SAS format says so.

Missing numbers (also `.A` to `.Z` and `._`) and blank texts are null. The writer copies what nobody treated byte for
byte from the file, so nothing is lost by reading it in simpler terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import notes
from kouan.formats.files import take_in
from kouan.formats.names import named_header, unique_names
from kouan.formats.opened import FileSource, chosen
from kouan.formats.xport.columns import to_arrow
from kouan.formats.xport.scan import Findings, MemberMarks, blocks, examine, read_members

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.formats.xport.layout import Member, Variable
    from kouan.formats.xport.numbers import Bytes
    from kouan.model.text import Text


@dataclass(frozen=True, slots=True)
class XportLayout:
    """How a SAS transport file was written.

    Attributes:
        library: its first three records.
        codec: of all text.
        tables: its data sets.
    """

    library: bytes
    codec: str
    tables: tuple[XportTable, ...]


@dataclass(frozen=True, slots=True)
class XportTable:
    """One data set of a SAS transport file, named in lower case (`dm`)."""

    name: str
    schema: pa.Schema
    file: OpenedFile
    member: Member
    codec: str
    options: ReadOptions

    @property
    def rows(self) -> int | None:
        """Rows that the file has room for, without blank ones at the end that are only padding."""
        return self.member.rows

    def variable(self, column: str) -> Variable:
        """Return the variable that a column is read from."""
        index: int = self.schema.get_field_index(column)
        return self.member.variables[index]

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start. Raises KouanError: K-FMT-025, 026."""
        names = chosen(self.schema, columns)
        for block in blocks(self.file.path, self.member, self.options.batch_rows):
            batch = self.read(block, names or self.schema.names[:1])
            yield batch if names else batch.select([])
        self.file.check_unchanged()

    def read(self, block: Bytes, names: Sequence[str]) -> pa.RecordBatch:
        """Return columns of whole rows, shape (n, bytes of a row)."""
        fields = [self.schema.field(name) for name in names]
        arrays = [to_arrow(block, self.variable(field.name), field.type, self.codec) for field in fields]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def open_xport(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a SAS transport file. Raises KouanError: K-FMT-011, 015, 025, 032, 033, 036."""
    marks = MemberMarks()
    file = take_in(path, marks.feed)
    library, members = read_members(path, file.size, marks.found, options.limits)
    found = examine(path, members, options.encoding)
    file.check_unchanged()
    titles = [" ".join(member.name.decode(found.codec, "replace").lower().split()) for member in members]
    tables, said = [], [*_notes(found)]
    for index, title in enumerate(unique_names(titles)):
        member, kinds = members[index], found.kinds[index]
        header = named_header([one.name.decode(found.codec, "replace") for one in member.variables], title)
        labels = [one.label.decode(found.codec, "replace").strip() for one in member.variables]
        schema = pa.schema([_field(*parts) for parts in zip(header.names, kinds, labels, strict=True)])
        table = XportTable(title, schema, file, member, found.codec, options)
        tables.append(table)
        said += [*header.notes, *_table_notes(table, found.not_dates[index])]
    detail = f"SAS XPORT v5, {found.codec}"
    layout = XportLayout(library, found.codec, tuple(tables))
    complete = not any(member.cut for member in members)
    return FileSource(name, file, "xport", detail, tuple(tables), layout, tuple(said), complete)


def _field(name: str, kind: pa.DataType, label: str) -> pa.Field:
    return pa.field(name, kind, metadata={"label": label} if label else None)


def _notes(found: Findings) -> Iterator[Text]:
    if found.guessed:
        yield notes.XPORT_LATIN
    if found.broken:
        yield notes.XPORT_BROKEN_TEXT.fill(count=found.broken)


def _table_notes(table: XportTable, not_dates: Sequence[int]) -> Iterator[Text]:
    member = table.member
    if member.cut:
        yield notes.XPORT_CUT.fill(table=table.name, rows=member.rows)
    elif not member.rows:
        yield notes.NO_ROWS.fill(table=table.name)
    if not_dates:
        columns = notes.listed([table.schema.names[index] for index in not_dates])
        yield notes.XPORT_NOT_DATES.fill(table=table.name, columns=columns)
    if hidden := sum(one.hidden for one in member.variables):
        yield notes.XPORT_HIDDEN.fill(table=table.name, count=hidden)
