"""Dates and ages as people write them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from kouan.recognize.cells import shape_of
from kouan.recognize.days import NO, OPEN, UNKNOWN, YES, age_under14, read_age, read_days, under14


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1990-01-31", 19900131, 19900131),
        ("1990/1/3", 19900103, 19900103),
        ("1990-1994", 19900101, 19941231),
        ("1994-1990", 0, 0),
        ("1990-Q1", 19900101, 19900331),
        ("1990-Q2", 19900401, 19900630),
        ("1990-Q4", 19901001, 19901231),
        ("1990.01.03", 19900103, 19900103),
        ("1990年1月3日", 19900103, 19900103),
        ("19900131", 19900131, 19900131),
        ("1990-01-31 08:00:00", 19900131, 19900131),
        ("1990-01-31T08:00:00Z", 19900131, 19900131),
        ("1990-02", 19900201, 19900228),
        ("1990年2月", 19900201, 19900228),
        ("1990", 19900101, 19901231),
        ("1990年", 19900101, 19901231),
        ("3/4/1990", 19900304, 19900403),
        ("31/01/1990", 19900131, 19900131),
        ("1990-02-30", 0, 0),
        ("19901301", 0, 0),
        ("517", 0, 0),
        ("0830", 0, 0),
        ("hello", 0, 0),
        ("", 0, 0),
    ],
)
def test_read_days(text: str, first: int, last: int) -> None:
    cells = pa.array([text])
    low, high = read_days(cells, shape_of(cells))
    assert (low[0], high[0]) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (20121122, 20121122, NO),  # turns 14 today
        (20121123, 20121123, YES),
        (20120101, 20121231, OPEN),
        (20100101, 20141231, OPEN),
        (20130101, 20131231, YES),
        (20261123, 20261123, UNKNOWN),  # not born yet: wrong
        (18000101, 18000101, UNKNOWN),
    ],
)
def test_under14(first: int, last: int, state: int) -> None:
    assert under14(np.array([first]), np.array([last]), dt.date(2026, 11, 22)).tolist() == [state]


def test_born_on_29_february_turns_14_on_1_march() -> None:
    born = np.array([20120229])
    assert under14(born, born, dt.date(2026, 2, 28)).tolist() == [YES]
    assert under14(born, born, dt.date(2026, 3, 1)).tolist() == [NO]
    assert under14(np.array([20100228]), np.array([20100228]), dt.date(2024, 2, 29)).tolist() == [NO]


@pytest.mark.parametrize(
    ("text", "band", "state"),
    [
        ("13", (13, 13), YES),
        ("14岁", (14, 14), NO),
        ("10-13", (10, 13), YES),
        ("10-18", (10, 18), OPEN),
        ("65+", (65, 130), NO),
        ("60岁以上", (60, 130), NO),
        ("18至24岁", (18, 24), NO),
        ("999", None, UNKNOWN),
        ("abc", None, UNKNOWN),
    ],
)
def test_ages(text: str, band: tuple[int, int] | None, state: int) -> None:
    assert read_age(text) == band
    assert age_under14(text) == state
