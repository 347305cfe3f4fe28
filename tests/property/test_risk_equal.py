"""Equal numbers are found without sorting: against sets, also where every hash meets another number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.risk import equal
from kouan.risk.classes import densify, distinct_in, group, group_in_order, how_many
from kouan.risk.codes import Codes
from kouan.risk.equal import renumbered, spokesmen

NUMBERS = st.one_of(
    st.lists(st.integers(0, 12), max_size=200),
    st.lists(st.integers(0, 2**62 - 1), max_size=200),
    st.lists(st.sampled_from([at << 56 for at in range(64)]), max_size=300),
)


def _plain(numbers):
    """The last place of each number, in the order of the places."""
    return sorted({number: place for place, number in enumerate(numbers)}.values())


@settings(max_examples=200, deadline=None)
@given(NUMBERS, st.booleans())
def test_each_number_has_one_spokesman_and_equal_numbers_one_new_number(written, tight):
    numbers = np.array(written, dtype=np.int64)
    most = max(written, default=-1) + 1 if tight else 2**62
    assert spokesmen(numbers, most).tolist() == _plain(written)
    new, one_each = renumbered(numbers, most)
    assert one_each.tolist() == _plain(written)
    assert sorted(set(new.tolist())) == list(range(len(set(written))))
    assert numbers[one_each][new].tolist() == written
    assert how_many(numbers, most) == densify(numbers, most)[1] == len(set(written))


@pytest.mark.parametrize("factors", [(2**63,), (2**63 + 1,)])
def test_numbers_that_all_meet_are_still_told_apart(monkeypatch, factors):
    monkeypatch.setattr(equal, "_ROUNDS", factors)  # nearly all numbers have one place
    numbers = np.array([*range(0, 4000, 2), *range(1000, 3000, 2)], dtype=np.int64)
    new, one_each = renumbered(numbers, 2**62)
    assert len(one_each) == 2000
    assert (numbers[one_each][new] == numbers).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2**30)), max_size=120))
def test_classes_count_different_numbers_and_stand_in_the_order_of_their_codes(rows):
    of, numbers = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    counted = [len({number for place, number in rows if place == one}) for one in range(6)]
    assert distinct_in(of, 6, numbers, 2**30 + 1).tolist() == counted
    columns = [Codes(of.astype(np.int32), 6), Codes(numbers.astype(np.int32), 2**30 + 1)]
    pairs = sorted(set(rows))
    assert group_in_order(columns, len(rows)).of.tolist() == [pairs.index(row) for row in rows]
    assert group(columns, len(rows)).count == len(pairs)
