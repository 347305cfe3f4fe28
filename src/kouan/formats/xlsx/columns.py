"""Cells of a sheet, a mix of Python values, become typed Arrow columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT = 10**15
"""Integers below this have at most 15 digits, all that Excel keeps."""

_INT64 = 2**63
_MOMENT = pa.timestamp("us")
_WORDS = {
    str: Text(zh="文本", en="text"),
    float: Text(zh="数字", en="numbers"),
    int: Text(zh="数字", en="numbers"),
    bool: Text(zh="逻辑值", en="true/false"),
    dt.date: Text(zh="日期", en="dates"),
    dt.datetime: Text(zh="日期", en="dates"),
    dt.time: Text(zh="时间", en="times"),
    dt.timedelta: Text(zh="时长", en="durations"),
}


@dataclass(slots=True)
class Column:
    """One column as its cells come in, a chunk at a time.

    Attributes:
        chunks: one array per chunk, each of the narrowest type that fits it.
        damaged: numbers of more than 15 digits.
        kinds: Python types seen.
    """

    chunks: list[pa.Array] = field(default_factory=list)
    damaged: int = 0
    kinds: set[type] = field(default_factory=set)

    def add(self, cells: Sequence[Any]) -> None:
        """Take in the next cells; the empty string is null."""
        values = [None if cell == "" else cell for cell in cells]
        kinds = set(map(type, values)) - {type(None)}
        self.kinds |= kinds
        if kinds & {int, float}:
            self.damaged += sum(map(_is_damaged, values))
        self.chunks.append(_narrowest(values, kinds))

    def finish(self) -> pa.ChunkedArray:
        """Return the whole column in the one type that all its chunks share; text when there is none."""
        kinds = {chunk.type for chunk in self.chunks if not pa.types.is_null(chunk.type)}
        kind = _common(kinds)
        return pa.chunked_array([_as(chunk, kind) for chunk in self.chunks], kind)

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds a value."""
        return not self.kinds

    def mixture(self) -> list[Text]:
        """Return the kinds of value in a column that had to become text, or nothing."""
        words = list(dict.fromkeys(_WORDS[kind] for kind in sorted(self.kinds, key=lambda kind: kind.__name__)))
        return words if len(words) > 1 else []


def text_of(value: Any) -> str:
    """Return a cell's value as text: 123 rather than 123.0, ISO dates, TRUE and FALSE."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _INT64 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _is_damaged(value: Any) -> bool:
    return type(value) in {int, float} and abs(value) >= EXACT and float(value).is_integer()


def _narrowest(values: list[Any], kinds: set[type]) -> pa.Array:
    if not kinds:
        return pa.nulls(len(values))
    if kinds <= {int, float}:
        return _numbers(values)
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {dt.date}:
        return pa.array(values, pa.date32())
    if kinds <= {dt.date, dt.datetime}:
        return pa.array([_moment(value) for value in values], _MOMENT)
    return pa.array([value if value is None else text_of(value) for value in values], pa.string())


def _numbers(values: list[Any]) -> pa.Array:
    if all(value is None or (float(value).is_integer() and abs(value) < _INT64) for value in values):
        return pa.array([value if value is None else int(value) for value in values], pa.int64())
    return pa.array(values, pa.float64())


def _moment(value: dt.date | None) -> dt.datetime | None:
    if value is None or isinstance(value, dt.datetime):
        return value
    return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a spreadsheet knows no time zone


def _common(kinds: set[pa.DataType]) -> pa.DataType:
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds == {pa.int64(), pa.float64()}:
        return pa.float64()
    return _MOMENT if kinds == {pa.date32(), _MOMENT} else pa.string()


def _as(chunk: pa.Array, kind: pa.DataType) -> pa.Array:
    if chunk.type == kind:
        return chunk
    if pa.types.is_null(chunk.type):
        return pa.nulls(len(chunk), kind)
    if kind == pa.string():
        return pa.array([value if value is None else text_of(value) for value in chunk.to_pylist()], kind)
    return chunk.cast(kind)
