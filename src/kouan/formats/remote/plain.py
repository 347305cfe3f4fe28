"""Values of a server as they can be kept: valid UTF-8, days of the calendar, numbers that are numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import notes
from kouan.formats.notes import listed

if TYPE_CHECKING:
    from kouan.model.text import Text

_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
"""0001-01-01 and 9999-12-31 in days since 1970: what a calendar of this software knows."""
_DAY_US = 86_400_000_000
_NO_NUMBERS = pa.array(["NaN", "Infinity", "-Infinity"])


class Plain:
    """Brings batches into a schema and counts what could not be kept.

    Attributes:
        schema: names and types to keep.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema
        self._days: Counter[str] = Counter()
        self._numbers: Counter[str] = Counter()
        self._letters: Counter[str] = Counter()

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was lost so far."""
        lost = ((notes.NO_DAYS, self._days), (notes.NO_NUMBERS, self._numbers), (notes.BAD_LETTERS, self._letters))
        return tuple(note.fill(count=sum(found.values()), columns=listed(list(found))) for note, found in lost if found)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch whose columns, by place, have the types of the schema."""
        columns = [self._column(column, field) for column, field in zip(batch.columns, self.schema, strict=True)]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _column(self, column: pa.Array, field: pa.Field) -> pa.Array:
        column = column.storage if isinstance(column, pa.ExtensionArray) else column
        if pa.types.is_string(column.type):
            column = self._valid(column, field.name)
        if pa.types.is_decimal(field.type) and pa.types.is_string(column.type):
            column = self._without(column, pc.is_in(column, _NO_NUMBERS), self._numbers, field.name)
        elif pa.types.is_temporal(field.type) and pa.types.is_string(column.type):
            column = self._dated(column, field)
        if pa.types.is_date32(column.type):
            days = column.view(pa.int32())
            column = self._inside(column, days, (_FIRST_DAY, _LAST_DAY), field.name)
        elif pa.types.is_timestamp(column.type):
            moments = column.view(pa.int64())
            column = self._inside(column, moments, (_FIRST_DAY * _DAY_US, (_LAST_DAY + 1) * _DAY_US - 1), field.name)
        return column if column.type == field.type else column.cast(field.type)

    def _dated(self, column: pa.Array, field: pa.Field) -> pa.Array:
        """Read days and moments out of text; those of no calendar (0000-00-00, 31 February) become empty."""
        kind = field.type if pa.types.is_date32(field.type) else pa.timestamp("us")
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            good = pa.array([_is_day(value) for value in column.to_pylist()])
            return self._without(column, pc.invert(good), self._days, field.name).cast(kind)

    def _inside(self, column: pa.Array, values: pa.Array, ends: tuple[int, int], name: str) -> pa.Array:
        outside = pc.or_(pc.less(values, ends[0]), pc.greater(values, ends[1]))
        return self._without(column, outside, self._days, name)

    def _without(self, column: pa.Array, lost: pa.BooleanArray, count: Counter[str], name: str) -> pa.Array:
        gone = lost.true_count
        if not gone:
            return column
        count[name] += gone
        return pc.if_else(pc.fill_null(lost, fill_value=False), pa.scalar(None, column.type), column)

    def _valid(self, column: pa.Array, name: str) -> pa.Array:
        """Read what is no UTF-8 as GB18030, as servers give whose databases check nothing."""
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            raw = column.view(pa.binary()).to_pylist()
            texts = [None if value is None else _letters(value) for value in raw]
            pairs = zip(raw, texts, strict=True)
            self._letters[name] += sum(
                value is not None and text is not None and value != text.encode() for value, text in pairs
            )
            return pa.array(texts, column.type)
        return column


def _is_day(value: str | None) -> bool:
    try:
        return value is None or bool(dt.datetime.fromisoformat(value))
    except ValueError:
        return False


def _letters(value: bytes) -> str:
    for codec in ("utf-8", "gb18030"):
        try:
            return value.decode(codec)
        except UnicodeDecodeError:
            continue
    return value.decode("utf-8", "replace")
