"""Dates that move by their subject."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from kouan.deidentify.references import subject_of_reference
from kouan.deidentify.shift import Shift

KEY = bytes(range(32))
WHOLE = "2024-05-03"


def moved(value, *, subject="7", **more):
    return Shift(KEY, **more)(pa.array([value], pa.string()), pa.array([subject], pa.string())).to_pylist()[0]


def offset(subject="7", **more):
    return dt.date.fromisoformat(moved(WHOLE, subject=subject, **more)) - dt.date.fromisoformat(WHOLE)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("2024-05-03", "%Y-%m-%d"),
        ("2024-05-03T10", "%Y-%m-%dT10"),
        ("2024-05-03T10:30:00.5+08:00", "%Y-%m-%dT10:30:00.5+08:00"),
        ("2024-05-03Z", "%Y-%m-%dZ"),
        ("2024-05-03 10:30:00", "%Y-%m-%d 10:30:00"),
        ("2024/05/03", "%Y/%m/%d"),
        ("2024年05月03日", "%Y年%m月%d日"),
        ("20240503", "%Y%m%d"),
        ("20240503101500.123+0800", "%Y%m%d101500.123+0800"),
        ("03-May-2024", "%d-%b-%Y"),
        ("２０２４-05-03", "%Y-%m-%d"),
    ],
)
def test_whole_dates_move_by_the_days_of_their_subject_in_their_own_writing(value, form):
    assert moved(value) == (dt.date(2024, 5, 3) + offset()).strftime(form)


def test_numbers_without_a_zero_stay_without_one_and_capitals_stay_capitals():
    day = dt.date(2024, 5, 3) + offset()
    assert moved("2024/5/3") == f"{day.year}/{day.month}/{day.day}"
    assert moved("2024年5月3日") == f"{day.year}年{day.month}月{day.day}日"
    assert moved("03MAY2024") == day.strftime("%d%b%Y").upper()


def test_partial_dates_move_from_the_middle_of_what_is_missing():
    assert moved("2024-05") == (dt.date(2024, 5, 15) + offset()).strftime("%Y-%m")
    assert moved("202405") == (dt.date(2024, 5, 15) + offset()).strftime("%Y%m")
    assert moved("2024年5月") == "{0.year}年{0.month}月".format(dt.date(2024, 5, 15) + offset())
    assert moved("2024") == (dt.date(2024, 7, 15) + offset()).strftime("%Y")
    assert moved("2024---15") == (dt.date(2024, 7, 15) + offset()).strftime("%Y---%d")
    assert moved("--05-03") == (dt.date(2000, 5, 3) + offset()).strftime("--%m-%d")


def test_intervals_move_at_both_ends():
    assert moved("2024-05-03/2024-05-09") == f"{moved('2024-05-03')}/{moved('2024-05-09')}"


@pytest.mark.parametrize(
    "value",
    ["", "x", "2024-02-30", "2024-13", "2024-00-01", "05/03/2024", "13800138000", "2024-05-03 张三", "2024/2024/2024"],
)
def test_what_is_no_date_becomes_null(value):
    assert moved(value) is None


def test_null_dates_and_dates_without_a_subject_become_null():
    dates = pa.array([None, WHOLE, WHOLE, WHOLE])
    assert Shift(KEY)(dates, pa.array(["7", None, "", "  "])).to_pylist() == [None] * 4


def test_a_reference_and_the_id_that_it_names_move_alike():
    uuid = "123e4567-e89b-12d3-a456-426614174000"
    assert len({offset(name) for name in ("7", "Patient/7", "https://h.example/fhir/Patient/7/_history/2")}) == 1
    assert len({offset(name) for name in (uuid, f"urn:uuid:{uuid}", f"urn:uuid:{uuid.upper()}")}) == 1
    assert subject_of_reference(pa.array(["STUDY/001", "a/b", "10:30", None])).to_pylist() == [
        "STUDY/001",
        "a/b",
        "10:30",
        None,
    ]


def test_dates_move_back_and_offsets_fill_the_range():
    found = {offset(str(at), days=3).days for at in range(200)}
    assert found == {-3, -2, -1}


def test_the_key_decides():
    column, subjects = pa.array([WHOLE] * 20), pa.array([str(at) for at in range(20)])
    assert Shift(KEY)(column, subjects) != Shift(KEY[::-1])(column, subjects)


def test_the_time_of_day_can_be_dropped():
    assert moved("2024-05-03T10:30:00+08:00", keep_time=False) == moved(WHOLE)
    assert moved("20240503101500+0800", keep_time=False) == moved(WHOLE).replace("-", "")


def test_dates_and_timestamps_of_arrow_move_too():
    days = pa.array([dt.date(2024, 5, 3)])
    stamps = pa.array(["2024-05-03 10:30:00"]).cast(pa.timestamp("s"))
    assert Shift(KEY)(days, pa.array([7])).to_pylist() == [moved(WHOLE)]
    assert Shift(KEY)(stamps, pa.array([7])).to_pylist() == [moved(WHOLE) + " 10:30:00"]
