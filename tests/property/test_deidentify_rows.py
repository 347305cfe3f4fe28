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
from kouan.deidentify.asked import asked
from kouan.deidentify.classing import Rows, failing
from kouan.deidentify.ordering import ranks
from kouan.deidentify.rows import Sampler, class_keys, share_of
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine, RowRules
from kouan.model.text import same
from tests.inventories import inventory, item, persons
from tests.keystore import MemoryKeyStore
from tests.plain_lattice import measured, meets
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
    plan = Plan(
        mode="controlled", key="pseudonym/k", lines=lines, rows=RowRules(k=k, over=(names[1], names[2]), **drawn)
    )
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


MODELS = (
    "k=3", "l:a.parquet!a#ill=2", "entropy-l:a.parquet!a#ill=1.7", "recursive-l:a.parquet!a#ill=1.3,2",
    "t:a.parquet!a#ill=0.31", "ordered-t:a.parquet!a#ill=0.17", "delta:a.parquet!a#ill=0.73",
    "beta:a.parquet!a#ill=0.71", "enhanced-beta:a.parquet!a#ill=0.71",
)  # fmt: skip
KINDS = {"l": "distinct", "entropy-l": "entropy", "recursive-l": "recursive", "t": "equal", "ordered-t": "ordered"}
KINDS |= {"k": "k", "delta": "disclosure", "beta": "basic", "enhanced-beta": "enhanced"}
PERSONS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["东城", "西城", None]), st.sampled_from(["1", "2", "10", None])),
    min_size=1,
    max_size=50,
)


def about_persons(rows, known):
    return inventory(
        item("a.parquet!a#id", meaning="person_id", cells=rows),
        item("a.parquet!a#city", meaning="address", role="quasi_identifier", cells=rows),
        item("a.parquet!a#ill", meaning="diagnosis", role="sensitive_attribute", cells=rows),
        persons=[persons("patient", "a.parquet!a#id")] if known else [],
    )


def kept_by_hand(rows, models, by_person):
    """Return the classes in which every model holds, worked out one row at a time."""
    order = ["1", "2", "10", None]
    present = [value for value in order if any(row[2] == value for row in rows)]
    whole = [sum(row[2] == value for row in rows) / len(rows) for value in present]
    classes = {}
    for row in rows:
        classes.setdefault(row[1], []).append(row)
    left = []
    for members in classes.values():
        values = [present.index(row[2]) for row in members]
        fine = True
        for spelt in models:
            one = asked(spelt, "")
            size = len({row[0] for row in members}) if by_person else None
            found = measured(KINDS[one.name], values, whole, ell=int(one.values[-1]), size=size)
            fine &= meets(KINDS[one.name], found, float(one.values[0]))
        left += members if fine else []
    return Counter(left)


@FEW
@given(
    rows=PERSONS,
    models=st.lists(st.sampled_from(MODELS), min_size=1, max_size=3, unique=True),
    size=st.integers(1, 20),
    known=st.booleans(),
)
def test_rows_of_classes_that_fail_any_model_stay_and_k_counts_persons(tmp_path, rows, models, size, known):
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(("id", "city", "ill"))})
    lines = tuple(
        PlanLine(item=f"a.parquet!a#{name}", action=Action.KEEP, params=told, why=same("t"))
        for name, told in (("id", {"accepted": "t"}), ("city", {}), ("ill", {}))
    )
    by = {} if known else {"by": "id"}
    rules = RowRules(models=tuple(models), over=("a.parquet!a#city",), **by)
    plan = Plan(mode="controlled", key="pseudonym/k", lines=lines, rows=rules)
    source = MemorySource.of("a.parquet", {"a": table}, batch_rows=size)
    about = about_persons(len(rows), known)
    done = apply_plan(plan, [source], about, keys=MemoryKeyStore(), out=tmp_path, threads=2)
    left = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert Counter(tuple(row.values()) for row in left) == kept_by_hand(rows, models, by_person=True)
    (said,) = done.classes
    assert said.held == len(rows) - len(left)
    assert said.unit == "a.parquet!a#id"
    # What is left and the shares from before are enough to see that every class meets the models.
    again = Rows.of([one.item for one in said.shares], persons=True)
    if left:
        texts = {name: pa.array([row[name] for row in left]).cast(pa.string()) for name in ("id", "city", "ill")}
        again.add(class_keys([texts["city"]]), [texts["ill"]] * len(said.shares), texts["id"])
        found = failing(again, [asked(one, "") for one in said.models], shares={one.item: one for one in said.shares})
        assert not len(found.keys)


@FEW
@given(rows=PERSONS, below=st.integers(2, 5))
def test_values_that_few_persons_have_are_taken_out(tmp_path, rows, below):
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(("id", "city", "ill"))})
    lines = tuple(
        PlanLine(item=f"a.parquet!a#{name}", action=action, params=told, why=same("t"))
        for name, action, told in (
            ("id", Action.KEEP, {"accepted": "t"}),
            ("city", Action.KEEP, {}),
            ("ill", Action.SUPPRESS, {"below": below, "by": "id"}),
        )
    )
    plan = Plan(mode="controlled", key="pseudonym/k", lines=lines)
    source = MemorySource.of("a.parquet", {"a": table}, batch_rows=7)
    apply_plan(plan, [source], about_persons(len(rows), known=False), keys=MemoryKeyStore(), out=tmp_path, threads=2)
    left = pq.read_table(tmp_path / "a.parquet")["ill"].to_pylist()
    who = {}
    for person, _, ill in rows:
        who.setdefault(ill, set()).add(person)
    assert left == [ill if ill is not None and len(who[ill]) >= below else None for _, _, ill in rows]


def test_values_stand_in_the_order_of_their_numbers():
    values = ["[10000,15000)", "<5000", "[5000,10000)", None, ">=15000", "其他", "30-34", "9"]
    assert [value for _, value in sorted(zip(ranks(values), values, strict=True), key=lambda pair: pair[0])] == [
        "9", "30-34", "<5000", "[5000,10000)", "[10000,15000)", ">=15000", "其他", None
    ]  # fmt: skip


@pytest.mark.parametrize(
    "spelt", ["k", "k=1", "k=2.5", "k:ill=3", "l=3", "m:ill=3", "t:ill=1.2", "recursive-l:ill=2", "t:ill=nan", "l:ill="]
)
def test_a_model_that_is_not_spelt_right_is_refused_with_its_remedy(spelt):
    with pytest.raises(KouanError) as caught:
        asked(spelt, "--model")
    assert caught.value.code == "K-DEI-065"
    assert "enhanced-beta" in caught.value.fix.en


@pytest.mark.parametrize("spelt", ["k=5", "k-map=7", "l:病=种=3", "recursive-l:s=2.5,3", "t:s=0.2", "delta:a!b#c=1.5"])
def test_a_model_is_written_as_it_was_read(spelt):
    assert str(asked(spelt, "")) == spelt
