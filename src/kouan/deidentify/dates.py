"""Dates to a coarser unit: month, quarter, year, or a band of five or ten years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct, pick

UNITS = ("month", "quarter", "year", "five_years", "ten_years")
"""Finest first; each is a part of the next."""

_YEAR = r"^\s*(?P<y>(?:18|19|20|21)\d{2})"
_SEPARATED = _YEAR + r"(?:[-/.年]\s?(?P<m>\d{1,2})(?:[-/.月]\s?(?P<d>\d{1,2})日?(?:[T\s].*)?|月)?|年)?\s*$"
_COMPACT = _YEAR + r"(?P<m>\d{2})(?P<d>\d{2})?(?:\d{6}|[T\s].*)?\s*$"
_LENGTHS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_FEBRUARY = 2
_LEAP_DAY = 29
_MONTHS = {"month": 1, "quarter": 3}
_BANDS = {"five_years": 5, "ten_years": 10}


@dataclass(frozen=True, slots=True)
class DatePart:
    """Generalises dates, as dates, as timestamps or written as 1990-01-02, 1990/1/2, 19900102 or 1990年1月2日.

    Partial dates serve where they suffice ("1990" has a year and no month). What is no date becomes null, because
    an unread value could hold anything. Day-first and month-first writing (02/01/1990) is ambiguous and not read.

    Attributes:
        to: one of `UNITS`; results read `1990-01`, `1990-Q1`, `1990`, `1990-1994`, `1990-1999`.
        instant: whether results are the first instant of the period, `1990-01-01T00:00:00Z`, for elements that take
            nothing shorter.
    """

    to: str
    instant: bool = False

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the dates in the coarser unit."""
        if pa.types.is_temporal(column.type) and not pa.types.is_time(column.type):
            return over_distinct(column, lambda values: self._label(pc.year(values), pc.month(values)))
        return over_distinct(as_text(column), self._texts)

    def _texts(self, values: pa.Array) -> pa.Array:
        plain = pc.utf8_normalize(values, form="NFKC")
        separated, compact = pc.extract_regex(plain, _SEPARATED), pc.extract_regex(plain, _COMPACT)
        year, month, day = (_number(pc.coalesce(_part(separated, at), _part(compact, at))) for at in range(3))
        right = pa.array(_in_calendar(year, month, day))
        return self._label(pick(right, year), pick(right, month))

    def _label(self, year: Any, month: Any) -> pa.Array:
        if self.instant:
            return self._first(year, month)
        text = pc.utf8_lpad(pc.cast(year, pa.string()), 4, "0")
        if self.to == "year":
            return text
        if self.to == "month":
            return pc.binary_join_element_wise(text, pc.utf8_lpad(pc.cast(month, pa.string()), 2, "0"), "-")
        if self.to == "quarter":
            quarter = pc.add(pc.divide(pc.subtract(month, 1), 3), 1)
            return pc.binary_join_element_wise(text, pc.cast(quarter, pa.string()), "-Q")
        years = _BANDS[self.to]
        first = pc.multiply(pc.divide(year, years), years)
        last = pc.add(first, years - 1)
        return pc.binary_join_element_wise(pc.cast(first, pa.string()), pc.cast(last, pa.string()), "-")

    def _first(self, year: Any, month: Any) -> pa.Array:
        if self.to in _MONTHS:
            step = _MONTHS[self.to]
            month = pc.add(pc.multiply(pc.divide(pc.subtract(month, 1), step), step), 1)
        else:
            month = pick(pc.is_valid(year), pa.scalar(1, pa.int64()))
        band = _BANDS.get(self.to, 1)
        year = pc.multiply(pc.divide(year, band), band)
        parts = (pc.utf8_lpad(pc.cast(part, pa.string()), width, "0") for part, width in ((year, 4), (month, 2)))
        return pc.binary_join_element_wise(*parts, "01T00:00:00Z", "-")


def _part(groups: Any, at: int) -> Any:
    text = pc.struct_field(groups, [at])
    return pick(pc.not_equal(text, ""), text)


def _number(text: Any) -> Any:
    return pc.cast(text, pa.int64())


def _in_calendar(year: Any, month: Any, day: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell where the parts are a day (or month, or year) of the calendar; missing parts are not judged."""
    years, months, days = (pc.fill_null(part, 1).to_numpy(zero_copy_only=False) for part in (year, month, day))
    good = (months >= 1) & (months <= len(_LENGTHS) - 1) & (days >= 1)
    good &= days <= _LENGTHS[np.where(good, months, 1)]
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    right: np.ndarray[Any, np.dtype[np.bool_]] = good & ~((months == _FEBRUARY) & (days == _LEAP_DAY) & ~leap)
    return right
