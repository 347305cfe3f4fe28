"""Cells of a column as distinct texts in one normal form, and as byte matrices without a Python loop.

The normal form is that of `kouan.engine.persons`; cells whose bytes it cannot change are left out of its work.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.engine.persons import spell
from kouan.model.time import SHANGHAI

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]
    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

DIGITS, LETTERS, HIGH, STARS, AT, BLANKS, ODD, SIGNS = 1, 2, 4, 8, 16, 32, 64, 128
_BITS = np.full(256, SIGNS, np.uint8)
_BITS[list(b"0123456789")] = DIGITS
_BITS[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = LETTERS
_BITS[list(b"Xx")] = LETTERS | STARS  # some systems mask with x
_BITS[128:] = HIGH
# Lead bytes of every character that the normal form changes, alone or after another: no-break spaces, marks that
# combine, dashes, full-width and other compatibility forms. Chinese characters proper (E4 to E9) are not among them.
_BITS[list(bytes.fromhex("c2c4c5c7cacbcccdcecfd2d6d7d8d9dbdcdddfe0e1e2e3eaeff0"))] = HIGH | ODD
_BITS[ord("*")] = STARS
_BITS[ord("@")] = AT
_BITS[list(b" \t\r\n")] = BLANKS
_TABLE = _BITS.tobytes()
_INTEGRAL = 2.0**53


@dataclass(frozen=True, slots=True)
class Values:
    """Distinct values of a part of a column as they stand in the file.

    Attributes:
        kind: `text`, `integer`, `decimal`, `date`, `bool` or `other`.
        raw: values (texts trimmed), without missing ones.
        weight: how many cells hold each.
        total, missing: cells, and those that hold nothing (null, blank, NA and the like).
    """

    kind: str
    raw: Any
    weight: Ints
    total: int
    missing: int

    @property
    def shown(self) -> tuple[str, ...]:
        """The first three distinct values (to be masked, never shown)."""
        return tuple(dict.fromkeys(as_text(self.raw.slice(0, 12)).to_pylist()))[:3]


@dataclass(frozen=True, slots=True)
class Cells:
    """Distinct values of a part of a column in their normal form.

    Attributes:
        text: normal form, without missing values; two raw values may share one. Of numbers only the whole ones.
        weight: how many cells hold it.
        shape: which kinds of bytes stand in it (DIGITS | LETTERS | ...).
        kind, total, missing: as of the values.
    """

    text: Any
    weight: Ints
    shape: Bytes
    kind: str
    total: int
    missing: int


@cache
def kind_of(type_: Any) -> str:
    """Return the kind of an Arrow type; a dictionary, and a list of texts, are of their values' kind."""
    if pa.types.is_dictionary(type_) or is_list_of_text(type_):
        return kind_of(type_.value_type)
    tests = (
        ("bool", pa.types.is_boolean),
        ("integer", pa.types.is_integer),
        ("decimal", pa.types.is_floating),
        ("decimal", pa.types.is_decimal),
        ("date", pa.types.is_date),
        ("date", pa.types.is_timestamp),
        ("text", pa.types.is_string),
        ("text", pa.types.is_large_string),
        ("text", pa.types.is_string_view),
    )
    return next((kind for kind, test in tests if test(type_)), "other")


def is_list_of_text(type_: Any) -> bool:
    """Tell whether a column holds the values that repeat inside one record of a document."""
    return bool(pa.types.is_list(type_) and pa.types.is_string(type_.value_type))


def read_values(column: Any, lexicon: Lexicon) -> Values:
    """Return the distinct values of a column (`pa.Array` of any type)."""
    total = len(column)
    kind = kind_of(column.type)
    if is_list_of_text(column.type):  # a record without any value is one cell that holds nothing
        empty = pc.sum(pc.equal(pc.list_value_length(column).fill_null(0), 0)).as_py() or 0
        column = pc.list_flatten(column)
        total = len(column) + empty
    if kind == "other":
        return Values(kind, pa.array([], pa.string()), np.zeros(0, np.int64), total, column.null_count)
    values, weight = _distinct(column)
    if kind == "text":
        values = pc.utf8_trim_whitespace(values.cast(pa.string()))
        here = ~are_words(values, lexicon.words["missing"])
        if not here.all():
            values, weight = values.filter(pa.array(here)), weight[here]
    return Values(kind, values, weight, total, total - int(weight.sum()))


def read_cells(values: Values) -> Cells:
    """Return values in their normal form."""
    if values.kind == "other":
        return Cells(values.raw, values.weight, shape_of(values.raw), values.kind, values.total, values.missing)
    whole = _whole(values.raw)
    text, shape = normal(as_text(values.raw if whole.all() else values.raw.filter(pa.array(whole))))
    return Cells(text, values.weight[whole], shape, values.kind, values.total, values.missing)


def _distinct(column: Any) -> tuple[Any, Ints]:
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    counted = plain.drop_null().value_counts()
    return counted.field(0), np.asarray(counted.field(1), np.int64)


def _whole(values: Any) -> Bools:
    """Tell which values can be an identifier, a year or an age: all texts and days, of floats the whole ones."""
    if not pa.types.is_floating(values.type):
        return np.ones(len(values), np.bool_)
    numbers = np.asarray(values, np.float64)
    whole: Bools = np.isfinite(numbers) & (np.abs(numbers) < _INTEGRAL)
    whole[whole] = numbers[whole] == np.trunc(numbers[whole])
    return whole


def as_text(values: Any) -> Any:
    """Return values as a string array: whole floats lose their `.0`, days and instants become ISO days in Shanghai."""
    if pa.types.is_floating(values.type):
        whole = _whole(values)
        if whole.all():
            return values.cast(pa.int64()).cast(pa.string())
        wholes = iter(values.filter(pa.array(whole)).cast(pa.int64()).cast(pa.string()).to_pylist())
        parts = values.cast(pa.string()).to_pylist()
        return pa.array([next(wholes) if one else part for one, part in zip(whole, parts, strict=True)], pa.string())
    if kind_of(values.type) == "date":
        if pa.types.is_timestamp(values.type) and values.type.tz is not None:
            values = pc.local_timestamp(values.cast(pa.timestamp(values.type.unit, SHANGHAI.key)))
        return values.cast(pa.date32(), safe=False).cast(pa.string())
    return values.cast(pa.string())


def are_words(text: Any, words: tuple[str, ...]) -> Bools:
    """Tell which cells of a string array are one of a few short words, whatever their case."""
    longest = max(len(word.encode()) for word in words)
    found = np.asarray(pc.less_equal(pc.binary_length(text), longest), np.bool_).copy()
    if found.any():
        low = pc.utf8_lower(text.filter(pa.array(found)))
        found[found] = np.asarray(pc.is_in(low, as_array(words)), np.bool_)
    return found


@cache
def as_array(words: tuple[str, ...]) -> Any:
    """Return words as a string array."""
    return pa.array(words, pa.string())


def normal(text: Any) -> tuple[Any, Bytes]:
    """Return the normal form of a string array, row by row, and its shape."""
    shape = shape_of(text)
    odd = (shape & ODD) > 0
    if not odd.any():
        return text, shape
    mask = pa.array(odd)
    part = spell(text.filter(mask))
    shape[odd] = shape_of(part)
    return pc.replace_with_mask(text, mask, part), shape


def shape_of(text: Any) -> Bytes:
    """Return for each row which kinds of bytes stand in it, as bits."""
    data, offsets = view(text)
    if len(offsets) == 1:
        return np.zeros(0, np.uint8)
    bits = np.frombuffer(data.tobytes().translate(_TABLE) + b"\0", np.uint8)
    shape: Bytes = np.bitwise_or.reduceat(bits, offsets[:-1])
    shape[np.diff(offsets) == 0] = 0
    return shape


def first_bytes(text: Any) -> Bytes:
    """Return the first byte of each row of a string array, 0 of an empty one."""
    data, offsets = view(text)
    return np.where(np.diff(offsets) > 0, np.append(data, np.uint8(0))[offsets[:-1]], np.uint8(0))


def view(text: Any) -> tuple[Bytes, Ints]:
    """Return the bytes of a string array without nulls and n + 1 offsets into them, starting at 0."""
    _, offsets, data = text.buffers()
    if len(text) == 0 or offsets is None:
        return np.zeros(0, np.uint8), np.zeros(len(text) + 1, np.int64)
    marks = np.frombuffer(offsets, np.int32)[text.offset : text.offset + len(text) + 1].astype(np.int64)
    content = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return content[marks[0] : marks[-1]], marks - marks[0]
