"""What treatment changed in one data set, kept aside until its widest text is known and the rows can be written.

A cell counts as changed when it is not what the reader gives; all others are copied byte for byte from the source.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.formats.xport.columns import all_iso, differing, encoded, longest, numbers_of, to_arrow
from kouan.formats.xport.layout import MOST_TEXT
from kouan.formats.xport.scan import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.formats.xport.layout import Variable
    from kouan.formats.xport.numbers import Bools, Bytes
    from kouan.formats.xport.read import XportTable

LONG = 8


@dataclass(slots=True)
class ColumnEdit:
    """One column of the result.

    Attributes:
        variable, kind: as in the source.
        given: type of the treated values.
        changed: whether any cell differs from the source.
        longest: bytes of its longest text.
        dated: whether all its texts are ISO days or moments, as its date format asks.
        long: whether some number takes more bytes than the source's variable has.
    """

    variable: Variable
    kind: pa.DataType
    given: pa.DataType
    changed: bool = False
    longest: int = 1
    dated: bool = True
    long: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is written as text."""
        return bool(pa.types.is_string(self.given)) and not (self.variable.numeric and self._may_be_dated())

    @property
    def target(self) -> Variable:
        """The variable to write."""
        if self.is_text:
            return self.variable.as_text(self.longest) if self.changed or self.variable.numeric else self.variable
        return self.variable.as_long() if self.long else self.variable

    @property
    def stored(self) -> pa.DataType:
        """Type in which changed values are kept aside."""
        return pa.binary() if pa.types.is_string(self.given) else self.given

    def _may_be_dated(self) -> bool:
        return self.dated and self.kind != pa.float64()


@dataclass(slots=True)
class Step:
    """Rows of the source that were given at once; `keep` has one bit a row, None when all stay."""

    first: int
    count: int
    keep: bytes | None
    edited: bool


@dataclass(slots=True)
class TableEdits:
    """The treated rows of one data set."""

    path: Path
    table: XportTable
    codec: str
    columns: dict[str, ColumnEdit]
    steps: list[Step] = field(default_factory=list)
    given: int = 0
    _landing: Landing | None = None
    _writer: pa.RecordBatchStreamWriter | None = None

    @classmethod
    def of(cls, path: Path, table: XportTable, schema: pa.Schema) -> TableEdits:
        """Prepare for batches of a schema. Raises ValueError for a column that is neither as in the source nor text."""
        columns = {}
        for one in schema:
            kind = table.schema.field(one.name).type
            if one.type != kind and not pa.types.is_string(one.type):
                raise ValueError("a treated column is text")
            columns[one.name] = ColumnEdit(table.variable(one.name), kind, one.type)
        return cls(path, table, table.codec, columns)

    def add(self, batch: pa.RecordBatch, keep: pa.BooleanArray | None) -> None:
        """Take the next rows. Raises KouanError: K-FMT-025…029, 034, 035."""
        count = batch.num_rows
        if batch.schema.names != list(self.columns) or self.given + count > self.table.member.rows:
            raise ValueError("the batch does not belong to this table")
        block = read_rows(self.table.file.path, self.table.member, self.given, count)
        mask = None if keep is None else np.asarray(keep.fill_null(False), np.bool_)
        if mask is not None:
            block, batch = block[mask], batch.filter(pa.array(mask))
        edits = [self._edit(name, column, block) for name, column in zip(self.columns, batch.columns, strict=True)]
        edited = any(changed.any() for _, changed in edits)
        bits = None if mask is None or mask.all() else np.packbits(mask).tobytes()
        self.steps.append(Step(self.given, count, bits, edited))
        self.given += count
        if edited:
            self._put([array for values, changed in edits for array in (values, pa.array(changed))])

    def replay(self) -> Iterator[tuple[Bytes, dict[str, tuple[pa.Array, Bools]]]]:
        """Yield the rows that stay, each time with the values and the places of what changed, by column."""
        if self._writer is not None:
            with writing(self.path):
                self._writer.close()
                assert self._landing is not None
                self._landing.stream.flush()
        stored = iter(self._read_back())
        for step in self.steps:
            block = read_rows(self.table.file.path, self.table.member, step.first, step.count)
            if step.keep is not None:
                bits = np.unpackbits(np.frombuffer(step.keep, np.uint8), count=step.count)
                block = block[bits.astype(np.bool_)]
            batch = next(stored) if step.edited else None
            yield block, {} if batch is None else _paired(batch, list(self.columns))

    def discard(self) -> None:
        """Remove what was kept aside."""
        if self._landing is not None:
            with suppress(pa.ArrowException, OSError, ValueError):
                if self._writer is not None:
                    self._writer.close()
            self._landing.abandon()

    def _edit(self, name: str, given: pa.Array, block: Bytes) -> tuple[pa.Array, Bools]:
        """Return a column's values, null where they are the source's own, and where they are not."""
        column = self.columns[name]
        variable = column.variable
        read = to_arrow(block, variable, column.kind, self.codec)
        if variable.numeric and pa.types.is_string(given.type):
            # Only later is it known whether these texts become numbers again, so all of them are kept aside.
            changed = np.asarray(pc.or_(given.is_valid(), read.is_valid()), np.bool_)
            column.dated = column.dated and all_iso(given, column.kind)
            values = given
        else:
            changed = differing(given, read)
            values = pc.if_else(pa.array(changed), given, pa.scalar(None, given.type))
        column.changed = column.changed or bool(changed.any())
        if pa.types.is_string(given.type):
            values = self._encoded(name, values)
            if not variable.numeric:
                column.longest = max(column.longest, longest(block[~changed, variable.position : variable.end]))
        if variable.numeric and not column.is_text and changed.any() and variable.length < LONG:
            column.long = column.long or bool(self.numbers(name, values)[changed, variable.length :].any())
        return values, changed

    def numbers(self, name: str, values: pa.Array) -> Bytes:
        """Return a column's values as IBM longs. Raises KouanError: K-FMT-035."""
        if pa.types.is_binary(values.type):
            values = values.cast(pa.string())
        try:
            return numbers_of(values, self.columns[name].kind)
        except OverflowError:
            raise messages.XPORT_NUMBER.at(str(self.path), column=name) from None

    def _encoded(self, name: str, texts: pa.Array) -> pa.Array:
        column = self.columns[name]
        try:
            values = encoded(texts, self.codec)
        except UnicodeEncodeError:
            raise messages.CANNOT_ENCODE.at(str(self.path), encoding=self.codec) from None
        column.longest = max(column.longest, pc.max(pc.binary_length(values)).as_py() or 0)
        limit = MOST_TEXT if column.variable.numeric else max(MOST_TEXT, column.variable.length)
        if column.longest > limit:
            raise messages.XPORT_TEXT.at(str(self.path), column=name, bytes=column.longest, limit=MOST_TEXT)
        return values

    def _put(self, arrays: list[pa.Array]) -> None:
        kinds = [kind for column in self.columns.values() for kind in (column.stored, pa.bool_())]
        schema = pa.schema([(str(index), kind) for index, kind in enumerate(kinds)])
        if self._writer is None:
            self._landing = Landing(self.path)
            options = pa.ipc.IpcWriteOptions(compression="lz4")
            with writing(self.path):
                self._writer = pa.ipc.new_stream(self._landing.stream, schema, options=options)
        with writing(self.path):
            self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))

    def _read_back(self) -> Iterator[pa.RecordBatch]:
        if self._landing is not None:
            with writing(self.path), self._landing.part.open("rb") as stream:
                yield from pa.ipc.open_stream(stream)


def _paired(batch: pa.RecordBatch, names: list[str]) -> dict[str, tuple[pa.Array, Bools]]:
    return {
        name: (batch.column(2 * index), np.asarray(batch.column(2 * index + 1), np.bool_))
        for index, name in enumerate(names)
    }
