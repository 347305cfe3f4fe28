"""Counts after treatment stay within what the raw data showed."""

from types import SimpleNamespace

import pytest

from kouan.model.facts import Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.recognize.counted import limited


def count(persons, under14):
    return PersonCount(
        subject="patient", persons=Range(lo=persons[0], hi=persons[1]), sensitive=Range(lo=0, hi=None),
        under14=Range(lo=under14[0], hi=under14[1]), method=same("m"),
    )  # fmt: skip


def raw(before, rows):
    """A source whose raw data had one table of the subject, and another of somebody else."""
    tables = (SimpleNamespace(name="t", rows=rows), SimpleNamespace(name="u", rows=1000))
    plain = SimpleNamespace(value=False)
    items = (
        SimpleNamespace(id="a!t#x", subject="patient", sensitive=plain),
        SimpleNamespace(id="a!u#x", subject="nurse", sensitive=plain),
    )
    sources = (SimpleNamespace(path="a", entities=tables),)
    return SimpleNamespace(original=SimpleNamespace(persons=(before,), items=items, sources=sources))


@pytest.mark.parametrize(
    ("before", "now", "under14"),
    [
        (((5, 5), (2, 2)), ((5, 5), (0, 0)), (2, 2)),
        (((5, 5), (2, 2)), ((4, 5), (0, 0)), (1, 2)),
        (((2, None), (1, None)), ((3, 3), (0, 0)), (0, 1)),
    ],
)
def test_children_stay_children_unless_they_may_be_gone(before, now, under14):
    found = limited(count(*now), [raw(count(*before), rows=9)], 0).under14
    assert (found.lo, found.hi) == under14


@pytest.mark.parametrize(
    ("before", "now", "further", "persons"),
    [
        ((5, 5), (1, 9), 0, (5, 5)),  # all nine rows are there
        ((5, 5), (1, 7), 0, (3, 5)),  # two rows stayed here, of two persons at the most
        ((5, 5), (1, 3), 0, (1, 3)),
        ((5, None), (1, 9), 0, (5, 9)),
        ((5, 5), (1, 9), 4, (1, 5)),  # a record may hold several, so that rows bound nothing
        ((5, 5), (1, None), 0, (1, None)),
    ],
)
def test_a_row_that_stays_here_takes_one_person_at_the_most(before, now, further, persons):
    found = limited(count(now, (0, 0)), [raw(count(before, (0, 0)), rows=9)], 0, further=further).persons
    assert (found.lo, found.hi) == persons
