"""Distinct persons over releases: the truth lies within, order and repetition do not matter, sums are never passed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.meter.personset import read_sets, set_of, to_bytes, together
from kouan.meter.union import Part, Union, unite
from kouan.model.facts import Range
from kouan.recognize.across import Marks

PEOPLE = 12


@dataclass(frozen=True)
class Person:
    """Somebody in the raw data of one release: who, by what mark if any, sensitive perhaps or surely, released."""

    who: int
    marked: bool
    perhaps: bool
    sensitive: bool
    released: bool


def _mark(who: int) -> bytes:
    return hashlib.sha256(str(who).encode()).digest()[:16]


def _marks(people: list[Person]) -> Marks:
    marked = [one for one in people if one.marked]
    bare = [one for one in people if not one.marked]
    perhaps = sum(one.perhaps for one in bare)
    return Marks(
        hashes=np.frombuffer(b"".join(_mark(one.who) for one in marked), "V16"),
        resident=np.ones(len(marked), np.bool_),
        sensitive=np.array([one.perhaps for one in marked], np.bool_),
        rest=len(bare) - perhaps,
        rest_sensitive=perhaps,
    )


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    found = []
    for who in draw(st.lists(st.integers(0, PEOPLE), unique=True, max_size=PEOPLE)):
        perhaps = draw(st.booleans())
        sensitive = perhaps and draw(st.booleans())
        found.append(Person(who, draw(st.booleans()), perhaps, sensitive, draw(st.booleans())))
    return found


@st.composite
def part(draw: st.DrawFn) -> tuple[Part, set[int], set[int]]:
    """A release with its range, which holds the truth, and who left in truth."""
    raw = draw(people())
    sensitive = {one.who for one in raw if one.released and one.sensitive}
    ordinary = {one.who for one in raw if one.released and not one.sensitive}
    slack = st.integers(0, 2)
    most, sure = len(raw), sum(one.perhaps for one in raw)
    s = Range(lo=max(0, len(sensitive) - draw(slack)), hi=min(len(sensitive) + draw(slack), max(sure, len(sensitive))))
    o = Range(lo=max(0, len(ordinary) - draw(slack)), hi=min(len(ordinary) + draw(slack), most - s.lo))
    persons = set_of(_marks(raw)) if draw(st.booleans()) else None
    return Part(o, s, persons), ordinary, sensitive


parts = st.lists(part(), min_size=1, max_size=5)


@settings(max_examples=400)
@given(parts)
def test_the_truth_lies_within_the_range_which_is_no_wider_than_the_sum(made: list[tuple[Part, set[int], set[int]]]):
    found = unite([one for one, _, _ in made])
    for name, place in (("ordinary", 1), ("sensitive", 2)):
        truth = len(set().union(*(one[place] for one in made)))
        ranges = [getattr(one[0], name) for one in made]
        count = getattr(found, name)
        assert count.lo <= truth <= count.hi
        assert count.lo >= max(one.lo for one in ranges)
        assert max(one.hi for one in ranges) <= count.hi <= sum(one.hi for one in ranges)


@settings(max_examples=200)
@given(parts, st.randoms())
def test_the_order_does_not_matter(made, random):
    these = [one for one, _, _ in made]
    other = random.sample(these, len(these))
    assert unite(these) == unite(other)


@settings(max_examples=200)
@given(people())
def test_the_same_persons_twice_are_there_once(raw: list[Person]):
    marked = [Person(one.who, True, one.perhaps, one.perhaps, True) for one in raw]
    s, o = sum(one.perhaps for one in marked), sum(not one.perhaps for one in marked)
    one = Part(Range(lo=o, hi=o), Range(lo=s, hi=s), set_of(_marks(marked)))
    assert unite([one] * 12) == Union(one.ordinary, one.sensitive, joined=12)


@settings(max_examples=100)
@given(st.lists(people(), min_size=1, max_size=4))
def test_a_file_gives_back_what_was_written(tmp_path_factory, made: list[list[Person]]):
    sets = {f"role{place}": set_of(_marks(raw)) for place, raw in enumerate(made)}
    path = tmp_path_factory.mktemp("set") / "set"
    path.write_bytes(to_bytes(sets, year=2026, key="k"))
    found = read_sets(path, year=2026, key="k")
    assert found is not None
    for role, one in sets.items():
        for name in ("high", "low", "persons", "sensitive", "resident", "rest", "rest_sensitive"):
            assert np.array_equal(getattr(found[role], name), getattr(one, name))
    assert read_sets(path, year=2025, key="k") is None
    assert read_sets(path, year=2026, key="other") is None


@settings(max_examples=100)
@given(st.lists(people(), min_size=1, max_size=4))
def test_roles_add_up(made: list[list[Person]]):
    sets = [set_of(_marks(raw)) for raw in made]
    whole = together(sets)
    assert whole.most == sum(one.most for one in sets)
    assert whole.most_sensitive == sum(one.most_sensitive for one in sets)
