"""Arithmetic on digits in bytes that several identifiers share; plain Python that is also compiled."""

from __future__ import annotations

from typing import Any

from kouan.recognize.kernel.words import ROOM, STEP, of_digits, seven

PROVINCES = bytes(
    head
    in {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46}
    | {50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
    for head in range(100)
)
"""First two digits of GB/T 2260 area codes (81-83: residence permits of Hong Kong, Macao, Taiwan residents)."""
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MONTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def number(data: Any, at: int, end: int) -> int:
    """Return the number that stands in the digits of `data[at:end]` (up to 18 of them)."""
    value = 0
    for place in range(at, end):
        value = value * 10 + (data[place] - 48)
    return value


def all_digits(data: Any, at: int, end: int) -> bool:
    """Tell whether `data[at:end]` holds digits alone."""
    while at + ROOM <= end:
        if not of_digits(seven(data, at)):
            return False
        at += STEP
    for place in range(at, end):
        if data[place] < 48 or data[place] > 57:
            return False
    return True


def in_calendar(day: int) -> bool:
    """Tell whether a YYYYMMDD number is a day of the Gregorian calendar."""
    year, month, dom = day // 10_000, day // 100 % 100, day % 100
    if month < 1 or month > 12 or dom < 1:
        return False
    if month != 2 or dom <= _MONTHS[2]:
        return dom <= _MONTHS[month]
    return dom == _MONTHS[2] + 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_birth(day: int, today: int) -> bool:
    """Tell whether a YYYYMMDD number is a day from 1880 to today."""
    return 18_800_101 <= day <= today and in_calendar(day)


def luhn(data: Any, at: int, end: int) -> bool:
    """Tell whether digits pass the Luhn check (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place in range(end - 1, at - 1, -2):
        total += data[place] - 48
    for place in range(end - 2, at - 1, -2):
        total += _DOUBLED[data[place] - 48]
    return total % 10 == 0


def mod_11_2(data: Any, at: int, end: int) -> bool:
    """Tell whether the last of 18 characters, a digit or X, is the ISO 7064 MOD 11-2 check of the digits before it."""
    total = 0
    for place in range(17):
        total += (data[at + place] - 48) * _WEIGHTS[place]
    last = data[end - 1]
    return (total + (10 if last in (88, 120) else last - 48)) % 11 == 1
