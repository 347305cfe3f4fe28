"""Resident identity numbers of GB 11643-1999: division, day of birth, sequence, check character."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.shapes.domain import Domain, Group, by_length, digits, number
from kouan.recognize.arithmetic import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kouan.deidentify.ff1 import Numbers
    from kouan.deidentify.shapes.domain import Letters, Marks

_LENGTH = 18
_ZERO, _NINE = ord("0"), 9
_YEARS = range(1900, 2030)
_FIRST = np.datetime64(f"{_YEARS.start}-01-01", "D")
_DAYS = int((np.datetime64(f"{_YEARS.stop}-01-01", "D") - _FIRST).astype(int))
_PLACES = 10_000
"""Cities and counties of a province: whatever four digits there are."""
_NUMBERS = 1000
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.uint32)
_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_OFF = 5

_GIVEN = np.array([head for head in range(10, 90) if PROVINCES[head]], dtype=np.uint64)
_FREE = [head for head in range(10, 90) if not PROVINCES[head]]
_NOBODYS = np.array(_FREE[-len(_GIVEN) :], dtype=np.uint64)
"""As many first two digits that stand for no province (GB/T 2260); numbers of permanent residents begin with 9."""
_SIZE = len(_GIVEN) * _PLACES * _DAYS * _NUMBERS
_DOMAIN = Domain(2, (_SIZE - 1).bit_length(), 0, _SIZE)


class ResidentId:
    """Numbers whose province, day of birth (1900 to 2029) and check character can be.

    A surrogate begins with two digits that no province has, so that it is nobody's number whatever its check
    character; and that is wrong too unless it is asked to be right. Division, birth and sex of the value are gone;
    those in the surrogate are drawn.
    """

    def __init__(self, *, right_check: bool = False) -> None:
        """Make the shape."""
        self._off = 0 if right_check else _OFF

    def read(self, values: pa.StringArray, *, back: bool) -> Iterator[Group]:
        """Yield the numbers."""
        off, other = (self._off, 0) if back else (0, self._off)
        provinces, others = (_NOBODYS, _GIVEN) if back else (_GIVEN, _NOBODYS)
        for rows, text in by_length(values):
            if text.shape[1] != _LENGTH:
                continue
            body = text[:, :-1] - _ZERO
            fits = (body <= _NINE).all(axis=1) & (_check(body, off) == text[:, -1])
            code = number(body[:, :2])
            born, right_day = _day(body[:, 6:14])
            fits &= right_day & np.isin(code, provinces)
            if not fits.any():
                continue
            ranks = np.searchsorted(provinces, code[fits]).astype(np.uint64)
            for part, size in (
                (number(body[fits, 2:6]), _PLACES),
                (born[fits], _DAYS),
                (number(body[fits, 14:]), _NUMBERS),
            ):
                ranks = ranks * np.uint64(size) + part
            right = np.uint64(_DOMAIN.right)
            yield Group(rows[fits], _DOMAIN, ranks // right, ranks % right, partial(_written, others, off=other))


def _written(provinces: Numbers, left: Numbers, right: Numbers, *, off: int) -> Letters:
    rest = left * np.uint64(_DOMAIN.right) + right
    parts = []
    for size in (_NUMBERS, _DAYS, _PLACES):
        parts.append(rest % np.uint64(size))
        rest = rest // np.uint64(size)
    sequence, day, place = parts
    born = _FIRST + day.astype(np.int64)
    year, month = born.astype("M8[Y]"), born.astype("M8[M]")
    written = (
        digits(provinces[rest.astype(np.intp)], 2),
        digits(place, 4),
        digits((year.astype(np.int64) + 1970).astype(np.uint64), 4),
        digits((month.astype(np.int64) % 12 + 1).astype(np.uint64), 2),
        digits(((born - month.astype("M8[D]")).astype(np.int64) + 1).astype(np.uint64), 2),
        digits(sequence, 3),
    )
    body = np.hstack(written)
    return np.hstack((body + np.uint8(_ZERO), _check(body, off)[:, None]))


def _check(body: Letters, off: int) -> Letters:
    """Return the check character of each 17 digits (ISO 7064 MOD 11-2), moved by `off` places."""
    at = (body.astype(np.uint32) @ _WEIGHTS % 11 + off) % 11
    found: Letters = _CHECKS[at]
    return found


def _day(told: Letters) -> tuple[Numbers, Marks]:
    """Return the days since the first one, and which of the eight digits are a day in the range."""
    year, month, day = (number(told[:, at]).astype(np.int64) for at in (slice(0, 4), slice(4, 6), slice(6, 8)))
    real = np.clip(year, _YEARS.start, _YEARS.stop - 1), np.clip(month, 1, 12), np.clip(day, 1, 31)
    start = ((real[0] - 1970) * 12 + real[1] - 1).astype("M8[M]")
    born: Any = start.astype("M8[D]") + (real[2] - 1)
    fits = (real[0] == year) & (real[1] == month) & (real[2] == day) & (born.astype("M8[M]") == start)
    return (born - _FIRST).astype(np.int64).astype(np.uint64), np.asarray(fits, dtype=np.bool_)
