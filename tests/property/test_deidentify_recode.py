"""Generalisation by a hierarchy: every value gets its own group, and nothing that the hierarchy does not hold passes."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.hierarchy import hierarchy_of
from kouan.deidentify.recode import UNSEEN
from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

AGES = [
    (str(age), f"{age // 5 * 5}-{age // 5 * 5 + 4}", f"{age // 20 * 20}-{age // 20 * 20 + 19}", "*")
    for age in range(100)
]
HIERARCHY = hierarchy_of("age", enumerate(AGES, 1), where="age.csv")


def recoded(column, level, **params):
    line = PlanLine(
        item="a!a#x",
        action=Action.GENERALISE,
        params={"to": "hierarchy", "file": "age.csv", "level": level, **params},
        why=same("t"),
    )
    return transform(line, Given("age", b"", hierarchies={"age.csv": HIERARCHY})).run(column)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.integers(0, 120), max_size=40), st.integers(1, 3), st.booleans())
def test_values_get_the_group_of_their_row(values, level, stated):
    known = {int(row[0]): row[level] for row in AGES}
    other = {"other": "其他"} if stated else {}
    wanted = [None if value is None else known.get(value, other.get("other")) for value in values]
    unseen = sum(value is not None and value not in known for value in values)
    spelt = [
        pa.array(values, pa.int64()),
        pa.array(values, pa.float64()),
        pa.array([None if value is None else f" {value}\t" for value in values], pa.string()),
        pa.array([None if value is None else str(value) for value in values], pa.string()).dictionary_encode(),
    ]
    for column in spelt:
        found, counted = recoded(column, level, **other)
        assert found.type == pa.string()
        assert (found.to_pylist(), counted[UNSEEN]) == (wanted, unseen)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=30))
def test_no_text_passes_that_is_no_group(values):
    groups = {row[2] for row in AGES}
    found, _ = recoded(pa.array(values, pa.string()), 2)
    assert {one for one in found.to_pylist() if one is not None} <= groups
