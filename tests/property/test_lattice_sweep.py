"""What a sweep says of many nodes at once is never more than what one of them loses, and the search stays exact by it."""

from __future__ import annotations

import itertools
import math
from unittest import mock

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kouan.deidentify.lattice import Loss, NonUniformEntropy, Precision, optimum, sweep
from kouan.deidentify.lattice.checker import Checker
from kouan.deidentify.lattice.nodes import Nodes
from tests import plain_lattice
from tests.property.test_lattice_optimum import MADE, THRESHOLDS, laid, tables

KINDS = ("equal", "ordered", "disclosure", "basic", "enhanced")
LOSSES = (Loss(), Loss("arithmetic"), Precision(), NonUniformEntropy())


@st.composite
def asked(draw):
    """Draw models, one of which tells what breaks."""
    kinds = [draw(st.sampled_from(KINDS)), *draw(st.lists(st.sampled_from(["k", "distinct", "recursive"]), max_size=1))]
    return tuple((kind, draw(THRESHOLDS[kind]), draw(st.integers(1, 3))) for kind in kinds)


@settings(max_examples=150, deadline=None)
@given(tables(), asked(), st.sampled_from(["0.2", "1"]), st.sampled_from(LOSSES), st.data())
def test_no_node_is_said_to_lose_more_than_it_does(plain, questions, share, loss, data):
    ranges = [(0, len(rows[0]) - 1) for rows in plain.hierarchies]
    table = laid(plain, ranges)
    models = [MADE[kind](threshold, ell) for kind, threshold, ell in questions]
    limit = math.floor(float(share) * len(plain.rows))
    checker = Checker(table, models, limit)
    measured = loss.over(table, checker.least)
    nodes = Nodes(table.attributes, measured.start)
    with mock.patch.multiple(
        sweep, _LARGE=1, _MOST=data.draw(st.integers(1, 3)), _NODES=data.draw(st.sampled_from([1, 4, 24]))
    ):
        swept = sweep.Sweep(table, checker, measured, limit)
    truth = Checker(table, models, len(plain.rows))
    for levels in itertools.product(*(range(high + 1) for _, high in ranges)):
        low, high = swept.batch(levels)
        at = (nodes.number(low) + swept.beyond(nodes)).tolist().index(nodes.number(levels))
        bound = swept.ranks(low, high, np.ones(len(swept.beyond(nodes)), dtype=np.bool_))[at]
        found = truth.check(levels)
        if int(found.classes.rows[found.fails].sum()) <= limit:
            assert bound <= measured.rank(found.classes, found.fails) + 1e-9


@settings(max_examples=150, deadline=None)
@given(tables(), asked(), st.sampled_from(["0", "0.1", "0.35", "1"]), st.sampled_from(LOSSES))
def test_the_search_is_exact_however_small_the_classes_that_are_shown(plain, questions, share, loss):
    ranges = [(0, len(rows[0]) - 1) for rows in plain.hierarchies]
    models = [MADE[kind](threshold, ell) for kind, threshold, ell in questions]
    with mock.patch.multiple(sweep, _LARGE=1):
        found = optimum(laid(plain, ranges), models, suppression=share, loss=loss)
    expected = plain_lattice.optimum(plain, questions, math.floor(float(share) * len(plain.rows)), loss.name, ranges)
    assert found.optimal
    assert (found.levels, found.suppressed if expected else None) == (
        (expected[0], expected[2]) if expected else (None, None)
    )


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(LOSSES))
def test_a_sweep_in_which_every_class_is_looked_at_knows_the_rank_of_every_node(plain, loss):
    ranges = [(0, len(rows[0]) - 1) for rows in plain.hierarchies]
    table, models = laid(plain, ranges), [MADE["equal"](0.17, 1)]
    checker = Checker(table, models, len(plain.rows))
    assume(checker.least == 1)
    measured = loss.over(table, 1)
    nodes = Nodes(table.attributes, measured.start)
    with mock.patch.multiple(sweep, _LARGE=1, _FINER=0):
        swept = sweep.Sweep(table, checker, measured, len(plain.rows))
    for levels in itertools.product(*(range(high + 1) for _, high in ranges)):
        low, high = swept.batch(levels)
        beyond = swept.beyond(nodes)
        at = (nodes.number(low) + beyond).tolist().index(nodes.number(levels))
        found = Checker(table, models, len(plain.rows)).check(levels)
        bound = swept.ranks(low, high, np.ones(len(beyond), dtype=np.bool_))[at]
        assert bound == pytest.approx(measured.rank(found.classes, found.fails), abs=1e-9)
