"""Dates as people write them, and what they say of an age."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.model.time import age_on
from kouan.recognize.cells import DIGITS, SIGNS, first_bytes, view

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.model.time import LegalDay

    Ints = npt.NDArray[np.int64]
    Bytes = npt.NDArray[np.uint8]
    Bools = npt.NDArray[np.bool_]

_CLOCK = r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
_ISO = re.compile(rf"((?:18|19|20)\d\d)(?:[-/.年]\s?(\d{{1,2}})(?:[-/.月]\s?(\d{{1,2}})日?)?月?|年)?(?:{_CLOCK})?\Z")
_COMPACT = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})\Z")
_YEARS = re.compile(r"((?:18|19|20)\d\d)\s?[-~至]\s?((?:18|19|20)\d\d)\Z")
_QUARTER = re.compile(r"((?:18|19|20)\d\d)-?Q([1-4])\Z")
_FOREIGN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_BAND = re.compile(
    r"\D{0,3}(\d{1,3})(?:\s*(?:-|~|至|到|to)\s*(\d{1,3}))?\s*(\+|岁以上|及以上|以上)?\s*(?:岁|周岁|years?)?\Z"
)
_LIKELY = r"^\d{1,4}(?:年$|[-/.年]\s?\d{1,2}(?:\D.*)?|\s?[-~至]\s?\d{4}|-?Q[1-4])$"
_DIGIT_BYTES = np.frombuffer(b"0123456789", np.uint8)
_OLDEST = 130
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
FOURTEEN = 14

YES, NO, OPEN, UNKNOWN = 1, 2, 3, 0
"""Under 14; not; a birth that is known too roughly to say; no birth known."""


@lru_cache(maxsize=200_000)
def read_day(text: str) -> tuple[int, int] | None:
    """Return the first and last day (YYYYMMDD) that a written date can mean; None when it is no date.

    `1990`, `1990-05`, `1990-Q2` and `1990-1994` mean a year, a month, a quarter and a band of years. Day and month of
    `3/4/1990` are both tried.
    """
    match = _COMPACT.match(text)
    if match:
        return _window(*(int(part) for part in match.groups()))
    match = _ISO.match(text)
    if match:
        return _window(*(int(part) if part else 0 for part in match.groups()))
    match = _YEARS.match(text)
    if match:
        low, high = (int(part) for part in match.groups())
        return (low * 10_000 + 101, high * 10_000 + 1231) if low <= high else None
    match = _QUARTER.match(text)
    if match:
        year, quarter = (int(part) for part in match.groups())
        return year * 10_000 + quarter * 300 - 199, year * 10_000 + quarter * 300 + 31 - (quarter in (2, 3))
    match = _FOREIGN.match(text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        both = [day for day in (_window(year, first, second), _window(year, second, first)) if day]
        return (min(day[0] for day in both), max(day[1] for day in both)) if both else None
    return None


def _window(year: int, month: int, day: int) -> tuple[int, int] | None:
    if not dt.MINYEAR < year < dt.MAXYEAR or (day and not month):
        return None
    try:
        if day:
            only = as_number(dt.date(year, month, day))
            return only, only
        if month:
            last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
            return as_number(dt.date(year, month, 1)), as_number(last)
    except ValueError:
        return None
    return year * 10_000 + 101, year * 10_000 + 1231


def read_days(text: Any, shape: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Return first and last possible day of each cell of a string array, 0 where there is no date."""
    first = _plain_days(text, shape)
    last = first.copy()
    length = np.asarray(pc.binary_length(text), np.int64)
    left = first == 0
    likely = left & (shape == DIGITS) & (length == 4)  # noqa: PLR2004 - a year
    mixed = left & ((shape & DIGITS) > 0) & (shape != DIGITS) & (length >= 5) & (length <= 40)  # noqa: PLR2004
    if mixed.any():
        mixed &= np.isin(first_bytes(text), _DIGIT_BYTES)
    if mixed.any():
        likely[mixed] = np.asarray(pc.match_substring_regex(text.filter(pa.array(mixed)), _LIKELY), np.bool_)
    if likely.any():
        found = [read_day(value) or (0, 0) for value in text.filter(pa.array(likely)).to_pylist()]
        first[likely], last[likely] = np.array(found, np.int64).T
    return first, last


def _plain_days(text: Any, shape: npt.NDArray[np.uint8]) -> Ints:
    """Read `1990-01-31`, `1990/01/31` and `19900131` without a Python loop; 0 where there is something else."""
    data, offsets = view(text)
    length = np.diff(offsets)
    days = np.zeros(len(length), np.int64)
    for rows, places in (
        (np.flatnonzero((length == 10) & (shape == (DIGITS | SIGNS))), (0, 1, 2, 3, 5, 6, 8, 9)),  # noqa: PLR2004
        (np.flatnonzero((length == 8) & (shape == DIGITS)), tuple(range(8))),  # noqa: PLR2004
    ):
        if len(rows) == 0:
            continue
        starts = offsets[rows]
        values, whole = digits(data[starts[:, None] + np.array(places)])
        if len(places) < length[rows[0]]:
            marks = data[starts[:, None] + np.array((4, 7))]
            whole &= ((marks == ord("-")) | (marks == ord("/"))).all(axis=1)
        day = number(values)
        good = whole & in_calendar(day) & (day >= 18_000_101) & (day < 21_000_000)  # noqa: PLR2004
        days[rows[good]] = day[good]
    return days


def under14(first: Ints, last: Ints, today: LegalDay) -> npt.NDArray[np.int8]:
    """Return YES, NO, OPEN or UNKNOWN for people born between two days; a birth in the future is unknown."""
    try:
        limit = as_number(today.replace(year=today.year - FOURTEEN))
    except ValueError:  # 29 February: who was born on it turns 14 on 1 March
        limit = as_number(dt.date(today.year - FOURTEEN, 2, 28))
    state = np.full(len(first), UNKNOWN, np.int8)
    state[(first <= limit) & (last > limit)] = OPEN
    state[(first > limit) & (first <= as_number(today))] = YES
    state[(last <= limit) & (first > (today.year - _OLDEST) * 10_000)] = NO
    return state


@lru_cache(maxsize=20_000)
def read_age(text: str) -> tuple[int, int] | None:
    """Return the lowest and highest age that a cell such as `39`, `45-54` or `65+` says; None when it says none."""
    match = _BAND.match(text)
    if not match:
        return None
    low = int(match[1])
    high = int(match[2]) if match[2] else _OLDEST if match[3] else low
    return (low, high) if low <= high <= _OLDEST else None


def age_under14(text: str) -> int:
    """Return YES, NO, OPEN or UNKNOWN for a stated age or age band."""
    band = read_age(text)
    if band is None:
        return UNKNOWN
    return YES if band[1] < FOURTEEN else NO if band[0] >= FOURTEEN else OPEN


def age_of(day: int, today: LegalDay) -> int:
    """Return completed years on `today` of a person born on a YYYYMMDD day."""
    return age_on(dt.date(day // 10_000, day // 100 % 100, day % 100), today)


def as_number(day: dt.date) -> int:
    """Return a day as YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def in_calendar(day: Ints) -> Bools:
    """Tell which YYYYMMDD numbers are calendar days."""
    year, month, dom = day // 10_000, day // 100 % 100, day % 100
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = _DAYS[np.where((month >= 1) & (month <= 12), month, 0)] + ((month == 2) & leap)  # noqa: PLR2004
    result: Bools = (dom >= 1) & (dom <= last)
    return result


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
