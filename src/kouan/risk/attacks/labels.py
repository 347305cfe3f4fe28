"""What a treated value may stand for: numbers and dates as intervals, masks and shortened words as patterns."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Interval = tuple[float, float]
"""Both ends belong to it."""

EVERYTHING: Interval = (-math.inf, math.inf)
_N = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_ZERO = re.compile(r"[-+]?0\d")
_DECORATION = re.compile(r"[¥$€£元岁\s]|(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(rf"\s*({_N})\s*\Z")
_CLOSED = re.compile(rf"\s*([\[(])\s*({_N})\s*[,;]\s*({_N})\s*([\])])\s*\Z")
_BAND = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[-–~]\s*(\d+(?:\.\d+)?)\s*\Z")
_FROM = re.compile(rf"\s*(?:(>=|≥|>)\s*({_N})|({_N})\s*\+)\s*\Z")
_TO = re.compile(rf"\s*(<=|≤|<)\s*({_N})\s*\Z")
_DAY = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?\Z")
_COMPACT = re.compile(r"\s*((?:18|19|20|21)\d{2})(\d{2})(\d{2})\s*\Z")
_MONTH = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})月?\s*\Z")
_QUARTER = re.compile(r"\s*(\d{4})-?Q([1-4])\s*\Z")
_DAYS = re.compile(r"\[([-\d]+),([-\d]+)\]\Z")
_OR_EMPTY = "|∅"
_YEARS = re.compile(r"\s*(\d{4})(?:\s*[-–]\s*(\d{4})|年)?\s*\Z")


def is_suppressed(label: str) -> bool:
    """Tell whether a label says nothing at all: only stars, or empty."""
    return not label.strip().strip("*")


def number(text: str) -> float | None:
    """Return a plain number; None for anything else, also for digits led by a zero, which are codes.

    Thousands separators, a currency sign, 元 and 岁 are left aside.
    """
    found = _NUMBER.match(_DECORATION.sub("", unicodedata.normalize("NFKC", text)))
    if not found or _ZERO.match(found[1]):
        return None
    return float(found[1])


def number_label(text: str) -> Interval | None:
    """Return the interval of `25`, `[20,25)`, `20-24`, `80+`, `>=80`, `<20` or stars; None for anything else.

    `20-24` are whole numbers and reaches up to, not including, 25, as bands of ages are meant. `[20,25]|∅` may also
    stand for an empty cell.
    """
    text = text.removesuffix(_OR_EMPTY)
    if is_suppressed(text):
        return EVERYTHING
    one = number(text)
    if one is not None:
        return one, one
    if found := _CLOSED.match(text):
        low, high = float(found[2]), float(found[3])
        low = low if found[1] == "[" else math.nextafter(low, math.inf)
        return low, high if found[4] == "]" else math.nextafter(high, -math.inf)
    if found := _BAND.match(text):
        whole = "." not in text
        high = float(found[2])
        return float(found[1]), math.nextafter(high + 1, -math.inf) if whole else high
    return _open(text)


def _open(text: str) -> Interval | None:
    if found := _FROM.match(text):
        low = float(found[2] or found[3])
        return (math.nextafter(low, math.inf) if found[1] == ">" else low), math.inf
    if found := _TO.match(text):
        high = float(found[2])
        return -math.inf, (math.nextafter(high, -math.inf) if found[1] == "<" else high)
    return None


def day(text: str) -> float | None:
    """Return a whole date as a day number; a time of day is left aside."""
    found = _DAY.match(text) or _COMPACT.match(text)
    if not found:
        return None
    try:
        return float(dt.date(int(found[1]), int(found[2]), int(found[3])).toordinal())
    except ValueError:
        return None


def date_label(text: str) -> Interval | None:
    """Return the days of `2020-05-03`, `2020-05`, `2020-Q2`, `2020`, `2020-2024` or stars; None for anything else.

    `[2020-05-03,2020-06-01]` has both ends, and `|∅` may follow it, as with numbers.
    """
    text = text.removesuffix(_OR_EMPTY)
    if is_suppressed(text):
        return EVERYTHING
    one = day(text)
    if one is not None:
        return one, one
    return _range_of_days(text) or _calendar(text)


def _range_of_days(text: str) -> Interval | None:
    found = _DAYS.match(text)
    low, high = (day(found[1]), day(found[2])) if found else (None, None)
    return None if low is None or high is None else (low, high)


def _calendar(text: str) -> Interval | None:
    if found := _QUARTER.match(text):
        last = int(found[2]) * 3
        return _days(int(found[1]), last - 2, int(found[1]), last)
    if found := _YEARS.match(text):
        return _days(int(found[1]), 1, int(found[2] or found[1]), 12)
    if found := _MONTH.match(text):
        return _days(int(found[1]), int(found[2]), int(found[1]), int(found[2]))
    return None


def _days(year: int, month: int, last_year: int, last_month: int) -> Interval | None:
    try:
        first = dt.date(year, month, 1)
        last = dt.date(last_year, last_month, monthrange(last_year, last_month)[1])
    except ValueError:
        return None
    return (float(first.toordinal()), float(last.toordinal())) if first <= last else None


def set_parts(label: str) -> tuple[str, ...]:
    """Return what a label such as `{a,b}` or `{a,b}|∅` names, and of `a|∅` a; nothing where it is no set."""
    text = label.removesuffix(_OR_EMPTY)
    if text.startswith("{") and text.endswith("}"):
        return tuple(text[1:-1].split(","))
    return () if text == label else (text,)


@dataclass(frozen=True, slots=True)
class Scale:
    """A way to read a column as numbers: plain values and treated labels."""

    value: Callable[[str], float | None]
    label: Callable[[str], Interval | None]


SCALES = (Scale(number, number_label), Scale(day, date_label))


@dataclass(frozen=True, slots=True)
class Mask:
    """A masked value: its beginning, its end, and how long the value is."""

    head: str
    tail: str
    length: int


def mask(label: str) -> Mask | None:
    """Return the mask of `138****0013`; None where there is no star."""
    if "*" not in label:
        return None
    return Mask(label[: label.index("*")], label[label.rindex("*") + 1 :], len(label))
