"""What holds of every attack: intervals within 0 and 1, one seed one result, nothing to find in independent data."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.risk.attacks import Inference, Linkability, SinglingOut, inference, linkability, make_space, singling_out
from kouan.risk.attacks.intervals import risk, successes

cells = st.one_of(st.none(), st.integers(0, 5).map(str), st.sampled_from(["[0,3)", "2-4", "*", "1*", "x", ">=3"]))
labels = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12)
plain = st.one_of(st.none(), st.integers(0, 5).map(str))
known = st.lists(st.tuples(plain, plain, plain), min_size=1, max_size=12)
LEAST = 0.999


def _table(rows):
    return pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate("abc")})


def _all(space, seed, confidence=0.95):
    names = tuple(space.columns)
    yield singling_out(space, (), SinglingOut(40, seed, confidence, tries=400))
    yield singling_out(space, (), SinglingOut(40, seed, confidence, columns=1))
    if len(names) > 1:
        yield linkability(space, names[:1], names[1:], Linkability(40, seed, confidence, neighbours=2))
        yield inference(space, names[0], (), Inference(40, seed, confidence))


@settings(max_examples=60)
@given(known, labels, st.one_of(st.none(), known), st.integers(0, 9))
def test_every_figure_lies_within_0_and_1_and_hangs_on_the_seed_alone(original, treated, control, seed):
    tables = [_table(original), _table(treated), None if control is None else _table(control)]
    tables[1] = tables[1].append_column("d", pa.array(["1"] * len(treated)))
    tables[0] = tables[0].append_column("d", pa.array(["1"] * len(original)))
    if control is not None:
        tables[2] = tables[2].append_column("d", pa.array(["1"] * len(control)))
    space = make_space(*tables)
    found = list(_all(space, seed))
    for result in found:
        for one in (result.main, result.baseline, result.control):
            assert one is None or 0 <= one.lo <= one.rate <= one.hi <= 1
        assert 0 <= result.risk.lo <= result.risk.value <= result.risk.hi <= 1
    assert found == list(_all(space, seed))


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_more_successes_never_mean_less_risk(tries, outside, data):
    few = data.draw(st.integers(0, tries - 1))
    control = successes(data.draw(st.integers(0, outside)), outside, 1.96)
    less, more = (risk(successes(worked, tries, 1.96), control, 1.96) for worked in (few, few + 1))
    assert less.value <= more.value


def _people(rows, rng):
    return pa.table(
        {
            "age": rng.integers(18, 60, rows),
            "city": np.array(list("ABCDEFGH"))[rng.integers(0, 8, rows)],
            "job": np.array([f"j{n}" for n in range(12)])[rng.integers(0, 12, rows)],
            "grade": rng.integers(1, 9, rows),
        }
    )


@pytest.mark.parametrize("seed", range(6))
def test_independent_data_add_nothing(seed):
    rng = np.random.default_rng(seed)
    original, control, other = (_people(rows, rng) for rows in (700, 600, 800))
    for result in _all(make_space(original, other, control), seed, LEAST):
        assert result.risk.lo == 0, result.attack


@pytest.mark.parametrize("seed", range(3))
def test_a_copy_of_unlike_rows_falls_whole(seed):
    rng = np.random.default_rng(seed)
    original, control = (
        _people(600, rng).append_column("place", pa.array(rng.permutation(10_000)[:600])) for _ in range(2)
    )
    space = make_space(original, original.take(rng.permutation(600)), control)
    assert singling_out(space, (), SinglingOut(200, seed)).main.successes == 200
    assert inference(space, "city", ("place",), Inference(200, seed)).main.successes == 200
    linked = linkability(space, ("place",), ("age", "city", "job", "grade"), Linkability(200, seed))
    assert linked.main.rate > 0.9
