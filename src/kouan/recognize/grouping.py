"""Equal values as the first row that has them, a span of rows at a time, so that little beside the result is held.

A code is the number of the first row with the same value, -1 where the row has none. It needs four bytes a row, and a
label made of such codes is a row of its group, so that no label is larger than the rows are many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.recognize.kernel.start import code_numbers, code_pairs, code_texts, is_compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

SPAN = 1 << 20
PASS = 1 << 20
"""Rows whose pairs are told apart at a time."""
ROWS_AT_MOST = 1 << 30
_MIX = np.uint64(0x9E3779B97F4A7C15)


def spans(rows: int) -> Iterator[slice]:
    """Yield slices that cover the rows."""
    for start in range(0, rows, SPAN):
        yield slice(start, min(start + SPAN, rows))


def nothing(rows: int) -> Codes:
    """Return a code for each row that says it has none; it takes no memory and must not be written."""
    return np.broadcast_to(np.int32(-1), rows)


def own(rows: int) -> Codes:
    """Return for each row itself."""
    return np.arange(rows, dtype=np.int32)


def table(rows: int, value: int) -> Codes:
    """Return an array to be looked up by code; its last place is that of -1."""
    return np.full(rows + 1, value, np.int32)


def put_codes(codes: Codes, rows: Codes, values: Any) -> None:
    """Write for each of some rows, in order, the first of them with the same value of an Arrow array without nulls."""
    compiled = is_compiled(values.nbytes)
    if compiled and pa.types.is_int64(values.type):
        code_numbers(np.asarray(values), rows, codes)
    elif compiled and pa.types.is_string(values.type):
        code_texts(values, rows, codes)
    else:
        dense = np.asarray(values.dictionary_encode().indices, np.int64)
        top = np.maximum.accumulate(dense)
        new = np.flatnonzero(np.diff(top, prepend=-1))
        codes[rows] = rows[new[dense]]


def first_rows(left: Codes, right: Codes, where: Bools | None = None) -> Codes:
    """Return a code per distinct pair; rows without the left one, or outside `where`, have none."""
    rows = len(left)
    result = np.full(rows, -1, np.int32)
    turns = min(-(-rows // PASS), 255)
    if rows and is_compiled(left.nbytes) and left.flags.c_contiguous and right.flags.c_contiguous:
        code_pairs(left, right, np.ones(rows, np.bool_) if where is None else where, turns, result)
        return result
    turn = np.zeros(rows, np.uint8)
    for span in spans(rows):
        has = left[span] >= 0
        if where is not None:
            has &= where[span]
        turn[span][has] = 1 if turns == 1 else _turns(_pairs(left[span][has], right[span][has]), turns)
    for one in range(1, turns + 1):
        at = _places(turn, one)
        result[at] = at[_first_numbers(_pairs(left[at], right[at]))]
    return result


def _first_numbers(values: Ints) -> Ints:
    """Return for each place the first place that holds the same number; sorts, which holds less than Arrow's table."""
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    firsts: Ints = np.empty_like(order)
    if len(starts):
        least = np.minimum.reduceat(order, starts)
        firsts[order] = np.repeat(least, np.diff(starts, append=len(order)))
    return firsts


def _pairs(left: Codes, right: Codes) -> Ints:
    pairs: Ints = (left.astype(np.int64) << 32) + (right + np.int64(1))
    return pairs


def _turns(pairs: Ints, turns: int) -> npt.NDArray[np.uint8]:
    """Return when each pair is told apart from others; equal ones at the same time."""
    mixed = (pairs.view(np.uint64) * _MIX) >> np.uint64(40)
    return (mixed % np.uint64(turns)).astype(np.uint8) + np.uint8(1)


def _places(turn: npt.NDArray[np.uint8], one: int) -> Codes:
    found = [(np.flatnonzero(turn[span] == one) + span.start).astype(np.int32) for span in spans(len(turn))]
    return np.concatenate(found)


def distinct(codes: Codes) -> int:
    """Return how many values the rows have."""
    return sum(int(np.count_nonzero(codes[span] == np.arange(span.start, span.stop))) for span in spans(len(codes)))


def marked(labels: Codes, rows: Bools) -> Bools:
    """Return for each label whether one of the rows has it; the last place, where -1 points, says no."""
    marks = np.zeros(len(labels) + 1, np.bool_)
    for span in spans(len(labels)):
        marks[labels[span][rows[span]]] = True
    marks[-1] = False
    return marks


def lower(into: Codes, codes: Codes, values: Codes, rows: Bools) -> None:
    """Put into a table, for each code of the rows, the smallest of their values unless a smaller one stands there."""
    for span in spans(len(codes)):
        at = np.flatnonzero(rows[span] & (codes[span] >= 0))
        np.minimum.at(into, codes[span][at], values[span][at])
