"""Dates in the two commonest forms, moved all at once: the digits are written over in a copy of the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

_YEAR = r"^(?:18|19|20|21)[0-9]{2}"
_FORMS = (
    (_YEAR + r"-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.+Zz-]{1,40})?$", (5, 8), 10),
    (_YEAR + r"[0-9]{4}(?:[0-9]{2}){0,3}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{4})?$", (4, 6), 8),
)
"""Pattern, where month and day begin, and where the date ends. Each says no more than the form of `Shift` like it."""
_ZERO = ord("0")
_MONTHS = 12


def move_plain(texts: Any, days: Ints, *, keep_time: bool) -> tuple[Any, Bools]:
    """Move dates written `2024-05-03…` or `20240503…`.

    Args:
        texts: string array.
        days: to add to each, int64 [rows].
        keep_time: whether what follows the date stays.

    Returns:
        the texts with these dates moved, null where one is no day of the calendar, and which rows these are.
    """
    done = np.zeros(len(texts), np.bool_)
    bad = np.zeros(len(texts), np.bool_)
    if not len(texts):
        return texts, done
    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    first, last = int(starts[0]), int(starts[-1])
    starts = (starts - first).astype(np.int32)
    digits = np.frombuffer(data or b"", np.uint8)[first:last].copy()
    ends = np.zeros(len(texts), np.int64)
    for pattern, (month, day), end in _FORMS:
        here = np.asarray(pc.fill_null(pc.match_substring_regex(texts, pattern), pa.scalar(False)), np.bool_)
        at = starts[:-1][here].astype(np.int64)
        bad[here] = ~_move(digits, (at, at + month, at + day), days[here])
        done |= here
        ends[here] = end
    moved = pa.StringArray.from_buffers(len(texts), pa.py_buffer(starts), pa.py_buffer(digits))
    if not keep_time:
        for _, _, end in _FORMS:
            moved = pc.if_else(pa.array(ends == end), pc.utf8_slice_codeunits(moved, 0, end), moved)
    return pc.if_else(pa.array(bad), pa.scalar(None, pa.string()), moved), done


def _move(digits: npt.NDArray[np.uint8], places: tuple[Ints, Ints, Ints], days: Ints) -> Bools:
    """Write moved dates over those at some places, and tell which were days of the calendar; the others stay."""
    widths = (4, 2, 2)
    year, month, day = (_read(digits, at, width) for at, width in zip(places, widths, strict=True))
    right = (month >= 1) & (month <= _MONTHS) & (day >= 1)
    months = ((year - 1970) * _MONTHS + np.where(right, month, 1) - 1).astype("M8[M]")
    old = months.astype("M8[D]") + np.where(right, day - 1, 0)
    right &= old.astype("M8[M]") == months
    new = old + days
    parts = (
        new.astype("M8[Y]").astype(np.int64) + 1970,
        new.astype("M8[M]").astype(np.int64) % _MONTHS + 1,
        (new - new.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1,
    )
    for at, width, value in zip(places, widths, parts, strict=True):
        for place in range(width):
            digits[at[right] + width - 1 - place] = _ZERO + value[right] // 10**place % 10
    found: Bools = right
    return found


def _read(digits: npt.NDArray[np.uint8], at: Ints, width: int) -> Ints:
    value = np.zeros(len(at), np.int64)
    for place in range(width):
        value = value * 10 + digits[at + place] - _ZERO
    return value
