"""What a recognizer of one identifier is, and byte arithmetic that several of them share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    import numpy.typing as npt

    from kouan.model.time import LegalDay

    Grades = npt.NDArray[np.int8]
    Bytes = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

NOT, SUSPECTED, CONFIRMED = 0, 1, 2
_BAD = 99
DIGIT = np.full(256, _BAD, np.int64)
DIGIT[ord("0") : ord("9") + 1] = np.arange(10)

_CODES = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
    81,
    82,
    83,
)
PROVINCES = np.isin(np.arange(100), _CODES)
"""First two digits of GB/T 2260 area codes (81-83: residence permits of Hong Kong, Macao, Taiwan residents)."""

_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A recognizer over byte matrices.

    Attributes:
        id: identifier, such as `cn.ric`.
        lengths: characters of its compact forms.
        grade: (n, length) bytes and the legal day -> n grades: NOT, SUSPECTED (format only), CONFIRMED (check right).
        groups: lengths of its parts when written with single blanks or hyphens inside text.
        inside: also looked for inside longer text.
        chance: share of random strings of its format that pass its check; 1 when it has none.
    """

    id: str
    lengths: tuple[int, ...]
    grade: Callable[[Bytes, LegalDay], Grades]
    groups: tuple[tuple[int, ...], ...] = ()
    inside: bool = False
    chance: float = field(default=1.0)


def digits(cells: Bytes) -> tuple[Ints, Bools]:
    """Return the digits of a byte matrix (0 for anything else) and which rows hold nothing else."""
    values = cells - np.uint8(ord("0"))  # smaller bytes wrap around to large ones
    bad = values > 9  # noqa: PLR2004
    values[bad] = 0
    whole: Bools = np.logical_not(bad.any(axis=1))
    return values.astype(np.int64), whole


def number(values: Ints) -> Ints:
    """Return the numbers whose decimal digits stand in the rows (up to 18 digits)."""
    scale = 10 ** np.arange(values.shape[1] - 1, -1, -1, dtype=np.int64)
    result: Ints = values @ scale
    return result


def real_days(day: Ints, today: LegalDay) -> Bools:
    """Tell which YYYYMMDD numbers are calendar days from 1880 to today."""
    result: Bools = in_calendar(day) & (day >= 18_800_101) & (day <= as_number(today))  # noqa: PLR2004
    return result


def in_calendar(day: Ints) -> Bools:
    """Tell which YYYYMMDD numbers are calendar days."""
    year, month, dom = day // 10_000, day // 100 % 100, day % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = _DAYS[np.where((month >= 1) & (month <= 12), month, 0)] + ((month == 2) & leap)  # noqa: PLR2004
    result: Bools = (dom >= 1) & (dom <= last)
    return result


def as_number(day: dt.date) -> int:
    """Return a day as YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def luhn(values: Ints) -> Bools:
    """Tell which rows of digits pass the Luhn check (ISO/IEC 7812-1 annex B)."""
    doubled = values[:, -2::-2] * 2
    total = values[:, -1::-2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)  # noqa: PLR2004
    result: Bools = total % 10 == 0
    return result


def grades(fits: Any, check: Callable[[Ints], Bools] | None = None) -> Grades:
    """Return CONFIRMED where the check is right, SUSPECTED where only the format fits.

    Args:
        fits: which cells have the format.
        check: tells of row numbers which have a right check digit; asked only for cells that have the format.
    """
    result: Grades = np.where(fits, SUSPECTED, NOT).astype(np.int8)
    if check is not None:
        rows = np.flatnonzero(fits)
        result[rows[check(rows)]] = CONFIRMED
    return result
