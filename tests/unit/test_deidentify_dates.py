"""Dates by table."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from kouan.deidentify.dates import DatePart

WRITTEN = [
    "1990-01-02",
    "1990/1/2",
    "1990.1.2",
    "19900102",
    "1990年1月2日",
    "１９９０年１月２日",
    "1990-01-02 08:30:00",
    "1990-01-02T08:30:00Z",
    "19900102083000",
    " 1990-1-2 ",
]


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize(
    ("to", "expected"), [("month", "1990-01"), ("quarter", "1990-Q1"), ("year", "1990"), ("five_years", "1990-1994")]
)
def test_every_way_of_writing_a_day(text, to, expected):
    assert DatePart(to)(pa.array([text])).to_pylist() == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "1990-13-01",
        "1990-00-10",
        "1990-02-30",
        "1990-02-29",
        "1900-02-29",
        "02/01/1990",
        "90-01-02",
        "1589-01-01",
        "n/a",
        "",
        "19901",
    ],
)
def test_what_is_no_day_becomes_null(text):
    assert DatePart("year")(pa.array([text])).to_pylist() == [None]


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("1990", "1990", None),
        ("1990年", "1990", None),
        ("1990-07", "1990", "1990-07"),
        ("199007", "1990", "1990-07"),
        ("1990年7月", "1990", "1990-07"),
        ("2000-02-29", "2000", "2000-02"),
    ],
)
def test_partial_dates_serve_where_they_suffice(text, year, month):
    assert DatePart("year")(pa.array([text])).to_pylist() == [year]
    assert DatePart("month")(pa.array([text])).to_pylist() == [month]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([dt.date(2024, 12, 31), None]),
        pa.array([dt.datetime(2024, 12, 31, 23, 59, tzinfo=dt.UTC), None], pa.timestamp("ms")),
        pa.array([dt.datetime(2024, 12, 31, 15, 59, tzinfo=dt.UTC), None], pa.timestamp("us", tz="Asia/Shanghai")),
        pa.array([20241231, None]),
        pa.array([20241231.0, None]),
        pa.array(["20241231", None]).dictionary_encode(),
    ],
)
def test_every_type_of_column(column):
    assert DatePart("quarter")(column).to_pylist() == ["2024-Q4", None]
    assert DatePart("five_years")(column).type == pa.string()


def test_a_column_without_values():
    assert DatePart("year")(pa.nulls(2)).to_pylist() == [None, None]
    assert DatePart("year")(pa.array([], pa.date32())).to_pylist() == []
