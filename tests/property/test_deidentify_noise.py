"""Noise: the same in every order and every batch, spread as stated, and never without a person."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

KEY = bytes(range(32))
ROWS = st.lists(st.tuples(st.none() | st.integers(-1000, 1000), st.none() | st.integers(0, 9)), min_size=1, max_size=40)


def noisy(numbers, persons, *, key=KEY, **params):
    line = PlanLine(item="a!a#x", action=Action.NOISE, params={"by": "id", "scale": 100, **params}, why=same("t"))
    return transform(line, Given("salary", key))(numbers, persons).to_pylist()


@settings(max_examples=50, deadline=None)
@given(ROWS, st.randoms(use_true_random=False), st.sampled_from(["laplace", "normal"]))
def test_order_batches_and_wording_change_nothing(rows, random, form):
    def run(rows):
        numbers = pa.array([row[0] for row in rows], pa.int64())
        return noisy(numbers, pa.array([row[1] for row in rows], pa.int64()), form=form)

    found = run(rows)
    for (number, person), one in zip(rows, found, strict=True):
        assert (one is None) == (number is None or person is None)
    mixed = list(range(len(rows)))
    random.shuffle(mixed)
    assert run([rows[at] for at in mixed]) == [found[at] for at in mixed]
    assert [run([row])[0] for row in rows] == found
    words = pa.array([None if row[0] is None else f"{row[0]}.0" for row in rows], pa.string())
    names = pa.array([None if row[1] is None else f"Patient/{row[1]}" for row in rows], pa.string())
    plain = pa.array([None if row[1] is None else str(row[1]) for row in rows], pa.string())
    assert noisy(words, names, form=form) == noisy(words, plain, form=form) == found


@settings(max_examples=50, deadline=None)
@given(ROWS, st.integers(-500, 0), st.integers(1, 500), st.integers(0, 6))
def test_results_keep_their_bounds_and_decimals(rows, bottom, top, decimals):
    numbers, persons = (pa.array([row[at] for row in rows], pa.int64()) for at in (0, 1))
    for one in noisy(numbers, persons, bottom=bottom, top=top, decimals=decimals, scale="12.5"):
        assert one is None or bottom <= float(one) <= top
        assert one is None or len(one.partition(".")[2]) == decimals


@pytest.mark.parametrize(("form", "deviation"), [("laplace", 100 * math.sqrt(2)), ("normal", 100)])
def test_the_spread_is_the_stated_one(form, deviation):
    count = 40_000
    found = np.array(noisy(pa.array([5000] * count), pa.array(range(count)), form=form), float) - 5000
    assert abs(found.mean()) < 5 * deviation / math.sqrt(count)
    assert abs(found.std() / deviation - 1) < 0.05
    beyond = math.exp(-3) if form == "laplace" else math.erfc(3 / math.sqrt(2))
    assert abs((np.abs(found) > 300).mean() - beyond) < 5 * math.sqrt(beyond / count)


def test_another_key_gives_other_noise_and_persons_differ():
    numbers, persons = pa.array([5000] * 50), pa.array(range(50))
    one, other = noisy(numbers, persons, decimals=6), noisy(numbers, persons, key=bytes(32), decimals=6)
    assert not set(one) & set(other)
    assert len(set(one)) == 50


@pytest.mark.parametrize("column", [[None, None, None], ["x", "", "1e5"], [float("nan"), float("inf"), None]])
def test_what_is_no_number_is_emptied(column):
    assert noisy(pa.array(column), pa.array(["a", "b", "c"])) == [None] * 3
    assert noisy(pa.array([1, 2, 3]), pa.array([None, "", " "])) == [None] * 3
