"""Every privacy model measures what its formula says, class by class, and what it says of finer tables holds."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.risk.privacy import KMap
from kouan.risk.privacy.counts import count_classes
from tests.plain_lattice import LEAST, measured, meets
from tests.property.test_lattice_optimum import MADE, THRESHOLDS

KINDS = sorted(set(MADE) - {"k-map"})


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
