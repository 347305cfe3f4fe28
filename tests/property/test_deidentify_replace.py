"""Conditional replacement: what fits is gone, and so is what cannot be judged."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

FEW = settings(max_examples=80, deadline=None)
CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def kernel(**params):
    line = PlanLine(item="a!a#x", action=Action.REPLACE, params={"when": "y", **params}, why=same("t"))
    return transform(line, Given("job", b""))


@FEW
@given(
    st.lists(st.tuples(CELLS, st.none() | st.integers(0, 120)), max_size=40),
    st.integers(0, 120),
    st.sampled_from(["below", "above", "equals"]),
    st.sampled_from([None, "其他"]),
)
def test_cells_stay_only_where_the_condition_is_known_not_to_hold(rows, bound, test, value):
    params = {test: bound} | ({} if value is None else {"value": value})
    cells, others = (pa.array([row[at] for row in rows], kind) for at, kind in ((0, pa.string()), (1, pa.int64())))

    def wanted(cell, other):
        fits = other is None or {"below": other < bound, "above": other > bound, "equals": other == bound}[test]
        return None if cell is None else value if fits else cell

    found = kernel(**params)(cells, others)
    assert found.type == pa.string()
    assert found.to_pylist() == [wanted(*row) for row in rows]
    spelt = pa.array([None if row[1] is None else f" {row[1]} " for row in rows], pa.string())
    assert kernel(**params)(cells, spelt).to_pylist() == found.to_pylist()


@FEW
@given(st.lists(CELLS, max_size=30))
def test_what_is_no_number_counts_as_fitting(others):
    others = [None if one is None else f"x{one}" for one in others]
    cells = pa.array(["v"] * len(others), pa.string())
    assert kernel(above=90)(cells, pa.array(others, pa.string())).to_pylist() == [None] * len(others)
