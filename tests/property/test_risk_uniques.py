"""Minimal sample uniques, single items left out, and classes in a population, against counts written plainly."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.model.base import ratio
from kouan.model.declaration import ReleaseMode
from kouan.risk import Population, Setting, measure
from kouan.risk.distribution import Distribution
from kouan.risk.superpopulation import pitman, population_uniques, shifted_negative_binomial, zayatz
from tests.inventories import inventory, item, persons
from tests.tables import MemorySource

NAMES = "abcd"
ROW = st.tuples(
    st.sampled_from(["f", "m", None]),
    st.integers(0, 3),
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(["p", "q", "r", "s", None]),
)


def measured(rows, *, by_person: bool, setting: Setting | ReleaseMode = ReleaseMode.ENCLAVE):
    columns = list(zip(*rows, strict=True))
    kinds = (pa.string(), pa.int64(), pa.int64(), pa.int64(), pa.string())
    table = pa.table({name: pa.array(values, kind) for name, values, kind in zip("abcdk", columns, kinds, strict=True)})
    items = [item(f"t!t#{name}", role="quasi_identifier") for name in NAMES]
    key = item("t!t#k", meaning="pseudonym")
    known = inventory(*items, key, persons=[persons("member", key.id)] if by_person else ())
    return measure([MemorySource.of("t", {"t": table})], known, setting).tables[0]


def holders(rows, *, by_person: bool):
    """Whose each row is: a person where one has several rows, else the row itself."""
    keys = [row[4] for row in rows]
    named = [key for key in keys if key is not None]
    shared = by_person and len(named) > len(set(named))
    return [("row", at) if key is None or not shared else key for at, key in enumerate(keys)]


def minimal(rows, owners, most=3):
    """Return (places, holder) of every minimal unique, by looking at every part of every combination."""
    owned = {}
    for size in range(1, most + 1):
        for places in combinations(range(len(NAMES)), size):
            groups = defaultdict(set)
            for row, owner in zip(rows, owners, strict=True):
                groups[tuple(row[place] for place in places)].add(owner)
            owned[places] = groups
    found = defaultdict(set)
    for row, owner in zip(rows, owners, strict=True):
        alone = {places for places in owned if len(owned[places][tuple(row[place] for place in places)]) == 1}
        for places in alone:
            if not any(part in alone for size in range(1, len(places)) for part in combinations(places, size)):
                found[places].add(owner)
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40), st.booleans())
def test_minimal_uniques_agree_with_looking_at_every_combination(rows, by_person):
    table = measured(rows, by_person=by_person)
    wanted = minimal(rows, holders(rows, by_person=by_person))
    assert table.uniques.most == 3
    found = {tuple(one.items): one.units for one in table.uniques.combinations}
    assert found == {tuple(f"t!t#{NAMES[at]}" for at in places): len(who) for places, who in wanted.items()}
    assert table.uniques.units == len(set().union(*wanted.values()))
    for at, effect in enumerate(table.effects):
        assert effect.units == len(set().union(*(who for places, who in wanted.items() if at in places)))


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40), st.booleans())
def test_a_table_without_one_item_agrees_with_measuring_it_so(rows, by_person):
    table = measured(rows, by_person=by_person)
    owners = holders(rows, by_person=by_person)
    for at, effect in enumerate(table.effects):
        groups = defaultdict(set)
        for row, owner in zip(rows, owners, strict=True):
            groups[tuple(value for place, value in enumerate(row[:4]) if place != at)].add(owner)
        sizes = [len(group) for group in groups.values()]
        assert effect.k == min(sizes)
        assert effect.prosecutor_max == ratio(1, min(sizes))
        assert effect.prosecutor_avg == ratio(len(sizes), sum(sizes))
        assert effect.share_at_risk == ratio(sum(size for size in sizes if size < 3), sum(sizes))


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=15), st.lists(ROW, max_size=40), st.booleans())
def test_journalist_and_marketer_risk_agree_with_counting_in_the_population(rows, others, weighted):
    everybody = [*rows, *others]
    columns = list(zip(*(row[:4] for row in everybody), strict=True))
    kinds = (pa.string(), pa.int64(), pa.int64(), pa.int64())
    data = {name: pa.array(values, kind) for name, values, kind in zip(NAMES, columns, kinds, strict=True)}
    counts = [1 + at % 3 for at in range(len(everybody))] if weighted else [1] * len(everybody)
    if weighted:
        data["persons"] = pa.array(counts)
    source = MemorySource.of("population", {"p": pa.table(data)}, batch_rows=7)
    setting = Setting(mode=ReleaseMode.ENCLAVE, population=Population(table=source.entities[0]))
    table = measured(rows, by_person=False, setting=setting)
    there = Counter()
    for row, count in zip(everybody, counts, strict=True):
        there[row[:4]] += count
    sizes = Counter(row[:4] for row in rows)
    shares = sum(Fraction(size, there[key]) for key, size in sizes.items()) / len(rows)
    assert table.population == sum(counts)
    assert table.journalist_max == ratio(1, min(there[key] for key in sizes))
    assert abs(table.marketer - ratio(*shares.as_integer_ratio())) <= Decimal("0.000001")
    whole = Fraction(len(sizes), sum(there[key] for key in sizes))
    assert abs(table.journalist_avg - ratio(*max(shares, whole).as_integer_ratio())) <= Decimal("0.000001")
    assert table.marketer <= table.journalist_max <= table.prosecutor_max


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(0, 100_000))
def test_estimates_are_shares_and_follow_the_rule(sizes, more):
    found = population_uniques(Distribution.of(sizes), sum(sizes) + more)
    for one in (found.zayatz, found.pitman, found.snb, found.estimate):
        assert one is None or 0 <= one <= 1
    if found.model is not None:
        assert found.estimate == getattr(found, found.model)
    if found.fraction > Decimal("0.1"):
        assert found.model != "pitman"


@pytest.mark.parametrize("drawn", [0.05, 0.2, 0.5])
def test_estimates_come_near_to_the_truth_in_populations_made_by_their_model(drawn):
    luck = np.random.default_rng(7)
    classes = 40_000
    population = 1 + luck.negative_binomial(0.6, 0.25, classes)
    truth = int((population == 1).sum())
    total = int(population.sum())
    sample = luck.multivariate_hypergeometric(population, round(total * drawn))
    sizes = Distribution.of(sample[sample > 0])
    snb = shifted_negative_binomial(sizes, total)
    assert snb is not None
    assert abs(snb - truth) < 0.15 * truth
    # Zayatz takes class sizes of the sample for those of the population, and errs upwards.
    assert zayatz(sizes, total) > 0.8 * truth


def test_pitman_comes_near_to_the_truth_in_a_population_made_by_his_urn():
    luck = np.random.default_rng(11)
    alpha, theta, total = 0.4, 50.0, 60_000
    counts: list[int] = []
    owners: list[int] = []
    for at in range(total):
        if luck.random() < (theta + alpha * len(counts)) / (theta + at):
            counts.append(1)
            owners.append(len(counts) - 1)
        else:
            # A person met before stands for its class; alpha of each class is taken back.
            while True:
                place = owners[int(luck.integers(at))]
                if luck.random() < 1 - alpha / counts[place]:
                    break
            counts[place] += 1
            owners.append(place)
    population = np.array(counts)
    truth = int((population == 1).sum())
    sample = luck.multivariate_hypergeometric(population, total // 20)
    found = pitman(Distribution.of(sample[sample > 0]), total)
    assert found is not None
    assert abs(found - truth) < 0.25 * truth


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=40))
def test_t_in_exact_numbers_agrees_with_its_definition(rows):
    table = pa.table({"a": pa.array([a for a, _ in rows]), "s": pa.array([s for _, s in rows])})
    items = [item("t!t#a", role="quasi_identifier"), item("t!t#s", role="sensitive_attribute")]
    (found,) = measure([MemorySource.of("t", {"t": table})], inventory(*items), ReleaseMode.PUBLIC).tables
    whole = Counter(s for _, s in rows)
    farthest = Fraction(0)
    for group in {a for a, _ in rows}:
        inside = Counter(s for a, s in rows if a == group)
        size = sum(inside.values())
        far = sum(abs(Fraction(inside[s], size) - Fraction(whole[s], len(rows))) for s in whole) / 2
        farthest = max(farthest, far)
    assert found.diversity[0].t == ratio(*farthest.as_integer_ratio())
