"""Rules on rows: whole persons are drawn, and no small class leaves."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.deidentify import apply_plan
from kouan.deidentify.rows import Sampler, class_keys, share_of
from kouan.model.plan import Action, Plan, PlanLine, RowRules
from kouan.model.text import same
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore
from tests.tables import MemorySource

KEY = bytes(range(32))
FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ITEMS = {
    one.id: one for one in inventory(item("a!a#id", meaning="person_id"), item("b!b#id", meaning="person_id")).items
}


def sampler(share="50%", key=KEY, first=None):
    return Sampler(key, share_of(share), "id", ITEMS, first)


@pytest.mark.parametrize(
    ("told", "share"),
    [
        ("10%", "0.1"),
        ("0.5%", "0.005"),
        ("99.9999%", "0.999999"),
        ("100%", None),
        ("0%", None),
        ("0.1", None),
        ("", None),
    ],
)
def test_shares_are_percentages(told, share):
    assert share_of(told) == (None if share is None else Decimal(share))


@FEW
@given(st.lists(st.none() | st.integers(0, 30), max_size=60), st.integers(1, 10))
def test_a_person_leaves_with_all_rows_in_every_table_and_batch_or_with_none(ids, size):
    rows = pa.record_batch({"id": pa.array(ids, pa.int64())})
    drawn = sampler().keep("a", "a", rows).to_pylist()
    assert None not in drawn
    assert len({(one, kept) for one, kept in zip(ids, drawn, strict=True)}) == len(set(ids))
    assert not any(kept for one, kept in zip(ids, drawn, strict=True) if one is None)
    spelt = pa.record_batch({"id": pa.array([None if one is None else f"Patient/{one}" for one in ids], pa.string())})
    parts = [sampler().keep("b", "b", spelt.slice(at, size)).to_pylist() for at in range(0, len(ids), size)]
    assert [kept for part in parts for kept in part] == drawn
    listed = pa.record_batch({"id": pa.array([None if one is None else [one] for one in ids], pa.list_(pa.int64()))})
    assert sampler().keep("a", "a", listed).to_pylist() == drawn


def test_about_the_share_is_drawn_and_a_larger_share_holds_the_smaller():
    rows = pa.record_batch({"id": pa.array(range(50_000))})
    small, large = (sampler(share).keep("a", "a", rows).to_numpy(zero_copy_only=False) for share in ("10%", "30%"))
    assert abs(small.mean() - 0.1) < 0.007
    assert abs(large.mean() - 0.3) < 0.011
    assert (large | ~small).all()
    other = sampler("10%", bytes(32)).keep("a", "a", rows).to_numpy(zero_copy_only=False)
    assert abs((other & small).mean() - 0.01) < 0.003


@FEW
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=30))
def test_rows_share_a_class_exactly_when_their_values_are_the_same(rows):
    columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(3)]
    keys = class_keys(columns).to_pylist()
    assert len(set(zip(keys, rows, strict=True))) == len(set(keys)) == len(set(rows))


ROWS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(20, 45), st.sampled_from([None, "东城", "西城"])), min_size=1, max_size=60
)


@FEW
@given(rows=ROWS, k=st.integers(2, 5), size=st.integers(1, 20), sampled=st.booleans())
def test_what_leaves_is_k_anonymous_over_the_items_as_treated(tmp_path, rows, k, size, sampled):
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(("id", "age", "city"))})
    about = inventory(*(item(f"a.parquet!a#{name}", meaning="number", cells=len(rows)) for name in table.column_names))
    names = [f"a.parquet!a#{name}" for name in table.column_names]
    lines = (
        PlanLine(item=names[0], action=Action.KEEP, why=same("t")),
        PlanLine(
            item=names[1], action=Action.GENERALISE, params={"to": "age_band", "width": 10, "top": 40}, why=same("t")
        ),
        PlanLine(item=names[2], action=Action.KEEP, why=same("t")),
    )
    drawn = {"sample": "60%", "by": "id"} if sampled else {}
    plan = Plan(mode="controlled", key="pseudonym/k", lines=lines, rows=RowRules(k=k, over=(names[1], names[2]), **drawn))
    source = MemorySource.of("a.parquet", {"a": table}, batch_rows=size)
    done = apply_plan(plan, [source], about, keys=MemoryKeyStore(), out=tmp_path, threads=2)
    left = pq.read_table(tmp_path / "a.parquet").to_pylist()
    classes = Counter((row["age"], row["city"]) for row in left)
    assert all(count >= k for count in classes.values())
    assert done.held == len(rows) - len(left)
    bands = ["40+" if age >= 40 else f"{age // 10 * 10}-{age // 10 * 10 + 9}" for _, age, _ in rows]
    who = {row["id"] for row in left} if sampled else {row[0] for row in rows}
    if not sampled:
        all_classes = Counter(zip(bands, (row[2] for row in rows), strict=True))
        assert classes == {name: count for name, count in all_classes.items() if count >= k}
        small = sum(count for count in all_classes.values() if count < k)
        assert [f"{small:,}" in note.en for note in done.notes] == ([True] if small else [])
    assert len(who) <= len({row[0] for row in rows})
