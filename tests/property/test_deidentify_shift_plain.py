"""Dates moved all at once are moved as one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from kouan.deidentify.shift import Shift
from kouan.deidentify.shift_plain import move_plain

_DATES = st.tuples(
    st.sampled_from(["18", "19", "20", "21", "17"]),
    st.integers(0, 99),
    st.sampled_from(["-", "", "/"]),
    st.integers(0, 13),
    st.integers(0, 32),
    st.sampled_from(["", "T08:30:00+08:00", "T24", "0830", "083015.123+0800", " 10:00", "Z", "x", "00"]),
).map(lambda part: f"{part[0]}{part[1]:02}{part[2]}{part[3]:02}{part[2]}{part[4]:02}{part[5]}")


@given(st.lists(st.none() | _DATES | st.text(max_size=12), max_size=20), st.integers(-3650, -1), st.booleans())
def test_dates_moved_at_once_are_moved_as_one_by_one(texts, days, keep_time):
    one_by_one = Shift(b"k" * 32, keep_time=keep_time)._moved
    array = pa.array(["", *texts], pa.string())[1:]
    moved, done = move_plain(array, np.full(len(texts), days), keep_time=keep_time)
    for text, new, at_once in zip(texts, moved.to_pylist(), done.tolist(), strict=True):
        assert new == (one_by_one(text, days) if at_once else text if text is not None else new)


def test_both_common_forms_are_moved_at_once():
    _, done = move_plain(
        pa.array(["2024-05-03T10:30", "20240503101500+0800", "2024/5/3"]), np.full(3, -1), keep_time=True
    )
    assert done.tolist() == [True, True, False]
