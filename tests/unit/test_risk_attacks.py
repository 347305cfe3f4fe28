"""Attacks on small tables whose outcome can be told by hand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from kouan.model.errors import KouanError
from kouan.risk.attacks import (
    Inference,
    Linkability,
    SinglingOut,
    inference,
    linkability,
    make_space,
    singling_out,
)
from kouan.risk.attacks.column import ONE
from kouan.risk.attacks.coverage import MANY, Coverage
from kouan.risk.attacks.intervals import Sampling, risk, successes
from kouan.risk.attacks.labels import date_label, day, mask, number_label
from kouan.risk.attacks.neighbours import Neighbours

Z = Sampling().z


def people(rows: int, seed: int) -> pa.Table:
    rng = np.random.default_rng(seed)
    return pa.table(
        {
            "age": rng.integers(18, 80, rows),
            "city": np.array(list("ABCDEFGH"))[rng.integers(0, 8, rows)],
            "job": np.array([f"job {n}" for n in range(30)])[rng.integers(0, 30, rows)],
            "born": [f"19{50 + n % 50}-{1 + n % 12:02}-{1 + n % 28:02}" for n in rng.integers(0, 9999, rows)],
            "income": rng.integers(3_000, 90_000, rows),
        }
    )


def test_wilson_intervals_by_the_textbook():
    # 8 of 10 at 95 %: 0.490 to 0.943 (Newcombe 1998, method 3)
    found = successes(8, 10, Z)
    assert (found.rate, found.lo, found.hi) == (Decimal("0.8"), Decimal("0.490162"), Decimal("0.943318"))
    assert successes(0, 0, Z).hi == 1


def test_risk_above_control_and_nothing_tried_says_nothing():
    main, control = successes(400, 500, Z), successes(200, 500, Z)
    # centres of the Wilson intervals: a = (400 + z²/2) / (500 + z²) = 0.797713, c = 0.400762
    assert float(risk(main, control, Z).value) == pytest.approx((0.797713 - 0.400762) / (1 - 0.400762), abs=1e-5)
    assert risk(main, None, Z).above_control is False
    nothing = risk(successes(0, 0, Z), None, Z)
    assert (nothing.lo, nothing.hi) == (0, 1)


@pytest.mark.parametrize(
    ("label", "inside", "outside"),
    [
        ("[20,25)", (20, 24.9), (25, 19.9)),
        ("20-24", (20, 24.5), (25,)),
        ("80+", (80, 120), (79,)),
        (">=80", (80,), (79.9,)),
        ("<20", (19.9, -5), (20,)),
        ("*", (-1e9, 1e9), ()),
        ("42", (42,), (41.9, 42.1)),
    ],
)
def test_labels_of_numbers(label, inside, outside):
    low, high = number_label(label)
    assert all(low <= value <= high for value in inside)
    assert not any(low <= value <= high for value in outside)


def test_codes_with_leading_zeros_and_words_are_no_numbers():
    assert number_label("011") is None
    assert day("19900231") is None
    assert day("19900228") == day("1990-02-28") == day("1990年2月28日")
    assert number_label("north") is None


@pytest.mark.parametrize(
    ("label", "days"),
    [("2020", 366), ("2020-02", 29), ("2020-Q1", 91), ("2020-2024", 5 * 365 + 2), ("2020-05-03", 1), ("2020年5月", 31)],
)
def test_labels_of_dates(label, days):
    low, high = date_label(label)
    assert high - low + 1 == days


def test_money_and_stray_words_leave_a_column_of_numbers_one():
    wages = [f"¥{n},417.00" for n in range(10, 30)] + ["20,000元", "face to face"]
    bands = [f"[{n // 5 * 5000},{n // 5 * 5000 + 5000})" for n in range(10, 30)] + ["[20000,25000)", None]
    column = make_space(pa.table({"wage": wages}), pa.table({"wage": bands})).columns["wage"]
    row = column.distances(column.coded.original[:1])[0]
    assert row[column.coded.treated[0]] == row.min()
    assert np.isnan(column.known[column.coded.original[-1]])


def test_masks():
    found = Coverage(["13812340013", "13812340014", "1381230013", "13899990013"], {})
    assert list(found.of("138****0013")) == [1, 4]
    assert list(found.of("138*******3")) == [1, 4]
    assert list(found.of("139****0013")) == []
    assert mask("138") is None


def test_sets_name_values_and_values_that_are_sets():
    found = Coverage(["a", "b", "c", "a,b", "b,c", "a,c"], {})
    assert list(found.of("{a,b}")) == [1, 2, 4]
    assert list(found.of("{a,b}|∅")) == [1, 2, 4]
    assert list(found.of("c|∅")) == [3]
    assert list(found.of("{x}")) == []


def test_of_very_many_labels_some_tell_that_none_stands_for_a_value():
    known = [f"E-{at}" for at in range(MANY + 10)]
    found = Coverage(known, {})
    assert found.all_of([f"p{at}q" for at in range(MANY + 10)]) is None
    assert found.all_of([f"p{at}q" for at in range(5)]) == [()] * 5
    labels = [*(f"p{at}q" for at in range(MANY)), *known[:3000]]
    whole = found.all_of(labels)
    assert whole[-1] == (3000,)
    assert sum(map(len, whole)) == 3000


def test_distances_put_the_exact_label_before_a_band_before_nothing():
    known = pa.table({"age": [20, 30, 60]})
    treated = pa.table({"age": ["20", "[20,25)", "*", "60", None]})
    column = make_space(known, treated).columns["age"]
    row = column.distances(column.coded.original[:1])[0]
    by_label = [int(row[code]) for code in column.coded.treated]
    assert by_label[0] == 0
    assert 0 < by_label[1] < by_label[2] == ONE // 2 == by_label[4] < by_label[3] == ONE


def test_words_match_by_hierarchy_mask_and_beginning():
    known = pa.table(
        {"place": ["Beijing Haidian", "Beijing Xicheng", "Wuhan"], "tel": ["13800000001", "13900000002", "1"]}
    )
    treated = pa.table({"place": ["Beijing", "south", "Wuhan"], "tel": ["138********", "***********", "13900000002"]})
    parents = {"place": {"Wuhan": ["south", "*"], "Beijing Haidian": ["Beijing", "*"]}}
    space = make_space(known, treated)
    place = space.columns["place"]
    assert [len(place.covered.of(code)) for code in place.coded.treated] == [2, 0, 1]
    assert space.notes  # "south" matches nothing
    assert [len(space.columns["tel"].covered.of(code)) for code in space.columns["tel"].coded.treated] == [1, 3, 1]
    told = make_space(known, treated, parents=parents).columns["place"]
    assert [len(told.covered.of(code)) for code in told.coded.treated] == [1, 1, 1]


def test_nearest_rows_equal_a_plain_search():
    original, treated = people(60, 1), people(200, 2)
    columns = make_space(original, treated).pick(("age", "city", "job", "income"))
    known = [one.coded.original for one in columns]
    plain = sum(one.distances(one.coded.original)[:, one.coded.treated].astype(np.int64) for one in columns)
    for count in (1, 3, 250):
        found = Neighbours(columns).nearest(known, count, np.random.default_rng(0))
        many = min(count, 200)
        assert found.shape == (60, many)
        for row, near in zip(plain, found, strict=True):
            assert len(set(near.tolist())) == many
            assert sorted(row[near]) == sorted(row)[:many]


def test_columns_of_nearly_unlike_words_are_searched_alike():
    rng = np.random.default_rng(9)
    mails = [f"u{n}@example.cn" for n in rng.integers(0, 300, 200)]
    treated = pa.table({"mail": [*mails, "*", None, "u1*********"], "n": [*rng.integers(0, 9, 200), 1, 2, 3]})
    original = pa.table({"mail": [*mails[:40], None, "u1@example.cn"], "n": [*rng.integers(0, 9, 40), 4, 5]})
    columns = make_space(original, treated).pick(("mail", "n"))
    assert any(part.groups is not None for part in Neighbours(columns)._parts)
    known = [one.coded.original for one in columns]
    plain = sum(one.distances(one.coded.original)[:, one.coded.treated].astype(np.int64) for one in columns)
    for count in (1, 4):
        for row, near in zip(plain, Neighbours(columns).nearest(known, count, rng), strict=True):
            assert sorted(row[near]) == sorted(row)[:count]


def test_ties_are_broken_by_lot_over_rows_and_not_over_groups():
    treated = pa.table({"a": ["x"] * 99 + ["y"], "b": [*range(99), 0]})
    (column,) = make_space(pa.table({"a": ["x"]}), treated.select(["a"])).pick(("a",))
    known = [np.repeat(column.coded.original, 2000)]
    found = Neighbours((column,)).nearest(known, 1, np.random.default_rng(1))[:, 0]
    counts = np.bincount(found, minlength=100)
    assert counts[99] == 0
    assert counts[:99].min() > 2
    assert counts[:99].max() < 50


def test_a_copy_falls_and_its_figures_are_deterministic():
    original, control = people(900, 3), people(900, 4)
    space = make_space(original, original, control)
    link = linkability(space, ("income", "job"), ("born", "age", "city"), Linkability(300, 7))
    assert float(link.main.rate) > 0.9
    assert float(link.risk.lo) > 0.85
    assert link == linkability(space, ("income", "job"), ("born", "age", "city"), Linkability(300, 7))
    guess = inference(space, "city", ("income", "job"), Inference(300, 7))
    assert float(guess.main.rate) > 0.99
    assert float(guess.control.rate) < 0.3
    single = singling_out(space, (), SinglingOut(300, 7))
    assert single.main.successes == 300
    assert single == singling_out(space, (), SinglingOut(300, 7))
    assert single != singling_out(space, (), SinglingOut(300, 8))


def test_univariate_predicates_are_ends_rare_values_and_the_only_null():
    table = pa.table({"n": [1, 2, 2, 3, 3, 9], "w": ["a", "a", "a", "b", None, "a"], "c": [1, 2, 3, 4, 5, 6]})
    result = singling_out(make_space(table, table), ("n", "w"), SinglingOut(50, 1, columns=1))
    # n <= 1, n >= 9, n = 1, n = 2, n = 9, w = b, w is null: (2, a) twice is one row
    assert (result.main.successes, result.main.attacks) == (7, 50)
    assert any("7" in note.en for note in result.notes)


def test_a_suppressed_or_very_coarse_guess_is_no_success():
    original = pa.table({"known": [1, 2, 3, 4], "secret": ["a", "b", "c", "d"]})
    treated = pa.table({"known": [1, 2, 3, 4], "secret": ["*"] * 4})
    assert inference(make_space(original, treated), "secret").main.successes == 0


def test_without_control_the_result_says_so():
    table = people(100, 5)
    result = inference(make_space(table, table), "city")
    assert result.control is None
    assert not result.risk.above_control
    assert result.notes


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda t: make_space(t, t.slice(0, 0)), "K-RSK-061"),
        (lambda t: make_space(t, t.rename_columns([f"x{n}" for n in range(5)])), "K-RSK-062"),
        (lambda t: inference(make_space(t, t), "nothing"), "K-RSK-060"),
        (lambda t: linkability(make_space(t, t), ("age",), ("age",)), "K-RSK-063"),
        (lambda t: inference(make_space(t, t), "age", ("age",)), "K-RSK-064"),
    ],
)
def test_errors(work, code):
    with pytest.raises(KouanError) as caught:
        work(people(10, 6))
    assert caught.value.code == code


def test_keyed_pseudonyms_are_left_out_and_said():
    original = people(50, 7).append_column("id", pa.array([f"A{n}" for n in range(50)]))
    treated = original.set_column(5, "id", pa.array([f"p{n * 7919 % 1000:05}zz" for n in range(50)]))
    space = make_space(original, treated)
    assert "id" not in space.columns
    assert "id" in space.left_out[0].en
