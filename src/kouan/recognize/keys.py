"""Subject keys as fixed-width values: exact where they fit, a keyed hash where they are long (DESIGN 4.6)."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.cells import as_text, compact, kind_of, normal, shape_of, view
from kouan.recognize.days import UNKNOWN, age_under14, read_days, under14
from kouan.recognize.patterns import CONFIRMED, NOT
from kouan.recognize.recognizers import mobile, ric
from kouan.recognize.scan import whole_cells

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.time import LegalDay
    from kouan.recognize.lexicon import Lexicon

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]
    States = npt.NDArray[np.int8]

WIDTH = 32
_HASH = 16  # bytes: 128 bits


def person_hash(person_key: bytes, kind: str, normalised: str) -> bytes:
    """Return the 128-bit name of a person: HMAC-SHA256 over `v1|kind|normalised`, truncated."""
    return hmac.digest(person_key, f"v1|{kind}|{normalised}".encode(), "sha256")[:_HASH]


def row_texts(column: Any, lexicon: Lexicon) -> tuple[Ints, Any]:
    """Return for each row the index of its text in normal form (-1: it holds nothing), and the texts."""
    if kind_of(column.type) == "other":
        return np.full(len(column), -1, np.int64), pa.array([], pa.string())
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    text = pc.utf8_trim_whitespace(
        normal(as_text(coded.dictionary.fill_null("") if _texts(coded) else coded.dictionary))
    )
    empty = np.asarray(pc.is_in(pc.utf8_lower(text), pa.array(lexicon.words["missing"])), np.bool_)
    index = np.asarray(coded.indices.cast(pa.int64()).fill_null(-1), np.int64).copy()
    index[(index >= 0) & np.append(empty, False)[index]] = -1
    return index, text


def _texts(coded: Any) -> bool:
    return kind_of(coded.type) == "text"


def key_values(kind: str, column: Any, *, lexicon: Lexicon, today: LegalDay, person_key: bytes) -> Any:
    """Return one key per row as an Arrow array, null where there is none.

    Args:
        kind: `ric`, `mobile` and `birth` give int64 (17 digits, subscriber number, YYYYMMDD); `email`, `name` and
            `id:...` give 32 bytes: the text itself, or its keyed hash when it is longer.
        column: one part of the column.
        lexicon: for missing values.
        today: the legal day.
        person_key: key of the hash.
    """
    index, text = row_texts(column, lexicon)
    if kind in ("ric", "mobile"):
        values, valid = _numbers(kind, text, today)
    elif kind == "birth":
        first, last = read_days(text, shape_of(text))
        values, valid = first, (first > 0) & (first == last)
    else:
        return _fixed(kind, text, person_key).take(pa.array(index, mask=index < 0))
    known = np.append(valid, False)[index] & (index >= 0)
    return pa.array(np.append(values, 0)[index], mask=~known)


def _numbers(kind: str, text: Any, today: LegalDay) -> tuple[Ints, Bools]:
    runs = compact(text, shape_of(text))
    values = np.zeros(len(text), np.int64)
    graded = whole_cells(text, today)["cn.ric" if kind == "ric" else "cn.mobile"]
    valid = graded == CONFIRMED if kind == "ric" else graded > NOT
    for length in (18,) if kind == "ric" else (11, 13, 15):
        rows, matrix = runs.matrix(length)
        rows, matrix = rows[valid[rows]], matrix[valid[rows]]
        if len(rows):
            values[rows] = ric.body_number(matrix) if kind == "ric" else mobile.subscriber(matrix)
    return values, valid


def _fixed(kind: str, text: Any, person_key: bytes) -> Any:
    """Return texts as 32-byte values: zero-padded when they fit, else their keyed hash."""
    if kind == "email":
        text = pc.utf8_lower(text)
    data, offsets = view(text)
    length = np.diff(offsets)
    cells = np.zeros((len(text), WIDTH), np.uint8)
    fits = length <= WIDTH
    for size in np.unique(length[fits]):
        rows = np.flatnonzero(length == size)
        cells[rows, :size] = data[offsets[rows, None] + np.arange(size)]
    for row in np.flatnonzero(~fits):
        digest = person_hash(person_key, kind, text[int(row)].as_py())
        cells[row, WIDTH - _HASH :] = np.frombuffer(digest, np.uint8)
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(WIDTH), len(text), [None, pa.py_buffer(cells.tobytes())])


def ages(kind: str, column: Any, *, lexicon: Lexicon, today: LegalDay) -> States:
    """Return per row whether its person is under 14 (YES, NO, UNKNOWN), by resident ID, birth date or age."""
    index, text = row_texts(column, lexicon)
    if kind == "age":
        state = np.array([age_under14(value) for value in text.to_pylist()], np.int8)
    elif kind == "ric":
        values, valid = _numbers("ric", text, today)
        birth = np.where(valid, values // 1000 % 100_000_000, 0)
        state = under14(birth, birth, today)
        state[~valid] = UNKNOWN
    else:
        first, last = read_days(text, shape_of(text))
        state = under14(first, last, today)
        state[first == 0] = UNKNOWN
    states: States = np.append(state, np.int8(UNKNOWN)).astype(np.int8)[index]
    return states
