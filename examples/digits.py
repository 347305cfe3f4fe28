"""Numbers with their check digits, made whole columns at a time as matrices of ASCII digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

_ZERO = ord("0")
_RIC_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_RIC_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_MOBILE_HEADS = np.array(
    [list(head) for head in (b"135", b"136", b"138", b"139", b"150", b"158", b"177", b"186", b"199")]
)
_TEST_BIN = b"629999"
_CARD_DIGITS = 19


def text(matrix: NDArray[np.uint8]) -> pa.Array:
    """Return a matrix of ASCII codes, shape (n, width), as n strings of that width."""
    count, width = matrix.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix)))


def padded(values: NDArray[np.int64], width: int) -> NDArray[np.uint8]:
    """Return whole numbers as zero-padded ASCII digits, shape (n, width)."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return np.asarray(values[:, None] // powers % 10 + _ZERO, dtype=np.uint8)


def beside(parts: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Return matrices joined side by side."""
    return np.concatenate(parts, axis=1)


def dates(days: NDArray[np.datetime64]) -> NDArray[np.uint8]:
    """Return days as `YYYYMMDD`, shape (n, 8)."""
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]")
    year = years.astype(np.int64) + 1970
    month = (months - years.astype("datetime64[M]")).astype(np.int64) + 1
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    return padded(year * 10000 + month * 100 + day, 8)


def resident_ids(
    rng: Generator, areas: NDArray[np.uint8], *, births: NDArray[np.datetime64], male: NDArray[np.bool_]
) -> pa.Array:
    """Return 18-digit resident identity numbers (GB 11643: area, birth date, order odd for men, MOD 11-2)."""
    order = rng.integers(1, 499, len(male)) * 2 + male
    return checked_ids(beside([areas, dates(births), padded(order, 3)]))


def checked_ids(body: NDArray[np.uint8]) -> pa.Array:
    """Return resident identity numbers of their first 17 digits, shape (n, 17), with the check digit."""
    remainder = ((body.astype(np.int64) - _ZERO) @ _RIC_WEIGHTS) % len(_RIC_CHECKS)
    return text(beside([body, _RIC_CHECKS[remainder][:, None]]))


def mobiles(rng: Generator, count: int) -> pa.Array:
    """Return 11-digit mobile digits."""
    heads = _MOBILE_HEADS[rng.integers(0, len(_MOBILE_HEADS), count)].astype(np.uint8)
    return text(beside([heads, _random(rng, count, 8)]))


def cards(rng: Generator, count: int) -> pa.Array:
    """Return 19-digit card numbers with a Luhn digit (ISO/IEC 7812-1) under one BIN kept for these examples."""
    bank = np.tile(np.frombuffer(_TEST_BIN, dtype=np.uint8), (count, 1))
    body = beside([bank, _random(rng, count, _CARD_DIGITS - 1 - len(_TEST_BIN))])
    values = body.astype(np.int64)[:, ::-1] - _ZERO
    doubled = values[:, ::2] * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1) + values[:, 1::2].sum(axis=1)  # noqa: PLR2004 - 9 is Luhn's
    return text(beside([body, ((10 - total % 10) % 10 + _ZERO).astype(np.uint8)[:, None]]))


def member_ids(numbers_of: NDArray[np.int64]) -> pa.Array:
    """Return member ids: M and nine digits, spread so that they do not tell the order of registration."""
    spread = (numbers_of.astype(np.int64) * 611_953 + 77_317) % 1_000_000_000
    mark = np.full((len(spread), 1), ord("M"), dtype=np.uint8)
    return text(beside([mark, padded(spread, 9)]))


def _random(rng: Generator, count: int, width: int) -> NDArray[np.uint8]:
    return rng.integers(_ZERO, _ZERO + 10, (count, width), dtype=np.uint8)
