"""Transforms that count whole columns first: small groups never leave, whatever the batches."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify import learning
from kouan.deidentify.cells import Column
from kouan.deidentify.learning import learn
from kouan.deidentify.rules import Given, transform
from kouan.model.errors import KouanError
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

FEW = settings(max_examples=60, deadline=None)
WORDS = st.lists(st.none() | st.sampled_from("abcdefgh"), max_size=60)
NUMBERS = st.lists(st.none() | st.integers(-50, 50), max_size=60)


def treated(action, cells, kind, size, **params):
    line = PlanLine(item="a!a#x", action=action, params=params, why=same("t"))
    column = Column("x", line, transform(line, Given("salary", b"")), pa.string())
    table = pa.table({"x": pa.array(cells, kind)})
    kernel = learn([column], table.to_batches(max_chunksize=size), threads=2)["x"]
    return pa.chunked_array(
        [kernel(part["x"]) for part in table.to_batches(max_chunksize=size)], pa.string()
    ).to_pylist()


@FEW
@given(WORDS, st.integers(2, 6), st.integers(1, 20), st.sampled_from([None, "其他"]))
def test_values_that_few_cells_hold_do_not_leave(cells, below, size, other):
    params = {"below": below} | ({} if other is None else {"other": other})
    count = Counter(cells)
    wanted = [one if one is None or count[one] >= below else other for one in cells]
    assert treated(Action.SUPPRESS, cells, pa.string(), size, **params) == wanted
    lists = [[one] for one in cells]
    line = PlanLine(item="a!a#x", action=Action.SUPPRESS, params=params, why=same("t"))
    column = Column("x", line, transform(line, Given("city", b"")), pa.list_(pa.string()))
    kernel = learn([column], pa.table({"x": pa.array(lists, pa.list_(pa.string()))}).to_batches(), threads=1)["x"]
    assert kernel(pa.array(cells, pa.string())).to_pylist() == wanted


@FEW
@given(NUMBERS, st.integers(2, 6), st.integers(1, 20), st.sampled_from([pa.int64(), pa.float64(), pa.string()]))
def test_every_mean_stands_for_k_neighbours_in_rank(cells, k, size, kind):
    written = [None if one is None else str(one) for one in cells] if kind == pa.string() else cells
    found = treated(Action.MICROAGGREGATE, written, kind, size, k=k, decimals=6)
    held = sorted(one for one in cells if one is not None)
    assert [one is None for one in found] == [one is None or len(held) < k for one in cells]
    if len(held) < k:
        return
    groups = defaultdict(list)
    for number, mean in zip(cells, found, strict=True):
        if number is not None:
            groups[mean].append(number)
    ranks = [number for group in sorted(groups.values(), key=min) for number in sorted(group)]
    assert ranks == held  # groups are intervals of rank, and equal numbers are in one
    for mean, group in groups.items():
        assert len(group) >= k
        assert abs(Fraction(mean) - Fraction(sum(group), len(group))) <= Fraction(1, 10**6)


@pytest.mark.parametrize("cells", [[], [None, None], ["x", ""], [float("nan")], [7]])
@pytest.mark.parametrize(
    ("action", "params"), [(Action.SUPPRESS, {"below": 2}), (Action.MICROAGGREGATE, {"k": 2})], ids=["rare", "mean"]
)
def test_columns_without_numbers_and_of_one_row_leave_empty(cells, action, params):
    assert treated(action, cells, None, 2, **params) == [None] * len(cells)


def test_counting_stays_in_bounds(monkeypatch):
    monkeypatch.setattr(learning, "_PENDING", 50)
    cells = [str(at % 70) for at in range(1000)]
    assert treated(Action.SUPPRESS, cells, pa.string(), 9, below=15) == [c if int(c) < 20 else None for c in cells]
    monkeypatch.setattr(learning, "MOST_DISTINCT", 69)
    for size in (9, 1000):
        with pytest.raises(KouanError) as caught:
            treated(Action.SUPPRESS, cells, pa.string(), size, below=15)
        assert caught.value.code == "K-DEI-023"
