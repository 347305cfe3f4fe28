"""Items outside the quasi-identifiers: whom they single out, against counts written plainly, here and by other processes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.model.declaration import ReleaseMode
from kouan.risk import measure
from kouan.risk.others import BAR, unanswered
from tests.inventories import inventory, item, persons
from tests.tables import MemorySource

OTHERS = ("b", "c", "d")
ROW = st.tuples(
    st.sampled_from(["f", "m", None]),
    st.integers(0, 2),
    st.integers(0, 5),
    st.integers(0, 40),
    st.sampled_from(["p", "q", "r", "s", "u", None]),
)


def measured(rows, *, by_person=False, **items_of):
    columns = list(zip(*rows, strict=True))
    kinds = (pa.string(), pa.int64(), pa.int64(), pa.int64(), pa.string())
    table = pa.table({name: pa.array(values, kind) for name, values, kind in zip("abcdk", columns, kinds, strict=True)})
    key = item("t!t#k", meaning="pseudonym")
    items = [item("t!t#a", role="quasi_identifier"), *(items_of.get(one) or item(f"t!t#{one}") for one in OTHERS), key]
    known = inventory(*items, persons=[persons("member", key.id)] if by_person else ())
    return measure([MemorySource.of("t", {"t": table})], known, ReleaseMode.ENCLAVE), known


def holders(rows, *, by_person):
    keys = [row[4] for row in rows]
    named = [key for key in keys if key is not None]
    shared = by_person and len(named) > len(set(named))
    return [("row", at) if key is None or not shared else key for at, key in enumerate(keys)]


def alone(rows, whose, names):
    """Who has a combination of values that nobody else has."""
    seen = defaultdict(set)
    for row, who in zip(rows, whose, strict=True):
        seen[tuple(row["abcdk".index(name)] for name in names)].add(who)
    return {next(iter(found)) for found in seen.values() if len(found) == 1}


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=60), st.booleans())
def test_each_item_and_all_of_them_single_out_whom_a_plain_count_finds(rows, by_person):
    table = measured(rows, by_person=by_person)[0].tables[0]
    whose = holders(rows, by_person=by_person)
    total, before = len(set(whose)), len(alone(rows, whose, "a"))
    found = {one.item[-1]: one for one in table.others}
    assert set(found) == set(OTHERS)  # the pseudonym is none of them
    for name in OTHERS:
        assert found[name].alone == len(alone(rows, whose, name))
        assert found[name].added == len(alone(rows, whose, ("a", name))) - before
    whole = alone(rows, whose, "abcd")
    assert (table.everything.units, table.everything.alone) == (total, len(whole))
    assert abs(table.everything.share - Decimal(len(whole)) / total) <= Decimal("0.000001")


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=60), st.booleans())
def test_what_is_let_pass_singles_out_no_more_than_the_limit_even_all_together(rows, by_person):
    table = measured(rows, by_person=by_person)[0].tables[0]
    whose = holders(rows, by_person=by_person)
    passed = [one.item[-1] for one in table.others if one.singles_out is False]
    more = len(alone(rows, whose, ("a", *passed))) - len(alone(rows, whose, "a"))
    assert more <= Fraction(1, 20) * len(set(whose))
    assert Fraction(1, 20) == BAR
    for name in passed:
        assert len(alone(rows, whose, name)) <= BAR * len(set(whose))


def test_two_items_that_are_harmless_apart_and_single_out_together_are_not_both_let_pass():
    # Every pair of (c, d) is one row's; either alone is shared by ten.
    rows = [("f", 0, c, d, None) for c in range(10) for d in range(10)]
    table = measured(rows)[0].tables[0]
    found = {one.item[-1]: one for one in table.others}
    assert (found["c"].alone, found["d"].alone, found["b"].singles_out) == (0, 0, False)
    assert [found[one].singles_out for one in "cd"] == [False, True]
    assert found["d"].together == 100
    assert table.k == 100  # the verdicts see one class
    assert (table.everything.k, table.everything.share) == (1, 1)


@pytest.mark.parametrize("meaning", ["free_text", "narrative"])
def test_running_text_is_not_measured_and_stays_a_question(meaning):
    rows = [("f", 0, 0, 0, None)] * 30
    view, known = measured(rows, d=item("t!t#d", meaning=meaning))
    (told,) = [one for one in view.tables[0].others if one.item == "t!t#d"]
    assert (told.alone, told.added, told.singles_out) == (None, None, None)
    assert [one.item for one in unanswered(view, known)] == ["t!t#d"]
    assert "t!t#d" not in view.tables[0].everything.items


def test_items_of_a_table_about_nobody_are_no_question():
    rows = [("f", 0, 0, at, None) for at in range(30)]
    view, known = measured(rows)
    assert [one.item for one in unanswered(view, known)] == ["t!t#d"]
    nobody = known.model_copy(
        update={"items": tuple(one.model_copy(update={"personal": False}) for one in known.items)}
    )
    assert list(unanswered(view, nobody)) == []
