"""Every privacy model measures what its formula says, class by class, and what it says of finer tables holds."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.risk.privacy import ClassCounts, EqualCloseness, HierarchicalCloseness, KMap
from kouan.risk.privacy.counts import Histogram, count_classes, histogram
from kouan.risk.privacy.model import Breaking
from tests.plain_lattice import LEAST, TREE, measured, meets
from tests.property.test_lattice_optimum import MADE, THRESHOLDS

KINDS = sorted(set(MADE) - {"k-map"})
BREAKING = sorted(kind for kind, made in MADE.items() if isinstance(made(1, 1), Breaking))
PIECEWISE = sorted(kind for kind, made in MADE.items() if made(1, 1).piecewise)

THRESHOLD_OF = {
    "equal": lambda model: model.t,
    "ordered": lambda model: model.t,
    "basic": lambda model: model.beta,
    "enhanced": lambda model: model.beta,
    "disclosure": lambda model: model.delta,
}


@st.composite
def classed(draw):
    values = draw(st.integers(1, 5))
    rows = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, values - 1)), min_size=1))
    return rows, values


def counted(of, sensitive, values):
    _, of = np.unique(np.array(of), return_inverse=True)
    return count_classes(of, int(of.max()) + 1, {"s": (np.array(sensitive), values)}), of


@settings(max_examples=300, deadline=None)
@given(classed(), st.sampled_from(KINDS), st.data())
def test_models_measure_what_their_formulas_say(table, kind, data):
    rows, values = table
    threshold, ell = data.draw(THRESHOLDS[kind]), data.draw(st.integers(1, 3))
    counts, of = counted([row[0] for row in rows], [row[2] for row in rows], values)
    members = defaultdict(list)
    for place, row in zip(of, rows, strict=True):
        members[int(place)].append(row[2])
    q = [sum(row[2] == value for row in rows) / len(rows) for value in range(values)]
    expected = [measured(kind, members[place], q, ell=ell) for place in range(len(members))]
    model = MADE[kind](threshold, ell)
    assert model.measure(counts) == pytest.approx(expected)
    assert model.meets(counts).tolist() == [meets(kind, value, threshold) for value in expected]
    worst = min(expected) if kind in LEAST else max(expected)
    assert model.worst(counts) == pytest.approx(worst)
    for size, fine in zip(counts.rows, model.meets(counts), strict=True):
        assert not fine or size >= model.least(np.array(q))


@settings(max_examples=300, deadline=None)
@given(classed(), st.sampled_from(KINDS), st.data())
def test_a_finer_table_loses_at_least_what_the_coarser_one_says(table, kind, data):
    rows, values = table
    model = MADE[kind](data.draw(THRESHOLDS[kind]), data.draw(st.integers(1, 3)))
    coarse, of = counted([row[0] for row in rows], [row[2] for row in rows], values)
    fine, parts = counted([3 * row[0] + row[1] for row in rows], [row[2] for row in rows], values)
    fails = ~model.meets(fine)
    lost = np.bincount(of, weights=fails[parts], minlength=len(coarse.rows))
    assert (lost >= model.lost(coarse, model.meets(coarse))).all()


def test_k_map_needs_the_population():
    counts, _ = counted([0, 0, 1], [0, 0, 0], 1)
    with pytest.raises(ValueError, match="population"):
        KMap(2).measure(counts)


@settings(max_examples=200, deadline=None)
@given(classed(), st.sampled_from(PIECEWISE), st.data())
def test_a_class_that_fails_by_some_of_its_values_fails_by_all(table, kind, data):
    rows, values = table
    model = MADE[kind](data.draw(THRESHOLDS[kind]), 1)
    counts, _ = counted([row[0] for row in rows], [row[2] for row in rows], values)
    pairs = counts.histograms["s"]
    inside = np.isin(pairs.value, data.draw(st.lists(st.integers(0, values - 1), min_size=1, unique=True)))
    there, of = np.unique(pairs.of[inside], return_inverse=True)
    some = Histogram(of, pairs.value[inside], pairs.count[inside], pairs.whole)
    if len(there):
        by_some = model.meets(ClassCounts(counts.rows[there], {"s": some}))
        assert (by_some | ~model.meets(counts)[there]).all()


def test_models_that_need_every_value_are_not_asked_of_some():
    assert {"equal", "hierarchical", "basic", "enhanced", "disclosure"} == set(PIECEWISE)


LEAVES = st.lists(st.integers(0, 15), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(LEAVES, st.data())
def test_the_hierarchical_distance_is_the_least_work_of_moving_one_distribution_into_the_other(some, data):
    others = data.draw(st.lists(st.integers(0, 15), min_size=len(some), max_size=len(some)))

    def apart(one, other):
        return next(level for level in range(5) if one >> level == other >> level) / 4

    least = min(
        sum(apart(one, other) for one, other in zip(some, moved, strict=True)) / len(some)
        for moved in permutations(others)
    )
    whole = np.bincount(others, minlength=16) / len(others)
    rows = np.array([float(len(some))])
    pairs = histogram(np.zeros(len(some), np.int64), np.array(some), np.ones(len(some)), classes=1, whole=whole)
    model = HierarchicalCloseness("s", 0.5, TREE)
    (found,) = model.measure(ClassCounts(rows, {"s": pairs}))
    assert found == pytest.approx(least)
    rooted = HierarchicalCloseness("s", 0.5, (*TREE, (0,) * 16))
    assert rooted.measure(ClassCounts(rows, {"s": pairs})) == pytest.approx([least])


@settings(max_examples=100, deadline=None)
@given(classed())
def test_without_any_group_the_hierarchical_distance_is_the_equal_one(table):
    rows, values = table
    counts, _ = counted([row[0] for row in rows], [row[2] for row in rows], values)
    flat = HierarchicalCloseness("s", 0.2, ())
    assert flat.measure(counts).tolist() == EqualCloseness("s", 0.2).measure(counts).tolist()


@settings(max_examples=300, deadline=None)
@given(classed(), st.sampled_from(BREAKING), st.data())
def test_classes_that_are_said_to_break_fail_and_those_that_fail_clearly_break(table, kind, data):
    rows, values = table
    model = MADE[kind](data.draw(THRESHOLDS[kind]), 1)
    counts, of = counted([row[0] for row in rows], [row[2] for row in rows], values)
    held = np.zeros((values, len(counts.rows)))
    np.add.at(held, ([row[2] for row in rows], of), 1)
    breaks = model.breaks(held, counts.rows, counts.histograms["s"].whole)
    easier = MADE[kind](THRESHOLD_OF[kind](model) + 1e-6, 1)
    assert (breaks <= ~model.meets(counts)).all()
    assert (breaks >= ~easier.meets(counts)).all()


def test_the_models_that_searches_are_slowest_under_say_what_breaks():
    assert {"equal", "ordered", "basic", "enhanced", "disclosure"} == set(BREAKING)
