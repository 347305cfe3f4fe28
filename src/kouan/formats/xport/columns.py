"""Columns of a SAS transport file: bytes of rows to Arrow arrays, and arrays to bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats.xport.numbers import decode, encode

if TYPE_CHECKING:
    from kouan.formats.xport.layout import Variable
    from kouan.formats.xport.numbers import Bools, Bytes, Doubles

DAY = pa.date32()
DAY_SECONDS = 86_400
_EPOCH_DAYS = 3653
"""Days from 1960-01-01, where SAS begins to count, to 1970-01-01."""
_FIRST_DAY, _LAST_DAY = -138_061, 2_936_547
"""1582-01-01, the first day of SAS, and 9999-12-31, the last that most software knows."""
_PER_SECOND = {"s": 1, "us": 1_000_000}
_BLANK = 0x20
_HIGH = 0x80

_ISO_DAY = r"\d{4}-\d{2}-\d{2}"
_ISO = {DAY: f"^{_ISO_DAY}$"}
_ISO_MOMENT = rf"^{_ISO_DAY}[T ]\d{{2}}:\d{{2}}:\d{{2}}(\.\d{{1,6}})?$"

_WIDTH = re.compile(r"\d*\.?\d*$")
_DAYS = re.compile(
    r"DATE|DAY|(DDMMYY|MMDDYY|YYMMDD|MMYY|YYMM|YYQ|YYQR)[BCDNPS]?|DOWNAME|JULDAY|JULIAN|MONNAME|MONTH|MONYY|PDJULG|PDJULI"
    r"|QTRR?|WEEKDATX?|WEEKDATE|WEEKDAY|WEEK[UVW]|WORDDATX?|WORDDATE|YEAR|YYMON|MINGUO|NENGO|NLDATE\w*"
    r"|(E8601|B8601|IS8601)DA"
)
_MOMENTS = re.compile(r"DATETIME|DATEAMPM|DT(DATE|MONYY|WKDATX|YEAR|YYQC)|NLDATM\w*|(E8601|B8601|IS8601)D[TNZXL]")


def is_day_format(name: str) -> bool:
    """Tell whether a SAS format shows days since 1960-01-01 (SAS 9.4 Formats and Informats, date formats)."""
    return _is(_DAYS, name)


def is_moment_format(name: str) -> bool:
    """Tell whether a SAS format shows seconds since 1960-01-01 (SAS 9.4 Formats and Informats, datetime formats)."""
    return _is(_MOMENTS, name)


def fits_days(days: Doubles) -> bool:
    """Tell whether numbers are whole days of the years 1582 to 9999."""
    return bool(((days >= _FIRST_DAY) & (days <= _LAST_DAY) & (days == np.floor(days))).all())


def fits_moments(seconds: Doubles) -> bool:
    """Tell whether numbers are seconds of the years 1582 to 9999."""
    return bool(((seconds >= _FIRST_DAY * DAY_SECONDS) & (seconds < (_LAST_DAY + 1) * DAY_SECONDS)).all())


def to_arrow(block: Bytes, variable: Variable, kind: pa.DataType, codec: str) -> pa.Array:
    """Return one column as an array of its type; `block` holds whole rows, shape (n, bytes of a row)."""
    raw = block[:, variable.position : variable.end]
    if not variable.numeric:
        return _texts(raw, codec)
    values, missing = decode(raw)
    mask = missing if missing.any() else None
    if kind == DAY:
        return pa.array((values - _EPOCH_DAYS).astype(np.int32), mask=mask).cast(DAY)
    if pa.types.is_timestamp(kind):
        moments = np.rint(values * _PER_SECOND[kind.unit]) - _EPOCH_DAYS * DAY_SECONDS * _PER_SECOND[kind.unit]
        return pa.array(moments.astype(np.int64), mask=mask).cast(kind)
    return pa.array(values, mask=mask)


def numbers_of(column: pa.Array, kind: pa.DataType) -> Bytes:
    """Return numbers, days or moments (as such, or as ISO texts for a day or moment `kind`) as IBM longs, shape (n, 8).

    Raises:
        OverflowError: a number that an IBM long cannot hold.
    """
    if pa.types.is_string(column.type):
        column = column.cast(DAY) if kind == DAY else column.cast(pa.timestamp("us"))
    missing = np.asarray(column.is_null(), np.bool_)
    if column.type == DAY:
        values = _filled(column.cast(pa.int32())) + float(_EPOCH_DAYS)
    elif pa.types.is_timestamp(column.type):
        values = _filled(column.cast(pa.int64())) / _PER_SECOND[column.type.unit] + _EPOCH_DAYS * float(DAY_SECONDS)
    else:
        values = _filled(column.cast(pa.float64()))
    return encode(values, missing)


def all_iso(texts: pa.Array, kind: pa.DataType) -> bool:
    """Tell whether every text, nulls apart, is an ISO day or moment of the calendar, as `kind` asks."""
    shape = _ISO.get(kind, _ISO_MOMENT)
    if not (kind == DAY or pa.types.is_timestamp(kind)) or not _all(pc.match_substring_regex(texts, shape)):
        return False
    try:
        found = texts.cast(DAY).cast(pa.int32()) if kind == DAY else texts.cast(pa.timestamp("us")).cast(pa.int64())
    except pa.ArrowInvalid:  # such as the 30th of February; Arrow's message quotes the cell
        return False
    if kind == DAY:
        return fits_days(_filled(found) + _EPOCH_DAYS)
    return fits_moments(_filled(found) / _PER_SECOND["us"] + _EPOCH_DAYS * DAY_SECONDS)


def padded(texts: pa.Array, length: int) -> Bytes:
    """Return byte strings (binary or string array) padded with blanks to shape (n, length); null is all blanks.

    All of them must fit.
    """
    count = len(texts)
    texts = pc.fill_null(texts, "" if pa.types.is_string(texts.type) else b"")
    sizes = np.asarray(pc.binary_length(texts), np.int64)
    out = np.full((count, length), _BLANK, np.uint8)
    out[np.arange(length) < sizes[:, None]] = _data(texts)
    return out


def encoded(texts: pa.Array, codec: str) -> pa.Array:
    """Return strings as bytes of a codec. Raises UnicodeEncodeError."""
    if codec == "utf-8":
        return texts.cast(pa.binary())
    words = texts.dictionary_encode()
    values = pa.array([word.encode(codec) for word in words.dictionary.to_pylist()], pa.binary())
    return values.take(words.indices)


def differing(given: pa.Array, read: pa.Array) -> Bools:
    """Tell where two columns of one type differ; null equals null."""
    if given.equals(read):
        return np.zeros(len(given), np.bool_)
    same = pc.fill_null(pc.equal(given, read), False)
    return ~np.asarray(pc.or_(same, pc.and_(given.is_null(), read.is_null())), np.bool_)


def longest(raw: Bytes) -> int:
    """Return the bytes of the longest cell of texts, shape (n, length), without the blanks at its end."""
    return pc.max(pc.binary_length(_trimmed(raw))).as_py() or 0


def _is(pattern: re.Pattern[str], name: str) -> bool:
    return bool(pattern.fullmatch(name) or pattern.fullmatch(_WIDTH.sub("", name)))


def _texts(raw: Bytes, codec: str) -> pa.Array:
    """Return cells without the blanks at their ends; empty ones are null, since SAS makes no difference."""
    count = len(raw)
    _, ends, data = _trimmed(raw).buffers()
    full = np.diff(np.frombuffer(ends, np.int32, count + 1)) > 0
    validity = pa.py_buffer(np.packbits(full, bitorder="little"))
    texts = pa.StringArray.from_buffers(count, ends, data, validity)
    return _decoded(texts, codec) if (raw & _HIGH).any() else texts


def _trimmed(raw: Bytes) -> pa.Array:
    """Return cells as strings that nobody has checked, without the blanks at their ends."""
    count, length = raw.shape
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(length)
    whole = pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(raw)))
    return pc.ascii_rtrim(whole, characters=" \0")


def _decoded(texts: pa.Array, codec: str) -> pa.Array:
    """Return texts whose bytes are of a codec; a character cut off by the column's width becomes U+FFFD."""
    if codec == "utf-8":
        try:
            texts.validate(full=True)
        except pa.ArrowInvalid:
            pass
        else:
            return texts
    words = pa.BinaryArray.from_buffers(pa.binary(), len(texts), texts.buffers()).dictionary_encode()
    values = pa.array([word.decode(codec, "replace") for word in words.dictionary.to_pylist()], pa.string())
    return values.take(words.indices)


def _filled(column: pa.Array) -> Doubles:
    return np.asarray(pc.fill_null(column, 0), np.float64)


def _all(flags: pa.Array) -> bool:
    return pc.all(flags).as_py() is not False


def _data(texts: Any) -> Bytes:
    """Return the bytes of all cells of an array without nulls, end to end."""
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return np.zeros(0, np.uint8)
    size = np.dtype(np.int32).itemsize
    ends = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * size)
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
