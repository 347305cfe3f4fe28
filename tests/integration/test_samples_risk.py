"""The census extract `adult`, against a count written plainly."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from kouan.model.base import ratio
from kouan.model.declaration import ReleaseMode
from kouan.risk import measure
from tests.inventories import inventory, item
from tests.tables import MemorySource

QUASI = ("sex", "age", "race", "marital-status", "education", "native-country", "workclass", "occupation")


def test_adult_classes_agree_with_a_plain_count(samples):
    with (samples / "adult" / "adult.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    table = pa.table({name: [row[name] for row in rows] for name in rows[0]})
    source = MemorySource.of("adult.csv", {"adult": table}, batch_rows=7_000)
    items = [item(f"adult.csv!adult#{name}", role="quasi_identifier") for name in QUASI]
    items.append(item("adult.csv!adult#salary-class", role="sensitive_attribute"))
    view = measure([source], inventory(*items), ReleaseMode.CONTROLLED)

    sizes = Counter(tuple(row[name] for name in QUASI) for row in rows)
    salaries = defaultdict(set)
    for row in rows:
        salaries[tuple(row[name] for name in QUASI)].add(row["salary-class"])
    (found,) = view.tables
    assert found.records == len(rows) == 30_162
    assert found.classes == len(sizes)
    assert found.k == min(sizes.values())
    average = sum((Fraction(1, size) for size in sizes.values()), Fraction(0)) / len(sizes)
    assert found.class_avg == ratio(*average.as_integer_ratio())
    assert found.share_at_risk == ratio(sum(size for size in sizes.values() if size < 5), len(rows))
    assert found.marketer == ratio(len(sizes), len(rows))
    assert found.diversity[0].distinct_l == min(len(values) for values in salaries.values())
    buckets = Counter(size for size in sizes.values())
    assert [bar.classes for bar in found.histogram[:2]] == [buckets[1], buckets[2]]
    assert sum(bar.records for bar in found.histogram) == len(rows)
    assert (view.grade.grade, view.grade.risk) == (2, Decimal(1))


def test_adult_coarse_classes_agree_with_a_plain_count(samples):
    with (samples / "adult" / "adult.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    table = pa.table({"sex": [row["sex"] for row in rows], "race": [row["race"] for row in rows]})
    items = [item(f"adult.csv!adult#{name}", role="quasi_identifier") for name in ("sex", "race")]
    view = measure([MemorySource.of("adult.csv", {"adult": table})], inventory(*items), ReleaseMode.PUBLIC)
    sizes = Counter((row["sex"], row["race"]) for row in rows)
    assert view.tables[0].k == min(sizes.values())
    assert view.tables[0].classes == len(sizes)
    assert view.grade.risk == ratio(1, min(sizes.values()))
    assert view.grade.grade == 3
