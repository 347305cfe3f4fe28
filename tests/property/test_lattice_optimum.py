"""The search finds what checking every node finds, whatever the table, the models, the loss and the limit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.lattice import (
    AverageClassSize,
    Discernibility,
    Height,
    Loss,
    NonUniformEntropy,
    Precision,
    Sensitive,
    attribute,
    optimum,
    table,
)
from kouan.risk.privacy import (
    BasicLikeness,
    DeltaDisclosure,
    DistinctDiversity,
    EnhancedLikeness,
    EntropyDiversity,
    EqualCloseness,
    HierarchicalCloseness,
    KAnonymity,
    KMap,
    OrderedCloseness,
    RecursiveDiversity,
)
from tests import plain_lattice
from tests.plain_lattice import Plain

LOSSES = (Loss(), Loss("arithmetic"), Precision(), Height(), NonUniformEntropy(), Discernibility(), AverageClassSize())
MADE = {
    "k": lambda value, _: KAnonymity(int(value)),
    "k-map": lambda value, _: KMap(int(value)),
    "distinct": lambda value, _: DistinctDiversity("s", int(value)),
    "entropy": lambda value, _: EntropyDiversity("s", value),
    "recursive": lambda value, ell: RecursiveDiversity("s", value, ell),
    "equal": lambda value, _: EqualCloseness("s", value),
    "ordered": lambda value, _: OrderedCloseness("s", value),
    "hierarchical": lambda value, _: HierarchicalCloseness("s", value, plain_lattice.TREE),
    "disclosure": lambda value, _: DeltaDisclosure("s", value),
    "basic": lambda value, _: BasicLikeness("s", value),
    "enhanced": lambda value, _: EnhancedLikeness("s", value),
}
THRESHOLDS = {
    "k": st.integers(2, 6),
    "k-map": st.integers(2, 9),
    "distinct": st.integers(1, 4),
    "entropy": st.sampled_from([1.1, 1.7, 2.3, 3.0]),
    "recursive": st.sampled_from([0.7, 1.3, 2.1, 4.3]),
    "equal": st.sampled_from([0.05, 0.17, 0.31, 0.53]),
    "ordered": st.sampled_from([0.05, 0.13, 0.29]),
    "hierarchical": st.sampled_from([0.05, 0.13, 0.29]),
    "disclosure": st.sampled_from([0.31, 0.73, 1.57]),
    "basic": st.sampled_from([0.23, 0.71, 1.9]),
    "enhanced": st.sampled_from([0.23, 0.71, 1.9]),
}


@st.composite
def hierarchies(draw):
    leaves = draw(st.integers(1, 6))
    rows = [(str(leaf),) for leaf in range(leaves)]
    for level in range(draw(st.integers(0, 3))):
        parents = {value: f"{level}:{draw(st.integers(0, leaves // 2))}" for value in sorted({row[-1] for row in rows})}
        rows = [(*row, parents[row[-1]]) for row in rows]
    return tuple(rows)


@st.composite
def tables(draw):
    chosen = tuple(draw(st.lists(hierarchies(), min_size=1, max_size=4)))
    row = st.tuples(*(st.integers(0, len(one) - 1) for one in chosen))
    rows = tuple(draw(st.lists(row, min_size=1, max_size=40)))
    values = draw(st.integers(1, 5))
    sensitive = tuple(draw(st.lists(st.integers(0, values - 1), min_size=len(rows), max_size=len(rows))))
    others = tuple(draw(st.lists(row, max_size=30)))
    whose = (
        tuple(draw(st.lists(st.integers(0, 8), min_size=len(rows), max_size=len(rows)))) if draw(st.booleans()) else ()
    )
    return Plain(rows, chosen, sensitive, values, rows + others, whose)


@st.composite
def questions(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(MADE)), min_size=1, max_size=3, unique=True))
    return tuple((kind, draw(THRESHOLDS[kind]), draw(st.integers(1, 3))) for kind in kinds)


def laid(plain, ranges):
    attributes = [
        attribute(f"q{place}", rows, lowest=low, highest=high)
        for place, (rows, (low, high)) in enumerate(zip(plain.hierarchies, ranges, strict=True))
    ]
    codes = list(np.array(plain.rows, dtype=np.int64).T)
    population = list(np.array(plain.population, dtype=np.int64).T)
    sensitive = Sensitive("s", np.array(plain.sensitive, dtype=np.int64), plain.values)
    persons = np.array(plain.whose, dtype=np.int64) if plain.whose else None
    return table(attributes, codes, sensitive=[sensitive], population=population, persons=persons)


@settings(max_examples=250, deadline=None)
@given(tables(), questions(), st.sampled_from(["0", "0.1", "0.35", "1"]), st.sampled_from(LOSSES), st.data())
def test_the_search_finds_what_checking_every_node_finds(plain, asked, share, loss, data):
    ranges = []
    for rows in plain.hierarchies:
        low = data.draw(st.integers(0, len(rows[0]) - 1))
        ranges.append((min(low, 1), data.draw(st.integers(min(low, 1), len(rows[0]) - 1))))
    models = [MADE[kind](threshold, ell) for kind, threshold, ell in asked]
    found = optimum(laid(plain, ranges), models, suppression=share, loss=loss)
    limit = math.floor(float(share) * len(plain.rows))
    expected = plain_lattice.optimum(plain, asked, limit, loss.name, ranges)
    assert found.optimal
    assert found.nodes == len(list(plain.nodes(ranges))) == found.checked + found.pruned_privacy + found.pruned_loss
    if expected is None:
        assert found.levels is None
        assert found.score is found.bound is None
        return
    assert found.score == pytest.approx(expected[1], rel=1e-9, abs=1e-9)
    assert found.levels == expected[0]
    assert found.suppressed == expected[2]
    assert found.bound == found.score


@pytest.mark.parametrize("loss", LOSSES, ids=lambda one: one.name)
def test_a_table_smaller_than_the_least_class_is_left_as_it_is_and_suppressed(loss):
    plain = Plain(
        rows=((0,),), hierarchies=((("0", "0:0", "1:0"),),), sensitive=(0,), values=1, population=(), whose=()
    )
    found = optimum(laid(plain, [(0, 2)]), [DistinctDiversity("s", 2)], suppression="1", loss=loss)
    assert (found.levels, found.suppressed, found.optimal) == ((0,), 1, True)


@settings(max_examples=60, deadline=None)
@given(tables(), questions(), st.sampled_from(["0.1", "1"]), st.sampled_from(LOSSES), st.integers(0, 12))
def test_a_search_that_is_stopped_says_how_far_the_optimum_can_be(plain, asked, share, loss, steps):
    ranges = [(0, len(rows[0]) - 1) for rows in plain.hierarchies]
    models = [MADE[kind](threshold, ell) for kind, threshold, ell in asked]
    ticks = iter(range(10**9))
    stopped = optimum(
        laid(plain, ranges), models, suppression=share, loss=loss, seconds=steps, clock=lambda: next(ticks)
    )
    best = optimum(laid(plain, ranges), models, suppression=share, loss=loss)
    if best.score is None:
        assert stopped.levels is None
    elif stopped.score is not None:
        assert stopped.bound <= best.score + 1e-9
        assert best.score <= stopped.score + 1e-9
        assert stopped.optimal <= (stopped.score == pytest.approx(best.score))
