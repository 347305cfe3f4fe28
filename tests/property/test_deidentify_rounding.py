"""Rounding: the nearest multiple, as exact arithmetic has it."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same


def rounded(column, base):
    line = PlanLine(item="a!a#x", action=Action.GENERALISE, params={"to": "rounded", "base": base}, why=same("t"))
    return transform(line, Given("amount", b""))(column).to_pylist()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.none() | st.integers(-(10**12), 10**12), max_size=30), st.integers(1, 10**6))
def test_whole_numbers_go_to_the_nearest_multiple(numbers, base):
    wanted = [None if one is None else str(floor(Fraction(one, base) + Fraction(1, 2)) * base) for one in numbers]
    assert rounded(pa.array(numbers, pa.int64()), base) == wanted
    assert rounded(pa.array([None if one is None else f"¥{one:,}" for one in numbers], pa.string()), base) == wanted


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30), st.integers(1, 1000))
def test_no_result_is_further_away_than_half_the_base(numbers, base):
    for number, found in zip(numbers, rounded(pa.array(numbers), base), strict=True):
        assert int(found) % base == 0
        assert abs(int(found) - number) <= base / 2 * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize("column", [[None, None], ["x", "", "1e5"], [float("nan"), float("inf")], ["1" * 40]])
def test_what_is_no_number_is_emptied(column):
    assert rounded(pa.array(column), 10) == [None] * len(column)
