"""Classes, persons and diversity against counts written plainly."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.model.declaration import ReleaseMode
from kouan.risk import measure
from kouan.risk.classes import group
from kouan.risk.codes import Codes
from kouan.risk.distribution import Distribution
from tests.inventories import inventory, item, persons
from tests.tables import MemorySource

ROW = st.tuples(
    st.sampled_from(["f", "m", None]),
    st.integers(0, 3),
    st.sampled_from(["a", "b", None]),
    st.sampled_from(["p", "q", "r", None]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=60), st.integers(1, 20), st.integers(1, 2))
def test_a_table_agrees_with_a_plain_count(rows, batch_rows, threads):
    columns = list(zip(*rows, strict=True))
    types = (pa.string(), pa.int64(), pa.string(), pa.string())
    table = pa.table({name: pa.array(values, kind) for name, values, kind in zip("qrsk", columns, types, strict=True)})
    items = [
        item(f"t!t#{name}", role=role)
        for name, role in zip("qrsk", ("quasi_identifier",) * 2 + ("sensitive_attribute", "other"), strict=True)
    ]
    known = inventory(*items, persons=[persons("member", items[3].id)])
    (found,) = measure(
        [MemorySource.of("t", {"t": table}, batch_rows=batch_rows)], known, ReleaseMode.ENCLAVE, threads=threads
    ).tables

    keys = [row[3] for row in rows]
    named = [key for key in keys if key is not None]
    subjects = [at if key is None or len(named) == len(set(named)) else key for at, key in enumerate(keys)]
    members, values = defaultdict(set), defaultdict(set)
    for row, subject in zip(rows, subjects, strict=True):
        members[row[:2]].add(subject)
        values[row[:2]].add(row[2])
    assert found.classes == len(members)
    assert found.records == sum(len(one) for one in members.values())
    assert found.k == min(len(one) for one in members.values())
    assert found.diversity[0].distinct_l == min(len(one) for one in values.values())
    assert sum(bar.classes for bar in found.histogram) == found.classes


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=30),
    st.sampled_from([3, 2**20, 2**31]),
)
def test_grouping_is_exact_however_many_values_the_columns_could_have(rows, count):
    columns = [Codes(np.array(values, dtype=np.int32), count) for values in zip(*rows, strict=True)]
    classes = group(columns, len(rows))
    assert sorted(classes.rows().tolist()) == sorted(Counter(tuple(row) for row in rows).values())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=50), st.integers(1, 25))
def test_distribution_agrees_with_its_formulas(sizes, least):
    found = Distribution.of(sizes)
    assert found.class_average == sum((Fraction(1, size) for size in sizes), Fraction(0)) / len(sizes)
    assert found.largest_risk == Fraction(1, min(sizes))
    assert found.classes_below(least) == sum(Fraction(1, size) > Fraction(1, least) for size in sizes)
    assert found.records_below(least) == sum(size for size in sizes if size < least)
    assert sum(bar.records for bar in found.histogram()) == found.records == sum(sizes)
