"""Treated values as cells of a sheet: text always as text, numbers and days only where Excel keeps them exactly."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan.formats.xlsx.columns import EXACT
from kouan.formats.xlsx.xml import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 32_767
_WINDOW = 4096
_FIRST_DAY = dt.date(1900, 3, 1)
_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_DAY = dt.timedelta(days=1)


class TooLong(Exception):  # noqa: N818 - a verdict on a value, not a fault
    """The text has more characters than a cell holds."""


class Values:
    """A treated column, given out cell by cell in row order, a window of rows at a time.

    Attributes:
        as_text: whether a number or day had to be written as text to lose nothing.
    """

    def __init__(self, chunks: Sequence[pa.Array], kind: pa.DataType, *, days: bool, from_1904: bool) -> None:
        self._column = pa.chunked_array(list(chunks), kind)
        self._days = days
        self._epoch = _EPOCH_1904 if from_1904 else _EPOCH_1900
        self._start, self._window = 0, list[Any]()
        self.as_text = False

    def at(self, row: int, prefix: bytes) -> tuple[bytes, bytes] | None:
        """Return type attribute and content of a cell, or None for an empty one. Raises TooLong."""
        if not self._start <= row < self._start + len(self._window):
            self._start = row
            self._window = _python(self._column.slice(row, _WINDOW))
        value = self._window[row - self._start]
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return b' t="b"', _value(b"1" if value else b"0", prefix)
        if (number := self._number(value)) is not None:
            return b"", _value(number, prefix)
        if not isinstance(value, str):
            self.as_text = True
        return text_cell(str(value), prefix)

    def _number(self, value: Any) -> bytes | None:
        if isinstance(value, int) and abs(value) < EXACT:
            return b"%d" % value
        if isinstance(value, float) and math.isfinite(value):
            return repr(value).encode()
        if self._days and isinstance(value, dt.date):
            moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
            if moment.date() >= max(_FIRST_DAY, self._epoch.date()):
                serial = (moment - self._epoch) / _DAY
                return repr(serial).removesuffix(".0").encode()
        return None


def text_cell(text: str, prefix: bytes) -> tuple[bytes, bytes]:
    """Return type attribute and content of a cell that holds text. Raises TooLong."""
    if len(text.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        raise TooLong
    space = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b' t="inlineStr"', b"<%sis><%st%s>%s</%st></%sis>" % (
        prefix,
        prefix,
        space,
        quoted(text),
        prefix,
        prefix,
    )


def _value(number: bytes, prefix: bytes) -> bytes:
    return b"<%sv>%s</%sv>" % (prefix, number, prefix)


def _python(column: pa.ChunkedArray) -> list[Any]:
    """Return Python values of the kinds that a cell can hold; anything else as its text."""
    kind = column.type
    plain = (pa.types.is_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_date)
    if pa.types.is_timestamp(kind) and kind.tz is None:
        column = column.cast(pa.timestamp("us"), safe=False)
    elif not any(test(kind) for test in plain):
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    return values
